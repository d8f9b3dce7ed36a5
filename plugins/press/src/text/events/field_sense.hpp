// SPDX-License-Identifier: Apache-2.0
// Where a text speaks of Internet control and cyber incidents, told by the words of the context
// "field" of the rules, and where of computers and networks at least, by those of "technical" and
// by names of services;
// elsewhere the words of triggers have their everyday senses. Inner to find_events. Values, one
// thread; linear in the words told.
#pragma once

#include "clause.hpp"

namespace vigie::press {

// How near a text is to the field.
enum class subject : std::uint8_t { other, technical, field };

class field_sense {
public:
  field_sense(const reading_rules& rules, std::span<const entity> entities);

  // Each part of a sentence once, in the order of the text.
  void read(const clause_reader& clause);
  void end_sentence();
  // An event with a name on a side stands in the sentence: where that is technical, those around it
  // are of the field. After all of them were read, in the order of the text.
  void prove(std::uint32_t sentence);
  // Of the sentence, from itself, its neighbours and the page. After all of them were read.
  [[nodiscard]] subject of(std::uint32_t sentence) const;

private:
  struct told {
    std::optional<std::size_t> context; // of reading_rules::contexts
    std::size_t words_of_a_hit = 0;     // of a page of the subject, at most
    std::vector<word_id> hits;          // first words of the phrases found, or names
    std::vector<std::size_t> ends;      // of a sentence's hits
  };
  [[nodiscard]] bool covers(const told& t, std::uint32_t sentence) const;

  [[nodiscard]] static bool speaks_of(const told& t, std::uint32_t sentence);
  [[nodiscard]] bool proved_near(std::uint32_t sentence) const;

  std::span<const entity> entities_;
  told field_, technical_;
  std::vector<std::uint32_t> proved_;
  std::size_t words_ = 0;
};

// Whether names stand on the sides of the event that its type asks for outside of the field; with
// `any`, on one of them.
[[nodiscard]] bool named_sides(const event& e, const event_type& type,
                               std::span<const entity> entities, bool any = false);

// Whether the event is told of somebody, somewhere or some time: advice and rules are not.
[[nodiscard]] bool told_of(const event& e, const event_type& type,
                           std::span<const entity> entities);

} // namespace vigie::press
