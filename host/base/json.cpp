// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include "text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace vigie {

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = text::next_char(text, i);
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      if (c < 0x20 || c == 0x7f)
        out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      else
        text::append_char(out, c);
    }
  }
  out += '"';
}

void json_writer::new_line() {
  if (indent_ <= 0) return;
  out_ += '\n';
  out_.append(static_cast<std::size_t>(indent_ * depth_), ' ');
}

void json_writer::before_item() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_ += indent_ > 0 ? "," : ", ";
  new_line();
  first_ = false;
}

json_writer& json_writer::open(char bracket) {
  before_item();
  out_ += bracket;
  ++depth_;
  first_ = true;
  return *this;
}

json_writer& json_writer::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  out_ += bracket;
  first_ = false;
  return *this;
}

json_writer& json_writer::begin_object() { return open('{'); }
json_writer& json_writer::end_object() { return close('}'); }
json_writer& json_writer::begin_array() { return open('['); }
json_writer& json_writer::end_array() { return close(']'); }

json_writer& json_writer::key(std::string_view name) {
  before_item();
  append_json_string(out_, name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

json_writer& json_writer::value(std::string_view text) {
  before_item();
  append_json_string(out_, text);
  return *this;
}

json_writer& json_writer::value(bool b) {
  before_item();
  out_ += b ? "true" : "false";
  return *this;
}

json_writer& json_writer::value(double d) {
  before_item();
  out_ += std::isfinite(d) ? fmt::format("{}", d) : "null";
  return *this;
}

json_writer& json_writer::signed_value(std::int64_t number) {
  before_item();
  out_ += fmt::format("{}", number);
  return *this;
}

json_writer& json_writer::unsigned_value(std::uint64_t number) {
  before_item();
  out_ += fmt::format("{}", number);
  return *this;
}

json_writer& json_writer::null() {
  before_item();
  out_ += "null";
  return *this;
}

} // namespace vigie
