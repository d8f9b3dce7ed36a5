// SPDX-License-Identifier: Apache-2.0
#include "io/record_borders.hpp"

#include "io/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace vigie::io {
namespace {

diagnostic out_of_range(std::int64_t end, std::size_t size, std::string_view least,
                        std::string_view none, const std::string& path, std::uint64_t offset) {
  return fail(code::input_border,
              fmt::format("the reader put a record end at {} of {} bytes; expected {} to {}{}", end,
                          size, least, size, none))
      .at(in_file(path, offset))
      .help("report this to the maker of the reader's plugin");
}

} // namespace

result<std::int64_t> first_end(const read_options& options, std::string_view bytes, bool at_start,
                               const std::string& path, std::uint64_t offset) {
  if (options.records == record_mode::file || bytes.empty()) return std::int64_t{-1};
  if (options.records == record_mode::lines) {
    const std::size_t end = bytes.find('\n');
    return end == std::string_view::npos ? std::int64_t{-1} : static_cast<std::int64_t>(end + 1);
  }
  const std::int64_t end = options.border(bytes, at_start);
  if (end == -1 || (end > 0 && static_cast<std::uint64_t>(end) <= bytes.size())) return end;
  return out_of_range(end, bytes.size(), "1", ", or -1", path, offset);
}

result<std::size_t> last_end(const read_options& options, std::string_view bytes,
                             const std::string& path, std::uint64_t offset) {
  if (options.records == record_mode::lines) {
    const void* const newline =
        bytes.empty() ? nullptr : ::memrchr(bytes.data(), '\n', bytes.size());
    if (newline == nullptr) return std::size_t{0};
    return static_cast<std::size_t>(static_cast<const char*>(newline) - bytes.data()) + 1;
  }
  if (options.last_border && !bytes.empty()) {
    const std::int64_t end = options.last_border(bytes);
    if (end >= 0 && static_cast<std::uint64_t>(end) <= bytes.size())
      return static_cast<std::size_t>(end);
    return out_of_range(end, bytes.size(), "0", "", path, offset);
  }
  std::size_t at = 0;
  while (at < bytes.size()) {
    const result<std::int64_t> end = first_end(options, bytes.substr(at), true, path, offset + at);
    if (!end) return end.error();
    if (*end < 0) break;
    at += static_cast<std::size_t>(*end);
  }
  return at;
}

std::size_t search_window(const read_options& options) {
  constexpr std::uint64_t least = std::uint64_t{1} << 16U;
  return static_cast<std::size_t>(std::max(least, options.max_record));
}

} // namespace vigie::io
