// SPDX-License-Identifier: Apache-2.0
// Two numbers that the text joins: ranges ("between 10 and 20", "10-20", "10 to 20 servers") are
// one figure with two ends, "from 10 to 20 servers" is two figures of one unit, for it may tell of
// a growth. Inner to figures.cpp; for one thread.
#pragma once

#include "figure_numbers.hpp"

#include <optional>
#include <vector>

namespace vigie::press {

struct figure_pair {
  std::vector<figure_mention> figures; // one or two
  std::optional<unit_found> unit;
  std::size_t end = 0; // the token behind
};

// What the number `low` at token `first` is one end of.
[[nodiscard]] std::optional<figure_pair>
figure_pair_at(const figure_numbers& numbers, std::size_t first, const counted_number& low);

} // namespace vigie::press
