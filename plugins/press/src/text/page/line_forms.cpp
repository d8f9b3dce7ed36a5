// SPDX-License-Identifier: Apache-2.0
// Forms of single lines: captions, paths to a page, names of files, times of day, names of people.
#include "page.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_caption = 45;
constexpr std::size_t longest_owner = 6; // words behind "photo:"
constexpr std::size_t most_words_of_name = 5;
constexpr std::size_t longest_time = 6;   // words on the line of a time of day
constexpr std::size_t most_names = 8;     // words
constexpr std::size_t most_capitals = 12; // words of owners in capitals
constexpr int hours = 24;
constexpr std::size_t longest_address = 12; // words
constexpr std::size_t digits_of_telephone = 9;
constexpr std::size_t longest_author = 16; // words, name and role behind a quotation
constexpr std::size_t least_shown = 5;     // words of what a picture shows, its owner behind it
constexpr std::size_t most_shown = 30;
constexpr std::size_t most_of_owner = 3;      // words of a name that no word announces
constexpr std::size_t least_letters = 4;      // of a word that tells sentences from headlines
constexpr std::size_t least_of_last_word = 6; // letters of one with a capital: no "Prof."

// "&gt;" of a page that was escaped twice.
bool is_escaped_arrow(std::string_view text, const token& t) {
  return is_mark(t, "&") && text.substr(t.begin).starts_with("&gt;");
}

// "03/2015": of a date or a fraction.
bool between_numbers(token_view tokens, std::size_t i) {
  return i > 0 && i + 1 < tokens.size() && tokens[i - 1].kind == token_kind::number &&
         tokens[i + 1].kind == token_kind::number;
}

bool in_capitals(std::string_view text, const token& t) {
  const std::string_view bytes = text.substr(t.begin, t.end - t.begin);
  return bytes.size() > 1 &&
         std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Whether a sentence, or what stands in front of a bar or a bracket, ends at token i.
bool is_stop(token_view tokens, std::size_t i) {
  const bool opens = is_mark(tokens[i], "(") || is_mark(tokens[i], "[");
  return opens || is_mark(tokens[i], "|") ||
         (is_mark(tokens[i], ".") && i > 0 && i + 1 < tokens.size() && !glued(tokens, i + 1) &&
          tokens[i - 1].fold.size() > 1);
}

// "HARBOUR PRESS/Anna Roy", "[Anna Roy/Reuters]", "(Anna Roy / The Gull)": a slash with an agency
// beside it, words in capitals before it, or blanks around it in brackets.
bool is_owner_with_slash(std::string_view text, token_view tokens, std::size_t i,
                         const lexicon& words) {
  const bool bracketed = i > 0 && (is_mark(tokens[i - 1], "(") || is_mark(tokens[i - 1], "[")) &&
                         (is_mark(tokens.back(), ")") || is_mark(tokens.back(), "]"));
  bool owner = words.match(word_class::agency, tokens, i).has_value();
  bool slash = false;
  std::size_t count = 0;
  for (; i < tokens.size(); ++i) {
    const token& t = tokens[i];
    const bool even =
        bracketed || (i + 1 < tokens.size() && glued(tokens, i) == glued(tokens, i + 1));
    const bool joins =
        is_mark(t, "/") && i + 1 < tokens.size() && even && !between_numbers(tokens, i);
    slash = slash || joins;
    owner = owner || (joins && words.match(word_class::agency, tokens, i + 1)) ||
            (joins && bracketed && !glued(tokens, i) && count >= 2);
    owner = owner || (!slash && is_word(t) && in_capitals(text, t));
    if (is_word(t) && !capital(text, t)) return false;
    if (t.kind == token_kind::number) return false;
    count += is_word(t) ? 1 : 0;
  }
  return slash && owner && count >= 2 && count <= longest_owner;
}

// "Captains wait for the tide on Tuesday. Ada Quill / The Gull": one sentence, and names instead of
// another.
bool ends_with_name(std::string_view text, token_view tokens) {
  std::size_t i = tokens.size();
  std::size_t names = 0, slashes = 0;
  for (; i > 0; --i) {
    const bool slash = is_mark(tokens[i - 1], "/");
    if (!slash && (!is_word(tokens[i - 1]) || !capital(text, tokens[i - 1]))) break;
    names += slash ? 0 : 1;
    slashes += slash ? 1 : 0;
  }
  if (names < 2 || slashes > 1 || names > most_of_owner + 2 * slashes || i < 2 ||
      !is_mark(tokens[i - 1], "."))
    return false;
  const token& last = tokens[i - 2];
  if (is_word(last) && capital(text, last) && last.fold.size() < least_of_last_word) return false;
  if (last.kind == token_kind::mark) return false;
  std::size_t words = 0, heavy = 0, small = 0;
  for (std::size_t k = 0; k + 1 < i; ++k) {
    if (is_mark(tokens[k], ".") && !glued(tokens, k + 1)) return false;
    if (!is_word(tokens[k])) continue;
    ++words;
    if (tokens[k].fold.size() < least_letters) continue;
    ++heavy;
    small += capital(text, tokens[k]) ? 0 : 1;
  }
  return words >= least_shown && words <= most_shown && 2 * small >= heavy;
}

// "Boats in the fog Photo: Anna Roy", "... at noon.Image: fotocentral": a word of pictures with its
// colon anywhere in an unfinished line, and names to its end.
bool ends_with_owner(std::string_view text, const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  if (line.terminal) return false;
  std::size_t behind = 0;
  for (std::size_t i = tokens.size(); i > 1 && behind <= longest_owner; --i) {
    const token& t = tokens[i - 1];
    if (!is_word(t)) continue;
    if (behind > 0 && capital(text, t) && line.begins(i - 1, bit_of(word_class::start))) {
      const auto owner = words.match(word_class::start, tokens, i - 1);
      const bool picture = owner && owner->what->value == label_name(label::image_alt) &&
                           is_mark(tokens[i - 2 + owner->tokens], ":");
      if (picture) return true;
    }
    if (behind > 0 && !capital(text, tokens[i - 1])) return false;
    ++behind;
  }
  return false;
}

// "A man reads in Hanoi. — Reuters", "The pupils at noon. | ARCHIVES THE GULL": behind a sentence
// and a dash an agency, or behind a bar nothing but capitals.
bool is_signed(std::string_view text, token_view tokens, const lexicon& words) {
  std::size_t i = tokens.size();
  while (i > 0 && is_word(tokens[i - 1])) --i;
  if (i < 2 || i == tokens.size() || !is_mark(tokens[i - 2], ".")) return false;
  const auto agency = words.match(word_class::agency, tokens, i);
  if (is_mark(tokens[i - 1], "-") && agency && i + agency->tokens == tokens.size())
    return !glued(tokens, i - 1) && capital(text, tokens[i]);
  return is_mark(tokens[i - 1], "|") && tokens.size() - i <= longest_owner &&
         std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(i), tokens.end(),
                     [&](const token& t) { return in_capitals(text, t); });
}

// "... on 11 March. PAVEL ROY / AGENCY FOR « THE GULL »": behind a sentence capitals alone.
bool ends_in_capitals(std::string_view text, token_view tokens) {
  std::size_t names = 0;
  for (std::size_t i = tokens.size(); i > 1; --i) {
    const token& t = tokens[i - 1];
    if (is_mark(t, ".")) return names >= 2 && names <= most_capitals && !glued(tokens, i);
    const std::string_view bytes = text.substr(t.begin, t.end - t.begin);
    const bool lower =
        std::any_of(bytes.begin(), bytes.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (t.kind == token_kind::number || (is_word(t) && lower)) return false;
    names += is_word(t) ? 1 : 0;
  }
  return false;
}

bool is_picture(const lexicon::found& found) {
  return found.what->value == label_name(label::image_alt);
}

// "Figure 2 – Boats by port": a word of pictures, its number and a mark; and "A roulette wheel
// (illustration)".
bool is_named_picture(const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  if (line.terminal || tokens.size() < 4) return false;
  const auto name = words.match(word_class::line, tokens, 0);
  const std::size_t n = name ? name->tokens : 0;
  if (name && is_picture(*name) && n + 2 < tokens.size() && tokens[n].kind == token_kind::number &&
      tokens[n + 1].kind == token_kind::mark)
    return true;
  if (!is_mark(tokens.back(), ")")) return false;
  std::size_t open = tokens.size() - 1;
  while (open > 1 && !is_mark(tokens[open], "(")) --open;
  const auto what = words.match(word_class::line, tokens, open + 1);
  return what && is_picture(*what) && open + 1 + what->tokens + 1 == tokens.size();
}

// A caption printed twice without a blank between, as text and as what stands for the picture.
bool is_doubled(std::string_view text, const page_line& line) {
  const std::size_t half = line.span.size() / 2;
  if (line.words < 2 * least_shown || line.span.size() != 2 * half) return false;
  return text.substr(line.span.begin, half) == text.substr(line.span.begin + half, half);
}

// Behind ':' or 'h' of a time: two digits; else 0.
std::size_t minutes_end(token_view tokens, std::size_t i) {
  const bool digits =
      i < tokens.size() && tokens[i].kind == token_kind::number && tokens[i].fold.size() == 2;
  return digits ? i + 1 : 0;
}

int value_of(const token& t) {
  int out = 0;
  for (const char c : std::string_view(t.fold).substr(0, 3)) out = 10 * out + (c - '0');
  return out;
}

} // namespace

bool wide_gap(std::string_view text, token_view tokens, std::size_t i) {
  if (i == 0 || tokens[i].begin - tokens[i - 1].end < 2) return false;
  const std::string_view between =
      text.substr(tokens[i - 1].end, tokens[i].begin - tokens[i - 1].end);
  return between.find("  ") != std::string_view::npos ||
         between.find('\t') != std::string_view::npos;
}

std::size_t headline_behind(std::string_view text, token_view tokens, std::size_t i,
                            const lexicon& words) {
  const auto found = words.match(word_class::start, tokens, i);
  if (!found || found->what->value != label_name(label::sidebar)) return 0;
  std::size_t at = i + found->tokens;
  const bool colon = is_mark(tokens[at - 1], ":");
  if (!colon && (at >= tokens.size() || !(is_mark(tokens[at], ":") || separates(tokens, at))))
    return 0;
  at += colon ? 0 : 1;
  while (at < tokens.size() && tokens[at].kind == token_kind::mark) ++at;
  const bool begins =
      at < tokens.size() && (tokens[at].kind == token_kind::number || capital(text, tokens[at]));
  return begins ? at : 0;
}

std::size_t author_behind_quote(std::string_view text, token_view tokens) {
  if (tokens.empty() || (!is_mark(tokens[0], "“") && !is_mark(tokens[0], "«"))) return 0;
  const std::string_view close = is_mark(tokens[0], "«") ? "»" : "”";
  std::size_t i = tokens.size();
  std::size_t behind = 0; // words
  while (i > 0 && !is_mark(tokens[i - 1], close) && behind <= longest_author)
    behind += is_word(tokens[--i]) ? 1 : 0;
  if (i < 2 || behind > longest_author || tokens[i - 2].kind != token_kind::mark) return 0;
  while (i < tokens.size() && (is_mark(tokens[i], "-") || is_mark(tokens[i], "—"))) ++i;
  std::size_t name = i; // behind the name
  while (name < tokens.size() && is_word(tokens[name]) && capital(text, tokens[name])) ++name;
  const bool role = name < tokens.size() && is_mark(tokens[name], ",");
  return name >= i + 2 && role && !is_mark(tokens.back(), ".") ? i : 0;
}

std::optional<clock_time> clock_at(token_view tokens, std::size_t i) {
  if (i + 2 >= tokens.size() || tokens[i].kind != token_kind::number || tokens[i].fold.size() > 2)
    return std::nullopt;
  const std::string_view sign = tokens[i + 1].fold;
  const bool colon = sign == ":" || sign == ".";
  if (!colon && sign != "h") return std::nullopt;
  if (colon && (!glued(tokens, i + 1) || !glued(tokens, i + 2))) return std::nullopt;
  const std::size_t end = minutes_end(tokens, i + 2);
  if (end == 0 || value_of(tokens[i]) >= hours) return std::nullopt;
  return clock_time{60 * value_of(tokens[i]) + value_of(tokens[i + 2]), end, sign != "."};
}

std::optional<label> label_of_time(const page_line& line, const lexicon& words) {
  const token_view t = line.tokens;
  if (line.words > longest_time || t.size() < 3) return std::nullopt;
  const auto filler = [&](std::size_t i) -> std::size_t {
    for (const auto c : {word_class::zone, word_class::date_filler}) {
      if (const auto found = words.match(c, t, i)) return found->tokens;
    }
    return 0;
  };
  const auto updated = words.match(word_class::updated, t, 0);
  std::size_t i = updated ? updated->tokens : 0;
  while (updated && filler(i) > 0) i += filler(i);
  const auto time = clock_at(t, i);
  if (!time) return std::nullopt;
  bool named = updated.has_value() || time->sure;
  for (i = time->end; i < t.size();) {
    const std::size_t behind = filler(i);
    if (behind == 0 && t[i].kind != token_kind::mark) return std::nullopt;
    named = named || behind > 0;
    i += std::max<std::size_t>(behind, 1);
  }
  if (!named) return std::nullopt;
  return updated ? label::date_line : label::ticker_label;
}

bool is_file_name(const page_line& line) {
  const token_view tokens = line.tokens;
  if (tokens.size() < 3) return false;
  std::size_t underscores = 0;
  std::size_t hyphens = 0;
  bool digits = false;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (!glued(tokens, i)) return false;
    underscores += is_mark(tokens[i], "_") ? 1 : 0;
    hyphens += is_mark(tokens[i], "-") ? 1 : 0;
    digits = digits || tokens[i].kind == token_kind::number;
  }
  if (hyphens >= 2 && digits && is_word(tokens[0])) return true; // "tide-method-v2"
  const std::string_view last = tokens.back().fold;
  const bool image = last == "jpg" || last == "jpeg" || last == "png" || last == "gif" ||
                     last == "webp" || last == "svg";
  return underscores >= 2 || (image && is_mark(tokens[tokens.size() - 2], "."));
}

bool is_caption(std::string_view text, const page_line& line, const lexicon& words) {
  const token_view tokens = line.tokens;
  if (is_doubled(text, line)) return true;
  if (line.words > longest_caption || tokens.empty()) return false;
  if (is_signed(text, tokens, words) || is_named_picture(line, words)) return true;
  if (!line.terminal && ends_in_capitals(text, tokens)) return true;
  std::size_t behind = 0; // words behind the sign
  for (std::size_t i = tokens.size(); i > 1 && behind <= most_words_of_name; --i) {
    if (is_mark(tokens[i - 1], "©")) return behind > 0;
    behind += is_word(tokens[i - 1]) ? 1 : 0;
  }
  if (!line.terminal && ends_with_name(text, tokens)) return true;
  if (ends_with_owner(text, line, words)) return true;
  behind = 0;
  for (std::size_t i = tokens.size(); i-- > 0 && behind <= longest_owner + 2;) {
    if (behind > 0 && is_stop(tokens, i)) {
      const auto owner = words.match(word_class::start, tokens, i + 1);
      if ((owner && owner->what->value == label_name(label::image_alt)) ||
          is_owner_with_slash(text, tokens, i + 1, words))
        return true;
    }
    behind += is_word(tokens[i]) ? 1 : 0;
  }
  return false;
}

// Names of at most twelve words with ">", ">>", "›", "‹", "/" or "→" between, and no sentence.
bool is_breadcrumb(std::string_view text, const page_line& line) {
  const token_view tokens = line.tokens;
  if (line.terminal || line.words == 0 || line.words > 20) return false;
  std::size_t arrows = 0;
  std::size_t slashes = 0;
  std::size_t since = 0;
  bool named = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const token& t = tokens[i];
    const bool arrow = is_mark(t, ">") || is_mark(t, "›") || is_mark(t, "‹") || is_mark(t, "→") ||
                       is_mark(t, "»") || is_escaped_arrow(text, t);
    const bool slash = is_mark(t, "/") && !between_numbers(tokens, i);
    if (is_mark(t, "«") || is_mark(t, "<")) return false;
    arrows += arrow && named && i + 1 != tokens.size() ? 1 : 0;
    named = named || is_word(t);
    slashes += slash ? 1 : 0;
    since = arrow || slash ? 0 : since + (is_word(t) ? 1 : 0);
    if (since > 12) return false;
  }
  return arrows >= 1 || (slashes >= 2 && line.words <= 10);
}

bool gives_address(const page_line& line) {
  if (line.terminal || line.words > longest_address) return false;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < line.tokens.size(); ++i) {
    const token& t = line.tokens[i];
    const bool joined =
        i > 0 && i + 1 < line.tokens.size() && glued(line.tokens, i) && glued(line.tokens, i + 1);
    if (t.fold == "@" && joined && line.tokens[i - 1].kind != token_kind::mark) return true;
    const bool number = t.kind == token_kind::number;
    const bool sign =
        t.fold == "+" || t.fold == "." || t.fold == "(" || t.fold == ")" || t.fold == "-";
    digits = number ? digits + t.fold.size() : sign ? digits : 0;
    if (digits >= digits_of_telephone) return true;
  }
  return false;
}

bool names_people(std::string_view text, const page_line& line, const lexicon& words) {
  if (line.terminal || line.words > most_names || line.tokens.empty()) return false;
  std::size_t names = 0;
  bool bracket = false;
  bool joined = false; // "Anne Roy in Lyon"
  for (std::size_t i = 0; i < line.tokens.size(); ++i) {
    const token& t = line.tokens[i];
    bracket = is_mark(t, "(") || (bracket && !is_mark(t, ")"));
    const bool mark = t.kind == token_kind::mark;
    if (mark && !is_mark(t, ",") && !is_mark(t, "-") && !is_mark(t, ".") && !is_mark(t, "'") &&
        !is_mark(t, "(") && !is_mark(t, ")") && !is_mark(t, "&"))
      return false;
    if (bracket || mark) continue;
    if (t.kind == token_kind::number) return false;
    if (words.match(word_class::conjunction, line.tokens, i)) continue;
    if (!capital(text, t)) {
      const bool joins = words.match(word_class::stop, line.tokens, i) ||
                         words.match(word_class::link, line.tokens, i);
      if (joined || names < 2 || !joins || i + 1 == line.tokens.size()) return false;
      joined = true;
      continue;
    }
    ++names;
  }
  return names >= 2;
}

} // namespace vigie::press
