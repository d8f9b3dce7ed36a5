// SPDX-License-Identifier: Apache-2.0
// Holds what was found on a page against its gold. Called by the evaluation, the tests of our own
// gold and the ablation. Pure functions; any thread. docs/operate/eval.md says how each is counted.
#pragma once

#include "found.hpp"
#include "gold.hpp"
#include "mapping.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::eval {

struct tally {
  std::size_t hit = 0;
  std::size_t wanted = 0;
  std::size_t found = 0;

  [[nodiscard]] double precision() const; // 1 where nothing was found
  [[nodiscard]] double recall() const;    // 1 where nothing was wanted
  [[nodiscard]] double f1() const;
  void operator+=(const tally& o);
  friend bool operator==(const tally&, const tally&) = default;
};

// One disagreement, for people.
struct finding {
  std::string kind; // "date", "figure", ...
  std::string what; // "missed", "false", "wrong", "decoy taken"
  span at;
  std::string words;
  std::string more; // what was expected and what was found
};

struct scores {
  tally tokens;        // of the clean text
  tally segments;      // label and bytes
  tally segment_bytes; // label of each byte that is not blank
  tally dates;         // value, overlapping bytes
  tally figures;       // value, unit, bound, overlapping bytes
  tally mentions;      // of entities: type, overlapping bytes
  tally entities;      // each thing of a page once
  tally names, isos;   // of the entities that were hit
  tally events;        // type, overlapping trigger
  tally triggers;      // any type
  tally types;         // any place
  tally arguments;     // of the events that were hit: actors, targets, places
  tally times;         // of the events that were hit
  tally modalities;    // of the events that were hit
  tally whole_events;  // type, trigger, modality and every argument
  tally decoys;        // hit: taken for something
  tally decoy_figures; // hit: taken for a figure
  std::vector<finding> findings;

  void operator+=(const scores& o);
};

// `text`: the page as UTF-8. A page that the product rejected is a default `found`.
[[nodiscard]] scores score_page(const gold_page& gold, const found_page& found,
                                std::string_view text, const mapping& words);

} // namespace vigie::press::eval
