// SPDX-License-Identifier: Apache-2.0
#include "body.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

std::vector<byte_span> lines_of(std::string_view text) {
  std::vector<byte_span> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const byte_span line = trimmed(text, {at, end});
    if (line.size() > 0) out.push_back(line);
    at = end + 1;
  }
  return out;
}

} // namespace

label mapped_text::label_at(std::size_t at) const {
  const auto found = std::partition_point(text.pieces.begin(), text.pieces.end(),
                                          [&](const passage::piece& p) { return p.end() <= at; });
  const auto index = static_cast<std::size_t>(found - text.pieces.begin());
  return index < labels.size() ? labels[index] : label::body;
}

std::vector<byte_span> mapped_text::lines() const { return lines_of(text.text); }

mapped_text unmapped_text(std::string_view text) {
  mapped_text out;
  out.text.text = text;
  for (const byte_span& line : lines_of(text)) {
    out.text.pieces.push_back({line.begin, line.size(), line});
    out.labels.push_back(label::body);
  }
  return out;
}

} // namespace vigie::press
