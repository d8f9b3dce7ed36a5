// SPDX-License-Identifier: MIT-0
// An arrange: all rows, last first. The host holds the rows; the component sees only their ids.
#include <vigie/vigie.hpp>

namespace {

struct reverse_rows : vigie::arrange {
  static constexpr vigie::about about{.name = "reverse.rows",
                                      .summary = "Turns the order of the rows around."};

  void bind(vigie::binding&) {} // no column is needed

  struct task {
    task(const reverse_rows&, const vigie::task_info&) {}
    bool take(const vigie::batch&, std::span<const std::uint64_t> row_ids, vigie::order&) {
      ids.insert(ids.end(), row_ids.begin(), row_ids.end());
      return true; // more rows are wanted
    }
    void end(vigie::order& out) {
      std::reverse(ids.begin(), ids.end());
      out.emit(ids);
    }
    std::vector<std::uint64_t> ids;
  };
};

} // namespace

VIGIE_PLUGIN("reverse", "1.0.0", "Rows, last first.", "MIT-0", reverse_rows)
