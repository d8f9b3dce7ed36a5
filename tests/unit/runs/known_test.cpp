// SPDX-License-Identifier: Apache-2.0
#include "io/inputs.hpp"
#include "run_folder.hpp"
#include "runs/known.hpp"

using vigie::runs::manifest_input;

namespace {

bool known(const scratch& at, const std::string& file, const std::vector<manifest_input>& before) {
  const auto listed = vigie::io::list_inputs({at.path(file)});
  REQUIRE(listed);
  const auto is = vigie::runs::is_known(listed->front(), before, nullptr);
  REQUIRE(is);
  return *is;
}

} // namespace

TEST_CASE("an input is known by its bytes, whatever its name and however it was cut then") {
  const scratch at;
  const std::string bytes = "0123456789abcdef";
  const std::vector<manifest_input> before{tests::input_of("other.txt", "short"),
                                           tests::input_of("else.txt", "fedcba9876543210"),
                                           tests::input_of("then.txt", bytes, {3, 7})};
  at.put("now.txt", bytes);
  CHECK(known(at, "now.txt", before));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    at.put("flipped.txt", flipped);
    CHECK_FALSE(known(at, "flipped.txt", before));
  }
  at.put("longer.txt", bytes + "x");
  CHECK_FALSE(known(at, "longer.txt", before));
  CHECK_FALSE(known(at, "now.txt", {}));
}

TEST_CASE("an empty input is known as one, and an input without digests makes nothing known") {
  const scratch at;
  at.put("empty.txt", "");
  CHECK(known(at, "empty.txt", {tests::input_of("then.txt", "")}));
  at.put("now.txt", "abc");
  manifest_input bare = tests::input_of("then.txt", "abc");
  bare.splits.clear();
  CHECK_FALSE(known(at, "now.txt", {bare}));
}

TEST_CASE("an input that cannot be read is an error and not a new one") {
  const scratch at;
  at.put("now.txt", "abc");
  auto listed = vigie::io::list_inputs({at.path("now.txt")});
  REQUIRE(listed);
  std::filesystem::remove(at.path("now.txt"));
  CHECK_FALSE(
      vigie::runs::is_known(listed->front(), {tests::input_of("then.txt", "abc")}, nullptr));
}
