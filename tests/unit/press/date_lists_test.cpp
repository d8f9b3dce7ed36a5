// SPDX-License-Identifier: Apache-2.0
// Days told in lists and spans, with their weekday or without their month, and what looks like
// them.
#include "told_rows.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

const std::vector<test::told_row> english_rows{
    {"It was cut in 2014, 2016 and 2018.", "2014;2016;2018"},
    {"Outages in 2014, 2016, 2017 and again in 2018 were worse.", "2014;2016;2017;2018"},
    {"The 2014, 2016 and 2018 elections were watched.", "2014;2016;2018"},
    {"Cuts came in April, June and July 2018.", "2018-04;2018-06;2018-07"},
    {"It happened on 3, 5 and 9 May.", "2019-05-03;2019-05-05;2019-05-09"},
    {"It happened on May 3, 5 and 9.", "2019-05-03;2019-05-05;2019-05-09"},
    {"The line fell on the night of 3-4 May.", "2019-05-03/2019-05-04"},
    {"The line fell on the night of May 3 to 4.", "2019-05-03/2019-05-04"},
    {"It was cut overnight from Monday to Tuesday.", "2019-05-13/2019-05-14"},
    {"It was cut overnight on Monday.", "2019-05-13"},
    {"It ran from 28 April to 3 May.", "2019-04-28/2019-05-03"},
    {"It ran from December 28, 2018, to January 4, 2019.", "2018-12-28/2019-01-04"},
    {"It ran from late 2016 to early 2018.", "2016/2018"},
    {"He wrote on the 12th.", "2019-05-12"},
    {"It ended in the early hours of Tuesday.", "2019-05-14"},
    {"It fell in the small hours of Sunday morning.", "2019-05-12"},
    {"On 3 and 4 May the network slowed.", "2019-05-03/2019-05-04"},
    {"3-5 May was worst.", "2019-05-03/2019-05-05"},
    {"The ban dates from the 1990s.", "199"},
    {"It began in mid-March.", "2019-03"},
    {"It began in mid-March 2017.", "2017-03"},
    {"Sales fell in fiscal year 2018.", "2018"},
    {"Sales fell in the fourth quarter of 2018.", "2018-Q4"},
    {"It came back a week later.", "P1W"},
    {"It had failed the day before.", "P1D"},
    {"It had failed two weeks earlier.", "P2W"},
    {"The following day it was back.", "P1D"},
    {"It closed the next day.", "P1D"},
    {"It was cut from 6 a.m. on January 17 to 6 p.m. on January 18.",
     "2019-01-17T06:00/2019-01-18T18:00"},
    {"It was cut from 10 p.m. Monday to 6 a.m. Tuesday.", "2019-05-13T22:00/2019-05-14T06:00"},
    {"It was cut at 14:30 GMT on Monday.", "2019-05-13T14:30"},
    {"The 34-year-old was arrested on 3 May.", "2019-05-03"},
    {"Between 9 and 12 February it was copied.", "2019-02-09/2019-02-12"},
    {"He was jailed in the summer of 2017.", "2017-SU"},
    {"By 2020 all will be filtered.", "2020"},
    {"The order of 3 May 2018 remains.", "2018-05-03"},
    {"He was held from Thursday until Saturday.", "2019-05-09/2019-05-11"},
    {"It went down twice last month.", "2019-04"},
    {"Last Wednesday traffic fell.", "2019-05-08"},
    {"At noon on Tuesday it was back.", "2019-05-14T12:00"},
    {"At midnight on 3 May it was back.", "2019-05-03T00:00"},
    {"They spoke on the eve of the vote.", ""},
    {"Boeing 737 flights in Room 2014.", ""},
    {"The network dropped 12-14 times.", ""},
    {"On Tuesday, 14 May, it was back.", "2019-05-14"},
    {"In 2016-17 cuts were rare.", "2016/2017"},
    {"In the first week of April it fell.", "2019-04"},
    {"In the second half of 2018 it fell.", "2018-H2"},
    {"It fell three times in the past week.", "2019-05-08/2019-05-15"},
    {"It fell this week.", "2019-05-13/2019-05-19"},
    {"It fell earlier this month.", "2019-05"},
    {"The 17 April order was void.", "2019-04-17"},
    {"The April 17 order was void.", "2019-04-17"},
    {"The April 2018 order was void.", "2018-04"},
    {"Rooms 3, 5 and 9 fell on May 4.", "2019-05-04"},
    {"On May 3, 5 sites fell.", "2019-05-03"},
    {"On May 3, 5 and 9 sites fell.", "2019-05-03"},
    {"On the 12th floor it fell.", ""},
    {"On the 12th, it fell.", "2019-05-12"},
    {"On the first of them it fell.", ""},
    {"On the 3rd it fell.", "2019-05-03"},
    {"A 24/7/365 line.", ""},
    {"They work from Monday to Friday.", "2019-05-06/2019-05-10"},
    {"It will be cut from Thursday to Saturday.", "2019-05-16/2019-05-18"},
    {"It will end on the 20th.", "2019-05-20"},
    {"In March, April and May sites fell.", "2019-03;2019-04;2019-05"},
    {"The site went dark at 3am on Sunday.", "2019-05-12T03:00"},
    {"It was restored by Friday morning.", "2019-05-10"},
    {"The law takes effect on 1 July.", "2019-07-01"},
    {"The law will take effect on 1 July.", "2019-07-01"},
    {"Similar cuts happened in 2013, 2015 and early 2017.", "2013;2015;2017"},
    {"He was arrested in mid-April and freed on the 30th.", "2019-04;2019-04-30"},
    {"Between March and May 2018 nothing worked.", "2018-03/2018-05"},
    {"Voting runs 20-22 May.", "2019-05-20/2019-05-22"},
    {"Access was lost late on Monday and came back the following morning.", "2019-05-13;P1D"},
    {"For three days in January, users were offline.", "P3D;2019-01"},
    {"The group formed in the late 1980s.", "198"},
    {"The trial resumes next Monday.", "2019-05-20"},
    {"An update on 14 May at 18:00 fixed it.", "2019-05-14T18:00"},
    {"Two years earlier the same happened.", "P2Y"},
    {"The order, dated 6 May 2019, was leaked on Tuesday night.", "2019-05-06;2019-05-14"},
};

const std::vector<test::told_row> french_rows{
    {"Il a été coupé en 2014, 2016 et 2018.", "2014;2016;2018"},
    {"Les scrutins de 2014, 2016 et 2018 ont été suivis.", "2014;2016;2018"},
    {"Des coupures ont eu lieu en avril, juin et juillet 2018.", "2018-04;2018-06;2018-07"},
    {"C'est arrivé les 3, 5 et 9 mai.", "2019-05-03;2019-05-05;2019-05-09"},
    {"C'est arrivé le 3 et le 4 mai.", "2019-05-03/2019-05-04"},
    {"C'est arrivé les 3 et 4 mai.", "2019-05-03/2019-05-04"},
    {"La ligne est tombée dans la nuit du 3 au 4 mai.", "2019-05-03/2019-05-04"},
    {"La ligne est tombée dans la nuit du 30 avril au 1er mai.", "2019-04-30/2019-05-01"},
    {"La ligne est tombée dans la nuit de lundi à mardi.", "2019-05-13/2019-05-14"},
    {"La ligne est tombée dans la nuit du 3 au 4.", "2019-05-03/2019-05-04"},
    {"La ligne est tombée dans la nuit de lundi.", "2019-05-13"},
    {"Elle a duré du 28 avril au 3 mai.", "2019-04-28/2019-05-03"},
    {"Elle a duré du 28 décembre 2018 au 4 janvier 2019.", "2018-12-28/2019-01-04"},
    {"Elle a duré de fin 2016 à début 2018.", "2016/2018"},
    {"Il a écrit le 12.", "2019-05-12"},
    {"J'ai écrit le 3, puis le 7 mai.", "2019-05-03;2019-05-07"},
    {"Il a écrit le 20 du mois dernier.", "2019-04-20"},
    {"Elle a fini aux premières heures de mardi.", "2019-05-14"},
    {"Elle a fini mardi à l'aube.", "2019-05-14"},
    {"La loi date des années 1990.", "199"},
    {"Cela a commencé à la mi-mars.", "2019-03"},
    {"Cela a commencé fin mars.", "2019-03"},
    {"Cela a commencé début mars 2017.", "2017-03"},
    {"Les ventes ont chuté au quatrième trimestre 2018.", "2018-Q4"},
    {"Les ventes ont chuté pendant l'exercice 2018.", "2018"},
    {"Tout est revenu une semaine plus tard.", "P1W"},
    {"Tout était tombé la veille.", "P1D"},
    {"Tout était tombé deux semaines plus tôt.", "P2W"},
    {"Tout est revenu le lendemain.", "P1D"},
    {"Tout est revenu le surlendemain.", "P2D"},
    {"Cela débutera le 17 mai à 6 heures.", "2019-05-17T06:00"},
    {"Le réseau est resté coupé du 17 janvier à 6 heures au 18 janvier à 18 heures.",
     "2019-01-17T06:00/2019-01-18T18:00"},
    {"Le réseau est resté coupé de lundi 22 h à mardi 6 h.", "2019-05-13T22:00/2019-05-14T06:00"},
    {"Tout est tombé lundi à 14h30 GMT.", "2019-05-13T14:30"},
    {"On l'a copié entre le 9 et le 12 février.", "2019-02-09/2019-02-12"},
    {"Il faudra répondre d'ici le 4 juin.", "2019-06-04"},
    {"Il a été jugé à l'été 2017.", "2017-SU"},
    {"D'ici 2020 tout sera filtré.", "2020"},
    {"L'arrêté du 3 mai 2018 demeure.", "2018-05-03"},
    {"Il a été retenu de jeudi à samedi.", "2019-05-09/2019-05-11"},
    {"Cela est arrivé le mois dernier.", "2019-04"},
    {"Le trafic a chuté mercredi dernier.", "2019-05-08"},
    {"Tout est revenu mardi à midi.", "2019-05-14T12:00"},
    {"Le mardi 14 mai, tout est revenu.", "2019-05-14"},
    {"Ce mardi 14 mai, tout est revenu.", "2019-05-14"},
    {"En 2016-2017 les coupures étaient rares.", "2016/2017"},
    {"La première semaine d'avril a été noire.", "2019-04"},
    {"Au second semestre 2018 tout a chuté.", "2018-H2"},
    {"Cela est arrivé la semaine dernière.", "2019-05-06/2019-05-12"},
    {"Cela est arrivé dans la soirée de lundi.", "2019-05-13"},
    {"Cela est arrivé lundi soir vers 22 heures.", "2019-05-13T22:00"},
    {"Le décret du 17 avril a été annulé.", "2019-04-17"},
    {"La ligne ouverte 24 heures sur 24 sonne.", ""},
    {"Il habite le 7, rue du Port.", "2019-05-07"},
    {"Le 7 étoiles a fermé.", ""},
    {"Il a appelé le 17 40 fois.", ""},
    {"Il paraîtra le 20.", "2019-05-20"},
    {"Ouvert du lundi au vendredi.", ""},
    {"Il sera coupé de jeudi à samedi.", "2019-05-16/2019-05-18"},
    {"En mars, avril et mai des sites sont tombés.", "2019-03;2019-04;2019-05"},
    {"Le 3e site est tombé.", ""},
    {"Les chambres 3, 5 et 9 mai.", "2019-05-03;2019-05-05;2019-05-09"},
    {"Le site est tombé dimanche à 3 heures du matin.", "2019-05-12T03:00"},
    {"La loi entre en vigueur le 1er juillet.", "2019-07-01"},
    {"La loi entrera en vigueur le 1er juillet.", "2019-07-01"},
    {"Des coupures ont eu lieu en 2013, 2015 et début 2017.", "2013;2015;2017"},
    {"Il a été arrêté à la mi-avril puis relâché le 30.", "2019-04;2019-04-30"},
    {"De mars à mai 2018, rien ne marchait.", "2018-03/2018-05"},
    {"Le vote aura lieu du 20 au 22 mai.", "2019-05-20/2019-05-22"},
    {"L'accès a été perdu lundi soir et rétabli le lendemain matin.", "2019-05-13;2019-05-14"},
    {"Pendant trois jours, en janvier, tout était coupé.", "P3D;2019-01"},
    {"Le groupe est né à la fin des années 1980.", "198"},
    {"Le procès reprend lundi prochain.", "2019-05-20"},
    {"Une mise à jour, le 14 mai à 18 heures, a réglé le problème.", "2019-05-14T18:00"},
    {"Deux ans plus tôt, la même chose était arrivée.", "P2Y"},
    {"L'arrêté, daté du 6 mai 2019, a fuité mardi soir.", "2019-05-06;2019-05-14"},
    {"Tout a commencé dans la nuit de samedi à dimanche.", "2019-05-11/2019-05-12"},
    {"Le réseau a été coupé entre 6 heures et 18 heures le 3 mai.", "2019-05-03"},
};

} // namespace

TEST_CASE("lists, spans, nights and days without a month are read in English") {
  test::check_dates(english_rows, english());
}

TEST_CASE("lists, spans, nights and days without a month are read in French") {
  test::check_dates(french_rows, french());
}

TEST_CASE("without a day of publication lists and spans keep what the text says") {
  CHECK(test::dates_told("It fell on 3, 5 and 9 May.", english(), {}) ==
        "XXXX-05-03;XXXX-05-05;XXXX-05-09");
  CHECK(test::dates_told("It fell on the 12th, they said.", english(), {}) == "XXXX-XX-12");
  CHECK(test::dates_told("It fell from Thursday until Saturday.", english(), {}) ==
        "weekday:thursday/weekday:saturday");
  CHECK(test::dates_told("Tout est tombé dans la nuit du 3 au 4.", french(), {}) ==
        "XXXX-XX-03/XXXX-XX-04");
}

TEST_CASE("each day of a list has its own words") {
  const auto found = test::dates_of("It fell on May 3, 5 and 9, 2018.", test::wednesday, english());
  REQUIRE(found.dates.size() == 3);
  CHECK(found.dates[0].text == "May 3");
  CHECK(found.dates[1].text == "5");
  CHECK(found.dates[2].text == "9, 2018");
  CHECK(found.dates[1].value == "2018-05-05");
  const auto before = test::dates_of("on 3, 5 and 9 May 2018", test::wednesday, english());
  REQUIRE(before.dates.size() == 3);
  CHECK(before.dates[0].text == "3");
  CHECK(before.dates[2].text == "9 May 2018");
}

TEST_CASE("long lists of numbers are no days and cost no more than their length") {
  std::string numbers = "1";
  for (int i = 0; i < 20000; ++i) numbers += ", 7";
  CHECK(test::dates_told("Rooms " + numbers + " are open.", english(), test::wednesday).empty());
  CHECK(
      test::dates_told("Les salles " + numbers + " et 9 sont ouvertes.", french(), test::wednesday)
          .empty());
}
