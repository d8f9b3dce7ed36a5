// SPDX-License-Identifier: Apache-2.0
#include "html/tags.hpp"

#include <unordered_map>

namespace vigie::press::html {

tag tag_named(std::string_view name) {
  using enum tag;
  static const std::unordered_map<std::string_view, tag> known{
      {"a", a},
      {"abbr", abbr},
      {"address", address},
      {"article", article},
      {"aside", aside},
      {"base", base},
      {"blockquote", blockquote},
      {"body", body},
      {"br", br},
      {"button", button},
      {"caption", caption},
      {"center", center},
      {"cite", cite},
      {"code", code},
      {"dd", dd},
      {"del", del},
      {"details", details},
      {"div", div},
      {"dl", dl},
      {"dt", dt},
      {"em", em},
      {"i", i},
      {"fieldset", fieldset},
      {"figcaption", figcaption},
      {"figure", figure},
      {"footer", footer},
      {"form", form},
      {"frame", frame},
      {"frameset", frameset},
      {"h1", h1},
      {"h2", h2},
      {"h3", h3},
      {"h4", h4},
      {"h5", h5},
      {"h6", h6},
      {"head", head},
      {"header", header},
      {"hr", hr},
      {"html", html},
      {"iframe", iframe},
      {"input", input},
      {"label", label},
      {"li", li},
      {"link", link},
      {"main", main},
      {"menu", menu},
      {"meta", meta},
      {"nav", nav},
      {"noscript", noscript},
      {"object", object},
      {"ol", ol},
      {"option", option},
      {"p", p},
      {"pre", pre},
      {"q", q},
      {"script", script},
      {"section", section},
      {"select", select},
      {"span", span},
      {"style", style},
      {"sub", sub},
      {"summary", summary},
      {"sup", sup},
      {"svg", svg},
      {"table", table},
      {"tbody", tbody},
      {"td", td},
      {"textarea", textarea},
      {"tfoot", tfoot},
      {"th", th},
      {"thead", thead},
      {"time", time},
      {"title", title},
      {"tr", tr},
      {"ul", ul},
      {"video", video},
      {"audio", audio},
      {"template", template_},
  };
  const auto found = known.find(name);
  return found == known.end() ? other : found->second;
}

std::optional<attribute> attribute_named(std::string_view lower_case) {
  using enum attribute;
  static const std::unordered_map<std::string_view, attribute> known{
      {"class", class_},
      {"id", id},
      {"role", role},
      {"itemprop", itemprop},
      {"itemtype", itemtype},
      {"rel", rel},
      {"href", href},
      {"datetime", datetime},
      {"http-equiv", http_equiv},
      {"content", content},
      {"name", name},
      {"property", property},
      {"type", type},
      {"lang", lang},
      {"style", style},
      {"hidden", hidden},
      {"aria-hidden", aria_hidden},
      {"title", title},
      {"pubdate", pubdate},
      {"data-time", data_time},
      {"data-date", data_time},
      {"data-datetime", data_time},
      {"data-date-time", data_time},
      {"data-timestamp", data_time},
      {"data-time-stamp", data_time},
      {"data-utime", data_time},
      {"data-unixtime", data_time},
      {"data-seconds", data_time},
      {"data-epoch", data_time},
      {"data-livestamp", data_time},
  };
  const auto found = known.find(lower_case);
  if (found == known.end()) return std::nullopt;
  return found->second;
}

bool is_block(tag t) {
  using enum tag;
  switch (t) {
  case other:
  case a:
  case abbr:
  case cite:
  case code:
  case del:
  case em:
  case i:
  case input:
  case label:
  case q:
  case span:
  case sub:
  case sup:
  case time: return false;
  default: return true;
  }
}

} // namespace vigie::press::html
