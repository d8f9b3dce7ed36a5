// SPDX-License-Identifier: Apache-2.0
// Scores as a table in Markdown, as JSON, and the list of disagreements. For the evaluation. Pure.
#pragma once

#include "score.hpp"

#include <string>
#include <vector>

namespace vigie::press::eval {

struct page_scores {
  std::string file;
  scores got;
};

// `title`: which set. One line a measure, with the aim of the project where there is one.
[[nodiscard]] std::string table(const std::string& title, const scores& sum, std::size_t pages);
// One line a page: F1 of each measure.
[[nodiscard]] std::string page_table(const std::vector<page_scores>& pages);
[[nodiscard]] std::string findings_of(const std::vector<page_scores>& pages);
[[nodiscard]] std::string json(const std::string& title, const std::vector<page_scores>& pages,
                               const scores& sum);

} // namespace vigie::press::eval
