// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "digest.hpp"
#include "html_check.hpp"
#include "sample.hpp"
#include "timeline.hpp"

#include <limits>

using namespace dossier_test;
using vigie::error;
using vigie::field;
using vigie::dossier::timeline;

namespace {

using texts = std::vector<std::string>;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

checked_page checked(const std::string& html) {
  checked_page p = check(html);
  INFO(p.fault);
  REQUIRE(p.fault.empty());
  return p;
}
checked_page checked(const std::vector<one_row>& rows) { return checked(page_of(rows)); }

one_row dated(std::string text, std::string from, std::string to) {
  one_row r;
  r.text = std::move(text);
  r.from = std::move(from);
  r.to = std::move(to);
  return r;
}

// A table of the three columns that must be there and one more.
table with_column(field f, cell value) {
  return {{{.name = "text"},
           {.name = "from", .kind = kind::date},
           {.name = "to", .kind = kind::date},
           std::move(f)},
          {{"Une phrase.", day("2014-05-20"), day("2014-05-20"), std::move(value)}}};
}

std::string refused(const table& t) {
  try {
    static_cast<void>(page_of(t));
  } catch (const error& e) {
    CHECK(e.code == VIGIE_E_SCHEMA);
    return e.message;
  }
  return "taken";
}

texts sentences(const checked_page& p) { return p.texts("blockquote"); }

} // namespace

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

TEST_CASE("undated statements keep their words and say why") {
  const checked_page p = checked(sample());
  const texts heads = p.texts("h3");
  REQUIRE(heads.size() == 14);
  CHECK(heads[11] == "Sans date");
  CHECK(heads[12] == "«\u00A0Mercredi soir\u00A0»");
  CHECK(heads[13] == "«\u00A0Récemment\u00A0»");
  CHECK(has(p.text, "Se compte depuis un moment qui n’est pas daté."));
  CHECK(has(p.text, "weekday:wednesday"));
  one_row r = dated("Le 19 mars, tout était coupé.", "", "");
  r.basis = "year_from_publication";
  r.date_text = "Le 19 mars";
  CHECK(has(checked({r}).text, "l’année, qui viendrait de la publication, n’est pas connue"));
}

TEST_CASE("the basis of a date is a label with an explanation, also where it is unknown") {
  one_row r = dated("a", "2014-03-19", "2014-03-19");
  r.basis = "year_from_publication";
  CHECK(checked({r}).texts("p", "basis") ==
        texts{"année déduite année tirée de la date de publication"});
  r.basis = "almanac <1>";
  const checked_page p = checked({r});
  CHECK(p.texts("p", "basis") == texts{"almanac <1> base que cette page ne connaît pas"});
  CHECK(p.all("span", "badge unknown").size() == 1);
  r.basis = "";
  CHECK(checked({r}).texts("p", "basis").empty());
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

TEST_CASE("only plain http and https addresses become links") {
  const auto links = [](const std::string& url) {
    one_row r = dated("a", "2014-03-19", "");
    r.from_page.url = url;
    const checked_page p = checked({r});
    REQUIRE(p.all("a", "url").size() + p.all("span", "url").size() == 1);
    if (p.all("a", "url").empty()) return std::string();
    const auto at = p.all("a", "url")[0].attributes;
    CHECK(at.at("rel") == "noreferrer noopener nofollow");
    CHECK(at.at("href") == p.all("blockquote")[0].attributes.at("cite"));
    return at.at("href");
  };
  CHECK(links("http://example.org/a?b=1&c=2") == "http://example.org/a?b=1&c=2");
  CHECK(links("HTTPS://example.org/") == "HTTPS://example.org/");
  CHECK(links("https://exemple.org/été") == "https://exemple.org/été");
  for (const char* bad :
       {"javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org", "https://",
        "https:///x", "https://bank.example@evil.example/", "https://example.org/a b",
        "https://example.org/\n", "https://example.org/\xE2\x80\xAEgpj", "https://example.org/\"x",
        " https://example.org", "https://a\xFF"})
    CHECK(links(bad).empty());
}

TEST_CASE("figures and dates are marked at their bytes, not at the first like words") {
  one_row r =
      dated("Été : 17 sites, puis encore 17 adresses — le 3 mai.", "2014-05-03", "2014-05-03");
  r.date_text = "le 3 mai";
  table t = table_of({r});
  const auto second = static_cast<std::int64_t>(r.text.rfind("17"));
  t.rows[0][16] = std::vector<cell>{std::vector<cell>{"17", 17.0, nullptr, "exact", "addresses",
                                                      "adresses", r.offset + second, 2}};
  const std::string html = page_of(t);
  CHECK(has(html, "Été : 17 sites, puis encore <mark>17</mark> adresses — <mark class=\"date\">le "
                  "3 mai</mark>."));
}

TEST_CASE("where the sentence is not its bytes of the file, the first like words are marked") {
  one_row r = dated("En 2017, 17 sites, puis 17 adresses.", "2017-01-01", "2017-12-31");
  r.figures = {{"17", 17, "exact", "sites", ""}, {"17", 17, "exact", "addresses", ""}};
  r.date_text = "En 2017";
  table t = table_of({r});
  t.rows[0][15] = std::vector<cell>{r.offset, r.text.size() + 40};
  const std::string marked =
      "<mark class=\"date\">En 2017</mark>, <mark>17</mark> sites, puis <mark>17</mark> adresses.";
  CHECK(has(page_of(t), marked));
  t.rows[0][14] = t.rows[0][15] = nullptr;
  CHECK(has(page_of(t), marked));
}

TEST_CASE("places that lie outside, inside of a character or on other words mark nothing wrong") {
  one_row r = dated("Près de é 40 là.", "2017-01-01", "");
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::int64_t letter = r.offset + static_cast<std::int64_t>(r.text.find("é 40"));
  const std::vector<std::pair<std::int64_t, std::int32_t>> places{
      {-5, 2},         {0, 2},         {r.offset + 90, 4}, {most, 2147483647},
      {letter + 1, 3}, {r.offset, -1}, {r.offset, 0}};
  for (const auto& [offset, length] : places) {
    table t = table_of({r});
    t.rows[0][16] = std::vector<cell>{
        std::vector<cell>{"40", 40.0, nullptr, "exact", "%", nullptr, offset, length}};
    CHECK(has(page_of(t), "<p>Près de é <mark>40</mark> là.</p>"));
    t.rows[0][16] = std::vector<cell>{
        std::vector<cell>{"", 40.0, nullptr, "exact", "%", nullptr, offset, length}};
    CHECK(has(page_of(t), "<p>Près de é 40 là.</p>"));
  }
  table other = table_of({r});
  other.rows[0][16] =
      std::vector<cell>{std::vector<cell>{"40", 40.0, nullptr, "exact", "%", nullptr, r.offset, 2}};
  CHECK(has(page_of(other), "<p>Près de é <mark>40</mark> là.</p>"));
}

TEST_CASE("words are marked whole only, and marks never overlap") {
  one_row r = dated("Les 2019 et 19 noms de 1194.", "2014-05-03", "");
  r.figures = {
      {"19", 19, "exact", "", ""}, {"19 noms", 19, "exact", "", ""}, {"94", 94, "exact", "", ""}};
  table t = table_of({r});
  t.rows[0][15] = nullptr;
  CHECK(has(page_of(t), "<p>Les 2019 et <mark>19</mark> noms de 1194.</p>"));
}

TEST_CASE("a row with very many figures is taken") {
  one_row r = dated(std::string(40000, 'a') + " 7", "2014-05-03", "");
  for (int i = 0; i < 5000; ++i) r.figures.push_back({std::string(250, 'a'), 1, "exact", "", ""});
  const checked_page p = checked({r});
  CHECK(p.all("li").size() > 5000);
}

TEST_CASE("long sentences are cut at a word, never inside of a mark") {
  one_row r = dated("Été comme hiver, 364 000 messages partaient.", "2014-05-03", "");
  r.figures = {{"364 000", 364000, "exact", "messages", ""}};
  const table t = table_of({r});
  const auto shown = [&](std::int64_t most) {
    return checked(page_of(t, [&](timeline& c) { c.max_text = most; })).texts("blockquote")[0];
  };
  CHECK(shown(0) == r.text);
  CHECK(shown(44) == r.text);
  CHECK(shown(43) == "Été comme hiver, 364 000 messages\u00A0…");
  CHECK(shown(16) == "Été comme hiver,\u00A0…");
  CHECK(shown(15) == "Été comme\u00A0…");
  CHECK(shown(22) == "Été comme hiver,\u00A0…");
  CHECK(shown(24) == "Été comme hiver, 364 000\u00A0…");
  CHECK(shown(2) == "Ét\u00A0…");
}

TEST_CASE("figures are set out in the manner of the language") {
  const auto figures = [](const one_figure& f, const char* language) {
    one_row r = dated("a", "2014-05-03", "");
    r.figures = {f};
    return checked(page_of(table_of({r}), [&](timeline& c) { c.language = language; }))
        .texts("ul", "figures")[0];
  };
  const auto fr = [&](const one_figure& f) { return figures(f, "fr"); };
  CHECK(fr({"2.077", 2077, "exact", "servers", "serveurs de contrôle"}) ==
        "\n2\u202F077 serveurs de contrôle\n");
  CHECK(fr({"x", 1.18e6, "exact", "hosts", ""}) == "\n1\u202F180\u202F000 hosts\n");
  CHECK(fr({"x", 364e6, "lower", "messages", ""}) == "\nau moins 364\u202F000\u202F000 messages\n");
  CHECK(fr({"x", 999, "upper", "", ""}) == "\nau plus 999\n");
  CHECK(fr({"x", 12.5, "approx", "percent", ""}) == "\nenviron 12,5\u202F%\n");
  CHECK(fr({"x", 0, "exact", "sites", ""}) == "\n0 sites\n");
  CHECK(fr({"x", -1234.5, "exact", "", ""}) == "\n−1\u202F234,5\n");
  CHECK(fr({"15 et 18", 15, "range", "sites", "", 18.0}) == "\nde 15 à\u00A018 sites\n");
  CHECK(fr({"15 et 18", 15, "range", "sites", ""}) == "\n15 et 18 sites\n");
  CHECK(fr({"x", 2, "ne dépassant pas", "sites", ""}) == "\nne dépassant pas 2 sites\n");
  CHECK(fr({"x", 1e300, "exact", "", ""}) == "\n1\u00A0×\u00A010^300\n");
  CHECK(fr({"x", 1.5e-9, "exact", "", ""}) == "\n1,5\u00A0×\u00A010^−9\n");
  CHECK(fr({"beaucoup", std::numeric_limits<double>::quiet_NaN(), "exact", "sites", ""}) ==
        "\nbeaucoup sites\n");
  CHECK(fr({"sans fin", std::numeric_limits<double>::infinity(), "exact", "", ""}) ==
        "\nsans fin\n");
  CHECK(figures({"x", 1180000.25, "lower", "percent", ""}, "en") == "\nat least 1,180,000.25%\n");
}

TEST_CASE("days, months, years and intervals are written as French writes them") {
  const auto head = [](const char* from, const char* to) {
    return checked({dated("a", from, to)}).texts("h3")[0];
  };
  CHECK(head("2014-05-20", "2014-05-20") == "20\u00A0mai 2014");
  CHECK(head("2014-03-01", "2014-03-01") == "1er\u00A0mars 2014");
  CHECK(head("2014-03-19", "2014-05-18") == "19\u00A0mars\u00A0– 18\u00A0mai 2014");
  CHECK(head("2014-03-19", "2014-03-24") == "19\u00A0– 24\u00A0mars 2014");
  CHECK(head("2014-03-01", "2014-03-24") == "1er\u00A0– 24\u00A0mars 2014");
  CHECK(head("2013-12-30", "2014-01-02") == "30\u00A0décembre 2013\u00A0– 2\u00A0janvier 2014");
  CHECK(head("2014-03-01", "2014-03-31") == "mars 2014");
  CHECK(head("2016-02-01", "2016-02-29") == "février 2016");
  CHECK(head("2015-02-01", "2015-02-27") == "1er\u00A0– 27\u00A0février 2015");
  CHECK(head("2014-03-01", "2014-05-31") == "mars\u00A0– mai 2014");
  CHECK(head("2013-11-01", "2014-02-28") == "novembre 2013\u00A0– février 2014");
  CHECK(head("2014-01-01", "2014-12-31") == "2014");
  CHECK(head("2014-01-01", "2016-12-31") == "2014\u00A0– 2016");
  CHECK(head("2014-10-01", "") == "à partir du 1er\u00A0octobre 2014");
  CHECK(head("", "2014-08-31") == "jusqu’au 31\u00A0août 2014");
  const checked_page backwards = checked({dated("a", "2014-05-18", "2014-03-19")});
  CHECK(backwards.texts("h3")[0] == "18\u00A0mai 2014\u00A0– 19\u00A0mars 2014");
  CHECK(has(backwards.text, "la fin précède le début"));
}

TEST_CASE("dates have a form for machines") {
  const auto machine = [](const char* from, const char* to) {
    std::string out;
    const checked_page p = checked({dated("a", from, to)});
    for (const element& e : p.all("time")) out += e.attributes.at("datetime") + " ";
    return out.substr(out.size() / 2); // those of the period covered come first and are the same
  };
  CHECK(machine("2014-03-19", "2014-05-18") == "2014-03-19 2014-05-18 ");
  CHECK(machine("2014-03-01", "2014-03-31") == "2014-03 ");
  CHECK(machine("2014-01-01", "2014-12-31") == "2014 ");
  CHECK(has(page_of({dated("a", "2014-03-01", "2014-03-01")}),
            "<time datetime=\"2014-03-01\">1<sup>er</sup>\u00A0mars 2014</time>"));
}

TEST_CASE("days at the ends of what a date can hold are taken") {
  table t = table_of({dated("a", "2014-03-19", ""), dated("b", "2014-03-19", "")});
  t.rows[0][1] = std::numeric_limits<std::int32_t>::min();
  t.rows[1][2] = std::numeric_limits<std::int32_t>::max();
  t.rows[1][9] = std::numeric_limits<std::int32_t>::max();
  const checked_page p = checked(page_of(t));
  CHECK(sentences(p) == texts{"a", "b"});
  CHECK(p.all("rect").size() == 2);
  for (const element& e : p.all("time")) CHECK_FALSE(e.attributes.at("datetime").starts_with("-"));
}

TEST_CASE("the overview counts by month, then by year, then by groups of years") {
  const auto titles = [](const std::vector<one_row>& rows) {
    texts out = checked(rows).texts("title");
    return texts(out.begin() + 2, out.end()); // behind those of page and chart
  };
  CHECK(titles({dated("a", "2014-03-19", ""), dated("b", "2014-03-20", ""),
                dated("c", "2021-12-31", "")}) ==
        texts{"mars 2014\u00A0: 2\u00A0énoncés", "décembre 2021\u00A0: 1\u00A0énoncé"});
  CHECK(titles({dated("a", "2014-03-19", ""), dated("c", "2022-01-01", "")}) ==
        texts{"2014\u00A0: 1\u00A0énoncé", "2022\u00A0: 1\u00A0énoncé"});
  CHECK(titles({dated("a", "1901-03-19", ""), dated("c", "1999-01-01", "")}) ==
        texts{"1900–1901\u00A0: 1\u00A0énoncé", "1998–1999\u00A0: 1\u00A0énoncé"});
  const checked_page p = checked({dated("a", "2014-03-19", ""), dated("b", "2015-03-20", "")});
  const checked_page one_year = checked({dated("a", "2014-12-31", "")});
  CHECK(one_year.texts("text", "year").empty());
  CHECK(one_year.texts("text", "initial") ==
        texts{"J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"});
  CHECK(p.texts("text", "year") == texts{"2014", "2015"});
  CHECK(p.texts("desc") == texts{"2014\u00A0: 1\u00A0énoncé; 2015\u00A0: 1\u00A0énoncé."});
  CHECK(p.all("svg")[0].attributes.at("aria-labelledby") == "chart-title chart-desc");
}

TEST_CASE("each statement leads to its source, its bytes and its article") {
  const checked_page p = checked(sample());
  const std::string first = p.texts("figcaption")[1];
  CHECK(has(first, "Pékin compte les serveurs qui pilotent ses ordinateurs"));
  CHECK(has(first, "agence Xinhua"));
  CHECK(has(first, "publié le 20\u00A0mai 2014 (date lue sur la page)"));
  CHECK(has(first, "pages/05_botnets.txt, octets 4216–4370"));
  CHECK(has(p.text, "date fournie à part"));
  const texts rows = p.texts("tr");
  REQUIRE(rows.size() == 7);
  CHECK(rows[1] == "pages/05_botnets.txtPékin compte les serveurs qui pilotent ses "
                   "ordinateursGazette du Réseau20\u00A0mai 2014 date lue sur la page3");
  CHECK(rows[6] == "pages/09_messageries.txtMessageries coupées : ce que l’on sait——2");
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

TEST_CASE("three columns are enough") {
  const vigie::schema three{
      {.name = "text"}, {.name = "from", .kind = kind::date}, {.name = "to", .kind = kind::date}};
  const checked_page p = checked(page_of(
      {three,
       {{"Une phrase.", day("2014-05-20"), day("2014-05-20")}, {nullptr, nullptr, nullptr}}}));
  CHECK(sentences(p) == texts{"Une phrase."});
  CHECK(p.texts("p", "missing") == texts{"La phrase manque dans les données."});
  CHECK(p.all("table").empty());
  CHECK(p.all("figcaption").size() == 1); // of the overview
  CHECK(p.texts("dt")[1] == "avec date");
}

TEST_CASE("rows of nulls alone are shown as statements that lack everything") {
  table t{all_fields(), {row(all_fields().size())}};
  CHECK(checked(page_of(t)).all("article").size() == 1);
}

TEST_CASE("a column that must be there and is not is named") {
  const vigie::schema three{
      {.name = "text"}, {.name = "from", .kind = kind::date}, {.name = "to", .kind = kind::date}};
  for (std::size_t gone = 0; gone < 3; ++gone) {
    vigie::schema two = three;
    two.erase(two.begin() + static_cast<std::ptrdiff_t>(gone));
    CHECK(has(refused({two, {}}), "there is no column '" + three[gone].name + "'"));
  }
}

TEST_CASE("a column of another type is named, with what it is and what is wanted") {
  for (const char* name : {"file", "title", "url", "publisher", "agency", "language",
                           "published_basis", "basis", "date_text", "date_value"})
    CHECK(refused(with_column({name, kind::int64}, 1)) ==
          "column '" + std::string(name) + "' is int64; wanted is text");
  CHECK(refused(with_column({"published", kind::text}, "2014")) ==
        "column 'published' is text; wanted is date");
  for (const char* name : {"span", "date_span"}) {
    CHECK(has(refused(with_column({name, kind::int64}, 1)),
              "column '" + std::string(name) +
                  "' is int64; wanted is struct<offset: int64, length: int32>"));
    CHECK(has(refused(with_column(vigie::struct_of(name, {{.name = "offset"}, {.name = "length"}}),
                                  nullptr)),
              name));
  }
  CHECK(has(refused(with_column({"figures"}, "3")),
            "column 'figures' is text; wanted is list<struct<"));
  CHECK(has(
      refused(with_column(vigie::list_of("figures", {.name = "", .kind = kind::int64}), nullptr)),
      "'figures' is list<int64>"));
  CHECK(has(
      refused(with_column(
          vigie::list_of("figures", vigie::struct_of("", {{.name = "text", .kind = kind::int64}})),
          nullptr)),
      "'figures'"));
  CHECK(has(refused(with_column(vigie::list_of("figures", vigie::struct_of("", {{.name = "unit"}})),
                                nullptr)),
            "'figures'"));
}

TEST_CASE("fields of figures are found by name, in any order, and others are left alone") {
  const field f =
      vigie::list_of("figures", vigie::struct_of("", {{.name = "kind", .kind = kind::int8},
                                                      {.name = "value", .kind = kind::int32},
                                                      {.name = "text"}}));
  const cell figures = std::vector<cell>{std::vector<cell>{1, 2077, "2 077"}, nullptr};
  CHECK(checked(page_of(with_column(f, figures))).texts("ul", "figures") ==
        texts{"\n2\u202F077\n"});
}

TEST_CASE("sensitive texts are masked, other sensitive columns left out, sensitive dates refused") {
  table t = table_of(sample());
  for (const std::size_t i : {0U, 4U, 5U, 16U}) t.fields[i].sensitive = true;
  const std::string html = page_of(t);
  const checked_page p = checked(html);
  CHECK(sentences(p)[0] == "•••");
  CHECK_FALSE(has(html, "CNCERT"));
  CHECK_FALSE(has(html, "Pékin"));
  CHECK_FALSE(has(html, "example."));
  CHECK_FALSE(has(html, "2\u202F077"));
  table dates = table_of(sample());
  dates.fields[2].sensitive = true;
  CHECK(has(refused(dates), "column 'to' is sensitive"));
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
      static_cast<void>(h.encode(table_of({})));
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
