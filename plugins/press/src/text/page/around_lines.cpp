// SPDX-License-Identifier: Apache-2.0
// Labels that a line gets from its neighbours: consent texts at the ends of a page, owners of
// pictures, links to other stories between paragraphs, links among links.
#include "page.hpp"

#include <algorithm>
#include <iterator>

namespace vigie::press {
namespace {

constexpr std::size_t least_of_consent = 6;     // words, less are a button
constexpr std::size_t least_above_signed = 2;   // paragraphs
constexpr std::size_t longest_owner = 5;        // words
constexpr std::size_t longest_announcement = 3; // words in front of an owner
constexpr std::size_t longest_caption = 30;     // words
constexpr std::size_t longest_name = 4;         // words of a menu item
constexpr std::size_t most_gaps = 3;            // of a path without arrows

bool is_consent(const page_line& line) {
  return line.by_phrase && line.what == label::nav && line.words >= least_of_consent;
}

// Sentences of a consent text that do not show it alone: beside one that does, at either end of
// the page.
template <class Lines> void label_consent(Lines begin, Lines end) {
  bool wall = false;
  for (auto line = begin; line != end; ++line) {
    if (line->what) {
      wall = wall || is_consent(*line);
      continue;
    }
    const auto next = std::next(line);
    const bool beside = wall || (next != end && is_consent(*next));
    if (line->asks_consent && beside) {
      line->set(label::nav, "beside a text that asks for consent");
    } else if (is_paragraph(*line)) {
      return;
    }
  }
}

// Two to four short names with wide gaps between.
bool is_path(const page& p, const page_line& line) {
  std::size_t gaps = 0;
  for (std::size_t i = 1; i < line.tokens.size(); ++i) {
    if (line.tokens[i].kind != token_kind::word) return false;
    gaps += wide_gap(p.text, line.tokens, i) ? 1 : 0;
  }
  return gaps >= 1 && gaps <= most_gaps;
}

// Right below "Image copyright" the owner, right below "Gull Images" what the picture shows; and a
// sentence that has nothing below it but "© Rosa Lind".
void label_beside_owner(page& p, std::size_t i) {
  page_line& above = p.lines[i - 1];
  page_line& line = p.lines[i];
  if (line.blank_before) return;
  const bool announced =
      above.what == label::image_alt && above.by_phrase && above.words <= longest_announcement;
  const bool shows = !line.terminal && line.words > longest_name && line.words <= longest_caption;
  if (announced && !line.what && (line.named || shows))
    line.set(label::image_alt, "below the owner of a picture");
  const bool last = i + 1 == p.lines.size() || p.lines[i + 1].blank_before;
  const bool owner = line.what == label::image_alt && line.words <= longest_owner &&
                     line.tokens.front().fold == "©";
  if (owner && last && above.blank_before && !above.what && above.words <= longest_caption)
    above.set(label::image_alt, "above the owner of a picture");
}

} // namespace

// "... the board said on Monday. — Reuters": as the last paragraph no caption, but signed as those
// are.
void restore_signed(page& p) {
  std::size_t paragraphs = 0;
  page_line* last = nullptr;
  for (page_line& line : p.lines) {
    const token_view t = line.tokens;
    const bool text = !line.what && is_paragraph(line);
    paragraphs += text ? 1 : 0;
    if (text) last = nullptr;
    if (line.what == label::image_alt && t.size() > 3 && t[t.size() - 2].fold == "-" &&
        t[t.size() - 3].fold == "." && paragraphs >= least_above_signed)
      last = &line;
  }
  if (!last) return;
  last->what.reset();
  last->terminal = true;
}

void label_consents(page& p) {
  label_consent(p.lines.begin(), p.lines.end());
  label_consent(p.lines.rbegin(), p.lines.rend());
}

// "© Rosa Lind" between the lines of the text: of a picture, not of the site.
void label_owners(page& p) {
  const auto last = std::find_if(p.lines.rbegin(), p.lines.rend(),
                                 [](const auto& l) { return !l.what && is_paragraph(l); });
  for (auto line = p.lines.begin(); line < last.base(); ++line) {
    const bool number = std::any_of(line->tokens.begin(), line->tokens.end(),
                                    [](const token& t) { return t.kind == token_kind::number; });
    if (line->what == label::nav && !number && line->words <= longest_owner &&
        line->tokens.front().fold == "©")
      line->set(label::image_alt, "the owner of a picture");
  }
  for (std::size_t i = 1; i < p.lines.size(); ++i) label_beside_owner(p, i);
}

// "Also read: Two swans rescued": alone between paragraphs a link of the text's page to another
// story. Heading a list, or behind the text, it is the site's.
void label_links(page& p) {
  const auto passed = [](const page_line& line) {
    return line.what == label::image_alt || line.what == label::credits ||
           line.what == label::ad_insertion;
  };
  const auto is_text = [](const page_line& line) { return !line.what && is_paragraph(line); };
  for (std::size_t i = 1; i + 1 < p.lines.size(); ++i) {
    page_line& line = p.lines[i];
    const bool link = line.what == label::sidebar && line.by_phrase && line.words > longest_name &&
                      !(line.terminal && line.tokens.back().fold == ".");
    if (!link) continue;
    std::size_t above = i - 1, below = i + 1;
    if (passed(p.lines[above]) && above > 0) --above;
    if (passed(p.lines[below]) && below + 1 < p.lines.size()) ++below;
    if (is_text(p.lines[above]) && is_text(p.lines[below]))
      line.set(label::teaser, "a link to another story between paragraphs");
  }
}

// "Tip us off" among the links of a footer is one of them, and so is "Live" above a menu;
// "Home  Sea  Harbours" right above the title leads to it where the menu stands elsewhere.
void label_neighbours(page& p, std::optional<std::size_t> title) {
  const std::size_t size = p.lines.size();
  const auto joined = [&](std::size_t i, label what) {
    return i > 0 && i < size && !p.lines[i].blank_before && p.lines[i].what == what;
  };
  bool menu = false;
  for (std::size_t i = 0; i < size; ++i) {
    page_line& line = p.lines[i];
    const bool above = i > 0 && !line.blank_before && p.lines[i - 1].what == label::nav;
    const bool below = joined(i + 1, label::nav);
    const bool behind = title && i > *title;
    const bool call = line.what == label::self_promo || line.what == label::login_box;
    const bool ticker = line.what == label::ticker_label && below;
    const bool counter = line.what == label::share_counter && (above || below);
    const bool among =
        behind ? call && above && below : title && line.by_phrase && (ticker || counter);
    if (among && line.words <= longest_name) line.set(label::nav, "one of the links around it");
    const bool path = menu && title && i + 1 == *title && line.what == label::nav &&
                      stands_apart(p, i) && is_path(p, line);
    if (path) line.set(label::breadcrumb, "a short row of links right above the title");
    menu = menu || line.what == label::nav;
  }
}

} // namespace vigie::press
