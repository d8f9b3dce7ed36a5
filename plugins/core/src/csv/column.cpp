// SPDX-License-Identifier: Apache-2.0
#include "csv/column.hpp"

#include "csv/cell.hpp"
#include "utf8.hpp"

#include <vigie/address.hpp>

#include <algorithm>
#include <cstring>

namespace vigie::core {
namespace {

std::string wanted(const csv_column_plan& plan) {
  switch (plan.type) {
  case csv_type::integer: return "a whole number from -9223372036854775808 to 9223372036854775807";
  case csv_type::unsigned_integer: return "a whole number from 0 to 18446744073709551615";
  case csv_type::real: return "a number within the range of a double";
  case csv_type::boolean: return "true or false";
  case csv_type::date: return "a date that exists, in the column's format";
  case csv_type::timestamp: return "a time that exists, in the column's format";
  case csv_type::decimal:
    return "a decimal number with at most " + std::to_string(plan.scale) +
           " digits behind the point, within 64 bits without the point";
  case csv_type::ipv4: return "an IPv4 address like 192.0.2.1";
  case csv_type::ip: return "an IP address";
  case csv_type::text: break;
  }
  return "text";
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::uint64_t word_at(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}
constexpr std::uint64_t first_bytes(std::size_t n) {
  return n >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * n)) - 1;
}

// A view into the chunk, whose base is the first of the column's buffers (builder::view_into).
// 12 bytes behind the begin of the text are readable.
view_element view_of(std::string_view text, const char* base) {
  view_element e{};
  e.size = static_cast<std::int32_t>(text.size());
  if (text.size() > 12) {
    std::memcpy(e.prefix, text.data(), 4);
    e.offset = static_cast<std::int32_t>(text.data() - base);
    return e;
  }
  const std::uint64_t front =
      word_at(text.data()) & first_bytes(std::min<std::size_t>(text.size(), 4));
  const std::uint64_t rest =
      text.size() > 4 ? word_at(text.data() + 4) & first_bytes(text.size() - 4) : 0;
  std::memcpy(e.prefix, &front, 4);
  std::memcpy(&e.buffer, &rest, 8);
  return e;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

} // namespace

std::string csv_shown(std::string_view text) {
  constexpr std::size_t most = 40;
  std::size_t n = std::min(text.size(), most);
  while (n > 0 && n < text.size() && (static_cast<unsigned char>(text[n]) & 0xc0U) == 0x80U) --n;
  std::string out = "'";
  for (const char c : text.substr(0, n))
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return out + (n < text.size() ? "...'" : "'");
}

std::string zeek_unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    const bool hex = rest.size() >= 4 && rest[0] == '\\' && rest[1] == 'x' &&
                     hex_digit(rest[2]) >= 0 && hex_digit(rest[3]) >= 0;
    const bool backslash = rest.starts_with("\\\\");
    out += hex ? static_cast<char>(hex_digit(rest[2]) * 16 + hex_digit(rest[3])) : rest[0];
    at += hex ? 3 : backslash ? 1 : 0;
  }
  return ill_formed_at(out) == std::string_view::npos ? out : std::string(text);
}

void csv_faults::start(std::size_t rows) {
  bad_.assign(rows, 0);
  list_.clear();
}

void csv_faults::add(std::size_t row, const csv_column_plan& column, std::string why) {
  if (bad_[row] != 0) return;
  bad_[row] = 1;
  list_.push_back({row, &column, std::move(why)});
}

bool csv_column::is_null(std::string_view text) const {
  if (text.empty()) return rules_.empty_is_null;
  return std::any_of(rules_.nulls.begin(), rules_.nulls.end(),
                     [text](const std::string& word) { return text == word; });
}

csv_column::found csv_column::look(const csv_slice& slice, std::size_t row) const {
  const std::uint32_t* const ends = slice.fields.places + slice.fields.rows[row] + field_;
  const std::uint32_t begin = ends[0] + 1;
  std::string_view text(slice.fields.base + begin, ends[1] - begin);
  if (field_ == slice.last && text.ends_with('\r')) text.remove_suffix(1);
  if (slice.quotes && text.size() > 1 && text.front() == dialect_.quote)
    return {.text = text.substr(1, text.size() - 2), .quoted = true};
  if (rules_.trim) text = trimmed(text);
  return {.text = text, .null = is_null(text)};
}

void csv_column::null_at(std::size_t row) {
  marks_[row] = mark::null;
  marked_ = true;
  if (plan_.required)
    faults_->add(row, plan_, "found nothing; expected a value, as the column is required");
}

void csv_column::fault(std::size_t row, std::string_view text) {
  faults_->add(row, plan_, "found " + csv_shown(text) + "; expected " + wanted(plan_));
}

template <class T, class Parse> void csv_column::read_cell(std::size_t row, Parse parse) {
  const found f = look(slice_, row);
  if (f.null) {
    values<T>()[row] = T{};
    return null_at(row);
  }
  T value{};
  if (!parse(f.text, value)) fault(row, f.text);
  values<T>()[row] = value;
}

template <class T, class Parse> void csv_column::read_values(Parse parse) {
  for (std::size_t r = 0; r < rows_; ++r) read_cell<T>(r, parse);
}

void csv_column::read_addresses() {
  static const csv_ipv4_function function = csv_ipv4_reader();
  const auto one = [](std::string_view text, std::uint32_t& to) {
    const auto parsed = address::parse_ipv4(text);
    to = parsed.value_or(0);
    return parsed.has_value();
  };
  csv_fields fields = slice_.fields;
  fields.field = field_;
  fields.quote = slice_.quotes ? dialect_.quote : '\0';
  for (std::size_t r = 0; r < rows_; ++r) {
    r = function(fields, r, values<std::uint32_t>());
    if (r < rows_) read_cell<std::uint32_t>(r, one);
  }
}

void csv_column::read_texts() {
  for (std::size_t r = 0; r < rows_; ++r) {
    const found f = look(slice_, r);
    values<view_element>()[r] = view_of(f.text, slice_.fields.base);
    if (f.null) {
      null_at(r);
      continue;
    }
    const bool escaped =
        rules_.zeek ? f.text.find('\\') != std::string_view::npos || f.text == rules_.empty_word
                    : f.quoted && f.text.find(dialect_.escape) != std::string_view::npos;
    if (!escaped) continue;
    marks_[r] = mark::escaped;
    marked_ = true;
  }
}

void csv_column::read_lists() {
  builder nothing;
  for (std::size_t r = 0; r < rows_; ++r) {
    const found f = look(slice_, r);
    marks_[r] = mark::escaped;
    if (f.null)
      null_at(r);
    else if (!put_items(f.text, nothing))
      fault(r, f.text);
  }
  marked_ = true;
}

bool csv_column::put_items(std::string_view text, builder& to) {
  if (text == rules_.empty_word) {
    to.end_list();
    return true;
  }
  for (;;) {
    const std::size_t end = std::min(text.find(rules_.item_separator), text.size());
    const std::string_view item = text.substr(0, end);
    if (is_null(item))
      to.child(0).null();
    else if (!put_item(item, to.child(0)))
      return false;
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  to.end_list();
  return true;
}

bool csv_column::put_item(std::string_view text, builder& to) {
  bool good = true;
  switch (plan_.type) {
  case csv_type::text: to.text(plain_text(text)); break;
  case csv_type::real: {
    double v = 0;
    good = parse_real(text, rules_.point, v);
    to.real(v);
    break;
  }
  case csv_type::boolean: {
    bool v = false;
    good = parse_bool(text, v);
    to.boolean(v);
    break;
  }
  case csv_type::ipv4: {
    const auto v = address::parse_ipv4(text);
    good = v.has_value();
    to.integer(v.value_or(0));
    break;
  }
  case csv_type::ip: {
    const auto v = address::parse_ip(text);
    good = v.has_value();
    const address::ip bytes = v.value_or(address::ip{});
    to.text({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    break;
  }
  case csv_type::timestamp: {
    const auto v = plan_.time.timestamp(text);
    good = v.has_value();
    to.integer(v.value_or(0));
    break;
  }
  case csv_type::date: {
    const auto v = plan_.time.date(text);
    good = v.has_value();
    to.integer(v.value_or(0));
    break;
  }
  case csv_type::unsigned_integer: {
    std::uint64_t v = 0;
    good = parse_uint(text, v);
    to.integer(static_cast<std::int64_t>(v));
    break;
  }
  default: {
    std::int64_t v = 0;
    good = plan_.type == csv_type::integer ? parse_int(text, v)
                                           : parse_decimal(text, rules_.point, plan_.scale, v);
    to.integer(v);
  }
  }
  return good;
}

std::string_view csv_column::plain_text(std::string_view raw) {
  if (rules_.zeek) {
    if (raw == rules_.empty_word) return {};
    if (raw.find('\\') == std::string_view::npos) return raw;
    room_ = zeek_unescaped(raw);
    return room_;
  }
  room_.clear();
  append_unquoted(room_, raw, dialect_);
  return room_;
}

void csv_column::read(const csv_slice& slice, csv_faults& faults) {
  slice_ = slice;
  faults_ = &faults;
  rows_ = slice.fields.rows.size();
  marked_ = false;
  marks_.assign(rows_, mark::value);
  values_.resize(std::max(values_.size(), rows_ * 2));
  if (is_absent()) {
    for (std::size_t r = 0; r < rows_; ++r) null_at(r);
    return;
  }
  if (plan_.list) return read_lists();
  const auto time = [this](std::string_view text, std::int64_t& to) {
    const auto v = plan_.time.timestamp(text);
    to = v.value_or(0);
    return v.has_value();
  };
  const auto day = [this](std::string_view text, std::int32_t& to) {
    const auto v = plan_.time.date(text);
    to = v.value_or(0);
    return v.has_value();
  };
  const auto ip = [](std::string_view text, address::ip& to) {
    const auto v = address::parse_ip(text);
    to = v.value_or(address::ip{});
    return v.has_value();
  };
  switch (plan_.type) {
  case csv_type::text: return read_texts();
  case csv_type::integer: return read_values<std::int64_t>(parse_int);
  case csv_type::unsigned_integer: return read_values<std::uint64_t>(parse_uint);
  case csv_type::real:
    return read_values<double>(
        [this](std::string_view text, double& to) { return parse_real(text, rules_.point, to); });
  case csv_type::boolean: return read_values<bool>(parse_bool);
  case csv_type::date: return read_values<std::int32_t>(day);
  case csv_type::timestamp: return read_values<std::int64_t>(time);
  case csv_type::decimal:
    return read_values<std::int64_t>([this](std::string_view text, std::int64_t& to) {
      return parse_decimal(text, rules_.point, plan_.scale, to);
    });
  case csv_type::ipv4: return read_addresses();
  case csv_type::ip: return read_values<address::ip>(ip);
  }
}

void csv_column::emit(std::size_t from, std::size_t to, builder& out) {
  if (!marked_) return emit_run(from, to, out);
  while (from < to) {
    std::size_t end = from;
    while (end < to && marks_[end] == mark::value) ++end;
    if (end > from) emit_run(from, end, out);
    if (end < to) emit_marked(end++, out);
    from = end;
  }
}

void csv_column::emit_marked(std::size_t row, builder& out) {
  if (marks_[row] == mark::null) return out.null();
  const std::string_view raw = look(slice_, row).text;
  if (!plan_.list) return out.text(plain_text(raw));
  static_cast<void>(put_items(raw, out));
}

template <class T>
void csv_column::emit_values(std::size_t from, std::size_t to, builder& out) const {
  const auto room = out.fixed<T>(static_cast<std::int64_t>(to - from));
  std::memcpy(room.data(), values<T>() + from, room.size_bytes());
}

void csv_column::emit_run(std::size_t from, std::size_t to, builder& out) const {
  switch (plan_.type) {
  case csv_type::text: return emit_values<view_element>(from, to, out);
  case csv_type::boolean:
    for (std::size_t r = from; r < to; ++r) out.boolean(values<bool>()[r]);
    return;
  case csv_type::date:
  case csv_type::ipv4: return emit_values<std::uint32_t>(from, to, out);
  case csv_type::ip: return emit_values<address::ip>(from, to, out);
  default: return emit_values<std::uint64_t>(from, to, out);
  }
}

} // namespace vigie::core
