// SPDX-License-Identifier: Apache-2.0
#include "utf8.hpp"

#include <simdjson.h>
#include <unicode/utf8.h>

#include <string>

namespace vigie::core {

std::size_t ill_formed_at(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return std::string_view::npos;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    if (c < 0) return start;
  }
  return std::string_view::npos;
}

std::string hex_byte(char c) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'0', 'x', hex[byte >> 4], hex[byte & 15]};
}

} // namespace vigie::core
