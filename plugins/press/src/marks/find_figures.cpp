// SPDX-License-Identifier: Apache-2.0
#include "marks/find_figures.hpp"

#include "columns.hpp"
#include "rows/cells.hpp"

namespace vigie::press {

void figures_of_page::params(vigie::params& p) { page.params(p); }

void figures_of_page::bind(binding& b) {
  page.bind(b, host);
  figures_ = b.adds(columns::figures());
}

void figures_of_page::process(const batch& rows, output& out) const {
  token_list tokens; // of one page after the other
  page_in_hand read;
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (!page.read(rows, i, out, read)) continue;
    const std::string_view body = read.body.text.text;
    tokens.fill(body, {0, body.size()});
    write(out, read, tokens);
  }
}

void figures_of_page::write(output& out, const page_in_hand& of, token_view tokens) const {
  builder& list = out[figures_];
  const std::string_view body = of.body.text.text;
  const lexicon& words = page.words_of(of);
  counted_before before;
  for (std::size_t k = 0; k < of.sentences.size(); ++k) {
    const token_view sentence = tokens_within(tokens, of.sentences[k]);
    if (!may_hold_number(body, sentence, words)) {
      pass_sentence(body, sentence, words, before);
      continue;
    }
    // Days and clock times are no figures; which they are does not depend on an anchor.
    const auto taken = find_date_spans(body, sentence, words);
    for (const figure_mention& f : find_figures(body, sentence, words, taken, before)) {
      builder& item = list.child(0);
      item.child(0).integer(static_cast<std::int64_t>(k));
      write_figure(item, 1, f);
      of.body.write_place(item, 8, {f.begin, f.end});
      item.end_struct();
    }
  }
  list.end_list();
}

} // namespace vigie::press
