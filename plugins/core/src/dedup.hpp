// SPDX-License-Identifier: Apache-2.0
// core.dedup: of rows that are equal in some columns, one.
// One task sees all rows. It holds the different keys; those that do not fit into memory go to
// scratch files, parted by their hash (dedup_parts).
#pragma once

#include "dedup/ids.hpp"
#include "dedup/parts.hpp"
#include "join/index.hpp"

#include <vigie/step_memory.hpp>

#include <vector>

namespace vigie::core {

struct dedup_rows : arrange {
  static constexpr vigie::about about{
      .name = "core.dedup",
      .summary = "Keeps one of the rows that are equal in some columns.",
      .doc =
          R"(Without `by` rows are compared in all their columns. Of equal rows the first in input order stays,
with `keep: last` the last one; those that stay keep their order. The whole input is compared, over
all its files.

Rows are equal where the values are, byte by byte: a hash never decides. A null equals a null, NaN
equals NaN, 0 equals -0; lists and structs are equal where all their parts are.

The different values of `by` are held in memory. Where they do not fit into `run: {memory: ...}`, they
go to scratch files of the run, parted so that equal ones meet; the result is the same.

```yaml
- use: core.dedup
  with: {by: [host, path]}
```
)",
      .rows = rows::some,
      .parallel = parallel::single};

  std::vector<column_name> by;
  std::string keep = "first";
  host_services host;

  void params(vigie::params& p) {
    p.add("by", by, "Columns in which rows are compared; default: all.");
    p.add("keep", keep, "Which of equal rows stays.").choices({"first", "last"});
  }

  void bind(binding& b);

  class task {
  public:
    task(const dedup_rows& self, const task_info&)
        : self_(self), memory_(self.host), last_(self.keep == "last") {}
    bool take(const batch& in, std::span<const std::uint64_t> ids, order& out);
    void end(order& out);

  private:
    // Different keys, and what is known of the row that stays of each.
    struct key_set {
      bytes_index index;
      std::vector<known_row> rows;
      // Whether the key is new.
      bool add(std::string_view key, std::uint64_t hash, known_row row, bool last);
      [[nodiscard]] std::size_t bytes() const {
        return index.bytes() + rows.capacity() * sizeof(known_row);
      }
    };

    void encode(const batch& in);
    void look_up(std::span<const std::uint64_t> ids, order& out);
    void leave_memory(const key_set& set, dedup_parts& to) const;
    void spill_or_stop();
    void settle(const dedup_parts& from, std::size_t part, std::size_t level, dedup_ids& to);
    [[nodiscard]] bool fits(const key_set& set, dedup_ids& ids);
    [[nodiscard]] error too_large(const key_set& set) const;

    const dedup_rows& self_;
    step_memory memory_;
    bool last_;
    key_set held_;
    // Says which part a key is in. By the hash of the indexes their places would fill unevenly.
    key_hash hash_{1};
    std::optional<vigie::spill> files_;
    std::optional<dedup_parts> parts_; // all rows from the moment on when memory was refused
    std::string bytes_;                // keys of the batch at hand
    std::vector<std::string_view> keys_;
    std::vector<std::uint64_t> hashes_, fresh_;
  };
};

} // namespace vigie::core
