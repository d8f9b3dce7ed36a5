// SPDX-License-Identifier: Apache-2.0
// Names of output files that stand for many: what they are made of, numbers of parts, and cells as
// names that are different for different cells and safe for any file system.
#include "catch.hpp"
#include "io/glob.hpp"
#include "plan/file_names.hpp"

#include <map>
#include <random>

namespace {

using namespace vigie::plan;

// "text", "{column}" of each piece.
std::string pieces(std::string_view name) {
  const auto all = parse_file_name(name);
  if (!all) return vigie::code_name(all.error().code);
  std::string out;
  for (const name_piece& p : *all)
    out += (out.empty() ? "" : " ") + (p.is_column ? "{" + p.text + "}" : p.text);
  return out;
}

std::string pattern(std::string_view name, bool parts) {
  return name_pattern(*parse_file_name(name), parts);
}

} // namespace

TEST_CASE("a name is text and columns in braces, and a doubled brace is one of the text") {
  CHECK(pieces("all.jsonl") == "all.jsonl");
  CHECK(pieces("{country}/part.jsonl") == "{country} /part.jsonl");
  CHECK(pieces("a{b}{c}d") == "a {b} {c} d");
  CHECK(pieces("{a b}") == "{a b}");
  CHECK(pieces("{{a}}.x") == "{a}.x");
  CHECK(pieces("{{{a}}}") == "{ {a} }");
  CHECK(pieces("") == "");
  for (const char* bad : {"{", "}", "{}", "{a", "a}", "{a{b}}", "{{}", "}{", "x{{{a}}"})
    CHECK(pieces(bad) == "V0435");
}

TEST_CASE("the number of a part stands before the ending, and can be taken away again") {
  const std::map<std::string, std::string> names{{"a.jsonl", "a-0001.jsonl"},
                                                 {"d/a.jsonl.gz", "d/a-0001.jsonl.gz"},
                                                 {"a.csv.zst", "a-0001.csv.zst"},
                                                 {"a.b.c", "a.b-0001.c"},
                                                 {"v1.2/all", "v1.2/all-0001"},
                                                 {".hidden", ".hidden-0001"},
                                                 {".gz", ".gz-0001"},
                                                 {"d/.gz", "d/.gz-0001"},
                                                 {"x-2024.csv", "x-2024-0001.csv"}};
  for (const auto& [file, part] : names) {
    CHECK(part_name(file, 1) == part);
    for (const std::uint64_t n : {1U, 9999U, 10000U, 123456U})
      CHECK(without_part(part_name(file, n)) == file);
  }
  for (const char* none : {"a.jsonl", "a-1.jsonl", "a-001.jsonl", "a0001.jsonl", "-", "0001.csv"})
    CHECK(without_part(none) == none);
}

TEST_CASE("a pattern fits the files of a name and is no pattern where the text has stars") {
  CHECK(pattern("{a}/{b}.jsonl", false) == "*/*.jsonl");
  CHECK(pattern("{a}{b}.jsonl", false) == "*.jsonl");
  CHECK(pattern("x*[y]?.csv", true) == "x\\*\\[y]\\?-[0-9][0-9][0-9][0-9]*.csv");
  CHECK(vigie::io::matches(pattern("p{a}.csv.gz", true), part_name("pFR.csv.gz", 12345)));
  CHECK_FALSE(vigie::io::matches(pattern("p{a}.csv.gz", true), "pFR.csv.gz"));
}

TEST_CASE("cells become names that stay in their folder") {
  const std::map<std::string, std::string> names{{"FR", "FR"},
                                                 {"", "__empty__"},
                                                 {"__empty__", "%5F_empty__"},
                                                 {"__null__", "%5F_null__"},
                                                 {"____", "%5F___"},
                                                 {"__x", "__x"},
                                                 {".", "%2E"},
                                                 {"..", "%2E."},
                                                 {".vigie", "%2Evigie"},
                                                 {"a.b", "a.b"},
                                                 {"a/b\\c", "a%2Fb%5Cc"},
                                                 {"50%", "50%25"},
                                                 {"2001:db8::1", "2001%3Adb8%3A%3A1"},
                                                 {"é", "%C3%A9"},
                                                 {"a b", "a%20b"},
                                                 {"CON", "CON"}};
  for (const auto& [text, name] : names) CHECK(safe_name(text) == name);
  CHECK(safe_name(std::string(1, '\0')) == "%00");
  CHECK(safe_name(std::string(100, 'x')) == std::string(100, 'x'));
  CHECK(safe_name(std::string(101, 'x')).size() == 100);
  CHECK(safe_name(std::string(101, 'x')).starts_with(std::string(83, 'x') + "~"));
}

TEST_CASE("different cells have different names, whatever their bytes and length") {
  std::mt19937 random(11);
  const std::string letters("_.%~/\0ax\xff", 9);
  std::map<std::string, std::string> seen;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const std::size_t length = i % 20 == 0 ? 90 + random() % 60 : random() % 7;
    while (text.size() < length) text += letters[random() % letters.size()];
    const std::string name = safe_name(text);
    const auto [at, fresh] = seen.emplace(name, text);
    if (!fresh) CHECK(at->second == text);
    CHECK(name != null_name);
    CHECK(name.size() <= 100);
    CHECK(name.front() != '.');
    CHECK(name.find('/') == std::string::npos);
    CHECK(name.find('\0') == std::string::npos);
  }
}
