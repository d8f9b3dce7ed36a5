// SPDX-License-Identifier: Apache-2.0
// What yaml-cpp could not read, said in the words of this program, with the place where the cause
// stands.
#include "tree_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace vigie::yaml {
namespace {

struct wording {
  std::string_view theirs; // what yaml-cpp says
  code number;
  std::string_view message;
  std::string_view hint;
};

constexpr std::array<wording, 16> wordings{{
    {"end of map not found", code::yaml_syntax,
     "this line fits neither the mapping above nor its indent",
     "check the indent, and the quotes and brackets before this place"},
    {"end of sequence not found", code::yaml_syntax,
     "this line fits neither the list above nor its indent",
     "check the indent; each item of a list starts with '- ' in the same column"},
    {"illegal map value", code::yaml_syntax, "found ':' where no key can stand before it",
     "quote a text that holds ': '; check the indent; put a nested mapping on lines of its own"},
    {"illegal map key", code::yaml_syntax, "found a key where none can stand",
     "put it on a line of its own"},
    {"illegal flow end", code::yaml_syntax, "found a closing bracket that no open one fits",
     "remove it, or quote the text"},
    {"illegal block entry", code::yaml_syntax, "a list item cannot start here",
     "start the list on the next line, or quote a text that starts with '- '"},
    {"unknown token", code::yaml_syntax, "this character cannot start a value", "quote the text"},
    {"unknown escape", code::yaml_syntax, "unknown escape in a text in double quotes",
     "write \\\\ for one backslash, or use single quotes"},
    {"unexpected character in block scalar", code::yaml_syntax, "unexpected text behind | or >",
     "start the text on the next line, or quote a text that starts with | or >"},
    {"plain value cannot start", code::yaml_syntax, "this character cannot start a value",
     "quote the text"},
    {"anchor is not defined", code::yaml_alias, "found an alias (*); aliases are refused",
     "write the value out, or quote the text that starts with *"},
    {"multiple anchors", code::yaml_alias, "found an anchor (&); anchors are refused",
     "write the value out"},
    {"anchor", code::yaml_alias, "found an anchor (&) or alias (*); both are refused",
     "write the value out, or quote the text"},
    {"alias", code::yaml_alias, "found an anchor (&) or alias (*); both are refused",
     "write the value out, or quote the text"},
    {"tag", code::yaml_tag, "found a tag (!); tags are refused",
     "remove it, or quote a text that starts with !"},
    {"directive", code::yaml_syntax, "this directive (%) is not known", "remove the line"},
}};

} // namespace

// The quote that opens the text which was still open at `before`; `none` if there is no such.
std::size_t tree_builder::opening_quote(std::size_t before) const {
  const std::string_view text = source_->text();
  for (std::size_t i = last_; i < text.size() && i < before; ++i) {
    const char previous = i == 0 ? ' ' : text[i - 1];
    if (text[i] == '#' && std::string_view(" \t\n").find(previous) != none) {
      i = std::min(text.find('\n', i), text.size());
    } else if ((text[i] == '\'' || text[i] == '"') &&
               std::string_view(" \t\n[{,:").find(previous) != none) {
      const std::size_t end = quoted_end(text, i);
      if (end > before || end == none) return i;
      i = end - 1;
    }
  }
  return none;
}

// An open '[' or '{' met something other than a comma or its end.
void tree_builder::explain_bracket(std::size_t at, std::string_view found) {
  const auto open =
      std::find_if(stack_.rbegin(), stack_.rend(), [](const frame& f) { return f.flow; });
  const bool list = found.find("sequence") != none;
  const std::size_t bracket = open == stack_.rend() ? at : open->start;
  const bool known = source_->byte(bracket) == '[' || source_->byte(bracket) == '{';
  const mark place = source_->at(std::max(at, bracket));
  std::string where;
  if (known && bracket != at) {
    const mark b = source_->at(bracket);
    where = fmt::format(" for the bracket that opens in line {}, column {}", b.line, b.column);
  }
  report_->error(code::yaml_syntax, place,
                 fmt::format("expected ',' or '{}'{}", list ? ']' : '}', where),
                 "close the bracket; quote texts that hold ',' ':' or brackets");
}

void tree_builder::explain(const YAML::Exception& e) {
  // What is missing at the end of the file is shown at the end of its last line.
  const std::size_t last = source_->text().find_last_not_of(" \t\n");
  const std::size_t at = std::min(offset(e.mark), last == none ? 0 : last + 1);
  const std::string_view found = e.msg;
  if (found.find("in scalar") != none && found.find("illegal") != none) {
    const std::size_t quote = opening_quote(at);
    return report_->error(code::yaml_open_quote, source_->at(quote == none ? at : quote),
                          "the quote that opens here is never closed",
                          "close it, or write '' for one quote inside single quotes");
  }
  if (found.find("flow not found") != none) return explain_bracket(at, found);
  const auto known = std::ranges::find_if(
      wordings, [&](const wording& w) { return found.find(w.theirs) != none; });
  if (known == wordings.end())
    return report_->error(code::yaml_syntax, source_->at(at),
                          fmt::format("cannot be read: {}", found),
                          "check quotes, brackets and indent before this place");
  std::string hint(known->hint);
  if (last_long_quote_.second != 0 &&
      source_->at(last_long_quote_.second).line == source_->at(at).line)
    hint = fmt::format("a quoted text runs from line {} to here; is a quote missing there?",
                       source_->at(last_long_quote_.first).line);
  report_->error(known->number, source_->at(at), std::string(known->message), std::move(hint));
}

} // namespace vigie::yaml
