// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "io/faults.hpp"
#include "io/scratch.hpp"
#include "random_rows.hpp"
#include "runs/arranged_rows.hpp"

using namespace vigie;
using runs::id_fault;
using ids = std::vector<std::uint64_t>;

namespace {

const runs::row_owner owner{"order", "core.sort"};
constexpr std::int64_t large = std::int64_t{4} << 30;

// What a step that arranges does: rows in, their order, rows out.
struct job {
  schema fields;
  std::vector<data::batch> rows;
  ids order;
  bool repeats = false;
};

struct outcome {
  std::vector<std::string> batches; // packed: equal bytes are equal rows
  std::vector<std::int64_t> sizes;
  bool spilled = false;
  std::int64_t peak = 0;
};

result<outcome> arranged(const job& j, std::int64_t limit, bool with_folder = true) {
  const scratch tmp;
  memory_budget memory(limit), for_queue(large);
  outcome out;
  {
    runs::spill_folder folder(tmp.path("spill"));
    runs::row_queue queue(j.fields, for_queue, nullptr, owner);
    runs::arranged_rows rows(j.fields, memory, with_folder ? &folder : nullptr, owner, j.repeats);
    for (const data::batch& b : j.rows)
      if (auto ok = rows.add(b); !ok) return ok.error();
    for (std::size_t at = 0; at < j.order.size(); at += 1000) {
      const auto some =
          std::span(j.order).subspan(at, std::min<std::size_t>(1000, j.order.size() - at));
      auto checked = rows.order(some);
      if (!checked) return checked.error();
      REQUIRE(checked->fault == id_fault::none);
    }
    CHECK(rows.ordered() == j.order.size());
    if (auto ok = rows.finish(queue); !ok) return ok.error();
    out.spilled = rows.spilled();
    CHECK(memory.held() == 0);
    CHECK(folder.bytes() == 0);
    for (std::size_t i = 0; i < queue.batches(); ++i) {
      auto b = queue.take(i);
      REQUIRE(b);
      out.sizes.push_back(b->rows);
      out.batches.push_back(random_rows::bytes_of(j.fields, *b));
    }
  }
  out.peak = memory.peak();
  CHECK(memory.held() == 0);
  CHECK(tmp.names().empty());
  return out;
}

// Two outcomes with the same batches, one of them through the disk.
void same_with_and_without_a_file(const job& j, std::int64_t limit) {
  const auto whole = arranged(j, large), parts = arranged(j, limit);
  REQUIRE(whole);
  REQUIRE(parts);
  CHECK_FALSE(whole->spilled);
  CHECK(parts->spilled);
  CHECK(parts->peak <= limit);
  REQUIRE(parts->sizes == whole->sizes);
  for (std::size_t i = 0; i < whole->batches.size(); ++i)
    REQUIRE(parts->batches[i] == whole->batches[i]);
}

job make_job(schema fields, std::size_t batches, std::int64_t rows) {
  job j{std::move(fields), {}, {}};
  for (std::size_t i = 0; i < batches; ++i)
    j.rows.push_back(random_rows::make(j.fields, rows, static_cast<unsigned>(100 * i), i % 4 != 3));
  j.order = random_rows::shuffled(batches * static_cast<std::uint64_t>(rows), 7);
  return j;
}

// One column of numbers 0, 1, 2, ..., so that the order can be read from the rows.
job numbers(std::size_t batches, std::int64_t rows) {
  job j{{{.name = "n", .kind = kind::int64}}, {}, {}};
  std::int64_t next = 0;
  for (std::size_t i = 0; i < batches; ++i) {
    builder b(j.fields[0]);
    for (std::int64_t& n : b.fixed<std::int64_t>(rows)) n = next++;
    ArrowArray a{};
    b.finish(&a);
    j.rows.push_back(
        {.rows = rows, .columns = {data::take_array(&a)}, .origins = {}, .origin_rows = {}});
  }
  return j;
}

ids order_in(const job& j, const outcome& out) {
  ids found;
  for (const std::string& bytes : out.batches) {
    const auto b = data::unpack(j.fields, bytes);
    REQUIRE(b);
    const column c(j.fields[0], *b->columns[0].array);
    for (std::int64_t i = 0; i < b->rows; ++i)
      found.push_back(static_cast<std::uint64_t>(c.integer(i)));
  }
  return found;
}

} // namespace

TEST_CASE("rows leave in the order they were named, in batches of 16 Ki, whatever the budget") {
  job j = numbers(40, 7777);
  j.order = random_rows::shuffled(40 * 7777, 3);
  for (const std::int64_t limit : {std::int64_t{1} << 20, std::int64_t{2} << 20, large}) {
    const auto out = arranged(j, limit);
    REQUIRE(out);
    CHECK(out->spilled == (limit != large));
    REQUIRE(order_in(j, *out) == j.order);
    for (std::size_t i = 0; i + 1 < out->sizes.size(); ++i) CHECK(out->sizes[i] == 16384);
    CHECK(out->sizes.size() == 19);
  }
}

TEST_CASE("every type leaves the same with and without a scratch file") {
  same_with_and_without_a_file(make_job(random_rows::every_type(), 12, 1500), 1 << 20);
  same_with_and_without_a_file(make_job(random_rows::every_type(), 200, 100), 1 << 20);
}

TEST_CASE("hundreds of thousands of rows need more than one pass, and leave the same") {
  job j = make_job(random_rows::narrow(), 30, 10000);
  same_with_and_without_a_file(j, 1 << 20);
  same_with_and_without_a_file(j, 8 << 20);
}

TEST_CASE("one row, no row and no named row leave as what they are") {
  for (const std::int64_t limit : {std::int64_t{1} << 20, std::int64_t{32}}) {
    const auto one = arranged(make_job(random_rows::narrow(), 1, 1), limit);
    REQUIRE(one);
    CHECK(one->sizes == std::vector<std::int64_t>{1});
    const auto none = arranged(make_job(random_rows::narrow(), 0, 0), limit);
    REQUIRE(none);
    CHECK(none->sizes.empty());
    job unnamed = make_job(random_rows::narrow(), 2, 50);
    unnamed.order.clear();
    const auto dropped = arranged(unnamed, limit);
    REQUIRE(dropped);
    CHECK(dropped->sizes.empty());
    job hollow = make_job(random_rows::narrow(), 3, 0);
    hollow.rows.push_back(random_rows::make(hollow.fields, 2, 1));
    hollow.order = {1, 0};
    const auto two = arranged(hollow, limit);
    REQUIRE(two);
    CHECK(two->sizes == std::vector<std::int64_t>{2});
  }
}

TEST_CASE("rows that are not named are left out") {
  job j = numbers(50, 2000);
  for (std::uint64_t i = 0; i < 100000; i += 3) j.order.push_back(99999 - i);
  for (const std::int64_t limit : {std::int64_t{1} << 20, large}) {
    const auto out = arranged(j, limit);
    REQUIRE(out);
    CHECK(order_in(j, *out) == j.order);
  }
}

TEST_CASE("where rows may leave more than once, one may leave very often") {
  job j = numbers(50, 2000);
  j.repeats = true;
  for (std::uint64_t i = 0; i < 150000; ++i) j.order.push_back(i % 5 == 0 ? 99999 - i % 100 : 7);
  for (const std::int64_t limit : {std::int64_t{1} << 20, large}) {
    const auto out = arranged(j, limit);
    REQUIRE(out);
    CHECK(order_in(j, *out) == j.order);
  }
}

TEST_CASE("rows of very different length leave the same, also where the long ones are together") {
  job j{{{.name = "t"}, {.name = "n", .kind = kind::int32}}, {}, {}};
  ids shorts, longs;
  for (std::size_t k = 0; k < 40; ++k) {
    builder t(j.fields[0]), n(j.fields[1]);
    for (std::size_t i = 0; i < 1000; ++i) {
      const bool is_long = i % 100 == k % 7;
      (is_long ? longs : shorts).push_back(k * 1000 + i);
      t.text(std::string(is_long ? 20000 : i % 5, static_cast<char>('a' + k % 26)));
      n.integer(static_cast<std::int64_t>(i));
    }
    ArrowArray a{}, c{};
    t.finish(&a);
    n.finish(&c);
    j.rows.push_back({.rows = 1000,
                      .columns = {data::take_array(&a), data::take_array(&c)},
                      .origins = {},
                      .origin_rows = {}});
  }
  j.order = longs;
  j.order.insert(j.order.end(), shorts.rbegin(), shorts.rend());
  same_with_and_without_a_file(j, 1 << 20);
}

TEST_CASE("columns that nobody reads stay absent on the way through a file") {
  job j = make_job(random_rows::every_type(), 30, 1000);
  for (data::batch& b : j.rows)
    for (std::size_t k = 0; k < b.columns.size(); k += 3) b.columns[k] = {};
  same_with_and_without_a_file(j, 1 << 20);
  const auto out = arranged(j, 1 << 20);
  REQUIRE(out);
  const auto first = data::unpack(j.fields, out->batches[0]);
  REQUIRE(first);
  CHECK_FALSE(first->columns[0].present());
  CHECK(first->columns[1].present());
}

TEST_CASE("rows named while others still come leave in that order") {
  job j = numbers(60, 3000);
  const scratch tmp;
  memory_budget memory(1 << 20), for_queue(large);
  runs::spill_folder folder(tmp.path("spill"));
  runs::row_queue queue(j.fields, for_queue, nullptr, owner);
  runs::arranged_rows rows(j.fields, memory, &folder, owner, false);
  ids expected;
  for (const data::batch& b : j.rows) {
    REQUIRE(rows.add(b));
    const ids now = {rows.rows() - 1, rows.rows() - 2000};
    REQUIRE(rows.order(now));
    expected.insert(expected.end(), now.begin(), now.end());
  }
  CHECK(rows.spilled());
  REQUIRE(rows.finish(queue));
  outcome out;
  for (std::size_t i = 0; i < queue.batches(); ++i)
    out.batches.push_back(random_rows::bytes_of(j.fields, *queue.take(i)));
  CHECK(order_in(j, out) == expected);
}

TEST_CASE("ids that do not exist or come twice are told apart, in memory and outside") {
  for (const std::int64_t limit : {std::int64_t{1} << 20, large}) {
    const job j = numbers(100, 1000);
    const scratch tmp;
    memory_budget memory(limit);
    runs::spill_folder folder(tmp.path("spill"));
    runs::arranged_rows once(j.fields, memory, &folder, owner, false);
    runs::arranged_rows often(j.fields, memory, &folder, owner, true);
    CHECK(once.order(ids{0})->fault == id_fault::unknown);
    for (const data::batch& b : j.rows) {
      REQUIRE(once.add(b));
      REQUIRE(often.add(b));
    }
    CHECK(once.order(ids{99999, 3})->fault == id_fault::none);
    const auto unknown = once.order(ids{5, 100000});
    REQUIRE(unknown);
    CHECK(unknown->fault == id_fault::unknown);
    CHECK(unknown->id == 100000);
    const auto huge = once.order(ids{~std::uint64_t{0}});
    REQUIRE(huge);
    CHECK(huge->fault == id_fault::unknown);
    const auto twice = once.order(ids{6, 3});
    REQUIRE(twice);
    CHECK(twice->fault == id_fault::twice);
    CHECK(twice->id == 3);
    CHECK(once.order(ids{99999})->fault == id_fault::twice);
    CHECK(often.order(ids{4, 4, 4})->fault == id_fault::none);
    CHECK(often.order(ids{100000})->fault == id_fault::unknown);
  }
}

TEST_CASE("without a folder rows beyond the budget are an error that names the step") {
  const auto refused = arranged(make_job(random_rows::every_type(), 20, 1000), 1 << 20, false);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == code::run_memory);
  CHECK(refused.error().place.step == "order");
  CHECK(refused.error().message.find("'core.sort' holds rows in memory") == 0);
  CHECK(arranged(make_job(random_rows::every_type(), 2, 100), 1 << 20, false));
}

TEST_CASE("the order itself may be what does not fit into memory") {
  job j{{}, {}, {}}; // rows without columns
  j.repeats = true;
  j.rows.push_back({.rows = 10, .columns = {}, .origins = {}, .origin_rows = {}});
  for (std::uint64_t i = 0; i < 400000; ++i) j.order.push_back(i * i % 10);
  same_with_and_without_a_file(j, 1 << 20);
}

TEST_CASE("a disk that fails at any write leaves a code, no file and no reserved memory") {
  const job j = make_job(random_rows::narrow(), 20, 4000);
  std::uint64_t writes = 0;
  {
    io::faulty_system counting(io::sys(), {});
    const io::system_guard guard(counting);
    REQUIRE(arranged(j, 1 << 20));
    writes = counting.calls(io::call::write);
  }
  REQUIRE(writes > 10);
  for (std::uint64_t n = 1; n <= writes; n += 1 + writes / 40) {
    io::faulty_system full(io::sys(), {{io::call::write, n, true, ENOSPC}});
    const io::system_guard guard(full);
    const scratch tmp;
    memory_budget memory(1 << 20);
    {
      runs::spill_folder folder(tmp.path("spill"));
      runs::row_queue queue(j.fields, memory, &folder, owner);
      runs::arranged_rows rows(j.fields, memory, &folder, owner, false);
      status done;
      for (std::size_t i = 0; done && i < j.rows.size(); ++i) done = rows.add(j.rows[i]);
      if (done) {
        auto checked = rows.order(j.order);
        done = checked ? rows.finish(queue) : status(checked.error());
      }
      REQUIRE_FALSE(done);
      CHECK(done.error().code == code::output_no_space);
    }
    CHECK(memory.held() == 0);
    CHECK(tmp.names().empty());
  }
}

TEST_CASE("a disk that fails at any read leaves a code, no file and no reserved memory") {
  const job j = make_job(random_rows::narrow(), 20, 4000);
  io::faulty_system counting(io::sys(), {});
  std::uint64_t reads = 0;
  {
    const io::system_guard guard(counting);
    REQUIRE(arranged(j, 1 << 20));
    reads = counting.calls(io::call::pread);
  }
  REQUIRE(reads > 10);
  for (std::uint64_t n = 1; n <= reads; n += 1 + reads / 40) {
    io::faulty_system bad(io::sys(), {{io::call::pread, n, true, EIO}});
    const io::system_guard guard(bad);
    const auto out = arranged(j, 1 << 20);
    REQUIRE_FALSE(out);
    CHECK(out.error().code == code::input_read_failed);
  }
}

namespace {

// Returns what it read with one bit changed, once, at the n-th read.
class flipping_system final : public io::system {
public:
  flipping_system(io::system& inner, std::uint64_t nth, std::size_t bit)
      : inner_(inner), nth_(nth), bit_(bit) {}
  std::int64_t pread(int fd, void* to, std::size_t bytes, std::uint64_t at) override {
    const std::int64_t done = inner_.pread(fd, to, bytes, at);
    if (++reads_ != nth_ || done <= 0) return done;
    const std::size_t bit = bit_ % (8 * static_cast<std::size_t>(done));
    auto& byte = static_cast<unsigned char*>(to)[bit / 8];
    byte = static_cast<unsigned char>(byte ^ (1U << (bit % 8)));
    return done;
  }
  int open(const std::string& p, int f, unsigned m) override { return inner_.open(p, f, m); }
  std::int64_t read(int fd, void* to, std::size_t n) override { return inner_.read(fd, to, n); }
  std::int64_t write(int fd, const void* from, std::size_t n) override {
    return inner_.write(fd, from, n);
  }
  int fsync(int fd) override { return inner_.fsync(fd); }
  int ftruncate(int fd, std::uint64_t n) override { return inner_.ftruncate(fd, n); }
  int chmod(const std::string& p, unsigned m) override { return inner_.chmod(p, m); }
  int lock(int fd) override { return inner_.lock(fd); }
  int locked(int fd) override { return inner_.locked(fd); }
  int close(int fd) override { return inner_.close(fd); }
  int rename(const std::string& a, const std::string& b) override { return inner_.rename(a, b); }
  int unlink(const std::string& p) override { return inner_.unlink(p); }
  int mkdir(const std::string& p, unsigned m) override { return inner_.mkdir(p, m); }
  int rmdir(const std::string& p) override { return inner_.rmdir(p); }
  int fstat(int fd, io::file_facts& f) override { return inner_.fstat(fd, f); }
  int stat(const std::string& p, bool l, io::file_facts& f) override {
    return inner_.stat(p, l, f);
  }
  int list(const std::string& p, std::vector<io::folder_entry>& e) override {
    return inner_.list(p, e);
  }

private:
  io::system& inner_;
  std::uint64_t nth_, reads_ = 0;
  std::size_t bit_;
};

} // namespace

TEST_CASE("a bit that comes back changed from the disk is an error with a code, wherever it is") {
  const job j = make_job(random_rows::narrow(), 20, 4000);
  std::uint64_t reads = 0;
  {
    io::faulty_system counting(io::sys(), {});
    const io::system_guard guard(counting);
    REQUIRE(arranged(j, 1 << 20));
    reads = counting.calls(io::call::pread);
  }
  std::mt19937_64 draw(5);
  for (std::uint64_t n = 1; n <= reads; n += 1 + reads / 60) {
    flipping_system flipping(io::sys(), n, draw());
    const io::system_guard guard(flipping);
    const auto out = arranged(j, 1 << 20);
    REQUIRE_FALSE(out);
    REQUIRE(out.error().code == code::spill_damaged);
  }
}

TEST_CASE("random jobs leave the same with and without a scratch file") {
  std::mt19937_64 draw(20140520);
  for (int round = 0; round < 12; ++round) {
    job j{draw() % 3 == 0 ? random_rows::every_type() : random_rows::narrow(), {}, {}};
    std::uint64_t rows = 0;
    const bool wide = j.fields.size() > 2;
    while (rows < (wide ? 3000U : 60000U) + draw() % 3000) {
      const auto n = static_cast<std::int64_t>(draw() % (wide ? 900 : 20000));
      j.rows.push_back(random_rows::make(j.fields, n, static_cast<unsigned>(draw() % 1000000)));
      rows += static_cast<std::uint64_t>(n);
    }
    j.repeats = draw() % 3 == 0;
    j.order = random_rows::shuffled(rows, static_cast<unsigned>(draw() % 1000));
    if (draw() % 2 == 0) j.order.resize(1 + draw() % rows);
    for (std::size_t i = 0; j.repeats && i < rows / 2; ++i) j.order.push_back(draw() % rows);
    same_with_and_without_a_file(j, 1 << 20);
  }
}
