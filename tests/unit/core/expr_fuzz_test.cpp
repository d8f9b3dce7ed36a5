// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "expr_support.hpp"

#include <random>

using namespace vigie::core;
using vigie::kind;

namespace {

const std::vector<std::string> seeds = {
    "a + b * 2 >= 10 and not (t like 'x%' escape '!') or t is null",
    "case when a > b then 'more' when a = b then upper(t) else trim(t, 'xy') end",
    "case a when 1 then r when 2 then r / 0.0 else cast(t as float64) end",
    "t in ('a', 'b', :name) and a between -5 and 9223372036854775807",
    "coalesce(nullif(t, ''), try_cast(a as text), concat(a, b, r)) || ' :: ' || t::text",
    "date_part('year', d) * 100 + date_part('month', timestamp '2014-05-20T13:43:00Z')",
    "list_length(l) > 1 and l[1] is distinct from l[a + 1] and s.x is not true",
    "greatest(a, b, 0) - least(a, r) % 3",
    "position('a' in t) + strpos(t, 'b') + substr(t, 1, 2)",
    "date '2014-05-20' + 7 > d",
    "\"t\" ilike '%_A' and a::bool",
    "round(r, 2) = abs(-a)",
    "t ~* '^x(a|b)+' or t !~ '[^a]' and regexp_count(t, 'a*') > a",
    "regexp_replace(t, '(.)(.)?', '\\2\\1', 'g') || regexp_extract(t, 'x(.)', 1)",
    "split_part(t, 'a', a) || left(t, b) || right(t, -1) || lpad(t, 7, 'é')",
    "json_int(t, 'a.b[0]') + json_length(t) > 1 or json_valid(t) or json_type(t, 'x') = 'null'",
    "date_trunc('week', d, 'Asia/Shanghai') + interval '2 hours 3 ms' > date '2014-05-20'",
    "to_text(d, '%F %T%z', 'Europe/Paris') || to_timestamp(t, '%Y-%m-%d', '+08:00')::text",
    "date_part('hour', d::timestamp, 'America/New_York') + epoch(d, 'ms') > extract(year from d)",
    "make_timestamp(a, b, 3, 4, 5, r, 'UTC') > from_epoch(r, 'ms') and make_date(a, b, 1) > d",
    "p = '192.0.2.1' or in_network(p, '10.0.0.0/8', '2001:db8::/32') and is_global(p)",
    "network(p, 24, 48)::text || ip_version(ip(t)) || try_ip(t)::text || cast(p as ip)",
    "m + 1 > '1.50' and m * 2.5 < a - m and cast(t as decimal(3)) in (m, 1, '2.5')",
    "encode(t, 'base64') || decode(t, 'hex')::text || sha256(t) || url_part(t, 'host')",
    "concat_ws(', ', t, a, m, p) || repeat(t, a) || reverse(t) || chr(a) || normalize(t, 'NFD')"};

table some_rows() {
  vigie::schema fields = {{.name = "a", .kind = kind::int64},
                          {.name = "b", .kind = kind::int32},
                          {.name = "r", .kind = kind::float64},
                          {.name = "t"},
                          {.name = "d", .kind = kind::date}};
  fields.push_back({.name = "m", .kind = kind::int64, .extension = "vigie.decimal(2)"});
  fields.push_back({.name = "p", .kind = kind::uint32, .extension = "vigie.ipv4"});
  fields.push_back(vigie::list_of("l", {.kind = kind::int64}));
  fields.push_back(vigie::struct_of("s", {{.name = "x", .kind = kind::boolean}}));
  using cells = std::vector<cell>;
  return {fields,
          {{1, 2, 0.5, "xa", 16000, 150, 0xc0000201, cells{1, 2}, cells{true}},
           {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr},
           {INT64_MIN, INT32_MAX, -0.0, "", INT32_MAX, INT64_MIN, 0, cells{}, cells{nullptr}},
           {INT64_MAX, -1, 1e308, R"({"a": {"b": [7]}, "é": 1})", INT32_MIN, INT64_MAX, 0x0a000001,
            cells{nullptr}, cells{false}}}};
}

class mutator {
public:
  std::string operator()() {
    std::string text = pick(seeds);
    for (std::size_t n = below(4) + 1; n > 0; --n) change(text);
    return text;
  }

private:
  std::size_t below(std::size_t n) { return random_() % n; }
  const std::string& pick(const std::vector<std::string>& of) { return of[below(of.size())]; }

  void change(std::string& text) {
    static const std::vector<std::string> bits = {
        "(",     ")",     "'",         "\"",    " and ",
        " not ", "-",     "::",        ":name", "null",
        "case",  "end",   "a",         "t",     "99999999999999999999",
        ".",     "[1]",   "\xc3",      "é",     "%",
        " is ",  "cast(", " as int8)", "0",     ",",
        "||",    " in (", "\\",        " ~ ",   "interval ",
        "UTC",   "::ip",  "decimal(2)"};
    const std::size_t at = below(text.size() + 1);
    const std::size_t size = std::min<std::size_t>(below(6), text.size() - at);
    switch (below(5)) {
    case 0: text.erase(at, size); break;
    case 1: text.insert(at, pick(bits)); break;
    case 2: text.replace(at, size, pick(bits)); break;
    case 3: text.insert(at, text.substr(below(text.size() + 1), below(20))); break;
    default: {
      const std::string& other = pick(seeds);
      text = text.substr(0, at) + other.substr(below(other.size()));
    }
    }
  }

  std::mt19937_64 random_{20140520};
};

} // namespace

TEST_CASE("20,000 damaged expressions end in values or in errors that name a byte of the text") {
  mutator next;
  const table rows = some_rows();
  int accepted = 0, outside = 0, wrong_rows = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = next();
    try {
      const bool named = text.find(":name") != text.npos;
      const auto out =
          derived(text, rows,
                  named ? vigie::named<std::string>{{"name", "7"}} : vigie::named<std::string>());
      ++accepted;
      if (out.rows.size() != rows.rows.size()) ++wrong_rows;
    } catch (const vigie::error& e) {
      const bool unused_value = e.param == 1; // ":name" inside a text is not seen
      const bool inside = e.offset >= 0 && e.offset <= static_cast<std::int64_t>(text.size());
      if (!unused_value && (!inside || e.message.empty())) {
        UNSCOPED_INFO(text << " -> " << e.offset << " " << e.message);
        ++outside;
      }
    }
  }
  CHECK(outside == 0);
  CHECK(wrong_rows == 0);
  CHECK(accepted > 500); // else the mutations test the lexer alone
}
