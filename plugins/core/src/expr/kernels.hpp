// SPDX-License-Identifier: Apache-2.0
// The inner loops of the evaluator: one operation over the rows of a chunk, all of them, whatever
// their status; garbage in rows that are not present gives garbage there and nothing else.
// Called by the evaluator. Stateless; any thread.
#pragma once

#include "syntax.hpp"
#include "vectors.hpp"

#include <cstdint>
#include <string_view>

namespace vigie::core::expr {

// Calls work.template operator()<T>() with the type behind `form`.
template <class Work> void with_type(rep form, Work&& work) {
  switch (form) {
  case rep::boolean: return work.template operator()<std::uint8_t>();
  case rep::integer: return work.template operator()<std::int64_t>();
  case rep::natural: return work.template operator()<std::uint64_t>();
  case rep::real: return work.template operator()<double>();
  case rep::text: return work.template operator()<std::string_view>();
  case rep::nested: return work.template operator()<nested_cell>();
  }
}

// out[i] = 1 where a cmp b. The forms are both numbers, or alike and not nested.
void compare_rows(comparison cmp, rep a_form, const vec& a, rep b_form, const vec& b,
                  std::size_t rows, std::uint8_t* out);

// out[i] = 1 where the text of row first + i is `value`. The column's layout is that of views; rows
// that are null give anything.
void equal_rows(const column& c, std::size_t first, std::string_view value, std::size_t rows,
                std::uint8_t* out);

// The same for decimals and whole numbers, exactly. `scale`: digits behind the point, -1 for whole.
struct scaled_form {
  rep form;
  int scale;
};
void compare_decimals(comparison cmp, scaled_form a_form, const vec& a, scaled_form b_form,
                      const vec& b, std::size_t rows, std::uint8_t* out);

// + - * on int64, / and % toward zero. faults[i] is set to 1 where the result is out of range or
// the divisor 0, and out[i] is then undefined. true: there is such a row.
bool integer_rows(char symbol, const vec& a, const vec& b, std::size_t rows, std::int64_t* out,
                  std::uint8_t* faults);
// + - * / on float64. A fault is a divisor 0 (unless the dividend is NaN) and an infinite result
// of finite numbers.
bool real_rows(char symbol, const vec& a, const vec& b, std::size_t rows, double* out,
               std::uint8_t* faults);

} // namespace vigie::core::expr
