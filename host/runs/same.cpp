// SPDX-License-Identifier: Apache-2.0
#include "same.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::runs {
namespace {

constexpr std::size_t most = 10;

using words = std::vector<std::string>;

void compare_values(const std::string& of, const std::vector<named_value>& before,
                    const std::vector<named_value>& now, words& out) {
  for (const named_value& v : now) {
    const auto at = std::ranges::find(before, v.name, &named_value::name);
    if (at == before.end())
      out.push_back(fmt::format("{} has a new parameter '{}'", of, v.name));
    else if (at->json != v.json)
      out.push_back(fmt::format("{} has '{}' {} and had {}", of, v.name, v.json, at->json));
  }
  for (const named_value& v : before)
    if (std::ranges::find(now, v.name, &named_value::name) == now.end())
      out.push_back(fmt::format("{} has no parameter '{}' any more", of, v.name));
}

// `out` is the folder that is spoken of, whatever way leads there now.
std::vector<named_value> without_out(std::vector<named_value> v) {
  std::erase_if(v, [](const named_value& p) { return p.name == "out"; });
  return v;
}

void compare_steps(const manifest& before, const manifest& now, words& out) {
  for (const manifest_step& s : now.steps) {
    const auto at = std::ranges::find(before.steps, s.name, &manifest_step::name);
    if (at == before.steps.end())
      out.push_back(fmt::format("step '{}' is new", s.name));
    else if (at->use != s.use || at->from != s.from)
      out.push_back(fmt::format("step '{}' does something else", s.name));
    else
      compare_values(fmt::format("step '{}'", s.name), at->params, s.params, out);
  }
  if (before.steps.size() > now.steps.size()) out.emplace_back("steps are missing");
}

void compare_plugins(const manifest& before, const manifest& now, words& out) {
  for (const manifest_plugin& p : now.plugins) {
    const auto at = std::ranges::find(before.plugins, p.id, &manifest_plugin::id);
    if (at == before.plugins.end())
      out.push_back(fmt::format("plugin '{}' is new", p.id));
    else if (at->sha256 != p.sha256)
      out.push_back(fmt::format("plugin '{}' is another file now ({}, was {})", p.id, p.version,
                                at->version));
  }
}

void compare_inputs(const manifest& before, const manifest& now, words& out) {
  const std::size_t both = std::min(before.inputs.size(), now.inputs.size());
  for (std::size_t i = 0; i < both; ++i) {
    const manifest_input &b = before.inputs[i], &n = now.inputs[i];
    if (b.step != n.step || b.name != n.name) {
      out.push_back(
          fmt::format("the inputs are others: '{}' stands where '{}' was", n.name, b.name));
      return;
    }
    if (b.size != n.size)
      out.push_back(fmt::format("input '{}' has {} bytes and had {}", n.name, n.size, b.size));
  }
  if (before.inputs.size() != now.inputs.size())
    out.push_back(
        fmt::format("there are {} inputs and were {}", now.inputs.size(), before.inputs.size()));
}

} // namespace

std::vector<std::string> what_changed(const manifest& before, const manifest& now) {
  words out;
  if (before.vigie != now.vigie)
    out.push_back(fmt::format("this is vigie {}, it was {}", now.vigie, before.vigie));
  if (before.pipeline_sha256 != now.pipeline_sha256)
    out.push_back(fmt::format("the pipeline file '{}' was edited", now.pipeline_file));
  compare_values("the pipeline", without_out(before.params), without_out(now.params), out);
  compare_steps(before, now, out);
  compare_plugins(before, now, out);
  compare_inputs(before, now, out);
  if (before.split_bytes != now.split_bytes)
    out.push_back(fmt::format("--split is {} and was {}", now.split_bytes, before.split_bytes));
  if (before.digests != now.digests) out.emplace_back("digests were switched on or off");
  if (before.shard != now.shard || before.shards != now.shards)
    out.emplace_back("it is another shard");
  if (before.since != now.since) out.emplace_back("--since names another run");
  if (out.size() <= most) return out;
  const std::size_t left = out.size() - most + 1;
  out.resize(most - 1);
  out.push_back(fmt::format("and {} more", left));
  return out;
}

} // namespace vigie::runs
