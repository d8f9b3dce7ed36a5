// SPDX-License-Identifier: Apache-2.0
// What press.entities and press.events know of names and of a language, read from the data files
// that data/README.md describes: names, places, words that organisations, roles and groups begin
// with, small words, verbs in their forms, triggers of events. Built once by a component, then only
// read: any thread may share it.
#pragma once

#include "event_type.hpp"
#include "lexicon.hpp"
#include "phrase_table.hpp"
#include "verb_forms.hpp"

#include <optional>
#include <variant>

namespace vigie::press {

// What a phrase of the rules is; `phrase_rule::index` leads to its details.
enum class phrase_kind : std::uint8_t {
  name,      // of names
  adjective, // of names: of or from a place
  head,      // of heads
  topic,     // a lower-case word inside names of organisations
  suffix,    // ends names of companies
  role,
  title, // M., Mme
  given, // a given name
  grammar,
  verb, // of verbs
  noun, // of frames
  context,
};

struct phrase_rule {
  phrase_kind kind = phrase_kind::name;
  std::uint32_t index = 0;
  bool capital = false;      // the data file writes it with a capital: so must the text
  bool capitals = false;     // the first word is all capitals
  bool ends_capital = false; // the last word is written with a capital, too
  std::uint8_t plain = 0;    // moods of a verb's form,
  std::uint8_t accented = 0; // and where the word ends with an accent
};

// Classes of small words, as bits. A phrase of several words is of one class: its index is the
// number of the bit.
using small_bits = std::uint64_t;
namespace small_word {
inline constexpr small_bits article = 1, of = 2, link = 4, locative = 8, agent = 16, against = 32,
                            relative = 64, that = 128, no = 256, conjunction = 512,
                            according = 1024, pronoun = 2048, count = 4096, condition = 8192,
                            be = 1u << 14, have = 1u << 15, verb = 1u << 16,
                            demonstrative = 1u << 17, definite = 1u << 18, employer = 1u << 19,
                            possessive = 1u << 20, dative = 1u << 21, without = 1u << 22,
                            capitalised = 1u << 23, inside = 1u << 24, town = 1u << 25,
                            situated = 1u << 26, about = 1u << 27, person_pronoun = 1u << 28,
                            thing_pronoun = 1u << 29, masculine = 1u << 30, feminine = 1u << 31,
                            reader = small_bits{1} << 32u, opener = small_bits{1} << 33u,
                            plural_pronoun = small_bits{1} << 34u,
                            before_infinitive = small_bits{1} << 35u,
                            suffering = small_bits{1} << 36u,
                            person_relative = small_bits{1} << 37u,
                            object_pronoun = small_bits{1} << 38u,
                            first_person = small_bits{1} << 39u,
                            stressed_pronoun = small_bits{1} << 40u, called = small_bits{1} << 41u,
                            indefinite = small_bits{1} << 42u,
                            thing_relative = small_bits{1} << 43u;
} // namespace small_word

struct name_rule {
  name_type type = name_type::org;
  std::string name, key, iso;
  std::string category;  // of organisations: regulator, police; of places: country, capital, ...
  bool doubtful = false; // also a common word: not at the start of a sentence alone
};

enum class head_kind : std::uint8_t {
  alone, // "the police" is an organisation by itself
  named, // "ministry" is one only with what follows
  intro, // "the application X": X is of the type
  group, // "officers" with a country, or counted
};

// What people are; `of` is what an unknown name behind "of" is, where that is sure: directors are
// of organisations, mayors of towns.
struct role_rule {
  std::string name;
  std::optional<name_type> of;
};

struct head_rule {
  head_kind kind = head_kind::named;
  name_type type = name_type::org;
  std::string category;
};

enum class verb_use : std::uint8_t { trigger, speech, modal, be, have };

struct verb_rule {
  verb_use use = verb_use::trigger;
  std::uint32_t frame = 0; // of triggers
  std::string value;       // of speech: told, announced, denied, accused; of modals: the modality
};

struct event_frame {
  std::uint32_t type = 0;
  std::string with;      // contexts between bars, one of which must stand near,
  std::string unless;    // or none of which may stand behind it
  bool swap = false;     // the subject is what it is done to
  bool mutual = false;   // both sides act
  bool of_actor = false; // of nouns: "of X" names who acts
  bool sides = false;    // an event only with an actor and a target
  bool named = false;    // an event only with a name on one of its sides
  bool laid = false;     // whom it is laid to stands behind a dative: "attribuer X à Y"
  bool coming = false;   // a trigger only where it is still to come
  bool weak = false;     // a trigger only where no other of the sentence is of the type
  bool nothing = false;  // words that look like a trigger and are none
  std::string modality;  // forced by the words, or empty
};

class reading_rules {
public:
  // The rules, or all that is wrong with the files: <language>/{names,places,heads,roles,grammar,
  // speech,triggers}.tsv and common/{names,event_types}.tsv.
  [[nodiscard]] static std::variant<reading_rules, std::vector<lexicon_error>>
  read(std::string_view language, const lexicon::reader& bytes_of);

  // The small_word bits of a word. Accents tell some apart ("a", "à"); text without any is read as
  // the word that has none, where there is one.
  [[nodiscard]] small_bits small(const word& w) const {
    if (w.id >= grammar.size()) return 0;
    const small_words& g = grammar[w.id];
    return w.accent || g.plain == 0 ? g.accented : g.plain;
  }
  [[nodiscard]] bool is(const word& w, small_bits bits) const { return (small(w) & bits) != 0; }

  // Whether the word ends as plurals of nouns do, or is one. A single letter ends longer words
  // only.
  [[nodiscard]] bool plural(std::string_view spelled) const;

  // Whether a phrase of one of the kinds (1 << kind) begins with the word: most words begin none.
  [[nodiscard]] bool begins(const word& w, std::uint32_t kinds) const {
    return w.id < starts.size() && (starts[w.id] & kinds) != 0;
  }

  vocabulary words;
  phrase_table phrases;
  std::vector<std::uint32_t> starts; // 1 << phrase_kind by first word
  std::vector<phrase_rule> rules;
  struct small_words {
    small_bits plain = 0, accented = 0;
  };
  std::vector<small_words> grammar; // by word
  std::vector<name_rule> names;
  std::vector<head_rule> heads;
  std::vector<verb_rule> verbs;
  std::vector<event_type> types;
  std::vector<event_frame> frames;
  std::vector<role_rule> roles;
  std::vector<std::string> contexts;
  std::vector<std::string> plurals; // endings, folded
  bool bare_infinitives = false;    // plain forms that look like nouns: "block"
};

} // namespace vigie::press
