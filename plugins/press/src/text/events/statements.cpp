// SPDX-License-Identifier: Apache-2.0
#include "statements.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

statement read_sentence(const mapped_text& text, const sentence& s, const lexicon& words,
                        std::optional<civil_day> published) {
  statement out;
  out.span = s.span;
  out.what = s.what;
  out.text = text.text.part(s.span.begin, s.span.end);
  const auto tokens = tokenize(out.text.text);
  auto found = find_dates(out.text, tokens, words, published);
  out.figures = find_figures(out.text, tokens, words, found.taken);
  out.dates = std::move(found.dates);
  out.rejected = std::move(found.rejected);
  for (std::size_t i = 0; i < out.dates.size(); ++i) {
    if (!out.dated_by || weight_of(out.dates[i]) > weight_of(out.dates[*out.dated_by]))
      out.dated_by = i;
  }
  if (out.dated_by) {
    out.from = out.dates[*out.dated_by].from;
    out.to = out.dates[*out.dated_by].to;
  }
  return out;
}

bool same_figure(const figure_mention& a, const figure_mention& b) {
  return a.value == b.value && a.high == b.high &&
         (a.unit_key == b.unit_key || a.unit_key.empty() || b.unit_key.empty());
}

bool same_date(const date_mention& a, const date_mention& b) {
  return a.value == b.value || (a.from && a.from == b.from && a.to == b.to);
}

// Whether the title says a number or a time that no sentence of the article says.
bool adds_something(const statement& title, const std::vector<statement>& others) {
  const auto repeated = [&](auto&& same, auto member, const auto& wanted) {
    return std::any_of(others.begin(), others.end(), [&](const statement& s) {
      return std::any_of((s.*member).begin(), (s.*member).end(),
                         [&](const auto& m) { return same(m, wanted); });
    });
  };
  const bool figure =
      std::any_of(title.figures.begin(), title.figures.end(), [&](const figure_mention& f) {
        return !f.unit.empty() && !repeated(same_figure, &statement::figures, f);
      });
  const bool date = std::any_of(title.dates.begin(), title.dates.end(), [&](const date_mention& d) {
    return d.kind != date_kind::vague && !repeated(same_date, &statement::dates, d);
  });
  return figure || date;
}

} // namespace

int weight_of(const date_mention& d) {
  if (d.kind == date_kind::vague) return 0;
  if (!d.from && !d.to) return 1;
  return d.kind == date_kind::interval ? 3 : 2;
}

std::vector<statement> read_statements(const mapped_text& text, const lexicon& words,
                                       const sentence_splitter& splitter,
                                       std::optional<civil_day> published) {
  std::vector<statement> out;
  std::vector<statement> titles;
  for (const auto& s : splitter.split(text)) {
    auto statement = read_sentence(text, s, words, published);
    if (statement.dates.empty() && statement.figures.empty()) continue;
    (s.what == label::title ? titles : out).push_back(std::move(statement));
  }
  std::size_t at = 0;
  for (auto& title : titles) {
    if (!adds_something(title, out)) continue;
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), std::move(title));
    ++at;
  }
  return out;
}

} // namespace vigie::press
