// SPDX-License-Identifier: Apache-2.0
// Who does what an event tells, to whom or what it is done, and where. Inner to find_events, which
// reads the clause. Values, one thread; a question costs a few times the length of a clause.
#pragma once

#include "event_triggers.hpp"
#include "references.hpp"

namespace vigie::press {

class side_finder {
public:
  side_finder(const clause_reader& clause, const references& before,
              std::span<const entity> entities, const reading_rules& rules)
      : clause_(clause), references_(before), entities_(entities), rules_(rules) {}

  // Fills in actors, targets and places.
  void find(const trigger& t, event& e) const;
  // "we have blocked", "nous avons été piratés": who speaks acts, or has it done to him.
  void say_of_themselves(const trigger& t, std::int32_t speaker, event& e) const;
  // Whether what stands in front of the trigger has it done to it.
  [[nodiscard]] bool passive(const trigger& t) const;

private:
  void sides(const trigger& t, event& e) const;
  void noun_sides(const trigger& t, object_of as, objects& actor, objects& target,
                  std::vector<std::int32_t>& places) const;
  [[nodiscard]] bool aux(std::size_t verb, verb_use use) const;
  void leave_told_places(const trigger& t, event& e) const;
  [[nodiscard]] std::vector<std::int32_t> darkened(const trigger& t, const event& e) const;
  [[nodiscard]] bool undergone(const trigger& t) const;
  void described(objects& side, const objects& other) const;
  void pronoun_object(const trigger& t, const objects& actor, objects& target) const;
  [[nodiscard]] objects accused(const trigger& t) const;
  [[nodiscard]] objects doer(const trigger& t) const;
  [[nodiscard]] bool asked(const trigger& t) const;
  [[nodiscard]] const rule_at* ordered_by(const trigger& t) const;
  [[nodiscard]] objects meant(const trigger& t, bool suffers) const;
  [[nodiscard]] bool suffered(const trigger& t) const;
  [[nodiscard]] objects pronoun(const trigger& t) const;
  [[nodiscard]] std::size_t stressed_pronoun(const trigger& t) const;
  [[nodiscard]] std::vector<std::int32_t> struck(const trigger& t) const;
  [[nodiscard]] bool told_before(std::size_t at) const;
  [[nodiscard]] std::vector<std::int32_t> described(const trigger& t) const;
  void move_places(event& e) const;
  [[nodiscard]] std::vector<std::int32_t> home(const event& e) const;

  const clause_reader& clause_;
  const references& references_;
  std::span<const entity> entities_;
  const reading_rules& rules_;
};

} // namespace vigie::press
