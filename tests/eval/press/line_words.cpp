// SPDX-License-Identifier: Apache-2.0
#include "line_words.hpp"

#include "text/words/tokens.hpp"

#include <algorithm>
#include <array>

namespace vigie::press::eval {
namespace {

using fields = std::vector<std::string_view>;

fields split(std::string_view text, char by) {
  fields out;
  for (std::size_t from = 0;;) {
    const auto at = std::min(text.find(by, from), text.size());
    out.push_back(text.substr(from, at - from));
    if (at == text.size()) return out;
    from = at + 1;
  }
}

// What they hold is no word of a page: parts of words, signs, and what other lines are built with.
constexpr std::array<std::string_view, 9> no_words{
    "capital",   "future_ending", "group",    "decimal",   "plural",
    "modifiers", "day_suffix",    "paradigm", "reflexive",
};

// The fields that hold phrases.
std::vector<std::size_t> phrase_fields(std::string_view file, const fields& cells) {
  static constexpr std::array<std::string_view, 9> first_field{
      "time.tsv",  "numbers.tsv", "units.tsv",   "page.tsv",   "agencies.tsv",
      "heads.tsv", "roles.tsv",   "grammar.tsv", "speech.tsv",
  };
  const auto line_class = cells.front();
  if (std::ranges::find(no_words, line_class) != no_words.end()) return {};
  // That a language has some matters, too: it then tells subjects of pages apart.
  if (line_class == "context" && cells.size() > 1 && cells[1] == "field") return {};
  const auto name = file.substr(file.rfind('/') + 1);
  if (name == "names.tsv") return {2};
  if (name == "places.tsv") return {2, 3};
  if (name == "triggers.tsv") return {line_class == "context" ? std::size_t{2} : std::size_t{1}};
  if (std::ranges::find(first_field, name) != first_field.end()) return {1};
  return {};
}

// The expression with blanks for what need not be there: optional parts, endings, slots, and of a
// verb its paradigm.
std::string literals(std::string_view expression) {
  std::string out;
  int depth = 0;
  bool paradigm = false;
  for (const char c : expression) {
    if (c == ']' || c == ')' || c == '}') --depth;
    paradigm = c == '+' || (paradigm && c != ' ');
    const bool sign = std::string_view("[](){}<>~?").find(c) != std::string_view::npos;
    out += depth > 0 || paradigm || sign ? ' ' : c;
    if (c == '[' || c == '(' || c == '{') ++depth;
  }
  return out;
}

std::vector<std::string> starts_of(std::string_view expression) {
  const auto text = literals(expression);
  std::vector<std::string> out;
  for (const auto& t : tokenize(text)) {
    if (t.kind == token_kind::word) out.emplace_back(std::string_view(t.fold));
  }
  return out;
}

// The tables that reading_rules is made of.
bool makes_known(std::string_view file) {
  static constexpr std::array<std::string_view, 7> tables{
      "names.tsv",   "places.tsv", "heads.tsv",   "roles.tsv",
      "grammar.tsv", "speech.tsv", "triggers.tsv"};
  return std::ranges::find(tables, file.substr(file.rfind('/') + 1)) != tables.end();
}

} // namespace

line_words words_of_line(std::string_view file, std::string_view text) {
  const auto cells = split(text, '\t');
  line_words out;
  for (const auto field : phrase_fields(file, cells)) {
    if (field >= cells.size()) continue;
    for (const auto one : split(cells[field], ';')) {
      if (one.empty()) continue;
      out.push_back(starts_of(one));
      // The verb of "extend+reg sanctions" is known as one wherever it stands.
      if (cells.front() == "verb" && one.front() != '+' && out.back().size() > 1)
        out.back().resize(1);
    }
  }
  if (out.empty()) out.emplace_back();
  return out;
}

void page_words::add(std::string_view text) {
  for (const auto& t : tokenize(text)) {
    if (t.kind == token_kind::word) words_.emplace(std::string_view(t.fold));
  }
}

bool page_words::has_start(const std::string& start) const {
  const auto at = words_.lower_bound(start);
  return at != words_.end() && at->starts_with(start);
}

bool page_words::may_have(const line_words& line) const {
  return std::ranges::any_of(line, [&](const auto& starts) {
    return std::ranges::all_of(starts, [&](const auto& s) { return has_start(s); });
  });
}

void known_words::add(std::string_view file, const line_words& line) {
  if (!makes_known(file)) return;
  std::set<std::string_view> once;
  for (const auto& starts : line) once.insert(starts.begin(), starts.end());
  for (const auto start : once) ++lines_[std::string(start)];
}

bool known_words::in_few(std::string_view file, const line_words& line,
                         const page_words& page) const {
  return makes_known(file) && std::ranges::any_of(line, [&](const auto& starts) {
           return std::ranges::any_of(starts, [&](const auto& s) {
             const auto at = lines_.find(s);
             return (at == lines_.end() || at->second < 2) && page.has_start(s);
           });
         });
}

} // namespace vigie::press::eval
