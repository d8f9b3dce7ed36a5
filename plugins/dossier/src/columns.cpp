// SPDX-License-Identifier: Apache-2.0
#include "columns.hpp"

#include <limits>
#include <utility>

namespace vigie::dossier {
namespace {

need shown_date(binding& b, const char* name) {
  const field* f = field_named(b, name);
  if (f != nullptr && f->sensitive)
    throw error(VIGIE_E_SCHEMA, std::string("column '") + name +
                                    "' is sensitive, and a timeline would show it; take the mark "
                                    "off it before, or leave this step out");
  return b.column(name, {kind::date});
}

} // namespace

void statement_columns::bind(binding& b) {
  text_ = b.column("text", {kind::text});
  from_ = shown_date(b, "from");
  to_ = shown_date(b, "to");
  const std::pair<const char*, need*> texts[] = {{"file", &file_},
                                                 {"title", &title_},
                                                 {"url", &url_},
                                                 {"publisher", &publisher_},
                                                 {"agency", &agency_},
                                                 {"language", &language_},
                                                 {"basis", &basis_},
                                                 {"date_text", &date_text_},
                                                 {"date_value", &date_value_},
                                                 {"published_basis", &published_basis_}};
  for (const auto& [name, to] : texts) *to = optional_column(b, name, kind::text);
  published_ = optional_column(b, "published", kind::date);

  const std::pair<const char*, span_fields*> spans[] = {{"span", &span_},
                                                        {"date_span", &date_span_}};
  for (const auto& [name, to] : spans) {
    *to = {};
    const field* f = field_named(b, name);
    if (f == nullptr) continue;
    const int offset = find_field(f->children, "offset"),
              length = find_field(f->children, "length");
    const bool fits = f->kind == kind::structure && offset >= 0 && length >= 0 &&
                      is_whole(f->children[static_cast<std::size_t>(offset)]) &&
                      is_whole(f->children[static_cast<std::size_t>(length)]);
    if (!fits) wrong_type(*f, "struct<offset: int64, length: int32>");
    *to = {b.column(name), offset, length};
  }
  figures_.bind(b, "figures");
}

void figures_column::bind(binding& b, const char* name) {
  *this = {};
  const field* f = field_named(b, name);
  if (f == nullptr) return;
  constexpr const char* wanted = "list<struct<text: text, value: float64, bound: text, unit: text, "
                                 "counted: text, offset: int64, length: int32>>";
  if (f->kind != kind::list || f->children[0].kind != kind::structure) wrong_type(*f, wanted);
  const schema& parts = f->children[0].children;
  const auto find = [&](std::string_view name, bool (*fits)(const field&)) {
    const int found = find_field(parts, name);
    if (found >= 0 && !fits(parts[static_cast<std::size_t>(found)])) wrong_type(*f, wanted);
    return found;
  };
  text_ = find("text", is_text);
  value_ = find("value", is_number);
  high_ = find("high", is_number);
  bound_ = find("bound", is_text);
  unit_ = find("unit", is_text);
  counted_ = find("counted", is_text);
  offset_ = find("offset", is_whole);
  length_ = find("length", is_whole);
  if (text_ < 0 && value_ < 0) wrong_type(*f, wanted);
  at_ = b.column(name);
}

statement statement_columns::read(const batch& rows, std::int64_t row) const {
  statement s;
  if (!rows[text_].is_null(row)) s.text = text_of(rows[text_], row);
  s.when = {day_at(rows, from_, row), day_at(rows, to_, row)};
  s.published = day_at(rows, published_, row);
  s.file = text_at(rows, file_, row);
  s.title = text_at(rows, title_, row);
  s.url = text_at(rows, url_, row);
  s.publisher = text_at(rows, publisher_, row);
  s.agency = text_at(rows, agency_, row);
  s.language = text_at(rows, language_, row);
  s.published_basis = text_at(rows, published_basis_, row);
  s.basis = text_at(rows, basis_, row);
  s.date_text = text_at(rows, date_text_, row);
  s.date_value = text_at(rows, date_value_, row);
  for (const auto& [fields, to] :
       {std::pair(&span_, &s.span), std::pair(&date_span_, &s.date_span)}) {
    if (fields->at.index < 0 || !is_present(rows[fields->at], row)) continue;
    const column& cells = rows[fields->at];
    *to = part_range(cells, fields->offset, fields->length, cells.child_row(row));
  }
  figures_.read(rows, row, s.figures);
  return s;
}

void figures_column::read(const batch& rows, std::int64_t row, std::vector<figure>& to) const {
  if (at_.index < 0 || !is_present(rows[at_], row)) return;
  const column& cells = rows[at_];
  const column items = cells.items();
  const auto [begin, end] = cells.list(row);
  for (std::int64_t i = begin; i < end; ++i)
    if (is_present(items, i)) to.push_back(read_one(items, items.child_row(i)));
}

figure figures_column::read_one(const column& parts, std::int64_t at) const {
  const auto number = [&](int part) {
    if (part < 0) return std::numeric_limits<double>::quiet_NaN();
    const column cells = parts.child(static_cast<std::size_t>(part));
    return is_present(cells, at) ? cells.real(at) : std::numeric_limits<double>::quiet_NaN();
  };
  return {.text = part_text(parts, text_, at),
          .value = number(value_),
          .high = number(high_),
          .bound = part_text(parts, bound_, at),
          .unit = part_text(parts, unit_, at),
          .counted = part_text(parts, counted_, at),
          .place = part_range(parts, offset_, length_, at)};
}

} // namespace vigie::dossier
