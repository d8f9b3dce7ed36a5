// SPDX-License-Identifier: Apache-2.0
// What a run writes down about itself in OUT/.vigie: manifest.json (what was computed from what)
// and report.json (how it went). Clocks, hosts and paths stand only here, never in outputs. Cells
// never do. Pure functions.
#pragma once

#include "run.hpp"

namespace vigie::exec {

struct record_context {
  const plan::plan& plan;
  const run_options& options;
  const run_result& result;
  std::string started; // RFC 3339, UTC
};

[[nodiscard]] result<std::string> manifest_json(const record_context& c);
[[nodiscard]] std::string report_json(const record_context& c);

} // namespace vigie::exec
