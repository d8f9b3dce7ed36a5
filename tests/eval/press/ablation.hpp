// SPDX-License-Identifier: Apache-2.0
// Which lines of the language data one document alone needs: each line is taken out in turn and
// all annotated pages are read again. For ./dev eval press --ablation. One thread.
#pragma once

#include "mapping.hpp"
#include "sets.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace vigie::press::eval {

struct needed_line {
  std::string file;     // "fr/units.tsv"
  std::size_t line = 0; // from 1
  std::string text;
  std::string kind;               // as kind_of says
  std::vector<std::string> pages; // whose score changes, by file name
  bool unseen = true;             // no rule was written on these pages
  bool better = false;            // the sum of hits of these pages grows without the line
};

// fact: a line of a gazetteer; word; pattern: with slots; phrase: several words, which may be those
// of one page alone. `file` as "fr/units.tsv", `text` without its line feed.
[[nodiscard]] std::string kind_of(const std::string& file, const std::string& text);

// Lines without which the score of at least one page changes, in the order of the files. `data`:
// the folder of the language folders. Lines that cannot be missing are left out.
[[nodiscard]] std::vector<needed_line> needed_lines(const std::vector<gold_set>& sets,
                                                    const std::filesystem::path& data,
                                                    const mapping& words);

// What people read: the lines that one page alone needs, phrases first, and how many of each kind.
[[nodiscard]] std::string ablation_table(const std::vector<needed_line>& lines);

} // namespace vigie::press::eval
