// SPDX-License-Identifier: Apache-2.0
// The references of a scalar: ${params.x}, ${env:X}, ${secret:x}. Used where values are read
// (values.cpp). Pure but for the two look-ups of the scope, which learns secrets; any thread.
#pragma once

#include "report.hpp"
#include "scope.hpp"

namespace vigie {

// What became of the references of one scalar.
struct expanded {
  bool good = true;
  bool any = false;      // held a reference
  bool resolved = false; // opens with a path that is already relative to the current folder
  const scope_param* whole = nullptr; // the scalar was this one parameter
  std::string text;
};

// The scalar's text with its references replaced. What is wrong goes to `report`, at its place, and
// `good` is false.
[[nodiscard]] expanded expand_references(const param_spec& spec, const yaml::node& n,
                                         const scope& scope, reporter& report);

// A parameter's name as messages have it.
[[nodiscard]] std::string label(const param_spec& spec);

} // namespace vigie
