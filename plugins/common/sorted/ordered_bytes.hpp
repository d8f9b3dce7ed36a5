// SPDX-License-Identifier: Apache-2.0
// Values as bytes whose order, compared as unsigned ones, is that of the values; no value's bytes
// begin another's, so that keys of several are put one behind the other. Called for each sort key.
// Pure functions, any thread; nothing is allocated but what is appended.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::sorted {

inline void put_number(std::uint64_t v, std::string& to) {
  const std::uint64_t big_endian = __builtin_bswap64(v);
  to.append(reinterpret_cast<const char*>(&big_endian), sizeof big_endian);
}

// With its sign.
inline void put_signed(std::int64_t v, std::string& to) {
  put_number(std::bit_cast<std::uint64_t>(v) ^ std::uint64_t{1} << 63U, to);
}

// A zero byte inside is followed by 0xff, so that the end (two zero bytes) is below every text that
// goes on.
inline void put_text(std::string_view text, std::string& to) {
  for (;;) {
    const std::size_t zero = text.find('\0');
    to += text.substr(0, zero);
    if (zero == text.npos) break;
    to.append("\0\xff", 2);
    text.remove_prefix(zero + 1);
  }
  to.append(2, '\0');
}

} // namespace vigie::sorted
