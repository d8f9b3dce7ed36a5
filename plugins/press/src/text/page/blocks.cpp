// SPDX-License-Identifier: Apache-2.0
// Blocks: lines without a gap between them that sites put around a text, known by their shape
// alone. Contacts, documents to load, calls with a button, amounts to give, beginnings of other
// stories, forms above a text; and lists of addresses, which are the text's.
#include "page.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_block = 8;   // lines
constexpr std::size_t longest_heading = 6; // words
constexpr std::size_t longest_call = 25;   // words of a sentence of a call
constexpr std::size_t longest_button = 5;  // words
constexpr std::size_t longest_name = 4;    // words
constexpr std::size_t least_names = 3;     // lines of a list of subjects
constexpr std::size_t least_amounts = 2;
constexpr std::size_t words_beside = 2; // of amounts
constexpr std::size_t least_cut = 2;    // beginnings of other stories
constexpr std::size_t words_of_cut = 6;
constexpr std::size_t least_of_form = 2;  // lines
constexpr std::size_t words_of_field = 6; // in front of its colon
constexpr std::size_t least_headline = 4; // words
constexpr std::size_t most_between = 4;   // lines between a heading and its list
constexpr std::size_t letters_of_hash = 32;

// "$25  $50  $100  Other"
bool offers_amounts(const page_line& line) {
  if (line.terminal || line.words > words_beside) return false;
  std::size_t amounts = 0;
  for (std::size_t i = 0; i + 1 < line.tokens.size(); ++i) {
    const token& a = line.tokens[i];
    const token& b = line.tokens[i + 1];
    amounts += (is_sign_of_money(a) && b.kind == token_kind::number) ||
                       (a.kind == token_kind::number && is_sign_of_money(b))
                   ? 1
                   : 0;
  }
  return amounts >= least_amounts;
}

// "The ordinance (PDF, 213 kB)": a kind of file in the brackets that end the line.
bool names_document(const page_line& line) {
  const token_view t = line.tokens;
  if (line.terminal || t.size() < 4 || !is_mark(t.back(), ")")) return false;
  std::size_t open = t.size() - 1;
  while (open > 1 && !is_mark(t[open], "(")) --open;
  const std::string_view kind = t[open + 1].fold;
  return is_mark(t[open], "(") && (kind == "pdf" || kind == "docx" || kind == "doc" ||
                                   kind == "xlsx" || kind == "xls" || kind == "zip");
}

// "relay-eu[.]example", "203.0.113.77", a long hash: what a report tells machines by.
bool is_indicator(const page_line& line) {
  const token_view t = line.tokens;
  if (t.size() == 1) return is_word(t[0]) && t[0].fold.size() >= letters_of_hash;
  std::size_t numbers = 0;
  std::size_t defanged = 0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (i > 0 && !glued(t, i)) return false;
    numbers += t[i].kind == token_kind::number ? 1 : 0;
    defanged += is_mark(t[i], "[") ? 1 : 0;
  }
  return defanged > 0 ? line.words > 0 : numbers == 4 && t.size() == 7;
}

// "Subject: foreign trade": few words, a colon, and something behind it.
bool is_field(const page_line& line) {
  if (line.terminal) return false;
  std::size_t words = 0;
  for (std::size_t i = 0; i + 1 < line.tokens.size() && words <= words_of_field; ++i) {
    const bool clock = glued(line.tokens, i) && glued(line.tokens, i + 1);
    if (words > 0 && is_mark(line.tokens[i], ":") && !clock) return true;
    words += is_word(line.tokens[i]) ? 1 : 0;
  }
  return false;
}

class block_labeller {
public:
  explicit block_labeller(page& p) : page_(p), lines_(p.lines) {}

  void run() {
    last_ = lines_.size();
    while (last_ > 0 && (lines_[last_ - 1].what || !is_paragraph(lines_[last_ - 1]))) --last_;
    for (begin_ = 0; begin_ < lines_.size(); begin_ = end_) {
      end_ = begin_ + 1;
      while (end_ < lines_.size() && !lines_[end_].blank_before) ++end_;
      label_documents();
      if (text_) label_cut();
      const bool small = end_ - begin_ <= longest_block;
      if (small && text_) {
        label_contacts();
        label_amounts();
        label_sign_up();
        label_call();
        label_subjects();
        label_about();
        label_indicators();
      } else if (small && headline_) {
        label_form();
      }
      note();
    }
  }

private:
  bool open(std::size_t i) const { return !lines_[i].what.has_value(); }

  // What stood above the next block.
  void note() {
    for (std::size_t i = begin_; i < end_; ++i) {
      const page_line& line = lines_[i];
      text_ = text_ || (open(i) && is_paragraph(line));
      headline_ = headline_ || (open(i) && !line.terminal && line.words >= least_headline);
    }
  }

  template <class Fits> bool any(Fits&& fits) const {
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(begin_),
                       lines_.begin() + static_cast<std::ptrdiff_t>(end_), fits);
  }

  void label_documents() {
    for (std::size_t i = begin_; i < end_; ++i)
      if (names_document(lines_[i])) lines_[i].set(label::sidebar, "a document to load");
  }

  // Beginnings of other stories, each cut, and the name in front of them.
  void label_cut() {
    const auto cut = [&](std::size_t i) {
      return open(i) && ends_cut(lines_[i]) && lines_[i].words >= words_of_cut;
    };
    std::size_t first = end_;
    while (first > begin_ && cut(first - 1)) --first;
    if (end_ - first < least_cut) return;
    for (std::size_t i = first; i < end_; ++i)
      lines_[i].set(label::headline_list, "in a list of stories that were cut");
    if (first != begin_ + 1 || !open(begin_) || lines_[begin_].terminal) return;
    if (lines_[begin_].words <= longest_name)
      lines_[begin_].set(label::nav, "a name above stories that were cut");
  }

  // Headings and places beside addresses of e-mail and telephone numbers.
  void label_contacts() {
    const bool address = any([](const page_line& l) { return l.why == address_why; });
    const bool prose = any([](const page_line& l) { return !l.what && is_paragraph(l); });
    if (!address || prose) return;
    for (std::size_t i = begin_; i < end_; ++i)
      if (open(i) && !lines_[i].people) lines_[i].set(label::sidebar, "beside an address");
  }

  void label_amounts() {
    if (!any(offers_amounts)) return;
    for (std::size_t i = begin_; i < end_; ++i)
      if (open(i) && (!lines_[i].terminal || lines_[i].addressed))
        lines_[i].set(label::self_promo, "beside amounts to give");
  }

  // What speaks to the reader below "Get our letter", up to the gap.
  void label_sign_up() {
    const page_line& heading = lines_[begin_];
    if (!heading.by_phrase || heading.what != label::self_promo) return;
    for (std::size_t i = begin_ + 1; i < end_; ++i)
      if (open(i) && lines_[i].addressed && lines_[i].words <= longest_call)
        lines_[i].set(label::self_promo, "below a call of the site");
  }

  // "Knots for beginners" / "Whether you sail or row, our guide helps you." / "Get the guide"
  void label_call() {
    if (end_ < begin_ + 3 || !open(begin_) || lines_[begin_].terminal) return;
    const page_line& button = lines_[end_ - 1];
    if (button.terminal || button.words > longest_button || !open(end_ - 1)) return;
    const bool named = names_again(lines_[begin_], button);
    for (std::size_t i = begin_ + 1; i + 1 < end_; ++i) {
      const page_line& line = lines_[i];
      if (!open(i) || (!line.addressed && !named) || line.words > longest_call) return;
    }
    for (std::size_t i = begin_; i < end_; ++i)
      lines_[i].set(label::ad_insertion, "a heading, words to the reader and a button");
  }

  // "Read the Guide to Knots" below "Guide to Knots: from rope to ring": two words with a capital.
  bool names_again(const page_line& heading, const page_line& button) const {
    std::size_t again = 0;
    for (const token& t : button.tokens) {
      if (!is_word(t) || !capital(page_.text, t)) continue;
      again += std::any_of(heading.tokens.begin(), heading.tokens.end(),
                           [&](const token& h) { return h.hash == t.hash; })
                   ? 1
                   : 0;
    }
    return again >= 2;
  }

  // "Explore more of these" above names alone: subjects of the text.
  void label_subjects() {
    if (!open(begin_) || end_ - begin_ <= least_names || lines_[begin_].terminal ||
        lines_[begin_].words > longest_heading || lines_[begin_].words <= longest_name)
      return;
    for (std::size_t i = begin_ + 1; i < end_; ++i) {
      const page_line& line = lines_[i];
      if (line.terminal || line.words > longest_name || (line.what && line.what != label::nav))
        return;
    }
    lines_[begin_].set(label::sidebar, "heads a list of subjects");
  }

  // "About the author" and one paragraph; under other headings behind residue and with no text
  // below.
  void label_about() {
    if (end_ != begin_ + 2) return;
    const page_line& heading = lines_[begin_];
    const bool behind = end_ >= last_ && begin_ > 0 && !open(begin_ - 1);
    if (!behind && heading.what != label::credits) return;
    const bool heads = heading.by_phrase && !is_kept(*heading.what) && !heading.terminal &&
                       heading.words <= longest_heading;
    const bool residue = heading.what == label::sidebar || heading.what == label::self_promo ||
                         heading.what == label::credits;
    if (heads && residue && open(begin_ + 1) && lines_[begin_ + 1].terminal)
      lines_[begin_ + 1].set(label::sidebar, "below a heading of the site behind the text");
  }

  void label_indicators() {
    if (end_ < begin_ + 2) return;
    for (std::size_t i = begin_; i < end_; ++i)
      if (!is_indicator(lines_[i])) return;
    for (std::size_t i = begin_; i < end_; ++i) lines_[i].set(label::body, "in a list of machines");
    std::size_t above = begin_; // a call may stand between
    while (above > 0 && above + most_between > begin_ && !open(above - 1)) --above;
    if (above > 0 && open(above - 1) && lines_[above - 1].words <= longest_heading)
      lines_[above - 1].set(label::body, "heads a list of machines");
  }

  // What an office writes above a text: of whom, on what, to whom.
  void label_form() {
    const auto fields = static_cast<std::size_t>(
        std::count_if(lines_.begin() + static_cast<std::ptrdiff_t>(begin_),
                      lines_.begin() + static_cast<std::ptrdiff_t>(end_), is_field));
    if (end_ - begin_ < least_of_form || 2 * fields < end_ - begin_) return;
    if (any([](const page_line& l) { return !l.what && l.terminal; })) return;
    for (std::size_t i = begin_; i < end_; ++i)
      if (open(i)) lines_[i].set(label::sidebar, "in a form above the text");
  }

  const page& page_;
  std::vector<page_line>& lines_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t last_ = 0;  // behind the last paragraph of the page
  bool text_ = false;     // a paragraph stands above
  bool headline_ = false; // what may be the title does
};

} // namespace

void label_blocks(page& p) { block_labeller(p).run(); }

} // namespace vigie::press
