// SPDX-License-Identifier: Apache-2.0
// press.entities and press.events as a pipeline chains them.
#include "catch.hpp"
#include "columns.hpp"
#include "french.hpp"
#include "marks/find_entities.hpp"
#include "marks/find_events.hpp"

#include <vigie/testing.hpp>

using namespace vigie::press;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::outcome;
using vigie::testing::table;

namespace {

template <class C> void give_rules(harness<C>& h) {
  h.files["languages.tsv"] = "en\tEnglish\nfr\tFrench\n";
  const std::filesystem::path data = std::filesystem::path(VIGIE_SOURCE_DIR) / "plugins/press/data";
  for (const auto* folder : {"common", "en", "fr"})
    for (const auto& file : std::filesystem::directory_iterator(data / folder))
      h.files[std::string(folder) + "/" + file.path().filename().string()] =
          test::read_file(file.path());
}

using cells = std::vector<cell>;

// Bodies of one sentence each.
table bodies(const std::vector<std::string>& texts) {
  table out{{{.name = "body"}, columns::sentences()}, {}};
  for (const auto& t : texts) {
    const cell sentence(cells{cell(0), cell(static_cast<std::int64_t>(t.size())), cell("body"),
                              cell(nullptr), cell(nullptr)});
    out.rows.push_back({cell(t), cell(cells{sentence})});
  }
  return out;
}

template <class C> outcome run(const table& in, const std::string& language = "fr") {
  harness<C> h;
  give_rules(h);
  h.component().page.words.language = language;
  return h.transform(in);
}

table with(const table& in, const outcome& added) {
  table out = in;
  for (const auto& f : added.fields) out.fields.push_back(f);
  for (std::size_t i = 0; i < out.rows.size(); ++i)
    out.rows[i].insert(out.rows[i].end(), added.rows[i].begin(), added.rows[i].end());
  return out;
}

const cells& items(const cell& c) { return std::get<cells>(c.value); }

} // namespace

TEST_CASE("the steps hand on entities and events as the columns say") {
  const auto in = bodies({"La Russie a bloqué Telegram.", "Rien."});
  const auto entities = run<entities_of_page>(in);
  REQUIRE(entities.fields.size() == 1);
  CHECK(entities.fields[0].name == "entities");
  REQUIRE(items(entities.rows[0][0]).size() == 2);
  const auto& russia = items(items(entities.rows[0][0])[0]);
  CHECK(russia[0] == cell("place"));
  CHECK(russia[2] == cell("RU"));
  CHECK(russia[4] == cell(nullptr));
  const auto& mention = items(items(russia[5])[0]);
  CHECK(mention[1] == cell("Russie"));
  CHECK(mention[2] == cell(true));
  CHECK(mention[3] == cell(3));
  CHECK(mention[5] == cell(nullptr)); // nobody knows where the body stood
  CHECK(items(entities.rows[1][0]).empty());

  const auto events = run<events_of_page>(with(in, entities));
  CHECK(events.fields[0].name == "events");
  REQUIRE(items(events.rows[0][0]).size() == 1);
  const auto& block = items(items(events.rows[0][0])[0]);
  CHECK(block[1] == cell("block"));
  CHECK(block[2] == cell("bloqué"));
  CHECK(items(block[3]) == cells{cell(0)});
  CHECK(items(block[5]) == cells{cell(1)});
  CHECK(block[8] == cell(nullptr));
  CHECK(block[13] == cell(true));
  CHECK(items(events.rows[1][0]).empty());
}

TEST_CASE("a page without a body is rejected with what to do") {
  auto in = bodies({"Rien."});
  in.rows[0][0] = cell(nullptr);
  const auto out = run<entities_of_page>(in);
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].column == "body");
  CHECK(out.rejects[0].why.find("press.article makes it") != std::string::npos);
}

TEST_CASE("entities of another text are rejected, not read beyond its end") {
  const auto in = bodies({"La Russie a bloqué Telegram."});
  auto changed = with(in, run<entities_of_page>(in));
  changed.rows[0][0] = cell("Oui.");
  changed.rows[0][1] = bodies({"Oui."}).rows[0][1];
  const auto out = run<events_of_page>(changed);
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].column == "entities");
  CHECK(out.rejects[0].why.find("must stay as it was") != std::string::npos);
}

TEST_CASE("an entity of an unknown type is rejected with the types there are") {
  const auto in = bodies({"La Russie a bloqué Telegram."});
  for (const cell& type : {cell("company"), cell(""), cell("Place"), cell(nullptr)}) {
    auto changed = with(in, run<entities_of_page>(in));
    auto& first = std::get<cells>(std::get<cells>(changed.rows[0].back().value)[0].value);
    first[0] = type;
    const auto out = run<events_of_page>(changed);
    REQUIRE(out.rejects.size() == 1);
    CHECK(out.rejects[0].column == "entities");
    CHECK(out.rejects[0].why.find("known are person org place service") != std::string::npos);
  }
}

TEST_CASE("a column of another shape is refused when the pipeline is bound") {
  auto in = bodies({"Oui."});
  in.fields.push_back(vigie::list_of("entities", {.name = "item"}));
  in.rows[0].push_back(cell(cells{}));
  CHECK_THROWS(run<events_of_page>(in));
}

TEST_CASE("a language without rules is refused, and mistakes of the rules are told") {
  const auto in = bodies({"Oui."});
  CHECK_THROWS(run<entities_of_page>(in, "xx"));
  harness<entities_of_page> h;
  give_rules(h);
  h.files["fr/heads.tsv"] = "nothing\tx\n";
  CHECK_THROWS(h.transform(in));
}
