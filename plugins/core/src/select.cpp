// SPDX-License-Identifier: Apache-2.0
#include "select.hpp"

#include "expr/wrong.hpp"

#include <algorithm>
#include <set>

namespace vigie::core {
namespace {

int position(const schema& in, const column_name& name) {
  const int found = find_field(in, name.value);
  if (found >= 0) return found;
  std::vector<std::string> names;
  for (const field& f : in) names.push_back(f.name);
  throw name.wrong(VIGIE_E_SCHEMA, "there is no column '" + name.value + "' in the input; it has " +
                                       expr::listed(names) + expr::did_you_mean(name.value, names));
}

std::vector<int> chosen(const schema& in, const std::vector<column_name>& columns) {
  std::vector<int> out;
  for (const column_name& c : columns) {
    const int at = position(in, c);
    if (std::find(out.begin(), out.end(), at) != out.end())
      throw c.wrong(VIGIE_E_CONFIG, "the column '" + c.value + "' is chosen twice");
    out.push_back(at);
  }
  return out;
}

std::vector<int> all_but(const schema& in, const std::vector<column_name>& drop) {
  const std::vector<int> gone = chosen(in, drop);
  std::vector<int> out;
  for (int i = 0; i < static_cast<int>(in.size()); ++i)
    if (std::find(gone.begin(), gone.end(), i) == gone.end()) out.push_back(i);
  return out;
}

} // namespace

void select_columns::bind(binding& b) {
  const schema& in = b.input();
  if (!columns.empty() && !drop.empty())
    throw drop.front().wrong(VIGIE_E_CONFIG,
                             "'columns' and 'drop' exclude each other; 'columns' says what stays");
  if (columns.empty() && drop.empty() && rename.empty())
    throw error(VIGIE_E_CONFIG, "nothing is selected; give columns, rename or drop");
  const std::vector<int> kept = columns.empty() ? all_but(in, drop) : chosen(in, columns);
  if (kept.empty())
    throw drop.front().wrong(VIGIE_E_CONFIG, "every column is dropped; at least one must stay");

  std::vector<std::string> names;
  for (const int k : kept) names.push_back(in[static_cast<std::size_t>(k)].name);
  std::vector<bool> renamed(kept.size());
  for (const auto& [to, from] : rename) {
    const auto found = std::find(kept.begin(), kept.end(), position(in, from));
    if (found == kept.end())
      throw from.wrong(VIGIE_E_CONFIG, "the column '" + from.value + "' is renamed but not kept");
    const auto at = static_cast<std::size_t>(found - kept.begin());
    if (renamed[at])
      throw from.wrong(VIGIE_E_CONFIG, "the column '" + from.value + "' is renamed twice");
    if (to.empty()) throw from.wrong(VIGIE_E_CONFIG, "the new name is empty");
    renamed[at] = true;
    names[at] = to;
  }

  std::set<std::string> seen;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (!seen.insert(names[i]).second)
      throw error(VIGIE_E_CONFIG, "two columns would be named '" + names[i] + "'")
          .at_param(rename.empty() ? 0 : 1);
    b.keeps(kept[i], names[i]);
  }
}

} // namespace vigie::core
