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

} // namespace vigie::data::packed
