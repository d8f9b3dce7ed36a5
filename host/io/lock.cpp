// SPDX-License-Identifier: Apache-2.0
#include "io/lock.hpp"

#include "io/errors.hpp"
#include "io/files.hpp"

#include <fcntl.h>

#include <cerrno>

namespace vigie::io {
namespace {

constexpr unsigned lock_rights = 0666; // less the user's umask; others may look at the run
constexpr int attempts = 16;

diagnostic refused(const std::string& path, int error) {
  return output_failure(code::output_create_failed, "lock", path, -error);
}

// Does the name still lead to the open file? Whoever removes a run folder takes the file away
// between the open and the lock, and a lock on a file without a name keeps nobody out.
result<bool> same_file(int fd, const std::string& path) {
  file_facts opened;
  file_facts named;
  if (const int seen = sys().fstat(fd, opened); seen < 0) return refused(path, seen);
  const int seen = sys().stat(path, true, named);
  if (seen == -ENOENT) return false;
  if (seen < 0) return refused(path, seen);
  return opened.device == named.device && opened.inode == named.inode;
}

} // namespace

result<std::optional<file_lock>> file_lock::take(const std::string& path) {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    if (status made = make_folders(parent_folder(path)); !made) return std::move(made).error();
    const int fd = sys().open(path, O_RDWR | O_CREAT | O_NONBLOCK, lock_rights);
    if (fd < 0) return refused(path, fd);
    descriptor file(fd);
    const int locked = sys().lock(fd);
    if (locked == -EWOULDBLOCK) return std::optional<file_lock>();
    if (locked < 0) return refused(path, locked);
    const result<bool> same = same_file(fd, path);
    if (!same) return same.error();
    if (*same) return std::optional<file_lock>(file_lock(std::move(file)));
  }
  return refused(path, -ESTALE);
}

result<bool> file_lock::held_by_another(const std::string& path) {
  const int fd = sys().open(path, O_RDONLY | O_NONBLOCK, 0);
  if (fd == -ENOENT || fd == -ENOTDIR) return false;
  if (fd < 0) return input_failure("open", path, -fd);
  const descriptor file(fd);
  const int held = sys().locked(fd);
  if (held < 0) return input_failure("ask for the lock of", path, -held);
  return held > 0;
}

} // namespace vigie::io
