// SPDX-License-Identifier: Apache-2.0
// Saved HTML pages as a scraper would write them down, and what the reader of scraped text keeps
// of that. Called by vigie_eval_html --scraped. One thread; a reader keeps the lexicons it opened.
#pragma once

#include "text/page/article.hpp"

#include <map>
#include <string>
#include <string_view>

namespace vigie::press {

// The page's title, an empty line, then all its visible text: a line ends where a block or a line
// break does, an empty line stands where a paragraph, heading, list, table or section begins or
// ends. No markup, and nothing of scripts and styles.
[[nodiscard]] std::string scraped_text(std::string_view page);

class scraped_reader {
public:
  explicit scraped_reader(std::string data) : data_(std::move(data)) {}

  // As press.article reads it with `language: auto`; a page in a language without a folder, which
  // press.article rejects, is read without any words.
  [[nodiscard]] article read(std::string_view text, const std::string& language);
  // Whether there are words of the language.
  [[nodiscard]] bool knows(const std::string& language) const;

private:
  const lexicon& words_of(const std::string& language);

  std::string data_; // folder
  std::map<std::string, lexicon> words_;
};

} // namespace vigie::press
