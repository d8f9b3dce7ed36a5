// SPDX-License-Identifier: Apache-2.0
#include "sets.hpp"

#include "charset.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> out;
  std::error_code e;
  for (const auto& entry : fs::directory_iterator(folder, e)) {
    if (entry.path().filename().string().ends_with(ending)) out.push_back(entry.path());
  }
  if (e || out.empty()) {
    throw std::runtime_error(folder.string() + ": there is no file *" + std::string(ending));
  }
  std::sort(out.begin(), out.end());
  return out;
}

void write_bytes(const fs::path& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

} // namespace

std::string read_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

gold_set read_set(const fs::path& gold, const fs::path& pages) {
  gold_set out{gold.string(), {}, false};
  for (const auto& file : files_of(gold, ".gold.json")) {
    annotated a{read_gold(file, pages), {}, {}};
    a.page = pages / a.gold.file;
    a.text = decode(read_bytes(a.page), a.gold.encoding);
    out.pages.push_back(std::move(a));
  }
  return out;
}

std::vector<marked_page> read_marked_folder(const fs::path& folder) {
  std::vector<marked_page> out;
  for (const auto& file : files_of(folder, ".marked")) {
    out.push_back(read_marked(file.filename().string(), read_bytes(file)));
    out.back().gold.file = file.stem().string() + ".txt";
  }
  return out;
}

std::vector<marked_page> read_held_back(const fs::path& folder) {
  std::error_code absent;
  const auto begin = fs::directory_iterator(folder / held_back, absent);
  const bool any = !absent && std::any_of(begin, fs::directory_iterator{}, [](const auto& e) {
    return e.path().extension() == ".marked";
  });
  return any ? read_marked_folder(folder / held_back) : std::vector<marked_page>{};
}

void make_set(const fs::path& marked, const fs::path& to) {
  fs::remove_all(to / "pages");
  fs::remove_all(to / "gold");
  fs::create_directories(to / "pages");
  fs::create_directories(to / "gold");
  for (const auto& page : read_marked_folder(marked)) {
    write_bytes(to / "pages" / page.gold.file, page.bytes);
    const auto name = fs::path(page.gold.file).stem().string() + ".gold.json";
    write_bytes(to / "gold" / name, gold_json(page.gold, page.text));
  }
}

} // namespace vigie::press::eval
