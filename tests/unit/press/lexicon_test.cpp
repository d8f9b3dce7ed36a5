// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/rules/lexicon.hpp"
#include "text/rules/phrase_tree.hpp"

#include <set>

using namespace vigie::press;
using vigie::press::test::french;

namespace {

// A language whose time file is `time` and whose other files are empty but for a comment.
std::variant<lexicon, std::vector<lexicon_error>> with_time(const std::string& time) {
  return lexicon::read("xx", [&](std::string_view name) -> std::optional<std::string_view> {
    if (name == "xx/time.tsv") return time;
    return "# nothing\n";
  });
}

std::vector<lexicon_error> errors_of(const std::string& time) {
  auto out = with_time(time);
  const auto* errors = std::get_if<std::vector<lexicon_error>>(&out);
  return errors ? *errors : std::vector<lexicon_error>{};
}

} // namespace

TEST_CASE("the longest phrase of a class wins and blanks do not matter") {
  const auto tokens = tokenize("ordinateurs  hôtes en Chine");
  const auto found = french().match(word_class::unit, tokens, 0);
  REQUIRE(found);
  CHECK(found->tokens == 2);
  CHECK(found->what->value == "hosts");
  CHECK_FALSE(french().match(word_class::unit, tokens, 2));
  CHECK_FALSE(french().match(word_class::unit, tokens, 99));
}

TEST_CASE("every row of the French data is read and its phrases are found again") {
  CHECK(french().language() == "fr");
  CHECK(french().has(word_class::month, "aout"));
  CHECK(french().has(word_class::weekday, "dimanche"));
  CHECK(french().match(word_class::line, tokenize("Passer au contenu"), 0));
  CHECK(french().match(word_class::agency, tokenize("Agence France-Presse"), 0)->what->value ==
        "AFP");
  CHECK_FALSE(french().dates().clocks().empty());
}

TEST_CASE("mistakes in data files name the file, the line and the fault") {
  struct row {
    std::string time;
    std::size_t line;
    std::string part;
  };
  const row rows[] = {
      {"month\tmai\tcinq\n", 1, "'cinq' is no value of class 'month'"},
      {"# fine\n\nmoth\tmai\t5\n", 3, "no class 'moth'"},
      {"month mai 5\n", 1, "found 1 cells"},
      {"month\tmai\t5\t6\n", 1, "found 4 cells"},
      {"month\t\t5\n", 1, "cells"},
      {"period\tan\tQ\n", 1, "'Q' is no value"},
      {"date\t{day\tpoint\n", 1, "a { is not closed"},
      {"date\t{jour}\tpoint\n", 1, "names a slot that does not exist"},
      {"date\tle [{day}\tpoint\n", 1, "a [ is not closed"},
      {"date\tle ]{day}\tpoint\n", 1, "a ] has no ["},
      {"date\t[le]\tpoint\n", 1, "can match nothing"},
      {"date\t<en>\tpoint\n", 1, "can match nothing"},
      {"date\t{day} <en> x\tpoint\n", 1, "behind the start"},
      {"date\tle {day}\tsometimes\n", 1, "'sometimes' is no value"},
      {"date\thier\toffset:eins\n", 1, "is no value"},
      {"date\thier\toffset:99999999999999999999\n", 1, "is no value"},
      {"date\t{weekday}\tweekday:soon\n", 1, "is no value"},
      {"month\t{day}\t5\n", 1, "takes plain phrases"},
      {"date\t[a][b][c][d][e][f][g] z\tpoint\n", 1, "more than 64"},
      {"date\t[[[[[a]]]]] b\tpoint\n", 1, "too deep"},
      {"day_suffix\ter\tx\n", 1, "is no value"},
  };
  for (const auto& r : rows) {
    const auto errors = errors_of(r.time);
    INFO(r.time);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].file == "xx/time.tsv");
    CHECK(errors[0].line == r.line);
    CHECK(errors[0].message.find(r.part) != std::string::npos);
  }
}

TEST_CASE("all mistakes are told at once, and a missing file is one") {
  CHECK(errors_of("month\tmai\tx\nweekday\tlundi\ty\n").size() == 2);
  auto out = lexicon::read("xx", [](std::string_view) { return std::nullopt; });
  const auto* errors = std::get_if<std::vector<lexicon_error>>(&out);
  REQUIRE(errors);
  CHECK(errors->size() == 5);
  CHECK((*errors)[0].line == 0);
}

TEST_CASE("files with CRLF line ends and no last line end read the same") {
  auto out = with_time("month\tmai\t5\r\nmonth\tjuin\t6");
  const auto* words = std::get_if<lexicon>(&out);
  REQUIRE(words);
  CHECK(words->match(word_class::month, tokenize("mai"), 0)->what->number == 5);
  CHECK(words->match(word_class::month, tokenize("juin"), 0)->what->number == 6);
}

TEST_CASE("another language needs data only") {
  auto out = with_time("month\tMay\t5\nmonth\tMarch\t3\nperiod\tday(s)\tD\n"
                       "date\t{month} {day}, {year}\tpoint\ndate\tyesterday\toffset:-1\n"
                       "date\tfrom {month} {day} to {month2} {day2}, {year2}\tinterval\n");
  const auto* words = std::get_if<lexicon>(&out);
  REQUIRE(words);
  const std::string text = "On May 20, 2014, not from March 19 to May 18, 2014, nor yesterday.";
  const auto found = find_dates(whole_passage(text, {0, text.size()}), *words, day_of(2014, 6, 1));
  REQUIRE(found.dates.size() == 3);
  CHECK(found.dates[0].value == "2014-05-20");
  CHECK(found.dates[1].value == "2014-03-19/2014-05-18");
  CHECK(found.dates[2].value == "2014-05-31");
}

TEST_CASE("phrases expand to each of their spellings once") {
  std::string problem;
  const auto spellings = parse_phrase("[le ]{day} {month}[ {year}]", problem);
  REQUIRE(spellings);
  std::set<std::size_t> sizes;
  for (const auto& s : *spellings) sizes.insert(s.size());
  CHECK(spellings->size() == 4);
  CHECK(sizes == std::set<std::size_t>{2, 3, 4});
  CHECK(parse_phrase("serveur(s) hôte(s)", problem)->size() == 4);
}

TEST_CASE("no phrase of the five data files stands twice in its class") {
  namespace fs = std::filesystem;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(VIGIE_SOURCE_DIR) / "plugins/press/data")) {
    const auto name = entry.path().filename();
    const bool engine = name == "time.tsv" || name == "numbers.tsv" || name == "units.tsv" ||
                        name == "page.tsv" || name == "agencies.tsv";
    if (!engine) continue;
    std::ifstream in(entry.path());
    std::map<std::string, std::size_t> seen;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      // Triggers mean several things, and a place has several names: these differ further on.
      const std::string file = entry.path().stem().string();
      const bool longer = file == "places" || file == "names" || file == "triggers";
      const auto second = longer ? line.size() : line.find('\t', line.find('\t') + 1);
      if (line.empty() || line[0] == '#') continue;
      INFO(entry.path().filename().string() << ":" << number << ": " << line);
      CHECK(seen.emplace(line.substr(0, second), number).second);
    }
  }
}

TEST_CASE("a tree of phrases finds the longest, and none that only begins there") {
  phrase_tree tree;
  const auto add = [&](std::string_view phrase, std::uint32_t value) {
    std::uint32_t at = phrase_tree::root;
    for (const auto& t : tokenize(phrase)) at = tree.step_or_add(at, t.fold);
    tree.set(at, value);
  };
  for (std::uint32_t i = 0; i < 500; ++i) add("mot suite" + std::string(i, 'x'), i);
  add("mot", 900);
  add("autre chose encore", 901);
  const auto found = [&](std::string_view text) {
    const auto tokens = tokenize(text);
    return tree.longest(tokens, 0);
  };
  CHECK(found("mot rien")->value == 900);
  CHECK(found("mot suitexxx fin")->value == 3);
  CHECK(found("mot suitexxx fin")->tokens == 2);
  CHECK_FALSE(found("autre chose"));
  CHECK_FALSE(found("suite"));
  CHECK(tree.has("mot"));
  CHECK_FALSE(tree.has("autre"));
}
