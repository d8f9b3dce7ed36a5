// SPDX-License-Identifier: Apache-2.0
#include "io/system.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <limits>

namespace vigie::io {
namespace {

bool has_nul(const std::string& path) { return path.find('\0') != std::string::npos; }

// Repeats a call that a signal interrupted; anything else is the caller's to judge.
template <class Call> auto uninterrupted(Call call) -> decltype(call()) {
  for (;;) {
    const auto done = call();
    if (done >= 0) return done;
    if (errno != EINTR) return -errno;
  }
}

file_kind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return file_kind::file;
  if (S_ISDIR(mode)) return file_kind::folder;
  if (S_ISLNK(mode)) return file_kind::link;
  return file_kind::other;
}

file_facts facts_of(const struct ::stat& s) {
  return {.kind = kind_of(s.st_mode),
          .size = static_cast<std::uint64_t>(s.st_size),
          .mtime_ns = std::int64_t{s.st_mtim.tv_sec} * 1'000'000'000 + s.st_mtim.tv_nsec,
          .device = s.st_dev,
          .inode = s.st_ino};
}

struct ::flock whole_file() {
  struct ::flock whole{};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  return whole;
}

class posix_system final : public system {
public:
  int open(const std::string& path, int flags, unsigned mode) override {
    if (has_nul(path)) return -EINVAL;
    return uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, mode); });
  }
  std::int64_t read(int fd, void* to, std::size_t bytes) override {
    return uninterrupted([&]() -> std::int64_t { return ::read(fd, to, bytes); });
  }
  std::int64_t pread(int fd, void* to, std::size_t bytes, std::uint64_t at) override {
    if (at > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max())) return -EINVAL;
    return uninterrupted(
        [&]() -> std::int64_t { return ::pread(fd, to, bytes, static_cast<off_t>(at)); });
  }
  std::int64_t write(int fd, const void* from, std::size_t bytes) override {
    return uninterrupted([&]() -> std::int64_t { return ::write(fd, from, bytes); });
  }
  int fsync(int fd) override {
    return uninterrupted([&] { return ::fsync(fd); });
  }
  int ftruncate(int fd, std::uint64_t length) override {
    if (length > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max())) return -EFBIG;
    return uninterrupted([&] { return ::ftruncate(fd, static_cast<off_t>(length)); });
  }
  int close(int fd) override { // Linux frees the descriptor even when interrupted: never repeat
    return ::close(fd) == 0 || errno == EINTR ? 0 : -errno;
  }
  int rename(const std::string& from, const std::string& to) override {
    if (has_nul(from) || has_nul(to)) return -EINVAL;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : -errno;
  }
  int unlink(const std::string& path) override {
    if (has_nul(path)) return -EINVAL;
    return ::unlink(path.c_str()) == 0 ? 0 : -errno;
  }
  int mkdir(const std::string& path, unsigned mode) override {
    if (has_nul(path)) return -EINVAL;
    return ::mkdir(path.c_str(), mode) == 0 ? 0 : -errno;
  }
  int rmdir(const std::string& path) override {
    if (has_nul(path)) return -EINVAL;
    return ::rmdir(path.c_str()) == 0 ? 0 : -errno;
  }
  int fstat(int fd, file_facts& facts) override {
    struct ::stat s{};
    if (::fstat(fd, &s) != 0) return -errno;
    facts = facts_of(s);
    return 0;
  }
  int stat(const std::string& path, bool follow, file_facts& facts) override {
    if (has_nul(path)) return -EINVAL;
    struct ::stat s{};
    const int done = follow ? ::stat(path.c_str(), &s) : ::lstat(path.c_str(), &s);
    if (done != 0) return -errno;
    facts = facts_of(s);
    return 0;
  }
  int list(const std::string& folder, std::vector<folder_entry>& entries) override;
  int chmod(const std::string& path, unsigned mode) override {
    if (has_nul(path)) return -EINVAL;
    return ::chmod(path.c_str(), mode) == 0 ? 0 : -errno;
  }
  // Locks of the open file description (Linux, fcntl(2)): as those of flock(2) they go with it, and
  // unlike those they can be asked about without being taken, and hold between the machines that
  // share a network file system.
  int lock(int fd) override {
    struct ::flock whole = whole_file();
    const int done = uninterrupted([&] { return ::fcntl(fd, F_OFD_SETLK, &whole); });
    return done == -EACCES || done == -EAGAIN ? -EWOULDBLOCK : done;
  }
  int locked(int fd) override {
    struct ::flock whole = whole_file();
    const int done = uninterrupted([&] { return ::fcntl(fd, F_OFD_GETLK, &whole); });
    if (done < 0) return done;
    return whole.l_type == F_UNLCK ? 0 : 1;
  }
};

file_kind kind_of(int folder, const dirent& entry) {
  switch (entry.d_type) {
  case DT_REG: return file_kind::file;
  case DT_DIR: return file_kind::folder;
  case DT_LNK: return file_kind::link;
  case DT_UNKNOWN: break; // some file systems do not say
  default: return file_kind::other;
  }
  struct ::stat s{};
  const bool known = folder >= 0 && ::fstatat(folder, entry.d_name, &s, AT_SYMLINK_NOFOLLOW) == 0;
  return known ? kind_of(s.st_mode) : file_kind::other;
}

int posix_system::list(const std::string& folder, std::vector<folder_entry>& entries) {
  if (has_nul(folder)) return -EINVAL;
  DIR* const d = ::opendir(folder.c_str());
  if (d == nullptr) return -errno;
  for (;;) {
    errno = 0;
    const dirent* const entry = ::readdir(d);
    if (entry == nullptr) break;
    std::string name = entry->d_name;
    if (name != "." && name != "..")
      entries.push_back({std::move(name), kind_of(::dirfd(d), *entry)});
  }
  const int error = errno;
  ::closedir(d);
  return -error;
}

posix_system& posix() {
  static posix_system s;
  return s;
}

std::atomic<system*>& active() {
  static std::atomic<system*> s{&posix()};
  return s;
}

} // namespace

system& sys() { return *active().load(std::memory_order_acquire); }

system_guard::system_guard(system& s) : before_(active().exchange(&s)) {}
system_guard::~system_guard() { active().store(before_); }

int descriptor::close() {
  if (fd_ < 0) return 0;
  return sys().close(std::exchange(fd_, -1));
}

} // namespace vigie::io
