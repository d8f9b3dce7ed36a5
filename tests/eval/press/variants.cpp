// SPDX-License-Identifier: Apache-2.0
#include "variants.hpp"

#include "charset.hpp"
#include "common/civil/civil.hpp"
#include "dice.hpp"
#include "variant_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <map>
#include <set>

namespace vigie::press::eval {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

double digits_of(std::string_view text) {
  double out = 0;
  for (const char c : text) {
    if (digit(c)) out = out * 10 + (c - '0');
  }
  return out;
}

class maker {
public:
  maker(const marked_page& page, unsigned number)
      : page_(page), text_(page.text), dice_(seed_of(page.gold.file, number)) {}

  std::optional<variant> make(const std::string& kind) {
    out_.kind = kind;
    const bool all = kind == "all";
    if (all || kind == "years") years();
    if (all || kind == "days") days();
    if (all || kind == "months") months();
    if (all || kind == "weekdays") weekdays();
    if (all || kind == "numbers") numbers();
    if (all || kind == "number_words") number_words();
    if (all || kind == "people") people(all);
    if (all || kind == "services") names(services, all);
    if (all || kind == "places") names(in_french() ? lieux : places, all);
    if (all || kind == "outlets") names(outlets, all);
    if (all || kind == "organisations") names(organisations, all);
    mirror();
    if (kind == "removed" || kind == "doubled" || kind == "moved" || kind == "bare") residue(kind);
    if (out_.edits.empty()) return std::nullopt;
    finish();
    return out_;
  }

private:
  bool in_french() const { return page_.gold.language == "fr"; }

  bool word_at(std::size_t at, std::size_t size) const {
    return !word_before(text_, at) && !word_behind(text_, at + size);
  }

  bool in_a_counter(std::size_t at) const {
    return std::any_of(page_.gold.segments.begin(), page_.gold.segments.end(),
                       [&](const gold_segment& s) {
                         return s.label == "share_counter" && s.at.touches({at, at + 1});
                       });
  }

  // Datelines and titles have it in capitals.
  void replace_everywhere(const std::string& from, const std::string& to) {
    replace_form(from, to);
    if (capitals(from) != from) replace_form(capitals(from), capitals(to));
  }

  static std::string capitals(std::string name) {
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return name;
  }

  void replace_form(const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text_.find(from, at)) != std::string::npos; at += from.size()) {
      if (word_at(at, from.size()) && !in_a_counter(at))
        out_.edits.push_back({.at = {at, at + from.size()}, .text = to});
    }
  }

  // One of the names of the list that the page has, or all of them. One that the page has already
  // would make two things one.
  void names(const renaming& list, bool all) {
    renaming fitting;
    for (const auto& [from, to] : list) {
      if (text_.find(from) != std::string::npos && text_.find(to) == std::string::npos) {
        fitting.emplace_back(from, to);
      }
    }
    rename(fitting, all);
  }

  void rename(const renaming& fitting, bool all) {
    if (fitting.empty()) return;
    const auto one = dice_.roll(fitting.size());
    for (std::size_t i = 0; i < fitting.size(); ++i) {
      if (all || i == one) replace_everywhere(fitting[i].first, fitting[i].second);
    }
  }

  // Surnames of people that the pages invent. Given names stay: that a word is one is knowledge.
  void people(bool all) {
    renaming known;
    auto next = dice_.roll(surnames.size());
    for (const auto& e : page_.gold.entities) {
      const auto blank = e.name.find(' ');
      if (e.type != "person" || e.sure.optional || blank == std::string::npos) continue;
      if (e.name.find(' ', blank + 1) != std::string::npos) continue;
      known.emplace_back(e.name.substr(blank + 1), surnames[next++ % surnames.size()]);
    }
    rename(known, all);
  }

  bool in_a_figure(std::size_t at) const {
    return std::any_of(page_.gold.figures.begin(), page_.gold.figures.end(),
                       [&](const gold_figure& f) { return f.at.touches({at, at + 1}); });
  }

  // Every four digits that may be a year; those of decoys, too, as pages have them.
  void years() {
    static const std::array<int, 3> shifts{28, -28, 56};
    out_.years = shifts[dice_.roll(shifts.size())];
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (!digit(text_[at])) continue;
      std::size_t end = at;
      while (end < text_.size() && digit(text_[end])) ++end;
      const int value = end - at == 4 ? std::atoi(text_.substr(at, 4).c_str()) : 0;
      if (is_varied_year(value) && word_at(at, 4) && !in_a_figure(at)) {
        out_.edits.push_back({.at = {at, end}, .text = std::to_string(value + out_.years)});
      }
      at = end;
    }
  }

  // Another day of as many digits, and an earlier one: what is behind publication may be another
  // year's.
  std::optional<edit> earlier(const gold_date& d) {
    const auto day = std::stoul(d.value.substr(8));
    const auto digits = std::to_string(day);
    const auto at = d.text.find(digits);
    const auto others = std::count_if(d.text.begin(), d.text.end(), digit);
    const std::size_t first = day < 10 ? 2 : 11;
    if (at == std::string::npos || others > static_cast<long>(digits.size() + 4)) return {};
    const auto begin = d.at.begin + at;
    if (day <= first || !word_at(begin, digits.size())) return {};
    const auto to = std::to_string(first + dice_.roll(day - first));
    return edit{.at = {begin, begin + digits.size()},
                .text = to,
                .what = edit::sense::day,
                .says = (to.size() == 1 ? "0" : "") + to};
  }

  bool in_the_text(const gold_date& d) const {
    return !d.sure.optional && !d.sure.doubtful && !(d.at == page_.gold.published_at);
  }

  // Explicit days of the running text, but for the day of publication.
  void days() {
    for (const auto& d : page_.gold.dates) {
      if (d.value.size() != 10 || d.basis != "explicit" || !in_the_text(d)) continue;
      if (const auto e = earlier(d)) out_.edits.push_back(*e);
    }
  }

  // Where a word of the list stands in the text as a whole word; its place in the list.
  template <typename List>
  std::optional<std::pair<span, std::size_t>> word_of(const List& list, const span& in) const {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto at = text_.find(list[i], in.begin);
      const span found{at, at + list[i].size()};
      if (at == std::string::npos || found.end > in.end) continue;
      if (word_at(at, list[i].size())) return std::pair(found, i);
    }
    return std::nullopt;
  }

  static std::string two_digits(std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

  // Another month of which French elides as much ("d'avril"), earlier as days are, and one that has
  // such a day. Where no year is told the day is of the year before publication.
  void months() {
    const auto& list = in_french() ? mois : month_names;
    for (const auto& d : page_.gold.dates) {
      const bool told = d.text.find(d.value.substr(0, 4)) != std::string::npos;
      const bool fits =
          (d.value.size() == 10 || d.value.size() == 7) && (told || d.value < page_.gold.published);
      if (!fits || d.basis != "explicit" || !in_the_text(d)) continue;
      const auto found = word_of(list, d.at);
      if (!found || found->second == 0) continue;
      const auto to = dice_.roll(found->second);
      const bool elided = is_vowel(list[to][0]) != is_vowel(list[found->second][0]);
      if (elided || (d.value.size() == 10 && d.value.substr(8) > "28")) continue;
      out_.edits.push_back({.at = found->first,
                            .text = list[to],
                            .what = edit::sense::month,
                            .says = two_digits(to + 1)});
    }
  }

  static bool is_vowel(char c) { return c == 'a' || c == 'o'; }

  static std::int64_t days_of(const std::string& day) {
    return civil::days_of(
        {std::stoi(day.substr(0, 4)), std::stoi(day.substr(5, 2)), std::stoi(day.substr(8, 2))});
  }

  // Weekdays that mean the one before publication, or that day itself.
  void weekdays() {
    if (page_.gold.published.size() < 10) return;
    const auto& list = in_french() ? jours : day_names;
    const auto published = days_of(page_.gold.published);
    for (const auto& d : page_.gold.dates) {
      if (d.value.size() != 10 || d.basis != "deictic" || !in_the_text(d)) continue;
      const auto found = word_of(list, d.at);
      const auto back = published - days_of(d.value);
      if (!found || found->first.begin != d.at.begin || back < 0 || back > 6) continue;
      // With more words ("mardi dernier") it is never the day of publication itself.
      weekday(list, found->first, found->second, published, back, d.at.end > found->first.end);
    }
  }

  void weekday(const std::array<std::string, 7>& list, const span& at, std::size_t was,
               std::int64_t published, std::int64_t back, bool more_said) {
    const auto further = 1 + static_cast<std::int64_t>(dice_.roll(6));
    const auto days = (back + further) % 7;
    if (days == 0 && more_said) return;
    const auto day = civil::day_of(published - days);
    char says[64];
    std::snprintf(says, sizeof says, "%04d-%02d-%02d", static_cast<int>(day.year), day.month,
                  day.day_of_month);
    const auto to = (was + 14 - static_cast<std::size_t>(further)) % 7;
    out_.edits.push_back({.at = at, .text = list[to], .what = edit::sense::weekday, .says = says});
  }

  bool in_a_date(const span& at) const {
    return std::any_of(page_.gold.dates.begin(), page_.gold.dates.end(),
                       [&](const gold_date& d) { return d.at.touches(at); });
  }

  // The same separators, as many digits, no leading nought, never one (that would be singular), and
  // another number; the same one for the same number, as a title and its copy have it.
  void numbers() {
    for (const auto& f : page_.gold.figures) {
      const auto digits = std::count_if(f.text.begin(), f.text.end(), digit);
      if (digits == 0 || f.bound == "range" || in_a_date(f.at) || f.text == "1") continue;
      auto to = f.text;
      const std::string& other = other_digits(f.text);
      std::size_t next = 0;
      for (auto& c : to) c = digit(c) ? other[next++] : c;
      out_.edits.push_back({.at = f.at,
                            .text = to,
                            .what = edit::sense::number,
                            .from = digits_of(f.text),
                            .to = digits_of(to)});
    }
  }

  const std::string& other_digits(const std::string& text) {
    std::string was;
    std::copy_if(text.begin(), text.end(), std::back_inserter(was), digit);
    std::string& to = digits_for_[was];
    if (!to.empty()) return to;
    to.push_back(static_cast<char>('2' + dice_.roll(8)));
    while (to.size() < was.size()) to.push_back(static_cast<char>('0' + dice_.roll(10)));
    if (to == was) to.back() = to.back() == '9' ? '8' : static_cast<char>(to.back() + 1);
    return to;
  }

  // "deux" becomes "cinq", "une douzaine" "une trentaine".
  void number_words() {
    const auto& list = in_french() ? nombres : number_names;
    for (const auto& f : page_.gold.figures) {
      if (f.bound == "range" || in_a_date(f.at)) continue;
      for (const auto& group : list) number_word(group, f);
    }
  }

  // Whether the word times a power of ten is the whole number: not "deux" of "deux cent douze".
  static bool says_it_all(double number, double word) {
    double rest = number / word;
    while (rest >= 9.5) rest /= 10;
    return std::abs(rest - 1) < 1e-9;
  }

  void number_word(const worded_numbers& group, const gold_figure& f) {
    for (const auto& [word, value] : group) {
      const auto found = word_of(std::array<std::string, 1>{word}, f.at);
      if (!found || !says_it_all(f.value, value)) continue;
      const auto& other = group[number_for(word, group.size())];
      if (other.first == word) return;
      out_.edits.push_back({.at = found->first,
                            .text = other.first,
                            .what = edit::sense::number,
                            .from = value,
                            .to = other.second});
      return;
    }
  }

  // A word becomes the same word wherever it stands: "three officers" of the title are those of the
  // text.
  std::size_t number_for(const std::string& word, std::size_t choices) {
    const auto known = numbers_for_.find(word);
    if (known != numbers_for_.end()) return known->second;
    return numbers_for_[word] = dice_.roll(choices);
  }

  // A teaser copies the lede, a ticker the title: what changes there changes in the copy.
  void mirror() {
    const auto own = out_.edits;
    for (const auto& e : own) {
      const auto from = e.at.begin > 20 ? e.at.begin - 20 : 0;
      const auto line = text_.rfind('\n', e.at.begin);
      const auto begin = line == std::string::npos ? from : std::max(from, line + 1);
      const auto around = text_.substr(begin, e.at.end - begin);
      if (around.size() < 16) continue;
      for (std::size_t at = 0; (at = text_.find(around, at)) != std::string::npos; ++at) {
        const auto there = at + (e.at.begin - begin);
        if (there == e.at.begin) continue;
        out_.edits.push_back(e);
        out_.edits.back().at = {there, there + e.at.end - e.at.begin};
      }
    }
  }

  // Paragraphs that are residue, with the blank line behind. Moved are kinds that may stand between
  // any two paragraphs: a list of headlines or a counter there may as well end the article. What
  // heads comments or dates and signs the page stays, as other things hang on it.
  std::vector<span> blocks(bool moved) const {
    static const std::set<std::string> free{"self_promo", "image_alt",    "teaser",
                                            "weather",    "ad_insertion", "ticker_label"};
    static const std::set<std::string> loose{
        "self_promo",   "image_alt",   "teaser",         "weather",       "ad_insertion",
        "ticker_label", "nav",         "login_box",      "sidebar",       "headline_list",
        "comment",      "agency_code", "comment_notice", "share_counter", "breadcrumb"};
    const auto& kinds = moved ? free : loose;
    std::vector<span> out;
    for (std::size_t from = 0; from < text_.size();) {
      const auto gap = text_.find("\n\n", from);
      if (gap == std::string::npos) break;
      const span at{from, gap + 2};
      std::set<std::string> labels;
      for (const auto& s : page_.gold.segments) {
        if (s.at.touches(at)) labels.insert(s.label);
      }
      if (!labels.empty() &&
          std::includes(kinds.begin(), kinds.end(), labels.begin(), labels.end()))
        out.push_back(at);
      from = gap + 2;
    }
    return out;
  }

  // Ends of body paragraphs that another body paragraph follows.
  std::vector<std::size_t> gaps() const {
    std::vector<std::size_t> out;
    const auto& s = page_.gold.segments;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
      const bool both = s[i].keep && s[i + 1].keep && s[i].label != "title";
      const auto between = text_.substr(s[i].at.end, s[i + 1].at.begin - s[i].at.end);
      if (both && between == "\n\n") out.push_back(s[i].at.end + 2);
    }
    return out;
  }

  void residue(const std::string& kind) {
    const auto all = blocks(kind == "moved");
    if (all.empty()) return;
    const auto& b = all[dice_.roll(all.size())];
    const auto words = text_.substr(b.begin, b.end - b.begin);
    const auto places = gaps();
    if (kind == "removed") out_.edits.push_back({.at = b, .text = ""});
    if (kind == "bare") {
      for (const auto& each : all) out_.edits.push_back({.at = each, .text = ""});
    }
    if (kind == "doubled") out_.edits.push_back({.at = {b.end, b.end}, .text = words});
    if (kind != "moved" || places.empty()) return;
    const auto to = places[dice_.roll(places.size())];
    out_.edits.push_back({.at = b, .text = ""});
    out_.edits.push_back({.at = {to, to}, .text = words});
  }

  void finish() {
    auto& e = out_.edits;
    std::stable_sort(e.begin(), e.end(),
                     [](const edit& a, const edit& b) { return a.at.begin < b.at.begin; });
    e.erase(std::unique(e.begin(), e.end(),
                        [](const edit& a, const edit& b) { return a.at.touches(b.at); }),
            e.end());
    std::size_t from = 0;
    for (const auto& one : e) {
      out_.text += text_.substr(from, one.at.begin - from) + one.text;
      from = one.at.end;
    }
    out_.text += text_.substr(from);
  }

  const marked_page& page_;
  const std::string& text_;
  dice dice_;
  std::map<std::string, std::size_t> numbers_for_; // number words of this page, by what they were
  std::map<std::string, std::string> digits_for_;  // and numbers in digits
  variant out_;
};

} // namespace

std::optional<variant> make_variant(const marked_page& page, unsigned number) {
  static const std::array<const char*, 25> kinds{
      "all",      "numbers", "years",    "people",       "removed", "number_words",  "days",
      "services", "all",     "doubled",  "months",       "bare",    "places",        "weekdays",
      "outlets",  "moved",   "all",      "number_words", "people",  "organisations", "removed",
      "numbers",  "doubled", "weekdays", "moved"};
  // A page without people gives more of what it has.
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    auto v = maker(page, number).make(kinds[(number + k) % kinds.size()]);
    if (v) return v;
  }
  return std::nullopt;
}

} // namespace vigie::press::eval
