// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "expr/parser.hpp"
#include "expr_support.hpp"

using namespace vigie::core;
using vigie::testing::cell;

namespace {

std::string repeated(std::string_view part, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += part;
  return out;
}

} // namespace

TEST_CASE("operators bind as in PostgreSQL") {
  CHECK(value_of("2 + 3 * 4") == cell(14));
  CHECK(value_of("(2 + 3) * 4") == cell(20));
  CHECK(value_of("10 - 4 - 3") == cell(3));
  CHECK(value_of("100 / 5 / 2") == cell(10));
  CHECK(value_of("-2 * 3") == cell(-6));
  CHECK(value_of("- -2") == cell(2));
  CHECK(value_of("+2") == cell(2));
  CHECK(value_of("1 + 2 = 3 and not 1 = 2") == cell(true));
  CHECK(value_of("true or false and false") == cell(true));
  CHECK(value_of("(true or false) and false") == cell(false));
  CHECK(value_of("not true or true") == cell(true));
  CHECK(value_of("not (true or true)") == cell(false));
  CHECK(value_of("1 = 2 is null") == cell(false));
  CHECK(value_of("null = 2 is null") == cell(true));
  CHECK(value_of("'a' || 'b' = 'ab'") == cell(true));
  CHECK(value_of("1 + 1 || 'x'") == cell("2x"));
  CHECK(value_of("2 * '3'::int64 + 1") == cell(7));
  CHECK(value_of("3 between 1 + 1 and 2 + 2 and true") == cell(true));
  CHECK(value_of("1 is distinct from 2 and true") == cell(true));
  CHECK(value_of("5 % 3 * 2") == cell(4));
  CHECK(value_of("1 in (1, 2) = true") == cell(true));
}

TEST_CASE("words are read in any case and columns by their exact name") {
  const table t{{{.name = "Name"}, {.name = "order by"}, {.name = "is"}, {.name = "größe"}},
                {{"n", "o", "i", "g"}}};
  CHECK(value_of("NOT FALSE AND TrUe") == cell(true));
  CHECK(value_of("UPPER(Name) || \"order by\" || \"is\" || größe", t) == cell("Noig"));
  CHECK(refusal("name", t) ==
        "0: there is no column 'name'; there is Name, order by, is, größe; did you mean 'Name'?");
  CHECK(has(refusal("Name = \"zzzzz\"", t), "texts stand in single quotes"));
}

TEST_CASE("a column may have the name of a function or type") {
  const table t{{{.name = "date"}, {.name = "length"}, {.name = "from"}, {.name = "int64"}},
                {{"a", "b", "c", "d"}}};
  CHECK(value_of("date || length || from || int64", t) == cell("abcd"));
  CHECK(value_of("length(length)", t) == cell(1));
}

TEST_CASE("literals are read exactly") {
  CHECK(value_of("9223372036854775807") == cell(INT64_MAX));
  CHECK(value_of("-9223372036854775808") == cell(INT64_MIN));
  CHECK(type_of("9223372036854775808").kind == vigie::kind::uint64);
  CHECK(type_of("-9223372036854775808").kind == vigie::kind::int64);
  CHECK(has(refusal("18446744073709551616"), "0: the number is above"));
  CHECK(value_of("1.5e3") == cell(1500.0));
  CHECK(value_of(".5") == cell(0.5));
  CHECK(value_of("5e-324") == cell(5e-324));
  CHECK(has(refusal("1e999"), "0: the number is beyond"));
  CHECK(value_of("'it''s'") == cell("it's"));
  CHECK(value_of("''") == cell(""));
  CHECK(value_of("'line\nline \\n'") == cell("line\nline \\n"));
  CHECK(value_of("date '1970-01-02'") == cell(1));
  CHECK(value_of("date '0000-02-29'") == cell(-719469));
  CHECK(value_of("timestamp '1970-01-01T00:00:01.5Z'") == cell(1500000));
  CHECK(value_of("timestamp '1970-01-01 01:00+01:00'") == cell(0));
  CHECK(value_of("timestamp '1970-01-02'") == cell(86400000000));
  CHECK(value_of("null") == cell(nullptr));
}

TEST_CASE("a fault is reported at its byte with what was expected") {
  CHECK(refusal("") == "0: the expression is empty");
  CHECK(refusal("  ") == "2: the expression is empty");
  CHECK(refusal("1 +") ==
        "3: expected a number, 'text', a column, :name or '(', found the end of the expression");
  CHECK(refusal("1 2") == "2: expected an operator or the end, found '2'");
  CHECK(refusal("(1") ==
        "2: expected ')' to close the parenthesis, found the end of the expression");
  CHECK(refusal("1)") == "1: this ')' closes nothing");
  CHECK(has(refusal("1 == 1"), "2: '==' is not an operator here; write ="));
  CHECK(has(refusal("true && true"), "5: '&&'"));
  CHECK(has(refusal("1 -- 2"), "2: two minus signs"));
  CHECK(has(refusal("1 ; 2"), "2: an expression is one"));
  CHECK(has(refusal("${params.x}"), "0: references are refused"));
  CHECK(has(refusal("'abc"), "0: the text that begins here has no closing '"));
  CHECK(has(refusal("\"abc"), "0: the column name that begins here has no closing \""));
  CHECK(has(refusal("\"\""), "0: a column name in double quotes is empty"));
  CHECK(has(refusal("12abc"), "2: a number runs into"));
  CHECK(has(refusal("1.2.3"), "3: a number runs into"));
  CHECK(has(refusal("1 < 2 < 3"), "6: comparisons do not chain"));
  CHECK(has(refusal("1 in ()"), "6: the list of 'in' is empty"));
  CHECK(has(refusal("(1, 2)"), "2: a list in parentheses stands only behind 'in'"));
  CHECK(has(refusal("1 is 2"), "5: expected null, true, false or distinct from"));
  CHECK(has(refusal("case 1 end"), "7: expected when"));
  CHECK(has(refusal("case when true end"), "15: expected then"));
  CHECK(has(refusal("case when true then 1"), "21: expected end"));
  CHECK(has(refusal("1 between 2"), "11: expected and"));
  CHECK(has(refusal("1 = not true"), "4: put parentheses"));
  CHECK(has(refusal("cast(1 as integr)"), "10: expected a type, found 'integr'"));
  CHECK(has(refusal("1::txt"), "did you mean 'text'?"));
  CHECK(has(refusal("cast(1, int64)"), "6: expected as"));
  CHECK(has(refusal("position('a', 'b')"), "12: write position(part in text)"));
  CHECK(has(refusal("instant '1 day'"), "8: expected an operator, found a text"));
  CHECK(has(refusal("date '2014-02-29'"), "5: '2014-02-29' is no date"));
  CHECK(has(refusal("timestamp '2014-05-20T25:00:00Z'"), "10: "));
  CHECK(has(refusal("and"), "0: expected a value, found 'and'; a column of that name is written"));
  CHECK(has(refusal("a."), "2: expected the name of a field"));
  CHECK(has(refusal("1 = \xff"), "4: the expression is not UTF-8"));
  CHECK(has(refusal(std::string("1 = \0", 5)), "4: the character '?' begins nothing"));
}

TEST_CASE("deep nesting is refused and long conditions are not") {
  CHECK(has(refusal(repeated("(", 10000)), "deeper than 200 levels"));
  CHECK(has(refusal(repeated("(", 10000) + "1" + repeated(")", 10000)), "deeper than 200 levels"));
  CHECK(has(refusal(repeated("- ", 10000) + "1"), "deeper than 200 levels"));
  CHECK(has(refusal(repeated("not ", 10000) + "true"), "deeper than 200 levels"));
  CHECK(has(refusal("1" + repeated(" + 1", 10000)), "deeper than 200 levels"));
  CHECK(has(refusal(repeated("case when ", 5000)), "deeper than 200 levels"));
  CHECK(has(refusal("'a'" + repeated("::text", 9000)), "deeper than 200 levels"));
  CHECK(value_of(repeated("(", 150) + "1" + repeated(")", 150)) == cell(1));
  CHECK(value_of("false" + repeated(" or false", 5000) + " or true") == cell(true));
  CHECK(value_of("1 in (2" + repeated(", 3", 10000) + ")") == cell(false));
  CHECK(has(refusal(repeated("x", 64 * 1024 + 1)), "65536: the expression has 65537 bytes"));
}
