// SPDX-License-Identifier: Apache-2.0
// Typed values of parameters: what a table asks for, read from a part of the YAML tree. Called by
// the plan for each step's `with`, and here for `params` and `run`. References (${params.x},
// ${env:X}, ${secret:x}) are replaced on the way. Pure but for the two look-ups the caller gives;
// any thread.
#pragma once

#include "base/params.hpp"
#include "base/redact.hpp"
#include "base/result.hpp"
#include "yaml/node.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

struct scope_param {
  std::string name;
  bool secret = false;
  bool list = false;
  param_value value; // not set: declared, but neither given nor with a default
};

// What references may name, and how places and paths are shown.
struct scope {
  std::string file; // as it shall stand in places
  std::string
      base_dir;  // folder of the pipeline file as the user wrote it; empty: the current folder
  yaml::mark at; // where a missing parameter is reported if there is no `with`
  std::vector<scope_param> params;
  std::function<std::optional<std::string>(std::string_view)> env; // empty: ${env:X} is refused
  // Looks a secret up; its errors get the place of the reference. Empty: ${secret:x} is refused.
  std::function<result<std::string>(std::string_view)> secret;
  redactor* secrets = nullptr; // learns what parameters marked secret are given
  bool plain_secrets = false;  // they may be given without a reference: made-up ones, in tests
};

// One value a row of `table`, in its order; those neither given nor with a default have `set`
// false. A value with a problem has `set` false too and a diagnostic in `out`. `with` may be null
// or a null node: nothing is given. Paths come out relative to the current folder (or absolute, or
// "-"); the empty path stays empty. What a parameter marked secret is given
// (true, false and nothing apart) comes from a reference and has at least redactor::shortest bytes,
// and no diagnostic quotes it or shows its line.
[[nodiscard]] std::vector<param_value> parse_values(const std::vector<param_spec>& table,
                                                    const yaml::node* with, const scope& scope,
                                                    diagnostics& out);

// One value of one row; `set` is false, with diagnostics, where it is refused.
[[nodiscard]] param_value parse_value(const param_spec& spec, const yaml::node& value,
                                      const scope& scope, diagnostics& out);

} // namespace vigie
