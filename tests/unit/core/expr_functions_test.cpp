// SPDX-License-Identifier: Apache-2.0
// Every example of docs/write/expressions.md, and what the functions do at their edges.
#include "catch.hpp"
#include "expr_support.hpp"

#include <fstream>
#include <regex>

using namespace vigie::core;
using vigie::field;
using vigie::kind;

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
