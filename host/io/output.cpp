// SPDX-License-Identifier: Apache-2.0
#include "io/output.hpp"

#include "io/crash.hpp"
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

constexpr unsigned file_rights = 0666; // less the user's umask

// So many bytes at once are written as they are, and not gathered with others.
constexpr std::size_t worth_a_call = std::size_t{64} << 10U;

status check_path(const std::string& path) {
  const bool bad = path.empty() || path.ends_with('/') || path.find('\0') != std::string::npos;
  if (!bad) return {};
  return fail(code::output_path, fmt::format("'{}' cannot be the path of an output file", path))
      .at(in_file(path))
      .help("write FOLDER/NAME");
}

status rename_to(const std::string& from, const std::string& to) {
  if (status good = check_path(to); !good) return good;
  if (status made = make_folders(parent_folder(to)); !made) return made;
  const durable_act act("output.rename");
  const int renamed = sys().rename(from, to);
  if (renamed < 0)
    return output_failure(code::output_rename_failed, "put into its place", to, -renamed);
  act.done();
  return {};
}

// The first `length` bytes of a file that is gone on with.
status add_prefix(int fd, const std::string& shown, std::uint64_t length, sha256_hasher& hasher) {
  std::string block(static_cast<std::size_t>(std::min<std::uint64_t>(length, write_bytes)), '\0');
  for (std::uint64_t at = 0; at < length; at += block.size()) {
    block.resize(static_cast<std::size_t>(std::min<std::uint64_t>(length - at, block.size())));
    if (status read = read_exactly(fd, shown, at, block.data(), block.size()); !read) return read;
    hasher.add(block);
  }
  return {};
}

} // namespace

// All but the temporary file.
result<output_file> output_file::prepare(const std::string& temporary, std::string shown,
                                         const output_options& options) {
  if (status good = check_path(temporary); !good) return std::move(good).error();
  output_file out;
  result<std::unique_ptr<compressor>> c = make_compressor(options.compression, options.level);
  if (!c) return std::move(std::move(c).error()).at(in_file(shown));
  out.compressor_ = std::move(*c);
  out.hold_ = std::max<std::size_t>(1, options.hold);
  out.hashing_ = options.digest;
  out.plain_ = options.compression == compression::none;
  out.shown_ = std::move(shown);
  return out;
}

result<output_file> output_file::create(std::string temporary, std::string shown,
                                        const output_options& options) {
  result<output_file> made = prepare(temporary, std::move(shown), options);
  if (!made) return made;
  output_file& out = *made;
  const durable_act act("output.create");
  const std::string doing = fmt::format("create the temporary file of '{}' at", out.shown_);
  if (const int old = sys().unlink(temporary); old < 0 && old != -ENOENT)
    return output_failure(code::output_create_failed, doing, temporary, -old);
  const int fd = sys().open(temporary, O_WRONLY | O_CREAT | O_EXCL, file_rights);
  if (fd < 0) return output_failure(code::output_create_failed, doing, temporary, -fd);
  act.done();
  out.file_ = descriptor(fd);
  out.temporary_ = std::move(temporary);
  return made;
}

result<output_file> output_file::open_again(std::string temporary, std::string shown,
                                            std::uint64_t length, const output_options& options) {
  if (options.compression != compression::none)
    return fail(code::internal,
                fmt::format("'{}' is compressed: it cannot be gone on with", shown));
  result<output_file> made = prepare(temporary, std::move(shown), options);
  if (!made) return made;
  output_file& out = *made;
  result<descriptor> file = open_to_extend(temporary, out.shown_, length);
  if (!file) return std::move(file).error();
  out.file_ = std::move(*file);
  if (out.hashing_) {
    status read = add_prefix(out.file_.get(), temporary, length, out.hasher_);
    if (!read) return std::move(read).error();
  }
  out.bytes_in_ = out.bytes_stored_ = length;
  out.temporary_ = std::move(temporary);
  return made;
}

output_file::~output_file() {
  file_.close();
  if (!temporary_.empty() && !kept_)
    sys().unlink(temporary_); // a destructor has nobody to tell; the next run removes it
}

status output_file::failed(diagnostic d) {
  first_failure_ = std::move(d);
  return first_failure_;
}

status output_file::store(std::string_view bytes) {
  if (hashing_) hasher_.add(bytes);
  const int done = write_all(file_.get(), bytes);
  if (done < 0) return failed(output_failure(code::output_write_failed, "write", shown_, -done));
  bytes_stored_ += bytes.size();
  return {};
}

status output_file::store() {
  status stored = store(held_);
  if (stored) held_.clear();
  return stored;
}

status output_file::write(std::string_view bytes) {
  if (!first_failure_) return first_failure_;
  if (finished_)
    return failed(fail(code::internal, fmt::format("'{}' was written to after its end", shown_)));
  if (plain_ && bytes.size() >= std::min(hold_, worth_a_call)) { // nothing is copied
    if (status stored = store(); !stored) return stored;
    bytes_in_ += bytes.size();
    return store(bytes);
  }
  while (!bytes.empty()) {
    const std::string_view some = bytes.substr(0, hold_);
    bytes.remove_prefix(some.size());
    if (status added = compressor_->add(some, held_); !added)
      return failed(std::move(added).error());
    bytes_in_ += some.size();
    if (held_.size() < hold_) continue;
    if (status stored = store(); !stored) return stored;
  }
  return {};
}

status output_file::sync() {
  const int synced = sys().fsync(file_.get());
  // A second fsync may succeed though the data are lost, so the first answer stands.
  if (synced < 0)
    return failed(
        output_failure(code::output_sync_failed, "make durable (fsync)", shown_, -synced));
  return {};
}

// Durable bytes are of no use to a later run while the name of their file may go with the power.
status output_file::sync_name() {
  if (named_ || temporary_.empty()) return {};
  if (status synced = sync_folder(parent_folder(temporary_)); !synced)
    return failed(std::move(synced).error());
  named_ = true;
  return {};
}

status output_file::checkpoint() {
  if (!first_failure_) return first_failure_;
  if (!plain_ || finished_)
    return failed(fail(code::internal, fmt::format("'{}' is {}: it takes no checkpoint", shown_,
                                                   finished_ ? "finished" : "compressed")));
  const durable_act act("output.checkpoint");
  if (status stored = store(); !stored) return stored;
  if (status synced = sync(); !synced) return synced;
  if (status named = sync_name(); !named) return named;
  act.done();
  return {};
}

status output_file::finish() {
  if (status ended = end(); !ended) return ended;
  return sync_name();
}

status output_file::end() {
  if (!first_failure_) return first_failure_;
  if (finished_) return {};
  if (status ended = compressor_->finish(held_); !ended) return failed(std::move(ended).error());
  if (status stored = store(); !stored) return stored;
  const durable_act act("output.finish");
  if (status synced = sync(); !synced) return synced;
  act.done();
  const int closed = file_.close();
  if (closed < 0)
    return failed(output_failure(code::output_write_failed, "close", shown_, -closed));
  finished_ = true;
  if (!hashing_) return {};
  const result<sha256_value> sum = hasher_.finish();
  if (!sum) return failed(sum.error());
  digest_ = *sum;
  return {};
}

status output_file::commit(const std::string& final_path) {
  // The temporary name need not be durable, since the final one becomes so.
  if (status done = end(); !done) return done;
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
