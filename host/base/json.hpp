// SPDX-License-Identifier: Apache-2.0
// Writes JSON (RFC 8259) for manifests, reports and `--json`: keys in the order they are written,
// strings escaped, doubles in their shortest round-trip form. Ill-formed UTF-8 becomes U+FFFD, so
// the result is always valid JSON. One object, one thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

class json_writer {
public:
  // `indent` 0 writes one line.
  explicit json_writer(int indent = 2) : indent_(indent) {}

  json_writer& begin_object();
  json_writer& end_object();
  json_writer& begin_array();
  json_writer& end_array();
  json_writer& key(std::string_view name);
  json_writer& value(std::string_view text);
  json_writer& value(const char* text) { return value(std::string_view(text)); }
  json_writer& value(bool b);
  json_writer& value(double d);
  template <std::integral I>
    requires(!std::same_as<I, bool>)
  json_writer& value(I number) {
    if constexpr (std::unsigned_integral<I>)
      return unsigned_value(number);
    else
      return signed_value(number);
  }
  json_writer& null();

  template <class T> json_writer& field(std::string_view name, const T& v) {
    return key(name).value(v);
  }

  [[nodiscard]] const std::string& text() const { return out_; }

private:
  json_writer& signed_value(std::int64_t number);
  json_writer& unsigned_value(std::uint64_t number);
  json_writer& open(char bracket);
  json_writer& close(char bracket);
  void before_item();
  void new_line();

  std::string out_;
  int indent_;
  int depth_ = 0;
  bool first_ = true;
  bool after_key_ = false;
};

// Appends `text` as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

} // namespace vigie
