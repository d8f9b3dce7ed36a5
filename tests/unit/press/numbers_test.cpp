// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/words/numbers.hpp"

using namespace vigie::press;
using vigie::press::test::french;

namespace {

struct parsed {
  std::string value;
  std::string rest;
};

parsed read(const std::string& text) {
  const auto tokens = tokenize(text);
  const auto n = read_number(text, tokens, 0, french());
  if (!n) return {"none", text};
  const std::size_t end = n->tokens < tokens.size() ? tokens[n->tokens].begin : text.size();
  return {n->overflow ? "overflow" : n->value.text(), text.substr(end)};
}

} // namespace

TEST_CASE("groups of three digits make thousands, whatever blank or point stands between") {
  CHECK(read("2.077 serveurs").value == "2077");
  CHECK(read("2 077 serveurs").value == "2077");
  CHECK(read("2\u00A0077 serveurs").value == "2077");
  CHECK(read("2\u202F077 serveurs").value == "2077");
  CHECK(read("2\u2009077 serveurs").value == "2077");
  CHECK(read("1.234.567").value == "1234567");
  CHECK(read("12 345 678,90 euros").value == "12345678.9");
}

TEST_CASE("groups of another length, two blanks and mixed separators do not join") {
  CHECK(read("2 0777 x").value == "2");
  CHECK(read("12 34 x").value == "12");
  CHECK(read("2  077 x").value == "2");
  CHECK(read("2014 300 x").value == "2014");
  CHECK(read("0 123").value == "0");
  CHECK(read("1.234 567").value == "1234");
  CHECK(read("1.234 567").rest == "567");
}

TEST_CASE("a comma makes decimals, a point does where no group of three follows") {
  CHECK(read("1,18 million").value == "1180000");
  CHECK(read("1.18 million").value == "1180000");
  CHECK(read("0,45 %").value == "0.45");
  CHECK(read("1,180 x").value == "1.18");
  CHECK(read("12, 5").value == "12");
}

TEST_CASE("scale words multiply exactly") {
  CHECK(read("364 millions").value == "364000000");
  CHECK(read("3,5 Mds").value == "3500000000");
  CHECK(read("0,1 milliard").value == "100000000");
  CHECK(read("un million et demi").value == "1500000");
  CHECK(read("300 mille").value == "300000");
}

TEST_CASE("number words add up as French does") {
  CHECK(read("trois").value == "3");
  CHECK(read("vingt et un").value == "21");
  CHECK(read("soixante et onze").value == "71");
  CHECK(read("soixante-dix-neuf").value == "79");
  CHECK(read("quatre-vingts").value == "80");
  CHECK(read("quatre-vingt-dix-neuf").value == "99");
  CHECK(read("deux cent trente").value == "230");
  CHECK(read("mille deux cents").value == "1200");
  CHECK(read("dix-huit mille").value == "18000");
  CHECK(read("trois cent soixante-quatre millions").value == "364000000");
  CHECK(read("deux millions trois cent mille").value == "2300000");
}

TEST_CASE("numbers that only stand side by side stay apart") {
  CHECK(read("trois quatre").value == "3");
  CHECK(read("vingt trente").value == "20");
  CHECK(read("dix et onze").value == "10");
  CHECK(read("cent cent").value == "100");
}

TEST_CASE("numbers beyond 18 digits are marked, not wrapped") {
  CHECK(read("999999999999999999 x").value == "999999999999999999");
  CHECK(read("1000000000000000000 x").value == "overflow");
  CHECK(read("999999999999 milliards").value == "overflow");
  CHECK(read(std::string(5000, '7')).value == "overflow");
  CHECK(read("0," + std::string(19, '1')).value == "0");
}

TEST_CASE("decimals compare and print exactly") {
  CHECK(less({5, 1}, {1, 0}));
  CHECK_FALSE(less({10, 0}, {99, 1}));
  CHECK(decimal{45, 2}.text() == "0.45");
  CHECK(decimal{45, 2}.value() == 0.45);
  CHECK_FALSE(decimal{45, 2}.whole());
  CHECK(*decimal{7, 0}.whole() == 7);
  CHECK_FALSE(times({999999999999999999, 0}, 2));
}

TEST_CASE("words that are no numbers give none") {
  CHECK(read("serveurs").value == "none");
  CHECK(read("et demi").value == "none");
  CHECK(read("").value == "none");
}
