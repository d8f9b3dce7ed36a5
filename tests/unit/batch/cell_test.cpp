// SPDX-License-Identifier: Apache-2.0
#include "arrays.hpp"
#include "batch/cell.hpp"
#include "catch.hpp"

namespace {

using namespace vigie;

// One cell, as JSON and as text.
struct cell {
  template <class F> cell(field f, F&& put) : type(std::move(f)) {
    builder b(type);
    put(b);
    b.finish(&array.a);
  }
  [[nodiscard]] std::string json(bool secrets = false) const {
    std::string out;
    data::append_json(out, column(type, array.a), 0, {.show_sensitive = secrets});
    return out;
  }
  [[nodiscard]] std::string text(bool secrets = false) const {
    return data::display(column(type, array.a), 0, {.show_sensitive = secrets});
  }
  field type;
  arrays::owned array;
};

std::string number(kind k, std::int64_t v) {
  return cell({"c", k}, [&](builder& b) { b.integer(v); }).json();
}
std::string real(double v) {
  return cell({"c", kind::float64}, [&](builder& b) { b.real(v); }).json();
}

} // namespace

TEST_CASE("days are written in the Gregorian calendar, all of them") {
  CHECK(data::date_text(0) == "1970-01-01");
  CHECK(data::date_text(-1) == "1969-12-31");
  CHECK(data::date_text(16210) == "2014-05-20");
  CHECK(data::date_text(11016) == "2000-02-29");
  CHECK(data::date_text(-25508) == "1900-03-01"); // 1900 had no 29 February
  CHECK(data::date_text(-719528) == "0000-01-01");
  CHECK(data::date_text(-719529) == "-0001-12-31");
  CHECK(data::date_text(2932896) == "9999-12-31");
  CHECK(data::date_text(2932897) == "+10000-01-01");
  CHECK(data::date_text(INT32_MAX) == "+5881580-07-11");
  CHECK(data::date_text(INT32_MIN) == "-5877641-06-23");
  CHECK_FALSE(data::date_text(INT64_MAX).empty());
  CHECK_FALSE(data::date_text(INT64_MIN).empty());
}

TEST_CASE("times are written with the decimals they need, before 1970 and at the ends of their "
          "range, too") {
  CHECK(data::timestamp_text(0) == "1970-01-01T00:00:00Z");
  CHECK(data::timestamp_text(1400593380'000'000) == "2014-05-20T13:43:00Z");
  CHECK(data::timestamp_text(1) == "1970-01-01T00:00:00.000001Z");
  CHECK(data::timestamp_text(500'000) == "1970-01-01T00:00:00.5Z");
  CHECK(data::timestamp_text(-1) == "1969-12-31T23:59:59.999999Z");
  CHECK(data::timestamp_text(-86'400'000'000) == "1969-12-31T00:00:00Z");
  CHECK(data::timestamp_text(-86'400'000'001) == "1969-12-30T23:59:59.999999Z");
  CHECK(data::timestamp_text(INT64_MAX) == "+294247-01-10T04:00:54.775807Z");
  CHECK(data::timestamp_text(INT64_MIN) == "-290308-12-21T19:59:05.224192Z");
}

TEST_CASE("numbers are exact, and what JSON cannot say is null") {
  CHECK(number(kind::int64, INT64_MIN) == "-9223372036854775808");
  CHECK(number(kind::uint64, -1) == "18446744073709551615");
  CHECK(number(kind::uint8, 255) == "255");
  CHECK(number(kind::int8, -128) == "-128");
  CHECK(real(0.1) == "0.1");
  CHECK(real(std::numeric_limits<double>::infinity()) == "null");
  CHECK(real(std::numeric_limits<double>::quiet_NaN()) == "null");
  const auto address = [](const char* sixteen_bytes) {
    return cell({.name = "c", .kind = kind::fixed_binary, .width = 16, .extension = "vigie.ip"},
                [&](builder& b) { b.text({sixteen_bytes, 16}); });
  };
  CHECK(address("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01").json() == "\"2001:db8::1\"");
  CHECK(address("\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\x02\x01").json() == "\"192.0.2.1\"");
  CHECK(cell({.name = "c", .kind = kind::uint32, .extension = "vigie.ipv4"}, [](builder& b) {
          b.integer(0xc0a80001);
        }).json() == "\"192.168.0.1\"");
  CHECK(cell({.name = "c", .kind = kind::uint32, .extension = "vigie.ipv4"}, [](builder& b) {
          b.integer(0xffffffff);
        }).text() == "255.255.255.255");
}

TEST_CASE("texts are escaped in JSON and stand as they are for people; nulls are null, and empty") {
  const cell quoted({"c"}, [](builder& b) { b.text("a \"b\"\n"); });
  CHECK(quoted.json() == R"("a \"b\"\n")");
  CHECK(quoted.text() == "a \"b\"\n");
  const cell none({"c"}, [](builder& b) { b.null(); });
  CHECK(none.json() == "null");
  CHECK(none.text().empty());
  const cell bytes({"c", kind::binary},
                   [](builder& b) { b.text(std::string_view("\x00\xff", 2)); });
  CHECK(bytes.json() == "\"00ff\"");
  CHECK(bytes.text() == "00ff");
  CHECK(cell({"c", kind::date}, [](builder& b) { b.integer(0); }).text() == "1970-01-01");
}

TEST_CASE(
    "sensitive cells are masked, also as fields of a struct and items of a list; nulls are not") {
  const field secret{.name = "s", .sensitive = true};
  const auto put = [](builder& b) { b.text("a name"); };
  CHECK(cell(secret, put).json() == "\"***\"");
  CHECK(cell(secret, put).text() == "***");
  CHECK(cell(secret, put).text(true) == "a name");
  CHECK(cell(secret, [](builder& b) { b.null(); }).json() == "null");
  const cell nested(struct_of("c", {secret, {"n", kind::int64}, list_of("l", secret)}),
                    [](builder& b) {
                      b.child(0).text("a name");
                      b.child(1).integer(3);
                      b.child(2).child(0).text("a name");
                      b.child(2).end_list();
                      b.end_struct();
                    });
  CHECK(nested.json() == R"({"s": "***", "n": 3, "l": ["***"]})");
  CHECK(nested.text(true) == R"({"s": "a name", "n": 3, "l": ["a name"]})");
}
