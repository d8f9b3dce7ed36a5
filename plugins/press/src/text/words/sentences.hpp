// SPDX-License-Identifier: Apache-2.0
// Sentences of an article's kept text, by ICU's rules for the language with its abbreviations
// (Unicode TR 29, CLDR sentence suppressions). A line ends a sentence; residue cut out of a line
// does not. A splitter is for one thread at a time; build one a task, it costs milliseconds. It
// uses no locale of the process.
#pragma once

#include "text/page/body.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

// Bytes. A longer sentence is none that anybody wrote, and each of its events would carry it: it is
// cut behind a blank.
inline constexpr std::size_t longest_sentence = 4096;

struct sentence {
  byte_span span; // of the body
  label what = label::body;
};

class sentence_splitter {
public:
  // An ICU locale name without keywords, such as "fr"; a language ICU does not know is split by the
  // root rules.
  explicit sentence_splitter(std::string_view language);
  ~sentence_splitter();
  sentence_splitter(sentence_splitter&&) noexcept;
  sentence_splitter& operator=(sentence_splitter&&) noexcept;

  // The sentences of one line, without blanks at their sides, each of longest_sentence at most.
  [[nodiscard]] std::vector<byte_span> split(std::string_view line) const;
  [[nodiscard]] std::vector<sentence> split(const mapped_text& text) const;

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace vigie::press
