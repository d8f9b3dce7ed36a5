// SPDX-License-Identifier: Apache-2.0
#include "accept.hpp"

#include "base/text.hpp"
#include "config/yaml/parse.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::testing {
namespace {

constexpr std::size_t widest = 100; // columns of a line
constexpr std::size_t nowhere = std::string::npos;

struct span {
  std::size_t begin = 0, end = 0;
};

diagnostic cannot(const pipeline& doc, yaml::mark at, std::string why) {
  return fail(code::test_failed, "the expectation cannot be rewritten: " + std::move(why))
      .at(yaml::place_of(at, doc.file))
      .help("change it by hand");
}

std::size_t offset_of(std::string_view text, yaml::mark at) {
  std::size_t start = 0;
  for (int line = 1; line < at.line && start != nowhere; ++line) {
    start = text.find('\n', start);
    if (start != nowhere) ++start;
  }
  const std::size_t offset =
      start == nowhere ? start : start + static_cast<std::size_t>(at.column - 1);
  return offset < text.size() ? offset : nowhere;
}

// Behind the quoted text that opens at `at`.
std::size_t quoted_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\')
      ++i;
    else if (text[i] == quote && quote == '\'' && text.substr(i + 1).starts_with('\''))
      ++i;
    else if (text[i] == quote)
      return i + 1;
  }
  return nowhere;
}

// A quote opens a text only where a value can begin.
bool opens_quote(std::string_view text, std::size_t at) {
  return (text[at] == '"' || text[at] == '\'') &&
         (at == 0 || std::string_view(" \t\n[{,:").find(text[at - 1]) != nowhere);
}

bool opens_comment(std::string_view text, std::size_t at) {
  return text[at] == '#' && (at == 0 || std::string_view(" \t\n").find(text[at - 1]) != nowhere);
}

// Behind the bracket that closes the one at `at`; nowhere for comments in between.
std::size_t flow_end(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (opens_comment(text, i)) return nowhere;
    if (opens_quote(text, i)) {
      i = quoted_end(text, i);
      if (i == nowhere) return nowhere;
      --i;
      continue;
    }
    if (text[i] == '[' || text[i] == '{') ++depth;
    if (text[i] == ']' || text[i] == '}') --depth;
    if (depth == 0) return i + 1;
  }
  return nowhere;
}

// Behind the last line of the block list whose first dash is at `at`.
std::size_t block_end(std::string_view text, std::size_t at, std::size_t indent) {
  std::size_t end = at;
  for (std::size_t line = at - indent; line < text.size();) {
    const std::size_t next = std::min(text.find('\n', line), text.size());
    const std::string_view all = text.substr(line, next - line);
    const std::size_t spaces = all.find_first_not_of(' ');
    const bool blank = spaces == nowhere || all[spaces] == '#';
    const bool inside = !blank && (spaces > indent || (spaces == indent && all[spaces] == '-'));
    if (!blank && !inside) break;
    if (inside) end = line + all.find_last_not_of(' ') + 1;
    line = next + 1;
  }
  return end;
}

bool holds_comment(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (opens_comment(text, i)) return true;
    if (!opens_quote(text, i)) continue;
    const std::size_t end = quoted_end(text, i);
    if (end == nowhere) return false;
    i = end - 1;
  }
  return false;
}

result<span> find_value(const pipeline& doc, const edit& e) {
  const std::string_view text = doc.source;
  const std::size_t at = offset_of(text, e.old.at);
  if (at == nowhere) return cannot(doc, e.old.at, "its place is not found");
  if (e.old.is_scalar()) {
    if (!e.old.is_plain() || !text.substr(at).starts_with(e.old.text))
      return cannot(doc, e.old.at, "it is written in an unusual way");
    return span{at, at + e.old.text.size()};
  }
  const bool flow = text[at] == '[' || text[at] == '{';
  const auto indent = static_cast<std::size_t>(e.old.at.column - 1);
  const std::size_t end = flow ? flow_end(text, at) : block_end(text, at, indent);
  if (end == nowhere || end <= at || holds_comment(text.substr(at, end - at)))
    return cannot(doc, e.old.at, "a comment stands between its rows and would be lost");
  return span{at, end};
}

std::string flow_rows(const edit& e, std::size_t column, std::size_t key_column) {
  std::string one = "[" + text::join(e.rows, ", ") + "]";
  if (column + text::width(one) <= widest) return one;
  const std::string pad = "\n" + std::string(key_column, ' ');
  return "[" + pad + text::join(e.rows, "," + pad) + "]";
}

std::string block_rows(const edit& e, std::size_t indent) {
  if (e.rows.empty()) return "  []"; // deeper than the key also where the dashes were not
  const std::string between = "\n" + std::string(indent, ' ') + "- ";
  return "- " + text::join(e.rows, between);
}

std::string new_text(const pipeline& doc, const edit& e, span where) {
  if (e.old.is_scalar()) return e.scalar;
  const auto indent = static_cast<std::size_t>(e.old.at.column - 1);
  if (doc.source[where.begin] != '[') return block_rows(e, indent);
  const std::size_t line = doc.source.rfind('\n', where.begin) + 1; // npos + 1 is 0
  const std::size_t spaces = doc.source.find_first_not_of(" -", line) - line;
  return flow_rows(e, indent, spaces + 2);
}

bool equal_but(const yaml::node& a, const yaml::node& b, const std::vector<edit>& edits) {
  const bool edited = std::ranges::any_of(
      edits, [&](const edit& e) { return e.old.at == a.at && e.old.kind == a.kind; });
  if (edited) return true;
  if (a.kind != b.kind || a.style != b.style || a.text != b.text ||
      a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!equal_but(a.items[i], b.items[i], edits)) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i)
    if (a.entries[i].key != b.entries[i].key ||
        !equal_but(a.entries[i].value, b.entries[i].value, edits))
      return false;
  return true;
}

} // namespace

result<std::string> rewrite(const pipeline& doc, std::vector<edit> edits) {
  if (edits.empty()) return doc.source;
  if (doc.source.find('\r') != nowhere || doc.source.starts_with("\xef\xbb\xbf"))
    return cannot(doc, edits.front().old.at,
                  "the file has a byte order mark or lines that end in CR LF");
  std::ranges::sort(edits, [](const edit& a, const edit& b) { return a.old.at > b.old.at; });
  std::string text = doc.source;
  std::size_t last = nowhere;
  for (const edit& e : edits) {
    const auto where = find_value(doc, e);
    if (!where) return where.error();
    if (where->end > last) return cannot(doc, e.old.at, "it overlaps another one");
    last = where->begin;
    text.replace(where->begin, where->end - where->begin, new_text(doc, e, *where));
  }
  const yaml::parsed before = yaml::parse(doc.source, doc.file),
                     after = yaml::parse(text, doc.file);
  if (!before.root || !after.root || !equal_but(*before.root, *after.root, edits))
    return cannot(doc, edits.back().old.at, "other parts of the file would change");
  return text;
}

} // namespace vigie::testing
