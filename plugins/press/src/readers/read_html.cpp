// SPDX-License-Identifier: Apache-2.0
#include "readers/read_html.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace vigie::press {

void read_html::task::chunk(const vigie::chunk& bytes, decoded& out) const {
  constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
  const auto length = static_cast<std::int64_t>(std::min(bytes.bytes.size(), most));
  if (bytes.bytes.empty())
    return out.reject(bytes.offset, 0, "html", "the file is empty; expected an HTML page");
  if (bytes.bytes.size() > most)
    return out.reject(bytes.offset, length, "html",
                      "the file has " + std::to_string(bytes.bytes.size()) +
                          " bytes; a page of one row has 2 GiB at most");
  out[0].text(name);
  out[1].text(bytes.bytes);
  out[2].null();
  out[3].null();
  out.row(bytes.offset, length);
}

} // namespace vigie::press
