// SPDX-License-Identifier: Apache-2.0
#include "passage.hpp"

#include <algorithm>
#include <iterator>

namespace vigie::press {
namespace {

// Pieces are in order and do not overlap, so a page cut into very many pieces still costs a search,
// not a walk.
auto first_touching(const std::vector<passage::piece>& pieces, std::size_t begin) {
  return std::partition_point(pieces.begin(), pieces.end(),
                              [&](const passage::piece& p) { return p.end() <= begin; });
}

} // namespace

byte_span passage::piece::source_of(std::size_t begin, std::size_t end) const {
  if (!divisible()) return source;
  const std::size_t from = std::max(begin, at) - at;
  const std::size_t to = std::min(end, this->end()) - at;
  return {source.begin + from, source.begin + to};
}

void passage::append(std::string_view page, byte_span source) {
  if (!pieces.empty()) text.push_back(' ');
  append_as(page.substr(source.begin, source.size()), source);
}

void passage::append_as(std::string_view piece_text, byte_span source) {
  pieces.push_back({text.size(), piece_text.size(), source});
  text += piece_text;
}

std::vector<byte_span> passage::sources(std::size_t begin, std::size_t end) const {
  std::vector<byte_span> out;
  std::size_t behind = 0; // of the last piece taken
  for (auto p = first_touching(pieces, begin); p != pieces.end() && p->at < end; ++p) {
    const byte_span source = p->source_of(begin, end);
    const bool abuts = !out.empty() && p->at == behind && source.begin == out.back().end;
    if (abuts)
      out.back().end = source.end;
    else
      out.push_back(source);
    behind = p->end();
  }
  return out;
}

std::optional<byte_span> passage::source(std::size_t begin, std::size_t end) const {
  const auto first = first_touching(pieces, begin);
  const auto behind =
      std::partition_point(first, pieces.end(), [&](const piece& p) { return p.at < end; });
  if (first == behind) return std::nullopt;
  return byte_span{first->source_of(begin, end).begin,
                   std::prev(behind)->source_of(begin, end).end};
}

passage passage::part(std::size_t begin, std::size_t end) const {
  passage out;
  out.text = text.substr(begin, end - begin);
  for (auto p = first_touching(pieces, begin); p != pieces.end() && p->at < end; ++p) {
    const std::size_t from = std::max(begin, p->at);
    const std::size_t to = std::min(end, p->end());
    if (from < to) out.pieces.push_back({from - begin, to - from, p->source_of(begin, end)});
  }
  return out;
}

passage whole_passage(std::string_view page, byte_span source) {
  passage out;
  out.append(page, source);
  return out;
}

} // namespace vigie::press
