// SPDX-License-Identifier: Apache-2.0
#include "phrase.hpp"

#include "text/words/tokens.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vigie::press {
namespace {

constexpr std::size_t most_spellings = 64;
constexpr std::size_t deepest = 4;

constexpr std::array<std::pair<std::string_view, slot>, 13> slot_names{{
    {"day", slot::day},
    {"month", slot::month},
    {"month_number", slot::month_number},
    {"year", slot::year},
    {"short_year", slot::short_year},
    {"weekday", slot::weekday},
    {"part", slot::part},
    {"time", slot::time},
    {"hour", slot::hour},
    {"minute", slot::minute},
    {"second", slot::second},
    {"n", slot::count},
    {"period", slot::period},
}};

std::optional<phrase_element> parse_slot(std::string_view name) {
  phrase_element out;
  if (!name.empty() && name.back() == '2') {
    out.second = true;
    name.remove_suffix(1);
  }
  for (const auto& [known, what] : slot_names) {
    if (known == name) {
      out.what = what;
      return out;
    }
  }
  return std::nullopt;
}

class parser {
public:
  parser(std::string_view text, std::string& problem) : text_(text), problem_(problem) {}

  std::optional<std::vector<phrase>> run() {
    while (at_ < text_.size()) {
      if (!step()) return std::nullopt;
      if (spellings_.size() > most_spellings) return failed("it stands for more than 64 spellings");
    }
    if (!open_.empty()) return failed("a [ is not closed");
    if (context_) return failed("a < is not closed");
    for (const auto& s : spellings_) {
      if (s.empty() || s.back().context) return failed("it can match nothing");
    }
    for (auto& s : spellings_)
      for (auto& e : s) e.hash = short_hash(hash_of(e.fold));
    return std::move(spellings_);
  }

private:
  bool refuse(std::string_view why) {
    problem_ = why;
    return false;
  }

  std::optional<std::vector<phrase>> failed(std::string_view why) {
    problem_ = why;
    return std::nullopt;
  }

  bool step() {
    switch (text_[at_]) {
    case '[':
      ++at_;
      open_.push_back(spellings_);
      return open_.size() <= deepest || refuse("[ inside [ goes too deep");
    case ']': return close();
    case '<':
    case '>': return toggle_context(text_[at_] == '<');
    case '{': return take_slot();
    case '(': return take_ending();
    case ')': return refuse("a ) has no (");
    case '}': return refuse("a } has no {");
    default: return take_literals();
    }
  }

  bool close() {
    ++at_;
    if (open_.empty()) return refuse("a ] has no [");
    for (auto& s : open_.back()) spellings_.push_back(std::move(s));
    open_.pop_back();
    return true;
  }

  bool toggle_context(bool opens) {
    ++at_;
    if (opens == context_) return refuse("< and > do not alternate");
    if (opens && !spellings_.front().empty()) {
      return refuse("a < stands behind the start");
    }
    context_ = opens;
    return true;
  }

  bool take_slot() {
    const auto end = text_.find('}', at_);
    if (end == std::string_view::npos) return refuse("a { is not closed");
    auto element = parse_slot(text_.substr(at_ + 1, end - at_ - 1));
    if (!element) return refuse("it names a slot that does not exist");
    add(std::move(*element));
    at_ = end + 1;
    return true;
  }

  bool take_ending() {
    const auto end = text_.find(')', at_);
    if (end == std::string_view::npos) return refuse("a ( is not closed");
    const std::string ending = folded(text_.substr(at_ + 1, end - at_ - 1));
    std::vector<phrase> longer = spellings_;
    for (auto& s : longer) {
      if (s.empty() || s.back().what != slot::none) return refuse("a ( follows no word");
      s.back().fold += ending;
    }
    for (auto& s : longer) spellings_.push_back(std::move(s));
    at_ = end + 1;
    return true;
  }

  bool take_literals() {
    const auto end = std::min(text_.find_first_of(phrase_marks, at_), text_.size());
    std::size_t behind = at_;
    for (const auto& t : tokenize(text_, {at_, end})) {
      if (t.begin > behind) blank_ = true;
      phrase_element element;
      element.fold = t.fold;
      add(std::move(element));
      behind = t.end;
    }
    if (behind < end) blank_ = true;
    at_ = end;
    return true;
  }

  void add(phrase_element element) {
    element.glued = !blank_;
    element.context = context_;
    blank_ = false;
    for (auto& s : spellings_) {
      s.push_back(element);
      if (s.size() == 1) s.back().glued = false;
    }
  }

  std::string_view text_;
  std::string& problem_;
  std::size_t at_ = 0;
  std::vector<phrase> spellings_{phrase{}};
  std::vector<std::vector<phrase>> open_;
  bool context_ = false;
  bool blank_ = true;
};

} // namespace

std::optional<std::vector<phrase>> parse_phrase(std::string_view expression, std::string& problem) {
  return parser(expression, problem).run();
}

} // namespace vigie::press
