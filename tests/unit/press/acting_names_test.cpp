// SPDX-License-Identifier: Apache-2.0
// Organisations called by common words, people and towns that no list knows: told by an acronym
// that fits, by who acts, by whose director somebody is; and what only looks like one of them.
#include "catch.hpp"
#include "named_samples.hpp"
#include "text/names/acronym.hpp"

#include <algorithm>

using namespace vigie::press;

namespace {

bool fits(const std::string& form, const std::string& expansion) {
  const std::string text = expansion + " " + form;
  std::vector<word> words;
  scan_words(text, 0, text.size(), no_words(), words);
  return abbreviates(text, words.back(), std::span<const word>(words).first(words.size() - 1));
}

} // namespace

TEST_CASE("an acronym fits the words whose first letters it has, in order") {
  CHECK(fits("ANTR", "Agence nationale des transports routiers"));
  CHECK(fits("Antr", "Agence nationale des transports routiers"));
  CHECK(fits("Arcop", "Autorité de régulation de la copie"));
  CHECK(fits("BPP", "Bureau des plaintes et des péages"));
  CHECK(fits("FORAfrica", "Forum on Open Routing in Africa"));
  CHECK_FALSE(fits("ANTR", "Bureau national des transports routiers"));
  CHECK_FALSE(fits("ANTX", "Agence nationale des transports routiers"));
  CHECK_FALSE(fits("AN", "Agence nationale"));
  CHECK_FALSE(
      fits("ANT", "Agence nationale des transports routiers de la côte et des îles du sud"));
}

TEST_CASE("an institution goes on to the letters that stand for it") {
  test::check_types({
      {"fr", "Hier, l’Agence régionale des forêts (ARF) a parlé.",
       "Agence régionale des forêts (ARF)", "org"},
      {"fr", "Selon l’Autorité de régulation des marchés (Arm), rien.",
       "Autorité de régulation des marchés (Arm)", "org"},
      {"fr", "Le centre de la ville (Paris) est calme.", "Paris", "place"},
      {"en", "So the Office for Roads near Lakes (ORL) closed.",
       "Office for Roads near Lakes (ORL)", "org"},
      {"en", "The Forum on Open Routing in the East (FORE) said no.",
       "Forum on Open Routing in the East (FORE)", "org"},
      {"en", "The Collaboration on Open Vorbeck Routing (COVR) said no.",
       "Collaboration on Open Vorbeck Routing (COVR)", "org"},
      {"en", "The Common Open Vorbeck Rule (COVR) hurts small shops.",
       "Common Open Vorbeck Rule (COVR)", "-"},
  });
  CHECK(test::mentions("fr", "La Direction des routes du sud (Dirs) a parlé.\nLa Dirs a fini.",
                       "Direction des routes du sud") == 2);
}

TEST_CASE("what a ministry is for goes on to the end of the list, and to nobody else") {
  test::check_types({
      {"fr", "Le ministère de la Pêche et de la Forêt a parlé.",
       "ministère de la Pêche et de la Forêt", "org"},
      {"fr", "Le ministère du Numérique, de l’Innovation et de la Mer a parlé.",
       "ministère du Numérique, de l’Innovation et de la Mer", "org"},
      {"fr", "Le ministère de la Pêche, la police et Orange ont parlé.", "ministère de la Pêche",
       "org"},
      {"fr", "Le ministère de la Pêche et de la Banque centrale, dit-on.", "ministère de la Pêche",
       "org"},
      {"en", "The Ministry of Energy, Trade and Industry spoke.",
       "Ministry of Energy, Trade and Industry", "org"},
      {"en", "The Ministry of Energy and the Harbour Board met.", "Ministry of Energy", "org"},
      {"en", "The Ministry of Energy and the Harbour Board met.", "Harbour Board", "org"},
      {"en", "The Ministry of Energy, Google and Orange met.", "Ministry of Energy", "org"},
      {"en", "So an appeals court on Friday 3 May closed it.", "court on Friday", "-"},
  });
}

TEST_CASE("the last word of a name opens what the institution is for") {
  test::check_types({
      {"en", "So said the Lakeside Union of Teachers.", "Lakeside Union", "org"},
      {"en", "So said the Lakeside Council for Records and Archives.",
       "Lakeside Council for Records and Archives", "org"},
      {"en", "So said the Open Vorbeck Council of Religious Scholars.",
       "Open Vorbeck Council of Religious Scholars", "org"},
      {"en", "So said the Lakeside Council on Friday.", "Lakeside Council", "org"},
  });
}

TEST_CASE("capital words behind an article that say something are an organisation") {
  test::check_types({
      {"en", "The Open Vorbeck Watch said so.", "Open Vorbeck Watch", "org"},
      {"en", "On Monday the Vorbeck Ollar Sisters said so.", "Vorbeck Ollar Sisters", "org"},
      {"en", "Later on Digital Vorbeck Watch said so.", "Digital Vorbeck Watch", "org"},
      {"en", "It was found by the Vorbeck Ollar on Monday.", "Vorbeck Ollar", "org"},
      {"en", "On Monday Tolv Vorbeck said so.", "Tolv Vorbeck", "person"},
      {"en", "The Special Rapporteur said so.", "Special Rapporteur", "-"},
      {"en", "The Vorbeck Ollar fell down.", "Vorbeck Ollar", "-"},
      {"en", "The Vorbeck Ollar report is long.", "Vorbeck Ollar", "-"},
      {"fr", "La Ligne Claire a déclaré que non.", "Ligne Claire", "org"},
      {"en", "OpenVorbeck said so.", "OpenVorbeck", "org"},
      {"en", "OpenVorbeck is free.", "OpenVorbeck", "-"},
      {"fr", "Selon OpenVorbeck, tout va bien.", "OpenVorbeck", "org"},
  });
}

TEST_CASE("what somebody is director of is an organisation, what he is mayor of a place") {
  test::check_types({
      {"en", "Tolv Vorbeck, director of Kordexo, said no.", "Kordexo", "org"},
      {"en", "Tolv Vorbeck, mayor of Sant Ollar, said no.", "Sant Ollar", "place"},
      {"en", "So Kordexo’s chief executive said no.", "Kordexo", "org"},
      {"en", "On Monday Kordexo Plim CEO Tolv Vorbeck said no.", "Kordexo Plim", "org"},
      {"en", "On Monday Kordexo Plim CEO Tolv Vorbeck said no.", "Tolv Vorbeck", "person"},
      {"en", "The lawyer of Alena Vorbeck said no.", "Alena Vorbeck", "person"},
      {"en", "The mayor of the Ollar said no.", "Ollar", "place"},
      {"en", "The head of the Scholars of Vorbeck said no.", "Scholars", "org"},
      {"en", "The rapporteur on Freedom said no.", "Freedom", "-"},
      {"fr", "Le maire de Sant-Ollar a parlé.", "Sant-Ollar", "place"},
      {"fr", "La fondatrice de Kordexo a parlé.", "Kordexo", "org"},
      {"fr", "L’avocat de Kordexo a parlé.", "Kordexo", "-"},
  });
}

TEST_CASE("people stand behind what they are, and beside each other") {
  test::check_types({
      {"en", "Researchers Tolv Ollar and Mirja Plim found it.", "Tolv Ollar", "person"},
      {"en", "Researchers Tolv Ollar and Mirja Plim found it.", "Mirja Plim", "person"},
      {"en", "It was the operators of Tolv Ollar.", "Tolv Ollar", "-"},
      {"fr", "Les chercheurs Tolv Ollar et Mirja Plim l’ont trouvée.", "Mirja Plim", "person"},
  });
  CHECK(test::mentions("en", "Laura O’Ollar said no.\nO’Ollar has left.", "Laura O’Ollar") == 2);
  CHECK(test::mentions("en", "Anna Ollar-Plim said no.\nOn Monday Ollar-Plim said more.",
                       "Anna Ollar-Plim") == 2);
  CHECK(test::mentions("fr", "Anna Ollar-Plim a parlé.\nPuis Ollar-Plim a ri.",
                       "Anna Ollar-Plim") == 2);
}

TEST_CASE("a name stands behind what the thing is for") {
  test::check_types({
      {"fr", "La plateforme de surveillance Kordexo a vu la panne.", "Kordexo", "service"},
      {"fr", "L’ONG de lutte contre la censure Kordexo a parlé.", "Kordexo", "org"},
      {"fr", "L’association de défense de Kordexo a parlé.", "Kordexo", "-"},
      {"fr", "L’entreprise du milliardaire Kordexo a parlé.", "Kordexo", "person"},
      {"fr", "L’hôpital Anne Vorbeck a fermé.", "hôpital Anne Vorbeck", "org"},
      {"en", "The hospital Anne Vorbeck ran has closed.", "Anne Vorbeck", "person"},
  });
}

TEST_CASE("a town in capitals signs a report") {
  test::check_types({
      {"en", "OLLARTON — The clinic closed.", "OLLARTON", "place"},
      {"fr", "SANT OLLAR – La clinique a fermé.", "SANT OLLAR", "place"},
      {"en", "OLLARTON-based clinics closed.", "OLLARTON", "-"},
      {"en", "NOTICE — THE CLINIC HAS CLOSED.", "NOTICE", "-"},
  });
}

TEST_CASE("capitals of a headline and words of another noun make no name") {
  test::check_types({
      {"en", "Moves Against Open Source Technology Are Made Again Today", "Source Technology", "-"},
      {"en", "Virtual ‘Private’ Networks are not.", "Private’ Networks", "-"},
      {"en", "Three British hospitals closed.", "Three British", "-"},
      {"en", "It is the Daily Vorbeck Trust.", "Daily Vorbeck Trust", "org"},
  });
  CHECK(test::mentions("en",
                       "Lakeside Water Authority Closes Seven Pumps Again\nThe Lakeside Water "
                       "Authority has closed.",
                       "Lakeside Water Authority") == 2);
}

TEST_CASE("authorities of another country are others") {
  const auto t =
      test::read_lines("Authorities in Benin said no.\nAuthorities in Mali said no.", "en");
  CHECK(std::ranges::count(t.entities, name_type::org, &entity::type) == 2);
}

TEST_CASE("operators in a list are all organisations, people and towns in it are what they are") {
  test::check_types({
      {"en", "The operators Kordexo, Ollarnet and Plimtel cut the line.", "Ollarnet", "org"},
      {"fr", "Les opérateurs Kordexo, Ollarnet et Plimtel ont coupé la ligne.", "Plimtel", "org"},
      {"fr", "La mairie de Paris et la Délégation générale ont parlé.", "Délégation", "-"},
      {"fr", "Elle a vu le Projet ports ouverts.", "Projet", "-"},
      {"en", "A filing of Kordexo & Partners came.", "Kordexo & Partners", "org"},
  });
}

TEST_CASE(
    "a name behind the regulator is the regulator's, what stands behind a name says its kind") {
  test::check_types({
      {"en", "Telecom regulator NKX said no.", "NKX", "org"},
      {"fr", "Le régulateur Kordexo a dit non.", "Kordexo", "org"},
      {"en", "The police Kordexo avoids said no.", "Kordexo", "-"},
      {"en", "It stood in the Ollar Tidende newspaper.", "Ollar Tidende", "media"},
      {"en", "He wrote the Kordexo ransomware.", "Kordexo", "technology"},
      {"en", "He wrote on the Kordexo website.", "Kordexo", "-"},
  });
  CHECK(test::mentions("en", "Telecom regulator NKX said no.\nThe regulator has left.", "NKX") ==
        3);
  CHECK(test::mentions("fr", "Le régulateur des télécoms, Kordexo SA, a parlé.", "Kordexo SA") ==
        2);
  CHECK(test::mentions("en", "The police, Kordexo Ltd and Orange have met.", "Kordexo Ltd") == 1);
}

TEST_CASE("the company is one that was told as such, by whatever name it comes back") {
  const std::string text = "The bus firm Ollar Lines wrote to the Open Ports Project.\n"
                           "Ollar Lines has lost data.\nThe company did not answer.";
  CHECK(test::mentions("en", text, "Ollar Lines") == 3);
  CHECK(test::mentions("en", text, "Open Ports Project") == 1);
  CHECK(test::mentions("en", "The bus firm Ollar Lines closed.\nThen Ollar opened.",
                       "Ollar Lines") == 2);
}

TEST_CASE("an unknown word that comes back and does something is an organisation") {
  test::check_types({
      {"en", "A judge asked Vorbex about it. Vorbex will defend itself.", "Vorbex", "org org"},
      {"en", "The boats of Vorbex are old. Vorbex has sent letters.", "Vorbex", "org org"},
      {"en", "They left Vorbex, which runs a school. The bell of Vorbex rang.", "Vorbex",
       "org org"},
      {"fr", "Une erreur de Vorbex suffit. Vorbex refuse de payer.", "Vorbex", "org org"},
      {"en", "The VBX is old. According to VBX, nothing was lost.", "VBX", "org org"},
      {"en", "The VBX is old. VBX has changed little.", "VBX", "-"},          // a law, a format
      {"en", "Vorbex will fall. Vorbex asks for more.", "Vorbex", "-"},       // any word may open
      {"en", "Vorbex will defend itself.", "Vorbex", "-"},                    // told once
      {"en", "A wall of Vorbex is old. Snow fell on Vorbex.", "Vorbex", "-"}, // does nothing
      {"en", "Ann Vorbex left. Vorbex will be back.", "Vorbex", "person"},
      {"en", "Open Vorbex left. Vorbex will be back.", "Vorbex", "-"}, // a part of something
  });
}

TEST_CASE("the office is the one whose name has the word, and no part of another name") {
  CHECK(test::mentions("en",
                       "The Office for Vorbeck Roads closed. A man asked the office for more.",
                       "Office for Vorbeck Roads") == 2);
  CHECK(test::mentions("en",
                       "The Bureau for Vorbeck Roads closed. A man asked the Bureau for more.",
                       "Bureau for Vorbeck Roads") == 2);
  CHECK(test::mentions("fr",
                       "Hier, le Conseil des médias a fermé. Le Conseil réagira, a dit un élu.",
                       "Conseil des médias") == 2);
  CHECK(test::mentions("fr", "Hier, l’Observatoire des libertés a fermé. L’Observatoire y tenait.",
                       "Observatoire des libertés") == 2);
  CHECK(test::mentions("fr",
                       "Le Centre hospitalier d’Orbessac a fermé. L’hôpital a écrit aux familles.",
                       "Centre hospitalier d’Orbessac") == 2);
  CHECK(test::mentions("en", "The Office for Vorbeck Roads closed. They left an office for more.",
                       "Office for Vorbeck Roads") == 1);
  CHECK(test::mentions("en", "The Office for Vorbeck Roads closed. He asked the Office of Lakes.",
                       "Office for Vorbeck Roads") == 1);
  CHECK(test::mentions(
            "en", "The Office for Vorbeck Roads closed. He asked the office for data protection.",
            "Office for Vorbeck Roads") == 1);
}

TEST_CASE("who is told to be or to become something is a person") {
  test::check_types({
      {"en", "Olla Vorbeck is the director of a school.", "Olla Vorbeck", "person"},
      {"en", "Olla Vorbeck was appointed director.", "Olla Vorbeck", "person"},
      {"en", "Olla Vorbeck has been the director.", "Olla Vorbeck", "person"},
      {"en", "Olla Vorbeck has no director.", "Olla Vorbeck", "-"},
      {"fr", "Olla Vorbeck a une directrice.", "Olla Vorbeck", "-"},
      {"fr", "Olla Vorbeck a été nommée directrice.", "Olla Vorbeck", "person"},
      {"fr", "Olla Vorbeck est la porte-parole.", "Olla Vorbeck", "person"},
      {"en", "They met Olla Vorbeck, who leads a school.", "Olla Vorbeck", "person"},
      {"en", "They met Olla Vorbeck, which is near.", "Olla Vorbeck", "-"},
      {"en", "They met Vorbeck Union, who were there.", "Vorbeck Union", "org"},
      {"en", "Olla Vorbeck is the best street.", "Olla Vorbeck", "-"},
      {"fr", "Olla Vorbeck est une rue fermée.", "Olla Vorbeck", "-"},
  });
}

TEST_CASE("what only looks like a name in a headline is none") {
  test::check_types({
      {"en", "New Threads Of Old Silk Shown In Vorbeck Hall", "Threads", "-"},
      {"en", "Now Signal Men Leave Their Old Posts Behind", "Signal", "-"},
      {"en", "Then Ollar Kentucky waved.", "Ollar Kentucky", "-"},
      {"en", "Then Ollar Kenya waved.", "Ollar Kenya", "org"},
      {"en", "He left the city without software, Vorbex once more.", "Vorbex", "-"},
  });
}

TEST_CASE("an authority with letters of its own is not the one that was meant before") {
  const auto t = test::read_lines("Le régulateur dit non.\nL’Autorité de régulation du littoral "
                                  "(ARL) dit oui.\nL’ARL a fini.",
                                  "fr");
  CHECK(std::ranges::count(t.entities, name_type::org, &entity::type) == 2);
  CHECK(t.entities.back().mentions.size() == 2);
}

TEST_CASE("chains of letters, lists and brackets cost no more than their length") {
  std::string text = "The Office for ";
  for (int i = 0; i < 20000; ++i) text += "O'";
  for (int i = 0; i < 20000; ++i) text += "Vorbeck, of Trade and ";
  for (int i = 0; i < 20000; ++i) text += "the Forum on (VOR) ";
  CHECK_FALSE(test::read_lines(text + "said so.", "en").sentences.empty());
}
