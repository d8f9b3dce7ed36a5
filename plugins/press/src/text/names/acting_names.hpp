// SPDX-License-Identifier: Apache-2.0
// What capital words that no rule knows are by what they do, by whose director somebody is, and by
// how they sign a report. Inner to find_candidates; one thread; each question costs a few words.
#pragma once

#include "person_reader.hpp"

namespace vigie::press {

class acting_names : protected person_reader {
protected:
  using person_reader::person_reader;

  void begin_sentence(std::uint32_t sentence);

  // Most words of the sentence are written with a capital, so that it says nothing.
  [[nodiscard]] bool title_case() const { return title_case_; }
  // What the words [first, last) are by the role of somebody who is theirs.
  [[nodiscard]] std::optional<name_type> employs(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool acts_as_one(std::size_t first, std::size_t last) const;
  // Whether the words act, so that they may be an organisation.
  [[nodiscard]] bool acts_alone(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::size_t behind_expansion(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool signs_as_town(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool speaks_as_brand(std::size_t first, std::size_t last) const;
  // "(X Wire) -" near the beginning: an agency signs its report.
  [[nodiscard]] bool dateline(std::size_t first, std::size_t last) const;

private:
  [[nodiscard]] bool according_to(std::size_t i) const;
  [[nodiscard]] bool does(std::size_t i) const;
  [[nodiscard]] bool belongs(std::size_t i) const;
  [[nodiscard]] std::optional<name_type> role_of(std::size_t i) const;

  bool title_case_ = false;
};

} // namespace vigie::press
