// SPDX-License-Identifier: Apache-2.0
// Runs the tests that stand in a pipeline file, and the properties every pipeline has: the same
// outputs whatever threads, splits and timing. Called by cli. [main] thread; runs start threads of
// their own. Data files are opened only where a test names or needs them; outputs go to a temporary
// folder that is removed.
#pragma once

#include "config/pipeline.hpp"
#include "loader/catalog.hpp"
#include "observe/log.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace vigie::testing {

// What the tests of one file share; everything is borrowed.
struct setting {
  const pipeline* doc = nullptr; // with --set applied
  scope base;                    // look-ups of references, and the secrets they found
  loader::catalog* catalog = nullptr;
  observe::log* log = nullptr;
  const std::atomic<bool>* cancel = nullptr;
  int threads = 1;
  std::uint64_t split_bytes = std::uint64_t{16} << 20U;
  bool show_sensitive = false; // in differences and in what components say
};

enum class property : std::uint8_t { threads_agree, splits_agree, shards_agree };
[[nodiscard]] std::string_view name_of(property p);

// One thing that is not as expected.
struct difference {
  std::string step;
  std::int64_t row = -1; // from 0; -1: not one row
  yaml::mark at;         // of the expectation
  std::string column;
  std::string message;         // where no two cells are compared
  std::string expected, found; // cells, in the form tests write them
};

// A new value for an expectation that was not met.
struct edit {
  yaml::node old;                // the node in the file
  std::vector<std::string> rows; // flow style, one a row
  std::string scalar;            // instead of rows
};

enum class verdict : std::uint8_t {
  passed,
  failed,  // the pipeline does not do what the test says
  refused, // the test, or the pipeline it wants, cannot be run
};

struct outcome {
  std::string name;
  yaml::mark at;
  testing::verdict verdict = verdict::passed;
  diagnostics problems;
  std::vector<difference> differences;
  code failed_as = code::test_failed; // or test_property
  std::vector<edit> edits;            // for --accept
  std::string no_edit_because;        // why --accept cannot help; empty where it can
};

[[nodiscard]] outcome run_test(const setting& s, const pipeline_test& test);

// Whether the pipeline writes anything; without, shards have nothing to agree on.
[[nodiscard]] bool has_writers(const setting& s);

// The property over the whole pipeline and the inputs it names; differences carry test_property.
[[nodiscard]] outcome run_property(const setting& s, property p);

// True where one of the file's tests asks for the property.
[[nodiscard]] bool has_property(const pipeline& doc);

} // namespace vigie::testing
