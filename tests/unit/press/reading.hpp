// SPDX-License-Identifier: Apache-2.0
// The rules of a language and short ways to entities and events, for the tests of the press family.
#pragma once

#include "french.hpp"
#include "text/events/events.hpp"

namespace vigie::press::test {

inline std::variant<reading_rules, std::vector<lexicon_error>>
rules_from(std::string_view language, const std::map<std::string, std::string>& instead = {}) {
  std::map<std::string, std::string, std::less<>> files;
  return reading_rules::read(
      language, [&](std::string_view name) -> std::optional<std::string_view> {
        auto& bytes = files[std::string(name)];
        const auto other = instead.find(std::string(name));
        bytes =
            other != instead.end()
                ? other->second
                : read_file(std::filesystem::path(VIGIE_SOURCE_DIR) / "plugins/press/data" / name);
        return bytes.empty() ? std::nullopt : std::optional<std::string_view>(bytes);
      });
}

inline std::string problems(const std::variant<reading_rules, std::vector<lexicon_error>>& read) {
  std::string out;
  if (const auto* wrong = std::get_if<std::vector<lexicon_error>>(&read))
    for (const lexicon_error& e : *wrong)
      out += e.file + ":" + std::to_string(e.line) + ": " + e.message + "\n";
  return out;
}

inline const reading_rules& rules_of(std::string_view language) {
  static std::map<std::string, reading_rules, std::less<>> all;
  const auto at = all.find(language);
  if (at != all.end()) return at->second;
  return all.emplace(language, std::get<reading_rules>(rules_from(language))).first->second;
}

// A line a sentence; a line that begins with "= " is a title.
struct told_text {
  std::string body;
  std::vector<body_sentence> sentences;
  std::vector<entity> entities;
  std::vector<event> events;
};

inline told_text read_lines(std::string text, std::string_view language) {
  told_text out{std::move(text), {}, {}, {}};
  for (std::size_t begin = 0; begin < out.body.size();) {
    const std::size_t end = std::min(out.body.find('\n', begin), out.body.size());
    const bool title = std::string_view(out.body).substr(begin).starts_with("= ");
    out.sentences.push_back({static_cast<std::uint32_t>(begin + (title ? 2 : 0)),
                             static_cast<std::uint32_t>(end), title});
    begin = end + 1;
  }
  const reading_rules& rules = rules_of(language);
  out.entities = find_entities(out.body, out.sentences, rules);
  out.events = find_events(out.body, out.sentences, out.entities, {}, {}, rules);
  return out;
}

} // namespace vigie::press::test
