// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include <algorithm>
#include <limits>

namespace vigie::dossier {
namespace {

constexpr std::string_view masked = "•••";

std::vector<std::string> items_of(std::string_view text) {
  constexpr std::string_view between = "; ";
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + between.size(), text.size()));
  }
  return out;
}

} // namespace

const field* field_named(const binding& b, std::string_view name) {
  const int found = find_field(b.input(), name);
  return found < 0 ? nullptr : &b.input()[static_cast<std::size_t>(found)];
}

need optional_column(binding& b, const char* name, kind wanted) {
  if (field_named(b, name) == nullptr) return {};
  return b.column(name, {wanted});
}

void wrong_type(const field& f, const char* wanted) {
  throw error(VIGIE_E_SCHEMA,
              "column '" + f.name + "' is " + describe(f) + "; wanted is " + wanted);
}

bool is_number(const field& f) { return f.kind == kind::float64 || is_integer(f.kind); }
bool is_text(const field& f) { return f.kind == kind::text; }
bool is_whole(const field& f) { return is_integer(f.kind); }
bool is_flag(const field& f) { return f.kind == kind::boolean; }

int part_of(const schema& parts, std::string_view name, bool (*fits)(const field&)) {
  const int found = find_field(parts, name);
  return found >= 0 && fits(parts[static_cast<std::size_t>(found)]) ? found : -1;
}

bool is_present(const column& cells, std::int64_t row) {
  return !cells.is_null(row) && !cells.type().sensitive;
}

std::string text_of(const column& cells, std::int64_t row) {
  if (cells.is_null(row)) return {};
  return std::string(cells.type().sensitive ? masked : cells.text(row));
}

std::string text_at(const batch& rows, need n, std::int64_t row) {
  return n.index < 0 ? std::string() : text_of(rows[n], row);
}

std::optional<std::int32_t> day_at(const batch& rows, need n, std::int64_t row) {
  if (n.index < 0 || !is_present(rows[n], row)) return {};
  return static_cast<std::int32_t>(rows[n].integer(row));
}

std::string part_text(const column& parts, int part, std::int64_t at) {
  return part < 0 ? std::string() : text_of(parts.child(static_cast<std::size_t>(part)), at);
}

std::optional<std::int64_t> part_integer(const column& parts, int part, std::int64_t at) {
  if (part < 0) return {};
  const column cells = parts.child(static_cast<std::size_t>(part));
  return is_present(cells, at) ? std::optional(cells.integer(at)) : std::nullopt;
}

std::optional<byte_range> part_range(const column& parts, int offset, int length, std::int64_t at) {
  const auto from = part_integer(parts, offset, at), size = part_integer(parts, length, at);
  if (!from || !size) return {};
  const byte_range r{*from, *size};
  const bool fits = r.offset >= 0 && r.length >= 0 &&
                    r.length <= std::numeric_limits<std::int64_t>::max() - r.offset;
  return fits ? std::optional(r) : std::nullopt;
}

void texts_column::bind(binding& b, const char* name) {
  *this = {};
  const field* f = field_named(b, name);
  if (f == nullptr) return;
  list_ = f->kind == kind::list;
  const field& item = list_ ? f->children[0] : *f;
  if (list_ && item.kind == kind::structure) {
    name_ = part_of(item.children, "name", is_text);
    iso_ = part_of(item.children, "iso", is_text);
  }
  if (name_ < 0 && !is_text(item))
    wrong_type(*f, "text, list<text> or list<struct<name: text, iso: text>>");
  at_ = b.column(name);
}

std::vector<std::string> texts_column::read(const batch& rows, std::int64_t row) const {
  std::vector<std::string> out;
  if (at_.index < 0 || rows[at_].is_null(row)) return out;
  const column& cells = rows[at_];
  if (cells.type().sensitive) return {std::string(masked)};
  if (!list_) return items_of(cells.text(row));
  const column items = cells.items();
  const auto [begin, end] = cells.list(row);
  for (std::int64_t i = begin; i < end; ++i)
    if (!items.is_null(i)) out.push_back(item(items, i));
  return out;
}

std::string texts_column::item(const column& items, std::int64_t at) const {
  if (name_ < 0) return text_of(items, at);
  const std::int64_t row = items.child_row(at);
  std::string out = part_text(items, name_, row);
  const std::string iso = part_text(items, iso_, row);
  if (iso.empty()) return out;
  return out.empty() ? iso : out.append(" (").append(iso).append(")");
}

} // namespace vigie::dossier
