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

TEST_CASE("where the things stand is no part of what is counted") {
  const auto found = figures_of("On compte 2.077 serveurs de commande situés au Togo.");
  REQUIRE(found.size() == 1);
  CHECK(found[0].unit == "serveurs de commande");
}

TEST_CASE("numbers too long to be counts are left out") {
  CHECK(figures_of("les " + std::string(40, '9') + " serveurs").empty());
  CHECK(figures_of("999999999999 milliards de serveurs").empty());
}

TEST_CASE("a number that counts what was counted before has its unit") {
  const std::pair<std::string, std::vector<std::string>> rows[] = {
      {"par 121 voix contre 17", {"121 exact votes voix", "17 exact votes voix"}},
      {"par 121 voix pour, 17 contre et 4 abstentions",
       {"121 exact votes voix", "17 exact votes voix", "4 exact votes abstentions"}},
      {"64 attaques, contre 41 en 2020",
       {"64 exact attacks attaques", "41 exact attacks attaques"}},
      {"64 attaques, contre plus de 41 l'an dernier",
       {"64 exact attacks attaques", "41 lower attacks attaques"}},
      {"300 comptes suspendus, dont 12 en Inde",
       {"300 exact accounts comptes", "12 exact accounts comptes"}},
      {"300 comptes ont été fermés et 12 d'entre eux rouverts",
       {"300 exact accounts comptes", "12 exact accounts comptes"}},
      {"Le nombre de sites bloqués est passé de 40 à 65.",
       {"40 exact sites sites", "65 exact sites sites"}},
      {"entre 10 et 20 serveurs", {"10..20 range servers serveurs"}},
      {"10-20 serveurs", {"10..20 range servers serveurs"}},
      {"de 10 à 15 % des foyers", {"10 exact percent %", "15 exact percent %"}},
      // What says nothing of the kind stays without a unit, or is no figure.
      {"300 comptes contre la règle 12", {"300 exact accounts comptes"}},
      {"contre 17", {}},
      {"64 attaques. Le 17", {"64 exact attacks attaques"}},
      {"20-10 serveurs", {}},
      {"une hausse de 40 % sur un an", {"40 exact percent %"}},
      {"trois des suspects", {"3 exact persons suspects"}},
      {"battus 3-1 par 12 joueurs", {"12 exact persons joueurs"}},
      {"la norme 10-20 est en vigueur", {}},
      {"64 attaques, contre 2 agents", {"64 exact attacks attaques", "2 exact persons agents"}},
      {"64 attaques contre Apple 6", {"64 exact attacks attaques"}},
  };
  for (const auto& [text, wanted] : rows) {
    INFO(text);
    std::vector<std::string> all;
    for (const auto& f : figures_of(text)) all.push_back(told(f));
    CHECK(all == wanted);
  }
}

TEST_CASE("bounds of many wordings") {
  const std::pair<std::string, std::string> rows[] = {
      {"un peu plus de 20 comptes", "20 lower accounts comptes"},
      {"en dessous de 20 comptes", "20 upper accounts comptes"},
      {"pas loin de 20 comptes", "20 approx accounts comptes"},
      {"une demi-douzaine de comptes", "6 approx accounts comptes"},
      {"20 comptes au bas mot", "20 lower accounts comptes"},
      {"plus de 12 000 routeurs", "12000 lower hosts routeurs"},
      {"250 millions de francs CFA", "250000000 exact francs francs CFA"},
  };
  for (const auto& [text, wanted] : rows) {
    INFO(text);
    const auto found = figures_of(text);
    REQUIRE(found.size() == 1);
    CHECK(told(found[0]) == wanted);
  }
}

TEST_CASE("an article alone is no number, what it opens is") {
  const auto holds = [](const std::string& text, const lexicon& words) {
    const auto tokens = tokenize(text);
    const bool held = may_hold_number(text, tokens, words);
    CHECK((held || find_figures(text, tokens, words, {}).empty()));
    return held;
  };
  using vigie::press::test::english;
  using vigie::press::test::french;
  for (const char* text : {"une panne a touch\u00E9 un port", "le port est ferm\u00E9", "un", ""})
    CHECK_FALSE(holds(text, french()));
  for (const char* text : {"une soixantaine de ports", "un million de messages", "un et deux",
                           "une panne a touch\u00E9 3 ports", "un demi-million de messages"})
    CHECK(holds(text, french()));
  CHECK_FALSE(holds("a fault hit one port", english()));
  for (const char* text :
       {"a dozen ports", "half a million calls", "a hundred calls", "one port, 4"})
    CHECK(holds(text, english()));
}
