// SPDX-License-Identifier: Apache-2.0
// Residue that scraping left inside a line of text: story codes and credits of agencies, bracketed
// notices, and search engine links that were pasted into a sentence.
#include "page.hpp"
#include "text/dates/date_match.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t least_code = 6;           // characters of an agency's story code
constexpr std::size_t longest_advert = 8;       // words
constexpr std::size_t longest_abbreviation = 4; // letters in front of its point
constexpr std::size_t longest_initials = 4;     // letters
constexpr std::size_t longest_dateline = 14;    // tokens in front of an agency's dash
constexpr std::size_t longest_link = 24;        // tokens of another headline

class cutter {
public:
  cutter(std::string_view text, const page_line& line, const lexicon& words)
      : text_(text), line_(line), tokens_(line.tokens), words_(words) {}

  std::vector<insertion> run() {
    std::size_t i = dateline();
    if (i == 0 && line_.what == label::lede) {
      i = dateline_end(text_, line_, words_);
      if (i > 0) take(0, i, label::source_line, dateline_why);
    }
    if (i == 0 && line_.place > 0) i = take(0, line_.place, label::source_line, place_why);
    const std::size_t author = author_behind_quote(text_, tokens_);
    while (i < tokens_.size()) {
      if (author > 0 && i == author) {
        take(i, tokens_.size(), label::credits, "names who is quoted");
        break;
      }
      const std::size_t end = cut_at(i);
      i = end > i ? end : i + 1;
    }
    return std::move(out_);
  }

private:
  bool mark(std::size_t i, std::string_view fold) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::mark && tokens_[i].fold == fold;
  }
  bool word(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::word;
  }
  bool is_capital(std::size_t i) const { return word(i) && capital(text_, tokens_[i]); }

  std::size_t take(std::size_t first, std::size_t end, label what, std::string_view why) {
    out_.push_back({{tokens_[first].begin, tokens_[end - 1].end}, what, why});
    return end;
  }

  std::size_t cut_at(std::size_t i) {
    if (i + 1 < tokens_.size() && mark(i, "-") && ends_sentence(i)) {
      if (const std::size_t end = signature(i + 1); end > i) return end;
    }
    if (mark(i, "[")) {
      if (const auto end = story_code(i); end > i) return end;
    }
    if (mark(i, "(") || mark(i, "[")) {
      if (const auto end = bracketed(i); end > i) return end;
    }
    if (line_.begins(i, bit_of(word_class::start)) && ends_sentence(i)) {
      if (const std::size_t end = link_end(i); end > i) return end;
    }
    if (mark(i, ">") && mark(i + 1, ">") && ends_sentence(i) && is_capital(i + 2) &&
        tokens_.size() - i <= longest_link)
      return take(i, tokens_.size(), label::teaser, "a link to another story behind the sentence");
    const bool may_advertise = line_.begins(i, bit_of(word_class::commerce)) && is_capital(i);
    return may_advertise ? advert(i) : i;
  }

  // "[nL4N1XQ248" or with its "]": letters and digits run together behind a bracket.
  std::size_t story_code(std::size_t i) {
    std::size_t end = i + 1;
    bool digits = false;
    bool capitals = false;
    while (end < tokens_.size() && glued(tokens_, end) && tokens_[end].kind != token_kind::mark) {
      digits = digits || tokens_[end].kind == token_kind::number;
      capitals = capitals || has_capital(text_, tokens_[end]);
      ++end;
    }
    if (!digits || !capitals || tokens_[end - 1].end - tokens_[i].end < least_code) return i;
    const bool closed = mark(end, "]") && glued(tokens_, end);
    const bool cut_off = end == tokens_.size() || !glued(tokens_, end);
    if (!closed && !cut_off) return i;
    return take(i, end + (closed ? 1 : 0), label::agency_code,
                "letters and digits of a story code behind a bracket");
  }

  // "... said on Monday. — AFP" at the end of the line.
  std::size_t signature(std::size_t i) {
    const auto agency = words_.match(word_class::agency, tokens_, i);
    if (!agency || !is_capital(i) || i + agency->tokens != tokens_.size()) return 0;
    return take(i, tokens_.size(), label::credits, "an agency behind the last sentence");
  }

  // The next closing mark behind i; asked with growing i, so that a line full of open brackets
  // stays linear.
  std::size_t closing(std::size_t i) {
    const bool round = mark(i, "(");
    std::size_t& at = round ? next_round_ : next_square_;
    at = std::max(at, i);
    while (at < tokens_.size() && !mark(at, round ? ")" : "]")) ++at;
    return at;
  }

  // "(Reportage de ...)" to the end of the line, "(AFP)" at the end of the line, "[Lire aussi]"
  // anywhere.
  std::size_t bracketed(std::size_t i) {
    if (words_.match(word_class::credit, tokens_, i + 1)) {
      const std::size_t close = closing(i);
      const bool last = close + 2 >= tokens_.size();
      if (last) return take(i, tokens_.size(), label::credits, "credits of an agency's staff");
    }
    const auto agency = words_.match(word_class::agency, tokens_, i + 1);
    const std::size_t behind = i + 1 + (agency ? agency->tokens : 0);
    if (agency && is_capital(i + 1) && (mark(behind, ")") || mark(behind, "]")) &&
        behind + 2 >= tokens_.size()) {
      return take(i, behind + 1, label::source_line, "an agency's name in brackets ends the line");
    }
    if (const std::size_t end = agency_and_date(i); end > i)
      return take(i, end, label::date_line, agency_date_why);
    if (const std::size_t end = initials_end(text_, tokens_, i + 1);
        end > i + 1 && ends_sentence(i) && mark(end, ")") && end + 1 == tokens_.size()) {
      return take(i, end + 1, label::credits, "initials of an agency's staff");
    }
    const auto notice = words_.match(word_class::line, tokens_, i + 1);
    const std::size_t end = i + 1 + (notice ? notice->tokens : 0);
    if (notice && (mark(end, ")") || mark(end, "]"))) {
      return take(i, end + 1, *label_named(notice->what->value), "a phrase of sites in brackets");
    }
    return i;
  }

  // "(© AFP / 3 mars 2021 09h14)" at the end of the line.
  std::size_t agency_and_date(std::size_t i) const {
    std::size_t at = behind_signs(i + 1);
    const auto agency = words_.match(word_class::agency, tokens_, at);
    if (!agency || !is_capital(at)) return i;
    at = behind_signs(at + agency->tokens);
    if (at >= tokens_.size()) return i;
    const auto date = match_date(text_, tokens_, at, words_);
    if (!date || date->first != at || !date->from.year || !date->from.day) return i;
    at = date->end;
    if (const auto clock = match_clock(text_, tokens_, behind_signs(at), words_)) at = clock->end;
    return (mark(at, ")") || mark(at, "]")) && at + 1 == tokens_.size() ? at + 1 : i;
  }

  std::size_t behind_signs(std::size_t i) const {
    while (mark(i, "©") || mark(i, "/") || mark(i, "-") || mark(i, ",") || mark(i, "|")) ++i;
    return i;
  }

  // Whether a sentence ends in front of token i.
  bool ends_sentence(std::size_t i) const {
    if (i == 0 || tokens_[i - 1].kind != token_kind::mark) return false;
    return mark(i - 1, ".") || mark(i - 1, "!") || mark(i - 1, "?") || mark(i - 1, "»") ||
           mark(i - 1, "”") || mark(i - 1, "\"");
  }

  // "... at noon. Also read - Two Swans Rescued From The Lock" down to the end of the line: another
  // headline behind a phrase that heads such, and no sentence of the text behind it.
  std::size_t link_end(std::size_t i) {
    const std::size_t headline = headline_behind(text_, tokens_, i, words_);
    if (headline == 0 || tokens_.size() - headline > longest_link) return i;
    for (std::size_t k = headline; k < tokens_.size(); ++k)
      if (mark(k, ".") && (k + 1 == tokens_.size() || !glued(tokens_, k + 1))) return i;
    return take(i, tokens_.size(), label::teaser, "a link to another story behind the sentence");
  }

  // "MOSCOU, 17 juillet (Reuters) -" in front of the first sentence.
  std::size_t dateline() {
    if (mark(0, "(")) return agency_first();
    if (!is_capital(0)) return 0;
    const std::size_t most = std::min(tokens_.size(), longest_dateline);
    for (std::size_t i = 1; i + 2 < most; ++i) {
      if (mark(i, ".") && !abbreviates(i)) return 0;
      if (!mark(i, "(")) continue;
      const auto agency = words_.match(word_class::agency, tokens_, i + 1);
      const std::size_t behind = i + 1 + (agency ? agency->tokens : 0);
      if (!agency || !mark(behind, ")") || !mark(behind + 1, "-")) return 0;
      const std::size_t dashes = mark(behind + 2, "-") ? 2 : 1;
      return take(0, behind + 1 + dashes, label::source_line, dateline_why);
    }
    return 0;
  }

  // "(Reuters) - The board has": the place is left out.
  std::size_t agency_first() {
    const auto agency = words_.match(word_class::agency, tokens_, 1);
    const std::size_t behind = 1 + (agency ? agency->tokens : 0);
    if (!agency || !mark(behind, ")") || !mark(behind + 1, "-") || behind + 2 >= tokens_.size())
      return 0;
    return take(0, behind + (mark(behind + 2, "-") ? 3 : 2), label::source_line, dateline_why);
  }

  // "Nov." and "U.S.", not the end of a sentence.
  bool abbreviates(std::size_t i) const {
    return glued(tokens_, i) && tokens_[i - 1].fold.size() <= longest_abbreviation;
  }

  // Whether a sentence runs on at token i, so that a capital there opens nothing.
  bool inside_sentence(std::size_t i) const {
    if (i == 0) return false;
    const auto& before = tokens_[i - 1];
    return before.kind != token_kind::mark || before.fold == ",";
  }

  // "Cheap flights": of two words or more, and no name is written so.
  bool is_no_name(std::size_t i, std::size_t tokens) const {
    return tokens > 1 && is_capital(i) && word(i + 1) && !is_capital(i + 1);
  }

  // A link text such as "Agence web Nantes" pasted into a sentence: it opens with a capitalised
  // word of commerce in the middle of the sentence, holds at least two such words, nothing but them
  // and names, and the sentence goes on in lower case behind it.
  std::size_t advert(std::size_t i) {
    if (!inside_sentence(i) || !words_.match(word_class::commerce, tokens_, i)) return i;
    std::size_t end = i;
    std::size_t commerce = 0;
    std::size_t taken = 0;
    while (end < tokens_.size() && taken < longest_advert) {
      const auto found = words_.match(word_class::commerce, tokens_, end);
      if (!found && !is_capital(end)) break;
      commerce += found && is_no_name(end, found->tokens) ? 2 : found ? 1 : 0;
      end += found ? found->tokens : 1;
      ++taken;
    }
    const bool goes_on = end >= tokens_.size() || mark(end, ".") || mark(end, ",") ||
                         words_.match(word_class::stop, tokens_, end) ||
                         words_.match(word_class::link, tokens_, end);
    if (commerce < 2 || !goes_on) return i;
    return take(i, end, label::ad_insertion,
                "words of commerce and names that no sentence joins to the text");
  }

  std::string_view text_;
  const page_line& line_;
  token_view tokens_;
  const lexicon& words_;
  std::size_t next_round_ = 0;
  std::size_t next_square_ = 0;
  std::vector<insertion> out_;
};

} // namespace

std::size_t initials_end(std::string_view text, token_view tokens, std::size_t i) {
  const std::size_t first = i;
  std::size_t staff = 0;
  for (; i < tokens.size() && tokens[i].kind == token_kind::word; i += 2) {
    const std::string_view word = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
    const auto in = [&](char a, char z) {
      return std::all_of(word.begin(), word.end(), [&](char c) { return a <= c && c <= z; });
    };
    if (word.size() < 2 || word.size() > longest_initials) return first;
    if (!in('a', 'z') && !in('A', 'Z')) return first;
    ++staff;
    const bool more = i + 1 < tokens.size() && tokens[i + 1].fold == "/" && glued(tokens, i + 1) &&
                      i + 2 < tokens.size() && glued(tokens, i + 2);
    if (more) continue;
    return staff > 1 ? i + 1 : first;
  }
  return first;
}

std::vector<insertion> find_insertions(std::string_view text, const page_line& line,
                                       const lexicon& words) {
  return cutter(text, line, words).run();
}

} // namespace vigie::press
