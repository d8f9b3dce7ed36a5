// SPDX-License-Identifier: Apache-2.0
// One claim: an event as one page tells it, with all that its row says, and its form as bytes, in
// which tasks hold it and hand it to one another. Called by press.claims. Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

using day_number = std::int32_t; // days since 1970-01-01

struct claim_figure {
  double value = 0;
  std::optional<double> high = {}; // of ranges
  std::string bound, unit, unit_key, counted, text;

  template <class Self, class Each> static void parts(Self& self, Each& each); // for pack()
};

struct claim_place {
  std::string name, iso; // iso empty: none known

  template <class Self, class Each> static void parts(Self& self, Each& each); // for pack()
};

struct claim {
  std::string file, title, url, publisher, agency;
  std::optional<day_number> published = {};
  std::string type;
  std::vector<std::string> actors, targets; // names, or the words of the text
  std::vector<std::string> target_keys;     // what targets are compared by
  std::vector<claim_place> places;
  std::vector<std::string> scope; // ISO codes of the places, else those of the actors
  std::string date_basis;         // "none": the event has no date
  std::optional<day_number> from = {}, to = {};
  std::vector<claim_figure> figures;
  std::string modality, attributed_to;
  bool measurable = false;
  std::string text;                                              // the sentence
  std::int32_t at = 0, size = 0;                                 // the event, in the body
  std::optional<std::int64_t> offset = {}, sentence_offset = {}; // in the input
  std::optional<std::int32_t> length = {}, sentence_length = {};

  // Days by which claims are compared: its own; where it has no date at all, the publication day.
  [[nodiscard]] std::optional<day_number> first_day() const;
  [[nodiscard]] std::optional<day_number> last_day() const;

  template <class Self, class Each> static void parts(Self& self, Each& each); // for pack()
};

// `unpack(pack(c))` is c; equal claims have equal bytes.
[[nodiscard]] std::string pack(const claim& c);
// Throws error(E_INTERNAL) where the bytes are not those of a claim.
[[nodiscard]] claim unpack(std::string_view bytes);

// Of equal value for all bytes that differ between copies of a text only: lower case, no accents,
// no punctuation, one blank between words.
[[nodiscard]] std::string plain_words(std::string_view text);

} // namespace vigie::press
