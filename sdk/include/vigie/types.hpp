// SPDX-License-Identifier: MIT-0
// Fields and schemas as C++ values, and their two-way translation to the Arrow C data interface.
// Used by plugin authors (what a component needs and adds) and by the host. Plain values; no thread
// rules.
#pragma once

#include "abi.h"

#include <cstring>
#include <exception>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace vigie {

// An error that concerns the whole call. Thrown inside a plugin; the SDK turns it into a
// vigie_error at the border.
class error : public std::exception {
public:
  error(vigie_status code, std::string message) : code(code), message(std::move(message)) {}

  error&& at_param(int param_index, int item_index = -1, std::int64_t byte = -1) && {
    param = param_index;
    item = item_index;
    offset = byte;
    return std::move(*this);
  }
  error&& at_row(std::int64_t row_index, std::string column_name = {}) && {
    row = row_index;
    column = std::move(column_name);
    return std::move(*this);
  }
  const char* what() const noexcept override { return message.c_str(); }

  vigie_status code;
  std::string message;
  int param = -1, item = -1;
  std::int64_t offset = -1, row = -1;
  std::string column;
};

enum class kind : std::uint8_t {
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float64,
  text,         // utf8, large_utf8 or utf8_view
  binary,       // binary, large or view
  fixed_binary, // `width` bytes each
  date,         // days since 1970-01-01
  timestamp,    // microseconds since 1970-01-01T00:00:00Z
  list,         // children[0] is the item
  structure,    // children are the fields
};

[[nodiscard]] inline std::string_view name_of(kind k) {
  constexpr std::string_view names[] = {"bool",  "int8",   "int16",        "int32",  "int64",
                                        "uint8", "uint16", "uint32",       "uint64", "float64",
                                        "text",  "binary", "fixed_binary", "date",   "timestamp",
                                        "list",  "struct"};
  return names[static_cast<std::size_t>(k)];
}
[[nodiscard]] constexpr bool is_integer(kind k) { return k >= kind::int8 && k <= kind::uint64; }
[[nodiscard]] constexpr bool is_bytes(kind k) { return k == kind::text || k == kind::binary; }

// A named column type. `format` is the exact Arrow layout; left empty, the usual layout of the kind
// is meant.
struct field {
  std::string name = {};
  vigie::kind kind = vigie::kind::text;
  std::vector<field> children = {};
  int width = 0;              // fixed_binary: bytes
  std::string format = {};    // Arrow format string of the values
  std::string index = {};     // Arrow format of the dictionary index, empty: not dictionary-encoded
  std::string extension = {}; // ARROW:extension:name
  bool span = false;          // names bytes of the row's input file
  bool sensitive = false;     // masked wherever people look

  // Same meaning: kind, width and children equal; name, layout and marks may differ.
  [[nodiscard]] bool same_type(const field& o) const {
    if (kind != o.kind || width != o.width || children.size() != o.children.size()) return false;
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (kind == vigie::kind::structure && children[i].name != o.children[i].name) return false;
      if (!children[i].same_type(o.children[i])) return false;
    }
    return true;
  }
};

using schema = std::vector<field>;

// Bytes of a value of a fixed-width kind. Not meant for bool, whose values are bits, and for
// fixed_binary, whose width is the field's; 8 for kinds whose values have no one width.
[[nodiscard]] constexpr std::size_t width_of(kind k) {
  switch (k) {
  case kind::int8:
  case kind::uint8: return 1;
  case kind::int16:
  case kind::uint16: return 2;
  case kind::int32:
  case kind::uint32:
  case kind::date: return 4;
  default: return 8;
  }
}
// The same of a field, fixed_binary included.
[[nodiscard]] inline std::size_t width_of(const field& f) {
  return f.kind == kind::fixed_binary ? static_cast<std::size_t>(f.width) : width_of(f.kind);
}

// ---- meanings that fields carry by their extension name (abi.h) ----
inline constexpr const char* ipv4_extension = "vigie.ipv4";
inline constexpr const char* ip_extension = "vigie.ip";
inline constexpr const char* json_extension = "arrow.json";

[[nodiscard]] inline bool is_ipv4(const field& f) {
  return f.kind == kind::uint32 && f.extension == ipv4_extension;
}
[[nodiscard]] inline bool is_ip(const field& f) {
  return f.kind == kind::fixed_binary && f.width == 16 && f.extension == ip_extension;
}
[[nodiscard]] inline bool is_json(const field& f) {
  return f.kind == kind::text && f.extension == json_extension;
}
// Digits behind the point of an int64 that stands for a decimal number, 0 to 18; -1 for others.
[[nodiscard]] inline int decimal_scale(const field& f) {
  constexpr std::string_view before = "vigie.decimal(";
  const std::string_view name = f.extension;
  if (f.kind != kind::int64 || !name.starts_with(before) || !name.ends_with(')')) return -1;
  const std::string_view digits = name.substr(before.size(), name.size() - before.size() - 1);
  if (digits.empty() || digits.size() > 2) return -1;
  int scale = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    scale = scale * 10 + (c - '0');
  }
  return scale <= 18 ? scale : -1;
}
[[nodiscard]] inline std::string decimal_extension(int scale) {
  return "vigie.decimal(" + std::to_string(scale) + ")";
}

[[nodiscard]] inline field list_of(std::string name, field item) {
  item.name = "item";
  return {.name = std::move(name), .kind = kind::list, .children = {std::move(item)}};
}
[[nodiscard]] inline field struct_of(std::string name, std::vector<field> fields) {
  return {.name = std::move(name), .kind = kind::structure, .children = std::move(fields)};
}
// struct<offset: int64, length: int32>: a place in the row's input file.
[[nodiscard]] inline field span_of(std::string name) {
  field f = struct_of(std::move(name), {{.name = "offset", .kind = kind::int64},
                                        {.name = "length", .kind = kind::int32}});
  f.span = true;
  return f;
}

// Index of a field by name, or -1.
[[nodiscard]] inline int find_field(const schema& s, std::string_view name) {
  for (std::size_t i = 0; i < s.size(); ++i)
    if (s[i].name == name) return static_cast<int>(i);
  return -1;
}

// "list<struct<a: int64, b: text>>", for people.
[[nodiscard]] inline std::string describe(const field& f) {
  std::string out(name_of(f.kind));
  if (f.kind == kind::fixed_binary) return out + "(" + std::to_string(f.width) + ")";
  if (f.span) return "span";
  if (f.children.empty()) return f.extension.empty() ? out : out + " " + f.extension;
  out += '<';
  for (std::size_t i = 0; i < f.children.size(); ++i) {
    if (i > 0) out += ", ";
    if (f.kind == kind::structure) out += f.children[i].name + ": ";
    out += describe(f.children[i]);
  }
  return out + '>';
}

[[nodiscard]] inline std::string usual_format(const field& f) {
  constexpr const char* formats[] = {"b", "c", "s", "i",  "l",   "C",       "S",  "I", "L",
                                     "g", "u", "z", "w:", "tdD", "tsu:UTC", "+l", "+s"};
  std::string out = formats[static_cast<std::size_t>(f.kind)];
  if (f.kind == kind::fixed_binary) out += std::to_string(f.width);
  return out;
}
[[nodiscard]] inline std::string format_of(const field& f) {
  return f.format.empty() ? usual_format(f) : f.format;
}

namespace detail {

// Arrow metadata: int32 count, then per pair int32 length + key, int32 length + value, native
// endian.
inline std::string encode_metadata(const field& f) {
  std::vector<std::pair<std::string_view, std::string_view>> pairs;
  if (!f.extension.empty()) pairs.emplace_back("ARROW:extension:name", f.extension);
  if (f.span) pairs.emplace_back("vigie.span", "1");
  if (f.sensitive) pairs.emplace_back("vigie.sensitive", "1");
  if (pairs.empty()) return {};
  std::string out;
  const auto number = [&out](std::size_t n) {
    const auto v = static_cast<std::int32_t>(n);
    out.append(reinterpret_cast<const char*>(&v), sizeof v);
  };
  number(pairs.size());
  for (const auto& [key, value] : pairs) {
    number(key.size());
    out += key;
    number(value.size());
    out += value;
  }
  return out;
}

inline void decode_metadata(const char* at, field& f) {
  if (at == nullptr) return;
  const auto number = [&at] {
    std::int32_t v = 0;
    std::memcpy(&v, at, sizeof v);
    at += sizeof v;
    return v < 0 ? 0 : v;
  };
  const auto text = [&] {
    const auto size = static_cast<std::size_t>(number());
    std::string_view v(at, size);
    at += size;
    return v;
  };
  for (std::int32_t n = number(); n > 0; --n) {
    const std::string_view key = text(), value = text();
    if (key == "ARROW:extension:name")
      f.extension = value;
    else if (key == "vigie.span")
      f.span = value == "1";
    else if (key == "vigie.sensitive")
      f.sensitive = value == "1";
  }
}

struct exported_schema {
  std::string format, name, metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> child_pointers;
  ArrowSchema dictionary{};
};

inline void release_schema(ArrowSchema* s) {
  auto* own = static_cast<exported_schema*>(s->private_data);
  for (ArrowSchema& c : own->children)
    if (c.release != nullptr) c.release(&c);
  if (own->dictionary.release != nullptr) own->dictionary.release(&own->dictionary);
  delete own;
  s->release = nullptr;
}

struct format_kind {
  std::string_view format;
  kind k;
};
inline constexpr format_kind known_formats[] = {
    {"b", kind::boolean}, {"c", kind::int8},      {"s", kind::int16},
    {"i", kind::int32},   {"l", kind::int64},     {"C", kind::uint8},
    {"S", kind::uint16},  {"I", kind::uint32},    {"L", kind::uint64},
    {"g", kind::float64}, {"u", kind::text},      {"U", kind::text},
    {"vu", kind::text},   {"z", kind::binary},    {"Z", kind::binary},
    {"vz", kind::binary}, {"tdD", kind::date},    {"tsu:UTC", kind::timestamp},
    {"+l", kind::list},   {"+s", kind::structure}};

inline field field_from(const ArrowSchema& s, int depth);

inline void set_values(field& f, const ArrowSchema& s, int depth) {
  const std::string_view format = s.format == nullptr ? "" : s.format;
  f.format = format;
  if (format.starts_with("w:")) {
    f.kind = kind::fixed_binary;
    for (const char c : format.substr(2)) {
      if (c < '0' || c > '9' || f.width > (1 << 24))
        throw error(VIGIE_E_SCHEMA, "bad Arrow format '" + f.format + "'");
      f.width = f.width * 10 + (c - '0');
    }
    return;
  }
  for (const format_kind& known : known_formats) {
    if (known.format != format) continue;
    f.kind = known.k;
    const bool nested = f.kind == kind::list || f.kind == kind::structure;
    if (!nested) return;
    if (s.n_children < 0 || (s.n_children > 0 && s.children == nullptr) ||
        (f.kind == kind::list && s.n_children != 1))
      throw error(VIGIE_E_SCHEMA, "a nested Arrow type has the wrong number of children");
    for (std::int64_t i = 0; i < s.n_children; ++i)
      f.children.push_back(field_from(*s.children[i], depth + 1));
    return;
  }
  throw error(VIGIE_E_SCHEMA,
              "Arrow format '" + f.format + "' is not among the types of this interface");
}

inline field field_from(const ArrowSchema& s, int depth) {
  if (depth > 16) throw error(VIGIE_E_SCHEMA, "types nest deeper than 16 levels");
  field f;
  f.name = s.name == nullptr ? "" : s.name;
  if (s.dictionary != nullptr) {
    f.index = s.format == nullptr ? "" : s.format;
    if (f.index.size() != 1 ||
        std::string_view("csilCSIL").find(f.index[0]) == std::string_view::npos)
      throw error(VIGIE_E_SCHEMA, "a dictionary index must be an integer");
    set_values(f, *s.dictionary, depth);
  } else {
    set_values(f, s, depth);
  }
  decode_metadata(s.metadata, f);
  return f;
}

} // namespace detail

// Reads a schema that someone else made. Throws error(E_SCHEMA) on types outside the interface.
[[nodiscard]] inline field from_arrow(const ArrowSchema& s) { return detail::field_from(s, 0); }

// Makes a schema the caller releases.
inline void to_arrow(const field& f, ArrowSchema* out) {
  auto own = std::make_unique<detail::exported_schema>();
  own->format = f.index.empty() ? format_of(f) : f.index;
  own->name = f.name;
  own->metadata = detail::encode_metadata(f);
  if (!f.index.empty()) {
    field values = f;
    values.index.clear();
    values.name.clear();
    to_arrow(values, &own->dictionary);
  } else {
    own->children.resize(f.children.size());
    for (std::size_t i = 0; i < f.children.size(); ++i) to_arrow(f.children[i], &own->children[i]);
    for (ArrowSchema& c : own->children) own->child_pointers.push_back(&c);
  }
  *out = {.format = own->format.c_str(),
          .name = own->name.c_str(),
          .metadata = own->metadata.empty() ? nullptr : own->metadata.data(),
          .flags = ARROW_FLAG_NULLABLE,
          .n_children = static_cast<std::int64_t>(own->child_pointers.size()),
          .children = own->child_pointers.data(),
          .dictionary = f.index.empty() ? nullptr : &own->dictionary,
          .release = detail::release_schema,
          .private_data = nullptr};
  out->private_data = own.release();
}

inline void to_arrow(const schema& s, ArrowSchema* out) { to_arrow(struct_of("", s), out); }

// A schema that is released when it goes out of scope.
struct owned_schema {
  ArrowSchema schema{};
  owned_schema() = default;
  explicit owned_schema(const vigie::schema& s) { to_arrow(s, &schema); }
  owned_schema(owned_schema&& o) noexcept : schema(o.schema) { o.schema.release = nullptr; }
  owned_schema& operator=(owned_schema&&) = delete;
  ~owned_schema() {
    if (schema.release != nullptr) schema.release(&schema);
  }
};

} // namespace vigie
#pragma GCC visibility pop
