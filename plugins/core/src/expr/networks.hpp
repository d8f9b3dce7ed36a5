// SPDX-License-Identifier: Apache-2.0
// Sets of networks, and the special networks of the IANA registries. Made when an expression is
// typed, asked for each cell. Immutable; any thread.
#pragma once

#include <vigie/address.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vigie::core::expr {

// An address as one number, IPv4 mapped into IPv6.
struct wide_address {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const wide_address&, const wide_address&) = default;
};
[[nodiscard]] wide_address wide_of(const address::ip& a);

// Addresses as sorted ranges that do not touch: one binary search whatever their number.
class network_set {
public:
  void add(const address::network& n);
  // Once all are added.
  void finish();
  [[nodiscard]] bool has(const address::ip& a) const;
  [[nodiscard]] bool has(std::uint32_t ipv4) const;

private:
  template <class T> struct range {
    T first, last;
  };
  std::vector<range<wide_address>> all_;
  std::vector<range<std::uint32_t>> ipv4_; // those of all_ within IPv4
};

// What the registries of RFC 6890 say of a network.
struct special_network {
  std::string_view network;
  bool global;     // "Globally Reachable"; what the registry leaves open is not
  bool is_private; // set aside for networks of one's own
  std::string_view source;
};
[[nodiscard]] std::span<const special_network> special_networks();

// Neither mapped addresses nor ones from a network set aside, unless the registry says that a part
// of it is reachable.
[[nodiscard]] bool is_global(const address::ip& a);
// 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918) and fc00::/7 (RFC 4193).
[[nodiscard]] bool is_private(const address::ip& a);

} // namespace vigie::core::expr
