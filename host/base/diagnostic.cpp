// SPDX-License-Identifier: Apache-2.0
#include "diagnostic.hpp"

#include "text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace vigie {
namespace {

struct paint {
  bool on;
  [[nodiscard]] std::string operator()(std::string_view sgr, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", sgr, text) : std::string(text);
  }
};

std::string_view word(severity s) {
  switch (s) {
  case severity::error: return "error";
  case severity::warning: return "warning";
  case severity::note: return "note";
  }
  return "error";
}

// The excerpt line cut to a window around the caret, so that a line of a megabyte stays readable.
struct window {
  std::string text;
  std::size_t caret;
};

window cut(std::string_view line, std::size_t column) {
  constexpr std::size_t before = 60, width = 120;
  std::size_t start = column > before ? column - before : 0;
  start = std::min(start, line.size());
  start = text::char_start(line, start);
  const std::string_view shown = line.substr(start, width);
  const std::string lead =
      text::printable(shown.substr(0, std::min(column - std::min(column, start), shown.size())));
  const std::string mark = start > 0 ? "..." : "";
  return {mark + text::printable(shown), text::width(mark) + text::width(lead)};
}

// Optimal string alignment distance, bounded: anything above `limit` is `limit + 1`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      now[j] = std::min({now[j - 1] + 1, last[j] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

} // namespace

diagnostic fail(code c, std::string message) {
  diagnostic d;
  d.code = c;
  d.message = std::move(message);
  return d;
}

std::string code_name(code c) { return std::string(entry_of(c).name); }

std::string render(const place& p) {
  std::string out;
  const auto add = [&out](std::string_view part) {
    if (!out.empty()) out += ", ";
    out += part;
  };
  if (!p.file.empty()) {
    out = text::printable(p.file);
    if (p.line > 0) out += fmt::format(":{}", p.line);
    if (p.line > 0 && p.column > 0) out += fmt::format(":{}", p.column);
  }
  if (p.offset >= 0) {
    if (p.length >= 0)
      add(fmt::format("bytes {}-{}", p.offset, p.offset + p.length));
    else
      add(fmt::format("byte {}", p.offset));
  }
  if (!p.step.empty()) add(fmt::format("step '{}'", text::printable(p.step)));
  if (p.row >= 0) add(fmt::format("row {}", p.row));
  if (!p.field.empty()) add(fmt::format("column '{}'", text::printable(p.field)));
  return out;
}

std::string render(const diagnostic& d, bool colour) {
  const paint paint{colour};
  std::string out = render(d.place);
  if (!out.empty()) out += ": ";
  const std::string head = fmt::format("{}[{}]", word(d.severity), entry_of(d.code).name);
  out += paint(d.severity == severity::error ? "1;31" : "1;33", head);
  out += ": ";
  out += text::printable(d.message);
  if (!d.excerpt.empty() && d.place.column > 0) {
    const window w = cut(d.excerpt, static_cast<std::size_t>(d.place.column - 1));
    const std::string gutter = fmt::format("{:>5} | ", d.place.line);
    out += fmt::format("\n{}{}\n{}| {}{}", gutter, w.text, std::string(gutter.size() - 2, ' '),
                       std::string(w.caret, ' '), paint("1;32", "^"));
  }
  if (!d.hint.empty())
    out += fmt::format("\n      {} {}", paint("1", "help:"), text::printable(d.hint));
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
  std::string best;
  std::size_t best_distance = limit + 1;
  for (const std::string& c : candidates) {
    const std::size_t d = distance(word, c, limit);
    if (d < best_distance) {
      best = c;
      best_distance = d;
    }
  }
  return best;
}

} // namespace vigie
