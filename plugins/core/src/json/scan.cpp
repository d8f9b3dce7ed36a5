// SPDX-License-Identifier: Apache-2.0
#include "json/scan.hpp"

#include "plain_text.hpp"
#include "utf8.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace vigie::core {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

const char* digits(const char* at) {
  while (is_digit(*at)) ++at;
  return at;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// The number that four hexadecimal digits say, or -1.
int hex4(const char* at) {
  int number = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex_value(at[i]);
    if (digit < 0) return -1;
    number = number * 16 + digit;
  }
  return number;
}

bool is_high_half(int unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low_half(int unit) { return unit >= 0xdc00 && unit < 0xe000; }

void append_utf8(std::string& out, std::uint32_t c) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto put_rest = [&](int shift) { put(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xc0 | c >> 6);
  } else if (c < 0x10000) {
    put(0xe0 | c >> 12);
    put_rest(6);
  } else {
    put(0xf0 | c >> 18);
    put_rest(12);
    put_rest(6);
  }
  put_rest(0);
}

// Equal keys have equal prints. Keys of up to 8 bytes go in whole, longer ones with both ends and
// their length; what that leaves equal is compared byte by byte. 8 readable bytes follow the key's
// start.
std::uint32_t print_of(const char* at, std::size_t size) {
  static_assert(std::endian::native == std::endian::little, "the mask below keeps the first bytes");
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;
  std::uint64_t head = 0, tail = size;
  std::memcpy(&head, at, 8);
  if (size < 8)
    head &= (std::uint64_t{1} << (8 * size)) - 1;
  else
    std::memcpy(&tail, at + size - 8, 8);
  const std::uint64_t mixed = (head ^ (tail + size) * odd) * odd;
  return static_cast<std::uint32_t>(mixed >> 32);
}

// Objects with more keys are checked once, sorted, when they end, so that no object costs a square
// of its size.
constexpr std::size_t most_keys_compared = 64;

} // namespace

std::string_view name_of(json_kind kind) {
  constexpr std::string_view names[] = {"nothing",  "null", "a boolean", "a whole number",
                                        "a number", "text", "a list",    "an object"};
  return names[static_cast<std::size_t>(kind)];
}

void append_unescaped(std::string& out, std::string_view inner) {
  constexpr std::string_view letters = "bfnrt", meanings = "\b\f\n\r\t";
  while (!inner.empty()) {
    const std::size_t plain = std::min(inner.find('\\'), inner.size());
    out.append(inner, 0, plain);
    inner.remove_prefix(plain);
    if (inner.empty()) return;
    const char c = inner[1];
    const char* at = inner.data() + 2;
    inner.remove_prefix(2);
    if (c != 'u') {
      const std::size_t letter = letters.find(c);
      out += letter == std::string_view::npos ? c : meanings[letter];
      continue;
    }
    int unit = hex4(at);
    inner.remove_prefix(4);
    if (is_high_half(unit)) {
      unit = 0x10000 + (unit - 0xd800) * 0x400 + (hex4(at + 6) - 0xdc00);
      inner.remove_prefix(6);
    }
    append_utf8(out, static_cast<std::uint32_t>(unit));
  }
}

bool json_scanner::object(std::string_view text, const json_wants& wants,
                          std::span<json_value> slots) {
  begin_ = text.data();
  end_ = begin_ + text.size();
  wants_ = &wants;
  slots_ = slots;
  keys_.clear();
  prints_.clear();
  const char* at = space(begin_);
  if (*at != '{' || at >= end_) return fail(at, "an object ({...})") != nullptr;
  at = value(at, wants.root(), 1);
  if (at == nullptr) return false;
  at = space(at);
  return at == end_ || fail(at, "nothing behind the object") != nullptr;
}

void json_scanner::items(const json_value& array, std::vector<json_value>& out) {
  begin_ = array.raw.data();
  end_ = begin_ + array.raw.size();
  const char* at = space(begin_ + 1);
  while (*at != ']') {
    const char* const end = value(at, json_wants::nobody, 1);
    out.push_back({{at, static_cast<std::size_t>(end - at)}, kind_, escaped_});
    at = space(end);
    if (*at == ',') at = space(at + 1);
  }
}

void json_scanner::inside(const json_value& object, const json_wants& wants,
                          std::span<json_value> slots) {
  begin_ = object.raw.data();
  end_ = begin_ + object.raw.size();
  wants_ = &wants;
  slots_ = slots;
  static_cast<void>(value(begin_, wants.root(), 1));
}

const char* json_scanner::any_value(const char* at, int level) {
  begin_ = end_ = at;
  keys_.clear();
  prints_.clear();
  return value(at, json_wants::nobody, level);
}

const char* json_scanner::number(const char* at, json_kind& kind) {
  begin_ = end_ = at;
  const char* const end = number(at);
  kind = kind_;
  return end;
}

const char* json_scanner::text_behind_quote(const char* at, bool& escaped) {
  begin_ = end_ = at;
  const char* const end = text(at);
  escaped = escaped_;
  return end;
}

const char* json_scanner::value(const char* at, int node, int level) {
  const char* end = nullptr;
  json_kind kind = json_kind::text;
  switch (*at) {
  case '"': end = text(at + 1); break;
  case '{':
    end = members(at, node, level);
    kind = json_kind::object;
    break;
  case '[':
    end = elements(at, node, level);
    kind = json_kind::array;
    break;
  case 't':
    end = word(at, "true");
    kind = json_kind::boolean;
    break;
  case 'f':
    end = word(at, "false");
    kind = json_kind::boolean;
    break;
  case 'n':
    end = word(at, "null");
    kind = json_kind::null;
    break;
  default: end = number(at); kind = kind_;
  }
  if (end == nullptr) return nullptr;
  kind_ = kind;
  if (node == json_wants::nobody) return end;
  for (const int slot : wants_->slots(node))
    slots_[static_cast<std::size_t>(slot)] = {
        {at, static_cast<std::size_t>(end - at)}, kind, kind == json_kind::text && escaped_};
  return end;
}

const char* json_scanner::members(const char* at, int node, int level) {
  if (level > most_levels) return fail(at, "64 levels of lists and objects at most");
  at = space(at + 1);
  if (*at == '}') return at + 1;
  const std::size_t first = keys_.size();
  std::size_t next = 0;
  for (;; at = space(at + 1)) {
    at = member(at, node, level, first, next);
    if (at == nullptr) return nullptr;
    at = space(at);
    if (*at == '}') break;
    if (*at != ',') return fail(at, "',' or '}' behind a value");
  }
  if (const key_place* twice = repeated_key(first)) return fail_key(twice->raw);
  keys_.resize(first);
  prints_.resize(first);
  return at + 1;
}

const char* json_scanner::member(const char* at, int node, int level, std::size_t first,
                                 std::size_t& next) {
  if (*at != '"') return fail(at, "a key in double quotes");
  const char* const end = text(at + 1);
  if (end == nullptr) return nullptr;
  const std::string_view raw(at + 1, static_cast<std::size_t>(end - at - 2));
  const bool escaped = escaped_;
  if (!note_key(raw, escaped, first)) return fail_key(raw);
  at = space(end);
  if (*at != ':') return fail(at, "':' behind a key");
  int child = json_wants::nobody;
  if (node != json_wants::nobody && wants_->has_keys(node))
    child = wants_->below(node, plain_key({raw, escaped}, key_), next);
  return value(space(at + 1), child, level + 1);
}

const char* json_scanner::elements(const char* at, int node, int level) {
  if (level > most_levels) return fail(at, "64 levels of lists and objects at most");
  at = space(at + 1);
  if (*at == ']') return at + 1;
  const bool wanted = node != json_wants::nobody && wants_->has_items(node);
  for (std::int64_t i = 0;; ++i, at = space(at + 1)) {
    at = value(at, wanted ? wants_->below(node, i) : json_wants::nobody, level + 1);
    if (at == nullptr) return nullptr;
    at = space(at);
    if (*at == ']') return at + 1;
    if (*at != ',') return fail(at, "',' or ']' behind an item");
  }
}

const char* json_scanner::text(const char* at) {
  bool escaped = false;
  for (;;) {
    at = plain_end(at);
    if (*at == '"') break;
    if (*at != '\\') return fail(at, "a text without raw control characters, closed by '\"'");
    escaped = true;
    at = escape(at + 1);
    if (at == nullptr) return nullptr;
  }
  escaped_ = escaped;
  return at + 1;
}

const char* json_scanner::escape(const char* at) {
  if (*at == 'u') return unicode_escape(at + 1);
  constexpr std::string_view letters = "\"\\/bfnrt";
  if (letters.find(*at) == std::string_view::npos)
    return fail(at, "one of \" \\ / b f n r t u behind a backslash");
  return at + 1;
}

const char* json_scanner::unicode_escape(const char* at) {
  const int unit = hex4(at);
  if (unit < 0) return fail(at, "four hexadecimal digits behind \\u");
  if (is_low_half(unit)) return fail(at, "the first half of a surrogate pair before the second");
  if (!is_high_half(unit)) return at + 4;
  if (at[4] != '\\' || at[5] != 'u' || !is_low_half(hex4(at + 6)))
    return fail(at + 4, "the second half of a surrogate pair behind the first");
  return at + 10;
}

const char* json_scanner::number(const char* at) {
  const char* const start = at;
  kind_ = json_kind::integer;
  if (*at == '-') ++at;
  if (!is_digit(*at)) return fail(at, start == at ? "a value" : "a digit behind '-'");
  at = *at == '0' ? at + 1 : digits(at);
  if (*at == '.') {
    kind_ = json_kind::real;
    if (!is_digit(*++at)) return fail(at, "a digit behind '.'");
    at = digits(at);
  }
  if ((*at | 0x20) == 'e') {
    kind_ = json_kind::real;
    ++at;
    if (*at == '+' || *at == '-') ++at;
    if (!is_digit(*at)) return fail(at, "a digit in the exponent");
    at = digits(at);
  }
  return at;
}

const char* json_scanner::word(const char* at, std::string_view expected) {
  if (std::memcmp(at, expected.data(), expected.size()) == 0) return at + expected.size();
  return fail(at, expected);
}

const char* json_scanner::fail(const char* at, std::string_view expected) {
  fault_ = "not a JSON object: at offset " + std::to_string(at - begin_) + " of the line stands ";
  if (at >= end_)
    fault_ += "its end";
  else if (*at > 0x20 && *at < 0x7f)
    fault_ += std::string("'") + *at + "'";
  else
    fault_ += "byte " + hex_byte(*at);
  fault_ += "; expected " + std::string(expected);
  return nullptr;
}

// The key itself is not quoted: what stands in the line may be private.
const char* json_scanner::fail_key(std::string_view raw) {
  fault_ = "not a JSON object: the key at offset " + std::to_string(raw.data() - begin_ - 1) +
           " of the line stands twice in its object; expected each key once";
  return nullptr;
}

std::string_view json_scanner::plain_key(const key_place& key, std::string& room) const {
  if (!key.escaped) return key.raw;
  room.clear();
  append_unescaped(room, key.raw);
  return room;
}

bool json_scanner::note_key(std::string_view raw, bool escaped, std::size_t first) {
  const key_place added{raw, escaped};
  std::uint32_t print = 0;
  if (escaped) {
    const std::size_t size = plain_key(added, key_).size();
    key_.resize(size + 8);
    print = print_of(key_.data(), size);
  } else {
    print = print_of(raw.data(), raw.size());
  }
  const std::size_t count = keys_.size() - first;
  bool seen = false;
  for (std::size_t i = first; i < first + std::min(count, most_keys_compared); ++i)
    seen |= prints_[i] == print;
  keys_.push_back(added);
  prints_.push_back(print);
  if (!seen || count >= most_keys_compared) return true;
  const std::string_view key = plain_key(added, key_);
  for (std::size_t i = first; i < first + count; ++i)
    if (prints_[i] == print && plain_key(keys_[i], other_key_) == key) return false;
  return true;
}

// The second of two equal keys among those noted from `first` on, in an object too large for
// note_key.
const json_scanner::key_place* json_scanner::repeated_key(std::size_t first) {
  const std::size_t count = keys_.size() - first;
  if (count <= most_keys_compared) return nullptr;
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), first);
  const auto compare = [this](std::size_t a, std::size_t b) {
    if (prints_[a] != prints_[b]) return prints_[a] < prints_[b] ? -1 : 1;
    return plain_key(keys_[a], key_).compare(plain_key(keys_[b], other_key_));
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return compare(a, b) < 0; });
  const auto pair = std::adjacent_find(
      order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return compare(a, b) == 0; });
  return pair == order.end() ? nullptr : &keys_[*(pair + 1)];
}

} // namespace vigie::core
