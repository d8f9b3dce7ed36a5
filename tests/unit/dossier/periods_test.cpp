// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "timeline_checks.hpp"

#include <limits>

using namespace dossier_test;

TEST_CASE("days, months, years and intervals are written as French writes them") {
  const auto head = [](const char* from, const char* to) {
    return checked({dated("a", from, to)}).texts("h3")[0];
  };
  CHECK(head("2014-05-20", "2014-05-20") == "20\u00A0mai 2014");
  CHECK(head("2014-03-01", "2014-03-01") == "1er\u00A0mars 2014");
  CHECK(head("2014-03-19", "2014-05-18") == "19\u00A0mars\u00A0– 18\u00A0mai 2014");
  CHECK(head("2014-03-19", "2014-03-24") == "19\u00A0– 24\u00A0mars 2014");
  CHECK(head("2014-03-01", "2014-03-24") == "1er\u00A0– 24\u00A0mars 2014");
  CHECK(head("2013-12-30", "2014-01-02") == "30\u00A0décembre 2013\u00A0– 2\u00A0janvier 2014");
  CHECK(head("2014-03-01", "2014-03-31") == "mars 2014");
  CHECK(head("2016-02-01", "2016-02-29") == "février 2016");
  CHECK(head("2015-02-01", "2015-02-27") == "1er\u00A0– 27\u00A0février 2015");
  CHECK(head("2014-03-01", "2014-05-31") == "mars\u00A0– mai 2014");
  CHECK(head("2013-11-01", "2014-02-28") == "novembre 2013\u00A0– février 2014");
  CHECK(head("2014-01-01", "2014-12-31") == "2014");
  CHECK(head("2014-01-01", "2016-12-31") == "2014\u00A0– 2016");
  CHECK(head("2014-10-01", "") == "à partir du 1er\u00A0octobre 2014");
  CHECK(head("", "2014-08-31") == "jusqu’au 31\u00A0août 2014");
  const checked_page backwards = checked({dated("a", "2014-05-18", "2014-03-19")});
  CHECK(backwards.texts("h3")[0] == "18\u00A0mai 2014\u00A0– 19\u00A0mars 2014");
  CHECK(has(backwards.text, "la fin précède le début"));
}

TEST_CASE("dates have a form for machines") {
  const auto machine = [](const char* from, const char* to) {
    std::string out;
    const checked_page p = checked({dated("a", from, to)});
    for (const element& e : p.all("time")) out += e.attributes.at("datetime") + " ";
    return out.substr(out.size() / 2); // those of the period covered come first and are the same
  };
  CHECK(machine("2014-03-19", "2014-05-18") == "2014-03-19 2014-05-18 ");
  CHECK(machine("2014-03-01", "2014-03-31") == "2014-03 ");
  CHECK(machine("2014-01-01", "2014-12-31") == "2014 ");
  CHECK(has(page_of({dated("a", "2014-03-01", "2014-03-01")}),
            "<time datetime=\"2014-03-01\">1<sup>er</sup>\u00A0mars 2014</time>"));
}

TEST_CASE("days at the ends of what a date can hold are taken") {
  table t = table_of({dated("a", "2014-03-19", ""), dated("b", "2014-03-19", "")});
  t.rows[0][1] = std::numeric_limits<std::int32_t>::min();
  t.rows[1][2] = std::numeric_limits<std::int32_t>::max();
  t.rows[1][9] = std::numeric_limits<std::int32_t>::max();
  const checked_page p = checked(page_of(t));
  CHECK(sentences(p) == texts{"a", "b"});
  CHECK(p.all("rect").size() == 2);
  for (const element& e : p.all("time")) CHECK_FALSE(e.attributes.at("datetime").starts_with("-"));
}

TEST_CASE("the overview counts by month, then by year, then by groups of years") {
  const auto titles = [](const std::vector<one_row>& rows) {
    texts out = checked(rows).texts("title");
    return texts(out.begin() + 2, out.end()); // behind those of page and chart
  };
  CHECK(titles({dated("a", "2014-03-19", ""), dated("b", "2014-03-20", ""),
                dated("c", "2021-12-31", "")}) ==
        texts{"mars 2014\u00A0: 2\u00A0énoncés", "décembre 2021\u00A0: 1\u00A0énoncé"});
  CHECK(titles({dated("a", "2014-03-19", ""), dated("c", "2022-01-01", "")}) ==
        texts{"2014\u00A0: 1\u00A0énoncé", "2022\u00A0: 1\u00A0énoncé"});
  CHECK(titles({dated("a", "1901-03-19", ""), dated("c", "1999-01-01", "")}) ==
        texts{"1900–1901\u00A0: 1\u00A0énoncé", "1998–1999\u00A0: 1\u00A0énoncé"});
  const checked_page p = checked({dated("a", "2014-03-19", ""), dated("b", "2015-03-20", "")});
  const checked_page one_year = checked({dated("a", "2014-12-31", "")});
  CHECK(one_year.texts("text", "year").empty());
  CHECK(one_year.texts("text", "initial") ==
        texts{"J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"});
  CHECK(p.texts("text", "year") == texts{"2014", "2015"});
  CHECK(p.texts("desc") == texts{"2014\u00A0: 1\u00A0énoncé; 2015\u00A0: 1\u00A0énoncé."});
  CHECK(p.all("svg")[0].attributes.at("aria-labelledby") == "chart-title chart-desc");
}
