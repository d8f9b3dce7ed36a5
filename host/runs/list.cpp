// SPDX-License-Identifier: Apache-2.0
#include "list.hpp"

#include "io/tree.hpp"

#include <algorithm>

namespace vigie::runs {
namespace {

constexpr std::string_view own_name = ".vigie";

void add_run(const std::string& out, std::vector<listed_run>& list) {
  listed_run one{.out = out, .seen = {}, .problem = {}};
  auto seen = look_at({out});
  if (!seen) {
    one.problem = std::move(seen).error();
  } else {
    if (seen->is == state::none && !seen->leftovers) return;
    one.seen = *std::move(seen);
  }
  list.push_back(std::move(one));
}

std::string inside(const std::string& folder, const std::string& name) {
  if (folder == ".") return name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

void walk(const std::string& folder, const std::vector<io::folder_entry>& entries, int depth,
          std::vector<listed_run>& list) {
  const auto is_folder = [](const io::folder_entry& e) { return e.kind == io::file_kind::folder; };
  for (const io::folder_entry& e : entries)
    if (is_folder(e) && e.name == own_name) add_run(folder, list);
  for (const io::folder_entry& e : entries) {
    if (depth == 0 || !is_folder(e) || e.name == own_name) continue;
    const std::string path = inside(folder, e.name);
    const auto below = io::read_folder(path);
    if (below)
      walk(path, *below, depth - 1, list);
    else if (below.error().code != code::input_not_found) // gone since it was listed
      list.push_back({.out = path, .seen = {}, .problem = below.error()});
  }
}

} // namespace

result<std::vector<listed_run>> list_runs(const std::string& below, int depth) {
  const auto entries = io::read_folder(below);
  if (!entries) return entries.error();
  std::vector<listed_run> list;
  walk(below, *entries, depth, list);
  std::ranges::sort(list, {}, &listed_run::out);
  return list;
}

} // namespace vigie::runs
