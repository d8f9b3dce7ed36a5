// SPDX-License-Identifier: Apache-2.0
#include "tree_builder.hpp"

#include "parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace vigie::yaml {
namespace {

// The last value is an unquoted text with a parenthesis that nothing closes.
bool ends_in_open_call(const node& mapping) {
  if (mapping.entries.empty()) return false;
  const node& last = mapping.entries.back().value;
  return last.is_plain() && std::ranges::count(last.text, '(') > std::ranges::count(last.text, ')');
}

} // namespace

// Those inside a bracket that is still open are left out.
void tree_builder::report_doubtful() {
  const auto open = std::ranges::find_if(stack_, &frame::flow);
  const std::size_t end = open == stack_.end() ? none : open->start;
  for (doubtful& d : doubtful_)
    if (d.at < end)
      report_->error(d.number, source_->at(d.at), std::move(d.message), std::move(d.hint));
}

// Where the stream was cut: what starts behind the last event is longer than any value may be.
void tree_builder::refuse_length() {
  const std::size_t start = source_->text().find_first_not_of(" \t\n:", last_);
  report_->error(code::yaml_too_large, source_->at(start == none ? last_ : start),
                 "the value or comment that starts here is longer than 1 MiB",
                 "put data into an input file and read it with a step; write long lists in lines "
                 "that start with '- '");
}

void tree_builder::count() {
  if (++values_ <= most_values) return;
  report_->error(code::yaml_too_large, source_->at(last_),
                 fmt::format("the file holds more than {} values", most_values),
                 "put data into an input file and read it with a step");
  throw stop_parsing{};
}

void tree_builder::check_properties(std::size_t at, const std::string& tag, YAML::anchor_t anchor) {
  if (anchor != 0)
    report_->error(code::yaml_alias, source_->at(at), "found an anchor (&); anchors are refused",
                   "write the value out where it is needed, or make it a parameter under `params`");
  const bool tagged = !tag.empty() && tag != "?" && tag != "!";
  if (tagged || (source_->byte(at) == '!' && anchor == 0))
    report_->error(code::yaml_tag, source_->at(at), "found a tag (!); tags are refused",
                   "remove it; a value gets its type from the parameter it is given to, and a text "
                   "that starts with ! needs quotes");
}

void tree_builder::OnNull(const YAML::Mark& m, YAML::anchor_t anchor) {
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
std::string_view tree_builder::written_null(std::size_t at) const {
  const std::string_view word = null_word_at(source_->text(), at);
  if (word.empty() || stack_.empty() || stack_.back().flow) return word;
  const frame& f = stack_.back();
  const mark owner = f.value.is_mapping() ? source_->at(f.key_start) : f.value.at;
  const mark here = source_->at(at);
  return here.line > owner.line && here.column <= owner.column ? std::string_view() : word;
}

// Gives a value left out the place of its key or dash, and refuses what only yaml-cpp takes for a
// value left out.
void tree_builder::missing_value(node& n, std::size_t at) {
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

void tree_builder::OnAlias(const YAML::Mark& m, YAML::anchor_t) {
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
std::size_t tree_builder::read_scalar(node& n, std::size_t at, bool quoted_tag) {
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

void tree_builder::OnScalar(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
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

void tree_builder::open(kind k, const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
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

void tree_builder::close() {
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

void tree_builder::put(node n) {
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

void tree_builder::put_key(node n, std::size_t start, std::size_t end) {
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

void tree_builder::check_duplicates(const node& n) {
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

} // namespace vigie::yaml
