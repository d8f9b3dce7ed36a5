// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "reading.hpp"

using namespace vigie::press;

TEST_CASE("the rules of all languages can be read") {
  for (const char* language : {"fr", "en"}) CHECK(test::problems(test::rules_from(language)) == "");
}
