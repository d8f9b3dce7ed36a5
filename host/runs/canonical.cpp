// SPDX-License-Identifier: Apache-2.0
#include "canonical.hpp"

#include "base/text.hpp"

namespace vigie::runs {

using simdjson::dom::element;
using simdjson::dom::element_type;

namespace {

// The value of a type that was seen; else that type's empty one.
template <class T> T value_of(const element& e) {
  T v{};
  return e.get(v) == simdjson::SUCCESS ? v : T{};
}

} // namespace

void write_canonical(json_writer& w, const element& e) {
  switch (e.type()) {
  case element_type::OBJECT:
    w.begin_object();
    for (const auto [name, value] : value_of<simdjson::dom::object>(e)) {
      w.key(name);
      write_canonical(w, value);
    }
    w.end_object();
    break;
  case element_type::ARRAY:
    w.begin_array();
    for (const element item : value_of<simdjson::dom::array>(e)) write_canonical(w, item);
    w.end_array();
    break;
  case element_type::STRING: w.value(value_of<std::string_view>(e)); break;
  case element_type::INT64: w.value(value_of<std::int64_t>(e)); break;
  case element_type::UINT64: w.value(value_of<std::uint64_t>(e)); break;
  case element_type::DOUBLE: {
    const auto d = value_of<double>(e);
    w.value(d == 0 ? 0.0 : d);
    break;
  }
  case element_type::BOOL: w.value(value_of<bool>(e)); break;
  case element_type::NULL_VALUE: w.null(); break;
  }
}

std::string canonical(const element& e) {
  json_writer w(0);
  write_canonical(w, e);
  return w.text();
}

std::string shown_value(const element& e) {
  if (e.is_object()) return "an object";
  if (e.is_array()) return "an array";
  return text::elide(canonical(e), 80);
}

} // namespace vigie::runs
