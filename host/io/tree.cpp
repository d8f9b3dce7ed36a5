// SPDX-License-Identifier: Apache-2.0
#include "io/tree.hpp"

#include "io/errors.hpp"

#include <algorithm>
#include <cerrno>

namespace vigie::io {

result<std::optional<file_facts>> facts_of(const std::string& path) {
  file_facts facts;
  const int seen = sys().stat(path, false, facts);
  if (seen == -ENOENT || seen == -ENOTDIR) return std::optional<file_facts>();
  if (seen < 0) return input_failure("look at", path, -seen);
  return std::optional<file_facts>(facts);
}

result<std::vector<folder_entry>> read_folder(const std::string& path) {
  std::vector<folder_entry> entries;
  const int listed = sys().list(path, entries);
  if (listed < 0) return input_failure("list", path, -listed);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

result<tree_size> size_of_tree(const std::string& path) {
  const auto facts = facts_of(path);
  if (!facts) return facts.error();
  tree_size all;
  if (!*facts) return all;
  if ((*facts)->kind != file_kind::folder) {
    all.files = 1;
    all.bytes = (*facts)->kind == file_kind::file ? (*facts)->size : 0;
    return all;
  }
  const auto entries = read_folder(path);
  if (!entries && entries.error().code == code::input_not_found) return all;
  if (!entries) return entries.error();
  for (const folder_entry& e : *entries) {
    const auto one = size_of_tree(path + "/" + e.name);
    if (!one) return one.error();
    all.files += one->files;
    all.bytes += one->bytes;
  }
  return all;
}

} // namespace vigie::io
