// SPDX-License-Identifier: Apache-2.0
#include "loose_text.hpp"

#include "marks.hpp"

#include <algorithm>
#include <string>

namespace vigie::dossier {
namespace {

// Where passages are cut, so is the number of comments.
constexpr std::size_t most_comments = 200;

} // namespace

// What is cut off is dropped before handles are looked for, but for a margin, so that none is shown
// by half.
void append_loose(markup& to, std::string_view text, const view_style& style) {
  if (style.max_text > 0) text = text.substr(0, style.max_text * 4 + 1024);
  const std::string shown = style.people.without_handles(text, style.words.more.reader);
  const std::size_t end = cut_at(shown, style.max_text, {});
  to.isolated(std::string_view(shown).substr(0, end));
  if (end < shown.size())
    to.raw("<span class=\"cut\"")
        .attribute("title", style.words.more.cut_note)
        .raw(">\u00A0…</span>");
}

void append_bytes(markup& to, const std::optional<byte_range>& place, const view_style& style) {
  to.raw("<span class=\"bytes\">");
  if (place)
    to.text(style.words.bytes)
        .text(std::to_string(place->offset) + "–" + std::to_string(place->end()));
  else
    to.text(style.words.more.no_place);
  to.raw("</span>");
}

void append_comments(markup& to, const source& of, const view_style& style) {
  if (of.comments.empty()) return;
  to.raw("<details class=\"comments\"><summary>").text(style.words.more.comments).raw(" <span ");
  to.raw("class=\"count\">").text(count_text(of.comments.size(), style.words)).raw("</span>");
  to.raw("</summary>\n<p class=\"meaning\">")
      .text(style.words.more.comments_note)
      .raw("</p>\n<ol>\n");
  const std::size_t most =
      style.max_text == 0 ? of.comments.size() : std::min(of.comments.size(), most_comments);
  for (std::size_t i = 0; i < most; ++i) {
    const comment& c = of.comments[i];
    to.raw("<li>");
    if (const std::size_t reader = style.people.number_of(c.author); reader > 0) {
      to.raw("<strong>")
          .text(style.words.more.reader)
          .text(std::to_string(reader))
          .raw("</strong>");
      to.text(style.words.colon);
    }
    append_loose(to, c.text, style);
    to.raw(" ");
    append_bytes(to, c.place, style);
    to.raw("</li>\n");
  }
  to.raw("</ol>\n");
  if (most < of.comments.size())
    to.raw("<p class=\"meaning\">… ")
        .text(count_text(of.comments.size() - most, style.words))
        .raw("</p>\n");
  to.raw("</details>\n");
}

} // namespace vigie::dossier
