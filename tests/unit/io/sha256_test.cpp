// SPDX-License-Identifier: Apache-2.0
#include "io/sha256.hpp"
#include "scratch.hpp"

using vigie::io::to_hex;

TEST_CASE("SHA-256 gives the values of FIPS 180") {
  const auto abc = vigie::io::sha256("abc");
  REQUIRE(abc);
  CHECK(to_hex(*abc) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  vigie::io::sha256_hasher h;
  for (int i = 0; i < 1000; ++i) h.add(std::string(1000, 'a'));
  const auto million = h.finish();
  REQUIRE(million);
  CHECK(to_hex(*million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a file is hashed as it is stored, and one that is not there is an error") {
  const scratch s;
  const auto sum = vigie::io::sha256_file(s.put("x", "abc"));
  REQUIRE(sum);
  CHECK(to_hex(*sum).starts_with("ba7816bf"));
  const auto none = vigie::io::sha256_file(s.path("none"));
  REQUIRE_FALSE(none);
  CHECK(none.error().code == vigie::code::input_not_found);
  const auto folder = vigie::io::sha256_file(s.path());
  REQUIRE_FALSE(folder);
  CHECK(folder.error().code == vigie::code::input_is_folder);
}
