// SPDX-License-Identifier: Apache-2.0
// The only user of yaml-cpp. Its event interface gives marks and styles; what it lets pass (open
// quotes at the end of a file, keys without a colon, duplicates, a lone comma) is found by looking
// at the source behind each event.
#include "parse.hpp"

#include "source.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <exception>
#include <istream>
#include <streambuf>
#include <tuple>
#include <utility>
#include <vector>

namespace vigie::yaml {
namespace {

constexpr std::size_t none = std::string_view::npos;

struct stop_parsing {}; // thrown through yaml-cpp where going on is of no use; caught in run()
struct second_document {
  std::size_t offset;
};

// The text as a stream, without a copy. It ends early where yaml-cpp reads far ahead of its events:
// inside brackets it keeps every token, some 240 bytes for each byte of a file that is nothing but
// '['.
class view_buffer : public std::streambuf {
public:
  // `seen` is the offset behind the last event; both outlive the buffer.
  view_buffer(std::string_view text, const std::size_t& seen) : text_(text), seen_(&seen) {}

  [[nodiscard]] bool cut() const { return cut_; }

protected:
  int_type underflow() override {
    constexpr std::size_t window = 4096, ahead = largest_scalar + largest_scalar / 4;
    cut_ = cut_ || (served_ < text_.size() && served_ > *seen_ + ahead);
    if (cut_ || served_ == text_.size()) return traits_type::eof();
    const std::size_t n = std::min(window, text_.size() - served_);
    char* begin = const_cast<char*>(text_.data()) + served_; // only read; setg has no const form
    setg(begin, begin, begin + n);
    served_ += n;
    return traits_type::to_int_type(*begin);
  }

private:
  std::string_view text_;
  const std::size_t* seen_;
  std::size_t served_ = 0;
  bool cut_ = false;
};

// One behind the closing quote of the text that opens at `start`, or `none`.
std::size_t quoted_end(std::string_view text, std::size_t start) {
  const char quote = text[start];
  for (std::size_t i = start + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\')
      ++i;
    else if (text[i] != quote)
      continue;
    else if (quote == '\'' && i + 1 < text.size() && text[i + 1] == '\'')
      ++i;
    else
      return i + 1;
  }
  return none;
}

// One behind a plain scalar whose value is `value`: folded line breaks are the only difference.
std::size_t plain_end(std::string_view text, std::size_t start, std::string_view value) {
  std::size_t i = start;
  for (std::size_t t = 0; t < value.size() && i < text.size();) {
    if (value[t] == text[i] && text[i] != '\n') {
      const bool fold = text[i] == ' ' && text.find_first_not_of(" \t", i) != none &&
                        text[text.find_first_not_of(" \t", i)] == '\n';
      if (!fold) {
        ++t, ++i;
        continue;
      }
    }
    i = std::min(text.find_first_not_of(" \t\n", i), text.size());
    if (value[t] != ' ' && value[t] != '\n') break;
    t = value[t] == ' ' ? t + 1 : std::min(value.find_first_not_of('\n', t), value.size());
  }
  return i;
}

// One behind the last line of the block scalar whose header is at `start`: lines that are blank or
// indented as far as the first written one (or, with an indentation digit, one more than the
// fewest).
std::size_t block_end(std::string_view text, std::size_t start) {
  const std::size_t header_end = text.find('\n', start);
  if (header_end == none) return text.size();
  const bool digit = text.substr(start, header_end - start).find_first_of("123456789") <= 2;
  std::size_t indent = 0, end = header_end;
  for (std::size_t line = header_end + 1; line < text.size();) {
    const std::size_t line_end = std::min(text.find('\n', line), text.size());
    const std::size_t first = text.find_first_not_of(' ', line);
    if (first != none && first < line_end) {
      const std::size_t spaces = first - line;
      if (indent == 0) indent = digit ? 1 : spaces;
      if (spaces < indent || indent == 0) break;
      end = line_end;
    }
    line = line_end + 1;
  }
  return end;
}

style style_at(char first, bool quoted_tag) {
  if (first == '\'') return style::single_quoted;
  if (first == '"') return style::double_quoted;
  if (quoted_tag && first == '|') return style::literal;
  if (quoted_tag && first == '>') return style::folded;
  return style::plain;
}

bool is_leading_zero(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '_'; });
}

std::string_view null_word_at(std::string_view text, std::size_t offset) {
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (!text.substr(std::min(offset, text.size())).starts_with(word)) continue;
    const std::size_t next = offset + word.size();
    if (next >= text.size() || std::string_view(" \t\n,]}").find(text[next]) != none) return word;
  }
  return {};
}

// A problem that an unclosed bracket can feign: yaml-cpp then reports keys that nobody wrote.
struct doubtful {
  std::size_t at;
  code number;
  std::string message;
  std::string hint;
};

struct frame {
  node value;
  bool flow = false;
  bool as_key = false; // a list or mapping where a key should stand: read on, then forget
  bool has_key = false;
  std::size_t start = 0;     // offset of the container
  std::size_t key_start = 0; // offset of the key at hand
  std::size_t key_end = 0;
  entry next;
};

class builder final : public YAML::EventHandler {
public:
  builder(const source& s, reporter& report) : source_(&s), report_(&report) {}

  [[nodiscard]] std::optional<node> take() { return std::move(root_); }
  [[nodiscard]] const std::size_t& seen() const { return last_; }
  void report_doubtful();
  void refuse_length();
  void explain(const YAML::Exception& e);

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& m, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& m, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value s) override {
    open(kind::sequence, m, tag, anchor, s == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value s) override {
    open(kind::mapping, m, tag, anchor, s == YAML::EmitterStyle::Flow);
  }
  void OnMapEnd() override { close(); }

private:
  [[nodiscard]] static std::size_t offset(const YAML::Mark& m) {
    return m.pos < 0 ? 0 : static_cast<std::size_t>(m.pos);
  }
  [[nodiscard]] bool wants_key() const {
    return !stack_.empty() && stack_.back().value.is_mapping() && !stack_.back().has_key;
  }
  void count();
  void doubt(std::size_t at, code c, std::string message, std::string hint) {
    if (doubtful_.size() <= reporter::most)
      doubtful_.push_back({at, c, std::move(message), std::move(hint)});
  }
  void check_properties(std::size_t at, const std::string& tag, YAML::anchor_t anchor);
  void open(kind k, const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor, bool flow);
  void close();
  void put(node n);
  void put_key(node n, std::size_t start, std::size_t end);
  [[nodiscard]] std::string_view written_null(std::size_t at) const;
  void missing_value(node& n, std::size_t at);
  [[nodiscard]] std::size_t read_scalar(node& n, std::size_t at, bool quoted_tag);
  void check_duplicates(const node& n);
  [[nodiscard]] std::size_t opening_quote(std::size_t before) const;
  void explain_bracket(std::size_t at, std::string_view found);

  const source* source_;
  reporter* report_;
  std::optional<node> root_;
  std::vector<frame> stack_;
  std::vector<doubtful> doubtful_;
  std::size_t values_ = 0;
  std::size_t last_ = 0; // behind the last event
  std::pair<std::size_t, std::size_t> last_long_quote_{
      0, 0}; // quoted text over several lines, for hints
};

// Those inside a bracket that is still open are left out.
void builder::report_doubtful() {
  const auto open = std::ranges::find_if(stack_, &frame::flow);
  const std::size_t end = open == stack_.end() ? none : open->start;
  for (doubtful& d : doubtful_)
    if (d.at < end)
      report_->error(d.number, source_->at(d.at), std::move(d.message), std::move(d.hint));
}

// Where the stream was cut: what starts behind the last event is longer than any value may be.
void builder::refuse_length() {
  const std::size_t start = source_->text().find_first_not_of(" \t\n:", last_);
  report_->error(code::yaml_too_large, source_->at(start == none ? last_ : start),
                 "the value or comment that starts here is longer than 1 MiB",
                 "put data into an input file and read it with a step; write long lists in lines "
                 "that start with '- '");
}

void builder::count() {
  if (++values_ <= most_values) return;
  report_->error(code::yaml_too_large, source_->at(last_),
                 fmt::format("the file holds more than {} values", most_values),
                 "put data into an input file and read it with a step");
  throw stop_parsing{};
}

void builder::check_properties(std::size_t at, const std::string& tag, YAML::anchor_t anchor) {
  if (anchor != 0)
    report_->error(code::yaml_alias, source_->at(at), "found an anchor (&); anchors are refused",
                   "write the value out where it is needed, or make it a parameter under `params`");
  const bool tagged = !tag.empty() && tag != "?" && tag != "!";
  if (tagged || (source_->byte(at) == '!' && anchor == 0))
    report_->error(code::yaml_tag, source_->at(at), "found a tag (!); tags are refused",
                   "remove it; a value gets its type from the parameter it is given to, and a text "
                   "that starts with ! needs quotes");
}

void builder::OnNull(const YAML::Mark& m, YAML::anchor_t anchor) {
  const std::size_t at = offset(m);
  count();
  check_properties(at, {}, anchor);
  node n;
  n.at = source_->at(at);
  n.text = written_null(at);
  if (wants_key()) {
    doubt(at, code::yaml_key,
          n.text.empty() ? "expected a key before ':'"
                         : fmt::format("found '{}' as a key; a key is a text", n.text),
          n.text.empty() ? "write a key, or quote the text that starts with ':' or ','"
                         : "quote it if it is meant as text");
    return put_key(std::move(n), at, at);
  }
  if (n.text.empty()) missing_value(n, at);
  last_ = std::max(last_, at + n.text.size());
  put(std::move(n));
}

// The event of a value left out carries the mark of whatever comes next, which may be a line that
// starts with `null`.
std::string_view builder::written_null(std::size_t at) const {
  const std::string_view word = null_word_at(source_->text(), at);
  if (word.empty() || stack_.empty() || stack_.back().flow) return word;
  const frame& f = stack_.back();
  const mark owner = f.value.is_mapping() ? source_->at(f.key_start) : f.value.at;
  const mark here = source_->at(at);
  return here.line > owner.line && here.column <= owner.column ? std::string_view() : word;
}

// The last value is an unquoted text with a parenthesis that nothing closes.
static bool ends_in_open_call(const node& mapping) {
  if (mapping.entries.empty()) return false;
  const node& last = mapping.entries.back().value;
  return last.is_plain() && std::ranges::count(last.text, '(') > std::ranges::count(last.text, ')');
}

// Gives a value left out the place of its key or dash, and refuses what only yaml-cpp takes for a
// value left out.
void builder::missing_value(node& n, std::size_t at) {
  if (stack_.empty()) return;
  const frame& f = stack_.back();
  const std::string_view text = source_->text();
  if (f.value.is_sequence()) {
    if (f.flow) {
      doubt(at, code::yaml_syntax, "a list item is missing", "remove one comma");
      return;
    }
    const std::size_t dash = at == 0 ? none : text.find_last_not_of(" \t\n", at - 1);
    if (dash != none && text[dash] == '-') n.at = source_->at(dash);
    return;
  }
  n.at = f.next.at;
  const std::size_t colon = text.find_first_not_of(" \t", f.key_end);
  if (colon != none && text[colon] == ':') return;
  if (f.next.key.empty()) return; // already refused as a key
  doubt(f.key_start, code::yaml_syntax,
        fmt::format("expected ': ' behind '{}'", f.next.key.substr(0, 60)),
        f.flow && ends_in_open_call(f.value)
            ? "inside of { } a comma ends a value: quote a function that has one, as in {p: "
              "\"quantile(x, 0.9)\"}"
            : "write `key: value`, with a space behind the colon");
}

void builder::OnAlias(const YAML::Mark& m, YAML::anchor_t) {
  const std::size_t at = offset(m);
  count();
  report_->error(code::yaml_alias, source_->at(at), "found an alias (*); aliases are refused",
                 "write the value out, or quote the text that starts with *");
  node n;
  n.at = source_->at(at);
  if (wants_key()) return put_key(std::move(n), at, at);
  put(std::move(n));
}

// Fills style and source of a scalar and returns the offset behind it.
std::size_t builder::read_scalar(node& n, std::size_t at, bool quoted_tag) {
  const std::string_view text = source_->text();
  n.style = style_at(source_->byte(at), quoted_tag);
  std::size_t end = at;
  if (n.is_quoted()) {
    end = quoted_end(text, at);
    if (end == none) {
      report_->error(code::yaml_open_quote, n.at, "the quote that opens here is never closed",
                     "close it, or write '' for one quote inside single quotes");
      throw stop_parsing{};
    }
    if (text.substr(at, end - at).find('\n') != none) last_long_quote_ = {at, end};
  } else if (n.is_plain()) {
    end = plain_end(text, at, n.text);
  } else {
    end = block_end(text, at);
  }
  const std::size_t quotes = n.is_quoted() ? 2 : 0;
  const std::string_view raw = text.substr(at, end - at);
  const bool as_is = raw.size() == n.text.size() + quotes && raw.find('\n') == none;
  if (!as_is) n.raw = raw;
  return end;
}

void builder::OnScalar(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& value) {
  const std::size_t at = offset(m);
  count();
  check_properties(at, tag, anchor);
  node n;
  n.kind = kind::scalar;
  n.at = source_->at(at);
  n.text = value;
  if (value.size() > largest_scalar) {
    report_->error(
        code::yaml_too_large, n.at,
        fmt::format("this value has {} bytes; at most {} are taken", value.size(), largest_scalar),
        "put data into an input file and read it with a step");
    throw stop_parsing{};
  }
  const std::size_t end = read_scalar(n, at, tag == "!");
  last_ = std::max(last_, end);
  if (n.is_plain() && is_leading_zero(n.text))
    report_->error(code::yaml_number, n.at,
                   fmt::format("'{}' is a number with a leading zero", n.text.substr(0, 60)),
                   "drop the zero, or quote the value if it is a text");
  if (wants_key()) return put_key(std::move(n), at, end);
  put(std::move(n));
}

void builder::open(kind k, const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                   bool flow) {
  const std::size_t at = offset(m);
  count();
  check_properties(at, tag, anchor);
  if (stack_.size() >= deepest) {
    report_->error(code::yaml_too_deep, source_->at(at),
                   fmt::format("the file nests deeper than {} levels here", deepest),
                   "look for a bracket that is never closed");
    throw stop_parsing{};
  }
  frame f;
  f.value.kind = k;
  f.value.at = source_->at(at);
  f.flow = flow;
  f.start = at;
  f.as_key = wants_key();
  stack_.push_back(std::move(f));
  last_ = std::max(last_, at);
}

void builder::close() {
  frame f = std::move(stack_.back());
  stack_.pop_back();
  if (f.value.is_mapping()) check_duplicates(f.value);
  if (!f.as_key) return put(std::move(f.value));
  doubt(f.start, code::yaml_key,
        fmt::format("found {} as a key; a key is a text", describe(f.value)),
        "quote a text that starts with a bracket or '? '");
  node none_key;
  none_key.at = f.value.at;
  put_key(std::move(none_key), f.start, f.start);
}

void builder::put(node n) {
  if (stack_.empty()) {
    root_ = std::move(n);
    return;
  }
  frame& f = stack_.back();
  if (f.value.is_sequence()) {
    f.value.items.push_back(std::move(n));
    return;
  }
  f.next.value = std::move(n);
  if (!f.next.key.empty()) f.value.entries.push_back(std::move(f.next));
  f.next = {};
  f.has_key = false;
}

void builder::put_key(node n, std::size_t start, std::size_t end) {
  frame& f = stack_.back();
  if (n.is_plain() && n.text == "<<")
    report_->error(code::yaml_merge_key, n.at, "found a merge key (<<); merge keys are refused",
                   "write the keys out, or quote it if it is meant as text");
  if (n.is_scalar() && n.text.empty())
    report_->error(code::yaml_key, n.at, "found an empty key", "write a key before the colon");
  f.next.key = std::move(n.text);
  f.next.at = n.at;
  f.key_start = start;
  f.key_end = end;
  f.has_key = true;
}

void builder::check_duplicates(const node& n) {
  std::vector<const entry*> sorted;
  sorted.reserve(n.entries.size());
  for (const entry& e : n.entries) sorted.push_back(&e);
  std::ranges::sort(sorted, [](const entry* a, const entry* b) {
    return std::tie(a->key, a->at) < std::tie(b->key, b->at);
  });
  for (std::size_t i = 1, first = 0; i < sorted.size(); ++i) {
    if (sorted[i]->key != sorted[first]->key) {
      first = i;
      continue;
    }
    const entry& e = *sorted[i];
    report_->error(code::yaml_duplicate_key, e.at,
                   fmt::format("the key '{}' stands twice, first in line {}, column {}",
                               e.key.substr(0, 60), sorted[first]->at.line,
                               sorted[first]->at.column),
                   "delete or rename one of them");
  }
}

// The quote that opens the text which was still open at `before`; `none` if there is no such.
std::size_t builder::opening_quote(std::size_t before) const {
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

// An open '[' or '{' met something other than a comma or its end.
void builder::explain_bracket(std::size_t at, std::string_view found) {
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

void builder::explain(const YAML::Exception& e) {
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

// Stops at the start of whatever follows the document. yaml-cpp would offer a lone ',' again and
// again.
class nothing_more final : public YAML::EventHandler {
public:
  void OnDocumentStart(const YAML::Mark& m) override {
    throw second_document{m.pos < 0 ? 0 : static_cast<std::size_t>(m.pos)};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

void refuse_more(const source& s, std::size_t at, reporter& report) {
  const std::string_view text = s.text();
  const std::string_view before = text.substr(0, std::min(at, text.size()));
  const std::size_t last = before.find_last_not_of(" \t\n");
  const bool ended = last != none && last >= 2 && before.substr(last - 2, 3) == "...";
  if (ended || text.substr(std::min(at, text.size())).starts_with("---"))
    return report.error(code::yaml_second_document, s.at(at), "a second document starts here",
                        "keep one document in a file");
  report.error(code::yaml_trailing, s.at(at), "found more content behind the end of the document",
               "check the indent of this line; quote a text that starts with ',' or a bracket");
}

// Whatever is wrong becomes diagnostics; true where a document was found.
bool drive(const source& s, builder& build, reporter& report) {
  view_buffer buffer(s.text(), build.seen());
  std::istream in(&buffer);
  bool found = false;
  try {
    YAML::Parser parser(in);
    found = parser.HandleNextDocument(build);
    nothing_more more;
    if (found && !buffer.cut()) parser.HandleNextDocument(more);
  } catch (const stop_parsing&) {
    build.report_doubtful();
    return true;
  } catch (const second_document& d) {
    refuse_more(s, d.offset, report);
  } catch (const YAML::Exception& e) {
    if (!buffer.cut()) build.explain(e);
  } catch (const std::exception& e) {
    report.error(code::yaml_syntax, yaml::mark{1, 1}, fmt::format("cannot be read: {}", e.what()));
  }
  if (buffer.cut())
    build.refuse_length();
  else
    build.report_doubtful();
  return found;
}

std::optional<node> run(const source& s, reporter& report) {
  builder build(s, report);
  const bool found = drive(s, build, report);
  if (report.failed()) return std::nullopt;
  std::optional<node> root = build.take();
  if (found && root && !root->is_null()) return root;
  report.error(code::yaml_empty, yaml::mark{1, 1}, "the file holds no document",
               "write at least the keys vigie, name and steps");
  return std::nullopt;
}

} // namespace

parsed parse(std::string_view bytes, std::string file_name) {
  parsed out;
  reporter report(out.problems, std::move(file_name));
  if (bytes.size() > largest_file) {
    report.error(
        code::yaml_too_large, yaml::mark{1, 1},
        fmt::format("the file has {} bytes; at most {} are taken", bytes.size(), largest_file),
        "put data into an input file and read it with a step");
    return out;
  }
  const source s(bytes);
  if (check_bytes(s, report)) out.root = run(s, report);
  std::ranges::stable_sort(out.problems, {}, [](const diagnostic& d) {
    return std::tuple(d.severity == severity::note, d.place.line, d.place.column);
  });
  add_excerpts(bytes, report.file(), out.problems);
  return out;
}

} // namespace vigie::yaml
