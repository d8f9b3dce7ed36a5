// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"
#include "io/reader.hpp"
#include "scratch.hpp"

#include <cerrno>

using vigie::code;
using vigie::io::read_options;
using vigie::io::record_mode;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

// Records that begin with a mark: one ends where the next mark stands.
std::int64_t marked_border(std::string_view bytes, bool) {
  const std::size_t mark = bytes.find('#', 1);
  return mark == std::string_view::npos ? -1 : static_cast<std::int64_t>(mark);
}

std::string random_lines(std::mt19937& random) {
  std::string text;
  const auto count = random() % 12;
  for (std::uint32_t i = 0; i < count; ++i) {
    text.append(random() % 3 == 0 ? 0 : random() % 15, static_cast<char>('a' + random() % 26));
    text += random() % 4 == 0 ? "\r\n" : "\n";
  }
  if (random() % 2 == 0) text.append(random() % 9, 'z'); // no newline at the end
  return text;
}

std::vector<std::size_t> borders_of(const std::string& text) {
  std::vector<std::size_t> out{0};
  for (const std::string& l : lines_of(text)) out.push_back(out.back() + l.size());
  return out;
}

void check_all(const everything& all, const std::string& stored) {
  CHECK(all.text == stored);
  CHECK(digests_cover(all, stored));
  for (const auto& split : all.splits) CHECK((split.begin < split.end || stored.empty()));
  const std::vector<std::size_t> borders = borders_of(stored);
  std::int64_t at = 0;
  for (const auto& [offset, bytes] : all.chunks) {
    CHECK(offset == at);
    at += static_cast<std::int64_t>(bytes.size());
    CHECK(std::binary_search(borders.begin(), borders.end(), static_cast<std::size_t>(at)));
  }
}

} // namespace

TEST_CASE("all lines come once and in order, whatever the sizes of splits and chunks") {
  const scratch s;
  std::mt19937 random(20240501);
  for (int round = 0; round < 25; ++round) {
    const std::string text = random_lines(random);
    const auto in = one_input(s.put("lines", text));
    for (std::uint64_t split = 1; split <= 40; ++split)
      for (const std::size_t chunk : {1U, 2U, 3U, 5U, 8U, 13U, 40U, 500U}) {
        CAPTURE(text, split, chunk);
        read_options o;
        o.chunk_bytes = chunk;
        const auto all = read_all(in, split, o);
        REQUIRE(all);
        check_all(*all, text);
      }
  }
}

TEST_CASE("a split owns the lines that start in it, and the chunk size does not move its borders") {
  const scratch s;
  const auto in = one_input(s.put("x", "aaaa\nbb\ncccccccccc\nd\n"));
  const auto splits = vigie::io::plan_splits(in, 7, 5, {});
  REQUIRE(splits);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> got;
  for (const auto& p : *splits) {
    CHECK(p.input == 7);
    CHECK_FALSE(p.whole);
    got.emplace_back(p.begin, p.end);
  }
  // A line begins exactly at 5; the long line covers the cut at 15 and ends at 19; the cut at 20
  // falls into the last.
  CHECK(got == std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 5}, {5, 19}, {19, 21}});
}

TEST_CASE("an empty file is one split without records, and its digest is that of nothing") {
  const scratch s;
  const auto all = read_path(s.put("empty", ""));
  REQUIRE(all);
  CHECK(all->chunks.empty());
  REQUIRE(all->digests.size() == 1);
  CHECK(vigie::io::to_hex(all->digests[0].sha256) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a file as one record is one chunk, an empty one too") {
  const scratch s;
  read_options o;
  o.records = record_mode::file;
  o.chunk_bytes = 3;
  for (const std::string text : {"", "a", "one\ntwo\nthree"}) {
    const auto all = read_path(s.put("page", text), o, 2);
    REQUIRE(all);
    CHECK(all->splits.size() == 1);
    REQUIRE(all->chunks.size() == 1);
    CHECK(all->text == text);
    CHECK(digests_cover(*all, text));
  }
}

TEST_CASE("records with own borders come once and in order for all sizes") {
  const scratch s;
  std::mt19937 random(7);
  for (int round = 0; round < 10; ++round) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += "#" + std::string(random() % 14, 'r');
    const auto in = one_input(s.put("own", text));
    for (std::uint64_t split = 1; split <= 40; ++split)
      for (const std::size_t chunk : {1U, 4U, 9U, 100U}) {
        CAPTURE(text, split, chunk);
        read_options o;
        o.records = record_mode::own;
        o.border = marked_border;
        o.chunk_bytes = chunk;
        const auto all = read_all(in, split, o);
        REQUIRE(all);
        CHECK(all->text == text);
        CHECK(digests_cover(*all, text));
        for (const auto& [offset, bytes] : all->chunks) CHECK(bytes.front() == '#');
      }
  }
}

TEST_CASE(
    "a reader that names a border out of range is stopped, and so is one that names none forward") {
  const scratch s;
  const auto in = one_input(s.put("x", std::string(100, 'x')));
  for (const std::int64_t bad : {std::int64_t{0}, std::int64_t{-2}, std::int64_t{1'000'000}}) {
    read_options o;
    o.records = record_mode::own;
    o.chunk_bytes = 10;
    o.border = [bad](std::string_view, bool) { return bad; };
    const auto planned = read_all(in, 10, o);
    REQUIRE_FALSE(planned);
    CHECK(planned.error().code == code::input_border);
    const auto read = read_all(in, 1000, o);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == code::input_border);
  }
}

TEST_CASE("own borders that contradict each other lose and double nothing") {
  const scratch s;
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>('a' + i % 26);
  const auto in = one_input(s.put("x", text));
  read_options o;
  o.records = record_mode::own;
  o.chunk_bytes = 16;
  o.border = [](std::string_view b,
                bool at_start) -> std::int64_t { // from within: answers that jump back and forth
    const std::size_t far = at_start ? 5 : static_cast<std::size_t>(1 + (b[0] * 7) % 23);
    return far <= b.size() ? static_cast<std::int64_t>(far) : -1;
  };
  for (std::uint64_t split = 1; split < 40; ++split) {
    const auto all = read_all(in, split, o);
    REQUIRE(all);
    CHECK(all->text == text);
    CHECK(digests_cover(*all, text));
  }
}

TEST_CASE("a line that is too long is skipped and reported, and its neighbours are kept") {
  const scratch s;
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    const std::string text =
        random_lines(random) + std::string(random() % 40, 'L') + "\n" + random_lines(random);
    const auto in = one_input(s.put("x", text));
    for (std::uint64_t most = 1; most <= 16; ++most)
      for (const std::size_t chunk : {1U, 7U, 30U, 1000U})
        for (const std::uint64_t split : {1U, 6U, 1000U}) {
          CAPTURE(text, most, chunk, split);
          std::string kept;
          std::vector<std::pair<std::int64_t, std::int64_t>> skipped;
          std::int64_t at = 0;
          for (const std::string& line : lines_of(text)) {
            const auto n = static_cast<std::int64_t>(line.size());
            if (line.size() <= most)
              kept += line;
            else
              skipped.emplace_back(at, n);
            at += n;
          }
          read_options o;
          o.chunk_bytes = chunk;
          o.max_record = most;
          const auto all = read_all(in, split, o);
          REQUIRE(all);
          CHECK(all->text == kept);
          CHECK(all->skipped == skipped);
          CHECK(all->largest <= most + 1);
          CHECK(digests_cover(*all, text));
        }
  }
}

TEST_CASE("a record of many times the limit is skipped in bounded memory, in every mode") {
  const scratch s;
  const std::string giant(3'000'000, 'g');
  const auto in = one_input(s.put("x", "#a\n" + giant + "\n#b\n"));
  read_options o;
  o.max_record = 1000;
  o.chunk_bytes = 100;
  const auto lines = read_all(in, 50'000, o);
  REQUIRE(lines);
  CHECK(lines->text == "#a\n#b\n");
  CHECK(lines->skipped == std::vector<std::pair<std::int64_t, std::int64_t>>{{3, 3'000'001}});
  CHECK(digests_cover(*lines, "#a\n" + giant + "\n#b\n"));

  o.records = record_mode::own;
  o.border = [](std::string_view b, bool at_start) {
    REQUIRE(b.size() <= 1U << 16U);
    return marked_border(b, at_start);
  };
  const auto own = read_all(in, 50'000, o);
  REQUIRE(own);
  CHECK(own->text == "#b\n");
  CHECK(own->skipped == std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 3'000'004}});

  o.records = record_mode::file;
  const auto file = read_all(in, 50'000, o);
  REQUIRE(file);
  CHECK(file->chunks.empty());
  CHECK(file->skipped == std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 3'000'007}});
}

TEST_CASE(
    "an own border that lies across two search windows is found, by planning and by skipping") {
  const scratch s;
  const auto border = [](std::string_view b, bool) -> std::int64_t { // between two percent signs
    const std::size_t pair = b.find("%%");
    return pair == std::string_view::npos ? -1 : static_cast<std::int64_t>(pair + 1);
  };
  const read_options o{.records = record_mode::own, .border = border, .max_record = 100};
  const std::string second = "%" + std::string(50, 'y');
  for (std::size_t length = 65'530; length < 65'550; ++length) {
    CAPTURE(length);
    const auto all =
        read_all(one_input(s.put("x", std::string(length, 'x') + "%" + second)), 10, o);
    REQUIRE(all);
    REQUIRE(all->splits.size() == 2);
    CHECK(all->splits[0].end == length + 1);
    CHECK(all->text == second);
    CHECK(all->skipped == std::vector<std::pair<std::int64_t, std::int64_t>>{
                              {0, static_cast<std::int64_t>(length) + 1}});
  }
}

TEST_CASE("a record of exactly the limit is kept, with and without its newline") {
  const scratch s;
  for (const std::string text : {"12345678\n", "123456789"}) {
    read_options o;
    o.max_record = 9;
    const auto all = read_path(s.put("x", text), o);
    REQUIRE(all);
    CHECK(all->text == text);
    o.max_record = 8;
    const auto less = read_path(s.path("x"), o);
    REQUIRE(less);
    CHECK(less->skipped == std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 9}});
  }
}

TEST_CASE("a file that changes between listing and the end of reading is refused") {
  const scratch s;
  const std::string text = "one\ntwo\nthree\nfour\n";
  const auto change_after = [&](auto change) {
    s.put("x", text);
    const auto in = one_input(s.path("x"));
    const auto splits = vigie::io::plan_splits(in, 0, 1000, {});
    REQUIRE(splits);
    auto reader = vigie::io::split_reader::open(in, splits->at(0), {.chunk_bytes = 5});
    REQUIRE(reader);
    REQUIRE((*reader)->next());
    change();
    for (;;) {
      auto c = (*reader)->next();
      if (!c) return c.error().code;
      if (!*c) return code::internal;
    }
  };
  CHECK(change_after([&] { std::filesystem::resize_file(s.path("x"), 6); }) == code::input_changed);
  CHECK(change_after([&] { std::ofstream(s.path("x"), std::ios::app) << "five\n"; }) ==
        code::input_changed);
  CHECK(change_after([&] {
          std::filesystem::last_write_time(
              s.path("x"), std::filesystem::file_time_type::clock::now() + std::chrono::seconds(5));
        }) == code::input_changed);
  const auto in = one_input(s.put("y", text));
  std::filesystem::rename(s.put("z", text), s.path("y"));
  const auto replaced = read_all(in, 1000, {});
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error().code == code::input_changed);
  std::filesystem::remove(s.path("y"));
  const auto gone = read_all(in, 1000, {});
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == code::input_not_found);
}

TEST_CASE("every call that fails while reading is reported and stays so") {
  using vigie::io::call;
  const scratch s;
  const std::string text = "one\ntwo\nthree\nfour\n";
  const auto in = one_input(s.put("x", text));
  read_options o;
  o.chunk_bytes = 5;
  for (const call kind : {call::open, call::pread, call::fstat})
    for (std::uint64_t nth = 1; nth < 100; ++nth) {
      vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = nth, .error = EIO}});
      const vigie::io::system_guard guard(faulty);
      const auto all = read_all(in, 7, o);
      if (faulty.calls(kind) < nth) break;
      CAPTURE(static_cast<int>(kind), nth);
      REQUIRE_FALSE(all);
      CHECK(all.error().code == code::input_read_failed);
      CHECK(all.error().message.find("EIO") != std::string::npos);
    }
}

TEST_CASE("an error comes again with every further call") {
  const scratch s;
  const auto in = one_input(s.put("x", "a\nb\n"));
  const auto splits = vigie::io::plan_splits(in, 0, 1000, {});
  REQUIRE(splits);
  auto reader = vigie::io::split_reader::open(in, splits->at(0), {});
  REQUIRE(reader);
  std::filesystem::resize_file(s.path("x"), 1);
  auto first = (*reader)->next();
  while (first && *first) first = (*reader)->next();
  REQUIRE_FALSE(first);
  auto second = (*reader)->next();
  REQUIRE_FALSE(second);
  CHECK(second.error().code == code::input_changed);
  CHECK_FALSE((*reader)->digest());
}

TEST_CASE("short reads change nothing") {
  using vigie::io::call;
  const scratch s;
  const std::string text = "one\ntwo\nthree\nfour\n";
  const auto in = one_input(s.put("x", text));
  vigie::io::faulty_system faulty(vigie::io::sys(),
                                  {{.kind = call::pread, .nth = 1, .onwards = true, .error = 0}});
  const vigie::io::system_guard guard(faulty);
  const auto all = read_all(in, 7, {});
  REQUIRE(all);
  check_all(*all, text);
}

TEST_CASE("a request to stop ends reading and planning with its own code") {
  const scratch s;
  const auto in = one_input(s.put("x", "a\nb\nc\n"));
  std::atomic<bool> stop = false;
  read_options o;
  o.cancel = &stop;
  o.chunk_bytes = 2;
  const auto splits = vigie::io::plan_splits(in, 0, 1000, o);
  REQUIRE(splits);
  auto reader = vigie::io::split_reader::open(in, splits->at(0), o);
  REQUIRE(reader);
  stop = true;
  auto c = (*reader)->next();
  while (c && *c) c = (*reader)->next();
  REQUIRE_FALSE(c);
  CHECK(c.error().code == code::input_cancelled);
  const auto planned = vigie::io::plan_splits(in, 0, 2, o);
  REQUIRE_FALSE(planned);
  CHECK(planned.error().code == code::input_cancelled);
}

TEST_CASE("sizes that make no sense are refused") {
  const scratch s;
  const auto in = one_input(s.put("x", std::string(5'000'000, '\n')));
  const auto code_of = [&](std::uint64_t split, const read_options& o) {
    const auto planned = vigie::io::plan_splits(in, 0, split, o);
    return planned ? code::internal : planned.error().code;
  };
  CHECK(code_of(0, {}) == code::input_options);
  CHECK(code_of(1, {}) == code::input_options);
  CHECK(code_of(100, {.chunk_bytes = 0}) == code::input_options);
  CHECK(code_of(100, {.max_record = 0}) == code::input_options);
  CHECK(code_of(100, {.max_record = ~std::uint64_t{0}}) == code::input_options);
}

TEST_CASE("digests can be switched off, and chunks outlive their reader") {
  const scratch s;
  const auto in = one_input(s.put("x", "a\n"));
  const auto splits = vigie::io::plan_splits(in, 0, 10, {});
  REQUIRE(splits);
  vigie::io::chunk kept;
  {
    auto reader = vigie::io::split_reader::open(in, splits->at(0), {.digest = false});
    REQUIRE(reader);
    auto c = (*reader)->next();
    REQUIRE(c);
    REQUIRE(*c);
    kept = **c;
    REQUIRE((*reader)->next());
    CHECK_FALSE((*reader)->digest());
  }
  CHECK(std::string(kept.data, kept.size) == "a\n");
}

TEST_CASE("standard input is one split that is read as a stream") {
  const scratch s;
  const std::string text = "one\ntwo\nthree";
  for (const std::string& stored : {text, compressed(text, vigie::io::compression::gzip),
                                    compressed(text, vigie::io::compression::zstd)}) {
    s.put("in", stored);
    const int before = ::dup(0);
    REQUIRE(std::freopen(s.path("in").c_str(), "rb", stdin) != nullptr);
    const auto in = vigie::io::list_inputs({"-"});
    REQUIRE(in);
    const auto all = read_all(in->at(0), 4, {.chunk_bytes = 5});
    ::dup2(before, 0);
    ::close(before);
    REQUIRE(all);
    CHECK(all->splits.size() == 1);
    CHECK(all->text == text);
    CHECK(digests_cover(*all, stored));
  }
}

TEST_CASE("the head of a file is its first text without mark and compression") {
  const scratch s;
  const std::string text = "name;place\nx;y\n";
  for (const std::string& stored :
       {text, "\xef\xbb\xbf" + text, compressed(text, vigie::io::compression::gzip)}) {
    const auto head = vigie::io::read_head(one_input(s.put("x", stored)), 10, {});
    REQUIRE(head);
    CHECK(*head == "name;place");
  }
  const auto all = vigie::io::read_head(one_input(s.put("x", "ab")), 10, {});
  REQUIRE(all);
  CHECK(*all == "ab");
}

TEST_CASE("the root digest is that of the split digests in order") {
  using vigie::io::sha256;
  const scratch s;
  const auto all = read_path(s.put("x", "a\nb\n"), {}, 2);
  REQUIRE(all);
  REQUIRE(all->digests.size() == 2);
  const auto a = sha256("a\n"), b = sha256("b\n");
  REQUIRE((a && b));
  std::string both(a->begin(), a->end());
  both.append(b->begin(), b->end());
  const auto root = vigie::io::root_digest(all->digests), expected = sha256(both);
  REQUIRE((root && expected));
  CHECK(*root == *expected);
}
