// SPDX-License-Identifier: Apache-2.0
#include "html/raw_date.hpp"

#include "html/ascii.hpp"
#include "html/date_text.hpp"
#include "html/lower_text.hpp"

namespace vigie::press::html {
namespace {

// Behind the quote, the escapes and the colon between a name and its value; npos: no value follows.
std::size_t behind_name(std::string_view page, std::size_t at) {
  bool colon = false;
  for (std::size_t i = at; i < page.size() && i < at + 8; ++i) {
    const char c = page[i];
    if (colon && (is_digit(c) || is_letter(c))) return i;
    if (c != ':' && c != '"' && c != '\\' && !is_blank(c)) return std::string_view::npos;
    colon = colon || c == ':';
  }
  return std::string_view::npos;
}

} // namespace

std::optional<date_candidate> date_in_scripts(std::string_view page, const rules& known) {
  constexpr std::size_t longest_name = 40;
  for (std::size_t at = 0; (at = page.find('"', at)) != std::string_view::npos; ++at) {
    const std::string_view rest = page.substr(at + 1, longest_name);
    const std::string_view name = rest.substr(0, rest.find_first_of("\"\\ <>="));
    if (name.size() < 4 || name.size() == rest.size()) continue;
    const auto rank = known.published_meta(name);
    if (!rank || *rank >= rules::weak_meta) continue;
    const std::size_t value = behind_name(page, at + 1 + name.size());
    if (value == std::string_view::npos) continue;
    std::string_view text = clipped(page.substr(value, longest_name), longest_name);
    text = text.substr(0, text.find_first_of("\"\\,}<"));
    const auto epoch = day_of_epoch(text);
    const auto date = find_date(lower_text(text), known, false);
    if (!epoch && !date) continue;
    return date_candidate{epoch ? *epoch : date->day, 0, std::string(text), "script", -1, {}};
  }
  return std::nullopt;
}

std::optional<date_candidate> date_in_attributes(std::string_view page, const rules& known) {
  constexpr std::string_view prefix = "data-";
  constexpr std::size_t longest = 40;
  for (std::size_t at = 0; (at = page.find(prefix, at)) != std::string_view::npos;) {
    at += prefix.size();
    const std::string_view rest = page.substr(at, longest);
    const std::string_view name = rest.substr(0, rest.find_first_of("= <>\"'"));
    const auto rank = known.published_meta(name);
    if (!rank || *rank >= rules::weak_meta || name.size() + 2 > rest.size()) continue;
    const char quote = rest[name.size() + 1];
    if (rest[name.size()] != '=' || (quote != '"' && quote != '\'')) continue;
    std::string_view text = page.substr(at + name.size() + 2, longest);
    text = trim(text.substr(0, text.find(quote)));
    const auto epoch = day_of_epoch(text);
    const auto date = find_date(lower_text(clipped(text, longest)), known, false);
    if (epoch || date)
      return date_candidate{epoch ? *epoch : date->day, 0,  std::string(clipped(text, longest)),
                            "data attribute",           -1, {}};
  }
  return std::nullopt;
}

} // namespace vigie::press::html
