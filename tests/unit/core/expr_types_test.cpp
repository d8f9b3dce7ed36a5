// SPDX-License-Identifier: Apache-2.0
// Types of their own in expressions: addresses, decimals, and texts in all their layouts.
#include "catch.hpp"
#include "expr_support.hpp"

#include <vigie/address.hpp>

using namespace vigie::core;
using vigie::field;
using vigie::kind;

// ---- addresses ---------------------------------------------------------------------------------

namespace {

table addresses() {
  const auto bytes = [](const char* text) {
    const auto a = *vigie::address::parse_ip(text);
    return cell(std::string(a.begin(), a.end()));
  };
  return {{{.name = "v4", .kind = kind::uint32, .extension = "vigie.ipv4"},
           {.name = "a", .kind = kind::fixed_binary, .width = 16, .extension = "vigie.ip"},
           {.name = "n", .kind = kind::uint32},
           {.name = "t"}},
          {{0xc0000201, bytes("192.0.2.1"), 0xc0000201, "192.0.2.1"},
           {0x0a000001, bytes("2001:db8::1"), 1, "x"},
           {nullptr, nullptr, nullptr, nullptr}}};
}
std::vector<cell> asked(const std::string& text) {
  const auto out = derived(text, addresses());
  std::vector<cell> made;
  for (const auto& r : out.rows) made.push_back(r[0]);
  for (const auto& r : out.rejects) made[static_cast<std::size_t>(r.row)] = "rejected: " + r.why;
  return made;
}

} // namespace

TEST_CASE("addresses compare with texts, lists and each other as addresses") {
  const cell t = true, f = false, n = nullptr;
  CHECK(asked("v4 = '192.0.2.1'") == std::vector<cell>{t, f, n});
  CHECK(asked("a = '::ffff:192.0.2.1'") == std::vector<cell>{t, f, n});
  CHECK(asked("a = '2001:DB8:0:0::1'") == std::vector<cell>{f, t, n});
  CHECK(asked("a = v4") == std::vector<cell>{t, f, n});
  CHECK(asked("v4 in ('10.0.0.1', '10.0.0.2')") == std::vector<cell>{f, t, n});
  CHECK(asked("a in ('10.0.0.1', '2001:db8::1')") == std::vector<cell>{f, t, n});
  CHECK(asked("v4 between '10.0.0.0' and '10.255.255.255'") == std::vector<cell>{f, t, n});
  CHECK(asked("a < '2001:db8::'") == std::vector<cell>{t, f, n});
  CHECK(asked("coalesce(try_ip(t), a) = a") == std::vector<cell>{t, t, n});
  CHECK(asked("ip(t) = a").at(0) == t);
  CHECK(asked("v4::text || '/32'") == std::vector<cell>{"192.0.2.1/32", "10.0.0.1/32", n});
  CHECK(asked("concat(a, ' ')") == std::vector<cell>{"192.0.2.1 ", "2001:db8::1 ", " "});
  CHECK(asked("v4::ip = a") == std::vector<cell>{t, f, n});
  CHECK(asked("a::ipv4 = v4").at(0) == t);
  CHECK(starts(asked("a::ipv4").at(1), "rejected: '2001:db8::1' is no ipv4"));
  CHECK(asked("try_cast(a as ipv4) is null") == std::vector<cell>{f, t, t});
  CHECK(asked("v4::int64") == std::vector<cell>{0xc0000201, 0x0a000001, n});
  CHECK(asked("n::ipv4 = v4") == std::vector<cell>{t, f, n});
  CHECK(asked("case when v4 = '10.0.0.1' then v4 end = '10.0.0.1'") == std::vector<cell>{n, t, n});
  CHECK(asked("greatest(v4, '99.0.0.0')::text") ==
        std::vector<cell>{"192.0.2.1", "99.0.0.0", "99.0.0.0"});
  CHECK(starts(asked("ip(t)").at(1), "rejected: 'x' is no ip"));
  CHECK(starts(value_of("cast(-1 as ipv4)"), "rejected"));
  CHECK(starts(value_of("cast(4294967296 as ipv4)"), "rejected"));
}

TEST_CASE("an address is neither a number nor bytes") {
  const auto no = [](const std::string& text) { return refusal(text, addresses()); };
  CHECK(no("v4 + 1") == "0: '+' wants numbers, found ipv4");
  CHECK(has(no("-v4"), "wants numbers, found ipv4"));
  CHECK(has(no("v4 = 1"), "3: cannot compare ipv4 with int64"));
  CHECK(has(no("v4 = n"), "3: cannot compare ipv4 with uint32"));
  CHECK(has(no("v4 = t"), "3: cannot compare ipv4 with text"));
  CHECK(has(no("a = t"), "2: cannot compare ip with text"));
  CHECK(has(no("v4 = 'x'"), "5: 'x' is no ipv4; IPv4 addresses look like '192.0.2.1'"));
  CHECK(has(no("v4 = '2001:db8::1'"), "5: '2001:db8::1' is no ipv4"));
  CHECK(has(no("v4 = '192.0.2.01'"), "is no ipv4"));
  CHECK(has(no("a = 'x'"), "4: 'x' is no ip; addresses look like"));
  CHECK(has(no("coalesce(v4, n)"), "mixes ipv4 and uint32"));
  CHECK(has(no("coalesce(v4, 1)"), "mixes ipv4 and int64"));
  CHECK(has(no("abs(v4)"), "abs wants numbers, found ipv4"));
  CHECK(has(no("substr(t, v4)"), "wants a whole number, found ipv4"));
  CHECK(has(no("sha256(a)"), "sha256 wants text"));
  CHECK(has(no("a::int64"), "a value of type ip cannot be cast to int64"));
  CHECK(has(no("v4::bool"), "a value of type ipv4 cannot be cast to bool"));
  CHECK(has(no("v4::float64"), "cannot be cast to float64"));
  CHECK(has(no("in_network(t, '10.0.0.0/8')"), "wants an address, found text; write ip(...)"));
  CHECK(has(no("in_network(n, '10.0.0.0/8')"), "wants an address, found uint32"));
  CHECK(has(no("in_network(a, '10.0.0.1/8')"), "14: '10.0.0.1/8' is no network"));
  CHECK(has(no("in_network(a, '10.0.0.0/33')"), "is no network"));
  CHECK(has(no("in_network(a, ' , ')"), "at least one network"));
  CHECK(has(no("in_network(a, t)"), "the same for every row"));
  CHECK(has(no("in_network(a)"), "in_network got 1 argument"));
}

TEST_CASE("results that are addresses say so") {
  const table t = addresses();
  CHECK(is_ipv4(type_of("network(v4, 24)", t)));
  CHECK(is_ip(type_of("network(a, 24, 48)", t)));
  CHECK(is_ip(type_of("coalesce(v4, a)", t)));
  CHECK(is_ip(type_of("ip(t)", {{{.name = "t"}}, {{"::1"}}})));
  CHECK(is_ipv4(type_of("nullif(v4, '10.0.0.1')", t)));
  CHECK(is_ipv4(type_of("cast(null as ipv4)", t)));
  CHECK(type_of("v4::int64", t).extension.empty());
}

TEST_CASE("networks hold the addresses between their first and last") {
  const cell t = true, f = false, n = nullptr;
  CHECK(asked("in_network(v4, '192.0.2.0/24', '172.16.0.0/12')") == std::vector<cell>{t, f, n});
  CHECK(asked("in_network(a, '10.0.0.0/8 2001:db8::/32,::1')") == std::vector<cell>{f, t, n});
  CHECK(asked("in_network(v4, '::/0')") == std::vector<cell>{t, t, n});
  CHECK(asked("in_network(v4, '2000::/3')") == std::vector<cell>{f, f, n});
  CHECK(asked("in_network(a, '0.0.0.0/0')") == std::vector<cell>{t, f, n});
  CHECK(asked("network(v4, 8)::text") == std::vector<cell>{"192.0.0.0", "10.0.0.0", n});
  CHECK(asked("network(a, 24, 32)::text") == std::vector<cell>{"192.0.2.0", "2001:db8::", n});
  CHECK(asked("network(a, 0)::text") == std::vector<cell>{"0.0.0.0", "::", n});
  CHECK(starts(asked("network(a, 48)").at(0), "rejected: network of an IPv4 address takes"));
  CHECK(starts(asked("network(v4, -1)").at(0), "rejected"));
  CHECK(starts(asked("network(a, 32, 129)").at(1), "rejected: network of an IPv6"));
  const std::vector<std::pair<const char*, bool>> edges = {
      {"9.255.255.255", false}, {"10.0.0.0", true},        {"10.1.255.255", true},
      {"10.2.0.0", false},      {"255.255.255.255", true}, {"::", false},
      {"ffff::", false},        {"::ffff:10.0.0.5", true}};
  for (const auto& [text, inside] : edges)
    CHECK(of("in_network(ip(x), '10.0.0.0/16', '10.1.0.0/16', '255.255.255.255')", text) ==
          cell(inside));
}

TEST_CASE("many networks agree with asking them one by one") {
  std::string all;
  std::vector<vigie::address::network> each;
  std::uint32_t seed = 1;
  const auto random = [&] { return seed = seed * 1664525U + 1013904223U; };
  for (int i = 0; i < 300; ++i) {
    const int prefix = 8 + static_cast<int>(random() >> 16U) % 25;
    std::string text;
    vigie::address::append_ipv4(text, random() & (prefix == 0 ? 0 : ~0U << (32 - prefix)));
    text += "/" + std::to_string(prefix);
    all += text + " ";
    each.push_back(*vigie::address::parse_network(text));
  }
  std::vector<cell> rows;
  for (int i = 0; i < 3000; ++i) rows.emplace_back(random());
  const field x{.name = "x", .kind = kind::uint32, .extension = "vigie.ipv4"};
  const auto found = over("in_network(x, '" + all + "')", rows, x);
  const auto wide = over("in_network(x::ip, '" + all + "')", rows, x);
  int wrong = 0, hits = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto a =
        vigie::address::mapped(static_cast<std::uint32_t>(std::get<std::int64_t>(rows[i].value)));
    const bool inside = std::any_of(each.begin(), each.end(), [&](const auto& network) {
      return vigie::address::contains(network, a);
    });
    hits += inside ? 1 : 0;
    wrong += found[i] != cell(inside) || wide[i] != cell(inside) ? 1 : 0;
  }
  CHECK(wrong == 0);
  CHECK(hits > 100);
}

TEST_CASE("the registries decide by their smallest network") {
  for (const char* open : {"8.8.8.8", "192.0.0.9", "192.0.0.10", "2001:4860:4860::8888",
                           "2001:1::1", "2001:20::1", "64:ff9b::808:808", "192.31.196.1"})
    CHECK(of("is_global(ip(x))", open) == cell(true));
  for (const char* closed :
       {"0.0.0.0",   "10.0.0.1",     "100.64.0.1",     "127.0.0.1", "169.254.1.1",     "192.0.0.8",
        "192.0.2.1", "198.18.0.1",   "203.0.113.7",    "224.0.0.1", "255.255.255.255", "::",
        "::1",       "2001:db8::1",  "2001::1",        "2002::1",   "fc00::1",         "fe80::1",
        "ff02::1",   "64:ff9b:1::1", "::ffff:10.0.0.1"})
    CHECK(of("is_global(ip(x))", closed) == cell(false));
  for (const char* own : {"10.0.0.0", "172.31.255.255", "192.168.0.1", "fd00::1"})
    CHECK(of("is_private(ip(x))", own) == cell(true));
  for (const char* other : {"172.32.0.0", "127.0.0.1", "fe80::1", "11.0.0.0"})
    CHECK(of("is_private(ip(x))", other) == cell(false));
}

// ---- decimals ----------------------------------------------------------------------------------

namespace {

table prices() {
  return {{{.name = "p", .kind = kind::int64, .extension = "vigie.decimal(2)"},
           {.name = "q", .kind = kind::int64, .extension = "vigie.decimal(4)"},
           {.name = "i", .kind = kind::int64},
           {.name = "u", .kind = kind::uint64}},
          {{150, 15001, 1, 2}}};
}
cell price(const std::string& text) { return value_of(text, prices()); }

} // namespace

TEST_CASE("decimals add and compare exactly, with each other and with whole numbers") {
  CHECK(price("(p + q)::text") == cell("3.0001"));
  CHECK(price("(p - i)::text") == cell("0.50"));
  CHECK(price("(i - p)::text") == cell("-0.50"));
  CHECK(price("(-p)::text") == cell("-1.50"));
  CHECK(price("(p + '0.05')::text") == cell("1.55"));
  CHECK(price("p < q") == cell(true));
  CHECK(price("p = '1.5'") == cell(true));
  CHECK(price("p = 1.5") == cell(true));
  CHECK(price("p = '1.501'") == cell(false));
  CHECK(price("p > i and p < u") == cell(true));
  CHECK(price("p in (1, 2, '1.50')") == cell(true));
  CHECK(price("q in (p, '1.5001')") == cell(true));
  CHECK(price("p between 1 and '1.50'") == cell(true));
  CHECK(price("p = 9223372036854775807") == cell(false));
  CHECK(price("p < 18446744073709551615") == cell(true));
  CHECK(price("case p when '1.50' then 'yes' end") == cell("yes"));
  CHECK(price("nullif(p, q) = p") == cell(true));
  CHECK(price("p is distinct from q") == cell(true));
  CHECK(price("coalesce(p, 0)::text") == cell("1.50"));
  CHECK(price("greatest(p, q)::text") == cell("1.5001"));
  CHECK(price("(p * 2) = 3.0") == cell(true));
  CHECK(price("p / i") == cell(1.5));
  CHECK(price("abs(-p)") == cell(1.5));
  CHECK(price("p || ''") == cell("1.50"));
  CHECK(decimal_scale(type_of("p + q", prices())) == 4);
  CHECK(decimal_scale(type_of("-p", prices())) == 2);
  CHECK(type_of("p * p", prices()).kind == kind::float64);
  CHECK(has(refusal("p % 2", prices()), "'%' wants whole numbers; this is decimal"));
  CHECK(has(refusal("substr('a', p)", prices()), "wants a whole number, found decimal(2)"));
  CHECK(has(refusal("p = 'x'", prices()), "wants a number, found 'x'"));
  CHECK(starts(over("x + x", {INT64_MAX},
                    {.name = "x", .kind = kind::int64, .extension = "vigie.decimal(2)"})
                   .at(0),
               "rejected: 92233720368547758.07 + 92233720368547758.07 is out of the range of "
               "decimal(2)"));
}

TEST_CASE("casts of decimals go to the nearest, ties away from zero") {
  const auto two = [](const std::string& text) {
    return of("try_cast(x as decimal(2))::text", text);
  };
  CHECK(two("1.005") == cell("1.01"));
  CHECK(two("-1.005") == cell("-1.01"));
  CHECK(two("1.00499999999999999999999999999999") == cell("1.00"));
  CHECK(two("0.995") == cell("1.00"));
  CHECK(two(" +7 ") == cell("7.00"));
  CHECK(two(".5") == cell("0.50"));
  CHECK(two("5.") == cell("5.00"));
  CHECK(two("1.5e3") == cell("1500.00"));
  CHECK(two("15e-3") == cell("0.02"));
  CHECK(two("1e-9999") == cell("0.00"));
  CHECK(two("0e9999") == cell("0.00"));
  CHECK(two("-92233720368547758.08") == cell("-92233720368547758.08"));
  CHECK(two("92233720368547758.07") == cell("92233720368547758.07"));
  for (const char* bad : {"92233720368547758.08", "92233720368547758.075", "1e17", "", ".", "+",
                          "-", "1e", "e5", "1.2.3", "1,5", "nan", "inf", "--1", "1e99999", "0x1"})
    CHECK(two(bad) == cell(nullptr));
  CHECK(value_of("cast(0.1 + 0.2 as decimal(2))::text") == cell("0.30"));
  CHECK(value_of("cast(2.675 as decimal(2))::text") == cell("2.68"));
  CHECK(value_of("cast(cast('2.5' as decimal(1)) as int64)") == cell(3));
  CHECK(value_of("cast(cast('-2.5' as decimal(1)) as int64)") == cell(-3));
  CHECK(value_of("cast(cast('2.49' as decimal(2)) as decimal(0))::text") == cell("2"));
  CHECK(value_of("cast(5 as decimal(18))::text") == cell("5.000000000000000000"));
  CHECK(starts(value_of("cast(10 as decimal(18))"), "rejected: '10' is no decimal(18)"));
  CHECK(starts(value_of("cast(cast('nan' as float64) as decimal(2))"), "rejected"));
  CHECK(starts(value_of("cast(1e300 as decimal(2))"), "rejected"));
  for (const std::string bad :
       {"decimal", "decimal()", "decimal(19)", "decimal(-1)", "decimal(2, 1)"})
    CHECK(has(refusal("cast(1 as " + bad + ")"), "write decimal(2)"));
  CHECK(has(refusal("cast(1 as decimale)"), "expected a type"));
}

// ---- kernels with ways of their own ------------------------------------------------------------

TEST_CASE("texts equal a constant in every layout, whatever their length") {
  std::vector<cell> rows = {nullptr, ""};
  for (std::size_t size = 1; size <= 20; ++size) {
    const std::string a(size, 'a');
    rows.emplace_back(a);
    rows.emplace_back(a.substr(1) + "b");
    rows.emplace_back("b" + a.substr(1));
    rows.emplace_back(a + std::string(1, '\0'));
  }
  for (const std::string format : {"vu", "u", "U"})
    for (std::size_t size = 0; size <= 17; ++size) {
      const std::string wanted(size, 'a');
      const field x{.name = "x", .format = format};
      const auto equal = over("x = '" + wanted + "'", rows, x);
      const auto differs = over("x <> '" + wanted + "'", rows, x);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        INFO(format << " " << size << " " << i);
        const bool null = rows[i] == cell(nullptr);
        CHECK(equal[i] == (null ? cell(nullptr) : cell(rows[i] == cell(wanted))));
        CHECK(differs[i] == (null ? cell(nullptr) : cell(rows[i] != cell(wanted))));
      }
    }
}

TEST_CASE("characters are counted alike in long runs of ASCII and between others") {
  for (const std::string text : {"0123456789abcdefghij", "0123456é89abcdefghij", "é123456789abcdef",
                                 "01234567é", "日本語日本語日本語", ""})
    for (std::size_t from = 1; from < 22; ++from)
      for (std::size_t count = 0; count < 22; ++count) {
        std::vector<std::string> each; // the characters one by one
        for (const char c : text)
          if ((static_cast<unsigned char>(c) & 0xC0) == 0x80)
            each.back() += c;
          else
            each.emplace_back(1, c);
        std::string wanted;
        for (std::size_t i = from - 1; i < std::min(from - 1 + count, each.size()); ++i)
          wanted += each[i];
        INFO(text << " " << from << " " << count);
        const cell made =
            of("substr(x, " + std::to_string(from) + ", " + std::to_string(count) + ")", text);
        CHECK(made == cell(wanted));
      }
}

TEST_CASE("constants and short texts fill columns with and without nulls before them") {
  std::vector<cell> rows;
  for (int i = 0; i < 2100; ++i)
    rows.push_back(i % 1024 == 7 && i < 1024
                       ? cell(nullptr)
                       : cell(std::string(static_cast<std::size_t>(i % 13), 'x')));
  CHECK(over("x", rows) == rows);
  CHECK(over("substr(x, 1, 20)", rows) == rows);
  for (const std::string text : {"", "ooni-2014", "twelve bytes", "thirteen byte"})
    CHECK(over("'" + text + "'", rows) == std::vector<cell>(rows.size(), cell(text)));
  CHECK(over("7", rows) == std::vector<cell>(rows.size(), cell(7)));
  CHECK(over("7.5", rows) == std::vector<cell>(rows.size(), cell(7.5)));
  CHECK(over("cast(7 as int16)", rows) == std::vector<cell>(rows.size(), cell(7)));
}
