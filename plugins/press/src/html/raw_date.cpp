// SPDX-License-Identifier: Apache-2.0
#include "html/raw_date.hpp"

#include "html/ascii.hpp"
#include "html/date_text.hpp"
#include "html/lower_text.hpp"

#include <array>

namespace vigie::press::html {
namespace {

// A quote as scripts and attributes write it: bare, escaped, or as a reference.
constexpr std::array<std::string_view, 6> quotes{"\\\"", "&quot;", "&#34;", "&#39;", "\"", "'"};

bool take_quote(std::string_view& s) {
  for (const std::string_view q : quotes)
    if (s.starts_with(q)) {
      s.remove_prefix(q.size());
      return true;
    }
  return false;
}

bool drop_quote(std::string_view& s) {
  for (const std::string_view q : quotes)
    if (s.ends_with(q)) {
      s.remove_suffix(q.size());
      return true;
    }
  return false;
}

bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.'; }

// The name of a member that ends where `before` ends; empty where none does. Without quotes only
// one that begins a member, as in {publishedAt: '2016-04-02'}.
std::string_view name_before(std::string_view before) {
  constexpr std::size_t least = 4, most = 40;
  while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
  const bool quoted = drop_quote(before);
  std::size_t size = 0;
  while (size < before.size() && size <= most && is_name(before[before.size() - 1 - size])) ++size;
  if (size < least || size > most) return {};
  const std::string_view name = before.substr(before.size() - size);
  before.remove_suffix(size);
  if (quoted) return drop_quote(before) ? name : std::string_view();
  while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
  return before.ends_with('{') || before.ends_with(',') ? name : std::string_view();
}

// The value of a member whose colon ends before `behind`: a text in quotes, or a number.
std::string_view value_behind(std::string_view behind) {
  constexpr std::size_t most = 48;
  behind = trim(clipped(behind, most));
  const bool quoted = take_quote(behind);
  if (behind.empty() || (!quoted && !is_digit(behind[0]))) return {};
  return behind.substr(0, behind.find_first_of("\"'\\,}<&"));
}

} // namespace

std::optional<date_candidate> date_in_scripts(std::string_view page, const rules& known) {
  constexpr std::size_t reach = 60; // of a name, its quotes and blanks
  for (std::size_t at = 0; (at = page.find(':', at)) != std::string_view::npos; ++at) {
    const std::string_view text = value_behind(page.substr(at + 1));
    if (text.empty()) continue;
    const std::size_t from = at < reach ? 0 : at - reach;
    const std::string_view name = name_before(page.substr(from, at - from));
    const auto rank = name.empty() ? std::nullopt : known.published_meta(name);
    if (!rank || *rank >= rules::weak_meta) continue;
    const auto epoch = day_of_epoch(text);
    const auto date = find_date(lower_text_and_digits(text), known, false);
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
