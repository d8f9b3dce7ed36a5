// SPDX-License-Identifier: Apache-2.0
// Names that no list knows, taken where the words around them say what they are, and left where
// they do not.
#include "catch.hpp"
#include "named_samples.hpp"

#include <algorithm>

using namespace vigie::press;

TEST_CASE("a town that no list knows is told by the words before and behind it") {
  test::check_types({
      {"en", "Soldiers stopped cars in Vorbeck.", "Vorbeck", "place"},
      {"en", "The line near Sant Ollar was cut.", "Sant Ollar", "place"},
      {"en", "The town of Vorbeck was dark.", "Vorbeck", "place"},
      {"en", "People left the Vorbeck district.", "Vorbeck", "place"},
      {"en", "Vorbeck, a town in the east, has no power.", "Vorbeck", "place"},
      {"en", "A firm based at Vorbeck closed.", "Vorbeck", "place"},
      {"fr", "La ville de Vorbeck est sans courant.", "Vorbeck", "place"},
      {"fr", "Le canton d’Orbessac est sans courant.", "Orbessac", "place"},
      {"fr", "À Vorbeck, tout va bien.", "Vorbeck", "place"},
      {"fr", "Une société établie à Vorbeck a fermé.", "Vorbeck", "place"},
      {"fr", "Un ingénieur à Vorbeck le dit.", "Vorbeck", "place"},
  });
}

TEST_CASE("what stands behind \"in\" and is no town is none") {
  test::check_types({
      {"en", "They met in January.", "January", "-"},
      {"en", "The manual is in Swahili.", "Swahili", "-"},
      {"en", "Researchers found a flaw in Kordexo.", "Kordexo", "-"},
      {"en", "She bought a stake in Kordexo.", "Kordexo", "-"},
      {"en", "It was fine in Kordexo's view.", "Kordexo", "-"},
      {"en", "The files are in XPDF.", "XPDF", "-"},
      {"en", "Phones Fall Silent in Rural Areas As Vote Nears", "Rural", "-"},
      {"en", "Other towns stayed calm.", "Other", "-"},
      {"fr", "Elle a demandé à Kordexo de fermer.", "Kordexo", "-"},
      {"fr", "Il faut lire Mars à Kordexo.", "Mars", "-"},
  });
}

TEST_CASE("what one of a list is, the others are") {
  test::check_types({
      {"en", "It was ordered by Vodafone and Kordexo on Monday.", "Kordexo", "org"},
      {"en", "It reached Vorbeck, Ollar and Paris.", "Vorbeck", "place"},
      {"en", "It reached Vorbeck, Ollar and Paris.", "Ollar", "place"},
      {"fr", "Elle coupe WhatsApp et Kordexo depuis lundi.", "Kordexo", "service"},
      {"en", "They asked Vodafone, Kordexo once.", "Kordexo", "-"},
      {"en", "They trust Vodafone and Anna Vorbeck.", "Anna Vorbeck", "person"},
  });
}

TEST_CASE("a known word inside of a longer name is a part of it") {
  test::check_types({
      {"en", "The report of Foobar Africa came late.", "Foobar Africa", "org"},
      {"en", "The line of MTN Uganda was cut.", "MTN Uganda", "org"},
      {"en", "Later the Vorbeck Signal went dark.", "Signal", "-"},
      {"en", "Meanwhile Iran has protested.", "Iran", "place"},
      {"en", "On Monday Iran has protested.", "Iran", "place"},
      {"fr", "Selon Moov Tchad, tout va bien.", "Moov Tchad", "org"},
      {"fr", "Le groupe norvégien Telenor part.", "Telenor", "org"},
      {"en", "VORBECK, Aug 11 (Open Plim) - The police said.", "Open Plim", "media"},
      {"en", "The firm (Open Plim), now closed, said.", "Open Plim", "-"},
  });
}

TEST_CASE("a firm or a group that was told once is known by its name and what it is called") {
  CHECK(test::mentions("en", "Kordexo Ltd, a host, said no.\nKordexo has closed.", "Kordexo Ltd") ==
        2);
  CHECK(test::mentions("en",
                       "Vorbeck Plim, a seller of tickets based in Paris, closed.\nThen Vorbeck "
                       "Plim opened.",
                       "Vorbeck Plim") == 2);
  CHECK(test::mentions("en", "The Open Vorbeck Collective met.\nLater the Collective has said so.",
                       "Open Vorbeck Collective") == 2);
  CHECK(test::mentions("en", "Vorbeck Plim, a digital rights group, met.\nThe group has said so.",
                       "Vorbeck Plim") == 2);
  CHECK(test::mentions("en",
                       "The North Collective met the South Collective.\nThe Collective said so.",
                       "North Collective") == 1);
  CHECK(test::mentions("en", "Vorbeck Plim, a digital rights group, met.\nThe network has gone.",
                       "Vorbeck Plim") == 1);
}

TEST_CASE("an authority between commas is the one in front of them") {
  CHECK(test::mentions("fr", "L’Arcep, le régulateur gabonais, a parlé.", "ARCEP") == 2);
  CHECK(test::mentions("en", "Vodafone, the police and Orange have met.", "Vodafone") == 1);
  test::check_types({{"en", "The regulator, the XTU, has demanded a report.", "XTU", "org"},
                     {"en", "We like the XTU, a lot.", "XTU", "-"}});
}

TEST_CASE("who belongs to a group is a person, what belongs to people a group") {
  test::check_types({
      {"fr", "Jan Vorbeck, du collectif Lignes Claires, a parlé.", "Jan Vorbeck", "person"},
      {"en", "Tolv Vorbeck, of the group Clear Lines, spoke.", "Tolv Vorbeck", "person"},
      {"fr", "Moov Vorbeck, de Paris, a parlé.", "Moov Vorbeck", "-"},
      {"en", "The Nurses' Union has met.", "Nurses' Union", "org"},
      {"en", "The Vorbeck's River has risen.", "Vorbeck's River", "-"},
      {"fr", "La Cnil a parlé.", "Cnil", "org"},
  });
}

TEST_CASE("a thing is called as the language of the page calls it") {
  const auto name = [](const char* language, const char* text) {
    const auto t = test::read_lines(text, language);
    return t.entities.empty() ? std::string() : t.entities.front().name;
  };
  CHECK(name("en", "NATO said so.") == "NATO");
  CHECK(name("fr", "L’Otan a dit non.") == "Otan");
  CHECK(name("en", "The United Nations said so.") == "United Nations");
  CHECK(name("fr", "Les Nations unies ont dit non.") == "ONU");
}

TEST_CASE("a long run of capital words costs no more than its length") {
  std::string text = "In ";
  for (int i = 0; i < 20000; ++i) text += "Vorbeck Ollar, ";
  CHECK(test::read_lines(text + "and Paris.", "en").entities.size() >= 1);
}
