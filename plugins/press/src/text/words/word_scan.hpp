// SPDX-License-Identifier: Apache-2.0
// Words of a text as small numbers: a vocabulary of all spellings that rules name, and one pass
// over the text that looks each word up in it. Entities and events are read from these numbers, so
// that no word of the text is copied. The vocabulary is built once and then only read (any thread);
// linear time on any bytes. Spellings are folded as `token` says, but hyphens between words vanish
// ("pare-feu" is "pare feu").
#pragma once

#include "tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

using word_id = std::uint32_t; // 0: not in the vocabulary

class vocabulary {
public:
  vocabulary();
  word_id add(std::string_view fold);
  [[nodiscard]] word_id find(std::string_view fold) const { return find(fold, hash_of(fold)); }
  // The same where its hash is known.
  [[nodiscard]] word_id find(std::string_view fold, std::uint64_t hash) const;
  [[nodiscard]] std::size_t size() const { return words_.size(); }

private:
  struct slot {
    std::uint64_t hash = 0;
    word_id id = 0; // 0: free
    std::uint32_t size = 0;
  };
  // Small enough to stay in a near cache: most words that rules do not name end here.
  static constexpr std::size_t maybe_size = std::size_t{1} << 17U;
  [[nodiscard]] static std::size_t maybe_of(std::uint64_t hash) { return hash % maybe_size; }
  [[nodiscard]] std::size_t slot_of(std::string_view fold, std::uint64_t hash) const;
  void grow();

  std::vector<bool> maybe_;
  std::vector<std::string> words_; // by id; 0 is empty
  std::vector<slot> slots_;
};

// One without words, for who looks at the letters alone.
[[nodiscard]] const vocabulary& no_words();

struct word {
  std::uint32_t begin = 0; // bytes of the text
  std::uint32_t end = 0;
  word_id id = 0;
  token_kind kind = token_kind::mark;
  bool capital = false;  // begins with a capital letter
  bool capitals = false; // two letters or more, all of them capital
  bool inside = false;   // a capital stands anywhere in it
  bool accent = false;   // one of its last three letters carries an accent
  bool joined = false;   // a hyphen binds it to the word before
};

// Appends the words of text[begin, end), which is at most 4 GB.
void scan_words(std::string_view text, std::size_t begin, std::size_t end, const vocabulary& known,
                std::vector<word>& out);

} // namespace vigie::press
