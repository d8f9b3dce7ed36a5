// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "io/faults.hpp"
#include "io/scratch.hpp"
#include "runs/spill.hpp"
#include "runs/spill_blocks.hpp"

using namespace vigie;

TEST_CASE("a spill folder appears with its first file and goes with its owner") {
  const scratch tmp;
  {
    runs::spill_folder folder(tmp.path("work/spill"));
    CHECK(tmp.names().empty());
    {
      auto one = folder.file();
      auto two = folder.file();
      REQUIRE(one);
      REQUIRE(two);
      CHECK(tmp.names("work/spill").size() == 2);
      REQUIRE((*one)->append("hello"));
      CHECK(folder.bytes() == 5);
      REQUIRE((*two)->append("bye"));
      CHECK(folder.bytes() == 8);
      REQUIRE((*one)->flush());
      char back[3];
      REQUIRE((*one)->read(1, back, 3));
      CHECK(std::string(back, 3) == "ell");
      const auto beyond = (*one)->read(3, back, 3);
      REQUIRE_FALSE(beyond);
      CHECK(beyond.error().code == code::run_file_truncated);
    }
    CHECK(tmp.names("work/spill").empty());
    CHECK(folder.bytes() == 0);
    CHECK(folder.peak() == 8);
    CHECK(folder.files() == 2);
  }
  CHECK(tmp.names("work").empty());
}

TEST_CASE("what a run that died left in its spill folder goes before the first file is made") {
  const scratch tmp;
  static_cast<void>(tmp.put("spill/0", "old rows"));
  static_cast<void>(tmp.put("spill/17", "old rows"));
  runs::spill_folder folder(tmp.path("spill"));
  CHECK(tmp.names("spill").size() == 2);
  auto file = folder.file();
  REQUIRE(file);
  CHECK(tmp.names("spill") == std::vector<std::string>{"0"});
  CHECK((*file)->length() == 0);
}

TEST_CASE("files of components are numbered, apart from each other, and forgotten when dropped") {
  const scratch tmp;
  runs::spill_folder folder(tmp.path("spill"));
  plan::spill& spill = folder;
  const auto one = spill.create(), two = spill.create();
  REQUIRE(one);
  REQUIRE(two);
  CHECK(*one != *two);
  REQUIRE(spill.append(*one, "first"));
  REQUIRE(spill.append(*two, "second"));
  CHECK(spill.size(*one) == 5);
  char back[6];
  REQUIRE(spill.read(*two, 0, back, 6));
  CHECK(std::string(back, 6) == "second");
  CHECK_FALSE(spill.read(*one, 0, back, 6));
  spill.drop(*one);
  spill.drop(*one);
  CHECK(spill.size(*one) == 0);
  CHECK(spill.append(*one, "x").error().code == code::internal);
  CHECK_FALSE(spill.read(*one, 0, back, 1));
  CHECK(tmp.names("spill").size() == 1);
  const auto three = spill.create();
  REQUIRE(three);
  CHECK(*three != *one);
  CHECK(folder.bytes() == 6);
}

TEST_CASE("a spill folder that cannot be made is an error with a code") {
  const scratch tmp;
  static_cast<void>(tmp.put("file"));
  runs::spill_folder folder(tmp.path("file/spill"));
  const auto file = folder.file();
  REQUIRE_FALSE(file);
  CHECK(file.error().code == code::output_folder_failed);
}

TEST_CASE("blocks come back whole, and any other byte is seen") {
  const scratch tmp;
  runs::spill_folder folder(tmp.path("spill"));
  std::uint64_t first = 0, second = 0;
  const std::vector<std::string> texts = {"", "some bytes", std::string(100000, 'x')};
  for (const std::string& text : texts) {
    auto file = folder.file();
    REQUIRE(file);
    first = *runs::append_block(**file, text);
    second = *runs::append_block(**file, "linked", first);
    REQUIRE((*file)->flush());
    const auto back = runs::read_block(**file, first);
    REQUIRE(back);
    CHECK(back->bytes == text);
    CHECK(back->link == runs::no_block);
    CHECK(back->end == second);
    CHECK(runs::read_block(**file, second)->link == first);
    CHECK(runs::read_block(**file, second)->bytes == "linked");
    CHECK(runs::read_block(**file, (*file)->length()).error().code == code::spill_damaged);
    CHECK(runs::read_block(**file, ~std::uint64_t{0}).error().code == code::spill_damaged);
  }
  auto file = folder.file();
  REQUIRE(file);
  REQUIRE(runs::append_block(**file, "some bytes", 7));
  REQUIRE((*file)->flush());
  const std::string path = tmp.path("spill/" + tmp.names("spill").back());
  const std::string sound = scratch::get(path);
  REQUIRE(sound.size() == (*file)->length());
  for (std::size_t bit = 0; bit < 8 * sound.size(); ++bit) {
    std::string damaged = sound;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary) << damaged;
    const auto back = runs::read_block(**file, 0);
    REQUIRE_FALSE(back);
    REQUIRE(back.error().code == code::spill_damaged);
  }
}
