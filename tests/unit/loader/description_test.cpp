// SPDX-License-Identifier: Apache-2.0
// What plugins say of themselves: read from their tables, written as JSON and read back.
#include "catch.hpp"
#include "loader/description.hpp"

#include <functional>

namespace {

using namespace vigie;
using namespace vigie::loader;

// A sound plugin of one component with every kind of parameter; a test spoils one thing.
struct tables {
  const char* choices[3] = {"a", "b", nullptr};
  vigie_param field{sizeof(vigie_param), VIGIE_T_TEXT, 0, 0, "inner", nullptr,
                    "A field.",          nullptr,      1, 0, nullptr};
  const vigie_param* fields[1] = {&field};
  vigie_param text{sizeof(vigie_param),
                   VIGIE_T_TEXT,
                   VIGIE_P_REQUIRED | VIGIE_P_LIST,
                   0,
                   "word",
                   "a",
                   "A \"word\".\nOr two.",
                   choices,
                   1,
                   0,
                   nullptr};
  vigie_param number{sizeof(vigie_param),
                     VIGIE_T_REAL,
                     VIGIE_P_DEPRECATED,
                     0,
                     "number",
                     nullptr,
                     "A number.",
                     nullptr,
                     -0.1,
                     1e300,
                     nullptr};
  vigie_param record{sizeof(vigie_param),
                     VIGIE_T_RECORD,
                     VIGIE_P_MAP | VIGIE_P_SECRET,
                     1,
                     "record",
                     nullptr,
                     "A record.",
                     nullptr,
                     1,
                     0,
                     fields};
  const vigie_param* params[3] = {&text, &number, &record};
  const char* ports[3] = {"left", "right", nullptr};
  vigie_component one{sizeof(vigie_component),
                      VIGIE_TRANSFORM,
                      VIGIE_ORDERED,
                      VIGIE_F_DETERMINISTIC | VIGIE_F_NETWORK,
                      "p.one",
                      "One.",
                      "# Text",
                      3,
                      0,
                      params,
                      nullptr,
                      [](const vigie_host*, const vigie_value* const*, void**,
                         vigie_error*) -> vigie_status { return VIGIE_OK; },
                      [](void*) {},
                      [](const char*) -> const void* { return nullptr; },
                      ports};
  vigie_component two = one;
  const vigie_component* components[2] = {&one, &two};
  vigie_plugin plugin{sizeof(vigie_plugin),
                      VIGIE_ABI_MAJOR,
                      VIGIE_ABI_MINOR,
                      "p",
                      "1.2",
                      "A plugin.",
                      "MIT-0",
                      "",
                      2,
                      components};
  tables() { two.name = "p.two"; }
  tables(const tables&) = delete;
};

std::string refusal(const std::function<void(tables&)>& spoil) {
  tables t;
  spoil(t);
  const auto d = describe(&t.plugin, "p");
  return d ? "" : code_name(d.error().code);
}

} // namespace

TEST_CASE("a description goes through JSON and back without a change") {
  const tables t;
  const auto read = describe(&t.plugin, "p");
  REQUIRE(read);
  const std::string json = to_json(*read, "abc");
  const auto back = from_json(json);
  REQUIRE(back);
  CHECK(back->sha256 == "abc");
  CHECK(to_json(back->plugin, "abc") == json);
  const component_info& c = back->plugin.components.at(0);
  CHECK(c.name == "p.one");
  CHECK(c.kind == component_kind::transform);
  CHECK(c.parallelism == parallelism::ordered);
  CHECK(c.deterministic);
  CHECK(c.network);
  CHECK_FALSE(c.writes_files);
  CHECK(c.ports == std::vector<std::string>{"left", "right"});
  REQUIRE(c.params.size() == 3);
  CHECK(c.params[0].required);
  CHECK(c.params[0].list);
  CHECK(c.params[0].choices == std::vector<std::string>{"a", "b"});
  CHECK(c.params[0].doc == "A \"word\".\nOr two.");
  CHECK(c.params[1].min == -0.1);
  CHECK(c.params[1].max == 1e300);
  CHECK(c.params[1].deprecated);
  CHECK(c.params[2].secret);
  CHECK(c.params[2].fields.at(0).name == "inner");
}

TEST_CASE("tables that contradict the interface are refused, each with its code") {
  CHECK(refusal([](tables&) {}).empty());
  CHECK(describe(nullptr, "p").error().code == code::plugin_bad_description);
  CHECK(refusal([](tables& t) { t.plugin.struct_size = 8; }) == "V0307");
  CHECK(refusal([](tables& t) { t.plugin.abi_minor += 1; }) == "V0304");
  CHECK(refusal([](tables& t) { t.plugin.abi_major += 1; }) == "V0304");
  const std::function<void(tables&)> spoils[] = {
      [](tables& t) { t.plugin.id = "q"; },
      [](tables& t) { t.plugin.id = nullptr; },
      [](tables& t) { t.plugin.version = ""; },
      [](tables& t) { t.plugin.license = nullptr; },
      [](tables& t) { t.plugin.n_components = 0; },
      [](tables& t) { t.plugin.n_components = 1U << 30U; },
      [](tables& t) { t.plugin.components = nullptr; },
      [](tables& t) { t.components[1] = nullptr; },
      [](tables& t) { t.components[1] = &t.one; },
      [](tables& t) { t.one.struct_size = 4; },
      [](tables& t) { t.one.name = "q.one"; },
      [](tables& t) { t.one.name = "p.One"; },
      [](tables& t) { t.one.name = "p."; },
      [](tables& t) { t.one.name = nullptr; },
      [](tables& t) { t.one.kind = 0; },
      [](tables& t) { t.one.kind = 8; },
      [](tables& t) { t.one.parallelism = 5; },
      [](tables& t) { t.one.create = nullptr; },
      [](tables& t) { t.one.destroy = nullptr; },
      [](tables& t) { t.one.iface = nullptr; },
      [](tables& t) { t.one.summary = ""; },
      [](tables& t) { t.one.params = nullptr; },
      [](tables& t) { t.one.n_params = 1U << 30U; },
      [](tables& t) { t.params[1] = nullptr; },
      [](tables& t) { t.params[1] = &t.text; },
      [](tables& t) { t.text.struct_size = 0; },
      [](tables& t) { t.text.name = "Word"; },
      [](tables& t) { t.text.type = 0; },
      [](tables& t) { t.text.type = VIGIE_T_RECORD + 1; },
      [](tables& t) { t.text.doc = nullptr; },
      [](tables& t) { t.text.type = VIGIE_T_RECORD; }, // a record without fields
      [](tables& t) { t.record.type = VIGIE_T_TEXT; }, // fields without a record
      [](tables& t) {                                  // a record that holds itself
        t.field.type = VIGIE_T_RECORD;
        t.field.fields = t.fields;
        t.field.n_fields = 1;
      },
  };
  for (std::size_t i = 0; i < std::size(spoils); ++i) {
    INFO("case " << i);
    CHECK(refusal(spoils[i]) == "V0307");
  }
}

TEST_CASE("a manifest that is no manifest is refused, whatever stands in it") {
  const auto refused = [](const std::string& json) {
    const auto d = from_json(json);
    return !d && d.error().code == code::plugin_bad_description;
  };
  CHECK(refused(""));
  CHECK(refused("{"));
  CHECK(refused("[]"));
  CHECK(refused("{}"));
  CHECK(refused("null"));
  CHECK(refused(R"({"vigie_plugin": 2})"));
  CHECK(refused(R"({"vigie_plugin": "1"})"));
  CHECK(refused(std::string(100'000, '[')));
  const auto with = [](const std::string& component) {
    return R"({"vigie_plugin": 1, "id": "p", "components": [)" + component + "]}";
  };
  CHECK(refused(with(R"({"name": "p.a", "kind": 200})")));
  CHECK(refused(with(R"({"name": "p.a", "kind": 0})")));
  CHECK(refused(with(R"({"name": "p.a", "parallelism": 9})")));
  CHECK(refused(with(R"({"name": "p.a", "params": [{"name": "x", "type": 99}]})")));
  CHECK(refused(with(
      R"({"name": "p.a", "params": [{"name": "x", "type": 12, "fields": [{"name": "y", "type": 0}]}]})")));
  CHECK(from_json(with(
      R"({"name": 5, "kind": "x", "params": 7, "ports": [1, null]}, 3, "x")"))); // the wrong types
                                                                                 // say nothing
}

TEST_CASE("a manifest cut short anywhere is refused or the same") {
  const tables t;
  const std::string json = to_json(*describe(&t.plugin, "p"), "abc");
  for (std::size_t n = 0; n + 2 < json.size(); ++n) CHECK_FALSE(from_json(json.substr(0, n)));
}
