// SPDX-License-Identifier: Apache-2.0
// Which pages a line of the language data can matter on: those that have the words it is written
// with. For the ablation, which need not read the others. Values; any thread.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::eval {

// A line can match where one of the lists is there as a whole. Each holds beginnings of words,
// folded as the engine folds them: of a verb its stem, of other words all that no bracket leaves
// out. An empty list is there everywhere: slots alone, endings, signs.
using line_words = std::vector<std::vector<std::string>>;

// `file` as "fr/units.tsv", `text` a line of it without its line feed. Files and classes that are
// not known can matter everywhere.
[[nodiscard]] line_words words_of_line(std::string_view file, std::string_view text);

class page_words {
public:
  // Adds the words of the text: the page, and its body, where words that residue cut are whole.
  void add(std::string_view text);
  [[nodiscard]] bool may_have(const line_words& line) const;
  [[nodiscard]] bool has_start(const std::string& start) const;

private:
  std::set<std::string, std::less<>> words_;
};

// That a word stands in any line at all that names and events are read with matters, too: other
// capital words are names that no list knows. Counts the lines that make a word known.
class known_words {
public:
  // `file` as for words_of_line; lines that dates, figures and labels are read with count nothing.
  void add(std::string_view file, const line_words& line);
  // Whether it has a word of the page that fewer than two of the lines added have: asked of a line
  // among them, that it is the only one; of another, that leaving one out would change what is
  // known.
  [[nodiscard]] bool in_few(std::string_view file, const line_words& line,
                            const page_words& page) const;

private:
  std::map<std::string, std::size_t, std::less<>> lines_;
};

} // namespace vigie::press::eval
