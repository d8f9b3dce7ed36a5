// SPDX-License-Identifier: Apache-2.0
#include "language.hpp"

#include <algorithm>

// cld2's header uses FILE without including it.
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <stdio.h>

namespace vigie::press {
namespace {

// Some forty words. Where CLD2 is sure of them and finds no second language, more change nothing.
constexpr std::size_t first_sample = 256;
constexpr std::size_t short_sample = 64; // one of two
constexpr double clear_share = 0.95;

// A sample that is whole characters; bytes of one that was cut go.
std::string_view sample_of(std::string_view text, std::size_t from, std::size_t bytes) {
  const auto inside = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  std::size_t end = std::min(text.size(), from + bytes);
  while (end > from && inside(end)) --end;
  while (from < end && inside(from)) ++from;
  return text.substr(from, end - from);
}

language_guess judge(std::string_view sample) {
  CLD2::Language three[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                             CLD2::UNKNOWN_LANGUAGE};
  int percent[3] = {0, 0, 0};
  double scores[3] = {0, 0, 0};
  int text_bytes = 0;
  bool reliable = false;
  int valid = 0;
  const CLD2::CLDHints no_hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING,
                                   CLD2::UNKNOWN_LANGUAGE};
  const auto detect = [&](int bytes) {
    return CLD2::ExtDetectLanguageSummaryCheckUTF8(sample.data(), bytes, true, &no_hints, 0, three,
                                                   percent, scores, nullptr, &text_bytes, &reliable,
                                                   &valid);
  };
  const int size = static_cast<int>(sample.size());
  detect(size);
  if (valid < size) detect(valid);
  language_guess out;
  if (three[0] == CLD2::UNKNOWN_LANGUAGE) return out;
  out.code = CLD2::LanguageCode(three[0]);
  out.reliable = reliable;
  out.share = percent[0] / 100.0;
  return out;
}

bool sure(const language_guess& g) { return g.reliable && g.share >= clear_share; }

} // namespace

language_guess guess_language(std::string_view text, std::size_t most_bytes) {
  if (std::min(text.size(), most_bytes) > first_sample) {
    const language_guess first = judge(sample_of(text, 0, first_sample));
    if (sure(first)) return first;
  }
  return judge(sample_of(text, 0, most_bytes));
}

language_guess guess_language_of_page(std::string_view page) {
  const auto middle = [&](std::size_t bytes) {
    return page.size() > bytes ? (page.size() - bytes) / 2 : 0;
  };
  if (page.size() > first_sample) {
    // Of two places: a quotation in another language seldom fills both.
    std::string two(sample_of(page, page.size() * 2 / 5, short_sample));
    two += ' ';
    two += sample_of(page, page.size() * 3 / 5, short_sample);
    const language_guess guess = judge(two);
    if (sure(guess)) return guess;
    const language_guess first = judge(sample_of(page, middle(first_sample), first_sample));
    if (sure(first)) return first;
  }
  const std::size_t skip = middle(most_judged);
  const std::size_t line = page.find('\n', skip);
  const std::size_t from = skip == 0 || line == std::string_view::npos ? skip : line + 1;
  return judge(sample_of(page, from, most_judged));
}

} // namespace vigie::press
