// SPDX-License-Identifier: Apache-2.0
// Whole pages of our own writing, line by line with the label each line must get: what news sites,
// agencies and blogs leave around their articles in both languages.
#include "catch.hpp"
#include "french.hpp"
#include "text/page/comments.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

// Lines are "label|line", "|" an empty line.
using labelled = std::vector<std::pair<std::string, std::string>>;

std::string page_of(const labelled& lines) {
  std::string out;
  for (const auto& [what, line] : lines) out += line + "\n";
  return out;
}

std::string first_label(const article& a, std::size_t line) {
  for (const auto& s : a.segments)
    if (s.line == line) return std::string(label_name(s.what));
  return "none";
}

article check(const labelled& lines, const lexicon& words) {
  const auto text = page_of(lines);
  auto a = read_article(text, words);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].second.empty()) continue;
    INFO(lines[i].second);
    CHECK(first_label(a, i + 1) == lines[i].first);
  }
  return a;
}

} // namespace

TEST_CASE("an English news site") {
  const auto a = check(
      {
          {"nav", "We use cookies to improve your browsing experience. Manage your preferences."},
          {"nav", "Accept all"},
          {"nav", "Skip to main content"},
          {"nav", "Home | World | Business | Tech | Sport"},
          {"login_box", "Sign in"},
          {"self_promo", "Subscribe"},
          {"breadcrumb", "Home > World > Islands"},
          {"", ""},
          {"title", "Islanders lose their messages as operator cuts foreign apps"},
          {"", ""},
          {"credits", "By Anna Rowe and Luke Blyth"},
          {"date_line", "Published May 20, 2014 at 1:43 p.m. GMT"},
          {"share_counter", "Share on Facebook | Tweet | Copy link"},
          {"share_counter", "1.2K shares"},
          {"", ""},
          {"image_alt", "File photo: the harbour of Kerlo in winter. Getty Images"},
          {"", ""},
          {"lede", "The only operator on the island of Kerlo cut off foreign messaging apps on "
                   "Monday, leaving at least 3,400 subscribers without their usual messages."},
          {"", ""},
          {"ad_insertion", "Advertisement"},
          {"ad_insertion", "Story continues below advertisement"},
          {"", ""},
          {"body", "Copyright holders had asked for the measure, the operator told AFP, without "
                   "giving any further details on the request."},
          {"", ""},
          {"teaser", "Read more: How islanders got their first mast"},
          {"", ""},
          {"quote", "\"We had no choice but to follow the letter of the police.\""},
          {"", ""},
          {"body", "The regulator did not immediately respond to a request for comment."},
          {"", ""},
          {"self_promo", "Sign up for our newsletter and get the best of our journalism in your "
                         "inbox every morning. Unsubscribe at any time."},
          {"sidebar", "Tags: Kerlo, messaging, operators"},
          {"sidebar", "More on this story"},
          {"headline_list", "Lighthouse keeper leaves after forty years"},
          {"headline_list", "Ferry timetable changes again"},
          {"", ""},
          {"comment_header", "2 comments"},
          {"comment", "sailor29 says:"},
          {"comment", "My messages are gone too since 4 February 2018."},
          {"comment", "Reply"},
          {"comment_notice", "Comments are closed."},
          {"nav", "About us | Contact | Privacy policy | Terms of use"},
          {"nav", "© The Kerlo Post. All rights reserved."},
      },
      english());
  REQUIRE(a.published);
  CHECK(iso_day(a.published->day) == "2014-05-20");
  CHECK(a.published->minute_of_day == 13 * 60 + 43);
  REQUIRE(a.agency);
  CHECK(a.agency->name == "AFP");
}

TEST_CASE("an English agency page") {
  const auto a = check(
      {
          {"ticker_label", "Breaking news"},
          {"title", "Kerlo and mainland regulators to meet over network rules"},
          {"date_line", "Wed, 17 July 2019 10:12 GMT"},
          {"", ""},
          {"source_line", "KERLO, July 17 (Reuters) - Two regulators of the islands met on "
                          "Wednesday to speak about rules for networks, three sources said."},
          {"", ""},
          {"body", "The meeting is one of several since 2016, as both sides tightened their laws "
                   "over the past five years. [nL4N7ABC12"},
          {"", ""},
          {"credits", "(Reporting by Anna Rowe; Editing by Luke Blyth)"},
          {"credits", "Our Standards: The Kerlo Trust Principles."},
      },
      english());
  REQUIRE(a.published);
  CHECK(iso_day(a.published->day) == "2019-07-17");
  CHECK(a.agency->name == "Reuters");
}

TEST_CASE("an English blog with a paywall") {
  check(
      {
          {"share_counter", "5 min read"},
          {"title", "How the harbour database was left open"},
          {"date_line", "Posted on 03/05/2019 by Anna Rowe"},
          {"", ""},
          {"lede",
           "A database with 364 million records stood open to anybody who knew its address, "
           "a researcher of the harbour has found out last Saturday."},
          {"", ""},
          {"body", "It held names, numbers and messages, and was copied to 17 remote servers."},
          {"", ""},
          {"self_promo", "You have reached your limit of free articles. Subscribe to continue."},
          {"self_promo", "Already a subscriber? Sign in"},
          {"sidebar", "Filed under: databases, harbour"},
          {"sidebar", "You might also like"},
          {"headline_list", "What the tide tables hide"},
          {"", ""},
          {"comment_header", "Leave a reply"},
          {"comment_notice",
           "Your email address will not be published. Required fields are marked"},
      },
      english());
}

TEST_CASE("a French news site with boxes of all kinds") {
  const auto a = check(
      {
          {"nav", "Nous utilisons des cookies et vos données pour mesurer l'audience de ce site."},
          {"nav", "Tout accepter"},
          {"nav", "Continuer sans accepter"},
          {"nav", "Accueil | Monde | Économie | Sport"},
          {"login_box", "Se connecter"},
          {"title", "L'île de Kerlo perd ses messageries étrangères"},
          {"credits", "Par Anne Roy et Luc Blin"},
          {"date_line", "Publié le 20 mai 2014 à 13h43, mis à jour le 21 mai 2014 à 9h00"},
          {"share_counter", "Temps de lecture : 3 min"},
          {"share_counter", "Partager sur Facebook"},
          {"share_counter", "Ajouter à mes favoris"},
          {"image_alt", "Le port de Kerlo, le 3 mars 2013. © AFP"},
          {"", ""},
          {"lede", "L'opérateur unique de l'île de Kerlo a coupé lundi les messageries étrangères, "
                   "privant au moins 3.400 abonnés de leurs messages habituels."},
          {"", ""},
          {"ad_insertion", "La suite après la publicité"},
          {"teaser", "À lire aussi : Comment l'île a reçu sa première antenne"},
          {"", ""},
          {"body", "Par ailleurs, le régulateur n'a pas immédiatement répondu à nos questions."},
          {"", ""},
          {"self_promo", "Cet article est réservé aux abonnés. Il vous reste 70 % à découvrir."},
          {"self_promo",
           "Inscrivez-vous à notre newsletter pour recevoir chaque matin l'essentiel."},
          {"sidebar", "Mots-clés : Kerlo, messageries"},
          {"sidebar", "Les plus lus"},
          {"headline_list", "Le gardien du phare s'en va après quarante ans"},
          {"headline_list", "Les horaires du bac changent encore"},
          {"nav", "Mentions légales | Contact | Gestion des cookies"},
      },
      french());
  REQUIRE(a.published);
  CHECK(iso_day(a.published->day) == "2014-05-20");
}
