// SPDX-License-Identifier: Apache-2.0
#include "charset.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>

namespace vigie::press::eval {
namespace {

using converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

converter open(const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  converter out(ucnv_open(encoding.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) out.reset();
  return out;
}

icu::UnicodeString unicode(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
}

} // namespace

std::optional<std::string> encode(std::string_view utf8, const std::string& encoding) {
  if (encoding == "utf-8") return std::string(utf8);
  const auto to = open(encoding);
  if (!to) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setFromUCallBack(to.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const auto text = unicode(utf8);
  std::string out(static_cast<std::size_t>(text.length()) * 4, 0);
  const auto size = ucnv_fromUChars(to.get(), out.data(), static_cast<int32_t>(out.size()),
                                    text.getBuffer(), text.length(), &status);
  if (U_FAILURE(status)) return std::nullopt;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string decode(std::string_view bytes, const std::string& encoding) {
  if (encoding == "utf-8") return std::string(bytes);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), encoding.c_str());
  std::string out;
  return text.toUTF8String(out);
}

std::vector<std::string> word_tokens(std::string_view utf8) {
  auto text = unicode(utf8);
  text.foldCase();
  std::vector<std::string> out;
  icu::UnicodeString word;
  const auto flush = [&] {
    if (!word.isEmpty()) word.toUTF8String(out.emplace_back());
    word.remove();
  };
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const bool inside = u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK;
    if (inside) {
      word.append(c);
    } else {
      flush();
    }
  }
  flush();
  return out;
}

bool word_before(std::string_view utf8, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 4) {
    --begin;
    if ((static_cast<unsigned char>(utf8[begin]) & 0xC0) != 0x80) break;
  }
  return begin < at && u_isalnum(unicode(utf8.substr(begin, at - begin)).char32At(0));
}

bool word_behind(std::string_view utf8, std::size_t at) {
  return at < utf8.size() && u_isalnum(unicode(utf8.substr(at, 4)).char32At(0));
}

std::string bare(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  auto text = unicode(utf8);
  text = nfd->normalize(text.foldCase(), status);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    kept.append(c == 0x2019 ? UChar32('\'') : c);
  }
  std::string out;
  return kept.toUTF8String(out);
}

} // namespace vigie::press::eval
