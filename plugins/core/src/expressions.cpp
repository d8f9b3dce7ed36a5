// SPDX-License-Identifier: Apache-2.0
#include "expressions.hpp"

#include "expr/parser.hpp"

#include <vigie/copy.hpp>

#include <algorithm>
#include <cstring>
#include <span>

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
  if (from.states != nullptr) return false;
  const std::span<T> out = to.fixed<T>(static_cast<std::int64_t>(rows));
  if (from.step == 0)
    std::fill(out.begin(), out.end(), *from.as<T>());
  else
    std::copy_n(from.as<T>(), out.size(), out.data());
  return true;
}

constexpr std::size_t inline_bytes = 12; // of a text within its view element

view_element short_view(std::string_view text) {
  view_element out{};
  out.size = static_cast<std::int32_t>(text.size());
  char* const to = reinterpret_cast<char*>(&out) + sizeof out.size;
  const std::size_t size = text.size();
  if (size >= 8) { // two copies of a size known here, which may overlap
    std::memcpy(to, text.data(), 8);
    std::memcpy(to + size - 4, text.data() + size - 4, 4);
  } else if (size >= 4) {
    std::memcpy(to, text.data(), 4);
    std::memcpy(to + size - 4, text.data() + size - 4, 4);
  } else {
    for (std::size_t i = 0; i < size; ++i) to[i] = text[i];
  }
  return out;
}

// Short texts without nulls, as view elements side by side.
bool append_short_texts(builder& to, const expr::vec& from, std::size_t rows) {
  if (from.states != nullptr) return false;
  const std::size_t distinct = from.step == 0 ? 1 : rows;
  const std::span texts(from.as<std::string_view>(), distinct);
  const bool all_short = std::all_of(texts.begin(), texts.end(),
                                     [](std::string_view t) { return t.size() <= inline_bytes; });
  if (!all_short) return false;
  const std::span<view_element> out = to.fixed<view_element>(static_cast<std::int64_t>(rows));
  if (from.step == 0)
    std::fill(out.begin(), out.end(), short_view(texts[0]));
  else
    std::transform(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(out.size()),
                   out.begin(), short_view);
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
    if (is_bytes(type.kind) && append_short_texts(to, from, rows)) return;
    return append(to, from, rows, [&](std::size_t i) { to.text(from.at<std::string_view>(i)); });
  case expr::rep::nested: return append_nested(to, from, rows);
  }
}

} // namespace vigie::core
