// SPDX-License-Identifier: Apache-2.0
#include "marks/find_entities.hpp"

#include "columns.hpp"
#include "rows/cells.hpp"
#include "rows/sentence_spans.hpp"
#include "text/names/entities.hpp"

namespace vigie::press {

void entities_of_page::params(vigie::params& p) { page.params(p); }

void entities_of_page::bind(binding& b) {
  page.bind(b, host);
  rules_.bind(host, page.words.language.value);
  entities_ = b.adds(columns::entities());
}

void entities_of_page::process(const batch& rows, output& out) const {
  page_in_hand read;
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (page.read(rows, i, out, read)) write(out, read);
  }
}

void entities_of_page::write(output& out, const page_in_hand& of) const {
  builder& list = out[entities_];
  const std::string_view text = of.body.text.text;
  const auto sentences = sentence_spans(of.body, of.sentences);
  for (const entity& e : find_entities(text, sentences, rules_.of(of.language))) {
    builder& item = list.child(0);
    item.child(0).text(name_of(e.type));
    item.child(1).text(e.name);
    item.child(2).text(e.key);
    text_or_null(item.child(3), e.iso);
    text_or_null(item.child(4), e.role);
    builder& mentions = item.child(5);
    for (const entity_mention& m : e.mentions) {
      builder& cell = mentions.child(0);
      cell.child(0).integer(m.sentence);
      cell.child(1).text(text.substr(m.begin, m.end - m.begin));
      cell.child(2).boolean(m.metonym);
      of.body.write_place(cell, 3, {m.begin, m.end});
      cell.end_struct();
    }
    mentions.end_list();
    item.end_struct();
  }
  list.end_list();
}

} // namespace vigie::press
