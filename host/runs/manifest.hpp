// SPDX-License-Identifier: Apache-2.0
// What a run was made of and what it made, as data: OUT/.vigie/manifest.json, and the first record
// of a journal. Written by exec; read by resume, verify, trace, diff, --since and merge. Secrets
// stand in it as "***", cells never. Plain values; pure functions.
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"
#include "io/sha256.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::runs {

struct named_value {
  std::string name;
  std::string json; // of the value: "3", "\"a\"", "[\"a\", \"b\"]", "null"; secrets: "\"***\""
  friend bool operator==(const named_value&, const named_value&) = default;
};

// How the program was called, as far as it decides what comes out. Secret values are left out.
struct invocation {
  std::string folder;                   // working folder, absolute: relative paths start there
  std::vector<std::string> set;         // NAME=VALUE of --set
  std::vector<std::string> plugin_dirs; // --plugin-dir
  friend bool operator==(const invocation&, const invocation&) = default;
};

struct manifest_step {
  std::string name, use;
  std::string plugin, version;     // id and version of the plugin
  std::vector<std::string> from;   // "step" or "step.errors", by port, in order
  std::vector<named_value> params; // the component's, in the order of its table, defaults too
  friend bool operator==(const manifest_step&, const manifest_step&) = default;
};

struct manifest_plugin {
  std::string id, version, sha256, path;
  bool installed = false;
  friend bool operator==(const manifest_plugin&, const manifest_plugin&) = default;
};

struct manifest_resource {
  std::string step, name, path;
  std::uint64_t size = 0;
  std::string sha256;
  friend bool operator==(const manifest_resource&, const manifest_resource&) = default;
};

struct manifest_input {
  std::string step, name, path;
  std::uint64_t size = 0; // bytes as stored
  bool standard_input = false;
  std::string encoding;
  std::uint64_t replaced = 0;             // ill-formed characters that became U+FFFD
  std::vector<io::split_digest> splits;   // by offset; empty: digests were off
  std::optional<io::sha256_value> sha256; // over the digests of the splits
  friend bool operator==(const manifest_input&, const manifest_input&) = default;
};

struct manifest_output {
  std::string step, file; // relative to OUT
  std::int64_t rows = 0;
  std::uint64_t bytes = 0;
  std::string sha256; // empty: the writer makes no file
  friend bool operator==(const manifest_output&, const manifest_output&) = default;
};

struct manifest {
  std::string vigie;   // version of the program
  std::string started; // RFC 3339, UTC
  std::string host;    // node name
  std::string pipeline_name, pipeline_file, pipeline_sha256, pipeline_source;
  invocation called;
  std::vector<named_value> params; // of the pipeline
  std::uint64_t split_bytes = 0;
  bool digests = true;
  bool sensitive_shown = false;               // --show-sensitive was used
  std::optional<std::uint64_t> shard, shards; // --shard I/N: 1 <= I <= N
  std::string since; // --since: "" or the run folder whose inputs were left out
  std::vector<manifest_step> steps;
  std::vector<manifest_plugin> plugins;
  std::vector<manifest_resource> resources;
  std::vector<manifest_input> inputs;
  std::vector<manifest_output> outputs; // empty in the first record of a journal
  friend bool operator==(const manifest&, const manifest&) = default;
};

// As one JSON object, appended to what `w` holds open (a file, or a field of a journal record).
// Texts that are no UTF-8, as paths may be, become {"hex": "636166e9"}, so that they come back.
void write(json_writer& w, const manifest& m);

// What manifest.json holds: the object and a newline.
[[nodiscard]] std::string manifest_text(const manifest& m);

// The reverse of write; values of parameters come back in their canonical form. Unknown fields are
// ignored, so that later versions may add some. Refused are fields that are missing or of another
// type, digests that are no 64 hexadecimal digits, splits that leave gaps, overlap or do not add up
// to the size, output files that are not below OUT or are named twice, a shard out of range.
// `shown` is how messages call it. Error: run_manifest_damaged, with the path of the field.
[[nodiscard]] result<manifest> read_manifest(std::string_view json, const std::string& shown);

inline constexpr std::uint64_t most_manifest_bytes = std::uint64_t{1} << 30U;
// The manifest of a file, and the SHA-256 of its bytes, which others may quote. Errors: those of
// read_manifest and of io::read_small_file, digest_failed.
struct stored_manifest {
  manifest of;
  io::sha256_value sha256{};
};
[[nodiscard]] result<stored_manifest> load_manifest(const std::string& path);

} // namespace vigie::runs
