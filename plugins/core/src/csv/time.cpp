// SPDX-License-Identifier: Apache-2.0
#include "csv/time.hpp"

#include "common/civil/civil.hpp"

#include <vigie/types.hpp>

#include <limits>

namespace vigie::core {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A decimal number of units: digits, maybe a sign in front and a fraction behind.
std::optional<std::int64_t> epoch(std::string_view text, std::int64_t us_a_unit) {
  const bool minus = text.starts_with('-');
  if (minus) text.remove_prefix(1);
  std::int64_t us = 0;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (__builtin_mul_overflow(us, 10, &us) ||
        __builtin_add_overflow(us, (text[at] - '0') * us_a_unit, &us))
      return {};
  }
  if (at == 0) return {};
  if (at < text.size() && text[at] != '.') return {};
  std::int64_t unit = us_a_unit, part = 0;
  const std::size_t point = at;
  for (++at; at < text.size(); ++at) {
    if (!is_digit(text[at])) return {};
    unit /= 10;
    part += (text[at] - '0') * unit;
  }
  if (point + 1 == text.size()) return {}; // a point and nothing behind it
  if (__builtin_add_overflow(us, part, &us)) return {};
  return minus ? -us : us;
}

} // namespace

csv_time::csv_time(const std::string& format) {
  if (format.empty()) return;
  if (format == "epoch_s") us_a_unit_ = 1'000'000;
  if (format == "epoch_ms") us_a_unit_ = 1'000;
  if (format == "epoch_us") us_a_unit_ = 1;
  if (us_a_unit_ != 0) return;
  form_.emplace(format);
  form_->check_names_day();
}

std::optional<std::int64_t> csv_time::timestamp(std::string_view text) const {
  if (us_a_unit_ != 0) return epoch(text, us_a_unit_);
  if (!form_) return civil::parse_timestamp(text);
  time_format::moment at;
  if (!form_->read(text, at)) return {};
  return at.us;
}

std::optional<std::int32_t> csv_time::date(std::string_view text) const {
  if (!form_ && us_a_unit_ == 0) return civil::parse_date(text);
  const auto us = timestamp(text);
  if (!us) return {};
  const std::int64_t days = civil::floor_divide(*us, civil::us_a_day);
  if (days < std::numeric_limits<std::int32_t>::min() ||
      days > std::numeric_limits<std::int32_t>::max())
    return {};
  return static_cast<std::int32_t>(days);
}

} // namespace vigie::core
