// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/events/statements.hpp"

using namespace vigie::press;
using vigie::press::test::statements_of;

namespace {

const std::string title = "Le port compte ses machines\n\n";
const std::string date = "20.05.2014 13h43\n\n";
const std::string plain = "Le port et ses machines occupent tout le monde dans la région.\n\n";
const std::string counted =
    "Du 19 mars au 18 mai, 2.077 serveurs ont tenu le port et ses machines.\n\n";

} // namespace

TEST_CASE("a sentence with a date or a figure is a statement, any other is none") {
  const auto found = statements_of(title + date + plain + counted);
  REQUIRE(found.size() == 1);
  CHECK(found[0].text.text == counted.substr(0, counted.size() - 2));
  CHECK(iso_day(*found[0].from) == "2014-03-19");
  CHECK(iso_day(*found[0].to) == "2014-05-18");
  REQUIRE(found[0].figures.size() == 1);
  CHECK(found[0].figures[0].unit_key == "servers");
}

TEST_CASE("a figure without a date stays undated on a dated page") {
  const auto found =
      statements_of(title + date + plain + "Le port tient 300 machines en état de marche.\n");
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].from);
  CHECK_FALSE(found[0].dated_by);
}

TEST_CASE("without a date line an interval without a year has no days") {
  const auto found = statements_of(title + plain + counted);
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].from);
  CHECK(found[0].dates[0].value == "XXXX-03-19/XXXX-05-18");
}

TEST_CASE("an interval dates a statement before a day does, a day before a vague time") {
  const auto found =
      statements_of(title + date +
                    "Récemment, a-t-on dit lundi, il y eut du 3 au 5 mars de quoi rire au port.\n");
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].dates.size() == 3);
  CHECK(found[0].dated_by == 2);
  CHECK(iso_day(*found[0].from) == "2014-03-03");
}

TEST_CASE("the title speaks only where the text does not repeat it") {
  const std::string headline = "Le port compte 40 machines\n\n";
  const auto alone = statements_of(headline + date + plain);
  REQUIRE(alone.size() == 1);
  CHECK(alone[0].what == label::title);
  const auto repeated =
      statements_of(headline + date + plain + "Le port a compté 40 machines en tout.\n");
  REQUIRE(repeated.size() == 1);
  CHECK(repeated[0].what == label::body);
}

TEST_CASE("residue makes no statements") {
  const auto found =
      statements_of("Flash :\n\nUn port ferme\n\n12\n\n" + title + date + plain +
                    "Lyon  Nuageux  28℃~16℃\n\n3 commentaires\n 1. En mai 2016, 40 bateaux ont "
                    "coulé dans ce port.\n");
  CHECK(found.empty());
}

TEST_CASE("doubled residue doubles nothing and a doubled sentence is told once") {
  CHECK(statements_of(title + date + plain + counted + counted).size() == 1);
}

TEST_CASE("another anchor moves relative dates and nothing else") {
  const std::string text = title + plain + "Le port a parlé lundi de ses 300 machines au monde.\n";
  const auto a = read_article(text, test::french());
  const sentence_splitter splitter("fr");
  const auto one = read_statements(body_of(text, a), test::french(), splitter, day_of(2014, 5, 20));
  const auto two = read_statements(body_of(text, a), test::french(), splitter, day_of(2014, 5, 27));
  REQUIRE(one.size() == 1);
  REQUIRE(two.size() == 1);
  CHECK(*two[0].from - *one[0].from == 7);
  CHECK(one[0].figures[0].value == two[0].figures[0].value);
  CHECK(one[0].text.text == two[0].text.text);
}

TEST_CASE("figures over a cut carry the spans of both sides") {
  const std::string text =
      title + "Le port tient, Agence web pas cher Bordeaux selon le maire, 300 machines "
              "depuis 2012.\n";
  const auto found = statements_of(text);
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].figures.size() == 1);
  const auto span = found[0].figures[0].spans.at(0);
  CHECK(text.substr(span.begin, span.size()) == "300");
}
