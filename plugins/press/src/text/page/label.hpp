// SPDX-License-Identifier: Apache-2.0
// What a stretch of a page is: text of the article, or one of the kinds of residue that scraping
// leaves in. Read by the lexicon and by read_article. Values only, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::press {

enum class label : std::uint8_t {
  title,
  lede,
  body,
  quote,
  teaser,
  nav,
  image_alt,
  self_promo,
  comment_header,
  comment,
  comment_notice,
  ad_insertion,
  agency_code,
  credits,
  share_counter,
  ticker_label,
  headline_list,
  weather,
  breadcrumb,
  source_line,
  date_line,
  login_box,
  sidebar,
};

inline constexpr std::array<std::string_view, 23> label_names{
    "title",          "lede",      "body",           "quote",
    "teaser",         "nav",       "image_alt",      "self_promo",
    "comment_header", "comment",   "comment_notice", "ad_insertion",
    "agency_code",    "credits",   "share_counter",  "ticker_label",
    "headline_list",  "weather",   "breadcrumb",     "source_line",
    "date_line",      "login_box", "sidebar",
};

[[nodiscard]] constexpr std::string_view label_name(label l) {
  return label_names[static_cast<std::size_t>(l)];
}

[[nodiscard]] constexpr std::optional<label> label_named(std::string_view name) {
  for (std::size_t i = 0; i < label_names.size(); ++i) {
    if (label_names[i] == name) return static_cast<label>(i);
  }
  return std::nullopt;
}

// Whether it is part of the article's own text.
[[nodiscard]] constexpr bool is_kept(label l) {
  return l == label::title || l == label::lede || l == label::body || l == label::quote;
}

} // namespace vigie::press
