// SPDX-License-Identifier: Apache-2.0
// What the data file html.tsv knows of the web: class names and ids by what they hold, phrases of
// page furniture, names of meta elements that date a page, month names by locale. Read once a step,
// then only read: any thread.
#pragma once

#include "text/page/label.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::html {

// What a class or id says of its element: bits of these, and the label of residue.
struct hint {
  bool main = false, lede = false, byline = false, date = false, hidden = false;
  std::optional<label> residue;
};

class rules {
public:
  // Throws std::runtime_error that names the line: a class, a label or a locale that is not known.
  [[nodiscard]] static rules read(std::string_view tsv);

  // Of the value of a class or id attribute, as it stands.
  [[nodiscard]] hint hint_of(std::string_view names) const;
  // The label of a line of furniture, by its beginning or as a whole; blanks are single.
  [[nodiscard]] std::optional<label> line_label(std::string_view line) const;
  // Rank from 0 of a meta name, property or itemprop that says when a page was published or
  // modified; nothing where it does not. From `weak_meta` on, names that some content systems fill
  // in with the day of the last change, or of the request.
  static constexpr int weak_meta = 60;
  [[nodiscard]] std::optional<int> published_meta(std::string_view name) const;
  [[nodiscard]] std::optional<int> modified_meta(std::string_view name) const;
  // 1 to 12 by a month's name or its short form in lower case, without a full stop; 0: none.
  [[nodiscard]] int month(std::string_view word) const;
  // Words before or in the line of a publication date, lower case.
  [[nodiscard]] bool says_published(std::string_view lower_line) const;
  [[nodiscard]] bool says_modified(std::string_view lower_line) const;
  // Whether 4/2/2018 is April, by the page's language tag or else the top-level domain of its URL.
  [[nodiscard]] bool month_first(std::string_view language, std::string_view url) const;
  // The beginning of a byline ("by "), so that it can be taken off; its length in bytes, or 0.
  [[nodiscard]] std::size_t byline_start(std::string_view line) const;
  // Whether a word in lower case stands beside names in a byline and is none: "author", "written".
  [[nodiscard]] bool is_byline_label(std::string_view lower_word) const;
  // Whether a word in lower case leads from the names of a byline to its date: "on", "am".
  [[nodiscard]] bool is_byline_end(std::string_view lower_word) const;
  // Whether a meta element of this name, in lower case, holds an author.
  [[nodiscard]] bool author_meta(std::string_view name) const;

private:
  struct pattern {
    std::string text;
    bool whole = false; // a word of a name
    bool name = false;  // all of a name between blanks
    std::string value;
  };
  void add(std::string_view what, std::string text, std::string value);
  void add_months(const std::string& locale);
  static void apply(const pattern& p, hint& to);

  std::array<std::vector<pattern>, 128> patterns_; // by first character
  std::map<std::string, label, std::less<>> starts_, lines_;
  std::map<std::string, int, std::less<>> published_, modified_, months_;
  std::set<std::string, std::less<>> month_first_; // "en-us", ".gov"
  std::set<std::string, std::less<>> byline_labels_, byline_ends_, author_meta_;
  std::vector<std::string> published_words_, modified_words_, byline_;
};

} // namespace vigie::press::html
