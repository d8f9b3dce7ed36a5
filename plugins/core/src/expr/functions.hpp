// SPDX-License-Identifier: Apache-2.0
// The named functions of the expression language that compute one row from present arguments: a
// null argument gives null. Found by the typer, run by the evaluator. The table is constant; a
// function runs on any thread.
#pragma once

#include "typed.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
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
  void null(std::size_t row) const { states[row] = absent; }
  [[nodiscard]] std::string_view text(std::size_t arg, std::size_t row) const {
    return args[arg].at<std::string_view>(row);
  }
  [[nodiscard]] std::int64_t whole(std::size_t arg, std::size_t row) const {
    return args[arg].at<std::int64_t>(row);
  }
  // What the function's `prepare` made.
  template <class T> [[nodiscard]] const T& prepared() const {
    return *static_cast<const T*>(node.prepared.get());
  }
  // `why` makes the text of the reason; it must not quote values where node.type.sensitive.
  template <class Why> void fail(std::size_t row, Why why) const {
    states[row] = failed;
    if (log.wanted && log.first.empty())
      log.first = why() + " (byte " + std::to_string(node.at) + " of the expression)";
  }
};

using argument_list = std::vector<typed_ptr>;

// Kinds of arguments: t text, y text or binary, i whole number, n number, r number as float64,
// m date or timestamp, u timestamp (a date is its midnight), f a field name of date_part,
// c constant text, k constant whole number, l list, a address. A * at the end: the kind before it
// may be given any number of times. Results: t i b as those, r float64, d date, u timestamp,
// y binary, j text that is JSON, s of the kind of the first, a of its type.
struct function {
  std::string_view name;
  std::string_view usage;     // "substr(text, from [, count])"
  std::string_view arguments; // one letter each
  std::size_t least;          // how many must be given
  char result;
  void (*run)(const call_frame&);
  // Made once when the expression is typed, from the constants among the arguments (a pattern, a
  // time zone, networks), and shared by all tasks. Throws wrong.
  std::shared_ptr<const void> (*prepare)(const argument_list&) = nullptr;

  [[nodiscard]] bool is_variadic() const { return arguments.ends_with('*'); }
  [[nodiscard]] std::size_t most() const {
    constexpr std::size_t most_given = 4096;
    return is_variadic() ? most_given : arguments.size();
  }
  [[nodiscard]] char argument(std::size_t i) const {
    return is_variadic() ? arguments[std::min(i, arguments.size() - 2)] : arguments[i];
  }
};

template <class Work> void each_live(const call_frame& f, Work&& work) {
  for (std::size_t row = 0; row < f.rows; ++row)
    if (f.live(row)) work(row);
}

// The tables, one a subject; functions() has all of them.
[[nodiscard]] std::span<const function> text_functions();
[[nodiscard]] std::span<const function> code_functions();
[[nodiscard]] std::span<const function> pattern_functions();
[[nodiscard]] std::span<const function> number_functions();
[[nodiscard]] std::span<const function> time_functions();
[[nodiscard]] std::span<const function> json_functions();
[[nodiscard]] std::span<const function> address_functions();

[[nodiscard]] const std::vector<function>& functions();
// nullptr: there is none of that name.
[[nodiscard]] const function* find_function(std::string_view name);
// Texts joined, for ||.
[[nodiscard]] const function& join_texts();

// The fields date_part knows; their index is stored in the first argument's value by the typer.
[[nodiscard]] const std::vector<std::string>& date_fields();

} // namespace vigie::core::expr
