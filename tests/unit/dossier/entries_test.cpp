// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "timeline_checks.hpp"

#include <limits>

using namespace dossier_test;
using vigie::dossier::timeline;

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
