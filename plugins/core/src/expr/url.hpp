// SPDX-License-Identifier: Apache-2.0
// The parts of a web address as RFC 3986 splits it (appendix B), without judging whether they are
// well formed. Called by the expression functions for each cell. Pure; any thread; views into the
// text given.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::core::expr {

enum class url_part : std::uint8_t { scheme, userinfo, host, port, path, query, fragment };

// Nothing where the text has no such part; a path is always there, maybe empty. The host is without
// the brackets of an IPv6 address, the port without ':' and only where it is digits.
[[nodiscard]] std::optional<std::string_view> part_of_url(std::string_view text, url_part part);

} // namespace vigie::core::expr
