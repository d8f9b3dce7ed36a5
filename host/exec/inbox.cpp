// SPDX-License-Identifier: Apache-2.0
#include "inbox.hpp"

#include "base/text.hpp"
#include "batch/gather.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::exec {
namespace {

using loader::component_kind;

diagnostic over_budget(const plan::step_plan& s, const memory_budget& memory) {
  place p;
  p.step = s.name;
  return fail(code::run_memory,
              fmt::format(
                  "'{}' holds rows in memory; with these it would need more than the budget of {}",
                  s.doc->use, text::human_bytes(static_cast<std::uint64_t>(memory.limit()))))
      .at(p)
      .help("raise run: {memory: ...}, or filter and select columns before this step");
}

} // namespace

status inbox::hold(const plan::step_plan& s, const schema& fields, data::batch& b) {
  if (b.origin_rows) {
    auto spans = std::make_shared<std::vector<vigie_span>>();
    for (std::int64_t i = 0; i < b.rows; ++i) spans->push_back(b.origin(i));
    b.origins = std::move(spans);
    b.origin_rows = nullptr;
  }
  for (std::size_t k = 0; k < fields.size(); ++k) {
    data::shared_column& c = b.columns[k];
    if (c.present()) c = data::copy_out(fields[k], c, b.rows);
  }
  return account(s, fields, b);
}

status inbox::account(const plan::step_plan& s, const schema& fields, const data::batch& b) {
  std::int64_t bytes = b.rows * static_cast<std::int64_t>(sizeof(vigie_span));
  for (std::size_t k = 0; k < fields.size(); ++k)
    if (b.columns[k].present()) bytes += data::held_bytes(fields[k], *b.columns[k].array);
  return reserve(s, bytes);
}

void inbox::give_back(std::int64_t bytes) {
  (void)memory_.reserve(-bytes);
  reserved_ -= bytes;
}

status inbox::take_rejects(const run_context& run, std::size_t step,
                           const std::vector<rejected_row>& rejects) {
  if (rejects.empty()) return {};
  const plan::stage nowhere{{step}, {}, {}};
  fragment f(run, nowhere, 0);
  if (auto ok = f.take_rejects(step, rejects); !ok) return ok;
  if (auto ok = f.settle(); !ok) return ok;
  if (run.step(step).doc->errors.action == error_action::route)
    errors.push_back(f.errors_of(step, rejects));
  split_result r = f.take();
  limited.insert(limited.end(), r.limited.begin(), r.limited.end());
  return {};
}

status inbox::reserve(const plan::step_plan& s, std::int64_t bytes) {
  if (!memory_.reserve(bytes)) return over_budget(s, memory_);
  reserved_ += bytes;
  return {};
}

namespace {

// ---- ordered and single transforms, and the build sides of joins -------------------------------

class transform_inbox : public inbox {
public:
  transform_inbox(const run_context& run, std::size_t step, memory_budget& memory)
      : inbox(memory), run_(run), step_(run.step(step)) {}
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
    if (auto ok = hold(step_, step_.ports[0].fields, d.rows); !ok) return ok;
    waiting_.push_back(std::move(d.rows));
    return {};
  }

  status end() override {
    for (std::size_t p = 0; p < step_.ports.size(); ++p)
      if (step_.ports[p].build)
        if (auto ok = seal(p); !ok) return ok;
    if (step_.takes != plan::intake::inbox) return {}; // its probe side streams, later
    for (data::batch& b : waiting_)
      if (auto ok = process(std::move(b)); !ok) return ok;
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
    return reserve(step_, static_cast<std::int64_t>(held));
  }

  status open_task() {
    if (task_ != nullptr) return {};
    const vigie_task t = task_of(run_, step_.index);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->open(step_.made->self(), &t, &task_, &e);
    return code < 0 ? status(step_.made->error_of(e, code)) : status();
  }

  status keep(data::batch out) {
    if (auto ok = hold(step_, step_.fields, out); !ok) return ok;
    rows.push_back(std::move(out));
    return {};
  }

  status process(data::batch b) {
    if (auto ok = open_task(); !ok) return ok;
    std::vector<rejected_row> rejects;
    lent_batch needs(step_, 0, b);
    transform_call call(step_, &b, [&](data::batch out) { return keep(std::move(out)); }, rejects);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->process(task_, needs.get(), call.callbacks(), &e);
    if (auto ok = call.failed(); !ok) return ok;
    if (code < 0) return step_.made->error_of(e, code);
    if (auto ok = call.done(counts); !ok) return ok;
    return take_rejects(run_, step_.index, rejects);
  }

  status finish() {
    if (auto ok = open_task(); !ok) return ok;
    std::vector<rejected_row> rejects;
    transform_call call(
        step_, nullptr, [&](data::batch out) { return keep(std::move(out)); }, rejects);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->finish(task_, call.callbacks(), &e);
    if (auto ok = call.failed(); !ok) return ok;
    if (code < 0) return step_.made->error_of(e, code);
    return call.done(counts);
  }

  const run_context& run_;
  const plan::step_plan& step_;
  const vigie_transform_0* table_ = nullptr;
  const vigie_build_0* build_ = nullptr;
  void* task_ = nullptr;
  bool builds_ = false;
  std::vector<data::batch> waiting_;
};

// ---- aggregates --------------------------------------------------------------------------------

class aggregate_inbox : public inbox {
public:
  aggregate_inbox(const run_context& run, std::size_t step, memory_budget& memory)
      : inbox(memory), run_(run), step_(run.step(step)) {}
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
      errors.push_back(std::move(d.rows));
      return {};
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
          counts.rows_out += b.rows;
          if (auto ok = hold(step_, step_.fields, b); !ok) return ok;
          rows.push_back(std::move(b));
          return status();
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
  const run_context& run_;
  const plan::step_plan& step_;
  const vigie_aggregate_0* table_ = nullptr;
  void* task_ = nullptr;
};

// ---- arranges: sort, head and their like -------------------------------------------------------

class arrange_inbox : public inbox {
public:
  arrange_inbox(const run_context& run, std::size_t step, memory_budget& memory)
      : inbox(memory), run_(run), step_(run.step(step)) {}
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
    for (std::uint64_t& id : ids) id = next_id_++;
    lent_batch needs(step_, 0, d.rows);
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->take(task_, needs.get(), ids.data(), &order_, &e);
    if (failure_) return *failure_;
    if (code < 0) return step_.made->error_of(e, code);
    done_ = code == VIGIE_DONE;
    forget_unread(d.rows);
    if (auto ok = hold(step_, step_.ports[0].fields, d.rows); !ok) return ok;
    first_ids_.push_back(next_id_ - ids.size());
    held_.push_back(std::move(d.rows));
    return {};
  }

  status end() override {
    vigie_error e = plan::fresh_error();
    const vigie_status code = table_->end(task_, &order_, &e);
    if (failure_) return *failure_;
    if (code < 0) return step_.made->error_of(e, code);
    table_->close(std::exchange(task_, nullptr));
    const std::int64_t before = reserved();
    for (std::size_t at = 0; at < order_ids_.size(); at += rows_a_batch) {
      rows.push_back(gather(
          std::span(order_ids_).subspan(at, std::min(rows_a_batch, order_ids_.size() - at))));
      if (auto ok = account(step_, step_.fields, rows.back()); !ok) return ok;
    }
    held_.clear();
    give_back(before);
    counts.rows_out = static_cast<std::int64_t>(order_ids_.size());
    counts.dropped = counts.rows_in - counts.rows_out;
    return {};
  }

private:
  static constexpr std::size_t rows_a_batch = 16 * 1024;

  // Keys that nobody reads below need not be held.
  void forget_unread(data::batch& b) const {
    std::vector<bool> read(b.columns.size(), false);
    for (std::size_t k = 0; k < step_.columns.size(); ++k)
      if (step_.live[k] && step_.columns[k].carried >= 0)
        read[static_cast<std::size_t>(step_.columns[k].carried)] = true;
    for (std::size_t k = 0; k < b.columns.size(); ++k)
      if (!read[k]) b.columns[k] = {};
  }

  vigie_status emit(std::uint64_t n, const std::uint64_t* ids) {
    for (std::uint64_t i = 0; i < n && !failure_; ++i) {
      const std::uint64_t id = ids[i];
      place p;
      p.step = step_.name;
      if (id >= next_id_)
        failure_ = fail(code::plugin_broke_contract,
                        fmt::format("{}: it put out row {} of {}", step_.doc->use, id, next_id_))
                       .at(p);
      else if (!used(id) && step_.rows != vigie::rows::many)
        failure_ = fail(code::plugin_broke_contract,
                        fmt::format("{}: it put out row {} twice", step_.doc->use, id))
                       .at(p);
      else
        order_ids_.push_back(id);
    }
    return failure_ ? VIGIE_E_CANCELLED : VIGIE_OK;
  }

  // True the first time.
  bool used(std::uint64_t id) {
    if (used_.size() <= id) used_.resize(next_id_, false);
    if (used_[id]) return false;
    used_[id] = true;
    return true;
  }

  data::batch gather(std::span<const std::uint64_t> ids) const {
    std::vector<data::piece_row> where;
    auto spans = std::make_shared<std::vector<vigie_span>>();
    for (const std::uint64_t id : ids) {
      const auto piece = static_cast<std::size_t>(std::ranges::upper_bound(first_ids_, id) -
                                                  first_ids_.begin() - 1);
      const auto row = static_cast<std::int32_t>(id - first_ids_[piece]);
      where.push_back({static_cast<std::uint32_t>(piece), row});
      spans->push_back(held_[piece].origin(row));
    }
    data::batch out{.rows = static_cast<std::int64_t>(ids.size()),
                    .columns = {},
                    .origins = std::move(spans),
                    .origin_rows = nullptr};
    for (std::size_t k = 0; k < step_.columns.size(); ++k) {
      if (!step_.live[k] || step_.columns[k].carried < 0) {
        out.columns.emplace_back();
        continue;
      }
      const auto at = static_cast<std::size_t>(step_.columns[k].carried);
      std::vector<data::shared_column> pieces;
      for (const data::batch& h : held_) pieces.push_back(h.columns[at]);
      out.columns.push_back(data::collect(step_.ports[0].fields[at], pieces, where));
    }
    return out;
  }

  const run_context& run_;
  const plan::step_plan& step_;
  const vigie_arrange_0* table_ = nullptr;
  void* task_ = nullptr;
  vigie_order order_{};
  std::vector<data::batch> held_;
  std::vector<std::uint64_t> first_ids_, order_ids_;
  std::vector<bool> used_;
  std::uint64_t next_id_ = 0;
  bool done_ = false;
  std::optional<diagnostic> failure_;
};

// ---- writers that want order -------------------------------------------------------------------

class encode_inbox : public inbox {
public:
  encode_inbox(memory_budget& memory, output* file) : inbox(memory), file_(file) {}
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
  sink_inbox(const run_context& run, std::size_t step, memory_budget& memory, sink_task* sink)
      : inbox(memory), run_(run), step_(run.step(step)), sink_(sink) {}
  status open() override { return {}; }
  status take(delivery d) override {
    std::vector<rejected_row> rejects;
    if (auto ok = sink_->write_rows(std::move(d.rows), counts, rejects); !ok) return ok;
    return take_rejects(run_, step_.index, rejects);
  }
  status end() override { return {}; }

private:
  const run_context& run_;
  const plan::step_plan& step_;
  sink_task* sink_;
};

} // namespace

std::unique_ptr<inbox> make_inbox(const run_context& run, std::size_t step, memory_budget& memory,
                                  output* file, sink_task* sink) {
  switch (run.step(step).kind) {
  case component_kind::arrange: return std::make_unique<arrange_inbox>(run, step, memory);
  case component_kind::aggregate: return std::make_unique<aggregate_inbox>(run, step, memory);
  case component_kind::encode: return std::make_unique<encode_inbox>(memory, file);
  case component_kind::sink: return std::make_unique<sink_inbox>(run, step, memory, sink);
  default: return std::make_unique<transform_inbox>(run, step, memory);
  }
}

} // namespace vigie::exec
