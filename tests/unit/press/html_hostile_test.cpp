// SPDX-License-Identifier: Apache-2.0
// Pages and archives made to hurt their reader. All are large enough that work which grows with the
// square of them would not end.
#include "catch.hpp"
#include "html/warc.hpp"
#include "html_support.hpp"
#include "readers/read_warc.hpp"

#include <vigie/testing.hpp>

#include <zlib.h>

using namespace vigie::press;
using namespace vigie::press::test;

namespace {

const std::string text = "<p>Le câble a été réparé, dit l'opérateur, et le trafic a repris dans la "
                         "nuit, sans autre coupure.</p>";

bool has(const std::string& whole, std::string_view part) {
  return whole.find(part) != std::string::npos;
}

std::string times(std::size_t n, std::string_view part) {
  std::string out;
  out.reserve(n * part.size());
  for (std::size_t i = 0; i < n; ++i) out += part;
  return out;
}

std::string record(const std::string& block, const std::string& length) {
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://fanal.example/a\r\n"
         "Content-Length: " +
         length + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string response(const std::string& body, const std::string& fields = {}) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + fields + "\r\n" + body;
}

std::string good_record() {
  const std::string block = response(text);
  return record(block, std::to_string(block.size()));
}

vigie::testing::outcome read_archive(std::string_view bytes) {
  vigie::testing::harness<read_warc> h;
  return h.decode(bytes, {}, "a.warc");
}

} // namespace

TEST_CASE("what stands around the text in masses does not hide it") {
  const struct {
    const char* name;
    std::string before;
  } cases[] = {
      {"scripts", times(100'000, "<script>var a = \"<p>\";</script>")},
      {"JSON-LD", times(50'000, "<script type='application/ld+json'>{\"a\":1}</script>")},
      {"open JSON", "<script type='application/ld+json'>" + times(1'000'000, "[") + "</script>"},
      {"quotes", "<script>" + times(2'000'000, "\"") + "</script>"},
      {"names of dates", "<script>" + times(200'000, "\"publishedDate\":") + "</script>"},
      {"an attribute", "<p title=\"" + times(2'000'000, "x ") + "\">"},
      {"a class", "<p class=\"" + times(500'000, "nav- ") + "\"></p>"},
      {"comments of markup", times(200'000, "<!-- a -->")},
      {"end tags", times(500'000, "</div>")},
      {"tables", times(20'000, "<table><tr><td>")},
      {"headings", times(50'000, "<h2>Le phare, le phare, le phare</h2>")},
      {"nested items", times(20'000, "<div itemscope itemtype=x>") +
                           times(20'000, "<meta itemprop=datePublished content=x>")},
  };
  for (const auto& c : cases) {
    INFO(c.name);
    const auto a = read_page("<body><h1>Le câble réparé</h1>" + c.before + text);
    CHECK(a.fault.empty());
    CHECK(has(a.body, "sans autre coupure"));
  }
}

TEST_CASE("what is opened behind the text and never closed does not take it away") {
  for (const char* open : {"<!--", "<script>", "<style>", "<textarea>", "<p title='", "<![CDATA[",
                           "<", "&", "&#", "<?"}) {
    INFO(open);
    const auto a = read_page("<h1>Le câble réparé</h1>" + text + times(10'000, open));
    CHECK(a.fault.empty());
    CHECK(has(a.body, "sans autre coupure"));
  }
}

TEST_CASE("a page of markup alone holds no text") {
  for (const std::string& page :
       {times(100'000, "<!-- a -->"), times(10'000, "<div>"), times(100'000, "<br>"),
        std::string("<script>var a;</script>"), times(1'000'000, " \n")}) {
    const auto a = read_page(page);
    CHECK(a.fault.empty());
    CHECK(a.segments.empty());
    CHECK(a.body.empty());
  }
}

TEST_CASE("a page in a wrong charset is read, and NUL bytes in it are replaced") {
  std::string latin = "<meta charset=utf-8>" + text;
  for (std::size_t at = 0; (at = latin.find("\xC3\xA2")) != std::string::npos;)
    latin.replace(at, 2, "\xE2");
  for (std::size_t at = 0; (at = latin.find("\xC3\xA9")) != std::string::npos;)
    latin.replace(at, 2, "\xE9");
  const auto a = read_page(latin);
  CHECK(has(a.body, "Le câble a été réparé"));
  CHECK(has(a.charset_note, "utf-8"));
  std::string nul = text;
  nul.insert(nul.find("nuit") + 2, 1, '\0');
  CHECK(has(read_page(nul).body, "nu\uFFFDit"));
}

TEST_CASE("thousands of dates are read once each, and 64 of them listed") {
  std::string many;
  for (int i = 0; i < 20'000; ++i)
    many += "<time datetime='20" + std::to_string(10 + i % 9) + "-05-03'></time><p class=date>" +
            std::to_string(1 + i % 28) + ".06.2012</p>";
  const auto a = read_page("<h1>Le câble réparé</h1>" + text + many +
                           times(5'000, "<div class=date>") + "3 mai 2016");
  CHECK(a.published);
  CHECK(a.rejected.size() == 64);
  const auto blank =
      read_page("<h1>Le câble réparé</h1><p>" + times(200'000, "<time> </time>") + text.substr(3));
  CHECK(has(blank.body, "sans autre coupure"));
}

TEST_CASE("a length that lies costs its own record only") {
  const std::string block = response(text);
  for (const char* length : {"1000000000000000000000000", "9223372036854775807", "1000000", "-5",
                             "0x10", "", "10", "0"}) {
    INFO(length);
    const auto out = read_archive(record(block, length) + good_record());
    CHECK(out.rows.size() == 1);
    CHECK(out.rejects.size() == 1);
    REQUIRE(!out.rejects.empty());
    CHECK_FALSE(out.rejects[0].why.empty());
  }
}

TEST_CASE("headers in masses, blanks and garbage end, and the record behind them is read") {
  for (const std::string& before :
       {times(20'000, "WARC/1.0\r\nWARC-Type: response\r\n"),
        times(20'000, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\n"),
        "WARC/1.0\r\nWARC-Type: response\r\nX: " + times(3'000'000, "a") + "\r\n",
        times(500'000, "\r\n"), times(1'000'000, "x")}) {
    const auto out = read_archive(before + "\r\n" + good_record());
    CHECK(out.rows.size() == 1);
  }
}

TEST_CASE("a header that does not end is rejected the same, however much of it was read at once") {
  const std::string file =
      "WARC/1.0\r\nWARC-Type: response\r\nX: " + times(3'000'000, "a") + "\r\n" + good_record();
  const read_warc reader;
  for (const std::size_t seen :
       {std::size_t{1'000}, std::size_t{1'100'000}, std::size_t{2'500'000}})
    CHECK(reader.last_border(std::string_view(file).substr(0, seen)) == 0);
  const auto out = read_archive(file);
  CHECK(out.rejects.size() == 1);
  CHECK(out.rows.size() == 1);
}

TEST_CASE("compressed and chunked bodies end at what is allowed") {
  std::string packed(compressBound(1'000'000), '\0');
  const std::string page = "<p>" + times(999'997, "a");
  uLongf size = packed.size();
  REQUIRE(compress(reinterpret_cast<Bytef*>(packed.data()), &size,
                   reinterpret_cast<const Bytef*>(page.data()), page.size()) == Z_OK);
  packed.resize(size);
  const std::string bomb = response(packed, "Content-Encoding: deflate\r\n");
  CHECK(has(html::read_http(bomb, 100'000).fault, "more than 100000 bytes"));
  CHECK(html::read_http(bomb, 1'000'000).body == page);
  const std::string chunk = response("FFFFFFFFFFFFFFFF\r\nabc", "Transfer-Encoding: chunked\r\n");
  CHECK(has(html::read_http(chunk, 100'000).fault, "ends within a chunk"));
  const std::string small =
      response(times(200'000, "1\r\na\r\n") + "0\r\n\r\n", "Transfer-Encoding: chunked\r\n");
  CHECK(html::read_http(small, 1'000'000).body.size() == 200'000);
}
