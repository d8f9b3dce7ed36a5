// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "timeline_checks.hpp"

using namespace dossier_test;
using vigie::field;

TEST_CASE("three columns are enough") {
  const vigie::schema three{
      {.name = "text"}, {.name = "from", .kind = kind::date}, {.name = "to", .kind = kind::date}};
  const checked_page p = checked(page_of(
      {three,
       {{"Une phrase.", day("2014-05-20"), day("2014-05-20")}, {nullptr, nullptr, nullptr}}}));
  CHECK(sentences(p) == texts{"Une phrase."});
  CHECK(p.texts("p", "missing") == texts{"La phrase manque dans les données."});
  CHECK(p.all("table").empty());
  CHECK(p.all("figcaption").size() == 1); // of the overview
  CHECK(p.texts("dt")[1] == "avec date");
}

TEST_CASE("rows of nulls alone are shown as statements that lack everything") {
  table t{all_fields(), {row(all_fields().size())}};
  CHECK(checked(page_of(t)).all("article").size() == 1);
}

TEST_CASE("a column that must be there and is not is named") {
  const vigie::schema three{
      {.name = "text"}, {.name = "from", .kind = kind::date}, {.name = "to", .kind = kind::date}};
  for (std::size_t gone = 0; gone < 3; ++gone) {
    vigie::schema two = three;
    two.erase(two.begin() + static_cast<std::ptrdiff_t>(gone));
    CHECK(has(refused({two, {}}), "there is no column '" + three[gone].name + "'"));
  }
}

TEST_CASE("a column of another type is named, with what it is and what is wanted") {
  for (const char* name : {"file", "title", "url", "publisher", "agency", "language",
                           "published_basis", "basis", "date_text", "date_value"})
    CHECK(refused(with_column({name, kind::int64}, 1)) ==
          "column '" + std::string(name) + "' is int64; wanted is text");
  CHECK(refused(with_column({"published", kind::text}, "2014")) ==
        "column 'published' is text; wanted is date");
  for (const char* name : {"span", "date_span"}) {
    CHECK(has(refused(with_column({name, kind::int64}, 1)),
              "column '" + std::string(name) +
                  "' is int64; wanted is struct<offset: int64, length: int32>"));
    CHECK(has(refused(with_column(vigie::struct_of(name, {{.name = "offset"}, {.name = "length"}}),
                                  nullptr)),
              name));
  }
  CHECK(has(refused(with_column({"figures"}, "3")),
            "column 'figures' is text; wanted is list<struct<"));
  CHECK(has(
      refused(with_column(vigie::list_of("figures", {.name = "", .kind = kind::int64}), nullptr)),
      "'figures' is list<int64>"));
  CHECK(has(
      refused(with_column(
          vigie::list_of("figures", vigie::struct_of("", {{.name = "text", .kind = kind::int64}})),
          nullptr)),
      "'figures'"));
  CHECK(has(refused(with_column(vigie::list_of("figures", vigie::struct_of("", {{.name = "unit"}})),
                                nullptr)),
            "'figures'"));
}

TEST_CASE("fields of figures are found by name, in any order, and others are left alone") {
  const field f =
      vigie::list_of("figures", vigie::struct_of("", {{.name = "kind", .kind = kind::int8},
                                                      {.name = "value", .kind = kind::int32},
                                                      {.name = "text"}}));
  const cell figures = std::vector<cell>{std::vector<cell>{1, 2077, "2 077"}, nullptr};
  CHECK(checked(page_of(with_column(f, figures))).texts("ul", "figures") ==
        texts{"\n2\u202F077\n"});
}

TEST_CASE("sensitive texts are masked, other sensitive columns left out, sensitive dates refused") {
  table t = table_of(sample());
  for (const std::size_t i : {0U, 4U, 5U, 16U}) t.fields[i].sensitive = true;
  const std::string html = page_of(t);
  const checked_page p = checked(html);
  CHECK(sentences(p)[0] == "•••");
  CHECK_FALSE(has(html, "CNCERT"));
  CHECK_FALSE(has(html, "Pékin"));
  CHECK_FALSE(has(html, "example."));
  CHECK_FALSE(has(html, "2\u202F077"));
  table dates = table_of(sample());
  dates.fields[2].sensitive = true;
  CHECK(has(refused(dates), "column 'to' is sensitive"));
}
