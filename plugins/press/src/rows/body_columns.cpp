// SPDX-License-Identifier: Apache-2.0
#include "rows/body_columns.hpp"

#include "columns.hpp"
#include "rows/handed_on.hpp"

namespace vigie::press {
std::optional<byte_span> placed_body::source(byte_span of_body) const {
  if (!placed) return std::nullopt;
  return text.source(of_body.begin, of_body.end);
}

void placed_body::write_source(builder& item, std::size_t first, byte_span of_body) const {
  const auto found = source(of_body);
  if (found) {
    item.child(first).integer(static_cast<std::int64_t>(found->begin));
    item.child(first + 1).integer(static_cast<std::int64_t>(found->size()));
  } else {
    item.child(first).null();
    item.child(first + 1).null();
  }
}

void placed_body::write_place(builder& item, std::size_t first, byte_span of_body) const {
  item.child(first).integer(static_cast<std::int64_t>(of_body.begin));
  item.child(first + 1).integer(static_cast<std::int64_t>(of_body.size()));
  write_source(item, first + 2, of_body);
}

void body_columns::params(vigie::params& p) {
  p.add("body", body, "Column with the cleaned text.");
  p.add("body_map", map,
        "Column that leads the cleaned text back to the input; without it places in the input are "
        "null.");
}

void body_columns::bind(binding& b) {
  body_ = b.column(body, {kind::text});
  if (find_field(b.input(), map.value) >= 0) map_ = handed_on(b, map, columns::body_map());
}

std::optional<placed_body> body_columns::read(const batch& rows, std::int64_t i,
                                              output& out) const {
  placed_body found;
  return read(rows, i, out, found) ? std::optional(std::move(found)) : std::nullopt;
}

bool body_columns::read(const batch& rows, std::int64_t i, output& out, placed_body& into) const {
  if (rows[body_].is_null(i)) {
    out.reject(i, body.value, "there is no cleaned text; press.article makes it");
    return false;
  }
  const std::string_view text = rows[body_].text(i);
  if (map_.index < 0 || rows[map_].is_null(i)) {
    into = placed_body{unmapped_text(text), false};
    return true;
  }
  into.text.text = text;
  const bool fits = read_map(rows[map_], i, into);
  if (!fits)
    out.reject(i, map.value,
               "the pieces of the map are not in order or go beyond the " +
                   std::to_string(text.size()) +
                   " bytes of the text; the text must stay as it was when the map was made");
  return fits;
}

bool body_columns::read_map(const column& maps, std::int64_t i, placed_body& out) {
  out.placed = true;
  out.text.pieces.clear();
  out.labels.clear();
  const auto range = maps.list(i);
  const column items = maps.items();
  const column at = items.child(0), size = items.child(1), name = items.child(2),
               offset = items.child(3), length = items.child(4);
  out.text.pieces.reserve(static_cast<std::size_t>(range.end - range.begin));
  out.labels.reserve(out.text.pieces.capacity());
  std::int64_t behind = 0;
  std::string_view last_name; // most pieces have the label of the one before
  label last = label_named(last_name).value_or(label::body);
  for (std::int64_t k = range.begin; k < range.end; ++k) {
    const std::int64_t row = items.child_row(k);
    const std::int64_t from = at.integer(row), count = size.integer(row);
    const bool fits = from >= behind && count >= 0 &&
                      from + count <= static_cast<std::int64_t>(out.text.text.size());
    const bool known = !offset.is_null(row) && !length.is_null(row);
    if (!fits || (known && (offset.integer(row) < 0 || length.integer(row) < 0))) return false;
    behind = from + count;
    const auto begin = static_cast<std::size_t>(known ? offset.integer(row) : from);
    const auto bytes = static_cast<std::size_t>(known ? length.integer(row) : count);
    out.placed = out.placed && known;
    out.text.pieces.push_back(
        {static_cast<std::size_t>(from), static_cast<std::size_t>(count), {begin, begin + bytes}});
    if (const std::string_view of = name.text(row); of != last_name) {
      last_name = of;
      last = label_named(of).value_or(label::body);
    }
    out.labels.push_back(last);
  }
  return true;
}

void sentence_column::params(vigie::params& p) {
  p.add("sentences", name, "Column with the sentences, as press.sentences adds it.");
}

void sentence_column::bind(binding& b) { sentences_ = handed_on(b, name, columns::sentences()); }

bool sentence_column::read(const batch& rows, std::int64_t i, const placed_body& text, output& out,
                           std::vector<byte_span>& into) const {
  into.clear();
  if (rows[sentences_].is_null(i)) return true;
  const auto range = rows[sentences_].list(i);
  const column items = rows[sentences_].items();
  const column at = items.child(0), size = items.child(1);
  const auto end = static_cast<std::int64_t>(text.text.text.size());
  into.reserve(static_cast<std::size_t>(range.end - range.begin));
  for (std::int64_t k = range.begin; k < range.end; ++k) {
    const std::int64_t row = items.child_row(k);
    const std::int64_t from = at.integer(row), count = size.integer(row);
    if (from < 0 || count < 0 || from + count > end) {
      out.reject(i, name.value,
                 "a sentence goes beyond the " + std::to_string(end) +
                     " bytes of the text; the text must stay as it was when it was split");
      return false;
    }
    into.push_back({static_cast<std::size_t>(from), static_cast<std::size_t>(from + count)});
  }
  return true;
}

} // namespace vigie::press
