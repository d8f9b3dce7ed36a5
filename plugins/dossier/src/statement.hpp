// SPDX-License-Identifier: Apache-2.0
// What a timeline knows of one row: a sentence, when it says something happened, its figures and
// its source. Filled by statement_columns, read by everything that makes the page. Plain values.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace vigie::dossier {

// Bytes [offset, offset + length) of the file the sentence was read from. Neither is negative and
// their sum is no overflow.
struct byte_range {
  std::int64_t offset = 0;
  std::int64_t length = 0;

  [[nodiscard]] std::int64_t end() const { return offset + length; }
};

struct figure {
  std::string text; // as the sentence has it
  double value = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN(); // of a range
  std::string bound;                                      // exact, lower, upper, approx, range
  std::string unit, counted;
  std::optional<byte_range> place;

  [[nodiscard]] bool has_value() const { return std::isfinite(value); }
};

// Days since 1970-01-01, both included; nothing where open or not known.
struct period {
  std::optional<std::int32_t> from, to;

  [[nodiscard]] bool is_dated() const { return from || to; }
  [[nodiscard]] bool is_reversed() const { return from && to && *to < *from; }
  [[nodiscard]] std::int32_t start() const { return from ? *from : *to; } // of a dated one
  [[nodiscard]] std::int32_t last() const { return to ? *to : *from; }    // of a dated one
};

inline constexpr std::size_t no_article = std::numeric_limits<std::size_t>::max();

// Empty texts are cells that are null or columns that are not there, but for `text`.
struct statement {
  std::optional<std::string> text; // nothing: the cell is null
  period when;
  std::optional<std::int32_t> published; // days since 1970-01-01
  std::string file, title, url, publisher, agency, language;
  std::string published_basis, basis, date_text, date_value;
  std::optional<byte_range> span, date_span;
  std::vector<figure> figures;
  std::size_t article = no_article; // index in the page's list of articles
  std::string anchor; // id of its bytes in the article view; empty: they are not shown there
};

} // namespace vigie::dossier
