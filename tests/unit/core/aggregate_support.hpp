// SPDX-License-Identifier: Apache-2.0
// Runs core.aggregate as the host does, with partial states merged in any shape, and a plain
// implementation to compare with. Used by the tests of core.aggregate. One thread.
#pragma once

#include "aggregate.hpp"

#include <vigie/testing.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace vigie::core::tests {

struct question {
  std::vector<std::string> by;
  std::vector<std::pair<std::string, std::string>> compute; // name, function
};

inline void ask(aggregate_rows& c, const question& q) {
  for (const std::string& name : q.by) {
    c.by.emplace_back(name);
    c.by.back().param = 0;
    c.by.back().item = static_cast<int>(c.by.size()) - 1;
  }
  for (const auto& [name, text] : q.compute) {
    c.compute.emplace_back(name, text);
    c.compute.back().second.param = 1;
    c.compute.back().second.item = static_cast<int>(c.compute.size()) - 1;
  }
}

// A cell as text that is equal for equal cells, NaN included.
inline std::string shown(const testing::cell& c) {
  if (std::holds_alternative<std::nullptr_t>(c.value)) return "null";
  if (const auto* v = std::get_if<bool>(&c.value)) return *v ? "true" : "false";
  if (const auto* v = std::get_if<std::int64_t>(&c.value)) return std::to_string(*v);
  if (const auto* v = std::get_if<double>(&c.value)) {
    char text[40];
    std::snprintf(text, sizeof text, "%a", *v);
    return std::isnan(*v) ? "nan" : text;
  }
  if (const auto* v = std::get_if<std::string>(&c.value)) return "'" + *v + "'";
  std::string out = "[";
  for (const testing::cell& i : std::get<std::vector<testing::cell>>(c.value))
    out += shown(i) + " ";
  return out + "]";
}

inline std::vector<std::string> shown(const std::vector<testing::row>& rows) {
  std::vector<std::string> out;
  for (const testing::row& r : rows) {
    std::string& line = out.emplace_back();
    for (const testing::cell& c : r) line += shown(c) + " | ";
  }
  return out;
}

// Tasks of one bound component, to be fed, merged and read at will.
class aggregation {
public:
  aggregation(const schema& in, const question& q) : in_(in) {
    host_.struct_size = sizeof host_;
    host_.ctx = this;
    host_.cancelled = [](void*) { return 0; };
    host_.reserve = [](void* ctx, std::int64_t delta) -> vigie_status {
      auto& self = *static_cast<aggregation*>(ctx);
      if (delta > 0 && self.held + delta > self.memory) return VIGIE_E_RESOURCE;
      self.held += delta;
      return VIGIE_OK;
    };
    host_.extension = [](void* ctx, const char* id) -> const void* {
      auto& self = *static_cast<aggregation*>(ctx);
      return std::string_view(id) == "vigie.spill/0" && self.spills ? self.spill.table() : nullptr;
    };
    made_.component.host = host_services(&host_);
    ask(made_.component, q);
    const owned_schema s(in_);
    vigie_binding b{};
    b.struct_size = sizeof b;
    call([&](vigie_error* e) {
      return table::table.bind(&made_, &s.schema, &partial_.schema, &keys, &b, e);
    });
    partial_fields = from_arrow(partial_.schema).children;
    result_fields = from_arrow(b.adds).children;
    b.adds.release(&b.adds);
  }

  class task {
  public:
    explicit task(aggregation& of) : of_(&of) {
      call([&](vigie_error* e) { return table::table.open(&of.made_, &of.info_, &task_, e); });
    }
    task(task&& o) noexcept : of_(o.of_), task_(std::exchange(o.task_, nullptr)) {}
    task& operator=(task&&) = delete;
    ~task() {
      if (task_ != nullptr) table::table.close(task_);
    }

    void update(const testing::table& t, std::size_t first, std::size_t n) {
      ArrowArray a{};
      const auto& needs = of_->made_.needs[0].positions;
      testing::make(t, needs, first, n, &a);
      call([&](vigie_error* e) { return table::table.update(task_, &a, nullptr, e); });
    }
    // Gives out all partial state, `want` rows a call, to another task.
    void merge_into(task& other, std::uint64_t want = 5) {
      struct target {
        task* to;
        std::uint64_t rows;
      } into{&other, 0};
      const vigie_decoded d{
          sizeof d, &into,
          [](void* ctx, std::int64_t n, ArrowArray* moved, const vigie_span*) -> vigie_status {
            auto& t = *static_cast<target*>(ctx);
            t.rows += static_cast<std::uint64_t>(n);
            call([&](vigie_error* e) { return table::table.merge(t.to->task_, moved, e); });
            if (moved->release != nullptr) moved->release(moved);
            return VIGIE_OK;
          },
          nullptr};
      for (vigie_status s = VIGIE_OK; s != VIGIE_DONE;) {
        into.rows = 0;
        s = call([&](vigie_error* e) { return table::table.partial(task_, want, &d, e); });
        if (into.rows > want) throw error(VIGIE_E_INTERNAL, "more rows than were wanted");
      }
    }
    std::vector<testing::row> partial(std::uint64_t want = 1000) {
      return read(table::table.partial, want, of_->partial_fields);
    }
    std::vector<testing::row> result(std::uint64_t want = 7) {
      return read(table::table.result, want, of_->result_fields);
    }

  private:
    using give = vigie_status (*)(void*, std::uint64_t, const vigie_decoded*, vigie_error*);
    std::vector<testing::row> read(give from, std::uint64_t want, const schema& fields) {
      testing::outcome out{.fields = fields};
      const vigie_decoded d{
          sizeof d, &out,
          [](void* ctx, std::int64_t n, ArrowArray* moved, const vigie_span*) -> vigie_status {
            auto& o = *static_cast<testing::outcome*>(ctx);
            testing::collect(o.fields, moved, n, o);
            return VIGIE_OK;
          },
          nullptr};
      for (vigie_status s = VIGIE_OK; s != VIGIE_DONE;) {
        const std::size_t before = out.rows.size();
        s = call([&](vigie_error* e) { return from(task_, want, &d, e); });
        if (out.rows.size() - before > want)
          throw error(VIGIE_E_INTERNAL, "more rows than were wanted");
      }
      return out.rows;
    }

    aggregation* of_;
    void* task_ = nullptr;
  };

  std::int64_t memory = INT64_MAX, held = 0; // bytes
  bool spills = true;
  testing::spill_in_memory spill;
  std::uint32_t keys = 0;
  schema partial_fields, result_fields;

private:
  using table = vigie::detail::aggregate_table<aggregate_rows>;
  template <class F> static vigie_status call(F&& f) {
    vigie_error e{};
    e.struct_size = sizeof e;
    e.param = e.item = -1;
    e.offset = e.row = -1;
    const vigie_status s = f(&e);
    if (s < 0) throw error(s, e.message).at_param(e.param, e.item, e.offset);
    return s;
  }

  schema in_;
  vigie_host host_{};
  vigie_task info_{sizeof(vigie_task), 1, {"a", 1}};
  vigie::detail::instance<aggregate_rows> made_;
  owned_schema partial_;
};

// All rows through tasks of `rows_a_task`, merged in order.
inline std::vector<testing::row> answer(aggregation& a, const testing::table& t,
                                        std::size_t rows_a_task) {
  aggregation::task total(a);
  for (std::size_t from = 0; from < t.rows.size(); from += rows_a_task) {
    aggregation::task one(a);
    one.update(t, from, std::min(rows_a_task, t.rows.size() - from));
    one.merge_into(total);
  }
  return total.result();
}

inline std::vector<testing::row> answer(const testing::table& t, const question& q,
                                        std::size_t rows_a_task = 4) {
  aggregation a(t.fields, q);
  return answer(a, t, rows_a_task);
}

// ---- the plain implementation ------------------------------------------------------------------

inline int compare(const testing::cell& a, const testing::cell& b, kind k) {
  const bool no_a = a == testing::cell(), no_b = b == testing::cell();
  if (no_a || no_b) return int{no_a} - int{no_b}; // nulls last
  if (const auto* x = std::get_if<std::string>(&a.value))
    return x->compare(std::get<std::string>(b.value));
  if (const auto* x = std::get_if<bool>(&a.value)) return int{*x} - int{std::get<bool>(b.value)};
  if (const auto* x = std::get_if<double>(&a.value)) {
    const double y = std::get<double>(b.value);
    if (std::isnan(*x) || std::isnan(y)) return int{std::isnan(*x)} - int{std::isnan(y)};
    return *x < y ? -1 : *x > y;
  }
  const auto x = std::get<std::int64_t>(a.value), y = std::get<std::int64_t>(b.value);
  if (k != kind::uint64) return x < y ? -1 : x > y;
  return static_cast<std::uint64_t>(x) < static_cast<std::uint64_t>(y)   ? -1
         : static_cast<std::uint64_t>(x) > static_cast<std::uint64_t>(y) ? 1
                                                                         : 0;
}

class plain_group {
public:
  plain_group(const testing::table& t, std::vector<std::size_t> rows)
      : t_(t), rows_(std::move(rows)) {}

  // `column` and `by` name columns; "" is none.
  testing::cell of(const std::string& fn, const std::string& column, const std::string& by = "",
                   std::size_t n = 0) const {
    if (column.empty()) return static_cast<std::int64_t>(rows_.size());
    const std::size_t c = position(column);
    const kind k = t_.fields[c].kind;
    std::vector<testing::cell> all = values(c, by);
    const auto less = [k](const auto& a, const auto& b) { return compare(a, b, k) < 0; };
    if (fn == "count") return static_cast<std::int64_t>(all.size());
    if (fn == "list") return first(all, n);
    if (fn == "first" || fn == "last") return edge(fn, all, c, by);
    std::ranges::stable_sort(all, less);
    if (fn == "median" || fn == "quantile") return ranked(fn, all, n, t_.fields[c]);
    if (fn == "min") return all.empty() ? testing::cell() : all.front();
    if (fn == "max") return all.empty() ? testing::cell() : all.back();
    std::vector<std::pair<testing::cell, std::int64_t>> different;
    for (const testing::cell& v : all) {
      if (different.empty() || compare(different.back().first, v, k) != 0)
        different.emplace_back(v, 0);
      ++different.back().second;
    }
    if (fn == "distinct") return static_cast<std::int64_t>(different.size());
    if (fn == "top")
      std::ranges::stable_sort(different, [](auto& a, auto& b) { return a.second > b.second; });
    std::vector<testing::cell> out;
    for (auto& [v, times] : different) {
      if (fn == "top")
        out.emplace_back(std::vector<testing::cell>{v, times});
      else
        out.push_back(v);
    }
    return first(out, n);
  }

private:
  [[nodiscard]] std::size_t position(const std::string& name) const {
    return static_cast<std::size_t>(find_field(t_.fields, name));
  }
  [[nodiscard]] std::vector<testing::cell> values(std::size_t c, const std::string& by) const {
    std::vector<testing::cell> out;
    for (const std::size_t r : rows_) {
      const bool ordered = by.empty() || t_.rows[r][position(by)] != testing::cell();
      if (t_.rows[r][c] != testing::cell() && ordered) out.push_back(t_.rows[r][c]);
    }
    return out;
  }
  static testing::cell first(std::vector<testing::cell> all, std::size_t n) {
    if (n > 0 && all.size() > n) all.resize(n);
    return all;
  }
  [[nodiscard]] testing::cell edge(const std::string& fn, const std::vector<testing::cell>& all,
                                   std::size_t c, const std::string& by) const {
    if (all.empty()) return nullptr;
    if (by.empty()) return fn == "first" ? all.front() : all.back();
    const std::size_t b = position(by);
    std::optional<std::size_t> best;
    for (const std::size_t r : rows_) {
      if (t_.rows[r][c] == testing::cell() || t_.rows[r][b] == testing::cell()) continue;
      const int d = best ? compare(t_.rows[r][b], t_.rows[*best][b], t_.fields[b].kind) : 0;
      if (!best || (fn == "first" ? d < 0 : d >= 0)) best = r;
    }
    return t_.rows[*best][c];
  }
  // `percent` of the sorted values.
  static testing::cell ranked(const std::string& fn, const std::vector<testing::cell>& all,
                              std::size_t percent, const field& f) {
    if (all.empty()) return nullptr;
    const std::size_t n = all.size();
    if (fn == "quantile") return all[std::max<std::size_t>(1, (n * percent + 99) / 100) - 1];
    const testing::cell &low = all[(n + 1) / 2 - 1], &high = all[n / 2];
    const bool number = is_integer(f.kind) && f.extension.empty();
    if (f.kind == kind::float64) {
      const double a = std::get<double>(low.value), b = std::get<double>(high.value);
      return a == b ? a : std::isfinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
    }
    if (!number) return low;
    const auto wide = [&](const testing::cell& c) {
      const auto v = std::get<std::int64_t>(c.value);
      return f.kind == kind::uint64 ? static_cast<signed_wide>(static_cast<std::uint64_t>(v))
                                    : static_cast<signed_wide>(v);
    };
    return static_cast<double>(wide(low) + wide(high)) / 2;
  }

  const testing::table& t_;
  std::vector<std::size_t> rows_;
};

// Groups by the named columns, in key order.
inline std::vector<std::pair<testing::row, plain_group>>
plain_groups(const testing::table& t, const std::vector<std::string>& by) {
  std::vector<std::size_t> columns;
  for (const std::string& name : by)
    columns.push_back(static_cast<std::size_t>(find_field(t.fields, name)));
  const auto before = [&](const testing::row& a, const testing::row& b) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (const int d = compare(a[i], b[i], t.fields[columns[i]].kind); d != 0) return d < 0;
    return false;
  };
  std::map<testing::row, std::vector<std::size_t>, decltype(before)> groups(before);
  for (std::size_t r = 0; r < t.rows.size(); ++r) {
    testing::row key;
    for (const std::size_t c : columns) key.push_back(t.rows[r][c]);
    groups[key].push_back(r);
  }
  if (by.empty() && groups.empty()) groups[{}];
  std::vector<std::pair<testing::row, plain_group>> out;
  for (auto& [key, rows] : groups) out.emplace_back(key, plain_group(t, rows));
  return out;
}

} // namespace vigie::core::tests
