// SPDX-License-Identifier: Apache-2.0
// Where a text ends: what sites put behind it under words that no lexicon knows is left out, and
// lines of the article that look like it stay.
#include "catch.hpp"
#include "french.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

const std::string french_text =
    "Le phare de Kerlo s'éteint\n\nLe phare de Kerlo ne guidera plus aucun bateau cet hiver, a "
    "annoncé lundi le maire de la ville.\n\nSelon lui, la lampe a été vendue au musée de la "
    "marine, qui la montrera au printemps.\n\n";
const std::string english_text =
    "The lighthouse at Kerlo goes dark\n\nThe lighthouse at Kerlo will not guide any boat this "
    "winter, the mayor of the town said on Monday.\n\nThe lamp was sold to the naval museum, "
    "which will show it in spring, he added.\n\n";

// The labels of the lines, kept ones as "+".
std::vector<std::string> labels(const std::string& text, const std::string& tail,
                                const lexicon& words) {
  const std::string page = text + tail;
  const auto a = read_article(page, words);
  std::vector<std::string> out;
  for (const auto& s : a.segments) {
    if (s.span.begin >= text.size()) out.push_back(s.keep ? "+" : std::string(label_name(s.what)));
  }
  return out;
}

using list = std::vector<std::string>;

} // namespace

TEST_CASE("a list under a heading of unknown wording behind the text is one of other stories") {
  CHECK(labels(french_text,
               "Au fil des quais\nLe port de Brelin perd sa grue\nFaut-il repeindre les bouées ?\n"
               "Cap au nord\n",
               french()) == list{"sidebar", "headline_list", "headline_list", "headline_list"});
  CHECK(labels(english_text,
               "Along the quays\nThe port of Brelin loses its crane\nWho paints the buoys?\n"
               "Heading north\n",
               english()) == list{"sidebar", "headline_list", "headline_list", "headline_list"});
}

TEST_CASE("a footer of unknown wording is no text") {
  CHECK(labels(french_text, "Le bureau | Nos amis du port | La criée\nHoraires\nTarifs\n",
               french()) == list{"nav", "nav", "nav"});
  CHECK(labels(english_text, "The office | Friends of the port\nOpening hours\nFares\n",
               english()) == list{"nav", "nav", "nav"});
  CHECK(labels(english_text, "Typed on an old machine. Log in\n", english()) == list{"nav"});
}

TEST_CASE("calls to readers of unknown wording behind furniture are no text") {
  const auto fr = labels(french_text,
                         "Au fil des quais\nLe port de Brelin perd sa grue\n"
                         "Une grue pour deux ports de la côte\n\n"
                         "Gardez le cap : nos cartes postales vous attendent en boutique.\n",
                         french());
  CHECK(fr == list{"sidebar", "headline_list", "headline_list", "self_promo"});
  const auto en = labels(english_text,
                         "Along the quays\nThe port of Brelin loses its crane\n"
                         "One crane for two ports on the coast\n\n"
                         "Stay on course: our picture postcards are waiting for you.\n",
                         english());
  CHECK(en == list{"sidebar", "headline_list", "headline_list", "self_promo"});
}

TEST_CASE("sentences of the site behind a list of other stories are no text") {
  CHECK(labels(french_text,
               "Ailleurs dans l'archipel\nLes horaires du bac changent encore\n"
               "Pourquoi la grue de Brelin ne tourne-t-elle jamais ?\n\n"
               "Le quiz de la semaine\n\nLe journal du port est imprimé sur du papier recyclé.\n",
               french()) ==
        list{"sidebar", "headline_list", "headline_list", "headline_list", "sidebar"});
  CHECK(labels(english_text,
               "Town - Sea - Sports\n\nElsewhere in the isles\nFerry timetable "
               "changes again\nWhy does the crane never turn?\n\nThe paper of the "
               "port is printed on recycled sheets.\n",
               english()) == list{"nav", "sidebar", "headline_list", "headline_list", "sidebar"});
}

TEST_CASE("what stands right below an advertisement's heading is one") {
  const std::string behind = "\n\nLe maire n'a pas dit ce que deviendra la tour du phare.\n";
  CHECK(labels(french_text, "Publicité\nVos volets à 9 € : faites le test" + behind, french()) ==
        list{"ad_insertion", "ad_insertion", "+"});
  // A heading of the text goes on without a gap.
  CHECK(labels(french_text,
               "Publicité\nUne lampe de cent ans\nLe maire n'a pas dit ce que deviendra la tour "
               "du phare.\n",
               french()) == list{"ad_insertion", "+", "+"});
}

TEST_CASE("the last lines of an article stay, however short") {
  CHECK(labels(french_text,
               "« Elle me manque déjà. »\n\nLa lampe tourne encore.\n\nPlus pour "
               "longtemps.\n",
               french()) == list{"+", "+", "+"});
  CHECK(labels(english_text, "\"I miss it.\"\n\nThe lamp still turns.\n\nBut not for long.\n",
               english()) == list{"+", "+", "+"});
}

TEST_CASE("a list that the text announces is part of it") {
  CHECK(labels(french_text,
               "Trois autres phares sont concernés :\n- Brelin\n- Le Toul\n- La Pointe aux Ânes\n",
               french()) == list{"+", "+", "+", "+"});
  CHECK(labels(english_text,
               "Three more lights are on the list of the ministry:\nBrelin\nToul Rock\n"
               "Donkey Point, which has none\n",
               english()) == list{"+", "+", "+", "+"});
  // What stands behind a gap is no part of it.
  CHECK(labels(english_text,
               "Three more lights are on the list of the ministry:\n- Brelin\n- Toul\n\n"
               "Opening hours\nFares\n",
               english()) == list{"+", "+", "+", "nav", "nav"});
}

TEST_CASE("verse, questions, tables and times of day within an article stay") {
  const std::string behind = "\nThe mayor did not say what would become of the tower.\n";
  CHECK(labels(english_text, "Turn, lamp, turn\nover the grey water\nand call us home" + behind,
               english()) == list{"+", "+", "+", "+"});
  CHECK(labels(english_text, "Why now?\nThe lamp needs oil.\nWho pays?\nNobody knows." + behind,
               english()) == list{"+", "+", "+", "+", "+"});
  CHECK(labels(english_text,
               "Light | Height | Year of the first lamp\nKerlo | 31 m | 1911\n"
               "Brelin | 22 m | 1904" +
                   behind,
               english()) == list{"+", "+", "+", "+"});
}

TEST_CASE("runs of short lines behind a text are read once") {
  std::string tail;
  for (int i = 0; i < 20000; ++i) tail += "Cap au nord\n";
  CHECK(labels(french_text, tail, french()).size() == 20000);
  for (int i = 0; i < 20000; ++i)
    tail += "Le port de Brelin perd encore sa grue " + std::to_string(i) + "\n";
  CHECK(labels(french_text, tail, french()).size() == 40000);
}

TEST_CASE("a text that goes on behind a list of other stories goes on") {
  CHECK(labels(english_text,
               "Read also\nThe port of Brelin loses its crane\nOne crane for two ports\n\n"
               "The mayor did not say what would become of the tower of the lighthouse.\n",
               english()) == list{"sidebar", "headline_list", "headline_list", "+"});
  CHECK(labels(french_text,
               "Lire aussi\nLe port de Brelin perd sa grue\nUne grue pour deux ports\n\n"
               "Le maire se tait.\n\nLa marine aussi garde pour elle ce que lui a coûté la lampe "
               "du vieux phare.\n",
               french()) == list{"sidebar", "headline_list", "headline_list", "+", "+"});
}

TEST_CASE("a writer may speak to readers in the last paragraph") {
  CHECK(labels(english_text, "If you know who made the lamp, our museum would like to hear it.\n",
               english()) == list{"+"});
  CHECK(labels(french_text,
               "Si vous savez qui l'a faite, notre musée serait heureux de "
               "l'apprendre.\n",
               french()) == list{"+"});
}

TEST_CASE("codes of stories are none of its lines, scores and dates in capitals are no codes") {
  const auto first = [](const std::string& line, const lexicon& words) {
    const auto a = read_article(line + "\n\n" + french_text, words);
    return std::string(label_name(a.segments.front().what));
  };
  CHECK(first("0731 5 PR 0212 KRL /KNA-RT07", french()) == "agency_code");
  CHECK(first("LE 20 MAI 2014 A 13H43", french()) != "agency_code");
  CHECK(first("LE PHARE DE KERLO EN 10 DATES ET 3 CARTES", french()) != "agency_code");
}

TEST_CASE("a thousand rows of furniture behind a text are read once") {
  std::string tail;
  for (int i = 0; i < 3000; ++i) tail += "Au fil des quais\nnos amis ?\n\nVous savez tout.\n";
  const auto found = labels(french_text, tail, french());
  CHECK(found.size() == 9000);
  CHECK(std::count(found.begin(), found.end(), "+") == 0);
}
