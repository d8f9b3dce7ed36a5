// SPDX-License-Identifier: Apache-2.0
// What the product found on one page, as values: filled from the rows of its JSON Lines (the
// columns of plugins/press/src/columns.hpp), read by the scorer. Offsets as in gold.hpp.
#pragma once

#include "gold.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::eval {

struct found_segment {
  span at;
  std::string label;
};

struct found_date {
  span at;
  std::string text, value;
  std::string from, to; // days, or empty
};

struct found_figure {
  span at;
  std::string text;
  double value = 0;
  double high = 0;
  std::string bound, unit, unit_key;
};

struct found_entity {
  std::string type, name, key, iso;
  std::vector<gold_mention> mentions;
};

// Entities and dates are indices into those of the page.
struct found_event {
  span at;
  std::string type, trigger;
  std::vector<std::size_t> actors, targets, places;
  std::string actor_text, target_text;
  std::optional<std::size_t> date;
  std::string modality;
  std::optional<std::size_t> attributed_to;
  std::string attribution;
};

struct found_page {
  std::string file;
  std::string body;
  std::vector<found_segment> segments;
  std::vector<found_date> dates;
  std::vector<found_figure> figures;
  std::vector<found_entity> entities;
  std::vector<found_event> events;
};

// By file name. Columns that no step has made are empty. Throws std::runtime_error.
[[nodiscard]] std::map<std::string, found_page> read_found(const std::filesystem::path& jsonl);

// The same of one line of JSON.
[[nodiscard]] found_page read_found_line(std::string_view line);

} // namespace vigie::press::eval
