// SPDX-License-Identifier: Apache-2.0
// Sort keys as byte strings: comparing two rows is one memcmp, whatever the columns, directions and
// places of nulls. Called by core.sort for each cell; sorted::key_store holds the rows. Any thread.
#pragma once

#include <vigie/column.hpp>

#include <string>

namespace vigie::core {

struct sort_key {
  bool descending = false, nulls_first = false;

  // Appends the cell so that byte order is the wanted order and no encoding is a prefix of another.
  void encode(const column& c, std::int64_t row, std::string& to) const;
};

} // namespace vigie::core
