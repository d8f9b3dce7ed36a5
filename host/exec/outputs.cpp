// SPDX-License-Identifier: Apache-2.0
#include "outputs.hpp"

#include "base/text.hpp"
#include "io/files.hpp"
#include "io/output.hpp"

#include <fmt/format.h>

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
status only_its_file(const sink_task& k, const std::string& file) {
  std::error_code error;
  for (std::filesystem::directory_iterator at(k.folder(), error), end; !error && at != end;
       at.increment(error))
    if (at->path().filename() != std::filesystem::path(file).filename() || !at->is_regular_file() ||
        at->is_symlink())
      return fail(code::run_outside,
                  fmt::format("it made '{}' besides its output", at->path().filename().string()));
  return {};
}

} // namespace

status in_step(const plan::step_plan& s, const status& failed) {
  diagnostic d = failed.error();
  if (d.place.step.empty()) d.place.step = s.name;
  return d;
}

status run_outputs::refuse_existing() const {
  std::vector<std::string> there;
  for (const plan::step_plan& s : run_.plan->steps) {
    if (!s.active || s.file.empty()) continue;
    const std::string path = final_path(s.file);
    auto found = io::exists(path);
    if (!found) return std::move(found).error();
    if (*found) there.push_back(path);
    std::error_code ignored;
    if (force_ && std::filesystem::is_directory(path, ignored))
      return fail(code::output_rename_failed,
                  fmt::format("'{}' is a folder, so no output can take its place", path))
          .at({.step = s.name})
          .help("remove it, or use --out FOLDER to write elsewhere");
  }
  if (there.empty() || force_) return {};
  const bool one = there.size() == 1;
  return fail(code::output_exists,
              fmt::format("{}: {}",
                          one ? "this output exists already" : "these outputs exist already",
                          text::join(there, ", ")))
      .help(fmt::format("use --force to replace {}, or --out FOLDER to write elsewhere",
                        one ? "it" : "them"));
}

status run_outputs::open() {
  for (std::filesystem::path p(folder()); !p.empty() && !std::filesystem::exists(p);
       p = p.parent_path())
    made_folders_.push_back(p);
  opened_ = true;
  if (auto ok = io::make_folders(work_folder()); !ok) return ok;
  for (const plan::step_plan& s : run_.plan->steps) {
    if (!s.active) continue;
    if (s.kind == component_kind::encode) {
      auto& o = files_[s.index] =
          std::make_unique<output>(run_, s.index, fmt::format("{}/{}.part", work_folder(), s.name));
      if (auto ok = o->open({.compression = compression_of(s), .level = 0, .digest = true}); !ok)
        return in_step(s, ok);
    } else if (s.kind == component_kind::sink) {
      auto& k = sinks_[s.index] = std::make_unique<sink_task>(
          run_, s.index, fmt::format("{}/{}.sink", work_folder(), s.name));
      if (auto ok = k->open(); !ok) return in_step(s, ok);
    }
  }
  return {};
}

output* run_outputs::file_of(std::size_t step) const {
  const auto at = files_.find(step);
  return at == files_.end() ? nullptr : at->second.get();
}

sink_task* run_outputs::sink_of(std::size_t step) const {
  const auto at = sinks_.find(step);
  return at == sinks_.end() ? nullptr : at->second.get();
}

result<made_output> run_outputs::prepare_file(output& o) {
  const plan::step_plan& s = run_.step(o.step());
  if (auto ok = o.finish(); !ok) return in_step(s, ok).error();
  return made_output{s.name, s.file, o.rows(), o.file().bytes_stored(),
                     io::to_hex(o.file().digest())};
}

result<made_output> run_outputs::prepare_sink(sink_task& k) {
  const plan::step_plan& s = run_.step(k.step());
  if (auto ok = k.prepare(); !ok) return in_step(s, ok).error();
  made_output made{s.name, s.file, k.rows(), 0, {}};
  if (s.file.empty()) return made;
  if (auto ok = only_its_file(k, s.file); !ok) return in_step(s, ok).error();
  if (auto ok = io::sync_file(k.made()); !ok) return in_step(s, ok).error();
  const auto digest = io::sha256_file(k.made());
  if (!digest) return in_step(s, digest.error()).error();
  std::error_code ignored;
  made.bytes = std::filesystem::file_size(k.made(), ignored);
  made.sha256 = io::to_hex(*digest);
  return made;
}

result<std::vector<made_output>> run_outputs::prepare() {
  std::vector<made_output> out;
  for (const plan::step_plan& s : run_.plan->steps) {
    output* file = file_of(s.index);
    sink_task* sink = sink_of(s.index);
    if (file == nullptr && sink == nullptr) continue;
    auto made = file != nullptr ? prepare_file(*file) : prepare_sink(*sink);
    if (!made) return std::move(made).error();
    out.push_back(*std::move(made));
  }
  return out;
}

status run_outputs::record(const std::string& name, const std::string& text) {
  records_.push_back(name);
  return io::write_file_atomically(work_folder() + "/" + name, text);
}

status run_outputs::commit_sink(sink_task& k) const {
  const std::string& file = run_.step(k.step()).file;
  if (!file.empty())
    if (auto ok = io::move_into_place(k.made(), final_path(file)); !ok) return ok;
  return k.commit();
}

status run_outputs::commit() {
  for (auto& [step, o] : files_)
    if (auto ok = o->commit(final_path(run_.step(step).file)); !ok)
      return in_step(run_.step(step), ok);
  for (auto& [step, k] : sinks_)
    if (auto ok = commit_sink(*k); !ok) return in_step(run_.step(step), ok);
  for (const std::string& r : records_)
    if (auto ok = io::move_into_place(work_folder() + "/" + r, folder() + "/.vigie/" + r); !ok)
      return ok;
  files_.clear();
  sinks_.clear();
  return io::remove_tree(folder(), work_folder());
}

void run_outputs::abandon() {
  if (!opened_) return;
  for (auto& [step, k] : sinks_) k->abort();
  files_.clear();
  sinks_.clear();
  (void)io::remove_tree(folder(), work_folder());
  std::error_code ignored;
  if (std::filesystem::is_empty(folder() + "/.vigie", ignored))
    std::filesystem::remove(folder() + "/.vigie", ignored);
  for (const std::filesystem::path& p : made_folders_)
    if (std::filesystem::is_empty(p, ignored)) std::filesystem::remove(p, ignored);
}

} // namespace vigie::exec
