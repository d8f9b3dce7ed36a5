// SPDX-License-Identifier: Apache-2.0
#include "dates_agree.hpp"

#include "common/civil/civil.hpp"
#include "mapping.hpp"

#include <algorithm>
#include <cstdlib>

namespace vigie::press::eval {
namespace {

std::int64_t day_number(const std::string& iso) {
  const auto part = [&](std::size_t at, std::size_t n) {
    return std::atoi(iso.substr(at, n).c_str());
  };
  return civil::days_of({part(0, 4), part(5, 2), part(8, 2)});
}

// "P5Y" against an interval of five years, give or take the day at its border.
bool as_long(const std::string& period, const found_date& found) {
  if (period.size() < 3 || period[0] != 'P' || found.from.size() != 10 || found.to.size() != 10) {
    return false;
  }
  char* rest = nullptr;
  const long n = std::strtol(period.c_str() + 1, &rest, 10);
  const char unit = *rest;
  const auto days = day_number(found.to) - day_number(found.from);
  const auto within = [&](long low, long high) { return days >= low - 1 && days <= high + 1; };
  if (n <= 0) return false;
  if (unit == 'Y') return within(365 * n, 366 * n);
  if (unit == 'M') return within(28 * n, 31 * n);
  if (unit == 'W') return within(7 * n, 7 * n);
  return unit == 'D' && within(n, n);
}

} // namespace

bool same_date(const std::string& gold, const found_date& found, const std::string& published) {
  const auto want = same_date(gold);
  const auto have = same_date(found.value);
  if (want == have) return true;
  if (found.text == "(published)") return want.substr(0, 10) == have.substr(0, 10);
  if (want.size() == 10 && found.from == want && found.to == want) return true;
  if (want.size() == 21 && want[10] == '/') return found.from + "/" + found.to == want;
  const bool open = !published.empty() && found.to == published;
  if (open && (have.starts_with(want + "/") || found.from == want)) return true;
  if (have.starts_with("publication") && want[0] == 'P' && have.ends_with(want)) return true;
  return as_long(want, found);
}

bool agrees(const gold_date& gold, const found_date& found, const std::string& published) {
  const auto& accept = gold.sure.accept;
  return same_date(gold.value, found, published) ||
         std::any_of(accept.begin(), accept.end(),
                     [&](const std::string& value) { return same_date(value, found, published); });
}

} // namespace vigie::press::eval
