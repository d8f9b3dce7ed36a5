// SPDX-License-Identifier: Apache-2.0
// How the news tell events, type by type, and what sounds like it:
// tests/data/press/events_told.*.txt.
#include "catch.hpp"
#include "reading.hpp"

#include <sstream>

using namespace vigie::press;

namespace {

// `{type modality actor>target words}`, wanted or found. `sides` are empty where none are asked
// for.
struct mark {
  std::size_t begin = 0, end = 0;
  std::string head; // type, modality
  std::string sides;
};

struct marked_text {
  std::string text;
  std::vector<mark> marks;
};

const std::vector<std::string_view> modalities{"asserted", "reported", "quoted",   "alleged",
                                               "denied",   "planned",  "possible", "conditional"};

std::string_view next_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const std::string_view out = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return out;
}

mark mark_of(std::string_view& rest) {
  mark out;
  out.head = next_word(rest);
  const auto modality =
      std::ranges::find(modalities, rest.substr(0, std::min(rest.find(' '), rest.size())));
  out.head += " ";
  out.head += modality == modalities.end() ? "asserted" : next_word(rest);
  if (rest.substr(0, rest.find(' ')).find('>') != std::string_view::npos)
    out.sides = next_word(rest);
  return out;
}

marked_text read_marks(std::string_view line) {
  marked_text out;
  for (std::size_t at = 0; at < line.size();) {
    const auto open = std::min(line.find('{', at), line.size());
    out.text += line.substr(at, open - at);
    if (open == line.size()) break;
    const auto close = line.find('}', open);
    REQUIRE(close != std::string_view::npos);
    std::string_view rest = line.substr(open + 1, close - open - 1);
    mark m = mark_of(rest);
    m.begin = out.text.size();
    m.end = m.begin + rest.size();
    out.marks.push_back(std::move(m));
    out.text += rest;
    at = close + 1;
  }
  return out;
}

std::string side(const test::told_text& t, const std::vector<std::int32_t>& list,
                 const std::string& otherwise) {
  std::string out;
  for (const auto e : list)
    out += (out.empty() ? "" : "+") + t.entities[static_cast<std::size_t>(e)].key;
  if (list.empty()) out = otherwise.empty() ? "-" : "'" + otherwise + "'";
  std::ranges::replace(out, ' ', '_');
  return out;
}

std::vector<mark> marks_of(const test::told_text& t, const reading_rules& rules) {
  std::vector<mark> out;
  for (const event& e : t.events)
    out.push_back({e.begin, e.end, rules.types[e.type].name + " " + std::string(e.modality),
                   side(t, e.actors, e.actor_text) + ">" + side(t, e.targets, e.target_text)});
  return out;
}

bool same(const mark& wanted, const mark& found) {
  return wanted.head == found.head && wanted.begin < found.end && found.begin < wanted.end &&
         (wanted.sides.empty() || wanted.sides == found.sides);
}

bool same(const std::vector<mark>& wanted, const std::vector<mark>& found) {
  return std::ranges::equal(wanted, found, [](const mark& a, const mark& b) { return same(a, b); });
}

std::string shown(const std::string& text, const std::vector<mark>& marks) {
  std::string out;
  for (const mark& m : marks)
    out += (out.empty() ? "{" : " {") + m.head + " " + m.sides + " " +
           text.substr(m.begin, m.end - m.begin) + "}";
  return out.empty() ? "nothing" : out;
}

// What stands before each line, so that its text is of the field.
std::string opening(std::string_view language) {
  return language == "fr" ? "Droits numériques et cybersécurité.\n"
                          : "Digital rights and cybersecurity.\n";
}

} // namespace

TEST_CASE("news tell events in the ways that their file lists, and in no others") {
  for (const char* language : {"en", "fr"}) {
    std::istringstream in(
        test::read_file(std::filesystem::path(VIGIE_SOURCE_DIR) / "tests/data/press" /
                        ("events_told." + std::string(language) + ".txt")));
    std::size_t lines = 0;
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line.starts_with('#')) continue;
      ++lines;
      const bool silent = line.find('{') == std::string::npos;
      const marked_text wanted = read_marks(silent ? line : opening(language) + line);
      const auto read = test::read_lines(wanted.text, language);
      const auto found = marks_of(read, test::rules_of(language));
      const bool right = same(wanted.marks, found);
      CHECK(line + "\n  " + (right ? "right" : shown(wanted.text, found)) == line + "\n  right");
    }
    CHECK(lines >= 200);
  }
}
