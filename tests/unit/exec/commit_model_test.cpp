// SPDX-License-Identifier: Apache-2.0
// Whole runs on a machine that goes off at any call which changes its disk. Whatever survived, the
// outputs are those before the run or those of the run, never something between, and going on gives
// the same bytes. Journals and commits that are wrong in one of these ways fail here: `prepared` is
// written before the outputs, or the records, are durable; names are not made durable behind a
// rename; the manifest gets its name before an output; parts or output files are not durable when a
// checkpoint speaks of them; work or journal go before all names are in place; the journal goes
// where a file in its place still waits for its name to be durable; a resumed run does settled work
// again, or takes what stands behind the last checkpoint for settled.
#include "catch.hpp"
#include "exec/run.hpp"
#include "io/faults.hpp"
#include "io/simulated_system.hpp"
#include "plan/plan.hpp"
#include "runs/folder.hpp"

#include <algorithm>
#include <array>
#include <set>

using namespace vigie;
using tests::simulated_system;

namespace {

// An output of each sort: pieces that their file keeps, compressed pieces that the parts keep, rows
// that a breaker gave out, rejected rows of two steps.
constexpr const char* pipeline_text = R"(vigie: 1
name: model
steps:
  - name: read
    use: core.read_jsonl
    with: {files: "in/*.jsonl", columns: [{name: id, type: int, required: true}, {name: text}]}
    on_error: {do: route}
  - name: keep
    use: core.filter
    with: {where: "100 / (id - 5) <> 3"}
    on_error: {do: route}
  - name: rows
    use: core.write_jsonl
    with: {file: tables/deep/rows.jsonl}
  - name: packed
    use: core.write_jsonl
    from: keep
    with: {file: tables/deep/rows.jsonl.gz}
  - name: bad
    use: core.write_jsonl
    from: [read.errors, keep.errors]
    with: {file: tables/deep/errors.jsonl}
  - name: order
    use: core.sort
    from: keep
    with: {by: [text desc, id]}
  - name: table
    use: core.write_csv
    with: {file: tables/deep/sorted.csv}
)";

const std::string out = "out/model";
constexpr std::array names = {"tables/deep/rows.jsonl", "tables/deep/rows.jsonl.gz",
                              "tables/deep/sorted.csv", "tables/deep/errors.jsonl"};

using files = std::map<std::string, std::string>;

std::string lines(int from, int to) {
  std::string all;
  for (int i = from; i < to; ++i)
    all += i % 9 == 4 ? "{\"id\": \"none\"}\n"
                      : "{\"id\": " + std::to_string(i) + ", \"text\": \"row " +
                            std::to_string(i * 37 % 11) + "\"}\n";
  return all;
}

files outputs_of(const simulated_system& m) {
  files there;
  for (const char* name : names)
    if (const auto bytes = m.get(out + "/" + name)) there[name] = *bytes;
  return there;
}

// Bound once, on the real disk, and run many times on others.
struct bound {
  loader::catalog catalog{{.folders = {},
                           .install_folder = VIGIE_PLUGINS,
                           .share_folder = VIGIE_SHARE,
                           .inspector = VIGIE_PROGRAM,
                           .cache_folder = {}}};
  loaded doc = load_pipeline(pipeline_text, "model.yaml");
  diagnostics problems;
  scope values = bind_params(*doc.doc, {}, problems);
  memory_budget memory{std::int64_t{64} << 20U};
  plan::services shared{nullptr, &memory, nullptr};
  std::optional<plan::plan> plan = plan::build(*doc.doc, values, catalog, shared, {}, problems);
};

// What stands on the disk before the run, and what its outputs are.
struct scene {
  files before;  // outputs
  files after;   // outputs
  files on_disk; // all files before, by path
  std::string old_manifest;
  exec::run_options options;
};

class world {
public:
  explicit world(const scene& s) : s_(s), guard_(m) {
    for (const auto& [path, bytes] : s.on_disk) m.put(path, bytes);
  }

  result<exec::run_result> run(bound& b, bool resume = false) {
    exec::run_options o = s_.options;
    o.resume = resume;
    return exec::execute(*b.plan, b.shared, o);
  }

  // 0: kill -9, and the machine stays on.
  void stop(std::uint64_t seed) {
    if (seed == 0)
      m.crash();
    else
      m.power_failure(seed);
  }

  // As it is after a death.
  void check_nothing_between() {
    const auto state = runs::look_at({out});
    INFO((state ? std::string(name_of(state->is)) : render(state.error())));
    REQUIRE(state);
    const files now = outputs_of(m);
    for (const char* name : names) {
      const bool old = of(now, name) == of(s_.before, name);
      REQUIRE((old || of(now, name) == of(s_.after, name)));
    }
    if (has_new_manifest()) REQUIRE(now == s_.after);
    if (state->is == runs::state::committing) return;
    REQUIRE(now == (has_new_manifest() ? s_.after : s_.before));
  }

  // What somebody does who finds the folder so; may fail where the machine goes off again.
  bool go_on(bound& b) {
    const auto state = runs::look_at({out});
    REQUIRE(state);
    const bool resume =
        state->is == runs::state::unfinished || state->is == runs::state::committing;
    ran = resume || !has_new_manifest();
    if (!ran) return true;
    const auto r = run(b, resume);
    if (r && state->is == runs::state::unfinished) REQUIRE(r->taken_over == state->settled);
    why = r ? "" : render(r.error());
    return static_cast<bool>(r);
  }

  // Everything is there and survives. `sure`: a run said that it was done, and no call of it
  // failed. Otherwise the journal may be there again, with nothing to do any more.
  void check_done(std::uint64_t seed, bool sure) {
    REQUIRE(outputs_of(m) == s_.after);
    stop(seed);
    REQUIRE(outputs_of(m) == s_.after);
    REQUIRE(has_new_manifest());
    const auto state = runs::look_at({out});
    REQUIRE(state);
    if (!sure && state->is == runs::state::committing) return;
    REQUIRE(state->is == runs::state::finished);
    if (sure) REQUIRE(left_over().empty());
  }

  [[nodiscard]] std::vector<std::string> left_over() const {
    std::set<std::string> known{"/in/",
                                "/out/",
                                "/" + out + "/",
                                "/" + out + "/tables/",
                                "/" + out + "/tables/deep/",
                                "/" + out + "/.vigie/"};
    for (const char* name : {".vigie/lock", ".vigie/manifest.json", ".vigie/report.json"})
      known.insert("/" + out + "/" + name);
    for (const char* name : names) known.insert("/" + out + "/" + name);
    for (const auto& [path, bytes] : s_.on_disk) known.insert("/" + path);
    std::vector<std::string> more = m.tree();
    std::erase_if(more, [&](const std::string& path) { return known.contains(path); });
    return more;
  }

  // But for the lock, which only its holder may remove.
  [[nodiscard]] bool unchanged() const {
    files now, then = s_.on_disk;
    for (const std::string& path : m.tree())
      if (const auto bytes = m.get(path)) now[path.substr(1)] = *bytes;
    now.erase(out + "/.vigie/lock");
    then.erase(out + "/.vigie/lock");
    return now == then;
  }

  simulated_system m;
  bool ran = false; // going on had something to do
  std::string why;  // it failed

private:
  static std::optional<std::string> of(const files& all, const std::string& name) {
    const auto at = all.find(name);
    return at == all.end() ? std::nullopt : std::optional(at->second);
  }
  [[nodiscard]] bool has_new_manifest() const {
    const auto there = m.get(out + "/.vigie/manifest.json");
    return there && *there != s_.old_manifest;
  }

  const scene& s_;
  io::system_guard guard_;
};

scene first_run(bound& b, int from) {
  REQUIRE(b.plan);
  scene s;
  s.options.split_bytes = 160;
  s.options.checkpoint = std::chrono::milliseconds(0);
  s.on_disk["in/a.jsonl"] = lines(from, from + 17);
  s.on_disk["in/b.jsonl"] = lines(from + 40, from + 49);
  world w(s);
  const auto r = w.run(b);
  INFO((r ? "" : render(r.error())));
  REQUIRE(r);
  REQUIRE(r->splits > 4);
  s.after = outputs_of(w.m);
  REQUIRE(s.after.size() == names.size());
  return s;
}

// The same over the outputs of another run, which are replaced.
scene second_run(bound& b) {
  scene s = first_run(b, 0);
  const scene old = first_run(b, 500);
  world w(old);
  REQUIRE(w.run(b));
  for (const std::string& path : w.m.tree())
    if (const auto bytes = w.m.get(path); bytes && path.starts_with("/out/"))
      s.on_disk[path.substr(1)] = *bytes;
  s.before = outputs_of(w.m);
  s.old_manifest = *w.m.get(out + "/.vigie/manifest.json");
  s.options.force = true;
  return s;
}

// The same over what a run left that was killed at work and is given up.
scene over_a_dead_run(bound& b) {
  scene s = first_run(b, 0);
  world w(s);
  w.m.fail_from(60);
  REQUIRE_FALSE(w.run(b));
  w.stop(0);
  const auto state = runs::look_at({out});
  REQUIRE(state);
  REQUIRE(state->is == runs::state::unfinished);
  REQUIRE(state->settled > 0);
  for (const std::string& path : w.m.tree())
    if (const auto bytes = w.m.get(path)) s.on_disk[path.substr(1)] = *bytes;
  s.options.force = true;
  return s;
}

scene without_checkpoints(bound& b) {
  scene s = first_run(b, 0);
  s.options.checkpoint.reset();
  return s;
}

// Under sanitizers a run takes ten times as long; what they look for shows with fewer draws.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t fewer = 5;
#else
constexpr std::uint64_t fewer = 1;
#endif

// How a machine ends: kill -9 first and the power later, or the power at once.
struct ending {
  std::uint64_t first = 0, last = 0; // seeds
};

// Dies at the n-th call; true once the run has fewer.
bool dies_at(bound& b, const scene& s, std::uint64_t n, const ending& e) {
  CAPTURE(n, e.first, e.last);
  world w(s);
  w.m.fail_from(n);
  const bool done = static_cast<bool>(w.run(b));
  const bool ran_through = w.m.modifying_calls() < n;
  REQUIRE((done || !ran_through));
  if (done) {
    w.check_done(e.last, ran_through);
    return ran_through;
  }
  w.stop(e.first);
  w.check_nothing_between();
  const bool went_on = w.go_on(b);
  INFO(w.why);
  REQUIRE(went_on);
  w.check_done(e.last, w.ran);
  return ran_through;
}

void die_everywhere(bound& b, const scene& s) {
  constexpr std::uint64_t killed = 5 / fewer, endings = 15 / fewer;
  std::uint64_t n = 0;
  for (bool ran_through = false; !ran_through;) {
    ++n;
    for (std::uint64_t i = 0; i < endings; ++i)
      ran_through = dies_at(b, s, n, {i < killed ? 0 : n * 100 + i, n * 100 + 50 + i});
  }
  CHECK(n > 50); // else there is no run to speak of
}

// Dies at the n-th call, and once more at the m-th call of going on; true once that has fewer.
bool dies_twice(bound& b, const scene& s, std::uint64_t n, std::uint64_t m, const ending& e) {
  CAPTURE(n, m, e.first, e.last);
  world w(s);
  w.m.fail_from(n);
  if (w.run(b)) return true;
  w.stop(e.first);
  w.m.fail_from(m);
  const bool done = w.go_on(b);
  const bool ran_through = w.m.modifying_calls() < m;
  w.stop(e.last);
  w.check_nothing_between();
  if (done) {
    w.check_done(e.last + 1, false);
    return ran_through;
  }
  const bool went_on = w.go_on(b);
  INFO(w.why);
  REQUIRE(went_on);
  w.check_done(e.last + 1, w.ran);
  return ran_through;
}

std::uint64_t calls_of(bound& b, const scene& s) {
  world w(s);
  REQUIRE(w.run(b));
  return w.m.modifying_calls();
}

// One call fails and the program lives on; true once the run has fewer of its kind.
bool lives_on(bound& b, const scene& s, const io::fault& f) {
  CAPTURE(name_of(f.kind), f.nth);
  world w(s);
  io::faulty_system faulty(w.m, {f});
  auto guard = std::make_unique<io::system_guard>(faulty);
  const auto r = w.run(b);
  const bool over = faulty.calls(f.kind) < f.nth;
  guard.reset();
  if (r) {
    w.check_done(f.nth, over);
    return over;
  }
  INFO(render(r.error()));
  REQUIRE_FALSE(over);
  const bool promised = render(r.error()).find("`vigie resume") != std::string::npos;
  REQUIRE(promised == w.m.get(out + "/.vigie/journal").has_value());
  if (!promised) REQUIRE(w.unchanged());
  w.stop(f.nth % 3 == 0 ? 0 : f.nth);
  w.check_nothing_between();
  const bool went_on = w.go_on(b);
  INFO(w.why);
  REQUIRE(went_on);
  w.check_done(f.nth, w.ran);
  return false;
}

void fail_everywhere(bound& b, const scene& s) {
  for (const io::call kind : {io::call::open, io::call::write, io::call::fsync, io::call::ftruncate,
                              io::call::rename, io::call::unlink, io::call::mkdir, io::call::rmdir,
                              io::call::chmod, io::call::close, io::call::read, io::call::pread,
                              io::call::stat, io::call::fstat, io::call::list, io::call::lock})
    for (std::uint64_t nth = 1; !lives_on(b, s, {kind, nth, false, ENOSPC}); ++nth) continue;
}

} // namespace

TEST_CASE("a first run that dies at any call leaves all or nothing, and is gone on with") {
  bound b;
  die_everywhere(b, first_run(b, 0));
}

TEST_CASE("a run that replaces outputs and dies at any call leaves the old ones or the new ones") {
  bound b;
  die_everywhere(b, second_run(b));
}

TEST_CASE("a run that begins anew where another one died, and dies at any call, is gone on with") {
  bound b;
  die_everywhere(b, over_a_dead_run(b));
}

TEST_CASE("a run without checkpoints that dies at any call leaves all or nothing") {
  bound b;
  die_everywhere(b, without_checkpoints(b));
}

TEST_CASE("a run that dies, is gone on with and dies again is gone on with once more") {
  bound b;
  for (const scene& s : {first_run(b, 0), second_run(b)}) {
    const std::uint64_t calls = calls_of(b, s);
    for (std::uint64_t n = 1, step = 1; n < calls; n += step) {
      step = (n + 50 < calls ? 6 : 1) * fewer; // the commit in full
      for (std::uint64_t m = 1 + n % 2; m < calls; m += step + 1) {
        const bool killed_twice = dies_twice(b, s, n, m, {0, 0});
        const bool killed = dies_twice(b, s, n, m, {0, n * 1000 + m});
        const bool off = dies_twice(b, s, n, m, {n * 1000 + m, n + m * 1000});
        if (killed_twice && killed && off) break;
      }
    }
  }
}

TEST_CASE("a run in which one call fails leaves nothing behind, or what can be gone on with") {
  bound b;
  fail_everywhere(b, first_run(b, 0));
  fail_everywhere(b, second_run(b));
}
