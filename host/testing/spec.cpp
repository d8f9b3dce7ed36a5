// SPDX-License-Identifier: Apache-2.0
#include "spec.hpp"

#include "config/scalars.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::testing {
namespace {

std::vector<std::string> names_of(const pipeline& doc) {
  std::vector<std::string> out;
  for (const step& s : doc.steps) out.push_back(s.name);
  return out;
}

bool known_step(const pipeline& doc, const yaml::entry& e, complaints& out) {
  const std::vector<std::string> names = names_of(doc);
  if (std::ranges::find(names, e.key) != names.end()) return true;
  out.unknown(e.at, "step", e.key, names);
  return false;
}

void read_given(const pipeline& doc, const yaml::node& n, test_spec& spec, complaints& out) {
  for (const yaml::entry& e : n.entries) {
    if (!known_step(doc, e, out)) continue;
    if (!out.keys(e.value, "{rows: [...]} or {file: PATH}", {"rows", "file"})) continue;
    given_step g{e.key, e.at, nullptr, nullptr};
    if (const yaml::entry* rows = e.value.find("rows")) g.rows = &rows->value;
    if (const yaml::entry* file = e.value.find("file")) g.file = &file->value;
    if ((g.rows == nullptr) == (g.file == nullptr))
      out.error(code::test_value, e.value.at,
                fmt::format("step '{}' is given {}", e.key,
                            g.rows == nullptr ? "nothing" : "both rows and a file"),
                "write either {rows: [...]} or {file: PATH}");
    else if (g.file != nullptr && (!g.file->is_scalar() || g.file->text.empty()))
      out.error(code::test_value, g.file->at,
                fmt::format("found {}, expected the path of a file", yaml::describe(*g.file)));
    else
      spec.given.push_back(std::move(g));
  }
}

void read_count(const yaml::node& n, expected_step& to, complaints& out) {
  to.count = &n;
  const auto number = n.is_scalar() && n.is_plain() ? parse_integer(n.text)
                                                    : result<std::int64_t>(std::int64_t{-1});
  if (number && *number >= 0)
    to.counted = *number;
  else
    out.error(code::test_value, n.at,
              fmt::format("found {}, expected a number of rows", yaml::describe(n)));
}

void read_expected(const pipeline& doc, const yaml::node& n, test_spec& spec, complaints& out) {
  for (const yaml::entry& e : n.entries) {
    if (!known_step(doc, e, out)) continue;
    expected_step x;
    x.step = e.key;
    x.at = e.at;
    if (e.value.is_sequence()) {
      x.rows = &e.value;
    } else if (out.keys(e.value,
                        "a list of rows, or {contains: [...]}, {count: N}, {errors: [...]}",
                        {"rows", "contains", "count", "errors"})) {
      const auto part = [&](const char* key) {
        const yaml::entry* at = e.value.find(key);
        return at == nullptr ? nullptr : &at->value;
      };
      x.rows = part("rows");
      x.contains = part("contains");
      x.errors = part("errors");
      if (const yaml::node* count = part("count")) read_count(*count, x, out);
      if (e.value.entries.empty())
        out.error(code::bad_test, e.value.at, fmt::format("nothing is expected of '{}'", e.key),
                  "no rows are written []");
    }
    spec.expected.push_back(std::move(x));
  }
}

void read_error(const yaml::node& n, test_spec& spec, complaints& out) {
  const auto found = n.is_scalar() ? find_code(n.text) : std::nullopt;
  if (found)
    spec.error = found->value;
  else
    out.error(code::test_unknown, n.at,
              fmt::format("found {}, expected an error code such as V0402", yaml::describe(n)),
              "`vigie explain` lists all codes");
}

void read_property(const yaml::node& n, test_spec& spec, complaints& out) {
  std::vector<std::string> names;
  for (const property p :
       {property::threads_agree, property::splits_agree, property::shards_agree}) {
    names.emplace_back(name_of(p));
    if (n.is_scalar() && n.text == names.back()) spec.property = p;
  }
  if (spec.property) return;
  if (n.is_scalar())
    out.unknown(n.at, "property", n.text, names);
  else
    out.error(code::test_value, n.at,
              fmt::format("found {}, expected a property", yaml::describe(n)),
              "write threads_agree, splits_agree or shards_agree");
}

// Parts of a test that exclude each other.
void check_parts(const test_spec& spec, const pipeline_test& test, complaints& out) {
  const bool both = spec.error && (!spec.expected.empty() || spec.property);
  if (both)
    out.error(code::bad_test, test.at, "a test that expects an error can expect nothing else",
              "write two tests");
  if (spec.property == property::shards_agree && !spec.expected.empty())
    out.error(code::bad_test, test.at, "shards_agree compares the files of writers, not rows",
              "leave `expect` out, or expect the rows in a test of their own");
  const yaml::entry* expect = test.body.find("expect");
  if (expect != nullptr && expect->value.entries.empty() && !spec.property)
    out.error(code::bad_test, expect->value.at, "`expect` names no step", "write {STEP: [rows]}");
}

} // namespace

test_spec read_spec(const pipeline& doc, const pipeline_test& test, complaints& out) {
  test_spec spec;
  const yaml::node& n = test.body;
  if (const yaml::entry* e = n.find("given")) read_given(doc, e->value, spec, out);
  if (const yaml::entry* e = n.find("expect")) read_expected(doc, e->value, spec, out);
  if (const yaml::entry* e = n.find("error")) read_error(e->value, spec, out);
  if (const yaml::entry* e = n.find("property")) read_property(e->value, spec, out);
  if (const yaml::entry* e = n.find("set")) spec.set = &e->value;
  check_parts(spec, test, out);
  return spec;
}

std::size_t index_of(const pipeline& doc, std::string_view name) {
  const auto at = std::ranges::find(doc.steps, name, &step::name);
  return static_cast<std::size_t>(at - doc.steps.begin());
}

} // namespace vigie::testing
