// SPDX-License-Identifier: Apache-2.0
// Small pipelines whose runs are made to die, each of another make, with inputs of several units of
// work, and the option lists that make every settled unit a durable one.
#pragma once

#include "dying.hpp"
#include "lines.hpp"

#include <string>
#include <vector>

namespace tests {

enum class sample { ordered, many, routed, parts, runs };

// ordered: an aggregate, sorts and an encoder of one task; many: plain, gzip, zstd and a sink in a
// folder of their own; routed: lines that are rejected, with their bytes, and rows that are
// dropped; parts: files by size and by the cells of a column; runs: lines so long that they leave
// without being copied once it is their unit's turn.
inline std::string text_of(sample s) {
  const std::string head = "vigie: 1\nname: dying\nsteps:\n  - name: lines\n    use: "
                           "core.read_jsonl\n    with: {files: \"in/*.jsonl\", columns: [{name: "
                           "id, type: int}, {name: text}, {name: group}]}\n";
  switch (s) {
  case sample::ordered:
    return head +
           "  - use: tally.count\n    with: {by: group}\n"
           "  - use: core.sort\n    with: {by: [count desc, group]}\n"
           "  - use: core.write_csv\n    with: {file: counts.csv}\n"
           "  - name: order\n    use: core.sort\n    from: lines\n    with: {by: [id desc]}\n"
           "  - use: core.write_text\n    with: {file: lines.txt}\n";
  case sample::many:
    return head + "  - use: core.write_jsonl\n    with: {file: all.jsonl}\n"
                  "  - use: core.write_csv\n    from: lines\n    with: {file: deep/er/all.csv.gz}\n"
                  "  - name: z\n    use: core.write_jsonl\n    from: lines\n    with: {file: "
                  "deep/all.jsonl.zst}\n"
                  "  - use: core.write_sqlite\n    from: lines\n    with: {file: all.sqlite}\n";
  case sample::routed:
    return head + "    on_error: {do: route, keep: row, at_most: 50}\n"
                  "  - use: core.filter\n    with: {where: \"id % 3 > 0\"}\n"
                  "  - use: core.write_csv\n    with: {file: good.csv}\n"
                  "  - name: bad\n    use: core.write_jsonl\n    from: lines.errors\n    with: "
                  "{file: bad.jsonl}\n"
                  "  - name: few\n    use: core.write_text\n    from: lines.errors\n    with: "
                  "{file: bad.txt}\n";
  case sample::parts:
    return head + "  - use: core.write_jsonl\n    with: {file: \"{group}/part.jsonl\", split_size: "
                  "900B}\n"
                  "  - use: core.write_csv\n    from: lines\n    with: {file: all.csv.gz, "
                  "split_size: 200B}\n"
                  "  - use: core.sort\n    from: lines\n    with: {by: [id desc]}\n"
                  "  - use: core.write_text\n    with: {file: \"by/{group}.txt\"}\n";
  case sample::runs:
    return "vigie: 1\nname: dying\nsteps:\n"
           "  - name: lines\n    use: core.read_csv\n    with: {files: \"in/*.log\", dialect: "
           "zeek, columns: [{name: line}]}\n"
           "  - use: core.write_lines\n    with: {file: all.txt}\n"
           "  - name: z\n    use: core.write_lines\n    from: lines\n    with: {file: "
           "all.txt.gz}\n";
  }
  return {};
}

inline std::string some_lines(int from, int to, bool some_bad) {
  std::string out;
  for (int i = from; i < to; ++i) {
    const std::string n = std::to_string(i);
    out += some_bad && i % 7 == 5
               ? "{\"id\": \"x" + n + "\"}\n"
               : "{\"id\": " + n + ", \"text\": \"row " + n + "\", \"group\": \"g" +
                     std::to_string((i % 5) * (i % 5) % 5) + "\"}\n";
  }
  return out;
}

// A Zeek log, which is one unit of work, with lines of more than 64 KiB and short ones.
inline std::string long_lines(char of) {
  std::string out = "#separator \\x09\n#fields\tline\n#types\tstring\nshort, before\n";
  for (const std::size_t size : {70'000U, 3U, 66'000U}) out += std::string(size, of) + "\n";
  return out + "short, behind\n";
}

// The pipeline as p.yaml and inputs of five units.
inline void put_sample(const workplace& at, sample s) {
  at.put("p.yaml", text_of(s));
  if (s == sample::runs) {
    for (const char of : std::string("abcde"))
      at.put(std::string("in/") + of + ".log", long_lines(of));
    return;
  }
  at.put("in/a.jsonl", some_lines(0, 60, s == sample::routed));
  at.put("in/b.jsonl", some_lines(60, 95, s == sample::routed));
}

// Lists of words, one behind the other.
inline std::vector<std::string> joined(const std::vector<std::vector<std::string>>& lists) {
  std::vector<std::string> out;
  for (const auto& l : lists) out.insert(out.end(), l.begin(), l.end());
  return out;
}

inline const std::vector<std::string> plugin_folders{"--plugin-dir", VIGIE_EXAMPLES};
inline const std::vector<std::string> durable_options{"--quiet", "--checkpoint", "0", "--threads",
                                                      "2"};
inline const std::vector<std::string> run_options =
    joined({plugin_folders, durable_options, {"--split", "900B"}});

// `vigie run p.yaml --out OUT` with durable units.
inline std::vector<std::string> run_words(const std::string& out = "out",
                                          const std::vector<std::string>& more = {}) {
  return joined({{"run", "p.yaml", "--out", out}, run_options, more});
}

// The bytes that a run gives which knows nothing of units and deaths.
inline bytes_by_name reference(const workplace& at) {
  const ended e = vigie(at, joined({{"run", "p.yaml", "--out", "reference", "--quiet", "--threads",
                                     "1", "--checkpoint", "none"},
                                    plugin_folders}));
  if (e.code != 0) throw std::runtime_error("the reference: " + e.err);
  return visible(at, "reference");
}

} // namespace tests
