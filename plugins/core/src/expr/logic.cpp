// SPDX-License-Identifier: Apache-2.0
// The part of the evaluator that gives true, false or null.
#include "evaluator.hpp"
#include "kernels.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::core::expr {
namespace {

// A condition of one row in one byte.
enum truth : std::uint8_t { t_false = 0, t_true = 1, t_null = 2, t_failed = 3 };

std::uint8_t truth_of(std::uint8_t state, std::uint8_t value) {
  return state == present ? value : static_cast<std::uint8_t>(state + 1);
}

// [left * 4 + right]: an error on the left is met before the right side is looked at; one on the
// right counts only where the left leaves it open.
constexpr std::uint8_t and_table[16] = {t_false,  t_false,  t_false,  t_false,  // false and ...
                                        t_false,  t_true,   t_null,   t_failed, // true
                                        t_false,  t_null,   t_null,   t_failed, // null
                                        t_failed, t_failed, t_failed, t_failed};
constexpr std::uint8_t or_table[16] = {t_false,  t_true,   t_null,   t_failed, //
                                       t_true,   t_true,   t_true,   t_true,   //
                                       t_null,   t_true,   t_null,   t_failed, //
                                       t_failed, t_failed, t_failed, t_failed};

void read_truth(const vec& v, std::size_t rows, std::uint8_t* to) {
  for (std::size_t i = 0; i < rows; ++i) to[i] = truth_of(v.status_at(i), v.at<std::uint8_t>(i));
}

void flip(vec& v, std::size_t rows) {
  auto* values = v.values.as<std::uint8_t>();
  for (std::size_t i = 0; i < rows; ++i) values[i] ^= 1;
}

} // namespace

vec evaluator::flat(const typed& n, const std::uint8_t* active) {
  const bool all = n.op == operation::all_of;
  const std::uint8_t* const table = all ? and_table : or_table;
  const std::uint8_t decided = all ? t_false : t_true;
  vec out = fresh();
  auto* const truths = out.values.as<std::uint8_t>();
  read_truth(evaluate(*n.args[0], active), rows_, truths);
  block open_block(bytes_);
  auto* const open = open_block.as<std::uint8_t>();
  for (std::size_t a = 1; a < n.args.size(); ++a) {
    for (std::size_t i = 0; i < rows_; ++i)
      open[i] =
          truths[i] != decided && truths[i] != t_failed && (active == nullptr || active[i] != 0);
    if (!any(open)) break;
    const vec right = evaluate(*n.args[a], open);
    for (std::size_t i = 0; i < rows_; ++i)
      truths[i] = table[truths[i] * 4U + truth_of(right.status_at(i), right.at<std::uint8_t>(i))];
  }
  std::uint8_t worst = 0;
  for (std::size_t i = 0; i < rows_; ++i) worst = std::max(worst, truths[i]);
  if (worst < t_null) return out;
  std::uint8_t* const states = states_of(out);
  for (std::size_t i = 0; i < rows_; ++i) {
    states[i] =
        truths[i] < t_null ? std::uint8_t{present} : static_cast<std::uint8_t>(truths[i] - 1);
    truths[i] &= 1;
  }
  return out;
}

vec evaluator::invert(const typed& n, const std::uint8_t* active) {
  const std::array<vec, 1> args = {evaluate(*n.args[0], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  merge_states(out, args);
  for (std::size_t i = 0; i < rows; ++i)
    out.values.as<std::uint8_t>()[i] = args[0].at<std::uint8_t>(i) ^ 1;
  return out;
}

vec evaluator::is_null(const typed& n, const std::uint8_t* active) {
  const std::array<vec, 1> args = {evaluate(*n.args[0], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  auto* const values = out.values.as<std::uint8_t>();
  std::memset(values, n.negated ? 1 : 0, rows);
  if (args[0].states == nullptr) return out;
  std::uint8_t* const states = states_of(out);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint8_t s = args[0].status_at(i);
    values[i] = (s == absent) != n.negated;
    states[i] = s == failed ? failed : present;
  }
  return out;
}

vec evaluator::is_truth(const typed& n, const std::uint8_t* active) {
  const std::array<vec, 1> args = {evaluate(*n.args[0], active)};
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  auto* const values = out.values.as<std::uint8_t>();
  std::uint8_t* const states = states_of(out);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint8_t s = args[0].status_at(i);
    const bool holds = s == present && (args[0].at<std::uint8_t>(i) != 0) == n.flag;
    values[i] = holds != n.negated;
    states[i] = s == failed ? failed : present;
  }
  return out;
}

// column = 'text', straight on the view elements.
vec evaluator::equal_text(const typed& n) {
  const column& c = (*columns_)[n.args[0]->slot];
  vec out = fresh();
  load_states(c, out);
  equal_rows(c, first_, n.args[1]->value.view, rows_, out.values.as<std::uint8_t>());
  if (n.cmp == comparison::differs) flip(out, rows_);
  return out;
}
bool evaluator::is_equal_text(const typed& n) const {
  const typed &x = *n.args[0], &y = *n.args[1];
  if (n.cmp != comparison::equal && n.cmp != comparison::differs) return false;
  if (x.op != operation::column || x.type.kind != kind::text) return false;
  if (!y.is_constant() || y.value.state != present || y.value.view.size() > INT32_MAX) return false;
  const field& f = (*columns_)[x.slot].type();
  return f.index.empty() && format_of(f) == "vu";
}

vec evaluator::compare(const typed& n, const std::uint8_t* active) {
  if (is_equal_text(n)) return equal_text(n);
  const vec x = evaluate(*n.args[0], active);
  const vec y = evaluate(*n.args[1], active);
  return compared(n.cmp, *n.args[0], x, *n.args[1], y);
}

vec evaluator::compared(comparison cmp, const typed& a, const vec& x, const typed& b,
                        const vec& y) {
  vec out = fresh();
  const std::array<vec, 2> args = {x.borrowed(), y.borrowed()};
  const std::size_t rows = shape(out, args);
  merge_states(out, args);
  const int digits = decimal_scale(a.type), other = decimal_scale(b.type);
  if (digits == other)
    compare_rows(cmp, a.form(), x, b.form(), y, rows, out.values.as<std::uint8_t>());
  else
    compare_decimals(cmp, {a.form(), digits}, x, {b.form(), other}, y, rows,
                     out.values.as<std::uint8_t>());
  return out;
}

vec evaluator::distinct(const typed& n, const std::uint8_t* active) {
  const vec x = evaluate(*n.args[0], active);
  const vec y = evaluate(*n.args[1], active);
  vec out = compared(comparison::differs, *n.args[0], x, *n.args[1], y);
  const std::size_t rows = out.step == 0 ? 1 : rows_;
  auto* const values = out.values.as<std::uint8_t>();
  if (out.states != nullptr) {
    std::uint8_t* const states = states_of(out);
    for (std::size_t i = 0; i < rows; ++i) {
      const std::uint8_t a = x.status_at(i), b = y.status_at(i);
      states[i] = std::max(a, b) == failed ? failed : present;
      if (a == absent || b == absent) values[i] = a != b;
    }
  }
  if (n.negated) flip(out, rows);
  return out;
}

vec evaluator::in_list(const typed& n, const std::uint8_t* active) {
  const vec x = evaluate(*n.args[0], active);
  const rep form = n.args[0]->form();
  vec out = fresh();
  auto* const values = out.values.as<std::uint8_t>();
  std::uint8_t* const states = states_of(out);
  block open_block(bytes_);
  auto* const open = open_block.as<std::uint8_t>();
  for (std::size_t i = 0; i < rows_; ++i) {
    states[i] = x.status_at(i);
    values[i] = states[i] == present && n.set->contain(form, x, i);
    open[i] = states[i] == present && values[i] == 0 && (active == nullptr || active[i] != 0);
    if (open[i] != 0 && n.set->has_null) states[i] = absent;
  }
  for (std::size_t a = 1; a < n.args.size() && any(open); ++a) {
    const vec y = evaluate(*n.args[a], open);
    const vec equal = compared(comparison::equal, *n.args[0], x, *n.args[a], y);
    for (std::size_t i = 0; i < rows_; ++i) {
      if (open[i] == 0) continue;
      const std::uint8_t t = truth_of(equal.status_at(i), equal.at<std::uint8_t>(i));
      if (t == t_false) continue;
      if (t == t_null) {
        states[i] = absent;
        continue;
      }
      open[i] = 0;
      values[i] = 1;
      states[i] = t == t_true ? present : failed;
    }
  }
  if (n.negated) flip(out, rows_);
  return out;
}

// x >= low and x <= high.
vec evaluator::between(const typed& n, const std::uint8_t* active) {
  const vec x = evaluate(*n.args[0], active);
  const vec low = evaluate(*n.args[1], active);
  const vec above = compared(comparison::at_least, *n.args[0], x, *n.args[1], low);
  vec out = fresh();
  auto* const truths = out.values.as<std::uint8_t>();
  block open_block(bytes_);
  auto* const open = open_block.as<std::uint8_t>();
  read_truth(above, rows_, truths);
  for (std::size_t i = 0; i < rows_; ++i)
    open[i] = (truths[i] == t_true || truths[i] == t_null) && (active == nullptr || active[i] != 0);
  std::uint8_t* const states = states_of(out);
  if (any(open)) {
    const vec high = evaluate(*n.args[2], open);
    const vec below = compared(comparison::at_most, *n.args[0], x, *n.args[2], high);
    for (std::size_t i = 0; i < rows_; ++i)
      truths[i] =
          and_table[truths[i] * 4U + truth_of(below.status_at(i), below.at<std::uint8_t>(i))];
  }
  for (std::size_t i = 0; i < rows_; ++i) {
    states[i] =
        truths[i] < t_null ? std::uint8_t{present} : static_cast<std::uint8_t>(truths[i] - 1);
    truths[i] &= 1;
  }
  if (n.negated) flip(out, rows_);
  return out;
}

vec evaluator::like(const typed& n, const std::uint8_t* active) {
  const std::vector<vec> args = arguments(n, active);
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  const call_frame f = frame(n, rows, active, args, out);
  std::unique_ptr<like_pattern> made;
  std::string_view made_of, made_escape;
  for (std::size_t i = 0; i < rows; ++i) {
    f.put(i, std::uint8_t{0});
    if (!f.live(i)) continue;
    const like_pattern* pattern = n.pattern.get();
    if (pattern == nullptr) {
      const auto text = args[1].at<std::string_view>(i);
      const auto escape =
          args.size() > 2 ? args[2].at<std::string_view>(i) : std::string_view("\\");
      if (made == nullptr || text != made_of || escape != made_escape) {
        std::string why = like_pattern::fault_of(text, escape);
        if (why.empty() && text.size() > 4096)
          why = "the pattern of like is longer than 4096 bytes";
        if (!why.empty()) {
          f.fail(i, [&] { return why; });
          continue;
        }
        made = std::make_unique<like_pattern>(text, escape, n.flag);
        made_of = text;
        made_escape = escape;
      }
      pattern = made.get();
    }
    f.put(i, static_cast<std::uint8_t>(pattern->matches(args[0].at<std::string_view>(i)) !=
                                       n.negated));
  }
  return out;
}

} // namespace vigie::core::expr
