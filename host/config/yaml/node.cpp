// SPDX-License-Identifier: Apache-2.0
#include "node.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace vigie::yaml {
namespace {

constexpr std::string_view blanks = " \t";

// A place while walking over the source of a scalar.
struct walker {
  std::string_view raw;
  mark at;
  std::size_t i = 0;

  [[nodiscard]] bool done() const { return i >= raw.size(); }
  void step(std::size_t n = 1) {
    for (; n > 0 && i < raw.size(); --n, ++i) {
      at.column = raw[i] == '\n' ? 1 : at.column + 1;
      at.line += raw[i] == '\n' ? 1 : 0;
    }
  }
};

struct escape {
  std::size_t source; // bytes in the file
  std::size_t text;   // bytes of the value
};

escape numeric_escape(std::string_view raw, std::size_t digits) {
  std::uint32_t c = 0;
  for (std::size_t k = 2; k < 2 + digits && k < raw.size(); ++k) {
    const char d = raw[k];
    c = c * 16 + static_cast<std::uint32_t>(d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10);
  }
  return {2 + digits, c < 0x80 ? 1U : c < 0x800 ? 2U : c < 0x10000 ? 3U : 4U};
}

// What the escape at the start of `raw` takes and gives (YAML 1.2, section 5.7).
escape escape_at(std::string_view raw) {
  switch (raw.size() > 1 ? raw[1] : ' ') {
  case 'x': return numeric_escape(raw, 2);
  case 'u': return numeric_escape(raw, 4);
  case 'U': return numeric_escape(raw, 8);
  case 'N':
  case '_': return {2, 2};
  case 'L':
  case 'P': return {2, 3};
  case '\n': {
    const std::size_t end = raw.find_first_not_of(blanks, 2);
    return {std::min(end, raw.size()), 0};
  }
  default: return {2, 1};
  }
}

// Length of the line fold at the start of `raw` (blanks, newlines, indents), or 0 where no newline
// follows.
escape fold_at(std::string_view raw) {
  const std::size_t end = std::min(raw.find_first_not_of(" \t\n"), raw.size());
  const auto breaks = static_cast<std::size_t>(std::ranges::count(raw.substr(0, end), '\n'));
  return breaks == 0 ? escape{0, 0} : escape{end, std::max<std::size_t>(1, breaks - 1)};
}

// Plain and quoted scalars: escapes and folds are the only places where text and source differ.
mark walk_flow(const node& n, std::size_t byte) {
  walker w{n.raw, n.at};
  if (n.is_quoted()) w.step();
  for (std::size_t t = 0; t < byte && !w.done();) {
    const std::string_view rest = w.raw.substr(w.i);
    escape e = {1, 1};
    if (const escape fold = fold_at(rest); fold.source > 0)
      e = fold;
    else if (n.style == style::double_quoted && rest[0] == '\\')
      e = escape_at(rest);
    else if (n.style == style::single_quoted && rest.starts_with("''"))
      e = {2, 1};
    if (e.text > 1 && t + e.text > byte) break;
    t += e.text;
    w.step(e.source);
  }
  return w.at;
}

std::size_t leading_spaces(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Columns the content of a block scalar is indented by: what the first written line has more than
// its text has.
std::size_t block_indent(const node& n) {
  const std::size_t first = n.text.find_first_not_of("\n ");
  if (first == std::string::npos) return 0;
  const std::size_t start = n.text.rfind('\n', first) + 1; // npos + 1 is 0: the first line
  for (const std::string_view line : text::split(n.raw, '\n')) {
    if (line.data() == n.raw.data()) continue; // the header
    const std::size_t spaces = leading_spaces(line);
    if (spaces < line.size()) return spaces - std::min(spaces, first - start);
  }
  return 0;
}

// Literal and folded scalars, line by line. What stands in the text between two lines is a break or
// a fold.
mark walk_block(const node& n, std::size_t byte) {
  const std::size_t indent = block_indent(n);
  const std::string_view text = n.text;
  mark at = n.at;
  std::size_t t = 0;
  int number = n.at.line;
  for (const std::string_view line : text::split(n.raw, '\n')) {
    if (number++ == n.at.line) continue;
    const std::string_view content = line.substr(std::min(indent, line.size()));
    while (!content.empty() && t < text.size() && !text.substr(t).starts_with(content)) ++t;
    if (t > byte) return at;
    const std::size_t within = std::min(byte - t, content.size());
    at = {number - 1, static_cast<int>(std::min(indent, line.size()) + within + 1)};
    if (byte <= t + content.size() && (n.style == style::literal || byte < t + content.size()))
      return at;
    t += content.size();
    if (n.style == style::literal) ++t;
  }
  return at;
}

} // namespace

const entry* node::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &entry::key);
  return found == entries.end() ? nullptr : &*found;
}

vigie::place place_of(mark at, std::string file) {
  vigie::place p;
  p.file = std::move(file);
  p.line = at.line;
  p.column = at.column;
  return p;
}

vigie::place position_in(const node& scalar, std::size_t byte, std::string file) {
  byte = std::min(byte, scalar.text.size());
  mark at = scalar.at;
  if (scalar.raw.empty())
    at.column += static_cast<int>(byte) + (scalar.is_quoted() ? 1 : 0);
  else if (scalar.is_plain() || scalar.is_quoted())
    at = walk_flow(scalar, byte);
  else
    at = walk_block(scalar, byte);
  return place_of(at, std::move(file));
}

std::string describe(const node& n) {
  switch (n.kind) {
  case kind::sequence: return "a list";
  case kind::mapping: return "a mapping";
  case kind::null: return n.text.empty() ? "nothing" : "'" + n.text + "'";
  case kind::scalar: break;
  }
  const std::string shown =
      text::elide(std::string_view(n.text).substr(0, text::char_start(n.text, 200)), 40);
  return n.is_quoted() ? "the quoted text '" + shown + "'" : "'" + shown + "'";
}

} // namespace vigie::yaml
