// SPDX-License-Identifier: MIT-0
// A source: whole numbers, in splits of a thousand. Sources are for what is no stream of bytes.
#include <vigie/vigie.hpp>

namespace {

struct make_sequence : vigie::source {
  static constexpr vigie::about about{.name = "sequence.make",
                                      .summary = "Makes the numbers from 0 on, and their squares."};

  std::int64_t rows = 10;

  void params(vigie::params& p) { p.add("rows", rows, "How many.").range(0, 1e12); }

  vigie::schema columns() const {
    return {{"number", vigie::kind::int64}, {"square", vigie::kind::int64}};
  }

  std::vector<vigie::source_split> splits(std::uint64_t) const {
    std::vector<vigie::source_split> out;
    for (std::int64_t first = 0; first < rows; first += 1000)
      out.push_back({std::to_string(first), 8000});
    return out;
  }

  struct task {
    task(const make_sequence& s, std::string_view split, const vigie::task_info&)
        : next_number(std::stoll(std::string(split))) {
      end = std::min(next_number + 1000, s.rows);
    }
    bool next(std::int64_t want, vigie::decoded& out) {
      for (; want > 0 && next_number < end; --want, ++next_number) {
        out[0].integer(next_number);
        if (out.wants(1)) out[1].integer(next_number * next_number);
        out.row();
      }
      return next_number < end;
    }
    std::int64_t next_number, end;
  };
};

} // namespace

VIGIE_PLUGIN("sequence", "1.0.0", "Numbers.", "MIT-0", make_sequence)
