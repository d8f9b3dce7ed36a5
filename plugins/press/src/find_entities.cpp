// SPDX-License-Identifier: Apache-2.0
#include "find_entities.hpp"

#include "cells.hpp"
#include "columns.hpp"
#include "entities.hpp"
#include "sentence_spans.hpp"

namespace vigie::press {

void entities_of_page::params(vigie::params& p) {
  text.params(p);
  sentences.params(p);
  words.params(p);
}

void entities_of_page::bind(binding& b) {
  words.bind(b, host, 3);
  rules_.bind(host, words.language);
  text.bind(b);
  sentences.bind(b);
  entities_ = b.adds(columns::entities());
}

void entities_of_page::process(const batch& rows, output& out) const {
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    const lexicon* language = words.of_row(rows, i, out);
    if (language == nullptr) continue;
    const auto body = text.read(rows, i, out);
    if (!body) continue;
    const auto spans = sentences.read(rows, i, *body, out);
    if (spans) write(out, *body, *spans, rules_.of(language->language()));
  }
}

void entities_of_page::write(output& out, const placed_body& body, std::span<const byte_span> spans,
                             const reading_rules& rules) const {
  builder& list = out[entities_];
  const std::string_view text = body.text.text;
  for (const entity& e : find_entities(text, sentence_spans(body, spans), rules)) {
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
      body.write_place(cell, 3, {m.begin, m.end});
      cell.end_struct();
    }
    mentions.end_list();
    item.end_struct();
  }
  list.end_list();
}

} // namespace vigie::press
