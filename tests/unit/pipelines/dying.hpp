// SPDX-License-Identifier: Apache-2.0
// Commands that write to an output folder and die or fail on purpose: what they may leave, and how
// a user brings them to their end. Used by the tests of what survives.
#pragma once

#include "child.hpp"

#include <map>
#include <string>
#include <vector>

namespace tests {

// A folder in memory where the system has one: a process that dies leaves the same there as on a
// disk, and thousands of deaths cost little.
[[nodiscard]] std::string memory_folder();

// Sanitizers make the start of a process ten times as slow; there tests try every n-th place.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::size_t stride = 11;
#else
inline constexpr std::size_t stride = 1;
#endif

using bytes_by_name = std::map<std::string, std::string>;

// What the user sees of an output folder: all files but the run's own; empty where there is none.
[[nodiscard]] bytes_by_name visible(const workplace& at, const std::string& out);

// Makes a copy of a folder or file in place of `to`; without `from`, `to` goes.
void put_copy(const workplace& at, const std::string& from, const std::string& to);

// One command that writes to a folder.
struct job {
  std::vector<std::string> words;
  std::string out = "out";
  bytes_by_name before = {}; // visible, before it starts
  bytes_by_name after = {};  // visible, once it is done
  // Of its manifest and report, what does not depend on time and machine.
  std::string told = {};
};

[[nodiscard]] bool has_journal(const workplace& at, const job& j);
[[nodiscard]] bool shard_is_done(const workplace& at, const job& j);

// The manifest without its times and, by step, the counted rows of the report.
[[nodiscard]] std::string told_of(const workplace& at, const std::string& out);

// Every visible file is as it was before or as it is to be; nothing that was there is lost, nothing
// else is there. Empty, or what is wrong.
[[nodiscard]] std::string wrong_meanwhile(const workplace& at, const job& j);

// All outputs are there with their bytes, and of the run only its record is left. Empty, or what is
// wrong.
[[nodiscard]] std::string wrong_at_end(const workplace& at, const job& j);

// What a user does after a death: `vigie resume` where there is a journal, the command again where
// there is none and its outputs are not there. Empty, or what is wrong.
[[nodiscard]] std::string bring_to_end(const workplace& at, const job& j);

// The places that the command passes, in their order, as "point:count".
[[nodiscard]] std::vector<std::string> places_of(const workplace& at, const job& j);

// Runs the command, which must die at this place.
[[nodiscard]] ended die_at(const workplace& at, const std::vector<std::string>& words,
                           const std::string& place);

} // namespace tests
