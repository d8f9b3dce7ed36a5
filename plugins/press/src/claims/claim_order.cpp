// SPDX-License-Identifier: Apache-2.0
#include "claims/claim_order.hpp"

#include "common/sorted/ordered_bytes.hpp"
#include "digest.hpp"

#include <algorithm>
#include <limits>

namespace vigie::press {
namespace {

using sorted::put_signed;
using sorted::put_text;

void put_day(const std::optional<day_number>& d, std::string& to) {
  put_signed(d ? *d : std::numeric_limits<std::int64_t>::max(), to);
}

void put_page(const claim& c, std::string& to) {
  put_text(c.file, to);
  put_text(c.url, to);
}

std::int64_t narrowest(const claim& c) {
  std::size_t out = 0;
  for (const std::string& iso : c.scope) out = std::max(out, iso.size());
  return static_cast<std::int64_t>(out);
}

} // namespace

std::int64_t place_in_page(const claim& c) { return c.offset ? *c.offset : c.at; }

std::string grouping_key(const claim& c) {
  std::string out;
  put_text(c.type, out);
  put_day(c.first_day(), out);
  put_day(c.last_day(), out);
  if (!c.first_day()) put_page(c, out);
  put_signed(-narrowest(c), out);
  return out + row_key(c);
}

std::string row_key(const claim& c) {
  std::string out;
  put_day(c.published, out);
  put_page(c, out);
  put_signed(place_in_page(c), out);
  return out;
}

std::string id_text(const claim& c) {
  std::string out = c.file + '\0' + c.url + '\0' + c.type + '\0';
  out += c.offset
             ? "input " + std::to_string(*c.offset) + " " + std::to_string(c.length.value_or(0))
             : "body " + std::to_string(c.at) + " " + std::to_string(c.size);
  return out;
}

std::string claim_id(const claim& c, std::uint64_t number) {
  std::string text = id_text(c);
  if (number > 0) text += " " + std::to_string(number);
  return digest_name(text);
}

} // namespace vigie::press
