// SPDX-License-Identifier: Apache-2.0
#include "outputs.hpp"

#include "base/text.hpp"
#include "io/files.hpp"
#include "io/glob.hpp"
#include "io/output.hpp"
#include "io/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace vigie::exec {
namespace {

using loader::component_kind;

io::compression compression_of(const plan::step_plan& s) {
  const auto is = [&](std::string_view name, std::string_view ending) {
    return s.compression == name || (s.compression == "auto" && s.file.ends_with(ending));
  };
  if (is("gzip", ".gz")) return io::compression::gzip;
  return is("zstd", ".zst") ? io::compression::zstd : io::compression::none;
}

// A sink makes its one file, and nothing else, in its folder.
status only_its_file(const sink_task& k, const plan::step_plan& s) {
  const auto found = io::read_folder(k.folder());
  if (!found) return found.error();
  const std::string name = s.file.substr(s.file.rfind('/') + 1);
  for (const io::folder_entry& e : *found)
    if (e.name != name || e.kind != io::file_kind::file)
      return fail(code::run_outside,
                  fmt::format("it made '{}' besides its output", s.made->words(e.name)));
  return {};
}

// A run that died between making a folder and making its name durable leaves one that is only seen.
// Who may not list the folder above cannot do better, and has most likely not made this one.
status sync_name(const std::string& folder) {
  const std::string above = io::parent_folder(folder);
  if (above == folder) return {};
  auto ok = io::sync_folder(above);
  return ok || ok.error().code == code::output_refused ? status() : ok;
}

diagnostic they_exist(std::vector<std::string> there) {
  constexpr std::size_t most_named = 10;
  const bool one = there.size() == 1;
  const std::size_t more = there.size() - std::min(there.size(), most_named);
  there.resize(there.size() - more);
  return fail(code::output_exists,
              fmt::format(
                  "{}: {}{}", one ? "this output exists already" : "these outputs exist already",
                  text::join(there, ", "), more > 0 ? fmt::format(", and {} more", more) : ""))
      .help(fmt::format("use --force to replace {}, or --out FOLDER to write elsewhere",
                        one ? "it" : "them"));
}

// Many files are open at once, so that each may hold back little.
io::output_options options_of(const plan::step_plan& s, bool digest) {
  io::output_options o{.compression = compression_of(s), .level = 0, .digest = digest};
  if (s.is_partitioned()) o.hold = std::size_t{16} << 10U;
  return o;
}

} // namespace

status in_step(const plan::step_plan& s, const status& failed) {
  diagnostic d = failed.error();
  if (d.place.step.empty()) d.place.step = s.name;
  return d;
}

status run_outputs::refuse_folder(const plan::step_plan& s, const std::string& path) const {
  const auto is = io::facts_of(path);
  if (!is || !*is || (*is)->kind != io::file_kind::folder) return {};
  return fail(code::output_rename_failed,
              fmt::format("'{}' is a folder, so no output can take its place", path))
      .at({.step = s.name})
      .help("remove it, or use --out FOLDER to write elsewhere");
}

// What is there of the files a step may write.
result<std::vector<std::string>> run_outputs::existing(const plan::step_plan& s) const {
  std::vector<std::string> out;
  if (!s.writes_many_files()) {
    const auto found = io::exists(final_path(s.file));
    if (!found) return found.error();
    if (*found) out.push_back(final_path(s.file));
    return out;
  }
  const std::vector<plan::name_piece> folder{{.text = folder_.out + "/"}};
  const auto found = io::expand(plan::name_pattern(folder, false) +
                                plan::name_pattern(s.file_name, s.split_size > 0));
  if (!found && found.error().code == code::input_not_found) return out;
  if (!found) return found.error();
  for (const std::string& path : found->paths)
    if (s.split_size == 0 || plan::without_part(path) != path) out.push_back(path);
  return out;
}

status run_outputs::refuse_existing() const {
  std::vector<std::string> there;
  for (const plan::step_plan& s : run_.plan->steps) {
    if (!s.active || s.file.empty()) continue;
    auto found = existing(s);
    if (!found) return std::move(found).error();
    there.insert(there.end(), found->begin(), found->end());
    if (force_ && !s.writes_many_files())
      if (auto ok = refuse_folder(s, final_path(s.file)); !ok) return ok;
  }
  return there.empty() || force_ ? status() : they_exist(std::move(there));
}

status run_outputs::make_folders() {
  std::string p = folder_.own();
  for (;; p = io::parent_folder(p)) {
    auto there = io::exists(p);
    if (!there) return std::move(there).error();
    if (*there) break;
    made_folders_.push_back(p);
  }
  if (auto ok = sync_name(p); !ok) return ok;
  return io::make_folders(folder_.own());
}

status run_outputs::open(const std::optional<run_past>& past) {
  for (const plan::step_plan& s : run_.plan->steps) {
    if (!s.active) continue;
    if (s.kind == component_kind::encode) {
      auto& o = files_[s.index] = std::make_unique<output>(
          run_, s.index, fmt::format("{}/{}.part", folder_.work(), s.name));
      std::optional<output_state> state;
      if (past)
        for (const output_state& p : past->outputs)
          if (p.step == s.index) state = p;
      if (auto ok = o->open(options_of(s, digest_), state); !ok) return in_step(s, ok);
    } else if (s.kind == component_kind::sink) {
      const std::string own = fmt::format("{}/{}.sink", folder_.work(), s.name);
      if (auto ok = io::remove_tree(folder_.work(), own); !ok) return ok;
      auto& k = sinks_[s.index] = std::make_unique<sink_task>(run_, s.index, own);
      if (auto ok = k->open(); !ok) return in_step(s, ok);
    }
  }
  return {};
}

std::vector<bool> run_outputs::keep_pieces() const {
  std::vector<bool> out(run_.plan->steps.size(), false);
  for (const auto& [step, o] : files_) out[step] = o->keeps_pieces();
  return out;
}

result<std::vector<output_state>> run_outputs::checkpoint() {
  std::vector<output_state> out;
  for (const auto& [step, o] : files_) {
    if (!o->keeps_pieces()) continue;
    if (auto ok = o->checkpoint(); !ok) return in_step(run_.step(step), ok).error();
    out.push_back(o->state());
  }
  return out;
}

output* run_outputs::file_of(std::size_t step) const {
  const auto at = files_.find(step);
  return at == files_.end() ? nullptr : at->second.get();
}

sink_task* run_outputs::sink_of(std::size_t step) const {
  const auto at = sinks_.find(step);
  return at == sinks_.end() ? nullptr : at->second.get();
}

status run_outputs::prepare_files(output& o, std::vector<made_output>& to) {
  const plan::step_plan& s = run_.step(o.step());
  if (auto ok = o.finish(); !ok) return in_step(s, ok);
  for (const finished_file& f : o.files()) {
    commit_.outputs.push_back({below_work(f.temporary), f.file, f.bytes, f.sha256});
    to.push_back({s.name, f.file, f.rows, f.bytes, f.sha256});
  }
  return {};
}

result<made_output> run_outputs::prepare_sink(sink_task& k) {
  const plan::step_plan& s = run_.step(k.step());
  if (auto ok = k.prepare(); !ok) return in_step(s, ok).error();
  made_output made{s.name, s.file, k.rows(), 0, {}};
  if (s.file.empty()) return made;
  if (auto ok = only_its_file(k, s); !ok) return in_step(s, ok).error();
  if (auto ok = io::sync_file(k.made()); !ok) return in_step(s, ok).error();
  if (digest_) {
    const auto digest = io::sha256_file(k.made());
    if (!digest) return in_step(s, digest.error()).error();
    made.sha256 = io::to_hex(*digest);
  }
  const auto facts = io::facts_of(k.made());
  if (!facts) return in_step(s, facts.error()).error();
  made.bytes = *facts ? (*facts)->size : 0;
  return made;
}

result<std::vector<made_output>> run_outputs::prepare() {
  std::vector<made_output> out;
  for (const plan::step_plan& s : run_.plan->steps) {
    if (output* file = file_of(s.index); file != nullptr)
      if (auto ok = prepare_files(*file, out); !ok) return std::move(ok).error();
    sink_task* sink = sink_of(s.index);
    if (sink == nullptr) continue;
    auto made = prepare_sink(*sink);
    if (!made) return std::move(made).error();
    if (!s.file.empty())
      commit_.outputs.push_back({below_work(sink->made()), s.file, made->bytes, made->sha256});
    if (auto ok = keep_receipt(*sink); !ok) return in_step(s, ok).error();
    out.push_back(*std::move(made));
  }
  if (auto ok = check_places(out); !ok) return std::move(ok).error();
  if (auto ok = list_stale(out); !ok) return std::move(ok).error();
  return out;
}

// Once the first file has its name, the run can only go forward. So what names from cells bring
// about is looked at before.
status run_outputs::check_places(const std::vector<made_output>& made) const {
  std::set<std::string> names;
  for (const made_output& m : made)
    if (!m.file.empty() && !names.insert(m.file).second)
      return fail(code::output_clash, fmt::format("'{}' would be written twice", m.file))
          .at({.step = m.step})
          .help("give each writer a folder of its own");
  for (const made_output& m : made)
    for (std::size_t at = m.file.rfind('/'); at != std::string::npos && at > 0;
         at = m.file.rfind('/', at - 1))
      if (names.contains(m.file.substr(0, at)))
        return fail(code::output_clash, fmt::format("'{}' would be a file and the folder of '{}'",
                                                    m.file.substr(0, at), m.file))
            .at({.step = m.step})
            .help("give each writer a folder of its own");
  std::vector<std::string> there;
  for (const plan::step_plan& s : run_.plan->steps)
    for (const made_output& m : made)
      if (m.step == s.name && s.writes_many_files())
        if (auto ok = check_place(s, m.file, there); !ok) return ok;
  return there.empty() ? status() : they_exist(std::move(there));
}

status run_outputs::check_place(const plan::step_plan& s, const std::string& file,
                                std::vector<std::string>& there) const {
  const std::string path = final_path(file);
  if (auto ok = refuse_folder(s, path); !ok) return ok;
  const auto found = io::exists(path);
  if (found && *found && !force_) there.push_back(path);
  for (std::string p = io::parent_folder(path); p.size() > folder_.out.size();
       p = io::parent_folder(p)) {
    const auto is = io::facts_of(p);
    if (!is || !*is || (*is)->kind != io::file_kind::file) continue;
    return fail(code::output_folder_failed,
                fmt::format("'{}' is no folder, so '{}' cannot lie in it", p, path))
        .at({.step = s.name})
        .help("remove it, or use --out FOLDER to write elsewhere");
  }
  return {};
}

// Files of the run that is replaced, under names that this run has no rows for: left behind they
// would be read together with the new ones.
status run_outputs::list_stale(const std::vector<made_output>& made) {
  if (!force_) return {};
  const auto before = runs::load_manifest(folder_.manifest());
  if (!before) return {}; // none, or none that could be trusted
  std::set<std::string> old, now;
  for (const made_output& o : before->of.outputs) old.insert(final_path(o.file));
  for (const made_output& m : made) now.insert(final_path(m.file));
  for (const plan::step_plan& s : run_.plan->steps) {
    if (!s.active || !s.writes_many_files()) continue;
    const auto there = existing(s);
    if (!there) return there.error();
    for (const std::string& path : *there)
      if (old.contains(path) && !now.contains(path))
        commit_.stale.push_back(path.substr(folder_.out.size() + 1));
  }
  return {};
}

status run_outputs::keep_receipt(const sink_task& k) {
  const std::string name = run_.step(k.step()).name + ".receipt";
  commit_.sinks.push_back({k.step(), name});
  return io::write_file_atomically(folder_.work() + "/" + name, k.receipt());
}

std::string run_outputs::below_work(const std::string& path) const {
  return path.substr(folder_.work().size() + 1);
}

status run_outputs::record(const std::string& name, const std::string& text) {
  const auto digest = io::sha256(text);
  if (!digest) return digest.error();
  commit_.records.push_back({name, ".vigie/" + name, text.size(), io::to_hex(*digest)});
  return io::write_file_atomically(folder_.work() + "/" + name, text);
}

void run_outputs::leave() {
  for (auto& [step, o] : files_) o->keep();
}

void run_outputs::abandon() {
  for (auto& [step, k] : sinks_) k->abort();
  files_.clear();
  sinks_.clear();
  // The first error is what the user is told; what is left behind here, `vigie clean` finds.
  (void)io::remove_file(folder_.journal());
  (void)io::sync_folder(folder_.own()); // no journal may come back that has lost its parts
  (void)io::remove_tree(folder_.out, folder_.work());
  if (!made_folders_.empty()) (void)io::remove_file(folder_.lock());
}

void run_outputs::remove_made_folders() {
  for (const std::string& p : made_folders_)
    if (!io::remove_empty_folder(p)) return;
}

namespace {

constexpr std::uint64_t most_receipt = std::uint64_t{1} << 30U;

// Whether the file is the one that was renamed; without a digest its size must tell.
bool is_in_place(const std::string& path, const commit_list::rename& r) {
  if (r.sha256.empty()) {
    const auto facts = io::facts_of(path);
    return facts && *facts && (*facts)->size == r.bytes;
  }
  const auto sum = io::sha256_file(path);
  return sum && io::to_hex(*sum) == r.sha256;
}

status put_in_place(const runs::folder& f, const commit_list::rename& r) {
  const std::string from = f.work() + "/" + r.from, to = f.out + "/" + r.to;
  const auto there = io::exists(from);
  if (!there) return there.error();
  if (*there) return io::move_into_place(from, to);
  if (is_in_place(to, r)) return io::sync_folder(io::parent_folder(to));
  return fail(code::run_commit_lost,
              fmt::format("'{}' is neither in its place nor in '{}'", to, f.work()))
      .help("something removed it or changed it; remove the unfinished run with `vigie clean "
            "--force`, "
            "and run again");
}

status put_output_in_place(const runs::folder& f, const commit_list::rename& r) {
  if (auto ok = put_in_place(f, r); !ok) return ok;
  std::string p = io::parent_folder(f.out + "/" + r.to);
  for (; p.size() > f.out.size(); p = io::parent_folder(p))
    if (auto ok = sync_name(p); !ok) return ok;
  return {};
}

status remove_stale(const runs::folder& f, const std::string& file) {
  const std::string path = f.out + "/" + file;
  const auto is = io::facts_of(path);
  if (!is || !*is || (*is)->kind != io::file_kind::file) return {};
  if (auto ok = io::remove_file(path); !ok) return ok;
  if (auto ok = io::sync_folder(io::parent_folder(path)); !ok) return ok;
  for (std::string p = io::parent_folder(path); p.size() > f.out.size(); p = io::parent_folder(p))
    if (!io::remove_empty_folder(p)) break;
  return {};
}

// Without its receipt the sink was committed before: the work folder goes last.
status commit_kept(const runs::folder& f, const plan::step_plan& step, const commit_list::sink& s) {
  const std::string path = f.work() + "/" + s.receipt;
  const auto there = io::exists(path);
  if (!there) return there.error();
  if (!*there) return {};
  const auto receipt = io::read_small_file(path, most_receipt);
  if (!receipt) return receipt.error();
  return commit_sink(step, *receipt);
}

} // namespace

status commit(const plan::plan& p, const commit_list& list) {
  const runs::folder f{p.out};
  for (const auto& r : list.outputs)
    if (auto ok = put_output_in_place(f, r); !ok) return ok;
  for (const std::string& file : list.stale)
    if (auto ok = remove_stale(f, file); !ok) return ok;
  for (const auto& s : list.sinks)
    if (auto ok = commit_kept(f, p.steps[s.step], s); !ok) return in_step(p.steps[s.step], ok);
  for (const auto& r : list.records)
    if (auto ok = put_in_place(f, r); !ok) return ok;
  if (auto ok = io::remove_tree(f.out, f.work()); !ok) return ok;
  if (auto ok = io::remove_file(f.journal()); !ok) return ok;
  // A journal that comes back with the power finds every name in its place: the run is done.
  (void)io::sync_folder(f.own());
  return {};
}

} // namespace vigie::exec
