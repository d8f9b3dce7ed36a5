// SPDX-License-Identifier: Apache-2.0
#include "text/tokens.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

constexpr char32_t bad = 0xFFFD;
constexpr std::size_t bytes_a_token = 5; // of running text, with the blank behind

void append_utf8(std::string& out, char32_t c) {
  const auto byte = [&](char32_t b) { out.push_back(static_cast<char>(b)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The letter without its accents: the first character of the canonical decomposition, as deep as it
// goes.
char32_t base_letter(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
  if (U_FAILURE(error)) return c;
  UChar buffer[32];
  error = U_ZERO_ERROR;
  const int32_t length = unorm2_getDecomposition(nfd, static_cast<UChar32>(c), buffer, 32, &error);
  if (U_FAILURE(error) || length <= 0) return c;
  if ((buffer[0] & 0xF800) == 0xD800) return c;
  return buffer[0];
}

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// Letters with accents of Latin scripts, by far the most that are not ASCII, folded once.
constexpr char32_t first_latin = 0xC0;
constexpr char32_t last_latin = 0x17F;

char32_t latin_folded(char32_t c) {
  static const auto table = [] {
    std::array<char32_t, last_latin - first_latin + 1> out{};
    for (char32_t l = first_latin; l <= last_latin; ++l)
      out[l - first_latin] = base_letter(static_cast<char32_t>(u_tolower(static_cast<UChar32>(l))));
    return out;
  }();
  return table[c - first_latin];
}

void fold_char(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
    return;
  }
  if (c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0x201B) return out.push_back('\'');
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return out.push_back('-');
  if (c == 0x152 || c == 0x153) {
    out += "oe";
    return;
  }
  if (c == 0xC6 || c == 0xE6) {
    out += "ae";
    return;
  }
  if (c >= first_latin && c <= last_latin) return append_utf8(out, latin_folded(c));
  if (is_mark(c)) return;
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  append_utf8(out, base_letter(lower));
}

// Pieces are in order and do not overlap, so a page cut into very many pieces still costs a search,
// not a walk.
auto first_touching(const std::vector<passage::piece>& pieces, std::size_t begin) {
  return std::partition_point(pieces.begin(), pieces.end(),
                              [&](const passage::piece& p) { return p.end() <= begin; });
}

} // namespace

char32_t next_char(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4) return bad;
  char32_t c = lead & (0x3Fu >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if (!continues(text, at + i)) return bad;
    c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  const char32_t least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
  if (c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return bad;
  at += more;
  return c;
}

bool is_blank(char32_t c) {
  if (c <= 0x20) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return c == 0xA0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return u_isalpha(static_cast<UChar32>(c)) != 0 || is_mark(c);
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

byte_span trimmed(std::string_view text, byte_span span) {
  const std::string_view window = text.substr(0, span.end);
  std::size_t first = span.begin;
  for (std::size_t at = first; at < span.end; first = at)
    if (!is_blank(next_char(window, at))) break;
  if (first >= span.end) return {span.end, span.end};
  std::size_t last = span.end;
  while (last > first) {
    std::size_t start = last - 1;
    while (start > first && last - start < 4 && continues(window, start)) --start;
    std::size_t at = start;
    const bool whole = is_blank(next_char(window, at)) && at == last;
    if (!whole) break;
    last = start;
  }
  return {first, last};
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) fold_char(out, next_char(text, at));
  return out;
}

namespace {

// Takes ASCII letters of a word, or digits of a number, into the token; behind them.
std::size_t behind_ascii(std::string_view window, std::size_t at, token& t) {
  if (t.kind == token_kind::number) {
    const std::size_t from = at;
    while (at < window.size() && window[at] >= '0' && window[at] <= '9') ++at;
    t.fold.append(window.substr(from, at - from));
    return at;
  }
  for (; at < window.size(); ++at) {
    const char c = window[at];
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && (c < 'a' || c > 'z')) break;
    t.fold.push_back(static_cast<char>(upper ? c + 32 : c));
  }
  return at;
}

} // namespace

std::vector<token> tokenize(std::string_view text, byte_span span) {
  std::vector<token> out;
  const std::string_view window = text.substr(0, span.end);
  std::size_t at = span.begin;
  out.reserve(span.size() / bytes_a_token + 4);
  while (at < span.end) {
    token t;
    t.begin = at;
    char32_t c = next_char(window, at);
    if (is_blank(c)) continue;
    t.kind = is_letter(c) ? token_kind::word : is_digit(c) ? token_kind::number : token_kind::mark;
    fold_char(t.fold, c);
    for (std::size_t ahead = at; t.kind != token_kind::mark && ahead < span.end; at = ahead) {
      at = ahead = behind_ascii(window, ahead, t);
      if (ahead >= span.end) break;
      c = next_char(window, ahead);
      if (t.kind == token_kind::word ? !is_letter(c) : !is_digit(c)) break;
      fold_char(t.fold, c);
    }
    t.end = at;
    t.hash = hash_of(t.fold);
    out.push_back(std::move(t));
  }
  return out;
}

std::vector<token> tokenize(std::string_view text) { return tokenize(text, {0, text.size()}); }

bool glued(token_view tokens, std::size_t i) {
  return i > 0 && i < tokens.size() && tokens[i - 1].end == tokens[i].begin;
}

bool capital(std::string_view text, const token& t) {
  std::size_t at = t.begin;
  if (t.kind != token_kind::word) return false;
  const auto c = static_cast<UChar32>(next_char(text, at));
  return u_isupper(c) != 0 || u_istitle(c) != 0;
}

bool has_capital(std::string_view text, const token& t) {
  if (t.kind != token_kind::word) return false;
  for (std::size_t at = t.begin; at < t.end;) {
    if (u_isupper(static_cast<UChar32>(next_char(text, at))) != 0) return true;
  }
  return false;
}

byte_span passage::piece::source_of(std::size_t begin, std::size_t end) const {
  if (!divisible()) return source;
  const std::size_t from = std::max(begin, at) - at;
  const std::size_t to = std::min(end, this->end()) - at;
  return {source.begin + from, source.begin + to};
}

void passage::append(std::string_view page, byte_span source) {
  if (!pieces.empty()) text.push_back(' ');
  append_as(page.substr(source.begin, source.size()), source);
}

void passage::append_as(std::string_view piece_text, byte_span source) {
  pieces.push_back({text.size(), piece_text.size(), source});
  text += piece_text;
}

std::vector<byte_span> passage::sources(std::size_t begin, std::size_t end) const {
  std::vector<byte_span> out;
  std::size_t behind = 0; // of the last piece taken
  for (auto p = first_touching(pieces, begin); p != pieces.end() && p->at < end; ++p) {
    const byte_span source = p->source_of(begin, end);
    const bool abuts = !out.empty() && p->at == behind && source.begin == out.back().end;
    if (abuts)
      out.back().end = source.end;
    else
      out.push_back(source);
    behind = p->end();
  }
  return out;
}

passage passage::part(std::size_t begin, std::size_t end) const {
  passage out;
  out.text = text.substr(begin, end - begin);
  for (auto p = first_touching(pieces, begin); p != pieces.end() && p->at < end; ++p) {
    const std::size_t from = std::max(begin, p->at);
    const std::size_t to = std::min(end, p->end());
    if (from < to) out.pieces.push_back({from - begin, to - from, p->source_of(begin, end)});
  }
  return out;
}

passage whole_passage(std::string_view page, byte_span source) {
  passage out;
  out.append(page, source);
  return out;
}

} // namespace vigie::press
