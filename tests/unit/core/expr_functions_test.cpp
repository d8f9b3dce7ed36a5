// SPDX-License-Identifier: Apache-2.0
// Every example of docs/write/expressions.md, and what the functions do at their edges.
#include "catch.hpp"
#include "common/address/address.hpp"
#include "expr_support.hpp"

#include <fstream>
#include <regex>

using namespace vigie::core;
using vigie::field;
using vigie::kind;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// Evaluated over a column, so that the kernels are asked and not the folding of constants: `x` is
// the text in every one of `n` rows.
std::vector<cell> over(const std::string& text, const std::vector<cell>& values,
                       field x = {.name = "x"}) {
  table t{{std::move(x)}, {}};
  for (const cell& v : values) t.rows.push_back({v});
  const auto out = derived(text, t);
  std::vector<cell> made;
  for (const auto& r : out.rows) made.push_back(r[0]);
  for (const auto& r : out.rejects) made[static_cast<std::size_t>(r.row)] = "rejected: " + r.why;
  return made;
}
cell of(const std::string& text, cell value) { return over(text, {std::move(value)}).at(0); }

cell is_same(const std::string& a, const std::string& b) {
  return value_of("(" + a + ") is not distinct from (" + b + ")");
}

} // namespace

TEST_CASE("every example of the page about expressions is true") {
  std::ifstream file(VIGIE_SOURCE_DIR "/docs/write/expressions.md");
  REQUIRE(file);
  const std::regex example("`([^`]+)` is (?:`([^`]+)`|(true|false|null))");
  int seen = 0;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("|")) continue;
    line = std::regex_replace(line, std::regex("\\\\\\|"), "|");
    for (std::sregex_iterator at(line.begin(), line.end(), example), end; at != end; ++at) {
      const std::string value = (*at)[2].matched ? (*at)[2].str() : (*at)[3].str();
      INFO(line);
      CHECK(is_same((*at)[1].str(), value) == cell(true));
      ++seen;
    }
  }
  CHECK(seen > 80); // else the page is written in a form that this test does not read
}

// ---- regular expressions -----------------------------------------------------------------------

TEST_CASE("regular expressions match anywhere, in characters, with the flags of the page") {
  const std::vector<cell> texts = {"abc", "ABC", "", "é", nullptr, "a\nb"};
  const cell t = true, f = false, n = nullptr;
  CHECK(over("x ~ 'b'", texts) == std::vector<cell>{t, f, f, f, n, t});
  CHECK(over("x ~* 'b'", texts) == std::vector<cell>{t, t, f, f, n, t});
  CHECK(over("x !~ 'b'", texts) == std::vector<cell>{f, t, t, t, n, f});
  CHECK(over("x !~* 'b'", texts) == std::vector<cell>{f, f, t, t, n, f});
  CHECK(over("x ~ '^.$'", texts) == std::vector<cell>{f, f, f, t, n, f});
  CHECK(over("x ~ 'a.b'", texts) == std::vector<cell>{f, f, f, f, n, t});
  CHECK(over("regexp_like(x, 'a.b', 'n')", texts) == std::vector<cell>{f, f, f, f, n, f});
  CHECK(over("regexp_like(x, '^b$', 'n')", texts) == std::vector<cell>{f, f, f, f, n, t});
  CHECK(over("x ~ ''", texts) == std::vector<cell>{t, t, t, t, n, t});
  CHECK(value_of("'a' || 'b' ~ 'b'") == value_of("('a' || 'b') ~ 'b'"));
  CHECK(value_of("not 'a' ~ 'b' and 'a' ~ 'a'") == cell(true));
  CHECK(value_of("'a' ~ :p", no_columns(), {{"p", "[a-c]"}}) == cell(true));
}

TEST_CASE("matches are taken out, counted and replaced one behind the other") {
  CHECK(of("regexp_extract(x, '(a)|(b)', 2)", "a") == cell(nullptr));
  CHECK(of("regexp_extract(x, '(a)|(b)', 2)", "b") == cell("b"));
  CHECK(of("regexp_extract(x, 'a*')", "baa") == cell(""));
  CHECK(of("regexp_count(x, 'x*')", "axb") == cell(3));
  CHECK(of("regexp_count(x, '')", "né") == cell(3));
  CHECK(of("regexp_count(x, '')", "") == cell(1));
  CHECK(of("regexp_replace(x, 'x*', '-', 'g')", "abc") == cell("-a-b-c-"));
  CHECK(of("regexp_replace(x, 'x*', '-', 'g')", "axb") == cell("-a-b-"));
  CHECK(of("regexp_replace(x, '', '-', 'g')", "é") == cell("-é-"));
  CHECK(of("regexp_replace(x, 'b', '\\\\\\&\\\\')", "abc") == cell("a\\b\\c"));
  CHECK(of("regexp_replace(x, '(z)?b', '<\\1>')", "abc") == cell("a<>c"));
  CHECK(of("regexp_replace(x, 'z', 'y')", "abc") == cell("abc"));
  CHECK(of("regexp_replace(x, '^', 'a', 'g')", "") == cell("a"));
}

TEST_CASE("a pattern that is none is refused before a row is read, at its byte") {
  CHECK(has(refusal("'a' ~ '('"), "6: '(' is no regular expression: missing"));
  CHECK(has(refusal("regexp_like('a', '(?=b)')"), "17: '(?=b)' is no regular expression"));
  CHECK(has(refusal("'a' ~ '(a)\\1'"), "is no regular expression"));
  CHECK(has(refusal("'a' ~ '((a{900}){900}){900}'"), "is no regular expression"));
  CHECK(has(refusal("regexp_like('a', 'a', 'x')"), "22: the flags of a regular expression are i"));
  CHECK(has(refusal("regexp_like('a', 'a', 'g')"), "22: the flags"));
  CHECK(has(refusal("regexp_extract('a', '(a)', 2)"), "27: the pattern has no group 2; it has 1"));
  CHECK(has(refusal("regexp_extract('a', '(a)', -1)"), "no group -1"));
  CHECK(has(refusal("regexp_replace('a', 'a', '\\1')"), "25: the pattern has no group 1"));
  CHECK(has(refusal("regexp_replace('a', 'a', '\\x')"), "25: behind a backslash"));
  CHECK(has(refusal("regexp_replace('a', 'a', '\\')"), "25: behind a backslash"));
  CHECK(has(refusal("1 ~ 'a'"), "0: regexp_like wants text, found int64"));
  CHECK(has(refusal("'a' ~ null"), "the same for every row"));
  const table t{{{.name = "p"}}, {{"a"}}};
  CHECK(has(refusal("'a' ~ p", t), "6: regexp_like wants a text here that is the same for every"));
  std::string groups;
  for (int i = 0; i < 64; ++i) groups += "(a)";
  CHECK(has(refusal("'a' ~ '" + groups + "'"), "at most 63"));
}

TEST_CASE("a pattern that makes others run away ends at once on a long text") {
  const std::string text(1U << 20U, 'a');
  CHECK(of("x ~ '^(a+)+$'", text) == cell(true));
  CHECK(of("x ~ '^(a+)+$'", text + "b") == cell(false));
  CHECK(of("x ~ '(a|aa)*c'", text) == cell(false));
  CHECK(starts(
      of("regexp_replace(x, 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aa', 'g')",
         text),
      "rejected: the row makes more than 64 MiB of text"));
}

// ---- texts and codes ---------------------------------------------------------------------------

TEST_CASE("parts of texts are counted in characters and never reach beyond them") {
  for (const std::string n : {"-9223372036854775808", "-3", "-2", "0", "9223372036854775807"}) {
    INFO(n);
    const std::string all = n.starts_with('-') || n == "0" ? "" : "éa";
    CHECK(of("left(x, " + n + ")", "éa") == cell(all));
    CHECK(of("right(x, " + n + ")", "éa") == cell(all));
  }
  CHECK(of("left(x, 1)", "éa") == cell("é"));
  CHECK(of("left(x, -1)", "éa") == cell("é"));
  CHECK(of("right(x, 1)", "aé") == cell("é"));
  CHECK(of("right(x, -1)", "aé") == cell("é"));
  CHECK(of("lpad(x, 4, 'éa')", "xy") == cell("éaxy"));
  CHECK(of("lpad(x, 5, 'éa')", "xy") == cell("éaéxy"));
  CHECK(of("rpad(x, 1, 'z')", "éa") == cell("é"));
  CHECK(of("rpad(x, 9, '')", "éa") == cell("éa"));
  CHECK(of("lpad(x, -9)", "éa") == cell(""));
  CHECK(
      starts(of("lpad(x, 9223372036854775807)", "a"), "rejected: the row makes more than 64 MiB"));
  CHECK(starts(of("repeat(x, 9223372036854775807)", "ab"), "rejected: the row makes more than"));
  CHECK(of("repeat(x, -1)", "ab") == cell(""));
  CHECK(of("repeat(x, 9223372036854775807)", "") == cell(""));
  CHECK(of("reverse(x)", "aé日") == cell("日éa"));
}

TEST_CASE("split_part counts from both ends") {
  const auto part = [](std::string n, const char* text = "a--b--") {
    return of("split_part(x, '--', " + n + ")", text);
  };
  CHECK(part("1") == cell("a"));
  CHECK(part("2") == cell("b"));
  CHECK(part("3") == cell(""));
  CHECK(part("4") == cell(""));
  CHECK(part("-1") == cell(""));
  CHECK(part("-2") == cell("b"));
  CHECK(part("-3") == cell("a"));
  CHECK(part("-4") == cell(""));
  CHECK(part("-9223372036854775808") == cell(""));
  CHECK(part("1", "") == cell(""));
  CHECK(starts(part("0"), "rejected: split_part counts its parts from 1"));
  CHECK(of("split_part(x, '', 1)", "ab") == cell("ab"));
  CHECK(of("split_part(x, '', 2)", "ab") == cell(""));
}

TEST_CASE("characters and their numbers") {
  CHECK(of("ascii(x)", "") == cell(0));
  CHECK(of("ascii(x)", "日本") == cell(26085));
  CHECK(value_of("chr(128512)") == cell("😀"));
  for (const std::string bad : {"0", "-1", "55296", "57343", "1114112", "9223372036854775807"})
    CHECK(starts(value_of("chr(" + bad + ")"), "rejected: chr wants the number of a character"));
  CHECK(of("normalize(x, 'NFD')", "é") == cell("e\xcc\x81"));
  CHECK(of("normalize(x, 'nfkc')", "ﬁ") == cell("fi"));
  CHECK(has(refusal("normalize('a', 'NFX')"), "15: normalize knows NFC"));
}

TEST_CASE("codes read what they write and refuse all else") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const field raw{.name = "x", .kind = kind::binary};
  for (const std::string code : {"hex", "base64", "base64url"})
    for (std::size_t size = 0; size <= bytes.size(); size += size < 5 ? 1 : 251) {
      INFO(code << " " << size);
      const cell some = bytes.substr(bytes.size() - size);
      CHECK(over("decode(encode(x, '" + code + "'), '" + code + "')", {some}, raw).at(0) == some);
    }
  CHECK(of("decode(x, 'base64')::text", " aG\nk ") == cell("hi"));
  CHECK(of("decode(x, 'HEX')::text", "6 8\t69") == cell("hi"));
  for (const char* bad : {"a", "aGk==", "aGk===", "a===", "aG=k", "aGl", "-_-_", "é", "aGk=x"})
    CHECK(starts(of("decode(x, 'base64')", bad), "rejected: '"));
  for (const char* bad : {"6", "6g", "0x68"})
    CHECK(starts(of("decode(x, 'hex')", bad), "rejected: '"));
  CHECK(has(refusal("encode('a', 'rot13')"), "12: the code 'rot13' does not exist; there is hex"));
  CHECK(value_of("to_hex(-1)") == cell("ffffffffffffffff"));
  CHECK(value_of("sha256('')") ==
        cell("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  CHECK(value_of("md5('')") == cell("d41d8cd98f00b204e9800998ecf8427e"));
  const field secret{.name = "x", .sensitive = true};
  CHECK(over("decode(x, 'hex')", {"zz"}, secret).at(0) ==
        cell("rejected: a text is no hex (byte 0 of the expression)"));
}

TEST_CASE("web addresses are split whatever they are") {
  const auto part = [](const char* name, const char* url) {
    return of(std::string("url_part(x, '") + name + "')", url);
  };
  CHECK(part("scheme", "HTTP://a") == cell("http"));
  CHECK(part("scheme", "a/b:c") == cell(nullptr));
  CHECK(part("host", "//A.b/c") == cell("a.b"));
  CHECK(part("host", "http://u:p@h:80/@x") == cell("h"));
  CHECK(part("userinfo", "http://u:p@h:80/") == cell("u:p"));
  CHECK(part("port", "http://[::1]:80/") == cell("80"));
  CHECK(part("port", "http://[::1]/") == cell(nullptr));
  CHECK(part("port", "http://h:/") == cell(nullptr));
  CHECK(part("port", "http://h:x/") == cell(nullptr));
  CHECK(part("host", "http://[::1/") == cell("[:"));
  CHECK(part("host", "http:///a") == cell(nullptr));
  CHECK(part("host", "mailto:a@b") == cell(nullptr));
  CHECK(part("path", "mailto:a@b") == cell("a@b"));
  CHECK(part("path", "http://h?q") == cell(""));
  CHECK(part("query", "http://h?q#f?g") == cell("q"));
  CHECK(part("query", "http://h#f?g") == cell(nullptr));
  CHECK(part("fragment", "http://h#") == cell(""));
  for (const char* text : {"", ":", "://", "//", "[", "//[", "//]", "@", "//@", "//:", "\xc3\xa9:"})
    for (const char* name : {"scheme", "userinfo", "host", "port", "path", "query", "fragment"})
      CHECK_FALSE(starts(part(name, text), "rejected"));
}

// ---- times -------------------------------------------------------------------------------------

TEST_CASE("zones have the history of their clocks") {
  const auto offset = [](const std::string& when, const std::string& zone) {
    return value_of("utc_offset(timestamp '" + when + "', '" + zone + "')");
  };
  CHECK(offset("1988-01-01T00:00:00Z", "Asia/Shanghai") == cell(28800));
  CHECK(offset("1988-07-01T00:00:00Z", "Asia/Shanghai") == cell(32400));
  CHECK(offset("1992-07-01T00:00:00Z", "Asia/Shanghai") == cell(28800));
  CHECK(offset("1880-01-01T00:00:00Z", "Europe/Paris") == cell(561));
  CHECK(offset("2014-03-30T00:59:59.999999Z", "Europe/Paris") == cell(3600));
  CHECK(offset("2014-03-30T01:00:00Z", "Europe/Paris") == cell(7200));
  CHECK(offset("0001-01-01T00:00:00Z", "Europe/Paris") == cell(561));
  CHECK(offset("2399-07-01T00:00:00Z", "America/New_York") == cell(-14400));
  CHECK(offset("9999-07-01T00:00:00Z", "America/New_York") == cell(-14400));
  CHECK(offset("9999-12-31T00:00:00Z", "America/New_York") == cell(-18000));
  CHECK(offset("2014-07-01T00:00:00Z", "+05:30") == cell(19800));
  CHECK(offset("2014-07-01T00:00:00Z", "UTC") == cell(0));
}

TEST_CASE("a time shown twice is the later one and a skipped one is not put forward") {
  const auto at = [](const std::string& text) {
    return of("to_timestamp(x, '%F %T', 'America/New_York')::text", text);
  };
  CHECK(at("2014-03-09 01:59:59") == cell("2014-03-09T06:59:59Z"));
  CHECK(at("2014-03-09 02:30:00") == cell("2014-03-09T07:30:00Z"));
  CHECK(at("2014-03-09 03:00:00") == cell("2014-03-09T07:00:00Z"));
  CHECK(at("2014-11-02 00:59:59") == cell("2014-11-02T04:59:59Z"));
  CHECK(at("2014-11-02 01:30:00") == cell("2014-11-02T06:30:00Z"));
  CHECK(at("2014-11-02 02:00:00") == cell("2014-11-02T07:00:00Z"));
  CHECK(
      value_of("date_trunc('day', timestamp '2018-11-04T12:00:00Z', 'America/Sao_Paulo')::text") ==
      cell("2018-11-04T03:00:00Z")); // midnight was skipped
  CHECK(of("to_timestamp(x, '%F', 'Pacific/Apia')::text", "2011-12-30") ==
        cell("2011-12-30T10:00:00Z")); // the whole day was
}

TEST_CASE("what is written with its offset reads back, in every zone and century") {
  std::vector<cell> moments;
  for (std::int64_t i = -300; i < 900; ++i) moments.emplace_back(i * 86'413'000'123'457 / 7);
  const field x{.name = "x", .kind = kind::timestamp};
  for (const std::string zone : {"Asia/Shanghai", "America/New_York", "Africa/Casablanca",
                                 "Australia/Lord_Howe", "Asia/Kathmandu", "-09:30"}) {
    INFO(zone);
    const auto back = over("coalesce(to_timestamp(to_text(x, '%Y-%j %H.%M.%S.%f%z', '" + zone +
                               "'), '%Y-%j %H.%M.%S.%f%z') = x, false) or x < '1925-01-01'",
                           moments, x);
    CHECK(std::count(back.begin(), back.end(), cell(true)) ==
          static_cast<std::ptrdiff_t>(back.size()));
    const auto cut = over("date_trunc('hour', x, '" + zone + "') <= x and date(x, '" + zone +
                              "')::text = to_text(x, '%F', '" + zone + "')",
                          moments, x);
    CHECK(std::count(cut.begin(), cut.end(), cell(true)) ==
          static_cast<std::ptrdiff_t>(cut.size()));
  }
}

TEST_CASE("times are cut to every unit") {
  const auto cut = [](const std::string& unit) {
    return value_of("date_trunc('" + unit + "', timestamp '1969-08-20T21:22:23.456789Z')::text");
  };
  CHECK(cut("year") == cell("1969-01-01T00:00:00Z"));
  CHECK(cut("quarter") == cell("1969-07-01T00:00:00Z"));
  CHECK(cut("month") == cell("1969-08-01T00:00:00Z"));
  CHECK(cut("week") == cell("1969-08-18T00:00:00Z"));
  CHECK(cut("day") == cell("1969-08-20T00:00:00Z"));
  CHECK(cut("hour") == cell("1969-08-20T21:00:00Z"));
  CHECK(cut("minute") == cell("1969-08-20T21:22:00Z"));
  CHECK(cut("second") == cell("1969-08-20T21:22:23Z"));
  CHECK(cut("millisecond") == cell("1969-08-20T21:22:23.456000Z"));
  CHECK(value_of("date_trunc('month', date '2014-06-04')::text") == cell("2014-06-01T00:00:00Z"));
  CHECK(has(refusal("date_trunc('decade', date '2014-06-04')"), "11: date_trunc has no unit"));
  const field x{.name = "x", .kind = kind::timestamp};
  for (const cell& end : {cell(INT64_MIN), cell(INT64_MAX)})
    for (const std::string zone : {"", ", 'Asia/Shanghai'", ", 'America/New_York'"}) {
      const cell made = over("date_trunc('year', x" + zone + ")", {end}, x).at(0);
      CHECK((end == cell(INT64_MAX) || starts(made, "rejected: the result is out of")));
      CHECK_FALSE(starts(over("date_part('year', x" + zone + ")", {end}, x).at(0), "rejected"));
      CHECK_FALSE(starts(over("to_text(x, '%F %T %s'" + zone + ")", {end}, x).at(0), "rejected"));
    }
}

TEST_CASE("forms of times read what they say and nothing else") {
  const auto read = [](const std::string& text, const std::string& form) {
    return of("try_to_timestamp(x, '" + form + "')::text", text);
  };
  CHECK(read("2014-06-04", "%F") == cell("2014-06-04T00:00:00Z"));
  CHECK(read("2014-06", "%Y-%m") == cell("2014-06-01T00:00:00Z"));
  CHECK(read("2016 366", "%Y %j") == cell("2016-12-31T00:00:00Z"));
  CHECK(read("2015 366", "%Y %j") == cell(nullptr));
  CHECK(read("2014-02-29", "%F") == cell(nullptr));
  CHECK(read("2014-06-04 ", "%F") == cell(nullptr));
  CHECK(read(" 2014-06-04", "%F") == cell(nullptr));
  CHECK(read("2014-6-04", "%F") == cell(nullptr));
  CHECK(read("20140604123456", "%Y%m%d%H%M%S") == cell("2014-06-04T12:34:56Z"));
  CHECK(read("2014604", "%Y%m%d") == cell(nullptr)); // June 4th, or 60 and 4?
  CHECK(read("2014064", "%Y%m%d") == cell("2014-06-04T00:00:00Z"));
  CHECK(read("6/4/14 1:05 pm", "%m/%d/%y %I:%M %p") == cell("2014-06-04T13:05:00Z"));
  CHECK(read("6/4/14 13:05 pm", "%m/%d/%y %I:%M %p") == cell(nullptr));
  CHECK(read("wednesday 4 JUNE 1969", "%A %d %B %Y") == cell("1969-06-04T00:00:00Z"));
  CHECK(read("69", "%y") == cell("1969-01-01T00:00:00Z"));
  CHECK(read("68", "%y") == cell("2068-01-01T00:00:00Z"));
  CHECK(read("2014-06-04 24:00:00", "%F %T") == cell(nullptr));
  CHECK(read("2014-06-04   12:00:00", "%F %T") == cell("2014-06-04T12:00:00Z"));
  CHECK(read("2014-06-04T12:00:00.1234567Z", "%FT%T.%f%z") == cell("2014-06-04T12:00:00.123456Z"));
  CHECK(read("2014-06-04T12:00:00.Z", "%FT%T.%f%z") == cell(nullptr));
  CHECK(read("2014-06-04T12:00:00-0730", "%FT%T%z") == cell("2014-06-04T19:30:00Z"));
  CHECK(read("2014-06-04T12:00:00+02", "%FT%T%z") == cell("2014-06-04T10:00:00Z"));
  CHECK(read("1401883200.5", "%s.%f") == cell("2014-06-04T12:00:00.500000Z"));
  CHECK(read("99999999999999999999", "%s") == cell(nullptr));
  CHECK(read("9223372036854775807", "%s") == cell(nullptr));
  CHECK(read("WED, 04 jun 2014", "%a, %d %b %Y") == cell("2014-06-04T00:00:00Z"));
  CHECK(read("100% 2014", "100%% %Y") == cell("2014-01-01T00:00:00Z"));
  CHECK(read("2016-12-31T23:59:60Z", "%FT%T%z") == cell("2017-01-01T00:00:00Z"));
  CHECK(read("2016-12-31T22:59:60Z", "%FT%T%z") == cell(nullptr));
  CHECK(read("", "%Y") == cell(nullptr));
  CHECK(of("to_timestamp(x, '%Y')", "soon") ==
        cell("rejected: 'soon' is no time of the form '%Y' (byte 0 of the expression)"));
  CHECK(value_of("to_text(timestamp '0999-01-02T03:04:05.6Z', '%a %b %j %Z%%|%z|%f')") ==
        cell("Wed Jan 002 UTC%|+0000|600000"));
  CHECK(value_of("to_text(timestamp '0999-01-02T00:04:05Z', '%A %d %B %y, %I:%M %p')") ==
        cell("Wednesday 02 January 99, 12:04 AM"));
  CHECK(value_of("to_text(timestamp '2014-06-04T23:00:00Z', '%I %p')") == cell("11 PM"));
  CHECK(has(refusal("to_timestamp('a', '%q')"), "18: behind % in the form of a time"));
  CHECK(has(refusal("to_timestamp('a', '%')"), "18: behind %"));
  CHECK(has(refusal("to_timestamp('a', '%m')"),
            "18: the form '%m' cannot be read by: it has none of %Y, %y and %s"));
  CHECK(has(refusal("to_timestamp('a', '%Y %Z')"), "%Z, have several meanings"));
  CHECK(has(refusal("to_timestamp('a', '%Y %I')"), "it has one of %I and %p"));
  CHECK(has(refusal("to_timestamp('a', '%Y %b %m')"), "it says %m twice, maybe in other letters"));
  CHECK(has(refusal("to_timestamp('a', '%Y%z', 'UTC')"), "26: %z and %s say the moment"));
}

TEST_CASE("zones that are none are refused with advice") {
  CHECK(has(refusal("date(timestamp '2014-06-04', 'Asia/Shangai')"),
            "29: 'Asia/Shangai' is no time zone; zones are named like"));
  CHECK(has(refusal("date(timestamp '2014-06-04', 'Asia/Shangai')"), "mean 'Asia/Shanghai'?"));
  for (const std::string bad :
       {"CST", "PST8PDT", "", "+8", "GMT+8", "asia/shanghai", "Etc/Unknown", "+25:00", "日本"})
    CHECK(has(refusal("date(timestamp '2014-06-04', '" + bad + "')"), "is no time zone"));
  CHECK(has(refusal("date(date '2014-06-04', 'UTC')"), "a date is a day in every time zone"));
}

TEST_CASE("intervals move moments by units that are always as long") {
  CHECK(is_same("timestamp '2014-06-04' + interval '1 day'", "timestamp '2014-06-05'") ==
        cell(true));
  CHECK(is_same("interval '90 minutes' + timestamp '2014-06-04'",
                "timestamp '2014-06-04T01:30:00Z'") == cell(true));
  CHECK(
      is_same("date '2014-06-04' - interval '1 week -1 day 2 hours 3 minutes 4 seconds 5 ms 6 us'",
              "timestamp '2014-05-28T21:56:55.994994Z'") == cell(true));
  CHECK(value_of("a - interval '1 day' > b",
                 {{{.name = "a", .kind = kind::timestamp}, {.name = "b", .kind = kind::timestamp}},
                  {{86'400'000'001, 0}}}) == cell(true));
  CHECK(
      starts(over("x + interval '1 us'", {INT64_MAX}, {.name = "x", .kind = kind::timestamp}).at(0),
             "rejected"));
  for (const std::string bad : {"", "1", "day", "1 fortnight", "1.5 days", "1 day 2",
                                "9999999999999 weeks", "99999999999999999999 days"})
    CHECK(has(refusal("date '2014-06-04' + interval '" + bad + "'"), "29: "));
  CHECK(has(refusal("date '2014-06-04' + interval '1 month'"), "differ in length"));
  for (const std::string bad :
       {"interval '1 day'", "1 + interval '1 day'", "interval '1 day' - date '2014-06-04'",
        "date '2014-06-04' * interval '1 day'", "interval '1 day' + interval '1 day'",
        "abs(interval '1 day')"})
    CHECK(has(refusal(bad), "interval"));
}

TEST_CASE("dates and times made of numbers exist or reject the row") {
  CHECK(starts(value_of("make_date(2014, 2, 29)"), "rejected: there is no day 29 of month 2"));
  for (const std::string bad : {"2014, 0, 1", "2014, 13, 1", "2014, 1, 0", "9999999, 1, 1",
                                "2014, 4294967297, 1", "2014, 1, 4294967297"})
    CHECK(starts(value_of("make_date(" + bad + ")"), "rejected: there is no day"));
  CHECK(value_of("make_date(-1, 1, 1)::text") == cell("-000001-01-01"));
  for (const std::string bad :
       {"24, 0, 0", "0, 60, 0", "0, 0, 60", "0, 0, -1", "-1, 0, 0", "0, 0, cast('nan' as float64)"})
    CHECK(starts(value_of("make_timestamp(2014, 1, 1, " + bad + ")"), "rejected"));
  CHECK(starts(value_of("make_timestamp(999999, 1, 1, 0, 0, 0)"), "rejected: the result is out"));
  CHECK(value_of("epoch(timestamp '1969-12-31T23:59:59.5Z')") == cell(-1));
  CHECK(value_of("epoch(timestamp '1969-12-31T23:59:59.5Z', 'us')") == cell(-500'000));
  CHECK(starts(value_of("epoch(timestamp '9999-01-01', 'ns')"), "rejected: epoch is beyond"));
  CHECK(value_of("from_epoch(-1, 'ns')::text") == cell("1969-12-31T23:59:59.999999Z"));
  for (const std::string bad : {"9223372036854775807", "18446744073709551615", "1e300",
                                "cast('nan' as float64)", "cast('-inf' as float64)"})
    CHECK(starts(value_of("from_epoch(" + bad + ")"), "rejected: the result is out of"));
  CHECK(has(refusal("from_epoch(1, 'min')"), "14: epoch has no unit 'min'; it has s, ms, us, ns"));
}

// ---- JSON --------------------------------------------------------------------------------------

TEST_CASE("JSON is looked into at the place a path names") {
  const std::string text =
      R"( {"a": {"b": [10, {"c.d": "x\ny"}]}, "n": null, "t": true, "r": -1.5e2} )";
  CHECK(of("json_int(x, 'a.b[0]')", text) == cell(10));
  CHECK(of("json_text(x, 'a.b[1].\"c.d\"')", text) == cell("x\ny"));
  CHECK(of("json_get(x, 'a.b[1]')", text) == cell(R"({"c.d": "x\ny"})"));
  CHECK(of("json_get(x, 'n')", text) == cell("null"));
  CHECK(of("json_text(x, 'n')", text) == cell(nullptr));
  CHECK(of("json_int(x, 'n')", text) == cell(nullptr));
  CHECK(of("json_type(x, 'n')", text) == cell("null"));
  CHECK(of("json_type(x, 'zzz')", text) == cell(nullptr));
  CHECK(of("json_type(x)", text) == cell("object"));
  CHECK(of("json_length(x)", text) == cell(4));
  CHECK(of("json_length(x, 'a.b')", text) == cell(2));
  CHECK(of("json_length(x, 't')", text) == cell(nullptr));
  CHECK(of("json_real(x, 'r')", text) == cell(-150.0));
  CHECK(of("json_bool(x, 't')", text) == cell(true));
  CHECK(of("json_text(x, 'r')", text) == cell("-1.5e2"));
  CHECK(of("json_int(x, 'a.b[2]')", text) == cell(nullptr));
  CHECK(of("json_int(x, '[1]')", "[1, 2]") == cell(2));
  CHECK(of("json_text(x, '[0].a')", "[{\n\"a\":\r\n\"b\"}\n]") == cell("b"));
  CHECK(of("json_length(x)", R"({"a": "],{", "b": [1, 2, {"c": 1}]})") == cell(2));
  for (const char* empty : {"[]", "{}", "[ ]", "{\n}"})
    CHECK(of("json_length(x)", empty) == cell(0));
  for (const char* one : {"[[]]", "[{}]", "[\"\"]", "[0]", R"({"":""})"})
    CHECK(of("json_length(x)", one) == cell(1));
  const field json{.name = "x", .extension = "arrow.json"};
  CHECK(over("json_int(x, 'a')", {R"({"a":1})"}, json).at(0) == cell(1));
  CHECK(type_of("json_get('{}', 'a')").extension == "arrow.json");
}

TEST_CASE("a text that is no JSON rejects its row unless it is asked first") {
  for (const char* bad :
       {"", " ", "{", "[1", "1 2", R"(1,"x":2)", R"({"a":1}})", R"(1}{"a":1)", R"({"a":1,"a":2})",
        "nul", "01", "'a'", R"("\ud800")", "\"\n\"", "[1,]", R"({"":1},{"":2})", "{\"a\":1}\x01"}) {
    INFO(bad);
    CHECK(of("json_valid(x)", bad) == cell(false));
    CHECK(starts(of("json_get(x, 'a')", bad), "rejected: '"));
    CHECK(of("case when json_valid(x) then json_int(x, 'a') end", bad) == cell(nullptr));
  }
  for (const char* good : {"1", "null", "\"\"", "[]", " {} ", R"({"":{"":1}})", "-0.5E+3"})
    CHECK(of("json_valid(x)", good) == cell(true));
  const std::string deep(1'000'000, '[');
  CHECK(of("json_valid(x)", deep) == cell(false));
  CHECK(of("json_valid(x)", nullptr) == cell(nullptr));
}

TEST_CASE("a JSON value of another type rejects its row") {
  const std::string text =
      R"({"t": "1", "r": 1.5, "i": 9223372036854775808, "b": true, "h": 1e999})";
  CHECK(of("json_int(x, 't')", text) ==
        cell("rejected: the JSON value '\"1\"' is text; expected a whole number of int64; "
             "json_text takes every value (byte 0 of the expression)"));
  CHECK(starts(of("json_int(x, 'r')", text), "rejected"));
  CHECK(starts(of("json_int(x, 'i')", text), "rejected"));
  CHECK(of("json_real(x, 'i')", text) == cell(9223372036854775808.0));
  CHECK(starts(of("json_real(x, 'h')", text), "rejected"));
  CHECK(starts(of("json_bool(x, 't')", text), "rejected"));
  const field secret{.name = "x", .sensitive = true};
  for (const std::string how : {"json_int(x, 't')", "json_int(x, 'r')"})
    CHECK(has(std::get<std::string>(over(how, {text}, secret).at(0).value), "the JSON value is "));
  CHECK(starts(over("json_int(x, 't')", {"secret"}, secret).at(0), "rejected: a text is no JSON"));
  CHECK(has(refusal("json_int('{}', 'a..b')"), "15: path 'a..b'"));
  CHECK(has(refusal("json_int('{}', 'a[')"), "15: path 'a['"));
}

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
