// SPDX-License-Identifier: Apache-2.0
#include "networks.hpp"

#include <algorithm>

namespace vigie::core::expr {
namespace {

// IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190), and multicast, which
// has registries of its own. IPv4-mapped addresses (::ffff:0:0/96) stand for IPv4 here.
constexpr special_network table[] = {
    {"0.0.0.0/8", false, false, "RFC 791, section 3.2"},
    {"10.0.0.0/8", false, true, "RFC 1918"},
    {"100.64.0.0/10", false, false, "RFC 6598"},
    {"127.0.0.0/8", false, false, "RFC 1122, section 3.2.1.3"},
    {"169.254.0.0/16", false, false, "RFC 3927"},
    {"172.16.0.0/12", false, true, "RFC 1918"},
    {"192.0.0.0/24", false, false, "RFC 6890, section 2.1"},
    {"192.0.0.9/32", true, false, "RFC 7723"},
    {"192.0.0.10/32", true, false, "RFC 8155"},
    {"192.0.2.0/24", false, false, "RFC 5737"},
    {"192.31.196.0/24", true, false, "RFC 7535"},
    {"192.52.193.0/24", true, false, "RFC 7450"},
    {"192.88.99.0/24", false, false, "RFC 7526"},
    {"192.168.0.0/16", false, true, "RFC 1918"},
    {"192.175.48.0/24", true, false, "RFC 7534"},
    {"198.18.0.0/15", false, false, "RFC 2544"},
    {"198.51.100.0/24", false, false, "RFC 5737"},
    {"203.0.113.0/24", false, false, "RFC 5737"},
    {"224.0.0.0/4", false, false, "RFC 5771"},
    {"240.0.0.0/4", false, false, "RFC 1112, section 4"},
    {"::/128", false, false, "RFC 4291"},
    {"::1/128", false, false, "RFC 4291"},
    {"64:ff9b::/96", true, false, "RFC 6052"},
    {"64:ff9b:1::/48", false, false, "RFC 8215"},
    {"100::/64", false, false, "RFC 6666"},
    {"100:0:0:1::/64", false, false, "RFC 9780"},
    {"2001::/23", false, false, "RFC 2928"},
    {"2001:1::1/128", true, false, "RFC 7723"},
    {"2001:1::2/128", true, false, "RFC 8155"},
    {"2001:1::3/128", true, false, "RFC 9665"},
    {"2001:3::/32", true, false, "RFC 7450"},
    {"2001:4:112::/48", true, false, "RFC 7535"},
    {"2001:20::/28", true, false, "RFC 7343"},
    {"2001:30::/28", true, false, "RFC 9374"},
    {"2001:db8::/32", false, false, "RFC 3849"},
    {"2002::/16", false, false, "RFC 3056"},
    {"2620:4f:8000::/48", true, false, "RFC 7534"},
    {"3fff::/20", false, false, "RFC 9637"},
    {"5f00::/16", false, false, "RFC 9602"},
    {"fc00::/7", false, true, "RFC 4193"},
    {"fe80::/10", false, false, "RFC 4291"},
    {"ff00::/8", false, false, "RFC 4291"},
};

address::ip last_of(const address::network& n) {
  address::ip out = n.first;
  for (int bit = n.prefix; bit < 128; ++bit)
    out[static_cast<std::size_t>(bit / 8)] |= static_cast<std::uint8_t>(0x80 >> (bit % 8));
  return out;
}

wide_address next(wide_address a) {
  ++a.low;
  if (a.low == 0) ++a.high;
  return a;
}
std::uint32_t next(std::uint32_t a) { return a + 1; }

// Sorts ranges and joins those that overlap or touch.
template <class Ranges> void join(Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    auto& before = ranges[kept];
    const bool meets = ranges[i].first <= before.last || ranges[i].first == next(before.last);
    if (meets)
      before.last = std::max(before.last, ranges[i].last);
    else
      ranges[++kept] = ranges[i];
  }
  if (!ranges.empty()) ranges.resize(kept + 1);
}

template <class Ranges, class T> bool within(const Ranges& ranges, const T& a) {
  const auto behind = std::upper_bound(ranges.begin(), ranges.end(), a,
                                       [](const T& x, const auto& r) { return x < r.first; });
  return behind != ranges.begin() && a <= std::prev(behind)->last;
}

// The networks of the table that `wanted` picks.
template <class Wanted> network_set set_of(Wanted wanted) {
  network_set out;
  for (const special_network& s : table)
    if (wanted(s)) out.add(*address::parse_network(s.network));
  out.finish();
  return out;
}

} // namespace

wide_address wide_of(const address::ip& a) {
  wide_address out;
  for (std::size_t i = 0; i < 8; ++i) {
    out.high = out.high << 8U | a[i];
    out.low = out.low << 8U | a[8 + i];
  }
  return out;
}

void network_set::add(const address::network& n) {
  const address::ip last = last_of(n);
  all_.push_back({wide_of(n.first), wide_of(last)});
  const auto from = address::ipv4_of(n.first), to = address::ipv4_of(last);
  if (from && to)
    ipv4_.push_back({*from, *to});
  else if (address::contains(n, address::mapped(0)))
    ipv4_.push_back({0, UINT32_MAX});
}

void network_set::finish() {
  join(all_);
  join(ipv4_);
}

bool network_set::has(const address::ip& a) const { return within(all_, wide_of(a)); }
bool network_set::has(std::uint32_t ipv4) const { return within(ipv4_, ipv4); }

std::span<const special_network> special_networks() { return table; }

// Every reachable network of the table lies within one that is not, or within none: the smaller
// one decides.
bool is_global(const address::ip& a) {
  static const network_set reachable = set_of([](const special_network& s) { return s.global; });
  static const network_set set_aside = set_of([](const special_network& s) { return !s.global; });
  return reachable.has(a) || !set_aside.has(a);
}

bool is_private(const address::ip& a) {
  static const network_set own = set_of([](const special_network& s) { return s.is_private; });
  return own.has(a);
}

} // namespace vigie::core::expr
