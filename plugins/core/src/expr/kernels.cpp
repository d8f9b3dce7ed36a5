// SPDX-License-Identifier: Apache-2.0
#include "kernels.hpp"

#include "compare.hpp"
#include "meaning.hpp"
#include "wide_integer.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

namespace vigie::core::expr {
namespace {

// One loop for each of constant and column on either side, so that the compiler sees plain arrays.
template <class A, class B, class Out, class F>
void loop(const vec& a, const vec& b, std::size_t rows, Out* out, F f) {
  const A* const x = a.as<A>();
  const B* const y = b.as<B>();
  if (b.step == 0) {
    const B fixed = *y;
    for (std::size_t i = 0; i < rows; ++i) out[i] = f(x[i * a.step], fixed, i);
  } else if (a.step == 0) {
    const A fixed = *x;
    for (std::size_t i = 0; i < rows; ++i) out[i] = f(fixed, y[i], i);
  } else {
    for (std::size_t i = 0; i < rows; ++i) out[i] = f(x[i], y[i], i);
  }
}
template <class A, class B, class Out, class F>
void rows_of(const vec& a, const vec& b, std::size_t rows, Out* out, F f) {
  if (a.step == 1 && b.step == 0) { // the usual case, without the multiplication
    const A* const x = a.as<A>();
    const B fixed = *b.as<B>();
    for (std::size_t i = 0; i < rows; ++i) out[i] = f(x[i], fixed, i);
  } else {
    loop<A, B>(a, b, rows, out, f);
  }
}

bool real_equal(double a, double b) { return (a == b) | ((a != a) & (b != b)); }
bool real_less(double a, double b) { return (a < b) | ((a == a) & (b != b)); }

struct same {
  template <class T> bool operator()(T a, T b) const { return a == b; }
  bool operator()(double a, double b) const { return real_equal(a, b); }
  template <class A, class B> bool operator()(A a, B b) const { return compare_exact(a, b) == 0; }
};
struct before {
  template <class T> bool operator()(T a, T b) const { return a < b; }
  bool operator()(double a, double b) const { return real_less(a, b); }
  template <class A, class B> bool operator()(A a, B b) const { return compare_exact(a, b) < 0; }
};

template <class A, class B>
void compare_typed(comparison cmp, const vec& a, const vec& b, std::size_t rows,
                   std::uint8_t* out) {
  const auto run = [&](auto f) {
    rows_of<A, B>(a, b, rows, out,
                  [f](A x, B y, std::size_t) { return static_cast<std::uint8_t>(f(x, y)); });
  };
  switch (cmp) {
  case comparison::equal: return run([](A x, B y) { return same()(x, y); });
  case comparison::differs: return run([](A x, B y) { return !same()(x, y); });
  case comparison::less: return run([](A x, B y) { return before()(x, y); });
  case comparison::at_most: return run([](A x, B y) { return !before()(y, x); });
  case comparison::greater: return run([](A x, B y) { return before()(y, x); });
  case comparison::at_least: return run([](A x, B y) { return !before()(x, y); });
  }
}

template <class A>
void compare_with(comparison cmp, const vec& a, rep b_form, const vec& b, std::size_t rows,
                  std::uint8_t* out) {
  if (b_form == rep::integer)
    compare_typed<A, std::int64_t>(cmp, a, b, rows, out);
  else if (b_form == rep::natural)
    compare_typed<A, std::uint64_t>(cmp, a, b, rows, out);
  else
    compare_typed<A, double>(cmp, a, b, rows, out);
}

// A view element: its size, then the text itself or, where that is longer, its first 4 bytes.
constexpr std::size_t inline_bytes = 12;
struct two_words {
  std::uint64_t first, second;
};
static_assert(sizeof(two_words) == sizeof(view_element));

two_words words_of(std::string_view text) {
  char bytes[sizeof(two_words)] = {};
  const auto size = static_cast<std::uint32_t>(text.size());
  std::memcpy(bytes, &size, sizeof size);
  text.copy(bytes + sizeof size, text.size() <= inline_bytes ? text.size() : 4);
  two_words out;
  std::memcpy(&out, bytes, sizeof out);
  return out;
}
// The bytes that decide: what stands behind a short text is nobody's business.
two_words mask_of(std::size_t size) {
  char bytes[sizeof(two_words)] = {};
  std::memset(bytes, 0xff, 4 + (size <= inline_bytes ? size : 4));
  two_words out;
  std::memcpy(&out, bytes, sizeof out);
  return out;
}

bool holds(comparison cmp, int order) {
  switch (cmp) {
  case comparison::equal: return order == 0;
  case comparison::differs: return order != 0;
  case comparison::less: return order < 0;
  case comparison::at_most: return order <= 0;
  case comparison::greater: return order > 0;
  case comparison::at_least: return order >= 0;
  }
  return false;
}

bool any(const std::uint8_t* flags, std::size_t rows) {
  std::uint8_t seen = 0;
  for (std::size_t i = 0; i < rows; ++i) seen = static_cast<std::uint8_t>(seen | flags[i]);
  return seen != 0;
}

std::int64_t divide(std::int64_t a, std::int64_t b, std::uint8_t& fault) {
  fault = b == 0 || (a == INT64_MIN && b == -1);
  return fault != 0 ? 0 : a / b;
}
std::int64_t remainder(std::int64_t a, std::int64_t b, std::uint8_t& fault) {
  fault = b == 0;
  return b == 0 || b == -1 ? 0 : a % b; // INT64_MIN % -1 traps on some processors
}

double real_result(char symbol, double a, double b) {
  switch (symbol) {
  case '+': return a + b;
  case '-': return a - b;
  case '*': return a * b;
  default: return a / b;
  }
}

} // namespace

void compare_rows(comparison cmp, rep a_form, const vec& a, rep b_form, const vec& b,
                  std::size_t rows, std::uint8_t* out) {
  switch (a_form) {
  case rep::boolean: return compare_typed<std::uint8_t, std::uint8_t>(cmp, a, b, rows, out);
  case rep::text: return compare_typed<std::string_view, std::string_view>(cmp, a, b, rows, out);
  case rep::integer: return compare_with<std::int64_t>(cmp, a, b_form, b, rows, out);
  case rep::natural: return compare_with<std::uint64_t>(cmp, a, b_form, b, rows, out);
  case rep::real: return compare_with<double>(cmp, a, b_form, b, rows, out);
  case rep::nested: return;
  }
}

void equal_rows(const column& c, std::size_t first, std::string_view value, std::size_t rows,
                std::uint8_t* out) {
  const view_element* const views = c.values<view_element>().data() + first;
  const two_words wanted = words_of(value), mask = mask_of(value.size());
  for (std::size_t i = 0; i < rows; ++i) {
    two_words w;
    std::memcpy(&w, views + i, sizeof w);
    out[i] =
        (((w.first ^ wanted.first) & mask.first) | ((w.second ^ wanted.second) & mask.second)) == 0;
  }
  if (value.size() <= inline_bytes) return;
  const bool nulls = c.has_nulls();
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = static_cast<std::int64_t>(first + i);
    if (out[i] != 0 && !(nulls && c.is_null(row))) out[i] = c.text(row) == value;
  }
}

void compare_decimals(comparison cmp, scaled_form a_form, const vec& a, scaled_form b_form,
                      const vec& b, std::size_t rows, std::uint8_t* out) {
  const int most = std::max(a_form.scale, b_form.scale);
  const auto value = [most](scaled_form form, const vec& v, std::size_t i) {
    const signed_wide factor = power_of_ten(most - std::max(form.scale, 0));
    return factor * (form.form == rep::natural ? signed_wide{v.at<std::uint64_t>(i)}
                                               : signed_wide{v.at<std::int64_t>(i)});
  };
  for (std::size_t i = 0; i < rows; ++i) {
    const signed_wide x = value(a_form, a, i), y = value(b_form, b, i);
    out[i] = holds(cmp, x < y ? -1 : (x > y ? 1 : 0)) ? 1 : 0;
  }
}

bool integer_rows(char symbol, const vec& a, const vec& b, std::size_t rows, std::int64_t* out,
                  std::uint8_t* faults) {
  const auto run = [&](auto f) { rows_of<std::int64_t, std::int64_t>(a, b, rows, out, f); };
  const auto checked = [&](auto builtin) {
    run([&](std::int64_t x, std::int64_t y, std::size_t i) {
      long long r = 0;
      faults[i] = builtin(static_cast<long long>(x), static_cast<long long>(y), &r) ? 1 : 0;
      return static_cast<std::int64_t>(r);
    });
  };
  using ll = long long;
  switch (symbol) {
  case '+': checked([](ll x, ll y, ll* r) { return __builtin_add_overflow(x, y, r); }); break;
  case '-': checked([](ll x, ll y, ll* r) { return __builtin_sub_overflow(x, y, r); }); break;
  case '*': checked([](ll x, ll y, ll* r) { return __builtin_mul_overflow(x, y, r); }); break;
  case '/':
    run([&](std::int64_t x, std::int64_t y, std::size_t i) { return divide(x, y, faults[i]); });
    break;
  default:
    run([&](std::int64_t x, std::int64_t y, std::size_t i) { return remainder(x, y, faults[i]); });
  }
  return any(faults, rows);
}

bool real_rows(char symbol, const vec& a, const vec& b, std::size_t rows, double* out,
               std::uint8_t* faults) {
  const bool divides = symbol == '/';
  rows_of<double, double>(a, b, rows, out, [&](double x, double y, std::size_t i) {
    const double r = real_result(symbol, x, y);
    const bool zero = divides && y == 0 && x == x;
    faults[i] = zero || (std::isinf(r) && std::isfinite(x) && std::isfinite(y)) ? 1 : 0;
    return r;
  });
  return any(faults, rows);
}

} // namespace vigie::core::expr
