// SPDX-License-Identifier: Apache-2.0
// Every shipped pipeline gives the same bytes with any number of threads, with any splits and under
// random delays, on inputs that make at least 50 splits: copies of its samples.
#include "catch.hpp"
#include "session.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <map>

namespace {

namespace fs = std::filesystem;
using tests::session;

constexpr std::size_t least_splits = 50, least_files = 60;

std::vector<std::string> shipped() {
  std::vector<std::string> out;
  for (const auto& f :
       fs::recursive_directory_iterator(std::string(VIGIE_SOURCE_DIR) + "/pipelines"))
    if (f.path().extension() == ".yaml") out.push_back(f.path().string());
  std::ranges::sort(out);
  return out;
}

std::string trimmed(std::string def) {
  std::erase_if(def, [](char c) { return c == '[' || c == ']' || c == '"'; });
  return def;
}

// Names of the parameters that some reader takes its files from, with their defaults: a path, or a
// list of one.
std::map<std::string, std::string> input_params(const vigie::pipeline& doc) {
  std::map<std::string, std::string> out;
  for (const vigie::pipeline_param& p : doc.params)
    for (const vigie::step& s : doc.steps) {
      const vigie::yaml::entry* files = s.with.find("files");
      if (files != nullptr && files->value.text == "${params." + p.spec.name + "}")
        out[p.spec.name] = trimmed(p.spec.def);
    }
  return out;
}

// Copies what a glob in the last part of `pattern` finds until there are enough; lines are
// repeated, so that a file has several splits. The glob of the copies.
std::string copies(const fs::path& pattern, const fs::path& to) {
  std::vector<fs::path> samples;
  for (const auto& f : fs::directory_iterator(pattern.parent_path()))
    if (::fnmatch(pattern.filename().c_str(), f.path().filename().c_str(), FNM_PERIOD) == 0)
      samples.push_back(f.path());
  std::ranges::sort(samples);
  REQUIRE_FALSE(samples.empty());
  for (std::size_t n = 0; n < least_files; ++n) {
    const fs::path& from = samples[n % samples.size()];
    const std::string once = tests::read_file(from);
    std::string all = once;
    if (from.extension() == ".jsonl")
      while (all.size() < 10'000) all += once;
    const std::string name = from.filename().string();
    tests::write_file(to / (std::to_string(1000 + n) + name.substr(name.find('.'))), all);
  }
  return (to / "*").string();
}

std::map<std::string, std::string> outputs(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator();
       ++at) {
    if (at->path().filename() == ".vigie")
      at.disable_recursion_pending();
    else if (at->is_regular_file())
      out[fs::relative(at->path(), folder).string()] = tests::read_file(at->path());
  }
  return out;
}

std::int64_t reported_splits(const fs::path& folder) {
  const std::string report = tests::read_file(folder / ".vigie/report.json");
  const auto at = report.find("\"splits\": ");
  return at == std::string::npos ? -1 : std::stoll(report.substr(at + 10));
}

} // namespace

TEST_CASE("shipped pipelines give the same bytes whatever the threads, the splits and the delays") {
  const std::string file = GENERATE(from_range(shipped()));
  const tests::scratch_folder dir;
  const std::string text = tests::read_file(file);
  std::vector<std::string> set{"out=" + dir / "out"};
  for (const auto& [name, def] : input_params(session(text, file).doc()))
    set.push_back(name + "=" + copies(fs::path(file).parent_path() / def, dir.path() / name));
  INFO(file);
  REQUIRE(set.size() > 1);
  session s(text, file, set);
  std::map<std::string, std::string> first;
  const auto agree = [&](vigie::exec::run_options o) {
    o.force = true;
    fs::remove_all(dir.path() / "out");
    const auto r = s.run(o);
    INFO((r ? std::string() : vigie::render(r.error()))
         << s.said() << o.threads << " threads, splits of " << o.split_bytes << ", seed "
         << o.delay_seed.value_or(0));
    REQUIRE(r);
    if (first.empty()) first = outputs(dir.path() / "out");
    REQUIRE_FALSE(first.empty());
    for (const auto& [name, bytes] : outputs(dir.path() / "out")) {
      INFO(name);
      REQUIRE((first.contains(name) &&
               first.at(name) == bytes)); // not CHECK(a == b): it would print megabytes
    }
    REQUIRE(outputs(dir.path() / "out").size() == first.size());
  };
  for (const std::uint64_t split :
       {std::uint64_t{4} << 10U, std::uint64_t{64} << 10U, std::uint64_t{16} << 20U})
    for (const int threads : {1, 2, 3, 4}) {
      agree({.threads = threads, .split_bytes = split});
      if (split == 4096)
        REQUIRE(reported_splits(dir.path() / "out") >= static_cast<std::int64_t>(least_splits));
    }
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    agree({.threads = 2 + static_cast<int>(seed % 3), .split_bytes = 4096, .delay_seed = seed});
}
