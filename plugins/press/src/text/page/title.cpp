// SPDX-License-Identifier: Apache-2.0
// The title of a page: the line above the text that says what the text is about, where the lines
// around it look so.
#include "page.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vigie::press {
namespace {

constexpr std::size_t least_headline = 4; // words
constexpr std::size_t longest_headline = 19;
constexpr std::size_t longest_title = 30;        // words
constexpr std::size_t least_over_standfirst = 6; // words of a title above another such line
constexpr std::size_t least_shared = 2;          // words with the text, of a title in disguise
constexpr std::size_t longest_name = 4;          // words of a menu item
constexpr std::size_t longest_part = 6;          // of a row of many gaps
constexpr std::size_t sure_gaps = 3;
constexpr std::size_t least_of_subject = 6; // letters
constexpr std::size_t least_letters = 4;    // of a word that tells what a text is about

class title_finder {
public:
  title_finder(const page& p, std::size_t first, std::size_t end)
      : page_(p), first_(first), end_(end) {}

  // The unfinished line above the text that shares most words with it; the later one where two
  // share as many. Where none shares any, the last that is long enough for a headline.
  std::optional<std::size_t> run() const {
    std::optional<std::vector<std::uint32_t>> about;
    std::vector<std::uint32_t> opening; // words of the first paragraph
    std::optional<std::size_t> best;
    std::size_t best_shared = 0;
    std::optional<std::size_t> nearest;
    const bool other = has_headline();
    for (std::size_t i = 0; i < first_; ++i) {
      if (!open(i) || !can_be_title(i) || (other && is_name(i))) continue;
      if (!about) {
        about = words_of_text();
        opening = words_of_opening();
      }
      if (page_.lines[i].words >= least_headline) nearest = i;
      const std::size_t shared =
          shared_words(*about, page_.lines[i]) + shared_words(opening, page_.lines[i]);
      if (best && shared < best_shared) continue;
      best = i;
      best_shared = shared;
    }
    if (best_shared == 0) return nearest ? nearest : title_in_disguise();
    const auto heading = above_byline(*about);
    return over_standfirst(*about, above_date(*about, heading.value_or(*best)));
  }

private:
  bool open(std::size_t i) const { return !page_.lines[i].what.has_value(); }

  // "Open Lines Watch (Selmouth)": of who sent the text, where a headline stands beside it.
  bool is_name(std::size_t i) const {
    return page_.lines[i].people && page_.lines[i].words <= longest_name;
  }
  bool has_headline() const {
    for (std::size_t i = 0; i < first_; ++i)
      if (open(i) && can_be_title(i) && !is_name(i) && page_.lines[i].words >= least_headline &&
          !page_.lines[i].part && !is_row(page_.text, page_.lines[i]))
        return true;
    return false;
  }

  // Hashes of the words that tell what the text is about, sorted, each once.
  std::vector<std::uint32_t> words_of_text() const {
    std::vector<std::uint32_t> out;
    for (std::size_t i = first_; i < end_; ++i) {
      if (open(i)) add_words(page_.lines[i], least_letters, out);
    }
    sort_once(out);
    return out;
  }

  std::vector<std::uint32_t> words_of_opening() const {
    std::vector<std::uint32_t> out;
    if (first_ < page_.lines.size()) add_words(page_.lines[first_], least_letters, out);
    sort_once(out);
    return out;
  }

  bool can_be_title(std::size_t i) const {
    const auto& line = page_.lines[i];
    const bool full_stop = line.terminal && line.tokens.back().fold == ".";
    const std::string_view first = line.tokens[0].fold;
    const bool tag = first == "#" || (first == "(" && line.tokens.back().fold == ")");
    return line.words >= 2 && line.words <= longest_title && !full_stop && !has_bullet(line) &&
           !tag && !(bars_of(line) > 1 && is_row(page_.text, line));
  }

  // "Video: the harbour radar fails", or a headline right below "Special report": what looks like
  // a list of other stories, but is all that stands above the text and speaks of the same.
  std::optional<std::size_t> title_in_disguise() const {
    for (std::size_t i = first_; i-- > 0;) {
      const auto& line = page_.lines[i];
      const bool list = line.what == label::sidebar || line.what == label::headline_list;
      if (list && can_be_title(i) && line.words >= least_headline) {
        return shared_words(words_of_text(), page_.lines[i]) >= least_shared ? std::optional(i)
                                                                             : std::nullopt;
      }
      if (line.what == label::breadcrumb || line.what == label::sidebar) return std::nullopt;
    }
    return std::nullopt;
  }

  // The headline right above who wrote it and when.
  std::optional<std::size_t> above_byline(const std::vector<std::uint32_t>& about) const {
    for (std::size_t i = first_; i-- > 0;) {
      const page_line& line = page_.lines[i];
      const bool fits = open(i) && can_be_title(i) && line.words >= least_headline && !line.people;
      if (fits && heads_article(page_, i) && shared_words(about, page_.lines[i]) > 0) return i;
    }
    return std::nullopt;
  }

  // "Add The Gull on your phone" below the day is no headline where a line above the day says more
  // of what the text is about.
  std::size_t above_date(const std::vector<std::uint32_t>& about, std::size_t i) const {
    const std::size_t shared = shared_words(about, page_.lines[i]);
    bool dated = false;
    for (std::size_t k = i; k-- > 0;) {
      const page_line& line = page_.lines[k];
      dated = dated || line.what == label::date_line;
      const bool fits = dated && open(k) && can_be_title(k) && line.words >= least_headline;
      if (fits && !line.people && shared_words(about, line) > shared) return k;
    }
    return i;
  }

  // A longer word of the text, which no line has by chance.
  static bool names_subject(const std::vector<std::uint32_t>& about, const page_line& line) {
    return std::any_of(line.tokens.begin(), line.tokens.end(), [&](const token& t) {
      return is_word(t) && t.fold.size() >= least_of_subject &&
             std::binary_search(about.begin(), about.end(), t.hash);
    });
  }

  // The line above that may be the title, what stands for pictures aside; i where there is none.
  std::size_t line_above(std::size_t i) const {
    std::size_t k = i;
    while (k > 0) {
      const page_line& line = page_.lines[--k];
      const bool small = open(k) && line.words <= longest_name && is_word(line.tokens[0]) &&
                         !capital(page_.text, line.tokens[0]);
      if (line.what != label::image_alt && !small) return k;
    }
    return i;
  }

  // Of two such lines, each a block of its own, the first is the title, the second says more of it.
  std::size_t over_standfirst(const std::vector<std::uint32_t>& about, std::size_t i) const {
    const std::size_t above = line_above(i);
    if (above == i || !open(above) || !can_be_title(above)) return i;
    const page_line& line = page_.lines[above];
    const bool first = above == 0 || page_.lines[above - 1].what;
    if (!page_.lines[i].blank_before && ((!first && !line.blank_before) || heads_article(page_, i)))
      return i;
    const bool over =
        shared_words(about, line) >= least_shared || (first && names_subject(about, line));
    return line.words >= least_over_standfirst && !line.part && over ? above : i;
  }

  const page& page_;
  std::size_t first_; // of the text
  std::size_t end_;
};

} // namespace

void add_words(const page_line& line, std::size_t least, std::vector<std::uint32_t>& out) {
  for (const auto& t : line.tokens) {
    if (is_word(t) && t.fold.size() >= least) out.push_back(t.hash);
  }
}

void sort_once(std::vector<std::uint32_t>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

std::size_t shared_words(const std::vector<std::uint32_t>& about, const page_line& line) {
  std::vector<std::uint32_t> own;
  add_words(line, least_letters, own);
  sort_once(own);
  return static_cast<std::size_t>(std::count_if(own.begin(), own.end(), [&](std::uint32_t w) {
    return std::binary_search(about.begin(), about.end(), w);
  }));
}

std::size_t bars_of(const page_line& line) {
  return static_cast<std::size_t>(std::count_if(line.tokens.begin(), line.tokens.end(),
                                                [](const token& t) { return t.fold == "|"; }));
}

bool is_row(std::string_view text, const page_line& line) {
  if (line.words > longest_headline || line.terminal || has_bullet(line)) return false;
  std::size_t bars = 0;
  std::size_t dashes = 0;
  std::size_t part = 0; // words since the last of them
  std::size_t gaps = 0;
  bool long_part = false;
  for (std::size_t i = 0; i < line.tokens.size(); ++i) {
    const bool ends = separates(line.tokens, i);
    const bool gap = wide_gap(text, line.tokens, i);
    part = ends ? 0 : (gap ? 0 : part) + (is_word(line.tokens[i]) ? 1 : 0);
    if (part > longest_part) return false;
    long_part = long_part || part > longest_name;
    gaps += gap ? 1 : 0;
    dashes += ends && line.tokens[i].fold == "-" ? 1 : 0;
    bars += (ends && line.tokens[i].fold != "-") || gap ? 1 : 0;
  }
  return long_part ? gaps >= sure_gaps : bars > 0 || dashes > 1;
}

std::optional<std::size_t> find_title(const page& p, std::size_t first, std::size_t end) {
  return title_finder(p, first, end).run();
}

} // namespace vigie::press
