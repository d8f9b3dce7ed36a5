// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/page/comments.hpp"

using namespace vigie::press;

namespace {

const std::string french_text =
    "Le phare de Kerlo s'éteint\n\nLe phare de Kerlo ne guidera plus aucun bateau cet hiver, dit "
    "le maire de la ville.\n\n";
const std::string english_text =
    "The lighthouse at Kerlo goes dark\n\nThe lighthouse at Kerlo will not guide any boat this "
    "winter, the mayor said.\n\n";

// "author|text" of each comment.
std::vector<std::string> told(const std::string& page, const lexicon& words) {
  const auto a = read_article(page, words);
  std::vector<std::string> out;
  for (const auto& c : read_comments(page, a, words)) {
    const auto author = c.author ? page.substr(c.author->begin, c.author->size()) : "-";
    out.push_back(author + "|" + c.text);
  }
  return out;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("numbered comments keep their lines together") {
  CHECK(told(french_text + "2 commentaires\n  1. Bien dit.\n  Vraiment.\n\n    1. Non.\n  2. Si.\n",
             test::french()) == texts{"-|Bien dit.\nVraiment.", "-|Non.", "-|Si."});
}

TEST_CASE("a name above a date, a name that says, and a handle are authors") {
  CHECK(told(french_text + "3 commentaires\nLuc B.\n3 juin 2014 à 10:12\nBien dit.\nRépondre\n"
                           "@marin29\nNon merci.\nAnne dit :\nSi, le 4 mai 2014 justement.\n",
             test::french()) ==
        texts{"Luc B.|Bien dit.", "marin29|Non merci.", "Anne|Si, le 4 mai 2014 justement."});
  CHECK(told(english_text + "3 comments\nLuke B.\nJune 3, 2014 at 10:12 am\nWell said.\nReply\n"
                            "sailor29 says:\nNo thanks.\nPosted by Ann on 4 June 2014\nWhy not?\n",
             test::english()) ==
        texts{"Luke B.|Well said.", "sailor29|No thanks.", "Ann|Why not?"});
}

TEST_CASE("a handle that is spoken to is no author") {
  CHECK(told(french_text + "1 commentaire\n  1. Bien dit.\n@marin29, tu as tort.\n",
             test::french()) == texts{"-|Bien dit.\n@marin29, tu as tort."});
}

TEST_CASE("without any mark each paragraph is a comment") {
  CHECK(told(french_text + "2 commentaires\n\nBien dit.\nVraiment.\n\nPas du tout.\n",
             test::french()) == texts{"-|Bien dit.\nVraiment.", "-|Pas du tout."});
}

TEST_CASE("a page without comments has none") {
  CHECK(told(french_text, test::french()).empty());
  CHECK(told("", test::french()).empty());
}
