// SPDX-License-Identifier: MIT-0
// An aggregate: how often each text occurs. Partial counts are rows themselves, so the host can
// merge, hold and ship them.
#include <vigie/vigie.hpp>

#include <map>

namespace {

struct count_by : vigie::aggregate {
  static constexpr vigie::about about{.name = "tally.count",
                                      .summary = "Counts rows by the value of a text column."};

  vigie::column_name by;
  vigie::need in, key, count;

  void params(vigie::params& p) { p.add("by", by, "Column to count by.").required(); }

  void bind(vigie::aggregate_binding& b) {
    in = b.column(by, {vigie::kind::text});
    key = b.key({"key"});
    count = b.partial({"count", vigie::kind::int64});
    (void)b.adds({.name = by.value});
    (void)b.adds({"count", vigie::kind::int64});
  }

  struct task {
    task(const count_by& c, const vigie::task_info&) : self(c) {}

    void update(const vigie::batch& rows) {
      for (std::int64_t i = 0; i < rows.size(); ++i)
        if (!rows[self.in].is_null(i)) ++counts[std::string(rows[self.in].text(i))];
    }
    void merge(const vigie::batch& rows) {
      for (std::int64_t i = 0; i < rows.size(); ++i)
        counts[std::string(rows[self.key].text(i))] += rows[self.count].integer(i);
    }
    // Gives out at most `want` rows, sorted by key; false once there are no more.
    bool give(std::int64_t want, vigie::decoded& out) {
      for (; want > 0 && !counts.empty(); --want) {
        const auto first = counts.begin();
        out[0].text(first->first);
        out[1].integer(first->second);
        out.row();
        counts.erase(first);
      }
      return !counts.empty();
    }
    bool partial(std::int64_t want, vigie::decoded& out) { return give(want, out); }
    bool result(std::int64_t want, vigie::decoded& out) { return give(want, out); }

    const count_by& self;
    std::map<std::string, std::int64_t> counts;
  };
};

} // namespace

VIGIE_PLUGIN("tally", "1.0.0", "Counts by value.", "MIT-0", count_by)
