// SPDX-License-Identifier: Apache-2.0
// The tree of an expression whose columns and types are known: what the evaluator runs. Made by
// the typer, constant parts already computed. Immutable afterwards and shared by all tasks.
#pragma once

#include "like.hpp"
#include "members.hpp"
#include "syntax.hpp"
#include "vectors.hpp"

#include <cstdint>

namespace vigie::core::expr {

struct function;

enum class operation : std::uint8_t {
  constant,   // value
  column,     // slot: index among the columns of the batch
  earlier,    // slot: index among the expressions computed before
  negate,     // integer or real
  invert,     // not
  arithmetic, // symbol; both integer or both real
  compare,    // cmp; numbers of any form, or both alike
  all_of,
  any_of,
  is_null,   // negated
  is_truth,  // flag; negated
  distinct,  // negated
  in_list,   // x, then items that are no constants; members; negated
  between,   // x, low, high; negated
  like,      // x, pattern [, escape]; pattern where constant; flag: ilike; negated
  choose,    // c1, r1, ..., else
  choose_of, // x, v1, r1, ..., else
  coalesce,
  nullif,
  extreme, // flag: greatest
  concat,  // of texts, nulls left out
  cast,    // to `type`; flag: null instead of a failure
  call,    // fn
  member,  // slot: index of the child
  element
};

// One value. Its address is what a constant's vec points at.
struct scalar {
  std::uint8_t state = absent;
  union {
    std::uint8_t boolean;
    std::int64_t integer = 0;
    std::uint64_t natural;
    double real;
  };
  std::string text = {};
  std::string_view view = {}; // of `text`

  void set_text(std::string t) {
    state = present;
    text = std::move(t);
    view = text;
  }
};

struct typed {
  operation op = operation::constant;
  field type = {};    // name is empty
  std::size_t at = 0; // byte of the expression
  bool flag = false, negated = false;
  bool loose = false; // a text literal, named value or null whose type follows from its use
  bool named = false; // came from a named value
  char symbol = 0;
  comparison cmp = comparison::equal;
  std::size_t slot = 0;
  const function* fn = nullptr;
  scalar value = {};
  std::unique_ptr<like_pattern> pattern = {};
  std::unique_ptr<members> set = {};
  std::shared_ptr<const void> prepared = {}; // by the function
  std::vector<std::unique_ptr<typed>> args = {};

  [[nodiscard]] rep form() const { return rep_of(type.kind); }
  [[nodiscard]] bool is_constant() const { return op == operation::constant; }
};

using typed_ptr = std::unique_ptr<typed>;

} // namespace vigie::core::expr
