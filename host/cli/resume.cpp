// SPDX-License-Identifier: Apache-2.0
// vigie resume: goes on with a run that died or was stopped. vigie merge: makes one run of its
// shards.
#include "execute.hpp"
#include "generations.hpp"
#include "runs/folder.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace vigie::cli {
namespace {

diagnostic nothing_to_do(const std::string& out, const runs::run_state& state) {
  if (state.is == runs::state::running)
    return fail(code::run_in_progress, fmt::format("a process is at work in '{}'", out))
        .help("wait for its end");
  if (state.is == runs::state::shard)
    return fail(code::run_unfinished, fmt::format("the shard in '{}' is done", out))
        .help("`vigie merge` joins it with the others");
  if (state.is == runs::state::finished)
    return fail(code::run_finished, fmt::format("the run in '{}' is done", out))
        .help(fmt::format("`vigie verify {}` checks what it wrote", out));
  return fail(code::run_none, fmt::format("there is no run in '{}'", out))
      .help("give the output folder of a run; `vigie runs FOLDER` lists them");
}

int refuse(const arguments& a, const diagnostic& d) {
  print({d}, a.has("json"));
  return refused;
}

bool goes_on(runs::state s) { return s == runs::state::unfinished || s == runs::state::committing; }

} // namespace

int resume_command(const arguments& a) {
  const std::string& out = a.words.front();
  const auto state = runs::look_at({out});
  if (!state) return refuse(a, state.error());
  if (!goes_on(state->is)) return refuse(a, nothing_to_do(out, *state));
  const runs::manifest& m = *state->of;
  auto r = recall(a, m, out);
  if (!r) return refuse(a, r.error());
  session s(r->as);
  if (m.pipeline_file == "-") s.use_source(m.pipeline_source);
  if (!s.load()) return s.refuse();
  auto o = run_options_of(s, r->as);
  if (!o) return refused;
  take_over(*o, m);
  o->resume = true;
  if (!m.since.empty()) {
    auto known = known_inputs(m.since, r->out);
    if (!known) return refuse(a, known.error());
    o->known = *std::move(known);
  }
  return run_and_print(s, r->as, *std::move(o));
}

int merge_command(const arguments& a) {
  if (!a.has("out"))
    return refuse(a, fail(code::command_line, "where the merged run shall go is not said")
                         .help("add --out FOLDER"));
  const auto state = runs::look_at({a.words.front()});
  if (!state) return refuse(a, state.error());
  if (!state->of) return refuse(a, nothing_to_do(a.words.front(), *state));
  const runs::manifest& m = *state->of;
  std::vector<std::string> shards;
  for (const std::string& w : a.words) shards.push_back(std::filesystem::absolute(w).string());
  auto r = recall(a, m, a.value("out"));
  if (!r) return refuse(a, r.error());
  session s(r->as);
  if (!s.load()) return s.refuse();
  auto o = run_options_of(s, r->as);
  if (!o) return refused;
  take_over(*o, m);
  o->shard.reset();
  o->shards = std::move(shards);
  return run_and_print(s, r->as, *std::move(o));
}

} // namespace vigie::cli
