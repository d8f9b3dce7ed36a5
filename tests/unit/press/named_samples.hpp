// SPDX-License-Identifier: Apache-2.0
// Tables of sentences with the type of a name in them, for the tests of names that no list knows.
#pragma once

#include "catch.hpp"
#include "reading.hpp"

#include <algorithm>

namespace vigie::press::test {

struct named_sample {
  const char* language;
  const char* text;
  const char* name;
  const char* type;
};

// The types of the entities with a mention of just these words, "-" for none.
inline std::string type_of(const char* language, const std::string& text, std::string_view name) {
  const auto t = read_lines(text, language);
  std::string out;
  for (const entity& e : t.entities)
    for (const entity_mention& m : e.mentions)
      if (std::string_view(t.body).substr(m.begin, m.end - m.begin) == name)
        out += (out.empty() ? "" : " ") + std::string(name_of(e.type));
  return out.empty() ? "-" : out;
}

inline void check_types(std::initializer_list<named_sample> samples) {
  for (const named_sample& s : samples) {
    INFO(s.text << " : " << s.name);
    CHECK(type_of(s.language, s.text, s.name) == s.type);
  }
}

// How often the entity of that name is mentioned; 0 where there is none.
inline std::size_t mentions(const char* language, const std::string& text, std::string_view name) {
  const auto t = read_lines(text, language);
  const auto at = std::ranges::find(t.entities, name, &entity::name);
  return at == t.entities.end() ? 0 : at->mentions.size();
}

} // namespace vigie::press::test
