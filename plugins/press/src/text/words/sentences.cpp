// SPDX-License-Identifier: Apache-2.0
#include "sentences.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

// Quotes and brackets that close what the sentence before them opened: French sets a no-break space
// in front of "»", and the rules then take it for the start of the next sentence.
std::size_t behind_closers(std::string_view text, std::size_t at) {
  std::size_t kept = at;
  while (at < text.size()) {
    const char32_t c = next_char(text, at);
    if (is_blank(c)) continue;
    if (c != U'»' && c != U'”' && c != U'›' && c != U')' && c != U']') break;
    kept = at;
  }
  return kept;
}

bool has_letters_or_digits(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (is_letter(c) || is_digit(c)) return true;
  }
  return false;
}

// Bytes at which a sentence may end: . ! ?, what ends lines, ; in Greek, and the first ones of
// characters beyond Latin, of which some are looked at more closely.
constexpr std::array<bool, 256> sentence_ends = [] {
  std::array<bool, 256> out{};
  for (const char c : {'.', '!', '?', ';', '\n', '\r', '\v', '\f'})
    out[static_cast<unsigned char>(c)] = true;
  out[0xC2] = true;
  for (std::size_t c = 0xCE; c < 256; ++c) out[c] = true;
  return out;
}();

// Signs of Latin text that end nothing: all that begin with C2 but U+0085; dashes, quotes, the
// ellipsis, the narrow blank.
bool is_harmless(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (byte(at) == 0xC2) return byte(at + 1) != 0x85;
  const unsigned sign = byte(at + 2);
  return byte(at) == 0xE2 && byte(at + 1) == 0x80 &&
         ((sign >= 0x90 && sign <= 0x9F) || sign == 0xA6 || sign == 0xAF);
}

// Whether nothing that may end a sentence stands in front of the line's last signs, as in headlines
// and short paragraphs: no rule of the standard breaks such a line.
bool is_one_sentence(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() &&
         (!sentence_ends[static_cast<unsigned char>(line[at])] || is_harmless(line, at)))
    ++at;
  return line.find_first_not_of(".!?)]\"'", at) == std::string_view::npos;
}

// Where a sentence that is too long is cut: behind its last blank that keeps it short enough, or
// between two characters where it has none.
std::size_t place_to_cut(std::string_view line, std::size_t begin) {
  const std::size_t most = begin + longest_sentence;
  for (std::size_t at = most; at > begin; --at)
    if (line[at - 1] == ' ') return at;
  std::size_t at = most;
  while (at > begin + 1 && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

// The parts of [begin, end) without blanks at their sides.
void add_sentence(std::string_view line, std::size_t begin, std::size_t end,
                  std::vector<byte_span>& out) {
  while (begin < end) {
    const byte_span whole = trimmed(line, {begin, end});
    const bool too_long = whole.size() > longest_sentence;
    const std::size_t behind = too_long ? place_to_cut(line, whole.begin) : end;
    const byte_span inner = trimmed(line, {whole.begin, std::min(behind, end)});
    if (inner.size() > 0) out.push_back(inner);
    begin = behind;
  }
}

} // namespace

struct sentence_splitter::state {
  std::unique_ptr<icu::BreakIterator> breaks;
};

sentence_splitter::sentence_splitter(std::string_view language) : state_(new state) {
  const std::string name = std::string(language) + "@ss=standard";
  UErrorCode error = U_ZERO_ERROR;
  state_->breaks.reset(
      icu::BreakIterator::createSentenceInstance(icu::Locale(name.c_str()), error));
  if (U_FAILURE(error)) state_->breaks.reset();
}

sentence_splitter::~sentence_splitter() = default;
sentence_splitter::sentence_splitter(sentence_splitter&&) noexcept = default;
sentence_splitter& sentence_splitter::operator=(sentence_splitter&&) noexcept = default;

std::vector<byte_span> sentence_splitter::split(std::string_view line) const {
  std::vector<byte_span> out;
  const auto add = [&](std::size_t begin, std::size_t end) { add_sentence(line, begin, end, out); };
  if (is_one_sentence(line)) {
    add(0, line.size());
    return out;
  }
  UErrorCode error = U_ZERO_ERROR;
  UText* bytes = utext_openUTF8(nullptr, line.data(), static_cast<int64_t>(line.size()), &error);
  if (U_SUCCESS(error) && state_->breaks) state_->breaks->setText(bytes, error);
  if (U_FAILURE(error) || !state_->breaks) {
    utext_close(bytes);
    add(0, line.size());
    return out;
  }
  std::size_t begin = 0;
  std::size_t looked = 0; // no letter stands in [begin, looked)
  for (auto at = state_->breaks->next(); at != icu::BreakIterator::DONE;
       at = state_->breaks->next()) {
    const std::size_t end = behind_closers(line, static_cast<std::size_t>(at));
    if (end <= begin) continue;
    looked = std::max(looked, begin);
    if (end > looked && !has_letters_or_digits(line.substr(looked, end - looked))) {
      looked = end;
      continue;
    }
    add(begin, end);
    begin = end;
  }
  if (begin < line.size()) add(begin, line.size());
  utext_close(bytes);
  return out;
}

std::vector<sentence> sentence_splitter::split(const mapped_text& text) const {
  std::vector<sentence> out;
  for (const byte_span& line : text.lines()) {
    const std::string_view bytes = std::string_view(text.text.text).substr(line.begin, line.size());
    for (const byte_span& s : split(bytes)) {
      const byte_span inside{line.begin + s.begin, line.begin + s.end};
      out.push_back({inside, text.label_at(inside.begin)});
    }
  }
  return out;
}

} // namespace vigie::press
