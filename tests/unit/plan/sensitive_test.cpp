// SPDX-License-Identifier: Apache-2.0
// Whose words are withheld: the steps that have cells of sensitive columns in their hands, and no
// others.
#include "catch.hpp"
#include "plan/sensitive.hpp"
#include "session.hpp"

namespace {

using namespace vigie;
using tests::session;
using tests::steps;
using names = std::vector<std::string>;

const std::string make = "  - {name: make, use: flow.make, with: {secret: true}}\n";

std::string select(const std::string& name, const std::string& from, const std::string& columns) {
  return "  - {name: " + name + ", use: core.select, from: " + from + ", with: {columns: [" +
         columns + "]}}\n";
}

names read(const std::string& text, const std::string& step) {
  session s(steps(text));
  const bool planned = s.plan() != nullptr;
  INFO(s.said());
  REQUIRE(planned);
  return plan::sensitive_columns_read(s.step(step));
}

std::string filter(const std::string& where) {
  return "  - {name: filter, use: core.filter, with: {where: \"" + where + "\"}}\n";
}

} // namespace

TEST_CASE("a step holds what it is handed, not what is carried past it") {
  CHECK(read(make + filter("number > 3"), "filter").empty());
  CHECK(read(make + filter("key = 'x'"), "filter") == names{"key"});
  CHECK(read(make + filter("key = value"), "filter") == names{"key"});
  CHECK(read("  - {name: make, use: flow.make}\n" + filter("key = value"), "filter").empty());
}

TEST_CASE("what is made of a sensitive column is sensitive further down, whatever it is called") {
  const std::string derived =
      make + "  - {name: more, use: core.derive, with: {columns: {size: length(key)}}}\n";
  CHECK(read(derived, "more") == names{"key", "size"});
  CHECK(read(derived + filter("size > 3"), "filter") == names{"size"});
  CHECK(read(make +
                 "  - {name: named, use: core.select, with: {columns: [key], rename: {other: "
                 "key}}}\n" +
                 filter("other = 'x'"),
             "filter") == names{"other"});
}

TEST_CASE("a reader holds all it declares, also what nobody reads") {
  CHECK(read(make + select("end", "make", "number"), "make") == names{"key"});
  CHECK(read("  - {name: make, use: flow.make}\n", "make").empty());
}

TEST_CASE("a writer, a sort and every branch of a union count") {
  const std::string plain = "  - {name: plain, use: flow.make}\n";
  CHECK(read(make + "  - {name: end, use: core.write_jsonl, with: {file: a, columns: [key]}}\n",
             "end") == names{"key"});
  CHECK(read(make + "  - {name: end, use: core.write_jsonl, with: {file: a, columns: [value]}}\n",
             "end")
            .empty());
  CHECK(read(make + "  - {name: end, use: core.sort, with: {by: [key]}}\n", "end") == names{"key"});
  CHECK(read(make + plain +
                 "  - {name: filter, use: core.filter, from: [plain, make], with: "
                 "{where: \"key = 'x'\"}}\n",
             "filter") == names{"key"});
}

TEST_CASE("the bytes of a rejected row are sensitive, its place and message are not") {
  for (const bool keep : {false, true})
    for (const field& f : plan::error_schema(keep))
      CHECK(plan::is_sensitive(f) == (f.name == "row"));
}

TEST_CASE("a column is sensitive with any part of it") {
  const field inner{.name = "i", .sensitive = true};
  CHECK(plan::is_sensitive(inner));
  CHECK(plan::is_sensitive(list_of("l", inner)));
  CHECK(plan::is_sensitive(struct_of("s", {{.name = "a"}, list_of("l", inner)})));
  CHECK_FALSE(plan::is_sensitive(struct_of("s", {{.name = "a"}})));
}
