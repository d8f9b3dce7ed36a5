// SPDX-License-Identifier: Apache-2.0
// The lines of a scraped page, before any of them has a label.
#include "page.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t widest_wrapped = 100; // bytes of a line that a page broke by its width
constexpr std::size_t least_widest = 40;    // of the widest of a paragraph
constexpr std::size_t least_in_line = 3;    // words of all but the last

bool ends_like_sentence(token_view tokens) {
  for (auto t = tokens.rbegin(); t != tokens.rend(); ++t) {
    if (t->kind != token_kind::mark) return false;
    for (const auto* end : {".", "!", "?", "…", ":"}) {
      if (t->fold == end) return true;
    }
    const bool closing = t->fold == "»" || t->fold == "”" || t->fold == "\"" || t->fold == ")" ||
                         t->fold == "]" || t->fold == "'";
    if (!closing) return false;
  }
  return false;
}

// A bracket behind the last sentence (credits, a story code) does not make it unfinished.
bool ends_before_bracket(token_view tokens) {
  for (std::size_t i = tokens.size(); i > 0; --i) {
    const bool opening = is_mark(tokens[i - 1], "(") || is_mark(tokens[i - 1], "[");
    if (opening) return ends_like_sentence(tokens.first(i - 1));
  }
  return false;
}

// "... said on Monday.-AFP": nor does a signature.
bool ends_before_name(token_view tokens) {
  const std::size_t size = tokens.size();
  return size > 2 && is_word(tokens[size - 1]) && is_mark(tokens[size - 2], "-") &&
         glued(tokens, size - 1) && ends_like_sentence(tokens.first(size - 2));
}

// `tokens` begin with those of the line.
page_line read_line(std::string_view text, token_view tokens, byte_span whole, std::size_t number) {
  page_line out;
  out.span = trimmed(text, whole);
  out.number = number;
  out.indented = out.span.begin > whole.begin;
  std::size_t count = 0;
  while (count < tokens.size() && tokens[count].begin < out.span.end) ++count;
  out.tokens = tokens.first(count);
  out.words =
      static_cast<std::size_t>(std::count_if(out.tokens.begin(), out.tokens.end(), is_word));
  out.terminal = ends_like_sentence(out.tokens) || ends_before_bracket(out.tokens) ||
                 ends_before_name(out.tokens);
  return out;
}

bool begins_small(std::string_view text, const page_line& line) {
  const token& t = line.tokens.front();
  return is_word(t) && !capital(text, t);
}

// Whether the lines from begin to end are one paragraph that was broken by its width: all but the
// last are about as wide, and sentences go on in small letters behind most of those they leave
// open.
bool is_wrapped(const page& p, std::size_t begin, std::size_t end) {
  std::size_t widest = 0;
  for (std::size_t i = begin; i < end; ++i) widest = std::max(widest, p.lines[i].span.size());
  if (widest > widest_wrapped || widest < least_widest) return false;
  std::size_t open = 0;
  std::size_t small = 0;
  for (std::size_t i = begin; i + 1 < end; ++i) {
    const page_line& line = p.lines[i];
    if (line.words < least_in_line || 2 * line.span.size() < widest) return false;
    if (line.terminal) continue;
    ++open;
    small += begins_small(p.text, p.lines[i + 1]) ? 1 : 0;
  }
  return small > 0 && 2 * small >= open;
}

void mark_wrapped(page& p) {
  for (std::size_t begin = 0, end = 0; begin < p.lines.size(); begin = end) {
    end = begin + 1;
    while (end < p.lines.size() && !p.lines[end].blank_before) ++end;
    std::size_t last = end; // what is left open at the end is no part of it
    while (last > begin && !p.lines[last - 1].terminal) --last;
    if (last < begin + 2 || !is_wrapped(p, begin, last)) continue;
    for (std::size_t i = begin; i < last; ++i) {
      page_line& line = p.lines[i];
      line.wrapped = true;
      line.goes_on = !line.terminal;
      line.terminal = true;
    }
  }
}

} // namespace

bool is_paragraph(const page_line& line) {
  return line.wrapped || (line.words >= 8 && line.terminal) || line.words >= 30;
}

bool ends_cut(const page_line& line) {
  std::size_t dots = 0;
  for (auto t = line.tokens.rbegin(); t != line.tokens.rend(); ++t) {
    if (t->kind != token_kind::mark) break;
    if (t->fold == "…") return true;
    dots += t->fold == "." ? 1 : 0;
  }
  return dots >= 3;
}

page split_lines(std::string_view text) {
  page out;
  out.text = text;
  out.tokens.fill(text, {0, text.size()});
  token_view tokens = out.tokens;
  std::size_t number = 1;
  bool blank = false;
  const auto next = [&](char end, std::size_t at) {
    return std::min(text.find(end, at), text.size());
  };
  std::size_t feed = 0, carriage = 0; // the next of each
  for (std::size_t at = 0; at < text.size(); ++number) {
    if (feed < at || at == 0) feed = next('\n', at);
    if (carriage < at || at == 0) carriage = next('\r', at);
    const std::size_t end = std::min(feed, carriage);
    auto line = read_line(text, tokens, {at, end}, number);
    tokens = tokens.subspan(line.tokens.size());
    if (line.span.size() == 0) {
      blank = true;
    } else {
      line.blank_before = blank;
      blank = false;
      out.lines.push_back(std::move(line));
    }
    const bool crlf = end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n';
    at = end + (crlf ? 2 : 1);
  }
  mark_wrapped(out);
  return out;
}

} // namespace vigie::press
