// SPDX-License-Identifier: Apache-2.0
// Rows as bytes, dealt out by their position in the output to buckets that share one scratch file,
// and read back bucket by bucket: one pass of a distribution (Knuth, The Art of Computer
// Programming, vol. 3, 5.4.6 and 5.4.9). Used by arranged_rows. One thread.
#pragma once

#include "spill.hpp"
#include "spill_blocks.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::runs {

class row_buckets {
public:
  struct shape {
    std::uint64_t first = 0, last = 0; // positions, the last one excluded
    std::uint64_t span = 1;            // positions of each bucket but the last
    std::int64_t bytes = 0;            // held back for all buckets together
  };
  [[nodiscard]] static result<row_buckets> create(spill_folder& folder, shape s);

  // A row by its position, which must lie within the shape. Errors: those of spill_file.
  [[nodiscard]] status add(std::uint64_t position, std::string_view row);
  [[nodiscard]] status finish_adding();

  struct bucket {
    std::uint64_t first = 0, last = 0; // positions, the last one excluded
    std::uint64_t bytes = 0;           // of its rows and what stands between them
    std::uint64_t at = no_block;       // its last block
  };
  [[nodiscard]] const std::vector<bucket>& buckets() const { return buckets_; }

  // Every block of rows of a bucket, the last one written first. Errors: what `each` gives,
  // spill_damaged, those of reading.
  [[nodiscard]] status read(const bucket& b, const std::function<status(std::string)>& each) const;

private:
  row_buckets(std::unique_ptr<spill_file> file, shape s);
  [[nodiscard]] status write(std::size_t k);

  shape shape_;
  std::unique_ptr<spill_file> file_;
  std::vector<bucket> buckets_;
  std::vector<std::string> held_;
  std::size_t block_, held_bytes_ = 0;
};

// A row at the front of `rows`, which loses it. False where there is none.
[[nodiscard]] bool next_row(std::string_view& rows, std::uint64_t& position, std::string_view& row);

} // namespace vigie::runs
