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
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (const auto read = page.read(rows, i, out)) write(out, *read);
  }
}

void figures_of_page::write(output& out, const page_in_hand& of) const {
  builder& list = out[figures_];
  token_list tokens;
  for (std::size_t k = 0; k < of.sentences.size(); ++k) {
    const auto [begin, end] = of.sentences[k];
    const passage sentence = of.body.text.part(begin, end);
    tokens.fill(sentence.text, {0, sentence.text.size()});
    if (!may_hold_number(tokens, of.words)) continue;
    // Days and clock times are no figures; which they are does not depend on an anchor.
    const auto taken = find_dates(sentence, tokens, of.words, std::nullopt).taken;
    for (const figure_mention& f : find_figures(sentence, tokens, of.words, taken)) {
      builder& item = list.child(0);
      item.child(0).integer(static_cast<std::int64_t>(k));
      write_figure(item, 1, f);
      of.body.write_place(item, 8, {begin + f.begin, begin + f.end});
      item.end_struct();
    }
  }
  list.end_list();
}

} // namespace vigie::press
