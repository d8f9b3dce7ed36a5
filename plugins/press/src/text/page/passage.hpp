// SPDX-License-Identifier: Apache-2.0
// Text joined from several places of a page that still knows the bytes it came from. Made for the
// body of an article and its sentences; dates and figures lead back to the page through it. Pure
// functions, any thread.
#pragma once

#include "text/words/tokens.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

// Text joined from pieces of a page. What stands between two pieces (one blank where they were
// joined) belongs to no byte of the page.
struct passage {
  // text[at, at + size) stands for the bytes `source` of the page. Where the two lengths differ (a
  // character reference, another charset) the piece is never split: any part of it leads to all of
  // its source.
  struct piece {
    std::size_t at = 0;
    std::size_t size = 0;
    byte_span source;

    [[nodiscard]] std::size_t end() const { return at + size; }
    [[nodiscard]] bool divisible() const { return size == source.size(); }
    // The source of text[begin, end), which must touch the piece.
    [[nodiscard]] byte_span source_of(std::size_t begin, std::size_t end) const;
  };
  std::string text;
  std::vector<piece> pieces;

  // page[source] behind one blank.
  void append(std::string_view page, byte_span source);
  // Text that stands for `source`, without a blank in front.
  void append_as(std::string_view piece_text, byte_span source);
  // The bytes of the page behind text[begin,end), one span a piece touched; pieces that abut in
  // text and page count as one.
  [[nodiscard]] std::vector<byte_span> sources(std::size_t begin, std::size_t end) const;
  // From the first to the last of them; nothing where no piece is touched.
  [[nodiscard]] std::optional<byte_span> source(std::size_t begin, std::size_t end) const;
  [[nodiscard]] passage part(std::size_t begin, std::size_t end) const;
};

// A passage that is one run of bytes of the page.
[[nodiscard]] passage whole_passage(std::string_view page, byte_span source);

} // namespace vigie::press
