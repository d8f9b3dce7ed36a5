// SPDX-License-Identifier: Apache-2.0
#include "members.hpp"

#include "compare.hpp"
#include "typed.hpp"

#include <algorithm>
#include <cmath>

namespace vigie::core::expr {
namespace {

void add_integer(members& to, rep form, rep own, const scalar& item) {
  if (own == rep::boolean) to.integers.push_back(item.boolean);
  if (own == rep::natural && item.natural > static_cast<std::uint64_t>(INT64_MAX)) return;
  if (own == rep::integer || own == rep::natural) to.integers.push_back(item.integer);
  if (own != rep::real || form != rep::integer) return;
  const double v = item.real;
  if (v >= -0x1p63 && v < 0x1p63 && std::trunc(v) == v)
    to.integers.push_back(static_cast<std::int64_t>(v));
}

void add_natural(members& to, rep own, const scalar& item) {
  const double real = own == rep::real ? item.real : -1;
  if (own == rep::natural) to.naturals.push_back(item.natural);
  if (own == rep::integer && item.integer >= 0)
    to.naturals.push_back(static_cast<std::uint64_t>(item.integer));
  if (real >= 0 && real < 0x1p64 && std::trunc(real) == real)
    to.naturals.push_back(static_cast<std::uint64_t>(real));
}

void add_real(members& to, rep own, const scalar& item) {
  if (own == rep::real) {
    to.reals.push_back(item.real);
  } else if (own == rep::integer) {
    const auto v = static_cast<double>(item.integer);
    if (compare_exact(item.integer, v) == 0) to.reals.push_back(v);
  } else {
    const auto v = static_cast<double>(item.natural);
    if (compare_exact(item.natural, v) == 0) to.reals.push_back(v);
  }
}

} // namespace

void members::add(rep form, rep own, const scalar& item) {
  if (item.state == absent) {
    has_null = true;
    return;
  }
  switch (form) {
  case rep::boolean:
  case rep::integer: return add_integer(*this, form, own, item);
  case rep::natural: return add_natural(*this, own, item);
  case rep::real: return add_real(*this, own, item);
  case rep::text: texts.push_back(item.text); return;
  case rep::nested: return;
  }
}

void members::sort() {
  std::sort(integers.begin(), integers.end());
  std::sort(naturals.begin(), naturals.end());
  std::sort(reals.begin(), reals.end(), [](double a, double b) { return compare_reals(a, b) < 0; });
  std::sort(texts.begin(), texts.end());
}

bool members::contain(rep form, const vec& x, std::size_t row) const {
  switch (form) {
  case rep::boolean:
    return std::binary_search(integers.begin(), integers.end(), x.at<std::uint8_t>(row));
  case rep::integer:
    return std::binary_search(integers.begin(), integers.end(), x.at<std::int64_t>(row));
  case rep::natural:
    return std::binary_search(naturals.begin(), naturals.end(), x.at<std::uint64_t>(row));
  case rep::real:
    return std::binary_search(reals.begin(), reals.end(), x.at<double>(row),
                              [](double a, double b) { return compare_reals(a, b) < 0; });
  case rep::text:
    return std::binary_search(texts.begin(), texts.end(), x.at<std::string_view>(row),
                              std::less<std::string_view>());
  case rep::nested: break;
  }
  return false;
}

} // namespace vigie::core::expr
