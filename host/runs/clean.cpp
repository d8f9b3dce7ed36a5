// SPDX-License-Identifier: Apache-2.0
#include "clean.hpp"

#include "io/errors.hpp"
#include "io/files.hpp"
#include "io/lock.hpp"
#include "io/tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::runs {
namespace {

diagnostic keeps_work(const folder& f, std::string_view why, std::string_view instead) {
  return fail(code::run_unfinished, fmt::format("nothing was removed from '{}': {}", f.out, why))
      .at(io::in_file(f.journal()))
      .help(fmt::format("{}; `vigie clean --force` gives the run up", instead));
}

// Is this work that nobody wants any more?
status may_go(const folder& f) {
  const auto seen = look_inside(f);
  if (!seen) {
    const code c = seen.error().code;
    const bool damaged = c == code::run_journal_damaged || c == code::run_manifest_damaged;
    return damaged ? status() : status(seen.error());
  }
  if (seen->is == state::committing)
    return keeps_work(f, "its outputs are complete and not all in place",
                      fmt::format("`vigie resume {}` puts them there", f.out));
  if (seen->is == state::shard)
    return keeps_work(f, "it holds a finished part of a run", "join the parts with `vigie merge`");
  return {};
}

// The journal goes first: without it what is left of work/ belongs to no run.
result<std::vector<std::string>> doomed(const folder& f) {
  const auto entries = io::read_folder(f.own());
  if (!entries) return entries.error();
  std::vector<std::string> out;
  for (const io::folder_entry& e : *entries) {
    const std::string path = f.own() + "/" + e.name;
    const bool temporary = e.name.starts_with('.') && e.name.ends_with(".tmp");
    if (path == f.journal()) out.insert(out.begin(), path);
    if (path == f.work() || temporary) out.push_back(path);
  }
  return out;
}

result<removed> remove(const folder& f, const std::string& path) {
  const auto size = io::size_of_tree(path);
  if (!size) return size.error();
  if (auto ok = io::remove_tree(f.own(), path); !ok) return ok.error();
  if (auto ok = io::sync_folder(f.own()); !ok) return ok.error();
  return removed{path, size->files, size->bytes};
}

} // namespace

result<std::vector<removed>> clean(const folder& f, bool given_up) {
  std::vector<removed> gone;
  const auto out = io::exists(f.out);
  if (!out) return out.error();
  if (!*out)
    return fail(code::run_none, fmt::format("there is no folder '{}'", f.out))
        .at(io::in_file(f.out))
        .help("give the output folder of a run; `vigie runs` lists them");
  const auto own = io::facts_of(f.own());
  if (!own) return own.error();
  if (!*own || (*own)->kind != io::file_kind::folder) return gone;
  const auto paths_before = doomed(f);
  if (!paths_before) return paths_before.error();
  const auto held = io::file_lock::held_by_another(f.lock());
  if (!held) return held.error();
  if (paths_before->empty() && !*held) return gone; // no lock file is made for nothing
  const auto lock = io::file_lock::take(f.lock());
  if (!lock) return lock.error();
  if (!*lock)
    return fail(code::run_in_progress, fmt::format("a run is at work in '{}'", f.out))
        .at(io::in_file(f.lock()))
        .help("wait until it ends, or stop it; nothing was removed");
  if (auto ok = may_go(f); !ok && !given_up) return ok.error();
  const auto paths = doomed(f);
  if (!paths) return paths.error();
  for (const std::string& path : *paths) {
    auto one = remove(f, path);
    if (!one) return std::move(one).error();
    gone.push_back(*std::move(one));
  }
  return gone;
}

} // namespace vigie::runs
