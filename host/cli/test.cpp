// SPDX-License-Identifier: Apache-2.0
// vigie test: the tests written in pipeline files.
#include "base/json.hpp"
#include "base/text.hpp"
#include "io/files.hpp"
#include "io/output.hpp"
#include "session.hpp"
#include "testing/accept.hpp"
#include "testing/testing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace vigie::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_pipeline = 17U << 20U;
constexpr std::size_t most_differences = 20; // of one test, for people

struct tally {
  std::size_t passed = 0, failed = 0, refused = 0, accepted = 0;
};

// What is known of one file.
struct tested_file {
  std::string name;
  std::optional<pipeline> doc;
  diagnostics problems;
  std::vector<testing::outcome> outcomes;
  bool accepted = false;
};

class tester {
public:
  explicit tester(const arguments& a)
      : args_(a), secrets_(a), catalog_(catalog_options_of(a)),
        log_(
            a.has("verbose") ? observe::level::debug : observe::level::error,
            [](std::string_view line) { fmt::print(stderr, "{}\n", line); }, &redactor_) {}

  int run() {
    const auto threads = number_option(args_, "threads", 1);
    const auto split = size_option(args_, "split", std::int64_t{16} << 20U);
    if (!threads || !split) return vigie::cli::refused;
    const auto sensitive = sensitive_option(args_);
    diagnostics wrong = secrets_.problems();
    if (!sensitive) wrong.push_back(sensitive.error());
    if (!wrong.empty()) {
      cli::print(wrong, args_.has("json"));
      return vigie::cli::refused;
    }
    sensitive_ = *sensitive;
    threads_ = static_cast<int>(std::min<std::int64_t>(*threads, 1024));
    split_ = static_cast<std::uint64_t>(*split);
    if (args_.has("json")) json_.begin_object().key("files").begin_array();
    for (const std::string& file : args_.words) test_file(file);
    return report();
  }

private:
  void load(tested_file& f) const {
    auto bytes = io::read_small_file(f.name, most_pipeline);
    if (!bytes) return f.problems.push_back(std::move(bytes).error());
    loaded l = load_pipeline(*bytes, f.name);
    f.problems = std::move(l.problems);
    if (l.doc)
      for (const std::string& set : args_.values("set")) (void)set_param(*l.doc, set, f.problems);
    if (!any_error(f.problems)) f.doc = std::move(l.doc);
  }

  testing::setting setting_of(const pipeline& doc) {
    scope base;
    base.env = environment;
    base.secret = [this](std::string_view name) { return secrets_.find(name); };
    base.secrets = &redactor_;
    return {&doc, std::move(base), &catalog_, &log_, &interrupted(), threads_, split_, sensitive_};
  }

  void test_file(const std::string& name) {
    if (interrupted()) return;
    tested_file f;
    f.name = name;
    load(f);
    if (f.doc) {
      run_tests(f);
      if (args_.has("accept")) accept(f);
    } else {
      ++tally_.refused;
    }
    args_.has("json") ? print_json(f) : print_text(f);
  }

  void run_tests(tested_file& f) {
    const testing::setting s = setting_of(*f.doc);
    for (const pipeline_test& t : f.doc->tests)
      if (!interrupted()) f.outcomes.push_back(testing::run_test(s, t));
    if (args_.has("properties") && !testing::has_property(*f.doc))
      for (const auto p : {testing::property::threads_agree, testing::property::splits_agree,
                           testing::property::shards_agree}) {
        if (p == testing::property::shards_agree && !testing::has_writers(s)) continue;
        if (!interrupted()) f.outcomes.push_back(testing::run_property(s, p));
      }
    if (f.outcomes.empty() && !interrupted()) {
      diagnostic d = fail(code::test_none, "the pipeline holds no tests")
                         .at({.file = f.name})
                         .help("add `tests:`, or use --properties");
      d.severity = severity::warning;
      f.problems.push_back(std::move(d));
    }
  }

  // ---- --accept --------------------------------------------------------------------------------

  static bool acceptable(const testing::outcome& o) {
    return o.verdict == testing::verdict::failed && !o.edits.empty() && o.no_edit_because.empty();
  }

  // All failing tests that can be, at once; written only where they pass afterwards.
  void accept(tested_file& f) {
    std::vector<testing::edit> edits;
    for (testing::outcome& o : f.outcomes) {
      if (acceptable(o))
        edits.insert(edits.end(), o.edits.begin(), o.edits.end());
      else if (o.verdict == testing::verdict::failed && !o.no_edit_because.empty())
        o.problems.push_back(fail(code::test_failed, "not accepted: " + o.no_edit_because)
                                 .at(yaml::place_of(o.at, f.name)));
    }
    if (edits.empty() || interrupted()) return;
    auto text = testing::rewrite(*f.doc, std::move(edits));
    if (!text) return f.problems.push_back(std::move(text).error());
    if (auto ok = write(f, *text); !ok) return f.problems.push_back(std::move(ok).error());
    f.accepted = true;
  }

  status write(const tested_file& f, const std::string& text) {
    loaded l = load_pipeline(text, f.name);
    const auto wrong = [&](std::string why) {
      return fail(code::test_failed, "nothing was accepted: " + std::move(why))
          .at({.file = f.name})
          .help("change the expectations by hand");
    };
    if (!l.doc) return wrong("the file would not be read any more");
    diagnostics ignored;
    for (const std::string& set : args_.values("set")) (void)set_param(*l.doc, set, ignored);
    const testing::setting s = setting_of(*l.doc);
    for (std::size_t i = 0; i < f.doc->tests.size(); ++i)
      if (acceptable(f.outcomes[i]) &&
          testing::run_test(s, l.doc->tests[i]).verdict != testing::verdict::passed)
        return wrong(fmt::format("test '{}' fails with its own rows", f.outcomes[i].name));
    std::error_code error;
    const fs::path real = fs::canonical(f.name, error);
    const auto now = io::read_small_file(f.name, most_pipeline);
    if (error || !now || *now != f.doc->source)
      return wrong("the file was changed in the meantime");
    const fs::perms rights = fs::status(real, error).permissions();
    if (auto ok = io::write_file_atomically(real.string(), text); !ok) return ok;
    fs::permissions(real, rights, error);
    return {};
  }

  // ---- printing --------------------------------------------------------------------------------

  std::string_view verdict_of(const tested_file& f, const testing::outcome& o) {
    switch (o.verdict) {
    case testing::verdict::passed: ++tally_.passed; return "ok";
    case testing::verdict::refused: ++tally_.refused; return "refused";
    case testing::verdict::failed: break;
    }
    if (f.accepted && acceptable(o)) {
      ++tally_.accepted;
      return "accepted";
    }
    ++tally_.failed;
    return "failed";
  }

  void print(const diagnostics& list) const {
    for (const diagnostic& d : list) cli::print({redactor_.apply(d)}, false);
  }

  [[nodiscard]] std::string shown(const std::string& text) const {
    return text::printable(redactor_.apply(text));
  }

  void print_difference(const testing::difference& d) const {
    std::string where = d.step.empty() ? std::string() : fmt::format("step '{}'", d.step);
    if (d.row >= 0) where += fmt::format(", row {}", d.row);
    if (!d.column.empty()) where += fmt::format(", column '{}'", shown(d.column));
    if (!d.message.empty()) where += (where.empty() ? "" : ": ") + shown(d.message);
    fmt::print(stderr, "  line {}: {}\n", d.at.line, where);
    if (!d.expected.empty()) fmt::print(stderr, "    expected  {}\n", shown(d.expected));
    if (!d.found.empty()) fmt::print(stderr, "    found     {}\n", shown(d.found));
  }

  void print_text(const tested_file& f) {
    print(f.problems);
    for (const testing::outcome& o : f.outcomes) {
      const std::string_view v = verdict_of(f, o);
      if (v != "ok" || !args_.has("quiet"))
        fmt::print("{:<8}  {}: {}\n",
                   v == "failed"    ? "FAILED"
                   : v == "refused" ? "REFUSED"
                                    : v,
                   f.name, text::printable(o.name));
      std::fflush(stdout);
      if (!o.differences.empty()) {
        print({fail(o.failed_as, fmt::format("test '{}' failed", o.name))
                   .at(yaml::place_of(o.at, f.name))});
        for (std::size_t i = 0; i < std::min(most_differences, o.differences.size()); ++i)
          print_difference(o.differences[i]);
        if (o.differences.size() > most_differences)
          fmt::print(stderr, "  and {} more\n", o.differences.size() - most_differences);
      }
      print_once(o.problems);
    }
  }

  // What is wrong with the pipeline is wrong in each of its tests.
  void print_once(const diagnostics& problems) {
    for (const diagnostic& d : problems) {
      const std::string text = render(d, false);
      if (std::ranges::find(printed_, text) != printed_.end()) continue;
      printed_.push_back(text);
      print({d});
    }
  }

  void print_json(const tested_file& f) {
    json_.begin_object().field("file", f.name).key("problems").begin_array();
    for (const diagnostic& d : f.problems) write_json(json_, d);
    json_.end_array().key("tests").begin_array();
    for (const testing::outcome& o : f.outcomes) {
      json_.begin_object()
          .field("name", o.name)
          .field("line", o.at.line)
          .field("result", verdict_of(f, o))
          .key("problems")
          .begin_array();
      for (const diagnostic& d : o.problems) write_json(json_, d);
      json_.end_array().key("differences").begin_array();
      for (const testing::difference& d : o.differences)
        json_.begin_object()
            .field("code", code_name(o.failed_as))
            .field("step", d.step)
            .field("line", d.at.line)
            .field("row", d.row)
            .field("column", d.column)
            .field("message", d.message)
            .field("expected", d.expected)
            .field("found", d.found)
            .end_object();
      json_.end_array().end_object();
    }
    json_.end_array().end_object();
  }

  int report() {
    if (args_.has("json")) {
      json_.end_array()
          .field("passed", tally_.passed)
          .field("failed", tally_.failed)
          .field("refused", tally_.refused)
          .field("accepted", tally_.accepted)
          .end_object();
      fmt::print("{}\n", redactor_.apply(json_.text()));
    } else {
      std::string line = fmt::format("{} passed, {} failed", tally_.passed, tally_.failed);
      if (tally_.refused > 0) line += fmt::format(", {} refused", tally_.refused);
      if (tally_.accepted > 0) line += fmt::format(", {} accepted", tally_.accepted);
      fmt::print("{}\n", line);
    }
    if (interrupted()) return vigie::cli::failed;
    if (tally_.refused > 0) return vigie::cli::refused;
    return tally_.failed > 0 ? vigie::cli::failed : done;
  }

  const arguments& args_;
  secret_store secrets_;
  redactor redactor_;
  loader::catalog catalog_;
  observe::log log_;
  int threads_ = 1;
  std::uint64_t split_ = 0;
  bool sensitive_ = false;
  tally tally_;
  json_writer json_;
  std::vector<std::string> printed_;
};

} // namespace

int test_command(const arguments& a) { return tester(a).run(); }

} // namespace vigie::cli
