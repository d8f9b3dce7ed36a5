// SPDX-License-Identifier: Apache-2.0
// People in one sentence: titles, roles and what stands around capital words. Inner to
// find_candidates, which walks over the sentence and asks; a role waits here for the name behind
// it. One thread; each question costs a few words.
#pragma once

#include "name_words.hpp"

namespace vigie::press {

class person_reader : protected name_words {
protected:
  person_reader(std::string_view body, const reading_rules& rules, std::vector<candidate>& out)
      : name_words(body, rules), out_(out) {}

  struct pending_role {
    std::size_t first = 0, last = 0; // equal: none
    std::size_t words = 0;           // of the role alone
    std::uint32_t index = 0;
    bool comma = false;
  };

  void begin_sentence(std::uint32_t sentence) {
    sentence_ = sentence;
    role_ = {};
    apposed_ = begin_;
  }
  [[nodiscard]] candidate make(candidate_kind kind, std::size_t first, std::size_t last) const;
  [[nodiscard]] bool has_role() const { return role_.last > role_.first; }
  // The role stands without a name.
  void drop_role();
  // Takes a role or a title with its name at word i; returns the word behind, 0 for none.
  std::size_t begin_role(std::size_t i);
  std::size_t title(std::size_t i);
  // A word of no interest: it goes on with a role's complement, or ends it. Returns the next word.
  std::size_t other(std::size_t i);
  // Behind the capital words from i on that may be one person's name.
  [[nodiscard]] std::size_t capitals(std::size_t i) const;
  [[nodiscard]] bool is_person(std::size_t i, std::size_t last);
  void add_person(candidate c);
  [[nodiscard]] bool verb_at(std::size_t i) const;
  // A word in lower case that the rules know nothing of: "longtime".
  [[nodiscard]] bool plain_word(std::size_t i) const;
  // A verb of saying at word i, perhaps behind an auxiliary.
  [[nodiscard]] bool speaks(std::size_t i) const;
  [[nodiscard]] bool speaks_before(std::size_t i) const;
  [[nodiscard]] bool known_alone(std::size_t i) const;
  // "the X Y", and so no person; "said X Y" and the like are asked of the words [first, last).
  [[nodiscard]] bool behind_article(std::size_t i) const;
  [[nodiscard]] bool common_word(std::size_t i) const;
  [[nodiscard]] bool stranger(std::size_t i) const;
  [[nodiscard]] bool governs(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool strangers(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool names_institutions(std::size_t i) const;
  [[nodiscard]] bool made_of_institutions(std::size_t first, std::size_t last) const;

  std::vector<candidate>& out_;
  std::uint32_t sentence_ = 0;
  std::size_t apposed_ = 0; // words before it belong to the role of a person before them
  pending_role role_;

private:
  [[nodiscard]] bool stops_name(std::size_t i) const;
  [[nodiscard]] bool only_letters(std::size_t i) const;
  void find_apposition(candidate& c);
  [[nodiscard]] std::size_t behind_possessor(std::size_t i) const;
  [[nodiscard]] bool is_told_role(std::size_t i) const;
  [[nodiscard]] bool age_at(std::size_t i) const;
  // A verb of saying at word i, of so many words (0: any).
  [[nodiscard]] bool speech_at(std::size_t i, std::size_t words) const;
  [[nodiscard]] bool elides(std::size_t i) const;
  [[nodiscard]] bool ends_name(std::size_t i) const;
  [[nodiscard]] bool has_role_for(std::size_t i, std::size_t last) const;
  [[nodiscard]] bool among_people(std::size_t i, std::size_t last) const;
};

} // namespace vigie::press
