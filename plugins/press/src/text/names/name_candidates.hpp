// SPDX-License-Identifier: Apache-2.0
// Stretches of a text that may be mentions of entities, before it is decided which of them are one
// thing. Inner to find_entities. Values and pure functions, any thread, linear.
#pragma once

#include "entities.hpp"

#include <optional>

namespace vigie::press {

enum class candidate_kind : std::uint8_t {
  name,   // of the rules
  body,   // an organisation by its first word ("ministry of ...")
  person, // by title, role, given name or what the words around say
  role,   // "the spokesman"
  group,
  thing,     // unknown name whose type the words around it say
  loose,     // a capital word; a mention only where it repeats a part of a name
  described, // "the company": a mention only where one was named shortly before
};

struct candidate {
  candidate_kind kind = candidate_kind::name;
  std::uint32_t sentence = 0;
  std::uint32_t first = 0, last = 0;           // words, the last one excluded
  std::uint32_t index = 0;                     // of names, heads or roles
  name_type type = name_type::org;             // of a thing
  const name_rule* place = nullptr;            // the country or region that is said of it
  bool weak = false;                           // needs another mention of the same name
  bool titled = false;                         // a person's title is the first word
  bool inferred = false;                       // a thing: its type is told by what stands around
  std::uint32_t name_first = 0;                // of a person, behind the title
  std::uint32_t role_first = 0, role_last = 0; // words of a person's role; equal: none
  std::uint32_t role = no_role;                // index of roles
  std::uint32_t acronym = 0;                   // the word in parentheses, or 0
  std::uint32_t count = 0;                     // word that counts a group, or 0
  std::uint32_t run = 0;                       // of a loose word: behind its last capital neighbour
  bool acts = false;                           // a loose run: it says or does something
  bool headline = false;                       // a loose word: all words have capitals there
  std::uint32_t head = no_role; // of a thing: index of the heads that tell what it is

  static constexpr std::uint32_t no_role = ~0u;
};

struct scanned_text {
  std::vector<word> words;
  std::vector<std::uint32_t> first; // word of each sentence, and one behind the last
};

[[nodiscard]] scanned_text scan_sentences(std::string_view body,
                                          std::span<const body_sentence> sentences,
                                          const reading_rules& rules);

[[nodiscard]] std::vector<candidate>
find_candidates(std::string_view body, const scanned_text& text, const reading_rules& rules);

} // namespace vigie::press
