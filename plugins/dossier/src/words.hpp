// SPDX-License-Identifier: Apache-2.0
// The page's own words in one language, and how that language writes numbers and days. Read by all
// makers of the page. french.cpp and english.cpp have the tables, each whole; words.cpp how numbers
// and days are written. Constant tables and pure functions, any thread; no locale is asked.
#pragma once

#include "statement.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::dossier {

struct noun {
  std::string_view one, many;
};

// A basis of a date: the cell's value, a label of a word or two, what it means, and what is said of
// a statement with that basis which has no day.
struct basis_words {
  std::string_view key, label, meaning, undated;
};

struct key_word {
  std::string_view key, words;
};

// What is said of claims and articles.
struct claim_words {
  noun claims, incidents;
  std::string_view heading, intro, not_shown, link, claim_number, yes, no, measurable_note;
  std::string_view chart_heading, chart_caption, chart_undated, other_lanes;
  std::string_view number, day, incident, type, actor, target, place, modality, source;
  std::string_view according_to, contradicts, repeats, unknown;
  // Of the filter; `shown` has {n} and {all} in it.
  std::string_view filter, any, text, from, to, reset, shown, sort_by;
  // Of the articles.
  std::string_view texts_heading, texts_intro, text_of, residue, residue_inline, comments,
      comments_note, reader, cited_by, left_out, no_place, own_use, own_use_short, cut_note,
      no_shown_text;
  noun pieces;
  std::array<key_word, 34> types;
  std::array<key_word, 8> modalities;
};

struct page_words {
  std::string_view tag;                // of the language, BCP 47
  std::string_view thousands, decimal; // separators
  bool zero_is_one;                    // the noun behind 0 is in the singular
  std::string_view first_day;          // how day 1 is written
  std::string_view from_on, until;     // before a full day
  std::string_view before_percent;     // between a number and a sign
  std::string_view colon, open_quote, close_quote;
  std::array<std::string_view, 12> months;

  std::string_view skip, counts_heading, overview_heading, years_heading, undated_heading;
  std::string_view articles_heading, legend_heading, reading_heading;
  noun statements, articles;
  std::string_view dated, undated, period;
  std::string_view chart_by_month, chart_by_year, chart_by_years;
  std::string_view empty_heading, empty_text, no_text, cut_note;
  std::string_view agency, published, bytes, link, statement_number;
  std::string_view from_page, given;
  std::string_view figures, reversed, kept_value, unknown_basis, undated_intro;
  std::string_view column_file, column_title, column_publisher, column_published, column_statements;
  std::string_view mark_figure, mark_figure_meaning, mark_date, mark_date_meaning;
  std::string_view range_from, range_to;
  std::array<key_word, 3> bounds;
  std::array<basis_words, 6> bases;
  std::array<std::string_view, 5> reading;
  std::string_view claim;
  claim_words more;
};

[[nodiscard]] const page_words& french();
[[nodiscard]] const page_words& english();

// The words of a key, or the key itself.
template <std::size_t N>
[[nodiscard]] std::string_view words_of(const std::array<key_word, N>& table,
                                        std::string_view key) {
  for (const key_word& k : table)
    if (k.key == key) return k.words;
  return key;
}

// 2077 -> "2 077" with the language's separators, in the shortest digits that read back as the same
// number; from 1e21 on, and below 1e-6, as "1,5 × 10^21". The value is finite.
[[nodiscard]] std::string number_text(double value, const page_words& words);
[[nodiscard]] std::string count_text(std::size_t count, const page_words& words);
// "3 énoncés"
[[nodiscard]] std::string counted(std::size_t count, const noun& n, const page_words& words);

// A period in words is a row of pieces; those that are a date have its form for machines beside
// them (HTML, section 4.5.14), but for years that HTML has no form for.
struct period_piece {
  std::string text;
  std::string machine; // empty: words between dates
};

// "19 mars", " – ", "18 mai 2014"; whole months and years are called by their names, months and
// years that both ends share are written once. The period is dated.
[[nodiscard]] std::vector<period_piece> pieces_of(const period& when, const page_words& words);
[[nodiscard]] std::string period_text(const period& when, const page_words& words);

[[nodiscard]] std::int64_t year_of(std::int32_t day);
[[nodiscard]] std::string month_text(std::int64_t year, int month, const page_words& words);

} // namespace vigie::dossier
