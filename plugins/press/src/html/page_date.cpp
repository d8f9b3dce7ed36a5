// SPDX-License-Identifier: Apache-2.0
#include "html/page_date.hpp"

#include "common/civil/civil.hpp"
#include "html/ascii.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace vigie::press::html {
namespace {

std::string lower_text(std::string_view s) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<std::int32_t>(s.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

// Reads on in a text; what does not fit leaves it where it is.
struct cursor {
  std::string_view s;
  std::size_t at = 0;

  [[nodiscard]] bool more() const { return at < s.size(); }
  // Digits, `least` to `most` of them and no more; -1: none.
  int number(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (at + n < s.size() && is_digit(s[at + n]) && n <= most)
      value = n < 8 ? value * 10 + (s[at + n] - '0') : value, ++n;
    if (n < least || n > most) return -1;
    at += n;
    return value;
  }
  bool take(std::string_view what) {
    if (!s.substr(at).starts_with(what)) return false;
    at += what.size();
    return true;
  }
  void skip(std::string_view any) {
    while (more() && any.find(s[at]) != std::string_view::npos) ++at;
    while (take("\xC2\xA0"))
      while (more() && any.find(s[at]) != std::string_view::npos) ++at;
  }
  std::string_view word() {
    const std::size_t from = at;
    while (more() && (is_letter(s[at]) || static_cast<unsigned char>(s[at]) >= 0x80) &&
           !s.substr(at).starts_with("\xC2\xA0"))
      ++at;
    return s.substr(from, at - from);
  }
};

std::optional<std::int64_t> day_if(int year, int month, int day) {
  if (year >= 0 && year < 100) year += year < 70 ? 2000 : 1900;
  if (year < 1990 || year > 2099 || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > civil::days_in_month(year, month)) return std::nullopt;
  return civil::days_of({year, month, day});
}

// 2016-04-02 and the like, 2016年4月2日, 20160402.
std::optional<std::int64_t> year_first(cursor& c) {
  cursor joined = c;
  if (const int all = joined.number(8, 8); all >= 0) {
    c.at = joined.at;
    return day_if(all / 10000, all / 100 % 100, all % 100);
  }
  if (joined = c; joined.number(14, 14) >= 0) {
    const int all = cursor{c.s.substr(c.at, 8)}.number(8, 8);
    c.at = joined.at;
    return day_if(all / 10000, all / 100 % 100, all % 100);
  }
  const int year = c.number(4, 4);
  if (year < 0) return std::nullopt;
  if (!(c.take("-") || c.take("/") || c.take(".") || c.take("年") || c.take("년") || c.take(":")))
    return std::nullopt;
  c.skip(" ");
  const int month = c.number(1, 2);
  if (!(c.take("-") || c.take("/") || c.take(".") || c.take("月") || c.take("월") || c.take(":")))
    return std::nullopt;
  c.skip(" ");
  return day_if(year, month, c.number(1, 2));
}

// 2.4.2016, 2/4/16, 02-04-2016.
std::optional<std::int64_t> day_first(cursor& c, bool month_first) {
  const int a = c.number(1, 2);
  c.skip(" ");
  const char mark = c.more() ? c.s[c.at] : '\0';
  if (a < 0 || (mark != '.' && mark != '/' && mark != '-')) return std::nullopt;
  ++c.at;
  c.skip(" ");
  const int b = c.number(1, 2);
  c.skip(" ");
  if (b < 0 || !c.more() || c.s[c.at] != mark) return std::nullopt;
  ++c.at;
  c.skip(" ");
  cursor four = c;
  int year = four.number(4, 4);
  if (year < 0) year = (four = c).number(2, 2);
  c.at = four.at;
  const bool swap = mark == '/' && ((month_first && a <= 12) || b > 12);
  return swap ? day_if(year, a, b) : day_if(year, b, a);
}

constexpr std::string_view between = " \t\r\n.,/-";

// 2 avril 2016, 2nd of April, 2016, 2. April 2016, 02-Apr-16.
std::optional<std::int64_t> day_and_month(cursor& c, const rules& known) {
  const int day = c.number(1, 2);
  if (day < 0) return std::nullopt;
  int month = 0;
  for (int words = 0; words < 3 && month == 0; ++words) {
    c.skip(between);
    const std::string_view word = c.word();
    if (word.empty()) return std::nullopt;
    month = known.month(word);
    if (month == 0 && word.size() > 4) return std::nullopt;
  }
  c.skip(between);
  if (c.take("de ") || c.take("del ")) c.skip(between);
  return day_if(c.number(4, 4), month, day);
}

// April 2nd, 2016.
std::optional<std::int64_t> month_and_day(cursor& c, const rules& known) {
  const int month = known.month(c.word());
  if (month == 0) return std::nullopt;
  c.skip(between);
  const int day = c.number(1, 2);
  if (day < 0) return std::nullopt;
  static_cast<void>(c.take("st") || c.take("nd") || c.take("rd") || c.take("th"));
  c.skip(between);
  return day_if(c.number(4, 4), month, day);
}

std::optional<found_date> date_at(std::string_view s, std::size_t at, const rules& known,
                                  bool month_first) {
  const auto result = [](const std::optional<std::int64_t>& day,
                         const cursor& c) -> std::optional<found_date> {
    if (!day) return std::nullopt;
    return found_date{*day, c.at};
  };
  cursor c{s, at};
  if (!is_digit(s[at])) return result(month_and_day(c, known), c);
  if (const auto day = year_first(c)) return result(day, c);
  c.at = at;
  if (const auto day = day_first(c, month_first)) return result(day, c);
  c.at = at;
  return result(day_and_month(c, known), c);
}

class collector {
public:
  collector(const page_view& v, const main_text& m, const metadata& d)
      : v_(v), m_(m), d_(d), month_first_(lower(d.language) == "en-us" || d.language == "en_US") {}
  std::vector<date_candidate> collect(std::string_view url);

private:
  void declared();
  void elements();
  void visible();
  void settle_order();
  void add(std::string_view text, int rank, std::string_view basis, std::int64_t line);
  [[nodiscard]] bool of_the_article(std::int64_t line) const;

  const page_view& v_;
  const main_text& m_;
  const metadata& d_;
  bool month_first_;
  std::vector<date_candidate> found_;
  std::vector<std::int64_t> line_of_run_;
};

void collector::add(std::string_view text, int rank, std::string_view basis, std::int64_t line) {
  text = trim(text);
  const std::string low = lower_text(clipped(text, 300));
  const auto date = find_date(low, v_.known, month_first_);
  if (!date) return;
  const auto other = find_date(low, v_.known, !month_first_);
  found_.push_back({date->day, rank, std::string(clipped(text, 80)), std::string(basis), line,
                    other && other->day != date->day ? std::optional(other->day) : std::nullopt});
}

void collector::declared() {
  for (const declared_date& d : d_.dates)
    add(d.text, d.rank + (d.modified ? 200 : 0), d.modified ? d.basis + " modified" : d.basis, -1);
}

bool collector::of_the_article(std::int64_t line) const {
  if (line < 0) return true;
  const judged& j = m_.lines[static_cast<std::size_t>(line)];
  if (j.why == "outside of the article") return true;
  const label what = j.what;
  return what != label::comment && what != label::headline_list && what != label::sidebar &&
         what != label::ticker_label;
}

// Elements time, and elements whose class says that they hold a date.
void collector::elements() {
  const tree& t = v_.page;
  const std::uint32_t end = t.elements[m_.container].end;
  for (std::uint32_t e = 1; e < t.elements.size(); ++e) {
    const element& x = t.elements[e];
    const bool is_time = x.tag == tag::time || x.tag == tag::abbr;
    hint h;
    if (!is_time || x.attributes > 0)
      for (const attribute a : {attribute::class_, attribute::id}) {
        const hint other = v_.known.hint_of(t.get(e, a));
        h.date |= other.date;
      }
    if (!is_time && !h.date) continue;
    const std::int64_t line = x.first_run < line_of_run_.size() && x.end_run > x.first_run
                                  ? line_of_run_[x.first_run]
                                  : -1;
    if (!of_the_article(line)) continue;
    const bool near_title = m_.title >= 0 && line - m_.title <= 8 && m_.title - line <= 4;
    const int behind = (e > end ? 30 : 0) - (near_title && line >= 0 ? 4 : 0);
    std::string_view machine = t.get(e, attribute::datetime);
    if (x.tag == tag::abbr && machine.empty()) machine = t.get(e, attribute::title);
    const std::string names = lower(std::string(t.get(e, attribute::class_)) + " " +
                                    std::string(t.get(e, attribute::id)));
    const bool modified = v_.known.says_modified(names);
    const bool surely = t.has(e, attribute::pubdate) || v_.known.says_published(names);
    const int rank =
        (x.tag == tag::time ? 60 : 70) + behind + (surely ? -8 : 0) + (modified ? 200 : 0);
    // What a reader sees as the date of the article below its headline is surer than what a content
    // system filled in, but for JSON-LD.
    const bool shown = near_title && line > m_.title && !modified &&
                       v_.lines[static_cast<std::size_t>(line)].weight < 60;
    if (shown && x.end_run - x.first_run < 40) {
      add(t.inner_text(e, 200), 2, is_time ? "time element" : "date line", line);
      continue;
    }
    if (!machine.empty()) add(machine, rank, "time element", line);
    if (x.end_run > x.first_run && x.end_run - x.first_run < 40)
      add(t.inner_text(e, 200), rank + 1, is_time ? "time element" : "date line", line);
  }
}

// Short lines with a date, above the text or below it.
void collector::visible() {
  const auto title = m_.title;
  for (std::size_t i = 0; i < v_.lines.size(); ++i) {
    const line& l = v_.lines[i];
    if (l.weight < 6) continue;
    const auto at = static_cast<std::int64_t>(i);
    const bool near_title = title >= 0 && at - title <= 8 && title - at <= 4;
    const bool comment = m_.lines[i].what == label::comment;
    if (near_title ? comment : !of_the_article(at)) continue;
    std::string text = lower_text(text_of(v_.page, l));
    const bool paragraph = l.weight > 220;
    if (paragraph) text.resize(std::min<std::size_t>(text.size(), 24)); // a date that opens it
    if (text.find_first_of("0123456789") == std::string::npos) continue;
    int rank = l.weight < 60 ? 84 : paragraph ? 97 : 96;
    if (near_title) rank -= 6;
    if (v_.known.says_published(text)) rank -= 8;
    if (v_.known.says_modified(text)) rank += 200;
    if (text.find("©") != std::string::npos || text.find("copyright") != std::string::npos)
      rank += 100;
    add(text, rank, "date line", at);
  }
}

// Which of day and month comes first is settled by the page's dates that leave no doubt.
void collector::settle_order() {
  std::vector<std::int64_t> told;
  for (const date_candidate& c : found_)
    if (!c.swapped) told.push_back(c.day);
  std::sort(told.begin(), told.end());
  const auto is_told = [&](std::int64_t day) {
    return std::binary_search(told.begin(), told.end(), day);
  };
  for (date_candidate& c : found_)
    if (c.swapped && !is_told(c.day) && is_told(*c.swapped)) c.day = *c.swapped;
}

std::vector<date_candidate> collector::collect(std::string_view url) {
  line_of_run_.assign(v_.page.runs.size(), -1);
  for (std::size_t i = 0; i < v_.lines.size(); ++i)
    for (std::uint32_t r = v_.lines[i].first_run; r < v_.lines[i].end_run; ++r)
      line_of_run_[r] = static_cast<std::int64_t>(i);
  declared();
  for (const std::string_view each : {std::string_view(d_.canonical_url), url})
    if (const auto day = date_of_url(each))
      found_.push_back({*day, 50, std::string(clipped(each, 200)), "url", -1, std::nullopt});
  elements();
  visible();
  settle_order();
  std::stable_sort(
      found_.begin(), found_.end(),
      [](const date_candidate& a, const date_candidate& b) { return a.rank < b.rank; });
  return std::move(found_);
}

} // namespace

std::optional<found_date> find_date(std::string_view s, const rules& known, bool month_first) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    const auto b = static_cast<unsigned char>(s[i]);
    const bool digit = is_digit(s[i]);
    if (!digit && !is_letter(s[i]) && b < 0xC0) continue;
    const bool inside =
        i > 0 && (digit ? is_digit(s[i - 1])
                        : is_letter(s[i - 1]) || static_cast<unsigned char>(s[i - 1]) >= 0x80);
    if (inside) continue;
    if (const auto found = date_at(s, i, known, month_first)) return found;
  }
  return std::nullopt;
}

std::optional<std::int64_t> date_of_url(std::string_view url) {
  // The address of a copy in an archive holds the day of the copy before the page's own address.
  if (const std::size_t inner = url.rfind("://"); inner != std::string_view::npos)
    url.remove_prefix(inner);
  for (std::size_t i = 1; i + 8 <= url.size(); ++i) {
    if (!is_digit(url[i]) || is_digit(url[i - 1])) continue;
    cursor c{url, i};
    const auto day = year_first(c);
    if (day && (c.at >= url.size() || !is_digit(url[c.at]))) return day;
  }
  return std::nullopt;
}

std::vector<date_candidate> date_candidates(const page_view& view, const main_text& main,
                                            const metadata& declared, std::string_view url) {
  return collector(view, main, declared).collect(url);
}

} // namespace vigie::press::html
