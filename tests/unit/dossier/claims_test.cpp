// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "digest.hpp"
#include "dossier_checks.hpp"
#include "words.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

using namespace dossier_test;
using vigie::dossier::timeline;

TEST_CASE("claims stand by incident and day, and an incident told twice is one with two claims") {
  std::vector<named_cells> rows = dossier();
  std::swap(rows[0], rows[3]);
  const checked_page p = checked(rows);
  CHECK(cells_of(p, "incident") == texts{"1", "1", "1", "2"});
  CHECK(cells_of(p, "type") ==
        texts{"coupure de service", "blocage", "blocage", "rencontre officielle"});
  CHECK(cells_of(p, "actor") == texts{"—", "régulateur", "Portelec", "régulateurs"});
  CHECK(cells_of(p, "place") == texts{"Irkoutsk, RU-IRK", "Irkoutsk, RU-IRK", "—", "—"});
  CHECK(cells_of(p, "modality") == texts{"rapporté", "affirmé", "démenti", "prévu"});
  CHECK(cells_of(p, "source")[2] == "Gazette du Port");
  CHECK(has(text_of(p, "c1"), "selon deux opérateurs"));
  CHECK(has(text_of(p, "c3"), "contredit Affirmation 2"));
  CHECK(has(text_of(p, "c4"), "non mesurable"));
  CHECK(p.texts("dd")[0] == "4");
  CHECK(p.texts("dd")[1] == "2");
}

TEST_CASE("each type of event that press.events finds has a name in both languages") {
  std::ifstream in(std::string(VIGIE_SOURCE_DIR) + "/plugins/press/data/common/event_types.tsv");
  std::vector<std::string> types;
  for (std::string line, first, type; std::getline(in, line);) {
    std::istringstream fields(line);
    if (fields >> first >> type && first == "type") types.push_back(type);
  }
  REQUIRE(types.size() > 30);
  for (const auto* words : {&vigie::dossier::french(), &vigie::dossier::english()})
    for (const std::string& type : types) {
      INFO(type);
      CHECK(std::ranges::count(words->more.types, type, &vigie::dossier::key_word::key) == 1);
    }
}

TEST_CASE("claims without an incident are each their own, and those without a day come last") {
  const named_cells a = lake_page();
  const auto claim = [&](const char* id, const char* incident, const char* from) {
    return claim_row(lake, a, "coupées", {id, incident, "block", "", "", "", "", from, from});
  };
  const checked_page p = checked({claim("x", "", ""), claim("y", "", "2019-01-02"),
                                  claim("z", "i", "2018-01-01"), claim("w", "", "2017-01-02")});
  CHECK(cells_of(p, "incident") == texts{"—", "1", "—", "—"});
  CHECK(has(cells_of(p, "day")[0], "2017"));
  CHECK(cells_of(p, "day")[3] == "—");
}

TEST_CASE("a reprint says whose words it repeats, also where that claim is not on the page") {
  const named_cells a = lake_page();
  named_cells second = claim_row(lake, a, "coupées", {"y", "i", "block"}),
              third = claim_row(lake, a, "coupées", {"z", "i", "block"});
  second["copy_of"] = "x";
  third["copy_of"] = "gone <b>";
  const checked_page p =
      checked({claim_row(lake, a, "coupées", {"x", "i", "block"}), second, third});
  CHECK(has(text_of(p, "c2"), "reprend mot pour mot Affirmation 1"));
  CHECK(has(text_of(p, "c3"), "reprend mot pour mot gone <b>"));
}

TEST_CASE("types and modalities the page has no word for are shown as they are") {
  const checked_page p = checked({claim_row(
      lake, lake_page(), "coupées", {"x", "", "sabotage <b>", "", "", "", "", "", "", "sung"})});
  CHECK(cells_of(p, "type") == texts{"sabotage <b>"});
  CHECK(cells_of(p, "modality") == texts{"sung"});
}

TEST_CASE(
    "the policy allows the style and the script of this page by their digests, nothing else") {
  const std::string html = page_of(dossier());
  const checked_page p = checked(html);
  REQUIRE(p.all("script").size() == 1);
  const std::string style = vigie::dossier::source_hash(p.all("style")[0].text);
  const std::string script = vigie::dossier::source_hash(p.all("script")[0].text);
  CHECK(p.all("meta")[1].attributes.at("content") == "default-src 'none'; style-src " + style +
                                                         "; script-src " + script +
                                                         "; base-uri 'none'; form-action 'none'");
  for (const element& e : p.elements)
    for (const auto& [name, value] : e.attributes) {
      CHECK_FALSE(name.starts_with("on"));
      CHECK((name != "style" && name != "src"));
    }
}

TEST_CASE("the digest is that of the standard") {
  CHECK(vigie::dossier::source_hash("abc") ==
        "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
}

TEST_CASE("a script with line ends of two characters is taken as browsers read it") {
  harness h;
  h.files["timeline.css"] = "p {}\r\n";
  h.files["timeline.js"] = "// a\r\n";
  const checked_page p = checked(h.encode(table_of(dossier())));
  CHECK(p.all("script")[0].text == "// a\n");
  h.files["timeline.js"] = "'<!--'";
  CHECK_THROWS_AS(h.encode(table_of(dossier())), vigie::error);
}

TEST_CASE("a piece whose bytes differ from its text is quoted as a whole") {
  const source s{"l.html", "L", "", "", "", "2018-01-01"};
  named_cells a = page_row(s, {{"body", "A"}});
  a["text"] = nullptr;
  a["body"] = "Caf\u00E9 noir";
  a["segments"] = nullptr;
  a["body_map"] = std::vector<cell>{std::vector<cell>{0, 3, "body", 100, 3},
                                    std::vector<cell>{3, 2, "body", 103, 8},
                                    std::vector<cell>{5, 5, "body", 111, 5}};
  named_cells c = claim_row(s, lake_page(), "Café", {"x", "", "block"});
  c["span"] = std::vector<cell>{103, 11};
  const checked_page p = checked({a, c});
  CHECK(passage(p, byte_links(p)[0]) == "é no");
}

TEST_CASE("very many names, codes and claims of one sentence are taken") {
  const named_cells a = lake_page();
  named_cells r = claim_row(lake, a, "coupées", {"x", "i", "block"});
  std::vector<cell> names, codes;
  for (int i = 0; i < 20'000; ++i) {
    names.emplace_back("place " + std::to_string(i));
    codes.emplace_back("code " + std::to_string(i));
  }
  r["place"] = names;
  r["iso"] = codes;
  std::vector<named_cells> rows{a, r};
  for (int i = 0; i < 2'000; ++i)
    rows.push_back(claim_row(lake, a, "coupées", {std::to_string(i), "i", "block"}));
  CHECK(checked(rows).all("tbody").size() == 2'002);
}

TEST_CASE("hostile text is text in claims, articles, residue and comments") {
  const std::string evil = "</script><script>alert(1)</script><!--\"' onx=1 \xE2\x80\xAE&lt;\xFF";
  const source s{evil, evil, "javascript:alert(1)", evil, evil, "2018-01-01"};
  const named_cells a = page_row(s, {{"nav", evil, false},
                                     {evil, evil},
                                     {evil, evil, false, false},
                                     {"body", evil, true, false},
                                     {"comment", evil, false, true, evil + " Handle"}});
  std::vector<named_cells> rows{
      a, claim_row(s, a, evil,
                   {evil, evil, evil, evil, evil, evil, evil, "", "", evil, evil, true, evil})};
  for (const char* text : {"short", "full"}) {
    const checked_page p = checked(rows, [&](timeline& c) { c.text = text; });
    CHECK(p.all("script").size() == 1);
    CHECK(has(p.text, "<U+202E>"));
    CHECK_FALSE(has(p.text, "Handle"));
  }
}

TEST_CASE("zero bytes, halves of surrogates and a text of a megabyte are shown as text") {
  const std::string odd = std::string("a\0b", 3) + "\xED\xA0\x80 \xED\xBF\xBF c\xEF\xBF\xBE" +
                          std::string(1 << 20, 'w') + "-->]]></style>";
  const source s{odd, odd, "https://example.org/\xED\xA0\x80", odd, odd, "2018-01-01"};
  const named_cells a = page_row(s, {{"body", odd}, {"nav", odd, false}});
  for (const char* text : {"short", "full"}) {
    const std::string html = page_of(
        table_of(std::vector<named_cells>{
            a, claim_row(s, a, odd, {odd, odd, odd, odd, odd, odd, odd, "", "", odd, odd})}),
        [&](timeline& c) { c.text = text; });
    CHECK(html.find('\0') == std::string::npos);
    CHECK_FALSE(has(html, "\xED\xA0"));
    const checked_page p = checked(html);
    CHECK(has(p.text, "a<U+0000>b"));
    CHECK(p.all("section", "text").size() == 1);
  }
}

TEST_CASE("a claim whose bytes lie outside of its article has no link to bytes, and is shown") {
  const named_cells a = lake_page();
  for (const auto& [offset, length] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {100'000, 10}, {std::numeric_limits<std::int64_t>::max(), 5}, {-5, 3}, {3, -1}}) {
    named_cells c = claim_row(lake, a, "coupées", {"x", "", "block"});
    c["span"] = std::vector<cell>{offset, length};
    const checked_page p = checked({a, c});
    CHECK(byte_links(p).empty());
    CHECK(p.texts("blockquote").size() == 1);
  }
}

TEST_CASE("a file that changed since it was read, or is missing, leaves its claims whole") {
  named_cells shorter = lake_page();
  shorter["text"] = "Le Ba";
  const named_cells c = claim_row(lake, lake_page(), "coupées", {"x", "", "block"});
  CHECK(checked({shorter, c}).texts("blockquote").size() == 1);
  const checked_page alone = checked({c});
  CHECK(alone.texts("blockquote").size() == 1);
  CHECK(byte_links(alone).empty());
}

TEST_CASE("of very many claims the first are shown, and the page says how many are not") {
  const named_cells a = lake_page();
  std::vector<named_cells> rows;
  for (int i = 0; i < 30; ++i)
    rows.push_back(claim_row(lake, a, "coupées",
                             {"k" + std::to_string(i), "i" + std::to_string(100 + i), "block"}));
  const auto shown = [&](std::int64_t most) {
    return checked(rows, [&](timeline& c) { c.max_claims = most; });
  };
  const checked_page some = shown(20);
  CHECK(some.all("tbody", "claim").size() == 20);
  CHECK(has(some.texts("p", "not-shown").at(0), "10 autres affirmations"));
  CHECK(has(some.texts("dl", "counts").at(0), "30"));
  for (const std::int64_t all : {0, 30}) {
    CHECK(shown(all).all("tbody", "claim").size() == 30);
    CHECK(shown(all).all("p", "not-shown").empty());
  }
}

TEST_CASE("a dossier is the same however its rows are cut into batches") {
  const table t = table_of(dossier());
  const auto nothing = [](timeline&) {};
  CHECK(page_of(t, nothing, 1) == page_of(t, nothing, 100));
}

TEST_CASE("a column of claims or articles of another type is named") {
  const auto refused = [](const std::string& column, vigie::field f) {
    table t = table_of(std::vector<named_cells>{});
    for (vigie::field& each : t.fields)
      if (each.name == column) each = std::move(f);
    try {
      static_cast<void>(page_of(t));
    } catch (const vigie::error& e) {
      return e.message;
    }
    return std::string("taken");
  };
  for (const char* name : {"claim_id", "type", "modality", "body"})
    CHECK(refused(name, {name, kind::int64}) ==
          "column '" + std::string(name) + "' is int64; wanted is text");
  for (const char* name : {"actor", "target", "place", "contradicts"})
    CHECK(has(refused(name, {name, kind::int64}), "wanted is text, list<text> or list<struct<"));
  for (const char* name : {"body_map", "segments", "comments"})
    CHECK(
        has(refused(name, {name}), "column '" + std::string(name) + "' is text; wanted is list<"));
  const vigie::field no_size =
      vigie::list_of("body_map", vigie::struct_of("", {{.name = "at", .kind = kind::int32}}));
  CHECK(has(refused("body_map", no_size), "column 'body_map'"));
}

TEST_CASE("names may be one text of several or structs with a code") {
  table t = table_of(std::vector<named_cells>{
      claim_row(lake, lake_page(), "coupées", {"x", "", "block", "", "", "", ""})});
  for (std::size_t i = 0; i < t.fields.size(); ++i) {
    if (t.fields[i].name == "actor") {
      t.fields[i] = {.name = "actor"};
      t.rows[0][i] = "Portelec; le régulateur";
    }
    if (t.fields[i].name == "place") {
      t.fields[i] =
          vigie::list_of("place", vigie::struct_of("", {{.name = "iso"}, {.name = "name"}}));
      t.rows[0][i] = std::vector<cell>{std::vector<cell>{"RU-IRK", "Irkoutsk"},
                                       std::vector<cell>{nullptr, "la côte"}};
    }
  }
  const checked_page p = checked(page_of(t));
  CHECK(cells_of(p, "actor") == texts{"Portelec, le régulateur"});
  CHECK(cells_of(p, "place") == texts{"Irkoutsk (RU-IRK), la côte"});
}

TEST_CASE("the chart of claims has a lane a type and twelve at most") {
  std::vector<named_cells> rows;
  for (int i = 0; i < 20; ++i)
    rows.push_back(claim_row(lake, lake_page(), "coupées",
                             {"k" + std::to_string(i), "", "type" + std::to_string(i), "", "", "",
                              "", "2018-01-0" + std::to_string(i % 9 + 1), ""}));
  const checked_page p = checked(rows);
  CHECK(p.texts("text", "lane").size() == 12);
  CHECK(p.texts("text", "lane")[11] == "autres");
  CHECK(has(p.texts("desc")[0], "autres\u00A0: 9\u00A0affirmations"));
}

TEST_CASE("claims at the ends of what a day can hold are drawn") {
  table t = table_of({claim_row(lake, lake_page(), "coupées",
                                {"x", "", "block", "", "", "", "", "2018-01-01", ""}),
                      claim_row(lake, lake_page(), "coupées",
                                {"y", "", "block", "", "", "", "", "", "2018-01-01"})});
  t.rows[0][1] = std::numeric_limits<std::int32_t>::min();
  t.rows[1][2] = std::numeric_limits<std::int32_t>::max();
  CHECK(checked(page_of(t)).all("rect").size() == 2);
}
