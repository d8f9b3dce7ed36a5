// SPDX-License-Identifier: Apache-2.0
// Institutions, groups and what is introduced by its kind ("the application X") in one sentence,
// found by their first words. Inner to find_candidates, which walks over the sentence and asks;
// each question returns the word to go on at, 0 for none. One thread; each costs a few words.
#pragma once

#include "presented_names.hpp"

namespace vigie::press {

class institution_reader : protected presented_names {
protected:
  using presented_names::presented_names;

  // An institution from its first word on, with what stands before it in languages that put it
  // there ("Chinese foreign ministry").
  std::size_t institution(std::size_t i);
  // "ces trois Coréens"
  std::size_t counted(std::size_t i);

private:
  [[nodiscard]] bool leads_institution(std::size_t i, const pick& known) const;
  [[nodiscard]] bool begins_proper(std::size_t i, const pick& h) const;
  [[nodiscard]] bool alone(std::size_t i) const;
  [[nodiscard]] bool seated(std::size_t i) const;
  std::size_t institution_at(std::size_t i, std::size_t at, const pick& h, const name_rule* place,
                             bool topic);
  [[nodiscard]] bool capital_part(std::size_t i, std::size_t count) const;
  [[nodiscard]] bool names_itself(const head_rule& head, std::size_t i) const;
  [[nodiscard]] const name_rule* possessor(std::size_t i) const;
  [[nodiscard]] bool capital_head(std::size_t i, std::size_t count, const head_rule& head) const;
  [[nodiscard]] const name_rule* seat(std::size_t i) const;
  [[nodiscard]] bool generic(std::size_t i, std::size_t end) const;
  [[nodiscard]] std::size_t behind_epithets(std::size_t i) const;
  std::size_t named_behind(std::size_t i, const pick& h);
  std::size_t described(std::size_t i, std::size_t at, const pick& h);
  [[nodiscard]] bool description_ends(std::size_t i, bool capital) const;
  std::size_t introduced(std::size_t i, const pick& h, const head_rule& head);
};

} // namespace vigie::press
