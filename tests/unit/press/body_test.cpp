// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/page/article.hpp"
#include "text/page/body.hpp"

using namespace vigie::press;

namespace {

// "Café & thé" out of "Caf&eacute; &amp; thé."
passage with_references() {
  passage out;
  out.append_as("Caf", {0, 3});
  out.append_as("\u00E9", {3, 11});
  out.append_as(" ", {11, 12});
  out.append_as("&", {12, 17});
  out.append_as(" th\u00E9", {17, 22});
  return out;
}

} // namespace

TEST_CASE("a piece of another length than its source leads to all of its source") {
  const auto p = with_references();
  CHECK(p.text == "Caf\u00E9 & th\u00E9");
  CHECK(p.sources(0, 5) == std::vector<byte_span>{{0, 11}});
  CHECK(p.sources(3, 5) == std::vector<byte_span>{{3, 11}});
  CHECK(p.sources(3, 4) == std::vector<byte_span>{{3, 11}}); // half of the letter
  CHECK(p.sources(6, 7) == std::vector<byte_span>{{12, 17}});
  CHECK(p.sources(7, 9) == std::vector<byte_span>{{17, 19}});
}

TEST_CASE("a part of a passage keeps the way back through character references") {
  const auto part = with_references().part(2, 7);
  CHECK(part.text == "f\u00E9 &");
  REQUIRE(part.pieces.size() == 4);
  CHECK(part.sources(0, part.text.size()) == std::vector<byte_span>{{2, 17}});
  CHECK(part.part(1, 3).sources(0, 2) == std::vector<byte_span>{{3, 11}});
}

TEST_CASE("pieces that abut in the text but not in the page stay apart") {
  passage p;
  p.append_as("ab", {0, 2});
  p.append_as("cd", {7, 9});
  CHECK(p.sources(0, 4) == std::vector<byte_span>{{0, 2}, {7, 9}});
}

TEST_CASE("the source of a part runs from its first byte to its last") {
  auto p = with_references();
  p.append_as("ab", {40, 42});
  for (std::size_t begin = 0; begin <= p.text.size(); ++begin) {
    for (std::size_t end = begin; end <= p.text.size(); ++end) {
      const auto all = p.sources(begin, end);
      const auto one = p.source(begin, end);
      REQUIRE(one.has_value() == !all.empty());
      if (one) CHECK(*one == byte_span{all.front().begin, all.back().end});
    }
  }
  CHECK_FALSE(passage{}.source(0, 0).has_value());
}

TEST_CASE("the body of an article has a label and a source for every byte but the joints") {
  const std::string text =
      "Le phare de Kerlo s'\u00E9teint\n\nLe phare de Kerlo ne guidera plus aucun bateau depuis "
      "2012, "
      "Agence web pas cher Bordeaux alors que le port vit.\n\nLe gardien du phare de Kerlo ne dit "
      "plus rien \u00E0 personne.\n";
  const auto body = body_of(text, read_article(text, test::french()));
  std::size_t behind = 0;
  std::size_t joints = 0;
  for (const auto& p : body.text.pieces) {
    joints += p.at - behind;
    behind = p.end();
    CHECK(body.text.text.substr(p.at, p.size) == text.substr(p.source.begin, p.source.size()));
  }
  CHECK(behind == body.text.text.size());
  CHECK(joints == body.text.pieces.size() - 1);
  CHECK(body.labels.size() == body.text.pieces.size());
  CHECK(body.label_at(0) == label::title);
  CHECK(body.lines().size() == 3);
}

TEST_CASE("a text without a map is body that stands for itself") {
  const auto text = unmapped_text(" Un.\n\n\u00A0\nDeux. \n");
  REQUIRE(text.lines().size() == 2);
  CHECK(text.text.sources(1, 4) == std::vector<byte_span>{{1, 4}});
  CHECK(text.label_at(0) == label::body);
  CHECK(unmapped_text("").lines().empty());
}
