// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "reading.hpp"
#include "text/rules/phrase_table.hpp"

#include <algorithm>

using namespace vigie::press;

namespace {

const entity* find(const test::told_text& t, std::string_view key) {
  const auto at = std::ranges::find(t.entities, key, &entity::key);
  return at == t.entities.end() ? nullptr : &*at;
}

std::vector<std::string> mentions(const test::told_text& t, std::string_view key) {
  std::vector<std::string> out;
  if (const entity* e = find(t, key))
    for (const entity_mention& m : e->mentions)
      out.push_back(t.body.substr(m.begin, m.end - m.begin));
  return out;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("the rules of all languages can be read") {
  for (const char* language : {"fr", "en"}) CHECK(test::problems(test::rules_from(language)) == "");
}

TEST_CASE("a mistake in a rules file is told with its file and line") {
  const auto told = [](const char* file, const char* bytes) {
    return test::problems(test::rules_from("fr", {{file, bytes}}));
  };
  CHECK(told("fr/places.tsv", "# x\nplanet\tXX\tMars\n")
            .starts_with("fr/places.tsv:2: unknown class"));
  CHECK(told("common/names.tsv", "service\tx\n").starts_with("common/names.tsv:1: expected type"));
  CHECK(told("fr/heads.tsv", "named\tminis[tère\tx\n").find("cannot be read") != std::string::npos);
  CHECK(told("fr/heads.tsv", "suffix\tGazette\tpaper\n").find("unknown type 'paper'") !=
        std::string::npos);
  for (const char* stray : {"org\tx\tLife :) Mobile\n", "org\tx\tA } B\n"})
    CHECK(told("common/names.tsv", stray).find("cannot be read") != std::string::npos);
  CHECK(told("fr/grammar.tsv", "reflexive\tnever\tse\n").find("expected a mood") !=
        std::string::npos);
  CHECK(told("fr/triggers.tsv", "verb\t~retirer\tblock\n").find("needs '+'") != std::string::npos);
  CHECK(
      told("fr/speech.tsv", "speech\tdi+nothing\ttold\n").find("no paradigm is called 'nothing'") !=
      std::string::npos);
  CHECK(told("fr/triggers.tsv", "verb\tbloqu+er\tblok\n").find("unknown event type 'blok'") !=
        std::string::npos);
  CHECK(told("fr/triggers.tsv", "verb\tbloqu+er\tblock\tsometimes\n").find("unknown mark") !=
        std::string::npos);
  CHECK(told("fr/names.tsv", "one field\n").find("expected class, tabulator, phrase") !=
        std::string::npos);
  CHECK(test::problems(test::rules_from("xx")).find("xx/grammar.tsv:0: the file is missing") !=
        std::string::npos);
}

TEST_CASE("a person is one entity by full name, title and surname, and role") {
  const auto t = test::read_lines("Le porte-parole du ministère, Paul Renard, a parlé.\n"
                                  "M. Renard a répondu.\nRenard doute.\nLe porte-parole a souri.",
                                  "fr");
  CHECK(mentions(t, "paul renard") == texts{"Paul Renard", "M. Renard", "Renard", "porte-parole"});
}

TEST_CASE("a role that two people have leads to neither of them") {
  const auto t =
      test::read_lines("Le ministre Paul Renard a parlé.\nLa ministre Anne Colin aussi.\n"
                       "Le ministre a souri.",
                       "fr");
  CHECK(mentions(t, "paul renard") == texts{"Paul Renard"});
}

TEST_CASE("a surname that two people share leads to neither of them") {
  const auto t = test::read_lines(
      "Le député Paul Renard a parlé.\nLa députée Anne Renard aussi.\nAlors Renard a ri.", "fr");
  CHECK(mentions(t, "paul renard").size() == 1);
  CHECK(mentions(t, "anne renard").size() == 1);
}

TEST_CASE("a place inside the name of an organisation is no second place") {
  const auto t = test::read_lines("Le ministère de la Défense de la Pologne a parlé.", "fr");
  CHECK(find(t, "PL") == nullptr);
  REQUIRE(t.entities.size() == 1);
  CHECK(t.entities[0].iso == "PL");
}

TEST_CASE("names that are common words need their capital, acronyms all of them") {
  CHECK(test::read_lines("il mange une orange et une meta analyse.", "fr").entities.empty());
  CHECK(test::read_lines("Un homme a vu la ligne.", "fr").entities.empty());
  CHECK(find(test::read_lines("Il dépend de l’ONU.", "fr"), "un") != nullptr);
  CHECK(test::read_lines("They told us about it.", "en").entities.empty());
}

TEST_CASE("a name that may be a common word counts at a sentence's start only with a verb behind") {
  CHECK(test::read_lines("Signal fort de la bourse.", "fr").entities.empty());
  CHECK(find(test::read_lines("Signal a été bloqué.", "fr"), "signal") != nullptr);
}

TEST_CASE("a country is a metonym where it acts, and none where something happens in it") {
  const auto t = test::read_lines("La Chine a protesté.\nIl vit en Chine.", "fr");
  const entity* china = find(t, "CN");
  REQUIRE(china != nullptr);
  REQUIRE(china->mentions.size() == 2);
  CHECK(china->mentions[0].metonym);
  CHECK_FALSE(china->mentions[1].metonym);
}

TEST_CASE("a name of several places is the one whose country the page speaks of") {
  const auto iso = [](const char* text) {
    const auto t = test::read_lines(text, "en");
    return t.entities.empty() ? std::string() : t.entities.front().iso;
  };
  CHECK(iso("Georgia blocked the site.") == "GE");
  CHECK(iso("Georgia blocked the site, Washington said.") == "GE");
  CHECK(iso("Georgia sued the firm.\nSo did Alabama and the city of Houston.") == "US-GA");
  CHECK(iso("Georgia sued the firm.\nSo did Alabama, Houston and Tbilisi.") == "GE");
  CHECK(iso("In Hyderabad the net was cut.") == "IN-TG");
  CHECK(iso("In Hyderabad the net was cut, and in Karachi.") == "PK-SD");
  CHECK(iso("In Hyderabad the net was cut, in Mumbai and in Karachi.") == "IN-TG");
}

TEST_CASE("towns that are common words or people's names are taken where nothing else is meant") {
  CHECK(test::read_lines("Nice work by the team.", "en").entities.empty());
  CHECK(find(test::read_lines("He lives in Nice.", "en"), "FR/nice") != nullptr);
  CHECK(test::read_lines("Tours of the city are free.", "en").entities.empty());
  const auto t = test::read_lines(
      "The lawyer Anne London spoke.\nLondon added nothing.\nShe lives in London.", "en");
  CHECK(mentions(t, "anne london") == texts{"Anne London", "London"});
  CHECK(mentions(t, "GB/london") == texts{"London"});
  CHECK(find(test::read_lines("Jordan and Chad signed.", "en"), "JO") != nullptr);
}

TEST_CASE("institutions are read off their shape, in both languages") {
  const auto named = [](const char* text, const char* language) {
    const auto t = test::read_lines(text, language);
    texts out;
    for (const entity& e : t.entities) out.emplace_back(name_of(e.type)), out.push_back(e.name);
    return out;
  };
  CHECK(named("It was the Kenya Data Protection Office.", "en") ==
        texts{"org", "Kenya Data Protection Office"});
  CHECK(named("So the Ninth Circuit ruled.", "en") == texts{"org", "Ninth Circuit"});
  CHECK(named("It stood in the Lakeside Gazette.", "en") == texts{"media", "Lakeside Gazette"});
  CHECK(named("Hier, l’Assemblée nationale a voté.", "fr") == texts{"org", "Assemblée nationale"});
  CHECK(named("Ainsi parla l’Agence d’échange de données.", "fr") ==
        texts{"org", "Agence d’échange de données"});
  CHECK(named("C’est le deuxième opérateur du Kenya.", "fr") == texts{"place", "Kenya"});
  CHECK(named("Désormais, la société vend des cartes.", "fr").empty());
  CHECK(named("It ended on Thursday, the union said.", "en").empty());
}

TEST_CASE("an acronym behind a long name is that name where it stands alone") {
  const auto t =
      test::read_lines("So said the Lakeside Water Authority (LWA).\nThe LWA went.", "en");
  CHECK(mentions(t, "lakeside water authority").size() == 2);
}

TEST_CASE("an acronym in front of a person's name is no part of it") {
  const auto t = test::read_lines("Il a parlé à l’AFP Saule Abenova, porte-parole.", "fr");
  CHECK(mentions(t, "afp") == texts{"AFP"});
  CHECK(mentions(t, "saule abenova").size() == 1);
}

TEST_CASE("the company is the one that was named most, and nobody where that is open") {
  const auto t = test::read_lines("Lakeside Telecom lost data.\nLakeside Telecom uses Cloudflare.\n"
                                  "He wrote to the company.",
                                  "en");
  CHECK(mentions(t, "lakeside telecom").size() == 3);
  const auto open =
      test::read_lines("Lakeside Telecom uses Cloudflare.\nHe wrote to the company.", "en");
  CHECK(mentions(open, "lakeside telecom").size() == 1);
  CHECK(mentions(open, "cloudflare").size() == 1);
}

TEST_CASE("a role with an indefinite article is not the person who was named") {
  const auto t = test::read_lines("Henrik Solberg, représentant de la ville, a parlé.\n"
                                  "Il faut un représentant local.",
                                  "fr");
  CHECK(mentions(t, "henrik solberg").size() == 1);
}

TEST_CASE("accents and apostrophes of a page do not matter for names") {
  for (const char* text :
       {"Il vit aux États-Unis.", "Il vit aux Etats-Unis.", "Il vit aux ETATS-UNIS."})
    CHECK(find(test::read_lines(text, "fr"), "US") != nullptr);
  CHECK(find(test::read_lines("Il vit en Côte d’Ivoire.", "fr"), "CI") != nullptr);
  CHECK(find(test::read_lines("Il vit en Cote d'Ivoire.", "fr"), "CI") != nullptr);
}

TEST_CASE("mentions ascend, lie in their sentences and do not overlap, on any bytes") {
  for (const char* language : {"fr", "en"}) {
    std::string text;
    std::uint32_t seed = 7;
    const std::array<std::string_view, 16> parts{
        "Le ministère ", "de la ",        "Chine ",   "(",  "CAC",     ") ",
        "M. ",           "Qin ",          "\xff\xc3", "« ", "Apple, ", "cinq ",
        "Chinois ",      "porte-parole ", "\n",       "'"};
    for (int i = 0; i < 4000; ++i) {
      seed = seed * 1664525u + 1013904223u;
      text += parts[(seed >> 16) % parts.size()];
    }
    const auto t = test::read_lines(text, language);
    std::vector<entity_mention> all;
    for (const entity& e : t.entities) all.insert(all.end(), e.mentions.begin(), e.mentions.end());
    std::ranges::sort(all, {}, &entity_mention::begin);
    std::uint32_t behind = 0;
    bool fits = true;
    for (const entity_mention& m : all) {
      const body_sentence& s = t.sentences[m.sentence];
      fits = fits && m.begin >= behind && m.begin < m.end && m.begin >= s.begin && m.end <= s.end;
      behind = m.end;
    }
    CHECK(fits);
    CHECK_FALSE(all.empty());
  }
}

TEST_CASE("words are numbered with accents, capitals and hyphens told apart from their spelling") {
  vocabulary known;
  const word_id shield = known.add("pare"), fire = known.add("feu"), at = known.add("a");
  std::vector<word> words;
  const std::string text = "Pare-feu à PARE - 12a";
  scan_words(text, 0, text.size(), known, words);
  REQUIRE(words.size() == 7);
  CHECK(words[0].id == shield);
  CHECK(words[0].capital);
  CHECK(words[1].id == fire);
  CHECK(words[1].joined);
  CHECK(words[2].id == at);
  CHECK(words[2].accent);
  CHECK(words[3].capitals);
  CHECK(words[4].kind == token_kind::mark);
  CHECK(words[5].kind == token_kind::number);
  CHECK_FALSE(words[6].accent);
}

TEST_CASE("a vocabulary that grows keeps its numbers") {
  vocabulary known;
  for (int i = 0; i < 5000; ++i) known.add("w" + std::to_string(i));
  bool same = true;
  for (int i = 0; i < 5000; ++i)
    same = same && known.find("w" + std::to_string(i)) == word_id(i + 1);
  CHECK(same);
  CHECK(known.find("none") == 0);
}

TEST_CASE("a phrase table gives all phrases at a word, the shortest first") {
  vocabulary known;
  phrase_table table;
  const word_id a = known.add("a"), b = known.add("b");
  CHECK(table.add(std::array{a}, 1));
  CHECK(table.add(std::array{a, b}, 2));
  CHECK(table.add(std::array{a, b}, 3));
  CHECK_FALSE(table.add({}, 4));
  CHECK_FALSE(table.add(std::vector<word_id>(phrase_table::longest + 1, a), 4));
  std::vector<word> words;
  scan_words("a b", 0, 3, known, words);
  std::array<phrase_table::match, phrase_table::longest> found;
  REQUIRE(table.matches(words, 0, found) == 2);
  CHECK(found[0].words == 1);
  CHECK(found[1].words == 2);
  std::vector<std::uint32_t> values;
  table.any(found[1], [&](std::uint32_t v) {
    values.push_back(v);
    return false;
  });
  CHECK(values == std::vector<std::uint32_t>{2, 3});
  CHECK(table.matches(words, 1, found) == 0);
}
