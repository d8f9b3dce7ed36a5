// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"
#include "io/lock.hpp"
#include "io/ranged_file.hpp"
#include "io/tree.hpp"
#include "run_folder.hpp"
#include "runs/verify.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <functional>
#include <map>

using vigie::code;
using vigie::runs::folder;
using vigie::runs::manifest;
using vigie::runs::verification;

namespace {

// A finished run with each kind of file, among them an empty one and one of a single split.
struct sample {
  scratch s;
  manifest m;
  folder f{s.path("out")};
  std::map<std::string, std::string> files; // path -> bytes, all that is checked

  sample() {
    m = tests::bare_manifest(s.path());
    files["p.yaml"] = m.pipeline_source;
    input("data/a.txt", tests::text_of(1000, 1), {100, 1, 399, 200});
    input("data/b.txt", tests::text_of(300, 2), {});
    input("data/empty.txt", "", {});
    output("x.jsonl", tests::text_of(500, 3));
    output("deep/y.csv.gz", tests::text_of(77, 4));
    output("none.txt", "");
    files["plugins/core.so"] = tests::text_of(700, 5);
    m.plugins = {{"core", "1.0", tests::hex_of(files["plugins/core.so"]), "plugins/core.so", true},
                 {"more", "2.0", tests::hex_of("more"), s.path("more.so"), false}};
    files["more.so"] = "more";
    files["share/words.txt"] = tests::text_of(50, 6);
    m.resources = {
        {"read", "words", "share/words.txt", 50, tests::hex_of(files["share/words.txt"])}};
    for (const auto& [path, bytes] : files) s.put(path, bytes);
    save();
  }
  void save() const { tests::put_manifest(s, "out", m); }
  [[nodiscard]] verification look() const {
    auto v = vigie::runs::verify(f);
    INFO((v ? "" : vigie::render(v.error())));
    REQUIRE(v);
    return *std::move(v);
  }

private:
  void input(const std::string& path, const std::string& bytes,
             const std::vector<std::size_t>& lengths) {
    m.inputs.push_back(tests::input_of(path, bytes, lengths));
    files[path] = bytes;
  }
  void output(const std::string& file, const std::string& bytes) {
    m.outputs.push_back(tests::output_of(file, bytes));
    files["out/" + file] = bytes;
  }
};

// The range that a change at `at` is found in.
std::pair<std::int64_t, std::int64_t> range_of(const sample& t, const std::string& path,
                                               std::size_t at) {
  for (const auto& i : t.m.inputs)
    for (const auto& d : i.splits)
      if (i.path == path && at >= d.offset && at < d.offset + d.length)
        return {static_cast<std::int64_t>(d.offset), static_cast<std::int64_t>(d.length)};
  return {0, static_cast<std::int64_t>(t.files.at(path).size())};
}

std::vector<std::size_t> positions(std::size_t size) {
  std::vector<std::size_t> out{0, size - 1};
  for (const std::size_t border : {100U, 101U, 500U, 700U})
    for (const std::size_t at : {border - 1U, border + 0U})
      if (at < size) out.push_back(at);
  std::mt19937 random(7);
  for (int n = 0; n < 200; ++n) out.push_back(random() % size);
  return out;
}

} // namespace

TEST_CASE("a run that nobody touched has no findings, and all of it was read") {
  const sample t;
  const verification v = t.look();
  CHECK(v.findings.empty());
  CHECK(v.sound());
  CHECK(v.of == t.m);
  CHECK(v.manifest_sha256 == tests::sha_of(manifest_text(t.m)));
  CHECK(v.inputs.files == 3);
  CHECK(v.inputs.bytes == 1300);
  CHECK(v.outputs.files == 3);
  CHECK(v.outputs.bytes == 577);
  CHECK(v.plugins.files == 2);
  CHECK(v.plugins.bytes == 704);
  CHECK(v.resources.files == 1);
  CHECK(v.resources.bytes == 50);
  CHECK(v.pipeline.files == 1);
}

TEST_CASE("one byte that changes anywhere in a file of the run is found, with its range") {
  const sample t;
  for (const auto& [path, bytes] : t.files) {
    if (bytes.empty()) continue;
    for (const std::size_t at : positions(bytes.size())) {
      std::string bad = bytes;
      bad[at] = static_cast<char>(bad[at] ^ 1);
      t.s.put(path, bad);
      const verification v = t.look();
      INFO(path << " byte " << at);
      REQUIRE(v.findings.size() == 1);
      REQUIRE_FALSE(v.sound());
      const vigie::diagnostic& d = v.findings[0];
      REQUIRE(d.code == code::verify_changed);
      REQUIRE(d.place.file == t.s.path(path));
      REQUIRE(std::pair(d.place.offset, d.place.length) == range_of(t, path, at));
      REQUIRE_FALSE(d.hint.empty());
    }
    t.s.put(path, bytes);
  }
  CHECK(t.look().findings.empty());
}

TEST_CASE("ranges that changed side by side are one finding, others are their own") {
  const sample t;
  std::string bad = t.files.at("data/a.txt");
  const auto flip = [&](std::size_t at) { bad[at] = static_cast<char>(bad[at] ^ 1); };
  flip(100);
  flip(101);
  flip(999);
  t.s.put("data/a.txt", bad);
  const verification v = t.look();
  REQUIRE(v.findings.size() == 2);
  CHECK(v.findings[0].place.offset == 100);
  CHECK(v.findings[0].place.length == 400);
  CHECK(v.findings[1].place.offset == 700);
  CHECK(v.findings[1].place.length == 300);
}

TEST_CASE("bytes that are missing or were appended are told from bytes that changed") {
  const sample t;
  for (const char* path : {"data/a.txt", "out/x.jsonl", "share/words.txt", "data/empty.txt"}) {
    const std::string bytes = t.files.at(path);
    const auto size = static_cast<std::int64_t>(bytes.size());
    t.s.put(path, bytes + "12");
    const verification longer = t.look();
    INFO(path);
    REQUIRE(longer.findings.size() == 1);
    CHECK(longer.findings[0].place.offset == size);
    CHECK(longer.findings[0].place.length == 2);
    CHECK(longer.findings[0].message.find("2 bytes appended") != std::string::npos);
    if (size > 0) {
      t.s.put(path, bytes.substr(0, bytes.size() - 1));
      const verification shorter = t.look();
      REQUIRE(shorter.findings.size() == 1);
      CHECK(shorter.findings[0].place.offset == size - 1);
      CHECK(shorter.findings[0].message.find("1 byte missing") != std::string::npos);
      t.s.put(path, "");
      CHECK(t.look().findings.size() == 1);
    }
    t.s.put(path, bytes);
  }
  // What was cut and changed before the cut shows both.
  t.s.put("data/a.txt", "X" + t.files.at("data/a.txt").substr(1, 800));
  CHECK(t.look().findings.size() == 2);
}

TEST_CASE("a file that is gone, or something else in its place, is named and stops nothing") {
  const sample t;
  for (const auto& [path, bytes] : t.files) {
    INFO(path);
    const std::string full = t.s.path(path);
    std::filesystem::remove(full);
    const verification gone = t.look();
    REQUIRE(gone.findings.size() == 1);
    CHECK(gone.findings[0].code == code::verify_missing);
    CHECK(gone.findings[0].place.file == full);
    std::filesystem::create_directory(full);
    REQUIRE(t.look().findings.size() == 1);
    CHECK(t.look().findings[0].code == code::input_is_folder);
    std::filesystem::remove(full);
    REQUIRE(::mkfifo(full.c_str(), 0600) == 0);
    REQUIRE(t.look().findings.size() == 1);
    CHECK(t.look().findings[0].code == code::input_not_a_file);
    std::filesystem::remove(full);
    t.s.put(path, bytes);
  }
  for (const auto& [path, bytes] : t.files) std::filesystem::remove(t.s.path(path));
  CHECK(t.look().findings.size() == t.files.size());
  CHECK(t.look().inputs.files == 0);
}

TEST_CASE("what has no digest is said to be unchecked, and not to be right") {
  sample t;
  t.m.digests = false;
  for (auto& i : t.m.inputs) {
    i.splits.clear();
    i.sha256.reset();
  }
  t.m.outputs.push_back({.step = "table", .file = "", .rows = 3, .bytes = 0, .sha256 = ""});
  t.m.pipeline_file = "-";
  t.m.resources[0].path.clear();
  t.save();
  const verification v = t.look();
  CHECK(v.sound());
  CHECK(v.findings.size() == 6);
  for (const auto& d : v.findings) {
    CHECK(d.code == code::verify_unchecked);
    CHECK(d.severity == vigie::severity::note);
  }
  CHECK(v.inputs.files == 0);
  CHECK(v.resources.files == 0);
  CHECK(v.pipeline.files == 0);
  sample u;
  u.m.inputs[0].standard_input = true;
  u.m.inputs[0].path = "-";
  u.save();
  REQUIRE(u.look().findings.size() == 1);
  CHECK(u.look().findings[0].code == code::verify_unchecked);
  CHECK(u.look().inputs.files == 2);
}

TEST_CASE("a manifest that contradicts itself is found out") {
  const std::vector<std::function<void(manifest&)>> lies{
      [](manifest& m) { m.pipeline_source += " "; },
      [](manifest& m) { m.inputs[0].splits[1].sha256 = tests::sha_of("x"); },
      [](manifest& m) { m.inputs[0].sha256 = tests::sha_of("x"); },
      [](manifest& m) { m.inputs[1].sha256.reset(); },
      [](manifest& m) {
        m.inputs[1].splits.clear();
        m.inputs[1].sha256.reset();
      },
  };
  for (std::size_t k = 0; k < lies.size(); ++k) {
    sample t;
    lies[k](t.m);
    t.save();
    t.s.put("p.yaml", t.files.at("p.yaml"));
    const verification v = t.look();
    INFO(k);
    CHECK_FALSE(v.sound());
    REQUIRE_FALSE(v.findings.empty());
    CHECK(v.findings[0].code == code::run_manifest_damaged);
    CHECK(v.findings[0].place.file == t.f.manifest());
  }
}

TEST_CASE("relative paths start at the folder the run was called in, not at ours") {
  const sample t;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path("/");
  const bool sound = t.look().findings.empty();
  std::filesystem::current_path(before);
  CHECK(sound);
}

TEST_CASE("only a finished run can be verified") {
  const scratch s;
  const auto refusal = [&](const std::string& out) {
    const auto v = vigie::runs::verify({s.path(out)});
    REQUIRE_FALSE(v);
    return v.error();
  };
  CHECK(refusal("nowhere").code == code::run_none);
  const manifest m = tests::bare_manifest(s.path());
  tests::put_journal(s, "dead", m, {R"({"settled": 1})"});
  CHECK(refusal("dead").code == code::run_unfinished);
  CHECK(refusal("dead").hint.find("vigie resume " + s.path("dead")) != std::string::npos);
  tests::put_journal(s, "committing", m, {R"({"prepared": 1})"});
  CHECK(refusal("committing").hint.find("vigie resume") != std::string::npos);
  tests::put_journal(s, "shard", m, {R"({"shard_done": 1})"});
  CHECK(refusal("shard").hint.find("vigie merge") != std::string::npos);
  tests::put_journal(s, "lost", m, {R"({"committed": 1})"});
  CHECK(refusal("lost").code == code::run_manifest_damaged);
  const folder f = tests::put_run(s, "running", {});
  const auto held = vigie::io::file_lock::take(f.lock());
  REQUIRE(*held);
  CHECK(refusal("running").code == code::run_in_progress);
}

TEST_CASE("a disk that fails at any read of a verification gives a finding or an error") {
  const sample t;
  using vigie::io::call;
  for (const call kind : {call::open, call::pread, call::fstat, call::stat})
    for (std::uint64_t n = 1; n < 60; ++n) {
      vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = n, .error = EIO}});
      const vigie::io::system_guard guard(faulty);
      const auto v = vigie::runs::verify(t.f);
      if (faulty.calls(kind) < n) break;
      INFO(name_of(kind) << " " << n);
      const bool noticed = !v || !v->sound();
      REQUIRE(noticed);
    }
  vigie::io::faulty_system halves(vigie::io::sys(),
                                  {{.kind = call::pread, .nth = 1, .onwards = true}});
  const vigie::io::system_guard guard(halves);
  CHECK(t.look().findings.empty());
}

TEST_CASE("verifying stops when it is told to") {
  const sample t;
  const std::atomic<bool> stop = true;
  const auto v = vigie::runs::verify(t.f, &stop);
  REQUIRE_FALSE(v);
  CHECK(v.error().code == code::input_cancelled);
}

TEST_CASE("ranges of a file are hashed as far as the file goes") {
  const scratch s;
  const std::string bytes = tests::text_of(600'000, 9);
  const auto file = vigie::io::ranged_file::open(s.put("x", bytes));
  REQUIRE(file);
  CHECK(file->size() == bytes.size());
  const std::vector<std::pair<std::size_t, std::size_t>> ranges{
      {0, 600'000}, {0, 0}, {1, 262'144}, {262'144, 262'145}, {599'999, 1}};
  for (const auto& [offset, length] : ranges) {
    const auto d = file->sha256(offset, length);
    REQUIRE(d);
    CHECK(d->offset == offset);
    CHECK(d->length == length);
    CHECK(d->sha256 == tests::sha_of(bytes.substr(offset, length)));
  }
  const auto beyond = file->sha256(599'990, 20);
  REQUIRE(beyond);
  CHECK(beyond->length == 10);
  CHECK(beyond->sha256 == tests::sha_of(bytes.substr(599'990)));
  CHECK(file->sha256(600'001, 5)->length == 0);
}

TEST_CASE("trees are measured without following links") {
  const scratch s;
  s.put("t/a", "123");
  s.put("t/deep/b", "45");
  std::filesystem::create_directory_symlink(s.path(), s.path("t/loop"));
  const auto size = vigie::io::size_of_tree(s.path("t"));
  REQUIRE(size);
  CHECK(size->files == 3);
  CHECK(size->bytes == 5);
  CHECK(vigie::io::size_of_tree(s.path("t/a"))->bytes == 3);
  CHECK(vigie::io::size_of_tree(s.path("none"))->files == 0);
  CHECK_FALSE(*vigie::io::facts_of(s.path("none")));
  CHECK((*vigie::io::facts_of(s.path("t/loop")))->kind == vigie::io::file_kind::link);
  CHECK_FALSE(vigie::io::read_folder(s.path("none")));
}
