// SPDX-License-Identifier: Apache-2.0
// What the gazetteers say must hold together, whatever is added to them: codes, keys, names, and
// the same places in both languages.
#include "catch.hpp"
#include "reading.hpp"

#include <set>

using namespace vigie::press;
using namespace vigie::press::test;

namespace {

struct gazetteer_line {
  std::string where; // file:line, for messages
  std::vector<std::string> cells;
};

std::vector<std::string> cut(const std::string& text, char at) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (std::size_t end; (end = text.find(at, from)) != std::string::npos; from = end + 1)
    out.push_back(text.substr(from, end - from));
  out.push_back(text.substr(from));
  return out;
}

std::vector<gazetteer_line> lines_of(const std::string& name) {
  std::vector<gazetteer_line> out;
  const auto path = std::filesystem::path(VIGIE_SOURCE_DIR) / "plugins/press/data" / name;
  std::size_t number = 0;
  for (const std::string& line : cut(read_file(path), '\n')) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    out.push_back({name + ":" + std::to_string(number), cut(line, '\t')});
    out.back().cells.resize(5);
  }
  return out;
}

// The names of a cell as they are compared, without the mark of doubt.
std::vector<std::string> names_of(const std::string& cell) {
  std::vector<std::string> out;
  for (const std::string& n : cut(cell, ';'))
    out.push_back(folded(n.starts_with('?') ? n.substr(1) : n));
  return out;
}

std::set<std::string> countries() {
  std::set<std::string> out;
  for (const gazetteer_line& l : lines_of("en/places.tsv"))
    if (l.cells[0] == "country") out.insert(l.cells[1]);
  return out;
}

// ISO 3166-1, or ISO 3166-2 of such a country.
bool code(const std::string& text, const std::set<std::string>& countries) {
  const auto parts = cut(text, '-');
  if (parts.size() > 2 || !countries.contains(parts[0])) return false;
  return parts.size() == 1 ||
         (!parts[1].empty() && parts[1].size() <= 3 && std::ranges::all_of(parts[1], [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         }));
}

const std::array<std::string, 2> languages{"en", "fr"};
const std::array<std::string, 3> folders{"common", "en", "fr"};

} // namespace

TEST_CASE("both languages know the same places, line by line") {
  const auto en = lines_of("en/places.tsv"), fr = lines_of("fr/places.tsv");
  REQUIRE(en.size() == fr.size());
  for (std::size_t i = 0; i < en.size(); ++i) {
    INFO(en[i].where << " and " << fr[i].where);
    CHECK(en[i].cells[0] == fr[i].cells[0]);
    CHECK(en[i].cells[1] == fr[i].cells[1]);
  }
}

TEST_CASE("every code is one of ISO 3166 for a country that the gazetteer has") {
  const auto known = countries();
  CHECK(known.size() == 250); // ISO 3166-1 has 249; Kosovo goes by XK, which users may assign
  for (const std::string& language : languages)
    for (const gazetteer_line& l : lines_of(language + "/places.tsv")) {
      INFO(l.where);
      const bool none = l.cells[0] == "area" && (l.cells[1].empty() || l.cells[1] == "EU");
      CHECK((none || code(l.cells[1], known)));
      if (l.cells[0] == "country" || l.cells[0] == "capital") CHECK(l.cells[1].size() == 2);
    }
  for (const std::string& folder : folders)
    for (const gazetteer_line& l : lines_of(folder + "/names.tsv")) {
      INFO(l.where);
      CHECK((l.cells[3].empty() || l.cells[3] == "EU" || known.contains(l.cells[3])));
    }
}

TEST_CASE("a country and a region with a code have one line") {
  for (const std::string& language : languages) {
    std::set<std::string> seen;
    for (const gazetteer_line& l : lines_of(language + "/places.tsv")) {
      INFO(l.where);
      const bool coded = l.cells[0] == "region" && l.cells[1].find('-') != std::string::npos;
      if (coded || l.cells[0] == "country") CHECK(seen.insert(l.cells[1]).second);
      for (const std::string& n : names_of(l.cells[2])) CHECK_FALSE(n.empty());
    }
  }
}

// Which of two places in different countries is meant the page tells; in one country nothing would.
TEST_CASE("no name stands for two places of one class in one country") {
  for (const std::string& language : languages) {
    std::map<std::array<std::string, 3>, std::string> seen;
    for (const gazetteer_line& l : lines_of(language + "/places.tsv")) {
      const std::string kind = l.cells[0] == "capital" ? "city" : l.cells[0];
      for (const std::string& n : names_of(l.cells[2])) {
        const auto [at, fresh] =
            seen.emplace(std::array{kind, l.cells[1].substr(0, 2), n}, l.where);
        INFO(l.where << ": '" << n << "' stands in " << at->second);
        CHECK((fresh || at->second == l.where));
      }
    }
  }
}

TEST_CASE("a word for what is of a country belongs to one country, but for the two Congos") {
  for (const std::string& language : languages) {
    std::map<std::string, std::string> of;
    for (const gazetteer_line& l : lines_of(language + "/places.tsv")) {
      if (l.cells[0] != "country" || l.cells[3].empty()) continue;
      for (const std::string& adjective : cut(l.cells[3], ';')) {
        const auto at = of.emplace(adjective, l.cells[1]).first;
        INFO(l.where << ": " << adjective << ", " << at->second);
        CHECK((at->second == l.cells[1] || (at->second == "CD" && l.cells[1] == "CG")));
      }
    }
  }
}

TEST_CASE("a thing has one line in a file of names, and a name means one thing of its type") {
  for (const std::string& folder : folders) {
    std::set<std::array<std::string, 2>> keys;
    std::map<std::array<std::string, 2>, std::string> things;
    for (const gazetteer_line& l : lines_of(folder + "/names.tsv")) {
      INFO(l.where);
      CHECK(keys.insert({l.cells[0], l.cells[1]}).second);
      for (const std::string& n : names_of(l.cells[2])) {
        const auto at = things.emplace(std::array{l.cells[0], n}, l.cells[1]).first;
        INFO("'" << n << "' is " << at->second << ", too");
        CHECK(at->second == l.cells[1]);
      }
    }
  }
}

TEST_CASE("what a language adds to a thing of common/names.tsv has its country and kind") {
  std::map<std::array<std::string, 2>, std::array<std::string, 2>> common;
  for (const gazetteer_line& l : lines_of("common/names.tsv"))
    common[{l.cells[0], l.cells[1]}] = {l.cells[3], l.cells[4]};
  for (const std::string& language : languages)
    for (const gazetteer_line& l : lines_of(language + "/names.tsv")) {
      const auto at = common.find({l.cells[0], l.cells[1]});
      INFO(l.where);
      if (at != common.end()) CHECK(at->second == std::array{l.cells[3], l.cells[4]});
    }
}

TEST_CASE("a region without a code of its own is not its country") {
  const auto keys = [](const std::string& text) {
    std::set<std::string> out;
    for (const entity& e : read_lines(text, "en").entities) out.insert(e.key + " " + e.iso);
    return out;
  };
  CHECK(keys("The net was cut in South Ossetia.\nGeorgia did not comment.") ==
        std::set<std::string>{"GE GE", "GE/south ossetia GE"});
  CHECK(keys("Officials in Catalonia met in Spain.") ==
        std::set<std::string>{"ES ES", "ES-CT ES-CT"});
}

TEST_CASE("words of every day and parts of people's names are no towns, but behind 'in' they are") {
  const auto places = [](const std::string& text, std::string_view language) {
    std::string out;
    for (const entity& e : read_lines(text, language).entities)
      if (e.type == name_type::place) out += e.name + " " + e.iso + ";";
    return out;
  };
  for (const char* text :
       {"Reading the report took an hour.", "Nice weather helped.", "Mobile phones were cut off.",
        "Split tickets cost less.", "Hail fell all night.", "Man bites dog.", "Sake is a drink.",
        "Paris Hilton met Jack London.", "Flint and steel made fire.", "Most users left."})
    CHECK((text + (": " + places(text, "en"))) == std::string(text) + ": ");
  for (const char* text : {"Tours et détours.", "Lens a gagné contre Sens.", "Trente ont voté.",
                           "Salé et sucré, tout plaît.", "Grasse matinée pour tous.",
                           "Vannes ouvertes.", "Bulle financière.", "Fier de lui, il est parti."})
    CHECK((text + (": " + places(text, "fr"))) == std::string(text) + ": ");
  CHECK(places("Police in Nice said so.", "en") == "Nice FR;");
  CHECK(places("The net was cut in Flint.", "en") == "Flint US-MI;");
  CHECK(places("L'accès a été coupé à Salé.", "fr") == "Salé MA-SAL;");
  CHECK(places("Le réseau a été rétabli à Grasse.", "fr") == "Grasse FR-06;");
}
