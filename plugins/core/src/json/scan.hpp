// SPDX-License-Identifier: Apache-2.0
// One strict pass over a JSON text (RFC 8259): checks every byte of it and notes where the wanted
// values stand. Numbers are checked for form only, whatever their size; what they mean is for the
// reader of a column. No copy is made. Called by readers for each line. One scanner, one thread.
#pragma once

#include "json/path.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core {

enum class json_kind : std::uint8_t {
  absent,
  null,
  boolean,
  integer, // digits alone
  real,    // a number with a fraction or an exponent
  text,
  array,
  object,
};
[[nodiscard]] std::string_view name_of(json_kind kind);

struct json_value {
  std::string_view raw = {}; // as it stands in the text, with quotes
  json_kind kind = json_kind::absent;
  bool escaped = false; // text with backslashes in it

  // Of a text: what stands between the quotes.
  [[nodiscard]] std::string_view inner() const { return raw.substr(1, raw.size() - 2); }
};

// What the text between quotes means. The text was scanned before, so every escape is well formed.
void append_unescaped(std::string& out, std::string_view inner);

class json_scanner {
public:
  static constexpr int most_levels = 64;

  // Checks that `text` is one JSON object and fills the slots of wanted values; slots of values
  // that are not there stay as they are. The text is UTF-8; behind it come a byte below 0x20 and 63
  // more readable bytes. False: see fault(). Refused beyond the grammar: two equal keys in an
  // object, halves of surrogate pairs, more than 64 levels.
  [[nodiscard]] bool object(std::string_view text, const json_wants& wants,
                            std::span<json_value> slots);

  // The items of an array that was found well formed; appended.
  void items(const json_value& array, std::vector<json_value>& out);
  // The wanted values inside an object that was found well formed; slots as with object().
  void inside(const json_value& object, const json_wants& wants, std::span<json_value> slots);

  // Parts of a text, for a walk that knows most of it by sight: each takes the first byte of its
  // part and returns the byte behind it, or nullptr. Carriage returns between tokens are refused.
  [[nodiscard]] const char* any_value(const char* at, int level);
  [[nodiscard]] const char* number(const char* at, json_kind& kind);
  [[nodiscard]] const char* text_behind_quote(const char* at, bool& escaped);

  [[nodiscard]] const std::string& fault() const { return fault_; }

private:
  struct key_place {
    std::string_view raw;
    bool escaped;
  };

  // Each takes the first byte of its part and returns the byte behind it, or nullptr after fail().
  const char* value(const char* at, int node, int level);
  const char* members(const char* at, int node, int level);
  const char* member(const char* at, int node, int level, std::size_t first, std::size_t& next);
  const char* elements(const char* at, int node, int level);
  const char* text(const char* at);
  const char* escape(const char* at);
  const char* unicode_escape(const char* at);
  const char* number(const char* at);
  const char* word(const char* at, std::string_view expected);
  const char* space(const char* at) const {
    while (*at == ' ' || *at == '\t' || (*at == '\r' && at < end_)) ++at;
    return at;
  }
  const char* fail(const char* at, std::string_view expected);
  const char* fail_key(std::string_view raw);

  [[nodiscard]] std::string_view plain_key(const key_place& key, std::string& room) const;
  [[nodiscard]] bool note_key(std::string_view raw, bool escaped, std::size_t first);
  [[nodiscard]] const key_place* repeated_key(std::size_t first);

  const char *begin_ = nullptr, *end_ = nullptr;
  const json_wants* wants_ = nullptr;
  std::span<json_value> slots_;
  json_kind kind_ = json_kind::absent; // of the value scanned last
  bool escaped_ = false;               // of the text scanned last
  std::vector<key_place> keys_;        // of all objects that are open
  std::vector<std::uint32_t> prints_;  // a fingerprint of each
  std::string key_, other_key_;
  std::string fault_;
};

} // namespace vigie::core
