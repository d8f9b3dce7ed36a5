// SPDX-License-Identifier: Apache-2.0
#include "diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace vigie::runs {
namespace {

struct fact {
  std::string what, value;
};

std::string shard_text(const manifest& m) {
  return m.shard && m.shards ? fmt::format("{} of {}", *m.shard, *m.shards) : std::string();
}

// Everything but the inputs, whose digests depend on how they were cut.
std::vector<fact> facts_of(const manifest& m) {
  std::vector<fact> out{
      {"program", m.vigie},
      {"pipeline", fmt::format("'{}', sha256 {}", m.pipeline_name, m.pipeline_sha256)},
      {"split size", fmt::format("{}", m.split_bytes)},
      {"digests of inputs", m.digests ? "on" : "off"},
      {"sensitive columns", m.sensitive_shown ? "shown" : "masked"},
      {"shard", shard_text(m)},
      {"since", m.since}};
  for (const named_value& p : m.params)
    if (p.name != "out") // where the outputs lie differs by the nature of the question
      out.push_back({fmt::format("parameter '{}'", p.name), p.json});
  for (const manifest_plugin& p : m.plugins)
    out.push_back(
        {fmt::format("plugin '{}'", p.id), fmt::format("{}, sha256 {}", p.version, p.sha256)});
  for (const manifest_resource& r : m.resources)
    out.push_back({fmt::format("data file '{}' of step '{}'", r.name, r.step),
                   fmt::format("{} bytes, sha256 {}", r.size, r.sha256)});
  return out;
}

void compare_facts(const manifest& before, const manifest& after,
                   std::vector<manifest_difference>& out) {
  std::map<std::string, std::string> left, right;
  const std::vector<fact> facts_before = facts_of(before), facts_after = facts_of(after);
  for (const fact& f : facts_before) left.emplace(f.what, f.value);
  for (const fact& f : facts_after) right.emplace(f.what, f.value);
  for (const fact& f : facts_before) {
    const auto at = right.find(f.what);
    const std::string now = at == right.end() ? std::string() : at->second;
    if (now != f.value) out.push_back({f.what, f.value, now});
  }
  for (const fact& f : facts_after)
    if (!left.contains(f.what)) out.push_back({f.what, {}, f.value});
}

bool cut_alike(const manifest_input& a, const manifest_input& b) {
  return std::ranges::equal(a.splits, b.splits, [](const auto& x, const auto& y) {
    return x.offset == y.offset && x.length == y.length;
  });
}

std::string text_of(const manifest_input& i) {
  if (i.standard_input && !i.sha256) return "standard input, no digest";
  if (!i.sha256) return fmt::format("{} bytes, no digest", i.size);
  return fmt::format("{} bytes, sha256 of splits {}", i.size, io::to_hex(*i.sha256));
}

void compare_input(const std::string& what, const manifest_input& a, const manifest_input& b,
                   std::vector<manifest_difference>& out) {
  const bool comparable = a.sha256 && b.sha256 && cut_alike(a, b);
  if (comparable && a.splits == b.splits) return;
  manifest_difference d{what, text_of(a), text_of(b)};
  if (!comparable && a.size == b.size && a.standard_input == b.standard_input)
    d.after += a.sha256 && b.sha256
                   ? " (cut in another way, so that the digests cannot be compared)"
                   : " (cannot be compared)";
  out.push_back(std::move(d));
}

void compare_inputs(const manifest& before, const manifest& after,
                    std::vector<manifest_difference>& out) {
  const auto label = [](const manifest_input& i) {
    return fmt::format("input '{}' of step '{}'", i.name, i.step);
  };
  std::map<std::string, const manifest_input*> left, right;
  for (const manifest_input& i : before.inputs) left.emplace(label(i), &i);
  for (const manifest_input& i : after.inputs) right.emplace(label(i), &i);
  for (const auto& [what, i] : left) {
    const auto at = right.find(what);
    if (at == right.end())
      out.push_back({what, text_of(*i), {}});
    else
      compare_input(what, *i, *at->second, out);
  }
  for (const auto& [what, i] : right)
    if (!left.contains(what)) out.push_back({what, {}, text_of(*i)});
}

} // namespace

std::vector<manifest_difference> diff_manifests(const manifest& before, const manifest& after) {
  std::vector<manifest_difference> out;
  compare_facts(before, after, out);
  compare_inputs(before, after, out);
  return out;
}

} // namespace vigie::runs
