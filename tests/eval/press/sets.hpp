// SPDX-License-Identifier: Apache-2.0
// Sets of annotated pages: read from gold JSON with its pages, or made from marked sources. For the
// evaluation and its tests. Throws std::runtime_error that names the file.
#pragma once

#include "gold.hpp"
#include "marked.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace vigie::press::eval {

struct annotated {
  gold_page gold;
  std::string text;           // UTF-8
  std::filesystem::path page; // where its bytes stand
};

struct gold_set {
  std::string title;
  std::vector<annotated> pages; // by file name
  bool is_held_back = false;    // no rule may be written on them
};

[[nodiscard]] std::string read_bytes(const std::filesystem::path& path);

// Every *.gold.json of a folder.
[[nodiscard]] gold_set read_set(const std::filesystem::path& gold,
                                const std::filesystem::path& pages);

// Below a folder of marked pages: those that no rule may be written on.
inline constexpr const char* held_back = "held_back";

// Every *.marked of a folder, by file name; the page of NAME.marked is called NAME.txt.
[[nodiscard]] std::vector<marked_page> read_marked_folder(const std::filesystem::path& folder);

// Those of the folder `held_back` below it; none where it is absent or holds none.
[[nodiscard]] std::vector<marked_page> read_held_back(const std::filesystem::path& folder);

// Writes pages/NAME.txt and gold/NAME.gold.json below `to`.
void make_set(const std::filesystem::path& marked, const std::filesystem::path& to);

} // namespace vigie::press::eval
