// SPDX-License-Identifier: Apache-2.0
#include "read_jsonl.hpp"

#include "common/civil/civil.hpp"
#include "utf8.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace vigie::core {
namespace {

struct type_row {
  std::string_view name, wanted;
  vigie::kind kind;
};
constexpr std::array<type_row, 7> type_rows{{
    {"text", "text", kind::text},
    {"int", "a whole number from -9223372036854775808 to 9223372036854775807", kind::int64},
    {"real", "a number within the range of a double", kind::float64},
    {"bool", "true or false", kind::boolean},
    {"date", "a date that exists, like \"2014-05-20\"", kind::date},
    {"timestamp", "a time like \"2014-05-20T13:43:00Z\" (RFC 3339)", kind::timestamp},
    {"json", "any value", kind::text},
}};

const type_row& row_of(json_type type) { return type_rows[static_cast<std::size_t>(type)]; }

constexpr int columns_param = 0, raw_param = 1;
constexpr std::size_t most_bytes = std::numeric_limits<std::int32_t>::max(); // of a span

json_type type_named(const std::string& name, int item) {
  for (std::size_t i = 0; i < type_rows.size(); ++i)
    if (type_rows[i].name == name) return static_cast<json_type>(i);
  throw error(VIGIE_E_CONFIG, "there is no type '" + name +
                                  "'; types are text, int, real, bool, date, timestamp and json")
      .at_param(columns_param, item);
}

json_path path_of(const json_column& c, int item) {
  if (c.path.empty()) return {c.name};
  try {
    return parse_json_path(c.path);
  } catch (error& e) {
    throw std::move(e).at_param(columns_param, item, e.offset);
  }
}

vigie::field field_of(const json_column& c, json_type type) {
  vigie::field f{.name = c.name, .kind = row_of(type).kind};
  if (c.list)
    f = list_of(c.name, f);
  else if (f.kind == kind::text)
    f.format = "vu";
  f.sensitive = c.sensitive;
  return f;
}

// One of two values holds the other, or is it.
bool overlap(const json_path& a, const json_path& b) {
  const std::size_t both = std::min(a.size(), b.size());
  return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(both), b.begin());
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

template <class T> bool read_number(std::string_view text, T& to) {
  const auto done = std::from_chars(text.data(), text.data() + text.size(), to);
  return done.ec == std::errc() && done.ptr == text.data() + text.size();
}

std::string utf8_fault(std::string_view line) {
  const std::size_t bad = ill_formed_at(line);
  if (bad == std::string_view::npos) return {};
  return "not UTF-8: byte " + hex_byte(line[bad]) + " at offset " + std::to_string(bad) +
         " of the line; if the file has another encoding, set `encoding: auto`";
}

} // namespace

void read_jsonl::params(vigie::params& p) {
  p.add("columns", fields, "The columns to read, each a record.");
  p.add("raw", raw, "Name of a text column that gets the line as it stands. Empty: none.");
}

schema read_jsonl::columns() {
  schema all;
  paths.clear();
  types.clear();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const int item = static_cast<int>(i);
    if (fields[i].name.empty())
      throw error(VIGIE_E_CONFIG, "a column needs a name").at_param(columns_param, item);
    if (find_field(all, fields[i].name) >= 0)
      throw error(VIGIE_E_CONFIG,
                  "column '" + fields[i].name + "' stands twice; give it another name")
          .at_param(columns_param, item);
    types.push_back(type_named(fields[i].type, item));
    paths.push_back(path_of(fields[i], item));
    all.push_back(field_of(fields[i], types.back()));
  }
  bool any = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].sensitive) continue;
    any = true;
    for (std::size_t k = 0; k < fields.size(); ++k)
      all[k].sensitive = all[k].sensitive || overlap(paths[i], paths[k]);
  }
  if (!raw.empty()) {
    if (find_field(all, raw) >= 0)
      throw error(VIGIE_E_CONFIG,
                  "there is a column '" + raw + "' already; give `raw` another name")
          .at_param(raw_param);
    all.push_back({.name = raw, .format = "vu", .sensitive = any});
  }
  if (all.empty())
    throw error(VIGIE_E_CONFIG, "nothing to read; name columns in `columns`, or one in `raw`")
        .at_param(columns_param);
  return all;
}

void read_jsonl::task::chunk(const vigie::chunk& bytes, decoded& out) {
  if (!started_) start(out);
  // Once for all lines where all is well; a bad line is looked for only where there is one.
  utf8_ = simdjson::validate_utf8(bytes.bytes.data(), bytes.bytes.size());
  bytes.lines([&](std::string_view text, std::int64_t offset) { line(text, offset, out); });
}

void read_jsonl::task::start(const decoded& out) {
  started_ = true;
  for (std::size_t i = 0; i < reader_.fields.size(); ++i) {
    if (!out.wants(i)) continue;
    wants_.add(reader_.paths[i], static_cast<int>(columns_.size()));
    const json_column& c = reader_.fields[i];
    columns_.push_back(
        {.index = i, .type = reader_.types[i], .list = c.list, .required = c.required, .one = {}});
  }
  values_.resize(columns_.size());
}

void read_jsonl::task::line(std::string_view text, std::int64_t offset, decoded& out) {
  if (is_blank(text)) return;
  const auto size = static_cast<std::int64_t>(std::min(text.size(), most_bytes));
  if (text.size() > most_bytes)
    return out.reject(offset, size, "",
                      "the line has " + std::to_string(text.size()) +
                          " bytes; a line has 2 GiB at most");
  if (!utf8_)
    if (const std::string why = utf8_fault(text); !why.empty())
      return out.reject(offset, size, "", why);
  std::fill(values_.begin(), values_.end(), json_value{});
  if (!scanner_.object(text, wants_, values_))
    return out.reject(offset, size, "", scanner_.fault());
  items_.clear();
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (const std::string why = take(columns_[i], values_[i]); !why.empty())
      return out.reject(offset, size, reader_.fields[columns_[i].index].name, why);
  for (const column& c : columns_) put(c, out[c.index]);
  if (!reader_.raw.empty()) out[reader_.fields.size()].text(text);
  out.row(offset, size);
}

std::string read_jsonl::task::take(column& c, const json_value& value) {
  const bool none = value.kind == json_kind::absent || value.kind == json_kind::null;
  if (none && c.required)
    return "found " + std::string(name_of(value.kind)) +
           "; expected a value, as the column is required";
  if (c.list && !none) return take_list(c, value);
  c.one.value = value;
  return none ? std::string() : take_cell(c.type, c.one);
}

std::string read_jsonl::task::take_list(column& c, const json_value& value) {
  c.one.value = value;
  if (value.kind != json_kind::array)
    return "found " + std::string(name_of(value.kind)) + "; expected a list";
  found_.clear();
  scanner_.items(value, found_);
  c.first_item = items_.size();
  for (const json_value& item : found_) {
    cell& to = items_.emplace_back();
    to.value = item;
    if (item.kind == json_kind::null) continue;
    if (const std::string why = take_cell(c.type, to); !why.empty())
      return "item " + std::to_string(items_.size() - c.first_item - 1) + ": " + why;
  }
  c.end_item = items_.size();
  return {};
}

// The value stands in `to`; what it means is added there.
std::string read_jsonl::task::take_cell(json_type type, cell& to) {
  const json_value& v = to.value;
  const bool is_text = v.kind == json_kind::text;
  bool good = true;
  switch (type) {
  case json_type::json: break;
  case json_type::text: good = is_text; break;
  case json_type::boolean: good = v.kind == json_kind::boolean; break;
  case json_type::integer:
    good = v.kind == json_kind::integer && read_number(v.raw, to.integer);
    break;
  case json_type::real:
    good =
        (v.kind == json_kind::integer || v.kind == json_kind::real) && read_number(v.raw, to.real);
    break;
  case json_type::date: {
    const auto day = is_text ? civil::parse_date(text_of(v)) : std::nullopt;
    to.integer = day.value_or(0);
    good = day.has_value();
    break;
  }
  case json_type::timestamp: {
    const auto time = is_text ? civil::parse_timestamp(text_of(v)) : std::nullopt;
    to.integer = time.value_or(0);
    good = time.has_value();
    break;
  }
  }
  if (good) return {};
  return "found " + std::string(name_of(v.kind)) + "; expected " + std::string(row_of(type).wanted);
}

std::string_view read_jsonl::task::text_of(const json_value& value) {
  if (!value.escaped) return value.inner();
  room_.clear();
  append_unescaped(room_, value.inner());
  return room_;
}

void read_jsonl::task::put(const column& c, builder& to) {
  if (!c.list) return put_cell(c.type, c.one, to);
  if (c.one.value.kind != json_kind::array) return to.null();
  for (std::size_t i = c.first_item; i < c.end_item; ++i) put_cell(c.type, items_[i], to.child(0));
  to.end_list();
}

void read_jsonl::task::put_cell(json_type type, const cell& from, builder& to) {
  if (from.value.kind == json_kind::absent || from.value.kind == json_kind::null) return to.null();
  switch (type) {
  case json_type::text: return to.text(text_of(from.value));
  case json_type::json: return to.text(from.value.raw);
  case json_type::boolean: return to.boolean(from.value.raw.front() == 't');
  case json_type::real: return to.real(from.real);
  default: return to.integer(from.integer);
  }
}

} // namespace vigie::core
