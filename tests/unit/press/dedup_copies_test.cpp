// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "copies/find_copies.hpp"
#include "copies/fingerprint_pages.hpp"
#include "made_texts.hpp"

#include <vigie/testing.hpp>

#include <algorithm>
#include <random>

using namespace vigie;
using namespace vigie::press;
using namespace vigie::press::test;
using vigie::testing::cell;
using vigie::testing::row;

namespace {

struct site {
  std::string file, text;
  cell agency = nullptr, publisher = nullptr, published = nullptr;
};

testing::table pages(const std::vector<site>& sites) {
  testing::table out;
  std::string room;
  out.fields = {{.name = "file"},
                {.name = "publisher"},
                {.name = "agency"},
                {.name = "published", .kind = kind::date},
                fingerprint_columns::exact_field(),
                fingerprint_columns::normalised_field(),
                fingerprint_columns::minhash_field()};
  for (const site& s : sites) {
    const fingerprint f = fingerprint_of(s.text, copy_kind::near, room);
    out.rows.push_back(
        {s.file, s.publisher, s.agency, s.published, std::string(f.exact.data(), f.exact.size()),
         std::string(f.normalised->data(), f.normalised->size()), std::string(bytes_of(*f.near))});
  }
  return out;
}

// "file kind of" for each row, in order.
std::vector<std::string> copies_of(const std::vector<site>& sites, std::size_t rows_a_task = 4) {
  testing::harness<copies_of_texts> h;
  const auto out = h.aggregate(pages(sites), rows_a_task);
  std::vector<std::string> lines;
  const auto text = [&](const row& r, const char* name) {
    const auto at = static_cast<std::size_t>(find_field(out.fields, name));
    const auto* v = std::get_if<std::string>(&r[at].value);
    return v == nullptr ? std::string("-") : *v;
  };
  for (const row& r : out.rows)
    lines.push_back(text(r, "file") + " " + text(r, "kind") + " " + text(r, "copy_of") + " " +
                    text(r, "group_agency"));
  return lines;
}

const std::string dispatch = made_text(0, 300);
using lines = std::vector<std::string>;

} // namespace

TEST_CASE("the page of the agency is the original, even where others came first") {
  CHECK(copies_of({{"a", dispatch + " ", "Agence Bleue", "Journal", 100},
                   {"b", dispatch, "AGENCE BLEUE", "Agence bleue", 200},
                   {"c", changed_text(0, 300, 5), nullptr, "Blog", 50},
                   {"d", "Something else", nullptr, "Blog", 50}}) ==
        lines{"d original - -", "b original - AGENCE BLEUE", "c near b AGENCE BLEUE",
              "a normalised b AGENCE BLEUE"});
}

TEST_CASE("without the agency's own page the first published is the original, undated ones last") {
  CHECK(copies_of({{"a", dispatch},
                   {"b", dispatch, nullptr, "Journal", 200},
                   {"c", dispatch, "AFB", "Site", 100}}) ==
        lines{"c original - AFB", "b exact c AFB", "a exact c AFB"});
}

TEST_CASE("the agency of a group is that of the first copy that names one") {
  CHECK(copies_of({{"a", dispatch, nullptr, "Site", 100}, {"b", dispatch, "AFB", "Site", 200}}) ==
        lines{"a original - AFB", "b exact a AFB"});
}

TEST_CASE("copies are not chained to what their original is not like") {
  CHECK(copies_of({{"a", made_text(0, 1004), nullptr, nullptr, 1},
                   {"b", made_text(80, 1004), nullptr, nullptr, 2},
                   {"c", made_text(160, 1004), nullptr, nullptr, 3}}) ==
        lines{"a original - -", "b near a -", "c original - -"});
}

TEST_CASE("groups count their pages and bear one id") {
  testing::harness<copies_of_texts> h;
  const auto out = h.aggregate(pages({{"a", dispatch}, {"b", dispatch}, {"c", "Alone"}}));
  REQUIRE(out.rows.size() == 3);
  CHECK(out.rows[0][0] == out.rows[1][0]);
  CHECK(out.rows[0][0] != out.rows[2][0]);
  CHECK(out.rows[0][3] == 2);
  CHECK(out.rows[2][3] == 1);
  CHECK(out.rows[0][2] == 1.0);
}

TEST_CASE("the order of pages and the tasks they fall to change nothing") {
  std::vector<site> sites;
  for (int i = 0; i < 40; ++i) {
    const auto first = static_cast<std::uint64_t>(i % 8) * 1000;
    sites.push_back(
        {"f" + std::to_string(i), changed_text(first, 300, static_cast<std::size_t>(i) % 3)});
    if (i % 4 == 0) sites.back().published = i;
    if (i % 7 == 0) sites.back().agency = sites.back().publisher = "AFB";
  }
  const lines once = copies_of(sites, 100);
  CHECK(once.size() == 40);
  std::mt19937 random(3); // NOLINT(cert-msc51-cpp): the same every time
  for (int i = 0; i < 10; ++i) {
    std::shuffle(sites.begin(), sites.end(), random);
    CHECK(copies_of(sites, static_cast<std::size_t>(i) + 1) == once);
  }
}

TEST_CASE("a page without a fingerprint is rejected") {
  testing::table t = pages({{"a", dispatch}, {"b", dispatch}});
  t.rows[0][4] = nullptr;
  testing::harness<copies_of_texts> h;
  const auto out = h.aggregate(t);
  CHECK(out.rows.size() == 1);
  REQUIRE(out.rejects.size() == 1);
  CHECK(out.rejects[0].why == "there is no fingerprint; press.fingerprint gives each text one");
}

double alike(const site& a, const site& b) {
  std::string room;
  return similarity(*fingerprint_of(a.text, copy_kind::near, room).near,
                    *fingerprint_of(b.text, copy_kind::near, room).near);
}

std::vector<site> many_sites(int n) {
  std::vector<site> out;
  for (int i = 0; i < n; ++i) {
    const auto text = static_cast<std::uint64_t>(i % 3 == 0 ? i / 9 : i);
    const auto change = static_cast<std::size_t>(i % 4);
    out.push_back({"f" + std::to_string(i * 7919 % n), changed_text(text * 150, 140, change)});
    if (i % 4 == 0) out.back().published = i % 100;
    if (i % 5 == 0) out.back().agency = "AFB";
    if (i % 15 == 0) out.back().publisher = "afb";
  }
  return out;
}

TEST_CASE("pages that do not fit into memory go through scratch files, with the same groups") {
  const testing::table t = pages(many_sites(6000));
  testing::harness<copies_of_texts> roomy;
  const auto all = roomy.aggregate(t, 700);
  CHECK(all.rows.size() == t.rows.size());
  CHECK(roomy.spill.made == 0);
  for (const std::int64_t memory : {0, 3 << 20})
    for (const std::size_t rows_a_task : {900U, 7000U}) {
      testing::harness<copies_of_texts> tight;
      tight.memory = memory;
      INFO(memory << " bytes, " << rows_a_task << " rows a task");
      CHECK(tight.aggregate(t, rows_a_task).rows == all.rows);
      CHECK(tight.spill.made > 0);
      CHECK(tight.held == 0);
      CHECK(tight.spill.files.empty());
    }
}

TEST_CASE("a page is a copy of the original it is most like, also where that one is met later") {
  std::vector<site> sites;
  for (int i = 0; i < 3000; ++i)
    sites.push_back({"m" + std::to_string(i),
                     made_text(100000 + static_cast<std::uint64_t>(i) * 150, 140), nullptr, nullptr,
                     1000});
  sites.push_back({"first", changed_text(0, 1004, 80), nullptr, nullptr, 1});
  sites.push_back(
      {"nearest", made_text(50000000, 40) + " " + made_text(40, 964), nullptr, nullptr, 2000});
  sites.push_back({"copy", made_text(0, 1004), nullptr, nullptr, 3000});
  const double least = 0.82;
  const std::size_t n = sites.size();
  CHECK(alike(sites[n - 3], sites[n - 1]) > least);
  CHECK(alike(sites[n - 3], sites[n - 1]) < alike(sites[n - 2], sites[n - 1]));
  CHECK(alike(sites[n - 3], sites[n - 2]) < least);
  for (const std::int64_t memory : {std::int64_t{0}, INT64_MAX}) {
    testing::harness<copies_of_texts> h;
    h.memory = memory;
    h.component().similarity = least;
    const auto out = h.aggregate(pages(sites), 4000);
    CHECK((h.spill.made > 0) == (memory == 0));
    REQUIRE(out.rows.size() == 3003);
    CHECK(out.rows[3001][5] == "nearest");
    CHECK(out.rows[3001][3] == 2);
    CHECK(out.rows[3002][5] == "copy");
    CHECK(out.rows[3002][11] == "nearest");
  }
}

TEST_CASE("without memory and disk pages are refused, and all is given back") {
  testing::harness<copies_of_texts> h;
  h.memory = 2 << 20;
  h.spills = false;
  std::vector<site> sites;
  for (int i = 0; i < 9000; ++i) sites.push_back({"f" + std::to_string(i), dispatch});
  CHECK_THROWS_WITH(h.aggregate(pages(sites), 10000), Catch::Contains("there is no disk for them"));
  CHECK(h.held == 0);
}
