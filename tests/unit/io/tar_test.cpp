// SPDX-License-Identifier: Apache-2.0
// Members of tar archives as inputs: what each form of header says, hostile names and numbers,
// archives cut anywhere, and the offsets that lead back to a member's bytes.
#include "io/excerpt.hpp"
#include "io/tar.hpp"
#include "scratch.hpp"
#include "tars.hpp"

using vigie::code;
using vigie::io::compression;
using vigie::io::read_options;

namespace {

using tars::end, tars::member, tars::padded, tars::pax;

struct archive_text {
  std::vector<std::pair<std::string, std::string>> members; // name behind "!", text
  std::vector<std::uint64_t> offsets;
  std::vector<std::string> heads;
  std::optional<vigie::io::split_digest> digest;
  std::pair<std::uint64_t, std::string> passed_over;
  std::string encoding;
};

vigie::result<archive_text> read_archive(const std::string& path, const read_options& o = {}) {
  const auto in = one_input(path);
  auto splits = vigie::io::plan_splits(in, 0, 1000, o);
  if (!splits) return splits.error();
  auto reader = vigie::io::split_reader::open(in, splits->front(), o);
  if (!reader) return reader.error();
  if (!(*reader)->is_archive()) return vigie::fail(code::internal, "no archive");
  CHECK(splits->size() == 1);
  archive_text out;
  for (;;) {
    auto m = (*reader)->next_member();
    if (!m) return m.error();
    if (!*m) break;
    std::string text;
    for (;;) {
      auto c = (*reader)->next();
      if (!c) return c.error();
      if (!*c) break;
      text.append((*c)->data, (*c)->size);
    }
    out.members.emplace_back((*m)->name.substr((*m)->name.find('!') + 1), text);
    out.offsets.push_back((*m)->offset);
    out.heads.push_back((*m)->head);
  }
  CHECK_FALSE((*reader)->next_member()->has_value());
  out.digest = (*reader)->digest();
  out.passed_over = (*reader)->passed_over();
  out.encoding = (*reader)->encoding();
  return out;
}

std::string names(const archive_text& a) {
  std::string out;
  for (const auto& [name, text] : a.members) out += (out.empty() ? "" : " ") + name + "=" + text;
  return out;
}

// "name=text name=text", or the code.
std::string read_bytes(const std::string& bytes, const read_options& o = {}) {
  const scratch s;
  const auto got = read_archive(s.put("x.tar", bytes), o);
  return got ? names(*got) : vigie::code_name(got.error().code);
}

} // namespace

TEST_CASE("members are read in their order, whatever the archive is compressed with") {
  const std::string tar = member({"a.txt", "one\n"}) + member({"empty", ""}) +
                          member({"dir/b.txt", std::string(600, 'b')}) + end;
  const scratch s;
  for (const compression c : {compression::none, compression::gzip, compression::zstd,
                              compression::bzip2, compression::xz}) {
    const std::string stored = c == compression::none ? tar : compressed(tar, c);
    const auto got = read_archive(s.put("x", stored));
    REQUIRE(got);
    CHECK(names(*got) == "a.txt=one\n empty= dir/b.txt=" + std::string(600, 'b'));
    CHECK(got->offsets == std::vector<std::uint64_t>{512, 1536, 2048});
    CHECK(got->heads[0] == "one\n");
    REQUIRE(got->digest);
    CHECK(got->digest->length == stored.size());
    CHECK(got->digest->sha256 == *vigie::io::sha256(stored));
  }
}

TEST_CASE("names come from prefixes, GNU long names and pax headers, and never lead anywhere") {
  CHECK(read_bytes(member({.name = "b", .bytes = "1", .prefix = "a/long"}) + end) == "a/long/b=1");
  const std::string longer(300, 'n');
  CHECK(read_bytes(member({.name = "././@LongLink", .bytes = longer + '\0', .type = 'L'}) +
                   member({"cut", "1"}) + member({"next", "2"}) + end) == longer + "=1 next=2");
  CHECK(read_bytes(pax("path", longer) + member({"cut", "1"}) + member({"next", "2"}) + end) ==
        longer + "=1 next=2");
  CHECK(read_bytes(pax("comment", "x", 'g') + member({"a", "1"}) + end) == "a=1");
  for (const char* name : {"/etc/passwd", "../../x", "a//b", "x/../y"})
    CHECK(read_bytes(member({name, "1"}) + end) == std::string(name) + "=1");
  CHECK(read_bytes(member({"./a", "1"}) + end) == "a=1");
  CHECK(read_bytes(member({"caf\xe9", "1"}) + end) == "caf\\xe9=1");
  CHECK(read_bytes(member({"a", "1"}) + member({"a", "2"}) + end) == "a=1 a=2");
}

TEST_CASE("sizes may be base-256 or stand in a pax header, and impossible ones are refused") {
  const std::string large("\x80\0\0\0\0\0\0\0\0\0\0\x03", 12);
  CHECK(read_bytes(member({.name = "a", .bytes = "abc", .size = large}) + end) == "a=abc");
  CHECK(read_bytes(pax("size", "2") + member({.name = "a", .bytes = "ab", .size = "00000000000"}) +
                   end) == "a=ab");
  for (const std::string& size :
       {std::string(12, '\xff'), std::string("00x"), std::string("-1"),
        std::string("\x80\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12)})
    CHECK(read_bytes(member({.name = "a", .bytes = "abc", .size = size}) + end) == "V0520");
  for (const char* size : {"-1", "", "99999999999999999999999", "1x"})
    CHECK(read_bytes(pax("size", size) + member({"a", "1"}) + end) == "V0520");
  CHECK(read_bytes(member({.name = "a", .bytes = "abc", .size = "77777777777"}) + end) == "V0521");
}

TEST_CASE("only regular files are read; what else an archive holds is counted and named") {
  const std::string tar =
      member({.name = "d/", .type = '5'}) + member({.name = "link", .type = '2'}) +
      member({.name = "hard", .type = '1', .size = "00000001000"}) +
      member({.name = "dev", .type = '3'}) + member({.name = "a", .bytes = "1", .type = '\0'}) +
      member({.name = "old/", .type = '\0'}) + member({.name = "b", .bytes = "2", .type = '7'}) +
      end;
  const scratch s;
  const auto got = read_archive(s.put("x", tar));
  REQUIRE(got);
  CHECK(names(*got) == "a=1 b=2");
  CHECK(got->passed_over == std::pair<std::uint64_t, std::string>(3, "link"));
}

TEST_CASE("what cannot be read in place is refused and told to be unpacked") {
  CHECK(read_bytes(member({.name = "s", .bytes = "1", .type = 'S'}) + end) == "V0522");
  CHECK(read_bytes(member({.name = "s", .bytes = "1", .type = 'M'}) + end) == "V0522");
  CHECK(read_bytes(pax("GNU.sparse.major", "1") + member({"s", "1"}) + end) == "V0522");
  CHECK(read_bytes(pax("path", "x", 'g') + member({"s", "1"}) + end) == "V0522");
  const std::string inner = member({"a", "1"}) + end;
  CHECK(read_bytes(member({"inner.tar", inner}) + end) == "V0522");
  CHECK(read_bytes(member({"inner.tar.gz", compressed(inner, compression::gzip)}) + end) ==
        "V0522");
  CHECK(read_bytes(member({.name = "x", .type = 'x', .size = "00010000000"}) + end) == "V0522");
}

TEST_CASE("an extended header that is no list of records is refused") {
  for (const char* records : {"5", "0 a=b\n", "99 a=b\n", "6 a=b", "7 abcd\n", "x a=b\n", " a=b\n"})
    CHECK(read_bytes(member({.name = "x", .bytes = records, .type = 'x'}) + member({"a", "1"}) +
                     end) == "V0520");
}

TEST_CASE("an archive cut at any block is refused, and never read as less") {
  const std::string tar = member({"a", "one\n"}) + member({"b", std::string(700, 'b')}) + end;
  const std::size_t closed = tar.size() - end.size() + 512; // one block of zeros closes it, too
  for (std::size_t size = 512; size < closed; size += 37) {
    INFO(size);
    CHECK(read_bytes(tar.substr(0, size)) == "V0521");
  }
  CHECK(read_bytes(tar.substr(0, closed)).starts_with("a=one"));
  CHECK(read_bytes(tar + std::string(9000, '\0')) == "V0521"); // no whole number of blocks
  CHECK(read_bytes(tar + std::string(10240, '\0')).starts_with("a=one"));
}

TEST_CASE("archives one behind the other are read to the end, and other bytes are refused") {
  const std::string one = member({"a", "1"}) + end, two = member({"b", "2"}) + end;
  CHECK(read_bytes(one + two) == "a=1 b=2");
  CHECK(read_bytes(one + std::string(512, 'x')) == "V0520");
  std::string bent = member({"a", "1"}) + member({"b", "2"}) + end;
  bent[1024 + 3] = 'x';
  CHECK(read_bytes(bent) == "V0520");
}

TEST_CASE("one changed byte anywhere never crashes, and never invents text") {
  const std::string tar =
      pax("path", "a/b") + member({"a", "one\n"}) + member({"b", "two\n"}) + end;
  for (std::size_t i = 0; i < tar.size(); i += 7) {
    std::string bent = tar;
    bent[i] = static_cast<char>(bent[i] ^ 0x31);
    const std::string got = read_bytes(bent);
    CHECK(got.size() < 200);
  }
}

TEST_CASE("members are decompressed and decoded each by itself, and offsets lead to their text") {
  const std::string utf16("\xff\xfe\x41\0\x0a\0\xe9\0\x0a\0", 10); // "A\né\n"
  const std::string tar = member({"a.gz", compressed("first\nsecond\n", compression::gzip)}) +
                          member({"b", utf16}) + member({"c", "\xef\xbb\xbfthird\n"}) + end;
  const scratch s;
  const std::string path = s.put("x.tar.xz", compressed(tar, compression::xz));
  const auto got = read_archive(path, {.encoding = "auto"});
  REQUIRE(got);
  CHECK(names(*got) == "a.gz=first\nsecond\n b=A\n\xc3\xa9\n c=third\n");
  CHECK(got->encoding == "auto");
  const auto text = [&](std::uint64_t offset, std::uint64_t length) {
    const auto e = vigie::io::read_excerpt(one_input(path), {}, offset, length, 100, 10);
    return e ? e->before + "[" + e->bytes + "]" + e->after : vigie::render(e.error());
  };
  CHECK(text(got->offsets[0] + 6, 6) == "first\n[second]\n");
  CHECK(text(got->offsets[1], 1) == "[A]\n\xc3\xa9\n");
  CHECK(text(got->offsets[2] + 3, 5) == "[third]\n");
}

TEST_CASE("records of members are apart, and a long one is skipped with its place") {
  const scratch s;
  const std::string tar =
      member({"a", "no newline"}) + member({"b", std::string(5000, 'x') + "\nshort\n"}) + end;
  const auto in = one_input(s.put("x.tar", tar));
  const read_options o{.max_record = 100};
  auto splits = vigie::io::plan_splits(in, 0, 1000, o);
  auto reader = vigie::io::split_reader::open(in, splits->front(), o);
  REQUIRE(reader);
  REQUIRE((*reader)->next_member()->has_value());
  REQUIRE((*reader)->next_member()->has_value()); // the first is not read at all
  auto skipped = (*reader)->next();
  REQUIRE(skipped);
  REQUIRE((*skipped)->skipped);
  CHECK((*skipped)->skipped->offset == 1536);
  CHECK((*skipped)->skipped->length == 5001);
  auto rest = (*reader)->next();
  REQUIRE(rest);
  CHECK(std::string((*rest)->data, (*rest)->size) == "short\n");
  CHECK((*rest)->offset == 1536 + 5001);
}

TEST_CASE("archives: none takes an archive as a file, and what only looks like one is a file") {
  const std::string tar = member({"a", "1"}) + end;
  const scratch s;
  const auto raw =
      read_path(s.put("x", tar), {.archives = vigie::io::archives::none, .encoding = "utf-8"});
  REQUIRE(raw);
  CHECK(raw->text == tar);
  std::string text(600, 'x');
  text.replace(257, 5, "ustar");
  CHECK_FALSE(vigie::io::is_tar(text));
  CHECK(read_path(s.put("x", text))->text == text);
  CHECK_FALSE(vigie::io::is_tar(tar.substr(0, 511)));
}
