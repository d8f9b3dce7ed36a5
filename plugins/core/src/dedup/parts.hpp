// SPDX-License-Identifier: Apache-2.0
// Keys and row ids in a scratch file, parted by a hash of the key so that equal keys are in one
// part: what core.dedup does with keys that do not fit into memory (Grace hash partitioning:
// Kitsuregawa, Tanaka, Moto-oka, "Application of hash to data base machine and its architecture",
// New Generation Computing 1, 1983). All parts share one file. One task.
#pragma once

#include "key_hash.hpp"

#include <vigie/component.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core {

// A row: its id, and whether it is in the output already.
struct known_row {
  std::uint64_t id = 0;
  bool given = false;
};

class dedup_parts {
public:
  static constexpr std::size_t parts = 16, most_levels = 16;

  // `level`: how often the rows were parted before; another part of the hash then decides.
  dedup_parts(const host_services& host, const vigie::spill& files, const key_hash& hash,
              std::size_t level);

  // Throws E_IO, E_CANCELLED.
  void add(std::string_view key, known_row row);
  // Nothing is added any more.
  void finish();
  // Each row of a part in the order they were added. Throws E_IO, also where the file holds other
  // bytes than were written; E_CANCELLED; what `each` throws. The key is valid until `each`
  // returns.
  using row_function = std::function<void(std::string_view key, known_row row)>;
  void read(std::size_t part, const row_function& each) const;

private:
  struct block {
    std::uint64_t at, length, sum;
  };
  struct part_of_file {
    std::string waiting; // rows for the next block
    std::vector<block> blocks;
  };
  void write(part_of_file& p);

  const host_services& host_;
  vigie::spill_file file_;
  const key_hash& hash_;
  std::size_t shift_;
  std::array<part_of_file, parts> parts_;
};

} // namespace vigie::core
