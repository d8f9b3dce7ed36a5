// SPDX-License-Identifier: Apache-2.0
// Forms in which news tell who does what to whom: each with the sentence beside it that must not be
// read the same way.
#include "catch.hpp"
#include "reading.hpp"

using namespace vigie::press;

namespace {

std::string names(const test::told_text& t, const char* sign,
                  const std::vector<std::int32_t>& list) {
  std::string out = list.empty() ? "" : sign;
  for (const std::int32_t i : list) out += " " + t.entities[static_cast<std::size_t>(i)].name;
  return out;
}

// All events as "type < actors > targets @ places", parted by "; ".
std::string told(const char* language, const std::string& text) {
  const auto t = test::read_lines(text, language);
  std::string out;
  for (const event& e : t.events) {
    if (!out.empty()) out += "; ";
    out += test::rules_of(language).types[e.type].name;
    out += names(t, " <", e.actors) + names(t, " >", e.targets) + names(t, " @", e.places);
  }
  return out;
}

std::string modality(const char* language, const std::string& text) {
  const auto t = test::read_lines(text, language);
  if (t.events.empty()) return "nothing";
  const event& e = t.events.back();
  return std::string(e.modality) +
         (e.attributed_to ? " " + t.entities[static_cast<std::size_t>(*e.attributed_to)].name : "");
}

struct form {
  const char* language;
  const char* text;
  const char* events;
};

void check(std::initializer_list<form> forms) {
  for (const form& f : forms) {
    INFO(f.text);
    CHECK(told(f.language, f.text) == f.events);
  }
}

} // namespace

TEST_CASE("what is accessed is what is blocked, where something happens is not") {
  check({{"en", "Access to the WhatsApp messaging app was blocked.", "block > WhatsApp"},
         {"en", "Access to Telegram and to WhatsApp was blocked.", "block > WhatsApp Telegram"},
         {"fr", "L’accès à Instagram et à WhatsApp a été bloqué.", "block > WhatsApp Instagram"},
         {"en", "The videos in Telegram were blocked.", "block"}});
}

TEST_CASE("a name in front of a noun is what the noun is of, a plain form there is no verb") {
  check({{"en", "The minister defended the Telegram ban.", "block > Telegram"},
         {"en", "The minister noted Telegram's blocking.", "block > Telegram"},
         {"en", "The Telegram and WhatsApp blocks would last.", ""},
         {"en", "Vodafone published the access ban decision on its site.", "block"},
         {"en", "The operators Vodafone and Telia want to fully ban Telegram.",
          "block < Telia Vodafone > Telegram"},
         {"en", "Two operators block Telegram.", "block > Telegram"}});
}

TEST_CASE("who owns a name, or has a part in a compound, takes no part") {
  check({{"en", "Vodafone blocked Meta's Instagram and WhatsApp.",
          "block < Vodafone > Instagram WhatsApp"},
         {"en", "Vodafone and Norway's Ministry of Justice did not respond.",
          "no_comment < Ministry of Justice Vodafone"},
         {"en", "The Lyon-based Vodafone blocked Telegram.", "block < Vodafone > Telegram"},
         {"en", "Telia fined Facebook owner Meta.", "fine < Telia > Meta"}});
  CHECK(modality("en", "Vodafone blocked Telegram, the Lyon-based Telia said.") ==
        "reported Telia");
}

TEST_CASE("names in a row are a list, also with a comma behind the last") {
  check(
      {{"en", "The makers Apple, Google, and Mozilla, have blocked Telegram.",
        "block < Mozilla Google Apple > Telegram"},
       {"fr", "Vodafone bloque Telegram, WhatsApp, Instagram.",
        "block < Vodafone > Telegram WhatsApp Instagram"},
       {"fr", "Vodafone bloque Telegram, WhatsApp reste ouvert.", "block < Vodafone > Telegram"}});
}

TEST_CASE("who acts stands at the end of the words behind \"by\"") {
  check({{"fr", "Telegram a été bloqué par la société publique Vodafone.",
          "block < Vodafone > Telegram"},
         {"fr", "Telegram a été bloqué par le rival de Vodafone.", "block > Telegram"},
         {"fr", "Le blocage de Telegram dure, sur instructions de Vodafone.",
          "block < Vodafone > Telegram"}});
}

TEST_CASE("who is hit by an attack or faces a blackout has it done to him") {
  check({{"fr", "Vodafone a été touché par une cyberattaque.", "intrusion > Vodafone"},
         {"fr", "La Norvège est confrontée à une coupure d’internet.", "shutdown @ Norvège"},
         {"en", "Norway faces an internet blackout.", "shutdown @ Norway"},
         {"en", "Vodafone ordered an internet blackout.", "shutdown < Vodafone"}});
}

TEST_CASE("a relative pronoun means what stands in front of it") {
  check({{"en", "Telegram, which Vodafone blocked, works.", "block < Vodafone > Telegram"},
         {"fr", "Telegram, que Vodafone a bloqué, fonctionne.", "block < Vodafone > Telegram"},
         {"en", "Telegram, a chat tool that was blocked by Telia, works.",
          "block < Telia > Telegram"},
         {"fr", "Vodafone a dit à Telia que Orange a bloqué Telegram.",
          "block < Orange > Telegram"}});
}

TEST_CASE("\"they\" are several") {
  check({{"en", "The authorities tightened controls.\nThey have blocked Telegram.",
          "block < authorities > Telegram"},
         {"en", "Vodafone tightened controls.\nThey have blocked Telegram.", "block > Telegram"}});
}

TEST_CASE("what led to a deed happened elsewhere") {
  check({{"fr", "La Norvège a bloqué Telegram après des manifestations en Syrie.",
          "block < Norvège > Telegram @ Norvège"},
         {"en", "Telegram was blocked after protests in Syria.", "block > Telegram @ Syria"},
         {"en", "Oslo (Norway) - Vodafone has blocked Telegram.", "block < Vodafone > Telegram"}});
}

TEST_CASE("\"plus de\" counts and negates nothing") {
  CHECK(modality("fr", "Plus de 300 sites ont été bloqués.") == "asserted");
  CHECK(modality("fr", "Les sites ne sont pas bloqués.") == "denied");
}

TEST_CASE("who says it is found behind a day, and beyond a relative clause") {
  const auto t =
      test::read_lines("Un pirate, qui vit à Lyon, affirme que Telegram est bloqué.", "fr");
  REQUIRE(t.events.size() == 1);
  CHECK(t.events[0].modality == "reported");
  CHECK(t.events[0].attribution == "pirate");
  CHECK(modality("fr", "D’après Telia, Vodafone a bloqué Telegram.") == "reported Telia");
  CHECK(told("fr", "Après avoir nié les faits, Vodafone a menacé Telia.") ==
        "denial < Vodafone; threat < Vodafone > Telia");
  CHECK(modality("fr", "Après avoir nié les faits, Vodafone a menacé Telia.") == "asserted");
}

TEST_CASE("the name of a month in a date is no verb") {
  const std::string text = "Vodafone slowed Telegram, Telia told Reuters on May 9.";
  const std::vector<body_sentence> sentences{
      {.begin = 0, .end = static_cast<std::uint32_t>(text.size()), .title = false}};
  const reading_rules& rules = test::rules_of("en");
  const auto entities = find_entities(text, sentences, rules);
  const auto day = static_cast<std::uint32_t>(text.find("on May"));
  const std::vector<text_mark> dates{{.begin = day, .end = day + 8}};
  const auto events = find_events(text, sentences, entities, dates, {}, rules);
  REQUIRE(events.size() == 1);
  CHECK(events[0].modality == "reported");
}

TEST_CASE("a participle in front of a noun describes it") {
  check({{"en", "Vodafone was asked to remove banned content.", "demand > Vodafone"},
         {"en", "Telia owns 300 hacked phones.", ""},
         {"en", "The lawyers counted 30 arrested since Sunday.", "arrest"}});
}

TEST_CASE("who orders something to be blocked does it") {
  CHECK(told("en", "Vodafone ordered Telegram to be blocked.")
            .ends_with("block < Vodafone > Telegram"));
}

TEST_CASE("who is named right before an infinitive does it, a tool or a bystander does not") {
  check({{"en", "Shops were told by Roskomnadzor to block Telegram.",
          "block < Roskomnadzor > Telegram"},
         {"fr", "Le site a été sommé par Vodafone de bloquer Telegram.",
          "demand < Vodafone; block < Vodafone > Telegram"},
         {"en", "Roskomnadzor came by Lyon to block Telegram.", "block < Roskomnadzor > Telegram"},
         {"fr", "Vodafone est passée par Lyon pour bloquer Telegram.",
          "block < Vodafone > Telegram"}});
}

TEST_CASE("an agent behind a participle is that of its own deed") {
  check({{"en", "Telegram was restored after an internet blackout ordered by Telia.",
          "unblock > Telegram; shutdown < Telia"},
         {"fr", "Telegram a été rétabli après une coupure d’internet ordonnée par Telia.",
          "unblock > Telegram; shutdown < Telia"},
         {"en", "Telegram was blocked on Monday by Telia.", "block < Telia > Telegram"},
         {"fr", "Telegram a été bloqué lundi par Telia.", "block < Telia > Telegram"},
         {"en", "The internet outage was ordered by Telia.", "shutdown < Telia"}});
}

TEST_CASE("an attack that somebody suffers is told by its noun") {
  check({{"fr", "Après le piratage subi par Telenor, le réseau est vide.", "intrusion > Telenor"},
         {"fr", "Après l’« attaque informatique » menée par Fancy Bear, le réseau est vide.",
          "intrusion < APT28"},
         {"en", "After the cyberattack suffered by Telenor, the servers are closed.",
          "intrusion > Telenor"}});
}

TEST_CASE("a plural behind a word that opens a clause is its subject") {
  check({{"en", "Norway left Telia after criminals had hacked Telenor.", "intrusion > Telenor"},
         {"en", "Telia, now Vodafone, had hacked Telenor.", "intrusion < Telia > Telenor"},
         {"fr", "Telia se tait car des pirates ont piraté Telenor.", "intrusion > Telenor"},
         {"en", "The clerk left Telegram, which had removed accounts of Telia.",
          "removal < Telegram > Telia"},
         {"en", "The clerk left Telegram, which Telia had blocked.", "block < Telia > Telegram"}});
}

TEST_CASE("the places of what is said are not where it is said") {
  check({{"en", "Anna Roe accused Telenor of having sold Pegasus to Chad and Nepal.",
          "accusation < Anna Roe > Telenor"},
         {"en", "On the island of Vorbeck, Telia blocked Telegram.",
          "block < Telia > Telegram @ Vorbeck"},
         {"fr", "Sur l’île de Vorbeck, Telia a bloqué Telegram.",
          "block < Telia > Telegram @ Vorbeck"}});
}

TEST_CASE("behind a semicolon who demands speaks for himself") {
  CHECK(modality("en", "Anna Roe said much in a letter; Telenor called on Telia to stop.") ==
        "asserted");
  CHECK(modality("en", "Anna Roe said that Telia had gone; Telenor blocked Telegram.") ==
        "reported Anna Roe");
  CHECK(told("en", "Anna Roe said much in a letter; Telenor called on Telia to stop.") ==
        "demand < Telenor > Telia");
  CHECK(modality("fr", "Anna Roe a dit beaucoup de mal du réseau ; Telenor accuse Telia.") ==
        "asserted");
}

TEST_CASE(
    "what a program is made for has not happened, and to insist that it is so demands nothing") {
  check({{"en", "A botnet designed to steal passwords is old.", ""},
         {"fr", "Un botnet conçu pour voler des mots de passe est vieux.", ""},
         {"en", "The hackers used a botnet to steal passwords.", "data_leak"},
         {"en", "Telenor insisted that the network was legal.", ""}});
}

TEST_CASE("a country that is cut off is where it is done, not who does it") {
  check({{"en", "Norway was cut off from the internet.", "shutdown @ Norway"},
         {"en", "Norway saw an internet outage.", "shutdown @ Norway"},
         {"en", "Norway cut off the internet.", "shutdown < Norway @ Norway"},
         {"en", "Norway was unmoved.\nIt was cut off from the internet.", "shutdown @ Norway"},
         {"fr", "La Norvège a été privée d’internet.", "shutdown @ Norvège"}});
}
