// SPDX-License-Identifier: Apache-2.0
#include "charset.hpp"
#include "common/civil/civil.hpp"
#include "variants.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vigie::press::eval {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// `day` is YYYY-MM-DD.
std::string days_later(const std::string& day, std::int64_t days) {
  const auto part = [&](std::size_t at, std::size_t n) { return std::stoi(day.substr(at, n)); };
  const auto to = civil::day_of(civil::days_of({part(0, 4), part(5, 2), part(8, 2)}) + days);
  char out[64];
  std::snprintf(out, sizeof out, "%04d-%02d-%02d", static_cast<int>(to.year), to.month,
                to.day_of_month);
  return out;
}

bool kept(const std::string& label) {
  return label == "title" || label == "lede" || label == "body" || label == "quote";
}

bool residue(const variant& v) {
  return v.kind == "removed" || v.kind == "doubled" || v.kind == "moved" || v.kind == "bare";
}

class expecter {
public:
  expecter(const marked_page& page, const found_page& base, const variant& v)
      : page_(page), out_(base), v_(v) {}

  found_page expect() {
    segments();
    out_.body = body();
    for (auto& d : out_.dates) date(d);
    for (auto& f : out_.figures) figure(f);
    for (auto& e : out_.entities) entity(e);
    for (auto& e : out_.events) event(e);
    return std::move(out_);
  }

private:
  // Where the byte of the base page stands in the variant.
  std::size_t moved(std::size_t at) const {
    long shift = 0;
    for (const auto& e : v_.edits) {
      if (e.at.begin > at || (e.at.begin == at && e.at.end > at)) break;
      const bool as_long = e.text.size() == e.at.end - e.at.begin;
      if (e.at.end > at) {
        return static_cast<std::size_t>(static_cast<long>(as_long ? at : e.at.begin) + shift);
      }
      shift += static_cast<long>(e.text.size()) - static_cast<long>(e.at.end - e.at.begin);
    }
    return static_cast<std::size_t>(static_cast<long>(at) + shift);
  }

  span moved(const span& at) const {
    if (at.begin == at.end) return at;
    long shift = 0;
    for (const auto& e : v_.edits) {
      if (e.at.begin >= at.begin && e.at.begin < at.end && e.at.end > at.begin) {
        shift += static_cast<long>(e.text.size()) - static_cast<long>(e.at.end - e.at.begin);
      }
    }
    const auto begin = moved(at.begin);
    return {begin, static_cast<std::size_t>(static_cast<long>(begin + at.end - at.begin) + shift)};
  }

  // Which segments residue falls into is judged by the kept ones alone: a block that is gone has
  // none, one that is doubled has two.
  void segments() {
    std::erase_if(out_.segments,
                  [&](const found_segment& s) { return residue(v_) && !kept(s.label); });
    for (auto& s : out_.segments) s.at = moved(s.at);
  }

  std::string body() const {
    std::string out;
    std::size_t end = 0;
    bool first = true;
    for (const auto& s : out_.segments) {
      if (!kept(s.label)) continue;
      const auto between = std::string_view(v_.text).substr(end, s.at.begin - end);
      if (!first) out += between.find_first_of("\r\n") == between.npos ? ' ' : '\n';
      out += v_.text.substr(s.at.begin, s.at.end - s.at.begin);
      end = s.at.end;
      first = false;
    }
    return out;
  }

  // What the variant has where the page has `text`; a text that the product put together stays.
  std::string retold(const std::string& text, const span& at) const {
    const bool there = page_.text.compare(at.begin, at.end - at.begin, text) == 0;
    return there ? cut(at) : text;
  }

  // Four digits of a date's value are its year; "XXXX" and lengths of time have none.
  std::string with_years(std::string value) const {
    for (std::size_t i = 0; i + 4 <= value.size() && v_.years != 0; ++i) {
      const bool year = std::all_of(value.begin() + static_cast<long>(i),
                                    value.begin() + static_cast<long>(i) + 4, digit) &&
                        (i == 0 || !digit(value[i - 1])) &&
                        (i + 4 == value.size() || !digit(value[i + 4]));
      if (!year) continue;
      value.replace(i, 4, std::to_string(std::atoi(value.substr(i, 4).c_str()) + v_.years));
      i += 4;
    }
    return value;
  }

  std::string day_with_years(const std::string& day) const {
    if (day.size() != 10 || v_.years == 0) return day;
    return days_later(day, v_.years / 28 * 10227);
  }

  static void put(std::string& value, std::size_t at, const std::string& digits) {
    if (value.size() >= at + 2) value.replace(at, 2, digits);
  }

  static std::string last_day(const std::string& month) {
    const int next = std::stoi(month.substr(5, 2)) + 1;
    const auto first =
        next > 12 ? std::to_string(std::stoi(month.substr(0, 4)) + 1) + "-01-01"
                  : month.substr(0, 5) + (next < 10 ? "0" : "") + std::to_string(next) + "-01";
    return days_later(first, -1);
  }

  // YYYY-MM; as long are seasons and quarters.
  static bool is_month(const std::string& value) {
    return value.size() == 7 && value[4] == '-' && digit(value[0]) && digit(value[5]) &&
           digit(value[6]);
  }

  // The first and the last day of what a value says, a day or a month.
  static std::pair<std::string, std::string> ends_of(const std::string& value) {
    if (!is_month(value)) return {value, value};
    return {value + "-01", last_day(value)};
  }

  // What goes on since a day ends as it did before, and what ends with one begins so.
  static void retell(found_date& d, const std::string& value) {
    const auto was = ends_of(d.value);
    const auto is = ends_of(value);
    if (d.from == was.first) d.from = is.first;
    if (d.to == was.second) d.to = is.second;
    d.value = value;
  }

  static void edit_date(found_date& d, const edit& e) {
    auto value = d.value;
    if (e.what == edit::sense::weekday) value = e.says;
    if (e.what == edit::sense::day) put(value, 8, e.says);
    if (e.what == edit::sense::month) put(value, 5, e.says);
    const auto length = "P" + std::to_string(static_cast<int>(e.from));
    const bool counted = e.what == edit::sense::number && value.starts_with(length) &&
                         value.size() == length.size() + 1;
    if (counted) value.replace(1, length.size() - 1, std::to_string(static_cast<int>(e.to)));
    if (value != d.value) retell(d, value);
  }

  // Whether a date's own words name a year that no variant replaces.
  static bool names_other_year(const std::string& text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::size_t end = at;
      while (end < text.size() && digit(text[end])) ++end;
      if (end - at == 4 && !is_varied_year(std::atoi(text.substr(at, 4).c_str()))) return true;
      at = end;
    }
    return false;
  }

  void date(found_date& d) {
    const bool other_year = names_other_year(d.text);
    for (const auto& e : v_.edits) {
      if (e.at.touches(d.at)) edit_date(d, e);
    }
    if (d.text != "(published)") d.text = retold(d.text, d.at);
    d.at = moved(d.at);
    if (other_year) return;
    d.value = with_years(d.value);
    d.from = day_with_years(d.from);
    d.to = day_with_years(d.to);
  }

  std::string cut(const span& at) const {
    const auto to = moved(at);
    return v_.text.substr(to.begin, to.end - to.begin);
  }

  void figure(found_figure& f) {
    for (const auto& e : v_.edits) {
      if (e.what == edit::sense::number && e.at.touches(f.at)) f.value = f.value * e.to / e.from;
    }
    f.text = retold(f.text, f.at);
    f.at = moved(f.at);
  }

  // An entity is called as one of its mentions, or as words of one ("Me Anne Roy", "the Coast
  // Agency (CA)"), or as nothing of the page.
  static span where_named(const found_entity& e) {
    for (const gold_mention& m : e.mentions) {
      if (m.text == e.name) return m.at;
    }
    for (const gold_mention& m : e.mentions) {
      const auto at = (" " + m.text + " ").find(" " + e.name + " ");
      const bool inside = !e.name.empty() && at != std::string::npos;
      if (inside) return {m.at.begin + at, m.at.begin + at + e.name.size()};
    }
    return {};
  }

  void entity(found_entity& e) {
    const span at = where_named(e);
    if (at.end > 0) e.name = retold(e.name, at);
    for (auto& m : e.mentions) {
      m.text = retold(m.text, m.at);
      m.at = moved(m.at);
    }
  }

  void event(found_event& e) {
    e.trigger = retold(e.trigger, e.at);
    e.at = moved(e.at);
  }

  const marked_page& page_;
  found_page out_;
  const variant& v_;
};

std::string number(double v) {
  char out[40];
  std::snprintf(out, sizeof out, "%.12g", v);
  return out;
}

std::string place(const span& s) {
  return " @" + std::to_string(s.begin) + "-" + std::to_string(s.end);
}

std::string indices(const std::vector<std::size_t>& list) {
  std::string out = "[";
  for (const auto i : list) out += std::to_string(i) + " ";
  return out + "]";
}

// Arguments of which no entity is known are words; whether they are the right ones is told by how
// many there are, as the numbers and names in them are others.
std::string shape(const std::string& words) {
  return words.empty() ? "none" : std::to_string(1 + std::count(words.begin(), words.end(), ' '));
}

// Everything that was found, one line each, so that two can be held beside each other.
std::vector<std::string> lines(const found_page& f) {
  std::vector<std::string> out;
  for (const auto& s : f.segments) out.push_back("segment " + s.label + place(s.at));
  for (const auto& d : f.dates) {
    out.push_back("date " + d.text + " " + d.value + " " + d.from + "/" + d.to + place(d.at));
  }
  for (const auto& g : f.figures) {
    out.push_back("figure " + g.text + " " + g.bound + " " + number(g.value) + " " + g.unit + " " +
                  g.unit_key + place(g.at));
  }
  for (const auto& e : f.entities) {
    std::string line = "entity " + e.type + " " + e.name;
    for (const auto& m : e.mentions) line += ", " + m.text + place(m.at);
    out.push_back(line);
  }
  for (const auto& e : f.events) {
    out.push_back("event " + e.type + " " + e.trigger + " " + e.modality + indices(e.actors) +
                  shape(e.actor_text) + indices(e.targets) + shape(e.target_text) +
                  indices(e.places) + " date " + (e.date ? std::to_string(*e.date) : "none") +
                  " by " + (e.attributed_to ? std::to_string(*e.attributed_to) : "none") +
                  place(e.at));
  }
  return out;
}

} // namespace

namespace {

// A weekday that the page itself cannot tell from another is none that its variants could.
bool resolves(const found_page& base, const edit& e) {
  return e.what != edit::sense::weekday ||
         std::none_of(base.dates.begin(), base.dates.end(), [&](const found_date& d) {
           return d.at.touches(e.at) && d.value.starts_with("weekday");
         });
}

} // namespace

bool fits(const marked_page& page, const found_page& base, const variant& v) {
  if (!residue(v)) {
    return std::all_of(v.edits.begin(), v.edits.end(),
                       [&](const edit& e) { return resolves(base, e); });
  }
  const auto& gold = page.gold.segments;
  const auto taken = [&](const found_segment& s) {
    return kept(s.label) && std::none_of(gold.begin(), gold.end(), [&](const gold_segment& g) {
             return g.keep && g.at.touches(s.at);
           });
  };
  // With the lines before and behind, which it may be taken together with.
  const auto block = [&](const edit& e) {
    const auto begin = v.kind == "doubled" ? e.at.begin - e.text.size() : e.at.begin;
    return span{begin < 3 ? 0 : begin - 3, e.at.end + 1};
  };
  return std::none_of(base.segments.begin(), base.segments.end(), [&](const found_segment& s) {
    return taken(s) && std::any_of(v.edits.begin(), v.edits.end(),
                                   [&](const edit& e) { return block(e).touches(s.at); });
  });
}

found_page expected(const marked_page& page, const found_page& base, const variant& v) {
  return expecter(page, base, v).expect();
}

std::vector<std::string> differences(const found_page& want, found_page have, const variant& v) {
  std::erase_if(have.segments,
                [&](const found_segment& s) { return residue(v) && !kept(s.label); });
  std::vector<std::string> out;
  auto a = lines(want);
  auto b = lines(have);
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::string> missing;
  std::vector<std::string> added;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(missing));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(added));
  for (const auto& line : missing) out.push_back("- " + line);
  for (const auto& line : added) out.push_back("+ " + line);
  if (want.body != have.body) out.push_back("the body is another");
  return out;
}

} // namespace vigie::press::eval
