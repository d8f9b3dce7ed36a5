// SPDX-License-Identifier: Apache-2.0
// Parameters as the host sees them: the table a component publishes and the values a pipeline
// gives. The table comes from a plugin (loader) and feeds parsing (config), help, reference pages
// and the editor schema. Plain values, no thread rules.
#pragma once

#include "diagnostic.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace vigie {

enum class param_type : std::uint8_t { // numbers are those of the ABI (VIGIE_T_...)
  boolean = 1,
  integer,
  real,
  text,
  duration,  // microseconds
  size,      // bytes
  date,      // days since 1970-01-01, proleptic Gregorian
  timestamp, // microseconds since 1970-01-01T00:00:00Z
  path,
  column,     // name of a column of the step's input
  expression, // text in the expression language; errors carry a byte offset into it
  record,     // fields of its own
};

struct param_spec {
  std::string name;
  param_type type = param_type::text;
  bool required = false;
  bool secret = false;
  bool list = false;
  bool map = false; // text keys, in the order written
  bool deprecated = false;
  std::string def; // default as a pipeline would write it; empty: none
  std::string doc;
  std::vector<std::string> choices;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::vector<param_spec> fields; // of a record
};

// A value given to a parameter. Scalars use `i` (boolean, integer, duration, size, date,
// timestamp), `r` (real) or `s` (text, path, column, expression); lists, maps and records use
// `items` (maps: each with its `key`; records: one item a field, in the table's order).
struct param_value {
  param_type type = param_type::text;
  bool set = false; // false: neither given nor a default
  std::int64_t i = 0;
  double r = 0;
  std::string s;
  std::string key;
  std::vector<param_value> items;
  vigie::place place; // of the value in the pipeline file
};

[[nodiscard]] std::string_view name_of(param_type t);

} // namespace vigie
