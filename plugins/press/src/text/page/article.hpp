// SPDX-License-Identifier: Apache-2.0
// Reads a scraped page: which bytes are the article and which are residue of the site, its title,
// agency and date of publication. Called once a page by the component; the SDK columns stand on
// `article`. Pure function, any thread; spans are bytes of the given UTF-8 text; near linear time
// on any bytes.
#pragma once

#include "body.hpp"
#include "label.hpp"
#include "text/dates/dates.hpp"
#include "text/rules/lexicon.hpp"
#include "text/words/tokens.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

struct segment {
  byte_span span;
  label what = label::body;
  bool keep = true;
  std::size_t line = 0; // from 1; a line ends with LF, CR or CRLF
  std::string_view why; // the rule that gave the label: a constant that outlives all segments
};

struct agency_found {
  std::string name;
  byte_span span;
};

struct publication {
  civil_day day = 0;
  std::optional<int> minute_of_day; // local time of the site, as written
  byte_span span;
  std::string basis; // "published_line", "date_line" or "updated_line"
};

struct article {
  // In order of the page, without overlap; every byte that is not blank is in exactly one.
  std::vector<segment> segments;
  std::optional<byte_span> title;
  std::optional<agency_found> agency;
  std::optional<byte_span> byline; // who wrote it, as a line of names says
  // Only from a line of the page that is a date line and stands near the title or above the text,
  // or from the dateline in front of the first sentence. Published counts before updated.
  // Never from comments, running text or lists of other stories.
  std::optional<publication> published;
  // Dates with a year that did not date the article, and why.
  std::vector<rejected_date> rejected;
};

[[nodiscard]] article read_article(std::string_view text, const lexicon& words);

// The first agency that a text names with a capital, such as a byline; its span is of that text.
[[nodiscard]] std::optional<agency_found> find_agency(std::string_view text, const lexicon& words);

// The kept text: one blank between spans of a line, one line feed between lines.
[[nodiscard]] mapped_text body_of(std::string_view text, const article& a);
[[nodiscard]] std::string clean_text(std::string_view text, const article& a);

} // namespace vigie::press
