// SPDX-License-Identifier: Apache-2.0
#include "redact.hpp"

#include "json.hpp"
#include "text.hpp"

#include <algorithm>
#include <utility>

namespace vigie {
namespace {

constexpr std::size_t shortest_line = 8; // of a secret of several lines

struct span {
  std::size_t begin, end;
};

// Occurrences may overlap one another and themselves.
void find_all(std::string_view text, std::string_view form, std::vector<span>& out) {
  for (std::size_t at = text.find(form); at != std::string_view::npos; at = text.find(form, at + 1))
    out.push_back({at, at + form.size()});
}

// The beginning of `form` that the text ends with; at least redactor::shortest bytes.
void find_cut(std::string_view text, std::string_view form, std::vector<span>& out) {
  for (std::size_t n = std::min(form.size() - 1, text.size()); n >= redactor::shortest; --n)
    if (text.ends_with(form.substr(0, n))) return out.push_back({text.size() - n, text.size()});
}

std::string cover(std::string_view text, std::vector<span> spans) {
  std::ranges::sort(spans, {}, &span::begin);
  std::string out;
  std::size_t done = 0;
  for (std::size_t i = 0; i < spans.size();) {
    span all = spans[i];
    for (; i < spans.size() && spans[i].begin <= all.end; ++i)
      all.end = std::max(all.end, spans[i].end);
    out += text.substr(done, all.begin - done);
    out += redactor::mask;
    done = all.end;
  }
  out += text.substr(done);
  return out;
}

} // namespace

bool redactor::add(std::string_view secret) {
  if (secret.size() < shortest) return false;
  add_forms(secret);
  if (secret.find('\n') == std::string_view::npos) return true;
  for (std::string_view line : text::split(secret, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() >= shortest_line) add_forms(line);
  }
  return true;
}

void redactor::add_forms(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  const std::string printed = text::printable(text);
  std::string json_of_printed;
  append_json_string(json_of_printed, printed);
  const auto inner = [](const std::string& quoted) { return quoted.substr(1, quoted.size() - 2); };
  for (std::string form : {std::string(text), printed, inner(json), inner(json_of_printed)})
    if (std::ranges::find(forms_, form) == forms_.end()) forms_.push_back(std::move(form));
  std::ranges::stable_sort(forms_, std::greater{}, &std::string::size);
}

std::string redactor::masked(std::string text, bool cut) const {
  std::vector<span> spans;
  for (const std::string& form : forms_) {
    find_all(text, form, spans);
    if (cut) find_cut(text, form, spans);
  }
  return spans.empty() ? std::move(text) : cover(text, std::move(spans));
}

std::string redactor::apply(std::string text) const { return masked(std::move(text), false); }

std::string redactor::apply_cut(std::string text) const { return masked(std::move(text), true); }

diagnostic redactor::apply(diagnostic d) const {
  for (std::string* text :
       {&d.message, &d.hint, &d.excerpt, &d.place.file, &d.place.step, &d.place.field})
    *text = apply(std::move(*text));
  return d;
}

} // namespace vigie
