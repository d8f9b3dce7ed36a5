// SPDX-License-Identifier: Apache-2.0
// What a plugin says of itself, as plain values: read from its descriptors (in the process that
// loaded it) or from the JSON of its manifest, the inspecting child or the cache. Nothing here
// loads a library. Values; any thread.
#pragma once

#include "base/params.hpp"
#include "base/result.hpp"

#include <vigie/abi.h>

#include <string>
#include <string_view>
#include <vector>

namespace vigie::loader {

enum class component_kind : std::uint8_t {
  decode = VIGIE_DECODE,
  encode,
  transform,
  arrange,
  aggregate,
  source,
  sink
};

[[nodiscard]] std::string_view name_of(component_kind k);
[[nodiscard]] inline bool is_reader(component_kind k) {
  return k == component_kind::decode || k == component_kind::source;
}
[[nodiscard]] inline bool is_writer(component_kind k) {
  return k == component_kind::encode || k == component_kind::sink;
}

enum class parallelism : std::uint8_t { stateless = VIGIE_STATELESS, ordered, partitioned, single };
[[nodiscard]] std::string_view name_of(parallelism p);

struct component_info {
  std::string name;
  component_kind kind = component_kind::transform;
  loader::parallelism parallelism = loader::parallelism::stateless;
  bool deterministic = false, reads_files = false, writes_files = false, network = false;
  bool fills = false; // VIGIE_F_FILLS
  std::string summary, doc;
  std::vector<param_spec> params;
  std::vector<std::string> ports; // names of the input ports; empty: one without a name
};

struct plugin_info {
  std::string id, version, summary, license, homepage;
  std::uint16_t abi_major = 0, abi_minor = 0;
  std::vector<component_info> components;
};

// Reads and judges a plugin's descriptors: names, kinds, parameter types, sizes of structs.
// `file_id` is the name of its file without .so, which must be its id. Errors: plugin_wrong_abi,
// plugin_bad_description.
[[nodiscard]] result<plugin_info> describe(const vigie_plugin* p, const std::string& file_id);

// One JSON object; `sha256` of the library goes with it.
[[nodiscard]] std::string to_json(const plugin_info& p, std::string_view sha256);

struct stored_description {
  plugin_info plugin;
  std::string sha256;
};
// Errors: plugin_bad_description.
[[nodiscard]] result<stored_description> from_json(std::string_view json);

} // namespace vigie::loader
