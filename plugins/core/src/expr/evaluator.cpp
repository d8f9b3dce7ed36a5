// SPDX-License-Identifier: Apache-2.0
#include "evaluator.hpp"

#include "convert.hpp"
#include "json/cell.hpp"
#include "kernels.hpp"
#include "meaning.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace vigie::core::expr {
namespace {

constexpr std::uint8_t one_failed = failed;
constexpr std::uint8_t one_absent = absent;
constexpr nested_cell no_cell{};

// Whether the values of the column are an array of exactly the form's type.
bool is_plain_array(const field& f) {
  if (!f.index.empty()) return false;
  return f.kind == kind::int64 || f.kind == kind::uint64 || f.kind == kind::float64 ||
         f.kind == kind::timestamp;
}

template <class T> void widen(const column& c, std::size_t first, std::size_t rows, void* out) {
  const T* const from = c.values<T>().data() + first;
  auto* to = static_cast<std::int64_t*>(out);
  for (std::size_t i = 0; i < rows; ++i) to[i] = from[i];
}

// Integers narrower than int64, dates among them.
bool widen_column(const column& c, std::size_t first, std::size_t rows, void* out) {
  if (!c.type().index.empty()) return false;
  switch (c.type().kind) {
  case kind::int8: widen<std::int8_t>(c, first, rows, out); return true;
  case kind::int16: widen<std::int16_t>(c, first, rows, out); return true;
  case kind::int32:
  case kind::date: widen<std::int32_t>(c, first, rows, out); return true;
  case kind::uint8: widen<std::uint8_t>(c, first, rows, out); return true;
  case kind::uint16: widen<std::uint16_t>(c, first, rows, out); return true;
  case kind::uint32: widen<std::uint32_t>(c, first, rows, out); return true;
  default: return false;
  }
}

std::string shown(const vec& v, const field& type, std::size_t row) {
  std::string out;
  if (is_decimal(type))
    append_decimal(out, v.at<std::int64_t>(row), decimal_scale(type));
  else if (type.kind == kind::float64)
    print_real(v.at<double>(row), out);
  else
    print_integer(v.at<std::int64_t>(row), out);
  return out;
}

} // namespace

// ---- running -----------------------------------------------------------------------------------

std::size_t evaluator::compute(std::size_t first, std::size_t rows) {
  first_ = first;
  for (rows_ = rows;; rows_ = (rows_ + 1) / 2) {
    try {
      compute_all();
      return rows_;
    } catch (const too_much_text&) {
      if (rows_ > 1) continue;
    }
    if (log_.wanted && log_.first.empty()) log_.first = "the row makes more than 64 MiB of text";
    while (results_.size() < programs_.size()) {
      vec bad;
      bad.data = &no_cell;
      bad.states = &one_failed;
      bad.step = 0;
      results_.push_back(std::move(bad));
    }
    return rows_;
  }
}

void evaluator::compute_all() {
  results_.clear();
  texts_.clear();
  parts_.clear();
  for (const typed* p : programs_) results_.push_back(evaluate(*p, nullptr));
}

std::string evaluator::reason(std::size_t program, std::size_t row) {
  if (explainer_ == nullptr) {
    explainer_ = std::make_unique<evaluator>(programs_);
    explainer_->log_.wanted = true;
  }
  explainer_->programs_.assign(programs_.begin(),
                               programs_.begin() + static_cast<std::ptrdiff_t>(program) + 1);
  explainer_->columns_ = columns_;
  explainer_->log_.first.clear();
  explainer_->compute(row, 1);
  return explainer_->log_.first;
}

vec evaluator::evaluate(const typed& n, const std::uint8_t* active) {
  switch (n.op) {
  case operation::constant: return constant(n);
  case operation::column: return load((*columns_)[n.slot], n);
  case operation::earlier: return results_[n.slot].borrowed();
  case operation::negate: return negate(n, active);
  case operation::invert: return invert(n, active);
  case operation::arithmetic: return arithmetic(n, active);
  case operation::compare: return compare(n, active);
  case operation::all_of:
  case operation::any_of: return flat(n, active);
  case operation::is_null: return is_null(n, active);
  case operation::is_truth: return is_truth(n, active);
  case operation::distinct: return distinct(n, active);
  case operation::in_list: return in_list(n, active);
  case operation::between: return between(n, active);
  case operation::like: return like(n, active);
  case operation::choose:
  case operation::choose_of: return choose(n, active);
  case operation::coalesce: return coalesce(n, active);
  case operation::nullif: return nullif(n, active);
  case operation::extreme: return extreme(n, active);
  case operation::concat: return concat(n, active);
  case operation::cast: return cast(n, active);
  case operation::call: return call(n, active);
  case operation::member: return member(n, active);
  case operation::element: return element(n, active);
  }
  return {};
}

// ---- memory and shapes -------------------------------------------------------------------------

vec evaluator::fresh() {
  vec out;
  out.values = block(values_);
  out.data = out.values.as<std::byte>();
  return out;
}

std::uint8_t* evaluator::states_of(vec& v) {
  v.status_block = block(bytes_);
  v.states = v.status_block.as<std::uint8_t>();
  return v.status_block.as<std::uint8_t>();
}

std::size_t evaluator::shape(vec& out, std::span<const vec> args) const {
  const bool single =
      std::all_of(args.begin(), args.end(), [](const vec& a) { return a.step == 0; });
  out.step = single ? 0 : 1;
  return single ? 1 : rows_;
}

void evaluator::merge_states(vec& out, std::span<const vec> args) {
  const std::size_t rows = out.step == 0 ? 1 : rows_;
  std::uint8_t* to = nullptr;
  for (const vec& a : args) {
    if (a.states == nullptr) continue;
    if (to == nullptr) std::memset(to = states_of(out), present, rows);
    for (std::size_t i = 0; i < rows; ++i) to[i] = std::max(to[i], a.states[i * a.step]);
  }
}

std::vector<vec> evaluator::arguments(const typed& n, const std::uint8_t* active) {
  std::vector<vec> out;
  out.reserve(n.args.size());
  for (const typed_ptr& a : n.args) out.push_back(evaluate(*a, active));
  return out;
}

// A frame whose states can be written; used where a row can fail or become null.
call_frame evaluator::frame(const typed& n, std::size_t rows, const std::uint8_t* active,
                            std::span<const vec> args, vec& out) {
  merge_states(out, args);
  if (out.states == nullptr) std::memset(states_of(out), present, rows);
  return {rows,
          out.step == 0 ? nullptr : active,
          args,
          n,
          out.status_block.as<std::uint8_t>(),
          out.values.as<void>(),
          texts_,
          log_};
}

bool evaluator::any(const std::uint8_t* rows) const {
  return rows == nullptr || std::memchr(rows, 1, rows_) != nullptr;
}

// ---- leaves ------------------------------------------------------------------------------------

vec evaluator::constant(const typed& n) const {
  vec out;
  out.step = 0;
  out.states = n.value.state == absent ? &one_absent : nullptr;
  switch (n.form()) {
  case rep::boolean: out.data = &n.value.boolean; break;
  case rep::integer: out.data = &n.value.integer; break;
  case rep::natural: out.data = &n.value.natural; break;
  case rep::real: out.data = &n.value.real; break;
  case rep::text: out.data = &n.value.view; break;
  case rep::nested: out.data = &no_cell; break;
  }
  return out;
}

vec evaluator::load(const column& c, const typed& n) {
  vec out;
  if (is_plain_array(c.type()))
    out.data = c.values<std::int64_t>().data() + first_; // all 8 bytes
  else
    out = load_values(c, n.form());
  load_states(c, out);
  return out;
}

// What is null of the rows at hand; no states where all are present.
void evaluator::load_states(const column& c, vec& out) {
  if (!c.has_nulls()) return;
  std::uint8_t* states = states_of(out);
  std::uint8_t seen = 0;
  for (std::size_t i = 0; i < rows_; ++i) {
    states[i] = c.is_null(static_cast<std::int64_t>(first_ + i)) ? absent : present;
    seen = static_cast<std::uint8_t>(seen | states[i]);
  }
  if (seen == 0) out.states = nullptr;
}

vec evaluator::load_values(const column& c, rep form) {
  vec out = fresh();
  if (widen_column(c, first_, rows_, out.values.as<void>())) return out;
  const bool nulls = c.has_nulls();
  with_type(form, [&]<class T>() {
    T* to = out.values.as<T>();
    for (std::size_t i = 0; i < rows_; ++i) {
      const auto row = static_cast<std::int64_t>(first_ + i);
      to[i] = nulls && c.is_null(row) ? T{} : cell<T>(c, row);
    }
  });
  return out;
}

template <class T> T evaluator::cell(const column& c, std::int64_t row) {
  if constexpr (std::is_same_v<T, std::uint8_t>)
    return c.boolean(row) ? 1 : 0;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return c.integer(row);
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return std::bit_cast<std::uint64_t>(c.integer(row));
  else if constexpr (std::is_same_v<T, double>)
    return c.real(row);
  else if constexpr (std::is_same_v<T, std::string_view>)
    return c.text(row);
  else
    return nested_cell{&c, row};
}

// ---- strict operations -------------------------------------------------------------------------

vec evaluator::call(const typed& n, const std::uint8_t* active) {
  const std::vector<vec> args = arguments(n, active);
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  call_frame f = frame(n, rows, active, args, out);
  if (n.form() == rep::text)
    std::fill_n(out.values.as<std::string_view>(), rows, std::string_view());
  else if (n.form() == rep::boolean) // and, or take it for a truth in rows they have decided
    std::memset(out.values.as<void>(), 0, rows);
  n.fn->run(f);
  return out;
}

vec evaluator::arithmetic(const typed& n, const std::uint8_t* active) {
  const std::array<vec, 2> args = {evaluate(*n.args[0], active), evaluate(*n.args[1], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  merge_states(out, args);
  block fault_block(bytes_);
  auto* faults = fault_block.as<std::uint8_t>();
  const bool real = n.form() == rep::real;
  bool bad =
      real ? real_rows(n.symbol, args[0], args[1], rows, out.values.as<double>(), faults)
           : integer_rows(n.symbol, args[0], args[1], rows, out.values.as<std::int64_t>(), faults);
  if (n.type.kind == kind::date)
    for (std::size_t i = 0; i < rows; ++i) {
      const std::int64_t day = out.at<std::int64_t>(i);
      if (day != static_cast<std::int32_t>(day)) faults[i] = 1;
      bad = bad || faults[i] != 0;
    }
  if (!bad) return out;
  call_frame f = frame(n, rows, active, args, out);
  for (std::size_t i = 0; i < rows; ++i) {
    if (faults[i] == 0 || !f.live(i)) continue;
    f.fail(i, [&]() -> std::string {
      const bool divides = n.symbol == '/' || n.symbol == '%';
      const bool zero =
          divides && (real ? args[1].at<double>(i) == 0 : args[1].at<std::int64_t>(i) == 0);
      if (zero) return "division by zero";
      const std::string where = " is out of the range of " + called(n.type);
      if (n.type.sensitive) return "the result of '" + std::string(1, n.symbol) + "'" + where;
      return shown(args[0], n.type, i) + " " + n.symbol + " " + shown(args[1], n.type, i) + where;
    });
  }
  return out;
}

vec evaluator::negate(const typed& n, const std::uint8_t* active) {
  const std::array<vec, 1> args = {evaluate(*n.args[0], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  if (n.form() == rep::real) {
    merge_states(out, args);
    for (std::size_t i = 0; i < rows; ++i) out.values.as<double>()[i] = -args[0].at<double>(i);
    return out;
  }
  const call_frame f = frame(n, rows, active, args, out);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::int64_t v = args[0].at<std::int64_t>(i);
    f.put(i, v == INT64_MIN ? v : -v);
    if (v == INT64_MIN && f.live(i))
      f.fail(i, [] { return std::string("'-' is out of the range of int64"); });
  }
  return out;
}

// ---- parts of structs and lists ----------------------------------------------------------------

vec evaluator::member(const typed& n, const std::uint8_t* active) {
  const std::array<vec, 1> args = {evaluate(*n.args[0], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  const call_frame f = frame(n, rows, active, args, out);
  const column* in = nullptr;
  const column* child = nullptr;
  with_type(n.form(), [&]<class T>() {
    for (std::size_t i = 0; i < rows; ++i) {
      f.put(i, T{});
      if (!f.live(i)) continue;
      const auto base = args[0].at<nested_cell>(i);
      if (base.in != in) child = &parts_.emplace_back((in = base.in)->child(n.slot));
      const std::int64_t row = base.in->child_row(base.row);
      if (child->is_null(row))
        f.states[i] = absent;
      else
        f.put(i, cell<T>(*child, row));
    }
  });
  return out;
}

vec evaluator::element(const typed& n, const std::uint8_t* active) {
  const std::array<vec, 2> args = {evaluate(*n.args[0], active), evaluate(*n.args[1], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  const call_frame f = frame(n, rows, active, args, out);
  const column* in = nullptr;
  const column* items = nullptr;
  with_type(n.form(), [&]<class T>() {
    for (std::size_t i = 0; i < rows; ++i) {
      f.put(i, T{});
      if (!f.live(i)) continue;
      const auto base = args[0].at<nested_cell>(i);
      if (base.in != in) items = &parts_.emplace_back((in = base.in)->items());
      const auto [begin, end] = base.in->list(base.row);
      const std::int64_t index = args[1].at<std::int64_t>(i);
      const bool inside = index >= 1 && index <= end - begin;
      if (!inside || items->is_null(begin + index - 1))
        f.states[i] = absent;
      else
        f.put(i, cell<T>(*items, begin + index - 1));
    }
  });
  return out;
}

// ---- constants ---------------------------------------------------------------------------------

bool compute_constant(typed& node) {
  if (node.form() == rep::nested) return false;
  evaluator once({&node});
  const std::vector<column> none;
  once.columns_ = &none;
  once.compute(0, 1);
  const vec& v = once.result(0);
  if (v.status_at(0) == failed) return false;
  scalar made;
  if (v.status_at(0) == present) {
    made.state = present;
    switch (node.form()) {
    case rep::boolean: made.boolean = v.at<std::uint8_t>(0); break;
    case rep::integer: made.integer = v.at<std::int64_t>(0); break;
    case rep::natural: made.natural = v.at<std::uint64_t>(0); break;
    case rep::real: made.real = v.at<double>(0); break;
    default: made.text = v.at<std::string_view>(0);
    }
  }
  once.results_.clear();
  node.value = std::move(made);
  node.value.view = node.value.text;
  node.op = operation::constant;
  node.args.clear();
  node.set.reset();
  node.pattern.reset();
  node.prepared.reset();
  return true;
}

} // namespace vigie::core::expr
