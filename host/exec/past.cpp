// SPDX-License-Identifier: Apache-2.0
#include "past.hpp"

#include "base/text.hpp"
#include "io/files.hpp"
#include "io/lock.hpp"
#include "io/ranged_file.hpp"
#include "runs/same.hpp"

#include <fmt/format.h>

namespace vigie::exec {
namespace {

constexpr std::uint64_t most_manifest = std::uint64_t{1} << 30U;

diagnostic changed(std::vector<std::string> what) {
  return fail(code::run_changed,
              fmt::format("this is another run than the one that did not end: {}",
                          text::join(what, "; ")))
      .help("undo the change, or begin anew with `vigie run --force`");
}

// Side tables that the dead run had read; tasks of settled units will not read them again.
status check_resources(const std::vector<runs::manifest_resource>& resources) {
  for (const runs::manifest_resource& r : resources) {
    const auto sum = io::sha256_file(r.path);
    if (!sum) return changed({fmt::format("'{}' cannot be read: {}", r.path, sum.error().message)});
    if (io::to_hex(*sum) != r.sha256)
      return changed({fmt::format("'{}', which step '{}' reads, has other bytes", r.path, r.step)});
  }
  return {};
}

} // namespace

std::vector<input_facts> facts_of(const std::vector<used_input>& inputs) {
  std::vector<input_facts> out;
  for (const used_input& i : inputs)
    out.push_back(
        {i.file.facts.size, i.file.facts.device, i.file.facts.inode, i.file.facts.mtime_ns});
  return out;
}

status past_run::open(const runs::folder& f, const runs::manifest& now,
                      const std::vector<used_input>& inputs) {
  auto told = read_past(f);
  if (!told) return std::move(told).error();
  if (const auto what = runs::what_changed(told->of, now); !what.empty()) return changed(what);
  told_ = *std::move(told);
  if (told_->prepared) return {};
  const std::vector<input_facts> facts = facts_of(inputs);
  for (std::size_t i = 0; i < facts.size(); ++i)
    touched_.push_back(i >= told_->inputs.size() || told_->inputs[i] != facts[i]);
  if (auto ok = check_resources(told_->resources); !ok) return ok;
  auto parts = part_reader::open(f.parts());
  if (!parts) return std::move(parts).error();
  parts_.emplace(*std::move(parts));
  for (const receipt& r : told_->receipts) places_[{r.stage, r.unit}] = r.part;
  return {};
}

std::vector<runs::manifest_resource> past_run::resources() const {
  return told_ ? told_->resources : std::vector<runs::manifest_resource>();
}

std::optional<past_part> past_run::part_of(std::size_t stage, std::size_t unit) const {
  const auto at = places_.find({stage, unit});
  if (at == places_.end()) return std::nullopt;
  return past_part{&*parts_, at->second};
}

status past_run::check_unchanged(const split_result& r,
                                 const std::vector<used_input>& inputs) const {
  if (touched_.empty()) return {};
  for (const read_fact& fact : r.read) {
    const auto i = static_cast<std::size_t>(fact.file);
    if (!touched_[i]) continue;
    const io::input& file = inputs[i].file;
    if (!fact.digest)
      return changed(
          {fmt::format("'{}' was written to, and without digests nobody can tell whether "
                       "its bytes are the same",
                       file.path)});
    auto opened = io::ranged_file::open(file.path);
    if (!opened) return std::move(opened).error();
    const auto sum = opened->sha256(fact.digest->offset, fact.digest->length);
    if (!sum) return sum.error();
    if (*sum != *fact.digest)
      return changed({fmt::format("'{}' has other bytes from {} to {}", file.path,
                                  fact.digest->offset, fact.digest->offset + fact.digest->length)});
  }
  return {};
}

result<runs::manifest> past_run::manifest_to_be(const runs::folder& f) const {
  for (const std::string& path : {f.work() + "/manifest.json", f.manifest()}) {
    const auto there = io::exists(path);
    if (!there) return there.error();
    if (!*there) continue;
    auto bytes = io::read_small_file(path, most_manifest);
    if (!bytes) return std::move(bytes).error();
    return runs::read_manifest(*bytes, path);
  }
  return fail(code::run_commit_lost, fmt::format("'{}' is not there", f.manifest()))
      .help("something removed it; give the run up with `vigie clean --force`, and run again");
}

status refuse_unfinished(const runs::folder& f) {
  const auto there = io::exists(f.journal());
  if (!there) return there.error();
  if (!*there) return {};
  const auto held = io::file_lock::held_by_another(f.lock());
  if (held && *held) return another_runs(f);
  return fail(code::run_unfinished, fmt::format("'{}' holds a run that did not end", f.out))
      .help(fmt::format("`vigie resume {0}` goes on with it, `vigie clean {0}` removes it, --force "
                        "begins anew",
                        f.out));
}

diagnostic another_runs(const runs::folder& f) {
  return fail(code::run_in_progress, fmt::format("another process is writing to '{}'", f.out))
      .help("wait for its end, or use --out FOLDER to write elsewhere");
}

bool passes(code c) {
  switch (c) {
  case code::run_interrupted:
  case code::run_memory:
  case code::component_resource:
  case code::component_io:
  case code::input_cancelled:
  case code::input_read_failed:
  case code::input_unreadable:
  case code::output_create_failed:
  case code::output_no_space:
  case code::output_refused:
  case code::output_write_failed:
  case code::output_sync_failed:
  case code::output_rename_failed:
  case code::output_folder_failed:
  case code::output_remove_failed: return true;
  default: return false;
  }
}

} // namespace vigie::exec
