// SPDX-License-Identifier: Apache-2.0
// Heads and tails of pages: who wrote and when, consent texts, calls to subscribe, rows of links.
#include "catch.hpp"
#include "french.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;
using vigie::press::test::outline;

namespace {

const std::string fr_title = "Le radar du port tombe en panne\n\n";
const std::string fr_lede =
    "Le radar du port est tombé en panne pour la troisième fois de la semaine, a dit le port.\n\n";
const std::string fr_body =
    "Les réparations prendront quatre jours et coûteront cher à la ville, selon la mairie.\n\n";
const std::string en_title = "Harbour radar fails again\n\n";
const std::string en_lede =
    "The harbour radar failed for the third time this week, the port authority said.\n\n";
const std::string en_body =
    "Officials said the repair would take four days and cost the town a great deal of money.\n\n";

std::string label_of(const std::string& text, const std::string& needle, const lexicon& words) {
  const auto at = text.find(needle);
  for (const auto& s : read_article(text, words).segments) {
    if (s.span.begin <= at && at < s.span.end) return std::string(label_name(s.what));
  }
  return "none";
}

std::string published(const std::string& text, const lexicon& words) {
  const auto a = read_article(text, words);
  if (!a.published) return "none";
  return iso_day(a.published->day) + " " + a.published->basis;
}

} // namespace

TEST_CASE("a dateline in front of the first sentence dates the page and is no part of it") {
  for (const std::string line :
       {"PORT KERRY, 3 May 2018 (AFP) - ", "PORT KERRY, May 3, 2018 (Reuters) - ",
        "PORT KERRY, 3 May 2018 - ", "PORT KERRY, May 3, 2018 (KNA) — ", "3 May 2018. – "}) {
    const std::string text = en_title + line + en_lede + en_body;
    INFO(outline(text, read_article(text, english())));
    CHECK(published(text, english()) == "2018-05-03 date_line");
    CHECK(label_of(text, line, english()) == "source_line");
    CHECK(label_of(text, "The harbour radar failed", english()) == "lede");
  }
  for (const std::string line : {"KERLO, 3 mai 2018 (AFP) - ", "KERLO, le 3 mai 2018 (KPA) — ",
                                 "Kerlo, jeudi 3 mai 2018 – "}) {
    const std::string text = fr_title + line + fr_lede + fr_body;
    CHECK(published(text, french()) == "2018-05-03 date_line");
    CHECK(label_of(text, line, french()) == "source_line");
  }
  // Without a year it names no day, but is a dateline.
  const std::string text = fr_title + "KERLO, 3 mai (Agence de Kerlo) - " + fr_lede + fr_body;
  CHECK(published(text, french()) == "none");
  CHECK(label_of(text, "KERLO", french()) == "source_line");
}

TEST_CASE(
    "a day in front of an aside, in a chronology or in the middle of the text is no dateline") {
  for (const std::string first :
       {"Le 3 mai 2018 - jour de la fête du port - le radar est tombé en panne, a dit le port.\n\n",
        "3 mai 2018 - Le radar tombe en panne pour la première fois, comme le dit le port.\n\n",
        "Kerlo, 3 mai 2018 - le radar tombe en panne pour la première fois, comme on le dit.\n\n",
        "Kerlo connaît depuis le 3 mai 2018 - Fête du port - une panne de radar, dit-on.\n\n"}) {
    const std::string text = fr_title + first + fr_body;
    INFO(text);
    CHECK(published(text, french()) == "none");
    CHECK(label_of(text, first.substr(0, 6), french()) == "lede");
  }
  const std::string later = fr_title + fr_lede + "KERLO, 3 mai 2018 - " + fr_body;
  CHECK(published(later, french()) == "none");
  CHECK(label_of(later, "KERLO", french()) == "body");
}

TEST_CASE("the head of the first post dates the thread, those below it open comments") {
  const std::pair<std::string, std::string> en[] = {
      {"by keeper_of_light » Thu May 03, 2018 5:46 pm", "by Marlin » Fri May 04, 2018 9:10 am"},
      {"Marlin, 3 May 2018 - 17:46", "Skipper77, 4 May 2018 - 09:10"},
      {"Submitted by keeper on Thu, 05/03/2018 - 17:46", "Submitted by Anne on 05/04/2018 - 09:10"},
  };
  for (const auto& [first, second] : en) {
    const std::string text =
        en_title + first + "\n\n" + en_lede + second + "\n\nSame here, since about noon.\n";
    INFO(outline(text, read_article(text, english())));
    CHECK(published(text, english()).starts_with("2018-05-03"));
    CHECK(label_of(text, first, english()) == "date_line");
    CHECK(label_of(text, second, english()) == "comment");
    CHECK(label_of(text, "Same here", english()) == "comment");
  }
  const std::pair<std::string, std::string> fr[] = {
      {"par gardien29 » 03 mai 2018, 17:46", "par Marlin » 04 mai 2018, 09:10"},
      {"Message par gardien29 » jeu. 3 mai 2018 17:46", "Message par Luc » ven. 4 mai 2018 09:10"},
      {"Posté par gardien29 le 03/05/2018 à 17h46", "Posté par Marlin le 04/05/2018 à 09h10"},
      {"gardien29 - 3 avr. 2018 à 17:46", "Marlin - 4 avr. 2018 à 09:10"},
  };
  for (const auto& [first, second] : fr) {
    const std::string text =
        fr_title + first + "\n\n" + fr_lede + second + "\n\nPareil chez moi depuis midi.\n";
    INFO(outline(text, read_article(text, french())));
    CHECK(published(text, french()).find("-03 ") != std::string::npos);
    CHECK(label_of(text, second, french()) == "comment");
    CHECK(label_of(text, "Pareil", french()) == "comment");
  }
}

TEST_CASE("who wrote when below an article that no post opens hides nothing behind it") {
  const std::string text =
      fr_title + fr_lede + "Posté par Anne Roy le 03/05/2018 à 17h46\n\n" + fr_body;
  CHECK(label_of(text, "Posté", french()) == "date_line");
  CHECK(label_of(text, "Les réparations", french()) == "body");
  const std::string told = fr_title + "Direct du 3 mai 2018 à 20h10 au port de Kerlo\n\n" + fr_lede;
  CHECK(label_of(told, "Direct", french()) != "date_line");
}

TEST_CASE("a line that opens with words of publication tells the day, whatever stands behind it") {
  for (const std::string line :
       {"Posted on May 3, 2018 by Anne Roy in Ports, Radar", "Posted: Thu May 03, 2018 5:46 pm",
        "Posted May 3, 2018 @ 5:46 pm EDT. Last updated May 4, 2018 9:00 am EDT.",
        "Updated - May 04, 2018 05:46 pm IST | Published - May 03, 2018 05:40 pm IST",
        "Published 3 May 2018 under Ports and ships"}) {
    INFO(line);
    CHECK(published(en_title + line + "\n\n" + en_lede + en_body, english()) ==
          "2018-05-03 published_line");
  }
  for (const std::string line :
       {"Publié par Anne Roy le jeudi 3 mai 2018 à 07h15 dans Ports",
        "Publié: jeu. 3 mai 2018, 07h15 Mis à jour: 4 mai 2018, 09h11",
        "Publié le 3 mai 2018 à 7 h 15 min par Anne Roy dans la rubrique Mer",
        "Écrit par Anne Roy, le 3 mai 2018. Publié dans Ports"}) {
    INFO(line);
    CHECK(published(fr_title + line + "\n\n" + fr_lede + fr_body, french()) ==
          "2018-05-03 published_line");
  }
  // A sentence, and a headline that goes on behind a comma, date nothing.
  for (const std::string line : {"Published on 3 May 2018, the report blames the port",
                                 "Posted on 3 May 2018 by a keeper, the picture went around."}) {
    INFO(line);
    CHECK(published(en_title + line + "\n\n" + en_lede, english()) == "none");
  }
}

TEST_CASE("a consent text in front of the title is not the lede") {
  const std::string en =
      "We and our partners store and access information on a device for advertising.\n"
      "With your permission we may use precise geolocation data. You may click to consent.\n"
      "You can change your preferences at any time by returning to this site.\nAccept all\n\n"
      "Home » News » Harbour radar\n\n" +
      en_title + en_lede + en_body;
  INFO(outline(en, read_article(en, english())));
  CHECK(label_of(en, "With your", english()) == "nav");
  CHECK(label_of(en, "You can change", english()) == "nav");
  CHECK(label_of(en, "Harbour radar fails", english()) == "title");
  CHECK(label_of(en, "The harbour radar failed", english()) == "lede");
  const std::string fr =
      "Votre consentement est important pour nous\n"
      "Avec nos partenaires, nous déposons des traceurs sur votre appareil afin de mesurer la "
      "fréquentation du site.\n"
      "Certains partenaires ne demandent pas votre accord et invoquent leur intérêt légitime.\n"
      "Accepter et fermer\n\nAccueil › Mer › Ports\n" +
      fr_title + fr_lede + fr_body;
  INFO(outline(fr, read_article(fr, french())));
  CHECK(label_of(fr, "Votre", french()) == "nav");
  CHECK(label_of(fr, "Certains", french()) == "nav");
  CHECK(label_of(fr, "Le radar du port tombe", french()) == "title");
  CHECK(label_of(fr, "Le radar du port est", french()) == "lede");
}

TEST_CASE("reports on cookies, newsletters, breaches and good advice keep their text") {
  const std::pair<std::string, std::string> en[] = {
      {"The newsletter", "The newsletter of the port stops after thirty years, its editor told the "
                         "400 subscribers on Monday.\n\n"},
      {"\"Sign up", "\"Sign up for our newsletter and never miss a boat\" was its slogan, and the "
                    "town laughed.\n\n"},
      {"The port set", "The port set third-party cookies without consent and shared personal data "
                       "with partners, the regulator found.\n\n"},
      {"We process", "We process personal data on our website and have told our partners of the "
                     "breach, the port wrote.\n\n"},
      {"Never enter", "Never enter your password behind a link in an email, and check your device "
                      "and your browser.\n\n"},
  };
  for (const auto& [needle, line] : en) {
    const std::string text = en_title + en_lede + line + en_body;
    INFO(outline(text, read_article(text, english())));
    CHECK(label_of(text, needle, english()) == "body");
  }
  const std::pair<std::string, std::string> fr[] = {
      {"L'autorité", "L'autorité a condamné le port pour ses cookies, déposés sans le consentement "
                     "des visiteurs, et ses partenaires.\n\n"},
      {"« Nous", "« Nous utilisons des cookies et nos partenaires respectent vos choix », disait "
                 "le site du port.\n\n"},
      {"En cliquant", "En cliquant sur le lien, les victimes livraient leurs données personnelles "
                      "et leur adresse mail.\n\n"},
      {"Chaque matin", "Chaque matin, la newsletter du port donnait à ses abonnés la hauteur de la "
                       "mer et l'heure.\n\n"},
      {"Activez", "Activez la double authentification et ne partagez jamais vos mots de passe, "
                  "conseille la mairie.\n\n"},
  };
  for (const auto& [needle, line] : fr) {
    const std::string text = fr_title + fr_lede + line + fr_body;
    INFO(outline(text, read_article(text, french())));
    CHECK(label_of(text, needle, french()) == "body");
  }
}

TEST_CASE("what looks like a list of other stories is the title where nothing else can be") {
  const std::string video =
      "Accueil\nVidéo : le radar du port tombe en panne\n\nPublié le 3 mai 2018\n\n" + fr_lede;
  CHECK(label_of(video, "Vidéo", french()) == "title");
  const std::string dossier = "Dossier\n" + fr_title.substr(0, fr_title.size() - 1) + fr_lede;
  CHECK(label_of(dossier, "Le radar du port tombe", french()) == "title");
  const std::string other = fr_title + "Vidéo : le radar du port tombe encore\n\n" + fr_lede;
  CHECK(label_of(other, "Vidéo", french()) == "sidebar");
  const std::string strange = "Vidéo : une école ferme ses portes\n\n" + fr_lede + fr_body;
  CHECK(label_of(strange, "Vidéo", french()) == "sidebar");
}

TEST_CASE("the day a member joined a forum is not the day of the post") {
  const std::string text = fr_title +
                           "gardien29\nMessages : 412\nInscription : 03 févr. 2011, 18:22\n\n" +
                           fr_lede + fr_body;
  CHECK(published(text, french()) == "none");
  CHECK(label_of(text, "Inscription", french()) == "nav");
  // A row with a day in it is a date line, however many counters stand beside it.
  CHECK(published(en_title + "May 3, 2018 — 4 minute read — 12 Comments\n\n" + en_lede,
                  english()) == "2018-05-03 date_line");
}

TEST_CASE("rows of links, initials of staff and calls to subscribe are no text") {
  const std::string page = fr_title + fr_lede;
  CHECK(label_of(page + fr_body.substr(0, fr_body.size() - 2) + " (ab/cd)\n", "(ab/cd)",
                 french()) == "credits");
  for (const std::string staff : {"asa/ebe/pch", "AR/bn/KPA"})
    CHECK(label_of(page + fr_body + staff + "\n", staff, french()) == "credits");
  CHECK(label_of(page + "La vitesse du radar est donnée en milles par heure (mi/h)\n\n" + fr_body,
                 "(mi/h)", french()) == "body");
  CHECK(label_of(page + fr_body + "Mentions légales – Notre port – Contact – CGU\n", "Notre port",
                 french()) == "nav");
  CHECK(label_of(en_title + en_lede + en_body +
                     "The morning's top stories, straight to your inbox, Monday to Friday.\n",
                 "The morning's", english()) == "self_promo");
  CHECK(label_of(page + fr_body + "Les + lus\nUn cargo coule\nUne école ferme ses portes ici\n",
                 "Une école", french()) == "headline_list");
}
