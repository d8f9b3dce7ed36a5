// SPDX-License-Identifier: Apache-2.0
// Where plugins are looked for, and what happens when their files change under the host's hands.
#include "catch.hpp"
#include "loader/catalog.hpp"
#include "loader/inspect.hpp"
#include "program.hpp"

namespace {

using namespace vigie;
using namespace vigie::loader;

struct house {
  void put(const std::string& folder, const std::string& name, const std::string& as = "") const {
    tests::write_file(dir.path() / folder / ((as.empty() ? name : as) + ".so"),
                      tests::read_file(VIGIE_GOOD "/" + name + ".so"));
  }
  [[nodiscard]] catalog open(const std::vector<std::string>& folders,
                             const std::string& cache = "") const {
    catalog_options o{.folders = {},
                      .install_folder = dir / "installed",
                      .share_folder = dir / "share",
                      .inspector = VIGIE_PROGRAM,
                      .cache_folder = cache.empty() ? "" : dir / cache};
    for (const std::string& f : folders) o.folders.push_back(dir / f);
    return catalog(o);
  }
  tests::scratch_folder dir;
};

std::string code_of(const auto& r) { return r ? "" : code_name(r.error().code); }

} // namespace

TEST_CASE(
    "a component is found in the first folder that holds its family, and known by where it lies") {
  const house h;
  h.put("installed", "watch");
  h.put("mine", "watch");
  catalog both = h.open({"mine"});
  const auto c = both.find("watch.make");
  REQUIRE(c);
  CHECK(c->plugin->path == h.dir / "mine/watch.so");
  CHECK_FALSE(c->plugin->installed);
  CHECK(c->plugin->share == h.dir / "mine/watch.share");
  catalog one = h.open({"empty"});
  const auto i = one.find("watch.make");
  REQUIRE(i);
  CHECK(i->plugin->installed);
  CHECK(i->plugin->share == h.dir / "share/watch");
  CHECK(i->info->kind == component_kind::source);
  CHECK(one.open(*i));
  CHECK(one.open(*i)); // the second time the library is there
}

TEST_CASE("a component that nobody offers is told with its nearest name and the folders searched") {
  const house h;
  h.put("mine", "watch");
  catalog c = h.open({"mine"});
  const auto none = c.find("watch.mke");
  REQUIRE_FALSE(none);
  CHECK(none.error().code == code::plugin_not_found);
  CHECK(none.error().hint.find("'watch.make'") != std::string::npos);
  CHECK(none.error().hint.find(h.dir / "mine") != std::string::npos);
  CHECK(code_of(c.find("nobody")) == "V0301");
  CHECK(code_of(c.find("")) == "V0301");
}

TEST_CASE("two plugins of one name: the first is used, the other listed as refused with V0309; a "
          "folder named twice is none") {
  const house h;
  h.put("one", "watch");
  h.put("two", "watch");
  catalog c = h.open({"one", "two", "one"});
  c.scan();
  REQUIRE(c.plugins().size() == 1);
  CHECK(c.plugins()[0]->path == h.dir / "one/watch.so");
  REQUIRE(c.refused().size() == 1);
  CHECK(c.refused()[0].why.code == code::plugin_duplicate);
  CHECK(c.refused()[0].path == h.dir / "two/watch.so");
}

TEST_CASE("a library replaced after it was looked at is not opened: V0308") {
  const auto replaced_by = [](const std::function<void(const house&)>& replace) {
    const house h;
    h.put("mine", "lookup");
    catalog c = h.open({"mine"});
    const auto found = c.find("lookup.join");
    REQUIRE(found);
    replace(h);
    return code_of(c.open(*found));
  };
  CHECK(replaced_by([](const house&) {}).empty());
  CHECK(replaced_by([](const house& h) { h.put("mine", "watch", "lookup"); }) == "V0308");
  CHECK(replaced_by([](const house& h) {
          tests::write_file(h.dir.path() / "mine/lookup.so",
                            tests::read_file(VIGIE_GOOD "/lookup.so") + "x");
        }) == "V0308");
  CHECK(replaced_by([](const house& h) {
          tests::write_file(h.dir.path() / "mine/lookup.so", "");
        }) == "V0308");
  CHECK(replaced_by([](const house& h) {
          std::filesystem::remove(h.dir.path() / "mine/lookup.so");
        }) == "V0308");
}

TEST_CASE(
    "a manifest that names the library and lies about it is found out before a component is made") {
  const auto with_lie = [](const std::string& what, const std::string& lie) {
    const house h;
    h.put("mine", "watch");
    std::string json = tests::read_file(VIGIE_GOOD "/watch.json");
    const auto at = json.find(what);
    REQUIRE(at != std::string::npos);
    json.replace(at, what.size(), lie);
    tests::write_file(h.dir.path() / "mine/watch.json", json);
    catalog c = h.open({"mine"});
    const auto found = c.find("watch.make");
    REQUIRE(found);
    CHECK(found->plugin->described_by ==
          (lie == what || lie.find("200") == std::string::npos ? "manifest" : "inspection"));
    return code_of(c.open(*found));
  };
  CHECK(with_lie("\"rows\"", "\"rows\"").empty());
  CHECK(with_lie("\"name\": \"rows\"", "\"name\": \"rowz\"") == "V0308");
  CHECK(with_lie("\"kind\": 6", "\"kind\": 3") == "V0308");
  CHECK(with_lie("\"kind\": 6", "\"kind\": 200").empty()); // such a manifest is not believed at all
}

TEST_CASE("a refused file is told with its own reason each time it is asked for") {
  const house h;
  tests::write_file(h.dir.path() / "mine/watch.so", "no library");
  catalog c = h.open({"mine"});
  CHECK(code_of(c.find("watch.make")) == "V0302");
  CHECK(code_of(c.find("watch.make")) == "V0302");
  CHECK(c.refused().size() == 1);
}

TEST_CASE("a cache that holds nonsense is not believed, and written anew") {
  const house h;
  h.put("mine", "watch");
  {
    catalog c = h.open({"mine"}, "cache");
    REQUIRE(c.find("watch.make"));
  }
  std::filesystem::path cached;
  for (const auto& f : std::filesystem::recursive_directory_iterator(h.dir.path() / "cache"))
    if (f.is_regular_file()) cached = f.path();
  REQUIRE_FALSE(cached.empty());
  const std::string sound = tests::read_file(cached);
  for (const std::string& bad : {std::string("{"), std::string(), sound.substr(0, sound.size() / 2),
                                 std::string(1000, '\0')}) {
    tests::write_file(cached, bad);
    catalog c = h.open({"mine"}, "cache");
    const auto found = c.find("watch.make");
    REQUIRE(found);
    CHECK(found->plugin->described_by == "inspection");
    CHECK(tests::read_file(cached) == sound);
  }
  catalog again = h.open({"mine"}, "cache");
  CHECK(again.find("watch.make")->plugin->described_by == "cache");
}

TEST_CASE("an inspecting process that dies, says nothing, says nonsense or does not end is an "
          "error, not a hang") {
  const house h;
  h.put("mine", "watch");
  const auto inspector = [&](const std::string& body) {
    const std::string path = h.dir / "inspector";
    tests::write_file(path, "#!/bin/sh\n" + body + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return code_of(inspect_in_child(path, h.dir / "mine/watch.so", std::chrono::milliseconds(400)));
  };
  CHECK(inspector("exit 3") == "V0305");
  CHECK(inspector("kill -9 $$") == "V0305");
  CHECK(inspector("exec 1>&-; while :; do :; done") == "V0305");
  CHECK(inspector("while :; do echo x; done") == "V0305");
  CHECK_FALSE(inspector("exit 0").empty());
  CHECK_FALSE(inspector("echo nonsense").empty());
  CHECK(inspector("echo '{\"error\": \"V0303\", \"message\": \"m\", \"hint\": \"h\"}'") == "V0303");
  CHECK(code_of(inspect_in_child(h.dir / "nothing", "x.so")) == "V0305");
}
