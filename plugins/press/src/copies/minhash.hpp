// SPDX-License-Identifier: Apache-2.0
// Sketches of texts, of which the share of equal numbers estimates how alike the texts are: MinHash
// (Broder, On the resemblance and containment of documents, 1997) over runs of five words, with the
// lowest 16 bits of each minimum kept (Li, Koenig, b-bit minwise hashing, WWW 2010). Called by
// press.fingerprint and where copies are looked for. All seeds are fixed: a text has the same
// sketch on every machine. Pure functions, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::press {

inline constexpr std::size_t sketch_size = 120, shingle_words = 5;

using sketch = std::array<std::uint16_t, sketch_size>;

struct sketched {
  sketch numbers{};
  std::int32_t words = 0;
};

// Of a text as fold_words writes it. A text of less than five words is one shingle; nothing where
// it has none. Linear time.
[[nodiscard]] std::optional<sketched> sketch_of(std::string_view folded);

// The estimated Jaccard similarity of the sets of shingles, 0 to 1; standard error
// sqrt(s (1 - s) / 120), 0.037 at 0.8.
[[nodiscard]] double similarity(const sketch& a, const sketch& b);

// The way numbers are lowered, for tests: each must give the same. Lowers every minimum by `n`
// shingles.
using lower_function = void (*)(std::uint32_t* minima, const std::uint32_t* shingles,
                                std::size_t n);
[[nodiscard]] lower_function lower_baseline();
[[nodiscard]] lower_function lower_fastest(); // what this processor can do

} // namespace vigie::press
