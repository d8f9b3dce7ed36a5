// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

namespace vigie::io {
namespace {

constexpr std::array<std::string_view, call_kinds> names{
    "open",  "read",  "pread", "write", "fsync",     "close", "rename", "unlink", "mkdir",
    "rmdir", "fstat", "stat",  "list",  "ftruncate", "chmod", "lock",   "locked"};

std::optional<int> errno_named(std::string_view name) {
  constexpr int last = 133; // the highest errno of Linux
  for (int e = 1; e <= last; ++e) {
    const char* const known = ::strerrorname_np(e);
    if (known != nullptr && name == known) return e;
  }
  return std::nullopt;
}

diagnostic syntax(std::string_view found) {
  return fail(code::io_fault_syntax, fmt::format("VIGIE_IO_FAULT: '{}' is not a fault", found))
      .help("write KIND:N:ERRNO, for example write:3:ENOSPC, write:3+:ENOSPC or pread:1:short; the "
            "kinds are " +
            text::join({names.begin(), names.end()}, ", "));
}

std::optional<fault> parse_fault(std::string_view one) {
  const std::vector<std::string_view> parts = text::split(one, ':');
  if (parts.size() != 3) return std::nullopt;
  const auto* const kind = std::find(names.begin(), names.end(), parts[0]);
  if (kind == names.end()) return std::nullopt;
  fault f{.kind = static_cast<call>(kind - names.begin())};
  std::string_view count = parts[1];
  f.onwards = count.ends_with('+');
  if (f.onwards) count.remove_suffix(1);
  const auto [end, bad] = std::from_chars(count.data(), count.data() + count.size(), f.nth);
  if (bad != std::errc{} || end != count.data() + count.size() || f.nth == 0) return std::nullopt;
  if (parts[2] == "short") {
    const bool moves_bytes = f.kind == call::read || f.kind == call::pread || f.kind == call::write;
    return moves_bytes ? std::optional(f) : std::nullopt;
  }
  const std::optional<int> error = errno_named(parts[2]);
  if (!error) return std::nullopt;
  f.error = *error;
  return f;
}

std::size_t half(std::size_t bytes) { return bytes < 2 ? bytes : bytes / 2; }

} // namespace

std::string_view name_of(call c) { return names[static_cast<std::size_t>(c)]; }

result<std::vector<fault>> parse_faults(std::string_view text) {
  std::vector<fault> faults;
  for (const std::string_view one : text::split(text, ',')) {
    const std::optional<fault> f = parse_fault(one);
    if (!f) return syntax(one);
    faults.push_back(*f);
  }
  return faults;
}

const fault* faulty_system::hit(call c) {
  const std::uint64_t now = ++counts_[static_cast<std::size_t>(c)];
  const auto found = std::find_if(faults_.begin(), faults_.end(), [&](const fault& f) {
    return f.kind == c && (f.nth == now || (f.onwards && f.nth < now));
  });
  return found == faults_.end() ? nullptr : &*found;
}

int faulty_system::error_of(call c) {
  const fault* const f = hit(c);
  return f == nullptr ? 0 : -f->error;
}

int faulty_system::open(const std::string& path, int flags, unsigned mode) {
  const int e = error_of(call::open);
  return e != 0 ? e : inner_.open(path, flags, mode);
}

std::int64_t faulty_system::read(int fd, void* to, std::size_t bytes) {
  const fault* const f = hit(call::read);
  if (f != nullptr && f->error != 0) return -f->error;
  return inner_.read(fd, to, f == nullptr ? bytes : half(bytes));
}

std::int64_t faulty_system::pread(int fd, void* to, std::size_t bytes, std::uint64_t at) {
  const fault* const f = hit(call::pread);
  if (f != nullptr && f->error != 0) return -f->error;
  return inner_.pread(fd, to, f == nullptr ? bytes : half(bytes), at);
}

std::int64_t faulty_system::write(int fd, const void* from, std::size_t bytes) {
  const fault* const f = hit(call::write);
  if (f != nullptr && f->error != 0) return -f->error;
  return inner_.write(fd, from, f == nullptr ? bytes : half(bytes));
}

int faulty_system::fsync(int fd) {
  const int e = error_of(call::fsync);
  return e != 0 ? e : inner_.fsync(fd);
}

int faulty_system::close(int fd) {
  const int e = error_of(call::close);
  const int closed = inner_.close(fd);
  return e != 0 ? e : closed;
}

int faulty_system::rename(const std::string& from, const std::string& to) {
  const int e = error_of(call::rename);
  return e != 0 ? e : inner_.rename(from, to);
}

int faulty_system::unlink(const std::string& path) {
  const int e = error_of(call::unlink);
  return e != 0 ? e : inner_.unlink(path);
}

int faulty_system::mkdir(const std::string& path, unsigned mode) {
  const int e = error_of(call::mkdir);
  return e != 0 ? e : inner_.mkdir(path, mode);
}

int faulty_system::rmdir(const std::string& path) {
  const int e = error_of(call::rmdir);
  return e != 0 ? e : inner_.rmdir(path);
}

int faulty_system::fstat(int fd, file_facts& facts) {
  const int e = error_of(call::fstat);
  return e != 0 ? e : inner_.fstat(fd, facts);
}

int faulty_system::stat(const std::string& path, bool follow, file_facts& facts) {
  const int e = error_of(call::stat);
  return e != 0 ? e : inner_.stat(path, follow, facts);
}

int faulty_system::list(const std::string& folder, std::vector<folder_entry>& entries) {
  const int e = error_of(call::list);
  return e != 0 ? e : inner_.list(folder, entries);
}

int faulty_system::ftruncate(int fd, std::uint64_t length) {
  const int e = error_of(call::ftruncate);
  return e != 0 ? e : inner_.ftruncate(fd, length);
}

int faulty_system::chmod(const std::string& path, unsigned mode) {
  const int e = error_of(call::chmod);
  return e != 0 ? e : inner_.chmod(path, mode);
}

int faulty_system::lock(int fd) {
  const int e = error_of(call::lock);
  return e != 0 ? e : inner_.lock(fd);
}

int faulty_system::locked(int fd) {
  const int e = error_of(call::locked);
  return e != 0 ? e : inner_.locked(fd);
}

status install_faults_from_environment() {
  const char* const text = std::getenv("VIGIE_IO_FAULT");
  if (text == nullptr) return {};
  result<std::vector<fault>> faults = parse_faults(text);
  if (!faults) return faults.error();
  static std::unique_ptr<faulty_system> faulty;
  static std::unique_ptr<system_guard> guard;
  if (guard) return {}; // read once
  faulty = std::make_unique<faulty_system>(sys(), std::move(*faults));
  guard = std::make_unique<system_guard>(*faulty);
  return {};
}

} // namespace vigie::io
