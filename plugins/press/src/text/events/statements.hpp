// SPDX-License-Identifier: Apache-2.0
// Statements: sentences of an article that say when or how many, for a timeline in which every line
// leads back to its bytes. Called once an article, after read_article. Pure but for the splitter,
// which is for one thread at a time.
//
// What becomes a statement: a sentence of lede, body or quotation with at least one date mention
// (vague ones included, they say so in their basis) or at least one figure. The title is one only
// where it has a figure with a unit or a date that no sentence repeats. A sentence with figures and
// no date stays undated, from and to empty, also on a page that is dated: when something was told
// is not when it happened. `published` stands beside it for who wants that bound.
#pragma once

#include "text/dates/dates.hpp"
#include "text/figures/figures.hpp"
#include "text/page/body.hpp"
#include "text/words/sentences.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

struct statement {
  byte_span span; // of the body
  passage text;
  label what = label::body;
  std::vector<date_mention> dates;
  std::vector<figure_mention> figures;
  std::vector<rejected_date> rejected;
  // Of `dates`, the one that dates the statement: an interval before a day, days known before
  // unknown, then the first.
  std::optional<std::size_t> dated_by;
  std::optional<civil_day> from;
  std::optional<civil_day> to;
};

// How well a mention dates a sentence; higher is better: vague ones, those without days, days,
// intervals.
[[nodiscard]] int weight_of(const date_mention& d);

// `published` anchors relative dates: the page's own day, or one the user gives, or nothing.
[[nodiscard]] std::vector<statement> read_statements(const mapped_text& text, const lexicon& words,
                                                     const sentence_splitter& splitter,
                                                     std::optional<civil_day> published);

} // namespace vigie::press
