// SPDX-License-Identifier: Apache-2.0
// What told_test's sentences cannot say: dates, figures, spans, repeated headlines, endless text.
#include "catch.hpp"
#include "reading.hpp"

#include <algorithm>

using namespace vigie::press;

namespace {

text_mark mark(std::string_view body, std::string_view words, bool sure = true) {
  const auto at = static_cast<std::uint32_t>(body.find(words));
  return {0, at, at + static_cast<std::uint32_t>(words.size()), sure};
}

std::vector<event> events_of(const std::string& body, const std::vector<text_mark>& dates,
                             const std::vector<text_mark>& figures) {
  const std::vector<body_sentence> one{{0, static_cast<std::uint32_t>(body.size()), false}};
  const reading_rules& rules = test::rules_of("fr");
  return find_events(body, one, find_entities(body, one, rules), dates, figures, rules);
}

std::string type_of(const event& e) { return test::rules_of("fr").types[e.type].name; }

} // namespace

TEST_CASE("a date with days goes before a vague one, then the nearest") {
  const std::string text = "Récemment, la Russie a bloqué Telegram, puis lundi encore, et en 2018.";
  const auto found = events_of(
      text, {mark(text, "Récemment", false), mark(text, "lundi"), mark(text, "2018")}, {});
  REQUIRE(found.size() == 1);
  CHECK(found[0].date == 1);
  CHECK_FALSE(events_of(text, {}, {})[0].date);
}

TEST_CASE("when something is done is not what it is done to") {
  const std::string text = "La police russe a bloqué lundi les sites des journalistes.";
  const auto found = events_of(text, {mark(text, "lundi")}, {});
  REQUIRE(found.size() == 1);
  CHECK(found[0].target_text == "sites des journalistes");
  const std::string bare = "La police russe a demandé lundi.";
  for (const event& e : events_of(bare, {mark(bare, "lundi")}, {})) CHECK(e.target_text.empty());
}

TEST_CASE("a day between a subject and its verb is not who acts") {
  const std::string text = "Vodafone, qui possède Telenor, lundi a bloqué Telegram.";
  const auto found = events_of(text, {mark(text, "lundi")}, {});
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].actors.size() == 1);
  const auto named = find_entities(
      text, std::vector<body_sentence>{{0, static_cast<std::uint32_t>(text.size()), false}},
      test::rules_of("fr"));
  CHECK(named[static_cast<std::size_t>(found[0].actors[0])].name == "Vodafone");
}

TEST_CASE("each figure goes to the event it stands nearest to") {
  const std::string text =
      "La Russie a bloqué 20 sites web, et la police russe a arrêté 3 journalistes.";
  const auto found = events_of(text, {}, {mark(text, "20"), mark(text, "3")});
  REQUIRE(found.size() == 2);
  CHECK(found[0].figures == std::vector<std::int32_t>{0});
  CHECK(found[1].figures == std::vector<std::int32_t>{1});
}

TEST_CASE("marks of another sentence are none of this one's") {
  const std::string text = "La Russie a bloqué Telegram lundi.";
  text_mark other = mark(text, "lundi");
  other.sentence = 1;
  CHECK_FALSE(events_of(text, {other}, {})[0].date);
}

TEST_CASE("lawyers who say that a country did it are not the country") {
  for (const char* language : {"en", "fr"}) {
    const bool english = language[0] == 'e';
    const auto t = test::read_lines(english ? "Russia blocked Telegram, lawyers said."
                                            : "La Russie a bloqué Telegram, ont dit des avocats.",
                                    language);
    REQUIRE(t.events.size() == 1);
    CHECK_FALSE(t.events[0].attributed_to);
    CHECK(t.events[0].attribution == (english ? "lawyers" : "avocats"));
    CHECK(t.events[0].modality == "reported");
    CHECK(t.events[0].actors.size() == 1);
  }
}

TEST_CASE("the digits of a figure are no part of what is acted on") {
  const std::string text = "Le botnet a infecté plus de 17 000 ordinateurs de bureau.";
  const auto found = events_of(text, {}, {mark(text, "17 000")});
  REQUIRE(found.size() == 1);
  CHECK(type_of(found[0]) == "botnet_control");
  CHECK(found[0].target_text == "ordinateurs de bureau");
  CHECK(found[0].figures.size() == 1);
  const std::string data = "Le serveur a exposé les données de 300 clients.";
  CHECK(events_of(data, {}, {mark(data, "300")})[0].target_text.starts_with("données"));
}

TEST_CASE("in front of a relative pronoun stands who acts, and not the clause before") {
  const auto actor = [](const char* text, const char* language) {
    const auto t = test::read_lines(text, language);
    REQUIRE(t.events.size() == 1);
    return t.events[0].actor_text;
  };
  CHECK(actor("Le ministère invoque une loi de 2017 qui oblige les messageries à garder six mois "
              "les échanges de leurs abonnés.",
              "fr") == "loi de 2017");
  CHECK(actor("The paper cites a gang which blocked Telegram.", "en") == "gang");
}

TEST_CASE("what stands between commas behind a name neither acts nor says where") {
  const auto t = test::read_lines(
      "Anne Colin, directrice de Lakeside Telecom à Lyon, a accusé la Chine.", "fr");
  REQUIRE(t.events.size() == 1);
  REQUIRE(t.events[0].actors.size() == 1);
  CHECK(t.entities[static_cast<std::size_t>(t.events[0].actors[0])].key == "anne colin");
  CHECK(t.events[0].places.empty());
}

TEST_CASE("a quotation goes on in the next sentence of its line, and ends with the line") {
  const auto modality = [](const char* text) {
    const auto t = test::read_lines(text, "fr");
    REQUIRE(t.events.size() == 1);
    return std::string(t.events[0].modality);
  };
  CHECK(modality("La Chine a bloqué Telegram », dit-il.") == "quoted");
  CHECK(modality("« Rien de plus.\nLa Chine a bloqué Telegram.") == "asserted");
}

TEST_CASE("a month that is spelt like a modal verb leaves an event sure") {
  const std::string text = "Between May and June Russia blocked Telegram.";
  const reading_rules& rules = test::rules_of("en");
  const std::vector<body_sentence> one{{0, static_cast<std::uint32_t>(text.size()), false}};
  const auto found = find_events(text, one, find_entities(text, one, rules),
                                 std::vector<text_mark>{mark(text, "May and June")}, {}, rules);
  REQUIRE(found.size() == 1);
  CHECK(found[0].modality == "asserted");
}

TEST_CASE("verbs with their pronoun are known in all tenses") {
  for (const char* text : {"Macron s’entretient avec Modi.", "Macron s’est entretenu avec Modi.",
                           "Macron et Modi se sont rencontrés.", "Macron et Modi se réuniront."}) {
    INFO(text);
    const auto t = test::read_lines(text, "fr");
    REQUIRE(t.events.size() == 1);
    CHECK(test::rules_of("fr").types[t.events[0].type].name == "diplomatic_meeting");
  }
  CHECK(test::read_lines("La Russie a réagi lundi.", "fr").events.empty());
  CHECK(test::read_lines("La Russie réagira lundi.", "fr").events.size() == 1);
  CHECK(test::read_lines("La Russie va réagir lundi.", "fr").events.size() == 1);
}

TEST_CASE("a headline's event stands where the text has none of its type") {
  CHECK(test::read_lines("= La Chine bloque WhatsApp\nRien de plus.", "fr").events.size() == 1);
  const auto t =
      test::read_lines("= La Chine bloque WhatsApp\nPékin a bloqué la messagerie WhatsApp.", "fr");
  REQUIRE(t.events.size() == 1);
  CHECK(t.events[0].sentence == 1);
}

TEST_CASE("the trigger's bytes are those of the body") {
  const std::string text = "Hier, l’accès à WhatsApp a été coupé puis bloqué en Iran.";
  const auto found = events_of(text, {}, {});
  REQUIRE_FALSE(found.empty());
  CHECK(text.substr(found.back().begin, found.back().end - found.back().begin) == "bloqué");
}

TEST_CASE("the noun behind an article is no verb") {
  CHECK(test::read_lines("Une demande de visa et la menace du froid.", "fr").events.empty());
  CHECK(test::read_lines("Il mange une coupe de glace.", "fr").events.empty());
}

TEST_CASE("what needs a context tells nothing without it") {
  CHECK(test::read_lines("Il a coupé le gâteau.", "fr").events.empty());
  CHECK(test::read_lines("He cut the cake.", "en").events.empty());
  CHECK(test::read_lines("He filtered the coffee.", "en").events.empty());
}

TEST_CASE("a sentence without end is read in parts, each event once") {
  std::string text;
  for (int i = 0; i < 4000; ++i) text += "la Russie a bloqué Telegram et ";
  const auto found = events_of(text, {}, {});
  CHECK(found.size() >= text.size() / 8192);
  CHECK(std::ranges::is_sorted(found, {}, &event::begin));
  CHECK(std::ranges::all_of(found, [&](const event& e) {
    return e.begin < e.end && e.end <= text.size() && type_of(e) == "block";
  }));
  std::string heads;
  for (int i = 0; i < 20000; ++i) heads += "ministère de la ";
  CHECK(events_of(heads, {}, {}).empty());
}
