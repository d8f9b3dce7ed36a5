// SPDX-License-Identifier: Apache-2.0
// A row of partial state is the key and one cell of bytes: 1 and the states of all functions
// (groups::pack), or 0; then for each function that keeps values some of them. Groups with many
// values take several rows.
#include "aggregate.hpp"
#include "json/cell.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

using agg::slice;
using agg::value_state;

constexpr std::size_t rows_a_slice = 2048;
constexpr std::size_t merged_bytes = std::size_t{256} << 10U; // of states in one slice
constexpr std::size_t piece_bytes = std::size_t{64} << 10U;   // of the values in one row
constexpr std::size_t batch_bytes = std::size_t{2} << 20U;    // given out in one call
constexpr std::size_t value_bytes = 24;                       // of one in a list, about

constexpr std::string_view no_state("\0", 1);

void load(const batch& in, const std::vector<need>& needs, std::vector<agg::cells>& to) {
  to.resize(needs.size());
  for (std::size_t i = 0; i < needs.size(); ++i) to[i].load(in[needs[i]]);
}

// The cell of one value as text for people.
std::string plain(const field& f, const agg::value& v) {
  builder one(f);
  agg::put_value(one, f.kind, v);
  ArrowArray a{};
  one.finish(&a);
  std::string out;
  append_plain(out, column(f, a), 0);
  a.release(&a);
  return out;
}

void append_key_text(std::string& to, const field& f, const agg::value* v) {
  to += (to.empty() ? "" : ", ") + f.name + " = ";
  to += f.sensitive ? "(withheld)" : v == nullptr ? "null" : plain(f, *v);
}

} // namespace

// ---- a group read back from runs ---------------------------------------------------------------

// The states of the group at hand, and for each function that keeps values its result in the making
// or bytes of partial state.
class aggregate_rows::task::run_group {
public:
  run_group(const agg::layout& l, std::string_view key) : key(key), layout_(l) {
    states = make_states(l, values);
    for (const auto& s : states) s->groups(1);
    for (const agg::bound_call& c : l.calls) {
      results.emplace_back(c);
      packed.emplace_back();
      counts.push_back(0);
    }
  }

  void begin_results() {
    if (std::exchange(begun_, true)) return;
    for (std::size_t k = 0; k < values.size(); ++k)
      if (values[k] != nullptr) results[k].begin(values[k]->total(0));
  }
  void take_result(const agg::group_runs::row& row, builder& to) {
    begin_results();
    const auto [v, times] = value_state::take_sorted(layout_.calls[row.call - 1], row.bytes, room_);
    results[row.call - 1].take(v, times, to);
  }
  void pack(const agg::group_runs::row& row) {
    const std::size_t k = row.call - 1, before = packed[k].size();
    value_state::pack_one(layout_.calls[k],
                          value_state::take_sorted(layout_.calls[k], row.bytes, room_), packed[k]);
    ++counts[k];
    bytes += packed[k].size() - before;
  }
  // What is packed, as a cell of partial state; the states only the first time.
  std::string cell() {
    std::string out(no_state);
    if (!std::exchange(begun_, true)) {
      out = '\1';
      for (const auto& s : states) s->pack(0, out);
    }
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (values[k] == nullptr) continue;
      agg::put_bytes(out, counts[k]);
      out += packed[k];
      packed[k].clear();
      counts[k] = 0;
    }
    bytes = 0;
    return out;
  }

  std::string key;
  std::vector<value_state*> values;
  std::vector<std::unique_ptr<agg::state>> states;
  std::vector<agg::value_result> results;
  std::vector<std::string> packed;
  std::vector<std::uint32_t> counts;
  std::size_t bytes = 0;

private:
  const agg::layout& layout_;
  bool begun_ = false;
  std::string room_;
};

// ---- taking rows -------------------------------------------------------------------------------

aggregate_rows::task::task(const aggregate_rows& self, const task_info&)
    : self_(self), groups_(self.plan), reader_(self.plan.keys), memory_(self.host) {}

aggregate_rows::task::~task() = default;

void aggregate_rows::task::update(const batch& in) {
  const auto n = static_cast<std::size_t>(in.size());
  load(in, self_.key_needs, key_cells_);
  load(in, self_.needs, cells_);
  key_columns_.clear();
  for (const agg::cells& c : key_cells_) key_columns_.push_back(&c);
  keys_.encode(key_columns_, self_.plan.keys, n);
  for (slice s; s.first < n; s.first += s.rows) {
    s.rows = std::min(rows_a_slice, n - s.first);
    s.more = {s.rows, s.rows, 0};
    s.key_bytes = keys_.bytes(s.first, s.rows);
    for (const agg::cells& c : cells_)
      for (std::size_t i = 0; c.texts && i < s.rows; ++i)
        s.more.text_bytes += c.views[s.first + i].size();
    make_room(s);
    groups_.update(keys_, cells_, s);
  }
}

void aggregate_rows::task::merge(const batch& in) {
  const auto n = static_cast<std::size_t>(in.size());
  load(in, self_.partial_keys, key_cells_);
  state_cells_.load(in[self_.partial_state]);
  key_columns_.clear();
  for (const agg::cells& c : key_cells_) key_columns_.push_back(&c);
  keys_.encode(key_columns_, self_.plan.keys, n);
  for (slice s; s.first < n; s.first += s.rows) {
    std::size_t bytes = 0;
    for (s.rows = 0; s.rows < rows_a_slice && s.first + s.rows < n && bytes < merged_bytes;
         ++s.rows)
      bytes += state_cells_.views[s.first + s.rows].size();
    s.more = {s.rows, self_.least_value_bytes == 0 ? 0 : bytes / self_.least_value_bytes, bytes};
    s.key_bytes = keys_.bytes(s.first, s.rows);
    make_room(s);
    groups_.merge(keys_, state_cells_, s);
  }
}

// ---- memory ------------------------------------------------------------------------------------

// What the groups will hold is asked for before they grow. Where it is refused, they go to disk.
void aggregate_rows::task::make_room(const slice& s) {
  if (!memory_.expect(groups_.after(s)) && groups_.size() > 0) spill();
}

void aggregate_rows::task::spill() {
  if (!runs_)
    if (const auto files = self_.host.spill()) runs_.emplace(self_.plan, self_.host, *files);
  if (!runs_)
    throw error(VIGIE_E_RESOURCE, std::to_string(groups_.size()) +
                                      " groups take more memory than the run may use, and there is "
                                      "no disk for them; group by fewer columns or allow more");
  runs_->add(groups_);
  groups_ = agg::groups(self_.plan);
  memory_.give_back();
}

// ---- giving out --------------------------------------------------------------------------------

void aggregate_rows::task::begin(bool sorted) {
  if (std::exchange(at_.begun, true)) return;
  if (runs_) {
    spill();
    runs_->start();
    at_.row = runs_->next();
    return;
  }
  groups_.gather(sorted);
  if (sorted) at_.order = groups_.in_key_order();
  at_.values.assign(self_.plan.calls.size(), 0);
}

// As new.
void aggregate_rows::task::end() {
  groups_ = agg::groups(self_.plan);
  runs_.reset();
  open_.reset();
  at_ = {};
  memory_.give_back();
}

// A key of the groups in memory, or an ordered one.
template <class Put> void aggregate_rows::task::read_key(std::string_view key, Put put) {
  runs_ ? reader_.read_ordered(key, put) : reader_.read(key, put);
}

void aggregate_rows::task::put_key(std::string_view key, decoded& out) {
  read_key(key, [&](std::size_t k, const agg::value* v) {
    v == nullptr ? out[k].null() : agg::put_value(out[k], self_.plan.keys[k], *v);
  });
}

bool aggregate_rows::task::partial(std::int64_t want, decoded& out) {
  begin(false);
  const bool more = runs_ ? runs_partial(want, out) : give_partial(want, out);
  if (!more) end();
  return more;
}

bool aggregate_rows::task::result(std::int64_t want, decoded& out) {
  if (!at_.begun && self_.plan.keys.empty() && !runs_) groups_.ensure_one();
  begin(true);
  const bool more = runs_ ? runs_result(want, out) : give_result(want, out);
  if (!more) end();
  return more;
}

bool aggregate_rows::task::give_partial(std::int64_t want, decoded& out) {
  std::size_t bytes = 0;
  for (; want > 0 && at_.group < groups_.size() && bytes < batch_bytes; --want) {
    put_states(static_cast<std::uint32_t>(at_.group), out);
    bytes += text_.size();
  }
  return at_.group < groups_.size();
}

// One row of a group; moves on to the next group where nothing is left.
void aggregate_rows::task::put_states(std::uint32_t g, decoded& out) {
  const bool first = std::ranges::all_of(at_.values, [](std::size_t n) { return n == 0; });
  text_.assign(1, first ? '\1' : '\0');
  if (first) groups_.pack(g, text_);
  bool left = false;
  for (std::size_t k = 0; k < at_.values.size(); ++k) {
    const value_state* v = groups_.values_of(k);
    if (v == nullptr) continue;
    at_.values[k] = v->pack_values(g, at_.values[k], piece_bytes, text_);
    left = left || at_.values[k] < v->held(g);
  }
  put_key(groups_.key(g), out);
  out[self_.plan.keys.size()].text(text_);
  out.row();
  if (left) return;
  ++at_.group;
  std::ranges::fill(at_.values, 0U);
}

template <class Work> void aggregate_rows::task::in_group(std::string_view key, Work work) {
  try {
    work();
  } catch (error& e) {
    std::string text;
    read_key(key, [&](std::size_t k, const agg::value* v) {
      append_key_text(text, self_.key_fields[k], v);
    });
    if (e.code == VIGIE_E_DATA && !text.empty()) e.message += "; the group is " + text;
    throw;
  }
}

void aggregate_rows::task::put_cells(std::uint32_t g, decoded& out) {
  const std::size_t keys = self_.plan.keys.size();
  put_key(groups_.key(g), out);
  in_group(groups_.key(g), [&] {
    for (std::size_t k = 0; k < self_.plan.calls.size(); ++k)
      groups_.of(k).result(g, out[keys + k]);
  });
  out.row();
}

bool aggregate_rows::task::give_result(std::int64_t want, decoded& out) {
  std::size_t bytes = 0;
  for (; want > 0 && at_.group < at_.order.size() && bytes < batch_bytes; --want) {
    const std::uint32_t g = at_.order[at_.group++];
    put_cells(g, out);
    for (std::size_t k = 0; k < self_.plan.calls.size(); ++k)
      if (self_.plan.calls[k].result.kind == kind::list)
        bytes += groups_.values_of(k)->held(g) * value_bytes;
  }
  return at_.group < at_.order.size();
}

// ---- giving out what was on disk ---------------------------------------------------------------

bool aggregate_rows::task::runs_partial(std::int64_t want, decoded& out) {
  const std::size_t state_column = self_.plan.keys.size();
  const auto put = [&] {
    put_key(open_->key, out);
    out[state_column].text(open_->cell());
    out.row();
    --want;
  };
  for (; at_.row && want > 0; at_.row = runs_->next()) {
    const auto& row = *at_.row;
    if (open_ && open_->key != row.key) {
      put();
      open_.reset();
    }
    if (!open_) open_ = std::make_unique<run_group>(self_.plan, row.key);
    std::string_view bytes = row.bytes;
    row.call == 0 ? merge_states(open_->states, 0, bytes) : open_->pack(row);
    if (open_->bytes >= piece_bytes && want > 0) put();
  }
  if (at_.row || want <= 0) return true;
  if (open_) put();
  return false;
}

bool aggregate_rows::task::runs_result(std::int64_t want, decoded& out) {
  const std::size_t keys = self_.plan.keys.size();
  const auto put = [&] {
    put_key(open_->key, out);
    open_->begin_results();
    in_group(open_->key, [&] {
      for (std::size_t k = 0; k < self_.plan.calls.size(); ++k)
        open_->values[k] != nullptr ? open_->results[k].end(out[keys + k])
                                    : open_->states[k]->result(0, out[keys + k]);
    });
    out.row();
    open_.reset();
    --want;
  };
  for (; at_.row; at_.row = runs_->next()) {
    const auto& row = *at_.row;
    if (open_ && open_->key != row.key) put();
    if (want <= 0) return true;
    if (!open_) open_ = std::make_unique<run_group>(self_.plan, row.key);
    std::string_view bytes = row.bytes;
    if (row.call == 0)
      merge_states(open_->states, 0, bytes);
    else
      open_->take_result(row, out[keys + row.call - 1]);
  }
  if (open_) put();
  return false;
}

} // namespace vigie::core
