// SPDX-License-Identifier: Apache-2.0
#include "agg/sum.hpp"
#include "catch.hpp"

#include <vigie/types.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

using vigie::core::agg::exact_sums;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest = std::numeric_limits<double>::max();
constexpr double least = std::numeric_limits<double>::denorm_min();

double sum(const std::vector<double>& values) {
  exact_sums s;
  s.groups(1);
  for (const double v : values) s.add(0, v);
  return s.result(0);
}

// Cut into pieces that are packed and merged.
double sum_of_parts(const std::vector<double>& values, std::size_t a_part) {
  exact_sums total;
  total.groups(1);
  for (std::size_t from = 0; from < values.size(); from += a_part) {
    exact_sums part;
    part.groups(1);
    for (std::size_t i = from; i < std::min(values.size(), from + a_part); ++i)
      part.add(0, values[i]);
    std::string bytes;
    part.pack(0, bytes);
    std::string_view left = bytes;
    total.merge(0, left);
    CHECK(left.empty());
  }
  return total.result(0);
}

bool same(double a, double b) {
  return std::isnan(a) ? std::isnan(b)
                       : std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

} // namespace

TEST_CASE("a sum of doubles is rounded once, to even") {
  const double two_53 = 9007199254740992.0;
  CHECK(sum({}) == 0);
  CHECK(sum({0.1, 0.2}) == 0.1 + 0.2);
  CHECK(sum({1e100, 1, -1e100}) == 1);
  CHECK(sum({two_53, 1}) == two_53);
  CHECK(sum({two_53, 1, 1}) == two_53 + 2);
  CHECK(sum({two_53 + 2, 1}) == two_53 + 4);
  CHECK(sum({two_53, 1, least}) == two_53 + 2);
  CHECK(sum({-two_53, -1, -least}) == -two_53 - 2);
  CHECK(sum({two_53, 1, -least}) == two_53);
  CHECK(same(sum({-0.0, -0.0}), 0.0));
  CHECK(same(sum({1, -1}), 0.0));
}

TEST_CASE("a sum of doubles knows the edges of their range") {
  CHECK(sum({largest, largest, -largest}) == largest);
  CHECK(sum({largest, largest}) == infinity);
  CHECK(sum({-largest, -largest}) == -infinity);
  CHECK(sum({largest, std::ldexp(1.0, 969)}) == largest);  // a quarter of the last place
  CHECK(sum({largest, std::ldexp(1.0, 970)}) == infinity); // half of it
  CHECK(sum({least, least}) == 2 * least);
  CHECK(sum({least, -least}) == 0);
  CHECK(sum({std::numeric_limits<double>::min(), -least}) ==
        std::nextafter(std::numeric_limits<double>::min(), 0.0));
  CHECK(sum({largest, least, -largest}) == least);
}

TEST_CASE("infinities and NaN go through a sum whatever their order") {
  CHECK(sum({1, infinity, largest}) == infinity);
  CHECK(sum({-infinity, largest}) == -infinity);
  CHECK(std::isnan(sum({infinity, 1, -infinity})));
  CHECK(std::isnan(sum({std::nan(""), infinity})));
  CHECK(std::isnan(sum_of_parts({-infinity, 2, infinity}, 1)));
  CHECK(sum_of_parts({3, infinity, 2}, 2) == infinity);
}

TEST_CASE("a sum of doubles is the nearest to the sum as a whole number") {
  std::mt19937_64 random(77);
  for (int round = 0; round < 2000; ++round) {
    // Multiples of 2^-20 below 2^100, as 128 bits hold them.
    __extension__ using wide = __int128;
    wide exact = 0;
    std::vector<double> values;
    for (std::size_t n = random() % 40; n > 0; --n) {
      const auto mantissa = static_cast<std::int64_t>(random()) >> (11 + random() % 50);
      const int shift = static_cast<int>(random() % 60);
      exact += static_cast<wide>(mantissa) << shift;
      values.push_back(std::ldexp(static_cast<double>(mantissa), shift - 20));
    }
    const double wanted = std::ldexp(static_cast<double>(exact), -20);
    REQUIRE(same(sum(values), exact == 0 ? 0.0 : wanted));
    std::ranges::shuffle(values, random);
    REQUIRE(same(sum_of_parts(values, 1 + random() % 5), exact == 0 ? 0.0 : wanted));
  }
}

TEST_CASE("a sum of any doubles does not depend on order or parts") {
  std::mt19937_64 random(78);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> values;
    for (std::size_t n = 1 + random() % 60; n > 0; --n) {
      const auto v = std::bit_cast<double>(random());
      values.push_back(std::isfinite(v) ? v : 1.5);
      if (random() % 3 == 0) values.push_back(-values[random() % values.size()]);
    }
    const double once = sum(values);
    std::ranges::shuffle(values, random);
    REQUIRE(same(sum(values), once));
    REQUIRE(same(sum_of_parts(values, 1 + random() % 9), once));
    for (const double v : std::vector<double>(values)) values.push_back(-v);
    values.push_back(0.1);
    REQUIRE(sum(values) == 0.1);
  }
}

TEST_CASE("more additions than digits have room for are carried in time") {
  exact_sums s;
  s.groups(1);
  for (int i = 0; i < 3'000'000; ++i) s.add(0, 4294967295.0);
  CHECK(s.result(0) == 3e6 * 4294967295.0);
}

TEST_CASE("a state of a sum that is cut off or damaged is refused") {
  exact_sums s;
  s.groups(2);
  s.add(0, 1e-300);
  s.add(0, 1e300);
  std::string bytes;
  s.pack(0, bytes);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    std::string_view cut = std::string_view(bytes).substr(0, n);
    CHECK_THROWS_AS(s.merge(1, cut), vigie::error);
  }
  bytes[1] = 69;
  std::string_view wrong = bytes;
  CHECK_THROWS_AS(s.merge(1, wrong), vigie::error);
}
