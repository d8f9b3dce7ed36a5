// SPDX-License-Identifier: Apache-2.0
#include "io/excerpt.hpp"
#include "scratch.hpp"

using vigie::code;
using vigie::io::read_excerpt;

namespace {

vigie::io::input listed(const std::string& path) {
  auto in = vigie::io::list_inputs({path});
  REQUIRE(in);
  return in->front();
}

} // namespace

TEST_CASE("an excerpt is the bytes of the span with what stands around them") {
  const scratch at;
  std::string text;
  for (int i = 0; i < 400; ++i) text += "line " + std::to_string(i) + "\n";
  for (const auto c :
       {vigie::io::compression::none, vigie::io::compression::gzip, vigie::io::compression::zstd}) {
    const auto in = listed(at.put("in", compressed(text, c)));
    for (std::uint64_t offset = 0; offset + 30 <= text.size(); offset += 97) {
      const auto e = read_excerpt(in, {}, offset, 30, 2000, 20);
      REQUIRE(e);
      CHECK(e->bytes == text.substr(offset, 30));
      CHECK(e->before == text.substr(offset - std::min<std::uint64_t>(offset, 20),
                                     std::min<std::uint64_t>(offset, 20)));
      CHECK(e->after == text.substr(offset + 30, 20));
      CHECK(e->cut == 0);
    }
  }
}

TEST_CASE("a long span is cut and says by how much, and nothing stands behind the cut") {
  const scratch at;
  const auto in = listed(at.put("in", std::string(5000, 'x') + "y"));
  const auto e = read_excerpt(in, {}, 0, 5000, 2000, 60);
  REQUIRE(e);
  CHECK(e->bytes == std::string(2000, 'x'));
  CHECK(e->cut == 3000);
  CHECK(e->before.empty());
  CHECK(e->after.empty());
}

TEST_CASE("text of another encoding is shown decoded, where offsets count decoded bytes") {
  const scratch at;
  const auto in = listed(at.put("in", "caf\xe9 cr\xe8me"));
  const auto e = read_excerpt(in, {.encoding = "windows-1252"}, 6, 6, 2000, 60);
  REQUIRE(e);
  CHECK(e->bytes == "cr\xc3\xa8me");
  CHECK(e->before == "caf\xc3\xa9 ");
}

TEST_CASE("an excerpt behind the end of the text is an error with its place") {
  const scratch at;
  const auto in = listed(at.put("in", "short"));
  const auto e = read_excerpt(in, {}, 3, 10, 2000, 60);
  REQUIRE_FALSE(e);
  CHECK(e.error().code == code::input_truncated);
  CHECK(e.error().place.offset == 5);
  CHECK(read_excerpt(in, {}, 5, 0, 2000, 60));
  CHECK_FALSE(read_excerpt(in, {}, 100, 1, 2000, 60));
}
