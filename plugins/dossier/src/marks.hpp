// SPDX-License-Identifier: Apache-2.0
// Which words of a sentence its figures and its date were read from, and where a long sentence is
// cut. Called once a statement. Pure functions, any thread. Bounded work on hostile rows: words are
// looked for in the first 16 KiB of a sentence and up to 256 bytes long, and 1,000 are marked.
#pragma once

#include "statement.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::dossier {

// Bytes [begin, end) of the sentence, on borders of characters.
struct mark {
  enum class kind : std::uint8_t { figure, date };
  std::size_t begin = 0, end = 0;
  kind what = kind::figure;
};

// In order, without overlap. A place in the file counts where the sentence is its bytes of the file
// unchanged (as long as its span) and the place holds the words it should; else the first
// occurrence of the words as whole words counts that no other figure has taken.
[[nodiscard]] std::vector<mark> find_marks(const statement& s);

// Bytes of the sentence to show, so that they are `most` characters at most (0: all of them): up to
// the end of a word, unless a single word is longer, and never inside of a mark.
[[nodiscard]] std::size_t cut_at(std::string_view text, std::size_t most,
                                 const std::vector<mark>& marks);

} // namespace vigie::dossier
