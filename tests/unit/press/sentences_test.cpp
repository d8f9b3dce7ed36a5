// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "sentences.hpp"

using namespace vigie::press;
using vigie::press::test::french;

namespace {

std::vector<std::string> split(const std::string& line) {
  static const sentence_splitter splitter("fr");
  std::vector<std::string> out;
  for (const auto& s : splitter.split(whole_passage(line, {0, line.size()}))) out.push_back(s.text);
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
  const auto a = read_article(text, french());
  const auto sentences = sentence_splitter("fr").split(text, a);
  REQUIRE(sentences.size() == 2);
  CHECK(sentences[0].text.text ==
        "Le phare ne guidera plus aucun bateau depuis 2012, alors que le port vit.");
  REQUIRE(sentences[0].text.pieces.size() == 2);
  for (const auto& p : sentences[0].text.pieces) {
    CHECK(text.substr(p.source.begin, p.source.size()) ==
          sentences[0].text.text.substr(p.at, p.source.size()));
  }
  CHECK(sentences[1].text.pieces.size() == 1);
}

TEST_CASE("lines are borders even without a full stop") {
  const std::string text =
      "Un sous-titre sans point\n\nLe phare ne guidera plus aucun bateau, dit-on.\n";
  CHECK(sentence_splitter("fr").split(text, read_article(text, french())).size() == 2);
}

TEST_CASE("a language ICU does not know is split by the root rules") {
  const sentence_splitter splitter("xx");
  const std::string line = "Eins zwei. Drei vier.";
  CHECK(splitter.split(whole_passage(line, {0, line.size()})).size() == 2);
}
