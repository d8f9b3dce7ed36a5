// SPDX-License-Identifier: Apache-2.0
// Cases of core.read_csv as data (tests/data/csv): each a name, parameters, an input and what comes
// out of it. A case is a block of lines:
//   = name
//   with KEY=VALUE ...                parameters; escapes as in `in`
//   columns NAME[@FROM|#INDEX][:TYPE[:FORMAT]][!] ...   with ! required, TYPE[] a list
//   in TEXT                           \n \r \t \0 \s \\ \xHH are bytes; several lines are joined
//   row CELLS | err OFFSET+LENGTH COLUMN: WHY (its begin) | throws WHY (a part)
#pragma once

#include "read_csv.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace vigie::core::tests {

struct csv_case {
  std::string name = {}, with = {}, columns = {}, input = {}, throws = {};
  std::vector<std::string> rows = {}, errors = {};
};

inline std::string unescaped(std::string_view text) {
  constexpr std::string_view letters = "nrt0s\\", bytes{"\n\r\t\0 \\", 6};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char letter = text[++i];
    if (letter == 'x') {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += bytes[letters.find(letter)];
    }
  }
  return out;
}

inline std::vector<csv_case> csv_cases(const std::string& path) {
  std::vector<csv_case> cases;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const std::string word = line.substr(0, line.find(' '));
    const std::string rest = word.size() < line.size() ? line.substr(word.size() + 1) : "";
    if (word == "=") cases.emplace_back().name = rest;
    if (word == "with") cases.back().with = rest;
    if (word == "columns") cases.back().columns = rest;
    if (word == "in") cases.back().input += unescaped(rest);
    if (word == "row") cases.back().rows.push_back(rest);
    if (word == "err") cases.back().errors.push_back(rest);
    if (word == "throws") cases.back().throws = rest;
  }
  return cases;
}

inline csv_column_params column_of(std::string text) {
  csv_column_params c;
  const auto cut = [&text](char mark) {
    const std::size_t at = text.find(mark);
    std::string behind = at == std::string::npos ? "" : text.substr(at + 1);
    text.erase(std::min(at, text.size()));
    return behind;
  };
  if (text.ends_with('!')) {
    c.required = true;
    text.pop_back();
  }
  std::string type = cut(':');
  if (!type.empty()) {
    const std::size_t colon = type.find(':');
    if (colon != std::string::npos) c.format = unescaped(type.substr(colon + 1));
    type.erase(std::min(colon, type.size()));
    c.list = type.ends_with("[]");
    if (c.list) type.resize(type.size() - 2);
    c.type = type;
  }
  if (c.type == "decimal") c.scale = std::stoi(std::exchange(c.format, ""));
  if (text.find('#') != std::string::npos) c.index = std::stoi(cut('#'));
  c.from = unescaped(cut('@'));
  c.name = text;
  return c;
}

inline void apply(read_csv& to, const csv_case& from) {
  std::istringstream columns(from.columns), with(from.with);
  for (std::string text; columns >> text;) to.fields.push_back(column_of(text));
  for (std::string text; with >> text;) {
    const std::size_t mark = text.find('=');
    const std::string key = text.substr(0, mark), value = unescaped(text.substr(mark + 1));
    if (key == "delimiter") to.delimiter = value;
    if (key == "quote") to.quote = value;
    if (key == "escape") to.escape = value;
    if (key == "comment") to.comment = value;
    if (key == "header") to.header = value == "yes";
    if (key == "trim") to.trim = value == "yes";
    if (key == "decimal_comma") to.decimal_comma = value == "yes";
    if (key == "skip") to.skip = std::stoi(value);
    if (key == "width") to.width = std::stoi(value);
    if (key == "newlines") to.newlines = value;
    if (key == "quotes") to.quotes = value;
    if (key == "raw") to.raw = value;
    if (key == "dialect") to.dialect = value;
    if (key == "null") {
      if (!to.nulls) to.nulls.emplace();
      to.nulls->push_back(value);
    }
  }
}

} // namespace vigie::core::tests
