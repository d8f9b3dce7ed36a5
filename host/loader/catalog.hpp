// SPDX-License-Identifier: Apache-2.0
// The plugins at hand: where they are looked for, what they offer, and the way to one of their
// components. A run asks for the few components its steps name; only those plugins' files are
// touched. [main] thread.
//
// A component `family.word` comes from FOLDER/family.so. Its description is taken from
// FOLDER/family.json where that names the SHA-256 of the very library, else from the cache of
// earlier inspections under that SHA-256, else the library is inspected in a child process.
#pragma once

#include "description.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vigie::loader {

struct found_plugin {
  plugin_info info;
  std::string path;
  std::string sha256;
  bool installed = false;   // lies in the install folder; everything else is a stranger
  std::string share;        // its own data files
  std::string described_by; // "manifest", "cache" or "inspection"
  const vigie_plugin* library = nullptr; // once opened
};

struct refused_plugin {
  std::string path;
  diagnostic why;
};

struct component_ref {
  const found_plugin* plugin = nullptr;
  const component_info* info = nullptr;
};

struct catalog_options {
  std::vector<std::string> folders; // --plugin-dir, searched first, in this order
  std::string install_folder;       // lib/vigie/plugins of the installation or build tree
  std::string share_folder;         // share/vigie of the same
  std::string inspector;            // the vigie program
  std::string cache_folder;         // empty: no cache
};

class catalog {
public:
  explicit catalog(catalog_options options);

  // Errors: plugin_not_found (with what was searched, what was refused and the nearest name), or
  // why the file was refused.
  [[nodiscard]] result<component_ref> find(const std::string& component);

  // Opens the library behind a component and finds its descriptor. Errors: those of open_library,
  // plugin_changed where it is no longer the library that was described.
  [[nodiscard]] result<const vigie_component*> open(const component_ref& c);

  // Looks at every .so of every folder. For `plugin list` and for suggestions.
  void scan();
  [[nodiscard]] std::vector<const found_plugin*> plugins() const;
  [[nodiscard]] const std::vector<refused_plugin>& refused() const { return refused_; }
  [[nodiscard]] std::vector<std::string> folders() const;

private:
  found_plugin* look_at(const std::string& path, bool installed);
  result<found_plugin> describe_file(const std::string& path, bool installed) const;
  [[nodiscard]] diagnostic not_found(const std::string& component);
  [[nodiscard]] static status open_file(found_plugin& p);

  catalog_options options_;
  std::map<std::string, std::unique_ptr<found_plugin>> by_path_;
  std::vector<refused_plugin> refused_;
  bool scanned_ = false;
};

} // namespace vigie::loader
