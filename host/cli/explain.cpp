// SPDX-License-Identifier: Apache-2.0
// vigie explain: the table of codes, in words.
#include "base/json.hpp"
#include "session.hpp"

#include <fmt/format.h>

namespace vigie::cli {

int explain_command(const arguments& a) {
  if (a.words.empty()) {
    for (const code_entry& c : all_codes()) fmt::print("{}  {}\n", c.name, c.title);
    return done;
  }
  const auto entry = find_code(a.words.front());
  if (!entry) {
    print({fail(code::unknown_code, fmt::format("there is no code '{}'", a.words.front()))
               .help("`vigie explain` lists them all")},
          a.has("json"));
    return refused;
  }
  if (a.has("json")) {
    json_writer w;
    w.begin_object()
        .field("code", entry->name)
        .field("title", entry->title)
        .field("text", entry->text)
        .end_object();
    fmt::print("{}\n", w.text());
    return done;
  }
  fmt::print("{}: {}\n\n{}\n", entry->name, entry->title, entry->text);
  return done;
}

} // namespace vigie::cli
