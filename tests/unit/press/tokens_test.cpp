// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "text/page/passage.hpp"
#include "text/words/ascii_word.hpp"
#include "text/words/word_scan.hpp"

using namespace vigie::press;

TEST_CASE("words fold to lower case without accents, ligatures or typographic apostrophes") {
  CHECK(folded("Étrangères") == "etrangeres");
  CHECK(folded("AOÛT") == "aout");
  CHECK(folded("Cœur") == "coeur");
  CHECK(folded("Aujourd’hui") == "aujourd'hui");
  CHECK(folded("e\u0301te\u0301") == "ete");
  CHECK(folded("10–15") == "10-15");
}

TEST_CASE("bytes are the same where each of them is, at any length") {
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string one(size, 'a');
    CHECK(same_bytes(one, std::string(size, 'a')));
    CHECK_FALSE(same_bytes(one, one + 'a'));
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = one;
      other[at] = 'b';
      CHECK_FALSE(same_bytes(one, other));
    }
  }
  CHECK(same_bytes(std::string_view(), std::string_view("")));
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

TEST_CASE("words of any length hash as their folded spelling does, wherever they stand") {
  for (std::size_t size = 1; size < 40; ++size) {
    for (const std::string behind : {"", " ", "9", "-zzzzzzzz", "[", "`{@"}) {
      std::string word;
      for (std::size_t i = 0; i < size; ++i)
        word.push_back(static_cast<char>((i % 3 == 1 ? 'A' : 'a') + (7 * i + size) % 26));
      const std::string text = "." + word + behind;
      const auto tokens = tokenize(text);
      INFO(text);
      REQUIRE(tokens.size() >= 2);
      CHECK(tokens[1].begin == 1);
      CHECK(tokens[1].end == 1 + size);
      CHECK(tokens[1].fold == folded(word));
      CHECK(tokens[1].hash == short_hash(hash_of(folded(word))));
    }
  }
}

TEST_CASE("a letter beyond ASCII anywhere in a word belongs to it") {
  for (std::size_t at = 0; at <= 20; ++at) {
    std::string word(20, 'b');
    word.insert(at, "É");
    const auto tokens = tokenize(word);
    REQUIRE(tokens.size() == 1);
    CHECK(tokens[0].fold == folded(word));
    CHECK(tokens[0].hash == short_hash(hash_of(folded(word))));
  }
}

TEST_CASE("spellings stay where they are when a list of tokens moves or is filled again") {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "MOT" + std::to_string(i) + "ÉCRIT ";
  token_list first = tokenize(text);
  const token_list moved = std::move(first);
  const token_list again = tokenize(text);
  REQUIRE(moved.size() == again.size());
  for (std::size_t i = 0; i < moved.size(); ++i) CHECK(moved[i].fold == again[i].fold);
  token_list used;
  for (int i = 0; i < 3; ++i) used.fill(text, {0, text.size()});
  CHECK(used.back().fold == "ecrit");
  used.fill("", {0, 0});
  CHECK(used.empty());
}

TEST_CASE("tokens within a span are those that lie in it whole") {
  const std::string text = "un deux trois quatre";
  const auto tokens = tokenize(text);
  const auto inside = tokens_within(tokens, {1, 13});
  REQUIRE(inside.size() == 2);
  CHECK(inside[0].fold == "deux");
  CHECK(tokens_within(tokens, {20, 20}).empty());
  CHECK(tokens_within(tokens, {4, 5}).empty());
}

TEST_CASE("the reader of word numbers finds the words that the tokeniser finds") {
  const std::string text = "Le Réseau COUPÉ d’Orange-Télécom, x ABCDEFGHIJKLMNOP iPhone été";
  vocabulary known;
  const auto tokens = tokenize(text);
  for (const auto& t : tokens) (void)known.add(t.fold);
  std::vector<word> words;
  scan_words(text, 0, text.size(), known, words);
  std::size_t i = 0;
  for (const auto& w : words) {
    while (i < tokens.size() && tokens[i].begin != w.begin) ++i;
    REQUIRE(i < tokens.size());
    CHECK(w.end == tokens[i].end);
    CHECK(w.id == known.find(tokens[i].fold));
    CHECK(w.capital == capital(text, tokens[i]));
    CHECK(w.inside == has_capital(text, tokens[i]));
  }
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

TEST_CASE("text of many marks, letters of any script and broken bytes fills a list whole") {
  std::string text;
  std::size_t expected = 0;
  for (int i = 0; i < 5000; ++i) {
    text += "!?a1é字\x80";
    expected += 6; // the letters beyond ASCII are one word
  }
  const auto tokens = tokenize(text);
  REQUIRE(tokens.size() == expected);
  std::size_t end = 0;
  for (const token& t : tokens) {
    CHECK(t.begin == end);
    end = t.end;
  }
  CHECK(end == text.size());
}

TEST_CASE("a list of nothing but marks does not double") {
  const std::string text(100'000, '.');
  const auto tokens = tokenize(text);
  REQUIRE(tokens.size() == text.size());
  CHECK(tokens.capacity() < text.size() + 10);
}

TEST_CASE("words that share their first eight letters are told apart") {
  vocabulary words;
  const auto a = words.add("internet"), b = words.add("internets"), c = words.add("interne");
  CHECK(a != b);
  CHECK(a != c);
  CHECK(words.find("internet") == a);
  CHECK(words.find("internets") == b);
  CHECK(words.find("interne") == c);
  CHECK(words.find("internetz") == 0);
}
