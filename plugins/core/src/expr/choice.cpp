// SPDX-License-Identifier: Apache-2.0
// The part of the evaluator that picks one of several values a row: case, coalesce, nullif,
// greatest and least, and concat, which leaves values out.
#include "compare.hpp"
#include "evaluator.hpp"
#include "kernels.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::core::expr {
namespace {

// Takes the values and statuses of the chosen rows.
void take_rows(rep form, const vec& from, const std::uint8_t* chosen, std::size_t rows,
               void* values, std::uint8_t* states) {
  with_type(form, [&]<class T>() {
    T* to = static_cast<T*>(values);
    for (std::size_t i = 0; i < rows; ++i)
      if (chosen[i] != 0) to[i] = from.at<T>(i);
  });
  for (std::size_t i = 0; i < rows; ++i)
    if (chosen[i] != 0) states[i] = from.status_at(i);
}

template <class T> bool replaces(const vec& now, const vec& next, std::size_t i, bool greatest) {
  const int order = compare_exact(next.at<T>(i), now.at<T>(i));
  return greatest ? order > 0 : order < 0;
}

} // namespace

// 1 for every row that is still without a value: at first, the active ones.
std::uint8_t* evaluator::remaining_rows(block& memory, const std::uint8_t* active) {
  memory = block(bytes_);
  auto* rows = memory.as<std::uint8_t>();
  if (active != nullptr)
    std::memcpy(rows, active, rows_);
  else
    std::memset(rows, 1, rows_);
  return rows;
}

vec evaluator::choose(const typed& n, const std::uint8_t* active) {
  const bool simple = n.op == operation::choose_of;
  vec out = fresh();
  std::memset(out.values.as<std::byte>(), 0, rows_ * sizeof(std::string_view));
  std::uint8_t* const states = states_of(out);
  std::memset(states, absent, rows_);
  block left_block, hit_block(bytes_);
  std::uint8_t* const left = remaining_rows(left_block, active);
  auto* const hit = hit_block.as<std::uint8_t>();
  const vec x = simple ? evaluate(*n.args[0], active) : vec();
  std::size_t a = simple ? 1 : 0;
  for (; a + 1 < n.args.size() && any(left); a += 2) {
    vec when = evaluate(*n.args[a], left);
    if (simple) when = compared(comparison::equal, *n.args[0], x, *n.args[a], when);
    for (std::size_t i = 0; i < rows_; ++i) {
      const std::uint8_t s = when.status_at(i);
      hit[i] = left[i] != 0 && s == present && when.at<std::uint8_t>(i) != 0;
      if (left[i] != 0 && s == failed) states[i] = failed;
      if (hit[i] != 0 || s == failed) left[i] = 0;
    }
    if (any(hit))
      take_rows(n.form(), evaluate(*n.args[a + 1], hit), hit, rows_, out.values.as<void>(), states);
  }
  if (any(left))
    take_rows(n.form(), evaluate(*n.args.back(), left), left, rows_, out.values.as<void>(), states);
  return out;
}

vec evaluator::coalesce(const typed& n, const std::uint8_t* active) {
  vec out = fresh();
  std::memset(out.values.as<std::byte>(), 0, rows_ * sizeof(std::string_view));
  std::uint8_t* const states = states_of(out);
  std::memset(states, absent, rows_);
  block left_block;
  std::uint8_t* const left = remaining_rows(left_block, active);
  for (std::size_t a = 0; a < n.args.size() && any(left); ++a) {
    const vec v = evaluate(*n.args[a], left);
    take_rows(n.form(), v, left, rows_, out.values.as<void>(), states);
    for (std::size_t i = 0; i < rows_; ++i)
      if (v.status_at(i) != absent) left[i] = 0;
  }
  return out;
}

vec evaluator::nullif(const typed& n, const std::uint8_t* active) {
  vec x = evaluate(*n.args[0], active);
  const vec y = evaluate(*n.args[1], active);
  const vec equal = compared(comparison::equal, *n.args[0], x, *n.args[1], y);
  vec out = fresh();
  std::uint8_t* const states = states_of(out);
  block all_block;
  take_rows(n.form(), x, remaining_rows(all_block, nullptr), rows_, out.values.as<void>(), states);
  for (std::size_t i = 0; i < rows_; ++i) {
    const std::uint8_t s = equal.status_at(i);
    if (s == failed)
      states[i] = failed;
    else if (s == present && equal.at<std::uint8_t>(i) != 0)
      states[i] = absent;
  }
  return out;
}

// The largest or smallest of the arguments that are not null.
vec evaluator::extreme(const typed& n, const std::uint8_t* active) {
  vec out = fresh();
  std::uint8_t* const states = states_of(out);
  block all_block, better_block(bytes_);
  std::uint8_t* const all = remaining_rows(all_block, nullptr);
  auto* const better = better_block.as<std::uint8_t>();
  take_rows(n.form(), evaluate(*n.args[0], active), all, rows_, out.values.as<void>(), states);
  for (std::size_t a = 1; a < n.args.size(); ++a) {
    const vec next = evaluate(*n.args[a], active);
    with_type(n.form(), [&]<class T>() {
      if constexpr (!std::is_same_v<T, nested_cell>)
        for (std::size_t i = 0; i < rows_; ++i) {
          const std::uint8_t s = next.status_at(i);
          const bool usable = s == failed || (s == present && states[i] == absent);
          better[i] = states[i] != failed &&
                      (usable || (s == present && replaces<T>(out, next, i, n.flag)));
        }
    });
    take_rows(n.form(), next, better, rows_, out.values.as<void>(), states);
  }
  return out;
}

vec evaluator::concat(const typed& n, const std::uint8_t* active) {
  const std::vector<vec> args = arguments(n, active);
  vec out = fresh();
  const std::size_t rows = shape(out, args);
  std::uint8_t* const states = states_of(out);
  std::memset(states, present, rows);
  const call_frame f{
      rows, out.step == 0 ? nullptr : active, args, n, states, out.values.as<void>(), texts_, log_};
  const std::span<const vec> values = std::span(args).subspan(n.flag ? 1 : 0);
  for (std::size_t i = 0; i < rows; ++i) {
    if (n.flag) states[i] = args[0].status_at(i);
    for (const vec& a : values)
      if (a.status_at(i) == failed) states[i] = std::max<std::uint8_t>(states[i], failed);
    f.put(i, std::string_view());
    if (f.live(i))
      f.put(i, joined(values, n.flag ? args[0].at<std::string_view>(i) : std::string_view(), i));
  }
  return out;
}

// The values of row i that are there, with the border between them.
std::string_view evaluator::joined(std::span<const vec> values, std::string_view border,
                                   std::size_t i) {
  std::size_t size = 0, count = 0;
  for (const vec& a : values) {
    if (a.status_at(i) != present) continue;
    size += a.at<std::string_view>(i).size() + (count > 0 ? border.size() : 0);
    ++count;
  }
  char* const made = texts_.take(size);
  char* to = made;
  bool first = true;
  for (const vec& a : values) {
    if (a.status_at(i) != present) continue;
    if (!std::exchange(first, false)) to += border.copy(to, border.size());
    const auto t = a.at<std::string_view>(i);
    to += t.copy(to, t.size());
  }
  return {made, size};
}

} // namespace vigie::core::expr
