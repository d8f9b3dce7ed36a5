// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "csv_corpus.hpp"
#include "csv_support.hpp"

using vigie::core::read_csv;
using vigie::core::tests::apply;
using vigie::core::tests::csv_case;
using vigie::core::tests::csv_cases;
using vigie::core::tests::csv_outcome;
using vigie::core::tests::csv_run;

namespace {

csv_outcome read(const csv_case& c, const std::vector<std::size_t>& cuts = {},
                 std::size_t chunk_bytes = 1 << 19) {
  return csv_run([&](read_csv& r) { apply(r, c); }).read(c.input, cuts, chunk_bytes);
}

// The errors as the case says them: their begin.
bool same_errors(const csv_outcome& out, const csv_case& c) {
  return std::equal(
      out.errors.begin(), out.errors.end(), c.errors.begin(), c.errors.end(),
      [](const std::string& got, const std::string& begin) { return got.starts_with(begin); });
}

std::vector<csv_case> all_cases() {
  std::vector<csv_case> all;
  for (const char* name : {"form", "header", "values", "zeek"})
    for (csv_case& c :
         csv_cases(std::string(VIGIE_SOURCE_DIR) + "/tests/data/csv/" + name + ".txt"))
      all.push_back(std::move(c));
  return all;
}

// A cut that was made within quotes, as nothing around it told so, is at least said to be.
bool says_so(const csv_outcome& out) {
  return std::any_of(out.errors.begin(), out.errors.end(), [](const std::string& e) {
    return e.find("larger --split") != std::string::npos;
  });
}

// How a case is read must not depend on how its bytes come. Gives the cuts that were wrong.
std::size_t check_pieces(const csv_case& c, const csv_outcome& whole) {
  for (const std::size_t bytes : {1U, 2U, 3U, 7U, 16U, 64U, 65U})
    if (read(c, {}, bytes) != whole) FAIL_CHECK("chunks of " << bytes);
  std::size_t wrong = 0;
  for (std::size_t cut = 1; cut < c.input.size(); ++cut) {
    const csv_outcome out = read(c, {cut});
    if (out == whole) continue;
    ++wrong;
    if (!says_so(out)) FAIL_CHECK("cut at " << cut);
  }
  std::vector<std::size_t> everywhere;
  for (std::size_t cut = 1; cut < c.input.size(); ++cut) everywhere.push_back(cut);
  if (wrong == 0 && read(c, everywhere, 4) != whole) FAIL_CHECK("cut everywhere");
  return wrong;
}

} // namespace

TEST_CASE("inputs of the corpus give the rows and errors written there, whatever the pieces") {
  const std::vector<csv_case> cases = all_cases();
  REQUIRE(cases.size() >= 200);
  std::size_t wrong = 0;
  for (const csv_case& c : cases) {
    INFO(c.name);
    const csv_outcome out = read(c);
    INFO(out.thrown);
    for (const std::string& e : out.errors) UNSCOPED_INFO(e);
    CHECK(out.rows == c.rows);
    CHECK(same_errors(out, c));
    CHECK(out.thrown.empty() == c.throws.empty());
    CHECK(out.thrown.find(c.throws) != std::string::npos);
    if (c.throws.empty()) wrong += check_pieces(c, out);
  }
  CHECK(wrong < 20); // of thousands, in records that are malformed or look so
}

TEST_CASE("a column that nobody reads costs no row, and the form is checked whatever is read") {
  const csv_case c{.columns = "a:int b:int c",
                   .input = "a,b,c\n1,x,p\nx,2,q\n3,4\n5,6,\"r\n7,8\",\n\xff,9,s\n1,2,\"t\"u\n"};
  const auto errors = [&](const std::vector<std::string>& wanted) {
    return csv_run([&](read_csv& r) { apply(r, c); }, wanted).read(c.input).errors;
  };
  CHECK(errors({"c"}).size() == 4);
  CHECK(errors({"c", "a"}).size() == 5);
  CHECK(errors({""}).size() == 4);
  CHECK(errors({}).size() == 6);
}

TEST_CASE("the columns come in the order asked for") {
  const csv_case c{.columns = "a b:int c", .input = "c,b,a\nx,1,y\n"};
  const csv_outcome out = csv_run([&](read_csv& r) { apply(r, c); }, {"c", "a"}).read(c.input);
  CHECK(out.rows == std::vector<std::string>{"\"x\" \"y\""});
}

TEST_CASE("the schema says what cells mean") {
  const csv_case c{.columns = "t s:ipv4 i:ip d:decimal:3 p:timestamp"};
  vigie::core::read_csv r;
  apply(r, c);
  r.fields[0].sensitive = true;
  r.raw = "line";
  const vigie::schema all = r.columns();
  CHECK(vigie::is_ipv4(all[1]));
  CHECK(vigie::is_ip(all[2]));
  CHECK(vigie::decimal_scale(all[3]) == 3);
  CHECK(all[4].kind == vigie::kind::timestamp);
  CHECK((all[0].sensitive && all[5].sensitive));
  CHECK_FALSE(all[1].sensitive);
}
