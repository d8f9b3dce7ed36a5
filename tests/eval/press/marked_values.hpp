// SPDX-License-Identifier: Apache-2.0
// What the words in a mark and in the lines below a marked page mean (docs/operate/eval.md). Called
// by read_marked, which adds file and line: all throw std::invalid_argument that says what is wrong
// and what is expected. Pure; any thread.
#pragma once

#include "gold.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::eval {

[[nodiscard]] bool is_kept(std::string_view label); // labels of the article's own text
[[nodiscard]] bool is_label(std::string_view label);

// Without empty parts.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char by);

// Takes optional, doubtful and accept=... out of `words`.
[[nodiscard]] certainty take_certainty(std::vector<std::string>& words);

// `words`: value and basis; `text`: what stands in the mark.
[[nodiscard]] gold_date date_of(span at, const std::string& text,
                                const std::vector<std::string>& words, const certainty& sure);

// `words`: value with > < ~ before it or low..high, and the unit.
[[nodiscard]] gold_figure figure_of(span at, const std::string& text,
                                    const std::vector<std::string>& words, const certainty& sure);

// actor, target, place, time, modality or by of an event.
void set_argument(gold_event& v, const std::string& key, const std::string& value);

[[nodiscard]] bool looks_like_an_id(const std::string& argument); // "e12"

} // namespace vigie::press::eval
