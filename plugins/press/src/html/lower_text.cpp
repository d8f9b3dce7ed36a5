// SPDX-License-Identifier: Apache-2.0
#include "html/lower_text.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace vigie::press::html {

std::string lower_text(std::string_view s) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<std::int32_t>(s.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

} // namespace vigie::press::html
