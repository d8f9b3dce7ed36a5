// SPDX-License-Identifier: Apache-2.0
// Patterns of like and ilike: % stands for any text, _ for one character, an escape character for
// the one behind it. Made once where the pattern is constant, else once a row. Immutable; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core::expr {

class like_pattern {
public:
  // Why there is no such pattern: it ends with its escape character, or the escape text is not one
  // character. Empty: all is well. An empty escape means that no character escapes.
  [[nodiscard]] static std::string fault_of(std::string_view pattern, std::string_view escape);

  // Both as checked by fault_of. `fold`: upper and lower case are the same (ilike).
  like_pattern(std::string_view pattern, std::string_view escape, bool fold);

  // Linear in the size of the text where the pattern has no _.
  [[nodiscard]] bool matches(std::string_view text) const;

private:
  struct piece { // literal bytes, or one character of any kind where `any`
    bool any = false;
    std::string bytes = {};
  };
  struct run { // what stands between two %
    std::vector<piece> pieces = {};
    std::size_t characters = 0;
  };
  static std::optional<std::size_t> match_at(const run& r, std::string_view text, std::size_t at);
  static bool ends_with(const run& r, std::string_view text, std::size_t from);
  static std::optional<std::size_t> find(const run& r, std::string_view text, std::size_t from);
  [[nodiscard]] bool matches_exactly(std::string_view text) const;
  void literal(std::string_view character);

  std::vector<run> runs_ = {{}};
  bool fold_;
};

} // namespace vigie::core::expr
