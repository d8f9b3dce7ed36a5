// SPDX-License-Identifier: Apache-2.0
// The text of one article as paragraphs: what was kept, with the passages that statements and
// claims quote marked at their bytes, and residue folded with its reason. Called by article_view.
// One thread.
#pragma once

#include "article_layout.hpp"
#include "loose_text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::dossier {

struct quoting {
  std::string target, label;
  std::string_view kind;
};
struct passage {
  byte_range range;
  std::string id;
  std::vector<quoting> by;
};

// `passages` in the order of their bytes, the longer first of those that begin together.
void append_body(markup& to, const std::vector<passage>& passages,
                 const std::vector<laid_piece>& pieces, const view_style& style);

} // namespace vigie::dossier
