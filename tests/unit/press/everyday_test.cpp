// SPDX-License-Identifier: Apache-2.0
// Words that tell events in our field and have an everyday sense elsewhere: where they tell one and
// where they do not, and which words may stand for a side that has no name.
#include "catch.hpp"
#include "reading.hpp"

#include <algorithm>

using namespace vigie::press;

namespace {

// The types of the events, in the order of the text, by blanks.
std::string told(const std::string& text, std::string_view language) {
  const auto read = test::read_lines(text, language);
  std::string out;
  for (const event& e : read.events)
    out += (out.empty() ? "" : " ") + test::rules_of(language).types[e.type].name;
  return out;
}

// Enough words of another subject to show that the text is of it.
std::string after_orchard(const std::string& sentence) {
  return "The old apple trees behind the church are pruned in late winter, when the sap is low.\n"
         "A ladder, a saw and a pair of gloves are all that a beginner takes along.\n"
         "The thin branches in the middle go first, so that light reaches the fruit below.\n"
         "Rain washes the dust from the leaves, and the grass grows high between the rows.\n" +
         sentence;
}

std::string after_verger(const std::string& sentence) {
  return "Les vieux pommiers derrière l’église se taillent à la fin de l’hiver, par temps sec.\n"
         "Une échelle, une scie et une paire de gants suffisent au débutant pour la matinée.\n"
         "Les branches fines du milieu partent les premières, et la lumière gagne les fruits.\n"
         "La pluie lave la poussière des feuilles, et l’herbe monte haut entre les rangs.\n" +
         sentence;
}

std::string sides(const std::string& text, std::string_view language) {
  const auto read = test::read_lines(text, language);
  std::string out;
  for (const event& e : read.events) out += "[" + e.actor_text + "|" + e.target_text + "]";
  return out;
}

} // namespace

TEST_CASE("everyday senses tell nothing in an English text of another subject") {
  const std::string sentence = GENERATE(
      as<std::string>{}, //
      "The gardener asked for a rake.", "The roots demand more water than the stems.",
      "Frost threatens the blossom, and the cold froze the pond.",
      "The shop closed the account of a late customer.", "The gate is blocked by a cart.",
      "A hedge filters the wind and slows the traffic.",
      "He was charged for the seeds and named the tree.", "The fence was breached by a deer.",
      "The club suspended the picnic.", "The leaves were exposed to the sun.",
      "She visited the nursery and copied the list.",
      "A passer-by denied that the pears were ripe.", "The neighbours accused the wasps.",
      "The lines were cut off by a mower.", "The old man was arrested by the beauty of the place.");
  CHECK(told(after_orchard(sentence), "en") == "");
}

TEST_CASE("everyday senses tell nothing in a French text of another subject") {
  const std::string sentence =
      GENERATE(as<std::string>{}, //
               "Le jardinier a demandé un râteau.", "Les racines exigent plus d’eau que les tiges.",
               "Le gel menace les fleurs.", "La boutique a fermé le compte d’un client.",
               "La barrière est bloquée par une charrette.", "La haie filtre le vent.",
               "La haie ralentit le trafic.", "Le poirier a été nommé par un voisin.",
               "Le club a suspendu la fête.", "Les feuilles sont exposées au soleil.",
               "Elle a copié la liste.", "Un passant a nié que les poires étaient mûres.",
               "Les voisins accusent les guêpes.", "La ligne a été coupée par une tondeuse.",
               "Il a été arrêté par la beauté du lieu.", "La cendre tue les pucerons.");
  CHECK(told(after_verger(sentence), "fr") == "");
}

TEST_CASE("an event of the field is told in the middle of another subject") {
  CHECK(told(after_orchard("Turkey blocked Wikipedia."), "en") == "block");
  CHECK(told(after_orchard("WhatsApp has been blocked since Monday."), "en") == "block");
  CHECK(told(after_orchard("Hackers stole the passwords of 300 customers of the clinic's website."),
             "en") == "data_leak");
  CHECK(told(after_orchard("The government shut down the internet in the north."), "en") ==
        "shutdown");
  CHECK(told(after_orchard("Police arrested John Miller."), "en") == "arrest");
  CHECK(told(after_verger("La Turquie a bloqué Wikipédia."), "fr") == "block");
  CHECK(told(after_verger("WhatsApp est bloqué depuis lundi."), "fr") == "block");
  CHECK(told(after_verger("Des pirates informatiques ont volé les mots de passe d’une clinique."),
             "fr") == "data_leak");
  CHECK(told(after_verger("Le gouvernement a coupé internet dans le nord."), "fr") == "shutdown");
}

TEST_CASE("a named event proves the technical sentences around it") {
  CHECK(told(after_orchard("Turkey blocked Wikipedia.\nThe site was restored after a year."),
             "en") == "block unblock");
  CHECK(told(after_orchard("The site was restored after a year."), "en") == "");
}

TEST_CASE("people and bodies without a name act where the words around are technical") {
  CHECK(told(after_orchard("The criminals copied the files from the servers of a clinic."), "en") ==
        "replication");
  CHECK(told(after_orchard("The server copies the files to another computer."), "en") == "");
  CHECK(told(after_orchard("The criminals copied the recipe."), "en") == "");
  CHECK(told(after_verger("Les malfaiteurs ont copié les fichiers d’un serveur."), "fr") ==
        "replication");
  CHECK(told(after_verger("Le serveur copie les fichiers vers un autre ordinateur."), "fr") == "");
}

TEST_CASE("what only may happen proves nothing of the sentences around it") {
  const std::string after = "\nThe accounts were restored after a year.";
  CHECK(told(after_orchard("Russia blocked Telegram." + after), "en") == "block unblock");
  CHECK(told(after_orchard("Russia may block Telegram." + after), "en") == "block");
}

TEST_CASE("a text too short for a subject is taken at its word") {
  CHECK(told("The site is blocked.", "en") == "block");
  CHECK(told("Le site est bloqué.", "fr") == "block");
}

TEST_CASE("advice to the reader tells no event on any page") {
  CHECK(told("Hackers attacked the telecoms regulator.\nYou should block the site at once.",
             "en") == "");
  CHECK(told("The censorship grows.\nDelete the app from the server.", "en") == "");
  CHECK(told("The censorship grows.\nThen copy the files to the server.", "en") == "");
  CHECK(told("The censorship grows.\nThe page asks you for a password.", "en") == "");
  CHECK(told("La censure grandit.\nVous pouvez bloquer le site.", "fr") == "");
  CHECK(told("The censorship grows.\nAuthorities block the site.", "en") == "block");
  CHECK(told("La censure grandit.\nLes autorités bloquent le site.", "fr") == "block");
}

TEST_CASE("names in program text are no triggers") {
  CHECK(told("The regulator and the censorship:\nsend_request(block) /var/site/blocked.html\n",
             "en") == "");
  CHECK(told("The censorship grows.\nThe command --delete does it for the app.", "en") == "");
  CHECK(told("The censorship grows.\nThe block, the second of the site, came on Monday.", "en") ==
        "");
  CHECK(told("Russia blocked Telegram/WhatsApp.", "en") == "block");
}

TEST_CASE("a participle behind a preposition describes what follows") {
  CHECK(told("The app is open to disabled users.", "en") == "");
  CHECK(told("Access to the app was blocked by users of the network.", "en") == "block");
}

TEST_CASE("behind a form of being stands no plain form of a verb") {
  CHECK(told("The censorship is fine with him.", "en") == "");
  CHECK(told("The court will fine Google.", "en") == "fine");
}

TEST_CASE("what is supposed of nobody is no event") {
  CHECK(told("If a site is blocked, the internet users complain.", "en") == "");
  CHECK(told("If Russia blocks Telegram, the users will complain.", "en") == "block");
}

TEST_CASE("a side without a name is a noun phrase or nothing") {
  CHECK(sides("Hackers infected a hospital's servers with malware.", "en") ==
        "[Hackers|hospital's servers with malware]");
  CHECK(sides("The angry neighbour blocked the site.", "en") == "[angry neighbour|site]");
  CHECK(sides("Explaining why colleagues blocked the site took an hour.", "en") == "[|site]");
  CHECK(sides("Either way blocked the site.", "en") == "[|site]");
  CHECK(sides("People in the north blocked the site.", "en") == "[People in the north|site]");
  CHECK(sides("Yes blocked the site.", "en") == "[|site]");
  CHECK(sides("Sometimes the site was blocked.", "en") == "[|]");
  CHECK(sides("Le voisin du quatrième a bloqué le site.", "fr") == "[voisin du quatrième|site]");
  CHECK(sides("Souvent bloque le site.", "fr") == "[|site]");
}

TEST_CASE("what is too long for a side ends at a preposition") {
  const auto found = sides("The firm exposed the medical records of old and young patients from "
                           "eleven small grey clinics behind seven big green hills.",
                           "en");
  CHECK(found.find("medical records") != std::string::npos);
  CHECK(found.find("hills") == std::string::npos);
}

TEST_CASE("marks of event types that cannot be are told") {
  const auto wrong = [](std::string_view marks) {
    event_type t;
    return read_marks(marks, t);
  };
  CHECK(wrong("measurable by=org|place to=service both") == "");
  CHECK(wrong("by=orgs").find("'by=orgs' names no types") != std::string::npos);
  CHECK(wrong("to=").find("names no types") != std::string::npos);
  CHECK(wrong("by=org both").find("'both' needs by= and to=") != std::string::npos);
  CHECK(wrong("mesurable") == "unknown mark 'mesurable' of an event type");
}
