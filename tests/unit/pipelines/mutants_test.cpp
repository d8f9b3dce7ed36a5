// SPDX-License-Identifier: Apache-2.0
// Each line and each key of each shipped pipeline and of those in tests/pipelines lost, doubled and
// swapped with the next: a plan, or errors that all have a place. No crash, no hang.
#include "catch.hpp"
#include "config/pipeline.hpp"
#include "loader/catalog.hpp"
#include "plan/plan.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using namespace vigie;

constexpr double most_seconds = 1; // of processor time, for one mutant

std::vector<fs::path> pipelines() {
  std::vector<fs::path> out;
  for (const auto& e : fs::recursive_directory_iterator(fs::path(VIGIE_SOURCE_DIR) / "pipelines"))
    if (e.path().extension() == ".yaml") out.push_back(e.path());
  for (const auto& e : fs::directory_iterator(fs::path(VIGIE_SOURCE_DIR) / "tests/pipelines"))
    if (e.path().extension() == ".yaml") out.push_back(e.path());
  std::ranges::sort(out);
  return out;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

struct piece {
  std::size_t begin, end;
};

std::vector<piece> lines_of(const std::string& text) {
  std::vector<piece> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    out.push_back({at, end});
    at = end;
  }
  return out;
}

// "key: " in block and flow mappings.
std::vector<piece> keys_of(const std::string& text) {
  std::vector<piece> out;
  const std::regex key("[a-z_]+:[ \n]");
  for (std::sregex_iterator at(text.begin(), text.end(), key), end; at != end; ++at) {
    const auto begin = static_cast<std::size_t>(at->position());
    out.push_back({begin, begin + static_cast<std::size_t>(at->length()) - 1});
  }
  return out;
}

std::vector<std::string> mutants_of(const std::string& text, const std::vector<piece>& pieces) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto [begin, end] = pieces[i];
    const std::string before = text.substr(0, begin), it = text.substr(begin, end - begin),
                      after = text.substr(end);
    out.push_back(before + after);
    out.push_back(before + it + (it.ends_with(':') ? " " : "") + it + after);
    if (i + 1 == pieces.size()) continue;
    const auto [b, e] = pieces[i + 1];
    out.push_back(before + text.substr(b, e - b) + text.substr(end, b - end) + it + text.substr(e));
  }
  return out;
}

class judge {
public:
  judge()
      : catalog_({.folders = {},
                  .install_folder = VIGIE_PLUGINS,
                  .share_folder = VIGIE_SHARE,
                  .inspector = VIGIE_PROGRAM,
                  .cache_folder = {}}) {}

  // Nothing where all is well, else what is not.
  std::string wrong_with(const std::string& text, const std::string& file) {
    const std::clock_t start = std::clock();
    diagnostics problems;
    const bool planned = plan(text, file, problems);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    if (seconds > most_seconds) return "took " + std::to_string(seconds) + " s";
    bool refused = false;
    for (const diagnostic& d : problems) {
      if (d.severity != severity::error) continue;
      refused = true;
      if (d.place.line <= 0 || d.place.file.empty())
        return "an error without a place: " + render(d);
      if (d.code == code::internal || d.code == code::component_failed) return render(d);
      if (d.message.empty()) return "an error without a message: " + render(d);
    }
    planned_ += planned ? 1 : 0;
    refused_ += refused ? 1 : 0;
    return planned == refused ? "neither a plan nor an error, or both" : "";
  }

  [[nodiscard]] std::size_t planned() const { return planned_; }
  [[nodiscard]] std::size_t refused() const { return refused_; }

private:
  bool plan(const std::string& text, const std::string& file, diagnostics& problems) {
    loaded l = load_pipeline(text, file);
    problems = std::move(l.problems);
    if (!l.doc) return false;
    const scope values = bind_params(*l.doc, {}, problems);
    memory_budget memory(std::int64_t{1} << 30);
    const plan::services shared{nullptr, &memory, nullptr};
    const auto made = plan::build(*l.doc, values, catalog_, shared, {}, problems);
    const auto is_error = [](const diagnostic& d) { return d.severity == severity::error; };
    return made.has_value() && std::ranges::none_of(problems, is_error);
  }

  loader::catalog catalog_;
  std::size_t planned_ = 0, refused_ = 0;
};

} // namespace

TEST_CASE(
    "a pipeline with a line or key lost, doubled or swapped is planned or refused with a place") {
  judge j;
  for (const fs::path& file : pipelines()) {
    const std::string text = read(file);
    INFO(file);
    REQUIRE(j.wrong_with(text, file.string()).empty());
    std::vector<std::string> mutants = mutants_of(text, lines_of(text));
    std::ranges::move(mutants_of(text, keys_of(text)), std::back_inserter(mutants));
    for (const std::string& m : mutants) {
      INFO(m);
      CHECK(j.wrong_with(m, file.string()) == "");
    }
  }
  CHECK(j.planned() + j.refused() >= 2000);
  CHECK(j.planned() > 100);
  CHECK(j.refused() > 1000);
}
