// SPDX-License-Identifier: Apache-2.0
// Which pages the ablation reads for a line of the language data, and that leaving the others out
// changes nothing.
#include "ablation.hpp"
#include "catch.hpp"
#include "line_words.hpp"

#include <algorithm>
#include <filesystem>

namespace fs = std::filesystem;
using namespace vigie::press::eval;

namespace {

const fs::path source = VIGIE_SOURCE_DIR;

bool may_match(const char* file, const char* line, std::string_view page) {
  page_words words;
  words.add(page);
  return words.may_have(words_of_line(file, line));
}

gold_set set_of(std::initializer_list<std::string_view> names) {
  gold_set out;
  for (auto& p : read_marked_folder(source / "tests/data/press/gold")) {
    const bool wanted =
        std::ranges::any_of(names, [&](std::string_view n) { return p.gold.file.starts_with(n); });
    if (wanted) out.pages.push_back({std::move(p.gold), std::move(p.text), {}});
  }
  return out;
}

// Every tenth line, so that all can be tried in a test; and whole what others are built with.
data_files some_lines() {
  auto out = read_data(source / "plugins/press/data");
  for (auto& [name, bytes] : out) {
    if (name.ends_with("/grammar.tsv") || name.ends_with("/event_types.tsv")) continue;
    std::string kept;
    std::size_t number = 0;
    for (std::size_t from = 0; from < bytes.size();) {
      const auto end = std::min(bytes.find('\n', from), bytes.size());
      const auto line = bytes.substr(from, end - from);
      const bool shared = line.find("Telegram") != std::string::npos;
      if (++number % 10 == 0 || shared) kept += line;
      kept += '\n';
      from = end + 1;
    }
    bytes = kept;
  }
  return out;
}

} // namespace

TEST_CASE("a phrase can match where all its words stand, whatever else does") {
  CHECK(may_match("fr/page.tsv", "line\tmentions légales\tnav", "Légales, les MENTIONS ?"));
  CHECK_FALSE(may_match("fr/page.tsv", "line\tmentions légales\tnav", "Des mentions, et légal"));
  CHECK(may_match("fr/heads.tsv", "named\tministère\tministry", "le Ministere"));
  CHECK(may_match("fr/speech.tsv", "told\td'après", "D’après eux"));
  CHECK_FALSE(may_match("en/units.tsv", "unit\tdevice(s)\thosts", "two hosts"));
}

TEST_CASE("endings, optional words, slots and signs need not stand on the page") {
  CHECK(may_match("fr/units.tsv", "unit\tserveur(s)\tservers", "des serveurs"));
  CHECK(may_match("fr/time.tsv", "date\tle {day} {month}[ de l'an {year}]\tpoint", "le 3 mai"));
  CHECK_FALSE(may_match("fr/time.tsv", "date\tvoici {n} {period}\tago", "il y a 3 jours"));
  CHECK(may_match("en/time.tsv", "date\t<in> {month}\tpoint", "in May"));
  CHECK(may_match("en/units.tsv", "unit_before\t$\tdollars", "no sign at all"));
  CHECK(may_match("en/time.tsv", "date\t{day} {month}\tpoint", ""));
}

TEST_CASE("a verb can match where its stem begins a word, with all words around it") {
  CHECK(may_match("fr/triggers.tsv", "verb\tmena+cer\tthreat", "ils menaçaient"));
  CHECK_FALSE(may_match("fr/triggers.tsv", "verb\tmena+cer\tthreat", "ils mènent"));
  CHECK(may_match("fr/triggers.tsv", "verb\t~entre+tenir\tdiplomatic_meeting", "s’entretient"));
  CHECK(may_match("fr/triggers.tsv", "verb\t+mettre hors service\tshutdown", "mis hors-service"));
  CHECK_FALSE(may_match("fr/triggers.tsv", "verb\t+mettre hors service\tshutdown", "mettre hors"));
  CHECK(may_match("en/triggers.tsv", "verb\textend+reg sanctions\tsanction", "it extends the ban"));
}

TEST_CASE("a line matters where it alone makes a word known") {
  page_words page;
  page.add("Formosa Pacific lost the tapes");
  const std::string names = "common/names.tsv";
  const auto line = words_of_line(names, "org\tkest_pacific\tKest Pacific");
  known_words known;
  CHECK(known.in_few(names, line, page));
  known.add(names, line);
  CHECK(known.in_few(names, line, page)); // the only one
  const auto zone = words_of_line("en/time.tsv", "zone\tpacific");
  known.add("en/time.tsv", zone);
  CHECK(known.in_few(names, line, page)); // names are not read with it
  CHECK_FALSE(known.in_few("en/time.tsv", zone, page));
  known.add("en/places.tsv", words_of_line("en/places.tsv", "area\t\tPacific"));
  CHECK_FALSE(known.in_few(names, line, page));
  CHECK_FALSE(known_words().in_few(names, line, page_words()));
}

TEST_CASE("one name or phrase of a list is enough, and keys are none of them") {
  const char* name = "service\ttelegram\tTelegram Desktop;Telegramm\t\tapp";
  CHECK(may_match("common/names.tsv", name, "der Telegramm-Kanal"));
  CHECK_FALSE(may_match("common/names.tsv", name, "a telegram on the app"));
  CHECK(may_match("fr/places.tsv", "country\tTG\tTogo\ttogolais;togolaise", "la loi togolaise"));
  CHECK(may_match("fr/triggers.tsv", "context\tapp\tblog(s);page(s)", "deux blogs"));
  CHECK_FALSE(may_match("fr/triggers.tsv", "context\tapp\tblog(s);page(s)", "the app"));
}

TEST_CASE("what is no word of a page can matter on every page") {
  CHECK(may_match("fr/numbers.tsv", "plural\tx", ""));
  CHECK(may_match("fr/time.tsv", "future_ending\tront\tsure", ""));
  CHECK(may_match("fr/grammar.tsv", "paradigm\tcer\tinf:cer", ""));
  CHECK(may_match("common/event_types.tsv", "type\tblock\tmeasurable", ""));
  CHECK(may_match("fr/unknown.tsv", "class\tphrase", ""));
  CHECK(may_match("fr/triggers.tsv", "context\tfield\tblog(s)", ""));
}

TEST_CASE("reading only the pages that have a line's words lists what reading all of them lists") {
  const std::vector<gold_set> sets{set_of({"fr05", "fr30", "en04", "en36"})};
  REQUIRE(sets[0].pages.size() == 4);
  const auto words = mapping::read(source / "tests/eval/press/mapping.tsv");
  const auto files = some_lines();
  const auto fast = needed_lines(sets, files, words, {.facts = true, .every_page = false});
  const auto slow = needed_lines(sets, files, words, {.facts = true, .every_page = true});
  CHECK(fast.size() >= 5);
  const auto texts = [](const std::vector<needed_line>& lines) {
    std::vector<std::string> out;
    for (const needed_line& l : lines) out.push_back(l.file + ": " + l.text);
    return out;
  };
  REQUIRE(texts(fast) == texts(slow));
  for (std::size_t i = 0; i < fast.size(); ++i) {
    INFO(slow[i].file + ": " + slow[i].text);
    CHECK(fast[i].text == slow[i].text);
    CHECK(fast[i].pages == slow[i].pages);
    CHECK(fast[i].change == slow[i].change);
  }
  const auto shared = std::ranges::count_if(
      fast, [](const auto& n) { return n.file == "common/names.tsv" && n.pages.size() > 1; });
  CHECK(shared == 1);
}

TEST_CASE("lines of gazetteers are tried where that is asked for only") {
  const std::vector<gold_set> sets{set_of({"en04"})};
  const auto words = mapping::read(source / "tests/eval/press/mapping.tsv");
  const auto has_fact = [&](bool facts) {
    const auto lines = needed_lines(sets, some_lines(), words, {.facts = facts});
    return std::ranges::any_of(lines, [](const auto& n) { return n.kind == "fact"; });
  };
  CHECK(has_fact(true));
  CHECK_FALSE(has_fact(false));
}
