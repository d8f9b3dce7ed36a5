// SPDX-License-Identifier: Apache-2.0
#include "person_reader.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t most_strangers = 3;   // of them in one
constexpr std::size_t longest_name = 5;     // capital words of a person's name
constexpr std::size_t most_epithets = 2;    // words between an article and a role
constexpr std::size_t most_before_role = 3; // words between a verb of being and a role
constexpr std::size_t longest_role = 14;    // words behind a comma that may belong to a role

} // namespace

candidate person_reader::make(candidate_kind kind, std::size_t first, std::size_t last) const {
  candidate c;
  c.kind = kind;
  c.sentence = sentence_;
  c.first = static_cast<std::uint32_t>(first);
  c.last = static_cast<std::uint32_t>(last);
  c.name_first = c.first;
  return c;
}

// A word of no interest: it goes on with a role's complement, or ends it.
std::size_t person_reader::other(std::size_t i) {
  if (!has_role()) return i + 1;
  const pick adjective = longest(i, phrase_kind::adjective);
  const pick topic = longest(i, phrase_kind::topic);
  const pick head = longest(i, phrase_kind::head);
  const std::size_t n = std::max({adjective.words, topic.words, head.words});
  if (n > 0 && !role_.comma) {
    role_.last = i + n;
    return i + n;
  }
  if (!is(i, small_word::of | small_word::article | small_word::link | small_word::locative))
    drop_role();
  return i + 1;
}

void person_reader::drop_role() {
  if (has_role()) {
    candidate c = make(candidate_kind::role, role_.first, role_.first + role_.words);
    c.role = role_.index;
    out_.push_back(c);
  }
  role_ = {};
}

std::size_t person_reader::begin_role(std::size_t i) {
  const pick p = longest(i, phrase_kind::role);
  if (!p) return 0;
  if (i < apposed_) return i + p.words;
  drop_role();
  role_ = {i, i + p.words, p.words, p.rule->index, false};
  return i + p.words;
}

std::size_t person_reader::title(std::size_t i) {
  const pick p = longest(i, phrase_kind::title);
  if (!p) return 0;
  std::size_t at = i + p.words;
  if (at < end_ && sign(at) == '.') ++at;
  const std::size_t last = capitals(at);
  if (last == at) return 0;
  candidate c = make(candidate_kind::person, i, last);
  c.titled = true;
  c.name_first = static_cast<std::uint32_t>(at);
  add_person(c);
  return last;
}

// Behind the capital words from `i` on that may be one person's name.
std::size_t person_reader::capitals(std::size_t i) const {
  std::size_t at = i;
  while (at < end_ && at - i < longest_name && is_word(at)) {
    const bool particle = !words_[at].inside && at + 1 < end_ && words_[at + 1].joined &&
                          words_[at + 1].inside && at > i;
    if (!particle && !words_[at].capital) break;
    if (at > i && stops_name(at)) break;
    ++at;
    if (at < end_ && sign(at) == '.' && words_[at - 1].end - words_[at - 1].begin == 1 &&
        is_capital(at + 1))
      ++at; // an initial
    while (at - i < longest_name && elides(at)) at += 2;
    if (at + 1 < end_ && sign(at) == '&' && is_capital(at + 1)) ++at; // "X & Partners"
  }
  return at;
}

// "O'Neill": a single letter bound to a capital word.
bool person_reader::elides(std::size_t i) const {
  if (!apostrophe(i) || i == 0 || !is_capital(i + 1)) return false;
  const word& letter = words_[i - 1];
  return letter.end - letter.begin == 1 && letter.inside && words_[i].begin == letter.end &&
         words_[i + 1].begin == words_[i].end;
}

// "Vorbeck Health CEO Jane Roe": what somebody is stands between whose and who.
bool person_reader::ends_name(std::size_t i) const {
  const pick r = words_[i].inside ? longest(i, phrase_kind::role) : pick{};
  return r && rules_.roles[r.rule->index].of == name_type::org && is_capital(i + r.words);
}

bool person_reader::stops_name(std::size_t i) const {
  if (ends_name(i)) return true;
  const pick p = longest(
      i, bit(phrase_kind::title) | bit(phrase_kind::name), [&](const phrase_rule& r, std::size_t) {
        if (r.capital && !words_[i].inside) return false;
        return r.kind == phrase_kind::title ||
               (r.kind == phrase_kind::name && rules_.names[r.index].type != name_type::person);
      });
  if (!p || words_[i].joined) return false;
  // "Vorbeck Ledger Systems" is no Ledger
  if (p.rule->kind == phrase_kind::name && name(p).category == "company" && p.words == 1 &&
      is_capital(i + 1) && longest(i + 1, phrase_kind::suffix))
    return false;
  if (p.rule->kind == phrase_kind::title || p.words > 1 || name(p).type != name_type::place)
    return true;
  // "Anne London", "Human Constanta": behind a given name or an unknown one a town ends a name.
  const bool town = name(p).category == "city" && !known_alone(i - 1);
  return !town && !longest(i - 1, phrase_kind::given);
}

// Whether the rules know the word by itself: as a name, or as what institutions and people are.
bool person_reader::known_alone(std::size_t i) const {
  const std::uint32_t kinds = bit(phrase_kind::name) | bit(phrase_kind::adjective) |
                              bit(phrase_kind::head) | bit(phrase_kind::topic) |
                              bit(phrase_kind::role) | bit(phrase_kind::suffix);
  return bool(longest(i, kinds,
                      [&](const phrase_rule& r, std::size_t count) {
                        return count == 1 && (bit(r.kind) & kinds) != 0 &&
                               (!r.capitals || words_[i].capitals);
                      })) ||
         !is_word(i) || rules_.small(words_[i]) != 0;
}

void person_reader::add_person(candidate c) {
  if (has_role() && follows_of(c.first)) drop_role(); // "the lawyer of X Y" is somebody else
  if (has_role()) {
    c.role = role_.index;
    c.role_first = static_cast<std::uint32_t>(role_.first);
    c.role_last = static_cast<std::uint32_t>(role_.last);
    role_ = {};
  } else {
    find_apposition(c);
  }
  out_.push_back(c);
}

// "X Y, Z's director": behind the possessor, where there is one.
std::size_t person_reader::behind_possessor(std::size_t i) const {
  if (!is_capital(i)) return i;
  for (std::size_t at = i + 1; at < end_ && at <= i + longest_name; ++at) {
    if (possessive_at(at)) return at + 2;
    if (!is_word(at)) break;
  }
  return i;
}

// A word in lower case that the rules know nothing of: "longtime".
bool person_reader::plain_word(std::size_t i) const {
  return is_word(i) && !words_[i].inside && rules_.small(words_[i]) == 0 && !verb_at(i);
}

// "X Y, 34,"
bool person_reader::age_at(std::size_t i) const {
  if (i + 2 >= end_ || sign(i) != ',' || words_[i + 1].kind != token_kind::number) return false;
  const word& n = words_[i + 1];
  if (n.end - n.begin != 2 || body_[n.begin] == '0') return false;
  return sign(i + 2) == ',' || (plain_word(i + 2) && i + 3 < end_ && sign(i + 3) == ',');
}

// "X Y, the director of Z,"
void person_reader::find_apposition(candidate& c) {
  std::size_t at = c.last;
  if (at + 1 >= end_ || sign(at) != ',') return;
  ++at;
  while (at < end_ && (is(at, small_word::article) || apostrophe(at) ||
                       bool(longest(at, phrase_kind::adjective))))
    ++at;
  at = behind_possessor(at);
  pick p = longest(at, phrase_kind::role);
  for (std::size_t n = 0; n < most_epithets && !p && plain_word(at); ++n)
    p = longest(++at, phrase_kind::role);
  if (!p) return;
  std::size_t last = at + p.words;
  const std::size_t limit = std::min<std::size_t>(end_, last + longest_role);
  while (last < limit && (is_word(last) || apostrophe(last)) &&
         !is(last, small_word::have | small_word::be | small_word::relative | small_word::verb))
    ++last;
  if (last < end_ && words_[last].kind == token_kind::word) last = at + p.words;
  c.role = p.rule->index;
  c.role_first = static_cast<std::uint32_t>(at);
  c.role_last = static_cast<std::uint32_t>(last);
  apposed_ = last;
}

bool person_reader::speech_at(std::size_t i, std::size_t words) const {
  const pick p = longest(i, bit(phrase_kind::verb), [&](const phrase_rule& r, std::size_t) {
    return r.kind == phrase_kind::verb && rules_.verbs[r.index].use == verb_use::speech;
  });
  return p && (words == 0 || p.words == words);
}

bool person_reader::speaks(std::size_t i) const {
  return speech_at(i, 0) || (is(i, small_word::have) && speech_at(i + 1, 0));
}

bool person_reader::is_person(std::size_t i, std::size_t last) {
  if (words_[i].joined) return false;
  if (has_role()) return has_role_for(i, last);
  if (last - i < 2) return false;
  if (longest(i, phrase_kind::given) || age_at(last)) return true;
  if (behind_article(i) || longest(last - 1, phrase_kind::suffix)) return false;
  if (among_people(i, last)) return true;
  candidate c = make(candidate_kind::person, i, last);
  const std::size_t apposed = apposed_;
  find_apposition(c);
  apposed_ = apposed;
  if (c.role != candidate::no_role) return true;
  if (last - i > 3 || made_of_institutions(i, last)) return false;
  const bool who =
      last + 1 < end_ && sign(last) == ',' && is(last + 1, small_word::person_relative);
  if (!known_alone(i) && (who || is_told_role(last))) return true; // "X Y, who leads Z,"
  if (common_word(i)) return false;
  return speaks(last) || (i > begin_ && i >= 1 && speaks_before(i));
}

// "X Y is the director", "X Y a été nommée directrice": what somebody is stands behind the verb.
bool person_reader::is_told_role(std::size_t i) const {
  const auto of_being = [&](std::size_t at) {
    return longest(at, bit(phrase_kind::verb), [&](const phrase_rule& r, std::size_t) {
      return r.kind == phrase_kind::verb && rules_.verbs[r.index].use == verb_use::be;
    });
  };
  const bool perfect = is(i, small_word::have);
  const pick being = of_being(perfect ? i + 1 : i);
  if (!being) return false;
  std::size_t at = (perfect ? i + 1 : i) + being.words;
  for (std::size_t n = 0; n < most_before_role; ++n, ++at) {
    if (longest(at, phrase_kind::role)) return true;
    if (!is(at, small_word::article) && !plain_word(at) && !longest(at, phrase_kind::verb))
      return false;
  }
  return false;
}

// Whether the role that waits is that of the words [i, last): not of what it is the role in.
bool person_reader::has_role_for(std::size_t i, std::size_t last) const {
  if (last > i + 1) return true;
  return !role_.comma && !follows_of(i) && !is(i - 1, small_word::locative);
}

// "researchers X Y and Z W"
bool person_reader::among_people(std::size_t i, std::size_t last) const {
  if (common_word(i) || common_word(last - 1)) return false;
  for (std::size_t n = 1; n <= 3 && i >= begin_ + n; ++n) {
    const pick h = longest(i - n, phrase_kind::head);
    if (h && h.words == n && rules_.heads[h.rule->index].category == "people") return true;
  }
  if (out_.empty() || i < begin_ + 2 || !is(i - 1, small_word::conjunction)) return false;
  const candidate& c = out_.back();
  return c.kind == candidate_kind::person && c.sentence == sentence_ && c.last + 1 == i;
}

// "the X Y", "l'X Y"
bool person_reader::behind_article(std::size_t i) const {
  std::size_t at = i;
  if (at > begin_ && apostrophe(at - 1)) --at;
  return at > begin_ && is(at - 1, small_word::definite);
}

// "Digital", "Open", "Council": a word that names of institutions are made of.
bool person_reader::names_institutions(std::size_t i) const {
  constexpr std::uint32_t kinds = (1u << static_cast<unsigned>(phrase_kind::topic)) |
                                  (1u << static_cast<unsigned>(phrase_kind::head)) |
                                  (1u << static_cast<unsigned>(phrase_kind::suffix));
  return longest(i, kinds, [](const phrase_rule&, std::size_t) { return true; }) &&
         !longest(i, phrase_kind::given);
}

bool person_reader::made_of_institutions(std::size_t first, std::size_t last) const {
  for (std::size_t i = first; i < last; ++i)
    if (names_institutions(i)) return true;
  return false;
}

// A word that the rules know, and not as a name: it seldom begins a person's name.
bool person_reader::common_word(std::size_t i) const {
  return words_[i].id != 0 && !only_letters(i) && !longest(i, phrase_kind::given) &&
         !accepted_name(i);
}

// "Sana": what the rules know is written in capitals alone.
bool person_reader::only_letters(std::size_t i) const {
  if (words_[i].capitals || rules_.small(words_[i]) != 0) return false;
  return longest(i, ~0u, [](const phrase_rule& r, std::size_t) { return r.capitals; }) &&
         !longest(i, ~0u, [](const phrase_rule& r, std::size_t) { return !r.capitals; });
}

// A word that no rule knows, or as a given name.
bool person_reader::stranger(std::size_t i) const {
  if (!is_word(i) || !words_[i].capital || words_[i].capitals) return false;
  if (words_[i].id != 0 && !only_letters(i) && !longest(i, phrase_kind::given)) return false;
  return std::ranges::none_of(spelled(i).substr(1), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "the government of X Y": of a country that no list knows there is none.
bool person_reader::governs(std::size_t first, std::size_t last) const {
  if (last < first + 2 || out_.empty() || first < begin_ + 2 || !is(first - 1, small_word::of))
    return false;
  const candidate& c = out_.back();
  return c.kind == candidate_kind::body && c.sentence == sentence_ && c.last + 1 == first &&
         rules_.heads[c.index].category == "government" && !made_of_institutions(first, last);
}

// "Kagiso Molefe": two or three words that mean nothing are what people are called.
bool person_reader::strangers(std::size_t first, std::size_t last) const {
  if (last < first + 2 || last > first + most_strangers || behind_article(first)) return false;
  if (words_[first].joined || (first > begin_ && is(first - 1, small_word::locative))) return false;
  for (std::size_t i = first; i < last; ++i)
    if (!stranger(i)) return false;
  const bool which =
      last + 1 < end_ && sign(last) == ',' && is(last + 1, small_word::thing_relative);
  const bool thing = is(last, small_word::be | small_word::have) && // "X Y is a street"
                     is(last + 1, small_word::article | small_word::no);
  return !which && !thing;
}

bool person_reader::speaks_before(std::size_t i) const {
  for (std::size_t n = 1; n <= 3 && i >= begin_ + n; ++n)
    if (speech_at(i - n, n)) return true;
  return false;
}

bool person_reader::verb_at(std::size_t i) const {
  return bool(longest(i, bit(phrase_kind::verb), [](const phrase_rule& r, std::size_t) {
    constexpr std::uint8_t conjugated = mood::finite | mood::future | mood::conditional;
    return r.kind == phrase_kind::verb && ((r.plain | r.accented) & conjugated) != 0;
  }));
}

} // namespace vigie::press
