// SPDX-License-Identifier: Apache-2.0
// The lightest possible plugins of their kinds, so that the benchmark sees the host and the
// boundary and little else.
#include <vigie/vigie.hpp>

#include <numeric>

namespace {

struct make_numbers : vigie::source {
  static constexpr vigie::about about{.name = "benchkit.numbers",
                                      .summary = "Numbers from 0 on, in batches."};
  std::int64_t rows = 1, rows_a_batch = 16384;
  void params(vigie::params& p) {
    p.add("rows", rows, "How many.");
    p.add("rows_a_batch", rows_a_batch, "Rows of one batch.");
  }
  vigie::schema columns() const { return {{"x", vigie::kind::int64}}; }
  std::vector<vigie::source_split> splits(std::uint64_t) const { return {{"all", rows * 8}}; }
  struct task {
    task(const make_numbers& s, std::string_view, const vigie::task_info&) : self(s) {}
    bool next(std::int64_t, vigie::decoded& out) {
      const std::int64_t n = std::min(self.rows_a_batch, self.rows - at);
      const std::span<std::int64_t> x = out[0].fixed<std::int64_t>(n);
      std::iota(x.begin(), x.end(), at);
      out.rows_made(n);
      at += n;
      return at < self.rows;
    }
    const make_numbers& self;
    std::int64_t at = 0;
  };
};

struct twice : vigie::transform {
  static constexpr vigie::about about{.name = "benchkit.twice", .summary = "Adds y = 2 x."};
  vigie::need x;
  vigie::add y;
  void bind(vigie::binding& b) {
    x = b.column("x", {vigie::kind::int64});
    y = b.adds({"y", vigie::kind::int64});
  }
  void process(const vigie::batch& in, vigie::output& out) const {
    const std::span<const std::int64_t> from = in[x].values<std::int64_t>();
    const std::span<std::int64_t> to = out[y].fixed<std::int64_t>(in.size());
    for (std::size_t i = 0; i < from.size(); ++i) to[i] = 2 * from[i];
  }
};

struct nothing : vigie::transform {
  static constexpr vigie::about about{.name = "benchkit.nothing",
                                      .summary = "Takes x, adds nothing."};
  vigie::need x;
  void bind(vigie::binding& b) { x = b.column("x"); }
  void process(const vigie::batch&, vigie::output&) const {}
};

struct write_sum : vigie::encode {
  static constexpr vigie::about about{.name = "benchkit.sum",
                                      .summary = "Writes the sum of a column, a line a batch."};
  vigie::column_name column{"x"};
  vigie::need x;
  void params(vigie::params& p) { p.add("column", column, "Which."); }
  void bind(vigie::binding& b) { x = b.column(column, {vigie::kind::int64}); }
  void write(const vigie::batch& in, vigie::writer& to) const {
    const auto v = in[x].values<std::int64_t>();
    to.write(std::to_string(std::accumulate(v.begin(), v.end(), std::int64_t{0})) + "\n");
  }
};

} // namespace

VIGIE_PLUGIN("benchkit", "1.0.0", "For the benchmark.", "MIT-0", make_numbers, twice, nothing,
             write_sum)
