// SPDX-License-Identifier: Apache-2.0
#include "io/ranged_file.hpp"

#include "io/errors.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

namespace vigie::io {

result<ranged_file> ranged_file::open(std::string path) {
  // A pipe that stands in the file's place must not make the open wait for ever.
  const int fd = sys().open(path, O_RDONLY | O_NONBLOCK, 0);
  if (fd < 0) return input_failure("open", path, -fd);
  descriptor file(fd);
  file_facts facts;
  const int known = sys().fstat(fd, facts);
  if (known < 0) return input_failure("look at", path, -known);
  if (facts.kind == file_kind::folder) return input_failure("read", path, EISDIR);
  if (facts.kind != file_kind::file)
    return fail(code::input_not_a_file, fmt::format("'{}' is a device, socket or named pipe", path))
        .at(in_file(path))
        .help("put the regular file back that was there");
  return ranged_file(std::move(path), std::move(file), facts.size);
}

result<std::size_t> ranged_file::read(char* to, std::size_t bytes, std::uint64_t at) const {
  std::size_t done = 0;
  while (done < bytes) {
    const std::int64_t got = sys().pread(file_.get(), to + done, bytes - done, at + done);
    if (got < 0) return input_failure("read", path_, static_cast<int>(-got));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

result<split_digest> ranged_file::sha256(std::uint64_t offset, std::uint64_t length,
                                         const std::atomic<bool>* cancel) const {
  constexpr std::uint64_t most = std::uint64_t{1} << 18U;
  std::string block(static_cast<std::size_t>(std::min(length, most)), '\0');
  sha256_hasher h;
  split_digest seen{.offset = offset, .length = 0, .sha256 = {}};
  while (seen.length < length) {
    if (cancel != nullptr && *cancel) return reading_cancelled(path_);
    const auto wanted = static_cast<std::size_t>(std::min(length - seen.length, most));
    const auto got = read(block.data(), wanted, offset + seen.length);
    if (!got) return got.error();
    h.add(std::string_view(block).substr(0, *got));
    seen.length += *got;
    if (*got < wanted) break;
  }
  auto digest = h.finish();
  if (!digest) return std::move(digest).error();
  seen.sha256 = *digest;
  return seen;
}

diagnostic reading_cancelled(const std::string& path) {
  return fail(code::input_cancelled, fmt::format("reading '{}' was stopped", path))
      .at(in_file(path));
}

} // namespace vigie::io
