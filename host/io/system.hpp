// SPDX-License-Identifier: Apache-2.0
// The one seam between the host and the file system: every call of host/io goes through the active
// `system`, so that tests can make any single call fail. Called by host/io only; others use
// inputs.hpp, reader.hpp, output.hpp, files.hpp. Any thread may call any function; installing
// another system is for the main thread, before others start.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace vigie::io {

enum class file_kind : std::uint8_t { file, folder, link, other };

struct file_facts {
  file_kind kind = file_kind::other;
  std::uint64_t size = 0;    // bytes
  std::int64_t mtime_ns = 0; // since 1970-01-01T00:00:00Z
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const file_facts&, const file_facts&) = default;
};

struct folder_entry {
  std::string name;
  file_kind kind = file_kind::other; // of the entry itself: a symbolic link is a link
};

// Results: zero or positive is success (a descriptor or a count of bytes), negative is -errno.
// Reads and writes may be short. A path holding a NUL byte is -EINVAL, never another file.
class system {
public:
  virtual ~system() = default;
  virtual int open(const std::string& path, int flags, unsigned mode) = 0;
  virtual std::int64_t read(int fd, void* to, std::size_t bytes) = 0;
  virtual std::int64_t pread(int fd, void* to, std::size_t bytes, std::uint64_t at) = 0;
  virtual std::int64_t write(int fd, const void* from, std::size_t bytes) = 0;
  virtual int fsync(int fd) = 0;
  virtual int ftruncate(int fd, std::uint64_t length) = 0; // a file opened for writing
  virtual int close(int fd) = 0;
  virtual int rename(const std::string& from, const std::string& to) = 0;
  virtual int unlink(const std::string& path) = 0;
  virtual int mkdir(const std::string& path, unsigned mode) = 0;
  virtual int rmdir(const std::string& path) = 0;
  virtual int fstat(int fd, file_facts& facts) = 0;
  virtual int stat(const std::string& path, bool follow, file_facts& facts) = 0;
  virtual int list(const std::string& folder,
                   std::vector<folder_entry>& entries) = 0; // no order; without . and ..
  virtual int chmod(const std::string& path, unsigned mode) = 0;
  // The whole file for this open of it alone, until its last descriptor is closed or the process
  // ends; never waits. -EWOULDBLOCK: another open holds it. `fd` must be open for writing.
  virtual int lock(int fd) = 0;
  // 1: another open of the file holds its lock, 0: none does. Takes nothing, not for a moment.
  virtual int locked(int fd) = 0;
};

// The active system: POSIX unless a guard or install_faults_from_environment (faults.hpp) put
// another in its place.
[[nodiscard]] system& sys();

// Makes `s` the active system for the life of the guard. `s` must outlive it; guards nest.
class system_guard {
public:
  explicit system_guard(system& s);
  ~system_guard();
  system_guard(const system_guard&) = delete;
  system_guard& operator=(const system_guard&) = delete;

private:
  system* before_;
};

// Owns a descriptor of the active system.
class descriptor {
public:
  descriptor() = default;
  explicit descriptor(int fd) : fd_(fd) {}
  descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~descriptor() { close(); }

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }
  int close(); // 0 or -errno; the descriptor is gone either way

private:
  int fd_ = -1;
};

} // namespace vigie::io
