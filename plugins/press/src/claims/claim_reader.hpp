// SPDX-License-Identifier: Apache-2.0
// From the rows of pages to claims: one for each event of a page. Called by press.claims. Bound
// once; reading is thread-safe.
#pragma once

#include "claims/claim.hpp"
#include "rows/list_items.hpp"

#include <vigie/bad_rows.hpp>

#include <functional>

namespace vigie::press {

class claim_reader {
public:
  // Throws error(E_SCHEMA) where the columns of press.events and those before it are not there.
  void bind(binding& b);

  // Calls each(claim) in the order of rows and events. A row whose events name what is not there is
  // rejected as a whole.
  void read(const batch& in, bad_rows& bad, const std::function<void(const claim&)>& each) const;

private:
  struct page;
  [[nodiscard]] claim known_of(const batch& in, std::int64_t row) const;
  static std::string name(const page& p, std::int64_t entity);
  static void read_who(const page& p, std::int64_t event, claim& c);
  static void read_where(const page& p, std::int64_t event, claim& c);
  static void read_when(const page& p, std::int64_t event, claim& c);
  static void read_figures(const page& p, std::int64_t event, claim& c);
  static void read_sentence(const page& p, std::int64_t event, claim& c);
  static claim read_event(const page& p, std::int64_t event);

  need body_, file_, title_, url_, publisher_, agency_, published_;
  item_fields sentences_, entities_, dates_, figures_, events_;
};

} // namespace vigie::press
