// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "text/passage.hpp"

using namespace vigie::press;

TEST_CASE("words fold to lower case without accents, ligatures or typographic apostrophes") {
  CHECK(folded("Étrangères") == "etrangeres");
  CHECK(folded("AOÛT") == "aout");
  CHECK(folded("Cœur") == "coeur");
  CHECK(folded("Aujourd’hui") == "aujourd'hui");
  CHECK(folded("e\u0301te\u0301") == "ete");
  CHECK(folded("10–15") == "10-15");
}

TEST_CASE("letters, digits and marks are tokens of their own, blanks are none") {
  const std::string text = "L’an\u00A02014, 28℃";
  const auto tokens = tokenize(text);
  REQUIRE(tokens.size() == 7);
  CHECK(tokens[0].fold == "l");
  CHECK(tokens[1].fold == "'");
  CHECK(tokens[3].fold == "2014");
  CHECK(tokens[3].kind == token_kind::number);
  CHECK(tokens[4].kind == token_kind::mark);
  CHECK(glued(tokens, 4));
  CHECK_FALSE(glued(tokens, 3));
  CHECK_FALSE(glued(tokens, 0));
}

TEST_CASE("bytes that are not UTF-8 become one mark each and lose nothing") {
  const std::string text = "a\xFF\xFE\xE9z\xC3";
  const auto tokens = tokenize(text);
  REQUIRE(tokens.size() == 6);
  CHECK(tokens.front().begin == 0);
  CHECK(tokens.back().end == text.size());
  std::size_t at = 0;
  while (at < text.size()) (void)next_char(text, at);
  CHECK(at == text.size());
}

TEST_CASE("overlong forms and surrogates are not characters") {
  for (const std::string text : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    std::size_t at = 0;
    CHECK(next_char(text, at) == 0xFFFD);
    CHECK(at == 1);
  }
}

TEST_CASE("trimming takes no-break blanks and byte order marks off both sides") {
  const std::string text = "\xEF\xBB\xBF \u00A0mot\u202F ";
  const auto inner = trimmed(text, {0, text.size()});
  CHECK(text.substr(inner.begin, inner.size()) == "mot");
  CHECK(trimmed("  ", {0, 2}).size() == 0);
}

TEST_CASE("a joined passage leads back to every byte of its pieces") {
  const std::string page = "Un début, ANNONCE la fin.";
  passage p;
  p.append(page, {0, 10});
  p.append(page, {19, page.size()});
  CHECK(p.text == "Un début, la fin.");
  const auto spans = p.sources(3, p.text.size());
  REQUIRE(spans.size() == 2);
  CHECK(page.substr(spans[0].begin, spans[0].size()) == "début,");
  CHECK(page.substr(spans[1].begin, spans[1].size()) == "la fin.");
  const auto part = p.part(11, p.text.size());
  CHECK(part.text == "la fin.");
  REQUIRE(part.sources(3, 6).size() == 1);
  CHECK(page.substr(part.sources(3, 6)[0].begin, 3) == "fin");
}
