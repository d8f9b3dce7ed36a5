// SPDX-License-Identifier: Apache-2.0
#include "sort/key.hpp"

#include "common/sorted/ordered_bytes.hpp"

#include <bit>
#include <cmath>

namespace vigie::core {
namespace {

using sorted::put_number;
using sorted::put_signed;
using sorted::put_text;

constexpr std::uint64_t sign = std::uint64_t{1} << 63U;

// IEEE 754: the bits of positive numbers ascend, those of negative ones descend; NaN is made the
// largest of all and -0 the same as 0.
std::uint64_t ordered(double v) {
  if (std::isnan(v)) return ~std::uint64_t{0};
  const auto bits = std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

void put_value(const column& c, std::int64_t row, std::string& to) {
  const kind k = c.type().kind;
  switch (k) {
  case kind::boolean: to += c.boolean(row) ? '\1' : '\0'; return;
  case kind::float64: return put_number(ordered(c.real(row)), to);
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return put_text(c.text(row), to);
  case kind::uint64: return put_number(std::bit_cast<std::uint64_t>(c.integer(row)), to);
  default: return put_signed(c.integer(row), to);
  }
}

} // namespace

void sort_key::encode(const column& c, std::int64_t row, std::string& to) const {
  if (c.is_null(row)) {
    to += nulls_first ? '\0' : '\2';
    return;
  }
  to += '\1';
  const std::size_t from = to.size();
  put_value(c, row, to);
  if (!descending) return;
  for (std::size_t i = from; i < to.size(); ++i) to[i] = static_cast<char>(~to[i]);
}

} // namespace vigie::core
