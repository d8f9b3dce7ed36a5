// SPDX-License-Identifier: Apache-2.0
// What the references of a pipeline's values may name, and where messages about them point. Filled
// by whoever reads values, for each part of a pipeline anew. Values only.
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

} // namespace vigie
