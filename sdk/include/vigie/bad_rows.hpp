// SPDX-License-Identifier: MIT-0
// Where an aggregate's task puts bad rows of a batch, where it has `update(const batch&,
// bad_rows&)`. One thread; valid for the call it was handed to.
#pragma once

#include "component.hpp"

#pragma GCC visibility push(hidden)
namespace vigie {

class bad_rows {
public:
  explicit bad_rows(const vigie_rows* to) : to_(to) {}
  // The row goes to the step's error port; update takes nothing of it. Once a row.
  void reject(std::int64_t in_row, std::string_view column, std::string_view why) {
    to_->reject(to_->ctx, in_row, VIGIE_E_DATA, detail::str(column), detail::str(why));
  }

private:
  const vigie_rows* to_;
};

} // namespace vigie
#pragma GCC visibility pop
