// SPDX-License-Identifier: Apache-2.0
#include "marks.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace vigie::dossier {
namespace {

constexpr std::size_t most_searched = 16 * 1024, longest_words = 256, most_marks = 1000;

bool is_border(std::string_view text, std::size_t at) {
  return at >= text.size() || !U8_IS_TRAIL(static_cast<std::uint8_t>(text[at]));
}

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

bool is_word_character(UChar32 c) { return c >= 0 && u_isalnum(c) != 0; }

// Whether no letter or digit of `text` runs on over the border before byte `at`.
bool is_word_border(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return true;
  UChar32 before = 0, behind = 0;
  std::size_t left = at - 1, right = at;
  while (left > 0 && !is_border(text, left)) --left;
  U8_NEXT(bytes_of(text), left, at, before);
  U8_NEXT(bytes_of(text), right, text.size(), behind);
  return !is_word_character(before) || !is_word_character(behind);
}

bool overlaps(const std::vector<mark>& taken, std::size_t begin, std::size_t end) {
  return std::any_of(taken.begin(), taken.end(),
                     [&](const mark& m) { return begin < m.end && m.begin < end; });
}

class marker {
public:
  explicit marker(const statement& s) : text_(*s.text) {
    const bool as_in_file = s.span && s.span->length == static_cast<std::int64_t>(text_.size());
    if (as_in_file) span_ = s.span;
  }

  void add(std::string_view words, const std::optional<byte_range>& place, mark::kind what) {
    if (marks_.size() >= most_marks) return;
    std::optional<mark> found;
    if (span_ && place) found = at_place(words, *place);
    if (!found) found = first_free(words);
    if (!found || overlaps(marks_, found->begin, found->end)) return;
    found->what = what;
    marks_.push_back(*found);
  }

  [[nodiscard]] std::vector<mark> sorted() && {
    std::sort(marks_.begin(), marks_.end(),
              [](const mark& a, const mark& b) { return a.begin < b.begin; });
    return std::move(marks_);
  }

private:
  [[nodiscard]] std::optional<mark> at_place(std::string_view words,
                                             const byte_range& place) const {
    if (place.length == 0 || place.offset < span_->offset || place.end() > span_->end()) return {};
    const auto begin = static_cast<std::size_t>(place.offset - span_->offset);
    const std::size_t end = begin + static_cast<std::size_t>(place.length);
    if (!is_border(text_, begin) || !is_border(text_, end)) return {};
    if (!words.empty() && text_.substr(begin, end - begin) != words) return {};
    return mark{begin, end};
  }

  [[nodiscard]] std::optional<mark> first_free(std::string_view words) const {
    if (words.empty() || words.size() > longest_words) return {};
    const std::string_view searched = text_.substr(0, most_searched);
    for (std::size_t at = searched.find(words); at != std::string_view::npos;) {
      const std::size_t end = at + words.size();
      const bool whole = is_word_border(text_, at) && is_word_border(text_, end);
      const bool clean = is_border(text_, at) && is_border(text_, end);
      if (whole && clean && !overlaps(marks_, at, end)) return mark{at, end};
      at = searched.find(words, at + 1);
    }
    return {};
  }

  std::string_view text_;
  std::optional<byte_range> span_;
  std::vector<mark> marks_;
};

} // namespace

std::vector<mark> find_marks(const statement& s) {
  if (!s.text) return {};
  marker found(s);
  found.add(s.date_text, s.date_span, mark::kind::date);
  for (const figure& f : s.figures) found.add(f.text, f.place, mark::kind::figure);
  return std::move(found).sorted();
}

std::size_t cut_at(std::string_view text, std::size_t most, const std::vector<mark>& marks) {
  if (most == 0) return text.size();
  std::size_t characters = 0, at = 0, last_word = 0;
  for (; at < text.size() && characters < most; ++characters) {
    const char c = text[at];
    if (c == ' ' || c == '\n' || c == '\t') last_word = at;
    U8_FWD_1(bytes_of(text), at, text.size());
  }
  if (at == text.size()) return at;
  const bool ends_here = text[at] == ' ' || text[at] == '\n' || text[at] == '\t';
  std::size_t cut = ends_here || last_word == 0 ? at : last_word;
  for (const mark& m : marks)
    if (m.begin > 0 && m.begin < cut && cut < m.end) cut = m.begin;
  while (cut > 1 && (text[cut - 1] == ' ' || text[cut - 1] == '\n' || text[cut - 1] == '\t')) --cut;
  return cut;
}

} // namespace vigie::dossier
