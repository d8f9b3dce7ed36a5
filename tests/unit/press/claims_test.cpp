// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "claims/make_claims.hpp"
#include "columns.hpp"

#include <vigie/testing.hpp>

#include <functional>

using namespace vigie;
using namespace vigie::press;
using vigie::testing::cell;
using vigie::testing::row;
using cells = std::vector<cell>;

namespace {

const std::string body = "The regulator cut Messenger on Monday. It hit 300 hosts.";

schema page_columns() {
  using namespace columns;
  return {word("file"),   word("title"),    word("url"),  word("publisher"),
          word("agency"), day("published"), word("body"), sentences(),
          dates(),        figures(),        entities(),   events()};
}

cell entity(const char* type, const char* name, const char* key, cell iso) {
  return cells{type, name, key, std::move(iso), nullptr, cells{}};
}

// An event of the first sentence: actor 0 blocks target 1 at place 2 on date 0.
cells event() {
  return {0,       "block",    "cut",   cells{0}, nullptr, cells{1}, nullptr, cells{2}, 0,
          cells{}, "asserted", nullptr, nullptr,  true,    14,       3,       1014,     3};
}

row page(const std::string& file, cells events) {
  return {file,
          "A title",
          "https://example.org/" + file,
          "Journal",
          "Agence",
          16010,
          body,
          cells{cells{0, 38, "body", 1000, 38}, cells{39, 17, "body", 1039, 17}},
          cells{cells{0, "Monday", "point", "relative_to_publication", "2013-10-22", 16000, 16000,
                      "day", 31, 6, 1031, 6}},
          cells{cells{1, "300 hosts", 300.0, nullptr, "exact", "hosts", "hosts", nullptr, 46, 9,
                      1046, 9}},
          cells{entity("org", "Regulator", "regulator", nullptr),
                entity("service", "Messenger", "messenger", nullptr),
                entity("place", "Landia", "landia", "RU")},
          std::move(events)};
}

row page(const std::string& file) { return page(file, {event()}); }

// A page whose event differs in one field.
row changed(const std::string& file, std::size_t field, cell to) {
  cells e = event();
  e[field] = std::move(to);
  return page(file, {e});
}

std::size_t at(const testing::outcome& out, const char* name) {
  return static_cast<std::size_t>(find_field(out.fields, name));
}
cell value(const testing::outcome& out, std::size_t r, const char* name) {
  return out.rows.at(r).at(at(out, name));
}

testing::outcome claims_of(std::vector<row> pages, std::size_t rows_a_task = 4) {
  testing::harness<claims_of_pages> h;
  return h.aggregate({page_columns(), std::move(pages)}, rows_a_task);
}

} // namespace

TEST_CASE("a claim says who, what, where, when, by whom and at which bytes") {
  cells e = event();
  e[9] = cells{0};
  e[11] = 0;
  const auto out = claims_of({page("a.txt", {e})});
  REQUIRE(out.rows.size() == 1);
  CHECK(out.rejects.empty());
  CHECK(value(out, 0, "type") == "block");
  CHECK(value(out, 0, "actor") == "Regulator");
  CHECK(value(out, 0, "target") == "Messenger");
  CHECK(value(out, 0, "place") == "Landia");
  CHECK(value(out, 0, "iso") == cells{"RU"});
  CHECK(value(out, 0, "from") == 16000);
  CHECK(value(out, 0, "to") == 16000);
  CHECK(value(out, 0, "date_basis") == "relative_to_publication");
  CHECK(value(out, 0, "figures") ==
        cells{cells{300.0, nullptr, "exact", "hosts", "hosts", nullptr, "300 hosts"}});
  CHECK(value(out, 0, "modality") == "asserted");
  CHECK(value(out, 0, "attributed_to") == "Regulator");
  CHECK(value(out, 0, "verdict_hint") == "measurable");
  CHECK(value(out, 0, "text") == "The regulator cut Messenger on Monday.");
  CHECK(value(out, 0, "span") == cells{1000, 38});
  CHECK(value(out, 0, "url") == "https://example.org/a.txt");
  CHECK(value(out, 0, "published") == 16010);
  CHECK(value(out, 0, "contradicts") == cells{});
  CHECK(value(out, 0, "copy_of") == nullptr);
}

TEST_CASE("what a text does not say stays open") {
  cells e = event();
  for (const std::size_t field : {3U, 5U, 7U, 9U}) e[field] = cells{};
  e[8] = nullptr;
  e[13] = false;
  const auto out = claims_of({page("a.txt", {e})});
  for (const char* name : {"actor", "target", "place", "from", "to", "attributed_to"})
    CHECK(value(out, 0, name) == nullptr);
  CHECK(value(out, 0, "iso") == cells{});
  CHECK(value(out, 0, "date_basis") == "none");
  CHECK(value(out, 0, "verdict_hint") == "not measurable");
}

TEST_CASE("words stand in for actors, targets and sources that are no entities") {
  cells e = event();
  e[3] = e[5] = cells{};
  e[4] = "some officials";
  e[6] = "several apps";
  e[12] = "residents";
  const auto out = claims_of({page("a.txt", {e})});
  CHECK(value(out, 0, "actor") == "some officials");
  CHECK(value(out, 0, "target") == "several apps");
  CHECK(value(out, 0, "attributed_to") == "residents");
}

TEST_CASE("several names stand side by side, each once") {
  const auto out = claims_of({changed("a.txt", 5, cells{1, 0, 1})});
  CHECK(value(out, 0, "target") == "Messenger; Regulator");
}

TEST_CASE("a page without events gives no claims and is not rejected") {
  const auto out = claims_of({page("a.txt", {}), page("b.txt")});
  CHECK(out.rows.size() == 1);
  CHECK(out.rejects.empty());
}

TEST_CASE("rows whose events name what is not there are rejected whole, others stay") {
  const std::vector<std::pair<std::size_t, cell>> wrong{
      {3, cells{3}}, {3, cells{-1}}, {5, cells{99}}, {7, cells{3}}, {8, 1},  {9, cells{7}},
      {11, 3},       {0, 2},         {0, -1},        {0, nullptr},  {1, ""}, {1, nullptr}};
  for (const auto& [field, to] : wrong) {
    row bad = page("bad.txt", {event(), event()});
    cells second = event();
    second[field] = to;
    bad[11] = cells{event(), second};
    const auto out = claims_of({page("a.txt"), bad, page("b.txt")});
    CHECK(out.rows.size() == 2);
    REQUIRE(out.rejects.size() == 1);
    CHECK(out.rejects[0].row == 1);
    CHECK(out.rejects[0].column == "events");
    CHECK_FALSE(out.rejects[0].why.empty());
  }
}

TEST_CASE("a null list of events and a sentence outside the body are rejected with a reason") {
  row none = page("a.txt");
  none[11] = nullptr;
  row outside = page("b.txt");
  outside[7] = cells{cells{40, 17, "body", nullptr, nullptr}};
  row negative = page("c.txt");
  negative[7] = cells{cells{-1, 5, "body", nullptr, nullptr}};
  row empty = page("d.txt");
  empty[6] = nullptr;
  const auto out = claims_of({none, outside, negative, empty});
  CHECK(out.rows.empty());
  REQUIRE(out.rejects.size() == 4);
  CHECK(out.rejects[0].why == "there is no list of events; press.events gives each page one");
  CHECK(out.rejects[1].why ==
        "a sentence stands at byte 40 with 17 bytes, but the body has 56; run "
        "press.sentences on the same body");
  CHECK(out.rejects[3].column == "sentences");
}

TEST_CASE("null items and null lists of numbers say nothing") {
  const auto out = claims_of({changed("a.txt", 3, nullptr), changed("b.txt", 7, nullptr)});
  CHECK(out.rows.size() == 2);
  CHECK(out.rejects.empty());
}

TEST_CASE("claims without places in the input are told apart by their place in the body") {
  cells first = event(), second = event();
  first[16] = first[17] = second[16] = second[17] = nullptr;
  second[14] = 40;
  row r = page("a.txt", {first, second});
  r[7] = cells{cells{0, 38, "body", nullptr, nullptr}};
  const auto out = claims_of({r});
  REQUIRE(out.rows.size() == 2);
  CHECK(value(out, 0, "claim_id") != value(out, 1, "claim_id"));
  CHECK(value(out, 0, "span") == nullptr);
}

TEST_CASE("tasks, batches and the order of pages change nothing") {
  std::vector<row> pages;
  for (int i = 0; i < 23; ++i) {
    row p = changed("p" + std::to_string(i), 10, i % 5 == 0 ? "denied" : "asserted");
    p[5] = 16000 + i;
    pages.push_back(std::move(p));
  }
  const auto once = claims_of(pages, 100);
  CHECK(once.rows.size() == 23);
  for (const std::size_t n : {1U, 2U, 7U}) CHECK(claims_of(pages, n).rows == once.rows);
  std::reverse(pages.begin(), pages.end());
  CHECK(claims_of(pages, 3).rows == once.rows);
}

TEST_CASE("columns of pages that are not there leave their cells open") {
  schema some;
  row cells_of_it;
  const schema all = page_columns();
  const row full = page("a.txt");
  for (std::size_t i = 6; i < all.size(); ++i) {
    some.push_back(all[i]);
    cells_of_it.push_back(full[i]);
  }
  testing::harness<claims_of_pages> h;
  const auto out = h.aggregate({some, {cells_of_it}});
  REQUIRE(out.rows.size() == 1);
  CHECK(value(out, 0, "file") == nullptr);
  CHECK(value(out, 0, "published") == nullptr);
}

TEST_CASE("a missing or wrong list is refused with the step that makes it") {
  const auto refused = [](const std::function<void(schema&)>& change) {
    testing::harness<claims_of_pages> h;
    schema s = page_columns();
    change(s);
    try {
      static_cast<void>(h.aggregate({s, {}}));
    } catch (const error& e) {
      CHECK(e.code == VIGIE_E_SCHEMA);
      return e.message;
    }
    return std::string("taken");
  };
  CHECK(refused([](schema& s) { s.pop_back(); }) ==
        "there is no column 'events' in the input; put press.events before this step");
  CHECK(refused([](schema& s) { s.back() = {.name = "events"}; }) ==
        "column 'events' is text; wanted is a list of structs; put press.events before this step");
  CHECK(refused([](schema& s) {
          s.back().children[0].children.erase(s.back().children[0].children.begin() + 1);
        }).find("wanted is a field 'type' that is text") != std::string::npos);
  CHECK(refused([](schema& s) {
          s.back().children[0].children[3] = columns::word("actors");
        }).find("wanted is a field 'actors' that is a list of a whole number") !=
        std::string::npos);
  CHECK(refused([](schema& s) { s[5] = columns::word("published"); }).find("published") !=
        std::string::npos);
}

TEST_CASE("claims of sensitive pages are sensitive") {
  testing::harness<claims_of_pages> h;
  schema s = page_columns();
  s[6].sensitive = true;
  const auto out = h.aggregate({s, {page("a.txt")}});
  for (const field& f : out.fields) CHECK(f.sensitive);
}

TEST_CASE("claims that do not fit into memory go through scratch files, with the same rows") {
  std::vector<row> pages;
  const std::vector<const char*> types{"block", "law", "leak"};
  for (int i = 0; i < 4000; ++i) {
    cells e = event();
    e[1] = types[static_cast<std::size_t>(i) % 3];
    e[10] = i % 5 == 0 ? "denied" : "asserted";
    if (i % 7 == 0) e[8] = nullptr;
    row p = page("p" + std::to_string(i % 1900), {e, event()});
    p[5] = i % 11 == 0 ? cell(nullptr) : cell(15000 + i % 300);
    const int day = 16000 + i * 37 % 2000;
    p[8] = cells{cells{0, "Monday", "point", "explicit", nullptr, day, day, "day", 31, 6, 1031, 6}};
    pages.push_back(std::move(p));
  }
  testing::harness<claims_of_pages> roomy;
  const auto all = roomy.aggregate({page_columns(), pages}, 700);
  CHECK(all.rows.size() > 4000);
  CHECK(roomy.spill.made == 0);
  for (const std::int64_t memory : {1 << 20, 3 << 20})
    for (const std::size_t rows_a_task : {900U, 5000U}) {
      testing::harness<claims_of_pages> tight;
      tight.memory = memory;
      INFO(memory << " bytes, " << rows_a_task << " rows a task");
      CHECK(tight.aggregate({page_columns(), pages}, rows_a_task).rows == all.rows);
      CHECK(tight.spill.made > 0);
      CHECK(tight.held == 0);
      CHECK(tight.spill.files.empty());
    }
}

TEST_CASE("an incident whose claims do not fit into memory is refused, and all is given back") {
  testing::harness<claims_of_pages> h;
  h.memory = 2 << 20;
  std::vector<row> pages;
  for (int i = 0; i < 8; ++i) {
    row p = page("p" + std::to_string(i));
    p[6] = body + std::string(600000, 'x');
    p[7] = cells{cells{0, 600000, "body", 0, 600000}};
    pages.push_back(std::move(p));
  }
  CHECK_THROWS_WITH(h.aggregate({page_columns(), pages}),
                    Catch::Contains("claims of one incident take about"));
  CHECK(h.held == 0);
  CHECK(h.spill.files.empty());
}

TEST_CASE("without memory and disk claims are refused with what they take") {
  testing::harness<claims_of_pages> h;
  h.memory = 2 << 20;
  h.spills = false;
  std::vector<row> pages;
  for (int i = 0; i < 9000; ++i) pages.push_back(page("p" + std::to_string(i)));
  CHECK_THROWS_WITH(h.aggregate({page_columns(), pages}, 10000),
                    Catch::Contains("claims take") && Catch::Contains("there is no disk for them"));
  CHECK(h.held == 0);
}
