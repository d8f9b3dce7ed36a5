// SPDX-License-Identifier: Apache-2.0
// The named functions of the expression language that compute one row from present arguments: a
// null argument gives null. Found by the typer, run by the evaluator. The table is constant; a
// function runs on any thread.
#pragma once

#include "typed.hpp"

#include <cstdint>
#include <span>

namespace vigie::core::expr {

// The reason of the first failure, kept only while a single row is explained.
struct fault_log {
  bool wanted = false;
  std::string first = {};
};

// One call over the rows of a chunk. `states` holds the worst status of the arguments; the function
// computes the live rows and may change their status.
struct call_frame {
  std::size_t rows;
  const std::uint8_t* active; // null: all
  std::span<const vec> args;
  const typed& node;
  std::uint8_t* states;
  void* out;
  text_arena& texts;
  fault_log& log;

  [[nodiscard]] bool live(std::size_t row) const {
    return states[row] == present && (active == nullptr || active[row] != 0);
  }
  template <class T> void put(std::size_t row, T value) const { static_cast<T*>(out)[row] = value; }
  // `why` makes the text of the reason; it must not quote values where node.type.sensitive.
  template <class Why> void fail(std::size_t row, Why why) const {
    states[row] = failed;
    if (log.wanted && log.first.empty())
      log.first = why() + " (byte " + std::to_string(node.at) + " of the expression)";
  }
};

// Kinds of arguments: t text, y text or binary, i whole number, n number, m date or timestamp,
// f a field name of date_part (constant text), l list. Results: t i b d as those, s as the first.
struct function {
  std::string_view name;
  std::string_view usage;     // "substr(text, from [, count])"
  std::string_view arguments; // one letter each
  std::size_t least;          // how many must be given
  char result;
  void (*run)(const call_frame&);
};

[[nodiscard]] std::span<const function> functions();
// nullptr: there is none of that name.
[[nodiscard]] const function* find_function(std::string_view name);
// Texts joined, for ||.
[[nodiscard]] const function& join_texts();

// The fields date_part knows; their index is stored in the first argument's value by the typer.
[[nodiscard]] const std::vector<std::string>& date_fields();

} // namespace vigie::core::expr
