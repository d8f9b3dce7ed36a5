// SPDX-License-Identifier: Apache-2.0
#include "readers/split_sentences.hpp"

#include "columns.hpp"

namespace vigie::press {

void sentences_of_page::bind(binding& b) {
  words.bind(b, host);
  text.bind(b);
  sentences_ = b.adds(columns::sentences());
}

void sentences_of_page::task::process(const batch& rows, output& out) {
  placed_body text; // of one page after the other
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    const std::string* language = self.words.folder_of_row(rows, i, out);
    if (language == nullptr) continue;
    if (!self.text.read(rows, i, out, text)) continue;
    builder& list = out[self.sentences_];
    for (const sentence& s : by_language.of(*language).split(text)) {
      builder& item = list.child(0);
      item.child(0).integer(static_cast<std::int64_t>(s.span.begin));
      item.child(1).integer(static_cast<std::int64_t>(s.span.size()));
      item.child(2).text(label_name(s.what));
      text.write_source(item, 3, s.span);
      item.end_struct();
    }
    list.end_list();
  }
}

} // namespace vigie::press
