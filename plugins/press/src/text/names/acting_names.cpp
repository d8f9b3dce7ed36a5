// SPDX-License-Identifier: Apache-2.0
#include "acting_names.hpp"

#include "acronym.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t longest_role = 4;       // words of one
constexpr std::size_t longest_place = 3;      // capital words of a town's name
constexpr std::size_t dateline_reach = 16;    // words in which an agency signs
constexpr std::size_t longest_expansion = 16; // words that letters in parentheses stand for
constexpr std::uint32_t shortest_town = 5;    // letters of a town in capitals that signs
constexpr std::uint32_t first_part = 4;       // letters in front of a capital inside of a word
constexpr std::uint32_t long_word = 4;        // bytes from which a word counts for the case
constexpr std::size_t enough_capitals = 4;    // long words with a capital that make a title

} // namespace

void acting_names::begin_sentence(std::uint32_t sentence) {
  person_reader::begin_sentence(sentence);
  std::size_t capitals = 0, lower = 0;
  for (std::size_t i = begin_; i < end_; ++i) {
    if (!is_word(i) || words_[i].end - words_[i].begin < long_word) continue;
    ++(words_[i].capital ? capitals : lower);
  }
  const bool stopped = end_ > begin_ && sign(end_ - 1) == '.'; // headlines have no full stop
  title_case_ = !stopped && capitals >= enough_capitals && capitals > 2 * lower;
}

// "director of X", "mayor of X", "X's director", "X chief executive Jane Roe".
std::optional<name_type> acting_names::employs(std::size_t first, std::size_t last) const {
  if (title_case_ || longest(first, phrase_kind::given)) return std::nullopt;
  if (follows_of(first)) return role_of(first);
  const bool owner = possessive_at(last);
  const pick r = longest(owner ? last + 2 : last, phrase_kind::role);
  if (!r || (opens(first) && last == first + 1 && words_[first].id != 0)) return std::nullopt;
  const auto of = rules_.roles[r.rule->index].of;
  const std::size_t next = (owner ? last + 2 : last) + r.words;
  if (!owner && !is_capital(next)) return std::nullopt;
  return opens(first) && last == first + 1 && of == name_type::place ? std::nullopt : of;
}

// What one is of whose role ends in front of the small words before word i.
std::optional<name_type> acting_names::role_of(std::size_t i) const {
  while (i > begin_ && (is(i - 1, small_word::of | small_word::article) || apostrophe(i - 1))) --i;
  for (std::size_t n = longest_role; n > 0; --n) {
    if (i < begin_ + n) continue;
    const pick r = longest(i - n, phrase_kind::role);
    if (r && r.words == n) return rules_.roles[r.rule->index].of;
  }
  return std::nullopt;
}

// "selon X", "according to X"
bool acting_names::according_to(std::size_t i) const {
  if (i > begin_ + 1 && is(i - 1, small_word::locative)) --i;
  return i > begin_ && is(i - 1, small_word::according);
}

// "the Open Vorbeck Watch said", "Digital Vorbeck Watch said", "by the Open Vorbeck Watch": capital
// words that act, and are no person for an article or a common word in front.
bool acting_names::acts_as_one(std::size_t first, std::size_t last) const {
  if (title_case_ || last < first + 2 || longest(first, phrase_kind::given)) return false;
  if (longest(last - 1, phrase_kind::role) || (last == first + 2 && words_[first + 1].joined))
    return false;
  const bool article = behind_article(first);
  const bool common = made_of_institutions(first, last) || (!opens(first) && common_word(first));
  if (!article && (!common || last < first + (opens(first) ? 3u : 2u))) return false;
  const bool noun = !is(last, small_word::have) && // "the X Y report is long"
                    is(last + 1, small_word::be | small_word::have | small_word::verb);
  return (speaks(last) && !noun) ||
         (article && first >= begin_ + 2 && is(first - 2, small_word::agent)) ||
         according_to(article ? first - 1 : first);
}

// "Vorbeck says", "asked Vorbeck", "Vorbeck will defend", "Vorbeck has sent", "Vorbeck and Ollar
// deny". Laws and formats are called by letters, too, and may do anything but speak.
bool acting_names::acts_alone(std::size_t first, std::size_t last) const {
  const bool alone = last == first + 1;
  if (title_case_ || (alone ? known_alone(first) : behind_article(first))) return false;
  if (speaks_before(first) || according_to(first)) return true;
  if (speaks(last)) return !belongs(first);
  if (alone && words_[first].capitals) return false;
  const bool which = last + 1 < end_ && sign(last) == ',' && is(last + 1, small_word::relative);
  if (which) return does(last + 2); // "Vorbeck, which runs a school,"
  if (belongs(first)) return false;
  if (is(last, small_word::conjunction) && is_capital(last + 1)) {
    const std::size_t behind = capitals(last + 1);
    return behind > last + 1 && does(behind);
  }
  return does(last);
}

// "the lawyer of X": who acts is somebody else.
bool acting_names::belongs(std::size_t i) const {
  while (i > begin_ && !is(i - 1, small_word::of) &&
         (is(i - 1, small_word::article) || apostrophe(i - 1)))
    --i;
  return i > begin_ && is(i - 1, small_word::of);
}

// A verb of doing at word i; what only is something may be anything.
bool acting_names::does(std::size_t i) const {
  if (is(i, small_word::be)) return false;
  if (is(i, small_word::have))
    return !is(i + 1, small_word::be | small_word::article | small_word::no);
  return is(i, small_word::verb);
}

// "the Forum on Open Routing (FOR) said": behind the letters that stand for the words.
std::size_t acting_names::behind_expansion(std::size_t first, std::size_t last) const {
  if (!behind_article(first) || title_case_) return last;
  const std::size_t limit = std::min(end_, first + longest_expansion);
  for (std::size_t at = last; at < limit; ++at) {
    if (sign(at) == '(') {
      if (at + 2 >= end_ || !is_capital(at + 1) || sign(at + 2) != ')') return last;
      const bool ends = longest(at - 1, phrase_kind::suffix) || longest(at - 1, phrase_kind::head);
      if (ends && words_[at + 1].id == 0) return at + 3; // letters of another language, perhaps
      const bool fits = words_[at + 1].capitals &&
                        abbreviates(body_, words_[at + 1], words_.subspan(first, at - first));
      return fits && (ends || speaks(at + 3)) ? at + 3 : last;
    }
    constexpr small_bits small = small_word::of | small_word::link | small_word::article |
                                 small_word::locative | small_word::conjunction;
    if (!is_capital(at) && !is(at, small) && !apostrophe(at)) return last;
  }
  return last;
}

// "VORBECK —": a town in capitals in front of the first sentence says where it was written.
bool acting_names::signs_as_town(std::size_t first, std::size_t last) const {
  if (first != begin_ || last - first > longest_place || last + 1 >= end_) return false;
  for (std::size_t i = first; i < last; ++i)
    if (!words_[i].capitals) return false;
  if (words_[last - 1].end - words_[first].begin < shortest_town || words_[last + 1].capitals)
    return false;
  const std::string_view dash = spelled(last);
  return words_[last].begin > words_[last - 1].end && words_[last].end < words_[last + 1].begin &&
         (dash == "-" || dash == "\xe2\x80\x93" || dash == "\xe2\x80\x94");
}

// "OpenVorbeck said", "according to OpenVorbeck": two words written as one are no person.
bool acting_names::speaks_as_brand(std::size_t first, std::size_t last) const {
  if (last != first + 1 || title_case_) return false;
  const std::string_view name = spelled(first);
  const auto inner =
      std::ranges::find_if(name.substr(1), [](char c) { return c >= 'A' && c <= 'Z'; });
  const auto front = static_cast<std::size_t>(inner - name.begin());
  if (front < first_part || front == name.size() || words_[first].capitals) return false;
  return speaks(last) || according_to(first);
}

bool acting_names::dateline(std::size_t first, std::size_t last) const {
  return first > begin_ && first < begin_ + dateline_reach && sign(first - 1) == '(' &&
         last + 1 < end_ && sign(last) == ')' && words_[last + 1].kind == token_kind::mark &&
         words_[last + 1].begin > words_[last].end && sign(last + 1) != '.' &&
         sign(last + 1) != ',' && sign(last + 1) != '(';
}

} // namespace vigie::press
