// SPDX-License-Identifier: Apache-2.0
// Sentences of our own with the entities and events expected of them: tests/data/press/told.*.txt.
#include "catch.hpp"
#include "reading.hpp"

#include <cstdio>
#include <sstream>

using namespace vigie::press;

namespace {

std::string names(const test::told_text& t, const std::vector<std::int32_t>& list,
                  const std::string& otherwise) {
  std::string out;
  for (const auto e : list)
    out += (out.empty() ? "" : " + ") + t.entities[static_cast<std::size_t>(e)].key;
  return !out.empty() ? out : otherwise.empty() ? "-" : "'" + otherwise + "'";
}

// As the data files write it.
std::string rendered(const test::told_text& t, const reading_rules& rules) {
  std::string out;
  for (const entity& e : t.entities) {
    out += "  " + std::string(name_of(e.type)) + " " + e.key;
    if (!e.iso.empty() && e.iso != e.key) out += " " + e.iso;
    if (!e.role.empty()) out += " (" + e.role + ")";
    for (const entity_mention& m : e.mentions)
      if (m.metonym) out += " acts";
    if (e.mentions.size() > 1) out += " x" + std::to_string(e.mentions.size());
    out += "\n";
  }
  for (const event& e : t.events) {
    out += "  > " + rules.types[e.type].name + " " + std::string(e.modality) + ": " +
           names(t, e.actors, e.actor_text) + " -> " + names(t, e.targets, e.target_text);
    if (!e.places.empty()) out += " @ " + names(t, e.places, "");
    if (e.attributed_to) out += " by " + names(t, {*e.attributed_to}, "");
    out += "\n";
  }
  return out;
}

struct told_case {
  std::string text, expected;
};

std::vector<told_case> cases_of(const std::string& file) {
  std::vector<told_case> out;
  std::istringstream in(test::read_file(std::filesystem::path(VIGIE_SOURCE_DIR) / file));
  bool text = false;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) {
      text = false;
      continue;
    }
    if (line.starts_with("  ")) {
      out.back().expected += line + "\n";
      text = false;
    } else if (text) {
      out.back().text += "\n" + line;
    } else {
      out.push_back({line, ""});
      text = true;
    }
  }
  return out;
}

} // namespace

TEST_CASE("sentences give the entities and events that their file says") {
  for (const char* language : {"fr", "en"}) {
    const auto cases = cases_of(std::string("tests/data/press/told.") + language + ".txt");
    CHECK(cases.size() >= 30);
    for (const told_case& c : cases) {
      const std::string found =
          rendered(test::read_lines(c.text, language), test::rules_of(language));
      INFO(c.text);
      CHECK(found == c.expected);
      if (std::getenv("VIGIE_TOLD_WRITE") != nullptr)
        std::printf("%s\n%s\n", c.text.c_str(), found.c_str());
    }
  }
}
