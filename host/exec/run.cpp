// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include "inbox.hpp"
#include "io/files.hpp"
#include "io/lock.hpp"
#include "limits.hpp"
#include "outputs.hpp"
#include "past.hpp"
#include "record.hpp"
#include "runs/spill.hpp"
#include "schedule.hpp"
#include "shards.hpp"
#include "units.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace vigie::exec {
namespace {

constexpr std::int64_t smallest_instalment = std::int64_t{1} << 20U;
// What a unit whose turn has come gives out while it is still in the processor's cache.
constexpr std::int64_t warm_bytes = std::int64_t{256} << 10U;

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

class runner {
public:
  runner(const plan::plan& p, plan::services& shared, const run_options& options)
      : plan_(p), shared_(shared), options_(options), folder_{p.out},
        spill_(options.write ? folder_.work() + "/spill" : options.scratch),
        outputs_(context_, p.out, options.force || options.resume, options.digest),
        feeder_(context_, shared, options, result_), started_(now_utc()) {
    context_.plan = &plan_;
    context_.file_names = &feeder_.file_names();
    context_.collect.assign(p.steps.size(), false);
    for (const plan::step_plan& s : p.steps) context_.collect[s.index] = p.collect.contains(s.name);
    context_.cancel = shared.cancel;
    context_.write = options.write;
    context_.tapped = options.tap_step;
    context_.number_groups = options.number_groups;
    context_.only_file = options.only_file;
    context_.seed = seed_of(p.doc->name);
    context_.read_bytes = [this](const vigie_span& s) { return feeder_.read_bytes(s); };
    context_.collected = [this](std::size_t step, data::batch b) { collect(step, std::move(b)); };
    result_.counts.resize(p.steps.size());
    inboxes_.resize(p.steps.size());
    if (may_spill()) shared_.spill = &spill_;
  }
  runner(const runner&) = delete;
  runner& operator=(const runner&) = delete;
  ~runner() { shared_.spill = nullptr; }

  result<run_result> run() {
    const auto start = std::chrono::steady_clock::now();
    status ok = prepare();
    if (result_.nothing_new) return std::move(result_);
    if (ok && !past_.prepared()) ok = work();
    result_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result_.peak_memory = shared_.memory->peak();
    result_.spilled = spill_.peak();
    if (ok && options_.write) ok = options_.shard ? end_shard() : end_run();
    inboxes_.clear();
    if (!ok) return options_.write ? stopped(std::move(ok).error()) : std::move(ok).error();
    return std::move(result_);
  }

private:
  [[nodiscard]] bool may_spill() const { return options_.write || !options_.scratch.empty(); }

  // ---- before the first row --------------------------------------------------------------------

  status prepare() {
    if (options_.write && !options_.resume)
      if (auto ok = refuse_existing(); !ok) return ok;
    if (auto ok = feeder_.list_files(); !ok) return ok;
    result_.nothing_new = feeder_.nothing_new();
    if (result_.nothing_new) return {};
    if (options_.shard)
      if (auto ok = can_be_shared(); !ok) return ok;
    if (auto ok = shards_.open(options_.shards); !ok) return ok;
    if (options_.write)
      if (auto ok = begin(); !ok) return ok;
    if (past_.prepared()) return {};
    return open_inboxes();
  }

  status refuse_existing() {
    if (!options_.shard)
      if (auto ok = outputs_.refuse_existing(); !ok) return ok;
    return options_.force ? status() : refuse_unfinished(folder_);
  }

  status begin() {
    touched_ = !options_.resume;
    if (auto ok = outputs_.make_folders(); !ok) return ok;
    auto lock = io::file_lock::take(folder_.lock());
    if (!lock) return std::move(lock).error();
    if (!*lock) return another_runs(folder_);
    lock_ = std::move(*lock);
    auto now = describe(plan_, options_, result_, {}, started_);
    if (!now) return std::move(now).error();
    if (auto ok = shards_.check_same(*now); !ok) return ok;
    if (options_.resume) {
      if (auto ok = past_.open(folder_, *now, result_.inputs); !ok) return ok;
      touched_ = true;
      if (past_.prepared()) return {};
    } else if (auto ok = remove_leftovers(); !ok) {
      return ok;
    }
    if (!options_.shard)
      if (auto ok = outputs_.open(past_.told()); !ok) return ok;
    return start_log(*now);
  }

  // Of a run that nobody will continue.
  status remove_leftovers() {
    if (auto ok = io::remove_file(folder_.journal()); !ok) return ok;
    if (auto ok = io::sync_folder(folder_.own()); !ok) return ok;
    if (auto ok = io::remove_tree(folder_.out, folder_.work()); !ok) return ok;
    return io::make_private_folder(folder_.work());
  }

  [[nodiscard]] status can_be_shared() const {
    if (!can_be_continued())
      return fail(code::run_shard, "standard input, and runs without checkpoints, cannot be shared "
                                   "out")
          .help("give files, and leave --checkpoint none out");
    return std::ranges::count(roles_of_stages(plan_), stage_role::shared) > 0
               ? status()
               : fail(code::run_shard, "no step of this pipeline reads inputs to share out");
  }

  [[nodiscard]] bool can_be_continued() const {
    return options_.checkpoint && std::ranges::none_of(result_.inputs, [](const used_input& i) {
             return i.file.standard_input;
           });
  }

  status start_log(const runs::manifest& now) {
    if (options_.write && can_be_continued()) {
      auto log = past_.told()
                     ? run_log::go_on(folder_, *past_.told(), *options_.checkpoint)
                     : run_log::start(folder_, now, facts_of(result_.inputs), *options_.checkpoint);
      if (!log) return std::move(log).error();
      log_.emplace(*std::move(log));
    }
    return {};
  }

  status open_inboxes() {
    for (const plan::stage& st : plan_.stages)
      for (const std::size_t i : st.inboxes) {
        ++feeders_[i];
        if (inboxes_[i] || is_left_out(i)) continue;
        inboxes_[i] =
            make_inbox(context_, i, inbox_services_, outputs_.file_of(i), outputs_.sink_of(i));
        if (auto ok = inboxes_[i]->open(); !ok) return ok;
      }
    return {};
  }

  // A shard writes no outputs. What a stage gives that every shard runs whole, because a later one
  // needs it, is written by the merge.
  [[nodiscard]] bool is_left_out(std::size_t step) const {
    return options_.shard && plan_.steps[step].is_writer();
  }

  // ---- the stages ------------------------------------------------------------------------------

  status work() {
    const std::vector<stage_role> roles = options_.shard
                                              ? roles_of_stages(plan_)
                                              : std::vector(plan_.stages.size(), stage_role::whole);
    for (std::size_t k = 0; k < plan_.stages.size(); ++k)
      if (roles[k] != stage_role::left)
        if (auto ok = run_stage(k, roles[k] == stage_role::shared); !ok) return ok;
    if (options_.shard) return {};
    if (auto ok = judge(plan_, result_.counts, options_); !ok) return ok;
    return digest_inputs();
  }

  status run_stage(std::size_t k, bool shared) {
    const plan::stage& st = plan_.stages[k];
    for (const std::size_t o : st.origins)
      if (inboxes_[o]) feeder_.queues_of(o, &inboxes_[o]->rows, &inboxes_[o]->errors);
    auto units = feeder_.units_of(st);
    if (!units) return std::move(units).error();
    const unit_range range =
        shared ? range_of(*options_.shard, units->size()) : unit_range{0, units->size()};
    result_.splits += units->size();
    progress_.emplace(options_.progress, feeder_.total_bytes());
    const std::uint64_t before = unit_number_;
    unit_number_ += units->size();
    const schedule_calls calls{[&](std::size_t i, const unit_turn& turn) {
                                 return do_unit(k, range.first + i, (*units)[range.first + i],
                                                before, turn);
                               },
                               [&](std::size_t i, split_result r, bool last) {
                                 return settle(k, range.first + i, std::move(r), last, shared);
                               },
                               [&] { return enough_; }};
    status ok =
        run_in_order(range.last - range.first, {options_.threads, options_.delay_seed}, calls);
    progress_->end();
    if (!ok) return ok;
    for (const std::size_t o : st.origins) inboxes_[o].reset();
    return shared ? status() : end_inboxes(st);
  }

  status end_inboxes(const plan::stage& st) {
    for (const std::size_t i : st.inboxes) {
      if (--feeders_[i] > 0 || is_left_out(i)) continue;
      inbox& in = *inboxes_[i];
      if (auto ok = in.end(); !ok) return in_step(plan_.steps[i], ok);
      result_.counts[i].add(in.counts);
      if (auto ok = limits_.count(in.limited); !ok) return ok;
    }
    return {};
  }

  split_result do_unit(std::size_t stage, std::size_t number, const unit& u, std::uint64_t before,
                       const unit_turn& turn) {
    auto rows = feeder_.rows_of(u);
    if (!rows) return failed_unit(std::move(rows).error());
    if (const auto past = part_of(stage, number)) {
      auto r = past->file->read(context_, past->at, turn.give);
      return r ? *std::move(r) : failed_unit(std::move(r).error());
    }
    fragment f(context_, plan_.stages[stage], before + number, &turn);
    status ok = f.open();
    std::int64_t pinned = 0; // rows on their way may keep the chunk they point into
    const offer_function offer = [&](fragment& at_work, std::size_t bytes) {
      progress_->add(bytes);
      pinned = at_work.holds_rows() ? pinned + static_cast<std::int64_t>(bytes) : 0;
      const std::int64_t held = at_work.result_bytes() + pinned;
      if (held < (turn.has_come() ? warm_bytes : instalment_bytes_)) return status();
      pinned = 0;
      return turn.give(at_work.take_instalment());
    };
    if (ok) ok = feeder_.feed(f, u, *std::move(rows), offer);
    if (ok) ok = f.finish([&] { return offer(f, 0); });
    split_result r = f.take();
    if (!ok) r.failed = std::move(ok).error();
    return r;
  }

  // What the run that died, or a shard, left of this unit.
  [[nodiscard]] std::optional<past_part> part_of(std::size_t stage, std::size_t number) const {
    if (auto own = past_.part_of(stage, number)) return own;
    return shards_.part_of(stage, number);
  }

  // Side tables that nobody may read again, because all that needs them is done.
  [[nodiscard]] std::vector<runs::manifest_resource> read_before() const {
    return options_.shards.empty() ? past_.resources() : shards_.resources();
  }

  // ---- in order --------------------------------------------------------------------------------

  status settle(std::size_t stage, std::size_t number, split_result r, bool last, bool shared) {
    at_a_border_ = false;
    const bool known = past_.part_of(stage, number).has_value();
    if (last && (known || shards_.part_of(stage, number))) ++result_.taken_over;
    if (auto ok = past_.check_unchanged(r, result_.inputs); !ok) return ok;
    if (log_ && !known) {
      const std::vector<bool> elsewhere =
          shared ? std::vector<bool>(plan_.steps.size(), false) : outputs_.keep_pieces();
      if (auto ok = log_->add(context_, stage, number, r, elsewhere, last); !ok) return ok;
    }
    if (auto ok = shared ? limits_.count(r.limited) : apply(r); !ok) return ok;
    at_a_border_ = last;
    return last && log_ && log_->due() ? checkpoint() : status();
  }

  status apply(split_result& r) {
    for (std::size_t i = 0; i < r.counts.size(); ++i) result_.counts[i].add(r.counts[i]);
    if (auto ok = limits_.count(r.limited); !ok) return ok;
    for (read_fact& f : r.read) take_fact(f);
    for (auto& [step, batches] : r.collected)
      for (data::batch& b : batches) collect(step, std::move(b));
    for (const data::batch& b : r.tapped)
      if (auto ok = options_.tap(b); !ok) return ok;
    for (auto& [of, piece] : r.pieces) {
      if (is_left_out(of.step)) continue;
      if (auto ok = outputs_.file_of(of.step)->piece(of.file, piece); !ok)
        return in_step(plan_.steps[of.step], ok);
    }
    for (auto& [step, deliveries] : r.inboxes) {
      if (is_left_out(step)) continue;
      for (delivery& d : deliveries)
        if (auto ok = inboxes_[step]->take(std::move(d)); !ok)
          return in_step(plan_.steps[step], ok);
    }
    return {};
  }

  void take_fact(read_fact& f) {
    used_input& in = result_.inputs[static_cast<std::size_t>(f.file)];
    in.encoding = std::move(f.encoding);
    in.replaced += f.replaced;
    if (f.digest) in.splits.push_back(*f.digest);
  }

  status checkpoint() {
    auto states = outputs_.checkpoint();
    if (!states) return std::move(states).error();
    return log_->checkpoint(*states, resources_of(plan_, read_before()));
  }

  void collect(std::size_t step, data::batch b) {
    const std::int64_t before = std::exchange(seen_[step], seen_[step] + b.rows);
    if (options_.only_row) {
      const std::int64_t at = *options_.only_row - before;
      if (at < 0 || at >= b.rows) return;
      b = data::select(
          b, std::make_shared<std::vector<std::int32_t>>(1, static_cast<std::int32_t>(at)));
      enough_ = true;
    }
    result_.collected[step].push_back(std::move(b));
    if (!options_.first_rows) return;
    enough_ = true;
    for (std::size_t i = 0; i < context_.collect.size(); ++i)
      if (context_.collect[i] && seen_[i] < *options_.first_rows) enough_ = false;
  }

  // ---- after the last row ----------------------------------------------------------------------

  status digest_inputs() {
    for (used_input& i : result_.inputs) {
      std::ranges::sort(i.splits, {}, &io::split_digest::offset);
      if (i.splits.empty()) continue;
      auto root = io::root_digest(i.splits);
      if (!root) return std::move(root).error();
      i.sha256 = *root;
    }
    return {};
  }

  // ---- the end ---------------------------------------------------------------------------------

  status end_run() {
    if (past_.prepared()) return commit_past();
    auto made = outputs_.prepare();
    if (!made) return std::move(made).error();
    result_.outputs = *std::move(made);
    auto manifest = describe(plan_, options_, result_, read_before(), started_);
    if (!manifest) return std::move(manifest).error();
    if (auto ok = outputs_.record("report.json", report_json(plan_, options_, result_, started_));
        !ok)
      return ok;
    if (auto ok = outputs_.record("manifest.json", manifest_json(*manifest)); !ok) return ok;
    if (auto ok = announce(*manifest); !ok) return ok;
    return commit(plan_, outputs_.to_commit());
  }

  // From here on the run can only go forward.
  status announce(runs::manifest now) {
    if (!log_) {
      now.outputs.clear();
      auto log = run_log::start(folder_, now, facts_of(result_.inputs), std::chrono::hours(1));
      if (!log) return std::move(log).error();
      log_.emplace(*std::move(log));
    }
    outputs_.leave(); // a record that is written, and not known to be, must find its files
    if (auto ok = log_->prepared(outputs_.to_commit()); !ok) return ok;
    announced_ = true;
    return {};
  }

  status commit_past() {
    announced_ = true;
    // The record that says so may be seen and not durable: whoever wrote it may have died before.
    auto journal = runs::journal::open(folder_.journal(), past_.told()->journal);
    if (!journal) return std::move(journal).error();
    auto of = past_.manifest_to_be(folder_);
    if (!of) return std::move(of).error();
    result_.outputs = std::move(of->outputs);
    return commit(plan_, *past_.told()->prepared);
  }

  status end_shard() {
    if (!log_->nothing_new())
      if (auto ok = checkpoint(); !ok) return ok;
    return past_.told() && past_.told()->shard_done ? status() : log_->shard_done();
  }

  // What stays of a run that failed, and what the user is told about it.
  diagnostic stopped(diagnostic why) {
    if (!touched_) return why;
    const bool lasting = announced_ || options_.resume || (log_ && passes(why.code));
    if (!lasting) {
      if (lock_) outputs_.abandon();
      outputs_.remove_made_folders();
      return why;
    }
    // Another unit may be half applied; what was settled before the last checkpoint stands anyway.
    if (log_ && at_a_border_ && !announced_ && why.code == code::run_interrupted)
      (void)checkpoint();
    outputs_.leave();
    if (!why.hint.empty()) why.hint += "; ";
    why.hint += fmt::format("`vigie resume {}` goes on with this run", plan_.out);
    return why;
  }

  const plan::plan& plan_;
  plan::services& shared_;
  const run_options& options_;
  runs::folder folder_;
  runs::spill_folder spill_;
  std::optional<io::file_lock> lock_;
  run_context context_;
  run_result result_;
  run_outputs outputs_;
  feeder feeder_;
  past_run past_;
  shard_parts shards_;
  std::optional<run_log> log_;
  inbox_services inbox_services_{*shared_.memory, may_spill() ? &spill_ : nullptr};
  std::string started_;
  std::vector<std::unique_ptr<inbox>> inboxes_;
  std::map<std::size_t, int> feeders_;
  std::map<std::size_t, std::int64_t> seen_; // collected rows, those thrown away included
  rejection_limits limits_{plan_, context_};
  std::optional<observe::progress> progress_;
  // What a unit may hold before it waits for its turn: all that are ahead share a quarter of the
  // budget.
  std::int64_t instalment_bytes_ =
      std::max(smallest_instalment, shared_.memory->limit() / (8 * std::max(1, options_.threads)));
  std::uint64_t unit_number_ = 0;
  bool enough_ = false;
  bool touched_ = false;    // there may be something of this run in OUT
  bool at_a_border_ = true; // no unit is half applied
  bool announced_ = false;  // the journal says what is to be renamed
};

} // namespace

std::vector<std::string> run_result::file_names() const {
  std::vector<std::string> out;
  for (const used_input& i : inputs) out.push_back(i.file.name);
  return out;
}

result<run_result> execute(const plan::plan& p, plan::services& shared,
                           const run_options& options) {
  return runner(p, shared, options).run();
}

} // namespace vigie::exec
