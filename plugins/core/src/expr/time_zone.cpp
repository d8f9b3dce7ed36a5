// SPDX-License-Identifier: Apache-2.0
#include "time_zone.hpp"

#include "common/civil/civil.hpp"
#include "wrong.hpp"

#include <vigie/types.hpp>

#include <unicode/basictz.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>

#include <algorithm>
#include <memory>

namespace vigie::core::expr {
namespace {

// The Gregorian calendar repeats after 400 years to the day of the week, and so do the rules that
// hold from some year before 2400 on; what lies behind 2800 is looked up in the years before.
constexpr std::int64_t cycle = 146'097 * civil::us_a_day;
constexpr std::int64_t last_known = civil::days_of({2800, 1, 1}) * civil::us_a_day;
constexpr std::int64_t first_known = civil::days_of({1600, 1, 1}) * civil::us_a_day;

// How far to shift into the known years.
std::int64_t shift_of(std::int64_t us) {
  return us < last_known ? 0 : ((us - last_known) / cycle + 1) * cycle;
}

// At most INT64_MAX.
std::int64_t added(std::int64_t us, std::int64_t shift) {
  std::int64_t out = 0;
  return __builtin_add_overflow(us, shift, &out) ? INT64_MAX : out;
}

std::int64_t offset_at(const icu::TimeZone& zone, std::int64_t us) {
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t raw = 0, saving = 0;
  zone.getOffset(static_cast<UDate>(us / 1000), 0, raw, saving, status);
  if (U_FAILURE(status)) throw error(VIGIE_E_INTERNAL, "ICU gives no offset of a time zone");
  return (std::int64_t{raw} + saving) * 1000;
}

std::vector<std::string> zone_names() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> all(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status));
  std::vector<std::string> out;
  if (U_FAILURE(status)) return out;
  std::int32_t size = 0;
  while (const char* name = all->next(&size, status))
    out.emplace_back(name, static_cast<std::size_t>(size));
  return out;
}

// Abbreviations are left out: CST is Chicago, Havana or Shanghai.
bool may_be_name(std::string_view name) {
  return name.find('/') != name.npos || name == "UTC" || name == "GMT";
}

} // namespace

time_zone::time_zone(std::string_view name, std::size_t at) : name_(name) {
  if (const auto fixed = civil::detail::zone(name))
    offsets_ = {*fixed};
  else
    read(name, at);
}

void time_zone::read(std::string_view name, std::size_t at) {
  const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(
      name.data(), static_cast<std::int32_t>(std::min<std::size_t>(name.size(), 99))));
  UErrorCode status = U_ZERO_ERROR;
  UBool known = 0;
  icu::UnicodeString canonical;
  icu::TimeZone::getCanonicalID(id, canonical, known, status);
  if (U_FAILURE(status) || known == 0 || name.size() > 99 || !may_be_name(name))
    throw wrong{VIGIE_E_CONFIG,
                quoted(name) +
                    " is no time zone; zones are named like 'Asia/Shanghai', 'UTC' or "
                    "'+08:00'" +
                    did_you_mean(name, zone_names()),
                at};
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  const auto* const basic = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
  if (basic == nullptr) throw error(VIGIE_E_INTERNAL, "ICU gives no changes of a time zone");
  offsets_ = {offset_at(*zone, first_known)};
  icu::TimeZoneTransition change;
  std::int64_t us = first_known;
  while (basic->getNextTransition(static_cast<UDate>(us / 1000), 0, change)) {
    us = static_cast<std::int64_t>(change.getTime()) * 1000;
    if (us >= last_known) break;
    const std::int64_t offset = offset_at(*zone, us);
    if (offset == offsets_.back()) continue;
    changes_.push_back(us);
    offsets_.push_back(offset);
  }
}

time_zone::stretch time_zone::at(std::int64_t us) const {
  const std::int64_t shift = shift_of(us);
  const auto next = std::upper_bound(changes_.begin(), changes_.end(), us - shift);
  const auto i = static_cast<std::size_t>(next - changes_.begin());
  stretch out;
  out.offset = offsets_[i];
  out.from = i == 0 ? INT64_MIN : changes_[i - 1] + shift;
  if (next != changes_.end())
    out.to = added(*next, shift);
  else
    out.to = changes_.empty() ? INT64_MAX : added(last_known, shift);
  return out;
}

bool time_zone::to_utc(std::int64_t local, std::int64_t& us) const {
  constexpr std::int64_t most_offset = 26 * 3600 * civil::us_a_second;
  if (local < INT64_MIN + 2 * most_offset || local > INT64_MAX - 2 * most_offset) return false;
  stretch here = at(local - most_offset);
  us = local - here.offset;
  bool shown = here.has(us);
  // Later stretches win; in a gap the one before it stays.
  while (here.to <= local + most_offset) {
    const stretch next = at(here.to);
    const std::int64_t there = local - next.offset;
    if (there >= next.from && there < next.to) {
      us = there;
      shown = true;
    } else if (!shown && there >= next.to) {
      us = there; // the gap, if any, lies further on
    }
    here = next;
  }
  return true;
}

} // namespace vigie::core::expr
