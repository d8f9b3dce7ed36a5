// SPDX-License-Identifier: Apache-2.0
#include "source_columns.hpp"

#include <algorithm>
#include <utility>

namespace vigie::dossier {
namespace {

// The fields of a list's structs; nullptr: there is no such column.
const schema* items_of(const binding& b, const char* name, const char* wanted) {
  const field* f = field_named(b, name);
  if (f == nullptr) return nullptr;
  if (f->kind != kind::list || f->children[0].kind != kind::structure) wrong_type(*f, wanted);
  return &f->children[0].children;
}

template <class F> void each_item(const batch& rows, need at, std::int64_t row, F&& read) {
  if (at.index < 0 || !is_present(rows[at], row)) return;
  const column& cells = rows[at];
  const column items = cells.items();
  const auto [begin, end] = cells.list(row);
  for (std::int64_t i = begin; i < end; ++i)
    if (is_present(items, i)) read(items, items.child_row(i));
}

} // namespace

void source_columns::bind(binding& b) {
  body_ = optional_column(b, "body", kind::text);
  if (body_.index < 0) return;
  told_.clear();
  for (const char* name : {"basis", "claim_id", "from", "to", "span"})
    if (field_named(b, name) != nullptr) told_.push_back(b.column(name));
  html_ = optional_column(b, "html", kind::binary);
  bind_pieces(b);
  bind_segments(b);
  bind_comments(b);
}

void source_columns::bind_pieces(binding& b) {
  constexpr const char* wanted =
      "list<struct<at: int32, size: int32, label: text, offset: int64, length: int32>>";
  const schema* parts = items_of(b, "body_map", wanted);
  if (parts == nullptr) return;
  piece_at_ = part_of(*parts, "at", is_whole);
  piece_size_ = part_of(*parts, "size", is_whole);
  pieces_ = {b.column("body_map"), part_of(*parts, "offset", is_whole),
             part_of(*parts, "length", is_whole)};
  if (piece_at_ < 0 || piece_size_ < 0 || pieces_.offset < 0 || pieces_.length < 0)
    wrong_type(*field_named(b, "body_map"), wanted);
}

void source_columns::bind_segments(binding& b) {
  constexpr const char* wanted = "list<struct<label: text, keep: bool, why: text, line: int64, "
                                 "offset: int64, length: int32>>";
  const schema* parts = items_of(b, "segments", wanted);
  if (parts == nullptr) return;
  label_ = part_of(*parts, "label", is_text);
  keep_ = part_of(*parts, "keep", is_flag);
  why_ = part_of(*parts, "why", is_text);
  line_ = part_of(*parts, "line", is_whole);
  segments_ = {b.column("segments"), part_of(*parts, "offset", is_whole),
               part_of(*parts, "length", is_whole)};
  if (label_ < 0 || keep_ < 0) wrong_type(*field_named(b, "segments"), wanted);
}

void source_columns::bind_comments(binding& b) {
  constexpr const char* wanted =
      "list<struct<author: text, text: text, offset: int64, length: int32>>";
  const schema* parts = items_of(b, "comments", wanted);
  if (parts == nullptr) return;
  author_ = part_of(*parts, "author", is_text);
  comment_text_ = part_of(*parts, "text", is_text);
  comments_ = {b.column("comments"), part_of(*parts, "offset", is_whole),
               part_of(*parts, "length", is_whole)};
  if (comment_text_ < 0) wrong_type(*field_named(b, "comments"), wanted);
}

bool source_columns::has_body(const batch& rows, std::int64_t row) const {
  return body_.index >= 0 && !rows[body_].is_null(row);
}

bool source_columns::is_page(const batch& rows, std::int64_t row) const {
  if (!has_body(rows, row)) return false;
  return std::all_of(told_.begin(), told_.end(), [&](need n) { return rows[n].is_null(row); });
}

source source_columns::read(const batch& rows, std::int64_t row, statement about,
                            bool is_page) const {
  source s;
  const std::string text = about.text.value_or(std::string());
  s.about = std::move(about);
  s.about.text.reset();
  s.body = text_of(rows[body_], row);
  if (rows[body_].type().sensitive) return s; // masked, and so no place of it may be shown
  if (html_.index >= 0 && is_present(rows[html_], row))
    s.raw = rows[html_].text(row);
  else if (is_page)
    s.raw = text;
  read_pieces(rows, row, s);
  read_segments(rows, row, s);
  read_comments(rows, row, s);
  return s;
}

void source_columns::read_pieces(const batch& rows, std::int64_t row, source& to) const {
  each_item(rows, pieces_.at, row, [&](const column& parts, std::int64_t at) {
    const auto begin = part_integer(parts, piece_at_, at),
               size = part_integer(parts, piece_size_, at);
    const auto all = static_cast<std::int64_t>(to.body.size());
    if (!begin || !size || *begin < 0 || *size < 0 || *begin > all || *size > all - *begin) return;
    to.pieces.push_back({static_cast<std::size_t>(*begin), static_cast<std::size_t>(*size),
                         part_range(parts, pieces_.offset, pieces_.length, at)});
  });
}

void source_columns::read_segments(const batch& rows, std::int64_t row, source& to) const {
  each_item(rows, segments_.at, row, [&](const column& parts, std::int64_t at) {
    segment s{part_text(parts, label_, at), part_text(parts, why_, at)};
    s.keep = part_integer(parts, keep_, at).value_or(0) != 0;
    s.line = part_integer(parts, line_, at).value_or(0);
    s.place = part_range(parts, segments_.offset, segments_.length, at);
    to.segments.push_back(std::move(s));
  });
}

void source_columns::read_comments(const batch& rows, std::int64_t row, source& to) const {
  each_item(rows, comments_.at, row, [&](const column& parts, std::int64_t at) {
    to.comments.push_back({part_text(parts, author_, at), part_text(parts, comment_text_, at),
                           part_range(parts, comments_.offset, comments_.length, at)});
  });
}

} // namespace vigie::dossier
