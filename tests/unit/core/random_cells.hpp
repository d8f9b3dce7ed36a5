// SPDX-License-Identifier: Apache-2.0
// Tables of random cells for the tests of writers: the same on every machine, with the values where
// writers go wrong drawn often. One source, one thread.
#pragma once

#include <vigie/testing.hpp>

#include <array>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace vigie::core::tests {

class random_cells {
public:
  explicit random_cells(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  testing::cell of(const field& f) {
    if (below(5) == 0) return nullptr;
    switch (f.kind) {
    case kind::boolean: return below(2) == 0;
    case kind::float64: return real();
    case kind::text: return text();
    case kind::binary: return bytes(below(6));
    case kind::fixed_binary: return bytes(static_cast<std::size_t>(f.width));
    case kind::date: return static_cast<std::int64_t>(below(3'652'059)) - 719'528;
    case kind::timestamp:
      return static_cast<std::int64_t>(random_() % 315'537'897'600'000'000U) -
             62'167'219'200'000'000;
    case kind::list: return list(f);
    case kind::structure: return structure(f);
    default: return integer(f.kind);
    }
  }

  testing::table table(const schema& fields, std::size_t rows) {
    testing::table out{fields, {}};
    for (std::size_t r = 0; r < rows; ++r) {
      testing::row& row = out.rows.emplace_back();
      for (const field& f : fields) row.push_back(of(f));
    }
    return out;
  }

  std::string text() {
    static const std::array<std::string, 20> parts{"a",
                                                   "plain words ",
                                                   "\"",
                                                   "\\",
                                                   "\n",
                                                   "\r\n",
                                                   "\t",
                                                   ",",
                                                   ";",
                                                   "'",
                                                   "\xC3\xA9",
                                                   "日本",
                                                   "\xF0\x9F\x98\x80",
                                                   std::string(1, '\0'),
                                                   "\x1b[31m",
                                                   "=1+1",
                                                   "\x7f",
                                                   "{}",
                                                   "x",
                                                   "/"};
    std::string out;
    for (std::size_t n = below(12); n > 0; --n) out += parts[below(parts.size())];
    return out;
  }

private:
  std::string bytes(std::size_t n) {
    std::string out;
    for (; n > 0; --n) out += static_cast<char>(random_());
    return out;
  }

  double real() {
    static const std::array<double, 8> edges{
        0.0, -0.0, 0.1, 1e300, -5e-324, 1.7976931348623157e308, 123456789.125, -1};
    if (below(2) == 0) return edges[below(edges.size())];
    return static_cast<double>(static_cast<std::int64_t>(random_())) /
           static_cast<double>(1 + below(1'000'000));
  }

  template <class T> std::int64_t narrow() {
    const auto edge = below(4);
    if (edge == 0) return static_cast<std::int64_t>(std::numeric_limits<T>::min());
    if (edge == 1) return static_cast<std::int64_t>(std::numeric_limits<T>::max());
    return static_cast<std::int64_t>(static_cast<T>(random_()));
  }
  std::int64_t integer(kind k) {
    switch (k) {
    case kind::int8: return narrow<std::int8_t>();
    case kind::int16: return narrow<std::int16_t>();
    case kind::int32: return narrow<std::int32_t>();
    case kind::uint8: return narrow<std::uint8_t>();
    case kind::uint16: return narrow<std::uint16_t>();
    case kind::uint32: return narrow<std::uint32_t>();
    default:
      return k == kind::uint64 ? narrow<std::int64_t>() & std::numeric_limits<std::int64_t>::max()
                               : narrow<std::int64_t>();
    }
  }

  testing::cell list(const field& f) {
    std::vector<testing::cell> items;
    for (std::size_t n = below(4); n > 0; --n) items.push_back(of(f.children[0]));
    return items;
  }
  testing::cell structure(const field& f) {
    std::vector<testing::cell> values;
    for (const field& c : f.children) values.push_back(of(c));
    return values;
  }

  std::mt19937_64 random_;
};

} // namespace vigie::core::tests
