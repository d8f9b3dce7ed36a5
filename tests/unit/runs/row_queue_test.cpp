// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "io/faults.hpp"
#include "io/scratch.hpp"
#include "random_rows.hpp"
#include "runs/row_queue.hpp"

#include <atomic>
#include <thread>

using namespace vigie;

namespace {

const runs::row_owner owner{"order", "core.sort"};

std::vector<data::batch> batches(const schema& fields, std::size_t n, std::int64_t rows) {
  std::vector<data::batch> out;
  for (std::size_t i = 0; i < n; ++i)
    out.push_back(random_rows::make(fields, rows, static_cast<unsigned>(i * 100), i % 3 != 0));
  return out;
}

void flip_middle(const std::string& path) {
  std::string bytes = scratch::get(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace

TEST_CASE("a row queue gives the batches it got, in order, from memory or from a file") {
  const schema fields = random_rows::every_type();
  const auto rows = batches(fields, 20, 300);
  for (const std::int64_t limit : {std::int64_t{0}, std::int64_t{1} << 20, std::int64_t{1} << 30}) {
    const scratch tmp;
    memory_budget memory(limit);
    runs::spill_folder folder(tmp.path("spill"));
    {
      runs::row_queue queue(fields, memory, &folder, owner);
      for (const data::batch& b : rows) REQUIRE(queue.push(b));
      CHECK(queue.batches() == 20);
      CHECK(queue.rows() == 6000);
      CHECK(queue.spilled() == (limit < (1 << 30)));
      CHECK((folder.bytes() > 0) == queue.spilled());
      CHECK(memory.held() <= limit / 2);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        auto b = queue.take(i);
        REQUIRE(b);
        REQUIRE(random_rows::bytes_of(fields, *b) == random_rows::bytes_of(fields, rows[i]));
        REQUIRE(static_cast<bool>(b->origins) == (i % 3 != 0));
      }
      CHECK(memory.held() == 0);
      CHECK(folder.bytes() == 0);
    }
    CHECK(memory.held() == 0);
  }
}

TEST_CASE("rows in a queue keep nothing of the memory they came from") {
  const schema fields{{.name = "t", .format = "vu"}};
  memory_budget memory(1 << 20);
  runs::row_queue queue(fields, memory, nullptr, owner);
  std::weak_ptr<const void> chunk;
  {
    std::string text(500000, 'x');
    builder b(fields[0]);
    b.view_into(text.data(), text.size());
    b.text(std::string_view(text).substr(7, 20));
    ArrowArray a{};
    b.finish(&a);
    const data::shared_column c = data::take_array(&a);
    chunk = c.owner;
    const auto twice = std::make_shared<const std::vector<std::int32_t>>(2, 0);
    const auto spans = std::make_shared<const std::vector<vigie_span>>(1, vigie_span{3, 4, 5});
    REQUIRE(queue.push({.rows = 2,
                        .columns = {{c.owner, c.array, twice}},
                        .origins = spans,
                        .origin_rows = twice}));
  }
  CHECK(chunk.expired());
  CHECK(memory.held() < 1000);
  auto back = queue.take(0);
  REQUIRE(back);
  CHECK(back->origin(1).length == 4);
  CHECK(arrays::json_of(fields[0], back->columns[0]) ==
        std::vector<std::string>(2, "\"xxxxxxxxxxxxxxxxxxxx\""));
}

TEST_CASE("without a folder a queue beyond its budget says which step needs more") {
  const schema fields = random_rows::narrow();
  memory_budget memory(100000);
  runs::row_queue queue(fields, memory, nullptr, owner);
  status last;
  while (last && queue.batches() < 1000) last = queue.push(random_rows::make(fields, 100, 1));
  REQUIRE_FALSE(last);
  CHECK(last.error().code == code::run_memory);
  CHECK(last.error().place.step == "order");
  CHECK(last.error().message.find("'core.sort' holds rows in memory") == 0);
  CHECK(memory.held() > 50000); // all of the budget, not half of it
}

TEST_CASE("batches that are skipped are given back and never read") {
  const schema fields = random_rows::narrow();
  const auto rows = batches(fields, 10, 2000);
  const scratch tmp;
  memory_budget memory(std::int64_t{400} << 10);
  runs::spill_folder folder(tmp.path("spill"));
  runs::row_queue queue(fields, memory, &folder, owner);
  for (const data::batch& b : rows) REQUIRE(queue.push(b));
  REQUIRE(queue.spilled());
  REQUIRE(memory.held() > 0);
  queue.skip(9);
  CHECK(memory.held() == 0);
  auto last = queue.take(9);
  REQUIRE(last);
  CHECK(random_rows::bytes_of(fields, *last) == random_rows::bytes_of(fields, rows[9]));
  CHECK(folder.bytes() == 0);
}

TEST_CASE("a batch that is not there, or was taken, is an error and no wait") {
  const schema fields = random_rows::narrow();
  memory_budget memory(1 << 20);
  runs::row_queue queue(fields, memory, nullptr, owner);
  CHECK(queue.take(0).error().code == code::internal);
  REQUIRE(queue.push(random_rows::make(fields, 1, 1)));
  REQUIRE(queue.take(0));
  CHECK(queue.take(0).error().code == code::internal);
  CHECK(queue.take(1).error().code == code::internal);
}

TEST_CASE("threads that take at once get each batch once, in the order of the queue") {
  const schema fields = random_rows::every_type();
  const auto rows = batches(fields, 200, 20);
  const scratch tmp;
  memory_budget memory(std::int64_t{256} << 10);
  runs::spill_folder folder(tmp.path("spill"));
  runs::row_queue queue(fields, memory, &folder, owner);
  for (const data::batch& b : rows) REQUIRE(queue.push(b));
  REQUIRE(queue.spilled());
  std::atomic<std::size_t> next = 0, wrong = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < rows.size(); i = next++) {
      auto b = queue.take(i);
      if (!b || random_rows::bytes_of(fields, *b) != random_rows::bytes_of(fields, rows[i]))
        ++wrong;
    }
  };
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) threads.emplace_back(work);
  for (std::thread& t : threads) t.join();
  CHECK(wrong == 0);
  CHECK(memory.held() == 0);
  CHECK(folder.bytes() == 0);
}

TEST_CASE("who waits for a turn that will not come is woken by cancel, with its reason") {
  const schema fields = random_rows::narrow();
  memory_budget memory(1 << 20);
  runs::row_queue queue(fields, memory, nullptr, owner);
  for (int i = 0; i < 3; ++i) REQUIRE(queue.push(random_rows::make(fields, 1, 1)));
  std::vector<code> seen(2);
  std::thread one([&] { seen[0] = queue.take(1).error().code; });
  std::thread two([&] { seen[1] = queue.take(2).error().code; });
  queue.cancel(fail(code::run_interrupted, "stopped"));
  queue.cancel(fail(code::internal, "later"));
  one.join();
  two.join();
  CHECK(seen == std::vector<code>(2, code::run_interrupted));
  CHECK(queue.take(0).error().code == code::run_interrupted);
}

TEST_CASE("a queue on a full disk says so, and everything is given back") {
  const schema fields = random_rows::narrow();
  const scratch tmp;
  io::faulty_system full(io::sys(), {{io::call::write, 3, true, ENOSPC}});
  const io::system_guard guard(full);
  memory_budget memory(std::int64_t{64} << 10);
  {
    runs::spill_folder folder(tmp.path("spill"));
    runs::row_queue queue(fields, memory, &folder, owner);
    status last;
    for (unsigned i = 0; last && i < 1000; ++i)
      last = queue.push(random_rows::make(fields, 1000, i));
    REQUIRE_FALSE(last);
    CHECK(last.error().code == code::output_no_space);
  }
  CHECK(memory.held() == 0);
  CHECK(tmp.names().empty());
}

TEST_CASE("a damaged scratch file is an error of the batches it hits") {
  const schema fields = random_rows::every_type();
  const auto rows = batches(fields, 9, 50);
  const scratch tmp;
  memory_budget memory(0);
  runs::spill_folder folder(tmp.path("spill"));
  runs::row_queue queue(fields, memory, &folder, owner);
  for (const data::batch& b : rows) REQUIRE(queue.push(b));
  auto first = queue.take(0); // from here on the file is whole
  REQUIRE(first);
  flip_middle(tmp.path("spill/0"));
  std::size_t bad = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto b = queue.take(i);
    if (b) continue;
    ++bad;
    CHECK(b.error().code == code::spill_damaged);
  }
  CHECK(bad == 1);
}
