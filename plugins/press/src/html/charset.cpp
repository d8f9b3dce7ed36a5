// SPDX-License-Identifier: Apache-2.0
#include "html/charset.hpp"

#include "html/ascii.hpp"

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

namespace vigie::press::html {
namespace {

// Browsers look at 1024 bytes, and begin anew when a meta element comes later.
constexpr std::size_t most_head = 65'536;
constexpr std::string_view fallback = "windows-1252";

struct close_converter {
  void operator()(UConverter* c) const { ucnv_close(c); }
};
using converter = std::unique_ptr<UConverter, close_converter>;

converter open_converter(const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  converter made(ucnv_open(charset.c_str(), &status));
  return U_SUCCESS(status) ? std::move(made) : nullptr;
}

// The character at `i`, which moves behind it; negative where none is well-formed there.
UChar32 next_char(std::string_view s, std::int32_t& i) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion" // within ICU's macro
  UChar32 c = 0;
  U8_NEXT(s.data(), i, static_cast<std::int32_t>(s.size()), c);
#pragma GCC diagnostic pop
  return c;
}

// How many sequences beyond ASCII are UTF-8, and how many bytes fit into none.
struct utf8_count {
  std::size_t good = 0, bad = 0;
};

utf8_count count_utf8(std::string_view s) {
  utf8_count n;
  const auto size = static_cast<std::int32_t>(s.size());
  for (std::int32_t i = 0; i < size;) {
    if (static_cast<unsigned char>(s[static_cast<std::size_t>(i)]) < 0x80) {
      ++i;
      continue;
    }
    ++(next_char(s, i) < 0 ? n.bad : n.good);
  }
  return n;
}

void append_char(page_text& to, UChar32 c, std::size_t from) {
  std::array<char, 4> bytes{};
  std::int32_t n = 0;
  U8_APPEND_UNSAFE(bytes.data(), n, c == 0 ? 0xFFFD : c);
  to.text.append(bytes.data(), static_cast<std::size_t>(n));
  to.places.insert(to.places.end(), static_cast<std::size_t>(n), static_cast<std::uint32_t>(from));
}

// UTF-8 with bytes that fit nowhere, or NUL: each becomes U+FFFD.
void repair_utf8(page_text& to, std::string_view s) {
  const auto size = static_cast<std::int32_t>(s.size());
  to.text.reserve(s.size() + s.size() / 16);
  to.places.reserve(s.size() + s.size() / 16);
  for (std::int32_t i = 0; i < size;) {
    const auto from = static_cast<std::size_t>(i);
    const UChar32 c = next_char(s, i);
    append_char(to, c < 0 ? 0xFFFD : c, from + to.skipped);
  }
  to.places.push_back(static_cast<std::uint32_t>(s.size() + to.skipped));
}

void convert(page_text& to, std::string_view s, UConverter* with) {
  to.text.reserve(s.size() + s.size() / 8);
  to.places.reserve(s.size() + s.size() / 8);
  const char *at = s.data(), *const end = s.data() + s.size();
  while (at < end) {
    const auto from = static_cast<std::size_t>(at - s.data());
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(with, &at, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;
    append_char(to, U_FAILURE(status) ? 0xFFFD : c, from + to.skipped);
  }
  to.places.push_back(static_cast<std::uint32_t>(s.size() + to.skipped));
}

// Single-byte converters have no state: a table of 256 characters does for them.
void convert_bytes(page_text& to, std::string_view s, UConverter* with) {
  std::array<UChar32, 256> table{};
  for (std::size_t b = 0; b < table.size(); ++b) {
    const char byte = static_cast<char>(b);
    const char* at = &byte;
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(with, &at, &byte + 1, &status);
    table[b] = U_FAILURE(status) ? 0xFFFD : c;
    ucnv_resetToUnicode(with);
  }
  to.text.reserve(s.size() + s.size() / 8);
  to.places.reserve(s.size() + s.size() / 8);
  for (std::size_t i = 0; i < s.size(); ++i)
    append_char(to, table[static_cast<unsigned char>(s[i])], i + to.skipped);
  to.places.push_back(static_cast<std::uint32_t>(s.size() + to.skipped));
}

struct choice {
  std::string charset, basis;
};

choice by_mark(std::string_view page, std::size_t& skipped) {
  if (page.starts_with("\xEF\xBB\xBF")) return skipped = 3, choice{"utf-8", "bom"};
  const wide_charset wide = wide_charset_of(page);
  skipped = wide.mark;
  return {std::string(wide.name), wide.mark > 0 ? "bom" : "bytes"};
}

// Labels that the Encoding standard gives to another encoding than their own name says.
std::string by_label(std::string name) {
  constexpr std::array<std::string_view, 8> western{"iso-8859-1", "iso8859-1", "latin1", "latin-1",
                                                    "us-ascii",   "ascii",     "l1",     "cp1252"};
  if (std::find(western.begin(), western.end(), name) != western.end())
    return std::string(fallback);
  if (name == "utf8" || name == "unicode-1-1-utf-8") return "utf-8";
  if (name == "gb2312" || name == "gbk") return "gb18030";
  if (name == "iso-8859-9") return "windows-1254";
  if (name == "ks_c_5601-1987" || name == "euc-kr") return "windows-949";
  if (name == "shift_jis" || name == "sjis" || name == "x-sjis") return "windows-31j";
  return name;
}

choice declared_charset(std::string_view page, std::string_view transport) {
  if (std::string name = by_label(lower(trim(transport))); !name.empty() && open_converter(name))
    return {name, "transport"};
  std::string name = by_label(meta_charset(page.substr(0, most_head)));
  // A page that could be read up to its meta element is not UTF-16 (WHATWG HTML, prescan).
  if (name.starts_with("utf-16")) name = "utf-8";
  if (name == "x-user-defined") name = fallback;
  if (!name.empty() && open_converter(name)) return {name, "meta"};
  return {};
}

choice judge(const choice& declared, const utf8_count& n, std::string& note) {
  if (declared.charset.empty())
    return n.bad == 0 || n.good > 8 * n.bad ? choice{"utf-8", "utf-8"}
                                            : choice{std::string(fallback), "default"};
  const bool says_utf8 = declared.charset == "utf-8";
  if (says_utf8 && n.bad > 0 && n.good <= 8 * n.bad) {
    note = "the page says utf-8, its bytes are not: read as windows-1252";
    return {std::string(fallback), "default"};
  }
  // Text of another charset is UTF-8 by chance only where it has next to nothing beyond ASCII.
  const bool one_byte = declared.charset.starts_with("windows-12") ||
                        declared.charset.starts_with("iso-8859-") ||
                        declared.charset.starts_with("koi8");
  if (!says_utf8 && n.bad == 0 && n.good > (one_byte ? 0 : 8)) {
    note = "the page says " + declared.charset + ", its bytes are utf-8: read as utf-8";
    return {"utf-8", "utf-8"};
  }
  return declared;
}

void fill(page_text& to, std::string_view rest, const utf8_count& n) {
  if (to.charset == "utf-8") {
    if (n.bad > 0 && to.note.empty()) to.note = "bytes that are not utf-8 were replaced by U+FFFD";
    if (n.bad == 0 && rest.find('\0') == std::string_view::npos)
      to.text.assign(rest);
    else
      repair_utf8(to, rest);
    return;
  }
  const converter with = open_converter(to.charset);
  if (ucnv_getMaxCharSize(with.get()) == 1)
    convert_bytes(to, rest, with.get());
  else
    convert(to, rest, with.get());
}

} // namespace

wide_charset wide_charset_of(std::string_view page) {
  using namespace std::string_view_literals;
  if (page.starts_with("\0\0\xFE\xFF"sv)) return {"utf-32be", 4};
  if (page.starts_with("\xFF\xFE\0\0"sv)) return {"utf-32le", 4};
  if (page.starts_with("\xFE\xFF")) return {"utf-16be", 2};
  if (page.starts_with("\xFF\xFE")) return {"utf-16le", 2};
  if (page.size() < 4) return {};
  const auto opens = [&](std::size_t low) {
    const char second = page[low + 2];
    return page[low] == '<' && page[low ^ 1U] == 0 && page[(low + 2) ^ 1U] == 0 &&
           (is_letter(second) || second == '!' || second == '?');
  };
  if (opens(0)) return {"utf-16le", 0};
  if (opens(1)) return {"utf-16be", 0};
  return {};
}

std::string meta_charset(std::string_view head) {
  for (std::size_t at = 0; (at = head.find('<', at)) != std::string_view::npos; ++at) {
    if (head.substr(at).starts_with("<!--")) {
      at = std::min(head.find("-->", at), head.size() - 1);
      continue;
    }
    if (!same_letters(head.substr(at, 5), "<meta")) continue;
    const std::string tag =
        lower(head.substr(at, std::min<std::size_t>(head.substr(at, 1024).find('>'), 1024)));
    const std::size_t found = tag.find("charset");
    if (found == std::string::npos) continue;
    std::size_t from = tag.find_first_not_of(" \t\r\n\f", found + 7);
    if (from == std::string::npos || tag[from] != '=') continue;
    from = tag.find_first_not_of(" \t\r\n\f\"'", from + 1);
    if (from == std::string::npos) continue;
    return tag.substr(from, tag.find_first_of(" \t\r\n\f\"';/", from) - from);
  }
  return {};
}

page_text decode_page(std::string_view page, std::string_view transport) {
  page_text out;
  const choice mark = by_mark(page, out.skipped);
  const std::string_view rest = page.substr(out.skipped);
  const utf8_count n = count_utf8(rest);
  const choice found =
      mark.charset.empty() ? judge(declared_charset(page, transport), n, out.note) : mark;
  out.charset = found.charset;
  out.basis = found.basis;
  fill(out, rest, n);
  return out;
}

} // namespace vigie::press::html
