// SPDX-License-Identifier: Apache-2.0
// A run spread over several processes or machines: each does a contiguous share of the splits and
// keeps what they gave as parts; a merge settles all parts in order, as one run would have, and
// does what comes behind. Used by run; part_of may be called by any task.
#pragma once

#include "past.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace vigie::exec {

// What a shard does with a stage.
enum class stage_role : std::uint8_t {
  whole,  // all of it: other stages wait for what it gives, such as a side table
  shared, // its share of the units
  left,   // nothing: it waits for all shards
};
[[nodiscard]] std::vector<stage_role> roles_of_stages(const plan::plan& p);

struct unit_range {
  std::size_t first = 0, last = 0; // [first, last)
};
[[nodiscard]] unit_range range_of(const shard_of& s, std::size_t units);

class shard_parts {
public:
  // Reads the journals of the shards; none is fine. Errors: run_shard where they do not make up one
  // run, or one is not done; those of read_past.
  [[nodiscard]] status open(const std::vector<std::string>& folders);

  // Are the shards parts of the run that is described? Error: run_changed.
  [[nodiscard]] status check_same(const runs::manifest& now) const;
  [[nodiscard]] std::optional<past_part> part_of(std::size_t stage, std::size_t unit) const;
  [[nodiscard]] std::vector<runs::manifest_resource> resources() const;

private:
  struct shard {
    std::string folder;
    run_past told;
    part_reader parts;
  };
  std::deque<shard> shards_;
  std::map<std::pair<std::size_t, std::size_t>, past_part> places_;
};

} // namespace vigie::exec
