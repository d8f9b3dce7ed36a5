// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/words/sentences.hpp"

#include <algorithm>

using namespace vigie::press;
using vigie::press::test::french;

namespace {

std::vector<std::string> split(const std::string& line) {
  static const sentence_splitter splitter("fr");
  std::vector<std::string> out;
  for (const auto& s : splitter.split(line)) out.push_back(line.substr(s.begin, s.size()));
  return out;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("abbreviations do not end sentences") {
  CHECK(split("M. Roux est venu. Il a vu M. Blin.") ==
        texts{"M. Roux est venu.", "Il a vu M. Blin."});
}

TEST_CASE("closing quotes stay with what they close") {
  CHECK(split("« Je pars. » Elle reste.") == texts{"« Je pars. »", "Elle reste."});
  CHECK(split("«\u00A0Je pars.\u00A0» Elle reste.") ==
        texts{"«\u00A0Je pars.\u00A0»", "Elle reste."});
}

TEST_CASE("figures with points are no sentence ends") {
  CHECK(split("Les 2.077 serveurs. Rien.").size() == 2);
}

TEST_CASE("texts without a sentence end are one sentence, blank ones none") {
  CHECK(split("sans fin") == texts{"sans fin"});
  CHECK(split("") == texts{});
  CHECK(split("\u00A0 ") == texts{});
  CHECK(split("! ! !").size() == 1);
}

TEST_CASE("a sentence around a cut is one sentence with two spans") {
  const std::string text = "Le phare ne guidera plus aucun bateau depuis 2012, Agence web pas cher "
                           "Bordeaux alors que le port "
                           "vit. Le gardien du phare ne dit plus rien à personne.\n";
  const auto body = body_of(text, read_article(text, french()));
  const auto sentences = sentence_splitter("fr").split(body);
  REQUIRE(sentences.size() == 2);
  const auto first = body.text.part(sentences[0].span.begin, sentences[0].span.end);
  CHECK(first.text == "Le phare ne guidera plus aucun bateau depuis 2012, alors que le port vit.");
  REQUIRE(first.pieces.size() == 2);
  for (const auto& p : first.pieces) {
    CHECK(text.substr(p.source.begin, p.source.size()) == first.text.substr(p.at, p.size));
  }
  CHECK(body.text.part(sentences[1].span.begin, sentences[1].span.end).pieces.size() == 1);
}

TEST_CASE("lines are borders even without a full stop") {
  const std::string text =
      "Un sous-titre sans point\n\nLe phare ne guidera plus aucun bateau, dit-on.\n";
  CHECK(sentence_splitter("fr").split(body_of(text, read_article(text, french()))).size() == 2);
}

TEST_CASE("a language ICU does not know is split by the root rules") {
  const sentence_splitter splitter("xx");
  const std::string line = "Eins zwei. Drei vier.";
  CHECK(splitter.split(line).size() == 2);
}

TEST_CASE("signs at the end of a line leave it one sentence, signs in it are looked at") {
  CHECK(split("Qui l’a coupé ?!") == texts{"Qui l’a coupé ?!"});
  CHECK(split("Il a dit (hier).") == texts{"Il a dit (hier)."});
  CHECK(split("Rien – ni « oui » ni “non” – n’est sûr…") ==
        texts{"Rien – ni « oui » ni “non” – n’est sûr…"});
  CHECK(split("Un texte. *") == texts{"Un texte.", "*"});
  CHECK(split("Un texte. Un autre") == texts{"Un texte.", "Un autre"});
}

TEST_CASE("sentences end at what ends lines and at the full stops of other scripts") {
  CHECK(split("Une ligne\u0085Une autre").size() == 2);
  CHECK(split("Une ligne\u2028Une autre").size() == 2);
  CHECK(split("网络中断。电话正常").size() == 2);
  CHECK(split("यह बंद है। वह खुला है").size() == 2);
}

TEST_CASE("a Greek question mark ends a sentence in Greek") {
  const sentence_splitter greek("el");
  CHECK(greek.split("Ποιος το έκανε; Κανείς δεν ξέρει").size() == 2);
}

// A page without a full stop would give each of its events a copy of itself.
TEST_CASE("a sentence too long to be one is cut behind blanks, and nothing of it is lost") {
  for (const std::string_view word : {"mot ", "mot, été  ", "ê"}) {
    std::string line;
    while (line.size() < 5 * longest_sentence) line += word;
    line += "fin.";
    std::string found, wanted;
    const auto parts = sentence_splitter("fr").split(line);
    CHECK(parts.size() > 4);
    for (const auto& p : parts) {
      CHECK(p.size() <= longest_sentence);
      CHECK((static_cast<unsigned char>(line[p.begin]) & 0xC0U) != 0x80U); // a character begins
      found += line.substr(p.begin, p.size());
    }
    for (const char c : line) wanted += c == ' ' ? "" : std::string(1, c);
    found.erase(std::remove(found.begin(), found.end(), ' '), found.end());
    CHECK(found == wanted);
  }
  const std::string longest = std::string(longest_sentence - 1, 'a') + ".";
  CHECK(split(longest).size() == 1);
  CHECK(split("  " + longest + "  ").size() == 1);
  CHECK(split("a" + longest).size() == 2);
}
