// SPDX-License-Identifier: Apache-2.0
// A kind of event, as common/event_types.tsv has it. Read by reading_rules, used by find_events.
// Values, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::press {

enum class name_type : std::uint8_t {
  person,
  org,
  place,
  service,
  media,
  technology,
  product,
  group,
};
inline constexpr std::array<std::string_view, 8> type_names{
    "person", "org", "place", "service", "media", "technology", "product", "group"};
[[nodiscard]] std::string_view name_of(name_type type);

// Kinds of names as a set.
using name_types = std::uint32_t;
[[nodiscard]] constexpr name_types set_of(name_type type) {
  return 1u << static_cast<unsigned>(type);
}

struct event_type {
  std::string name;
  bool measurable = false;
  bool home = false;      // what an authority does, it does in its own country
  bool duties = false;    // verbs behind it say what it asks for
  bool hostile = false;   // told by others it is an accusation; negated, a denial
  bool content = false;   // nouns behind it say what it is about
  bool ordered = false;   // who orders it is told to do it
  bool addressed = false; // whom it is said to is its target: "demander à X"
  // In a text of another subject its words mean something else, unless a name stands on one of its
  // sides, or on `both`: who does it is one of `by`, what it is done to one of `to`.
  name_types by = 0, to = 0;
  bool both = false;
};

// Adds what the marks say, which are parted by blanks. What is wrong with them, or nothing.
[[nodiscard]] std::string read_marks(std::string_view marks, event_type& type);

} // namespace vigie::press
