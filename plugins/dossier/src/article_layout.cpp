// SPDX-License-Identifier: Apache-2.0
#include "article_layout.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace vigie::dossier {
namespace {

constexpr std::int64_t byte_order_mark = 3; // bytes that a reader of text takes off a file
constexpr std::size_t most_compared = 16;
constexpr std::size_t most_tries = 256; // places of the page where its first words stand

// `base` is not below 0.
std::string_view slice(std::string_view raw, std::int64_t base, const byte_range& place) {
  if (place.offset < base) return {};
  const std::int64_t begin = place.offset - base;
  const auto size = static_cast<std::int64_t>(raw.size());
  if (begin > size || place.length > size - begin) return {};
  return raw.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(place.length));
}

// A piece of the body that is the very bytes of the input.
bool is_exact(const body_piece& p) {
  return p.place && p.size > 0 && p.place->length == static_cast<std::int64_t>(p.size);
}

bool is_base(const source& of, std::int64_t base) {
  std::size_t compared = 0;
  for (const body_piece& p : of.pieces) {
    if (!is_exact(p)) continue;
    if (slice(of.raw, base, *p.place) != std::string_view(of.body).substr(p.at, p.size))
      return false;
    if (++compared == most_compared) break;
  }
  return true;
}

// A page within an archive: its bytes count from where its first words stand.
std::optional<std::int64_t> base_in_archive(const source& of) {
  const auto first = std::find_if(of.pieces.begin(), of.pieces.end(), is_exact);
  if (first == of.pieces.end()) return std::nullopt;
  const std::string_view words = std::string_view(of.body).substr(first->at, first->size);
  std::size_t at = 0;
  for (std::size_t tries = 0; tries < most_tries; ++tries, ++at) {
    at = of.raw.find(words, at);
    if (at == std::string_view::npos) return std::nullopt;
    const std::int64_t base = first->place->offset - static_cast<std::int64_t>(at);
    if (base < 0) return std::nullopt;
    if (is_base(of, base)) return base;
  }
  return std::nullopt;
}

// Raw text of another charset than the body may have no piece to compare; its bytes count from 0.
std::int64_t base_of(const source& of) {
  if (is_base(of, 0)) return 0;
  if (is_base(of, byte_order_mark)) return byte_order_mark;
  return base_in_archive(of).value_or(0);
}

} // namespace

article_layout::article_layout(const source& of) : base_(base_of(of)) {
  if (!of.pieces.empty())
    from_map(of);
  else
    from_segments(of);
  if (pieces_.empty()) from_body(of);
  check_order();
  merge_residue(of);
  for (std::size_t i = 0; i < pieces_.size(); ++i)
    if (const laid_piece& p = pieces_[i]; p.residue == nullptr && p.place && !p.text.empty())
      if (p.place->length > 0) kept_.push_back(i);
}

void article_layout::from_map(const source& of) {
  const std::string_view body = of.body;
  std::size_t end = 0;
  for (const body_piece& p : of.pieces) {
    if (p.at < end) continue; // pieces of a body follow one another
    const std::string_view gap = body.substr(end, p.at - end);
    const bool fresh = pieces_.empty() || gap.find('\n') != std::string_view::npos;
    pieces_.push_back({.text = body.substr(p.at, p.size),
                       .place = p.place,
                       .fresh_line = fresh,
                       .blank_before = !fresh && !gap.empty()});
    end = p.at + p.size;
  }
}

void article_layout::from_segments(const source& of) {
  const segment* before = nullptr;
  for (const segment& s : of.segments) {
    const std::string_view text = s.keep && s.place ? bytes_at(of, *s.place) : std::string_view();
    if (text.empty()) continue;
    const bool fresh = before == nullptr || before->line != s.line;
    const bool blank = before != nullptr && before->place->end() != s.place->offset;
    pieces_.push_back(
        {.text = text, .place = s.place, .fresh_line = fresh, .blank_before = !fresh && blank});
    before = &s;
  }
}

void article_layout::from_body(const source& of) {
  const std::string_view body = of.body;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    if (end > at) pieces_.push_back({.text = body.substr(at, end - at), .fresh_line = true});
    at = end + 1;
  }
}

void article_layout::check_order() {
  std::int64_t end = 0;
  for (const laid_piece& p : pieces_) {
    if (!p.place) continue;
    if (p.place->offset < end) {
      for (laid_piece& each : pieces_) each.place.reset();
      return;
    }
    end = p.place->end();
  }
}

void article_layout::merge_residue(const source& of) {
  std::vector<laid_piece> residue;
  for (const segment& s : of.segments) {
    if (s.keep) continue;
    residue.push_back({.text = s.place ? bytes_at(of, *s.place) : std::string_view(),
                       .place = s.place,
                       .residue = &s});
  }
  std::stable_sort(residue.begin(), residue.end(), [](const laid_piece& a, const laid_piece& b) {
    if (!a.place || !b.place) return a.place.has_value() && !b.place;
    return a.place->offset < b.place->offset;
  });
  std::vector<laid_piece> all;
  all.reserve(pieces_.size() + residue.size());
  auto next = residue.begin();
  for (laid_piece& kept : pieces_) {
    while (kept.place && next != residue.end() && next->place &&
           next->place->offset < kept.place->offset)
      all.push_back(*next++);
    all.push_back(kept);
  }
  all.insert(all.end(), next, residue.end());
  pieces_ = std::move(all);
}

std::string_view article_layout::bytes_at(const source& of, const byte_range& place) const {
  return slice(of.raw, base_, place);
}

bool article_layout::cite(const byte_range& range) {
  if (range.length == 0) return false;
  const auto found = std::lower_bound(
      kept_.begin(), kept_.end(), range.offset,
      [&](std::size_t i, std::int64_t at) { return pieces_[i].place->end() <= at; });
  if (found == kept_.end() || pieces_[*found].place->offset >= range.end()) return false;
  pieces_[*found].cited = true;
  return true;
}

} // namespace vigie::dossier
