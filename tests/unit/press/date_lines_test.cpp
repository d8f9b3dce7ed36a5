// SPDX-License-Identifier: Apache-2.0
// The forms in which pages tell the day they were published, and lines with days that do not.
#include "catch.hpp"
#include "french.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

struct row {
  std::string line;
  std::string published; // with the time of day where the line has one
};

struct page_text {
  std::string title;
  std::string first;
  std::string second;
};

const page_text english_text{
    "Regulator blocks two more messaging services\n\n",
    "The telecoms regulator has blocked two more messaging services, officials in the capital "
    "said on Tuesday after a meeting.\n\n",
    "Users complained that calls no longer went through and that voice messages arrived hours "
    "late, if they arrived at all.\n"};
const page_text french_text{
    "Le régulateur bloque deux autres messageries\n\n",
    "Le régulateur des télécoms a bloqué deux autres messageries, ont dit mardi des responsables "
    "de la capitale après une réunion.\n\n",
    "Les usagers se plaignent que les appels ne passent plus et que les messages vocaux arrivent "
    "avec des heures de retard, ou pas du tout.\n"};

std::string published(const std::string& text, const lexicon& words) {
  const auto a = read_article(text, words);
  if (!a.published) return "";
  const auto minute = a.published->minute_of_day;
  return iso_day(a.published->day) +
         (minute ? "T" + padded(*minute / 60, 2) + ":" + padded(*minute % 60, 2) : "");
}

void check_above(const std::vector<row>& rows, const page_text& t, const lexicon& words) {
  for (const auto& r : rows) {
    INFO(r.line);
    CHECK(published(t.title + r.line + "\n\n" + t.first + t.second, words) == r.published);
  }
}

void check_below(const std::vector<row>& rows, const page_text& t, const lexicon& words) {
  for (const auto& r : rows) {
    INFO(r.line);
    const std::string text = t.first + t.second;
    CHECK(published(t.title + text + "\n" + r.line + "\n", words) == r.published);
  }
}

void check_first(const std::vector<row>& rows, const page_text& t, const lexicon& words) {
  for (const auto& r : rows) {
    INFO(r.line);
    CHECK(published(t.title + r.line + "\n\n" + t.second, words) == r.published);
  }
}

const std::vector<row> english_lines{
    {"Wednesday, 15 May 2019", "2019-05-15"},
    {"Wed 15 May 2019 14.05 BST", "2019-05-15T14:05"},
    {"First published on Wed 15 May 2019 14.05 BST", "2019-05-15T14:05"},
    {"Last updated 15 May 2019 09:12", "2019-05-15T09:12"},
    {"May 15, 2019 · 4 min read", "2019-05-15"},
    {"By Dana Ruiz | May 15, 2019 | 4 min read", "2019-05-15"},
    {"Dana Ruiz — 15 May 2019 — 6:30pm", "2019-05-15T18:30"},
    {"15 May 2019 - 18:30", "2019-05-15T18:30"},
    {"Posted on 15/05/2019 by admin", "2019-05-15"},
    {"Posted by admin on 15/05/2019 in News", "2019-05-15"},
    {"PUBLISHED: 15 MAY 2019, 6:30 PM", "2019-05-15T18:30"},
    {"UPDATED 9:12 AM ET, WED MAY 15, 2019", "2019-05-15T09:12"},
    {"Updated 9:12 AM ET, Wed May 15, 2019", "2019-05-15T09:12"},
    {"9:12 a.m. EDT May 15, 2019", "2019-05-15T09:12"},
    {"May 15, 2019 9:12 a.m. ET", "2019-05-15T09:12"},
    {"May 15, 2019 at 9:12 a.m. EDT", "2019-05-15T09:12"},
    {"Published 9:12 AM EDT May 15, 2019", "2019-05-15T09:12"},
    {"MAY 15, 2019 / 9:12 AM / CBS/AFP", "2019-05-15T09:12"},
    {"May 15, 2019 / 9:12 AM / a month ago", "2019-05-15T09:12"},
    {"2019-05-15 09:12:44", "2019-05-15T09:12"},
    {"2019-05-15T09:12:44+08:00", "2019-05-15T09:12"},
    {"15.05.2019 09:12", "2019-05-15T09:12"},
    {"15.05.2019 | 09:12 GMT+3", "2019-05-15T09:12"},
    {"15 May, 2019 09:12", "2019-05-15T09:12"},
    {"15 May, 2019 | 09:12 IST", "2019-05-15T09:12"},
    {"Updated: May 15, 2019 21:12 IST", "2019-05-15T21:12"},
    {"Updated - May 15, 2019 09:12 pm IST", "2019-05-15T21:12"},
    {"May 15, 2019 09:12 pm | Updated 09:40 pm IST - NEW DELHI", "2019-05-15T21:12"},
    {"Published - May 15, 2019 09:12 pm IST - Chennai", "2019-05-15T21:12"},
    {"Wed, May 15 2019 09:12 AM +0530", "2019-05-15T09:12"},
    {"Issue Date: 15 May 2019", "2019-05-15"},
    {"Date: 15-May-2019", "2019-05-15"},
    {"Date : May 15th, 2019", "2019-05-15"},
    {"15th May 2019", "2019-05-15"},
    {"15-May-19", "2019-05-15"},
    {"15/05/19 09:12", "2019-05-15T09:12"},
    {"05/15/19", "2019-05-15"},
    {"05/15/2019 09:12 AM EDT", "2019-05-15T09:12"},
    {"Wednesday 15th of May 2019 09:12:44 AM", "2019-05-15T09:12"},
    {"Wednesday, May 15th, 2019 at 9:12am", "2019-05-15T09:12"},
    {"Story by Dana Ruiz • May 15, 2019", "2019-05-15"},
    {"[15 May 2019]", "2019-05-15"},
    {"(May 15, 2019)", "2019-05-15"},
    {"15 May 2019, Wednesday", "2019-05-15"},
    {"May 15, 2019 Wednesday 09:12", "2019-05-15T09:12"},
    {"Xinhua | Updated: 2019-05-15 09:12", "2019-05-15T09:12"},
    {"09:12, May 15, 2019", "2019-05-15T09:12"},
    {"09:12 15.05.2019", "2019-05-15T09:12"},
    {"9:12 am, 15 May 2019", "2019-05-15T09:12"},
    {"15 May 2019 • 9:12am", "2019-05-15T09:12"},
    {"15 May 2019 at 09h12", "2019-05-15T09:12"},
    {"Created: 15 May 2019", "2019-05-15"},
    {"Modified: 15 May 2019 09:12 UTC", "2019-05-15T09:12"},
    {"Posted: Wed 15 May 2019 9:12 AM PT", "2019-05-15T09:12"},
    {"Tue., May 14, 2019", "2019-05-14"},
    {"Sept. 4, 2018 5:00 am ET", "2018-09-04T05:00"},
    {"Sep 04 2018", "2018-09-04"},
    {"4 Sept 2018 5.00 EDT", "2018-09-04T05:00"},
    {"Published on: 15/05/2019 - 09:12", "2019-05-15T09:12"},
    {"Published time: 15 May, 2019 09:12 Edited time: 15 May, 2019 10:30", "2019-05-15T09:12"},
    {"by Dana Ruiz  15 May 2019  0 Comments", "2019-05-15"},
    {"15 May 2019  1.2k views", "2019-05-15"},
    {"May 15, 2019Dana Ruiz", "2019-05-15"},
    {"15 May 2562 (15 May 2019)", "2019-05-15"},
    {"25 Ordibehesht 1398 - 15 May 2019", "2019-05-15"},
    {"Ramadan 10, 1440 AH / May 15, 2019", "2019-05-15"},
    {"Wednesday, 10 Ramadan 1440, 15 May 2019", "2019-05-15"},
    {"News ID: 2019051500412 - Wed 15 May 2019 - 09:12", "2019-05-15T09:12"},
    {"Wednesday 15 May 2019 09:12, UK", "2019-05-15T09:12"},
    {"Wed 15th May 2019 | 09:12am", "2019-05-15T09:12"},
    {"Brussels, 15 May 2019", "2019-05-15"},
    {"For immediate release: May 15, 2019", "2019-05-15"},
    {"FOR IMMEDIATE RELEASE Wednesday, May 15, 2019", "2019-05-15"},
    {"Release Date: May 15, 2019", "2019-05-15"},
    {"Original release date: May 15, 2019 | Last revised: May 20, 2019", "2019-05-15"},
    {"Last modified: Wed 15 May 2019 21.52 BST", "2019-05-15T21:52"},
    {"This article is more than 3 years old. Wed 15 May 2019 21.52 BST", "2019-05-15T21:52"},
    {"15 May 2019 5:12 p.m. PT", "2019-05-15T17:12"},
    {"Published 15:12 IST, May 15th 2019", "2019-05-15T15:12"},
    {"15 May 2019 8:00AM (GMT+7)", "2019-05-15T08:00"},
    {"May 15, 2019, 8:00 AM GMT+2 / Updated May 15, 2019, 9:00 AM GMT+2", "2019-05-15T08:00"},
    {"Posted at: May 15, 2019, 7:04 AM (IST)", "2019-05-15T07:04"},
    {"Posted May 15, 2019 5:30 am", "2019-05-15T05:30"},
    {"Submitted by editor on Wed, 05/15/2019 - 09:12", "2019-05-15T09:12"},
    {"Dana Ruiz, May 15 2019 9:12 PM", "2019-05-15T21:12"},
    {"Dana Ruiz - 5/15/2019, 9:12 PM", "2019-05-15T21:12"},
    {"Last Update: Wednesday, 15 May 2019, 9:12 GMT", "2019-05-15T09:12"},
    {"Thread starter Dana · Start date May 15, 2019", "2019-05-15"},
    {"Wed May 15, 2019 9:12 pm", "2019-05-15T21:12"},
    {"« on: May 15, 2019, 09:12:44 AM »", "2019-05-15T09:12"},
    {"May 15, 2019 Reading time: 3 minutes", "2019-05-15"},
    {"News | 15 May 2019 | Dana Ruiz", "2019-05-15"},
    {"World | Wed May 15, 2019 | 9:12am EDT", "2019-05-15T09:12"},
    {"15 MAY 2019 14:22", "2019-05-15T14:22"},
};

const std::vector<row> french_lines{
    {"Publié le 15 mai 2019 à 09h12", "2019-05-15T09:12"},
    {"Publié le 15/05/2019 à 09:12, mis à jour le 15/05/2019 à 10:05", "2019-05-15T09:12"},
    {"Publié le 15 mai 2019 à 09h12 - Mis à jour le 16 mai 2019 à 10h05", "2019-05-15T09:12"},
    {"Publié le samedi 18 mai 2019 à 13 h 20 par Maude B.", "2019-05-18T13:20"},
    {"Par Léa Morin, publié le 15 mai 2019 à 9 h 12", "2019-05-15T09:12"},
    {"Le 15/05/2019 à 12h", "2019-05-15T12:00"},
    {"Le 15 mai 2019 à 9:12", "2019-05-15T09:12"},
    {"Mis en ligne le mercredi 15 mai 2019", "2019-05-15"},
    {"mercredi 15 mai 2019, par Léa Morin", "2019-05-15"},
    {"Mercredi 15 Mai 2019 - 09:12", "2019-05-15T09:12"},
    {"MERCREDI 15 MAI 2019", "2019-05-15"},
    {"mer. 15 mai 2019 09:12", "2019-05-15T09:12"},
    {"Mer 15 mai 2019 - 09:12 AM", "2019-05-15T09:12"},
    {"15 mai 2019 | 09:12", "2019-05-15T09:12"},
    {"15 mai 2019 • Lecture 4 min.", "2019-05-15"},
    {"15.05.2019 à 09h12 • Mis à jour le 15.05.2019 à 10h05", "2019-05-15T09:12"},
    {"15/05/19 à 9h12", "2019-05-15T09:12"},
    {"15/05/19", "2019-05-15"},
    {"15-05-2019", "2019-05-15"},
    {"2019-05-15 09:12", "2019-05-15T09:12"},
    {"Date : 15 mai 2019", "2019-05-15"},
    {"Date de publication : 15/05/2019 09:12", "2019-05-15T09:12"},
    {"Rédigé par Léa Morin le Mercredi 15 Mai 2019 à 09:12", "2019-05-15T09:12"},
    {"Posté par Léa le 15 mai 2019 à 09:12", "2019-05-15T09:12"},
    {"Modifié le 15-05-2019 à 09:12", "2019-05-15T09:12"},
    {"Dernière mise à jour : 15 mai 2019 à 09:12", "2019-05-15T09:12"},
    {"AFP - Publié le 15 mai 2019 à 09:12", "2019-05-15T09:12"},
    {"Par AFP | 15.05.2019, 09h12", "2019-05-15T09:12"},
    {"Par La rédaction avec AFP Publié le 15/05/2019 à 09h12", "2019-05-15T09:12"},
    {"Léa Morin | Publié le 15.05.2019 à 09h12", "2019-05-15T09:12"},
    {"Publié le mer 15/05/2019 - 09:12", "2019-05-15T09:12"},
    {"Soumis par redaction le mer, 15/05/2019 - 09:12", "2019-05-15T09:12"},
    {"Créé le 15.05.2019 à 09h12", "2019-05-15T09:12"},
    {"1er juin 2019", "2019-06-01"},
    {"Dakar, le 15 mai 2019", "2019-05-15"},
    {"Fait à Dakar, le 15 mai 2019", "2019-05-15"},
    {"Paris, mercredi 15 mai 2019", "2019-05-15"},
    {"Communiqué de presse - 15 mai 2019", "2019-05-15"},
    {"COMMUNIQUÉ DE PRESSE | 15 mai 2019 | Bruxelles", "2019-05-15"},
    {"Édition du 15 mai 2019", "2019-05-15"},
    {"[15 mai 2019]", "2019-05-15"},
    {"(15 mai 2019)", "2019-05-15"},
    {"15 mai 2019Partager", "2019-05-15"},
    {"15 mai 2019 3 minutes de lecture", "2019-05-15"},
    {"15 mai 2019 0 commentaires", "2019-05-15"},
    {"15 mai 2019  1 245 vues", "2019-05-15"},
    {"Actualité publiée le 15/05/19 09:12", "2019-05-15T09:12"},
    {"Le mercredi 15 mai 2019 à 9 heures 12", "2019-05-15T09:12"},
    {"Le 15 mai 2019 à 9 h 12 min", "2019-05-15T09:12"},
    {"15 mai 2019 à 9 h 12 HNE", "2019-05-15T09:12"},
    {"Publié le 15 mai 2019 à 9h12 GMT+1", "2019-05-15T09:12"},
    {"Publication: 15/05/2019 09:12 CEST", "2019-05-15T09:12"},
    {"mis en ligne le 15 mai 2019 — 1 204 lectures", "2019-05-15"},
    {"Écrit par Léa Morin, publié le 15 mai 2019", "2019-05-15"},
    {"Léa Morin - 15 mai 2019 - 9h12", "2019-05-15T09:12"},
    {"Accueil | Monde | 15 mai 2019", "2019-05-15"},
    {"15 sept. 2018 à 09:12", "2018-09-15T09:12"},
    {"15 Déc 2018", "2018-12-15"},
    {"Le 15 déc. 2018", "2018-12-15"},
    {"10 Ramadan 1440 / 15 mai 2019", "2019-05-15"},
    {"Publié par Léa Morin le 15 Mai 2019, 09:12am", "2019-05-15T09:12"},
    {"Message par Léa » mer. 15 mai 2019 09:12", "2019-05-15T09:12"},
    {"Sujet : panne — 15 mai 2019 à 09:12:44", "2019-05-15T09:12"},
    {"13:20, le 15 mai 2019", "2019-05-15T13:20"},
    {"09:12 | 15/05/19", "2019-05-15T09:12"},
    {"Article mis à jour le 15 mai 2019 09:12", "2019-05-15T09:12"},
    {"Mercredi, 15 mai, 2019 - 09:12", "2019-05-15T09:12"},
    {"Par Léa Morin (avec agences) 15/05/2019 à 09:12 Mis à jour à 10:05", "2019-05-15T09:12"},
    {"Léa Morin (@leamorin) - 15 mai 2019 à 09h12", "2019-05-15T09:12"},
    {"Posté le 15.05.2019 par redac", "2019-05-15"},
    {"En date du 15 mai 2019", "2019-05-15"},
    {"Paru le 15 mai 2019 dans Monde", "2019-05-15"},
    {"Diffusé le 15 mai 2019 | 12 min", "2019-05-15"},
};

const std::vector<row> english_others{
    {"© 2019 The Harbour Gazette. All rights reserved.", ""},
    {"Copyright 15 May 2019 Harbour Media Ltd", ""},
    {"Page last visited: 15 May 2019", ""},
    {"You last visited 15 May 2019, 09:12", ""},
    {"Joined: 15 May 2012 Posts: 1204", ""},
    {"Event: 15 May 2019, Conference Hall B", ""},
    {"Deadline for applications: 15 May 2019", ""},
    {"Born 15 May 1974 in Harbourtown", ""},
    {"Terms effective as of May 15, 2019", ""},
    {"Privacy policy last updated May 15, 2019", ""},
};

const std::vector<row> french_others{
    {"© 2019 Le Courrier du Port. Tous droits réservés.", ""},
    {"Dernière visite : 15 mai 2019, 09:12", ""},
    {"Inscription : 15 mai 2012 Messages : 1204", ""},
    {"Date limite de candidature : 15 mai 2019", ""},
    {"Rendez-vous le 15 mai 2019 à 18h, salle B", ""},
    {"Né le 15 mai 1974 à Port-Louis", ""},
    {"Dépôt légal 15 mai 2019", ""},
    {"Politique de confidentialité mise à jour le 15 mai 2019", ""},
};

const std::vector<row> english_heads{
    {"MOSCOW, May 15, 2019 (Kite) — The regulator blocked two more sites, officials said on "
     "Tuesday.",
     "2019-05-15"},
    {"MOSCOW, 15 May 2019, KITE — The regulator blocked two more sites, officials said on Tuesday.",
     "2019-05-15"},
    {"Moscow, May 15, 2019 – The regulator blocked two more sites, officials said on Tuesday.",
     "2019-05-15"},
    {"(MOSCOW, May 15, 2019) The regulator blocked two more sites, officials said on Tuesday.",
     "2019-05-15"},
    {"MOSCOW: May 15, 2019 - The regulator blocked two more sites, officials said on Tuesday.",
     "2019-05-15"},
    {"Moscow, 15 May 2019: The regulator blocked two more sites, officials said on Tuesday.",
     "2019-05-15"},
    {"NEW YORK, May 15, 2019 /KITEWIRE/ -- The regulator blocked two more sites, officials said on "
     "Tuesday.",
     "2019-05-15"},
    {"May 15, 2019 (Moscow) - The regulator blocked two more sites, officials said on Tuesday.",
     "2019-05-15"},
    {"Brussels/Geneva, 15 May 2019 - The regulator blocked two more sites, officials said on "
     "Tuesday.",
     "2019-05-15"},
};

const std::vector<row> french_heads{
    {"KINSHASA, le 15 mai 2019 (Kite) – Le régulateur a bloqué deux sites de plus, ont dit mardi "
     "des responsables.",
     "2019-05-15"},
    {"KINSHASA, 15 mai 2019 (KITE) - Le régulateur a bloqué deux sites de plus, ont dit mardi des "
     "responsables.",
     "2019-05-15"},
    {"Kinshasa, le 15 mai 2019 - Le régulateur a bloqué deux sites de plus, ont dit mardi des "
     "responsables.",
     "2019-05-15"},
    {"(Kinshasa, le 15 mai 2019) – Le régulateur a bloqué deux sites de plus, ont dit mardi des "
     "responsables.",
     "2019-05-15"},
    {"Kinshasa, 15 mai 2019 : Le régulateur a bloqué deux sites de plus, ont dit mardi des "
     "responsables.",
     "2019-05-15"},
    {"PARIS, 15 mai 2019 /KITEWIRE/ -- Le régulateur a bloqué deux sites de plus, ont dit mardi "
     "des responsables.",
     "2019-05-15"},
    {"15 mai 2019 (Kinshasa) - Le régulateur a bloqué deux sites de plus, ont dit mardi des "
     "responsables.",
     "2019-05-15"},
};

} // namespace

TEST_CASE("a date line between title and text dates the page, in whatever form it stands") {
  check_above(english_lines, english_text, english());
  check_above(french_lines, french_text, french());
}

TEST_CASE("a line that dates something else does not date the page, wherever it stands") {
  check_above(english_others, english_text, english());
  check_above(french_others, french_text, french());
  check_below(english_others, english_text, english());
  check_below(french_others, french_text, french());
}

TEST_CASE("a place and a day in front of the first sentence date the page") {
  check_first(english_heads, english_text, english());
  check_first(french_heads, french_text, french());
}
