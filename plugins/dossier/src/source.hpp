// SPDX-License-Identifier: Apache-2.0
// What a page knows of one article: its text with the places of each piece in the file, what was
// left out of it and why, and what readers wrote below. Filled by source_columns, read by the
// article view. Plain values; places are as the input has them and not to be trusted.
#pragma once

#include "statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie::dossier {

// Bytes [at, at + size) of the body, and where they were read from.
struct body_piece {
  std::size_t at = 0, size = 0;
  std::optional<byte_range> place = {};
};

struct segment {
  std::string label, why;
  bool keep = false;
  std::int64_t line = 0;
  std::optional<byte_range> place = {};
};

struct comment {
  std::string author, text;
  std::optional<byte_range> place = {};
};

struct source {
  statement about; // file, title, url, publisher, agency, published
  std::string body;
  std::string raw; // the bytes that the places count in; empty where they are not known
  std::vector<body_piece> pieces;
  std::vector<segment> segments;
  std::vector<comment> comments;
};

} // namespace vigie::dossier
