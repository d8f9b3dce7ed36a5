// SPDX-License-Identifier: Apache-2.0
// A small pipeline over JSON lines whose parts a test chooses, and lines to feed it.
#pragma once

#include "child.hpp"

#include <string>

namespace tests {

struct lines_pipeline {
  std::string files = "in.jsonl";
  std::string reader = {};    // more parameters of the reader, such as ", encoding: auto"
  std::string on_error = {};  // such as "{do: drop}"
  bool writes_errors = false; // a writer of lines.errors
  std::string more = {};      // steps between reader and writers

  [[nodiscard]] std::string text() const {
    std::string out = "vigie: 1\nname: lines\nsteps:\n  - name: lines\n    use: core.read_jsonl\n  "
                      "  with: {files: \"" +
                      files + "\"" + reader +
                      ", columns: [{name: id, type: int, required: true}, {name: text}]}\n";
    if (!on_error.empty()) out += "    on_error: " + on_error + "\n";
    out += more + "  - use: core.write_jsonl\n    with: {file: all.jsonl}\n";
    if (writes_errors)
      out += "  - name: bad\n    use: core.write_jsonl\n    from: lines.errors\n    with: {file: "
             "bad.jsonl}\n";
    return out;
  }
};

inline std::string good_line(int id) {
  return "{\"id\": " + std::to_string(id) + ", \"text\": \"row " + std::to_string(id) + "\"}\n";
}

inline std::string good_lines(int from, int to) {
  std::string out;
  for (int i = from; i < to; ++i) out += good_line(i);
  return out;
}

// Runs it into out/ and gives what happened.
inline ended run_lines(const workplace& at, const lines_pipeline& p,
                       std::vector<std::string> more = {}, child_options options = {}) {
  at.put("p.yaml", p.text());
  std::vector<std::string> words{"run", "p.yaml", "--out", "out", "--quiet"};
  words.insert(words.end(), more.begin(), more.end());
  return vigie(at, words, std::move(options));
}

// Nothing of a run is left: no output, no temporary file, no folder.
inline bool nothing_left(const workplace& at) { return !at.has("out"); }

} // namespace tests
