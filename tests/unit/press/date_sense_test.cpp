// SPDX-License-Identifier: Apache-2.0
// Days whose year lies in words beside them or in the sense of the clause, lengths of time in
// grouped digits, ages, and what looks like them.
#include "told_rows.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

const std::vector<test::told_row> english_rows{
    // A context in front makes no date shorter; a year that opens a clause counts nothing.
    {"It was closed in April last year, in May this year.", "2018-04;2019-05"},
    {"In 2015 people walked along the road.", "2015"},
    {"Nobody found it; in 2015 users had looked.", "2015"},
    {"Since 2015 people have looked.", "2015"},
    {"It stood in 2015 schools.", ""},
    {"It was closed in February this year.", "2019-02"},
    {"It was closed on 3 February last year.", "2018-02-03"},
    {"It was closed in April last year.", "2018-04"},
    {"A vote is due in March next year.", "2020-03"},
    {"It has been shut since April last year.", "2018-04"},
    {"It was closed in April. Last year was calm.", "2019-04;2018"},
    // Ranges of years.
    {"Between 2013-14 it fell.", "2013/2014"},
    {"Between 2013-17 it fell.", "2013/2017"},
    {"It rose from 2013 to mid-2017.", "2013/2017"},
    {"It rose from early 2013 to late 2017.", "2013/2017"},
    {"Between 2013-11 sites fell.", ""},
    // A weekday or a part of the day in front of the whole date.
    {"It fell on the evening of Friday 10 May.", "2019-05-10"},
    {"It fell on the morning of Friday, May 10.", "2019-05-10"},
    {"It fell on the night of Thursday to Friday 10 May.", "2019-05-09/2019-05-10"},
    {"It fell in January and February.", "2019-01/2019-02"},
    {"It fell in the first quarter of the year.", "2019-Q1"},
    {"It fell in the first three months of 2018.", "2018-Q1"},
    {"It fell in the first six months of the year.", "2019-H1"},
    {"It fell in 2018 Q2.", "2018-Q2"},
    // Lengths.
    {"It was dark for 12,400 hours.", "PT12400H"},
    {"It was dark for half an hour.", "PT30M"},
    {"It came back 5,000 years ago.", "publication-P5000Y"},
    // At a day, not since it.
    {"As of 2 May, 40 sites were dark.", "2019-05-02"},
    // What only looks like a time.
    {"At the time of writing it was dark.", "PRESENT_REF"},
    {"It rose to 10% shortly after.", ""},
    {"It will be back shortly.", "FUTURE_REF"},
    // What is to come lies in the sense.
    {"The law takes effect on 1 July.", "2019-07-01"},
    {"The licence expires on 30 June.", "2019-06-30"},
    {"Networks slow ahead of the vote on 7 July.", "2019-07-07"},
    {"The upcoming vote of 7 July worries them.", "2019-07-07"},
    {"The trial began on 7 July.", "2018-07-07"},
    {"On 7 July the court closed it.", "2018-07-07"},
    {"The 7 July vote worries them.", "2019-07-07"},
    {"July 7.", "2018-07-07"},
    // An interval of weekdays that publication lies in, which is a Wednesday.
    {"The curfew runs from Tuesday evening to Friday morning.", "2019-05-14/2019-05-17"},
    {"The curfew lasted from Tuesday to Friday.", "2019-05-07/2019-05-10"},
    {"The curfew lasted from Monday to Tuesday.", "2019-05-13/2019-05-14"},
    // The year that was told before.
    {"It fell on 3 May 2016 and from 7 to 9 July of the same year.",
     "2016-05-03;2016-07-07/2016-07-09"},
    {"It fell in 2016 and came back in March that year.", "2016;2016-03"},
    {"It came back in March of the same year.", "XXXX-03"},
    {"It came back later that year.", ""},
    {"It spread between 2015 and November 2017.", "2015/2017-11"},
    {"It spread between November 2015 and 2017.", "2015-11/2017"},
    // Names, rows of weekdays, seasons that do not come.
    {"The party Tomorrow for all fell apart.", ""},
    {"Tomorrow it opens.", "2019-05-16"},
    {"It failed on 3 May, the third Friday in a row.", "2019-05-03"},
    {"Before the Act of 2018 it was free.", ""},
    {"The court will rule in the autumn.", "2019-FA"},
    {"In the summer it is hot.", ""},
    {"Both sides agreed to meet in September.", "2019-09"},
    {"It failed for the second time in 10 years.", "P10Y"},
    {"The court adjourned the case to 21 June.", "2019-06-21"},
    {"It began shortly before 9pm on Tuesday 14 May.", "2019-05-14T21:00"},
    {"It began at 9pm on Tuesday, May 14.", "2019-05-14T21:00"},
    {"The mast gets a new coat in June.", "2019-06"},
    {"The mast gets a new coat in December.", "2018-12"},
    {"The trial opens on 6 May, they said.", "2019-05-06"},
    // The day behind another one.
    {"It fell on 6 May and came back the next day.", "2019-05-06;2019-05-07"},
    {"It fell on 6 May; the day before, all was calm.", "2019-05-06;2019-05-05"},
    {"It came back the next day.", "P1D"},
    {"It fell in May and came back the next day.", "2019-05;P1D"},
};

const std::vector<test::told_row> french_rows{
    {"Un vote est prévu en octobre prochain, au mois de mars dernier on l'ignorait.",
     "2019-10;2019-03"},
    {"Pour l'heure, il est fermé.", "PRESENT_REF"},
    {"La salle est prête pour l'heure du conte et pour l'heure d'été.", ""},
    {"Il a été fermé en février de cette année.", "2019-02"},
    {"Il a été fermé le 3 février de l'an dernier.", "2018-02-03"},
    {"Il a été fermé en avril de l'année dernière.", "2018-04"},
    {"Un vote est prévu en mars de l'an prochain.", "2020-03"},
    {"Il est fermé depuis avril de l'an dernier.", "2018-04"},
    {"Entre 2013-14 tout est tombé.", "2013/2014"},
    {"De 2013 à mi-2017 tout est tombé.", "2013/2017"},
    {"Tout est tombé dans la soirée du vendredi 10 mai.", "2019-05-10"},
    {"Tout est tombé dans la nuit de jeudi à vendredi 10 mai.", "2019-05-09/2019-05-10"},
    {"Tout est tombé en janvier et février.", "2019-01/2019-02"},
    {"Tout est tombé au premier trimestre de l'année.", "2019-Q1"},
    {"Tout est tombé au cours des trois premiers mois de 2018.", "2018-Q1"},
    {"Tout est tombé pendant les six premiers mois de l'année.", "2019-H1"},
    {"Le réseau est resté coupé pendant 12 400 heures.", "PT12400H"},
    {"Le réseau est resté coupé 4 728 heures.", "PT4728H"},
    {"Le réseau est tombé en une demi-heure.", "PT30M"},
    {"Au moment où nous écrivons ces lignes, rien ne marche.", "PRESENT_REF"},
    {"Il est revenu peu après.", ""},
    {"La loi entre en vigueur le 1er juillet.", "2019-07-01"},
    {"La licence expire le 30 juin.", "2019-06-30"},
    {"Le réseau ralentit à l'approche du scrutin du 7 juillet.", "2019-07-07"},
    {"Le procès a commencé le 7 juillet.", "2018-07-07"},
    {"Le 7 juillet, la cour a fermé le site.", "2018-07-07"},
    {"Le scrutin du 7 juillet inquiète les opposants.", "2019-07-07"},
    {"Le pays vote le 7 juillet.", "2019-07-07"},
    {"La loi votée le 7 juillet tient en une page.", "2018-07-07"},
    {"Le pylône reçoit sa peinture en juin.", "2019-06"},
    {"Le pylône reçoit sa peinture en décembre.", "2018-12"},
    {"Le décret est entré en vigueur le 7 juillet.", "2018-07-07"},
    {"Anna Kaya, 34 ans, est détenue.", ""},
    {"Une femme de 34 ans est détenue.", ""},
    {"Une peine de 22 ans est requise.", "P22Y"},
    {"Tout est tombé le 6 mai et revenu le lendemain.", "2019-05-06;2019-05-07"},
    {"Tout est tombé le 6 mai ; la veille, tout allait bien.", "2019-05-06;2019-05-05"},
    {"Le couvre-feu dure du mardi soir au vendredi matin.", "2019-05-14/2019-05-17"},
    {"Il est tombé le 3 mai 2016 et du 7 au 9 juillet de la même année.",
     "2016-05-03;2016-07-07/2016-07-09"},
    {"Il est revenu en mars de la même année.", "XXXX-03"},
    {"Il a sévi entre 2015 et novembre 2017.", "2015/2017-11"},
    {"Le parti Demain pour tous a disparu.", ""},
    {"Demain, il ouvre.", "2019-05-16"},
    {"Il a échoué le 3 mai, troisième vendredi de suite.", "2019-05-03"},
    {"Le tribunal a renvoyé l'audience au 21 juin.", "2019-06-21"},
    {"Le tribunal dira en automne s'il est à refaire.", "2019-FA"},
    {"Il fait frais en automne.", ""},
    {"Il a fermé à l'automne 2017.", "2017-FA"},
    {"Les ministres ont convenu de se revoir en septembre.", "2019-09"},
    {"Elle a fermé 12 forums depuis le début de l'année.", "2019"},
};

} // namespace

TEST_CASE("the sense of days and lengths in English") {
  test::check_dates(english_rows, english());
}

TEST_CASE("the sense of days and lengths in French") { test::check_dates(french_rows, french()); }

TEST_CASE("without a day of publication the sense of a day stays open") {
  CHECK(test::dates_told("It was closed in April last year.", english(), {}) == "XXXX-04");
  CHECK(test::dates_told("It fell on the night of Thursday to Friday 10 May.", english(), {}) ==
        "XXXX-05-09/XXXX-05-10");
}
