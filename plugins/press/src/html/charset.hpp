// SPDX-License-Identifier: Apache-2.0
// Which encoding an HTML page has, and its text as UTF-8 with a map back to its bytes. Called once
// a page by read_html_article. Values only, any thread; linear in the page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::html {

// `text` is well-formed UTF-8 without NUL. Where it is the page's own bytes behind `skipped`,
// `places` is empty; else places[i] is the page's byte that byte i of `text` comes from, and one
// more entry ends it.
struct page_text {
  std::string text;
  std::vector<std::uint32_t> places;
  std::size_t skipped = 0; // bytes of a byte order mark
  std::string charset;     // lower case
  std::string basis;       // bom, bytes, transport, meta, utf-8 or default
  std::string note;        // what was declared and is not so; else empty
  [[nodiscard]] std::size_t place(std::size_t i) const {
    return places.empty() ? i + skipped : places[i];
  }
};

// UTF-16 or UTF-32 by its byte order mark, or UTF-16 by a tag that it begins with: the name and the
// bytes of the mark; an empty name for all other pages. Browsers know no UTF-32, and guess at no
// UTF-16 without a mark; what is read as neither is no text at all.
struct wide_charset {
  std::string_view name;
  std::size_t mark = 0;
};
[[nodiscard]] wide_charset wide_charset_of(std::string_view page);

// Encoding sniffing as browsers do it (WHATWG HTML, 13.2.3.2; Encoding, 4.2): byte order mark,
// charset of the transport (HTTP header; may be empty), first meta that names one, else UTF-8
// where the bytes are, else windows-1252. A declared UTF-8 that the bytes are not, and a declared
// single-byte charset where they are UTF-8 with letters beyond ASCII, give way to the bytes; `note`
// tells. `page` has less than 2 GiB.
[[nodiscard]] page_text decode_page(std::string_view page, std::string_view transport);

// The charset of a meta element in these bytes, lower case, or nothing (WHATWG HTML, 13.2.3.2
// "prescan").
[[nodiscard]] std::string meta_charset(std::string_view head);

} // namespace vigie::press::html
