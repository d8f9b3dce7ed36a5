// SPDX-License-Identifier: Apache-2.0
// Finds the input files of a step: literal paths and globs become a list in a fixed order, each
// with the name that origins carry. Called by plan and exec before a run. No thread rules; opens
// each file once to see that it can be read.
#pragma once

#include "base/result.hpp"
#include "io/system.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::io {

struct input {
  std::string path{}; // as it is opened; relative ones start at the current folder
  std::string
      name; // for origins: well-formed UTF-8, never absolute, different for each input of a list
  file_facts facts{}; // at the time of listing; size in bytes
  bool standard_input = false;
};

// One entry a file, in the order of the patterns and in byte order within one. A pattern is "-"
// (standard input), the path of a file, or a glob (glob.hpp); a file that bears a glob's very text
// as its name is taken where the glob fits nothing. A file named twice (the same path after
// removing `.` and doubled slashes) is taken once, in first place; links keep their own names.
// Names are the path below the fixed part of the glob, or the last component of a literal path;
// where two are equal, as many parent folders are put before them as tell them apart. Ill-formed
// bytes of a name are shown as \xff. Errors: input_pattern, input_not_found, input_no_match,
// input_is_folder, input_not_a_file, input_unreadable, input_read_failed; the messages name the
// nearest folder that exists and count its files.
[[nodiscard]] result<std::vector<input>> list_inputs(const std::vector<std::string>& patterns);

// A name for people: ill-formed bytes are shown as \xff.
[[nodiscard]] std::string well_formed(std::string_view bytes);

// Opens the file and checks that it is still the one that was listed. Errors: those of listing,
// input_changed.
[[nodiscard]] result<descriptor> open_input(const input& in);

// Is the open file still as listed? Error: input_changed.
[[nodiscard]] status check_unchanged(const input& in, const descriptor& file);

} // namespace vigie::io
