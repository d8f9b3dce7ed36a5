// SPDX-License-Identifier: Apache-2.0
#include "like.hpp"

#include "characters.hpp"
#include "letters.hpp"

namespace vigie::core::expr {

std::string like_pattern::fault_of(std::string_view pattern, std::string_view escape) {
  if (escape.empty()) return {};
  if (next_character(escape, 0) != escape.size())
    return "the text behind 'escape' must be one character or empty";
  for (std::size_t at = 0; at < pattern.size(); at = next_character(pattern, at)) {
    if (!pattern.substr(at).starts_with(escape)) continue;
    at += escape.size();
    if (at >= pattern.size())
      return "the pattern of like ends with its escape character; double that character";
  }
  return {};
}

like_pattern::like_pattern(std::string_view pattern, std::string_view escape, bool fold)
    : fold_(fold) {
  for (std::size_t at = 0; at < pattern.size();) {
    const bool escaped = !escape.empty() && pattern.substr(at).starts_with(escape);
    if (escaped) at += escape.size();
    const std::size_t next = next_character(pattern, at);
    const std::string_view character = pattern.substr(at, next - at);
    at = next;
    if (!escaped && character == "%") {
      runs_.emplace_back();
    } else if (!escaped && character == "_") {
      runs_.back().pieces.push_back({true});
      ++runs_.back().characters;
    } else {
      literal(character);
    }
  }
}

void like_pattern::literal(std::string_view character) {
  std::string folded;
  if (fold_) {
    to_lower(character, folded);
    character = folded;
  }
  run& r = runs_.back();
  if (r.pieces.empty() || r.pieces.back().any) r.pieces.emplace_back();
  r.pieces.back().bytes += character;
  r.characters += expr::characters(character);
}

bool like_pattern::matches(std::string_view text) const {
  if (!fold_) return matches_exactly(text);
  std::string folded;
  to_lower(text, folded);
  return matches_exactly(folded);
}

bool like_pattern::matches_exactly(std::string_view text) const {
  std::optional<std::size_t> at = match_at(runs_.front(), text, 0);
  if (!at) return false;
  if (runs_.size() == 1) return *at == text.size();
  for (std::size_t i = 1; i + 1 < runs_.size(); ++i) {
    at = find(runs_[i], text, *at);
    if (!at) return false;
  }
  return ends_with(runs_.back(), text, *at);
}

// The byte behind the match that begins at `at`.
std::optional<std::size_t> like_pattern::match_at(const run& r, std::string_view text,
                                                  std::size_t at) {
  for (const piece& p : r.pieces) {
    if (p.any) {
      if (at >= text.size()) return std::nullopt;
      at = next_character(text, at);
    } else {
      if (!text.substr(at).starts_with(p.bytes)) return std::nullopt;
      at += p.bytes.size();
    }
  }
  return at;
}

bool like_pattern::ends_with(const run& r, std::string_view text, std::size_t from) {
  std::size_t at = text.size();
  for (std::size_t n = r.characters; n > 0; --n) {
    if (at <= from) return false;
    --at;
    while (at > from && continues_character(text[at])) --at;
  }
  return match_at(r, text, at) == text.size();
}

// The byte behind the first match at `from` or later.
std::optional<std::size_t> like_pattern::find(const run& r, std::string_view text,
                                              std::size_t from) {
  if (r.pieces.empty()) return from;
  if (r.pieces.size() == 1 && !r.pieces[0].any) {
    const std::string& bytes = r.pieces[0].bytes;
    const std::size_t hit = find_part(text, bytes, from);
    return hit == text.npos ? std::nullopt : std::optional(hit + bytes.size());
  }
  for (std::size_t at = from; at < text.size(); at = next_character(text, at))
    if (const auto end = match_at(r, text, at)) return end;
  return std::nullopt;
}

} // namespace vigie::core::expr
