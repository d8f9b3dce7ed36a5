// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "config/scalars.hpp"
#include "config/values.hpp"
#include "config/yaml/parse.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

using namespace vigie;

namespace {

param_spec spec_of(std::string name, param_type type) {
  param_spec s;
  s.name = std::move(name);
  s.type = type;
  return s;
}

struct read {
  std::vector<param_value> values;
  std::string problems; // "V0223 1:4; ..."
  diagnostics all;
};

read parse_with(const std::vector<param_spec>& table, std::string_view with, const scope& s = {}) {
  read out;
  auto tree = yaml::parse(with, "p.yaml");
  for (const auto& d : tree.problems) FAIL(render(d));
  out.values = parse_values(table, &*tree.root, s, out.all);
  for (const auto& d : out.all)
    out.problems += fmt::format("{}{} {}:{}", out.problems.empty() ? "" : "; ", code_name(d.code),
                                d.place.line, d.place.column);
  return out;
}

// The value of one parameter `x` of a type; its problems are checked to be none.
param_value one(param_type type, std::string_view text, const scope& s = {}) {
  auto r = parse_with({spec_of("x", type)}, fmt::format("x: {}", text), s);
  INFO(text);
  CHECK(r.problems == "");
  return r.values.at(0);
}

std::string problem(param_type type, std::string_view text, const scope& s = {}) {
  const auto r = parse_with({spec_of("x", type)}, fmt::format("x: {}", text), s);
  CHECK_FALSE(r.values.at(0).set);
  return r.problems;
}

scope_param given(std::string name, param_type type, std::int64_t i, std::string s = {}) {
  scope_param p;
  p.name = std::move(name);
  p.value.type = type;
  p.value.set = true;
  p.value.i = i;
  p.value.s = std::move(s);
  return p;
}

scope example() {
  scope s;
  s.file = "p.yaml";
  s.base_dir = "dir";
  s.params = {given("n", param_type::integer, 7), given("day", param_type::date, 16'071),
              given("pages", param_type::path, 0, "dir/a*.txt"),
              given("word", param_type::text, 0, "w"),
              given("wait", param_type::duration, 90'000'000)};
  s.params.push_back(given("key", param_type::text, 0, "hush"));
  s.params.back().secret = true;
  s.params.push_back({});
  s.params.back().name = "unset";
  scope_param list = given("list", param_type::text, 0);
  list.list = true;
  list.value.items = {given("", param_type::text, 0, "a").value,
                      given("", param_type::text, 0, "b").value};
  s.params.push_back(list);
  s.env = [](std::string_view name) -> std::optional<std::string> {
    if (name == "HOME") return "/home/me";
    if (name == "N") return "12";
    if (name == "BAD") return "\xff";
    return std::nullopt;
  };
  s.secret = [](std::string_view name) -> result<std::string> {
    if (name == "token") return std::string("t0ken");
    return fail(code::secret_missing, "not here").help("look elsewhere");
  };
  return s;
}

} // namespace

TEST_CASE("durations are numbers with units, the largest first") {
  CHECK(*parse_duration("90s") == 90'000'000);
  CHECK(*parse_duration("1h30m") == 5'400'000'000);
  CHECK(*parse_duration("250ms") == 250'000);
  CHECK(*parse_duration("2d") == 172'800'000'000);
  CHECK(*parse_duration("1.5h") == 5'400'000'000);
  CHECK(*parse_duration("0.000001s") == 1);
  CHECK(*parse_duration("0s") == 0);
  for (const char* bad : {"", "90", "s", "1x", "30m1h", "1s1s", "-1s", "1 s", "1s ", "1.s", ".5s",
                          "0.1us", "1h30", "1e3s"}) {
    INFO(bad);
    REQUIRE_FALSE(parse_duration(bad));
    CHECK(parse_duration(bad).error().code == code::bad_value);
  }
  CHECK(parse_duration("90").error().hint.find("90s") != std::string::npos);
  CHECK(parse_duration("106751992d").error().code == code::out_of_range);
  CHECK(parse_duration("99999999999999999999s").error().code == code::out_of_range);
}

TEST_CASE("sizes are bytes, powers of 1024 or powers of 1000") {
  CHECK(*parse_size("4096") == 4096);
  CHECK(*parse_size("64KiB") == 65'536);
  CHECK(*parse_size("10MB") == 10'000'000);
  CHECK(*parse_size("1.5GiB") == 1'610'612'736);
  CHECK(*parse_size("9223372036854775807") == 9'223'372'036'854'775'807);
  for (const char* bad :
       {"", "M", "1M", "1Mb", "64kib", "-1", "1 MB", "1MBx", "1MB2KB", "0.3B", "1e3"}) {
    INFO(bad);
    REQUIRE_FALSE(parse_size(bad));
    CHECK(parse_size(bad).error().code == code::bad_value);
  }
  CHECK(parse_size("9223372036854775808").error().code == code::out_of_range);
  CHECK(parse_size("8388608TiB").error().code == code::out_of_range);
}

TEST_CASE("dates are days of the calendar") {
  CHECK(*parse_date("1970-01-01") == 0);
  CHECK(*parse_date("2014-05-18") == 16'208);
  CHECK(*parse_date("1969-12-31") == -1);
  CHECK(*parse_date("2000-02-29") == 11'016);
  CHECK(*parse_date("0001-01-01") == -719'162);
  for (const char* bad : {"", "2014-5-18", "2014-02-30", "1900-02-29", "2014-13-01", "2014-00-10",
                          "0000-01-01", "18-05-2014", "2014/05/18", "2014-05-18 ", "+014-05-18"}) {
    INFO(bad);
    CHECK_FALSE(parse_date(bad));
  }
}

TEST_CASE("timestamps have a zone, or are the midnight of a date") {
  CHECK(*parse_timestamp("1970-01-01T00:00:00Z") == 0);
  CHECK(*parse_timestamp("2014-05-18") == 16'208LL * 86'400'000'000);
  CHECK(*parse_timestamp("1970-01-01T08:00:00+08:00") == 0);
  CHECK(*parse_timestamp("1969-12-31T23:59:59.999999Z") == -1);
  CHECK(*parse_timestamp("1970-01-01 00:00:01.5z") == 1'500'000);
  CHECK(*parse_timestamp("1970-01-01t00:00:00.1230000-00:30") == 1'800'123'000);
  for (const char* bad :
       {"", "2014-05-18T09:30:00", "2014-05-18T09:30Z", "2014-05-18T24:00:00Z",
        "2014-05-18T09:60:00Z", "2014-05-18T23:59:60Z", "2014-05-18T09:30:00.Z",
        "2014-05-18T09:30:00.1234567Z", "2014-05-18T09:30:00+0800", "2014-05-18T09:30:00+24:00",
        "2014-05-18T09:30:00Zx", "2014-02-30T00:00:00Z"}) {
    INFO(bad);
    CHECK_FALSE(parse_timestamp(bad));
  }
  CHECK(parse_timestamp("2014-05-18T09:30:00").error().hint.find("add Z") != std::string::npos);
}

TEST_CASE("numbers are read exactly or refused") {
  CHECK(*parse_integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(*parse_real("1e3") == 1000.0);
  CHECK(*parse_real("-0.5") == -0.5);
  for (const char* bad : {"", "1.0", "1e3", "0x10", "1_000", "+1", " 1", "1 "})
    CHECK_FALSE(parse_integer(bad));
  for (const char* bad : {"", "nan", "inf", "-inf", ".5", "0x1p3", "1,5", "1.5 "})
    CHECK_FALSE(parse_real(bad));
  CHECK(parse_integer("9223372036854775808").error().code == code::out_of_range);
  CHECK(parse_real("1e999").error().code == code::out_of_range);
}

TEST_CASE("a value written out is read back as the same value") {
  const auto round = [](param_type t, std::int64_t i) {
    param_value v;
    v.type = t;
    v.i = i;
    return text_of(v);
  };
  for (const std::int64_t us : {0LL, 1LL, 1'500'000LL, 5'400'000'000LL, 172'800'000'123LL})
    CHECK(*parse_duration(round(param_type::duration, us)) == us);
  for (const std::int64_t us : {0LL, -1LL, 1'400'000'000'000'000LL, 1'400'000'000'000'007LL})
    CHECK(*parse_timestamp(round(param_type::timestamp, us)) == us);
  for (const std::int64_t day : {0LL, -1LL, 16'208LL, -719'162LL})
    CHECK(*parse_date(round(param_type::date, day)) == day);
}

TEST_CASE("every type takes its own form") {
  CHECK(one(param_type::boolean, "true").i == 1);
  CHECK(one(param_type::boolean, "false").i == 0);
  CHECK(one(param_type::integer, "-3").i == -3);
  CHECK(one(param_type::real, "2").r == 2.0);
  CHECK(one(param_type::text, "12").s == "12");
  CHECK(one(param_type::text, "2014-01-01").s == "2014-01-01");
  CHECK(one(param_type::text, "1e3").s == "1e3");
  CHECK(one(param_type::text, "true").s == "true");
  CHECK(one(param_type::text, "\"no\"").s == "no");
  CHECK(one(param_type::text, "''").s.empty());
  CHECK(one(param_type::duration, "'90s'").i == 90'000'000);
  CHECK(one(param_type::column, "url").s == "url");
  CHECK(one(param_type::expression, "a > 1 and b = 'x'").s == "a > 1 and b = 'x'");
}

TEST_CASE("another form is refused at its place") {
  CHECK(problem(param_type::boolean, "yes") == "V0223 1:4");
  CHECK(problem(param_type::boolean, "'true'") == "V0223 1:4");
  CHECK(problem(param_type::boolean, "1") == "V0223 1:4");
  CHECK(problem(param_type::integer, "'5'") == "V0223 1:4");
  CHECK(problem(param_type::integer, "5.0") == "V0223 1:4");
  CHECK(problem(param_type::integer, "[5]") == "V0203 1:4");
  CHECK(problem(param_type::text, "{a: b}") == "V0203 1:4");
  CHECK(problem(param_type::text, "") == "V0223 1:1");
  CHECK(problem(param_type::duration, "90") == "V0223 1:4");
  for (const char* word : {"yes", "No", "ON", "off", "null", "~"})
    CHECK(problem(param_type::text, word) == "V0109 1:4");
}

TEST_CASE("values come in the order of the table, with defaults and places") {
  auto a = spec_of("a", param_type::text), b = spec_of("b", param_type::size),
       c = spec_of("c", param_type::integer), d = spec_of("d", param_type::text);
  a.def.assign(1, ','); // gcc 12 warns falsely of an assigned literal here
  b.def = "64KiB";
  d.def = "\"\"";
  const auto r = parse_with({a, b, c, d}, "c: 5\nb: 1MiB\n");
  CHECK(r.problems == "");
  REQUIRE(r.values.size() == 4);
  CHECK(r.values[0].s == ",");
  CHECK(r.values[1].i == 1'048'576);
  CHECK(r.values[1].place.line == 2);
  CHECK(r.values[1].place.column == 4);
  CHECK(r.values[2].i == 5);
  CHECK(r.values[3].set);
  diagnostics out;
  const auto none = parse_values({a, c}, nullptr, {}, out);
  CHECK(out.empty());
  CHECK(none[0].set);
  CHECK_FALSE(none[1].set);
}

TEST_CASE("unknown, missing and deprecated parameters are named") {
  auto where = spec_of("where", param_type::expression);
  where.required = true;
  auto old = spec_of("old", param_type::text);
  old.deprecated = true;
  const auto r = parse_with({where, old}, "wehre: a\nold: x\n");
  CHECK(r.problems == "V0221 1:1; V0222 1:1; V0228 2:1");
  CHECK(r.all[0].hint == "did you mean 'where'?");
  CHECK(r.all[2].severity == severity::warning);
  scope s;
  s.at = {9, 3};
  diagnostics out;
  static_cast<void>(parse_values({where}, nullptr, s, out));
  REQUIRE(out.size() == 1);
  CHECK(out[0].place.line == 9);
  CHECK(parse_with({where}, "[a]").problems == "V0203 1:1");
}

TEST_CASE("choices and ranges are kept") {
  auto mode = spec_of("mode", param_type::text);
  mode.choices = {"first", "last"};
  CHECK(parse_with({mode}, "mode: last").problems == "");
  const auto r = parse_with({mode}, "mode: lsat");
  CHECK(r.problems == "V0224 1:7");
  CHECK(r.all[0].hint == "did you mean 'last'?");
  auto n = spec_of("n", param_type::integer);
  n.min = 1;
  n.max = 10;
  CHECK(parse_with({n}, "n: 10").problems == "");
  CHECK(parse_with({n}, "n: 11").problems == "V0225 1:4");
  CHECK(parse_with({n}, "n: 0").problems == "V0225 1:4");
  auto wait = spec_of("wait", param_type::duration);
  wait.max = 60e6;
  const auto w = parse_with({wait}, "wait: 2m");
  CHECK(w.problems == "V0225 1:7");
  CHECK(w.all[0].message.find("more than 1m") != std::string::npos);
}

TEST_CASE("lists, maps and records hold typed values") {
  auto list = spec_of("list", param_type::integer), map = spec_of("map", param_type::date),
       record = spec_of("record", param_type::record);
  list.list = map.map = record.list = true;
  record.fields = {spec_of("name", param_type::column), spec_of("type", param_type::text)};
  record.fields[0].required = true;
  record.fields[1].def = "text";
  const auto r = parse_with({list, map, record},
                            "list: [1, 2]\nmap: {b: 2014-01-01, a: 2014-01-02}\nrecord:\n  - "
                            "{name: x}\n  - {type: int, name: y}\n");
  CHECK(r.problems == "");
  CHECK(r.values[0].items[1].i == 2);
  CHECK(r.values[1].items[0].key == "b"); // as written
  CHECK(r.values[1].items[1].i == 16'072);
  CHECK(r.values[2].items[0].items[0].s == "x");
  CHECK(r.values[2].items[0].items[1].s == "text");
  CHECK(r.values[2].items[1].items[1].s == "int");
  const auto bad =
      parse_with({list, map, record},
                 "list: [1, x, [3]]\nmap: [a]\nrecord: [{type: t}, {nmae: x, name: y}]\n");
  CHECK(bad.problems == "V0223 1:11; V0203 1:14; V0203 2:6; V0222 3:10; V0221 3:22");
  CHECK_FALSE(bad.values[0].set);
  const auto single = parse_with({list}, "list: 1");
  CHECK(single.problems == "V0203 1:7");
  CHECK(single.all[0].hint.find("[x]") != std::string::npos);
}

TEST_CASE("a default of a list is read as a pipeline writes it") {
  auto list = spec_of("list", param_type::text);
  list.list = true;
  list.def = "[a, 'b c']";
  const auto r = parse_with({list}, "{}");
  CHECK(r.problems == "");
  REQUIRE(r.values[0].items.size() == 2);
  CHECK(r.values[0].items[1].s == "b c");
}

TEST_CASE("a lone reference keeps the type, one inside a text is text") {
  const scope s = example();
  CHECK(one(param_type::integer, "${params.n}", s).i == 7);
  CHECK(one(param_type::real, "\"${params.n}\"", s).r == 7.0);
  CHECK(one(param_type::timestamp, "${params.day}", s).i == 16'071LL * 86'400'000'000);
  CHECK(one(param_type::text, "${params.day}", s).s == "2014-01-01");
  CHECK(one(param_type::text, "a-${params.n}-${params.word}.${env:N}", s).s == "a-7-w.12");
  CHECK(one(param_type::text, "x${params.wait}", s).s == "x1m30s");
  CHECK(one(param_type::integer, "${env:N}", s).i == 12);
  CHECK(one(param_type::integer, "\"${params.n}0\"", s).i == 70);
  CHECK(one(param_type::text, "cost $5, $${x} and $", s).s == "cost $5, ${x} and $");
  CHECK(problem(param_type::integer, "${params.word}", s) == "V0223 1:4");
  CHECK(problem(param_type::duration, "${params.n}", s) == "V0223 1:4");
}

TEST_CASE("a list refers to a list, and only to that") {
  const scope s = example();
  auto list = spec_of("list", param_type::text);
  list.list = true;
  const auto r = parse_with({list}, "list: ${params.list}", s);
  CHECK(r.problems == "");
  REQUIRE(r.values[0].items.size() == 2);
  CHECK(r.values[0].items[1].s == "b");
  CHECK(parse_with({list}, "list: ${params.word}", s).problems == "V0223 1:7");
  CHECK(parse_with({list}, "list: [\"${params.word}\"]", s).problems == "");
  CHECK(problem(param_type::text, "${params.list}", s) == "V0223 1:4");
  CHECK(problem(param_type::text, "a${params.list}", s) == "V0226 1:5");
}

TEST_CASE("a reference that leads nowhere is refused where it stands") {
  const scope s = example();
  CHECK(problem(param_type::text, "'ab ${params.wrod}'", s) == "V0226 1:8");
  CHECK(problem(param_type::text, "ab ${params.n", s) == "V0226 1:7");
  CHECK(problem(param_type::text, "${params.unset}", s) == "V0226 1:4");
  CHECK(problem(param_type::text, "${env:NOPE}", s) == "V0226 1:4");
  CHECK(problem(param_type::text, "${env:BAD}", s) == "V0226 1:4");
  CHECK(problem(param_type::text, "${env:}", s) == "V0226 1:4");
  CHECK(problem(param_type::text, "${HOME}", s) == "V0226 1:4");
  CHECK(problem(param_type::text, "\"${}\"", s) == "V0226 1:5");
  CHECK(problem(param_type::text, "${env:HOME}") == "V0226 1:4"); // no look-up here
  CHECK(problem(param_type::text, "|\n  one\n  two ${params.x}", s) == "V0226 3:7");
  diagnostics out;
  const auto tree = yaml::parse("x: ${params.wrod}", "p");
  static_cast<void>(parse_values({spec_of("x", param_type::text)}, &*tree.root, s, out));
  CHECK(out.at(0).hint == "did you mean 'word'?");
}

TEST_CASE("expressions take no references and say what to write instead") {
  const auto r = parse_with({spec_of("where", param_type::expression)},
                            "where: \"a >= ${params.day}\"", example());
  CHECK(r.problems == "V0227 1:14");
  CHECK(r.all[0].hint.find("values") != std::string::npos);
}

TEST_CASE("secrets go to secret parameters only and never into a message") {
  const scope s = example();
  auto token = spec_of("x", param_type::text);
  token.secret = true;
  CHECK(parse_with({token}, "x: ${secret:token}", s).values[0].s == "t0ken");
  CHECK(parse_with({token}, "x: \"Bearer ${params.key}\"", s).values[0].s == "Bearer hush");
  CHECK(parse_with({token}, "x: ${secret:nope}", s).problems == "V0430 1:4");
  CHECK(problem(param_type::text, "${secret:token}", s) == "V0227 1:4");
  CHECK(problem(param_type::text, "a${params.key}", s) == "V0227 1:5");
  for (const auto type : {param_type::integer, param_type::boolean, param_type::date}) {
    token.type = type;
    const auto r = parse_with({token}, "x: ${secret:token}", s);
    REQUIRE(r.all.size() == 1);
    CHECK(render(r.all[0]).find("t0ken") == std::string::npos);
  }
}

TEST_CASE("what secret parameters are given is learnt, and what cannot be masked is refused") {
  scope s = example();
  redactor masks;
  s.secrets = &masks;
  auto token = spec_of("x", param_type::text);
  token.secret = true;
  const auto masked = [&](const param_spec& spec, const std::string& yaml,
                          const std::string& text) {
    CHECK(parse_with({spec}, yaml, s).problems.empty());
    CHECK(masks.apply("<" + text + ">") == "<***>");
  };
  masked(token, "x: ${env:HOME}/literal", "/home/me/literal");
  masked(token, "x: \"Bearer ${secret:token}\"", "t0ken");
  masked(token, "x: \"Bearer ${secret:token}\"", "Bearer t0ken");
  masked(token, "x: ${env:HOME}", "/home/me");
  masked(token, "x: ${params.key}", "hush");
  auto many = token;
  many.list = true;
  masked(many, "x: [\"${env:HOME}\", \"${params.key} second\"]", "hush second");
  auto number = token;
  number.type = param_type::integer;
  masked(number, "x: 34${env:N}", "3412");
  CHECK(parse_with({token}, "x: \"\"", s).problems.empty());
  CHECK(parse_with({token}, "x: ${env:N}", s).problems == "V0431 1:4");
  CHECK(parse_with({number}, "x: ${env:N}", s).problems == "V0431 1:4");
  // What stands in the pipeline, itself or as a parameter that people see, is no secret.
  for (const char* seen : {"x: literal", "x: abc", "x: ${params.word}", "x: $${abc}", "x: a$b"}) {
    INFO(seen);
    CHECK(parse_with({token}, seen, s).problems == "V0434 1:4");
  }
  CHECK(parse_with({many}, "x: [\"${env:HOME}\", second]", s).problems == "V0434 1:20");
  s.plain_secrets = true;
  CHECK(parse_with({token}, "x: literal", s).values[0].s == "literal");
  CHECK(parse_with({token}, "x: abc", s).problems == "V0431 1:4");
  CHECK(masks.apply("literal") == "***");
  // A component's own default is no secret: it stands in its documentation.
  token.def = "none";
  CHECK(parse_with({token}, "{}", s).values[0].s == "none");
  CHECK(masks.apply("none") == "none");
  auto flag = spec_of("x", param_type::boolean);
  flag.secret = true;
  CHECK(parse_with({flag}, "x: true", s).values[0].i == 1);
  CHECK(masks.apply("true") == "true");
}

TEST_CASE("paths are relative to the file, unless they are already resolved") {
  const scope s = example();
  CHECK(one(param_type::path, "a/*.txt", s).s == "dir/a/*.txt");
  CHECK(one(param_type::path, "../a", s).s == "dir/../a");
  CHECK(one(param_type::path, "/a", s).s == "/a");
  CHECK(one(param_type::path, "'-'", s).s == "-");
  CHECK(one(param_type::path, "''", s).s.empty());
  CHECK(one(param_type::path, "${params.pages}", s).s == "dir/a*.txt");
  CHECK(one(param_type::path, "\"${params.pages}.gz\"", s).s == "dir/a*.txt.gz");
  CHECK(one(param_type::path, "${params.word}", s).s == "dir/w");
  CHECK(one(param_type::path, "${env:HOME}/x", s).s == "/home/me/x");
  CHECK(one(param_type::text, "${params.pages}", s).s == "dir/a*.txt");
  CHECK(one(param_type::path, "a").s == "a");
}

TEST_CASE("a value says where its text starts") {
  const auto r =
      parse_with({spec_of("a", param_type::expression), spec_of("b", param_type::expression)},
                 "a: x + y\nb: 'x + y'\n");
  CHECK(r.values[0].place.column == 4);
  CHECK(r.values[1].place.column == 4);
}
