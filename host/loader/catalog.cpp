// SPDX-License-Identifier: Apache-2.0
#include "catalog.hpp"

#include "base/text.hpp"
#include "inspect.hpp"
#include "io/files.hpp"
#include "io/output.hpp"
#include "io/sha256.hpp"
#include "library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace vigie::loader {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_manifest = 16U << 20U;

std::vector<std::string> libraries_in(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".so") out.push_back(at->path().string());
  std::ranges::sort(out);
  return out;
}

// The description stored in a file, if it is there and speaks of this very library.
std::optional<plugin_info> stored(const std::string& path, const std::string& sha256,
                                  bool must_name_hash) {
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  const auto bytes = io::read_small_file(path, most_manifest);
  if (!bytes) return std::nullopt;
  auto d = from_json(*bytes);
  if (!d || (must_name_hash && d->sha256 != sha256)) return std::nullopt;
  if (d->plugin.abi_major != VIGIE_ABI_MAJOR || d->plugin.abi_minor != VIGIE_ABI_MINOR)
    return std::nullopt;
  return std::move(d->plugin);
}

const component_info* component_of(const found_plugin& p, const std::string& name) {
  const auto at = std::ranges::find(p.info.components, name, &component_info::name);
  return at == p.info.components.end() ? nullptr : &*at;
}

} // namespace

catalog::catalog(catalog_options options) : options_(std::move(options)) {}

std::vector<std::string> catalog::folders() const {
  std::vector<std::string> out = options_.folders;
  if (!options_.install_folder.empty()) out.push_back(options_.install_folder);
  return out;
}

result<found_plugin> catalog::describe_file(const std::string& path, bool installed) const {
  const auto digest = io::sha256_file(path);
  if (!digest) {
    diagnostic d = digest.error();
    if (d.code != code::digest_failed) d.code = code::plugin_unreadable;
    return d;
  }
  found_plugin p{.info = {},
                 .path = path,
                 .sha256 = io::to_hex(*digest),
                 .installed = installed,
                 .share = {},
                 .described_by = "manifest",
                 .library = nullptr};
  const std::string id = id_of(path);
  p.share = installed ? options_.share_folder + "/" + id
                      : fs::path(path).replace_extension(".share").string();
  if (auto s = stored(fs::path(path).replace_extension(".json").string(), p.sha256, true);
      s && s->id == id) {
    p.info = *std::move(s);
    return p;
  }
  const std::string cached =
      options_.cache_folder.empty()
          ? ""
          : fmt::format("{}/plugins/{}-{}.json", options_.cache_folder, id, p.sha256);
  if (auto s = cached.empty() ? std::nullopt : stored(cached, p.sha256, true)) {
    p.info = *std::move(s);
    p.described_by = "cache";
    return p;
  }
  auto info = inspect_in_child(options_.inspector, path);
  if (!info) return std::move(info).error();
  p.info = *std::move(info);
  p.described_by = "inspection";
  if (!cached.empty())
    (void)io::write_file_atomically(cached, to_json(p.info, p.sha256)); // a cache may fail
  return p;
}

found_plugin* catalog::look_at(const std::string& path, bool installed) {
  if (const auto known = by_path_.find(path); known != by_path_.end()) return known->second.get();
  auto described = describe_file(path, installed);
  auto& slot = by_path_[path];
  if (described)
    slot = std::make_unique<found_plugin>(*std::move(described));
  else
    refused_.push_back({path, std::move(described).error()});
  return slot.get();
}

result<component_ref> catalog::find(const std::string& component) {
  const std::string family = component.substr(0, component.find('.'));
  for (const std::string& folder : folders()) {
    const std::string path = folder + "/" + family + ".so";
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    found_plugin* p = look_at(path, folder == options_.install_folder);
    if (p == nullptr) {
      const auto why = std::ranges::find(refused_, path, &refused_plugin::path);
      return why->why;
    }
    if (const component_info* c = component_of(*p, component)) return component_ref{p, c};
    break; // the first plugin of a name hides the others
  }
  return not_found(component);
}

diagnostic catalog::not_found(const std::string& component) {
  scan();
  std::vector<std::string> names;
  for (const found_plugin* p : plugins())
    for (const component_info& c : p->info.components) names.push_back(c.name);
  diagnostic d = fail(code::plugin_not_found, fmt::format("there is no component '{}'", component));
  if (const std::string near = nearest(component, names); !near.empty())
    d.hint = fmt::format("did you mean '{}'? ", near);
  d.hint += fmt::format("searched: {}", text::join(folders(), ", "));
  if (!refused_.empty())
    d.hint += fmt::format("; {} refused, see `vigie plugin list`", refused_.size());
  return d;
}

void catalog::scan() {
  if (scanned_) return;
  scanned_ = true;
  std::map<std::string, std::string> first;
  for (const std::string& folder : folders())
    for (const std::string& path : libraries_in(folder)) {
      const auto [seen, fresh] = first.emplace(id_of(path), path);
      if (seen->second == path && !fresh) continue; // the folder is named twice
      if (fresh)
        (void)look_at(path, folder == options_.install_folder);
      else
        refused_.push_back(
            {path, fail(code::plugin_duplicate,
                        fmt::format("'{}' of the same name comes first", seen->second))
                       .at({.file = path})});
    }
}

std::vector<const found_plugin*> catalog::plugins() const {
  std::vector<const found_plugin*> out;
  for (const auto& [path, p] : by_path_)
    if (p) out.push_back(p.get());
  std::ranges::sort(out, {}, [](const found_plugin* p) { return p->info.id; });
  return out;
}

// The parameters were read by the table that was described; a library with another one would
// misread them.
status catalog::open_file(found_plugin& p) {
  const auto digest = io::sha256_file(p.path);
  if (!digest || io::to_hex(*digest) != p.sha256)
    return fail(code::plugin_changed, "the library is no longer the file that was looked at")
        .at({.file = p.path});
  auto opened = open_library(p.path);
  if (!opened) return std::move(opened).error();
  const auto now = describe(*opened, p.info.id);
  if (!now) return diagnostic(now.error()).at({.file = p.path});
  if (to_json(*now, {}) != to_json(p.info, {}))
    return fail(code::plugin_changed,
                fmt::format("the library does not offer what its {} says", p.described_by))
        .at({.file = p.path})
        .help("remove the .json file beside it, or build it again");
  p.library = *opened;
  return {};
}

result<const vigie_component*> catalog::open(const component_ref& c) {
  found_plugin& p = *by_path_.at(c.plugin->path);
  if (p.library == nullptr)
    if (auto ok = open_file(p); !ok) return std::move(ok).error();
  for (std::uint32_t i = 0; i < p.library->n_components; ++i)
    if (c.info->name == p.library->components[i]->name) return p.library->components[i];
  return fail(code::plugin_changed, fmt::format("the library no longer offers '{}'", c.info->name))
      .at({.file = p.path});
}

} // namespace vigie::loader
