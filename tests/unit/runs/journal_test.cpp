// SPDX-License-Identifier: Apache-2.0
#include "io/child.hpp"
#include "io/crash.hpp"
#include "io/faults.hpp"
#include "io/scratch.hpp"
#include "runs/journal.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <cerrno>

using vigie::code;
using vigie::io::call;
using vigie::runs::journal;

namespace {

using texts = std::vector<std::string>;

// The line of a record, written down apart from the code under test.
std::string line(int number, const std::string& json) {
  const std::string rest = std::to_string(number) + " " + json;
  const auto crc =
      ::crc32(0, reinterpret_cast<const Bytef*>(rest.data()), static_cast<uInt>(rest.size()));
  return fmt::format("{:08x} {}\n", crc, rest);
}

std::string lines(const texts& records) {
  std::string all;
  for (std::size_t i = 0; i < records.size(); ++i) all += line(static_cast<int>(i), records[i]);
  return all;
}

// The check sums of "00000000 " and of what looks like records stand in the records themselves.
const texts sample{R"({"run": "x"})", R"({"unit": 0, "text": "00000000 1 "})", "1",
                   R"({"unit": 2, "text": "0123abcd 2 {}"})", R"({"end": true})"};

bool is_damaged(const vigie::result<journal::content>& read, std::size_t offset) {
  return !read && read.error().code == code::run_journal_damaged &&
         read.error().place.offset == static_cast<std::int64_t>(offset);
}

} // namespace

TEST_CASE("a journal gives back what was appended, in lines of check sum, number and JSON") {
  const scratch s;
  const std::string path = s.path("run/.vigie/journal");
  {
    auto j = journal::create(path, sample[0]);
    REQUIRE(j);
    for (std::size_t i = 1; i < sample.size(); ++i) {
      REQUIRE(j->append(sample[i]));
      CHECK(s.get(path) == lines({sample.begin(), sample.begin() + static_cast<long>(i) + 1}));
    }
  }
  CHECK(s.names("run/.vigie") == texts{"journal"});
  CHECK(s.get(path).starts_with("2a0f325a 0 {\"run\": \"x\"}\n"));
  const auto read = journal::read(path);
  REQUIRE(read);
  CHECK(read->records == sample);
  CHECK(read->length == s.get(path).size());
  CHECK_FALSE(read->torn);
  auto again = journal::open(path, *read);
  REQUIRE(again);
  REQUIRE(again->append("more"));
  CHECK(s.get(path) == lines(sample) + line(5, "more"));
}

TEST_CASE("a journal cut at any byte reads as its whole records, and goes on from there") {
  const scratch s;
  const std::string all = lines(sample);
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    CAPTURE(cut);
    const std::string path = s.put("journal", all.substr(0, cut));
    const auto whole = static_cast<std::size_t>(
        std::count(all.begin(), all.begin() + static_cast<long>(cut), '\n'));
    const auto read = journal::read(path);
    if (whole == 0) {
      CHECK(is_damaged(read, 0));
      continue;
    }
    REQUIRE(read);
    const texts kept(sample.begin(), sample.begin() + static_cast<long>(whole));
    CHECK(read->records == kept);
    CHECK(read->length == lines(kept).size());
    CHECK(read->torn == (cut != read->length));
    auto again = journal::open(path, *read);
    REQUIRE(again);
    REQUIRE(again->append("more"));
    CHECK(s.get(path) == lines(kept) + line(static_cast<int>(whole), "more"));
  }
}

TEST_CASE("every flipped bit is found: in the last record it is torn, in others damage") {
  const scratch s;
  const std::string all = lines(sample);
  const texts kept(sample.begin(), sample.end() - 1);
  const std::size_t last = lines(kept).size();
  for (std::size_t bit = 0; bit < all.size() * 8; ++bit) {
    std::string flipped = all;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    const auto read = journal::read(s.put("journal", flipped));
    if (bit / 8 < last) {
      std::size_t start = all.rfind('\n', bit / 8 == 0 ? 0 : bit / 8 - 1);
      start = bit / 8 == 0 || start == std::string::npos ? 0 : start + 1;
      CHECK(is_damaged(read, start));
      continue;
    }
    REQUIRE(read);
    CHECK(read->records == kept);
    CHECK(read->length == last);
    CHECK(read->torn);
  }
}

TEST_CASE("records that are missing, repeated or out of order are damage") {
  const scratch s;
  const std::string a = line(0, "a");
  const std::string b = line(1, "b");
  const std::string c = line(2, "c");
  CHECK(is_damaged(journal::read(s.put("j", b + c)), 0));
  CHECK(is_damaged(journal::read(s.put("j", a + c + b)), a.size()));
  CHECK(is_damaged(journal::read(s.put("j", a + a + b)), a.size()));
  CHECK(is_damaged(journal::read(s.put("j", a + "\n" + b)), a.size()));
  CHECK(is_damaged(journal::read(s.put("j", a + "xx" + b)), a.size()));
  CHECK(is_damaged(journal::read(s.put("j", a + "x\n\n\ny\n" + c)), a.size()));
  CHECK(is_damaged(journal::read(s.put("j", a + std::string(5000, '\0') + b)), a.size()));
  // One alone at the end may be of a write that was not finished.
  const texts tails{c,
                    "\n",
                    "x\n",
                    "x\ny\n",
                    std::string(5000, '\0'),
                    "xx 00000000 ",
                    "xx 00000000 1 ",
                    "xx 00000000  1",
                    b.substr(0, b.size() - 1)};
  for (const std::string& tail : tails) {
    const auto read = journal::read(s.put("j", a + tail));
    CAPTURE(tail);
    REQUIRE(read);
    CHECK(read->records == texts{"a"});
    CHECK(read->length == a.size());
    CHECK(read->torn);
  }
}

TEST_CASE("a check sum that fits does not make a record of what is none") {
  const scratch s;
  const auto forged = [](const std::string& rest) {
    const auto crc =
        ::crc32(0, reinterpret_cast<const Bytef*>(rest.data()), static_cast<uInt>(rest.size()));
    return fmt::format("{:08x} {}\n", crc, rest);
  };
  for (const char* rest :
       {"", "0", "0 ", "00 x", "+0 x", " 0 x", "-0 x", "0\tx", "18446744073709551616 x"}) {
    CAPTURE(rest);
    CHECK(is_damaged(journal::read(s.put("j", forged(rest))), 0));
  }
  CHECK(journal::read(s.put("j", forged("0 x"))));
  std::string upper = line(0, "a");
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  CHECK(is_damaged(journal::read(s.put("j", upper)), 0));
}

TEST_CASE("a hostile journal is read in a time that grows with its size alone") {
  const scratch s;
  std::string tail;
  for (int i = 0; i < 200'000; ++i) tail += "0123abcd 1 ";
  const auto read = journal::read(s.put("j", line(0, "a") + tail));
  REQUIRE(read);
  CHECK(read->torn);
  CHECK(is_damaged(journal::read(s.put("j", line(0, "a") + tail + line(1, "b"))),
                   line(0, "a").size()));
}

TEST_CASE("what is no journal is told") {
  const scratch s;
  CHECK(journal::read(s.path("none")).error().code == code::input_not_found);
  CHECK(journal::read(s.path()).error().code == code::input_is_folder);
  CHECK(is_damaged(journal::read(s.put("empty", "")), 0));
  const auto text = journal::read(s.put("text", "no journal\nat all\n"));
  CHECK(is_damaged(text, 0));
  CHECK_FALSE(text.error().hint.empty());
  journal::content longer;
  longer.records = {"a"};
  longer.length = line(0, "a").size();
  CHECK(journal::open(s.put("j", "short"), longer).error().code == code::run_file_truncated);
  CHECK(s.get(s.path("j")) == "short");
}

TEST_CASE("a record that is no single line or too large is refused, and the journal goes on") {
  const scratch s;
  for (const std::string& bad :
       {std::string(), std::string("a\nb"), std::string((64U << 20U) + 1, 'x')}) {
    CHECK(journal::create(s.path("bad"), bad).error().code == code::internal);
    auto j = journal::create(s.path("j"), "a");
    REQUIRE(j);
    CHECK(j->append(bad).error().code == code::internal);
    REQUIRE(j->append("b"));
    CHECK(journal::read(s.path("j"))->records == texts{"a", "b"});
  }
  CHECK(s.names() == texts{"j"});
  auto j = journal::create(s.path("j"), "a");
  REQUIRE(j->append(std::string(64U << 20U, 'x')));
  CHECK(journal::read(s.path("j"))->records.at(1).size() == 64U << 20U);
}

TEST_CASE("after a call that failed a journal takes no more, and what it holds reads") {
  for (const call kind : {call::write, call::fsync})
    for (const int error : {EIO, 0}) {
      if (kind == call::fsync && error == 0) continue;
      const scratch s;
      auto j = journal::create(s.path("j"), "a");
      REQUIRE(j);
      // The first write does half of its bytes, the second fails.
      vigie::io::faulty_system faulty(
          vigie::io::sys(),
          error == 0 ? std::vector<vigie::io::fault>{{.kind = kind, .nth = 1, .error = 0},
                                                     {.kind = kind, .nth = 2, .error = ENOSPC}}
                     : std::vector<vigie::io::fault>{{.kind = kind, .nth = 1, .error = error}});
      const vigie::io::system_guard guard(faulty);
      const vigie::status failed = j->append("b");
      REQUIRE_FALSE(failed);
      CHECK(j->append("c").error().code == failed.error().code);
      const auto read = journal::read(s.path("j"));
      REQUIRE(read);
      CHECK(read->records.at(0) == "a");
      CHECK(read->torn == (error == 0));
      CHECK(read->records.size() == (kind == call::fsync ? 2U : 1U));
    }
}

TEST_CASE("a journal has places to die before and after each record") {
  const auto work = [](const scratch& s) {
    if (!vigie::io::install_crash_points_from_environment()) return 9;
    auto j = journal::create(s.path("j"), "a");
    return j && j->append("b") && j->append("c") ? 0 : 1;
  };
  const scratch s;
  CHECK(tests::exited(
      tests::in_child({{"VIGIE_CRASH_LOG", s.path("log")}}, [&] { return work(s); })));
  const std::string log = s.get(s.path("log"));
  CHECK(log == "journal.create.before:1\noutput.create.before:1\noutput.create.after:1\n"
               "output.finish.before:1\noutput.finish.after:1\noutput.rename.before:1\n"
               "output.rename.after:1\njournal.create.after:1\njournal.append.before:1\n"
               "journal.append.after:1\njournal.append.before:2\njournal.append.after:2\n");
  const std::pair<const char*, texts> cases[] = {
      {"journal.create.before:1", {}},         {"output.rename.before:1", {}},
      {"output.rename.after:1", {"a"}},        {"journal.create.after:1", {"a"}},
      {"journal.append.before:1", {"a"}},      {"journal.append.after:1", {"a", "b"}},
      {"journal.append.before:2", {"a", "b"}}, {"journal.append.after:2", {"a", "b", "c"}}};
  for (const auto& [point, records] : cases) {
    const scratch dying;
    CAPTURE(point);
    CHECK(tests::killed(tests::in_child({{"VIGIE_CRASH_AT", point}}, [&] { return work(dying); })));
    CHECK(std::filesystem::exists(dying.path("j")) == !records.empty());
    if (!records.empty()) CHECK(journal::read(dying.path("j"))->records == records);
  }
}
