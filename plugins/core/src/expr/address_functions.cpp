// SPDX-License-Identifier: Apache-2.0
// Functions of Internet addresses: columns of type ipv4 (a number) and ip (16 bytes).
#include "functions.hpp"
#include "meaning.hpp"
#include "networks.hpp"
#include "wrong.hpp"

#include <array>

namespace vigie::core::expr {
namespace {

using address::ip;

// Calls work(row, address) with the address in 16 bytes.
template <class Work> void each_address(const call_frame& f, Work work) {
  const bool v4 = is_ipv4(f.node.args[0]->type);
  each_live(f, [&](std::size_t row) {
    work(row, v4 ? address::mapped(static_cast<std::uint32_t>(f.whole(0, row)))
                 : address::bytes_of(f.text(0, row)));
  });
}

// ---- networks ----------------------------------------------------------------------------------

void add_networks(network_set& to, const typed& n) {
  constexpr std::string_view between = ", \t\r\n";
  std::string_view left = n.value.text;
  bool any = false;
  for (;;) {
    const std::size_t begin = left.find_first_not_of(between);
    if (begin == left.npos) break;
    left.remove_prefix(begin);
    const std::string_view word = left.substr(0, left.find_first_of(between));
    left.remove_prefix(word.size());
    const auto network = address::parse_network(word);
    if (!network)
      throw wrong{VIGIE_E_CONFIG,
                  quoted(word) + " is no network; networks look like '10.0.0.0/8' or "
                                 "'2001:db8::/32', with no bits behind the prefix",
                  n.at};
    to.add(*network);
    any = true;
  }
  if (!any) throw wrong{VIGIE_E_CONFIG, "in_network wants at least one network here", n.at};
}

std::shared_ptr<const void> prepare_networks(const argument_list& args) {
  auto out = std::make_shared<network_set>();
  for (std::size_t i = 1; i < args.size(); ++i) add_networks(*out, *args[i]);
  out->finish();
  return out;
}

void in_network(const call_frame& f) {
  const auto& networks = f.prepared<network_set>();
  if (is_ipv4(f.node.args[0]->type))
    each_live(f, [&](std::size_t row) {
      f.put(row, std::uint8_t{networks.has(static_cast<std::uint32_t>(f.whole(0, row)))});
    });
  else
    each_live(f, [&](std::size_t row) {
      f.put(row, std::uint8_t{networks.has(address::bytes_of(f.text(0, row)))});
    });
}

void clear_behind(ip& a, std::int64_t prefix) {
  for (auto bit = static_cast<std::size_t>(prefix); bit < 128; ++bit)
    a[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
}

// network(address, bits), or with other bits for IPv6.
void network(const call_frame& f) {
  const bool v4_column = is_ipv4(f.node.args[0]->type);
  each_address(f, [&](std::size_t row, ip a) {
    const bool v4 = v4_column || address::ipv4_of(a).has_value();
    const std::int64_t prefix = f.whole(!v4 && f.args.size() > 2 ? 2 : 1, row);
    if (prefix < 0 || prefix > (v4 ? 32 : 128))
      return f.fail(row, [&] {
        return "network of an " + std::string(v4 ? "IPv4" : "IPv6") +
               " address takes a prefix from 0 to " + (v4 ? "32" : "128") +
               "; give one for IPv6 behind the one for IPv4";
      });
    clear_behind(a, v4 ? 96 + prefix : prefix);
    if (v4_column)
      f.put(row, std::int64_t{*address::ipv4_of(a)});
    else
      f.put(row, f.texts.keep({reinterpret_cast<const char*>(a.data()), a.size()}));
  });
}

// ---- kinds of addresses ------------------------------------------------------------------------

void ip_version(const call_frame& f) {
  each_address(f, [&](std::size_t row, const ip& a) {
    f.put(row, std::int64_t{address::ipv4_of(a) ? 4 : 6});
  });
}
template <bool (*Is)(const ip&)> void judge(const call_frame& f) {
  each_address(f, [&](std::size_t row, const ip& a) { f.put(row, std::uint8_t{Is(a)}); });
}

constexpr function table[] = {
    {"in_network", "in_network(address, network, ...)", "ac*", 2, 'b', in_network,
     prepare_networks},
    {"ip_version", "ip_version(address)", "a", 1, 'i', ip_version},
    {"is_global", "is_global(address)", "a", 1, 'b', judge<is_global>},
    {"is_private", "is_private(address)", "a", 1, 'b', judge<is_private>},
    {"network", "network(address, bits [, bits_of_ipv6])", "aii", 2, 'a', network},
};

} // namespace

std::span<const function> address_functions() { return table; }

} // namespace vigie::core::expr
