// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "html_support.hpp"
#include "readers/read_article.hpp"

#include <vigie/testing.hpp>

using namespace vigie::press;
using vigie::press::test::news_page;
using vigie::testing::cell;
using vigie::testing::harness;

namespace {

std::string data_file(std::string_view name) {
  std::ifstream in(VIGIE_SOURCE_DIR "/plugins/press/data/" + std::string(name), std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct seen {
  vigie::testing::outcome out;
  [[nodiscard]] cell at(std::string_view column, std::size_t row = 0) const {
    for (std::size_t i = 0; i < out.fields.size(); ++i)
      if (out.fields[i].name == column) return out.rows.at(row).at(i);
    FAIL("no column " << column);
    return nullptr;
  }
};

vigie::schema page_columns() {
  return {{.name = "file"},
          {.name = "html", .kind = vigie::kind::binary},
          {.name = "url"},
          {.name = "charset"}};
}

void give_data(harness<article_of_page>& h) {
  for (const char* name : {"html.tsv", "languages.tsv", "fr/agencies.tsv", "fr/numbers.tsv",
                           "fr/page.tsv", "fr/time.tsv", "fr/units.tsv"})
    h.files[name] = data_file(name);
  h.component().html = vigie::column_name("html");
}

seen read(std::vector<vigie::testing::row> rows) {
  harness<article_of_page> h;
  give_data(h);
  return {h.transform({page_columns(), std::move(rows)})};
}

} // namespace

TEST_CASE("press.article reads the bytes of a page, with its address and charset") {
  const seen s = read({{"a.html", news_page, "http://fanal.example/lu", nullptr}});
  CHECK(s.out.rejects.empty());
  CHECK(s.at("title") == cell("Deux heures sans réseau"));
  CHECK(s.at("byline") == cell("Odile Marchetti"));
  CHECK(s.at("published_basis") == cell("page"));
  CHECK(s.at("url") == cell("http://fanal.example/lu"));
  CHECK(s.at("canonical_url") == cell("https://fanal.example/2019/06/deux-heures"));
  CHECK(s.at("publisher") == cell("Le Fanal"));
}

TEST_CASE("pages without an article are rejected, and say what they hold") {
  const seen s = read({{"a.html", "", nullptr, nullptr},
                       {"b.html", nullptr, nullptr, nullptr},
                       {"c.html", "<ol class=comments><li>Merci, dit-il.</ol>", nullptr, nullptr},
                       {"d.html", news_page, nullptr, nullptr}});
  REQUIRE(s.out.rejects.size() == 3);
  CHECK(s.out.rejects[0].why == "the page is empty; expected HTML");
  CHECK(s.out.rejects[1].why == "there is no page");
  CHECK(s.out.rejects[2].why.find("only residue such as comment") != std::string::npos);
  CHECK(s.at("title", 3) == cell("Deux heures sans réseau"));
}

TEST_CASE("a page is of no later day than the one after it was fetched") {
  vigie::schema columns = page_columns();
  columns.push_back({.name = "fetched", .kind = vigie::kind::timestamp});
  constexpr std::int64_t day_us = 86'400'000'000;
  const std::int64_t june_12 = 18'059; // 2019-06-12, as the page says
  harness<article_of_page> h;
  give_data(h);
  const seen s{h.transform({columns,
                            {{"a.html", news_page, nullptr, nullptr, (june_12 - 1) * day_us + 5},
                             {"b.html", news_page, nullptr, nullptr, (june_12 - 2) * day_us + 5},
                             {"c.html", news_page, nullptr, nullptr, nullptr}}})};
  CHECK(s.out.rejects.empty());
  CHECK(s.at("published_basis", 0) == cell("page"));
  CHECK(s.at("published", 1) == cell(nullptr));
  CHECK(s.at("published_basis", 2) == cell("page"));
}

TEST_CASE("the agency in a byline is the page's, whatever the text quotes") {
  const auto with_byline = [](const std::string& byline) {
    std::string page = news_page;
    const std::string old = "Par Odile Marchetti";
    page.replace(page.find(old), old.size(), byline);
    const std::string told = "dit le maire";
    page.replace(page.find(told), told.size(), "a déclaré à Reuters le maire");
    return page;
  };
  const std::string both = with_byline("Par Odile Marchetti avec AFP");
  const seen s = read({{"a.html", both, nullptr, nullptr},
                       {"b.html", with_byline("Par Odile Marchetti"), nullptr, nullptr}});
  CHECK(s.at("agency", 0) == cell("AFP"));
  CHECK(s.at("byline", 0) == cell("Odile Marchetti avec AFP"));
  CHECK(s.at("agency", 1) == cell("Reuters"));
}
