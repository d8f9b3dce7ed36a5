// SPDX-License-Identifier: Apache-2.0
#include "declared.hpp"

#include "common/civil/civil.hpp"
#include "html/ascii.hpp"
#include "html/lower_text.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace vigie::press::html {
namespace {

using json = simdjson::dom::element;

bool is_word_byte(char c) {
  return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Words and numbers of a lower-case text; of a mark outside ASCII the page's punctuation is made.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  const std::string low = lower_text(text);
  const auto ends_here = [&](std::size_t i) {
    const std::string_view rest = std::string_view(low).substr(i);
    return rest.starts_with("\xE2\x80") || rest.starts_with("\xC2\xA0") ||
           rest.starts_with("\xC2\xAB") || rest.starts_with("\xC2\xBB");
  };
  for (std::size_t i = 0; i < low.size();) {
    if (!is_word_byte(low[i]) || ends_here(i)) {
      i += is_word_byte(low[i]) ? (low[i] == '\xC2' ? 2 : 3) : 1;
      continue;
    }
    const std::size_t from = i;
    while (i < low.size() && is_word_byte(low[i]) && !ends_here(i)) ++i;
    out.push_back(low.substr(from, i - from));
  }
  return out;
}

// Names of authors as a set of words: "Roth, Ida and Max Hahn" is "Ida Roth; Max Hahn".
std::set<std::string> names_of(std::string_view text) {
  static const std::set<std::string> joins{"and", "und", "et",  "y",  "by",
                                           "von", "par", "por", "von"};
  std::set<std::string> out;
  for (std::string& word : words_of(text))
    if (!joins.contains(word)) out.insert(std::move(word));
  return out;
}

std::string text_of_field(const json& expected, const char* key) {
  json value;
  if (expected[key].get(value) != simdjson::SUCCESS) return {};
  std::string_view one;
  if (value.get(one) == simdjson::SUCCESS) return std::string(trim(one));
  std::string out;
  if (value.is_array())
    for (const json each : value.get_array())
      if (each.get(one) == simdjson::SUCCESS) out += (out.empty() ? "" : ", ") + std::string(one);
  return out;
}

// A run of digits, or of letters, of the page.
struct token {
  std::string_view text;
  bool digits = false;
};

struct wanted_day {
  std::string year, month, day, joined;
  std::int64_t number = 0;
  const rules& known;
};

int value_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
  return value;
}

bool is_day(const token& t, const wanted_day& w) {
  return t.digits && t.text.size() <= 2 && value_of(t.text) == value_of(w.day);
}

bool is_month(const token& t, const wanted_day& w) {
  if (!t.digits) return w.known.month(t.text) == value_of(w.month);
  return t.text.size() <= 2 && value_of(t.text) == value_of(w.month);
}

bool is_joined(std::string_view digits, const wanted_day& w) {
  if (digits.size() >= 8 && digits.starts_with(w.joined)) return true;
  if (digits.size() != 10 && digits.size() != 13) return false;
  std::int64_t seconds = 0;
  for (const char c : digits.substr(0, 10)) seconds = seconds * 10 + (c - '0');
  return std::abs(seconds / 86'400 - w.number) <= 1;
}

// Day and month, by two tokens, within a few of the year.
bool near_year(const std::vector<token>& tokens, std::size_t year, const wanted_day& w) {
  constexpr std::size_t reach = 6;
  const std::size_t from = year < reach ? 0 : year - reach;
  const std::size_t to = std::min(tokens.size(), year + reach + 1);
  for (std::size_t d = from; d < to; ++d) {
    if (d == year || !is_day(tokens[d], w)) continue;
    for (std::size_t m = from; m < to; ++m)
      if (m != year && m != d && is_month(tokens[m], w)) return true;
  }
  return false;
}

bool tells(const std::vector<token>& tokens, const wanted_day& w) {
  const std::string_view year = w.year;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const token& t = tokens[i];
    if (!t.digits) continue;
    if (is_joined(t.text, w)) return true;
    const bool is_year =
        t.text == year || t.text == year.substr(2) || t.text == std::string(w.year) + w.month;
    if (is_year && near_year(tokens, i, w)) return true;
    // 2016/0402
    if (t.text == w.month + w.day && i > 0 && tokens[i - 1].text == year) return true;
  }
  return false;
}

std::vector<token> tokens_of(std::string_view low) {
  std::vector<token> out;
  for (std::size_t i = 0; i < low.size();) {
    const std::size_t from = i;
    const bool digits = is_digit(low[i]);
    while (i < low.size() && is_word_byte(low[i]) && is_digit(low[i]) == digits) ++i;
    if (i > from) out.push_back({low.substr(from, i - from), digits});
    if (i == from) ++i;
  }
  return out;
}

} // namespace

bool tells_date(std::string_view page, std::string_view url, std::string_view iso,
                const rules& known) {
  const wanted_day wanted{std::string(iso.substr(0, 4)),
                          std::string(iso.substr(5, 2)),
                          std::string(iso.substr(8, 2)),
                          std::string(iso.substr(0, 4)) + std::string(iso.substr(5, 2)) +
                              std::string(iso.substr(8, 2)),
                          civil::days_of({value_of(iso.substr(0, 4)), value_of(iso.substr(5, 2)),
                                          value_of(iso.substr(8, 2))}),
                          known};
  const std::string low = lower_text(std::string(url) + "\n" + std::string(page));
  // Of markup only its ends part texts, as day, month and year may stand in an element each.
  std::string plain;
  bool in_tag = false;
  for (const char c : low) {
    in_tag = c == '<' || (in_tag && c != '>');
    if (c == '<' || c == '>' || !in_tag) plain += c == '<' || c == '>' ? ' ' : c;
  }
  return tells(tokens_of(low), wanted) || tells(tokens_of(plain), wanted);
}

void declared_score::field::print(const char* name) const {
  const auto part = [](int a, int b) { return b == 0 ? 0.0 : static_cast<double>(a) / b; };
  std::printf("| %-6s | %8d | %.4f | %.4f | %.4f | %7d |\n", name, expected,
              part(2 * right, expected + right + wrong), part(right, right + wrong),
              part(right, expected), unasked);
}

std::string declared_score::add(const json& expected, std::string_view url, std::string_view page,
                                const html_article& found, const rules& known) {
  std::string out;
  const auto file = text_of_field(expected, "file");
  const auto judge = [&](field& f, const char* key, const std::string& value, bool same) {
    const std::string want = text_of_field(expected, key);
    json given;
    if (want.empty()) {
      f.unasked += !value.empty() && expected[key].get(given) == simdjson::SUCCESS ? 1 : 0;
      return;
    }
    ++f.expected;
    if (!value.empty()) ++(same ? f.right : f.wrong);
    if (!same) out += file + "  " + key + "  wanted " + want + ", found " + value + '\n';
  };
  judge(title_, "title", found.title,
        words_of(text_of_field(expected, "title")) == words_of(found.title));
  judge(author_, "author", found.byline,
        names_of(text_of_field(expected, "author")) == names_of(found.byline));
  const std::string date = text_of_field(expected, "date");
  if (date.size() != 10) return out;
  ++dates_;
  if (tells_date(page, url, date, known)) return out;
  ++nowhere_;
  return out + file + "  DATE  " + date + " stands nowhere in the page\n";
}

void declared_score::print() const {
  std::puts("\n| field  | expected | F1     | P      | R      | unasked |\n"
            "|--------|----------|--------|--------|--------|---------|");
  title_.print("title");
  author_.print("author");
  std::printf("%d of %d expected dates stand nowhere in their page\n", nowhere_, dates_);
}

} // namespace vigie::press::html
