// SPDX-License-Identifier: MIT-0
// Parameters bound to members: a component's `params(vigie::params&)` names each member once; from
// that one place come the table the host reads (name, type, default, doc, range, choices) and the
// values it hands back. The default of a parameter is the member's initial value.
#pragma once

#include "types.hpp"

#include <cstdio>
#include <deque>
#include <limits>
#include <optional>

#pragma GCC visibility push(hidden)
namespace vigie {

struct duration {
  std::int64_t us = 0; // microseconds
};
struct byte_size {
  std::int64_t bytes = 0;
};
struct date {
  std::int32_t days = 0; // since 1970-01-01
};
struct timestamp {
  std::int64_t us = 0; // microseconds since 1970-01-01T00:00:00Z
};

// Text parameters that remember where they stand in the table, so that an error can point at them.
// As it is, it is a parameter of type text.
struct located_text {
  std::string value;
  int param = -1, item = -1;

  located_text() = default;
  located_text(std::string v) : value(std::move(v)) {}
  located_text(const char* v) : value(v) {}

  // An error that points at this parameter, and at a byte of its text where one is given.
  [[nodiscard]] error wrong(vigie_status code, std::string message, std::int64_t byte = -1) const {
    return error(code, std::move(message)).at_param(param, item, byte);
  }
};
struct path : located_text {
  using located_text::located_text;
};
struct column_name : located_text {
  using located_text::located_text;
};
struct expression : located_text {
  using located_text::located_text;
};

// A map parameter: text keys in the order written.
template <class T> using named = std::vector<std::pair<std::string, T>>;

class params;

namespace detail {

template <class T>
concept record = requires(T t, params& p) { t.params(p); };
template <class T>
concept located = std::derived_from<T, located_text>;

template <class T> struct param_traits;
template <class T> inline constexpr std::uint32_t type_of = param_traits<T>::type;

inline std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}
inline std::string number(double v) {
  char text[40];
  for (const int digits : {6, 15, 17}) {
    std::snprintf(text, sizeof text, "%.*g", digits, v);
    if (std::strtod(text, nullptr) == v) break;
  }
  return text;
}

template <std::uint32_t Type> struct scalar_traits {
  static constexpr std::uint32_t type = Type, flags = 0;
};
template <> struct param_traits<bool> : scalar_traits<VIGIE_T_BOOL> {
  static std::string def(bool v) { return v ? "true" : "false"; }
  static void set(bool& v, const vigie_value& from, int, int) { v = from.i != 0; }
};
template <> struct param_traits<std::int64_t> : scalar_traits<VIGIE_T_INT> {
  static std::string def(std::int64_t v) { return std::to_string(v); }
  static void set(std::int64_t& v, const vigie_value& from, int, int) { v = from.i; }
};
template <> struct param_traits<double> : scalar_traits<VIGIE_T_REAL> {
  static std::string def(double v) { return number(v); }
  static void set(double& v, const vigie_value& from, int, int) { v = from.r; }
};
template <> struct param_traits<std::string> : scalar_traits<VIGIE_T_TEXT> {
  static std::string def(const std::string& v) { return v.empty() ? v : quoted(v); }
  static void set(std::string& v, const vigie_value& from, int, int) {
    v.assign(from.s.data, from.s.size);
  }
};
template <> struct param_traits<duration> : scalar_traits<VIGIE_T_DURATION> {
  static std::string def(duration v) { return std::to_string(v.us) + "us"; }
  static void set(duration& v, const vigie_value& from, int, int) { v.us = from.i; }
};
template <> struct param_traits<byte_size> : scalar_traits<VIGIE_T_SIZE> {
  static std::string def(byte_size v) { return std::to_string(v.bytes); }
  static void set(byte_size& v, const vigie_value& from, int, int) { v.bytes = from.i; }
};
template <> struct param_traits<date> : scalar_traits<VIGIE_T_DATE> {
  static std::string def(date) { return {}; }
  static void set(date& v, const vigie_value& from, int, int) {
    v.days = static_cast<std::int32_t>(from.i);
  }
};
template <> struct param_traits<timestamp> : scalar_traits<VIGIE_T_TIMESTAMP> {
  static std::string def(timestamp) { return {}; }
  static void set(timestamp& v, const vigie_value& from, int, int) { v.us = from.i; }
};
template <located T> struct param_traits<T> {
  static constexpr std::uint32_t flags = 0;
  static constexpr std::uint32_t type = std::same_as<T, path>          ? VIGIE_T_PATH
                                        : std::same_as<T, column_name> ? VIGIE_T_COLUMN
                                        : std::same_as<T, expression>  ? VIGIE_T_EXPRESSION
                                                                       : VIGIE_T_TEXT;
  static std::string def(const T& v) { return v.value.empty() ? v.value : quoted(v.value); }
  static void set(T& v, const vigie_value& from, int param, int item) {
    v.value.assign(from.s.data, from.s.size);
    v.param = param;
    v.item = item;
  }
};
template <class T> struct param_traits<std::optional<T>> {
  static constexpr std::uint32_t type = type_of<T>, flags = param_traits<T>::flags;
  static std::string def(const std::optional<T>& v) {
    return v ? param_traits<T>::def(*v) : std::string();
  }
  static void set(std::optional<T>& v, const vigie_value& from, int param, int item) {
    param_traits<T>::set(v.emplace(), from, param, item);
  }
};
template <class T> struct param_traits<std::vector<T>> {
  static constexpr std::uint32_t type = type_of<T>, flags = VIGIE_P_LIST;
  static std::string def(const std::vector<T>& v) {
    std::string out;
    for (const T& item : v) out += (out.empty() ? "[" : ", ") + param_traits<T>::def(item);
    return out.empty() ? out : out + "]";
  }
  static void set(std::vector<T>& v, const vigie_value& from, int param, int) {
    v.clear();
    for (std::uint32_t i = 0; i < from.n_items; ++i)
      param_traits<T>::set(v.emplace_back(), *from.items[i], param, static_cast<int>(i));
  }
};
template <class T> struct param_traits<std::vector<std::pair<std::string, T>>> {
  static constexpr std::uint32_t type = type_of<T>, flags = VIGIE_P_MAP;
  static std::string def(const named<T>& v) {
    std::string out;
    for (const auto& [key, value] : v)
      out += (out.empty() ? "{" : ", ") + quoted(key) + ": " + param_traits<T>::def(value);
    return out.empty() ? out : out + "}";
  }
  static void set(named<T>& v, const vigie_value& from, int param, int) {
    v.clear();
    for (std::uint32_t i = 0; i < from.n_items; ++i) {
      auto& [key, value] = v.emplace_back();
      key.assign(from.items[i]->key.data, from.items[i]->key.size);
      param_traits<T>::set(value, *from.items[i], param, static_cast<int>(i));
    }
  }
};

template <class T> struct record_of {};
template <record T> struct record_of<T> {
  using type = T;
};
template <record T> struct record_of<std::vector<T>> {
  using type = T;
};
template <record T> struct record_of<named<T>> {
  using type = T;
};

// The table of one component, at stable addresses for the life of the library.
struct param_table {
  std::deque<vigie_param> params;
  std::deque<std::string> texts;
  std::deque<std::vector<const char*>> choices;
  std::deque<param_table> records;
  std::vector<const vigie_param*> pointers;

  const char* keep(std::string s) { return texts.emplace_back(std::move(s)).c_str(); }
};

} // namespace detail

// What is said about one parameter behind its name, member and doc.
class param_options {
public:
  explicit param_options(detail::param_table* table) : table_(table) {}
  param_options& required() { return flag(VIGIE_P_REQUIRED); }
  param_options& secret() { return flag(VIGIE_P_SECRET); }
  param_options& deprecated() { return flag(VIGIE_P_DEPRECATED); }
  param_options& range(double min, double max) {
    if (table_ == nullptr) return *this;
    table_->params.back().min = min;
    table_->params.back().max = max;
    return *this;
  }
  param_options& choices(std::initializer_list<const char*> words) {
    if (table_ == nullptr) return *this;
    auto& kept = table_->choices.emplace_back(words);
    kept.push_back(nullptr);
    table_->params.back().choices = kept.data();
    return *this;
  }

private:
  param_options& flag(std::uint32_t f) {
    if (table_ != nullptr) table_->params.back().flags |= f;
    return *this;
  }
  detail::param_table* table_;
};

// Handed to `void params(vigie::params& p)`, which calls p.add(name, member, doc) once a parameter,
// always in the same order.
class params {
public:
  explicit params(detail::param_table& table) : table_(&table) {}
  explicit params(const vigie_value* const* values) : values_(values) {}

  template <class T> param_options add(const char* name, T& member, const char* doc) {
    const int index = next_++;
    if (table_ != nullptr)
      describe<T>(name, member, doc);
    else if (values_[index]->set != 0)
      detail::param_traits<T>::set(member, *values_[index], index, -1);
    return param_options(table_);
  }

private:
  template <class T> void describe(const char* name, const T& member, const char* doc) {
    using traits = detail::param_traits<T>;
    const std::string def = traits::def(member);
    vigie_param p{};
    p.struct_size = sizeof p;
    p.type = traits::type;
    p.flags = traits::flags;
    p.name = name;
    p.def = def.empty() ? nullptr : table_->keep(def);
    p.doc = doc;
    p.min = 1;
    p.max = 0;
    if constexpr (requires { typename detail::record_of<T>::type; }) {
      typename detail::record_of<T>::type sample{};
      auto& sub = table_->records.emplace_back();
      params inner(sub);
      sample.params(inner);
      for (const vigie_param& f : sub.params) sub.pointers.push_back(&f);
      p.fields = sub.pointers.data();
      p.n_fields = static_cast<std::uint32_t>(sub.pointers.size());
    }
    table_->params.push_back(p);
  }

  detail::param_table* table_ = nullptr;
  const vigie_value* const* values_ = nullptr;
  int next_ = 0;
};

namespace detail {
template <record T> struct param_traits<T> {
  static constexpr std::uint32_t type = VIGIE_T_RECORD, flags = 0;
  static std::string def(const T&) { return {}; }
  static void set(T& v, const vigie_value& from, int, int) {
    params inner(from.items);
    v.params(inner);
  }
};
} // namespace detail

} // namespace vigie
#pragma GCC visibility pop
