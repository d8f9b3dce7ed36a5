// SPDX-License-Identifier: Apache-2.0
#include "columns.hpp"

#include <utility>

namespace vigie::dossier {
namespace {

constexpr std::string_view masked = "•••";

const field* field_named(const binding& b, std::string_view name) {
  const int found = find_field(b.input(), name);
  return found < 0 ? nullptr : &b.input()[static_cast<std::size_t>(found)];
}

need optional_column(binding& b, const char* name, kind wanted) {
  if (field_named(b, name) == nullptr) return {};
  return b.column(name, {wanted});
}

need shown_date(binding& b, const char* name) {
  const field* f = field_named(b, name);
  if (f != nullptr && f->sensitive)
    throw error(VIGIE_E_SCHEMA, std::string("column '") + name +
                                    "' is sensitive, and a timeline would show it; take the mark "
                                    "off it before, or leave this step out");
  return b.column(name, {kind::date});
}

[[noreturn]] void wrong_type(const field& f, const char* wanted) {
  throw error(VIGIE_E_SCHEMA,
              "column '" + f.name + "' is " + describe(f) + "; wanted is " + wanted);
}

bool is_number(const field& f) { return f.kind == kind::float64 || is_integer(f.kind); }
bool is_text(const field& f) { return f.kind == kind::text; }
bool is_whole(const field& f) { return is_integer(f.kind); }

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

std::optional<byte_range> range_of(const column& parts, int offset, int length, std::int64_t at) {
  if (offset < 0 || length < 0) return {};
  const column offsets = parts.child(static_cast<std::size_t>(offset));
  const column lengths = parts.child(static_cast<std::size_t>(length));
  if (!is_present(offsets, at) || !is_present(lengths, at)) return {};
  const byte_range r{offsets.integer(at), lengths.integer(at)};
  const bool fits = r.offset >= 0 && r.length >= 0 &&
                    r.length <= std::numeric_limits<std::int64_t>::max() - r.offset;
  return fits ? std::optional(r) : std::nullopt;
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
  bind_figures(b);
}

void statement_columns::bind_figures(binding& b) {
  figures_ = {};
  const field* f = field_named(b, "figures");
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
  figures_.text = find("text", is_text);
  figures_.value = find("value", is_number);
  figures_.high = find("high", is_number);
  figures_.bound = find("bound", is_text);
  figures_.unit = find("unit", is_text);
  figures_.counted = find("counted", is_text);
  figures_.offset = find("offset", is_whole);
  figures_.length = find("length", is_whole);
  if (figures_.text < 0 && figures_.value < 0) wrong_type(*f, wanted);
  figures_.at = b.column("figures");
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
    *to = range_of(cells, fields->offset, fields->length, cells.child_row(row));
  }
  if (figures_.at.index >= 0) read_figures(rows[figures_.at], row, s.figures);
  return s;
}

void statement_columns::read_figures(const column& cells, std::int64_t row,
                                     std::vector<figure>& to) const {
  if (!is_present(cells, row)) return;
  const column items = cells.items();
  const auto [begin, end] = cells.list(row);
  for (std::int64_t i = begin; i < end; ++i)
    if (is_present(items, i)) to.push_back(read_figure(items, items.child_row(i)));
}

figure statement_columns::read_figure(const column& parts, std::int64_t at) const {
  const auto text = [&](int part) {
    return part < 0 ? std::string() : text_of(parts.child(static_cast<std::size_t>(part)), at);
  };
  const auto number = [&](int part) {
    if (part < 0) return std::numeric_limits<double>::quiet_NaN();
    const column cells = parts.child(static_cast<std::size_t>(part));
    return is_present(cells, at) ? cells.real(at) : std::numeric_limits<double>::quiet_NaN();
  };
  return {.text = text(figures_.text),
          .value = number(figures_.value),
          .high = number(figures_.high),
          .bound = text(figures_.bound),
          .unit = text(figures_.unit),
          .counted = text(figures_.counted),
          .place = range_of(parts, figures_.offset, figures_.length, at)};
}

} // namespace vigie::dossier
