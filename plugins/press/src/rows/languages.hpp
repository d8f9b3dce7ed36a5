// SPDX-License-Identifier: Apache-2.0
// Which language's words a step reads a page with: the parameter `language` of every press step
// that needs words. Knows no language by name: data/languages.tsv lists the folders there are.
// Bound once, then any thread may ask; words are read when the first page of their language comes.
#pragma once

#include "rows/data_of_languages.hpp"

#include <vigie/vigie.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

class languages {
public:
  located_text language{"fr"}; // a folder, or "auto"
  column_name column{"language"};

  // Adds the parameters `language` and `language_column`.
  void params(vigie::params& p);
  // The same without the column, for a step that guesses itself.
  void params_guessed(vigie::params& p);

  // Throws where `language` names no folder, where the words of that folder are wrong, and where
  // `auto` finds no column.
  void bind(binding& b, const host_services& host);
  void bind_guessed(const host_services& host);

  [[nodiscard]] bool guesses() const { return language.value == "auto"; }
  // The folder of row i's language, without its words being read; null once the row is rejected
  // because there is none.
  [[nodiscard]] const std::string* folder_of_row(const batch& rows, std::int64_t i,
                                                 output& out) const;
  // The words of such a folder.
  [[nodiscard]] const lexicon& of_folder(std::string_view folder) const {
    return words_.of(folder);
  }
  // The words to read row i with; null once the row is rejected because its language has none.
  [[nodiscard]] const lexicon* of_row(const batch& rows, std::int64_t i, output& out) const;
  // The words of a code such as "fr" or "fr-CA"; null where no folder has them.
  [[nodiscard]] const lexicon* of_code(std::string_view code) const;
  // "the language is 'xx', and there are words of en and fr"
  [[nodiscard]] std::string missing(std::string_view code) const;

private:
  [[nodiscard]] std::string listed() const;
  [[nodiscard]] const std::string* folder_of_code(std::string_view code) const;

  std::vector<std::string> folders_;
  need column_;
  const lexicon* fixed_ = nullptr;
  data_of_languages<lexicon> words_{"the words"};
};

} // namespace vigie::press
