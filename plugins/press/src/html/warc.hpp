// SPDX-License-Identifier: Apache-2.0
// WARC records (ISO 28500:2017, WARC 1.0 and 1.1) and the HTTP messages within. Called by
// press.read_warc. Pure functions, any thread; linear in the bytes they are given.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::press::html {

struct warc_record {
  std::size_t size = 0;                    // from its first byte to the first of the next
  std::string_view type, uri, date, media; // media: Content-Type of the record
  std::string_view block;
  std::string fault; // not empty: why it cannot be read
};

// The record at the beginning of `bytes`; nothing where they end before it does. `last`: nothing
// follows them, so the record ends with them, whole or not. A record whose length does not lead to
// the next one ends where the next one is found, with a fault.
[[nodiscard]] std::optional<warc_record> first_record(std::string_view bytes, bool last);

// Where a record begins at or behind `from`; `last` as above. What begins like one is believed
// where it has a version line, a header with a type and a length that ends in an empty line, and
// where that length leads to the end of a record. npos: nowhere; nothing where the bytes end before
// that can be told.
[[nodiscard]] std::optional<std::size_t> find_record(std::string_view bytes, std::size_t from,
                                                     bool last);

struct http_page {
  int status = 0;
  std::string_view media; // Content-Type, without parameters
  std::string_view charset;
  std::string_view body; // within the message, or `owned`
  std::string owned;     // where the body was chunked or compressed
  std::string fault;
};

// An HTTP/1.x or HTTP/2-as-text response: header, body with transfer and content encoding undone
// (chunked; gzip and deflate, `most` bytes at most). What says to be chunked or gzip and is not is
// taken as it stands, as some crawlers store it so.
[[nodiscard]] http_page read_http(std::string_view message, std::size_t most);

// The media type of a Content-Type without its parameters, and its charset; views into it.
void split_media(std::string_view content_type, std::string_view& media, std::string_view& charset);

} // namespace vigie::press::html
