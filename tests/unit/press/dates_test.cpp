// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/dates/dates.hpp"

using namespace vigie::press;
using vigie::press::test::dates_of;
using vigie::press::test::french;

namespace {

struct expected {
  std::string text;
  std::string mention; // empty: none at all
  std::string value;
  std::string days; // from/to, "-" where unknown
};

std::string days(const date_mention& d) {
  return (d.from ? iso_day(*d.from) : "-") + "/" + (d.to ? iso_day(*d.to) : "-");
}

void check_all(const std::vector<expected>& rows, std::optional<civil_day> anchor) {
  for (const auto& r : rows) {
    const auto found = dates_of(r.text, anchor);
    INFO(r.text);
    if (r.mention.empty()) {
      CHECK(found.dates.empty());
      continue;
    }
    REQUIRE(found.dates.size() == 1);
    CHECK(found.dates[0].text == r.mention);
    CHECK(found.dates[0].value == r.value);
    CHECK(days(found.dates[0]) == r.days);
  }
}

const std::optional<civil_day> tuesday = day_of(2014, 5, 20);

} // namespace

TEST_CASE("explicit dates are read in every usual form") {
  check_all(
      {
          {"Le 20 mai 2014, le site ferme.", "20 mai 2014", "2014-05-20", "2014-05-20/2014-05-20"},
          {"Vu le 20.05.2014.", "20.05.2014", "2014-05-20", "2014-05-20/2014-05-20"},
          {"Vu le 20/05/2014.", "20/05/2014", "2014-05-20", "2014-05-20/2014-05-20"},
          {"Vu le 2014-05-20.", "2014-05-20", "2014-05-20", "2014-05-20/2014-05-20"},
          {"Vu le 2014-05-20T13:43:10Z.", "2014-05-20T13:43:10Z", "2014-05-20T13:43",
           "2014-05-20/2014-05-20"},
          {"Depuis le 1er mars 2015", "Depuis le 1er mars 2015", "2015-03-01", "2015-03-01/-"},
          {"Le premier août 2015", "premier août 2015", "2015-08-01", "2015-08-01/2015-08-01"},
          {"C'était en mai 2014.", "mai 2014", "2014-05", "2014-05-01/2014-05-31"},
          {"en février 2016 déjà", "février 2016", "2016-02", "2016-02-01/2016-02-29"},
          {"C'était en 2016.", "2016", "2016", "2016-01-01/2016-12-31"},
          {"le mardi 20 mai 2014 à 13h43", "mardi 20 mai 2014 à 13h43", "2014-05-20T13:43",
           "2014-05-20/2014-05-20"},
          {"LE 3 DÉCEMBRE 2014", "3 DÉCEMBRE 2014", "2014-12-03", "2014-12-03/2014-12-03"},
          {"le 5\u00A0août\u00A02014", "5\u00A0août\u00A02014", "2014-08-05",
           "2014-08-05/2014-08-05"},
          {"le 14 févr. 2014", "14 févr. 2014", "2014-02-14", "2014-02-14/2014-02-14"},
      },
      std::nullopt);
}

TEST_CASE("intervals carry both ends and borrow the year from each other") {
  check_all(
      {
          {"du 19 mars au 18 mai 2014", "du 19 mars au 18 mai 2014", "2014-03-19/2014-05-18",
           "2014-03-19/2014-05-18"},
          {"du 3 au 5 mars 2014", "du 3 au 5 mars 2014", "2014-03-03/2014-03-05",
           "2014-03-03/2014-03-05"},
          {"entre le 28 décembre 2013 et le 4 janvier 2014",
           "entre le 28 décembre 2013 et le 4 janvier 2014", "2013-12-28/2014-01-04",
           "2013-12-28/2014-01-04"},
          {"du 28 décembre au 4 janvier 2014", "du 28 décembre au 4 janvier 2014",
           "2013-12-28/2014-01-04", "2013-12-28/2014-01-04"},
          {"du 28 décembre 2013 au 4 janvier", "du 28 décembre 2013 au 4 janvier",
           "2013-12-28/2014-01-04", "2013-12-28/2014-01-04"},
          {"de mars à mai 2014", "de mars à mai 2014", "2014-03/2014-05", "2014-03-01/2014-05-31"},
          {"entre 2014 et 2016", "entre 2014 et 2016", "2014/2016", "2014-01-01/2016-12-31"},
          {"du 19 mars au 18 mai", "du 19 mars au 18 mai", "XXXX-03-19/XXXX-05-18", "-/-"},
          {"depuis 2016", "depuis 2016", "2016", "2016-01-01/-"},
          {"jusqu'en 2020", "jusqu'en 2020", "2020", "-/2020-12-31"},
      },
      std::nullopt);
}

TEST_CASE("a deadline without a year is the nearest such day on either side of publication") {
  const auto april = day_of(2018, 4, 17);
  check_all(
      {
          {"à rendre avant le 30 avril", "avant le 30 avril", "2018-04-30", "-/2018-04-30"},
          {"valable jusqu'au 4 octobre", "jusqu'au 4 octobre", "2018-10-04", "-/2018-10-04"},
          {"d'ici au 15 avril", "d'ici au 15 avril", "2018-04-15", "-/2018-04-15"},
          {"valable jusqu'au 30 décembre", "jusqu'au 30 décembre", "2017-12-30", "-/2017-12-30"},
          {"avant le 30 avril 2018", "avant le 30 avril 2018", "2018-04-30", "-/2018-04-30"},
      },
      april);
  const auto undated = dates_of("valable jusqu'au 4 octobre", std::nullopt);
  REQUIRE(undated.dates.size() == 1);
  CHECK(undated.dates[0].value == "XXXX-10-04");
  CHECK_FALSE(undated.dates[0].to);
}

TEST_CASE("behind a verb of the future a day is the next one, in its clause only") {
  check_all(
      {
          {"L'appel sera jugé le 4 septembre.", "4 septembre", "2014-09-04",
           "2014-09-04/2014-09-04"},
          {"Ils se réuniront en mars.", "mars", "2015-03", "2015-03-01/2015-03-31"},
          {"Le service fermera le 20 mai.", "20 mai", "2014-05-20", "2014-05-20/2014-05-20"},
          {"Le service rouvrira jeudi.", "jeudi", "2014-05-22", "2014-05-22/2014-05-22"},
          {"Le service rouvrira mardi.", "mardi", "2014-05-20", "2014-05-20/2014-05-20"},
          {"Il doit comparaître du 3 au 5 juin.", "du 3 au 5 juin", "2014-06-03/2014-06-05",
           "2014-06-03/2014-06-05"},
          {"Le site fermera, a-t-il dit jeudi.", "jeudi", "2014-05-15", "2014-05-15/2014-05-15"},
          {"Le site fermera, a-t-il dit le 12 mai.", "12 mai", "2014-05-12",
           "2014-05-12/2014-05-12"},
          {"Le site fermerait le 2 juin.", "2 juin", "2014-06-02", "2014-06-02/2014-06-02"},
          {"Le site a fermé le 4 septembre.", "4 septembre", "2013-09-04", "2013-09-04/2013-09-04"},
      },
      tuesday);
}

TEST_CASE("other words that end as verbs of the future do, and names, do not move a day") {
  check_all(
      {
          {"La caméra tomba le 4 septembre.", "4 septembre", "2013-09-04", "2013-09-04/2013-09-04"},
          {"Mme Ferreira vint le 4 septembre.", "4 septembre", "2013-09-04",
           "2013-09-04/2013-09-04"},
          {"Le 4 septembre, il dira tout.", "4 septembre", "2013-09-04", "2013-09-04/2013-09-04"},
      },
      tuesday);
}

TEST_CASE("a verb of the future far in front of a day does not move it") {
  std::string text = "Il fermera";
  for (int i = 0; i < 30; ++i) text += " tout";
  const auto found = dates_of(text + " le 4 septembre", tuesday);
  REQUIRE(found.dates.size() == 1);
  CHECK(found.dates[0].value == "2013-09-04");
}

TEST_CASE("without an anchor relative dates keep a relative value and no days") {
  check_all(
      {
          {"Il a parlé lundi.", "lundi", "weekday:monday", "-/-"},
          {"Il a parlé lundi soir.", "lundi soir", "weekday:monday", "-/-"},
          {"publiés samedi dernier", "samedi dernier", "weekday:saturday:last", "-/-"},
          {"réunis mercredi prochain", "mercredi prochain", "weekday:wednesday:next", "-/-"},
          {"Aujourd’hui encore", "Aujourd’hui", "publication", "-/-"},
          {"Aujourd'hui encore", "Aujourd'hui", "publication", "-/-"},
          {"Hier, il pleuvait", "Hier", "publication-P1D", "-/-"},
          {"voici trois jours", "voici trois jours", "publication-P3D", "-/-"},
          {"il y a 2 semaines", "il y a 2 semaines", "publication-P2W", "-/-"},
          {"la semaine dernière", "la semaine dernière", "publication-P1W", "-/-"},
          {"au cours des cinq dernières années", "au cours des cinq dernières années",
           "publication-P5Y/publication", "-/-"},
          {"le 19 mars", "19 mars", "XXXX-03-19", "-/-"},
          {"dans les deux prochaines heures", "dans les deux prochaines heures", "PT2H", "-/-"},
      },
      std::nullopt);
}

TEST_CASE("with an anchor relative dates get days by the stated rules") {
  check_all(
      {
          {"annoncé lundi", "lundi", "2014-05-19", "2014-05-19/2014-05-19"},
          {"annoncé mardi", "mardi", "2014-05-20", "2014-05-20/2014-05-20"},
          {"annoncé mercredi", "mercredi", "2014-05-14", "2014-05-14/2014-05-14"},
          {"mardi dernier", "mardi dernier", "2014-05-13", "2014-05-13/2014-05-13"},
          {"mardi prochain", "mardi prochain", "2014-05-27", "2014-05-27/2014-05-27"},
          {"mercredi prochain", "mercredi prochain", "2014-05-21", "2014-05-21/2014-05-21"},
          {"hier soir", "hier soir", "2014-05-19", "2014-05-19/2014-05-19"},
          {"demain", "demain", "2014-05-21", "2014-05-21/2014-05-21"},
          {"il y a trois jours", "il y a trois jours", "2014-05-17", "2014-05-17/2014-05-17"},
          {"la semaine dernière", "la semaine dernière", "2014-05-12/2014-05-18",
           "2014-05-12/2014-05-18"},
          {"le mois dernier", "le mois dernier", "2014-04", "2014-04-01/2014-04-30"},
          {"l’an dernier", "l’an dernier", "2013", "2013-01-01/2013-12-31"},
          {"il y a six mois", "il y a six mois", "2013-11", "2013-11-01/2013-11-30"},
          {"au cours des cinq dernières années", "au cours des cinq dernières années",
           "2009-05-20/2014-05-20", "2009-05-20/2014-05-20"},
          {"le 19 mars", "19 mars", "2014-03-19", "2014-03-19/2014-03-19"},
          {"le 21 mai", "21 mai", "2013-05-21", "2013-05-21/2013-05-21"},
          {"du 19 mars au 18 mai", "du 19 mars au 18 mai", "2014-03-19/2014-05-18",
           "2014-03-19/2014-05-18"},
          {"du 12 décembre au 5 janvier", "du 12 décembre au 5 janvier", "2013-12-12/2014-01-05",
           "2013-12-12/2014-01-05"},
          {"le 29 février", "29 février", "2012-02-29", "2012-02-29/2012-02-29"},
          {"depuis 2013", "depuis 2013", "2013", "2013-01-01/2014-05-20"},
      },
      tuesday);
}

TEST_CASE("what has gone on since a relative day ends with publication") {
  check_all(
      {
          {"Depuis vendredi, tout va", "Depuis vendredi", "2014-05-16", "2014-05-16/2014-05-20"},
          {"en vente depuis la semaine dernière", "depuis la semaine dernière",
           "2014-05-12/2014-05-18", "2014-05-12/2014-05-20"},
          {"depuis hier soir", "depuis hier soir", "2014-05-19", "2014-05-19/2014-05-20"},
      },
      tuesday);
  check_all({{"Depuis vendredi, tout va", "Depuis vendredi", "weekday:friday", "-/-"}},
            std::nullopt);
}

TEST_CASE("the basis says where a value comes from") {
  CHECK(dates_of("le 3 mai 2014").dates[0].basis == date_basis::explicit_date);
  CHECK(dates_of("le 3 mai", tuesday).dates[0].basis == date_basis::year_from_publication);
  CHECK(dates_of("le 3 mai").dates[0].basis == date_basis::relative);
  CHECK(dates_of("lundi", tuesday).dates[0].basis == date_basis::relative_to_publication);
  CHECK(dates_of("lundi").dates[0].basis == date_basis::relative);
  CHECK(dates_of("récemment", tuesday).dates[0].basis == date_basis::vague);
}

TEST_CASE("vague times are kept without a value in days") {
  check_all(
      {
          {"Il a récemment demandé", "récemment", "PAST_REF", "-/-"},
          {"Ils mènent depuis longtemps", "depuis longtemps", "PX", "-/-"},
          {"quelques jours après", "quelques jours après", "PX", "-/-"},
          {"Désormais, tout change", "Désormais", "PRESENT_REF", "-/-"},
      },
      tuesday);
}

TEST_CASE("days that no calendar has are rejected with their text") {
  for (const std::string text : {"le 31 février 2014", "le 2014-13-45", "le 31/04/2014",
                                 "le 29 février 2015", "le 0 mai 2014", "le 31 juin"}) {
    const auto found = dates_of(text, tuesday);
    INFO(text);
    CHECK(found.dates.empty());
    REQUIRE(found.rejected.size() == 1);
    CHECK("le " + found.rejected[0].text == text);
  }
}

TEST_CASE("what only looks like a date is none") {
  for (const std::string text :
       {"1,18 million", "à 17 autres serveurs", "M. Ma Kai", "Lu Wei est là", "Je pars",
        "192.168.10.12", "version 2.10.2014.3", "le dossier A20.05.2014", "20.05.2014-7",
        "chaque lundi", "3 mars et un peu"}) {
    INFO(text);
    const auto found = dates_of(text, tuesday).dates;
    const bool only_march = text.starts_with("3 mars") && found.size() == 1;
    CHECK((found.empty() || only_march));
  }
}

TEST_CASE("a year that counts something is no date") {
  CHECK(dates_of("de 2016 serveurs").dates.empty());
  CHECK(dates_of("Il y en avait 2016.").dates.empty());
  CHECK(dates_of("en 2016 serveurs").dates.empty());
}

TEST_CASE("the time of day is kept with its date") {
  const auto found = dates_of("le 20.05.2014 à 13h43");
  REQUIRE(found.dates.size() == 1);
  CHECK(found.dates[0].minute_of_day == 13 * 60 + 43);
  CHECK(found.dates[0].grain == granularity::minute);
  CHECK(dates_of("lundi soir").dates[0].part_of_day == "evening");
  CHECK_FALSE(dates_of("le 20.05.2014 à 13h71").dates[0].minute_of_day);
}

TEST_CASE("another number in the same form changes the value and nothing else") {
  for (int day = 1; day <= 28; ++day) {
    const std::string two = (day < 10 ? "0" : "") + std::to_string(day);
    const auto found = dates_of("vu le " + std::to_string(day) + " mai 2014 ici");
    REQUIRE(found.dates.size() == 1);
    CHECK(found.dates[0].value == "2014-05-" + two);
    CHECK(found.dates[0].begin == 6);
  }
}

TEST_CASE("every weekday lies within the week that ends with the anchor") {
  const char* names[] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
  for (civil_day anchor = *tuesday; anchor < *tuesday + 14; ++anchor) {
    for (const auto* name : names) {
      const auto near = *dates_of(name, anchor).dates[0].from;
      CHECK(near <= anchor);
      CHECK(near > anchor - 7);
      const auto last = *dates_of(std::string(name) + " dernier", anchor).dates[0].from;
      CHECK((last < anchor && last >= anchor - 7));
      const auto next = *dates_of(std::string(name) + " prochain", anchor).dates[0].from;
      CHECK((next > anchor && next <= anchor + 7));
      CHECK((next - last) % 7 == 0);
    }
  }
}

TEST_CASE("days outside of any news page do not break the calendar") {
  for (const civil_day anchor : {-2147483647, -800000, 2932897, 2147483647}) {
    CHECK_FALSE(dates_of("lundi", anchor).dates[0].from);
    CHECK_FALSE(dates_of("il y a 999 ans", anchor).dates[0].from);
  }
  CHECK(iso_day(-2147483647) == "0000-01-01");
  CHECK(iso_day(2147483647) == "9999-12-31");
  CHECK(dates_of("il y a 999 ans", tuesday).dates[0].value == "1015");
}

TEST_CASE("a date over a joint in the text has a span on each side") {
  const std::string page = "le 20 mai AAA 2014";
  passage p;
  p.append(page, {0, 9});
  p.append(page, {14, 18});
  const auto found = find_dates(p, test::french());
  REQUIRE(found.dates.size() == 1);
  CHECK(found.dates[0].value == "2014-05-20");
  CHECK(found.dates[0].spans == std::vector<byte_span>{{3, 9}, {14, 18}});
}

TEST_CASE("how long something goes on is a length of time, and a figure as well") {
  check_all(
      {
          {"Le réseau est resté coupé pendant douze mois.", "pendant douze mois", "P12M", "-/-"},
          {"pendant près de 72 heures", "pendant près de 72 heures", "PT72H", "-/-"},
          {"pendant une semaine", "pendant une semaine", "P1W", "-/-"},
          {"La panne a duré plus de 36 jours.", "plus de 36 jours", "P36D", "-/-"},
          {"condamné à six ans de prison", "six ans", "P6Y", "-/-"},
          {"trois semaines durant", "trois semaines durant", "P3W", "-/-"},
          {"en l'espace de deux jours", "en l'espace de deux jours", "P2D", "-/-"},
          {"dans un délai de 48 heures", "dans un délai de 48 heures", "PT48H", "-/-"},
          // Rates, ages and upper limits of a sentence are no dates.
          {"4 millions par jour", "", "", ""},
          {"un jour, il a parlé", "", "", ""},
          {"une femme âgée de 36 ans", "", "", ""},
          {"jusqu'à 20 ans de prison", "", "", ""},
          {"une garde 24 heures sur 24", "", "", ""},
          {"toutes les deux heures", "", "", ""},
      },
      tuesday);
  CHECK(test::figures_of("coupé pendant douze mois").size() == 1);
  CHECK(test::figures_of("jusqu'à 20 ans de prison").size() == 1);
  CHECK(test::figures_of("dans un délai de 48 heures").empty());
  CHECK(test::figures_of("toutes les deux heures").empty());
}

TEST_CASE("the next and the last of a month leave out the one of publication") {
  check_all(
      {
          {"en octobre prochain", "octobre prochain", "2014-10", "2014-10-01/2014-10-31"},
          {"en mars prochain", "mars prochain", "2015-03", "2015-03-01/2015-03-31"},
          {"en mai dernier", "mai dernier", "2013-05", "2013-05-01/2013-05-31"},
          {"en juin dernier", "juin dernier", "2013-06", "2013-06-01/2013-06-30"},
          {"en avril dernier", "avril dernier", "2014-04", "2014-04-01/2014-04-30"},
          {"le 3 juin prochain", "3 juin prochain", "2014-06-03", "2014-06-03/2014-06-03"},
          {"le 20 mai prochain", "20 mai prochain", "2015-05-20", "2015-05-20/2015-05-20"},
          {"le 3 juin dernier", "3 juin dernier", "2013-06-03", "2013-06-03/2013-06-03"},
      },
      tuesday);
  check_all({{"en octobre prochain", "octobre prochain", "XXXX-10", "-/-"}}, std::nullopt);
}

TEST_CASE("seasons, quarters, halves and decades are parts and groups of years") {
  check_all(
      {
          {"Depuis l'été 2018", "Depuis l'été 2018", "2018-SU", "2018-01-01/-"},
          {"à l'automne 2018", "automne 2018", "2018-FA", "2018-01-01/2018-12-31"},
          {"au premier semestre 2019", "premier semestre 2019", "2019-H1", "2019-01-01/2019-06-30"},
          {"au 3e trimestre de 2020", "3e trimestre de 2020", "2020-Q3", "2020-07-01/2020-09-30"},
          {"le T4 2020", "T4 2020", "2020-Q4", "2020-10-01/2020-12-31"},
          {"dans les années 1990", "les années 1990", "199", "1990-01-01/1999-12-31"},
          {"dans les années 90", "les années 90", "199", "1990-01-01/1999-12-31"},
      },
      std::nullopt);
  check_all(
      {
          {"l'été dernier", "été dernier", "2013-SU", "2013-01-01/2013-12-31"},
          {"l'hiver dernier", "hiver dernier", "2013-WI", "2013-01-01/2013-12-31"},
          {"l'été prochain", "été prochain", "2014-SU", "2014-01-01/2014-12-31"},
          {"au premier trimestre", "premier trimestre", "2014-Q1", "2014-01-01/2014-03-31"},
          {"au quatrième trimestre", "quatrième trimestre", "2013-Q4", "2013-10-01/2013-12-31"},
          {"le week-end dernier", "le week-end dernier", "2014-05-17/2014-05-18",
           "2014-05-17/2014-05-18"},
          {"ce week-end", "ce week-end", "2014-05-17/2014-05-18", "2014-05-17/2014-05-18"},
          {"le week-end prochain", "le week-end prochain", "2014-05-31/2014-06-01",
           "2014-05-31/2014-06-01"},
          {"dans les années 1995", "", "", ""},
          {"le premier trimestre fut calme", "", "", ""},
      },
      tuesday);
}

TEST_CASE("a year behind what it dates is one, a round number of something is a count") {
  check_all(
      {
          {"la loi de 2016 sur le réseau", "2016", "2016", "2016-01-01/2016-12-31"},
          {"Le fichier date de 2016.", "2016", "2016", "2016-01-01/2016-12-31"},
          {"de 2000 serveurs", "", "", ""},
          {"plus de 2000 ont fui", "", "", ""},
          {"de 1900 à 2400 morts", "", "", ""},
          {"un millier de 2000 villageoises", "", "", ""},
          {"2019-2021", "2019-2021", "2019/2021", "2019-01-01/2021-12-31"},
      },
      std::nullopt);
  const auto found = dates_of("en 2017, 2018 et 2020, puis 2021 serveurs", std::nullopt);
  REQUIRE(found.dates.size() == 3);
  CHECK(found.dates[1].value == "2018");
  CHECK(found.dates[2].value == "2020");
}

TEST_CASE("a time zone belongs to the clock time in front of it") {
  check_all(
      {{"lundi à 14h30 GMT", "lundi à 14h30 GMT", "2014-05-19T14:30", "2014-05-19/2014-05-19"},
       {"le 3 mai à 8h00, heure de Paris", "3 mai à 8h00", "2014-05-03T08:00",
        "2014-05-03/2014-05-03"},
       {"lundi peu après 9h00 locales", "lundi peu après 9h00 locales", "2014-05-19T09:00",
        "2014-05-19/2014-05-19"}},
      tuesday);
}

TEST_CASE("the places of dates alone are those that dates take, whatever they mean") {
  for (const std::string text :
       {"Le 3 mai 2018 à 17 h 30, puis trois jours plus tard et il y a une semaine.",
        "Le 31 février 2019, tous les lundis, vers 9 heures, en 2016 ou depuis un an.",
        "une ville, un an après, trois serveurs, trois mois et demi, dix-sept ans"}) {
    INFO(text);
    const auto tokens = tokenize(text);
    CHECK(find_date_spans(text, tokens, french()) ==
          find_dates(text, tokens, french(), std::nullopt).taken);
  }
}
