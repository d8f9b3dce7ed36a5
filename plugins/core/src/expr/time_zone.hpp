// SPDX-License-Identifier: Apache-2.0
// A time zone as the moments at which its offset from UTC changes: taken from ICU's copy of the
// IANA time zone database when an expression is typed, so that no zone, locale or file of the
// process matters while tasks run. Made by the typer's functions, read by all tasks; immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core::expr {

class time_zone {
public:
  // A name of the database such as Asia/Shanghai, or UTC, GMT, Z, or +hh:mm. Throws wrong, with
  // `at` as its byte.
  time_zone(std::string_view name, std::size_t at);

  // Microseconds from `from` on, before `to`, that have one offset (microseconds east of UTC).
  struct stretch {
    std::int64_t from = 1, to = 0, offset = 0;
    [[nodiscard]] bool has(std::int64_t us) const { return us >= from && us < to; }
  };
  [[nodiscard]] stretch at(std::int64_t us) const;

  // The moment a clock of this zone shows as `local` (microseconds, as if they were UTC). Shown
  // twice: the later one. Never shown: as if the clock had not been put forward (PostgreSQL does
  // both). false: beyond int64.
  [[nodiscard]] bool to_utc(std::int64_t local, std::int64_t& us) const;

  [[nodiscard]] const std::string& name() const { return name_; }

private:
  void read(std::string_view name, std::size_t at);

  std::string name_;
  std::vector<std::int64_t> changes_; // ascending, to the year 2800
  std::vector<std::int64_t> offsets_; // one more: before the first, behind each
};

} // namespace vigie::core::expr
