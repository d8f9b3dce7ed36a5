// SPDX-License-Identifier: Apache-2.0
#include "limits.hpp"

#include <fmt/format.h>

namespace vigie::exec {
namespace {

bool at_or_below_percent(const step_counts& c, double percent) {
  if (c.rows_in < 100) return true;
  return static_cast<double>(c.rejected) * 100 <= percent * static_cast<double>(c.rows_in);
}

place step_place(const plan::step_plan& s) {
  place p;
  p.step = s.name;
  return p;
}

status conserved(const plan::step_plan& s, const std::vector<step_counts>& counts,
                 const run_options& options) {
  if (options.given.contains(s.name) || s.is_reader()) return {};
  std::int64_t given = 0;
  for (const plan::input_port& p : s.ports)
    for (const plan::edge& e : p.edges)
      given += e.errors ? counts[e.from].rejected : counts[e.from].rows_out;
  if (given == counts[s.index].rows_in) return {};
  return fail(code::run_not_conserved,
              fmt::format("the steps before it gave {} rows, and it took {}", given,
                          counts[s.index].rows_in))
      .at(step_place(s));
}

} // namespace

rejection_limits::rejection_limits(const plan::plan& p, const run_context& context)
    : plan_(p), context_(context), counted_(p.steps.size()) {}

status rejection_limits::count(const std::vector<rejected_row>& rows) {
  for (const rejected_row& r : rows) {
    const plan::step_plan& s = plan_.steps[r.step];
    if (++counted_[r.step] <= *s.doc->errors.at_most) continue;
    place p = step_place(s);
    p.file = context_.file_name(r.where.file);
    p.offset = r.where.offset;
    p.length = r.where.length;
    p.field = r.column;
    return fail(code::too_many_errors, fmt::format("more than {} rejected rows; this one: {}",
                                                   *s.doc->errors.at_most, r.message))
        .at(p);
  }
  return {};
}

status judge(const plan::plan& p, const std::vector<step_counts>& counts,
             const run_options& options) {
  if (options.first_rows || options.only_row) return {};
  for (const plan::step_plan& s : p.steps) {
    if (!s.active) continue;
    const step_counts& c = counts[s.index];
    const auto& percent = s.doc->errors.at_most_percent;
    if (percent && !at_or_below_percent(c, *percent))
      return fail(code::too_many_errors,
                  fmt::format("{} of {} rows were rejected; at most {} % may be", c.rejected,
                              c.rows_in, *percent))
          .at(step_place(s));
    if (auto ok = conserved(s, counts, options); !ok) return ok;
  }
  return {};
}

} // namespace vigie::exec
