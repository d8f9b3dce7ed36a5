// SPDX-License-Identifier: Apache-2.0
// What the press components share: the words of a language out of the plugin's data files, and
// places in the page turned into places in the input file. Built at bind, then only read: any
// thread.
#pragma once

#include "lexicon.hpp"
#include "tokens.hpp"

#include <vigie/vigie.hpp>

#include <memory>

namespace vigie::press {

// Throws vigie::error with all that is wrong with the data files.
[[nodiscard]] std::shared_ptr<const lexicon> load_words(const host_services& host,
                                                        const std::string& language);

// Where a page's text lies in its input. Known where the text is the very bytes of the row's
// origin, as from core.read_text; elsewhere (a text inside a JSON line) places are null.
class text_place {
public:
  text_place(const column& origin, std::int64_t row, std::size_t text_size);
  [[nodiscard]] bool known() const { return base_ >= 0; }
  // In the input, as an ABI span.
  [[nodiscard]] vigie_span in_file(byte_span s) const {
    return {base_ + static_cast<std::int64_t>(s.begin), static_cast<std::int32_t>(s.size()), file_};
  }
  // Cells of a span column, or of two columns `offset` and `length` from child `first` on of a
  // struct.
  void append(builder& to, byte_span s) const;
  void append(builder& to, std::size_t first, byte_span s) const;

private:
  std::int64_t base_ = -1;
  std::int32_t file_ = -1;
};

// From the first byte to the last of a list of spans, which ascend.
[[nodiscard]] byte_span hull(const std::vector<byte_span>& spans);

} // namespace vigie::press
