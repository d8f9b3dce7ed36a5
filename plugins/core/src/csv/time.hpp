// SPDX-License-Identifier: Apache-2.0
// Times and dates in the ways that files of separated fields write them. A format is read once, at
// bind; parse() is called for each cell, on any thread, and allocates nothing.
#pragma once

#include "time_format.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::core {

class csv_time {
public:
  // RFC 3339.
  csv_time() = default;
  // Empty: RFC 3339. `epoch_s`, `epoch_ms`, `epoch_us`: a decimal number since
  // 1970-01-01T00:00:00Z. Else a time_format; without %z the time is UTC. Throws
  // vigie::error(E_CONFIG) where the format names no day, or something twice.
  explicit csv_time(const std::string& format);

  // Microseconds since 1970-01-01T00:00:00Z; nothing where the text is no such time, or out of
  // range. What is finer than a microsecond is cut.
  [[nodiscard]] std::optional<std::int64_t> timestamp(std::string_view text) const;
  // Days since 1970-01-01. Without a format, YYYY-MM-DD.
  [[nodiscard]] std::optional<std::int32_t> date(std::string_view text) const;

private:
  std::optional<time_format> form_;
  std::int64_t us_a_unit_ = 0; // of an epoch; 0: none
};

} // namespace vigie::core
