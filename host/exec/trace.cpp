// SPDX-License-Identifier: Apache-2.0
#include "trace.hpp"

#include "batch/cell.hpp"
#include "batch/gather.hpp"
#include "carry.hpp"
#include "fragment.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::exec {
namespace {

diagnostic not_planned(const std::string& step) {
  return fail(code::internal, fmt::format("step '{}' cannot be planned alone", step));
}

const plan::step_plan& find(const plan::plan& p, const std::string& name) {
  return *std::ranges::find(p.steps, name, &plan::step_plan::name);
}

// Cells as one text, for equality only.
std::string key_text(const schema& fields, const std::vector<data::shared_column>& columns,
                     std::size_t keys, std::int64_t row) {
  std::string out;
  for (std::size_t k = 0; k < keys; ++k) {
    data::append_json(out, column(fields[k], *columns[k].array), row, {.show_sensitive = true});
    out += '\n';
  }
  return out;
}

struct collected_row {
  plan::plan p;
  std::size_t step = 0;
  data::batch row;
  std::vector<used_input> inputs;
};

// The row of a step, or of what reaches a writer.
result<collected_row> collect(const plan_maker& make, plan::services& shared, run_options o,
                              const std::string& step, std::int64_t row) {
  auto p = make(step);
  if (!p) return not_planned(step);
  o.write = false;
  o.only_row = row;
  o.number_groups = true;
  auto r = execute(*p, shared, o);
  if (!r) return std::move(r).error();
  const std::size_t index = find(*p, step).index;
  auto& found = r->collected[index];
  if (found.empty())
    return fail(code::trace_row, fmt::format("no row {} reached step '{}'", row + 1, step))
        .help("rows are counted from 1 on, in the order in which they were written");
  return collected_row{*std::move(p), index, std::move(found.front()), std::move(r->inputs)};
}

// Which group an input row of an aggregate belongs to: the row alone goes through a task of its
// own, and the key of the partial state is read off.
class group_finder {
public:
  group_finder(const plan::step_plan& s, std::string key, traced_group& to, std::size_t most)
      : step_(s), key_(std::move(key)), to_(to), most_(most) {}

  status look(const data::batch& rows) {
    for (std::int64_t i = 0; i < rows.rows; ++i) {
      const auto one = std::make_shared<std::vector<std::int32_t>>(1, static_cast<std::int32_t>(i));
      auto mine = belongs(data::select(rows, one));
      if (!mine) return std::move(mine).error();
      if (!*mine) continue;
      ++to_.rows;
      if (to_.first.size() < most_) to_.first.push_back(rows.origin(i));
    }
    return {};
  }

private:
  result<bool> belongs(data::batch row) {
    const auto* table = step_.made->iface<vigie_aggregate_0>("vigie.aggregate/0");
    const vigie_task t{sizeof t, 0, {step_.name.data(), step_.name.size()}};
    vigie_error e = plan::fresh_error();
    void* task = nullptr;
    if (const auto c = table->open(step_.made->self(), &t, &task, &e); c < 0)
      return step_.made->error_of(e, c);
    const std::unique_ptr<void, void (*)(void*)> close(task, table->close);
    std::vector<rejected_row> rejects;
    lent_batch needs(step_, 0, row);
    transform_call update(step_, &row, [](data::batch) { return status(); }, rejects);
    if (const auto c = table->update(task, needs.get(), update.callbacks(), &e); c < 0)
      return step_.made->error_of(e, c);
    return rejects.empty() ? has_key(*table, task) : result<bool>(false);
  }

  result<bool> has_key(const vigie_aggregate_0& table, void* task) {
    bool found = false;
    std::vector<rejected_row> none;
    std::vector<int> all(step_.partial.size());
    for (std::size_t k = 0; k < all.size(); ++k) all[k] = static_cast<int>(k);
    decode_call call(
        step_, step_.partial, all, {-1, -1, -1}, -1,
        [&](data::batch b) {
          for (std::int64_t i = 0; i < b.rows; ++i)
            found = found || key_text(step_.partial, b.columns, step_.keys, i) == key_;
          return status();
        },
        none);
    for (;;) {
      vigie_error e = plan::fresh_error();
      const vigie_status c = table.partial(task, decoded::rows_a_batch, call.callbacks(), &e);
      if (auto ok = call.done(); !ok) return std::move(ok).error();
      if (c < 0) return step_.made->error_of(e, c);
      if (c == VIGIE_DONE) return found;
    }
  }

  const plan::step_plan& step_;
  std::string key_;
  traced_group& to_;
  std::size_t most_;
};

// The key leads the result, too, as the interface asks for; a component that does otherwise cannot
// be traced through.
bool key_leads(const plan::step_plan& s) {
  for (std::size_t k = 0; k < s.keys; ++k)
    if (k >= s.adds.size() || !s.adds[k].same_type(s.partial[k])) return false;
  return true;
}

status find_group(const plan_maker& make, plan::services& shared, run_options o,
                  const std::string& step, traced_group& group, std::size_t most) {
  auto at = collect(make, shared, o, step, group.row);
  if (!at) return std::move(at).error();
  const plan::step_plan& s = at->p.steps[at->step];
  if (!key_leads(s)) {
    group.unknown = fmt::format("{} does not begin its rows with the key of the group", s.doc->use);
    return {};
  }
  std::vector<data::shared_column> key;
  for (std::size_t k = 0; k < s.keys; ++k)
    key.push_back(data::gather(s.fields[k], at->row.columns[k]));
  auto p = make(step);
  if (!p) return not_planned(step);
  group_finder finder(p->steps[at->step], key_text(s.fields, key, s.keys, 0), group, most);
  o.write = false;
  o.tap_step = at->step;
  o.tap = [&](const data::batch& b) { return finder.look(b); };
  auto r = execute(*p, shared, o);
  return r ? status() : status(std::move(r).error());
}

} // namespace

result<traced_row> trace(const plan_maker& make, plan::services& shared, run_options options,
                         const std::string& step, std::int64_t row, std::size_t most_origins) {
  auto at = collect(make, shared, options, step, row);
  if (!at) return std::move(at).error();
  traced_row out;
  const plan::step_plan& s = at->p.steps[at->step];
  const plan::input_port& port = s.ports[0];
  out.row.rows = 1;
  for (const int n : port.needs) {
    if (n < 0) continue;
    const auto k = static_cast<std::size_t>(n);
    out.fields.push_back(port.fields[k]);
    out.row.columns.push_back(data::copy_out(port.fields[k], at->row.columns[k], 1));
  }
  out.origin = at->row.origin(0);
  out.inputs = std::move(at->inputs);
  if (const auto aggregate = group_step(out.origin)) {
    out.group =
        traced_group{.step = *aggregate, .row = out.origin.offset, .unknown = {}, .first = {}};
    if (auto ok = find_group(make, shared, options, at->p.steps[*aggregate].name, *out.group,
                             most_origins);
        !ok)
      return std::move(ok).error();
  }
  return out;
}

} // namespace vigie::exec
