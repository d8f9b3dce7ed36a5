// SPDX-License-Identifier: Apache-2.0
#include "shards.hpp"

#include "base/text.hpp"
#include "runs/same.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace vigie::exec {
namespace {

bool reads_inputs(const plan::plan& p, const plan::stage& st) {
  return std::ranges::any_of(st.origins, [&](std::size_t o) { return p.steps[o].is_reader(); });
}

// Must `earlier` be at its end before `later` starts? An aggregate that both feed makes none wait.
bool waits_for(const plan::plan& p, const plan::stage& later, const plan::stage& earlier) {
  const auto fed = [&](std::size_t step) {
    return std::ranges::binary_search(earlier.inboxes, step);
  };
  const auto built = [&](std::size_t step) {
    return fed(step) && std::ranges::any_of(p.steps[step].ports, [](const plan::input_port& port) {
             return port.build;
           });
  };
  return std::ranges::any_of(later.origins, fed) || std::ranges::any_of(later.streaming, built);
}

diagnostic wrong(std::string message) {
  return fail(code::run_shard, std::move(message))
      .help("run every shard 1/N to N/N of one pipeline to its end, then merge all of them");
}

} // namespace

std::vector<stage_role> roles_of_stages(const plan::plan& p) {
  std::vector<stage_role> roles(p.stages.size(), stage_role::left);
  for (std::size_t k = p.stages.size(); k-- > 0;) {
    if (reads_inputs(p, p.stages[k])) roles[k] = stage_role::shared;
    for (std::size_t later = k + 1; later < p.stages.size(); ++later)
      if (roles[later] != stage_role::left && waits_for(p, p.stages[later], p.stages[k]))
        roles[k] = stage_role::whole;
  }
  return roles;
}

unit_range range_of(const shard_of& s, std::size_t units) {
  return {units * (s.index - 1) / s.of, units * s.index / s.of};
}

status shard_parts::open(const std::vector<std::string>& folders) {
  std::set<std::uint64_t> seen;
  for (const std::string& folder : folders) {
    const runs::folder f{folder};
    auto told = read_past(f);
    if (!told && told.error().code == code::input_not_found)
      return wrong(fmt::format("there is no shard in '{}'", folder));
    if (!told) return std::move(told).error();
    const runs::manifest& of = told->of;
    if (!of.shard || !of.shards)
      return wrong(fmt::format("'{}' holds a run that is no shard", folder));
    if (!told->shard_done) return wrong(fmt::format("the shard in '{}' is not done", folder));
    if (*of.shards != folders.size())
      return wrong(fmt::format("'{}' is shard {} of {}, but {} folders are given", folder,
                               *of.shard, *of.shards, folders.size()));
    if (!seen.insert(*of.shard).second)
      return wrong(
          fmt::format("shard {} is given twice, the second time as '{}'", *of.shard, folder));
    auto parts = part_reader::open(f.parts());
    if (!parts) return std::move(parts).error();
    shards_.push_back({folder, *std::move(told), *std::move(parts)});
  }
  for (const shard& s : shards_)
    for (const receipt& r : s.told.receipts) places_[{r.stage, r.unit}] = {&s.parts, r.part};
  return {};
}

status shard_parts::check_same(const runs::manifest& now) const {
  for (const shard& s : shards_) {
    runs::manifest whole = s.told.of;
    whole.shard = whole.shards = std::nullopt;
    const auto what = runs::what_changed(whole, now);
    if (!what.empty())
      return fail(code::run_changed, fmt::format("the shard in '{}' is of another run: {}",
                                                 s.folder, text::join(what, "; ")))
          .help("all shards and the merge need the same pipeline, parameters, plugins and inputs");
  }
  return {};
}

std::optional<past_part> shard_parts::part_of(std::size_t stage, std::size_t unit) const {
  const auto at = places_.find({stage, unit});
  return at == places_.end() ? std::nullopt : std::optional(at->second);
}

std::vector<runs::manifest_resource> shard_parts::resources() const {
  std::vector<runs::manifest_resource> out;
  std::set<std::pair<std::string, std::string>> seen;
  for (const shard& s : shards_)
    for (const runs::manifest_resource& r : s.told.resources)
      if (seen.emplace(r.step, r.name).second) out.push_back(r);
  return out;
}

} // namespace vigie::exec
