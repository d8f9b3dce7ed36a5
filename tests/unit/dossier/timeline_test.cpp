// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "digest.hpp"
#include "timeline_checks.hpp"

using namespace dossier_test;
using vigie::error;
using vigie::dossier::timeline;

TEST_CASE("the sample makes a well-formed page without script and without outside files") {
  const std::string html = page_of(sample());
  const checked_page p = checked(html);
  CHECK(p.all("script").empty());
  CHECK(p.all("link").empty());
  CHECK(p.all("img").empty());
  CHECK(p.all("article").size() == 14);
  CHECK(p.all("main").size() == 1);
  CHECK(p.all("h1").size() == 1);
  CHECK(p.all("html")[0].attributes.at("lang") == "fr");
  CHECK(has(html, "content=\"default-src 'none'; style-src " +
                      vigie::dossier::source_hash(p.all("style")[0].text) + "; base-uri 'none'"));
  CHECK(has(html, "prefers-color-scheme: dark"));
  CHECK(has(html, "@media print"));
  for (const element& e : p.elements) {
    CHECK(e.attributes.count("src") == 0);
    CHECK(e.attributes.count("style") == 0);
    for (const auto& [name, value] : e.attributes) CHECK_FALSE(name.starts_with("on"));
  }
}

TEST_CASE("the head counts statements, articles, dates and the period") {
  const checked_page p = checked(sample());
  const texts names = p.texts("dt"), values = p.texts("dd");
  CHECK(texts(names.begin(), names.begin() + 5) ==
        texts{"énoncés", "articles", "avec date", "sans date", "Période couverte"});
  CHECK(texts(values.begin(), values.begin() + 5) ==
        texts{"14", "6", "11", "3", "19\u00A0mars 2014\u00A0– 31\u00A0mars 2019"});
}

TEST_CASE(
    "entries stand in the order of what they tell, equal ones as they came, undated ones last") {
  std::vector<one_row> rows{dated("neuf", "2016-02-03", "2016-02-03"),
                            dated("sans A", "", ""),
                            dated("long", "2014-03-19", "2014-05-18"),
                            dated("court", "2014-03-19", "2014-03-19"),
                            dated("ouvert", "", "2014-01-02"),
                            dated("second", "2016-02-03", "2016-02-03"),
                            dated("sans B", "", "")};
  const checked_page p = checked(rows);
  CHECK(sentences(p) == texts{"ouvert", "court", "long", "neuf", "second", "sans A", "sans B"});
  CHECK(p.texts("h2")[0] == "2014 3\u00A0énoncés");
  CHECK(p.texts("h2")[1] == "2016 2\u00A0énoncés");
  CHECK(p.texts("h2")[2] == "Sans date 2\u00A0énoncés");
  CHECK(p.all("article")[3].attributes.at("id") == "e4");
}

TEST_CASE("the page is the same however the rows are cut into batches") {
  const table t = table_of(sample());
  const auto nothing = [](timeline&) {};
  CHECK(page_of(t, nothing, 1) == page_of(t, nothing, 100));
  CHECK(page_of(t, nothing, 5) == page_of(t, nothing, 5));
}

TEST_CASE("hostile cells are text everywhere") {
  const std::string evil =
      "</p></title></style><script>alert(1)</script>\"'&lt;<img src=x onerror=y>";
  const std::string unsafe = evil + "\xE2\x80\xAE\xE2\x81\xA6" + std::string("\0\x1b[2J\x7f", 6) +
                             "\xC2\x9B\xFF\xED\xA0\x80\xEF\xBF\xBE";
  source s{unsafe,       unsafe, "https://example.org/\"onmouseover=\"alert(1)", unsafe, unsafe,
           "2014-05-20", unsafe};
  one_row r{unsafe + " " + std::string(3000, 'w'),
            "2014-05-20",
            "2014-05-20",
            unsafe,
            unsafe,
            unsafe,
            {{unsafe, 3, unsafe, unsafe, unsafe}},
            10,
            s,
            "\"><script>"};
  one_row undated = r;
  undated.from = undated.to = "";
  const table t = table_of({r, undated});
  for (const std::int64_t most : {0, 1, 20, 300}) {
    const std::string html = page_of(t, [&](timeline& c) {
      c.title = unsafe;
      c.intro = unsafe;
      c.max_text = most;
    });
    const checked_page p = checked(html);
    CHECK(p.all("script").empty());
    CHECK(p.all("img").empty());
    CHECK(
        p.texts("h1")[0] ==
        evil +
            "<U+202E><U+2066><U+0000><U+001B>[2J<U+007F><U+009B>\uFFFD\uFFFD\uFFFD\uFFFD<U+FFFE>");
    CHECK(p.texts("h1")[0] == p.texts("title")[0]);
    CHECK(p.all("blockquote")[0].attributes.at("lang").empty());
    CHECK(p.all("a", "url").empty());
  }
}

TEST_CASE("articles are told apart by file, else by address, else by title") {
  std::vector<one_row> rows(6, dated("a", "2014-05-03", ""));
  rows[0].from_page.file = rows[1].from_page.file = "x.txt";
  rows[1].from_page.title = "X";
  rows[2].from_page.url = "https://example.org/x";
  rows[3].from_page.title = "X";
  rows[4].from_page.title = "X";
  const checked_page p = checked(rows);
  CHECK(p.all("tr").size() == 4);
  CHECK(p.texts("tr")[3] == "x.txtX——2");
  CHECK(p.texts("dd")[1] == "3");
}

TEST_CASE("without rows the page says so") {
  const checked_page p = checked(std::vector<one_row>{});
  CHECK(p.texts("h2")[0] == "Aucun énoncé");
  CHECK(p.all("svg").empty());
  CHECK(p.all("table").empty());
  CHECK(p.all("nav").empty());
  CHECK(has(p.text, "Un énoncé est une affirmation de sa source, pas un constat."));
}

TEST_CASE("the words of the page follow the parameter, the sentence keeps its own language") {
  one_row r = dated("Über Nacht war alles weg.", "2014-03-01", "2014-03-24");
  r.language = "de";
  const std::string html = page_of(table_of({r}), [](timeline& c) {
    c.language = "en";
    c.title = "Cut-offs";
    c.intro = "Six pages.";
  });
  const checked_page p = checked(html);
  CHECK(p.all("html")[0].attributes.at("lang") == "en");
  CHECK(p.all("blockquote")[0].attributes.at("lang") == "de");
  CHECK(p.texts("h1")[0] == "Cut-offs");
  CHECK(p.texts("p", "about") == texts{"Six pages."});
  CHECK(p.texts("h3")[0] == "1\u00A0– 24\u00A0March 2014");
  CHECK(has(p.text, "A statement is a claim of its source, not a finding."));
}

TEST_CASE("a style sheet that is not there or would end its element is refused") {
  const auto code_with = [](const char* style) {
    harness h;
    if (style != nullptr) h.files["timeline.css"] = style;
    h.files["timeline.js"] = "";
    try {
      static_cast<void>(h.encode(table_of(std::vector<one_row>{})));
    } catch (const error& e) {
      return e.code;
    }
    return static_cast<vigie_status>(VIGIE_OK);
  };
  CHECK(code_with("p { color: red }") == VIGIE_OK);
  CHECK(code_with(nullptr) == VIGIE_E_IO);
  CHECK(code_with("</STYLE><script>") == VIGIE_E_CONFIG);
  CHECK(code_with("p::before { content: '\xFF' }") == VIGIE_E_CONFIG);
}

TEST_CASE("the style sheet asks for nothing from outside") {
  const std::string style = style_sheet();
  REQUIRE(style.size() > 1000);
  for (const char* part : {"url(", "@import", "@font-face", "http"}) CHECK_FALSE(has(style, part));
}

TEST_CASE("rows beyond the memory of the run end it with a message, and what was reserved is given "
          "back") {
  struct budget {
    std::int64_t left = 3 * 1024 * 1024;
    std::string style = style_sheet();
  } b;
  vigie_host host{};
  host.struct_size = sizeof host;
  host.ctx = &b;
  host.resource = [](void* ctx, vigie_str, vigie_bytes* out, vigie_error*) -> vigie_status {
    const auto& style = static_cast<budget*>(ctx)->style;
    *out = {style.data(), style.size()};
    return VIGIE_OK;
  };
  host.reserve = [](void* ctx, std::int64_t delta) -> vigie_status {
    auto& left = static_cast<budget*>(ctx)->left;
    if (delta > left) return VIGIE_E_RESOURCE;
    left -= delta;
    return VIGIE_OK;
  };
  harness h;
  h.component().host = vigie::host_services(&host);
  const std::vector<one_row> rows(8, dated(std::string(600'000, 'a'), "2014-05-03", ""));
  std::string message;
  try {
    static_cast<void>(h.encode(table_of(rows), 2));
  } catch (const error& e) {
    CHECK(e.code == VIGIE_E_RESOURCE);
    message = e.message;
  }
  CHECK(has(message, "the first 6 rows take "));
  CHECK(has(message, "more than the run may use"));
  CHECK(b.left == 3 * 1024 * 1024);
}
