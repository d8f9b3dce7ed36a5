// SPDX-License-Identifier: Apache-2.0
#include "expressions.hpp"

#include "expr/parser.hpp"

#include <vigie/copy.hpp>

#include <algorithm>

namespace vigie::core {
namespace {

template <class Work> expr::typed_ptr located(const expression& e, Work work) {
  try {
    return work(*expr::parse(e.value));
  } catch (const expr::wrong& w) {
    throw e.wrong(w.status, w.message, static_cast<std::int64_t>(w.at));
  }
}

template <class Put> void append(builder& to, const expr::vec& from, std::size_t rows, Put put) {
  for (std::size_t i = 0; i < rows; ++i) {
    if (from.status_at(i) == expr::present)
      put(i);
    else
      to.null();
  }
}

// Values side by side without nulls, of the type the column has.
template <class T> bool append_block(builder& to, const expr::vec& from, std::size_t rows) {
  if (from.states != nullptr || from.step == 0) return false;
  std::copy_n(from.as<T>(), rows, to.fixed<T>(static_cast<std::int64_t>(rows)).data());
  return true;
}

void append_integers(builder& to, kind k, const expr::vec& from, std::size_t rows) {
  const bool whole = k == kind::int64 || k == kind::uint64 || k == kind::timestamp;
  if (whole && append_block<std::int64_t>(to, from, rows)) return;
  append(to, from, rows, [&](std::size_t i) { to.integer(from.at<std::int64_t>(i)); });
}

void append_nested(builder& to, const expr::vec& from, std::size_t rows) {
  append(to, from, rows, [&](std::size_t i) {
    const auto cell = from.at<expr::nested_cell>(i);
    copy_cell(to, *cell.in, cell.row);
  });
}

} // namespace

expr::typed_ptr typed_expression(const expression& e, expr::scope& columns,
                                 expr::named_values& values) {
  return located(e, [&](const expr::syntax& s) { return type_expression(s, columns, values); });
}

expr::typed_ptr typed_condition(const expression& e, expr::scope& columns,
                                expr::named_values& values) {
  return located(e, [&](const expr::syntax& s) { return type_condition(s, columns, values); });
}

void refuse_unused(const expr::named_values& values, int param) {
  const int unused = values.first_unused();
  if (unused < 0) return;
  const std::string name = values.names()[static_cast<std::size_t>(unused)];
  throw error(VIGIE_E_CONFIG,
              "no expression uses the value '" + name + "'; write :" + name + " or remove it")
      .at_param(param, unused);
}

void need_columns(binding& b, const expr::scope& columns) {
  for (const int position : columns.used()) b.at(position);
}

field made_field(field type, std::string name) {
  type.name = std::move(name);
  type.index.clear();
  if (type.kind == kind::text) type.format = "vu";
  if (type.kind == kind::binary) type.format = "vz";
  for (field& c : type.children) c = made_field(std::move(c), c.name);
  return type;
}

void append_results(builder& to, const field& type, const expr::vec& from, std::size_t rows) {
  switch (expr::rep_of(type.kind)) {
  case expr::rep::boolean:
    return append(to, from, rows,
                  [&](std::size_t i) { to.boolean(from.at<std::uint8_t>(i) != 0); });
  case expr::rep::integer:
  case expr::rep::natural: return append_integers(to, type.kind, from, rows);
  case expr::rep::real:
    if (append_block<double>(to, from, rows)) return;
    return append(to, from, rows, [&](std::size_t i) { to.real(from.at<double>(i)); });
  case expr::rep::text:
    return append(to, from, rows, [&](std::size_t i) { to.text(from.at<std::string_view>(i)); });
  case expr::rep::nested: return append_nested(to, from, rows);
  }
}

} // namespace vigie::core
