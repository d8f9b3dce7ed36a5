// SPDX-License-Identifier: Apache-2.0
#include "claims_chart.hpp"

#include "common/civil/civil.hpp"
#include "marks.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

namespace vigie::dossier {
namespace {

constexpr std::size_t most_lanes = 12, longest_name = 60;
constexpr std::int64_t columns = 400, most_ticks = 8;
// Pixels from the top; across, everything is in thousandths of a percent of the width.
constexpr std::int64_t lane_height = 34, bar_height = 12, bar_top = 18, label_top = 13;
constexpr std::int64_t least_bar = 600, whole = 100'000;

struct bar {
  std::size_t first = 0; // claim it leads to
  std::size_t claims = 0;
  std::int64_t last_day = 0;
};

struct lane {
  std::string_view type; // of its first claim
  bool is_rest = false;
  std::size_t claims = 0;
  std::map<std::int64_t, bar> bars = {}; // by column
};

struct drawing {
  std::int64_t first = 0, days = 1; // drawn
  std::vector<lane> lanes;
  std::size_t undated = 0;

  [[nodiscard]] std::int64_t x_of(std::int64_t day) const { return (day - first) * whole / days; }
  [[nodiscard]] std::int64_t height() const {
    return static_cast<std::int64_t>(lanes.size()) * lane_height;
  }
};

std::pair<std::int64_t, std::int64_t> days_of(const claim& c) {
  const std::int64_t a = c.told.when.start(), b = c.told.when.last();
  return std::minmax(a, b);
}

lane& lane_of(drawing& d, std::string_view type) {
  for (lane& l : d.lanes)
    if (l.is_rest || l.type == type) return l;
  d.lanes.push_back({.type = type, .is_rest = d.lanes.size() + 1 == most_lanes});
  return d.lanes.back();
}

// Lanes stand in the order of their first claim on the page.
drawing plan_of(const std::vector<claim>& claims) {
  drawing d;
  bool any = false;
  std::int64_t last = 0;
  for (const claim& c : claims) {
    if (!c.told.when.is_dated()) {
      ++d.undated;
      continue;
    }
    const auto [from, to] = days_of(c);
    d.first = any ? std::min(d.first, from) : from;
    last = any ? std::max(last, to) : to;
    any = true;
  }
  d.days = last - d.first + 1;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (!claims[i].told.when.is_dated()) continue;
    const auto [from, to] = days_of(claims[i]);
    lane& l = lane_of(d, claims[i].type);
    ++l.claims;
    bar& b = l.bars.emplace((from - d.first) * columns / d.days, bar{i, 0, to}).first->second;
    ++b.claims;
    b.last_day = std::max(b.last_day, to);
  }
  return d;
}

std::string percent(std::int64_t thousandths) {
  std::string part = std::to_string(thousandths % 1'000);
  part.insert(0, 3 - part.size(), '0');
  return std::to_string(thousandths / 1'000) + "." + part + "%";
}

// Years at their first of January, or the first and the last day.
void append_axis(markup& to, const drawing& d, const page_words& words) {
  const std::string y = std::to_string(d.height()), text_y = std::to_string(d.height() + 16);
  to.raw("<line class=\"base\" x1=\"0\" x2=\"100%\"").attribute("y1", y).attribute("y2", y);
  to.raw("/>");
  const std::int64_t last = d.first + d.days - 1;
  const std::int64_t first_year = civil::day_of(d.first).year + 1,
                     years = civil::day_of(last).year - first_year + 1;
  if (years < 2) {
    const auto ends = [&](const char* anchor, const char* x, std::int64_t day) {
      to.raw("<text").attribute("class", anchor).attribute("x", x).attribute("y", text_y).raw(">");
      const auto as_day = static_cast<std::int32_t>(day);
      to.plain(period_text({as_day, as_day}, words)).raw("</text>");
    };
    ends("first", "0", d.first);
    if (d.days > 1) ends("last", "100%", last);
    to.raw("\n");
    return;
  }
  const std::int64_t every = (years + most_ticks - 1) / most_ticks;
  for (std::int64_t year = first_year; year < first_year + years; year += every) {
    const std::string x = percent(d.x_of(civil::days_of({year, 1, 1})));
    to.raw("<line class=\"grid\" y1=\"0\"").attribute("x1", x).attribute("x2", x);
    to.attribute("y2", y).raw("/><text class=\"year\"").attribute("x", x);
    to.attribute("y", text_y).raw(">").plain(std::to_string(year)).raw("</text>");
  }
  to.raw("\n");
}

// Types are words of other steps and may be anything.
std::string name_of(const lane& l, const claim_words& more) {
  const std::string_view name = l.is_rest ? more.other_lanes : words_of(more.types, l.type);
  const std::size_t end = cut_at(name, longest_name, {});
  return std::string(name.substr(0, end)) + (end < name.size() ? "…" : "");
}

void append_lane(markup& to, const drawing& d, std::size_t index, const page_words& words,
                 const claim_words& more) {
  const lane& l = d.lanes[index];
  const auto top = static_cast<std::int64_t>(index) * lane_height;
  const std::string name = name_of(l, more);
  to.raw("<text class=\"lane\" x=\"0\"").attribute("y", std::to_string(top + label_top)).raw(">");
  to.plain(name).raw("</text>");
  for (const auto& [column, b] : l.bars) {
    const std::int64_t left = column * whole / columns;
    const std::int64_t right = d.x_of(b.last_day + 1);
    const std::int64_t width = std::max(right - left, least_bar);
    to.raw("<a tabindex=\"-1\"").attribute("href", "#c" + std::to_string(b.first + 1));
    to.raw("><rect class=\"bar\"").attribute("x", percent(std::min(left, whole - least_bar)));
    to.attribute("width", percent(width)).attribute("y", std::to_string(top + bar_top));
    to.attribute("height", std::to_string(bar_height)).raw("><title>").plain(name);
    to.plain(words.colon).plain(counted(b.claims, more.claims, words)).raw("</title></rect></a>");
  }
  to.raw("\n");
}

} // namespace

void append_claims_chart(markup& to, const std::vector<claim>& claims, const page_words& words,
                         const claim_words& more) {
  const drawing d = plan_of(claims);
  if (d.lanes.empty()) return;
  to.raw("<figure class=\"overview\">\n<svg class=\"chart lanes\" role=\"img\" width=\"100%\"");
  to.attribute("height", std::to_string(d.height() + 22));
  to.raw(" aria-labelledby=\"lanes-title lanes-desc\">\n<title id=\"lanes-title\">");
  to.plain(more.chart_heading).raw("</title>\n<desc id=\"lanes-desc\">");
  for (std::size_t i = 0; i < d.lanes.size(); ++i) {
    const lane& l = d.lanes[i];
    to.plain(i == 0 ? "" : "; ");
    to.plain(name_of(l, more)).plain(words.colon);
    to.plain(counted(l.claims, more.claims, words));
  }
  to.raw("</desc>\n");
  append_axis(to, d, words);
  for (std::size_t i = 0; i < d.lanes.size(); ++i) append_lane(to, d, i, words, more);
  to.raw("</svg>\n<figcaption>").text(more.chart_caption);
  if (d.undated > 0) to.text(" ").text(more.chart_undated).text(count_text(d.undated, words));
  to.raw("</figcaption>\n</figure>\n");
}

} // namespace vigie::dossier
