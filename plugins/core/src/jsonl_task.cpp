// SPDX-License-Identifier: Apache-2.0
#include "jsonl_task.hpp"

#include "common/civil/civil.hpp"
#include "json/number.hpp"
#include "utf8.hpp"

#include <simdjson.h>

#include <algorithm>

namespace vigie::core {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool is_none(json_kind kind) { return kind == json_kind::absent || kind == json_kind::null; }

std::string fault(json_kind found, std::string_view expected) {
  return "found " + std::string(name_of(found)) + "; expected " + std::string(expected);
}

std::string utf8_fault(std::string_view line) {
  const std::size_t bad = ill_formed_at(line);
  if (bad == std::string_view::npos) return {};
  return "not UTF-8: byte " + hex_byte(line[bad]) + " at offset " + std::to_string(bad) +
         " of the line; if the file has another encoding, set `encoding: auto`";
}

} // namespace

void read_jsonl::task::chunk(const vigie::chunk& bytes, decoded& out) {
  if (!started_) start(out);
  base_ = bytes.bytes;
  // Once for all lines where all is well; a bad line is looked for only where there is one.
  const bool utf8 = simdjson::validate_utf8(base_.data(), base_.size());
  const bool walks = reader_.walks && base_.size() <= most_bytes;
  begin_block();
  const char* const begin = base_.data();
  const char* const end = begin + base_.size();
  for (const char* at = begin; at < end;) {
    const std::int64_t offset = bytes.offset + (at - begin);
    if (walks && utf8) {
      if (const char* const next = walk_line(at, offset, out); next != nullptr) {
        at = next;
        continue;
      }
    }
    const auto left = static_cast<std::size_t>(end - at);
    const auto* const feed = static_cast<const char*>(std::memchr(at, '\n', left));
    const char* const stop = feed == nullptr ? end : feed;
    std::string_view text(at, static_cast<std::size_t>(stop - at));
    if (text.ends_with('\r')) text.remove_suffix(1);
    const bool known = utf8 || simdjson::validate_utf8(text.data(), text.size());
    const bool walked = walks && !utf8 && known && walk_line(at, offset, out) != nullptr;
    if (!walked) scan_line(text, offset, out);
    at = feed == nullptr ? end : feed + 1;
  }
  end_block();
}

void read_jsonl::task::start(decoded& out) {
  started_ = true;
  for (std::size_t i = 0; i < reader_.fields.size(); ++i) {
    if (!out.wants(i)) continue;
    wants_.add(reader_.paths[i], static_cast<int>(columns_.size()));
    add_column(out, i, reader_.types[i], reader_.fields[i].required);
  }
  values_.resize(columns_.size());
  if (const std::size_t last = reader_.fields.size(); !reader_.raw.empty() && out.wants(last)) {
    raw_ = columns_.size();
    add_column(out, last, {.type = json_type::json}, false);
  }
  const auto count = static_cast<std::int64_t>(columns_.size());
  while (block_ > least_rows && block_ * count > most_cells) block_ /= 2;
  for (column& c : columns_) c.valid.resize(static_cast<std::size_t>(block_));
  walk_.emplace(wants_, *this);
}

void read_jsonl::task::add_column(decoded& out, std::size_t index, json_cell_type type,
                                  bool required) {
  column c{.index = index, .type = std::move(type), .required = required, .to = &out[index]};
  if (c.type.list || c.type.type == json_type::structure || c.type.type == json_type::boolean)
    held_.push_back(columns_.size());
  else if (c.type.type == json_type::text)
    c.by = way::view;
  else if (c.type.type == json_type::json)
    c.by = way::raw_view;
  else
    c.by = way::number;
  if (required) required_.push_back(columns_.size());
  columns_.push_back(std::move(c));
}

void read_jsonl::task::begin_block() {
  for (column& c : columns_) {
    if (c.by == way::view || c.by == way::raw_view)
      c.cells = c.to->ahead<view_element>(block_);
    else if (c.by == way::number)
      c.cells = c.type.type == json_type::date
                    ? static_cast<void*>(c.to->ahead<std::int32_t>(block_))
                    : c.to->ahead<std::int64_t>(block_);
  }
}

void read_jsonl::task::end_block() {
  for (column& c : columns_) {
    if (c.by == way::held) continue;
    c.to->take_ahead(row_, c.valid.data());
    std::fill_n(c.valid.begin(), row_, std::uint8_t{0});
  }
  row_ = 0;
}

const char* read_jsonl::task::walk_line(const char* at, std::int64_t offset, decoded& out) {
  if (!held_.empty() || !required_.empty()) std::fill(values_.begin(), values_.end(), json_value{});
  const char* const stop = walk_->object(at);
  const char* next = nullptr;
  if (stop != nullptr) {
    if (*stop == '\n')
      next = stop + 1;
    else if (*stop == '\r' && stop[1] == '\n')
      next = stop + 2;
    else if (stop == base_.data() + base_.size())
      next = stop;
  }
  const auto row = static_cast<std::size_t>(row_);
  const bool whole = next != nullptr &&
                     std::all_of(required_.begin(), required_.end(),
                                 [&](std::size_t i) {
                                   return columns_[i].by == way::held ? !is_none(values_[i].kind)
                                                                      : columns_[i].valid[row] != 0;
                                 }) &&
                     hold_all();
  if (!whole) {
    forget_row();
    return nullptr;
  }
  add_row({at, static_cast<std::size_t>(stop - at)}, offset, out);
  return next;
}

void read_jsonl::task::forget_row() {
  for (column& c : columns_) c.valid[static_cast<std::size_t>(row_)] = 0;
}

void read_jsonl::task::scan_line(std::string_view text, std::int64_t offset, decoded& out) {
  if (is_blank(text)) return;
  const auto size = static_cast<std::int64_t>(std::min(text.size(), most_bytes));
  if (text.size() > most_bytes)
    return out.reject(offset, size, "",
                      "the line has " + std::to_string(text.size()) +
                          " bytes; a line has 2 GiB at most");
  if (const std::string why = utf8_fault(text); !why.empty())
    return out.reject(offset, size, "", why);
  std::fill(values_.begin(), values_.end(), json_value{});
  if (!scanner_.object(text, wants_, values_))
    return out.reject(offset, size, "", scanner_.fault());
  cells_.clear();
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const std::string why = take_column(i);
    if (why.empty()) continue;
    forget_row();
    return out.reject(offset, size, reader_.fields[columns_[i].index].name, why);
  }
  add_row(text, offset, out);
}

void read_jsonl::task::add_row(std::string_view text, std::int64_t offset, decoded& out) {
  if (!held_.empty()) put_all();
  if (raw_) {
    column& c = columns_[*raw_];
    static_cast<view_element*>(c.cells)[row_] =
        text.size() <= 12 ? c.to->kept(text) : view_at(c, text.data(), text.size());
    c.valid[static_cast<std::size_t>(row_)] = 1;
  }
  const bool full = ++row_ == block_;
  if (full) end_block();
  out.row(offset, static_cast<std::int64_t>(text.size()));
  if (full) begin_block();
}

std::string read_jsonl::task::take_column(std::size_t slot) {
  column& c = columns_[slot];
  const json_value value = values_[slot];
  if (is_none(value.kind) && c.required)
    return fault(value.kind, "a value, as the column is required");
  if (c.by == way::held) return hold(c.type, value);
  if (is_none(value.kind)) return {};
  const char* const begin = value.raw.data();
  const bool good =
      take(static_cast<int>(slot), begin, begin + value.raw.size(), value.kind, value.escaped);
  return good ? std::string() : fault(value.kind, wanted_by(c.type.type));
}

bool read_jsonl::task::hold_all() {
  cells_.clear();
  return std::all_of(held_.begin(), held_.end(),
                     [&](std::size_t i) { return hold(columns_[i].type, values_[i]).empty(); });
}

std::string read_jsonl::task::hold(json_cell_type& type, const json_value& value) {
  if (is_none(value.kind)) {
    cells_.push_back({.value = value});
    return {};
  }
  if (type.list) return hold_list(type, value);
  if (type.type == json_type::structure) return hold_struct(type, value);
  cell& one = cells_.emplace_back();
  one.value = value;
  return read(type.type, one) ? std::string() : fault(value.kind, wanted_by(type.type));
}

std::string read_jsonl::task::hold_list(json_cell_type& type, const json_value& value) {
  if (value.kind != json_kind::array) return fault(value.kind, "a list");
  std::vector<json_value> items;
  if (!spare_.empty()) {
    items = std::move(spare_.back());
    spare_.pop_back();
    items.clear();
  }
  scanner_.items(value, items);
  cells_.push_back({.value = value, .integer = static_cast<std::int64_t>(items.size())});
  std::string why;
  for (std::size_t i = 0; i < items.size() && why.empty(); ++i) {
    const json_value& item = items[i];
    if (item.kind != json_kind::null && type.type == json_type::structure) {
      why = hold_struct(type, item);
    } else {
      cell& one = cells_.emplace_back();
      one.value = item;
      if (item.kind != json_kind::null && !read(type.type, one))
        why = fault(item.kind, wanted_by(type.type));
    }
    if (!why.empty()) why = "item " + std::to_string(i) + ": " + why;
  }
  spare_.push_back(std::move(items));
  return why;
}

std::string read_jsonl::task::hold_struct(json_cell_type& type, const json_value& value) {
  if (value.kind != json_kind::object) return fault(value.kind, wanted_by(json_type::structure));
  std::vector<json_value> inside(type.fields.size());
  scanner_.inside(value, type.wants, inside);
  cells_.push_back({.value = value});
  for (std::size_t i = 0; i < type.fields.size(); ++i)
    if (const std::string why = hold(type.fields[i], inside[i]); !why.empty())
      return "field " + type.names[i] + ": " + why;
  return {};
}

// The value stands in `to`; what it means is added there.
bool read_jsonl::task::read(json_type type, cell& to) {
  const json_value& v = to.value;
  const bool is_text = v.kind == json_kind::text;
  switch (type) {
  case json_type::text: return is_text;
  case json_type::boolean: return v.kind == json_kind::boolean;
  case json_type::integer: return v.kind == json_kind::integer && read_int(v.raw, to.integer);
  case json_type::whole: return v.kind == json_kind::integer && read_uint(v.raw, to.integer);
  case json_type::real:
    return (v.kind == json_kind::integer || v.kind == json_kind::real) && read_real(v.raw, to.real);
  case json_type::date: {
    const auto day = is_text ? civil::parse_date(text_of(v)) : std::nullopt;
    to.integer = day.value_or(0);
    return day.has_value();
  }
  case json_type::timestamp: {
    const auto time = is_text ? civil::parse_timestamp(text_of(v)) : std::nullopt;
    to.integer = time.value_or(0);
    return time.has_value();
  }
  case json_type::json:
  case json_type::structure: break;
  }
  return true;
}

std::string_view read_jsonl::task::text_of(const json_value& value) {
  if (!value.escaped) return value.inner();
  room_.clear();
  append_unescaped(room_, value.inner());
  return room_;
}

void read_jsonl::task::put_all() {
  std::size_t at = 0;
  for (const std::size_t i : held_) {
    const json_cell_type& type = columns_[i].type;
    at = put(type, type.list, at, *columns_[i].to);
  }
}

std::size_t read_jsonl::task::put(const json_cell_type& type, bool list, std::size_t at,
                                  builder& to) {
  const cell& from = cells_[at++];
  if (is_none(from.value.kind)) {
    to.null();
  } else if (list) {
    for (std::int64_t i = 0; i < from.integer; ++i) at = put(type, false, at, to.child(0));
    to.end_list();
  } else if (type.type == json_type::structure) {
    for (std::size_t k = 0; k < type.fields.size(); ++k)
      at = put(type.fields[k], type.fields[k].list, at, to.child(k));
    to.end_struct();
  } else {
    put_scalar(type.type, from, to);
  }
  return at;
}

void read_jsonl::task::put_scalar(json_type type, const cell& from, builder& to) {
  switch (type) {
  case json_type::text: return to.text(text_of(from.value));
  case json_type::json: return to.text(from.value.raw);
  case json_type::boolean: return to.boolean(from.value.raw.front() == 't');
  case json_type::real: return to.real(from.real);
  default: return to.integer(from.integer);
  }
}

} // namespace vigie::core
