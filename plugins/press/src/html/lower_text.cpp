// SPDX-License-Identifier: Apache-2.0
#include "html/lower_text.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace vigie::press::html {

std::string lower_text(std::string_view s) {
  std::string out;
  icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<std::int32_t>(s.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

std::string lower_text_and_digits(std::string_view s) {
  // First bytes of scripts with digits of their own: Arabic, those of India, Thai, Burmese, wide.
  constexpr std::string_view leads = "\xD9\xDB\xDF\xE0\xE1\xEF";
  const std::string low = lower_text(s);
  if (low.find_first_of(leads) == std::string::npos) return low;
  const auto wide = icu::UnicodeString::fromUTF8(low);
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    const std::int32_t digit = c < 128 ? -1 : u_charDigitValue(c);
    out.append(digit < 0 ? c : static_cast<UChar32>('0' + digit));
  }
  std::string text;
  return out.toUTF8String(text);
}

} // namespace vigie::press::html
