// SPDX-License-Identifier: Apache-2.0
#include "mapping.hpp"

#include <fstream>
#include <stdexcept>
#include <vector>

namespace vigie::press::eval {
namespace {

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find(by, from), text.size());
    out.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

void replace_front(std::string& text, std::string_view from, std::string_view to) {
  if (text.starts_with(from)) text.replace(0, from.size(), to);
}

} // namespace

mapping mapping::read(const std::filesystem::path& tsv) {
  mapping out;
  std::ifstream in(tsv);
  if (!in) throw std::runtime_error("cannot read " + tsv.string());
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const auto cells = split(line, '\t');
    const std::map<std::string, table*> tables{
        {"unit", &out.units_}, {"event", &out.events_}, {"entity", &out.entities_}};
    const auto t = tables.find(cells[0]);
    if (cells.size() == 3 && t != tables.end()) {
      for (auto& ours : split(cells[2], ' ')) (*t->second)[cells[1]].insert(ours);
    } else {
      throw std::runtime_error(
          tsv.string() + ":" + std::to_string(number) +
          ": expected unit, event or entity, the gold's word and ours, by tabs");
    }
  }
  return out;
}

bool mapping::has(const table& t, const std::string& gold, const std::string& ours) {
  if (gold == ours) return true;
  const auto line = t.find(gold);
  return line != t.end() && line->second.contains(ours.empty() ? "-" : ours);
}

bool mapping::unit(const std::string& gold, const std::string& key) const {
  return has(units_, gold, key);
}

bool mapping::event(const std::string& gold, const std::string& type) const {
  return has(events_, gold, type);
}

bool mapping::entity(const std::string& gold, const std::string& type) const {
  return has(entities_, gold, type);
}

std::string same_date(std::string_view value) {
  std::string out(value);
  replace_front(out, "DCT-P", "publication-P");
  replace_front(out, "DCT+P", "publication+P");
  replace_front(out, "DCT-", "weekday:");
  if (out == "DCT") out = "publication";
  for (const std::string_view open : {"/..", "/publication", "/"}) {
    if (out.ends_with(open)) out.resize(out.size() - open.size());
  }
  for (const std::string_view open : {"../", "/"}) replace_front(out, open, "");
  return out;
}

} // namespace vigie::press::eval
