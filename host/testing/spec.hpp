// SPDX-License-Identifier: Apache-2.0
// A test as it is written: what it gives, sets and expects, with names checked against the pipeline
// but cells not read yet, because their types are known only once the plan is bound. Used inside
// this room only. Points into the test's tree, which outlives it.
#pragma once

#include "complaints.hpp"
#include "config/pipeline.hpp"
#include "testing.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vigie::testing {

struct given_step {
  std::string step;
  yaml::mark at;
  const yaml::node* rows = nullptr; // one of the two
  const yaml::node* file = nullptr;
};

struct expected_step {
  std::string step;
  yaml::mark at;
  const yaml::node* rows = nullptr; // each may be left out, not all
  const yaml::node* contains = nullptr;
  const yaml::node* errors = nullptr;
  const yaml::node* count = nullptr;
  std::int64_t counted = 0; // the value of `count`
};

struct test_spec {
  std::vector<given_step> given;
  std::vector<expected_step> expected;
  std::optional<code> error; // the pipeline must be refused with it
  std::optional<testing::property> property;
  const yaml::node* set = nullptr; // a mapping
};

// Complaints go to `out`: test_unknown, test_value, bad_test.
[[nodiscard]] test_spec read_spec(const pipeline& doc, const pipeline_test& test, complaints& out);

// The step of this name; every name in a spec has one.
[[nodiscard]] std::size_t index_of(const pipeline& doc, std::string_view step);

// How the rows that a step rejects are called among steps: no step can have that name.
[[nodiscard]] inline std::string errors_name(const std::string& step) { return step + ".errors"; }

} // namespace vigie::testing
