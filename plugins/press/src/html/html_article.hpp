// SPDX-License-Identifier: Apache-2.0
// The article of an HTML page: clean text that maps back to the page's bytes, what the rest of the
// page is, title, byline, date of publication. Called once a page by press.article. Pure function,
// any thread. Offsets and lengths are bytes of the page as it was saved, in whatever charset.
#pragma once

#include "html/rules.hpp"

#include <cstddef>

namespace vigie::press::html {

struct place {
  std::size_t offset = 0, length = 0;
};

// As place, in half the room: a piece is kept for each word.
struct short_place {
  std::uint32_t offset = 0, length = 0;
  operator place() const { return {offset, length}; }
};

// From byte `at` of the body on stand `size` bytes that come from `from`. Where size and
// from.length differ it is one character: a character reference, or one that the page's charset
// writes otherwise. Pieces ascend in both; blanks and line feeds between them belong to none.
struct piece {
  std::uint32_t at = 0, size = 0;
  label what = label::body;
  short_place from;
};

struct html_segment {
  label what = label::nav;
  bool keep = false;
  std::string_view why; // the rule that gave the label; lives as long as the program
  std::size_t line = 0; // of the page, from 1
  place from;           // from its first byte to its last, markup within included
};

struct html_comment {
  std::string author, text;
  place from;
};

struct html_date {
  std::int64_t day = 0;      // since 1970-01-01, as the page writes it
  std::string text, basis;   // basis: jsonld, meta, itemprop, url, time element, date line, script;
                             // with "modified" behind it where only a change is dated
  std::optional<place> from; // where a reader sees it
  std::string why;           // rejected: why
};

struct html_article {
  std::string fault; // not empty: the page cannot be read, and nothing else is set
  std::string charset, charset_basis, charset_note;
  std::string title;
  std::optional<place> title_from; // unset where only a meta element has the title
  std::string body;                // kept lines, each ended by a line feed but the last
  std::vector<piece> body_map;
  std::vector<html_segment> segments; // every byte of text that is not blank stands in one
  std::vector<html_comment> comments;
  std::string byline;
  std::optional<place> byline_from;
  std::optional<html_date> published;
  std::vector<html_date> rejected;
  std::string canonical_url, publisher, language;
};

struct html_options {
  std::string_view charset; // of the transport; may be empty
  std::string_view url;     // where the page came from; may be empty
  std::size_t most_bytes = std::size_t{64} << 20U;
  // When it was fetched, as a day since 1970-01-01: it is not of a later one.
  std::optional<std::int64_t> fetched = std::nullopt;
};

// Faults: the page is empty, larger than most_bytes or than 1 GiB, binary, or nested and tagged
// beyond what can be read in linear time.
[[nodiscard]] html_article read_html_article(std::string_view page, const html_options& options,
                                             const rules& known);

} // namespace vigie::press::html
