// SPDX-License-Identifier: Apache-2.0
// What stands behind the last sentence of an article, by its shape: lists of other stories under
// headings that no lexicon knows, calls to readers. A line that may be the article's stays open.
#include "page.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vigie::press {
namespace {

constexpr std::size_t surely_text = 25;    // words of a sentence that no site says of itself
constexpr std::size_t surely_told = 16;    // of one that has one word to the reader, or of us
constexpr std::size_t longest_heading = 6; // words
constexpr std::size_t longest_headline = 19;
constexpr std::size_t least_headline = 5; // words of one headline of a list without a known heading
constexpr std::size_t least_dates = 3;    // lines of a box of dates
constexpr std::size_t most_of_date = 4;   // tokens
constexpr std::size_t least_of_list = 2;  // lines below a heading
constexpr std::size_t least_furniture = 2;  // lines of the site that end a text
constexpr std::size_t much_furniture = 3;   // lines of the site that are a list
constexpr std::size_t most_in_list = 3;     // lines of the site in front of an announced list
constexpr std::size_t least_text = 3;       // lines of it above the rights of a page
constexpr std::size_t widest_search = 8;    // lines below a heading, the first headline in them
constexpr std::size_t least_letters = 5;    // of a word that tells what a text is about
constexpr std::size_t shared_by_chance = 1; // words of a call to readers that the text has, too

bool ends_with(const page_line& line, std::string_view mark) {
  return !line.tokens.empty() && line.tokens.back().fold == mark;
}

// A line that a list of headlines may hold.
bool may_be_headline(const page_line& line) {
  const bool asks = ends_with(line, "?") || ends_with(line, "!");
  if (ends_with(line, ",") || ends_with(line, ";")) return false; // of verse
  return !line.what && line.words > 0 && line.words <= longest_headline && (!line.terminal || asks);
}

// Labels of what sites put between two paragraphs without ending the text.
bool within_text(label l) {
  return is_kept(l) || l == label::ad_insertion || l == label::image_alt || l == label::credits ||
         l == label::agency_code || l == label::source_line || l == label::date_line ||
         l == label::teaser;
}

class tail_labeller {
public:
  explicit tail_labeller(page& p) : page_(p) {}

  void run() {
    const std::size_t end = end_of_text();
    for (std::size_t i = end; end > 0 && i < page_.lines.size();) i = label_from(i);
  }

private:
  // Whether a sentence may also be one that a site says of itself.
  static bool may_be_call(const page_line& line) {
    return line.addressed && line.words < (line.urges ? surely_text : surely_told);
  }
  static bool is_short(const page_line& line) { return line.words < surely_text; }

  // Behind the last line that is text, and what goes on from it without a line of the site between:
  // short sentences, and the list that a colon announces. 0 where there is no text.
  std::size_t end_of_text() {
    std::size_t end = 0;
    std::size_t furniture = 0; // lines of the site since
    bool list = false;         // announced by a colon
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      page_line& line = page_.lines[i];
      if (line.what) {
        closed_ = closed_ || (text_.size() >= least_text && claims_rights(line));
        furniture += within_text(*line.what) ? 0 : 1;
        list_ = list_ || furniture >= much_furniture;
        continue;
      }
      const bool boxed = has_bullet(line) && furniture <= most_in_list; // a call between
      const bool goes_on = list && (i == end || boxed) && goes_on_in_list(line);
      if (is_text(line, furniture, end > 0) || goes_on) {
        if (!learnt_) text_.push_back(&line);
        list = goes_on || ends_with(line, ":");
        if (goes_on && !is_paragraph(line))
          line.set(label::body, "in a list that the text announces");
        end = i + 1;
        furniture = 0;
        list_ = false;
      } else {
        furniture += 1;
        list_ = list_ || end_of_list(i) > i + least_of_list;
      }
    }
    return end;
  }

  // "© 2024 The Gull. All rights reserved": behind it a site speaks of itself.
  static bool claims_rights(const page_line& line) {
    if (line.what != label::nav || !line.by_phrase) return false;
    const bool sign = std::any_of(line.tokens.begin(), line.tokens.end(),
                                  [](const token& t) { return t.fold == "©"; });
    return sign && std::any_of(line.tokens.begin(), line.tokens.end(), [](const token& t) {
             return t.kind == token_kind::number && t.fold.size() == 4;
           });
  }

  static bool goes_on_in_list(const page_line& line) {
    return has_bullet(line) || !line.blank_before;
  }

  bool is_text(const page_line& line, std::size_t furniture, bool begun) {
    const bool sentence = line.terminal && line.words >= 3;
    if (closed_) return false;
    if (!begun) return is_paragraph(line) || (sentence && !may_be_headline(line));
    if (furniture < least_furniture) return is_paragraph(line) || sentence;
    if (may_be_headline(line)) return false;
    const bool call = may_be_call(line) || (list_ && is_short(line) && !line.within);
    if (is_paragraph(line)) return !call || shared(line) > shared_by_chance;
    return sentence && !call && shared(line) > 0;
  }

  // Words of weight of the lines of text up to the first line in doubt; later ones tell no more.
  void learn_words() {
    learnt_ = true;
    for (const page_line* line : text_) {
      for (const token& t : line->tokens) {
        if (has_weight(t)) about_.push_back(t.hash);
      }
    }
    std::sort(about_.begin(), about_.end());
  }

  static bool has_weight(const token& t) {
    return t.kind == token_kind::word && t.fold.size() >= least_letters;
  }

  // How many words of weight the text has, too.
  std::size_t shared(const page_line& line) {
    if (!learnt_) learn_words();
    return static_cast<std::size_t>(
        std::count_if(line.tokens.begin(), line.tokens.end(), [&](const token& t) {
          return has_weight(t) && std::binary_search(about_.begin(), about_.end(), t.hash);
        }));
  }

  // Labels the run of lines that begins at i; where to go on.
  std::size_t label_from(std::size_t i) {
    page_line& line = page_.lines[i];
    if (line.what) return i + 1;
    const std::size_t end = end_of_list(i);
    if (end > i + least_of_list) {
      line.set(label::sidebar, "heads a list behind the text");
      const bool facts = is_box_of_dates(i + 1, end);
      for (std::size_t k = i + 1; k < end; ++k)
        page_.lines[k].set(facts ? label::sidebar : label::headline_list,
                           facts ? "in a box of dates behind the text"
                                 : "in a list behind the text");
      return end;
    }
    if (line.terminal && line.addressed)
      line.set(label::self_promo, "speaks to its reader behind the text");
    else if (line.terminal && may_be_headline(line))
      line.set(label::headline_list, "asks or calls behind the text");
    else if (line.terminal)
      line.set(label::sidebar, "a sentence of the site behind the text");
    return i + 1;
  }

  // Behind the unfinished lines that stand without a gap below the short line i, one of them at
  // least as long as a headline is; i where there are none.
  std::size_t end_of_list(std::size_t i) const {
    const page_line& heading = page_.lines[i];
    if (heading.terminal || heading.words > longest_heading || heading.part) return i;
    bool headline = false;
    std::size_t end = i + 1;
    while (end < page_.lines.size() && may_go_on(page_.lines[end]) &&
           (headline || end <= i + widest_search)) {
      headline = headline || page_.lines[end].words >= least_headline ||
                 names_year_first(page_.lines[end]);
      ++end;
    }
    return headline ? end : i;
  }

  // "1987 Born in Oban", "12 May 1999 First book": all but one of the lines tell what was when.
  bool is_box_of_dates(std::size_t begin, std::size_t end) const {
    std::size_t years = 0;
    for (std::size_t i = begin; i < end; ++i) years += names_year_first(page_.lines[i]) ? 1 : 0;
    return end - begin >= least_dates && years + 1 >= end - begin;
  }

  static bool names_year_first(const page_line& line) {
    const token_view head = line.tokens.first(std::min(line.tokens.size(), most_of_date));
    return std::any_of(head.begin(), head.end(), [](const token& t) {
      return t.kind == token_kind::number && t.fold.size() == 4;
    });
  }

  // A headline without a gap in front of it begins with a capital, a number or a mark.
  bool may_go_on(const page_line& line) const {
    const token& first = line.tokens.front();
    const bool small = first.kind == token_kind::word && !capital(page_.text, first);
    return !line.blank_before && may_be_headline(line) && !line.part && !small;
  }

  page& page_;
  bool list_ = false;   // since the last line of text there was a list of other stories
  bool closed_ = false; // the page's rights were told behind the text
  std::vector<const page_line*> text_;
  std::vector<std::uint32_t> about_; // hashes of words of the text, sorted
  bool learnt_ = false;
};

bool heads_advert(const page_line& line) {
  return line.by_phrase && line.what == label::ad_insertion && line.words <= longest_heading;
}

} // namespace

bool has_bullet(const page_line& line) {
  if (line.tokens.empty() || line.tokens[0].kind != token_kind::mark) return false;
  for (const auto* bullet : {"•", "-", "*", "·", ">", "▪", "◦", "‣", "■", "→", "+"}) {
    if (line.tokens[0].fold == bullet) return true;
  }
  return false;
}

// Unfinished lines right below "Advertisement", up to a gap; a text that goes on without one may
// begin with a heading of its own.
void label_adverts(page& p) {
  for (std::size_t i = 0; i < p.lines.size(); ++i) {
    if (!heads_advert(p.lines[i])) continue;
    std::size_t end = i + 1;
    while (end < p.lines.size() && !p.lines[end].blank_before && !p.lines[end].what &&
           !p.lines[end].terminal && p.lines[end].words <= longest_headline)
      ++end;
    const bool gap = end == p.lines.size() || p.lines[end].blank_before || p.lines[end].what;
    for (std::size_t k = i + 1; gap && k < end; ++k)
      p.lines[k].set(label::ad_insertion, "right below the heading of an advertisement");
  }
}

void label_tail(page& p) { tail_labeller(p).run(); }

} // namespace vigie::press
