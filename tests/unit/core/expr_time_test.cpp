// SPDX-License-Identifier: Apache-2.0
// Times in expressions: zones, intervals, and forms that are read and written.
#include "catch.hpp"
#include "expr_support.hpp"

using namespace vigie::core;
using vigie::field;
using vigie::kind;

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
