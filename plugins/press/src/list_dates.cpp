// SPDX-License-Identifier: Apache-2.0
#include "list_dates.hpp"

#include "cells.hpp"
#include "columns.hpp"

namespace vigie::press {

void dates_of_page::params(vigie::params& p) {
  text.params(p);
  sentences.params(p);
  p.add("published", published,
        "Column with the day of publication; without it nothing is counted from publication.");
  words.params(p);
}

void dates_of_page::bind(binding& b) {
  words.bind(b, host, 4);
  text.bind(b);
  sentences.bind(b);
  if (find_field(b.input(), published.value) >= 0) published_ = b.column(published, {kind::date});
  dates_ = b.adds(columns::dates());
}

void dates_of_page::process(const batch& rows, output& out) const {
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    const lexicon* language = words.of_row(rows, i, out);
    if (language == nullptr) continue;
    const auto body = text.read(rows, i, out);
    if (!body) continue;
    const auto spans = sentences.read(rows, i, *body, out);
    if (!spans) continue;
    const bool dated = published_.index >= 0 && !rows[published_].is_null(i);
    write(out, *body, *spans, *language,
          dated ? std::optional(static_cast<std::int32_t>(rows[published_].integer(i)))
                : std::nullopt);
  }
}

void dates_of_page::write(output& out, const placed_body& body, std::span<const byte_span> spans,
                          const lexicon& language, std::optional<std::int32_t> day) const {
  builder& list = out[dates_];
  for (std::size_t k = 0; k < spans.size(); ++k) {
    const passage sentence = body.text.part(spans[k].begin, spans[k].end);
    for (const date_mention& d : find_dates(sentence, language, day).dates) {
      builder& item = list.child(0);
      item.child(0).integer(static_cast<std::int64_t>(k));
      write_date(item, 1, d);
      body.write_place(item, 8, {spans[k].begin + d.begin, spans[k].begin + d.end});
      item.end_struct();
    }
  }
  list.end_list();
}

} // namespace vigie::press
