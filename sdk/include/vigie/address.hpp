// SPDX-License-Identifier: MIT-0
// Internet addresses and networks from and to text: IPv4 as dotted decimals, IPv6 as RFC 4291
// (section 2.2) reads it and RFC 5952 writes it, networks as CIDR (RFC 4632). An IPv4 address
// within IPv6 is ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2) and is written dotted. Called by
// readers, expressions and writers for each cell. Pure functions, any thread; nothing is allocated
// but the text appended to.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::address {

using ip = std::array<std::uint8_t, 16>; // in network byte order

struct network {
  ip first{};     // bits behind the prefix are 0
  int prefix = 0; // 0 to 128; of an IPv4 network 96 and more
};

// Four numbers from 0 to 255 without leading zeros, which some programs take for octal (RFC 6943,
// section 3.1.1). The number is in host byte order: 192.0.2.1 is 0xc0000201.
[[nodiscard]] inline std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t out = 0;
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return std::nullopt;
    std::uint32_t number = 0;
    std::size_t digits = 0;
    for (; at < text.size() && digits < 4; ++at, ++digits) {
      const auto digit = static_cast<unsigned char>(text[at] - '0');
      if (digit > 9) break;
      number = number * 10 + digit;
    }
    const bool leading_zero = digits > 1 && text[at - digits] == '0';
    if (digits == 0 || leading_zero || number > 255) return std::nullopt;
    out = out << 8U | number;
  }
  if (at != text.size()) return std::nullopt;
  return out;
}

[[nodiscard]] inline ip mapped(std::uint32_t ipv4) {
  ip out{};
  out[10] = out[11] = 0xff;
  for (std::size_t k = 0; k < 4; ++k) out[12 + k] = static_cast<std::uint8_t>(ipv4 >> (24 - 8 * k));
  return out;
}

// The IPv4 address that is mapped into this one, if any.
[[nodiscard]] inline std::optional<std::uint32_t> ipv4_of(const ip& a) {
  const bool zeros = std::all_of(a.begin(), a.begin() + 10, [](std::uint8_t b) { return b == 0; });
  if (!zeros || a[10] != 0xff || a[11] != 0xff) return std::nullopt;
  std::uint32_t out = 0;
  for (std::size_t k = 12; k < 16; ++k) out = out << 8U | a[k];
  return out;
}

namespace detail {

// Groups of 16 bits between colons; the last may be a dotted IPv4 address, which counts as two.
// Gives the bytes read, or -1.
inline int parse_groups(std::string_view text, ip& to) {
  int size = 0;
  while (!text.empty()) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view group = text.substr(0, colon);
    if (colon == text.size() && group.find('.') != std::string_view::npos) {
      const auto tail = parse_ipv4(group);
      if (!tail || size > 12) return -1;
      const ip as_ip = mapped(*tail);
      std::copy(as_ip.begin() + 12, as_ip.end(), to.begin() + size);
      return size + 4;
    }
    unsigned value = 0;
    const auto done = std::from_chars(group.data(), group.data() + group.size(), value, 16);
    const bool whole = done.ec == std::errc() && done.ptr == group.data() + group.size();
    if (!whole || group.size() > 4 || size > 14) return -1;
    to[static_cast<std::size_t>(size)] = static_cast<std::uint8_t>(value >> 8U);
    to[static_cast<std::size_t>(size) + 1] = static_cast<std::uint8_t>(value);
    size += 2;
    if (colon == text.size()) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return -1; // a colon at the end
  }
  return size;
}

inline void append_number(std::string& out, unsigned number, int base) {
  std::array<char, 12> text;
  const auto done = std::to_chars(text.data(), text.data() + text.size(), number, base);
  out.append(text.data(), static_cast<std::size_t>(done.ptr - text.data()));
}

} // namespace detail

// IPv6 or dotted IPv4, without zone.
[[nodiscard]] inline std::optional<ip> parse_ip(std::string_view text) {
  if (text.find(':') == std::string_view::npos) {
    const auto v4 = parse_ipv4(text);
    return v4 ? std::optional(mapped(*v4)) : std::nullopt;
  }
  ip out{}, behind{};
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos)
    return detail::parse_groups(text, out) == 16 ? std::optional(out) : std::nullopt;
  const std::string_view left = text.substr(0, gap), right = text.substr(gap + 2);
  if (left.find('.') != std::string_view::npos || right.starts_with(':')) return std::nullopt;
  const int a = detail::parse_groups(left, out), b = detail::parse_groups(right, behind);
  if (a < 0 || b < 0 || a + b > 14) return std::nullopt; // the gap stands for one group at least
  std::copy(behind.begin(), behind.begin() + b, out.end() - b);
  return out;
}

inline void append_ipv4(std::string& out, std::uint32_t address) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    detail::append_number(out, address >> static_cast<unsigned>(shift) & 255U, 10);
    if (shift > 0) out += '.';
  }
}

// RFC 5952: lower case, no leading zeros, the first of the longest runs of two zero groups and more
// is `::`.
inline void append_ip(std::string& out, const ip& a) {
  if (const auto v4 = ipv4_of(a)) return append_ipv4(out, *v4);
  std::array<unsigned, 8> groups{};
  for (std::size_t k = 0; k < 8; ++k) groups[k] = unsigned{a[2 * k]} << 8U | a[2 * k + 1];
  std::size_t gap = 8, gap_length = 1;
  for (std::size_t k = 0; k < 8; ++k) {
    std::size_t end = k;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - k > gap_length) {
      gap = k;
      gap_length = end - k;
    }
  }
  for (std::size_t k = 0; k < 8;) {
    if (k == gap) {
      out += "::";
      k += gap_length;
      continue;
    }
    if (k > 0 && k != gap + gap_length) out += ':';
    detail::append_number(out, groups[k++], 16);
  }
}

// The address in 16 bytes of a cell.
[[nodiscard]] inline ip bytes_of(std::string_view sixteen) {
  ip out{};
  std::memcpy(out.data(), sixteen.data(), std::min(sixteen.size(), out.size()));
  return out;
}

// `address/prefix`, or an address, which is a network of one. Bits behind the prefix must be 0.
[[nodiscard]] inline std::optional<network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  const auto first = parse_ip(address);
  if (!first) return std::nullopt;
  network out{*first, 128};
  if (slash != std::string_view::npos) {
    const bool v4 = address.find(':') == std::string_view::npos;
    const std::string_view digits = text.substr(slash + 1);
    int prefix = -1;
    const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    const bool whole = done.ec == std::errc() && done.ptr == digits.data() + digits.size();
    if (!whole || prefix < 0 || prefix > (v4 ? 32 : 128)) return std::nullopt;
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    out.prefix = v4 ? 96 + prefix : prefix;
  }
  for (int bit = out.prefix; bit < 128; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    if ((out.first[at] >> (7 - bit % 8) & 1) != 0) return std::nullopt;
  }
  return out;
}

[[nodiscard]] inline bool contains(const network& n, const ip& a) {
  const auto whole = static_cast<std::size_t>(n.prefix / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), n.first.begin()))
    return false;
  const int rest = n.prefix % 8;
  return rest == 0 || (a[whole] ^ n.first[whole]) >> (8 - rest) == 0;
}

} // namespace vigie::address
