// SPDX-License-Identifier: Apache-2.0
#include "properties.hpp"

#include "base/json.hpp"
#include "batch/cell.hpp"
#include "compare.hpp"
#include "io/files.hpp"
#include "io/sha256.hpp"
#include "temporary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace vigie::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t small_split = 4096, tiny_split = 256;
constexpr std::uint64_t small_inputs = std::uint64_t{1} << 20U; // tiny splits are tried up to here
constexpr std::uint64_t seeds = 20;
constexpr std::uint64_t most_compared = std::uint64_t{64}
                                        << 20U; // bytes of a file searched for the first difference

// The conditions of one run.
struct trial {
  int threads = 1;
  std::uint64_t split = small_split;
  std::optional<std::uint64_t> seed = {};
  std::size_t rows_a_batch = 0; // of given rows; 0: all in one
  std::uint64_t shards = 0;     // 0: one run

  [[nodiscard]] std::string name() const {
    return fmt::format(
        "{}{} thread{}, splits of {} bytes{}",
        shards > 0 ? fmt::format("{} shard{} and the merge, ", shards, shards == 1 ? "" : "s") : "",
        threads, threads == 1 ? "" : "s", split,
        seed ? fmt::format(", delays of seed {}", *seed) : "");
  }
};

// What a run left behind.
struct trace {
  std::optional<diagnostic> failure;
  std::string folder;
  std::vector<std::string> files;                       // below `folder`, sorted
  std::map<std::string, std::vector<std::string>> rows; // of collected steps, as JSON
  std::uint64_t input_bytes = 0;
};

std::vector<trial> trials_of(property p, std::uint64_t split) {
  std::vector<trial> out;
  if (p == property::splits_agree) {
    out.push_back({.threads = 2, .split = split});
    if (split != small_split) out.push_back({.threads = 2, .rows_a_batch = 2});
    out.push_back({.threads = 2, .split = tiny_split, .rows_a_batch = 1});
    return out;
  }
  if (p == property::shards_agree) {
    out.push_back({.threads = 2, .rows_a_batch = 1});
    for (const std::uint64_t shards : {1U, 3U, 7U})
      out.push_back({.threads = 2, .seed = shards, .rows_a_batch = 1, .shards = shards});
    return out;
  }
  for (const int threads : {1, 2, 3, 7}) out.push_back({.threads = threads, .rows_a_batch = 1});
  constexpr std::array<int, 3> delayed{2, 3, 7};
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    out.push_back({.threads = delayed[seed % delayed.size()], .seed = seed, .rows_a_batch = 1});
  return out;
}

std::vector<data::batch> cut(const schema& fields, const std::vector<row>& rows, std::size_t most) {
  std::vector<data::batch> out;
  const std::span<const row> all(rows);
  const std::size_t step = most == 0 ? std::max<std::size_t>(1, rows.size()) : most;
  for (std::size_t at = 0; at < rows.size(); at += step)
    out.push_back(batch_of(fields, all.subspan(at, std::min(step, rows.size() - at))));
  return out;
}

std::vector<std::string> row_texts(const table& t) {
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < t.rows(); ++i) {
    std::string& text = out.emplace_back();
    for (std::size_t k = 0; k < t.fields().size(); ++k)
      text += (k > 0 ? ", " : "") +
              t.cell(i, k, [](const column& c, std::int64_t r) { return yaml_text(c, r); });
  }
  return out;
}

// The run's own record lies in .vigie; it holds clocks and is no output.
std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = fs::path(at->path()).lexically_relative(folder).string();
    if (name == ".vigie")
      at.disable_recursion_pending();
    else if (!at->is_directory())
      out.push_back(name);
  }
  std::ranges::sort(out);
  return out;
}

void remove_outputs(const std::string& folder) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

class checker {
public:
  checker(workbench& bench, const property_input& in) : bench_(bench), in_(in) {}

  // Nothing where the plan is refused; problems say why.
  std::optional<trace> run(const trial& t, const std::string& folder, diagnostics& problems) {
    std::vector<std::string> shards;
    for (std::uint64_t k = 1; k <= t.shards; ++k) {
      shards.push_back(fmt::format("{}.{}", folder, k));
      auto part = run_one(t, shards.back(), exec::shard_of{k, t.shards}, {}, problems);
      if (!part || part->failure) return part;
    }
    auto whole = run_one(t, folder, {}, shards, problems);
    for (const std::string& s : shards) remove_outputs(s);
    return whole;
  }

private:
  std::optional<trace> run_one(const trial& t, const std::string& folder,
                               std::optional<exec::shard_of> shard,
                               const std::vector<std::string>& joined, diagnostics& problems) {
    bench_.set_out(folder);
    plan::build_options o;
    for (const auto& [step, rows] : in_.given) o.given.insert(step);
    o.collect = in_.collect;
    const auto p = bench_.build(o, problems);
    if (!p) return std::nullopt;
    exec::run_options run;
    run.threads = t.threads;
    run.split_bytes = t.split;
    run.delay_seed = t.seed;
    run.digest = false;
    run.write = in_.collect.empty();
    run.shard = shard;
    run.shards = joined;
    for (const plan::step_plan& step : p->steps)
      if (const auto g = in_.given.find(step.name); g != in_.given.end())
        run.given[step.name] = cut(step.fields, g->second, t.rows_a_batch);
    trace out;
    out.folder = folder;
    auto r = bench_.run(*p, run);
    if (!r) {
      out.failure = std::move(r).error();
      return out;
    }
    for (const exec::used_input& i : r->inputs) out.input_bytes += i.file.facts.size;
    for (const auto& [step, batches] : r->collected)
      out.rows[p->steps[step].name] = row_texts(table(p->steps[step].fields, batches));
    out.files = files_below(folder);
    return out;
  }

  workbench& bench_;
  const property_input& in_;
};

// Where two files differ; empty where they do not.
std::string file_difference(const std::string& a, const std::string& b) {
  const auto one = io::sha256_file(a), two = io::sha256_file(b);
  if (!one || !two) return render(one ? two.error() : one.error());
  if (*one == *two) return {};
  const auto x = io::read_small_file(a, most_compared), y = io::read_small_file(b, most_compared);
  if (!x || !y) return "other bytes";
  const auto at = std::ranges::mismatch(*x, *y).in1 - x->begin();
  return fmt::format("other bytes from byte {} on", at);
}

std::string failure_text(const trace& t) { return t.failure ? render(*t.failure) : "no error"; }

std::string rows_difference(const trace& a, const trace& b) {
  for (const auto& [step, rows] : a.rows) {
    const auto other = b.rows.find(step);
    if (other == b.rows.end()) return fmt::format("step '{}' gave no rows", step);
    if (rows == other->second) continue;
    const auto at = std::ranges::mismatch(rows, other->second).in1 - rows.begin();
    return fmt::format("step '{}' gave {} rows, first {}, and differs from row {} on", step,
                       other->second.size(), rows.size(), at);
  }
  return {};
}

std::string difference_of(const trace& first, const trace& now) {
  if (first.failure || now.failure) {
    if (failure_text(first) == failure_text(now)) return {};
    return fmt::format("{}, instead of {}", failure_text(now), failure_text(first));
  }
  if (first.files != now.files) return "other files";
  for (const std::string& f : first.files)
    if (std::string d = file_difference(first.folder + "/" + f, now.folder + "/" + f); !d.empty())
      return fmt::format("'{}': {}", f, d);
  return rows_difference(first, now);
}

} // namespace

bool check_property(const setting& s, workbench& bench, property p, const property_input& in,
                    yaml::mark at, outcome& out) {
  auto folder = temporary_folder::make();
  if (!folder) {
    out.problems.push_back(std::move(folder).error());
    return false;
  }
  checker check(bench, in);
  std::optional<trace> first;
  std::string first_name;
  const std::vector<trial> trials = trials_of(p, s.split_bytes);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const trial& t = trials[i];
    if (first && t.split == tiny_split && first->input_bytes > small_inputs) continue;
    auto now = check.run(t, fmt::format("{}/{}", (*folder)->path(), i), out.problems);
    if (!now) return false;
    if (!first) {
      first = std::move(now);
      first_name = t.name();
      if (p == property::shards_agree && !first->failure && first->files.empty())
        first->failure = fail(code::test_property, "the pipeline wrote no file to compare")
                             .help("shards_agree is about what writers write; give it one");
      if (!first->failure) continue;
      out.problems.push_back(*first->failure);
      return true;
    }
    const std::string d = difference_of(*first, *now);
    remove_outputs(now->folder);
    if (d.empty()) continue;
    out.differences.push_back(
        {{},
         -1,
         at,
         {},
         fmt::format("with {}: {} (compared with {})", t.name(), d, first_name),
         {},
         {}});
    return true;
  }
  return true;
}

} // namespace vigie::testing
