// SPDX-License-Identifier: Apache-2.0
#include "read_jsonl.hpp"

#include <algorithm>
#include <array>

namespace vigie::core {
namespace {

struct type_row {
  std::string_view name, wanted;
  vigie::kind kind;
};
constexpr std::array<type_row, 9> type_rows{{
    {"text", "text", kind::text},
    {"int", "a whole number from -9223372036854775808 to 9223372036854775807", kind::int64},
    {"uint", "a whole number from 0 to 18446744073709551615", kind::uint64},
    {"real", "a number within the range of a double", kind::float64},
    {"bool", "true or false", kind::boolean},
    {"date", "a date that exists, like \"2014-05-20\"", kind::date},
    {"timestamp", "a time like \"2014-05-20T13:43:00Z\" (RFC 3339)", kind::timestamp},
    {"json", "any value", kind::text},
    {"", "an object", kind::structure},
}};

const type_row& row_of(json_type type) { return type_rows[static_cast<std::size_t>(type)]; }

constexpr int columns_param = 0, raw_param = 1;

json_type type_named(const std::string& name, int item) {
  for (std::size_t i = 0; i + 1 < type_rows.size(); ++i)
    if (type_rows[i].name == name) return static_cast<json_type>(i);
  throw error(VIGIE_E_CONFIG, "there is no type '" + name +
                                  "'; types are text, int, uint, real, bool, date, timestamp and "
                                  "json")
      .at_param(columns_param, item);
}

template <class T> json_path path_of(const T& c, int item) {
  if (c.path.empty()) return {c.name};
  try {
    return parse_json_path(c.path);
  } catch (error& e) {
    throw std::move(e).at_param(columns_param, item, e.offset);
  }
}

json_cell_type type_of(const json_column& c, int item) {
  if (c.fields.empty()) return {.type = type_named(c.type, item), .list = c.list};
  json_cell_type type{.type = json_type::structure, .list = c.list};
  for (const json_member& m : c.fields) {
    if (m.name.empty())
      throw error(VIGIE_E_CONFIG, "a field of '" + c.name + "' needs a name")
          .at_param(columns_param, item);
    if (std::find(type.names.begin(), type.names.end(), m.name) != type.names.end())
      throw error(VIGIE_E_CONFIG,
                  "field '" + m.name + "' of '" + c.name + "' stands twice; give it another name")
          .at_param(columns_param, item);
    type.wants.add(path_of(m, item), static_cast<int>(type.fields.size()));
    type.fields.push_back({.type = type_named(m.type, item), .list = m.list});
    type.names.push_back(m.name);
  }
  return type;
}

field field_of(const std::string& name, const json_cell_type& type) {
  vigie::field f{.name = name, .kind = row_of(type.type).kind};
  if (type.type == json_type::json) f.extension = json_extension;
  for (std::size_t i = 0; i < type.fields.size(); ++i)
    f.children.push_back(field_of(type.names[i], type.fields[i]));
  return type.list ? list_of(name, f) : f;
}

// One of two values holds the other, or is it.
bool overlap(const json_path& a, const json_path& b) {
  const std::size_t both = std::min(a.size(), b.size());
  return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(both), b.begin());
}

} // namespace

std::string_view wanted_by(json_type type) { return row_of(type).wanted; }

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
    types.push_back(type_of(fields[i], item));
    paths.push_back(path_of(fields[i], item));
    all.push_back(field_of(fields[i].name, types.back()));
    all.back().sensitive = fields[i].sensitive;
    if (all.back().kind == kind::text) all.back().format = "vu";
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

} // namespace vigie::core
