// SPDX-License-Identifier: Apache-2.0
// What pack and unpack agree on. Used by the two alone.
#pragma once

#include <vigie/types.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace vigie::data::packed {

inline constexpr std::uint32_t mark = 0x31425256; // "VRB1"

enum class text_layout : std::uint8_t { offsets, large_offsets, views };

[[nodiscard]] inline text_layout layout_of(const field& f) {
  const std::string format = format_of(f);
  if (format == "vu" || format == "vz") return text_layout::views;
  return format == "U" || format == "Z" ? text_layout::large_offsets : text_layout::offsets;
}

// Bytes of a value of a fixed-width kind, bool excepted.
[[nodiscard]] inline std::size_t width_of(const field& f) {
  switch (f.kind) {
  case kind::int8:
  case kind::uint8: return 1;
  case kind::int16:
  case kind::uint16: return 2;
  case kind::int32:
  case kind::uint32:
  case kind::date: return 4;
  case kind::fixed_binary: return static_cast<std::size_t>(f.width);
  default: return 8;
  }
}

} // namespace vigie::data::packed
