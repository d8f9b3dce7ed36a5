// SPDX-License-Identifier: Apache-2.0
#include "io/glob.hpp"
#include "scratch.hpp"

using vigie::io::expand;
using vigie::io::is_glob;
using vigie::io::matches;

namespace {

std::vector<std::string> below(const scratch& s, const std::string& pattern) {
  auto found = expand(s.path() + "/" + pattern);
  REQUIRE(found);
  std::vector<std::string> out;
  for (const std::string& p : found->paths) out.push_back(p.substr(s.path().size() + 1));
  return out;
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("a star takes any part of a name, a question mark one character") {
  CHECK(matches("*.txt", "a.txt"));
  CHECK_FALSE(matches("*.txt", "a.txt.gz"));
  CHECK(matches("a*b*c", "a--b-b--c"));
  CHECK_FALSE(matches("a*b*c", "a--c--b"));
  CHECK(matches("*", ""));
  CHECK(matches("?", "é"));
  CHECK_FALSE(matches("??", "é"));
  CHECK(matches("?.txt", "\xff.txt"));
  CHECK_FALSE(matches("?", ""));
  CHECK(matches("**", "abc"));
  CHECK(matches("a*", "a"));
  CHECK_FALSE(matches("a", "ab"));
}

TEST_CASE("a set holds characters, ranges and their opposite") {
  CHECK(matches("[abc]", "b"));
  CHECK_FALSE(matches("[abc]", "d"));
  CHECK(matches("[0-9][a-f]", "7c"));
  CHECK(matches("[!a]", "b"));
  CHECK(matches("[^a]", "b"));
  CHECK_FALSE(matches("[!a]", "a"));
  CHECK(matches("[]x]", "]"));
  CHECK(matches("[!]]", "x"));
  CHECK(matches("[a-]", "-"));
  CHECK(matches("[\\]]", "]"));
  CHECK(matches("[éà]", "à"));
  CHECK_FALSE(matches("[éà]", "\xc3"));
  CHECK(matches("[abc", "[abc"));
  CHECK_FALSE(matches("[z-a]", "m"));
}

TEST_CASE("a backslash takes the next character as it is") {
  CHECK(matches("\\*", "*"));
  CHECK_FALSE(matches("\\*", "x"));
  CHECK(matches("a\\[1]", "a[1]"));
  CHECK(is_glob("a*"));
  CHECK_FALSE(is_glob("a\\*"));
  CHECK_FALSE(is_glob("a[b"));
  CHECK(vigie::io::unescaped("a\\*\\\\b") == "a*\\b");
}

TEST_CASE("hidden names are matched only where the dot is written") {
  CHECK_FALSE(matches("*", ".a"));
  CHECK_FALSE(matches("?a", ".a"));
  CHECK_FALSE(matches("[.]a", ".a"));
  CHECK(matches(".*", ".a"));
  CHECK(matches("\\.a", ".a"));
}

TEST_CASE("many stars cost no more than the product of the lengths") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  CHECK_FALSE(matches(pattern + "b", std::string(20'000, 'a')));
}

TEST_CASE("globs expand in byte order to files only") {
  const scratch s;
  for (const char* name :
       {"b.txt", "B.txt", "a.txt", "é.txt", "z.txt", ".hidden.txt", "d/e.txt", "x.csv"})
    s.put(name);
  CHECK(below(s, "*.txt") == names{"B.txt", "a.txt", "b.txt", "z.txt", "é.txt"});
  CHECK(below(s, "*") == names{"B.txt", "a.txt", "b.txt", "x.csv", "z.txt", "é.txt"});
  CHECK(below(s, ".*") == names{".hidden.txt"});
  CHECK(below(s, "*/*.txt") == names{"d/e.txt"});
  CHECK(below(s, "[d]/e.txt") == names{"d/e.txt"});
}

TEST_CASE("two stars take any number of folders, none included, and each file once") {
  const scratch s;
  for (const char* name : {"c.txt", "d/c.txt", "d/e/c.txt", "d/e/x.txt", ".h/c.txt", "d/.i/c.txt"})
    s.put(name);
  CHECK(below(s, "**/c.txt") == names{"c.txt", "d/c.txt", "d/e/c.txt"});
  CHECK(below(s, "**/**/c.txt") == names{"c.txt", "d/c.txt", "d/e/c.txt"});
  CHECK(below(s, "**/d/**/c.txt") == names{"d/c.txt", "d/e/c.txt"});
  CHECK(below(s, "d/**") == names{"d/c.txt", "d/e/c.txt", "d/e/x.txt"});
  CHECK(below(s, ".h/**") == names{".h/c.txt"});
  CHECK(below(s, "**/*/**/*/x.txt") == names{"d/e/x.txt"});
}

TEST_CASE("two stars follow no link, a written name or a star does, and a loop of links ends") {
  const scratch s;
  s.put("d/c.txt");
  std::filesystem::create_directory_symlink("..", s.path("d/up"));
  std::filesystem::create_directory_symlink("d", s.path("e"));
  CHECK(below(s, "**/c.txt") == names{"d/c.txt"});
  CHECK(below(s, "*/c.txt") == names{"d/c.txt", "e/c.txt"});
  CHECK(below(s, "e/*.txt") == names{"e/c.txt"});
}

TEST_CASE("odd names are matched as the bytes they are") {
  const scratch s;
  for (const char* name : {"a b.txt", "new\nline.txt", "br[1].txt", "\xff\xfe.txt"}) s.put(name);
  CHECK(below(s, "*.txt").size() == 4);
  CHECK(below(s, "new?line.txt") == names{"new\nline.txt"});
  CHECK(below(s, "br\\[1].t*") == names{"br[1].txt"});
}
