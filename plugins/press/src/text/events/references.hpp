// SPDX-License-Identifier: Apache-2.0
// Whom "he", "it", "they" or "elle" means: what was named as a subject before it, in its sentence
// or the ones before, and fits in kind and gender. Inner to find_events, which tells it each
// sentence it has read. One thread; a question costs the names of a sentence. Nobody rather than a
// guess.
#pragma once

#include "clause.hpp"

#include <array>

namespace vigie::press {

class references {
public:
  references(std::span<const entity> entities, const reading_rules& rules)
      : entities_(entities), rules_(rules) {}

  // Of the pronoun at a word of the clause that is being read.
  [[nodiscard]] std::optional<std::int32_t> meant(const clause_reader& clause,
                                                  std::size_t pronoun) const;
  // What an object pronoun means: the only name of the kinds that does not act, in front of it in
  // its sentence or else in the last one that named somebody; nothing where there are several.
  [[nodiscard]] std::vector<std::int32_t> object(const clause_reader& clause, std::size_t pronoun,
                                                 name_types kinds,
                                                 std::span<const std::int32_t> actors,
                                                 bool proper = false) const;
  // Of the pronoun at a word behind a verb: none of those who act, and of one of the kinds, or of
  // any where there are none. One or nobody.
  [[nodiscard]] std::vector<std::int32_t> object_behind(const clause_reader& clause,
                                                        std::size_t pronoun,
                                                        std::span<const std::int32_t> actors,
                                                        name_types kinds) const;
  // The place that "the country", "the region" or "the town" means; `kind` is one of country,
  // region and town.
  [[nodiscard]] std::optional<std::int32_t> place(const clause_reader& clause,
                                                  std::string_view kind) const;
  // The clause has been read to its end.
  void see(const clause_reader& clause);

private:
  struct named {
    std::int32_t entity = 0;
    small_bits gender = 0; // small_word::masculine, feminine or neither
    bool subject = false;
    bool plural = false;
    bool proper = false; // written with a capital
  };
  [[nodiscard]] std::vector<named> named_in(const clause_reader& clause, std::size_t end) const;
  [[nodiscard]] bool several(const clause_reader& clause, const mention_at& m) const;
  [[nodiscard]] bool acts_before(const clause_reader& clause, std::size_t pronoun) const;
  [[nodiscard]] bool fits(const named& n, small_bits pronoun) const;

  std::span<const entity> entities_;
  const reading_rules& rules_;
  std::vector<named> last_;                           // of the last sentence that named somebody
  std::size_t ago_ = 0;                               // sentences since then
  std::array<std::optional<std::int32_t>, 3> places_; // the last of each kind
};

} // namespace vigie::press
