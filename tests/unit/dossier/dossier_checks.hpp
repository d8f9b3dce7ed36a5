// SPDX-License-Identifier: Apache-2.0
// Looking at pages of a dossier: cells of the table of claims, links to bytes and the passages they
// lead to. One thread.
#pragma once

#include "catch.hpp"
#include "dossier_sample.hpp"
#include "html_check.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier_test {

using texts = std::vector<std::string>;

inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

inline checked_page checked(const std::string& html) {
  checked_page p = check(html);
  INFO(p.fault);
  REQUIRE(p.fault.empty());
  return p;
}

template <class F> checked_page checked(const std::vector<named_cells>& rows, F&& set) {
  return checked(page_of(table_of(rows), set));
}
inline checked_page checked(const std::vector<named_cells>& rows) { return checked(page_of(rows)); }

inline std::string text_of(const checked_page& p, const std::string& id) {
  for (const element& e : p.elements)
    if (const auto found = e.attributes.find("id"); found != e.attributes.end())
      if (found->second == id) return e.text;
  return "no element " + id;
}

// The texts of the cells of one column of the table of claims.
inline texts cells_of(const checked_page& p, const std::string& column) {
  texts out;
  for (const element& e : p.elements) {
    const auto name = e.attributes.find("data-c");
    const bool fits = name != e.attributes.end() && name->second == column;
    if (fits && (e.name == "td" || (e.name == "th" && e.attributes.at("scope") == "row")))
      out.push_back(e.text);
  }
  return out;
}

inline texts byte_links(const checked_page& p) {
  texts out;
  for (const element& e : p.all("a", "bytes")) out.push_back(e.attributes.at("href").substr(1));
  return out;
}

// A cited passage without the numbers of those that quote it.
inline std::string passage(const checked_page& p, const std::string& id) {
  std::string text = text_of(p, id);
  for (const std::string_view kind : {"Énoncé ", "Affirmation "})
    text = text.substr(0, text.find(kind));
  while (text.ends_with(", ")) text.resize(text.size() - 2);
  return text;
}

} // namespace dossier_test
