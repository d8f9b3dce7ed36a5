// SPDX-License-Identifier: Apache-2.0
#include "copies/known_page.hpp"

#include "claims/claim.hpp"
#include "common/sorted/ordered_bytes.hpp"

#include <limits>

namespace vigie::press {

bool is_from_its_agency(const known_page& p) {
  return !p.agency.empty() && plain_words(p.agency) == plain_words(p.publisher);
}

std::string row_key(const known_page& p) {
  std::string out;
  sorted::put_signed(p.published.value_or(std::numeric_limits<std::int32_t>::max()), out);
  sorted::put_number(p.published ? 0 : 1, out);
  for (const auto* s : {&p.file, &p.url}) sorted::put_text(*s, out);
  out.append(p.print.exact.data(), p.print.exact.size());
  for (const auto* s : {&p.title, &p.publisher, &p.agency}) sorted::put_text(*s, out);
  return out;
}

} // namespace vigie::press
