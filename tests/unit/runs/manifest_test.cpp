// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "run_folder.hpp"
#include "runs/manifest.hpp"

#include <functional>

using vigie::code;
using vigie::runs::manifest;
using vigie::runs::read_manifest;
using texts = std::vector<std::string>;

namespace {

// One with everything in it, and every list of more than one item.
manifest full_manifest() {
  manifest m = tests::bare_manifest("/srv/work");
  m.called.set = {"day=2001-02-03", "x=\"a\" b"};
  m.called.plugin_dirs = {"plugins", "/opt/more"};
  m.params = {{"p_day", "\"2001-02-03\""}, {"p_list", "[1, 2.5, null]"}, {"p_key", "\"***\""}};
  m.sensitive_shown = true;
  m.shard = 1;
  m.shards = 3;
  m.since = "out/before";
  m.steps = {{.name = "read",
              .use = "core.read_jsonl",
              .plugin = "core",
              .version = "1.0",
              .from = {},
              .params = {{"p_files", "[\"a\", \"b\"]"}}},
             {.name = "write",
              .use = "core.write_csv",
              .plugin = "core",
              .version = "1.0",
              .from = {"read", "read.errors"},
              .params = {{"p_file", "\"x.csv\""}, {"p_map", "{\"k\": true}"}}}};
  m.plugins = {{"core", "1.0", tests::hex_of("core"), "/lib/core.so", true},
               {"mine", "0.1", tests::hex_of("mine"), "mine.so", false}};
  m.resources = {{"read", "words", "share/words.txt", 7, tests::hex_of("words")},
                 {"read", "more", "share/more.txt", 0, tests::hex_of("")}};
  m.inputs = {tests::input_of("data/a.txt", "0123456789", {4, 3}), tests::input_of("b.txt", "")};
  m.inputs[0].replaced = 12;
  m.outputs = {tests::output_of("x.csv", "a\n"), tests::output_of("deep/y.jsonl", "{}\n")};
  return m;
}

std::string line_of(const manifest& m) {
  vigie::json_writer w(0);
  write(w, m);
  return w.text();
}

// Empty where it is read.
std::string refusal(const std::string& json) {
  const auto m = read_manifest(json, "M");
  if (m) return {};
  CHECK(m.error().code == code::run_manifest_damaged);
  CHECK(m.error().place.file == "M");
  CHECK_FALSE(m.error().hint.empty());
  return m.error().message;
}

std::string refusal_of(const std::function<void(manifest&)>& spoil) {
  manifest m = full_manifest();
  spoil(m);
  return refusal(line_of(m));
}

std::string replaced(std::string in, const std::string& what, const std::string& by) {
  const std::size_t at = in.find(what);
  REQUIRE(at != std::string::npos);
  return in.replace(at, what.size(), by);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class generator {
public:
  explicit generator(unsigned seed) : random_(seed) {}

  manifest one() {
    manifest m;
    for (std::string* s : {&m.vigie, &m.started, &m.host, &m.pipeline_name, &m.pipeline_file,
                           &m.pipeline_source, &m.called.folder, &m.since})
      *s = text();
    m.pipeline_sha256 = tests::hex_of(text());
    m.called.set = list<std::string>([&] { return text(); });
    m.called.plugin_dirs = list<std::string>([&] { return text(); });
    m.params = values();
    m.split_bytes = number();
    m.digests = flag();
    m.sensitive_shown = flag();
    if (flag()) {
      m.shards = 1 + number() % 1000;
      m.shard = 1 + number() % *m.shards;
    }
    using namespace vigie::runs;
    m.steps = list<manifest_step>([&] {
      return manifest_step{
          text(), text(), text(), text(), list<std::string>([&] { return text(); }), values()};
    });
    m.plugins = list<manifest_plugin>(
        [&] { return manifest_plugin{text(), text(), tests::hex_of(text()), text(), flag()}; });
    m.resources = list<manifest_resource>(
        [&] { return manifest_resource{text(), text(), text(), number(), tests::hex_of(text())}; });
    m.inputs = list<manifest_input>([&] { return input(); });
    int n = 0;
    m.outputs = list<manifest_output>([&] {
      return manifest_output{text(), "o" + std::to_string(n++),
                             static_cast<std::int64_t>(number() >> 1), number(),
                             flag() ? tests::hex_of(text()) : ""};
    });
    return m;
  }

private:
  bool flag() { return random_() % 2 == 0; }
  std::uint64_t number() {
    const std::uint64_t wide = (std::uint64_t{random_()} << 32U) | random_();
    return wide >> (random_() % 64);
  }
  // Any bytes: quotes, controls, ill-formed UTF-8, U+FFFD itself.
  std::string text() {
    static const texts parts{"a",    "\"", "\\",           "\n", "\x01", "é",  "\xff",
                             "\xc3", "/",  "\xef\xbf\xbd", "𝄞",  " ",    "hex"};
    std::string out;
    for (auto n = random_() % 6; n > 0; --n) out += parts[random_() % parts.size()];
    return out;
  }
  template <class T> std::vector<T> list(const std::function<T()>& make) {
    std::vector<T> out;
    for (auto n = random_() % 4; n > 0; --n) out.push_back(make());
    return out;
  }
  std::vector<vigie::runs::named_value> values() {
    static const texts json{
        "null", "true",  "-3",           "18446744073709551615",     "0.1",    "\"\"", "[]",
        "{}",   "1e+30", "[[1], \"a\"]", "{\"x\": {\"y\": [null]}}", "\"***\""};
    int n = 0;
    return list<vigie::runs::named_value>([&] {
      return vigie::runs::named_value{"v" + std::to_string(n++), json[random_() % json.size()]};
    });
  }
  vigie::runs::manifest_input input() {
    const std::string bytes = tests::text_of(random_() % 40, static_cast<unsigned>(random_()));
    auto i = tests::input_of(text(), bytes,
                             flag() ? std::vector<std::size_t>{bytes.size() / 3}
                                    : std::vector<std::size_t>{});
    i.step = text();
    i.name = text();
    i.encoding = text();
    i.replaced = number();
    i.standard_input = flag();
    if (!flag()) return i;
    i.splits.clear();
    i.sha256.reset();
    i.size = number();
    return i;
  }

  std::mt19937 random_;
};

} // namespace

TEST_CASE("what is written of a manifest is read back the same, whatever its texts hold") {
  const manifest m = full_manifest();
  for (const std::string& json : {manifest_text(m), line_of(m)}) {
    const auto back = read_manifest(json, "M");
    REQUIRE(back);
    CHECK(*back == m);
  }
  for (unsigned seed = 0; seed < 1000; ++seed) {
    const manifest one = generator(seed).one();
    const auto back = read_manifest(line_of(one), "M");
    INFO(seed << " " << line_of(one) << (back ? "" : vigie::render(back.error())));
    REQUIRE(back);
    REQUIRE(*back == one);
    REQUIRE_FALSE(vigie::text::invalid_utf8(line_of(one)));
  }
}

TEST_CASE("the fields of a manifest have the names that others read") {
  manifest m = tests::bare_manifest("/w");
  m.pipeline_source = "s";
  m.pipeline_sha256 = std::string(64, 'a');
  m.inputs = {tests::input_of("i", "")};
  m.inputs[0].splits.clear();
  m.inputs[0].sha256.reset();
  CHECK(line_of(m) ==
        R"({"vigie_manifest": 1, "vigie": "0.1.0", "started": "2001-02-03T04:05:06Z", )"
        R"("host": "node", "pipeline": {"name": "sample", "file": "p.yaml", "sha256": ")" +
            std::string(64, 'a') +
            R"(", "source": "s"}, "called": {"folder": "/w", "set": [], "plugin_dirs": []}, )"
            R"("params": {}, "split_bytes": 16, "digests": true, "sensitive_shown": false, )"
            R"("shard": null, "since": null, "steps": [], "plugins": [], "resources": [], )"
            R"("inputs": [{"step": "read", "name": "i", "path": "i", "size": 0, )"
            R"("standard_input": false, "encoding": "utf-8", "replaced_characters": 0, )"
            R"("sha256_of_splits": null, "splits": []}], "outputs": []})");
  const std::string full = line_of(full_manifest());
  CHECK(holds(full, R"("shard": {"index": 1, "of": 3}, "since": "out/before")"));
  CHECK(holds(full, R"({"step": "write", "use": "core.write_csv", "plugin": "core", "version": )"
                    R"("1.0", "from": ["read", "read.errors"], "params": {"p_file": "x.csv", )"
                    R"("p_map": {"k": true}}})"));
  CHECK(holds(full, R"("splits": [{"offset": 0, "length": 4, "sha256": ")"));
}

TEST_CASE("values of parameters come back in one form, and that form is its own") {
  const auto form_of = [](const std::string& json) {
    manifest m = tests::bare_manifest("/w");
    m.params = {{"p", json}};
    const auto back = read_manifest(line_of(m), "M");
    REQUIRE(back);
    REQUIRE(back->params.size() == 1);
    return back->params[0].json;
  };
  const std::vector<std::pair<std::string, std::string>> forms{
      {"1.0", "1"},
      {"-0.0", "0"},
      {"1e2", "100"},
      {"[1,2 , 3]", "[1, 2, 3]"},
      {"{\"b\":1,\"a\":[ ]}", "{\"b\": 1, \"a\": []}"},
      {"\"\\u0041\\/\"", "\"A/\""},
      {"9223372036854775807", "9223372036854775807"},
      {"18446744073709551615", "18446744073709551615"},
      {" null\n", "null"},
      {"no json", "\"no json\""},
      {"", "\"\""},
      {"1 2", "\"1 2\""},
      {"\"open", "\"\\\"open\""},
  };
  for (const auto& [json, form] : forms) {
    CHECK(form_of(json) == form);
    CHECK(form_of(form) == form);
  }
}

TEST_CASE("no beginning of a manifest passes for a manifest") {
  const std::string whole = line_of(full_manifest());
  for (std::size_t n = 0; n < whole.size(); ++n) {
    INFO(n);
    REQUIRE_FALSE(read_manifest(whole.substr(0, n), "M"));
  }
  CHECK(refusal(whole).empty());
}

TEST_CASE("a byte that flips in a manifest is noticed or changes one value, and never more") {
  const manifest m = full_manifest();
  const std::string whole = line_of(m);
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const unsigned bit : {0U, 1U, 4U, 5U, 7U}) {
      std::string bad = whole;
      bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ (1U << bit));
      const auto read = read_manifest(bad, "M");
      if (!read) {
        REQUIRE(read.error().code == code::run_manifest_damaged);
        continue;
      }
      const auto again = read_manifest(line_of(*read), "M");
      REQUIRE(again);
      REQUIRE(*again == *read);
    }
}

TEST_CASE("every field of a manifest must be there") {
  const std::string whole = line_of(full_manifest());
  int fields = 0;
  for (std::size_t end = whole.find("\": "); end != std::string::npos;
       end = whole.find("\": ", end + 1)) {
    const std::string name =
        whole.substr(whole.rfind('"', end - 1) + 1, end - whole.rfind('"', end - 1) - 1);
    if (name.starts_with("p_") || name == "k") continue;
    const std::string said = refusal(std::string(whole).insert(end, "_"));
    INFO(name << ": " << said);
    CHECK(holds(said, name + "' is missing"));
    ++fields;
  }
  CHECK(fields > 90);
}

TEST_CASE("fields of another type are named with what was found and expected") {
  const std::string whole = line_of(full_manifest());
  const std::vector<std::array<std::string, 3>> cases{
      {R"("vigie_manifest": 1)", R"("vigie_manifest": 2)",
       "field 'vigie_manifest' is 2; expected 1"},
      {R"("vigie": "0.1.0")", R"("vigie": 0.1)", "field 'vigie' is 0.1; expected a text"},
      {R"("vigie": "0.1.0")", R"("vigie": {"hex": "6g"})", "field 'vigie' is an object"},
      {R"("vigie": "0.1.0")", R"("vigie": {"hex": "616"})", "field 'vigie' is an object"},
      {R"("vigie": "0.1.0")", R"("vigie": {"hex": 61})", "field 'vigie' is an object"},
      {R"("set": [)", R"("set": [3, )", "field 'called.set[0]' is 3; expected a text"},
      {R"("params": {"p_day")", R"("params": [], "x": {"p_day")", "field 'params' is an array"},
      {R"("split_bytes": 16)", R"("split_bytes": -16)", "'split_bytes' is -16; expected a whole"},
      {R"("split_bytes": 16)", R"("split_bytes": 1.5)", "'split_bytes' is 1.5"},
      {R"("split_bytes": 16)", R"("split_bytes": "16")", "'split_bytes' is \"16\""},
      {R"("digests": true)", R"("digests": 1)", "'digests' is 1; expected true or false"},
      {R"({"index": 1, "of": 3})", R"(3)", "field 'shard' is 3; expected an object"},
      {R"({"index": 1, "of": 3})", R"({"index": 4, "of": 3})", "field 'shard' says 4 of 3"},
      {R"({"index": 1, "of": 3})", R"({"index": 0, "of": 0})", "field 'shard' says 0 of 0"},
      {R"("since": "out/before")", R"("since": false)", "field 'since' is false"},
      {R"("from": ["read",)", R"("from": [null,)", "field 'steps[1].from[0]' is null"},
      {R"("installed": true)", R"("installed": null)", "field 'plugins[0].installed'"},
      {R"("plugins": [{)", R"("plugins": ["x", {)",
       "field 'plugins[0]' is \"x\"; expected an object"},
      {R"("length": 3,)", R"("length": [],)", "field 'inputs[0].splits[1].length' is an array"},
      {R"("rows": 1,)", R"("rows": 9223372036854775808,)", "field 'outputs[0].rows'"},
      {R"("pipeline": {)", R"("pipeline": null, "x": {)", "field 'pipeline' is null"},
  };
  for (const auto& [what, by, said] : cases) {
    INFO(by << " / " << refusal(replaced(whole, what, by)));
    CHECK(holds(refusal(replaced(whole, what, by)), said));
  }
  for (const char* other : {"[]", "3", "\"x\"", "null", "{}", "", " ", "{\"vigie_manifest\": 1}"})
    CHECK_FALSE(refusal(other).empty());
  CHECK_FALSE(refusal(std::string(100000, '[')).empty());
}

TEST_CASE("digests that are none are refused") {
  const std::vector<std::function<void(manifest&, std::string)>> places{
      [](manifest& m, std::string d) { m.pipeline_sha256 = std::move(d); },
      [](manifest& m, std::string d) { m.plugins[1].sha256 = std::move(d); },
      [](manifest& m, std::string d) { m.resources[0].sha256 = std::move(d); },
      [](manifest& m, std::string d) { m.outputs[0].sha256 = std::move(d); }};
  const std::string good = tests::hex_of("x");
  for (const auto& put : places) {
    for (const std::string& bad : {good.substr(1), good + "0", good.substr(1) + "g",
                                   good.substr(1) + "A", good.substr(1) + "\n"})
      CHECK(holds(refusal_of([&](manifest& m) { put(m, bad); }), "64 hexadecimal digits"));
    CHECK(refusal_of([&](manifest& m) { put(m, good); }).empty());
  }
  CHECK(refusal_of([](manifest& m) { m.outputs[0].sha256 = ""; }).empty());
  CHECK_FALSE(refusal_of([](manifest& m) { m.plugins[0].sha256 = ""; }).empty());
}

TEST_CASE("splits that overlap, leave gaps or do not add up are refused, but for standard input") {
  const std::vector<std::function<void(manifest&)>> bad{
      [](manifest& m) { m.inputs[0].splits[1].offset = 3; },
      [](manifest& m) { m.inputs[0].splits[1].offset = 5; },
      [](manifest& m) { m.inputs[0].splits[0].offset = 1; },
      [](manifest& m) { m.inputs[0].splits[0].length = 3; },
      [](manifest& m) { m.inputs[0].splits.back().length = 2; },
      [](manifest& m) { m.inputs[0].splits.pop_back(); },
      [](manifest& m) { std::swap(m.inputs[0].splits[0], m.inputs[0].splits[1]); },
      [](manifest& m) { m.inputs[0].splits.push_back(m.inputs[0].splits[0]); },
      [](manifest& m) { m.inputs[0].size = 11; },
      [](manifest& m) { m.inputs[0].size = 0; },
  };
  for (std::size_t k = 0; k < bad.size(); ++k) {
    INFO(k);
    CHECK(holds(refusal_of(bad[k]), "field 'inputs[0].splits'"));
    CHECK(refusal_of([&](manifest& m) {
            bad[k](m);
            m.inputs[0].standard_input = true;
          }).empty());
  }
  CHECK_FALSE(refusal_of([](manifest& m) {
                m.inputs[0].splits[2].length = ~std::uint64_t{0};
                m.inputs[0].size = 6;
              }).empty());
  CHECK(refusal_of([](manifest& m) { m.inputs[0].splits.clear(); }).empty());
}

TEST_CASE("outputs that do not lie below the output folder are refused") {
  for (const char* bad :
       {"/etc/passwd", "../x", "a/../x", "a/..", "..", ".", "./x", "a//b", "a/", "/", ""}) {
    INFO(bad);
    CHECK(holds(refusal_of([&](manifest& m) { m.outputs[1].file = bad; }),
                "field 'outputs[1].file'"));
  }
  CHECK(holds(refusal_of([](manifest& m) { m.outputs[1].file = std::string("a\0b", 3); }),
              "field 'outputs[1].file'"));
  CHECK(holds(refusal_of([](manifest& m) { m.outputs[1].file = m.outputs[0].file; }),
              "for the second time"));
  for (const char* good : {"..x", "a/...", ".hidden/x", "a b"})
    CHECK(refusal_of([&](manifest& m) { m.outputs[1].file = good; }).empty());
  CHECK(refusal_of([](manifest& m) {
          m.outputs[0].file = m.outputs[1].file = "";
          m.outputs[0].sha256 = m.outputs[1].sha256 = "";
        }).empty());
}

TEST_CASE("fields that later versions add are passed over") {
  const std::string more =
      replaced(line_of(full_manifest()), R"("vigie": )", R"("later": {"x": [1]}, "vigie": )");
  const auto m = read_manifest(more, "M");
  REQUIRE(m);
  CHECK(*m == full_manifest());
}

TEST_CASE("a manifest of a file comes with the digest of its very bytes") {
  const scratch s;
  const std::string text = manifest_text(full_manifest());
  const auto stored = vigie::runs::load_manifest(s.put("m.json", text));
  REQUIRE(stored);
  CHECK(stored->of == full_manifest());
  CHECK(stored->sha256 == tests::sha_of(text));
  const auto none = vigie::runs::load_manifest(s.path("none.json"));
  REQUIRE_FALSE(none);
  CHECK(none.error().code == code::input_not_found);
}
