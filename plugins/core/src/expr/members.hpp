// SPDX-License-Identifier: Apache-2.0
// The constant items of `in`, looked up instead of compared one by one. Filled by the typer, read
// by the evaluator. Immutable while tasks run.
#pragma once

#include "vectors.hpp"

#include <cstdint>
#include <string>

namespace vigie::core::expr {

struct scalar;

struct members {
  std::vector<std::int64_t> integers = {}; // booleans, too
  std::vector<std::uint64_t> naturals = {};
  std::vector<double> reals = {};
  std::vector<std::string> texts = {};
  bool has_null = false;

  // Adds a constant of form `own` for a left side of `form`, brought to that form without loss; a
  // number the left side cannot be equal to is left out.
  void add(rep form, rep own, const scalar& item);
  // Once all are added.
  void sort();
  // Whether x, of `form`, is among them. NaN is found where NaN was added.
  [[nodiscard]] bool contain(rep form, const vec& x, std::size_t row) const;
};

} // namespace vigie::core::expr
