// SPDX-License-Identifier: Apache-2.0
#include "rows/text_place.hpp"

namespace vigie::press {

text_place::text_place(const column& origin, std::int64_t row, std::size_t text_size) {
  const std::int64_t offset = origin.child(0).integer(origin.child_row(row)),
                     length = origin.child(1).integer(origin.child_row(row));
  const auto file = static_cast<std::int32_t>(origin.child(2).integer(origin.child_row(row)));
  if (file >= 0 && length == static_cast<std::int64_t>(text_size)) base_ = offset;
}

void text_place::append(builder& to, byte_span s) const {
  if (!known()) return to.null();
  append(to, 0, s);
  to.end_struct();
}

void text_place::append(builder& to, std::size_t first, byte_span s) const {
  if (!known()) {
    to.child(first).null();
    to.child(first + 1).null();
    return;
  }
  to.child(first).integer(base_ + static_cast<std::int64_t>(s.begin));
  to.child(first + 1).integer(static_cast<std::int64_t>(s.size()));
}

} // namespace vigie::press
