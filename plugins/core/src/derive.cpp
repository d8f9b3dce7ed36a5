// SPDX-License-Identifier: Apache-2.0
#include "derive.hpp"

#include <algorithm>

namespace vigie::core {

void derive_columns::bind(binding& b) {
  if (columns.empty())
    throw error(VIGIE_E_CONFIG, "no column is given; write name: expression").at_param(0);
  programs.clear();
  added.clear();
  expr::scope known(b.input());
  expr::named_values given(values);
  for (auto entry = columns.begin(); entry != columns.end(); ++entry) {
    const auto& [name, text] = *entry;
    if (name.empty()) throw text.wrong(VIGIE_E_CONFIG, "a column without a name");
    const bool twice = std::any_of(columns.begin(), entry,
                                   [&](const auto& before) { return before.first == name; });
    if (twice) throw text.wrong(VIGIE_E_CONFIG, "the column '" + name + "' is given twice");
    programs.push_back(typed_expression(text, known, given));
    added.push_back(b.adds(made_field(programs.back()->type, name)));
    known.define(name, programs.back()->type);
  }
  refuse_unused(given, 1);
  need_columns(b, known);
}

std::vector<const expr::typed*> derive_columns::roots() const {
  std::vector<const expr::typed*> out;
  for (const expr::typed_ptr& p : programs) out.push_back(p.get());
  return out;
}

void derive_columns::task::process(const batch& in, output& out) {
  struct fault {
    std::size_t row, program;
  };
  std::vector<fault> faults;
  const std::size_t programs = self.programs.size();
  evaluator.run(
      in.columns(), static_cast<std::size_t>(in.size()), [&](std::size_t first, std::size_t n) {
        for (std::size_t p = 0; p < programs; ++p)
          append_results(out[self.added[p]], self.programs[p]->type, evaluator.result(p), n);
        for (std::size_t i = 0; i < n; ++i)
          for (std::size_t p = 0; p < programs; ++p)
            if (evaluator.result(p).status_at(i) == expr::failed) {
              faults.push_back({first + i, p});
              break;
            }
      });
  // Only now, when every column has all its cells: reject() fills columns up to its row.
  for (const fault& f : faults)
    out.reject(static_cast<std::int64_t>(f.row), self.columns[f.program].first,
               evaluator.reason(f.program, f.row));
}

} // namespace vigie::core
