// SPDX-License-Identifier: Apache-2.0
// Sentences of an article's kept text, by ICU's rules for the language with its abbreviations
// (Unicode TR 29, CLDR sentence suppressions). A line ends a sentence; residue cut out of a line
// does not. A splitter is for one thread at a time; build one a task, it costs milliseconds. It
// uses no locale of the process.
#pragma once

#include "article.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

struct sentence {
  passage text; // with the way back to the page; several pieces where residue was cut out of it
  label what = label::body;
  std::size_t line = 0;
};

class sentence_splitter {
public:
  // An ICU locale name without keywords, such as "fr"; a language ICU does not know is split by the
  // root rules.
  explicit sentence_splitter(std::string_view language);
  ~sentence_splitter();
  sentence_splitter(sentence_splitter&&) noexcept;
  sentence_splitter& operator=(sentence_splitter&&) noexcept;

  [[nodiscard]] std::vector<passage> split(const passage& line) const;
  [[nodiscard]] std::vector<sentence> split(std::string_view text, const article& a) const;

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace vigie::press
