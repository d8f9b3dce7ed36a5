// SPDX-License-Identifier: Apache-2.0
// Capital words that no rule knows behind words that say what they are: "a program called X", "two
// carriers of the country, X and Y,", "X is a firm". Inner to find_candidates, which walks over the
// sentence and asks. One thread; each question costs a few words.
#pragma once

#include "unknown_names.hpp"

namespace vigie::press {

class presented_names : protected unknown_names {
protected:
  using unknown_names::unknown_names;

  // The words [first, last) as a thing of the kind that stands before them.
  [[nodiscard]] std::optional<candidate> presented(std::size_t first, std::size_t last) const;

private:
  [[nodiscard]] std::size_t behind_called(std::size_t i) const;
  [[nodiscard]] pick kind_before(std::size_t i, bool described) const;
  [[nodiscard]] pick apposed_kind(std::size_t first, std::size_t last) const;
};

} // namespace vigie::press
