// SPDX-License-Identifier: Apache-2.0
// What stands around a candidate: questions about the words of a text that find_entities asks when
// it puts candidates together. Inner to it; a view that owns nothing, any thread.
#pragma once

#include "name_candidates.hpp"

namespace vigie::press {

class told_words {
protected:
  told_words(std::string_view body, const scanned_text& text, const reading_rules& rules)
      : body_(body), text_(text), rules_(rules) {}

  std::string_view words(std::size_t first, std::size_t last) const {
    const std::size_t begin = text_.words[first].begin;
    return body_.substr(begin, text_.words[last - 1].end - begin);
  }

  // "the spokesman", not "a spokesman".
  bool definite(const candidate& c) const {
    std::size_t at = c.first;
    if (at > text_.first[c.sentence] && (mark(at - 1, "'") || mark(at - 1, "\xe2\x80\x99"))) --at;
    return at > text_.first[c.sentence] &&
           is(at - 1, small_word::definite | small_word::possessive);
  }

  // Behind an apposition: the end, or a comma and a verb.
  bool closes(std::uint32_t sentence, std::size_t i) const {
    const std::size_t end = text_.first[sentence + 1];
    if (i >= end || mark(i, ".") || mark(i, ")")) return true;
    if (!mark(i, ",") || i + 1 >= end) return false;
    return is(i + 1, small_word::have | small_word::be | small_word::verb | small_word::no);
  }

  bool metonym(const candidate& c, const entity& e) const {
    if (e.type != name_type::place) return false;
    if (c.kind != candidate_kind::name) return false;
    const std::string& category = rules_.names[c.index].category;
    if (category != "country" && category != "capital") return false;
    const std::size_t begin = text_.first[c.sentence], end = text_.first[c.sentence + 1];
    std::size_t before = c.first;
    while (before > begin && (is(before - 1, small_word::article) || mark(before - 1, "'") ||
                              mark(before - 1, "\xe2\x80\x99")))
      --before;
    if (before > begin && is(before - 1, small_word::agent)) return true;
    if (before > begin && is(before - 1, small_word::locative | small_word::of)) return false;
    std::size_t next = c.last;
    while (next < end && next < c.last + 3 && is(next, small_word::no)) ++next;
    if (next < end && mark(next, "'")) ++next;
    return next < end && is(next, small_word::verb | small_word::have | small_word::be);
  }
  bool is(std::size_t i, small_bits bits) const { return rules_.is(text_.words[i], bits); }
  bool mark(std::size_t i, std::string_view sign) const { return words(i, i + 1) == sign; }

  std::string_view body_;
  const scanned_text& text_;
  const reading_rules& rules_;
};

} // namespace vigie::press
