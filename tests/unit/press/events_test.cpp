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
