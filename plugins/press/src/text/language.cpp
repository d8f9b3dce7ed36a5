// SPDX-License-Identifier: Apache-2.0
#include "text/language.hpp"

#include <algorithm>

// cld2's header uses FILE without including it.
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <stdio.h>

namespace vigie::press {
language_guess guess_language(std::string_view text, std::size_t most_bytes) {
  std::size_t length = std::min(text.size(), most_bytes);
  while (length < text.size() && length > 0 &&
         (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
    --length;
  }
  CLD2::Language three[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                             CLD2::UNKNOWN_LANGUAGE};
  int percent[3] = {0, 0, 0};
  double scores[3] = {0, 0, 0};
  int text_bytes = 0;
  bool reliable = false;
  int valid = 0;
  const CLD2::CLDHints no_hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                                   CLD2::UNKNOWN_LANGUAGE};
  const auto detect = [&](int bytes) {
    return CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), bytes, true, &no_hints, 0, three,
                                                   percent, scores, nullptr, &text_bytes, &reliable,
                                                   &valid);
  };
  detect(static_cast<int>(length));
  if (valid < static_cast<int>(length)) detect(valid);
  language_guess out;
  if (three[0] == CLD2::UNKNOWN_LANGUAGE) return out;
  out.code = CLD2::LanguageCode(three[0]);
  out.reliable = reliable;
  out.share = percent[0] / 100.0;
  return out;
}

} // namespace vigie::press
