// SPDX-License-Identifier: Apache-2.0
// A pipeline inside the test's own process: loaded, bound and run with the libraries, so that a
// test sees plans, batches and counts. The including program defines VIGIE_PLUGINS, VIGIE_SHARE,
// VIGIE_PROGRAM, VIGIE_GOOD and VIGIE_EXAMPLES.
#pragma once

#include "batch/cell.hpp"
#include "batch/gather.hpp"
#include "config/pipeline.hpp"
#include "exec/run.hpp"
#include "program.hpp"

#include <cstdint>

namespace tests {

class session {
public:
  explicit session(const std::string& text, const std::string& file = "test.yaml",
                   const std::vector<std::string>& set = {},
                   std::int64_t memory_bytes = std::int64_t{1} << 30U)
      : memory(memory_bytes), catalog_({.folders = {VIGIE_GOOD, VIGIE_EXAMPLES},
                                        .install_folder = VIGIE_PLUGINS,
                                        .share_folder = VIGIE_SHARE,
                                        .inspector = VIGIE_PROGRAM,
                                        .cache_folder = {}}) {
    vigie::loaded l = vigie::load_pipeline(text, file);
    problems = std::move(l.problems);
    if (!l.doc) return;
    doc_ = *std::move(l.doc);
    loaded_ = true;
    for (const std::string& s : set) loaded_ = vigie::set_param(doc_, s, problems) && loaded_;
    values_ = vigie::bind_params(doc_, {}, problems);
  }
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  // The plan so far made is gone.
  const vigie::plan::plan* plan(const vigie::plan::build_options& o = {}) {
    plan_.reset();
    if (loaded_) plan_ = vigie::plan::build(doc_, values_, catalog_, services_, o, problems);
    return plan_ ? &*plan_ : nullptr;
  }

  // Plans anew and runs; the plan's problem where it is refused.
  vigie::result<vigie::exec::run_result> run(const vigie::exec::run_options& o = {},
                                             const vigie::plan::build_options& b = {}) {
    if (plan(b) == nullptr)
      return problems.empty() ? vigie::fail(vigie::code::internal, "no plan") : problems.back();
    return vigie::exec::execute(*plan_, services_, o);
  }

  // The rows of one step as JSON, one text a row: {"a": 1, "b": "x"}. "ERROR V0123 message" where
  // the run fails.
  std::vector<std::string> rows(const std::string& step, vigie::exec::run_options o = {}) {
    o.write = false;
    const auto r = run(o, {.collect = {step}});
    if (!r) return {"ERROR " + vigie::code_name(r.error().code) + " " + r.error().message};
    std::vector<std::string> out;
    for (const auto& [index, batches] : r->collected)
      for (const vigie::data::batch& b : batches) append(plan_->steps[index].fields, b, out);
    return out;
  }

  [[nodiscard]] const vigie::plan::step_plan& step(const std::string& name) const {
    for (const auto& s : plan_->steps)
      if (s.name == name) return s;
    throw std::runtime_error("no step " + name);
  }

  [[nodiscard]] const vigie::pipeline& doc() const { return doc_; }

  [[nodiscard]] std::string said() const {
    std::string out;
    for (const auto& d : problems) out += vigie::render(d) + "\n";
    return out;
  }

  vigie::diagnostics problems;
  vigie::memory_budget memory;

private:
  static void append(const vigie::schema& fields, const vigie::data::batch& b,
                     std::vector<std::string>& out) {
    std::vector<vigie::data::shared_column> kept;
    std::vector<vigie::column> columns;
    for (std::size_t k = 0; k < fields.size(); ++k)
      kept.push_back(vigie::data::gather(fields[k], b.columns.at(k)));
    for (std::size_t k = 0; k < fields.size(); ++k) columns.emplace_back(fields[k], *kept[k].array);
    for (std::int64_t i = 0; i < b.rows; ++i) {
      std::string row = "{";
      for (std::size_t k = 0; k < fields.size(); ++k) {
        row += (k > 0 ? ", \"" : "\"") + fields[k].name + "\": ";
        vigie::data::append_json(row, columns[k], i);
      }
      out.push_back(row + "}");
    }
  }

  vigie::loader::catalog catalog_;
  vigie::plan::services services_{nullptr, &memory, nullptr};
  vigie::pipeline doc_;
  vigie::scope values_;
  bool loaded_ = false;
  std::optional<vigie::plan::plan> plan_;
};

inline std::string steps(const std::string& lines) {
  return "vigie: 1\nname: test\nsteps:\n" + lines;
}

} // namespace tests
