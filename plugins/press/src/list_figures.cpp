// SPDX-License-Identifier: Apache-2.0
#include "list_figures.hpp"

#include "cells.hpp"
#include "columns.hpp"

namespace vigie::press {

void figures_of_page::params(vigie::params& p) {
  text.params(p);
  sentences.params(p);
  words.params(p);
}

void figures_of_page::bind(binding& b) {
  words.bind(b, host, 3);
  text.bind(b);
  sentences.bind(b);
  figures_ = b.adds(columns::figures());
}

void figures_of_page::process(const batch& rows, output& out) const {
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    const lexicon* language = words.of_row(rows, i, out);
    if (language == nullptr) continue;
    const auto body = text.read(rows, i, out);
    if (!body) continue;
    const auto spans = sentences.read(rows, i, *body, out);
    if (spans) write(out, *body, *spans, *language);
  }
}

void figures_of_page::write(output& out, const placed_body& body, std::span<const byte_span> spans,
                            const lexicon& language) const {
  builder& list = out[figures_];
  for (std::size_t k = 0; k < spans.size(); ++k) {
    const passage sentence = body.text.part(spans[k].begin, spans[k].end);
    const auto tokens = tokenize(sentence.text);
    if (!may_hold_number(tokens, language)) continue;
    // Days and clock times are no figures; which they are does not depend on an anchor.
    const auto taken = find_dates(sentence, tokens, language, std::nullopt).taken;
    for (const figure_mention& f : find_figures(sentence, tokens, language, taken)) {
      builder& item = list.child(0);
      item.child(0).integer(static_cast<std::int64_t>(k));
      write_figure(item, 1, f);
      body.write_place(item, 8, {spans[k].begin + f.begin, spans[k].begin + f.end});
      item.end_struct();
    }
  }
  list.end_list();
}

} // namespace vigie::press
