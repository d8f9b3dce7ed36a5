// SPDX-License-Identifier: Apache-2.0
// The view of one article: kept text with the passages that statements and claims quote marked at
// their bytes, residue folded with its reason, comments apart. Laid out before the page is written,
// so that statements can link to their bytes; written once. It views the source. One thread.
#pragma once

#include "article_body.hpp"
#include "article_layout.hpp"

#include <string>
#include <vector>

namespace vigie::dossier {

class article_view {
public:
  // `number` of the article on the page, from 1 on, is part of its ids.
  article_view(const source& of, std::size_t number);

  // The id of the element that will show these bytes; empty where none will. `target`: id of what
  // quotes them, such as "e12"; `kind` and `label` name it: "Statement ", "12".
  std::string cite(const byte_range& range, std::string target, std::string_view kind,
                   std::string label);

  // To be called when all has been cited.
  void append(markup& to, const view_style& style);

private:
  void sort_passages();

  const source& source_;
  std::size_t number_;
  article_layout layout_;
  std::vector<passage> passages_;
};

} // namespace vigie::dossier
