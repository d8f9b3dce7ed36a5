// SPDX-License-Identifier: Apache-2.0
#include "ages.hpp"

namespace vigie::press {
namespace {

bool set_off(token_view tokens, std::size_t first, std::size_t behind) {
  const token& front = tokens[first - 1];
  const bool last = behind >= tokens.size();
  const bool comma = !last && tokens[behind].fold == ",";
  if (front.fold == "(") return comma || (!last && tokens[behind].fold == ")");
  const bool closed = comma || last || tokens[behind].fold == ".";
  return front.fold == "," && closed && first >= 2 && tokens[first - 2].kind == token_kind::word;
}

// "une jeune femme turque de 34 ans": an adjective may stand between; "deux hommes de 16 et 17
// ans".
bool of_person(token_view tokens, std::size_t first, const lexicon& words) {
  const bool second = first >= 3 && words.match(word_class::conjunction, tokens, first - 1) &&
                      tokens[first - 2].kind == token_kind::number;
  if (second) first -= 2;
  const auto link = words.match(word_class::link, tokens, first - 1);
  if (!link || link->tokens != 1) return false;
  for (std::size_t back = 2; back <= 3 && back <= first; ++back) {
    const auto noun = words.match(word_class::unit, tokens, first - back);
    if (noun && noun->what->value == "persons") return true;
  }
  return false;
}

} // namespace

bool age_at(token_view tokens, std::size_t first, std::size_t behind, const lexicon& words) {
  if (first == 0) return false;
  return set_off(tokens, first, behind) || of_person(tokens, first, words);
}

} // namespace vigie::press
