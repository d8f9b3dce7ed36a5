// SPDX-License-Identifier: Apache-2.0
#include "generations.hpp"

#include "io/tree.hpp"
#include "runs/folder.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::cli {
namespace {

bool is_generation(std::string_view name) {
  return name.size() >= 5 && name[0] == 'g' &&
         std::ranges::all_of(name.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

// OUT, then its generations, in order.
result<std::vector<std::string>> folders_of(const std::string& of) {
  std::vector<std::string> names;
  const auto entries = io::read_folder(of);
  if (!entries && entries.error().code != code::input_not_found) return entries.error();
  if (entries)
    for (const io::folder_entry& e : *entries)
      if (is_generation(e.name)) names.push_back(e.name);
  std::ranges::stable_sort(names, {}, &std::string::size);
  std::vector<std::string> out{of};
  for (const std::string& n : names) out.push_back(of + "/" + n);
  return out;
}

diagnostic not_done(const std::string& folder, runs::state is) {
  if (is == runs::state::running)
    return fail(code::run_in_progress, fmt::format("a process is at work in '{}'", folder))
        .help("wait for its end");
  return fail(code::run_unfinished, fmt::format("the run in '{}' is not done", folder))
      .help(
          fmt::format("`vigie resume {0}` goes on with it, `vigie clean {0}` removes it", folder));
}

status add_inputs(const std::string& folder, const runs::manifest& m,
                  std::vector<runs::manifest_input>& to) {
  for (const runs::manifest_input& i : m.inputs) {
    if (i.splits.empty())
      return fail(code::run_since,
                  fmt::format("the run in '{}' has no digest of '{}'", folder, i.name))
          .help("run once without `digest: none` into another folder, and use --since with that");
    to.push_back(i);
  }
  return {};
}

} // namespace

result<std::vector<runs::manifest_input>> known_inputs(const std::string& of,
                                                       const std::string& except) {
  auto folders = folders_of(of);
  if (!folders) return std::move(folders).error();
  std::vector<runs::manifest_input> out;
  for (const std::string& folder : *folders) {
    if (folder == except) continue;
    const auto state = runs::look_at({folder});
    if (!state) return state.error();
    if (state->is == runs::state::none) continue;
    if (state->is != runs::state::finished) return not_done(folder, state->is);
    if (auto ok = add_inputs(folder, *state->of, out); !ok) return std::move(ok).error();
  }
  std::ranges::stable_sort(out, {}, &runs::manifest_input::size);
  return out;
}

result<generation> next_generation(const arguments& a) {
  if (a.has("out") || a.has("shard"))
    return fail(code::run_since, fmt::format("--since says where the outputs go, so --{} cannot",
                                             a.has("out") ? "out" : "shard"))
        .help("leave one of the two out");
  generation g;
  g.of = a.value("since");
  while (g.of.size() > 1 && g.of.ends_with('/')) g.of.pop_back();
  auto known = known_inputs(g.of, {});
  if (!known) return std::move(known).error();
  g.known = *std::move(known);
  auto folders = folders_of(g.of);
  if (!folders) return std::move(folders).error();
  const std::string& last = folders->back();
  const auto latest = runs::look_at({last});
  if (!latest) return latest.error();
  if (latest->is == runs::state::none) { // the first one, or one that died before it did anything
    g.out = last;
    return g;
  }
  const std::uint64_t number =
      folders->size() == 1 ? 1 : std::stoull(last.substr(last.rfind('/') + 2));
  g.out = fmt::format("{}/g{:04}", g.of, number + 1);
  return g;
}

} // namespace vigie::cli
