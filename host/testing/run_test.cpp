// SPDX-License-Identifier: Apache-2.0
// One test from beginning to end: names, then the bound plan, then cells, then the run.
#include "compare.hpp"
#include "config/yaml/source.hpp"
#include "properties.hpp"
#include "spec.hpp"
#include "testing.hpp"
#include "workbench.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::testing {
namespace {

class one_test {
public:
  one_test(const setting& s, const pipeline_test& t)
      : setting_(s), test_(t), bench_(s), complaints_(out_.problems, s.doc->file) {
    out_.name = t.name;
    out_.at = t.at;
  }

  outcome run() {
    spec_ = read_spec(*setting_.doc, test_, complaints_);
    change_document();
    if (!out_.problems.empty()) return refused();
    if (spec_.error) return judge_refusal();
    const auto whole = bench_.build({}, out_.problems);
    if (!whole) return refused();
    read_cells(*whole);
    if (!out_.problems.empty()) return refused();
    return spec_.property ? judge_property() : judge_rows();
  }

private:
  outcome refused() {
    yaml::add_excerpts(setting_.doc->source, setting_.doc->file, out_.problems);
    out_.verdict = verdict::refused;
    return std::move(out_);
  }

  outcome judged() {
    const bool good = out_.problems.empty() && out_.differences.empty();
    out_.verdict = good ? verdict::passed : verdict::failed;
    return std::move(out_);
  }

  void change_document() {
    if (spec_.set != nullptr) bench_.set_params(*spec_.set, complaints_, out_.problems);
    for (const given_step& g : spec_.given)
      if (g.file != nullptr) bench_.replace_files(g, complaints_);
    for (const expected_step& e : spec_.expected)
      if (e.errors != nullptr) bench_.show_errors(e.step);
  }

  // ---- a pipeline that must be refused ---------------------------------------------------------

  outcome judge_refusal() {
    diagnostics found;
    const auto p = bench_.build({}, found);
    const auto right = [&](const diagnostic& d) { return d.code == *spec_.error; };
    if (!p && std::ranges::any_of(found, right)) return judged();
    difference d;
    d.at = test_.body.find("error")->value.at;
    d.message = "the pipeline is not refused as expected";
    d.expected = code_name(*spec_.error);
    d.found = p ? "no error" : "";
    for (const diagnostic& f : found)
      d.found +=
          (d.found.empty() ? "" : ", ") + fmt::format("{} ({})", code_name(f.code), f.message);
    out_.differences.push_back(std::move(d));
    out_.no_edit_because = "an expected error is changed by hand";
    return judged();
  }

  // ---- cells -----------------------------------------------------------------------------------

  void read_cells(const plan::plan& whole) {
    for (const given_step& g : spec_.given)
      if (g.rows != nullptr && gives_rows(whole, g.step, g.at))
        given_[g.step] =
            read_rows(whole.steps[index_of(bench_.doc(), g.step)].fields, *g.rows, complaints_);
    for (const expected_step& e : spec_.expected)
      if (gives_rows(whole, e.step, e.at)) read_expectation(whole, e);
  }

  bool gives_rows(const plan::plan& whole, const std::string& step, yaml::mark at) {
    if (!whole.steps[index_of(bench_.doc(), step)].is_writer()) return true;
    complaints_.error(code::test_unknown, at,
                      fmt::format("step '{}' is a writer; no rows come out of it", step),
                      "name the step it reads from");
    return false;
  }

  void read_expectation(const plan::plan& whole, const expected_step& e) {
    const schema& fields = whole.steps[index_of(bench_.doc(), e.step)].fields;
    expectation x{&e, {}, {}, {}};
    if (given_.contains(e.step))
      complaints_.error(code::test_unknown, e.at,
                        fmt::format("the rows of step '{}' are given; nothing is tested", e.step),
                        "expect the rows of a step below it");
    if (e.rows != nullptr) x.rows = read_rows(fields, *e.rows, complaints_);
    if (e.contains != nullptr) x.contains = read_rows(fields, *e.contains, complaints_);
    if (e.errors != nullptr)
      x.errors = read_rows(plan::error_schema(false), *e.errors, complaints_);
    collect_.insert(e.step); // also for its errors: a type error counts in columns that are read
    if (e.errors != nullptr) collect_.insert(errors_name(e.step));
    expected_.push_back(std::move(x));
  }

  // ---- runs ------------------------------------------------------------------------------------

  outcome judge_property() {
    const yaml::mark at = test_.body.find("property")->value.at;
    out_.failed_as = code::test_property;
    if (!check_property(setting_, bench_, *spec_.property, {given_, collect_}, at, out_))
      return refused();
    if (!out_.problems.empty() || !out_.differences.empty() || expected_.empty()) return judged();
    out_.failed_as = code::test_failed;
    return judge_rows();
  }

  plan::build_options options() const {
    plan::build_options o;
    for (const auto& [step, rows] : given_) o.given.insert(step);
    o.collect = collect_;
    return o;
  }

  // A step that is given and that nothing expected reads from is a slip.
  bool all_given_are_read(const plan::plan& p) {
    for (const given_step& g : spec_.given)
      if (!p.steps[index_of(bench_.doc(), g.step)].active)
        complaints_.error(code::test_unknown, g.at,
                          fmt::format("nothing that is expected reads from step '{}'", g.step),
                          "leave it out, or expect rows of a step below it");
    return out_.problems.empty();
  }

  outcome judge_rows() {
    const auto p = bench_.build(options(), out_.problems);
    if (!p || !all_given_are_read(*p)) return refused();
    exec::run_options o;
    o.threads = setting_.threads;
    o.split_bytes = setting_.split_bytes;
    o.digest = false;
    o.write = false;
    for (const auto& [step, rows] : given_) {
      auto& batches = o.given[step];
      if (!rows.empty())
        batches.push_back(batch_of(p->steps[index_of(bench_.doc(), step)].fields, rows));
    }
    auto r = bench_.run(*p, o);
    if (!r) {
      out_.problems.push_back(std::move(r).error());
      out_.no_edit_because = "the run failed";
      return judged();
    }
    for (const expectation& e : expected_) compare(*p, *r, e);
    return judged();
  }

  table rows_of(const plan::plan& p, const exec::run_result& r, const std::string& step) const {
    static const std::vector<data::batch> none;
    const std::size_t i = index_of(bench_.doc(), step);
    const auto found = r.collected.find(i);
    return {p.steps[i].fields, found == r.collected.end() ? none : found->second,
            setting_.show_sensitive};
  }

  void compare_list(const std::string& step, const std::vector<row>& expected, const yaml::node& at,
                    const table& found) {
    const std::size_t before = out_.differences.size();
    compare_rows(step, expected, at.at, found, out_.differences);
    if (out_.differences.size() == before) return;
    if (auto e = accept_rows(at, expected, found, out_.no_edit_because))
      out_.edits.push_back(*std::move(e));
  }

  void compare(const plan::plan& p, const exec::run_result& r, const expectation& e) {
    const expected_step& w = *e.written;
    if (e.errors)
      compare_list(errors_name(w.step), *e.errors, *w.errors, rows_of(p, r, errors_name(w.step)));
    if (!e.rows && !e.contains && w.count == nullptr) return;
    const table found = rows_of(p, r, w.step);
    if (e.rows) compare_list(w.step, *e.rows, *w.rows, found);
    const std::size_t before = out_.differences.size();
    if (e.contains) compare_contains(w.step, *e.contains, found, out_.differences);
    if (out_.differences.size() > before)
      out_.no_edit_because = "`contains` does not say which rows are meant";
    if (w.count == nullptr || found.rows() == w.counted) return;
    compare_count(w, found, out_.differences);
    out_.edits.push_back({*w.count, {}, fmt::format("{}", found.rows())});
  }

  const setting& setting_;
  const pipeline_test& test_;
  outcome out_;
  workbench bench_;
  complaints complaints_;
  test_spec spec_;
  std::map<std::string, std::vector<row>> given_;
  std::set<std::string> collect_;
  std::vector<expectation> expected_;
};

} // namespace

std::string_view name_of(property p) {
  switch (p) {
  case property::threads_agree: return "threads_agree";
  case property::splits_agree: return "splits_agree";
  default: return "shards_agree";
  }
}

outcome run_test(const setting& s, const pipeline_test& test) { return one_test(s, test).run(); }

outcome run_property(const setting& s, property p) {
  outcome out;
  out.name = fmt::format("property {}", name_of(p));
  out.at = {1, 1};
  out.failed_as = code::test_property;
  workbench bench(s);
  property_input in;
  const auto whole = bench.build({}, out.problems);
  if (whole && std::ranges::none_of(whole->steps, &plan::step_plan::is_writer))
    for (const plan::step_plan& step : whole->steps)
      if (step.consumers.empty()) in.collect.insert(step.name);
  if (!whole || !check_property(s, bench, p, in, out.at, out))
    out.verdict = verdict::refused;
  else if (!out.problems.empty() || !out.differences.empty())
    out.verdict = verdict::failed;
  return out;
}

bool has_writers(const setting& s) {
  diagnostics ignored;
  workbench bench(s);
  const auto whole = bench.build({}, ignored);
  return whole && std::ranges::any_of(whole->steps, &plan::step_plan::is_writer);
}

bool has_property(const pipeline& doc) {
  return std::ranges::any_of(
      doc.tests, [](const pipeline_test& t) { return t.body.find("property") != nullptr; });
}

} // namespace vigie::testing
