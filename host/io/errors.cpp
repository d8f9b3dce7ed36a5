// SPDX-License-Identifier: Apache-2.0
#include "io/errors.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace vigie::io {
namespace {

std::string input_hint(int error) {
  switch (error) {
  case ENOENT: return "check the spelling; a relative path starts at the current folder";
  case EACCES:
  case EPERM: return "give the user who runs vigie the right to read it (chmod, chown)";
  case EMFILE:
  case ENFILE: return "too many files are open; raise the limit (ulimit -n) or use fewer threads";
  case EIO:
    return "the disk or the network share reports a fault; copy the file elsewhere and check the "
           "disk";
  case ENAMETOOLONG:
    return "the path is longer than the file system allows; move the files to a shorter path";
  case ELOOP: return "symbolic links point at each other; replace the link by the file";
  default: return "check that the file can be read with other programs, then run again";
  }
}

code input_code(int error) {
  switch (error) {
  case ENOENT:
  case ENOTDIR: return code::input_not_found;
  case EACCES:
  case EPERM: return code::input_unreadable;
  case EISDIR: return code::input_is_folder;
  default: return code::input_read_failed;
  }
}

bool full(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }
bool refused(int error) { return error == EROFS || error == EACCES || error == EPERM; }

std::string output_hint(int error) {
  switch (error) {
  case ENOSPC: return "free space on that file system or choose another output folder, then resume";
  case EDQUOT:
    return "the user's quota is used up; delete files or choose another output folder, then resume";
  case EFBIG:
    return "the file system or ulimit -f allows no larger file; write compressed or choose another "
           "folder";
  case EROFS: return "the file system is mounted read-only; choose another output folder";
  case EACCES:
  case EPERM:
    return "give the user who runs vigie the right to write there, or choose another output folder";
  case EXDEV: return "the work folder must lie on the same file system as the outputs";
  case EIO:
    return "the disk or the network share reports a fault; what was written may be lost, choose "
           "another disk";
  case ENOTDIR: return "a part of the path is a file; remove it or choose another output folder";
  case EISDIR: return "a folder of that name exists; remove it or choose another name";
  default: return "check the output folder, then run or resume again";
  }
}

} // namespace

place in_file(const std::string& path) {
  place p;
  p.file = path;
  return p;
}

place in_file(const std::string& path, std::uint64_t offset) {
  place p = in_file(path);
  p.offset = static_cast<std::int64_t>(offset);
  return p;
}

std::string errno_text(int error) {
  const char* const name = ::strerrorname_np(error);
  const char* const text = ::strerrordesc_np(error); // unlike strerror, never translated
  if (name == nullptr || text == nullptr) return fmt::format("error {}", error);
  return fmt::format("{} ({})", name, text);
}

diagnostic input_failure(std::string_view doing, const std::string& path, int error) {
  return fail(input_code(error), fmt::format("cannot {} '{}': {}", doing, path, errno_text(error)))
      .at(in_file(path))
      .help(input_hint(error));
}

bool is_break(const diagnostic& error) {
  return error.code == code::input_truncated || error.code == code::input_damaged ||
         error.code == code::input_trailing || error.code == code::archive_truncated ||
         error.code == code::archive_damaged;
}

status check_regular(const file_facts& facts, const std::string& path) {
  if (facts.kind == file_kind::file) return {};
  if (facts.kind == file_kind::folder) return input_failure("read", path, EISDIR);
  return fail(code::input_not_a_file, fmt::format("'{}' is a device, socket or named pipe", path))
      .at(in_file(path))
      .help("give a regular file");
}

diagnostic output_failure(code otherwise, std::string_view doing, const std::string& path,
                          int error) {
  const code c = full(error)      ? code::output_no_space
                 : refused(error) ? code::output_refused
                                  : otherwise;
  return fail(c, fmt::format("cannot {} '{}': {}", doing, path, errno_text(error)))
      .at(in_file(path))
      .help(output_hint(error));
}

} // namespace vigie::io
