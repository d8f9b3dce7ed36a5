// SPDX-License-Identifier: Apache-2.0
// The columns an article view is made of, by their fixed names (as press.article gives them).
// Bound once by the component on the main thread; reading is const, on any thread.
#pragma once

#include "cells.hpp"
#include "source.hpp"

namespace vigie::dossier {

class source_columns {
public:
  // Throws vigie::error(E_SCHEMA) where a column that is there has another type than is needed.
  void bind(binding& b);

  // Whether the row has the text of an article.
  [[nodiscard]] bool has_body(const batch& rows, std::int64_t row) const;
  // Whether it is an article and neither a claim nor a statement, which has a `basis`, a day or a
  // place.
  [[nodiscard]] bool is_page(const batch& rows, std::int64_t row) const;

  // `about`: what statement_columns read of the same row; of a page, its text is that of the file.
  [[nodiscard]] source read(const batch& rows, std::int64_t row, statement about,
                            bool is_page) const;

private:
  // Positions of fields in the struct of a list's items; -1: not there.
  struct list_fields {
    need at;
    int offset = -1, length = -1;
  };
  void bind_pieces(binding& b);
  void bind_segments(binding& b);
  void bind_comments(binding& b);
  void read_pieces(const batch& rows, std::int64_t row, source& to) const;
  void read_segments(const batch& rows, std::int64_t row, source& to) const;
  void read_comments(const batch& rows, std::int64_t row, source& to) const;

  need body_, html_;
  std::vector<need> told_; // one of these that is not null: no article
  list_fields pieces_, segments_, comments_;
  int piece_at_ = -1, piece_size_ = -1;
  int label_ = -1, why_ = -1, keep_ = -1, line_ = -1;
  int author_ = -1, comment_text_ = -1;
};

} // namespace vigie::dossier
