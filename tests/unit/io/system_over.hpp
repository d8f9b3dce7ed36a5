// SPDX-License-Identifier: Apache-2.0
// A system that hands every call on to another one. Tests override the call they want to see done
// otherwise. `below` must outlive it; thread rules are those of `below`.
#pragma once

#include "io/system.hpp"

#include <string>
#include <vector>

namespace tests {

class system_over : public vigie::io::system {
public:
  explicit system_over(vigie::io::system& below) : below_(below) {}
  int open(const std::string& path, int flags, unsigned mode) override {
    return below_.open(path, flags, mode);
  }
  std::int64_t read(int fd, void* to, std::size_t bytes) override {
    return below_.read(fd, to, bytes);
  }
  std::int64_t pread(int fd, void* to, std::size_t bytes, std::uint64_t at) override {
    return below_.pread(fd, to, bytes, at);
  }
  std::int64_t write(int fd, const void* from, std::size_t bytes) override {
    return below_.write(fd, from, bytes);
  }
  int fsync(int fd) override { return below_.fsync(fd); }
  int ftruncate(int fd, std::uint64_t length) override { return below_.ftruncate(fd, length); }
  int close(int fd) override { return below_.close(fd); }
  int rename(const std::string& from, const std::string& to) override {
    return below_.rename(from, to);
  }
  int unlink(const std::string& path) override { return below_.unlink(path); }
  int mkdir(const std::string& path, unsigned mode) override { return below_.mkdir(path, mode); }
  int rmdir(const std::string& path) override { return below_.rmdir(path); }
  int fstat(int fd, vigie::io::file_facts& facts) override { return below_.fstat(fd, facts); }
  int stat(const std::string& path, bool follow, vigie::io::file_facts& facts) override {
    return below_.stat(path, follow, facts);
  }
  int list(const std::string& folder, std::vector<vigie::io::folder_entry>& entries) override {
    return below_.list(folder, entries);
  }
  int chmod(const std::string& path, unsigned mode) override { return below_.chmod(path, mode); }
  int lock(int fd) override { return below_.lock(fd); }
  int locked(int fd) override { return below_.locked(fd); }

private:
  vigie::io::system& below_;
};

} // namespace tests
