// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include "base/json.hpp"
#include "batch/gather.hpp"
#include "plan/sensitive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace vigie::testing {
namespace {

constexpr std::int64_t most_accepted = 1000; // rows; more belong into an output that is compared

using columns = std::vector<std::size_t>;

columns listed(const row& r) {
  columns out;
  for (const listed_cell& c : r.cells) out.push_back(c.column);
  return out;
}

columns all_columns(const table& t) {
  columns out(t.fields().size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

bool matches(const row& expected, const table& found, std::int64_t at) {
  return std::ranges::all_of(expected.cells, [&](const listed_cell& c) {
    return found.cell(at, c.column,
                      [&](const column& f, std::int64_t i) { return same(c.value, f, i); });
  });
}

std::string shown_row(const schema& fields, const row& r) {
  std::string out;
  for (const listed_cell& c : r.cells)
    out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", fields[c.column].name,
                       shown(fields[c.column], c.value));
  return "{" + out + "}";
}

std::string found_row(const table& t, std::int64_t at, const columns& which) {
  std::string out;
  for (const std::size_t k : which)
    out += fmt::format(
        "{}{}: {}", out.empty() ? "" : ", ", t.fields()[k].name,
        t.cell(at, k, [&](const column& c, std::int64_t i) { return shown(c, i, t.sensitive()); }));
  return "{" + out + "}";
}

void compare_cells(const std::string& step, const row& expected, const table& found,
                   std::int64_t at, std::vector<difference>& out) {
  for (const listed_cell& c : expected.cells) {
    found.cell(at, c.column, [&](const column& f, std::int64_t i) {
      if (same(c.value, f, i)) return;
      difference d{step,
                   at,
                   c.at,
                   f.type().name,
                   {},
                   shown(f.type(), c.value),
                   shown(f, i, found.sensitive())};
      if (f.type().sensitive && !found.sensitive()) d.found += ", another one";
      out.push_back(std::move(d));
    });
  }
}

// A key of a flow mapping; a plain one where it can be.
std::string key_text(const std::string& name) {
  const bool plain = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
  constexpr std::string_view words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
  if (plain && std::ranges::find(words, name) == std::end(words)) return name;
  std::string quoted;
  append_json_string(quoted, name);
  return quoted;
}

} // namespace

table::table(const schema& fields, const std::vector<data::batch>& batches, bool sensitive)
    : fields_(&fields), sensitive_(sensitive) {
  for (const data::batch& b : batches) {
    if (b.rows == 0) continue;
    piece p{rows_, {}};
    for (std::size_t k = 0; k < fields.size(); ++k)
      p.columns.push_back(data::gather(fields[k], b.columns[k]));
    pieces_.push_back(std::move(p));
    rows_ += b.rows;
  }
}

const table::piece& table::piece_of(std::int64_t row) const {
  return *std::prev(std::ranges::upper_bound(pieces_, row, {}, &piece::first));
}

void compare_rows(const std::string& step, const std::vector<row>& expected, yaml::mark at,
                  const table& found, std::vector<difference>& out) {
  const auto wanted = static_cast<std::int64_t>(expected.size());
  const std::int64_t both = std::min(wanted, found.rows());
  if (wanted != found.rows()) {
    difference d{step, -1, at, {}, fmt::format("{} rows expected, {} found", wanted, found.rows()),
                 {},   {}};
    if (wanted > both)
      d.expected = shown_row(found.fields(), expected[static_cast<std::size_t>(both)]);
    else
      d.found = found_row(found, both, wanted == 0 ? all_columns(found) : listed(expected.back()));
    out.push_back(std::move(d));
  }
  for (std::int64_t i = 0; i < both; ++i)
    compare_cells(step, expected[static_cast<std::size_t>(i)], found, i, out);
}

void compare_contains(const std::string& step, const std::vector<row>& expected, const table& found,
                      std::vector<difference>& out) {
  for (const row& r : expected) {
    bool there = false;
    for (std::int64_t i = 0; i < found.rows() && !there; ++i) there = matches(r, found, i);
    if (there) continue;
    out.push_back({step,
                   -1,
                   r.at,
                   {},
                   fmt::format("none of the {} rows is like the expected one", found.rows()),
                   shown_row(found.fields(), r),
                   {}});
  }
}

void compare_count(const expected_step& expected, const table& found,
                   std::vector<difference>& out) {
  if (found.rows() == expected.counted) return;
  out.push_back({expected.step,
                 -1,
                 expected.count->at,
                 {},
                 fmt::format("{} rows expected, {} found", expected.counted, found.rows()),
                 {},
                 {}});
}

std::optional<edit> accept_rows(const yaml::node& old, const std::vector<row>& expected,
                                const table& found, std::string& why) {
  if (found.rows() > most_accepted)
    why = fmt::format("the step gives {} rows; more than {} are not written into a pipeline file",
                      found.rows(), most_accepted);
  edit e{old, {}, {}};
  for (std::int64_t i = 0; i < found.rows() && why.empty(); ++i) {
    const auto at = std::min(static_cast<std::size_t>(i), expected.size() - 1);
    std::string text;
    for (const std::size_t k : expected.empty() ? all_columns(found) : listed(expected[at])) {
      if (plan::is_sensitive(found.fields()[k]))
        why = fmt::format("column '{}' is sensitive; write its cells by hand",
                          found.fields()[k].name);
      text += (text.empty() ? "" : ", ") + key_text(found.fields()[k].name) + ": ";
      text += found.cell(i, k, [](const column& c, std::int64_t r) { return yaml_text(c, r); });
    }
    e.rows.push_back("{" + text + "}");
  }
  if (!why.empty()) return std::nullopt;
  return e;
}

} // namespace vigie::testing
