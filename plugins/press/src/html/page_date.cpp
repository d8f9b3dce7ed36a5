// SPDX-License-Identifier: Apache-2.0
#include "html/page_date.hpp"

#include "html/ascii.hpp"
#include "html/date_line.hpp"
#include "html/date_text.hpp"
#include "html/lower_text.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <map>

namespace vigie::press::html {
namespace {

// Ranks of candidates, the lower the surer. What is declared comes with its own, from 0 on.
constexpr int below_headline = 2; // an element that shows a date right below the headline
constexpr int of_address = 50;
constexpr int line_below_headline = 52;
constexpr int time_element = 60, date_element = 70;
constexpr int line_near_headline = 78, short_line = 84, long_line = 96, opening = 97;
constexpr int surely_published = -8, far_off = 30, of_rights = 100, of_another_month = 100;
constexpr int of_a_change = 200;
constexpr std::uint32_t most_runs = 40;    // of an element that holds a date and little else
constexpr std::uint32_t short_weight = 60; // of a line

struct element_role {
  bool date = false, published = false, modified = false;
};

class collector {
public:
  collector(const page_view& v, const main_text& m, const metadata& d, std::string_view url)
      : v_(v), m_(m), d_(d), url_(url),
        month_first_(v.known.month_first(d.language, url.empty() ? d.canonical_url : url)) {}
  std::vector<date_candidate> collect();

private:
  void declared();
  void elements();
  void of_element(std::uint32_t e, const element_role& role);
  void visible();
  void settle_order();
  void take_local_days();
  void mark_changes();
  void hold_against_address();
  void prefer_agreed();
  bool add(std::string_view text, int rank, std::string_view basis, std::int64_t line);
  bool add_roles(std::string_view text, int rank, std::string_view basis, std::int64_t line);
  [[nodiscard]] std::string label_before(std::int64_t line) const;
  void add_machine(std::uint32_t e, int rank, std::int64_t line);
  [[nodiscard]] element_role role_of(std::uint32_t e) const;
  [[nodiscard]] bool of_the_article(std::int64_t line) const;
  [[nodiscard]] bool heads_the_article(std::int64_t line) const;
  [[nodiscard]] bool begins_line(std::int64_t line, const element& x) const;
  [[nodiscard]] bool near_title(std::int64_t line) const {
    return m_.title >= 0 && line - m_.title <= 8 && m_.title - line <= 4;
  }
  [[nodiscard]] std::int64_t line_of(std::uint32_t e) const {
    const element& x = v_.page.elements[e];
    return x.first_run < line_of_run_.size() && x.end_run > x.first_run ? line_of_run_[x.first_run]
                                                                        : -1;
  }

  const page_view& v_;
  const main_text& m_;
  const metadata& d_;
  std::string_view url_;
  bool month_first_;
  std::vector<date_candidate> found_;
  std::size_t first_visible_ = 0; // of lines, behind those of elements
  std::vector<std::int64_t> line_of_run_;
};

bool collector::add(std::string_view text, int rank, std::string_view basis, std::int64_t line) {
  text = trim(text);
  if (const auto day = day_of_epoch(text)) {
    found_.push_back({*day, rank, std::string(text), std::string(basis), line, std::nullopt});
    return true;
  }
  const std::string low = lower_text_and_digits(clipped(text, 300));
  const auto date = find_date(low, v_.known, month_first_);
  if (!date) return false;
  const auto other = find_date(low, v_.known, !month_first_);
  found_.push_back({date->day, rank, std::string(clipped(text, 80)), std::string(basis), line,
                    other && other->day != date->day ? std::optional(other->day) : std::nullopt});
  return true;
}

// A line may date the publication and a change: what a date is, the words before it tell; of a
// single date also those behind it.
bool collector::add_roles(std::string_view text, int rank, std::string_view basis,
                          std::int64_t line) {
  text = trim(text);
  const std::string low = lower_text_and_digits(clipped(text, 300));
  const std::size_t before = found_.size();
  std::size_t from = 0;
  for (int n = 0; n < 4; ++n) {
    const auto date = find_date(low, v_.known, month_first_, from);
    if (!date) break;
    const auto other = find_date(low, v_.known, !month_first_, from);
    std::string words = low.substr(from, date->begin - from);
    if (n == 0) words = label_before(line) + words;
    const bool published = v_.known.says_published(words);
    const bool modified = !published && v_.known.says_modified(words);
    found_.push_back({date->day,
                      rank + (published ? surely_published : 0) + (modified ? of_a_change : 0),
                      std::string(clipped(text, 80)), std::string(basis), line,
                      other && other->day != date->day ? std::optional(other->day) : std::nullopt});
    from = date->end;
  }
  if (found_.size() != before + 1) return found_.size() > before;
  date_candidate& only = found_.back();
  const std::string_view behind = std::string_view(low).substr(from);
  if (only.rank == rank && v_.known.says_published(behind))
    only.rank += surely_published;
  else if (only.rank == rank && v_.known.says_modified(behind))
    only.rank += of_a_change;
  return true;
}

// What a short line says right above a short one: lists and tables give "Published" a line of its
// own.
std::string collector::label_before(std::int64_t at) const {
  constexpr std::uint32_t longest = 30;
  if (at <= 0 || v_.lines[static_cast<std::size_t>(at)].weight >= short_weight) return {};
  const line& l = v_.lines[static_cast<std::size_t>(at) - 1];
  if (l.weight > longest || at - 1 == m_.title) return {};
  const std::string text = lower_text(text_of(v_.page, l));
  return text.find_first_of("0123456789") == std::string::npos ? text + " " : std::string();
}

void collector::declared() {
  for (const declared_date& d : d_.dates) {
    if (d.element != 0 && !of_the_article(line_of(d.element))) continue;
    add(d.text, d.rank + (d.modified ? of_a_change : 0),
        d.modified ? d.basis + " modified" : d.basis, -1);
  }
}

bool collector::of_the_article(std::int64_t line) const {
  if (line < 0) return true;
  const judged& j = m_.lines[static_cast<std::size_t>(line)];
  if (j.why == "outside of the article") return true;
  const label what = j.what;
  return what != label::comment && what != label::headline_list && what != label::sidebar &&
         what != label::ticker_label;
}

// Whether a line above the headline may belong to it, and not to the head of the site.
bool collector::heads_the_article(std::int64_t line) const {
  const judged& j = m_.lines[static_cast<std::size_t>(line)];
  return j.keep || j.what == label::date_line || j.what == label::credits ||
         j.why == "outside of the article";
}

// Elements time, those that give a time to machines, and those whose class says that they hold a
// date.
element_role collector::role_of(std::uint32_t e) const {
  const tree& t = v_.page;
  element_role out;
  out.date = t.elements[e].tag == tag::time || t.elements[e].tag == tag::abbr;
  if (t.elements[e].attributes == 0) return out;
  const std::string_view class_ = t.get(e, attribute::class_), id = t.get(e, attribute::id);
  out.date |= v_.known.hint_of(class_).date || v_.known.hint_of(id).date ||
              (t.elements[e].tag != tag::del && t.has(e, attribute::datetime));
  if (!out.date) return out;
  const std::string names = lower(std::string(class_) + " " + std::string(id));
  out.published = t.has(e, attribute::pubdate) || v_.known.says_published(names);
  out.modified = v_.known.says_modified(names);
  return out;
}

// Whether nothing but blanks stands before an element on its line, or the line is short.
bool collector::begins_line(std::int64_t at, const element& x) const {
  const line& l = v_.lines[static_cast<std::size_t>(at)];
  if (l.weight < short_weight) return true;
  std::uint32_t first = l.first_run;
  if (x.first_run - first > most_runs) return false;
  while (first < x.first_run && trim(v_.page.text_of(v_.page.runs[first])).empty()) ++first;
  return first == x.first_run;
}

void collector::of_element(std::uint32_t e, const element_role& role) {
  const tree& t = v_.page;
  const element& x = t.elements[e];
  const std::int64_t line = line_of(e);
  if (!of_the_article(line)) return;
  const bool near = line >= 0 && near_title(line);
  const bool behind = e > t.elements[m_.container].end;
  const bool above = line >= 0 && m_.title >= 0 && !near && line < m_.title && e < m_.container;
  const bool is_time = x.tag == tag::time || x.tag == tag::abbr;
  const std::string_view basis = is_time ? "time element" : "date line";
  int rank = (x.tag == tag::time ? time_element : date_element) + (behind || above ? far_off : 0) -
             (near ? 4 : 0) + (role.published ? surely_published : 0) +
             (role.modified ? of_a_change : 0);
  const bool brief = x.end_run > x.first_run && x.end_run - x.first_run < most_runs;
  // What a reader sees as the date of the article below its headline is surer than what a content
  // system filled in, but for JSON-LD.
  if (near && line > m_.title && brief && begins_line(line, x) && !role.modified)
    rank = below_headline;
  const bool shown = brief && add_roles(shown_text(t, e, v_.known, month_first_),
                                        rank + (rank > below_headline ? 1 : 0), basis, line);
  const bool told = shown && rank == below_headline && !found_.back().swapped;
  if (!told) add_machine(e, rank, line);
}

// What an element tells machines: of the attributes that hold dates the first that does.
void collector::add_machine(std::uint32_t e, int rank, std::int64_t line) {
  for (const attribute a :
       {attribute::datetime, attribute::content, attribute::data_time, attribute::title})
    if (const std::string_view value = v_.page.get(e, a); !value.empty())
      if (add(value, rank, "time element", line)) return;
}

void collector::elements() {
  for (std::uint32_t e = 1; e < v_.page.elements.size(); ++e)
    if (const element_role role = role_of(e); role.date) of_element(e, role);
}

// Short lines with a date, above the text or below it.
void collector::visible() {
  for (std::size_t i = 0; i < v_.lines.size(); ++i) {
    const line& l = v_.lines[i];
    if (l.weight < 6) continue;
    const auto at = static_cast<std::int64_t>(i);
    const bool near = near_title(at);
    const bool below = near && at > m_.title;
    if (below ? m_.lines[i].what == label::comment : !of_the_article(at)) continue;
    const bool paragraph = l.weight > 220;
    std::string text = line_text(v_.page, l, 400);
    if (paragraph) text = opening_of(text, v_.known);
    const std::string low = lower_text_and_digits(clipped(text, 300));
    if (low.find_first_of("0123456789") == std::string::npos) continue;
    // What a headline or a sentence dates may be anything.
    const bool brief = l.weight < short_weight && at != m_.title && !is_sentence(low, v_.known);
    int rank = brief ? short_line : paragraph ? opening : long_line;
    if (near) rank -= short_line - line_near_headline;
    // Above the headline the nearest is surest: the day of the site stands in its head.
    if (near && brief && (below || heads_the_article(at)))
      rank = line_below_headline +
             static_cast<int>(below ? 0 : std::max<std::int64_t>(m_.title - at, 0));
    if (low.find("©") != std::string::npos || low.find("copyright") != std::string::npos)
      rank += of_rights;
    add_roles(text, rank, "date line", at);
  }
}

// Kinds of places that say a date, as bits. Those of one kind are often filled in by one hand.
constexpr unsigned kind_seen = 16; // by a reader
unsigned kind_of(const date_candidate& c) {
  if (c.basis == "jsonld") return 1;
  if (c.basis == "meta") return 2;
  if (c.basis == "itemprop") return 4;
  return c.basis == "url" ? 8 : kind_seen;
}

constexpr int minutes_a_day = 1440, most_east = 14 * 60, most_west = 12 * 60; // of UTC

// The time of day, in minutes, of a moment told in UTC: 2016-05-03T22:15:00Z, seconds since 1970.
std::optional<int> minutes_of_utc(std::string_view text) {
  std::int64_t value = 0;
  if (day_of_epoch(text)) {
    std::from_chars(text.data(), text.data() + 10, value);
    return static_cast<int>(value / 60 % minutes_a_day);
  }
  const bool utc = text.ends_with("Z") || text.ends_with("+00:00") || text.ends_with("+0000");
  if (!utc || text.size() < 17 || text[13] != ':') return std::nullopt;
  int hour = 0, minute = 0;
  const char* const at = text.data();
  const bool sound = std::from_chars(at + 11, at + 13, hour).ptr == at + 13 &&
                     std::from_chars(at + 14, at + 16, minute).ptr == at + 16;
  return sound && hour >= 0 && hour < 24 && minute >= 0 ? std::optional(hour * 60 + minute)
                                                        : std::nullopt;
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

// What an element says to be the day of a change is that in its line, too.
void collector::mark_changes() {
  std::map<std::pair<std::int64_t, std::int64_t>, bool> changed; // by line and day
  for (std::size_t i = 0; i < first_visible_; ++i)
    if (const date_candidate& c = found_[i]; c.line >= 0) {
      const auto at = changed.emplace(std::pair(c.line, c.day), true).first;
      at->second = at->second && c.rank >= of_a_change;
    }
  for (std::size_t i = first_visible_; i < found_.size(); ++i) {
    date_candidate& c = found_[i];
    const auto told = changed.find({c.line, c.day});
    if (told != changed.end() && told->second && c.rank < of_a_change) c.rank += of_a_change;
  }
}

// An address that names a month tells the dates of other stories from the page's own.
void collector::hold_against_address() {
  std::optional<std::pair<std::int64_t, std::int64_t>> month;
  for (const std::string_view each : {std::string_view(d_.canonical_url), url_})
    if (!month) month = month_of_url(each);
  if (!month) return;
  constexpr std::int64_t zones = 1; // day
  for (date_candidate& c : found_)
    if (c.rank < of_a_change && (c.day + zones < month->first || c.day - zones >= month->second))
      c.rank += of_another_month;
}

// A time in UTC may lie on the day before or behind that of the page's own clock, which is the one
// a reader sees.
void collector::take_local_days() {
  std::vector<std::int64_t> seen;
  for (const date_candidate& c : found_)
    if (kind_of(c) == kind_seen && c.rank < line_near_headline) seen.push_back(c.day);
  const auto is_seen = [&](std::int64_t day) {
    return std::find(seen.begin(), seen.end(), day) != seen.end();
  };
  for (date_candidate& c : found_) {
    if (kind_of(c) == kind_seen || is_seen(c.day)) continue;
    const auto minutes = minutes_of_utc(c.text);
    if (!minutes) continue;
    if (*minutes + most_east >= minutes_a_day && is_seen(c.day + 1))
      ++c.day;
    else if (*minutes > 0 && *minutes < most_west && is_seen(c.day - 1))
      --c.day;
  }
}

// A day that a reader sees by the article, and that more kinds of places agree on than on the
// surest one, is surer.
void collector::prefer_agreed() {
  std::map<std::int64_t, unsigned> kinds;
  for (const date_candidate& c : found_)
    if (c.rank < short_line) kinds[c.day] |= kind_of(c);
  const auto many = [&](const date_candidate& c) { return std::popcount(kinds[c.day]); };
  auto best = found_.begin();
  for (auto c = found_.begin(); c != found_.end() && c->rank < short_line; ++c)
    if ((kinds[c->day] & kind_seen) != 0 && many(*c) > std::max(many(*best), 1)) best = c;
  if (best != found_.begin()) std::rotate(found_.begin(), best, best + 1);
}

std::vector<date_candidate> collector::collect() {
  line_of_run_.assign(v_.page.runs.size(), -1);
  for (std::size_t i = 0; i < v_.lines.size(); ++i)
    for (std::uint32_t r = v_.lines[i].first_run; r < v_.lines[i].end_run; ++r)
      line_of_run_[r] = static_cast<std::int64_t>(i);
  declared();
  for (const std::string_view each : {std::string_view(d_.canonical_url), url_})
    if (const auto day = date_of_url(each, v_.known))
      found_.push_back(
          {*day, of_address, std::string(clipped(each, 200)), "url", -1, std::nullopt});
  elements();
  first_visible_ = found_.size();
  visible();
  mark_changes();
  settle_order();
  hold_against_address();
  take_local_days();
  std::stable_sort(
      found_.begin(), found_.end(),
      [](const date_candidate& a, const date_candidate& b) { return a.rank < b.rank; });
  if (!found_.empty()) prefer_agreed();
  return std::move(found_);
}

} // namespace

std::vector<date_candidate> date_candidates(const page_view& view, const main_text& main,
                                            const metadata& declared, std::string_view url) {
  return collector(view, main, declared, url).collect();
}

} // namespace vigie::press::html
