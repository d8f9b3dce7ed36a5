// SPDX-License-Identifier: Apache-2.0
// Data that break off, read with give_breaks: every whole record before the break comes, then one
// skipped record with the reason, and no byte is given twice or lost.
#include "io/system.hpp"
#include "scratch.hpp"
#include "tars.hpp"

#include <tuple>

using vigie::code;
using vigie::io::compression;
using vigie::io::read_options;
using vigie::io::record_mode;

namespace {

constexpr compression formats[] = {compression::gzip, compression::zstd, compression::bzip2,
                                   compression::xz};

struct told {
  std::string text;        // of whole records, members apart by their names
  std::int64_t end = 0;    // behind the last of them
  std::vector<code> codes; // of the skipped records
  std::int64_t offset = -1, length = -1;
  std::string rest; // bytes of the last skipped record, where they are at hand
  std::string message;
  bool complete_digest = false;
  bool after_the_break = false; // something came behind a skipped record
};

vigie::status take(vigie::io::split_reader& reader, told& to) {
  for (;;) {
    auto c = reader.next();
    if (!c) return c.error();
    if (!*c) return {};
    to.after_the_break |= !to.codes.empty();
    if (!(*c)->skipped) {
      to.text.append((*c)->data, (*c)->size);
      to.end = (*c)->offset + static_cast<std::int64_t>((*c)->size);
      continue;
    }
    const auto& s = *(*c)->skipped;
    to.codes.push_back(s.broken_by ? s.broken_by->code : code::row_too_long);
    to.offset = s.offset;
    to.length = s.length;
    if (s.broken_by) to.message = s.broken_by->message;
    if ((*c)->data != nullptr) to.rest.assign((*c)->data, (*c)->size);
  }
}

vigie::result<told> read(const std::string& path, read_options o, std::uint64_t split = 1U << 20U) {
  o.give_breaks = true;
  const auto in = one_input(path);
  auto splits = vigie::io::plan_splits(in, 0, split, o);
  if (!splits) return splits.error();
  auto reader = vigie::io::split_reader::open(in, splits->front(), o);
  if (!reader) return reader.error();
  told out;
  bool more = (*reader)->is_archive();
  while (more) {
    auto m = (*reader)->next_member();
    if (!m) return m.error();
    more = m->has_value();
    if (more) out.text += "[" + (*m)->name.substr((*m)->name.find('!') + 1) + "]";
    if (auto ok = take(**reader, out); !ok) return ok.error();
  }
  if (auto ok = take(**reader, out); !ok) return ok.error();
  const auto& d = (*reader)->digest();
  out.complete_digest = d && d->offset == 0 && d->length == in.facts.size &&
                        d->sha256 == *vigie::io::sha256(scratch::get(path));
  return out;
}

std::string lines(int count) {
  std::string out;
  std::mt19937 random(11);
  for (int i = 0; i < count; ++i) {
    out += std::to_string(i) + " ";
    for (auto n = random() % 30; n > 0; --n) out += static_cast<char>('a' + random() % 26);
    out += '\n';
  }
  return out;
}

bool is_a_break(code c) {
  return c == code::input_truncated || c == code::input_damaged || c == code::input_trailing;
}

} // namespace

TEST_CASE("lines cut at any stored byte come whole up to the break, which is told once") {
  const scratch s;
  const std::string text = lines(60);
  for (const compression c : formats) {
    const std::string stored = compressed(text.substr(0, 900), c) + compressed(text.substr(900), c);
    const std::size_t first = compressed(text.substr(0, 900), c).size();
    for (std::size_t size = 4; size < stored.size(); ++size) {
      if (size == first) continue; // a complete file
      CAPTURE(static_cast<int>(c), size);
      const std::string path = s.put("x", stored.substr(0, size));
      for (const std::size_t chunk : {std::size_t{1}, std::size_t{70}, std::size_t{1} << 19U}) {
        const auto got = read(path, {.chunk_bytes = chunk});
        REQUIRE(got);
        REQUIRE(got->codes.size() == 1);
        CHECK(is_a_break(got->codes[0]));
        CHECK_FALSE(got->after_the_break);
        CHECK((got->text.empty() || got->text.back() == '\n'));
        CHECK(got->rest.find('\n') == std::string::npos);
        CHECK(text.starts_with(got->text + got->rest));
        CHECK(got->offset == static_cast<std::int64_t>(got->text.size()));
        CHECK(got->length == static_cast<std::int64_t>(got->rest.size()));
        CHECK(got->complete_digest);
        if (size > first + 1) CHECK(got->text.size() + got->rest.size() >= 900);
      }
    }
  }
}

TEST_CASE("what is told does not depend on the sizes of chunks") {
  const scratch s;
  const std::string stored = compressed(lines(3000), compression::gzip);
  const std::string path = s.put("x", stored.substr(0, stored.size() / 2));
  const auto once = read(path, {});
  REQUIRE(once);
  CHECK(once->text.size() > 10'000);
  for (const std::size_t chunk : {1U, 7U, 64U, 1000U, 65536U}) {
    const auto again = read(path, {.chunk_bytes = chunk});
    REQUIRE(again);
    CHECK(std::tie(again->text, again->rest, again->offset, again->message) ==
          std::tie(once->text, once->rest, once->offset, once->message));
  }
}

TEST_CASE("a break names the fault and no path, which would tell where the run was made") {
  const scratch s;
  const std::string stored = compressed("one\ntwo\nthr", compression::gzip);
  const auto cut = read(s.put("x", stored.substr(0, stored.size() - 3)), {});
  REQUIRE(cut);
  CHECK(cut->message == "the gzip data end too early, after 11 decompressed bytes");
  const auto tail = read(s.put("x", compressed("one\n", compression::gzip) + "more"), {});
  REQUIRE(tail);
  CHECK(tail->text == "one\n");
  CHECK(tail->codes == std::vector<code>{code::input_trailing});
  CHECK(tail->length == 0);
  CHECK(tail->message == "other bytes follow the gzip data, after 4 decompressed bytes");
}

TEST_CASE("a wrong check sum is a break behind all lines") {
  const scratch s;
  std::string stored = compressed("one\ntwo\n", compression::gzip);
  stored[stored.size() - 8] = static_cast<char>(~stored[stored.size() - 8]);
  const auto got = read(s.put("x", stored), {});
  REQUIRE(got);
  CHECK(got->text == "one\ntwo\n");
  CHECK(got->codes == std::vector<code>{code::input_damaged});
  CHECK(got->offset == 8);
  CHECK(got->complete_digest);
}

TEST_CASE("bytes behind a break that nobody reads are part of the digest") {
  const scratch s;
  std::string stored = compressed(lines(20'000), compression::gzip);
  for (std::size_t i = 2000; i < 2100; ++i) stored[i] = '\xff';
  const auto got = read(s.put("x", stored), {});
  REQUIRE(got);
  REQUIRE(got->codes.size() == 1);
  CHECK(got->complete_digest);
}

TEST_CASE("a file that is one record and breaks off is no record") {
  const scratch s;
  const std::string stored = compressed(lines(40), compression::gzip);
  for (std::size_t size = 4; size < stored.size(); ++size) {
    CAPTURE(size);
    const auto got = read(s.put("x", stored.substr(0, size)), {.records = record_mode::file});
    REQUIRE(got);
    CHECK(got->text.empty());
    CHECK(got->codes == std::vector<code>{code::input_truncated});
    CHECK(got->offset == 0);
    CHECK(got->length == static_cast<std::int64_t>(got->rest.size()));
    CHECK(got->complete_digest);
  }
}

TEST_CASE("a record that is too long and breaks off is told once, as the break") {
  const scratch s;
  const std::string stored = compressed("ok\n" + std::string(500'000, 'x'), compression::gzip);
  const std::string path = s.put("x", stored.substr(0, stored.size() - 4));
  for (const std::size_t chunk : {std::size_t{16}, std::size_t{1} << 19U}) {
    const auto got = read(path, {.chunk_bytes = chunk, .max_record = 100});
    REQUIRE(got);
    CHECK(got->text == "ok\n");
    CHECK(got->codes == std::vector<code>{code::input_truncated});
    CHECK(got->offset == 3);
    CHECK(got->length == 500'000);
  }
  const std::string two = compressed(std::string(500'000, 'x') + "\nok\nen", compression::gzip);
  const auto both = read(s.put("x", two.substr(0, two.size() - 4)), {.max_record = 100});
  REQUIRE(both);
  CHECK(both->text == "ok\n");
  CHECK(both->codes == std::vector<code>{code::row_too_long, code::input_truncated});
}

TEST_CASE("text of another encoding comes up to the break") {
  const scratch s;
  std::string wide("\xff\xfe", 2);
  for (const char c : lines(50)) wide += {c, '\0'};
  const std::string stored = compressed(wide, compression::gzip);
  for (std::size_t size = 4; size < stored.size(); size += 3) {
    CAPTURE(size);
    const auto got = read(s.put("x", stored.substr(0, size)), {.encoding = "utf-16le"});
    REQUIRE(got);
    CHECK(got->codes == std::vector<code>{code::input_truncated});
    CHECK(lines(50).starts_with(got->text));
    CHECK((got->text.empty() || got->text.back() == '\n'));
  }
}

TEST_CASE("an archive cut anywhere gives its members up to the break, which is told once") {
  const scratch s;
  const std::string tar = tars::member({"a", "one\ntwo\n"}) + tars::pax("path", "bb") +
                          tars::member({"b", "three\n" + lines(30)}) + tars::member({"c", ""}) +
                          tars::end;
  const auto check = [&](const std::string& stored, std::size_t size) {
    CAPTURE(size);
    const auto got = read(s.put("x", stored.substr(0, size)), {});
    REQUIRE(got);
    CHECK(got->codes.size() == 1);
    CHECK_FALSE(got->after_the_break);
    CHECK(("[a]one\ntwo\n[bb]three\n" + lines(30) + "[c]").starts_with(got->text));
    CHECK((got->text.empty() || got->text.back() == '\n' || got->text.back() == ']'));
    CHECK(got->offset >= got->end);
    CHECK(got->complete_digest);
  };
  for (std::size_t size = 512; size < tar.size() - 512; ++size) check(tar, size);
  for (const compression c : formats) {
    const std::string stored = compressed(tar, c);
    for (std::size_t size = 0; size < stored.size(); ++size) {
      const auto got =
          read(s.put("x", stored.substr(0, size)), {.compression = compression::automatic});
      REQUIRE(got);
      if (!got->text.starts_with("[a]")) continue; // so short that no archive is seen
      check(stored, size);
    }
  }
}

TEST_CASE("a broken member of a sound archive costs that member alone") {
  const scratch s;
  const std::string inner = compressed("one\ntwo\nthr", compression::gzip);
  const std::string tar = tars::member({"a.gz", inner.substr(0, inner.size() - 4)}) +
                          tars::member({"b", "four\n"}) + tars::end;
  const auto got = read(s.put("x", tar), {});
  REQUIRE(got);
  CHECK(got->text == "[a.gz]one\ntwo\n[b]four\n");
  CHECK(got->codes == std::vector<code>{code::input_truncated});
  CHECK(got->length == 3);
  CHECK(got->complete_digest);
}

TEST_CASE("without give_breaks a break is an error as soon as it is met") {
  const scratch s;
  const std::string stored = compressed(lines(60), compression::gzip);
  const auto all = read_path(s.put("x", stored.substr(0, stored.size() - 4)));
  REQUIRE_FALSE(all);
  CHECK(all.error().code == code::input_truncated);
  CHECK(all.error().place.file == s.path("x"));
}

TEST_CASE("the head of a broken file is what can be read of it") {
  const scratch s;
  const std::string stored = compressed(lines(60), compression::gzip);
  for (std::size_t size = 4; size < stored.size(); size += 5) {
    const auto head = vigie::io::read_head(one_input(s.put("x", stored.substr(0, size))), 1000, {});
    REQUIRE(head);
    CHECK(lines(60).starts_with(*head));
  }
}
