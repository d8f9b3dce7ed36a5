// SPDX-License-Identifier: Apache-2.0
#include "io/append.hpp"

#include "io/errors.hpp"
#include "io/extend.hpp"
#include "io/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace vigie::io {
namespace {

constexpr unsigned private_rights = 0600;

} // namespace

result<append_file> append_file::create(std::string path, std::string shown) {
  const std::string doing = fmt::format("create the file of '{}' at", shown);
  if (const int old = sys().unlink(path); old < 0 && old != -ENOENT)
    return output_failure(code::output_create_failed, doing, path, -old);
  const int fd = sys().open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND, private_rights);
  if (fd < 0) return output_failure(code::output_create_failed, doing, path, -fd);
  append_file out;
  out.file_ = descriptor(fd);
  out.path_ = std::move(path);
  out.shown_ = std::move(shown);
  return out;
}

result<append_file> append_file::open(std::string path, std::string shown, std::uint64_t length) {
  result<descriptor> file = open_to_extend(path, shown, length);
  if (!file) return std::move(file).error();
  append_file out;
  out.file_ = std::move(*file);
  out.path_ = std::move(path);
  out.shown_ = std::move(shown);
  out.length_ = length;
  return out;
}

status append_file::failed(diagnostic d) {
  first_failure_ = std::move(d);
  return first_failure_;
}

status append_file::append(std::string_view bytes) {
  if (!first_failure_) return first_failure_;
  while (!bytes.empty()) {
    const std::string_view some = bytes.substr(0, write_bytes - held_.size());
    held_.append(some);
    length_ += some.size();
    bytes.remove_prefix(some.size());
    if (held_.size() < write_bytes) continue;
    if (status flushed = flush(); !flushed) return flushed;
  }
  return {};
}

status append_file::flush() {
  if (!first_failure_) return first_failure_;
  const int done = write_all(file_.get(), held_);
  if (done < 0) return failed(output_failure(code::output_write_failed, "write", shown_, -done));
  held_.clear();
  return {};
}

status append_file::sync() {
  if (status flushed = flush(); !flushed) return flushed;
  const int synced = sys().fsync(file_.get());
  if (synced < 0)
    return failed(
        output_failure(code::output_sync_failed, "make durable (fsync)", shown_, -synced));
  if (named_) return {};
  // Durable bytes are of no use while the name of their file may go with the power.
  if (status named = sync_folder(parent_folder(path_)); !named)
    return failed(std::move(named).error());
  named_ = true;
  return {};
}

status append_file::read_at(std::uint64_t offset, char* to, std::size_t bytes) const {
  return read_exactly(file_.get(), shown_, offset, to, bytes);
}

} // namespace vigie::io
