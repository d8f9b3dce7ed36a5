// SPDX-License-Identifier: Apache-2.0
// An annotated page in the schema vigie.press.gold/1, as values: what reads marked sources and gold
// JSON fills it, what scores reads it. Offsets are bytes of the page as UTF-8, byte order mark
// included: those that the product reports. Values only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::eval {

struct span {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool touches(const span& o) const { return begin < o.end && o.begin < end; }
  friend bool operator==(const span&, const span&) = default;
};

// How sure the annotation is. `accept`: further values that are right too; `optional`: neither
// missed nor wrong; `doubtful`: not counted, whatever is found there.
struct certainty {
  std::vector<std::string> accept;
  bool optional = false;
  bool doubtful = false;

  [[nodiscard]] bool accepts(const std::string& value) const {
    return std::find(accept.begin(), accept.end(), value) != accept.end();
  }
};

struct gold_segment {
  span at;
  std::string label;
  bool keep = false;
  certainty sure;
};

struct gold_date {
  span at;
  std::string text;
  std::string type; // DATE TIME DURATION SET
  std::string value;
  std::string basis;
  certainty sure;
};

struct gold_figure {
  span at;
  std::string text;
  double value = 0;
  double high = 0; // of a range
  std::string unit;
  std::string bound = "exact";
  certainty sure;
};

struct gold_mention {
  span at;
  std::string text;
  bool optional = false;
};

struct gold_entity {
  std::string id;
  std::string type;
  std::string name;
  std::string iso;
  std::vector<std::string> aliases;
  std::vector<gold_mention> mentions;
  certainty sure;
};

struct gold_event {
  std::string id;
  std::string type;
  span trigger;
  std::string trigger_text;
  std::vector<std::string> actor; // ids of entities, or words
  std::vector<std::string> target;
  std::vector<std::string> place;
  std::string time;
  std::string modality;
  std::string attributed_to;
  span sentence;
  certainty sure;
};

struct gold_decoy {
  span at;
  std::string text;
  std::string why;
};

struct gold_page {
  std::string file; // name of the page's file
  std::string language;
  std::string encoding = "utf-8";
  std::string published; // as stated in the document, or empty
  span published_at;
  std::vector<gold_segment> segments;
  std::string clean;
  std::vector<gold_date> dates;
  std::vector<gold_figure> figures;
  std::vector<gold_entity> entities;
  std::vector<gold_event> events;
  std::vector<gold_decoy> decoys;
};

// Reads *.gold.json. Throws std::runtime_error that names the file and what is wrong with it, also
// where a span's text is not what the page has there.
[[nodiscard]] gold_page read_gold(const std::filesystem::path& json,
                                  const std::filesystem::path& pages);

// The page as *.gold.json, the same bytes for the same page. `text`: the page as UTF-8.
[[nodiscard]] std::string gold_json(const gold_page& page, std::string_view text);

} // namespace vigie::press::eval
