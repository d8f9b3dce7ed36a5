// SPDX-License-Identifier: Apache-2.0
#include "rows/list_items.hpp"

namespace vigie::press {
namespace {

bool serves(const field& f, const item_fields::wanted& w) {
  if (w.list) return f.kind == kind::list && serves(f.children[0], {w.name, w.kind});
  return f.kind == w.kind || (is_integer(f.kind) && is_integer(w.kind));
}

std::string name_of_wanted(const item_fields::wanted& w) {
  const std::string plain(is_integer(w.kind) ? "a whole number" : name_of(w.kind));
  return w.list ? "a list of " + plain : plain;
}

} // namespace

item_fields::item_fields(binding& b, const char* column, std::initializer_list<wanted> fields,
                         const char* maker) {
  const std::string advice = std::string("; put ") + maker + " before this step";
  const int position = find_field(b.input(), column);
  if (position < 0)
    throw error(VIGIE_E_SCHEMA,
                std::string("there is no column '") + column + "' in the input" + advice);
  const field& f = b.input()[static_cast<std::size_t>(position)];
  if (f.kind != kind::list || f.children[0].kind != kind::structure)
    throw error(VIGIE_E_SCHEMA, std::string("column '") + column + "' is " + describe(f) +
                                    "; wanted is a list of structs" + advice);
  for (const wanted& w : fields) {
    const int at = find_field(f.children[0].children, w.name);
    if (at < 0 || !serves(f.children[0].children[static_cast<std::size_t>(at)], w))
      throw error(VIGIE_E_SCHEMA, std::string("the items of column '") + column + "' are " +
                                      describe(f.children[0]) + "; wanted is a field '" + w.name +
                                      "' that is " + name_of_wanted(w) + advice);
    places_.push_back(static_cast<std::size_t>(at));
  }
  column_ = b.at(position);
}

list_items::list_items(const batch& in, const item_fields& fields)
    : list_(in[fields.column()]), items_(list_.items()) {
  for (const std::size_t place : fields.places()) fields_.push_back(items_.child(place));
}

const column* list_items::cell(std::int64_t item, std::size_t field, std::int64_t& at) const {
  if (items_.is_null(item)) return nullptr;
  at = items_.child_row(item);
  return fields_[field].is_null(at) ? nullptr : &fields_[field];
}

std::string list_items::text(std::int64_t item, std::size_t field) const {
  std::int64_t at = 0;
  const column* c = cell(item, field, at);
  return c == nullptr ? std::string() : std::string(c->text(at));
}

std::optional<std::int64_t> list_items::number(std::int64_t item, std::size_t field) const {
  std::int64_t at = 0;
  const column* c = cell(item, field, at);
  return c == nullptr ? std::nullopt : std::optional(c->integer(at));
}

std::optional<double> list_items::real(std::int64_t item, std::size_t field) const {
  std::int64_t at = 0;
  const column* c = cell(item, field, at);
  return c == nullptr ? std::nullopt : std::optional(c->real(at));
}

bool list_items::flag(std::int64_t item, std::size_t field) const {
  std::int64_t at = 0;
  const column* c = cell(item, field, at);
  return c != nullptr && c->boolean(at);
}

std::vector<std::int64_t> list_items::numbers(std::int64_t item, std::size_t field) const {
  std::int64_t at = 0;
  std::vector<std::int64_t> out;
  const column* c = cell(item, field, at);
  if (c == nullptr) return out;
  const column list = c->items();
  const auto [begin, end] = c->list(at);
  for (std::int64_t k = begin; k < end; ++k)
    if (!list.is_null(k)) out.push_back(list.integer(k));
  return out;
}

} // namespace vigie::press
