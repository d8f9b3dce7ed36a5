// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "copies/fold_words.hpp"
#include "copies/minhash.hpp"
#include "made_texts.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace vigie::press;
using namespace vigie::press::test;

namespace {

std::string folded_words(std::string_view text) {
  std::string out;
  fold_words(text, out);
  return out;
}

double alike(const std::string& a, const std::string& b) {
  return similarity(sketch_of(a)->numbers, sketch_of(b)->numbers);
}

} // namespace

TEST_CASE("words are folded: case, accents, marks and blanks do not count") {
  CHECK(folded_words("  L’ÉTÉ,  à Paris\n(où?) n° 5 ") == "l ete a paris ou n 5");
  CHECK(folded_words("A\u00a0b\u202fc") == "a b c");
  CHECK(folded_words("co\u00adopé\u200bré e\u0301te\u0301") == "coopere ete");
  CHECK(folded_words("œuvre Straße ΣΊΣΥΦΟΣ Ёлка").starts_with("oeuvre stra"));
  CHECK(folded_words("...!?").empty());
  CHECK(folded_words("").empty());
}

TEST_CASE("each ideograph is a word, between others as well") {
  CHECK(folded_words("新疆 WhatsApp被封") == "新 疆 whatsapp 被 封");
}

TEST_CASE("broken UTF-8 parts words and ends nowhere else") {
  CHECK(folded_words("a\xff\xfe"
                     "b \xc3") == "a b");
  CHECK(folded_words("\xe6\x96") == "");
}

TEST_CASE("long texts fold as their parts do, across the blocks of the writer") {
  std::string text, wanted;
  for (int i = 0; i < 5000; ++i) {
    text += "Été-" + std::to_string(i) + " ";
    wanted += (i == 0 ? "ete " : " ete ") + std::to_string(i);
  }
  CHECK(folded_words(text) == wanted);
}

TEST_CASE("a text is like itself, and unlike another one") {
  const std::string a = made_text(0, 300), b = made_text(100000, 300);
  CHECK(alike(a, a) == 1.0);
  CHECK(alike(a, b) < 0.05);
}

TEST_CASE("a text without words has no sketch, a short one has one of all its words") {
  CHECK_FALSE(sketch_of(""));
  REQUIRE(sketch_of("one"));
  CHECK(sketch_of("one")->words == 1);
  CHECK(alike("one two three four", "one two three four") == 1.0);
  CHECK(alike("one two three four", "one two three five") < 0.1);
  CHECK(sketch_of("one two three four five six")->words == 6);
}

TEST_CASE("the order of words counts, the place in the text does not") {
  const std::string a = made_text(0, 200);
  CHECK(alike(a + " " + made_text(5000, 10), made_text(9000, 10) + " " + a) > 0.75);
  std::vector<std::string> words;
  for (std::uint64_t i = 0; i < 200; ++i) words.push_back(made_word(i));
  std::reverse(words.begin(), words.end());
  std::string back;
  for (const std::string& w : words) back += (back.empty() ? "" : " ") + w;
  CHECK(alike(a, back) < 0.05);
}

TEST_CASE("a repeated passage adds nothing to the set of shingles") {
  const std::string a = made_text(0, 400);
  CHECK(alike(a, a + " " + a) > 0.95);
}

TEST_CASE("estimates have no bias and the spread of 120 independent numbers") {
  for (const std::size_t changed : {26U, 53U, 111U, 176U, 333U}) {
    const double truth =
        (1000.0 - static_cast<double>(changed)) / (1000.0 + static_cast<double>(changed));
    double sum = 0, squares = 0;
    constexpr int pairs = 300;
    for (int i = 0; i < pairs; ++i) {
      const auto first = static_cast<std::uint64_t>(i) * 2000;
      const double e = alike(made_text(first, 1004), changed_text(first, 1004, changed)) - truth;
      sum += e;
      squares += e * e;
    }
    const double spread = std::sqrt(truth * (1 - truth) / 120);
    CHECK(std::abs(sum / pairs) < 4 * spread / std::sqrt(pairs));
    CHECK(std::sqrt(squares / pairs) == Approx(spread).epsilon(0.15));
  }
}

TEST_CASE("all ways of lowering minima give the same, for any number of shingles") {
  std::mt19937 random(5); // NOLINT(cert-msc51-cpp): the same every time
  for (const std::size_t n : {0U, 1U, 2U, 3U, 255U, 256U}) {
    std::vector<std::uint32_t> shingles(n);
    for (auto& s : shingles) s = static_cast<std::uint32_t>(random());
    std::vector<std::uint32_t> a(sketch_size), b;
    for (auto& m : a) m = static_cast<std::uint32_t>(random());
    b = a;
    lower_baseline()(a.data(), shingles.data(), n);
    lower_fastest()(b.data(), shingles.data(), n);
    CHECK(a == b);
  }
}

TEST_CASE("a sketch is the same on every machine") {
  const auto s = sketch_of("five words are a shingle and these are eleven in all")->numbers;
  CHECK(s[0] == 1465);
  CHECK(s[119] == 60314);
}
