// SPDX-License-Identifier: Apache-2.0
// Captions without an owner, what stands for pictures, and links to other stories, by how they
// stand between the paragraphs of a text.
#include "page.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t least_headline = 4; // words
constexpr std::size_t longest_name = 4;   // words
constexpr std::size_t longest_headline = 19;
constexpr std::size_t least_of_alt = 2;     // words
constexpr std::size_t least_of_caption = 9; // words
constexpr std::size_t least_of_nobody = 3;  // words
constexpr std::size_t most_tried = 16;
constexpr std::size_t near_caption = 8; // lines above it, to the day
constexpr std::size_t longest_kind = 3; // words in brackets in front of a headline

class caption_labeller {
public:
  caption_labeller(page& p, std::optional<std::size_t> title, std::size_t first, std::size_t end)
      : page_(p), title_(title), first_(first), end_(end) {}

  void run() {
    for (std::size_t i = title_ ? *title_ + 1 : 0; i < end_; ++i) {
      if (!open(i)) continue;
      page_line& line = page_.lines[i];
      if (is_alt(i))
        line.set(label::image_alt, "words in small letters, apart from the text");
      else if (is_bare_caption(i))
        line.set(label::image_alt, "an unfinished line between the day and the text");
      else if (is_linked_headline(i))
        line.set(label::teaser, "a kind of story in brackets and a headline");
      else if (is_long_caption(i) || is_name_of_nobody(i))
        line.set(label::image_alt, "an unfinished line apart that heads nothing");
    }
  }

private:
  bool open(std::size_t i) const { return !page_.lines[i].what.has_value(); }

  bool is_text(std::size_t i) const {
    return open(i) && is_paragraph(page_.lines[i]) && page_.lines[i].terminal;
  }

  // "pilot boat quay": a line apart that begins in small letters and does not end, between others
  // that do not begin so.
  bool is_alt(std::size_t i) const {
    const auto small = [&](std::size_t k) {
      const token& t = page_.lines[k].tokens.front();
      return is_word(t) && !capital(page_.text, t);
    };
    const page_line& line = page_.lines[i];
    if (i == 0 || i + 1 >= page_.lines.size() || line.words < least_of_alt || !small(i))
      return false;
    const page_line& above = page_.lines[i - 1];
    const bool announced = !above.what && (!above.terminal || above.tokens.back().fold == ":");
    const bool ends = std::any_of(line.tokens.begin(), line.tokens.end(),
                                  [](const token& t) { return t.kind == token_kind::mark; });
    return stands_apart(page_, i) && line.words <= longest_headline && !ends && !announced &&
           !small(i - 1) && !small(i + 1);
  }

  // "Boats on a quay": behind the title and who wrote when, apart, right above the text.
  bool is_bare_caption(std::size_t i) const {
    const page_line& line = page_.lines[i];
    if (!title_ || i <= *title_ || i >= first_ || line.terminal || line.part ||
        !stands_apart(page_, i))
      return false;
    if (line.words < least_headline || line.words > longest_headline) return false;
    for (std::size_t k = i; --k > *title_ && k + near_caption > i;)
      if (page_.lines[k].what == label::date_line) return true;
    return false;
  }

  // "A shoe cleaner on the quay of Brelin, the old port of Selmouth" between paragraphs: longer
  // than headings are, with a comma and without a colon.
  bool is_long_caption(std::size_t i) const {
    const page_line& line = page_.lines[i];
    const auto has = [&](std::string_view mark) {
      return std::any_of(line.tokens.begin(), line.tokens.end(),
                         [&](const token& t) { return t.fold == mark; });
    };
    if (!has(",") || has(":") || !is_word(line.tokens.front())) return false;
    return line.words >= least_of_caption && line.words <= longest_headline && !line.terminal &&
           !line.part && stands_apart(page_, i) && i > first_ && i + 1 < end_ && is_text(i - 1) &&
           is_text(i + 1) && is_word(line.tokens.back()) && !has_bullet(line);
  }

  // "Ada Mary Quill" between paragraphs: names that the page has nowhere else.
  bool is_name_of_nobody(std::size_t i) {
    const page_line& line = page_.lines[i];
    if (!line.people || line.words < least_of_nobody || line.words > longest_name || i == 0 ||
        !stands_apart(page_, i) || i + 1 >= end_ || !is_text(i + 1) || tried_names_ == most_tried)
      return false;
    ++tried_names_;
    for (const page_line& other : page_.lines) {
      if (&other == &line) continue;
      for (const token& t : line.tokens)
        if (is_word(t) && std::any_of(other.tokens.begin(), other.tokens.end(),
                                      [&](const token& o) { return o.hash == t.hash; }))
          return false;
    }
    return true;
  }

  // "[Inquiry] How the harbour lost its pilots"
  bool is_linked_headline(std::size_t i) const {
    const page_line& line = page_.lines[i];
    const token_view t = line.tokens;
    if (i <= first_ || line.terminal || line.words < least_headline || t.front().fold != "[")
      return false;
    std::size_t end = 1;
    while (end < t.size() && end <= longest_kind && is_word(t[end])) ++end;
    return end > 1 && end + 1 < t.size() && t[end].fold == "]" && capital(page_.text, t[1]) &&
           capital(page_.text, t[end + 1]);
  }

  page& page_;
  std::optional<std::size_t> title_;
  std::size_t first_;
  std::size_t end_;
  std::size_t tried_names_ = 0; // each costs a walk through the page
};

} // namespace

void label_captions(page& p, std::optional<std::size_t> title, std::size_t first, std::size_t end) {
  caption_labeller(p, title, first, end).run();
}

} // namespace vigie::press
