// SPDX-License-Identifier: Apache-2.0
// core.read_csv against a reader of one byte after the other, on random and hostile inputs.
#include "catch.hpp"
#include "csv_corpus.hpp"
#include "csv_support.hpp"
#include "random_cells.hpp"
#include "write_csv.hpp"

#include <random>
#include <set>

using vigie::core::csv_dialect;
using vigie::core::guess_record_end;
using vigie::core::read_csv;
using vigie::core::tests::apply;
using vigie::core::tests::csv_case;
using vigie::core::tests::csv_outcome;
using vigie::core::tests::csv_run;
using vigie::core::tests::escaped;

namespace {

struct reference {
  std::vector<std::string> rows;
  std::vector<csv_outcome::place> row_places, error_places;
  std::vector<std::size_t> ends; // of records
};

// Records of two fields without a header, commas and doubled quotes, by a machine of five states.
class machine {
public:
  static reference read(std::string_view bytes, bool lax) {
    machine m(bytes, lax);
    for (std::size_t at = 0; at < bytes.size(); ++at) m.take(at);
    if (m.begin_ < bytes.size()) m.record(bytes.size());
    return m.out_;
  }

private:
  enum class state { begin, plain, quoted, closed, odd };
  machine(std::string_view bytes, bool lax) : bytes_(bytes), lax_(lax) {}

  void take(std::size_t at) {
    const char c = bytes_[at];
    if (state_ == state::quoted) {
      if (c == '"')
        state_ = state::closed;
      else
        text_ += c;
      return;
    }
    if (c == '"' && state_ == state::closed) {
      text_ += c;
      state_ = state::quoted;
    } else if (c == '"' && state_ == state::begin) {
      quoted_ = true;
      state_ = state::quoted;
    } else if (c == ',') {
      field();
    } else if (c == '\n') {
      record(at);
      out_.ends.push_back(at + 1);
      begin_ = at + 1;
    } else {
      other(at);
    }
  }
  void other(std::size_t at) {
    const char c = bytes_[at];
    const bool last_return = c == '\r' && (at + 1 == bytes_.size() || bytes_[at + 1] == '\n');
    if (state_ == state::closed && last_return) return;
    if (state_ == state::closed) {
      bad_ = true;
      state_ = state::odd;
    } else if (state_ == state::begin) {
      state_ = state::plain;
    }
    if (c == '"' && !lax_ && state_ == state::plain) bad_ = true;
    if (state_ == state::plain) text_ += c;
  }
  void field() {
    fields_.push_back(!quoted_ && text_.empty() ? "-" : escaped(text_));
    text_.clear();
    quoted_ = false;
    state_ = state::begin;
  }
  void record(std::size_t end) {
    bad_ = bad_ || state_ == state::quoted;
    const bool empty = fields_.empty() && !quoted_ && (text_.empty() || text_ == "\r");
    if (!quoted_ && text_.ends_with('\r')) text_.pop_back();
    field();
    if (end > begin_ && bytes_[end - 1] == '\r') --end;
    const csv_outcome::place place{static_cast<std::int64_t>(begin_),
                                   static_cast<std::int64_t>(end - begin_)};
    const bool utf8 = vigie::core::tests::is_utf8(bytes_.substr(begin_, end - begin_));
    if (!empty) {
      const bool good = utf8 && !bad_ && fields_.size() == 2;
      (good ? out_.row_places : out_.error_places).push_back(place);
      if (good) out_.rows.push_back(fields_[0] + " " + fields_[1]);
    }
    fields_.clear();
    bad_ = false;
  }

  std::string_view bytes_;
  bool lax_;
  state state_ = state::begin;
  std::size_t begin_ = 0;
  std::string text_;
  bool quoted_ = false, bad_ = false;
  std::vector<std::string> fields_;
  reference out_;
};

csv_outcome read(const std::string& bytes, bool lax, const std::vector<std::size_t>& cuts,
                 std::size_t chunk_bytes) {
  const csv_case c{.with = std::string("header=no") + (lax ? " quotes=lax" : ""), .columns = "a b"};
  return csv_run([&](read_csv& r) { apply(r, c); }).read(bytes, cuts, chunk_bytes);
}

void check_same(const std::string& bytes, bool lax, std::size_t chunk_bytes) {
  const reference expected = machine::read(bytes, lax);
  const csv_outcome out = read(bytes, lax, {}, chunk_bytes);
  if (out.rows == expected.rows && out.row_places == expected.row_places &&
      out.error_places == expected.error_places)
    return;
  INFO(escaped(bytes));
  CHECK(out.rows == expected.rows);
  CHECK(out.errors.size() == expected.error_places.size());
  FAIL("places differ");
}

class source {
public:
  explicit source(std::uint64_t seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  std::string bytes(std::size_t n, std::string_view alphabet) {
    std::string out;
    for (; n > 0; --n) out += alphabet[below(alphabet.size())];
    return out;
  }
  // A well-formed field; `long_text` ones hold line breaks, delimiters and quotes.
  std::string field() {
    if (below(3) != 0) return bytes(below(9), "abc 0123456789.:");
    std::string out = "\"";
    for (std::size_t n = below(30); n > 0; --n) {
      static const std::array<std::string, 8> parts{"a",    "word ", ",",        "\n",
                                                    "\r\n", "\"\"",  "\xC3\xA9", ", \n"};
      out += parts[below(parts.size())];
    }
    return out + "\"";
  }
  std::string records(std::size_t n) {
    std::string out;
    for (; n > 0; --n) out += field() + "," + field() + (below(2) == 0 ? "\n" : "\r\n");
    return out;
  }

private:
  std::mt19937_64 random_;
};

} // namespace

TEST_CASE("random bytes are read as by a machine of one byte after the other") {
  source random(41);
  constexpr std::string_view few = ",\"\n", some = ",,\"\"\n\r\n1a\xC3\xA9",
                             all = ",\"\n\r ab\xC3\xA9\xFF;\\#";
  for (int round = 0; round < 6'000; ++round) {
    const std::string_view alphabet = round % 3 == 0 ? few : round % 3 == 1 ? some : all;
    const std::string bytes = random.bytes(random.below(round % 50 == 0 ? 400 : 90), alphabet);
    check_same(bytes, round % 2 == 0, 1 << 19);
    check_same(bytes, round % 2 == 0, 1 + random.below(100));
  }
}

TEST_CASE("good files with bytes changed are read as by the machine") {
  source random(42);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = random.records(1 + random.below(60));
    for (std::size_t n = random.below(4); n > 0; --n)
      bytes[random.below(bytes.size())] = random.bytes(1, ",\"\n\rx\xFF")[0];
    check_same(bytes, false, 1 << 19);
    check_same(bytes, false, 64 + random.below(500));
  }
}

TEST_CASE("files of several windows are read as by the machine") {
  source random(43);
  std::string bytes = random.records(9'000);
  REQUIRE(bytes.size() > 200'000);
  check_same(bytes, false, 1 << 19);
  check_same(bytes, false, 70'000);
  bytes[bytes.size() / 2] = '"';
  check_same(bytes, false, 1 << 19);
}

TEST_CASE("the baseline index is the one chosen for this processor") {
  source random(44);
  for (int round = 0; round < 500; ++round) {
    std::string bytes =
        random.bytes(random.below(500), round % 2 == 0 ? ",\"\n\r" : ",\"\nabcdefgh");
    const std::size_t size = bytes.size();
    bytes.append(64, '\0');
    vigie::core::csv_index a, b;
    vigie::core::csv_scan_state sa, sb;
    csv_dialect d;
    d.quoted_newlines = round % 4 < 2;
    a.reserve(size);
    b.reserve(size);
    vigie::core::csv_indexer()(bytes.data(), 0, size, d, sa, a);
    vigie::core::csv_indexer_baseline()(bytes.data(), 0, size, d, sb, b);
    REQUIRE(a.size == b.size);
    REQUIRE(std::equal(a.places.begin(), a.places.begin() + static_cast<std::ptrdiff_t>(a.size),
                       b.places.begin()));
    REQUIRE(a.records == b.records);
    REQUIRE((sa.odd != 0) == (sb.odd != 0));
    REQUIRE(sa.inside == sb.inside);
  }
}

TEST_CASE("every cut of a file with line breaks in its fields gives the rows of one split") {
  source random(45);
  for (int round = 0; round < 6; ++round) {
    const std::string bytes = random.records(150);
    const csv_outcome whole = read(bytes, false, {}, 1 << 19);
    CHECK(whole.errors.empty());
    std::size_t unsure = 0;
    for (std::size_t cut = 1; cut < bytes.size(); cut += 1 + random.below(5)) {
      if (guess_record_end(std::string_view(bytes).substr(cut - 1), {}) < 0) ++unsure;
      if (read(bytes, false, {cut}, 1 << 19) != whole) FAIL_CHECK("cut at " << cut);
    }
    CHECK(unsure * 10 < bytes.size() / 3); // most cuts are made, not put off to the end
  }
}

TEST_CASE("a border is guessed right within fields of all kinds, and next to malformed records") {
  const std::string inside = "one, two\nthree \"\"four\"\"\nfive,\n";
  std::string bytes;
  for (int i = 0; i < 40; ++i)
    bytes +=
        std::to_string(i) + ",\"" + inside + "\",\"x\"\n" + (i % 10 == 3 ? "5\" disk,,\n" : "");
  std::set<std::size_t> ends;
  for (std::size_t at = 0; at < bytes.size(); ends.insert(at))
    at += static_cast<std::size_t>(
        vigie::core::first_record_end(std::string_view(bytes).substr(at), {}));
  std::size_t first = 0, guessed = 0;
  for (std::size_t from = 0; from + 300 < bytes.size(); ++from, ++guessed) {
    const std::int64_t end = guess_record_end(std::string_view(bytes).substr(from), {});
    const std::size_t place = from + static_cast<std::size_t>(end);
    if (end < 0 || !ends.contains(place)) FAIL_CHECK("from " << from << " to " << end);
    if (place == *ends.upper_bound(from)) ++first;
  }
  CHECK(first + 10 > guessed); // at a malformed record it may be a later one
}

TEST_CASE("without a quote far and wide a cut lies outside quotes") {
  const std::string lines(vigie::core::csv_guess_bytes, 'x');
  CHECK(guess_record_end("a,b\nc,d\n", {}) == -1); // more must be seen
  CHECK(guess_record_end("a,b\n" + lines, {}) == 4);
  CHECK(guess_record_end("a,b" + lines, {}) == -1);
}

TEST_CASE("a cut within quotes that nothing shows is reported, not silent") {
  std::string bytes = "a,\"";
  for (std::size_t i = 0; i < vigie::core::csv_guess_bytes / 8; ++i) bytes += "line, x\nline, y\n";
  bytes += "\"\nb,c\n";
  const csv_outcome whole = read(bytes, false, {}, 1 << 19);
  CHECK((whole.rows.size() == 2 && whole.errors.empty()));
  const csv_outcome cut = read(bytes, false, {100}, 1 << 19);
  REQUIRE_FALSE(cut.errors.empty());
  CHECK(cut.errors[0].find("larger --split") != std::string::npos);
  CHECK(cut.errors[0].find("newlines: none") != std::string::npos);
}

TEST_CASE("ten thousand columns are read, and one too many is an error") {
  std::string header, line;
  for (int i = 0; i < 10'000; ++i) {
    header += (i > 0 ? "," : "") + ("c" + std::to_string(i));
    line += (i > 0 ? "," : "") + std::to_string(i);
  }
  const std::string bytes = header + "\n" + line + "\n" + line + ",\n" + line + "\n";
  const csv_case c{.columns = "c9999:int c0:int c5000:int"};
  csv_run run([&](read_csv& r) { apply(r, c); });
  const csv_outcome out = run.read(bytes);
  CHECK(out.rows == std::vector<std::string>{"9999 0 5000", "9999 0 5000"});
  REQUIRE(out.errors.size() == 1);
  CHECK(out.errors[0].find("found 10001 fields; expected 10000") != std::string::npos);
  CHECK(run.read(bytes, {header.size() + 10}, 1000) == out);
}

TEST_CASE("a record of a million fields is counted") {
  const std::string many(1'000'000, ',');
  for (const char* with : {"header=no", "header=no escape=\\\\"}) {
    const csv_case c{.with = with, .columns = "a b"};
    const csv_outcome out =
        csv_run([&](read_csv& r) { apply(r, c); }).read("1,2\n" + many + "\n3,4\n", {}, 1 << 21);
    CHECK(out.rows.size() == 2);
    REQUIRE(out.errors.size() == 1);
    CHECK(out.errors[0].find("found 1000001 fields; expected 2") != std::string::npos);
  }
}

TEST_CASE("a header beyond 64 KiB is known to the first split alone, and the others say so") {
  std::string header;
  for (int i = 0; i < 10'000; ++i) header += (i > 0 ? ",column_" : "column_") + std::to_string(i);
  std::string bytes = header + "\n";
  for (int i = 0; i < 60; ++i) bytes += std::string(9'999, ',') + "\n";
  const csv_case c{.columns = "column_9999"};
  csv_run run([&](read_csv& r) { apply(r, c); });
  CHECK(run.read(bytes).rows.size() == 60);
  CHECK(run.read(bytes, {header.size() + 20'000}).thrown.find("larger than the file") !=
        std::string::npos);
}

TEST_CASE("batches of many rows are cut without loss") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 40'000; ++i) bytes += std::to_string(i) + (i == 20'000 ? "x,\n" : ",\n");
  const csv_case c{.columns = "a:int b"};
  csv_run run([&](read_csv& r) { apply(r, c); });
  const csv_outcome out = run.read(bytes);
  CHECK(out.rows.size() == 39'999);
  CHECK(out.rows.back() == "39999 -");
  CHECK(out.errors.size() == 1);
}

namespace {

// The table's cells as csv_run shows them.
std::vector<std::string> shown_rows(const vigie::testing::table& t) {
  std::vector<std::int32_t> all;
  for (std::size_t i = 0; i < t.fields.size(); ++i) all.push_back(static_cast<std::int32_t>(i));
  ArrowArray a{};
  vigie::testing::make(t, all, 0, t.rows.size(), &a);
  const vigie::batch b(t.fields, &a);
  std::vector<std::string> rows;
  for (std::int64_t i = 0; i < b.size(); ++i) {
    std::string& row = rows.emplace_back();
    for (const vigie::column& c : b.columns())
      row += (row.empty() ? "" : " ") + vigie::core::tests::shown(c, i);
  }
  return rows;
}

struct columns_of_kinds {
  vigie::schema fields;
  std::string columns; // as csv_case has them
};

std::vector<columns_of_kinds> round_trips() {
  using vigie::kind;
  const columns_of_kinds all{
      {{"a"},
       {"i", kind::int64},
       {"u", kind::uint64},
       {"r", kind::float64},
       {"b", kind::boolean},
       {"d", kind::date},
       {"t", kind::timestamp},
       {.name = "s", .kind = kind::uint32, .extension = vigie::ipv4_extension},
       {.name = "p", .kind = kind::fixed_binary, .width = 16, .extension = vigie::ip_extension},
       {.name = "m", .kind = kind::int64, .extension = vigie::decimal_extension(4)},
       {"z"}},
      "a i:int u:uint r:real b:bool d:date t:timestamp s:ipv4 p:ip m:decimal:4 z"};
  return {all, {{{"a"}}, "a"}, {{{"i", kind::int64}}, "i:int"}};
}

} // namespace

TEST_CASE("what write_csv writes, read_csv reads") {
  vigie::core::tests::random_cells random(46);
  for (const columns_of_kinds& kinds : round_trips()) {
    for (const std::string delimiter : {",", ";", "\t", "1", "-"}) {
      const vigie::testing::table t = random.table(kinds.fields, 400);
      vigie::testing::harness<vigie::core::write_csv> writer;
      writer.component().delimiter = delimiter;
      writer.component().newline = delimiter == ";" ? "crlf" : "lf";
      writer.component().quote = delimiter == "\t" ? "all" : "needed";
      const std::string bytes = writer.encode(t, 7);
      const csv_case c{.with = "delimiter=" + (delimiter == "\t" ? "\\t" : delimiter),
                       .columns = kinds.columns};
      csv_run run([&](read_csv& r) { apply(r, c); });
      const csv_outcome out = run.read(bytes);
      CHECK(out.errors.empty());
      CHECK(out.rows == shown_rows(t));
      CHECK(run.read(bytes, {bytes.size() / 3, bytes.size() / 2}, 1000) == out);
    }
  }
}
