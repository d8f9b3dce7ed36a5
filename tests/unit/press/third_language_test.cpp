// SPDX-License-Identifier: Apache-2.0
// The walk-through of docs/extend/language.md: its tables are a language.
#include "catch.hpp"
#include "french.hpp"

using namespace vigie::press;

namespace {

// The blocks "```tsv NAME" of the page, by name.
std::map<std::string, std::string, std::less<>> tables_of_page() {
  const auto page =
      test::read_file(std::filesystem::path(VIGIE_SOURCE_DIR) / "docs/extend/language.md");
  std::map<std::string, std::string, std::less<>> out;
  const std::string opening = "```tsv ";
  for (auto at = page.find(opening); at != std::string::npos; at = page.find(opening, at)) {
    const auto line = page.find('\n', at);
    const auto end = page.find("```", line);
    out[page.substr(at + opening.size(), line - at - opening.size())] =
        page.substr(line + 1, end - line - 1);
    at = end;
  }
  return out;
}

const lexicon& italian() {
  static const auto tables = tables_of_page();
  static const lexicon words = [] {
    auto read = lexicon::read("it", [](std::string_view name) -> std::optional<std::string_view> {
      const auto at = tables.find(name);
      return at == tables.end() ? std::nullopt : std::optional<std::string_view>(at->second);
    });
    if (auto* errors = std::get_if<std::vector<lexicon_error>>(&read))
      FAIL(errors->front().file << ":" << errors->front().line << ": " << errors->front().message);
    return std::get<lexicon>(std::move(read));
  }();
  return words;
}

} // namespace

TEST_CASE("the tables of the walk-through read what the page says") {
  const std::string page =
      "Vai al contenuto\n\nSequestrati i server di Kerlo\n\nPubblicato il 20 maggio 2014\n\n"
      "Sabato scorso la polizia ha preso più di 2.077 server nel porto di Kerlo, dice ANSA.\n\n"
      "Due persone sono state viste dal 3 maggio al 5 giugno 2013, e 1,5 milioni di messaggi sono "
      "spariti tre giorni fa.\n\nIscriviti alla newsletter del porto\n";
  const auto a = read_article(page, italian());
  REQUIRE(a.published);
  CHECK(iso_day(a.published->day) == "2014-05-20");
  const auto told = test::statements_of(page, italian());
  REQUIRE(told.size() == 2);
  CHECK(told[0].dates[0].value == "2014-05-17");
  REQUIRE(told[0].figures.size() == 1);
  CHECK(told[0].figures[0].value == decimal{2077, 0});
  CHECK(told[0].figures[0].bound == figure_bound::lower);
  CHECK(told[0].figures[0].unit_key == "servers");
  REQUIRE(told[1].dates.size() == 2);
  CHECK(told[1].dates[0].value == "2013-05-03/2013-06-05");
  CHECK(told[1].dates[1].value == "2014-05-17");
  REQUIRE(told[1].figures.size() == 2);
  CHECK(told[1].figures[1].value == decimal{1500000, 0});
}
