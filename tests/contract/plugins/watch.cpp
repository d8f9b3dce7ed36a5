// SPDX-License-Identifier: Apache-2.0
// A source that fails where it is asked for the column named by `forbidden`: proof that nobody asks
// for more than is read.
#include <vigie/vigie.hpp>

namespace {

struct make_rows : vigie::source {
  static constexpr vigie::about about{.name = "watch.make",
                                      .summary = "Rows of a, b and c; refuses a column."};
  std::string forbidden;
  std::int64_t rows = 10;
  void params(vigie::params& p) {
    p.add("forbidden", forbidden, "Asking for this column fails the run.");
    p.add("rows", rows, "How many.");
  }
  vigie::schema columns() const {
    return {{"a", vigie::kind::int64}, {"b", vigie::kind::text}, {"c", vigie::kind::float64}};
  }
  std::vector<vigie::source_split> splits(std::uint64_t) const { return {{"all", rows * 8}}; }

  struct task {
    task(const make_rows& s, std::string_view, const vigie::task_info&) : self(s) {}
    bool next(std::int64_t want, vigie::decoded& out) {
      const vigie::schema all = self.columns();
      for (std::size_t k = 0; k < all.size(); ++k)
        if (out.wants(k) && all[k].name == self.forbidden)
          throw vigie::error(VIGIE_E_UNSUPPORTED, "asked for column " + self.forbidden);
      for (; want > 0 && at < self.rows; --want, ++at) {
        out[0].integer(at);
        out[1].text("row " + std::to_string(at) + " of a longer text");
        out[2].real(static_cast<double>(at) / 2);
        out.row();
      }
      return at < self.rows;
    }
    const make_rows& self;
    std::int64_t at = 0;
  };
};

} // namespace

VIGIE_PLUGIN("watch", "1.0.0", "Watches projections.", "MIT-0", make_rows)
