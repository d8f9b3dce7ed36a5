// SPDX-License-Identifier: Apache-2.0
// The columns of a join's right side that go into its output: copied while the side is delivered,
// since what the host hands over may keep whole chunks of an input alive, then read by all tasks.
// Owned by core.join. take() and seal() by one thread, append() by any.
#pragma once

#include <vigie/component.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace vigie::core {

class join_payload {
public:
  // `fields` as they arrive.
  void start(schema fields);

  // Appends the rows named, ascending, of these columns, one a field. Throws E_RESOURCE where a
  // column inside a list becomes larger than 2 GiB.
  void take(std::span<const column* const> from, std::span<const std::int32_t> rows);
  void seal();

  [[nodiscard]] std::int64_t rows() const { return rows_; }
  // What it takes, at most.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  // Column k of these rows; a row of -1 is null. `some_missing`: whether there is one.
  void append(std::size_t k, std::span<const std::int32_t> rows, bool some_missing,
              builder& to) const;

private:
  schema fields_;
  std::vector<builder> making_;
  std::optional<batch> made_;
  std::int64_t rows_ = 0;
  std::size_t bytes_ = 0;
};

} // namespace vigie::core
