// SPDX-License-Identifier: Apache-2.0
#include "marked_values.hpp"

#include <array>
#include <charconv>
#include <map>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

constexpr std::array<std::string_view, 4> kept_labels{"title", "lede", "body", "quote"};
constexpr std::array<std::string_view, 19> dropped_labels{
    "teaser",    "nav",          "image_alt",      "self_promo",   "comment_header",
    "comment",   "ad_insertion", "agency_code",    "credits",      "share_counter",
    "weather",   "breadcrumb",   "source_line",    "ticker_label", "headline_list",
    "date_line", "login_box",    "comment_notice", "sidebar"};

double number(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    throw std::invalid_argument("'" + std::string(text) + "' is no number");
  }
  return value;
}

std::string bound_of(char sign) {
  switch (sign) {
  case '>': return "lower";
  case '<': return "upper";
  case '~': return "approx";
  default: return "exact";
  }
}

// Values are ids joined by commas, or words joined by '_'.
std::vector<std::string> arguments(std::string_view text) {
  auto out = split(text, ',');
  for (auto& a : out) std::replace(a.begin(), a.end(), '_', ' ');
  return out;
}

} // namespace

bool is_kept(std::string_view label) {
  return std::find(kept_labels.begin(), kept_labels.end(), label) != kept_labels.end();
}

bool is_label(std::string_view label) {
  return is_kept(label) ||
         std::find(dropped_labels.begin(), dropped_labels.end(), label) != dropped_labels.end();
}

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find(by, from), text.size());
    if (to > from) out.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

certainty take_certainty(std::vector<std::string>& words) {
  certainty out;
  std::erase_if(words, [&](const std::string& w) {
    if (w == "optional") return out.optional = true;
    if (w == "doubtful") return out.doubtful = true;
    if (!w.starts_with("accept=")) return false;
    for (auto& v : split(std::string_view(w).substr(7), ',')) out.accept.push_back(v);
    return true;
  });
  return out;
}

gold_date date_of(span at, const std::string& text, const std::vector<std::string>& words,
                  const certainty& sure) {
  if (words.empty()) {
    throw std::invalid_argument("a date needs its value: {d lundi|2015-11-23 deictic}");
  }
  gold_date d{at, text, "DATE", words[0], words.size() > 1 ? words[1] : "explicit", sure};
  if (d.value.starts_with("P") && !d.value.ends_with("_REF")) d.type = "DURATION";
  if (d.value.find('T') != std::string::npos && d.type == "DATE" && d.value[0] < 'A') {
    d.type = "TIME";
  }
  return d;
}

gold_figure figure_of(span at, const std::string& text, const std::vector<std::string>& words,
                      const certainty& sure) {
  if (words.empty()) {
    throw std::invalid_argument("a figure needs its value: {f 364 millions|>364000000 records}");
  }
  gold_figure f;
  f.at = at;
  f.text = text;
  f.sure = sure;
  std::string_view value = words[0];
  f.bound = bound_of(value[0]);
  if (f.bound != "exact") value.remove_prefix(1);
  if (const auto dots = value.find(".."); dots != std::string_view::npos) {
    f.bound = "range";
    f.high = number(value.substr(dots + 2));
    value = value.substr(0, dots);
  }
  f.value = number(value);
  if (words.size() > 1) f.unit = words[1];
  return f;
}

void set_argument(gold_event& v, const std::string& key, const std::string& value) {
  static const std::map<std::string, std::vector<std::string> gold_event::*> lists{
      {"actor", &gold_event::actor},
      {"target", &gold_event::target},
      {"place", &gold_event::place}};
  if (const auto list = lists.find(key); list != lists.end()) {
    v.*list->second = arguments(value);
  } else if (key == "time") {
    v.time = value;
  } else if (key == "modality") {
    v.modality = value;
  } else if (key == "by" && !arguments(value).empty()) {
    v.attributed_to = arguments(value)[0];
  } else {
    throw std::invalid_argument("'" + key + "=" + value +
                                "': expected actor, target, place, time, modality or by, and a "
                                "value");
  }
}

bool looks_like_an_id(const std::string& argument) {
  return argument.size() > 1 && argument[0] == 'e' &&
         std::all_of(argument.begin() + 1, argument.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace vigie::press::eval
