// SPDX-License-Identifier: Apache-2.0
// The parts of the page that say one thing: a statement with its figures and source, a day, the
// basis of a date. Called by page.cpp. Pure functions that append to the markup, any thread.
#pragma once

#include "html.hpp"
#include "statement.hpp"
#include "words.hpp"

#include <cstddef>
#include <cstdint>

namespace vigie::dossier {

struct entry_style {
  const page_words& words;
  std::size_t max_text = 0; // characters of a sentence, 0: all
};

// The statement as an <article> with the id "eNUMBER"; links to the row "aNUMBER" of its article.
void append_entry(markup& to, const statement& s, std::size_t number, const entry_style& style);

// The parts of it that claims are made of, too.
void append_quote(markup& to, const statement& s, const entry_style& style);
void append_figures(markup& to, const statement& s, const page_words& words);
// File and bytes, linked to where the article view shows them.
void append_place(markup& to, const statement& s, const page_words& words);

// A dated period as <time> elements with words between them.
void append_period(markup& to, const period& when, const page_words& words);
void append_day(markup& to, std::int32_t day, const page_words& words);

// "date lue sur la page" for "page" and so on; other values as they are.
void append_published_basis(markup& to, std::string_view basis, const page_words& words);

// The label of a basis; other values than those known as they are.
void append_badge(markup& to, std::string_view basis, const page_words& words);
// The words for a known basis, else nullptr.
[[nodiscard]] const basis_words* find_basis(std::string_view basis, const page_words& words);

} // namespace vigie::dossier
