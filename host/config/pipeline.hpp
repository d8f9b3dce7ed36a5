// SPDX-License-Identifier: Apache-2.0
// A pipeline file as a checked document: everything that can be judged without knowing a component.
// Called by every command that takes a pipeline; the plan binds components to it. What needs tables
// of components (parameters, which step is a sink) is left as tree and place. Plain values, no
// thread rules. No file is opened here.
#pragma once

#include "base/params.hpp"
#include "base/result.hpp"
#include "values.hpp"
#include "yaml/node.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

struct pipeline_param {
  param_spec spec;                  // `def` is the default as written, for help
  yaml::mark at;                    // of the name
  std::optional<yaml::node> def;    // the default, with its references
  std::optional<param_value> given; // by --set
};

enum class digest_mode : std::uint8_t { splits, none };

struct run_settings {
  std::optional<std::int64_t> memory;  // bytes, at least 1 MiB
  std::optional<std::int64_t> threads; // 1 to 1024
  digest_mode digest = digest_mode::splits;
  yaml::mark at;
};

struct step_ref {
  std::string step;
  bool errors = false;   // the step's error port
  std::string port;      // input port it feeds; empty: the only one
  std::size_t index = 0; // of `step` in pipeline::steps
  yaml::mark at;
};

enum class from_kind : std::uint8_t {
  implicit, // no `from`: the nearest step above that is no sink; resolved by the plan
  steps,    // one step, or a union of several in this order
  ports,    // each reference feeds the port it names
};

enum class error_action : std::uint8_t { stop, route, drop };

struct on_error {
  error_action action = error_action::stop;
  std::optional<std::int64_t> at_most;   // rows
  std::optional<double> at_most_percent; // 0 to 100
  bool keep_row = false;
  yaml::mark at;
};

struct step {
  std::string name;   // unique in the pipeline
  bool named = false; // `name` is written out
  std::string use;    // family.component
  yaml::mark at;      // of the step
  yaml::mark name_at; // of the name, or of `use` where it was taken from there
  yaml::mark use_at;
  yaml::node with; // a mapping, or null: nothing given
  from_kind from = from_kind::implicit;
  std::vector<step_ref> inputs;
  vigie::on_error errors;
};

struct pipeline_test {
  std::string name;
  yaml::mark at;
  yaml::node body; // mapping of name, given, expect, error, property, set
};

struct pipeline {
  std::string file;   // as the user wrote it; shown in places
  std::string source; // the bytes, for excerpts
  std::string name;
  std::string about;
  std::vector<pipeline_param> params; // always holds `out`
  run_settings run;
  std::vector<step> steps;
  std::vector<pipeline_test> tests;
};

struct loaded {
  std::optional<pipeline> doc; // only where there is no error; warnings may stand beside it
  diagnostics problems;        // in the order of the file, with excerpts
};

// Reads and checks a document. Never throws.
[[nodiscard]] loaded load_pipeline(std::string_view bytes, std::string file);

// Takes "NAME=VALUE" of --set; VALUE is read by the declared type, a list as [a, b]. Paths are
// relative to the current folder, references are not replaced. A later call for the same name wins.
// False, with diagnostics, where refused.
bool set_param(pipeline& p, std::string_view assignment, diagnostics& out);

// The scope for the `with` of all steps: `base` (look-ups) with file, folder and the values of all
// parameters in the order declared. A default may refer to parameters above it.
[[nodiscard]] scope bind_params(const pipeline& p, scope base, diagnostics& out);

} // namespace vigie
