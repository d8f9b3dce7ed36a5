// SPDX-License-Identifier: Apache-2.0
#include "inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::exec {
namespace {

using loader::component_kind;

runs::row_owner owner_of(const plan::step_plan& s) { return {s.name, s.doc->use}; }

} // namespace

inbox::inbox(const run_context& run, std::size_t step, const inbox_services& services)
    : rows(run.step(step).fields, services.memory, services.spill, owner_of(run.step(step))),
      errors(plan::error_schema(run.step(step).doc->errors.keep_row), services.memory,
             services.spill, owner_of(run.step(step))),
      run_(run), step_(run.step(step)), services_(services),
      reserved_(services.memory, memory_use::firm) {}

inbox::~inbox() = default;

status inbox::take_rejects(const std::vector<rejected_row>& rejects) {
  if (rejects.empty()) return {};
  const plan::stage nowhere{{step_.index}, {}, {}};
  fragment f(run_, nowhere, 0);
  if (auto ok = f.take_rejects(step_.index, rejects); !ok) return ok;
  if (auto ok = f.settle(); !ok) return ok;
  if (step_.doc->errors.action == error_action::route)
    if (auto ok = errors.push(f.errors_of(step_.index, rejects)); !ok) return ok;
  split_result r = f.take();
  limited.insert(limited.end(), r.limited.begin(), r.limited.end());
  return {};
}

status inbox::reserve(std::int64_t bytes) {
  if (reserved_.more(bytes)) return {};
  return runs::over_budget(owner_of(step_), services_.memory);
}

namespace {

// ---- ordered and single transforms, and the build sides of joins -------------------------------

class transform_inbox : public inbox {
public:
  transform_inbox(const run_context& run, std::size_t step, const inbox_services& services)
      : inbox(run, step, services), waiting_(run.step(step).ports[0].fields, services.memory,
                                             services.spill, owner_of(run.step(step))) {}
  ~transform_inbox() override {
    if (task_ != nullptr) table_->close(task_);
  }
  transform_inbox(const transform_inbox&) = delete;
  transform_inbox& operator=(const transform_inbox&) = delete;

  status open() override {
    table_ = step_.made->iface<vigie_transform_0>("vigie.transform/0");
    build_ = step_.made->iface<vigie_build_0>("vigie.build/0");
    builds_ = std::ranges::any_of(step_.ports, [](const plan::input_port& p) { return p.build; });
    return {};
  }

  status take(delivery d) override {
    if (step_.ports[d.port].build) return add(d.port, std::move(d.rows));
    if (!builds_) return process(std::move(d.rows));
    return waiting_.push(std::move(d.rows));
  }

  status end() override {
    for (std::size_t p = 0; p < step_.ports.size(); ++p)
      if (step_.ports[p].build)
        if (auto ok = seal(p); !ok) return ok;
    if (step_.takes != plan::intake::inbox) return {}; // its probe side streams, later
    for (std::size_t i = 0; i < waiting_.batches(); ++i) {
      auto b = waiting_.take(i);
      if (!b) return std::move(b).error();
      if (auto ok = process(*std::move(b)); !ok) return ok;
    }
    return finish();
  }

private:
  status add(std::size_t port, data::batch b) {
    lent_batch needs(step_, port, b);
    vigie_error e = plan::fresh_error();
    const vigie_status code =
        build_->add(step_.made->self(), static_cast<std::uint32_t>(port), needs.get(), &e);
    counts.rows_in += b.rows;
    counts.dropped += b.rows;
    return code < 0 ? status(step_.made->error_of(e, code)) : status();
  }

  status seal(std::size_t port) {
    std::uint64_t held = 0;
    vigie_error e = plan::fresh_error();
    const vigie_status code =
        build_->seal(step_.made->self(), static_cast<std::uint32_t>(port), &held, &e);
    if (code < 0) return step_.made->error_of(e, code);
    return reserve(static_cast<std::int64_t>(held));
  }

  status open_task() {
    if (task_ != nullptr) return {};
    const vigie_task t = task_of(run_, step_.index);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->open(step_.made->self(), &t, &task_, &e);
    return code < 0 ? status(step_.made->error_of(e, code)) : status();
  }

  status process(data::batch b) {
    if (auto ok = open_task(); !ok) return ok;
    std::vector<rejected_row> rejects;
    lent_batch needs(step_, 0, b);
    transform_call call(
        step_, &b, [&](data::batch out) { return rows.push(std::move(out)); }, rejects);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->process(task_, needs.get(), call.callbacks(), &e);
    if (auto ok = call.failed(); !ok) return ok;
    if (code < 0) return step_.made->error_of(e, code);
    if (auto ok = call.done(counts); !ok) return ok;
    return take_rejects(rejects);
  }

  status finish() {
    if (auto ok = open_task(); !ok) return ok;
    std::vector<rejected_row> rejects;
    transform_call call(
        step_, nullptr, [&](data::batch out) { return rows.push(std::move(out)); }, rejects);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->finish(task_, call.callbacks(), &e);
    if (auto ok = call.failed(); !ok) return ok;
    if (code < 0) return step_.made->error_of(e, code);
    return call.done(counts);
  }

  const vigie_transform_0* table_ = nullptr;
  const vigie_build_0* build_ = nullptr;
  void* task_ = nullptr;
  bool builds_ = false;
  runs::row_queue waiting_; // the probe side, until the build side is sealed
};

// ---- aggregates --------------------------------------------------------------------------------

class aggregate_inbox : public inbox {
public:
  using inbox::inbox;
  ~aggregate_inbox() override {
    if (task_ != nullptr) table_->close(task_);
  }
  aggregate_inbox(const aggregate_inbox&) = delete;
  aggregate_inbox& operator=(const aggregate_inbox&) = delete;

  status open() override {
    table_ = step_.made->iface<vigie_aggregate_0>("vigie.aggregate/0");
    const vigie_task t = task_of(run_, step_.index);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->open(step_.made->self(), &t, &task_, &e);
    return code < 0 ? status(step_.made->error_of(e, code)) : status();
  }

  status take(delivery d) override {
    if (d.what == delivery::content::errors) {
      return errors.push(std::move(d.rows));
    }
    ArrowArray partial{};
    data::lend(d.rows.columns, d.rows.rows, &partial);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->merge(task_, &partial, &e);
    if (partial.release != nullptr) partial.release(&partial);
    return code < 0 ? status(step_.made->error_of(e, code)) : status();
  }

  status end() override {
    std::vector<int> all(step_.adds.size());
    for (std::size_t k = 0; k < all.size(); ++k) all[k] = static_cast<int>(k);
    std::vector<rejected_row> none;
    decode_call call(
        step_, step_.adds, all, {-1, -1, -1}, -1,
        [&](data::batch b) {
          if (run_.number_groups) number(b);
          counts.rows_out += b.rows;
          return rows.push(std::move(b));
        },
        none);
    for (;;) {
      vigie_error e = plan::fresh_error();
      const vigie_status code = table_->result(task_, decoded::rows_a_batch, call.callbacks(), &e);
      if (auto ok = call.done(); !ok) return ok;
      if (code < 0) return step_.made->error_of(e, code);
      if (code == VIGIE_DONE) return {};
    }
  }

private:
  void number(data::batch& b) const {
    auto spans = std::make_shared<std::vector<vigie_span>>();
    for (std::int64_t i = 0; i < b.rows; ++i)
      spans->push_back(group_span(step_.index, counts.rows_out + i));
    b.origins = std::move(spans);
    b.origin_rows = nullptr;
  }

  const vigie_aggregate_0* table_ = nullptr;
  void* task_ = nullptr;
};

// ---- arranges: sort, head and their like -------------------------------------------------------

class arrange_inbox : public inbox {
public:
  arrange_inbox(const run_context& run, std::size_t step, const inbox_services& services)
      : inbox(run, step, services),
        payload_(run.step(step).fields, services.memory, services.spill, owner_of(run.step(step)),
                 run.step(step).rows == vigie::rows::many) {}
  ~arrange_inbox() override {
    if (task_ != nullptr) table_->close(task_);
  }
  arrange_inbox(const arrange_inbox&) = delete;
  arrange_inbox& operator=(const arrange_inbox&) = delete;

  status open() override {
    table_ = step_.made->iface<vigie_arrange_0>("vigie.arrange/0");
    order_ = {sizeof order_, this, [](void* ctx, std::uint64_t n, const std::uint64_t* ids) {
                return static_cast<arrange_inbox*>(ctx)->emit(n, ids);
              }};
    const vigie_task t = task_of(run_, step_.index);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->open(step_.made->self(), &t, &task_, &e);
    return code < 0 ? status(step_.made->error_of(e, code)) : status();
  }

  status take(delivery d) override {
    counts.rows_in += d.rows.rows;
    ++counts.batches;
    if (done_) return {};
    std::vector<std::uint64_t> ids(static_cast<std::size_t>(d.rows.rows));
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = payload_.rows() + i;
    lent_batch keys(step_, 0, d.rows);
    if (auto ok = payload_.add(to_come_out(d.rows)); !ok) return ok;
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->take(task_, keys.get(), ids.data(), &order_, &e);
    if (failure_) return *failure_;
    if (code < 0) return step_.made->error_of(e, code);
    done_ = code == VIGIE_DONE;
    return {};
  }

  status end() override {
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->end(task_, &order_, &e);
    if (failure_) return *failure_;
    if (code < 0) return step_.made->error_of(e, code);
    table_->close(std::exchange(task_, nullptr));
    counts.rows_out = static_cast<std::int64_t>(payload_.ordered());
    counts.dropped = counts.rows_in - counts.rows_out;
    return payload_.finish(rows);
  }

private:
  // The columns that leave the step; keys that nobody reads below need not be held.
  [[nodiscard]] data::batch to_come_out(const data::batch& in) const {
    data::batch out{
        .rows = in.rows, .columns = {}, .origins = in.origins, .origin_rows = in.origin_rows};
    for (std::size_t k = 0; k < step_.columns.size(); ++k) {
      const bool read = step_.live[k] && step_.columns[k].carried >= 0;
      out.columns.push_back(read ? in.columns[static_cast<std::size_t>(step_.columns[k].carried)]
                                 : data::shared_column());
    }
    return out;
  }

  vigie_status emit(std::uint64_t n, const std::uint64_t* ids) {
    if (failure_) return VIGIE_E_CANCELLED;
    const auto checked = payload_.order({ids, n});
    place p;
    p.step = step_.name;
    if (!checked)
      failure_ = checked.error();
    else if (checked->fault == runs::id_fault::unknown)
      failure_ = fail(code::plugin_broke_contract,
                      fmt::format("{}: it put out row {} of {}", step_.doc->use, checked->id,
                                  payload_.rows()))
                     .at(p);
    else if (checked->fault == runs::id_fault::twice)
      failure_ = fail(code::plugin_broke_contract,
                      fmt::format("{}: it put out row {} twice", step_.doc->use, checked->id))
                     .at(p);
    return failure_ ? VIGIE_E_CANCELLED : VIGIE_OK;
  }

  const vigie_arrange_0* table_ = nullptr;
  void* task_ = nullptr;
  vigie_order order_{};
  runs::arranged_rows payload_;
  bool done_ = false;
  std::optional<diagnostic> failure_;
};

// ---- writers that want order -------------------------------------------------------------------

class encode_inbox : public inbox {
public:
  encode_inbox(const run_context& run, std::size_t step, const inbox_services& services,
               output* file)
      : inbox(run, step, services), file_(file) {}
  status open() override { return {}; }
  status take(delivery d) override {
    counts.rows_in += d.rows.rows;
    ++counts.batches;
    return file_->write_rows(std::move(d.rows));
  }
  status end() override { return {}; }

private:
  output* file_;
};

class sink_inbox : public inbox {
public:
  sink_inbox(const run_context& run, std::size_t step, const inbox_services& services,
             sink_task* sink)
      : inbox(run, step, services), sink_(sink) {}
  status open() override { return {}; }
  status take(delivery d) override {
    std::vector<rejected_row> rejects;
    if (auto ok = sink_->write_rows(std::move(d.rows), counts, rejects); !ok) return ok;
    return take_rejects(rejects);
  }
  status end() override { return {}; }

private:
  sink_task* sink_;
};

// A writer whose rows may be wanted, but not what it would make of them.
class watched_inbox : public inbox {
public:
  using inbox::inbox;
  status open() override { return {}; }
  status take(delivery d) override {
    counts.rows_in += d.rows.rows;
    if (!run_.collect[step_.index]) return {};
    auto wanted = run_.wanted(step_.index, std::move(d.rows));
    if (!wanted) return std::move(wanted).error();
    run_.collected(step_.index, *std::move(wanted));
    return {};
  }
  status end() override { return {}; }
};

} // namespace

std::unique_ptr<inbox> make_inbox(const run_context& run, std::size_t step,
                                  const inbox_services& services, output* file, sink_task* sink) {
  const plan::step_plan& s = run.step(step);
  if (s.is_writer() && !run.write) return std::make_unique<watched_inbox>(run, step, services);
  switch (s.kind) {
  case component_kind::arrange: return std::make_unique<arrange_inbox>(run, step, services);
  case component_kind::aggregate: return std::make_unique<aggregate_inbox>(run, step, services);
  case component_kind::encode: return std::make_unique<encode_inbox>(run, step, services, file);
  case component_kind::sink: return std::make_unique<sink_inbox>(run, step, services, sink);
  default: return std::make_unique<transform_inbox>(run, step, services);
  }
}

} // namespace vigie::exec
