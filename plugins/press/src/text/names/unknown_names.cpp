// SPDX-License-Identifier: Apache-2.0
#include "unknown_names.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t longest_apposition = 16; // words behind a comma that may say what X is
constexpr std::size_t longest_place = 3;       // capital words of a town's name
constexpr std::size_t most_items = 8;          // of a list

// A country or more than one: a firm is called by where it is.
bool is_land(const name_rule& r) { return r.category == "country" || r.category == "area"; }

} // namespace

bool unknown_names::is_place_head(const pick& h) const {
  return h && rules_.heads[h.rule->index].kind == head_kind::intro &&
         rules_.heads[h.rule->index].type == name_type::place;
}

pick unknown_names::apposed_head(std::size_t first, std::size_t last) const {
  if (last + 2 >= end_ || !is(last + 1, small_word::article)) return {};
  const bool being = is(last, small_word::be) && !is(last + 1, small_word::definite);
  // of a title: "X: a botnet"
  const bool label = first == begin_ && sign(last) == ':' && is(last + 1, small_word::indefinite);
  if (!being && !label && sign(last) != ',') return {};
  if (!being && !label && opens(first) && last == first + 1 && !apposition_closes(last)) return {};
  if (is(last + 1, small_word::of)) return {}; // "X, du collectif Y"
  std::size_t at = last + 2;
  while (apostrophe(at)) ++at;
  for (int n = 0; n < 3 && at < end_; ++n) {
    if (const pick h = longest(at, phrase_kind::head)) {
      const head_kind kind = rules_.heads[h.rule->index].kind;
      const std::size_t next = at + h.words; // "on Thursday, the union said", "X, the town's mayor"
      const bool acts = is(next, small_word::verb | small_word::have | small_word::be) ||
                        (next < end_ && verb_at(next)) || possessive_at(next);
      const bool told = kind == head_kind::named || kind == head_kind::intro ||
                        (kind == head_kind::alone && apposition_closes(last));
      return !acts && told ? h : pick{};
    }
    const pick a = longest(at, phrase_kind::adjective);
    const bool based = at + 1 < end_ && words_[at + 1].joined && !words_[at + 1].inside;
    if (!a && words_[at].inside && !based) return {}; // another name: "X, the Y Union said"
    at += a ? a.words : based ? 2 : 1;
  }
  return {};
}

// "X Y, of the group Z": who belongs to one is a person.
bool unknown_names::member(std::size_t first, std::size_t last) const {
  if (last < first + 2 || last + 2 >= end_ || sign(last) != ',') return false;
  if (!is(last + 1, small_word::of)) return false;
  std::size_t at = last + 2;
  while (is(at, small_word::article | small_word::of) || (at < end_ && apostrophe(at))) ++at;
  const pick h = longest(at, phrase_kind::head);
  return h && rules_.heads[h.rule->index].kind == head_kind::named;
}

// "the Nurses' Union": behind the name that goes on behind the owner; `last` where none does.
std::size_t unknown_names::behind_owners(std::size_t last) const {
  if (last + 1 >= end_ || !apostrophe(last) || words_[last].begin != words_[last - 1].end)
    return last;
  const bool marked = possessive_at(last);
  if (!marked && !rules_.plural(spelled(last - 1))) return last; // the end of a quotation
  const std::size_t next = marked ? last + 2 : last + 1;
  if (!is_capital(next) || words_[next].begin == words_[next - 1].end) return last;
  const std::size_t end = std::max(capitals(next), next + 1);
  const bool ends = longest(end - 1, phrase_kind::suffix) || longest(end - 1, phrase_kind::head);
  return ends ? end : last;
}

bool unknown_names::apposed_base(std::size_t first, std::size_t last) const {
  if (last + 2 >= end_ || sign(last) != ',') return false;
  if (opens(first) && last == first + 1 && !apposition_closes(last)) return false;
  if (is(last + 1, small_word::situated) && is(last + 2, small_word::locative))
    return !strangers(first, last); // "X, based in Y,"
  if (!is(last + 1, small_word::article)) return false;
  const std::size_t limit = std::min(end_, last + longest_apposition);
  for (std::size_t at = last + 2; at + 1 < limit && sign(at) != ','; ++at) {
    if (longest(at, phrase_kind::role) || is(at, small_word::relative)) return false;
    if (is(at, small_word::situated) && is(at + 1, small_word::locative)) return true;
  }
  return false;
}

// "The regulator, the XYZ,": letters in apposition to an authority.
bool unknown_names::beside_authority(std::size_t first, std::size_t last) const {
  if (last != first + 1 || !words_[first].capitals || first < begin_ + 3) return false;
  if (!is(first - 1, small_word::article) || sign(first - 2) != ',') return false;
  if (last < end_ && sign(last) != ',' && sign(last) != '.') return false;
  const std::size_t end = first - 2;
  for (std::size_t n = 1; n <= 4 && end >= begin_ + n; ++n) {
    const pick h = longest(end - n, phrase_kind::head);
    if (!h || h.words != n) continue;
    const head_rule& head = rules_.heads[h.rule->index];
    return head.kind == head_kind::alone ||
           (head.kind == head_kind::named && !head.category.empty());
  }
  return false;
}

// "X, a firm in Y, has ...": what stands behind the comma ends before a verb. An adverb that
// opens a sentence has a comma behind it, too.
bool unknown_names::apposition_closes(std::size_t i) const {
  if (i >= end_ || sign(i) != ',') return false;
  const std::size_t limit = std::min(end_, i + longest_apposition);
  for (std::size_t at = i + 1; at + 1 < limit; ++at)
    if (sign(at) == ',')
      return is(at + 1, small_word::verb | small_word::have | small_word::be) || verb_at(at + 1);
  return false;
}

// "researchers" at the words before i.
bool unknown_names::group_ends(std::size_t i) const {
  for (std::size_t n = 1; n <= 3 && i >= begin_ + n; ++n) {
    const pick h = longest(i - n, phrase_kind::head);
    if (h && h.words == n && rules_.heads[h.rule->index].kind == head_kind::group) return true;
  }
  return false;
}

std::size_t unknown_names::behind_places(std::size_t first, std::size_t last) const {
  if (title_case() || rules_.small(words_[first]) != 0) return last;
  if (opens(first) && last < first + 2) return last; // "Neighbouring Kenya"
  std::size_t at = last;
  while (is_capital(at)) {
    const pick p = accepted_name(at);
    // "Ollar Kent" is somebody, "Who Will America" a headline
    if (!p || name(p).type != name_type::place || !is_land(name(p))) break;
    at += p.words;
  }
  return at;
}

std::size_t unknown_names::behind_part(std::size_t first, std::size_t last) const {
  if (opens(first) || title_case() || !is_capital(last)) return last;
  const pick p = accepted_name(last);
  const bool part = p && p.words == 1 && name(p).doubtful;
  return part ? last + 1 : last;
}

bool unknown_names::before_place_head(std::size_t first, std::size_t last) const {
  if (title_case() || last - first > longest_place || words_[first].capitals) return false;
  if (opens(first) && last == first + 1) return false; // "Other towns"
  if (names_institutions(first)) return false;         // "le Projet ports ouverts"
  const pick h = longest(last, phrase_kind::head);
  return is_place_head(h) && !words_[last].inside;
}

// "operators X, Y and Z"
bool unknown_names::behind_companies(std::size_t i) const {
  for (std::size_t n = 1; n <= 3 && i >= begin_ + n; ++n) {
    const pick h = longest(i - n, phrase_kind::head);
    if (!h || h.words != n) continue;
    const head_rule& head = rules_.heads[h.rule->index];
    return head.kind == head_kind::group && head.category == "company";
  }
  return false;
}

// "the regulator X": the word in front says what X is, and is not called so by itself.
bool unknown_names::behind_regulator(std::size_t i) const {
  if (title_case() || out_.empty()) return false;
  const candidate& c = out_.back();
  return c.kind == candidate_kind::body && c.sentence == sentence_ && c.last == i &&
         rules_.heads[c.index].kind == head_kind::alone &&
         rules_.heads[c.index].category == "regulator";
}

// "the X newspaper", "the X ransomware": what X is stands behind it.
std::optional<name_type> unknown_names::before_kind(std::size_t first, std::size_t last) const {
  if (title_case() || !behind_article(first)) return std::nullopt;
  const pick h = longest(last, phrase_kind::head);
  if (!h || words_[last].inside || rules_.heads[h.rule->index].kind != head_kind::intro)
    return std::nullopt;
  const name_type type = rules_.heads[h.rule->index].type;
  const bool sure = type == name_type::media || type == name_type::technology;
  return sure ? std::optional(type) : std::nullopt;
}

std::optional<candidate> unknown_names::told_around(std::size_t first, std::size_t last) const {
  std::optional<name_type> type;
  if (stands_in_place(first, last))
    type = name_type::place;
  else if (beside_authority(first, last))
    type = name_type::org;
  else if (type = before_kind(first, last); !type)
    type = listed(first, last);
  if (!type) return std::nullopt;
  candidate c = make(candidate_kind::thing, first, last);
  c.type = *type;
  c.inferred = true;
  return c;
}

// "in X", but not "a flaw in X" or "in X's view".
bool unknown_names::stands_in_place(std::size_t first, std::size_t last) const {
  if (title_case() || last - first > longest_place || first <= begin_) return false;
  if (words_[first].capitals || possessive_at(last)) return false;
  const std::size_t before = first - 1;
  if (is(before, small_word::inside)) return before == begin_ || !is(before - 1, small_word::about);
  if (!is(before, small_word::locative)) return false;
  if (before == begin_) return is(before, small_word::town);
  return situated(before);
}

// "based at", "an engineer in": somebody or something is there.
bool unknown_names::situated(std::size_t i) const {
  if (is(i - 1, small_word::situated)) return true;
  for (std::size_t n = 1; n <= 3 && i >= begin_ + n; ++n) {
    const pick role = longest(i - n, phrase_kind::role);
    if (role && role.words == n) return true;
  }
  return false;
}

std::optional<name_type> unknown_names::type_in_list(const name_rule& r) const {
  if (r.type == name_type::place || r.type == name_type::service) return r.type;
  if (r.type == name_type::org && r.category == "company") return r.type;
  return std::nullopt;
}

// "X and Vodafone", "X, Y and Vodafone", "Vodafone and X": what one of a list is, all are.
std::optional<name_type> unknown_names::listed(std::size_t first, std::size_t last) const {
  if (title_case() || last - first > longest_place) return std::nullopt;
  auto type = listed_before(first, last);
  if (!type) type = listed_behind(last);
  const bool town = type == name_type::place && !made_of_institutions(first, last);
  return town || type != name_type::place ? type : std::nullopt;
}

// The word behind what parts items of a list at word i; i where nothing does.
std::size_t unknown_names::next_item(std::size_t i, bool& conjunction) const {
  std::size_t at = i;
  if (at < end_ && sign(at) == ',') ++at;
  if (is(at, small_word::conjunction)) {
    conjunction = true;
    ++at;
  }
  if (at == i) return i;
  while (at < end_ &&
         (is(at, small_word::article | small_word::of | small_word::locative) || apostrophe(at)))
    ++at;
  return at;
}

// Whether what begins behind word i are items of a list that a conjunction ends.
bool unknown_names::list_closes(std::size_t i) const {
  bool conjunction = false;
  for (std::size_t n = 0; n < most_items && !conjunction; ++n) {
    const std::size_t next = next_item(i, conjunction);
    if (next == i || !is_capital(next)) return false;
    i = std::max(capitals(next), next + 1);
  }
  return conjunction;
}

std::optional<name_type> unknown_names::listed_before(std::size_t first, std::size_t last) const {
  if (out_.empty() || first < begin_ + 2) return std::nullopt;
  const candidate& c = out_.back();
  if (c.sentence != sentence_ || c.last >= first) return std::nullopt;
  bool conjunction = false;
  if (next_item(c.last, conjunction) != first) return std::nullopt;
  const bool told =
      (c.kind == candidate_kind::thing && c.type != name_type::place) ||
      (c.first > begin_ + 1 && is(c.first - 1, small_word::locative)); // "in X, Y and Z"
  if (!conjunction && !(told && list_closes(last))) return std::nullopt;
  if (c.kind == candidate_kind::name) return type_in_list(rules_.names[c.index]);
  if (c.kind != candidate_kind::thing) return std::nullopt;
  return c.type;
}

std::optional<name_type> unknown_names::listed_behind(std::size_t last) const {
  std::optional<name_type> out;
  bool conjunction = false;
  std::size_t at = last;
  for (std::size_t n = 0; n < most_items && !conjunction; ++n) {
    const std::size_t next = next_item(at, conjunction);
    if (next == at || next >= end_ || !is_capital(next)) return std::nullopt;
    if (const pick p = accepted_name(next)) {
      const auto type = type_in_list(name(p));
      if (!type || (out && *out != *type)) return std::nullopt;
      out = type;
      at = next + p.words;
    } else {
      at = std::max(capitals(next), next + 1);
    }
  }
  return conjunction ? out : std::nullopt;
}

std::size_t unknown_names::take_thing(std::size_t first, std::size_t last, name_type type) {
  candidate c = make(candidate_kind::thing, first, last);
  c.type = type;
  out_.push_back(c);
  return last;
}

std::size_t unknown_names::loose(std::size_t first, std::size_t last) {
  for (std::size_t at = first; at < last; ++at) {
    if (!words_[at].inside) continue;
    candidate c = make(candidate_kind::loose, at, at + 1);
    c.run = static_cast<std::uint32_t>(last);
    c.acts = at == first && acts_alone(first, last);
    c.headline = title_case();
    c.weak = title_case() || opens(at); // the capital says nothing
    out_.push_back(c);
  }
  drop_role();
  return last;
}

// "the town of X", not "the town X"
std::size_t unknown_names::introduced_place(std::size_t i) {
  std::size_t at = i;
  while (is(at, small_word::of | small_word::article) || (at > i && at < end_ && apostrophe(at)))
    ++at;
  const bool known = !is_capital(at) || accepted_name(at) || longest(at, phrase_kind::head) ||
                     longest(at, phrase_kind::title) || longest(at, phrase_kind::role) ||
                     is(at, small_word::capitalised);
  if (at == i || known) return i;
  return take_thing(at, std::max(capitals(at), at + 1), name_type::place);
}

} // namespace vigie::press
