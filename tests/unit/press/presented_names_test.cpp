// SPDX-License-Identifier: Apache-2.0
// Names that no list knows, told by the words that present them, by what they do once, and by
// their shape; and the same words where they present nothing.
#include "catch.hpp"
#include "named_samples.hpp"

using namespace vigie::press;

TEST_CASE("two words that mean nothing are somebody, unless something else is said of them") {
  test::check_types({
      {"en", "Kenya appointed Tolvi Ragash as its envoy.", "Tolvi Ragash", "person"},
      {"en", "The member, Olmar Vekkonen, is a retired surveyor.", "Olmar Vekkonen", "person"},
      {"en", "Oduya Bekwatu was picked up at home.", "Oduya Bekwatu", "person"},
      {"en", "The government of Omer Vekkon Essaro had left.", "Omer Vekkon Essaro", "person"},
      {"fr", "Le téléphone de Hanitra Rakobesa a été infecté.", "Hanitra Rakobesa", "person"},
      {"fr", "Nurlanbek Joldosh prolonge la fermeture.", "Nurlanbek Joldosh", "person"},
      {"en", "They met Tolvi Ragash, which is near.", "Tolvi Ragash", "-"},
      {"en", "Tolvi Ragash is a street.", "Tolvi Ragash", "-"},
      {"en", "It was the customers and operators of Tolvi Ragash.", "Tolvi Ragash", "-"},
      {"en", "The Tolvi Ragash fell down.", "Tolvi Ragash", "-"},
      {"en", "Tolvi Ragash, a digital rights group, met.\nTolvi Ragash said no.", "Tolvi Ragash",
       "org org"},
      {"fr", "La ministre Delmas a parlé.", "Delmas", "person"},
      {"fr", "La ministre est à Delmas.", "Delmas", "place"},
  });
}

TEST_CASE("what something is called by is what stands before") {
  test::check_types({
      {"en", "It was infected with a program called Vorbex.", "Vorbex", "technology"},
      {"en", "They fear a worm dubbed \"Vorbex\" by its makers.", "Vorbex", "technology"},
      {"en", "The firm's product, known as Vorbex, is old.", "Vorbex", "product"},
      {"en", "She runs a company called Vorbex Plim.", "Vorbex Plim", "org"},
      {"fr", "Un logiciel baptisé Vorbex a tout pris.", "Vorbex", "technology"},
      {"fr", "Une société connue sous le nom de Vorbex a fermé.", "Vorbex", "org"},
      {"fr", "Vorbex : un botnet de boîtiers", "Vorbex", "technology"},
      {"fr", "Chronique : l'hébergeur et la machine", "Chronique", "-"},
      {"en", "The company called Paris on Monday.", "Paris", "place"},
      {"en", "He was called Vorbex.", "Vorbex", "-"},
  });
}

TEST_CASE("names between commas are what the words before them say") {
  test::check_types({
      {"en", "Two carriers of the country, Vorbex and Plimcom, went dark.", "Plimcom", "org"},
      {"en", "The registrar, Vorbex Plim, did not answer.", "Vorbex Plim", "org"},
      {"en", "Three outlets, Vorbex, Plim and Ragash, were banned.", "Vorbex", "media"},
      {"fr", "Deux compagnies de téléphone du pays, Vorbex et Plimcom, se taisent.", "Vorbex",
       "org"},
      {"fr", "L’hébergeur, Vorbex Numérique, n’a pas reconnu les faits.", "Vorbex Numérique",
       "org"},
      {"fr", "La société rennaise Goulven Numérique a fermé.", "Goulven Numérique", "org"},
      {"fr", "Sur son site, Vorbex, installée à Oslo, relève les coupures.", "Vorbex", "org"},
      {"en", "After the company, Vorbex is next.", "Vorbex", "-"},
  });
}

TEST_CASE("a word of its own that acts once is an organisation") {
  test::check_types({
      {"en", "The cables of Plim and Vorbex did not break.\nRecently Vorbex has sent a text.",
       "Vorbex", "org org"},
      {"en", "Last year Vorbex Now counted 74 cuts.", "Vorbex Now", "-"},
      {"en", "This year alone Open Vorbex has counted cuts.", "Open Vorbex", "org"},
      {"en", "The bell of Open Vorbex has rung.", "Open Vorbex", "-"},
  });
}

TEST_CASE("institutions go on from a place, an adjective and an organisation") {
  test::check_types({
      {"en", "It asked the Islamabad high court to act.", "Islamabad high court", "org"},
      {"en", "The Minnesota attorney general's office is silent.",
       "Minnesota attorney general's office", "org"},
      {"en", "They flew to the Islamabad office.", "Islamabad", "place"},
      {"en", "The UN Human Rights Council condemned it.", "UN Human Rights Council", "-"},
      {"en", "They fined Welsh Airways on Monday.", "Welsh Airways", "org"},
      {"en", "Digital Commons Pakistan, a Karachi-based organisation, met.",
       "Digital Commons Pakistan", "org"},
      {"en", "Since June the National Radio and Telephone Commission (Conatra) blocks pages.",
       "National Radio and Telephone Commission (Conatra)", "org"},
      {"fr", "Elle vise l'ONG Plumes sans frontières (PSF) et rien d'autre.",
       "ONG Plumes sans frontières (PSF)", "org"},
      {"fr", "Elle est membre de la plateforme Demain sans filtre.", "Demain sans filtre", "org"},
      {"fr", "Il a poursuivi Vorbex sans la citer.", "Vorbex sans la", "-"},
  });
}

TEST_CASE("governments and authorities in general are none") {
  test::check_types({
      {"en", "Every time a government announces a wall, we sell ladders.", "government", "-"},
      {"en", "It helps governments to spy.", "governments", "-"},
      {"en", "The government announces a wall.", "government", "org"},
      {"en", "Authorities have cut the lines.", "Authorities", "org"},
      {"fr", "Il faudrait une police commune.", "police", "-"},
      {"fr", "La police est venue.", "police", "org"},
  });
}

TEST_CASE("the service X is no letter of something else") {
  test::check_types({
      {"en", "It was shared on X and by mail.", "X", "service"},
      {"en", "This is where X, formerly Twitter, stays blocked.", "X", "service"},
      {"en", "Article X was read by Malcolm X at the X-ray.", "X", "-"},
      {"fr", "Le message a été publié sur X hier.", "X", "service"},
      {"fr", "Monsieur X a parlé du rayon X.", "X", "-"},
  });
}
