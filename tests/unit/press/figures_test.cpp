// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/figures/figures.hpp"

using namespace vigie::press;
using vigie::press::test::figures_of;

namespace {

std::string told(const figure_mention& f) {
  return f.value.text() + (f.high ? ".." + f.high->text() : "") + " " +
         std::string(name_of(f.bound)) + " " + f.unit_key + " " + f.unit;
}

} // namespace

TEST_CASE("figures carry value, bound and what they count") {
  const std::pair<std::string, std::string> rows[] = {
      {"On voit 2.077 serveurs.", "2077 exact servers serveurs"},
      {"On voit 2\u202F077 serveurs.", "2077 exact servers serveurs"},
      {"soit 1,18 million d'ordinateurs hôtes", "1180000 exact hosts ordinateurs hôtes"},
      {"soit 1,18 million d’ordinateurs hôtes", "1180000 exact hosts ordinateurs hôtes"},
      {"ses 364 millions d’enregistrements", "364000000 exact records enregistrements"},
      {"et plus de 300 millions de messages", "300000000 lower messages messages"},
      {"vers 17 autres serveurs distants", "17 exact servers serveurs"},
      {"puis 28 «\u00A0terroristes » sont morts", "28 exact persons terroristes"},
      {"avec une soixantaine de personnalités", "60 approx persons personnalités"},
      {"contre cinq officiers chinois", "5 exact persons officiers"},
      {"disent deux sources", "2 exact persons sources"},
      {"soit 45 % du total", "45 exact percent %"},
      {"soit 3,5 Mds de fiches", "3500000000 exact records fiches"},
      {"au moins 20 personnes", "20 lower persons personnes"},
      {"moins de 20 personnes", "20 upper persons personnes"},
      {"près de 20 personnes", "20 approx persons personnes"},
      {"quelque 1.200 comptes", "1200 approx accounts comptes"},
      {"300 serveurs au moins", "300 lower servers serveurs"},
      {"entre 10 et 20 millions de comptes", "10000000..20000000 range accounts comptes"},
      {"avec 12 brouettes vertes", "12 exact  brouettes"},
      {"pendant 61 jours", "61 exact days jours"},
      {"plus de 300 ont fui", "300 lower  "},
      {"un million et demi d'abonnés", "1500000 exact persons abonnés"},
  };
  for (const auto& [text, wanted] : rows) {
    const auto found = figures_of(text);
    INFO(text);
    REQUIRE(found.size() == 1);
    CHECK(told(found[0]) == wanted);
  }
}

TEST_CASE("the longer phrase says what kind is counted") {
  CHECK(figures_of("2.077 serveurs de jeux de rôle ou de courrier ont agi")[0].counts ==
        "serveurs de jeux de rôle ou de courrier");
  CHECK(figures_of("17 autres serveurs distants")[0].counts == "serveurs distants");
}

TEST_CASE("what is no count is no figure") {
  for (const std::string text : {
           "le nouvel iPhone 6 est en vente",
           "sous Windows 10 aussi",
           "la 4G et le G7",
           "le Covid-19 recule",
           "selon l'article 13 de la loi",
           "voir le numéro 3615",
           "version 2.5.1 du logiciel",
           "appelez le 01 23 45 67 89",
           "appelez le +33 1 23 45 67 89",
           "l'adresse 192.168.10.12",
           "sur http://exemple.example.org/12/34",
           "la dépêche 1XQ248",
           "battus 3-1 à domicile",
           "à 17",
           "à 13h43 précises",
           "de 16h30 à 17h",
           "le 20 mai 2014",
           "du 19 mars au 18 mai",
           "2014 marque un tournant",
           "un homme et une femme",
           "l'un des dirigeants",
           "les deux régulateurs",
           "ces cinq Chinois",
           "398",
           "1. Premier point",
           "deux tiers du pays",
           "deux navigateurs sur trois",
           "la page x=33 serveurs",
       }) {
    INFO(text);
    CHECK(figures_of(text).empty());
  }
}

TEST_CASE("two numbers joined by de and à are two figures of one unit") {
  const auto found = figures_of("passé de 2 à 3 millions d'euros");
  REQUIRE(found.size() == 2);
  CHECK(told(found[0]) == "2000000 exact euros euros");
  CHECK(told(found[1]) == "3000000 exact euros euros");
}

TEST_CASE("figures of different units in one sentence stay apart") {
  const auto found = figures_of("2.077 serveurs contrôlent 1,18 million d'ordinateurs hôtes.");
  REQUIRE(found.size() == 2);
  CHECK(found[0].value == decimal{2077, 0});
  CHECK(found[1].value == decimal{1180000, 0});
}

TEST_CASE("a figure's span holds exactly its number and scale") {
  const std::string text = "Près de 1,8 million d'adresses";
  const auto found = figures_of(text);
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].spans.size() == 1);
  CHECK(text.substr(found[0].spans[0].begin, found[0].spans[0].size()) == "1,8 million");
}

TEST_CASE("another number of the same form changes the value and nothing else") {
  for (int thousands = 1; thousands < 900; thousands += 37) {
    const std::string number = std::to_string(thousands) + ".077";
    const auto found = figures_of("On compte " + number + " serveurs.");
    REQUIRE(found.size() == 1);
    CHECK(*found[0].value.whole() == thousands * 1000 + 77);
    CHECK(found[0].text == number);
    CHECK(found[0].unit == "serveurs");
  }
}

TEST_CASE("numbers too long to be counts are left out") {
  CHECK(figures_of("les " + std::string(40, '9') + " serveurs").empty());
  CHECK(figures_of("999999999999 milliards de serveurs").empty());
}
