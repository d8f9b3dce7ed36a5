// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "common/civil/civil.hpp"
#include "deflated.hpp"
#include "html/warc.hpp"
#include "readers/read_html.hpp"
#include "readers/read_warc.hpp"

#include <vigie/testing.hpp>

using vigie::press::read_html;
using vigie::press::read_warc;
using vigie::press::test::deflated;
using vigie::press::test::gzipped;
using vigie::press::test::raw_window;
using vigie::press::test::zlib_window;
using vigie::testing::cell;
using vigie::testing::harness;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string record(const std::string& type, const std::string& block,
                   const std::string& more = {}) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\n" + more +
         "WARC-Target-URI: http://fanal.example/a\r\nWARC-Date: 2016-04-02T10:00:00Z\r\n"
         "Content-Length: " +
         std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string response(const std::string& body, const std::string& fields = {}) {
  return record("response", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n" +
                                fields + "\r\n" + body);
}

vigie::testing::outcome read(std::string_view bytes) {
  harness<read_warc> h;
  return h.decode(bytes, {}, "crawl/a.warc");
}

std::string html_of(const vigie::testing::outcome& out, std::size_t row = 0) {
  REQUIRE(out.rows.size() > row);
  return std::get<std::string>(out.rows[row][1].value);
}

} // namespace

TEST_CASE("a saved page is a row of its bytes") {
  harness<read_html> h;
  const auto out = h.decode("<p>caf\xE9", {}, "pages/a.html");
  REQUIRE(out.rows.size() == 1);
  CHECK(out.rows[0] == vigie::testing::row{"pages/a.html", "<p>caf\xE9", nullptr, nullptr});
  CHECK(out.spans[0].length == 7);
}

TEST_CASE("an empty file is no page") {
  harness<read_html> h;
  const auto out = h.decode("", {}, "pages/a.html");
  CHECK(out.rows.empty());
  REQUIRE(out.rejects.size() == 1);
  CHECK(has(out.rejects[0].why, "empty"));
}

TEST_CASE("a response is a row with address, charset and time; other records are passed over") {
  const std::string file =
      record("warcinfo", "software: x") + response("<p>un") +
      record("request", "GET / HTTP/1.1\r\n\r\n") +
      record("resource", "<p>deux", "Content-Type: text/html\r\n") +
      record("resource", "GIF89a", "Content-Type: image/gif\r\n") +
      record("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>non");
  const auto out = read(file);
  CHECK(out.rejects.empty());
  REQUIRE(out.rows.size() == 2);
  CHECK(out.rows[0] == vigie::testing::row{"crawl/a.warc", "<p>un", "http://fanal.example/a",
                                           "ISO-8859-1",
                                           *vigie::civil::parse_timestamp("2016-04-02T10:00:00Z")});
  CHECK(html_of(out, 1) == "<p>deux");
  CHECK(out.spans[0].offset == static_cast<std::int64_t>(file.find("<p>un")));
  CHECK(out.spans[0].length == 5);
  CHECK(out.spans[1].offset == static_cast<std::int64_t>(file.find("<p>deux")));
  CHECK(out.spans[1].length == 7);
}

TEST_CASE("a page that was unpacked stands where its record does, and never looks like its bytes") {
  const std::string before = record("warcinfo", "software: x");
  const std::string packed = response("5\r\n<p>un\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n");
  const auto out = read(before + packed);
  CHECK(html_of(out) == "<p>un");
  CHECK(out.spans[0].offset == static_cast<std::int64_t>(before.size()));
  CHECK(out.spans[0].length == static_cast<std::int32_t>(packed.size()));
  // Compressed pages of every size about that of their record: one has the very same.
  int same = 0;
  for (std::size_t n = 0; n < 400; ++n) {
    const std::string page = "<p>" + std::string(n, 'a');
    const std::string whole =
        response(deflated(page, zlib_window), "Content-Encoding: deflate\r\n");
    const auto one = read(whole);
    REQUIRE(html_of(one) == page);
    CHECK(one.spans[0].length != static_cast<std::int32_t>(page.size()));
    same += whole.size() == page.size() ? 1 : 0;
  }
  CHECK(same > 0);
}

TEST_CASE("a page that holds what looks like a record is one page, and no border lies in it") {
  const std::string inner = response("<p>faux") + response("<p>faux aussi");
  const std::string file = response("<pre>\r\n" + inner + "</pre>") + response("<p>vrai");
  const auto out = read(file);
  CHECK(out.rejects.empty());
  REQUIRE(out.rows.size() == 2);
  CHECK(html_of(out) == "<pre>\r\n" + inner + "</pre>");
  CHECK(html_of(out, 1) == "<p>vrai");
  const read_warc reader;
  CHECK((reader.form() & VIGIE_RECORDS_UNCUT) != 0);
  for (std::size_t n = 1; n < file.size(); n += 5)
    CHECK(reader.border(std::string_view(file).substr(n), false) == -1);
}

TEST_CASE("chunked transfer and compression are undone, in this order") {
  const std::string page = "<p>" + std::string(5000, 'a') + "</p>";
  const std::string gzip = gzipped(page);
  std::string chunked;
  for (std::size_t at = 0; at < gzip.size(); at += 16) {
    const std::string part = gzip.substr(at, 16);
    char size[16];
    std::snprintf(size, sizeof size, "%zx;ext=1\r\n", part.size());
    chunked += size + part + "\r\n";
  }
  CHECK(html_of(read(response(chunked + "0\r\n\r\n",
                              "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"))) ==
        page);
  CHECK(html_of(read(response(deflated(page, zlib_window), "Content-Encoding: deflate\r\n"))) ==
        page);
  CHECK(html_of(read(response(deflated(page, raw_window), "Content-Encoding: deflate\r\n"))) ==
        page);
}

TEST_CASE("a body that only claims to be chunked or compressed is taken as it stands") {
  CHECK(html_of(read(response(
            "<p>a", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"))) == "<p>a");
  CHECK(html_of(read(response("<p>a", "Content-Encoding: deflate\r\n"))) == "<p>a");
}

TEST_CASE("bodies that cannot be read are rejected, and the next record is read") {
  const std::string cut = gzipped("<p>" + std::string(5000, 'a')).substr(0, 20);
  const struct {
    std::string bytes, why;
  } cases[] = {
      {response("<p>", "Content-Encoding: br\r\n"), "'br'"},
      {response(cut, "Content-Encoding: gzip\r\n"), "cut short"},
      {response("5\r\nabc", "Transfer-Encoding: chunked\r\n"), "within a chunk of 5"},
      {response("3\r\nabc\r\nzz\r\n", "Transfer-Encoding: chunked\r\n"), "breaks off after 3"},
      {record("response", "no header"), "holds no HTTP response"},
  };
  for (const auto& c : cases) {
    const auto out = read(c.bytes + response("<p>suite"));
    REQUIRE(out.rejects.size() == 1);
    CHECK(has(out.rejects[0].why, c.why));
    CHECK(html_of(out) == "<p>suite");
  }
}

TEST_CASE("malformed records are rejected with their reason, and reading goes on behind them") {
  const std::string good = response("<p>suite");
  std::string no_length = good, long_length = good;
  no_length.replace(no_length.find("Content-Length"), 14, "Content-Langth");
  long_length.insert(long_length.find("Content-Length: ") + 16, "9");
  const struct {
    std::string bytes, why;
  } cases[] = {
      {no_length, "Content-Length ''"},
      {long_length, "cut short"},
      {"garbage\r\n", "found 'garbage"},
      {"WARC/1.0\r\nWARC-Type: response\r\n", "within its header"},
      {record("response", "x").insert(0, ""), "holds no HTTP response"},
  };
  for (const auto& c : cases) {
    const auto out = read(c.bytes + good);
    INFO(c.why);
    REQUIRE(out.rejects.size() == 1);
    CHECK(has(out.rejects[0].why, c.why));
    CHECK(html_of(out) == "<p>suite");
  }
  const auto cut = read(good.substr(0, good.size() - 6));
  REQUIRE(cut.rejects.size() == 1);
  CHECK(has(cut.rejects[0].why, "cut short"));
}

TEST_CASE("behind a broken record only what is a record to its end is believed") {
  const std::string head = "WARC/1.0\r\nWARC-Type: response\r\n";
  const std::string quoted[] = {
      "WARC/1.0\r\nWARC-Type: response\r\nthe rest of a tutorial",
      head + "Content-Length: 12\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>quoted</p>",
      head + "Content-Length: 99999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>quoted</p>\r\n\r\n",
      head + "Content-Length: 99999999999999999999\r\n\r\n<p>quoted</p>\r\n\r\n",
      head + "Content-Length: many\r\n\r\n<p>quoted</p>\r\n\r\n",
      "WARC/1.0\r\nWARC-Date: 2016\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
      "WARC/1.0 is a format\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
      "WARC/1.x\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
  };
  for (const std::string& text : quoted) {
    std::string broken = response("<pre>\r\n" + text + "\r\n</pre>");
    broken.replace(broken.find("Content-Length"), 14, "Content-Langth");
    INFO(text);
    const auto out = read(broken + response("<p>suite"));
    REQUIRE(out.rejects.size() == 1);
    CHECK(out.rejects[0].where.length == static_cast<std::int32_t>(broken.size()));
    REQUIRE(out.rows.size() == 1);
    CHECK(html_of(out) == "<p>suite");
  }
}

TEST_CASE("records of tools that end lines with LF alone are found behind a broken one") {
  std::string good = "WARC/1.1\nWARC-Type: resource\nContent-Type: text/html\n"
                     "Content-Length: 8\n\n<p>suite\n\n";
  const auto out = read("rubbish\n" + good + good);
  CHECK(out.rejects.size() == 1);
  CHECK(out.rows.size() == 2);
}

TEST_CASE("where a broken record ends does not depend on how much of the archive is in view") {
  const std::string fake =
      "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 300\r\n\r\n<p>quoted\r\n\r\n";
  const std::string broken = "rubbish\r\n" + fake + "WARC/1.0\r\n";
  const std::string file = broken + response("<p>un") + response("<p>deux") + response("<p>trois");
  const read_warc reader;
  for (std::size_t n = 1; n <= file.size(); ++n) {
    const std::int64_t border = reader.border(std::string_view(file).substr(0, n), true);
    CAPTURE(n, border);
    CHECK((border == -1 || border == static_cast<std::int64_t>(broken.size())));
  }
  CHECK(reader.border(file, true) == static_cast<std::int64_t>(broken.size()));
}

TEST_CASE("many beginnings of records that are none are read in one pass") {
  std::string text = "rubbish\r\n";
  for (int i = 0; i < 200'000; ++i) text += "WARC/1.0\r\nWARC-Type: response\r\n";
  const auto out = read(text + response("<p>suite"));
  CHECK(out.rejects.size() == 1);
  CHECK(html_of(out) == "<p>suite");
}

TEST_CASE("the same records are read wherever an archive is cut") {
  const std::string file = record("warcinfo", "software: x") + response("<p>un") + "rubbish\r\n" +
                           response("<p>deux, WARC/1.0 et la suite") + response("<p>trois");
  const read_warc reader;
  for (std::size_t n = 0; n <= file.size(); ++n) {
    const std::int64_t border = reader.last_border(std::string_view(file).substr(0, n));
    const auto head = read(file.substr(0, static_cast<std::size_t>(border)));
    const auto tail = read(file.substr(static_cast<std::size_t>(border)));
    CHECK(head.rows.size() + tail.rows.size() == 3);
    CHECK(head.rejects.size() + tail.rejects.size() == 1);
  }
}

TEST_CASE("an archive cut off anywhere is read up to there") {
  const std::string file = response("<p>un") + response("<p>deux");
  for (std::size_t n = 0; n < file.size(); ++n) {
    const auto out = read(file.substr(0, n));
    CHECK(out.rows.size() + out.rejects.size() <= 2);
    if (n > 0) CHECK(out.rows.size() + out.rejects.size() >= 1);
  }
}
