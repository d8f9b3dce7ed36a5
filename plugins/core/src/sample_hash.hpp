// SPDX-License-Identifier: Apache-2.0
// What samples are drawn by: a number for each place in the inputs, the same on every machine and
// in every run, however the input is cut. Called by core.sample and core.sample_rows. Any thread.
#pragma once

#include "splitmix.hpp"

#include <vigie/component.hpp>

#include <cstdint>

namespace vigie::core {

[[nodiscard]] constexpr std::uint64_t sample_hash(std::int64_t seed, std::int64_t file,
                                                  std::int64_t offset) {
  const auto bits = [](std::int64_t v) { return static_cast<std::uint64_t>(v); };
  return scramble(scramble(scramble(bits(seed)) ^ bits(file)) ^ bits(offset));
}

// Origins of a batch, as binding::origin() gives them.
class row_places {
public:
  explicit row_places(const column& origin)
      : origin_(origin), offset_(origin.child(0)), file_(origin.child(2)) {}
  // -1: the row comes from no input.
  [[nodiscard]] std::int64_t file(std::int64_t row) const {
    return origin_.is_null(row) ? -1 : file_.integer(origin_.child_row(row));
  }
  [[nodiscard]] std::int64_t offset(std::int64_t row) const {
    return offset_.integer(origin_.child_row(row));
  }

private:
  const column& origin_;
  column offset_, file_;
};

} // namespace vigie::core
