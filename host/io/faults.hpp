// SPDX-License-Identifier: Apache-2.0
// A file system that fails on purpose: the n-th call of a kind returns an error or does half its
// work. Tests install it with a system_guard; tests through the program set VIGIE_IO_FAULT, which
// the command line reads once at its start. Counts are atomic: any thread may call. The wrapped
// system is borrowed.
#pragma once

#include "base/result.hpp"
#include "io/system.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vigie::io {

enum class call : std::uint8_t {
  open,
  read,
  pread,
  write,
  fsync,
  close,
  rename,
  unlink,
  mkdir,
  rmdir,
  fstat,
  stat,
  list,
  ftruncate,
  chmod,
  lock,
  locked,
};
inline constexpr std::size_t call_kinds = 17;

[[nodiscard]] std::string_view name_of(call c);

struct fault {
  call kind = call::write;
  std::uint64_t nth = 1; // the first call is 1
  bool onwards = false;  // all later calls of the kind fail as well, as on a full disk
  int error = 0; // errno; 0: the call does half of the bytes, at least one (reads and writes only)
};

// "KIND:N:ERRNO", for example "write:3:ENOSPC", "write:3+:ENOSPC" (from the third on) or
// "pread:1:short"; several are joined by commas. Error: io_fault_syntax.
[[nodiscard]] result<std::vector<fault>> parse_faults(std::string_view text);

class faulty_system final : public system {
public:
  faulty_system(system& inner, std::vector<fault> faults)
      : inner_(inner), faults_(std::move(faults)) {}

  // Calls of a kind so far, the failed ones included.
  [[nodiscard]] std::uint64_t calls(call c) const {
    return counts_[static_cast<std::size_t>(c)].load();
  }

  int open(const std::string& path, int flags, unsigned mode) override;
  std::int64_t read(int fd, void* to, std::size_t bytes) override;
  std::int64_t pread(int fd, void* to, std::size_t bytes, std::uint64_t at) override;
  std::int64_t write(int fd, const void* from, std::size_t bytes) override;
  int fsync(int fd) override;
  int close(int fd) override; // closes even where it reports an error, as Linux does
  int rename(const std::string& from, const std::string& to) override;
  int unlink(const std::string& path) override;
  int mkdir(const std::string& path, unsigned mode) override;
  int rmdir(const std::string& path) override;
  int fstat(int fd, file_facts& facts) override;
  int stat(const std::string& path, bool follow, file_facts& facts) override;
  int list(const std::string& folder, std::vector<folder_entry>& entries) override;
  int ftruncate(int fd, std::uint64_t length) override;
  int chmod(const std::string& path, unsigned mode) override;
  int lock(int fd) override;
  int locked(int fd) override;

private:
  [[nodiscard]] const fault* hit(call c);
  [[nodiscard]] int error_of(call c); // 0 or -errno

  system& inner_;
  std::vector<fault> faults_;
  std::array<std::atomic<std::uint64_t>, call_kinds> counts_{};
};

// Reads VIGIE_IO_FAULT; where it is set, the faults hold for the rest of the process. [main],
// before threads start. Error: io_fault_syntax.
[[nodiscard]] status install_faults_from_environment();

} // namespace vigie::io
