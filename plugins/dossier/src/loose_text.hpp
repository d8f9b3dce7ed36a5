// SPDX-License-Identifier: Apache-2.0
// How texts of others are shown in an article: those that are no quotation, and comments. Called by
// the views of articles. Pure functions, any thread.
#pragma once

#include "html.hpp"
#include "readers.hpp"
#include "source.hpp"
#include "words.hpp"

#include <optional>
#include <string_view>

namespace vigie::dossier {

struct view_style {
  const page_words& words;
  const readers& people;
  std::size_t max_text = 0; // characters of a passage, 0: all
};

// A text of others that is no quotation: cut, and without handles.
void append_loose(markup& to, std::string_view text, const view_style& style);
// Where it stands in the file, or that this is not known.
void append_bytes(markup& to, const std::optional<byte_range>& place, const view_style& style);
// What readers wrote below the article, folded; nothing where nobody did.
void append_comments(markup& to, const source& of, const view_style& style);

} // namespace vigie::dossier
