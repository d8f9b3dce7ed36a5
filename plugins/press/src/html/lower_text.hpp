// SPDX-License-Identifier: Apache-2.0
// Lower case for text of any language, the same in every locale: words of the data file and of
// pages are compared in it. Pure function, any thread.
#pragma once

#include <string>
#include <string_view>

namespace vigie::press::html {

// Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string lower_text(std::string_view s);
// The same with the decimal digits of every script as 0 to 9: what dates are read from.
[[nodiscard]] std::string lower_text_and_digits(std::string_view s);

} // namespace vigie::press::html
