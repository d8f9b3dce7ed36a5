// SPDX-License-Identifier: Apache-2.0
// Functions of numbers, and the number of elements of a list.
#include "functions.hpp"

#include <charconv>
#include <cmath>

namespace vigie::core::expr {
namespace {

template <double (*Real)(double)> void to_whole(const call_frame& f) {
  const bool real = f.node.form() == rep::real;
  each_live(f, [&](std::size_t row) {
    if (real)
      f.put(row, Real(f.args[0].at<double>(row)));
    else
      f.put(row, f.args[0].at<std::int64_t>(row)); // uint64 has the same bits
  });
}

void absolute(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    if (f.node.form() == rep::real) return f.put(row, std::fabs(f.args[0].at<double>(row)));
    const std::int64_t v = f.whole(0, row);
    if (f.node.form() == rep::natural || v >= 0) return f.put(row, v);
    if (v == INT64_MIN)
      return f.fail(row, [] { return std::string("abs is beyond the range of int64"); });
    f.put(row, -v);
  });
}

// Rounds the exact decimal value of `v`, ties to even: to_chars is exact, from_chars reads back.
double rounded(double v, std::int64_t digits) {
  if (!std::isfinite(v) || digits > 320) return v;
  char made[800]; // 309 digits, a point, 320 digits
  const auto end = std::to_chars(made, made + sizeof made, v, std::chars_format::fixed,
                                 static_cast<int>(digits));
  double out = v;
  std::from_chars(made, end.ptr, out);
  return out;
}

void round_number(const call_frame& f) {
  if (f.args.size() == 1) return to_whole<std::nearbyint>(f);
  each_live(f, [&](std::size_t row) {
    const std::int64_t digits = f.whole(1, row);
    if (digits < 0)
      return f.fail(row, [] { return std::string("round cannot keep fewer than 0 digits"); });
    if (f.node.form() == rep::real)
      f.put(row, rounded(f.args[0].at<double>(row), digits));
    else
      f.put(row, f.whole(0, row));
  });
}

void list_length(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const auto cell = f.args[0].at<nested_cell>(row);
    const auto [begin, end] = cell.in->list(cell.row);
    f.put(row, end - begin);
  });
}

constexpr function table[] = {
    {"abs", "abs(number)", "n", 1, 's', absolute},
    {"ceil", "ceil(number)", "n", 1, 's', to_whole<std::ceil>},
    {"floor", "floor(number)", "n", 1, 's', to_whole<std::floor>},
    {"list_length", "list_length(list)", "l", 1, 'i', list_length},
    {"round", "round(number [, digits])", "ni", 1, 's', round_number},
};

} // namespace

std::span<const function> number_functions() { return table; }

} // namespace vigie::core::expr
