// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "expr/functions.hpp"
#include "expr_support.hpp"

#include <fstream>
#include <sstream>

using namespace vigie::core;
using vigie::field;
using vigie::kind;

namespace {

table one_of_each() {
  vigie::schema fields;
  for (const kind k :
       {kind::boolean, kind::int8, kind::int32, kind::int64, kind::uint32, kind::uint64,
        kind::float64, kind::text, kind::binary, kind::date, kind::timestamp})
    fields.push_back({.name = std::string(name_of(k)) + "_", .kind = k});
  fields.push_back({.name = "fixed", .kind = kind::fixed_binary, .width = 4});
  fields.push_back(vigie::list_of("list", {.kind = kind::text}));
  fields.push_back(
      vigie::struct_of("pair", {{.name = "left", .kind = kind::int32}, {.name = "r"}}));
  using cells = std::vector<cell>;
  return {fields,
          {{true, 1, 2, 3, 4, 5, 6.5, "seven", "b", 16210, 1400593380000000, "abcd",
            cells{"x", "y"}, cells{8, "z"}}}};
}

} // namespace

TEST_CASE("every operation has the type the reference says") {
  const table t = one_of_each();
  const auto type = [&](const std::string& text) {
    return std::string(name_of(type_of(text, t).kind));
  };
  CHECK(type("int8_") == "int8");
  CHECK(type("int8_ + int8_") == "int64");
  CHECK(type("int32_ * float64_") == "float64");
  CHECK(type("int32_ / 2") == "int64");
  CHECK(type("uint64_ + 1") == "int64");
  CHECK(type("-uint32_") == "int64");
  CHECK(type("uint64_") == "uint64");
  CHECK(type("coalesce(uint64_, 0)") == "uint64");
  CHECK(type("coalesce(uint64_, -1)") == "int64");
  CHECK(type("coalesce(int8_, int32_)") == "int64");
  CHECK(type("coalesce(int32_, null)") == "int32");
  CHECK(type("coalesce(int32_, 1.5)") == "float64");
  CHECK(type("coalesce(null, date_)") == "date");
  CHECK(type("coalesce(date_, timestamp_)") == "timestamp");
  CHECK(type("greatest(date_, '2020-01-01')") == "date");
  CHECK(type("case when bool_ then 'a' end") == "text");
  CHECK(type("case when bool_ then list end") == "list");
  CHECK(type("null") == "text");
  CHECK(type("date_ + 1") == "date");
  CHECK(type("1 + date_") == "date");
  CHECK(type("date_ - date_") == "int64");
  CHECK(type("date_ - 1") == "date");
  CHECK(type("pair.left") == "int32");
  CHECK(type("list[1]") == "text");
  CHECK(type("int32_::int8") == "int8");
  CHECK(type("abs(int8_)") == "int64");
  CHECK(type("floor(float64_)") == "float64");
  CHECK(type("date_part('year', date_)") == "int64");
  CHECK(type("int8_ || 'x'") == "text");
  CHECK(type("fixed") == "fixed_binary");
}

TEST_CASE("types that do not fit are refused at their place with advice") {
  const table t = one_of_each();
  const auto refused = [&](const std::string& text) { return refusal(text, t); };
  CHECK(refused("text_ + 1") == "0: '+' wants numbers, found text; write cast(... as int64)");
  CHECK(refused("1 + 'x'") == "4: '+' wants a number, found 'x'");
  CHECK(refused("not int64_") == "4: not wants true or false, found int64; write a comparison");
  CHECK(refused("bool_ and int64_") ==
        "10: and wants true or false, found int64; write a comparison");
  CHECK(refused("text_ = 1") == "6: cannot compare text with int64; cast one of them");
  CHECK(has(refused("list = list"), "5: lists and structs cannot be compared"));
  CHECK(has(refused("list = null"), "5: lists and structs cannot be compared; write is null"));
  CHECK(
      has(refused("int64_ = 'abc'"), "9: a comparison with a number wants a number, found 'abc'"));
  CHECK(refused("date_ >= 'yesterday'") ==
        "9: 'yesterday' is no date; dates look like '2014-05-20'");
  CHECK(has(refused("coalesce(1, text_)"), "12: coalesce mixes int64 and text"));
  CHECK(has(refused("case when true then 1 else bool_ end"), "case mixes int64 and bool"));
  CHECK(has(refused("lower(int64_)"), "6: lower wants text, found int64; write cast(... as text)"));
  CHECK(has(refused("substr(text_, 'x')"), "14: 'x' is no int64"));
  CHECK(has(refused("substr(text_)"),
            "0: substr got 1 argument; write substr(text, from [, count])"));
  CHECK(has(refused("lowr(text_)"), "0: there is no function 'lowr'; did you mean 'lower'?"));
  CHECK(has(refused("zzzzzzzzz(1)"), "there is abs"));
  CHECK(has(refused("date_part('yaer', date_)"), "did you mean 'year'?"));
  CHECK(has(refused("date_part(text_, date_)"), "10: the field of date_part"));
  CHECK(has(refused("pair.lef"), "5: the struct has no field 'lef'; it has left, r; did you mean"));
  CHECK(has(refused("text_.x"), "6: '.x' wants a struct, found text"));
  CHECK(has(refused("list.x"), "take an element first"));
  CHECK(has(refused("text_[1]"), "5: '[...]' wants a list, found text"));
  CHECK(has(refused("list::text"), "cannot be cast to text"));
  CHECK(has(refused("date_::int64"), "5: a value of type date cannot be cast to int64"));
  CHECK(has(refused("timestamp_ - timestamp_"), "date_part('epoch', ...)"));
  CHECK(has(refused("date_ * 2"), "6: '*' is not defined for date and int64"));
  CHECK(has(refused("float64_ % 2"), "9: '%' wants whole numbers"));
  CHECK(has(refused("list_length(text_)"), "12: list_length wants a list, found text"));
  CHECK(has(refused("greatest(list)"), "0: greatest cannot compare"));
  CHECK(has(refused("text_ like 'a\\'"), "11: the pattern of like ends with its escape"));
  CHECK(has(refused("text_ like 'a' escape 'xy'"), "22: the text behind 'escape'"));
  CHECK(has(refused("coalesce(fixed, 'abc')"), "16: 'abc' has not the 4 bytes"));
  CHECK(has(refused("int32"), "did you mean 'int32_'?"));
}

TEST_CASE("a named value takes the type of what it meets") {
  const table t = one_of_each();
  CHECK(value_of("date_ > :since", t, {{"since", "2014-01-01"}}) == cell(true));
  CHECK(value_of("timestamp_ > :since", t, {{"since", "2014-01-01"}}) == cell(true));
  CHECK(value_of("int64_ > :n", t, {{"n", "2"}}) == cell(true));
  CHECK(value_of("int64_ > :n", t, {{"n", "2.5"}}) == cell(true));
  CHECK(value_of("int64_ + :n", t, {{"n", "2.5"}}) == cell(5.5));
  CHECK(value_of("text_ = :n", t, {{"n", "7"}}) == cell(false));
  CHECK(value_of(":a", t, {{"a", "7"}}) == cell("7"));
  CHECK(value_of("bool_ = :b", t, {{"b", "True"}}) == cell(true));
  CHECK(value_of("int64_ in (:a, :b)", t, {{"a", "3"}, {"b", "4"}}) == cell(true));
  CHECK(value_of("substr(text_, :from)", t, {{"from", "3"}}) == cell("ven"));
  CHECK(value_of(":x between int64_ and 9", t, {{"x", "3"}}) == cell(true));
  CHECK(value_of("case :x when int64_ then 'yes' end", t, {{"x", "3"}}) == cell("yes"));
  CHECK(value_of("uint64_ < :x", t, {{"x", "18446744073709551615"}}) == cell(true));
  CHECK(refusal("date_ > :since", t, {{"since", "soon"}}) ==
        "8: the named value 'soon' is no date; dates look like '2014-05-20'");
  CHECK(refusal("date_ > :sinse", t, {{"since", "2014-01-01"}}) ==
        "8: no value is given for :sinse; write it under 'values'; did you mean 'since'?");
  CHECK(has(refusal("true", t, {{"since", "2014-01-01"}}), "no expression uses the value 'since'"));
}

TEST_CASE("what is made of a sensitive column is sensitive and errors do not quote it") {
  const table t{{{.name = "phone", .sensitive = true}, {.name = "n", .kind = kind::int64}},
                {{"123x", 0}}};
  CHECK(type_of("phone", t).sensitive);
  CHECK(type_of("length(phone) + n", t).sensitive);
  CHECK(type_of("case when phone is null then 1 else 2 end", t).sensitive);
  CHECK_FALSE(type_of("n + 1", t).sensitive);
  CHECK(value_of("phone::int64", t) ==
        cell("rejected: a value of type text is no int64 (byte 5 of the expression)"));
  CHECK(value_of("(case when n = 0 then phone end)::int64", t) ==
        cell("rejected: a value of type text is no int64 (byte 32 of the expression)"));
}

TEST_CASE("marks stay where a value is passed on and go where it is changed") {
  const table t{
      {{.name = "ip", .kind = kind::uint32, .extension = "vigie.ipv4"}, vigie::span_of("place")},
      {{1, std::vector<cell>{2, 3}}}};
  CHECK(type_of("ip", t).extension == "vigie.ipv4");
  CHECK(type_of("coalesce(ip, null)", t).extension == "vigie.ipv4");
  CHECK(type_of("cast(ip as int64)", t).extension.empty());
  CHECK(type_of("place", t).span);
  CHECK(value_of("case when true then place end", t) == cell(std::vector<cell>{2, 3}));
}

TEST_CASE("every function stands in the page about expressions") {
  std::ifstream file(VIGIE_SOURCE_DIR "/docs/write/expressions.md");
  std::stringstream page;
  page << file.rdbuf();
  for (const auto& f : expr::functions()) {
    INFO(f.usage);
    CHECK(has(page.str(), "`" + std::string(f.usage) + "`"));
  }
  for (const std::string& part : expr::date_fields()) {
    INFO(part);
    CHECK(has(page.str(), "`" + part + "`"));
  }
}
