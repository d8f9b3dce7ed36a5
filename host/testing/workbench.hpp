// SPDX-License-Identifier: Apache-2.0
// The pipeline as one test wants it: a copy of the document with the test's parameters and files in
// place, bound and run as often as needed. Used inside this room only; one object, one test. [main]
// thread.
#pragma once

#include "exec/run.hpp"
#include "spec.hpp"
#include "testing.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace vigie::testing {

class workbench {
public:
  explicit workbench(const setting& s)
      : setting_(s), doc_(*s.doc), memory_(s.doc->run.memory.value_or(std::int64_t{1} << 30)),
        services_{s.log, &memory_, s.cancel, s.base.secrets, s.show_sensitive} {}
  workbench(const workbench&) = delete;
  workbench& operator=(const workbench&) = delete;

  // Changes of the document; complaints go to `out`.
  void set_params(const yaml::node& set, complaints& out, diagnostics& problems);
  void replace_files(const given_step& g, complaints& out);
  // Lets the step go on after rejected rows and adds a step errors_name(step) that shows them.
  void show_errors(const std::string& step);
  void set_out(const std::string& folder);

  // Errors come back in `problems`, with excerpts; warnings do not. The plan must not outlive this
  // object.
  [[nodiscard]] std::optional<plan::plan> build(const plan::build_options& options,
                                                diagnostics& problems);
  // Errors: those of the run; test_unknown where it would wait for standard input.
  [[nodiscard]] result<exec::run_result> run(const plan::plan& p, const exec::run_options& o);

  [[nodiscard]] const pipeline& doc() const { return doc_; }

private:
  const setting& setting_;
  pipeline doc_;
  scope values_;
  memory_budget memory_;
  plan::services services_;
};

} // namespace vigie::testing
