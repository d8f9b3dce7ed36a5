// SPDX-License-Identifier: Apache-2.0
#include "letters.hpp"

#include <vigie/types.hpp>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/ucasemap.h>

#include <algorithm>
#include <memory>

namespace vigie::core::expr {
namespace {

struct close_map {
  void operator()(UCaseMap* map) const { ucasemap_close(map); }
};

// Read-only once it is made, so that all threads share it.
const UCaseMap* root_map() {
  static const std::unique_ptr<UCaseMap, close_map> map = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UCaseMap, close_map> made(ucasemap_open("", 0, &status));
    if (U_FAILURE(status)) throw error(VIGIE_E_INTERNAL, "ICU gives no case mapping");
    return made;
  }();
  return map.get();
}

template <class Map> void map_case(std::string_view text, std::string& out, Map map) {
  if (text.size() > (std::size_t{1} << 29U))
    throw error(VIGIE_E_RESOURCE, "a text above 512 MiB cannot change its case");
  out.resize(text.size() + text.size() / 2 + 16);
  for (;;) {
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = map(root_map(), out.data(), static_cast<int32_t>(out.size()), text.data(),
                             static_cast<int32_t>(text.size()), &status);
    const bool short_of_room = status == U_BUFFER_OVERFLOW_ERROR;
    if (!short_of_room && U_FAILURE(status))
      throw error(VIGIE_E_INTERNAL, "ICU could not change the case of a text");
    out.resize(static_cast<std::size_t>(size));
    if (!short_of_room) return;
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void ascii_case(std::string_view text, std::string& out, char first, char last) {
  out.assign(text);
  for (char& c : out)
    if (c >= first && c <= last) c = static_cast<char>(c ^ 0x20);
}

// Owned by ICU, read-only.
const icu::Normalizer2& normalizer(normal_form form) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = nullptr;
  switch (form) {
  case normal_form::nfc: found = icu::Normalizer2::getNFCInstance(status); break;
  case normal_form::nfd: found = icu::Normalizer2::getNFDInstance(status); break;
  case normal_form::nfkc: found = icu::Normalizer2::getNFKCInstance(status); break;
  case normal_form::nfkd: found = icu::Normalizer2::getNFKDInstance(status); break;
  }
  if (found == nullptr || U_FAILURE(status))
    throw error(VIGIE_E_INTERNAL, "ICU gives no normal forms");
  return *found;
}

} // namespace

bool to_normal(std::string_view text, normal_form form, std::string& out) {
  if (is_ascii(text)) return false;
  if (text.size() > (std::size_t{1} << 29U))
    throw error(VIGIE_E_RESOURCE, "a text above 512 MiB cannot be normalized");
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  const icu::Normalizer2& n = normalizer(form);
  UErrorCode status = U_ZERO_ERROR;
  if (n.isNormalizedUTF8(piece, status) != 0 && U_SUCCESS(status)) return false;
  out.clear();
  icu::StringByteSink<std::string> sink(&out);
  status = U_ZERO_ERROR;
  n.normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_FAILURE(status)) throw error(VIGIE_E_INTERNAL, "ICU could not normalize a text");
  return true;
}

void to_lower(std::string_view text, std::string& out) {
  if (is_ascii(text)) return ascii_case(text, out, 'A', 'Z');
  map_case(text, out, ucasemap_utf8ToLower);
}

void to_upper(std::string_view text, std::string& out) {
  if (is_ascii(text)) return ascii_case(text, out, 'a', 'z');
  map_case(text, out, ucasemap_utf8ToUpper);
}

} // namespace vigie::core::expr
