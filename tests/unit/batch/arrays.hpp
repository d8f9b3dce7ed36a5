// SPDX-License-Identifier: Apache-2.0
// What the tests of host/batch share: an array that is released with its test, random columns of
// every type with what they must hold as JSON, and dictionaries, which the SDK reads but does not
// make.
#pragma once

#include "base/json.hpp"
#include "batch/array.hpp"
#include "batch/cell.hpp"
#include "batch/gather.hpp"

#include <vigie/builder.hpp>
#include <vigie/copy.hpp>

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace arrays {

using vigie::field;
using vigie::kind;

// Released at the end; a test may change what stands in `a`.
struct owned {
  ArrowArray a{};
  owned() = default;
  explicit owned(vigie::builder& b) { b.finish(&a); }
  owned(owned&& o) noexcept : a(o.a) { o.a.release = nullptr; }
  owned(const owned&) = delete;
  owned& operator=(const owned&) = delete;
  owned& operator=(owned&&) = delete;
  ~owned() {
    if (a.release != nullptr) a.release(&a);
  }
};

// A field of each type and layout.
inline std::vector<field> all_fields() {
  std::vector<field> out;
  for (int k = 0; k <= static_cast<int>(kind::timestamp); ++k) {
    field f{.name = "c", .kind = static_cast<kind>(k)};
    if (f.kind == kind::fixed_binary) f.width = 3;
    out.push_back(f);
  }
  for (const char* format : {"U", "vu"}) out.push_back({.name = "c", .format = format});
  for (const char* format : {"Z", "vz"})
    out.push_back({.name = "c", .kind = kind::binary, .format = format});
  out.push_back(vigie::list_of("c", {"", kind::int32}));
  out.push_back(vigie::list_of("c", {.name = "", .format = "vu"}));
  out.push_back(vigie::struct_of("c", {{"a", kind::int64}, {"b"}}));
  out.push_back(vigie::list_of(
      "c", vigie::struct_of(
               "", {{"a", kind::boolean}, vigie::list_of("l", {.name = "", .format = "U"})})));
  out.push_back(vigie::struct_of(
      "c", {vigie::struct_of("s", {{.name = "b", .kind = kind::binary, .format = "vz"}})}));
  return out;
}

inline std::string bytes_as_json(const field& f, const std::string& bytes) {
  std::string text = bytes;
  if (f.kind != kind::text) {
    text.clear();
    for (const char c : bytes) {
      constexpr const char* digits = "0123456789abcdef";
      text += digits[static_cast<unsigned char>(c) >> 4U];
      text += digits[static_cast<unsigned char>(c) & 15U];
    }
  }
  std::string out;
  vigie::append_json_string(out, text);
  return out;
}

class random_cells {
public:
  explicit random_cells(unsigned seed) : draw_(seed) {}

  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(draw_() % static_cast<std::uint64_t>(n));
  }

  // Appends one cell to `b` and returns it as JSON. `one_in` says how often it is null; 0: never.
  std::string cell(const field& f, vigie::builder& b, std::int64_t one_in) {
    if (one_in > 0 && below(one_in) == 0) {
      b.null();
      return "null";
    }
    switch (f.kind) {
    case kind::list: return list(f, b, one_in);
    case kind::structure: return structure(f, b, one_in);
    case kind::boolean: {
      const bool v = below(2) == 1;
      b.boolean(v);
      return v ? "true" : "false";
    }
    case kind::float64: {
      const double v = static_cast<double>(below(4000) - 2000) / 8;
      b.real(v);
      return vigie::json_writer(0).value(v).text();
    }
    case kind::text:
    case kind::binary:
    case kind::fixed_binary: {
      std::string v;
      const std::int64_t size =
          f.kind == kind::fixed_binary ? f.width : below(below(2) == 0 ? 4 : 40);
      for (std::int64_t i = 0; i < size; ++i) v += static_cast<char>('a' + below(26));
      b.text(v);
      return bytes_as_json(f, v);
    }
    default: return number(f, b);
    }
  }

private:
  std::string number(const field& f, vigie::builder& b) {
    const std::int64_t v = below(100) + (f.kind == kind::uint64 && below(2) == 0 ? INT64_MIN : 0);
    b.integer(v);
    if (f.kind == kind::date) return '"' + vigie::data::date_text(v) + '"';
    if (f.kind == kind::timestamp) return '"' + vigie::data::timestamp_text(v) + '"';
    return f.kind == kind::uint64 ? std::to_string(static_cast<std::uint64_t>(v))
                                  : std::to_string(v);
  }
  std::string list(const field& f, vigie::builder& b, std::int64_t one_in) {
    std::string out = "[";
    for (std::int64_t n = below(4), i = 0; i < n; ++i)
      out += (i > 0 ? ", " : "") + cell(f.children[0], b.child(0), one_in);
    b.end_list();
    return out + "]";
  }
  std::string structure(const field& f, vigie::builder& b, std::int64_t one_in) {
    std::string out = "{";
    for (std::size_t k = 0; k < f.children.size(); ++k)
      out += (k > 0 ? ", \"" : "\"") + f.children[k].name +
             "\": " + cell(f.children[k], b.child(k), one_in);
    b.end_struct();
    return out + "}";
  }

  std::mt19937_64 draw_;
};

// A random column and its cells. With `skip` the array begins that many rows behind its buffers.
struct random_column {
  random_column(const field& f, std::int64_t rows, unsigned seed, std::int64_t one_in,
                std::int64_t skip = 0) {
    random_cells cells(seed);
    vigie::builder b(f);
    for (std::int64_t i = 0; i < rows + skip; ++i) {
      std::string cell = cells.cell(f, b, one_in);
      if (i >= skip) json.push_back(std::move(cell));
    }
    ArrowArray a{};
    b.finish(&a);
    a.offset += skip;
    a.length -= skip;
    if (skip > 0 && a.null_count > 0) a.null_count = -1;
    column = vigie::data::take_array(&a);
  }
  vigie::data::shared_column column;
  std::vector<std::string> json;
};

inline std::string json_of(const field& f, const ArrowArray& a, std::int64_t row) {
  std::string out;
  vigie::data::append_json(out, vigie::column(f, a), row);
  return out;
}

inline std::vector<std::string> json_of(const field& f, const vigie::data::shared_column& c) {
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < c.array->length; ++i) out.push_back(json_of(f, *c.array, i));
  return out;
}

// A dictionary column: `indexes` into `values`, -1 for null. The field's `index` names the index
// type.
struct dictionary : owned {
  dictionary(const field& f, const std::vector<std::int64_t>& indexes, vigie::builder& values) {
    constexpr std::string_view formats = "csilCSIL";
    const auto k = static_cast<int>(kind::int8) + static_cast<int>(formats.find(f.index[0]));
    vigie::builder b(field{"i", static_cast<kind>(k)});
    for (const std::int64_t i : indexes) i < 0 ? b.null() : b.integer(i);
    auto own = std::make_unique<parts>();
    b.finish(&own->indexes);
    values.finish(&own->values);
    a = own->indexes;
    a.dictionary = &own->values;
    a.release = [](ArrowArray* array) {
      auto* p = static_cast<parts*>(array->private_data);
      p->indexes.release(&p->indexes);
      p->values.release(&p->values);
      delete p;
      array->release = nullptr;
    };
    a.private_data = own.release();
  }

private:
  struct parts {
    ArrowArray indexes{}, values{};
  };
};

} // namespace arrays
