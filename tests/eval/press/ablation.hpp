// SPDX-License-Identifier: Apache-2.0
// Which lines of the language data one document alone needs: each line is taken out in turn and
// the annotated pages that have its words are read again. For ./dev eval press --ablation. A
// thread for each language.
#pragma once

#include "in_process.hpp"
#include "mapping.hpp"
#include "sets.hpp"

#include <string>
#include <vector>

namespace vigie::press::eval {

struct needed_line {
  std::string file;     // "fr/units.tsv"
  std::size_t line = 0; // from 1
  std::string text;
  std::string kind;                   // as kind_of says
  std::vector<std::string> pages;     // whose score changes, by file name
  bool unseen = true;                 // no rule was written on these pages
  long change = 0;                    // how many faults fewer these pages have without the line
  std::vector<std::string> differs{}; // for people: faults that come (+) and go (-) without it
};

// fact: a line of a gazetteer; word; pattern: with slots; phrase: several words, which may be those
// of one page alone. `file` as "fr/units.tsv", `text` without its line feed.
[[nodiscard]] std::string kind_of(const std::string& file, const std::string& text);

struct ablation_options {
  bool facts = false;      // try lines of gazetteers, too
  bool every_page = false; // read all pages for each line, with all data: slow; gives the same
};

// Lines without which the score of at least one page changes, in the order of the files; one that
// languages share is told once. `files`: the data folder, as read_data gives it. Lines that cannot
// be missing are left out. Throws std::logic_error where a page reads otherwise without the lines
// whose words it lacks: words_of_line is wrong of one then.
[[nodiscard]] std::vector<needed_line> needed_lines(const std::vector<gold_set>& sets,
                                                    data_files files, const mapping& words,
                                                    const ablation_options& options = {});

// The lines that exactly one page needs, which rules were written on.
[[nodiscard]] std::vector<needed_line> of_one_page(const std::vector<needed_line>& lines);

// How many of those are no facts of a gazetteer: none may be.
[[nodiscard]] std::size_t made_for_one_page(const std::vector<needed_line>& lines);

// What people read: those lines, phrases first, and how many of each kind; verbose: what each of
// them changes on its page.
[[nodiscard]] std::string ablation_table(const std::vector<needed_line>& lines,
                                         bool verbose = false);

} // namespace vigie::press::eval
