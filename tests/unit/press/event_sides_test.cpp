// SPDX-License-Identifier: Apache-2.0
// Who acts, on whom and where, in sentences whose subject stands far from the verb, and who does
// not though he stands near.
#include "catch.hpp"
#include "reading.hpp"

using namespace vigie::press;

namespace {

// The last event as "type actors > targets @ places".
std::string told(const char* language, const std::string& text) {
  const auto t = test::read_lines(text, language);
  if (t.events.empty()) return "nothing";
  const event& e = t.events.back();
  std::string out = test::rules_of(language).types[e.type].name;
  const auto add = [&](const char* sign, const std::vector<std::int32_t>& list) {
    if (list.empty()) return;
    out += sign;
    for (const std::int32_t i : list) out += " " + t.entities[static_cast<std::size_t>(i)].name;
  };
  add(" <", e.actors);
  add(" >", e.targets);
  add(" @", e.places);
  return out;
}

std::string modality(const char* language, const std::string& text) {
  const auto t = test::read_lines(text, language);
  return t.events.empty() ? "nothing" : std::string(t.events.back().modality);
}

} // namespace

TEST_CASE("a clause between commas or dashes keeps a verb from its subject no longer") {
  CHECK(told("en", "Vodafone, which owns Telenor, blocked Telegram.") ==
        "block < Vodafone > Telegram");
  CHECK(told("en", "Telia — the oldest operator, with Telenor as its owner — blocked Telegram.") ==
        "block < Telia > Telegram");
  CHECK(told("fr", "Vodafone, dont le siège est à Paris, a bloqué Telegram.") ==
        "block < Vodafone > Telegram");
  CHECK(told("en", "Anna Roe, a lawyer who lives in Lyon, accused Telenor.") ==
        "accusation < Anna Roe > Telenor");
}

TEST_CASE("a pronoun is the subject of the sentence before, where kind and gender fit") {
  CHECK(told("en", "Vodafone closed a shop.\nIt blocked Telegram.") ==
        "block < Vodafone > Telegram");
  CHECK(told("en", "The director Anna Roe left Telia.\nShe accused Telenor.") ==
        "accusation < Anna Roe > Telenor");
  CHECK(told("en", "The director Anna Roe left Telia.\nIt blocked Telegram.") !=
        "block < Anna Roe > Telegram");
  CHECK(told("fr", "Le ministère de l’Intérieur s’est tu.\nIl a bloqué Telegram.")
            .starts_with("block < ministère de l’Intérieur > Telegram"));
  CHECK(told("fr", "Le ministère de l’Intérieur s’est tu.\nElle a bloqué Telegram.") ==
        "block > Telegram");
  CHECK(told("en",
             "The director Anna Roe spoke.\nA copy went to a shop; later it blocked Telegram.") ==
        "block > Telegram");
  CHECK(told("en", "They blocked Telegram.") == "block > Telegram");
}

TEST_CASE("verbs that a conjunction joins have one subject") {
  CHECK(told("en", "Vodafone blamed Telia and blocked Telegram.") == "block < Vodafone > Telegram");
  CHECK(told("fr", "Vodafone a accusé Telia et a bloqué Telegram.") ==
        "block < Vodafone > Telegram");
  CHECK(told("en", "Vodafone said Telia had gone, and threatened Telenor.") ==
        "threat < Vodafone > Telenor");
  CHECK(modality("en", "Vodafone said Telia had gone, and threatened Telenor.") == "asserted");
  CHECK(told("en", "Vodafone said Russia raided Telia and blocked Telegram.")
            .starts_with("block < Russia > Telegram"));
  CHECK(told("fr", "Vodafone a refusé de répondre et Telia a bloqué Telegram.") ==
        "block < Telia > Telegram");
}

TEST_CASE("who orders it is told to block, and who asks for the opposite is not") {
  CHECK(told("en", "Roskomnadzor ordered Vodafone to block Telegram.")
            .starts_with("block < Roskomnadzor > Telegram"));
  CHECK(told("fr", "Roskomnadzor a demandé à Vodafone de bloquer Telegram.")
            .starts_with("block < Roskomnadzor > Telegram"));
  CHECK(told("en", "Roskomnadzor urged Vodafone to restore Telegram.") ==
        "demand < Roskomnadzor > Vodafone");
}

TEST_CASE("where who speaks is from, and what another clause names, is no place of the event") {
  CHECK(told("fr", "Vodafone a bloqué Telegram, affirme Anna Roe, ingénieur à Lyon.") ==
        "block < Vodafone > Telegram");
  CHECK(told("en", "Anna Roe works in Lyon; Vodafone blocked Telegram.") ==
        "block < Vodafone > Telegram");
  CHECK(told("fr", "Dans le district de Vorbeck, Vodafone a bloqué Telegram.") ==
        "block < Vodafone > Telegram @ Vorbeck");
  CHECK(told("fr", "Vodafone a demandé à l’Union européenne de juger Telenor.").find("@") ==
        std::string::npos);
}

TEST_CASE("the words before an infinitive do not act") {
  const auto t = test::read_lines("Shops were told by the Board to block Telegram.", "en");
  REQUIRE_FALSE(t.events.empty());
  CHECK(t.events.back().actor_text.empty());
  CHECK(told("en", "In the northern city of Vorbeck, Vodafone blocked Telegram.") ==
        "block < Vodafone > Telegram @ Vorbeck");
}

TEST_CASE("who is named behind his office is asked") {
  CHECK(told("fr", "Vodafone a demandé au président, Paul Renard, de partir.") ==
        "demand < Vodafone > Paul Renard");
  CHECK(
      told("fr", "Vodafone n’a pas donné suite à nos demandes et Telia a refusé de s’exprimer.") ==
      "no_comment < Telia");
}

TEST_CASE("who accuses or denies does so by saying it") {
  CHECK(modality("en", "Telia accuses Telenor of fraud, it says.") == "asserted");
  CHECK(modality("en", "Telia rejected the claim; it accuses Telenor.") == "asserted");
  CHECK(told("en", "Telia is said to have blocked Telegram.") == "block < Telia > Telegram");
  CHECK(modality("en", "Telia is said to have blocked Telegram.") == "alleged");
}

TEST_CASE("what a denial speaks of is no demand of its own") {
  const auto t = test::read_lines("Telia denied having ordered an outage.", "en");
  REQUIRE(t.events.size() == 1);
  CHECK(test::rules_of("en").types[t.events[0].type].name == "denial");
  CHECK(test::read_lines("The blocking of Telegram was ordered by Telia.", "en").events.size() ==
        1);
}

TEST_CASE("a broadcaster's licence is suspended, not blocked") {
  CHECK(told("en", "The regulator suspended the licence of Radio Vorbeck.")
            .starts_with("suspension"));
  CHECK(told("fr", "La junte a suspendu la licence de RFI.").starts_with("suspension"));
  CHECK(told("fr", "La suspension de RFI dure.").starts_with("suspension"));
  CHECK(told("fr", "La junte a suspendu le site de RFI.").starts_with("block"));
}

TEST_CASE("what joins a verb to the one before gives it its subject") {
  CHECK(told("en", "Anna Roe confirmed the incident but denied any link.") == "denial < Anna Roe");
  CHECK(told("en", "Telia faces a review, accusing Telenor of fraud.") ==
        "accusation < Telia > Telenor");
  CHECK(told("en",
             "The director Anna Roe left Telia.\nShe fears the worst and has accused Telenor.") ==
        "accusation < Anna Roe > Telenor");
  CHECK(told("en", "Telia closed a shop, but Telenor blocked Telegram.") ==
        "block < Telenor > Telegram");
  CHECK(told("en", "Telia and Telenor, the two oldest operators, blocked Telegram.") ==
        "block < Telenor Telia > Telegram");
  CHECK(told("en", "Experts met Telia in Riga, and the police of Vodafone blocked Telegram.")
            .find("Riga >") == std::string::npos);
  CHECK(told("fr", "Telia et Telenor, les deux opérateurs du pays, ont bloqué Telegram.")
            .starts_with("block < Telenor Telia > Telegram"));
}

TEST_CASE("a relative clause between subject and verb keeps its names") {
  const auto t = test::read_lines(
      "The county office, which has had complaints about Telia, blocked Telegram.", "en");
  REQUIRE(t.events.size() == 1);
  CHECK(t.events[0].actors.empty());
  CHECK(told("en", "Telia opened its case against six men who blocked Telegram.") ==
        "block > Telegram");
  CHECK(told("en", "Officials praised Telia, which blocked Telegram.") ==
        "block < Telia > Telegram");
}

TEST_CASE("a noun behind a relative pronoun is the subject of its verb") {
  const auto t = test::read_lines(
      "The order came after an election during which mobile internet was shut down in Norway.",
      "en");
  REQUIRE(t.events.size() == 1);
  CHECK(t.events[0].target_text == "mobile internet");
  CHECK(told("en", "Officials praised Telia, which quickly blocked Telegram.") ==
        "block < Telia > Telegram");
}

TEST_CASE("a pronoun behind the verb means who was named before and does not act") {
  CHECK(told("en", "Telia confirmed that Vodafone had accused it of fraud.") ==
        "accusation < Vodafone > Telia");
  CHECK(told("en", "The director Anna Roe left Telia.\nVodafone imposed sanctions on him.")
            .starts_with("sanction < Vodafone > Anna Roe"));
  CHECK(told("en", "Telia spoke.\nVodafone imposed sanctions on him.") == "sanction < Vodafone");
  CHECK(told("en", "Telia spoke of a leak.\nVodafone denied it.") == "denial < Vodafone");
  CHECK(told("en", "Telia spoke of a report.\nVodafone demanded it.") == "demand < Vodafone");
}

TEST_CASE("who says we means himself") {
  CHECK(told("en", "Telia said it would appeal.\n\"We deny any wrongdoing,\" it said.") ==
        "denial < Telia");
}

TEST_CASE("who is named behind the comma is meant by the words before it") {
  CHECK(told("en", "Vodafone accused the maker, Telia, of fraud.") ==
        "accusation < Vodafone > Telia");
  CHECK(told("fr", "Vodafone accuse la maison, Telia, d’avoir menti.") ==
        "accusation < Vodafone > Telia");
  CHECK(
      told("en", "The police arrested two leaders of Telia, the lawyer Anna Roe and Karl Berg.") ==
      "arrest < police > Anna Roe Karl Berg");
  CHECK(told("en", "Vodafone sued the director of Telia, Anna Roe said.").find("> Anna") ==
        std::string::npos);
}

TEST_CASE("places of a list are bound like the first, and a visit is where it leads") {
  CHECK(
      told("en", "Vodafone copied the files of 30 firms in Norway and Sweden.").find("> Sweden") ==
      std::string::npos);
  CHECK(told("en", "Anna Roe will travel to Norway and Sweden.") ==
        "planned_visit < Anna Roe @ Norway Sweden");
  CHECK(told("fr", "Anna Roe se rendra en Norvège.") == "planned_visit < Anna Roe @ Norvège");
  CHECK(told("en", "In the east of Norway, Vodafone blocked Telegram.") ==
        "block < Vodafone > Telegram @ Norway");
  CHECK(told("fr", "Dans l’est de la Norvège, Vodafone a bloqué Telegram.") ==
        "block < Vodafone > Telegram @ Norvège");
  CHECK(told("en", "A photograph was taken in Norway, when Vodafone blocked Telegram in Sweden.") ==
        "block < Vodafone > Telegram @ Sweden");
  CHECK(told("en", "Norway votes.\nVodafone blocked Telegram across the country.") ==
        "block < Vodafone > Telegram @ Norway");
  CHECK(told("fr", "La Norvège vote.\nVodafone a bloqué Telegram dans tout le pays.") ==
        "block < Vodafone > Telegram @ Norvège");
  CHECK(told("en", "Norway votes.\nVodafone blocked Telegram across the region.") ==
        "block < Vodafone > Telegram");
  CHECK(told("en", "Norway has suffered cyber attacks.").starts_with("intrusion > Norway"));
}

TEST_CASE("who tells somebody to block does it") {
  CHECK(told("en", "In the letter Anna Roe tells the operators to block Telegram.") ==
        "block < Anna Roe > Telegram");
  CHECK(modality("en", "Anna Roe told the operators to block Telegram.") == "asserted");
  CHECK(told("en", "Anna Roe said Telia had the means to block Telegram.") !=
        "block < Anna Roe > Telegram");
}

TEST_CASE("what is said or denied is told by the words that hold it") {
  CHECK(modality("en", "Pages that Telia does not know will be blocked by Vodafone.") == "planned");
  CHECK(modality("en", "Telia has threatened to leave, and Anna Roe, the head of Telenor, said in "
                       "February that it would stay.") == "asserted");
  CHECK(
      modality("en", "Engineers of Telia, a firm in Norway, say that somebody blocked Telegram.") ==
      "reported");
  CHECK(told("en", "The group filed a complaint against Telia.") == "accusation > Telia");
}

TEST_CASE("a verb behind a conjunction or a comma has its own subject, also one without a name") {
  CHECK(told("fr", "Signal est bloquée et quatorze journalistes ont été arrêtés à Bamako.") ==
        "arrest @ Bamako");
  CHECK(told("fr", "Les grévistes parlaient sur Telegram, et Internet a été coupé à Bamako.") ==
        "shutdown @ Bamako");
  CHECK(told("fr", "Vodafone a accusé Telia et a bloqué Telegram.") ==
        "block < Vodafone > Telegram");
  CHECK(told("en", "Signal is blocked and fourteen journalists were arrested in Bamako.") ==
        "arrest @ Bamako");
}

TEST_CASE("what a relative clause says goes no further than its comma") {
  CHECK(modality("fr", "Vodafone, qui n'a pas dit pourquoi, avait bloqué Telegram.") == "asserted");
  CHECK(modality("fr", "Vodafone, qui dit que Telia avait bloqué Telegram, a fermé.") ==
        "reported");
  CHECK(told("fr", "Telegram, que Vodafone avait bloqué, est de nouveau accessible.") ==
        "unblock > Telegram");
  CHECK(told("fr", "Signal, dont les clés ont été saisies, accuse Vodafone.") ==
        "accusation < Signal > Vodafone");
}

TEST_CASE("an unfinished verb that opens a sentence has the subject behind the comma") {
  CHECK(told("fr", "En bloquant Telegram, Vodafone a surpris.") == "block < Vodafone > Telegram");
  CHECK(told("fr", "Après avoir bloqué Telegram, Vodafone a fermé.") ==
        "block < Vodafone > Telegram");
  CHECK(told("fr", "Sommée par Telia de partir, Vodafone a fermé.") == "demand < Telia > Vodafone");
  CHECK(told("fr", "Arrêté samedi, Pavel Durov est parti.") == "arrest > Pavel Durov");
  CHECK(told("en", "Accused by Telia of fraud, Vodafone closed.") ==
        "accusation < Telia > Vodafone");
  CHECK(told("fr", "En Russie, Telegram a été bloqué.").starts_with("block > Telegram"));
}

TEST_CASE("who is named behind a verb of speech that follows what is said speaks") {
  CHECK(told("fr", "Telia a coupé internet, accuse Vodafone.") == "accusation < Vodafone");
  CHECK(modality("fr", "Ils ont bloqué Telegram, accuse Vodafone.") == "asserted");
  CHECK(told("fr", "Vodafone bloque Signal, ralentit WhatsApp et accuse Telia.") ==
        "accusation < Vodafone > Telia");
  CHECK(told("fr", "« Il faut partir », a lancé le ministre Paul Renard.") == "nothing");
  CHECK(told("fr", "Vodafone a-t-elle bloqué Telegram ?") == "nothing");
}

TEST_CASE("an object pronoun means the only thing named that it may mean") {
  CHECK(told("fr", "Vodafone a bloqué Telegram.\nTelia l'a débloqué.") ==
        "unblock < Telia > Telegram");
  CHECK(told("fr", "Telegram se tait.\nRoskomnadzor l'accuse de fraude.") ==
        "accusation < Roskomnadzor > Telegram");
  CHECK(told("fr", "Vodafone a bloqué Telegram et Signal.\nTelia l'a débloqué.") ==
        "unblock < Telia");
  CHECK(told("fr", "L'accuse Vodafone.") == "nothing");
}

TEST_CASE("a firm without a name is the only one named before that is not on the other side") {
  CHECK(told("fr", "Telia est en panne.\nLe ministère a accusé l'opérateur.") ==
        "accusation > Telia");
  CHECK(told("en", "Telia is down.\nThe ministry accused the operator.") == "accusation > Telia");
  CHECK(told("fr", "Telia rachète Vodafone.\nLe ministère a accusé l'opérateur.") == "accusation");
  CHECK(told("fr", "Telia est en panne.\nLe ministère a accusé un opérateur.") == "accusation");
}

TEST_CASE("who speaks of himself acts, or has it done to him") {
  CHECK(told("fr", "Nous avons bloqué Telegram, déclare Vodafone.") ==
        "block < Vodafone > Telegram");
  CHECK(told("fr", "Nous avons été piratés, reconnaît Vodafone.") == "intrusion > Vodafone");
  CHECK(told("en", "“We blocked Telegram,” said Vodafone.") == "block < Vodafone > Telegram");
}

TEST_CASE("se faire and se voir turn an infinitive around, and being turns no intransitive verb") {
  CHECK(told("fr", "Telegram s'est fait bloquer par Vodafone.") == "block < Vodafone > Telegram");
  CHECK(told("fr", "Vodafone a fait bloquer Telegram.") == "block < Vodafone > Telegram");
  CHECK(told("fr", "Telegram est resté inaccessible.") == "block > Telegram");
  CHECK(told("fr", "Telegram reste inaccessible.") == "block > Telegram");
}

TEST_CASE("who is accused of a deed did it, and whom it is laid to is accused") {
  CHECK(told("fr", "Vodafone reproche à Telia d'avoir bloqué Telegram.") ==
        "block < Telia > Telegram");
  CHECK(told("fr", "La Russie est accusée de fraude.") == "accusation > Russie");
  CHECK(told("fr", "Microsoft attribue l'attaque contre Telenor à la Russie.") ==
        "accusation < Microsoft > Russie");
  CHECK(told("fr", "La Cnil a infligé à Meta une amende.") == "fine < CNIL > Meta");
  CHECK(told("fr", "La plainte de Telia contre Vodafone attend.") ==
        "indictment < Telia > Vodafone");
}

TEST_CASE("joined verbs without end are read in parts") {
  std::string text = "Vodafone";
  for (int i = 0; i < 20000; ++i) text += " blocked Telegram and";
  CHECK_FALSE(test::read_lines(text, "en").events.empty());
}
