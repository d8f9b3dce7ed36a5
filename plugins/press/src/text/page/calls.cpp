// SPDX-License-Identifier: Apache-2.0
// Calls to readers that stand alone between the paragraphs of a text, or behind the last one.
#include "page.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vigie::press {
namespace {

constexpr std::size_t longest_call = 25;    // words
constexpr std::size_t longest_shout = 12;   // words of one that ends with "!"
constexpr std::size_t longest_button = 3;   // words
constexpr std::size_t longest_heading = 6;  // words
constexpr std::size_t short_address = 14;   // words, of a line that may speak to anybody
constexpr std::size_t least_of_subject = 6; // letters
constexpr std::size_t most_calls = 3;       // between the paragraphs of a text

bool opens_quotation(const token& t) {
  return is_mark(t, "“") || is_mark(t, "«") || is_mark(t, "\"");
}

class call_labeller {
public:
  call_labeller(page& p, std::size_t first, std::size_t end)
      : lines_(p.lines), first_(first), end_(end) {}

  void run() {
    for (std::size_t i = first_ + 1; i < end_; ++i) {
      if (!open(i) || !apart(i)) continue;
      const page_line& line = lines_[i];
      const bool calls = line.calls && line.addressed && line.words <= longest_call;
      if (calls || asks_and_answers(line) || shouts(line))
        lines_[i].set(label::self_promo, "a call to the reader between paragraphs");
      else if (has_button(i))
        lines_[i].set(label::self_promo, "above a button of the site");
    }
    label_lone();
    label_headings();
  }

private:
  bool open(std::size_t i) const { return !lines_[i].what.has_value(); }

  // Between gaps or other lines of the site.
  bool apart(std::size_t i) const {
    const bool below = i + 1 == lines_.size() || lines_[i + 1].blank_before || !open(i + 1);
    return (lines_[i].blank_before || !open(i - 1)) && below;
  }

  // "Seen something odd? Send it to us, and we will look at it.": speaks to the reader with two
  // different words, and asks first.
  static bool asks_and_answers(const page_line& line) {
    if (!line.urges || line.words > longest_call) return false;
    if (opens_quotation(line.tokens.front())) return false;
    const auto ask = std::find_if(line.tokens.begin(), line.tokens.end(),
                                  [](const token& t) { return is_mark(t, "?"); });
    return ask != line.tokens.end() && ask + 2 < line.tokens.end();
  }

  // "Save a third on your plan now!"
  static bool shouts(const page_line& line) {
    return line.addressed && line.words <= longest_shout && is_mark(line.tokens.back(), "!") &&
           !opens_quotation(line.tokens.front());
  }

  // Below it stands a button of the site: "Sign up".
  bool has_button(std::size_t i) const {
    const page_line& line = lines_[i];
    if (!line.addressed || line.words > longest_call || i + 1 >= lines_.size()) return false;
    const page_line& below = lines_[i + 1];
    const bool promo = below.what == label::self_promo || below.what == label::login_box;
    return promo && below.by_phrase && below.words <= longest_button &&
           (line.urges || !below.blank_before);
  }

  // "The Sunday letter" right above a call of the site, or among its lines in front of the second
  // paragraph: a heading of the text has text below it.
  void label_headings() {
    std::size_t paragraphs = 1;
    for (std::size_t i = first_ + 1; i < end_ && i + 1 < lines_.size(); ++i) {
      const page_line& line = lines_[i];
      if (open(i) && is_paragraph(line)) ++paragraphs;
      if (!open(i) || line.terminal || !line.blank_before) continue;
      const page_line& below = lines_[i + 1];
      const bool call = below.what == label::self_promo && !below.blank_before;
      const bool link = below.what == label::nav && below.by_phrase && !below.blank_before &&
                        below.words <= longest_button &&
                        (i + 2 == lines_.size() || lines_[i + 2].blank_before);
      if (link) lines_[i].set(label::teaser, "a headline above the link to its story");
      if (link || line.words > longest_heading) continue;
      const bool alone = paragraphs == 1 && !open(i - 1) && !open(i + 1);
      if (call || alone)
        lines_[i].set(call ? label::self_promo : label::nav, "heads lines of the site");
    }
  }

  // Longer words that stand in two lines of the text.
  std::vector<std::uint32_t> words_of_two_lines() const {
    std::vector<std::uint32_t> all, own, out;
    for (std::size_t i = first_; i < end_; ++i) {
      own.clear();
      if (open(i)) add_words(lines_[i], least_of_subject, own);
      sort_once(own);
      all.insert(all.end(), own.begin(), own.end());
    }
    std::sort(all.begin(), all.end());
    for (std::size_t i = 1; i < all.size(); ++i)
      if (all[i] == all[i - 1]) out.push_back(all[i]);
    sort_once(out);
    return out;
  }

  // Whether a line of the text, too long for a call, speaks to its reader.
  bool speaks_to_reader() const {
    for (std::size_t i = first_; i < end_; ++i) {
      const page_line& line = lines_[i];
      const bool call = line.urges && i > first_ && apart(i) && line.words <= longest_call;
      if (open(i) && line.addressed && !call && line.words > short_address) return true;
    }
    return false;
  }

  // "Join the union: the first month is free.": the first word and a mark of calls.
  static bool offers(const page_line& line) {
    return line.opens_call && line.words <= short_address &&
           std::any_of(line.tokens.begin(), line.tokens.end(),
                       [](const token& t) { return is_mark(t, ":"); });
  }

  // "Winter tyres: 20% discount": a sum or a share, a word of commerce, and no sentence.
  static bool bargains(const page_line& line) {
    const auto any = [&](auto&& is) {
      return std::any_of(line.tokens.begin(), line.tokens.end(), is);
    };
    const auto sum = [](const token& t) { return is_mark(t, "%") || is_sign_of_money(t); };
    const auto number = [](const token& t) { return t.kind == token_kind::number; };
    if (line.words > short_address || is_mark(line.tokens.back(), ".") || !any(sum) || !any(number))
      return false;
    for (std::size_t i = 0; i < line.tokens.size(); ++i)
      if (line.begins(i, bit_of(word_class::commerce))) return true;
    return false;
  }

  // "And you, are you prepared?" above a paragraph.
  bool is_heading(std::size_t i) const {
    return is_mark(lines_[i].tokens.back(), "?") && open(i + 1) && is_paragraph(lines_[i + 1]);
  }

  // "Were you there? Tell us what happened.": short, and of none of the subjects of a text that
  // speaks to nobody else. The last line of a page may be its author's.
  void label_lone() {
    std::vector<std::size_t> calls;
    for (std::size_t i = first_ + 1; i < end_ && i + 1 < lines_.size(); ++i) {
      const page_line& line = lines_[i];
      if (open(i) && line.words <= longest_call && (line.urges || offers(line) || bargains(line)) &&
          apart(i) && !is_heading(i))
        calls.push_back(i);
    }
    if (calls.empty() || calls.size() > most_calls) return;
    const auto about = words_of_two_lines();
    const bool speaks = speaks_to_reader();
    for (const std::size_t i : calls) {
      if (shared_words(about, lines_[i]) != 0) continue;
      if (bargains(lines_[i]))
        lines_[i].set(label::ad_insertion,
                      "a price in words of commerce that are none of the text");
      else if (offers(lines_[i]) || !speaks)
        lines_[i].set(label::self_promo, "speaks to its reader in a text that does not");
    }
  }

  std::vector<page_line>& lines_;
  std::size_t first_;
  std::size_t end_;
};

} // namespace

bool stands_apart(const page& p, std::size_t i) {
  return p.lines[i].blank_before && (i + 1 == p.lines.size() || p.lines[i + 1].blank_before);
}

void label_calls(page& p, std::size_t first, std::size_t end) {
  call_labeller(p, first, end).run();
}

} // namespace vigie::press
