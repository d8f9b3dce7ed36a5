// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "batch/cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vigie::testing {
namespace {

constexpr data::cell_options unmasked{.show_sensitive = true};

// A column of one cell.
data::shared_column array_of(const field& f, const cell& c) {
  builder b(f);
  put(f, c, b);
  ArrowArray a{};
  b.finish(&a);
  return data::take_array(&a);
}

std::string real_text(double v) {
  if (std::isnan(v)) return ".nan";
  if (std::isinf(v)) return v < 0 ? "-.inf" : ".inf";
  return fmt::format("{}", v);
}

bool same_list(const cell& expected, const column& c, std::int64_t at) {
  const column items = c.items();
  const auto [begin, end] = c.list(at);
  if (end - begin != static_cast<std::int64_t>(expected.items.size())) return false;
  for (std::int64_t i = begin; i < end; ++i)
    if (!same(expected.items[static_cast<std::size_t>(i - begin)], items, i)) return false;
  return true;
}

bool same_struct(const cell& expected, const column& c, std::int64_t at) {
  for (std::size_t k = 0; k < expected.fields.size(); ++k)
    if (expected.fields[k] && !same(*expected.fields[k], c.child(k), c.child_row(at))) return false;
  return true;
}

} // namespace

void put(const field& f, const cell& c, builder& to) {
  if (c.null) return to.null();
  switch (f.kind) {
  case kind::boolean: return to.boolean(c.integer != 0);
  case kind::float64: return to.real(c.real);
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return to.text(c.text);
  case kind::list:
    for (const cell& i : c.items) put(f.children[0], i, to.child(0));
    return to.end_list();
  case kind::structure:
    for (std::size_t k = 0; k < f.children.size(); ++k)
      c.fields[k] ? put(f.children[k], *c.fields[k], to.child(k)) : to.child(k).null();
    return to.end_struct();
  default: return to.integer(c.integer);
  }
}

data::batch batch_of(const schema& fields, std::span<const row> rows) {
  data::batch out;
  out.rows = static_cast<std::int64_t>(rows.size());
  for (std::size_t k = 0; k < fields.size(); ++k) {
    builder b(fields[k]);
    for (const row& r : rows) {
      const auto at = std::ranges::find(r.cells, k, &listed_cell::column);
      at == r.cells.end() ? b.null() : put(fields[k], at->value, b);
    }
    ArrowArray a{};
    b.finish(&a);
    out.columns.push_back(data::take_array(&a));
  }
  return out;
}

bool same(const cell& expected, const column& c, std::int64_t at) {
  if (expected.null || c.is_null(at)) return expected.null && c.is_null(at);
  switch (c.type().kind) {
  case kind::boolean: return c.boolean(at) == (expected.integer != 0);
  case kind::float64: return real_text(c.real(at)) == real_text(expected.real);
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return c.text(at) == expected.text;
  case kind::list: return same_list(expected, c, at);
  case kind::structure: return same_struct(expected, c, at);
  default: return c.integer(at) == expected.integer;
  }
}

std::string shown(const field& f, const cell& c) {
  if (c.null) return "null";
  if (f.kind == kind::list || f.kind == kind::structure) {
    std::string out;
    for (const cell& i : c.items) out += (out.empty() ? "" : ", ") + shown(f.children[0], i);
    for (std::size_t k = 0; k < c.fields.size(); ++k)
      if (c.fields[k])
        out += fmt::format("{}\"{}\": {}", out.empty() ? "" : ", ", f.children[k].name,
                           shown(f.children[k], *c.fields[k]));
    return f.kind == kind::list ? "[" + out + "]" : "{" + out + "}";
  }
  const data::shared_column one = array_of(f, c);
  return yaml_text(column(f, *one.array), 0);
}

std::string shown(const column& c, std::int64_t at, bool sensitive) {
  if (c.type().sensitive && !sensitive && !c.is_null(at)) return "*** (sensitive)";
  if (c.type().kind == kind::float64 && !c.is_null(at)) return real_text(c.real(at));
  if (c.type().kind == kind::structure || c.type().kind == kind::list) {
    std::string out;
    data::append_json(out, c, at, {sensitive});
    return out;
  }
  return yaml_text(c, at);
}

std::string yaml_text(const column& c, std::int64_t at) {
  if (c.is_null(at)) return "null";
  std::string out;
  if (c.type().kind == kind::float64) return real_text(c.real(at));
  if (c.type().kind == kind::list) {
    const column items = c.items();
    const auto [begin, end] = c.list(at);
    for (std::int64_t i = begin; i < end; ++i) out += (i > begin ? ", " : "") + yaml_text(items, i);
    return "[" + out + "]";
  }
  if (c.type().kind == kind::structure) {
    for (std::size_t k = 0; k < c.type().children.size(); ++k) {
      out += k > 0 ? ", " : "";
      append_json_string(out, c.type().children[k].name);
      out += ": " + yaml_text(c.child(k), c.child_row(at));
    }
    return "{" + out + "}";
  }
  data::append_json(out, c, at, unmasked);
  return out;
}

} // namespace vigie::testing
