// SPDX-License-Identifier: Apache-2.0
// The date patterns and clock times of a language. Date patterns are a tree of their elements, so
// that what many of them begin with is matched once. Filled while the lexicon is read, then only
// read: any thread. date_match.cpp walks the tree.
#pragma once

#include "text/rules/phrase.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vigie::press {

// What a date pattern says about its slots; the words of the data files in brackets.
enum class date_meaning : std::uint8_t {
  point, // [point:next|last|this_year|last_year|next_year|same_year|weak|day|nth] the day, month or
         // year of the slots
  interval, // [interval[:same_year]] from the slots to the second slots
  since,    // [since[:past]] from the slots on; `past`: never from a day to come
  until,    // [until] up to the slots
  weekday,  // [weekday:last|near|next]
  weekdays, // [weekdays] from one weekday to the next of the second
  offset,   // [offset:N] N days from publication
  ago,      // [ago] count periods before publication
  ahead,    // [ahead] count periods after it
  last,     // [last] the count periods that end with publication
  calendar, // [calendar:N] the calendar period N periods from the one of publication
  duration, // [duration[:P1D]] a length of time that hangs on a moment: "within", "later"
  length,   // [length] how long something goes on; its number is a figure, too
  part,     // [part:SP|SU|FA|WI|H1..H2|Q1..Q4[:last|next]] a season, half or quarter of the year
  decade,   // [decade] the ten years from that of the slots on
  weekend,  // [weekend:last|near|next]
  vague,    // [vague:NAME] NAME as in TimeML: PAST_REF, PRESENT_REF, FUTURE_REF, PX, ...
  ignore,   // [ignore] looks like a date and is none
  figure,   // [figure] looks like a date and is a figure
};

struct date_pattern {
  phrase elements;
  date_meaning meaning = date_meaning::point;
  bool open = false; // [since MEANING] from there on, up to publication
  int number = 0;    // of offset, calendar and clock times
  std::string name;  // what stands behind the colon: of weekday, vague, point, part, weekend
};

class date_patterns {
public:
  struct edge {
    phrase_element element;
    std::uint32_t to = 0;
  };
  struct node {
    std::vector<edge> next;       // those of a slot, then those of a word by its hash
    std::uint32_t slot_edges = 0; // how many of them are of a slot
    // What the edges ask for, so that most tokens are ruled out at once: a bit a slot, and for
    // words the bit of their hash that word_bit says.
    std::uint32_t slots = 0;
    std::uint64_t words = 0;
    std::optional<std::uint32_t> pattern; // the first in the data file that ends here

    [[nodiscard]] std::span<const edge> from_slots() const { return {next.data(), slot_edges}; }
    // Those of the words of this hash.
    [[nodiscard]] std::span<const edge> from_word(std::uint32_t hash) const {
      const auto words = std::span(next).subspan(slot_edges);
      const auto found =
          std::ranges::equal_range(words, hash, {}, [](const edge& e) { return e.element.hash; });
      return {found.begin(), found.end()};
    }
  };

  [[nodiscard]] static std::uint64_t word_bit(std::uint32_t hash) {
    return std::uint64_t{1} << (hash & 63U);
  }
  [[nodiscard]] static std::uint32_t slot_bit(slot what) {
    return std::uint32_t{1} << static_cast<unsigned>(what);
  }

  void add(date_pattern pattern);
  void add_clock(date_pattern clock);

  [[nodiscard]] const date_pattern& operator[](std::size_t index) const { return all_[index]; }
  [[nodiscard]] const node& at(std::uint32_t index) const { return nodes_[index]; }
  // Edges of the root: those of a word, found by its hash and perhaps with those of another, and
  // those of a slot, whose slots are bits.
  [[nodiscard]] const std::vector<edge>& from_word(std::uint32_t hash) const {
    return by_word_[hash % by_word_.size()];
  }
  [[nodiscard]] const std::vector<edge>& from_slots() const { return by_slot_; }
  [[nodiscard]] std::uint32_t first_slots() const { return first_slots_; }

  [[nodiscard]] const std::vector<date_pattern>& clocks() const { return clocks_; }
  // Whether a clock time that begins with a slot may go on with a word of this hash; cheap, and
  // false of most.
  [[nodiscard]] bool clock_goes_on(std::uint32_t hash) const {
    return (clock_seconds_ & word_bit(hash)) != 0;
  }

  // Whether a clock time begins with a slot that words can fill.
  [[nodiscard]] bool clock_has_words() const { return clock_has_words_; }

private:
  static constexpr std::size_t first_words = 1024; // a few times as many as languages have

  std::uint32_t step(std::vector<edge>& edges, const phrase_element& element);

  std::vector<date_pattern> all_;
  std::vector<date_pattern> clocks_;
  std::uint64_t clock_seconds_ = 0;
  bool clock_has_words_ = false;
  std::vector<node> nodes_;
  std::vector<std::vector<edge>> by_word_ = std::vector<std::vector<edge>>(first_words);
  std::vector<edge> by_slot_;
  std::uint32_t first_slots_ = 0;
};

} // namespace vigie::press
