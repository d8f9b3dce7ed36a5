// SPDX-License-Identifier: Apache-2.0
#include "verb_forms.hpp"

#include "text/words/tokens.hpp"
#include "text/words/word_scan.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vigie::press {
namespace {

constexpr std::array<std::pair<std::string_view, std::uint8_t>, 6> mood_names{{
    {"inf", mood::infinitive},
    {"fin", mood::finite},
    {"part", mood::participle},
    {"ger", mood::gerund},
    {"fut", mood::future},
    {"cond", mood::conditional},
}};

std::uint8_t mood_named(std::string_view name) {
  const auto* at = std::ranges::find(mood_names, name, &decltype(mood_names)::value_type::first);
  return at == mood_names.end() ? std::uint8_t{0} : at->second;
}

using moods_by_fold = std::map<std::string, std::pair<std::uint8_t, std::uint8_t>>;

void put(moods_by_fold& to, const std::string& text, std::uint8_t moods, bool accent) {
  auto& [plain, accented] = to[folded(text)];
  (accent ? accented : plain) |= moods;
}

} // namespace

std::vector<std::string_view> split_field(std::string_view text, char by) {
  std::vector<std::string_view> out;
  for (std::size_t from = 0;;) {
    const auto at = std::min(text.find(by, from), text.size());
    const byte_span part = trimmed(text, {from, at});
    out.push_back(text.substr(part.begin, part.size()));
    if (at == text.size()) return out;
    from = at + 1;
  }
}

bool ends_with_accent(std::string_view text) {
  std::vector<word> words;
  scan_words(text, 0, text.size(), no_words(), words);
  return !words.empty() && words.back().accent;
}

bool verb_forms::add_paradigm(std::string_view name, std::string_view endings) {
  std::vector<ending>& to = paradigms_[std::string(name)];
  for (const std::string_view group : split_field(endings, ' ')) {
    const auto colon = group.find(':');
    const std::uint8_t moods = mood_named(group.substr(0, colon));
    if (colon == std::string_view::npos || moods == 0) return false;
    for (const std::string_view e : split_field(group.substr(colon + 1), ','))
      to.push_back({e == "-" ? std::string() : std::string(e), moods});
  }
  return true;
}

bool verb_forms::add_reflexive(std::string_view mood_name, std::string_view words) {
  const std::uint8_t moods = mood_named(mood_name);
  if (mood_name != "-" && moods == 0) return false;
  for (const std::string_view w : split_field(words, ';')) {
    if (moods == 0)
      pronouns_.emplace_back(w);
    else
      auxiliaries_.push_back({std::string(w), moods});
  }
  return true;
}

std::optional<std::vector<verb_form>> verb_forms::forms_of(std::string_view expression,
                                                           std::string& problem) const {
  const bool reflexive = expression.starts_with('~');
  if (reflexive) expression.remove_prefix(1);
  const auto plus = expression.find('+');
  if (plus == std::string_view::npos) {
    problem = "a verb with '~' needs '+' and a paradigm";
    return std::nullopt;
  }
  const auto end = std::min(expression.find(' ', plus), expression.size());
  const std::string_view name = expression.substr(plus + 1, end - plus - 1);
  const auto known = paradigms_.find(name);
  if (known == paradigms_.end()) {
    problem = "no paradigm is called '" + std::string(name) + "'";
    return std::nullopt;
  }
  const std::string stem(expression.substr(0, plus)), tail(expression.substr(end));
  moods_by_fold all;
  for (const ending& x : known->second) {
    const std::string text = stem + x.text;
    if (!reflexive) {
      put(all, text, x.moods, ends_with_accent(text));
      continue;
    }
    // The first word is the pronoun: an accent at the verb's end tells nothing there.
    if ((x.moods & mood::participle) != 0)
      for (const auxiliary& a : auxiliaries_) put(all, a.words + " " + text, a.moods, false);
    else
      for (const std::string& p : pronouns_) put(all, p + " " + text, x.moods, false);
  }
  std::vector<verb_form> out;
  const bool alone = tail.empty() && !reflexive && stem.find(' ') == std::string::npos;
  for (const auto& [text, m] : all)
    out.push_back({text + tail, m.first, m.second != 0 ? m.second : m.first, alone});
  return out;
}

} // namespace vigie::press
