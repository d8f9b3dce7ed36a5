// SPDX-License-Identifier: Apache-2.0
// What capital words that no rule knows are, told by what stands around them: an apposition, a
// word of place before them, a list in which others are known. Inner to find_candidates, which
// walks over the sentence and asks. One thread; each question costs a few words.
#pragma once

#include "acting_names.hpp"

namespace vigie::press {

class unknown_names : protected acting_names {
protected:
  using acting_names::acting_names;

  // "X, an NGO in Y,": what X, whose words are [first, last), is; null where nothing says so.
  [[nodiscard]] pick apposed_head(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool member(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::size_t behind_owners(std::size_t last) const;
  // "X, a seller of tickets based in Y,": an organisation, where it is no person.
  [[nodiscard]] bool apposed_base(std::size_t first, std::size_t last) const;
  // "Foo Africa": behind the places that end a name of the unknown words [first, last).
  [[nodiscard]] std::size_t behind_places(std::size_t first, std::size_t last) const;
  // "the Kestrel Wire": behind a known word that is only a part of the unknown name.
  [[nodiscard]] std::size_t behind_part(std::size_t first, std::size_t last) const;
  // The words [first, last) as a place, organisation or service that the words around tell.
  [[nodiscard]] std::optional<candidate> told_around(std::size_t first, std::size_t last) const;
  // "the X district": the words are a place.
  [[nodiscard]] bool before_place_head(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool behind_companies(std::size_t i) const;
  [[nodiscard]] bool behind_regulator(std::size_t i) const;
  [[nodiscard]] std::optional<name_type> before_kind(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool group_ends(std::size_t i) const;
  [[nodiscard]] bool is_place_head(const pick& h) const;
  // Whether what stands behind the comma at word i ends with a comma before a verb.
  [[nodiscard]] bool apposition_closes(std::size_t i) const;

  // The word behind what parts items of a list at word i; i where nothing does.
  [[nodiscard]] std::size_t next_item(std::size_t i, bool& conjunction) const;

  // Candidates out of the words [first, last), which is what they return.
  std::size_t take_thing(std::size_t first, std::size_t last, name_type type);
  std::size_t loose(std::size_t first, std::size_t last);
  // A town behind its word, whose end is i: "the town of X". Returns the next word to read.
  std::size_t introduced_place(std::size_t i);

private:
  [[nodiscard]] bool beside_authority(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool stands_in_place(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool situated(std::size_t i) const;
  [[nodiscard]] std::optional<name_type> listed(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::optional<name_type> listed_before(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool list_closes(std::size_t i) const;
  [[nodiscard]] std::optional<name_type> listed_behind(std::size_t last) const;
  [[nodiscard]] std::optional<name_type> type_in_list(const name_rule& r) const;
};

} // namespace vigie::press
