// SPDX-License-Identifier: Apache-2.0
// Labels a line gets from what stands around it: the title, and what is left once lists, boxes,
// comments and the tail are known.
#include "page.hpp"

#include <algorithm>
#include <vector>

namespace vigie::press {
namespace {

constexpr std::size_t least_headline = 4; // words
constexpr std::size_t longest_name = 4;   // words of a menu item
constexpr std::size_t longest_headline = 19;
constexpr std::size_t longest_stopped = 16;   // words of a headline with a full stop
constexpr std::size_t most_to_place = 2;      // paragraphs, with that of the dateline
constexpr std::size_t longest_motto = 12;     // words
constexpr std::size_t most_behind_author = 2; // lines of the text behind one on its author
constexpr std::size_t widest_byline = 6;      // lines behind the lede, down to who wrote
constexpr std::size_t most_bylines = 8;
constexpr std::size_t most_between = 2; // lines of a name and its date

constexpr std::string_view desk_why = "a note of the desk in brackets";

class composer {
public:
  explicit composer(page& p) : page_(p) {}

  std::optional<std::size_t> run() {
    find_text();
    auto title = find_title(page_, first_, end_);
    if (stopped_title_) title = first_line([](const page_line& l) { return is_paragraph(l); });
    if (title) page_.lines[*title].set(label::title, "heads the text and shares its words");
    label_before(title);
    label_text(title);
    label_behind();
    return title;
  }

private:
  bool open(std::size_t i) const { return !page_.lines[i].what.has_value(); }

  // First and last line of running text: from the first paragraph to the last sentence. Without a
  // paragraph, sentences alone make the text.
  void find_text() {
    first_ = first_line([](const page_line& l) { return is_paragraph(l); });
    if (first_ == page_.lines.size()) first_ = first_line(is_sentence);
    stopped_title_ = ends_with_stop(first_);
    if (stopped_title_) first_ = next_paragraph(first_);
    end_ = first_;
    for (std::size_t i = first_; i < page_.lines.size(); ++i) {
      if (open(i) && (is_paragraph(page_.lines[i]) || is_sentence(page_.lines[i]))) end_ = i + 1;
    }
  }

  std::size_t next_paragraph(std::size_t i) const {
    ++i;
    while (i < page_.lines.size() && !(open(i) && is_paragraph(page_.lines[i]))) ++i;
    return i;
  }

  // A headline with a full stop: a short sentence above who wrote and when, no open line above it,
  // and text below.
  bool ends_with_stop(std::size_t i) const {
    if (i >= page_.lines.size() || !heads_article(page_, i) || page_.lines[i].wrapped) return false;
    const page_line& line = page_.lines[i];
    for (std::size_t k = 0; k < i; ++k)
      if (open(k) && page_.lines[k].words >= least_headline) return false;
    return line.words <= longest_stopped && next_paragraph(i) < page_.lines.size();
  }

  static bool is_sentence(const page_line& l) { return l.terminal && l.words >= 3; }

  template <class Predicate> std::size_t first_line(Predicate is_text) const {
    std::size_t i = 0;
    while (i < page_.lines.size() && !(open(i) && is_text(page_.lines[i]))) ++i;
    return i;
  }

  // "Written by" and the name on a line of its own.
  bool below_byline(std::size_t i) const {
    return i > 0 && page_.lines[i - 1].what == label::credits;
  }

  bool is_date(std::size_t i) const {
    return i < page_.lines.size() && page_.lines[i].what == label::date_line;
  }

  // With counters between: "3 May 2018", "4 min read", "Anna Roy".
  bool beside_date(std::size_t i) const {
    std::size_t k = i;
    while (k > 0 && page_.lines[k - 1].what == label::share_counter) --k;
    return is_date(i + 1) || (k > 0 && is_date(k - 1));
  }

  // "Anna Roy", "Transport reporter", and then the date.
  bool above_date(std::size_t i) const {
    std::size_t k = i + 1;
    while (k <= i + most_between && k < page_.lines.size() && !page_.lines[k].blank_before &&
           open(k) && page_.lines[k].words <= longest_name)
      ++k;
    return k < page_.lines.size() && !page_.lines[k].blank_before && is_date(k);
  }

  // "(Corrects the number of towns in the first paragraph.)": in brackets from end to end, above
  // the text or as its last line.
  bool is_desk_note(std::size_t i) const {
    const token_view t = page_.lines[i].tokens;
    if (t.size() < 3 || t.front().fold != "(" || t.back().fold != ")") return false;
    return page_.lines[i].words > longest_name &&
           (i < first_ || (i + 1 == end_ && stands_apart(i)));
  }

  // "Deep lines, the monthly that takes its time": alone, the first of the page or among links.
  bool is_motto(std::size_t i) const {
    const auto link = [&](std::size_t k) { return page_.lines[k].what == label::nav; };
    const bool next = i + 1 < page_.lines.size() && open(i + 1) &&
                      page_.lines[i + 1].words > longest_name && !page_.lines[i + 1].blank_before;
    const page_line& line = page_.lines[i];
    const bool parted = std::any_of(line.tokens.begin(), line.tokens.end(), [](const token& t) {
      return t.fold == "," || t.fold == "-" || t.fold == ":";
    });
    return !next && line.words <= longest_motto && (i == 0 ? parted : link(i - 1));
  }

  // "Maria Lind & James Roy"
  static bool names_two(const page_line& line) {
    return std::any_of(line.tokens.begin(), line.tokens.end(),
                       [](const token& t) { return t.fold == "&"; });
  }

  void label_before(std::optional<std::size_t> title) {
    for (std::size_t i = 0; i < first_ && i < page_.lines.size(); ++i) {
      if (!open(i)) continue;
      auto& line = page_.lines[i];
      const bool below = title && i > *title;
      if (is_desk_note(i)) {
        line.set(label::credits, desk_why);
      } else if (line.part || line.bracketed || (is_row(page_.text, line) && !below)) {
        line.set(line.part.value_or(label::nav), "a note of the site above the text");
      } else if (line.people && below &&
                 (names_two(line) || beside_date(i) || above_date(i) || below_byline(i))) {
        line.set(label::credits, "names beside the date of the article, or below a byline");
      } else if (below && below_byline(i) && !line.blank_before && line.words <= longest_name) {
        line.set(label::credits, "below the name of who wrote");
      } else if (line.named && !below) {
        line.set(label::nav, "a name above the title");
      } else if (is_timed(line) && !below) {
        line.set(label::headline_list, "headline behind a time of day");
      } else if (line.words <= longest_name) {
        line.set(label::nav, "short line above the text");
      } else if (!below && first_ < page_.lines.size()) {
        line.set(is_motto(i) ? label::nav : label::headline_list,
                 "headline above the title that is not the title");
      }
    }
  }

  bool is_quote(const page_line& line) const {
    const std::size_t author = author_behind_quote(page_.text, line.tokens);
    return is_quotation(author > 0 ? line.tokens.first(author) : line.tokens);
  }

  static bool is_quotation(token_view tokens) {
    if (std::count_if(tokens.begin(), tokens.end(), is_word) < 5) return false;
    const std::string_view first = tokens.front().fold;
    auto last = tokens.rbegin();
    if (last->fold == ".") ++last;
    const bool guillemets = first == "«" && last->fold == "»";
    const bool curly = first == "“" && last->fold == "”";
    const bool straight = first == "\"" && last->fold == "\"";
    if (!guillemets && !curly && !straight) return false;
    // One quotation, not two with the reporter's words between.
    return std::count_if(tokens.begin(), tokens.end(), [&](const token& t) {
             return t.fold == first || t.fold == last->fold;
           }) == 2;
  }

  bool stands_apart(std::size_t i) const { return press::stands_apart(page_, i); }

  bool repeats(std::size_t i, std::size_t k) const {
    return k < page_.lines.size() &&
           std::equal(
               page_.lines[i].tokens.begin(), page_.lines[i].tokens.end(),
               page_.lines[k].tokens.begin(), page_.lines[k].tokens.end(),
               [](const token& a, const token& b) { return a.fold == b.fold; });
  }

  bool beside_address(std::size_t i) const {
    const auto near = [&](std::size_t k) {
      return page_.lines[k].what == label::nav && page_.lines[k].why == address_why;
    };
    const bool below =
        i + 1 < page_.lines.size() && !page_.lines[i + 1].blank_before && near(i + 1);
    return below || (i > 0 && !page_.lines[i].blank_before && near(i - 1));
  }

  // "Anna Roy writes about ships.": the last lines of the text, beginning with a name of the
  // byline.
  bool is_about_author(std::size_t i) const {
    return i != first_ && i >= last_lines_ && names_author(i);
  }

  bool names_author(std::size_t i) const {
    return std::any_of(bylines_.begin(), bylines_.end(), [&](std::size_t by) {
      return by < i && begins_with_name(page_.lines[i].tokens, page_.lines[by].tokens);
    });
  }

  // The lines that say who wrote, and where the last lines of the text begin.
  void find_bylines() {
    bylines_.clear();
    const std::size_t end = std::min(page_.lines.size(), first_ + widest_byline);
    for (std::size_t i = 0; i < end && bylines_.size() < most_bylines; ++i)
      if (page_.lines[i].what == label::credits ||
          (open(i) && page_.lines[i].people && is_date(i + 1)))
        bylines_.push_back(i);
    last_lines_ = end_;
    for (std::size_t n = 0; last_lines_ > first_ && n <= most_behind_author; --last_lines_)
      n += open(last_lines_ - 1) ? 1 : 0;
  }

  // Whether the line begins with two words or more that stand so in the byline, with capitals.
  bool begins_with_name(token_view line, token_view by) const {
    if (line.size() < 2 || !is_word(line[0]) || !is_word(line[1])) return false;
    if (!capital(page_.text, line[0]) || !capital(page_.text, line[1])) return false;
    for (std::size_t k = 0; k + 1 < by.size(); ++k)
      if (by[k].fold == line[0].fold && by[k + 1].fold == line[1].fold) return true;
    return false;
  }

  // A place in front of the first sentence is a dateline where no other line begins so: speakers
  // and headings of parts take turns.
  void check_place() {
    std::size_t places = 0;
    for (const page_line& line : page_.lines) places += !line.what && line.place > 0 ? 1 : 0;
    std::size_t paragraphs = 0; // a standfirst may stand above
    for (page_line& line : page_.lines) {
      if (!line.what && is_paragraph(line)) ++paragraphs;
      if (places != 1 || paragraphs > most_to_place) line.place = 0;
    }
  }

  void label_text(std::optional<std::size_t> title) {
    label_captions(page_, title, first_, end_);
    label_calls(page_, first_, end_);
    find_bylines();
    check_place();
    bool lede = true;
    for (std::size_t i = 0; first_ < end_ && i < end_; ++i) {
      if (!open(i)) continue;
      auto& line = page_.lines[i];
      if (line.people && line.words <= longest_name && is_date(i + 1) &&
          !page_.lines[i + 1].blank_before) {
        line.set(label::credits, "names beside the date of the article, or below a byline");
      } else if (line.people && (repeats(i, i + 1) || (i > 0 && repeats(i, i - 1)))) {
        line.set(label::credits, "names twice in a row: of a portrait and of its owner");
      } else if (line.people && beside_address(i)) {
        line.set(label::nav, "names beside an address");
      } else if (is_about_author(i)) {
        line.set(label::credits, "begins with the name of who wrote");
      } else if (is_desk_note(i)) {
        line.set(label::credits, desk_why);
      } else if (line.bracketed && !line.terminal) {
        line.set(label::nav, "a note of the site in brackets");
      } else if (title && i > *title && i < first_ && line.words >= least_headline) {
        line.set(label::lede, "between the title and the first paragraph");
      } else if (line.part && bars_of(line) > 0) {
        line.set(*line.part, "a row of links within the text");
      } else if (lede && i >= first_) {
        line.set(label::lede, "first paragraph of the text");
        lede = line.goes_on;
      } else if (is_quote(line)) {
        line.set(label::quote, "one quotation from end to end");
      } else {
        line.set(label::body, "running text");
      }
    }
  }

  void label_behind() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      if (!open(i)) continue;
      auto& line = page_.lines[i];
      if (!line.terminal && names_author(i)) {
        line.set(label::credits, "begins with the name of who wrote");
      } else if (is_timed(line) && line.words <= longest_headline) {
        line.set(label::headline_list, "headline behind a time of day");
      } else if (line.part || line.bracketed || is_row(page_.text, line)) {
        line.set(line.part.value_or(label::nav), "a row of links behind the text");
      } else if (line.words <= longest_name) {
        line.set(label::nav, "short line outside of the text");
      } else if (line.words <= longest_headline) {
        line.set(label::headline_list, "unfinished line outside of the text");
      } else {
        line.set(label::body, "running text");
      }
    }
  }

  page& page_;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
  bool stopped_title_ = false;
  std::vector<std::size_t> bylines_;
  std::size_t last_lines_ = 0; // of the text
};

} // namespace

std::optional<std::size_t> label_by_place(page& p) {
  label_consents(p);
  restore_signed(p);
  label_copies(p);
  label_comments(p);
  label_blocks(p);
  label_lists(p);
  label_adverts(p);
  label_outside(p);
  label_tail(p);
  label_owners(p);
  label_links(p);
  const auto title = composer(p).run();
  label_neighbours(p, title);
  return title;
}

} // namespace vigie::press
