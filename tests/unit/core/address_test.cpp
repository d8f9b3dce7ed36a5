// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"

#include <vigie/address.hpp>

namespace {

namespace address = vigie::address;

std::string round_trip(std::string_view text) {
  const auto a = address::parse_ip(text);
  if (!a) return "no address";
  std::string out;
  address::append_ip(out, *a);
  return out;
}

TEST_CASE("IPv4 addresses are four numbers without leading zeros") {
  CHECK(address::parse_ipv4("192.0.2.1") == 0xc0000201U);
  CHECK(address::parse_ipv4("0.0.0.0") == 0U);
  CHECK(address::parse_ipv4("255.255.255.255") == 0xffffffffU);
  for (const char* bad :
       {"", "1", "1.2.3", "1.2.3.4.", "1.2.3.4.5", "256.0.0.1", "1.2.3.04", "01.2.3.4", " 1.2.3.4",
        "1.2.3.4 ", "1..2.3", "-1.2.3.4", "1.2.3.4294967297", "a.b.c.d"})
    CHECK_FALSE(address::parse_ipv4(bad));
}

TEST_CASE("addresses are written as RFC 5952 says") {
  CHECK(round_trip("2001:DB8::1") == "2001:db8::1");
  CHECK(round_trip("2001:db8:0:0:0:0:0:1") == "2001:db8::1");
  CHECK(round_trip("2001:0db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1"); // one group of zeros stays
  CHECK(round_trip("2001:0:0:1:0:0:0:1") == "2001:0:0:1::1");           // the longer run
  CHECK(round_trip("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");     // the first of equal runs
  CHECK(round_trip("::") == "::");
  CHECK(round_trip("1::") == "1::");
  CHECK(round_trip("::1") == "::1");
  CHECK(round_trip("1:2:3:4:5:6:7::") == "1:2:3:4:5:6:7:0");
  CHECK(round_trip("::ffff:192.0.2.1") == "192.0.2.1");
  CHECK(round_trip("192.0.2.1") == "192.0.2.1");
  CHECK(round_trip("64:ff9b::192.0.2.33") == "64:ff9b::c000:221");
}

TEST_CASE("what is no address is refused") {
  for (const char* bad :
       {"", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "12345::", "g::", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:", ":1",
        "1.2.3.4::", "::1.2.3", "fe80::1%eth0", "::-1", "1:2:3:4:5:6:7:1.2.3.4", "::0x1"})
    CHECK(round_trip(bad) == "no address");
}

TEST_CASE("networks hold the addresses of their prefix and no others") {
  const auto in = [](const char* network, const char* a) {
    return address::contains(*address::parse_network(network), *address::parse_ip(a));
  };
  CHECK(in("10.0.0.0/8", "10.255.255.255"));
  CHECK_FALSE(in("10.0.0.0/8", "11.0.0.0"));
  CHECK_FALSE(in("10.0.0.0/8", "a00::"));
  CHECK(in("0.0.0.0/0", "255.1.2.3"));
  CHECK_FALSE(in("0.0.0.0/0", "2001:db8::1"));
  CHECK(in("::/0", "192.0.2.1"));
  CHECK(in("2001:db8::/33", "2001:db8:7fff::"));
  CHECK_FALSE(in("2001:db8::/33", "2001:db8:8000::"));
  CHECK(in("192.0.2.1", "192.0.2.1"));
  CHECK_FALSE(in("192.0.2.1", "192.0.2.0"));
  for (const char* bad : {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08",
                          "10/8", "::/129", "/8"})
    CHECK_FALSE(address::parse_network(bad));
}

} // namespace
