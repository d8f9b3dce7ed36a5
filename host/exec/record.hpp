// SPDX-License-Identifier: Apache-2.0
// What a run writes down about itself in OUT/.vigie: the manifest (what was computed from what) and
// report.json (how it went). Clocks, hosts and paths stand only here, never in outputs. Cells never
// do. Pure functions.
#pragma once

#include "run.hpp"

namespace vigie::exec {

// The manifest as far as it is known: inputs as listed, with digests and outputs once there are
// any; `read_before` are files that tasks of the run that is continued had read.
[[nodiscard]] result<runs::manifest>
describe(const plan::plan& p, const run_options& options, const run_result& result,
         const std::vector<runs::manifest_resource>& read_before, std::string started);

// Data files that components have read by now, and those in `before` that they have not.
[[nodiscard]] std::vector<runs::manifest_resource>
resources_of(const plan::plan& p, const std::vector<runs::manifest_resource>& before);

[[nodiscard]] std::string manifest_json(const runs::manifest& m);
[[nodiscard]] std::string report_json(const plan::plan& p, const run_options& options,
                                      const run_result& result, const std::string& started);

} // namespace vigie::exec
