// SPDX-License-Identifier: Apache-2.0
#include "fragment.hpp"

#include "batch/gather.hpp"
#include "batch/pack.hpp"

#include <vigie/builder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <tuple>

namespace vigie::exec {
namespace {

constexpr std::size_t longest_kept_row = 64 * 1024;

class stopwatch {
public:
  explicit stopwatch(std::int64_t& to) : to_(to) {}
  stopwatch(const stopwatch&) = delete;
  stopwatch& operator=(const stopwatch&) = delete;
  ~stopwatch() { to_ += (std::chrono::steady_clock::now() - start_).count(); }

private:
  std::int64_t& to_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

bool before(const rejected_row& a, const rejected_row& b) {
  return std::tuple(a.where.file, a.where.offset, a.step) <
         std::tuple(b.where.file, b.where.offset, b.step);
}

} // namespace

std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

vigie_span group_span(std::size_t step, std::int64_t row) {
  return {row, 0, -2 - static_cast<std::int32_t>(step)};
}

std::optional<std::size_t> group_step(const vigie_span& s) {
  return s.file < -1 ? std::optional(static_cast<std::size_t>(-2 - s.file)) : std::nullopt;
}

std::uint64_t seed_of(std::string_view name) {
  std::uint64_t h = 0;
  for (const char c : name) h = mix(h ^ static_cast<unsigned char>(c));
  return h;
}

vigie_task task_of(const run_context& run, std::size_t step) {
  const std::string& name = run.step(step).name;
  return {sizeof(vigie_task), mix(run.seed ^ mix(step)), {name.data(), name.size()}};
}

std::string run_context::file_name(std::int32_t file) const {
  return file >= 0 && static_cast<std::size_t>(file) < file_names->size()
             ? (*file_names)[static_cast<std::size_t>(file)]
             : std::string();
}

result<data::batch> run_context::wanted(std::size_t index, data::batch reached) const {
  if (!only_file || !step(index).is_partitioned()) return reached;
  auto files = partitioner(step(index)).split(reached);
  if (!files) return std::move(files).error();
  for (partition_rows& p : *files)
    if (p.file == *only_file) return std::move(p.rows);
  return rows_between(reached, 0, 0);
}

// A step's task, and what waits for its turn at a union.
struct fragment::running {
  const plan::step_plan* step = nullptr;
  void* task = nullptr;
  void (*close)(void*) = nullptr;
  std::unique_ptr<piece_encoder> encoder;        // instead of a task
  std::vector<std::vector<data::batch>> waiting; // by edge of port 0, from the second on
  bool unions_done = false;

  running() = default;
  running(const running&) = delete;
  running& operator=(const running&) = delete;
  ~running() {
    if (task != nullptr) close(task);
  }
};

fragment::fragment(const run_context& run, const plan::stage& stage, std::uint64_t split,
                   const unit_turn* turn)
    : run_(run), stage_(stage), split_(split), turn_(turn) {
  result_.counts.resize(run.plan->steps.size());
}

fragment::~fragment() = default;

bool fragment::in_stage(std::size_t step) const {
  return std::ranges::binary_search(stage_.streaming, step);
}

status fragment::check_cancel() const {
  if (run_.cancel != nullptr && run_.cancel->load(std::memory_order_relaxed))
    return fail(code::run_interrupted, "stopped by a signal");
  return {};
}

status fragment::open_task(running& r) {
  const plan::step_plan& s = *r.step;
  const vigie_task t{
      sizeof t, mix(run_.seed ^ mix(s.index) ^ mix(split_)), {s.name.data(), s.name.size()}};
  vigie_error e = plan::fresh_error();
  void* self = s.made->self();
  vigie_status code = VIGIE_E_INTERNAL;
  if (s.kind == loader::component_kind::transform) {
    const auto* i = s.made->iface<vigie_transform_0>("vigie.transform/0");
    code = i->open(self, &t, &r.task, &e);
    r.close = i->close;
  } else if (s.kind == loader::component_kind::encode) {
    r.encoder = std::make_unique<piece_encoder>(s, t.seed);
    return r.encoder->open();
  } else {
    const auto* i = s.made->iface<vigie_aggregate_0>("vigie.aggregate/0");
    code = i->open(self, &t, &r.task, &e);
    r.close = i->close;
  }
  if (code < 0) return s.made->error_of(e, code);
  return {};
}

status fragment::open() {
  for (const std::size_t i : stage_.streaming) {
    auto r = std::make_unique<running>();
    r->step = &run_.step(i);
    r->waiting.resize(r->step->ports.empty() ? 0 : r->step->ports[0].edges.size());
    if (auto ok = open_task(*r); !ok) return ok;
    tasks_.push_back(std::move(r));
  }
  return {};
}

// ---- where rows go -----------------------------------------------------------------------------

status fragment::forward(std::size_t step, data::batch b) {
  const plan::step_plan& s = run_.step(step);
  if (run_.collect[step]) result_.collected[step].push_back(b);
  for (const plan::consumer& c : s.consumers)
    if (auto ok = deliver(c, s.fields, b); !ok) return ok;
  return {};
}

status fragment::forward_errors(std::size_t step, const data::batch& b) {
  const plan::step_plan& s = run_.step(step);
  const schema fields = plan::error_schema(s.doc->errors.keep_row);
  for (const plan::consumer& c : s.error_consumers)
    if (auto ok = deliver(c, fields, b); !ok) return ok;
  return {};
}

status fragment::deliver(const plan::consumer& c, const schema& from, const data::batch& b) {
  const plan::step_plan& to = run_.step(c.step);
  const bool inbox = to.active && std::ranges::binary_search(stage_.inboxes, c.step) &&
                     (to.takes == plan::intake::inbox || to.ports[c.port].build);
  const plan::edge& e = to.ports[c.port].edges[c.edge];
  if (inbox) {
    result_bytes_ += data::packed_bytes(from, b);
    result_.inboxes[c.step].push_back(
        {delivery::content::rows, c.port, c.edge, arrive(to.ports[c.port], e, from, b)});
    return {};
  }
  if (!in_stage(c.step)) return {};
  const auto at = std::ranges::lower_bound(stage_.streaming, c.step) - stage_.streaming.begin();
  running& r = *tasks_[static_cast<std::size_t>(at)];
  data::batch arrived = arrive(to.ports[c.port], e, from, b);
  if (c.edge > 0 && !r.unions_done) {
    r.waiting[c.edge].push_back(std::move(arrived));
    return {};
  }
  return take(r, c.port, std::move(arrived));
}

status fragment::take(running& r, std::size_t, data::batch b) {
  if (auto ok = check_cancel(); !ok) return ok;
  switch (r.step->kind) {
  case loader::component_kind::transform: return transform(r, std::move(b));
  case loader::component_kind::encode: return encode(r, std::move(b));
  default: return update(r, std::move(b));
  }
}

// ---- calls -------------------------------------------------------------------------------------

status fragment::transform(running& r, data::batch b) {
  const plan::step_plan& s = *r.step;
  const auto* i = s.made->iface<vigie_transform_0>("vigie.transform/0");
  std::vector<rejected_row> rejects;
  lent_batch needs(s, 0, b);
  transform_call call(
      s, &b, [&](data::batch out) { return forward(s.index, std::move(out)); }, rejects);
  vigie_error e = plan::fresh_error();
  vigie_status code = VIGIE_OK;
  {
    const stopwatch time(result_.counts[s.index].busy_ns);
    code = i->process(r.task, needs.get(), call.callbacks(), &e);
  }
  if (auto ok = call.failed(); !ok) return ok;
  if (code < 0) return s.made->error_of(e, code);
  if (auto ok = call.done(result_.counts[s.index]); !ok) return ok;
  return take_rejects(s.index, std::move(rejects));
}

status fragment::encode(running& r, data::batch b) {
  const plan::step_plan& s = *r.step;
  step_counts& c = result_.counts[s.index];
  c.rows_in += b.rows;
  if (!run_.write) {
    if (!run_.collect[s.index]) return {};
    auto wanted = run_.wanted(s.index, std::move(b));
    if (!wanted) return std::move(wanted).error();
    result_.collected[s.index].push_back(*std::move(wanted));
    return {};
  }
  ++c.batches;
  const stopwatch time(c.busy_ns);
  const auto grown = r.encoder->encode(
      std::move(b), result_.pieces,
      turn_ != nullptr && turn_->has_come()
          ? [this](const piece_key& of, encoded e) { return pass(of, std::move(e)); }
          : pass_function());
  if (!grown) return grown.error();
  result_bytes_ += *grown;
  return {};
}

status fragment::pass(const piece_key& of, encoded piece) {
  split_result part;
  part.counts.resize(result_.counts.size());
  part.pieces.emplace(of, std::move(piece));
  return turn_->give(std::move(part));
}

status fragment::update(running& r, data::batch b) {
  const plan::step_plan& s = *r.step;
  const auto* i = s.made->iface<vigie_aggregate_0>("vigie.aggregate/0");
  if (run_.tapped == s.index) {
    result_bytes_ += data::packed_bytes(s.ports[0].fields, b);
    result_.tapped.push_back(b);
  }
  std::vector<rejected_row> rejects;
  lent_batch needs(s, 0, b);
  transform_call call(s, &b, [](data::batch) { return status(); }, rejects);
  vigie_error e = plan::fresh_error();
  vigie_status code = VIGIE_OK;
  {
    const stopwatch time(result_.counts[s.index].busy_ns);
    code = i->update(r.task, needs.get(), call.callbacks(), &e);
  }
  if (auto ok = call.failed(); !ok) return ok;
  if (code < 0) return s.made->error_of(e, code);
  if (auto ok = call.done_rejecting(result_.counts[s.index]); !ok) return ok;
  return take_rejects(s.index, std::move(rejects));
}

status fragment::decode(std::size_t origin, decode_call& call,
                        const std::function<vigie_status(vigie_error*)>& component,
                        std::vector<rejected_row>& rejects) {
  const plan::step_plan& s = run_.step(origin);
  vigie_error e = plan::fresh_error();
  const std::int64_t rows_before = call.rows();
  const vigie_status code = component(&e);
  if (auto ok = call.done(); !ok) return ok;
  if (code < 0) return s.made->error_of(e, code);
  step_counts& c = result_.counts[origin];
  const std::int64_t rows = call.rows() - rows_before;
  c.rows_in += rows + static_cast<std::int64_t>(rejects.size());
  c.rows_out += rows;
  c.rejected += static_cast<std::int64_t>(rejects.size());
  c.cells += rows * static_cast<std::int64_t>(s.projection.size());
  ++c.batches;
  if (auto ok = take_rejects(origin, std::move(rejects)); !ok) return ok;
  rejects.clear();
  return settle();
}

// ---- rejected rows -----------------------------------------------------------------------------

std::string fragment::row_bytes(const vigie_span& s) const {
  const auto length =
      std::min<std::size_t>(static_cast<std::size_t>(std::max(s.length, 0)), longest_kept_row);
  const bool here = hand_.data != nullptr && s.file == hand_.file && s.offset >= hand_.offset &&
                    static_cast<std::size_t>(s.offset - hand_.offset) + length <= hand_.size;
  if (here) return {hand_.data + (s.offset - hand_.offset), length};
  return run_.read_bytes ? run_.read_bytes({s.offset, static_cast<std::int32_t>(length), s.file})
                         : std::string();
}

data::batch fragment::errors_of(std::size_t step, const std::vector<rejected_row>& rejects) const {
  const plan::step_plan& s = run_.step(step);
  const bool keep = s.doc->errors.keep_row;
  const schema fields = plan::error_schema(keep);
  std::vector<builder> columns;
  for (const field& f : fields) columns.emplace_back(f);
  auto spans = std::make_shared<std::vector<vigie_span>>();
  for (const rejected_row& r : rejects) {
    columns[0].text(s.name);
    columns[1].text(code_name(r.code));
    r.column.empty() ? columns[2].null() : columns[2].text(r.column);
    columns[3].text(r.message);
    r.where.file < 0 ? columns[4].null() : columns[4].text(run_.file_name(r.where.file));
    r.where.file < 0 ? columns[5].null() : columns[5].integer(r.where.offset);
    r.where.file < 0 ? columns[6].null() : columns[6].integer(r.where.length);
    if (keep) r.where.file < 0 ? columns[7].null() : columns[7].text(row_bytes(r.where));
    spans->push_back(r.where);
  }
  data::batch out{.rows = static_cast<std::int64_t>(rejects.size()),
                  .columns = {},
                  .origins = std::move(spans),
                  .origin_rows = nullptr};
  for (builder& b : columns) {
    ArrowArray a{};
    b.finish(&a);
    out.columns.push_back(data::take_array(&a));
  }
  return out;
}

status fragment::take_rejects(std::size_t step, std::vector<rejected_row> rejects) {
  if (rejects.empty()) return {};
  const plan::step_plan& s = run_.step(step);
  const on_error& rule = s.doc->errors;
  std::ranges::stable_sort(rejects, before);
  if (rule.action == error_action::stop) {
    if (!stopping_ || before(rejects.front(), *stopping_)) stopping_ = rejects.front();
    return {};
  }
  if (rule.at_most) result_.limited.insert(result_.limited.end(), rejects.begin(), rejects.end());
  if (rule.action == error_action::drop) return {};
  const data::batch errors = errors_of(step, rejects);
  if (s.is_breaker()) {
    result_.inboxes[step].push_back({delivery::content::errors, 0, 0, errors});
    return {};
  }
  return forward_errors(step, errors);
}

status fragment::settle() {
  if (!stopping_) return {};
  place p;
  p.file = run_.file_name(stopping_->where.file);
  p.offset = stopping_->where.offset;
  p.length = stopping_->where.length;
  p.step = run_.step(stopping_->step).name;
  p.field = stopping_->column;
  return fail(stopping_->code, stopping_->message)
      .at(p)
      .help("write on_error: {do: route} (or drop) at this step to go on without such rows");
}

// ---- the end of a split ------------------------------------------------------------------------

status fragment::finish_partial(running& r, const std::function<status()>& offer) {
  const plan::step_plan& s = *r.step;
  const auto* i = s.made->iface<vigie_aggregate_0>("vigie.aggregate/0");
  std::vector<int> all(s.partial.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = static_cast<int>(k);
  std::vector<rejected_row> none;
  decode_call call(
      s, s.partial, all, {-1, -1, -1}, -1,
      [&](data::batch b) {
        result_bytes_ += data::packed_bytes(s.partial, b);
        result_.inboxes[s.index].push_back({delivery::content::partial, 0, 0, std::move(b)});
        return status();
      },
      none);
  for (;;) {
    vigie_error e = plan::fresh_error();
    const vigie_status code = i->partial(r.task, decoded::rows_a_batch, call.callbacks(), &e);
    if (auto ok = call.done(); !ok) return ok;
    if (code < 0) return s.made->error_of(e, code);
    if (code == VIGIE_DONE) return {};
    if (auto ok = offer(); !ok) return ok;
  }
}

status fragment::finish(running& r, const std::function<status()>& offer) {
  const plan::step_plan& s = *r.step;
  r.unions_done = true;
  for (auto& edge : r.waiting)
    for (data::batch& b : edge)
      if (auto ok = take(r, 0, std::move(b)); !ok) return ok;
  if (s.kind == loader::component_kind::aggregate) return finish_partial(r, offer);
  if (s.kind != loader::component_kind::transform) return {};
  vigie_error e = plan::fresh_error();
  std::vector<rejected_row> rejects;
  transform_call call(
      s, nullptr, [&](data::batch out) { return forward(s.index, std::move(out)); }, rejects);
  const vigie_status code =
      s.made->iface<vigie_transform_0>("vigie.transform/0")->finish(r.task, call.callbacks(), &e);
  if (auto ok = call.failed(); !ok) return ok;
  if (code < 0) return s.made->error_of(e, code);
  return call.done(result_.counts[s.index]);
}

status fragment::finish(const std::function<status()>& offer) {
  for (const auto& r : tasks_)
    if (auto ok = finish(*r, offer); !ok) return ok;
  for (auto& [step, deliveries] : result_.inboxes)
    std::ranges::stable_sort(deliveries, {}, &delivery::edge);
  return settle();
}

split_result fragment::take() { return std::move(result_); }

split_result fragment::take_instalment() {
  split_result out = std::exchange(result_, {});
  result_.counts.resize(out.counts.size());
  for (auto& [step, deliveries] : out.inboxes) {
    const auto waits = std::stable_partition(deliveries.begin(), deliveries.end(),
                                             [](const delivery& d) { return d.edge == 0; });
    if (waits == deliveries.end()) continue;
    result_.inboxes[step].assign(std::make_move_iterator(waits),
                                 std::make_move_iterator(deliveries.end()));
    deliveries.erase(waits, deliveries.end());
  }
  result_bytes_ = 0;
  return out;
}

} // namespace vigie::exec
