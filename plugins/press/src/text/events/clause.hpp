// SPDX-License-Identifier: Apache-2.0
// One sentence with its words, entities and verbs, and where in it a verb's subject and objects
// stand. Inner to find_events; positions count words of the sentence. Values, one thread; each
// question costs at most a few times the length of a clause.
#pragma once

#include "events.hpp"

namespace vigie::press {

struct mention_at {
  std::size_t first = 0, last = 0; // words
  std::int32_t entity = 0;
  bool metonym = false;
};

// A phrase of the rules that matters for events.
struct rule_at {
  std::size_t first = 0, last = 0;
  const phrase_rule* rule = nullptr;
};

struct saying {
  std::size_t first = 0, last = 0; // the verb with its auxiliaries, or "according to"
  std::optional<std::int32_t> speaker;
  std::size_t from = 0, to = 0; // words it covers
  std::string_view value;       // told, announced, reported, denied, according
  bool behind = false;          // stands behind what was said
  bool pronoun = false;         // the speaker is that of before
  bool bound = false;           // it goes no further than its clause
  std::string words;
};

// Words [first, last) of a sentence; none where they are the same.
struct word_range {
  std::size_t first = 0, last = 0;
  [[nodiscard]] bool empty() const { return last <= first; }
};

struct objects {
  std::vector<std::int32_t> entities;
  word_range words; // where no entity stands
};

struct object_of {
  bool addressed = false; // also whom it is said to: "demander à X"
  bool counted = false;   // "40,000 files of X" are files
};

class clause_reader {
public:
  clause_reader(std::string_view body, std::span<const entity> entities, const reading_rules& rules)
      : body_(body), entities_(entities), rules_(rules) {}

  // The sentence's bytes, its mentions in text order, and the dates and figures from it on.
  void read(const body_sentence& s, std::span<const mention_at> mentions_by_byte,
            std::span<const text_mark> dates, std::span<const text_mark> figures);

  [[nodiscard]] std::string_view body() const { return body_; }
  [[nodiscard]] const std::vector<word>& words() const { return words_; }
  [[nodiscard]] const std::vector<rule_at>& triggers() const { return triggers_; }
  [[nodiscard]] const std::vector<rule_at>& contexts() const { return contexts_; }
  [[nodiscard]] const std::vector<rule_at>& modals() const { return modals_; }
  [[nodiscard]] const std::vector<saying>& sayings() const { return sayings_; }
  [[nodiscard]] const std::vector<mention_at>& mentions() const { return mentions_; }
  [[nodiscard]] bool quoted(std::size_t i) const { return quoted_[i] != 0; }

  [[nodiscard]] bool is(std::size_t i, small_bits bits) const {
    if (i >= words_.size()) return false;
    if (dated_[i] != 0) bits &= ~small_word::verb; // "told Reuters on May 9"
    return rules_.is(words_[i], bits);
  }
  // A number that counts what stands behind it.
  [[nodiscard]] bool counts(std::size_t i) const {
    return words_[i].kind == token_kind::number ? dated_[i] == 0 : is(i, small_word::count);
  }
  [[nodiscard]] bool mark(std::size_t i) const {
    return i < words_.size() && words_[i].kind == token_kind::mark;
  }
  [[nodiscard]] bool plural(std::size_t i) const; // a word that ends as plurals do
  [[nodiscard]] bool person(std::optional<std::int32_t> e) const {
    return e && entities_[static_cast<std::size_t>(*e)].type == name_type::person;
  }
  // What stands there where it is a mark: quotation marks are < and >, dashes - and apostrophes ',
  // others beyond ASCII ?; 0 where it is none.
  [[nodiscard]] char sign(std::size_t i) const { return i < signs_.size() ? signs_[i] : '\0'; }
  [[nodiscard]] std::string text(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::string text(word_range w) const { return text(w.first, w.last); }
  // The words as a side of an event: a noun phrase of at most eight words, or nothing.
  [[nodiscard]] std::string literal(word_range w, bool subject) const;
  // Whether one of the words is of the context.
  [[nodiscard]] bool speaks(word_range w, std::string_view context) const;

  // Whether a small word stands before it that makes it no subject: "of X", "by X", "in X".
  [[nodiscard]] bool oblique(const mention_at& m) const;
  // The auxiliaries, negations and modals in front of a verb: their first word.
  [[nodiscard]] std::size_t group_begin(std::size_t verb) const;
  // The object pronoun in the group of a verb.
  [[nodiscard]] std::optional<std::size_t> object_pronoun_of(std::size_t verb) const;
  // Contexts of the sentence before, and the kinds of names in it.
  [[nodiscard]] std::span<const std::uint32_t> contexts_before() const { return before_; }
  [[nodiscard]] name_types named_before() const { return named_before_; }
  // What stands in front of the verb as its subject.
  [[nodiscard]] objects subject(std::size_t verb, bool things) const {
    return subject(verb, things, most_hops);
  }
  // Who tells somebody to do what an infinitive tells: "X tells the operators to block".
  [[nodiscard]] objects teller(std::size_t infinitive) const;
  // What follows as its object.
  [[nodiscard]] objects object(std::size_t from, object_of as) const;
  // What a noun is of: "the blocking of X".
  [[nodiscard]] objects of_noun(std::size_t from, object_of as) const;
  // What stands right in front of a noun and tells what it is of: "the X ban", "X's blocking".
  [[nodiscard]] objects compound(std::size_t noun) const;
  // What a relative pronoun in front of the verb's subject means: "X, which Y blocked".
  [[nodiscard]] objects related(std::size_t verb) const;
  // The word in front of a noun whose subject has it done to it: "hit by an attack", "faces a ban".
  [[nodiscard]] std::optional<std::size_t> suffering_verb(std::size_t noun) const;
  // Behind a mark that ends a quotation.
  [[nodiscard]] std::size_t past_quote(std::size_t from) const {
    return sign(from) == '>' || sign(from) == '"' ? from + 1 : from;
  }
  // Behind the dates that begin there, also where commas enclose them.
  [[nodiscard]] std::size_t past_dates(std::size_t from) const;
  // The subject of an unfinished verb in what opens the sentence: it stands behind the comma.
  [[nodiscard]] objects opened(std::size_t verb) const {
    return verb < opening_end_ ? opening_ : objects{};
  }
  // Who is named behind a verb of speech that follows what is said.
  [[nodiscard]] const mention_at* inverted(const rule_at& verb) const;
  // Whether the verb asks, or says what is quoted before it: "a-t-il bloqué", "« ... », a lancé X".
  [[nodiscard]] bool turned(std::size_t verb) const;
  [[nodiscard]] bool says_quote(std::size_t verb, std::size_t behind) const;
  // Who is named behind a dative.
  [[nodiscard]] objects given(std::size_t from) const;
  // "se fait bloquer", "s'est vu retirer": words that turn the infinitive behind them around.
  [[nodiscard]] bool undergoes(std::size_t infinitive) const {
    return infinitive > 0 && (phrase_bits_[infinitive - 1] & small_word::suffering) != 0;
  }
  // Who is named as an agent right before an infinitive.
  [[nodiscard]] std::optional<std::int32_t> agent_before(std::size_t infinitive) const;
  // What follows behind a word of the class: "by X", "against X", "of X".
  [[nodiscard]] objects behind(std::size_t from, small_bits small_words) const;
  // `adjuncts`: also what stands behind "after" and its like.
  [[nodiscard]] std::vector<std::int32_t> places(std::size_t around, bool adjuncts) const;
  // The words [first, last) of the clause: between marks and words that open another one.
  [[nodiscard]] std::size_t clause_begin(std::size_t i) const;
  [[nodiscard]] std::size_t clause_end(std::size_t i) const;

private:
  static constexpr int most_hops = 6; // verbs that share one subject
  [[nodiscard]] objects subject(std::size_t verb, bool things, int hops) const;
  [[nodiscard]] std::size_t before_dates(std::size_t group) const;
  [[nodiscard]] bool has_subject(std::size_t relative, std::size_t end) const;
  [[nodiscard]] std::size_t before_relative(std::size_t end) const;
  [[nodiscard]] bool several_act(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool active_thing(const mention_at& m, std::size_t end) const;
  [[nodiscard]] std::optional<std::size_t> shared_subject(std::size_t verb, std::size_t group,
                                                          bool things) const;
  [[nodiscard]] bool begins_quoted(const body_sentence& s) const;
  [[nodiscard]] bool in_compound(const mention_at& m) const;
  [[nodiscard]] bool object_before(std::size_t at, std::size_t verb) const;
  void remember_context();
  void drop_dateline();
  [[nodiscard]] bool of_dateline(const mention_at& m) const;
  void mark_words(const body_sentence& s, std::span<const text_mark> spans,
                  std::vector<char>& out) const;
  void find_opening();
  void scan_rules();
  void take(std::size_t first, std::size_t words, const phrase_rule& r);
  void find_sayings();
  [[nodiscard]] saying source_behind(std::size_t first, std::size_t last) const;
  [[nodiscard]] saying saying_of(const rule_at& verb) const;
  [[nodiscard]] bool behind_verb(const rule_at& verb) const;
  [[nodiscard]] bool several_say(const rule_at& verb) const;
  [[nodiscard]] bool relative_between(std::size_t verb) const;
  [[nodiscard]] word_range before_comma(word_range w) const;
  [[nodiscard]] bool unfinished(std::size_t first, std::size_t verb) const;
  [[nodiscard]] bool says_no_more(const rule_at& verb) const;
  [[nodiscard]] bool closes(std::size_t i) const;
  [[nodiscard]] bool behind_bracket(std::size_t dash) const;
  [[nodiscard]] std::optional<std::int32_t> speaker_behind(std::size_t from) const;
  [[nodiscard]] small_bits before(const mention_at& m) const;
  [[nodiscard]] small_bits before_list(std::size_t index) const;
  [[nodiscard]] bool is_region(const mention_at& m) const;
  [[nodiscard]] bool in_apposition(const mention_at& m, std::size_t around) const;
  [[nodiscard]] const mention_at* apposed(std::size_t end) const;
  [[nodiscard]] bool begins_sentence(std::size_t index) const;
  [[nodiscard]] bool parts(std::size_t i) const;
  [[nodiscard]] std::uint8_t moods(const rule_at& r) const;
  [[nodiscard]] bool speech_act(const rule_at& r) const;
  [[nodiscard]] std::size_t joined_act(std::size_t from) const;
  [[nodiscard]] std::optional<std::size_t> conjoined(std::size_t group, bool gerund) const;
  [[nodiscard]] bool is_gerund(std::size_t verb) const;
  [[nodiscard]] bool commands(const rule_at& verb, std::size_t infinitive) const;
  [[nodiscard]] bool supposed(const rule_at& verb) const;
  [[nodiscard]] std::uint8_t verb_moods(std::size_t i) const;
  [[nodiscard]] const mention_at* named_in_phrase(std::size_t from) const;
  [[nodiscard]] bool begins_clause(const mention_at& m) const;
  [[nodiscard]] bool verb_at(std::size_t i) const;
  [[nodiscard]] std::size_t relative_end(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool is_next_subject(std::size_t from, const mention_at& m) const;
  [[nodiscard]] const mention_at* named_behind(std::size_t from) const;
  [[nodiscard]] std::size_t named_members(std::size_t index) const;
  [[nodiscard]] bool apart(std::size_t a, std::size_t b) const;
  [[nodiscard]] bool in_adjunct(const mention_at& m, std::size_t around) const;
  [[nodiscard]] bool in_district(const mention_at& m) const;
  [[nodiscard]] word_range inner_clause(std::size_t around) const;
  [[nodiscard]] bool behind_adjective(const mention_at& m) const;
  [[nodiscard]] bool of_speaker(const mention_at& m) const;
  [[nodiscard]] bool governed(std::size_t first, std::size_t last) const;
  [[nodiscard]] const saying* own_deed(std::size_t group, std::size_t verb) const;
  [[nodiscard]] std::size_t behind_number(std::size_t from) const;
  [[nodiscard]] std::size_t said_subject(std::size_t from) const;
  [[nodiscard]] bool counts_others(std::size_t from, const mention_at& m) const;
  [[nodiscard]] bool apostrophe(std::size_t i) const;
  [[nodiscard]] bool opens_subject(std::size_t at, std::size_t end) const;
  [[nodiscard]] bool tells(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::size_t noun_subject(std::size_t begin, std::size_t end) const;
  [[nodiscard]] word_range plain_subject(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool noun_at(std::size_t i) const;
  [[nodiscard]] std::size_t unnamed_speaker(std::size_t end) const;
  [[nodiscard]] bool follows_apposition(std::size_t verb, std::size_t behind) const;
  [[nodiscard]] bool apposed_speaker(std::size_t verb, std::size_t behind) const;
  void with_places(std::size_t index, std::vector<std::int32_t>& out) const;
  [[nodiscard]] bool ends_list(std::size_t from) const;
  void with_siblings(std::size_t index, bool right, std::vector<std::int32_t>& out) const;
  [[nodiscard]] objects antecedent(std::size_t relative) const;
  [[nodiscard]] bool tells_next(std::size_t index) const;
  [[nodiscard]] std::size_t semicolon(std::size_t from, std::size_t to) const;
  [[nodiscard]] bool of_other_deed(std::size_t from, const mention_at& m) const;
  [[nodiscard]] bool led_by(const mention_at& m, small_bits bits) const;
  [[nodiscard]] bool owns(const mention_at& a, const mention_at& b) const;
  [[nodiscard]] bool thing_at(const mention_at& m) const; // what is used, and does nothing
  [[nodiscard]] bool accessed_list(std::size_t index) const;
  [[nodiscard]] bool source(const mention_at& m) const;
  [[nodiscard]] bool accessed(const mention_at& m) const;
  [[nodiscard]] bool joined(const mention_at& a, const mention_at& b, bool& conjunction) const;
  [[nodiscard]] word_range noun_phrase(std::size_t from, bool to = false) const;
  [[nodiscard]] bool grouped(std::size_t i) const;
  [[nodiscard]] bool opens_noun(word_range w) const;
  [[nodiscard]] bool full(std::size_t i) const;
  [[nodiscard]] std::size_t phrase_end(word_range w) const;
  [[nodiscard]] bool addressed(std::size_t from, const mention_at& m) const;
  [[nodiscard]] bool tells_context(const mention_at& m) const;

  std::string_view body_;
  std::span<const entity> entities_;
  const reading_rules& rules_;
  std::vector<word> words_;
  std::vector<char> signs_; // of the words
  std::vector<char> quoted_, dated_, counted_;
  bool quote_open_ = false;   // at the end of the words read last,
  std::uint32_t read_to_ = 0; // which is this byte
  std::vector<mention_at> mentions_;
  objects opening_; // whose unfinished verb opens the sentence, and where that ends
  std::size_t opening_end_ = 0;
  std::vector<std::uint32_t> before_;
  name_types named_before_ = 0;
  std::vector<small_bits> phrase_bits_; // small_word bits of longer phrases, at their last word
  std::vector<rule_at> triggers_, contexts_, modals_, speeches_, according_;
  std::vector<saying> sayings_;
};

} // namespace vigie::press
