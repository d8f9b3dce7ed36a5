// SPDX-License-Identifier: Apache-2.0
// A run folder made by hand, with all files its manifest names, for tests of what looks at runs.
#pragma once

#include "io/scratch.hpp"
#include "runs/folder.hpp"
#include "runs/journal.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tests {

inline vigie::io::sha256_value sha_of(const std::string& bytes) {
  const auto v = vigie::io::sha256(bytes);
  if (!v) throw std::runtime_error("no SHA-256");
  return *v;
}
inline std::string hex_of(const std::string& bytes) { return vigie::io::to_hex(sha_of(bytes)); }

// An input whose splits have these lengths; the last one takes the rest.
inline vigie::runs::manifest_input input_of(const std::string& path, const std::string& bytes,
                                            const std::vector<std::size_t>& lengths = {}) {
  vigie::runs::manifest_input i;
  i.step = "read";
  i.name = path.substr(path.rfind('/') + 1);
  i.path = path;
  i.size = bytes.size();
  i.encoding = "utf-8";
  std::size_t at = 0;
  const auto add = [&](std::size_t length) {
    i.splits.push_back({at, length, sha_of(bytes.substr(at, length))});
    at += length;
  };
  for (const std::size_t length : lengths) add(length);
  add(bytes.size() - at);
  i.sha256 = *vigie::io::root_digest(i.splits);
  return i;
}

inline vigie::runs::manifest_output output_of(const std::string& file, const std::string& bytes,
                                              std::int64_t rows = 1) {
  return {
      .step = "write", .file = file, .rows = rows, .bytes = bytes.size(), .sha256 = hex_of(bytes)};
}

// A manifest without files but for the pipeline's.
inline vigie::runs::manifest bare_manifest(const std::string& folder) {
  vigie::runs::manifest m;
  m.vigie = "0.1.0";
  m.started = "2001-02-03T04:05:06Z";
  m.host = "node";
  m.pipeline_name = "sample";
  m.pipeline_file = "p.yaml";
  m.pipeline_source = "vigie: 1\nname: sample\n";
  m.pipeline_sha256 = hex_of(m.pipeline_source);
  m.called.folder = folder;
  m.split_bytes = 16;
  return m;
}

inline std::string text_of(std::size_t bytes, unsigned seed) {
  std::mt19937 random(seed);
  std::string out;
  while (out.size() < bytes) out += static_cast<char>('a' + random() % 26);
  return out;
}

// Puts the pipeline and the manifest of a run that is over.
inline void put_manifest(const scratch& s, const std::string& out, const vigie::runs::manifest& m) {
  s.put("p.yaml", m.pipeline_source);
  s.put(out + "/.vigie/manifest.json", manifest_text(m));
}

// A finished run with outputs of these names and bytes.
inline vigie::runs::folder
put_run(const scratch& s, const std::string& out,
        const std::vector<std::pair<std::string, std::string>>& outputs) {
  vigie::runs::manifest m = bare_manifest(s.path());
  for (const auto& [file, bytes] : outputs) {
    s.put(out + "/" + file, bytes);
    m.outputs.push_back(output_of(file, bytes, std::count(bytes.begin(), bytes.end(), '\n')));
  }
  put_manifest(s, out, m);
  return {s.path(out)};
}

// A journal with the head of a run and then these records.
inline void put_journal(const scratch& s, const std::string& out, const vigie::runs::manifest& m,
                        const std::vector<std::string>& records) {
  vigie::json_writer w(0);
  w.begin_object().field("vigie_journal", 1).key("run");
  write(w, m);
  w.end_object();
  auto j = vigie::runs::journal::create(s.path(out) + "/.vigie/journal", w.text());
  if (!j) throw std::runtime_error(vigie::render(j.error()));
  for (const std::string& r : records)
    if (!j->append(r)) throw std::runtime_error("no journal");
}

} // namespace tests
