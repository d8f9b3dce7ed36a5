// SPDX-License-Identifier: Apache-2.0
#include "aggregate.hpp"

#include "expr/wrong.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

constexpr std::size_t most_calls = 200;

bool is_nested(kind k) { return k == kind::list || k == kind::structure; }

// The type of a key, without the layout the column happens to have.
field key_field(field f) {
  f.index.clear();
  f.format = f.kind == kind::text ? "vu" : f.kind == kind::binary ? "vz" : "";
  return f;
}

} // namespace

void aggregate_rows::bind_key(aggregate_binding& b, const column_name& name) {
  const need n = b.column(name);
  const field f = key_field(b.needs()[0].fields[static_cast<std::size_t>(n.index)]);
  if (is_nested(f.kind))
    throw name.wrong(VIGIE_E_SCHEMA, "column '" + name.value + "' is " + describe(f) +
                                         "; rows are grouped by plain values only");
  if (find_field(key_fields, name.value) >= 0)
    throw name.wrong(VIGIE_E_SCHEMA, "column '" + name.value + "' stands twice; name it once");
  key_needs.push_back(n);
  key_fields.push_back(f);
  plan.keys.push_back(f.kind);
  partial_keys.push_back(b.key(f));
  static_cast<void>(b.adds(f));
}

// The number of the column among those that functions read.
int aggregate_rows::cells_of(aggregate_binding& b, const column_name& name, std::size_t at) {
  const int position = find_field(b.input(), name.value);
  if (position < 0) {
    std::vector<std::string> known;
    for (const field& f : b.input()) known.push_back(f.name);
    throw name.wrong(VIGIE_E_SCHEMA,
                     "there is no column " + expr::quoted(name.value) + " in the input" +
                         expr::did_you_mean(name.value, known) + "; it has " + expr::listed(known),
                     static_cast<std::int64_t>(at));
  }
  for (std::size_t i = 0; i < needs.size(); ++i)
    if (b.needs()[0].positions[static_cast<std::size_t>(needs[i].index)] == position)
      return static_cast<int>(i);
  needs.push_back(b.at(position));
  return static_cast<int>(needs.size()) - 1;
}

void aggregate_rows::bind_call(aggregate_binding& b, const std::string& name,
                               const expression& text) {
  if (name.empty()) throw text.wrong(VIGIE_E_CONFIG, "a column without a name");
  if (find_field(b.added(), name) >= 0)
    throw text.wrong(VIGIE_E_CONFIG,
                     "the result would have two columns '" + name + "'; rename one");
  agg::bound_call c;
  c.what = agg::parse_call(text.value);
  const auto field_at = [&](int i) {
    return b.needs()[0].fields[static_cast<std::size_t>(needs[static_cast<std::size_t>(i)].index)];
  };
  column_name column;
  column.param = text.param;
  column.item = text.item;
  if (c.what.column) {
    column.value = *c.what.column;
    c.column = cells_of(b, column, c.what.column_at);
    c.in = field_at(c.column);
  }
  c.result = agg::result_field(c.what, c.column < 0 ? nullptr : &c.in, name);
  if (c.what.by) {
    column.value = *c.what.by;
    c.by = cells_of(b, column, c.what.by_at);
    const field order = field_at(c.by);
    if (is_nested(order.kind))
      throw expr::wrong{VIGIE_E_SCHEMA,
                        "column " + expr::quoted(order.name) + " is " + describe(order) +
                            "; wanted is a plain value",
                        c.what.by_at};
    c.by_kind = order.kind;
    c.result.sensitive = c.result.sensitive || order.sensitive;
  }
  static_cast<void>(b.adds(c.result));
  plan.calls.push_back(std::move(c));
}

void aggregate_rows::bind(aggregate_binding& b) {
  plan = agg::layout();
  key_fields.clear();
  key_needs.clear();
  needs.clear();
  partial_keys.clear();
  least_value_bytes = 0;
  if (by.empty() && compute.empty())
    throw error(VIGIE_E_CONFIG, "neither 'by' nor 'compute' is given; there is nothing to make")
        .at_param(0);
  if (compute.size() > most_calls)
    throw error(VIGIE_E_CONFIG, "more than 200 functions; use several steps").at_param(1);
  for (const column_name& name : by) bind_key(b, name);
  bool sensitive = false;
  for (const auto& [name, text] : compute) {
    try {
      bind_call(b, name, text);
    } catch (const expr::wrong& w) {
      throw text.wrong(w.status, w.message, static_cast<std::int64_t>(w.at));
    }
    const agg::bound_call& made = plan.calls.back();
    sensitive = sensitive || made.result.sensitive;
    if (!agg::keeps_values(made.what.fn)) continue;
    const std::size_t bytes =
        agg::is_text(made.in.kind) ? sizeof(std::uint64_t) : agg::word_width(made.in.kind);
    least_value_bytes = least_value_bytes == 0 ? bytes : std::min(least_value_bytes, bytes);
  }
  std::string name = "state";
  while (find_field(key_fields, name) >= 0) name += '_';
  partial_state = b.partial({.name = name, .kind = kind::binary, .sensitive = sensitive});
}

} // namespace vigie::core
