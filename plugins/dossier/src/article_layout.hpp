// SPDX-License-Identifier: Apache-2.0
// An article as a row of pieces in reading order: text that was kept, and residue between it, each
// with its bytes of the file. Made once an article, before anything is written; it views the
// source, which must outlive it. One thread.
#pragma once

#include "source.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace vigie::dossier {

struct laid_piece {
  std::string_view text; // of residue: empty where its bytes are not at hand
  std::optional<byte_range> place = {};
  const segment* residue = nullptr; // nullptr: kept
  bool fresh_line = false;          // kept: begins a paragraph
  bool blank_before = false;        // kept: a blank stands before it
  bool cited = false;

  // Whether a byte of the text is a byte of the place; else the piece is shown as a whole or not.
  [[nodiscard]] bool is_exact() const {
    return place && place->length == static_cast<std::int64_t>(text.size());
  }
};

class article_layout {
public:
  // Kept text comes from the map of the body, else from kept segments of the raw text, else from
  // the body without places. Places of kept text that do not ascend are taken for unknown.
  explicit article_layout(const source& of);

  // Whether a byte of the range is in a kept piece. Marks that piece as cited.
  bool cite(const byte_range& range);

  [[nodiscard]] const std::vector<laid_piece>& pieces() const { return pieces_; }

private:
  void from_map(const source& of);
  void from_segments(const source& of);
  void from_body(const source& of);
  void check_order();
  void merge_residue(const source& of);
  [[nodiscard]] std::string_view bytes_at(const source& of, const byte_range& place) const;

  std::vector<laid_piece> pieces_;
  std::vector<std::size_t> kept_; // indices of kept pieces with a place, in order
  std::int64_t base_ = 0;         // place of the raw text's first byte
};

} // namespace vigie::dossier
