// SPDX-License-Identifier: Apache-2.0
// Which lines of the language data the ablation shows, and as what.
#include "ablation.hpp"
#include "catch.hpp"

using namespace vigie::press::eval;

TEST_CASE("lines of gazetteers are facts, others patterns, phrases or words by their entry alone") {
  CHECK(kind_of("fr/places.tsv", "city\tRU\tSaint-Pétersbourg;Saint Pétersbourg") == "fact");
  CHECK(kind_of("common/names.tsv", "org\taccess_now\tAccess Now\t\tngo") == "fact");
  CHECK(kind_of("en/agencies.tsv", "agency\tThe Press Trust\tPTI") == "fact");
  CHECK(kind_of("en/roles.tsv", "given\tAnna;Mary Ann") == "fact");
  CHECK(kind_of("en/roles.tsv", "role\thead of security\tdirector") == "phrase");
  CHECK(kind_of("en/units.tsv", "unit\tdevice(s)\thosts") == "word");
  CHECK(kind_of("en/triggers.tsv", "verb\taccus+e\taccusation") == "word");
  CHECK(kind_of("en/triggers.tsv", "verb\tblock\tblock\twith=app as=planned") == "word");
  CHECK(kind_of("fr/triggers.tsv", "noun\tblocage(s);mise hors ligne\tblock") == "phrase");
  CHECK(kind_of("fr/time.tsv", "date\tvoici {n} {period}\tago") == "pattern");
  CHECK(kind_of("fr/time.tsv", "date\tdepuis longtemps\tvague:PX") == "phrase");
}

TEST_CASE("the table of the ablation has phrases first and leaves out what pages held back need") {
  const auto line = [](const char* text, const char* kind, std::vector<std::string> pages,
                       bool unseen) {
    return needed_line{"fr/page.tsv", 7, text, kind, std::move(pages), unseen, 0};
  };
  const auto table =
      ablation_table({line("line\tmenu\tnav", "word", {"a.txt"}, false),
                      line("line\tau nom du port\tnav", "phrase", {"b.txt"}, false),
                      line("line\thorizon\tnav", "word", {"new.txt"}, true),
                      line("line\tcontact\tnav", "word", {"a.txt", "b.txt"}, false)});
  const auto phrase = table.find("au nom du port");
  const auto word = table.find("line menu nav");
  REQUIRE(phrase != std::string::npos);
  REQUIRE(word != std::string::npos);
  CHECK(phrase < word);
  CHECK(table.find("horizon") == std::string::npos);
  CHECK(table.find("contact") == std::string::npos);
  CHECK(table.find("phrase 1, pattern 0, word 1, fact 0") != std::string::npos);
  CHECK(table.find("held back from those: 1.") != std::string::npos);
  CHECK(table.find("By more than one page: 1.") != std::string::npos);
}

TEST_CASE("lines that one page needs are too many, facts and what a page held back needs are not") {
  const auto line = [](const char* kind, std::vector<std::string> pages, bool unseen) {
    return needed_line{"fr/page.tsv", 7, "line", kind, std::move(pages), unseen, 0};
  };
  CHECK(made_for_one_page({line("word", {"a.txt"}, false), line("phrase", {"a.txt"}, false),
                           line("pattern", {"b.txt"}, false)}) == 3);
  CHECK(made_for_one_page({line("fact", {"a.txt"}, false), line("word", {"n.txt"}, true),
                           line("word", {"a.txt", "b.txt"}, false)}) == 0);
}

TEST_CASE("what a line changes on its page is told where that is asked for") {
  needed_line one{"fr/page.tsv", 7, "line\tmenu\tnav", "word", {"a.txt"}, false, 1};
  one.differs = {"+ segment wrong 'Menu' nav, found body"};
  CHECK(ablation_table({one}).find("found body") == std::string::npos);
  CHECK(ablation_table({one}, true).find("fr/page.tsv:7 a.txt\n  + segment wrong 'Menu'") !=
        std::string::npos);
  CHECK(ablation_table({one}).find("a.txt (better without)") != std::string::npos);
}

TEST_CASE(
    "a line counts as made for one page where exactly one page needs it that was not held back") {
  const auto line = [](const char* text, std::vector<std::string> pages, bool unseen) {
    return needed_line{"fr/page.tsv", 7, text, "phrase", std::move(pages), unseen, 0};
  };
  const auto once = of_one_page({line("one", {"a.txt"}, false), line("new", {"n.txt"}, true),
                                 line("two", {"a.txt", "b.txt"}, false),
                                 line("old_and_new", {"a.txt", "n.txt"}, false)});
  REQUIRE(once.size() == 1);
  CHECK(once[0].text == "one");
}
