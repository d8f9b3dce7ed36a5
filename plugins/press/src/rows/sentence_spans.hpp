// SPDX-License-Identifier: Apache-2.0
// The sentences of a page as find_entities and find_events take them. Pure, any thread.
#pragma once

#include "rows/body_columns.hpp"
#include "text/names/entities.hpp"

namespace vigie::press {

[[nodiscard]] inline std::vector<body_sentence> sentence_spans(const placed_body& body,
                                                               std::span<const byte_span> spans) {
  std::vector<body_sentence> out;
  out.reserve(spans.size());
  for (const byte_span& s : spans)
    out.push_back({static_cast<std::uint32_t>(s.begin), static_cast<std::uint32_t>(s.end),
                   body.label_at(s.begin) == label::title});
  return out;
}

} // namespace vigie::press
