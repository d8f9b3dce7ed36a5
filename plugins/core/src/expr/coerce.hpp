// SPDX-License-Identifier: Apache-2.0
// Brings the arguments of an operation to types that fit together: gives literals and named values
// the type of what they meet, widens numbers, puts casts in. Called by the typer only; every
// function throws wrong (VIGIE_E_SCHEMA) where the types do not fit. `what` names the operation in
// messages. Works on the trees it is given and nothing else.
#pragma once

#include "meaning.hpp"
#include "typed.hpp"
#include "wrong.hpp"

namespace vigie::core::expr {

[[nodiscard]] constexpr bool is_moment(kind k) { return k == kind::date || k == kind::timestamp; }
[[nodiscard]] constexpr bool is_raw(kind k) { return k == kind::binary || k == kind::fixed_binary; }
[[nodiscard]] constexpr bool is_nested(kind k) { return k == kind::list || k == kind::structure; }
// What a cast can do; the rest is refused when the expression is typed.
[[nodiscard]] bool castable(const field& from, const field& to);

[[noreturn]] void refuse(std::size_t at, std::string message);

[[nodiscard]] inline field plain(kind k) { return {.kind = k}; }
template <class... Args>
[[nodiscard]] typed_ptr make(operation op, kind k, std::size_t at, Args... args) {
  auto out = std::make_unique<typed>();
  out->op = op;
  out->type = plain(k);
  out->at = at;
  (out->args.push_back(std::move(args)), ...);
  return out;
}
// Marks a node sensitive that is made of sensitive columns, and computes one that is constant.
[[nodiscard]] typed_ptr finished(typed_ptr n);

// A loose value becomes one of `target`.
void tighten(typed_ptr& n, const field& target);
// A loose value becomes text.
void settle(typed_ptr& n);
// What is no such value is refused; a loose one becomes one.
void to_number(typed_ptr& n, const std::string& what);
// As to_number, but a loose one beside a decimal becomes such a decimal where its digits allow it.
void to_number_beside(typed_ptr& n, const field& other, const std::string& what);
void to_condition(typed_ptr& n, std::string_view what);
void to_text(typed_ptr& n, const std::string& what);
void to_integer(typed_ptr& n, const std::string& what); // int64

// To a kind the value can always become, but for its range.
void convert(typed_ptr& n, const field& to);
inline void convert(typed_ptr& n, kind to) { convert(n, plain(to)); }
// Integers of any width become int64, but uint64 stays.
void widen(typed_ptr& n);

// Makes all of them one type and returns it. A named value or literal takes the type of the others;
// where they are whole numbers and it has a fraction, all become float64.
field unify(const std::vector<typed_ptr*>& of, const std::string& what);
// Makes two values comparable. Numbers keep their forms: they compare exactly.
void comparable(typed_ptr& a, typed_ptr& b, std::size_t at);
// A loose x takes the type of the first of the others that has one.
void meet_first(typed_ptr& x, std::vector<typed_ptr>& others, std::size_t at);

} // namespace vigie::core::expr
