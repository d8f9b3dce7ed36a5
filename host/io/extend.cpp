// SPDX-License-Identifier: Apache-2.0
#include "io/extend.hpp"

#include "io/errors.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>

namespace vigie::io {
namespace {

diagnostic truncated(const std::string& shown, std::uint64_t found, std::uint64_t expected) {
  return fail(code::run_file_truncated,
              fmt::format("'{}' ends at byte {}, and {} were written", shown, found, expected))
      .at(in_file(shown, found))
      .help("the disk or another program cut it; start the run again with --force");
}

} // namespace

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::int64_t done = sys().write(fd, bytes.data(), bytes.size());
    if (done < 0) return static_cast<int>(done);
    if (done == 0) return -EIO; // would be repeated for ever
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

status read_exactly(int fd, const std::string& shown, std::uint64_t offset, char* to,
                    std::size_t bytes) {
  const std::uint64_t end = offset + bytes;
  while (bytes > 0) {
    const std::int64_t got = sys().pread(fd, to, bytes, offset);
    if (got < 0) return input_failure("read", shown, static_cast<int>(-got));
    if (got == 0) return truncated(shown, offset, end);
    to += got;
    offset += static_cast<std::uint64_t>(got);
    bytes -= static_cast<std::size_t>(got);
  }
  return {};
}

result<descriptor> open_to_extend(const std::string& path, const std::string& shown,
                                  std::uint64_t length) {
  // Without O_NONBLOCK a named pipe in the file's place would wait for a reader.
  const int fd = sys().open(path, O_RDWR | O_APPEND | O_NONBLOCK, 0);
  if (fd < 0) return input_failure("open", path, -fd);
  descriptor file(fd);
  file_facts facts;
  const int known = sys().fstat(fd, facts);
  if (known < 0) return input_failure("look at", path, -known);
  if (status regular = check_regular(facts, path); !regular) return std::move(regular).error();
  if (facts.size < length) return truncated(path, facts.size, length);
  const int cut = sys().ftruncate(fd, length);
  if (cut < 0) return output_failure(code::output_write_failed, "cut the end of", shown, -cut);
  return file;
}

} // namespace vigie::io
