// SPDX-License-Identifier: Apache-2.0
#include "read_text.hpp"

#include "utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace vigie::core {
namespace {

constexpr std::size_t most_bytes = std::numeric_limits<std::int32_t>::max();

std::string percent_of(std::size_t part, std::size_t whole) {
  return std::to_string(part * 100 / whole) + " %";
}

std::string binary_fault(std::string_view text, std::int64_t offset) {
  const std::size_t nul = text.find('\0');
  if (nul != std::string_view::npos)
    return "binary data: a NUL byte at offset " +
           std::to_string(offset + static_cast<std::int64_t>(nul)) + "; expected text";
  std::size_t controls = 0;
  for (const char c : text)
    controls += (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' &&
                 c != '\f') ||
                        c == 0x7f
                    ? 1
                    : 0;
  if (controls * 20 <= text.size()) return {};
  return "binary data: " + percent_of(controls, text.size()) +
         " of the bytes are control characters; expected text, where they are 5 % at most";
}

// Why the text is no text, or nothing.
std::string fault_of(std::string_view text, std::int64_t offset) {
  if (text.size() > most_bytes)
    return "the file has " + std::to_string(text.size()) +
           " bytes; a text of one row has 2 GiB at most; read it line by line";
  if (std::string binary = binary_fault(text, offset); !binary.empty()) return binary;
  const std::size_t bad = ill_formed_at(text);
  if (bad == std::string_view::npos) return {};
  return "not UTF-8: byte " + hex_byte(text[bad]) + " at offset " +
         std::to_string(offset + static_cast<std::int64_t>(bad)) +
         "; if the file has another encoding, set `encoding: auto`";
}

} // namespace

void read_text::task::chunk(const vigie::chunk& bytes, decoded& out) const {
  const auto length = static_cast<std::int64_t>(std::min(bytes.bytes.size(), most_bytes));
  if (const std::string why = fault_of(bytes.bytes, bytes.offset); !why.empty())
    return out.reject(bytes.offset, length, "text", why);
  out[0].text(name);
  out[1].text(bytes.bytes);
  out[2].integer(length);
  out.row(bytes.offset, length);
}

} // namespace vigie::core
