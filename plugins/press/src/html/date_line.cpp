// SPDX-License-Identifier: Apache-2.0
#include "html/date_line.hpp"

#include "html/ascii.hpp"
#include "html/date_text.hpp"
#include "html/lower_text.hpp"

#include <algorithm>

namespace vigie::press::html {
namespace {

constexpr std::size_t most_shown = 200; // bytes of an element

// 04 05 2013 of three elements as 04.05.2013.
std::string joined_numbers(std::string text) {
  if (text.find_first_not_of("0123456789 \t\r\n") != std::string::npos) return text;
  std::string out;
  for (const char c : trim(text))
    if (!is_blank(c))
      out += c;
    else if (out.back() != '.')
      out += '.';
  return out;
}

} // namespace

std::string shown_text(const tree& t, std::uint32_t e, const rules& known, bool month_first) {
  const std::string plain = t.inner_text(e, most_shown);
  if (find_date(lower_text_and_digits(clipped(plain, 300)), known, month_first)) return plain;
  std::string out;
  const element& x = t.elements[e];
  for (std::uint32_t r = x.first_run; r < x.end_run && out.size() < most_shown; ++r) {
    if (r > x.first_run && t.runs[r].element != t.runs[r - 1].element) out += ' ';
    out += t.text_of(t.runs[r]);
  }
  return joined_numbers(std::move(out));
}

std::string line_text(const tree& t, const line& l, std::size_t most) {
  std::string out;
  bool blank = false;
  for (std::uint32_t r = l.first_run; r < l.end_run && out.size() < most; ++r) {
    const std::string_view run = clipped(t.text_of(t.runs[r]), most);
    blank = blank || (r > l.first_run && !out.empty() && !run.empty() && is_digit(run.front()) &&
                      (is_digit(out.back()) || is_letter(out.back())) &&
                      t.runs[r].element != t.runs[r - 1].element);
    for (const char c : run) {
      if (!is_blank(c) && blank && !out.empty()) out += ' ';
      blank = is_blank(c);
      if (!blank) out += c;
    }
  }
  return out;
}

std::string opening_of(std::string_view paragraph, const rules& known) {
  constexpr std::size_t bare = 24, wire = 64;
  const std::string_view head = clipped(paragraph, wire);
  const std::string low = lower_text_and_digits(head);
  const auto date = find_date(low, known, false);
  if (!date) return std::string(clipped(head, bare));
  const std::string_view behind = trim(std::string_view(low).substr(date->end));
  const bool dash = behind.starts_with("-") || behind.starts_with("/") || behind.starts_with("(") ||
                    behind.starts_with("–") || behind.starts_with("—");
  return std::string(dash ? head : clipped(head, bare));
}

bool is_sentence(std::string_view low, const rules& known) {
  constexpr std::ptrdiff_t few = 5; // words beside the date
  low = trim(low);
  if (!low.ends_with(".") && !low.ends_with("!") && !low.ends_with("?")) return false;
  const auto date = find_date(low, known, false);
  if (!date || known.says_published(low) || known.says_modified(low)) return false;
  const std::string_view before = low.substr(0, date->begin), behind = low.substr(date->end);
  const auto blanks =
      std::count(before.begin(), before.end(), ' ') + std::count(behind.begin(), behind.end(), ' ');
  return blanks >= few;
}

} // namespace vigie::press::html
