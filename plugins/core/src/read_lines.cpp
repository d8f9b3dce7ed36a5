// SPDX-License-Identifier: Apache-2.0
#include "read_lines.hpp"

#include "utf8.hpp"

#include <simdjson.h>

#include <algorithm>
#include <limits>

namespace vigie::core {
namespace {

constexpr std::size_t most_bytes = std::numeric_limits<std::int32_t>::max();

// Why the line is no text, or nothing. `utf8`: known to be good.
std::string fault_of(std::string_view line, bool utf8) {
  if (line.size() > most_bytes)
    return "the line has " + std::to_string(line.size()) + " bytes; a line has 2 GiB at most";
  const std::size_t bad = utf8 ? std::string_view::npos : ill_formed_at(line);
  if (bad == std::string_view::npos) return {};
  return "not UTF-8: byte " + hex_byte(line[bad]) + " at offset " + std::to_string(bad) +
         " of the line; if the file has another encoding, set `encoding: auto`";
}

} // namespace

void read_lines::task::chunk(const vigie::chunk& bytes, decoded& out) const {
  // Once for all lines where all is well; a bad line is looked for only where there is one.
  const bool utf8 = simdjson::validate_utf8(bytes.bytes.data(), bytes.bytes.size());
  bytes.lines([&](std::string_view line, std::int64_t offset) {
    if (skip_blank && line.find_first_not_of(" \t") == std::string_view::npos) return;
    const auto length = static_cast<std::int64_t>(std::min(line.size(), most_bytes));
    if (!utf8 || line.size() > most_bytes)
      if (const std::string why = fault_of(line, utf8); !why.empty())
        return out.reject(offset, length, "line", why);
    out[0].text(name);
    out[1].text(line);
    out.row(offset, length);
  });
}

} // namespace vigie::core
