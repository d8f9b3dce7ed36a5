// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "claims/make_claims.hpp"
#include "common/sorted/ordered_bytes.hpp"
#include "spilled/pack.hpp"
#include "spilled/record_list.hpp"
#include "spilled/record_sort.hpp"

#include <vigie/testing.hpp>

using namespace vigie;
using namespace vigie::press;

namespace {

using texts = std::vector<std::string>;

// Any component's harness has host services to give.
using some_host = testing::harness<claims_of_pages>;

std::string payload(std::uint64_t i) {
  return std::string(i % 300, static_cast<char>('a' + i % 26)) + std::string(1, '\0');
}

void fill(record_sort& to, std::uint64_t n) {
  for (std::uint64_t i = 0; i < n; ++i) {
    std::string key;
    sorted::put_signed(static_cast<std::int64_t>(i * 7919 % n) - 50, key);
    to.add(key, payload(i));
  }
}

} // namespace

TEST_CASE("records leave in the order of their keys, in memory and beyond it") {
  constexpr std::uint64_t n = 40000;
  for (const std::int64_t memory : {INT64_MAX, std::int64_t{0}, std::int64_t{4} << 20}) {
    some_host h;
    h.memory = memory;
    record_sort sort(h.component().host, "records");
    fill(sort, n);
    std::string last;
    std::uint64_t seen = 0, bytes = 0;
    for (sort.start(); sort.next(); ++seen, bytes += sort.payload().size()) {
      CHECK((seen == 0 || last < sort.key()));
      last = sort.key();
    }
    std::uint64_t wanted = 0;
    for (std::uint64_t i = 0; i < n; ++i) wanted += payload(i).size();
    CHECK(seen == n);
    CHECK(bytes == wanted);
    CHECK((h.spill.made > 0) == (memory != INT64_MAX));
  }
}

TEST_CASE("records that give their memory away while they are read go on where they were") {
  some_host h;
  record_sort stays(h.component().host, "records"), leaves(h.component().host, "records");
  fill(stays, 5000);
  fill(leaves, 5000);
  stays.start();
  leaves.start();
  for (int i = 0; i < 5000; ++i) {
    REQUIRE(stays.next());
    REQUIRE(leaves.next());
    CHECK(stays.key() == leaves.key());
    CHECK(stays.payload() == leaves.payload());
    if (i == 1234) CHECK(leaves.leave_memory());
    if (i == 2345) CHECK_FALSE(leaves.leave_memory());
  }
  CHECK_FALSE(leaves.next());
  CHECK(h.spill.made == 1);
}

TEST_CASE("a list keeps its order, and several readers do not disturb each other") {
  for (const std::int64_t memory : {INT64_MAX, std::int64_t{0}}) {
    some_host h;
    h.memory = memory;
    record_list list(h.component().host, "records");
    list.add("");
    for (std::uint64_t i = 0; i < 20000; ++i) list.add(payload(i));
    list.add(std::string(3 << 20, 'x'));
    record_list::reader one(list), other(list);
    REQUIRE(one.next());
    CHECK(one.record().empty());
    for (std::uint64_t i = 0; i < 20000; ++i) {
      REQUIRE(one.next());
      CHECK(one.record() == payload(i));
      if (i % 3 == 0) REQUIRE(other.next());
    }
    REQUIRE(one.next());
    CHECK(one.record().size() == 3 << 20);
    CHECK_FALSE(one.next());
    CHECK_FALSE(one.next());
    CHECK(list.size() == 20002);
    list.clear();
    CHECK_FALSE(record_list::reader(list).next());
    CHECK(h.held == 0);
    CHECK(h.spill.files.empty());
  }
}

TEST_CASE("bytes that end early are told, not read beyond") {
  const std::string whole = packed(texts{"one", "two"});
  CHECK(unpacked<texts>(whole) == texts{"one", "two"});
  for (std::size_t n = 0; n < whole.size(); ++n)
    CHECK_THROWS_WITH(unpacked<texts>(std::string_view(whole).substr(0, n)),
                      Catch::Contains("cut short"));
}
