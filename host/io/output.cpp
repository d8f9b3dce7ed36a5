// SPDX-License-Identifier: Apache-2.0
#include "io/output.hpp"

#include "io/errors.hpp"
#include "io/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <utility>

namespace vigie::io {
namespace {

constexpr std::size_t write_bytes = std::size_t{256} << 10U;
constexpr unsigned file_rights = 0666; // less the user's umask

status check_path(const std::string& path) {
  const bool bad = path.empty() || path.ends_with('/') || path.find('\0') != std::string::npos;
  if (!bad) return {};
  return fail(code::output_path, fmt::format("'{}' cannot be the path of an output file", path))
      .at(in_file(path))
      .help("write FOLDER/NAME");
}

// Writes all of `bytes`, however many calls that takes; 0 or -errno.
int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::int64_t done = sys().write(fd, bytes.data(), bytes.size());
    if (done < 0) return static_cast<int>(done);
    if (done == 0) return -EIO; // would be repeated for ever
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

status rename_to(const std::string& from, const std::string& to) {
  if (status good = check_path(to); !good) return good;
  if (status made = make_folders(parent_folder(to)); !made) return made;
  const int renamed = sys().rename(from, to);
  if (renamed == 0) return {};
  return output_failure(code::output_rename_failed, "put into its place", to, -renamed);
}

} // namespace

result<output_file> output_file::create(std::string temporary, std::string shown,
                                        const output_options& options) {
  if (status good = check_path(temporary); !good) return std::move(good).error();
  output_file out;
  result<std::unique_ptr<compressor>> c = make_compressor(options.compression, options.level);
  if (!c) return std::move(std::move(c).error()).at(in_file(shown));
  out.compressor_ = std::move(*c);
  out.hashing_ = options.digest;
  out.shown_ = std::move(shown);
  const std::string doing = fmt::format("create the temporary file of '{}' at", out.shown_);
  if (const int old = sys().unlink(temporary); old < 0 && old != -ENOENT)
    return output_failure(code::output_create_failed, doing, temporary, -old);
  const int fd = sys().open(temporary, O_WRONLY | O_CREAT | O_EXCL, file_rights);
  if (fd < 0) return output_failure(code::output_create_failed, doing, temporary, -fd);
  out.file_ = descriptor(fd);
  out.temporary_ = std::move(temporary);
  return out;
}

output_file::~output_file() {
  file_.close();
  if (!temporary_.empty())
    sys().unlink(temporary_); // a destructor has nobody to tell; the next run removes it
}

status output_file::failed(diagnostic d) {
  first_failure_ = std::move(d);
  return first_failure_;
}

status output_file::store() {
  if (hashing_) hasher_.add(held_);
  const int done = write_all(file_.get(), held_);
  if (done < 0) return failed(output_failure(code::output_write_failed, "write", shown_, -done));
  bytes_stored_ += held_.size();
  held_.clear();
  return {};
}

status output_file::write(std::string_view bytes) {
  if (!first_failure_) return first_failure_;
  if (finished_)
    return failed(fail(code::internal, fmt::format("'{}' was written to after its end", shown_)));
  while (!bytes.empty()) {
    const std::string_view some = bytes.substr(0, write_bytes);
    bytes.remove_prefix(some.size());
    if (status added = compressor_->add(some, held_); !added)
      return failed(std::move(added).error());
    bytes_in_ += some.size();
    if (held_.size() < write_bytes) continue;
    if (status stored = store(); !stored) return stored;
  }
  return {};
}

status output_file::close() {
  const int synced = sys().fsync(file_.get());
  // A second fsync may succeed though the data are lost, so the first answer stands.
  if (synced < 0)
    return failed(
        output_failure(code::output_sync_failed, "make durable (fsync)", shown_, -synced));
  const int closed = file_.close();
  if (closed < 0)
    return failed(output_failure(code::output_write_failed, "close", shown_, -closed));
  return {};
}

status output_file::finish() {
  if (!first_failure_) return first_failure_;
  if (finished_) return {};
  if (status ended = compressor_->finish(held_); !ended) return failed(std::move(ended).error());
  if (status stored = store(); !stored) return stored;
  if (status closed = close(); !closed) return closed;
  finished_ = true;
  if (!hashing_) return {};
  const result<sha256_value> sum = hasher_.finish();
  if (!sum) return failed(sum.error());
  digest_ = *sum;
  return {};
}

status output_file::commit(const std::string& final_path) {
  if (status done = finish(); !done) return done;
  if (temporary_.empty())
    return fail(code::internal, fmt::format("'{}' was committed before", shown_));
  if (status named = rename_to(temporary_, final_path); !named)
    return failed(std::move(named).error());
  temporary_.clear();
  return sync_folder(parent_folder(final_path));
}

status move_into_place(const std::string& from, const std::string& to) {
  if (status named = rename_to(from, to); !named) return named;
  return sync_folder(parent_folder(to));
}

status write_file_atomically(const std::string& path, std::string_view bytes) {
  if (status good = check_path(path); !good) return good;
  const std::string parent = parent_folder(path);
  if (status made = make_folders(parent); !made) return made;
  const std::string name = path.substr(path.rfind('/') + 1);
  result<output_file> out =
      output_file::create(parent + "/." + name + ".tmp", path, {.digest = false});
  if (!out) return std::move(out).error();
  if (status written = out->write(bytes); !written) return written;
  return out->commit(path);
}

} // namespace vigie::io
