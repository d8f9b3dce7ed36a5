// SPDX-License-Identifier: Apache-2.0
#include "marks/find_dates.hpp"

#include "columns.hpp"
#include "rows/cells.hpp"

namespace vigie::press {

void dates_of_page::params(vigie::params& p) {
  page.params(p);
  p.add("published", published,
        "Column with the day of publication; without it nothing is counted from publication.");
}

void dates_of_page::bind(binding& b) {
  page.bind(b, host);
  if (find_field(b.input(), published.value) >= 0) published_ = b.column(published, {kind::date});
  dates_ = b.adds(columns::dates());
}

void dates_of_page::process(const batch& rows, output& out) const {
  token_list tokens; // of one page after the other
  page_in_hand read;
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (!page.read(rows, i, out, read)) continue;
    const bool dated = published_.index >= 0 && !rows[published_].is_null(i);
    const std::string_view body = read.body.text.text;
    tokens.fill(body, {0, body.size()});
    write(out, read, tokens,
          dated ? std::optional(static_cast<civil_day>(rows[published_].integer(i)))
                : std::nullopt);
  }
}

void dates_of_page::write(output& out, const page_in_hand& of, token_view tokens,
                          std::optional<civil_day> published) const {
  builder& list = out[dates_];
  const std::string_view body = of.body.text.text;
  const lexicon& words = page.words_of(of);
  for (std::size_t k = 0; k < of.sentences.size(); ++k) {
    const token_view sentence = tokens_within(tokens, of.sentences[k]);
    for (const date_mention& d : find_dates(body, sentence, words, published).dates) {
      builder& item = list.child(0);
      item.child(0).integer(static_cast<std::int64_t>(k));
      write_date(item, 1, d);
      of.body.write_place(item, 8, {d.begin, d.end});
      item.end_struct();
    }
  }
  list.end_list();
}

} // namespace vigie::press
