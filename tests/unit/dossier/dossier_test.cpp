// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "digest.hpp"
#include "dossier_sample.hpp"
#include "html_check.hpp"

#include <limits>

using namespace dossier_test;
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

template <class F> checked_page checked(const std::vector<named_cells>& rows, F&& set) {
  return checked(page_of(table_of(rows), set));
}
checked_page checked(const std::vector<named_cells>& rows) { return checked(page_of(rows)); }

std::string text_of(const checked_page& p, const std::string& id) {
  for (const element& e : p.elements)
    if (const auto found = e.attributes.find("id"); found != e.attributes.end())
      if (found->second == id) return e.text;
  return "no element " + id;
}

// The texts of the cells of one column of the table of claims.
texts cells_of(const checked_page& p, const std::string& column) {
  texts out;
  for (const element& e : p.elements) {
    const auto name = e.attributes.find("data-c");
    const bool fits = name != e.attributes.end() && name->second == column;
    if (fits && (e.name == "td" || (e.name == "th" && e.attributes.at("scope") == "row")))
      out.push_back(e.text);
  }
  return out;
}

texts byte_links(const checked_page& p) {
  texts out;
  for (const element& e : p.all("a", "bytes")) out.push_back(e.attributes.at("href").substr(1));
  return out;
}

// A cited passage without the numbers of those that quote it.
std::string passage(const checked_page& p, const std::string& id) {
  std::string text = text_of(p, id);
  for (const std::string_view kind : {"Énoncé ", "Affirmation "})
    text = text.substr(0, text.find(kind));
  while (text.ends_with(", ")) text.resize(text.size() - 2);
  return text;
}

std::string long_text(std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i) out += (i == 0 ? "mot" : " mot") + std::to_string(i);
  return out;
}

} // namespace

TEST_CASE("claims stand by incident and day, and an incident told twice is one with two claims") {
  std::vector<named_cells> rows = dossier();
  std::swap(rows[0], rows[3]);
  const checked_page p = checked(rows);
  CHECK(cells_of(p, "incident") == texts{"1", "1", "1", "2"});
  CHECK(cells_of(p, "type") == texts{"coupure de service", "blocage", "blocage", "rencontre"});
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

TEST_CASE("types and modalities the page has no word for are shown as they are") {
  const checked_page p = checked({claim_row(
      lake, lake_page(), "coupées", {"x", "", "sabotage <b>", "", "", "", "", "", "", "sung"})});
  CHECK(cells_of(p, "type") == texts{"sabotage <b>"});
  CHECK(cells_of(p, "modality") == texts{"sung"});
}

TEST_CASE("every claim and statement leads to its own bytes in the article view") {
  const checked_page p = checked(dossier());
  const texts links = byte_links(p);
  REQUIRE(links.size() == 6); // four claims and two statements
  CHECK(passage(p, links[0]) ==
        "Le 17 avril 2018, le régulateur a fait bloquer la messagerie Boréale à Irkoutsk.");
  CHECK(passage(p, links[1]) == "Selon deux opérateurs, 1 200 adresses ont été");
  CHECK(passage(p, links[2]) == "L’opérateur Portelec dément avoir coupé la messagerie Boréale.");
  CHECK(links[4] == links[0]); // the statement quotes the same bytes
  const named_cells page = lake_page();
  const auto& raw = std::get<std::string>(page.at("text").value);
  const std::string words = "Selon deux opérateurs, 1 200 adresses ont été";
  const std::size_t at = raw.find(words);
  CHECK(links[1] == "a1-" + std::to_string(at) + "-" + std::to_string(at + words.size()));
  CHECK(has(text_of(p, "c2"), "octets " + std::to_string(at) + "–"));
}

TEST_CASE("the view leads back to what quotes a passage") {
  const checked_page p = checked(dossier());
  CHECK(has(text_of(p, byte_links(p)[0]), "Énoncé 1, Affirmation 1"));
}

TEST_CASE("residue is folded with label, reason and bytes, and stands in no kept text") {
  const checked_page p = checked(dossier());
  const texts residue = p.texts("details", "residue");
  REQUIRE(residue.size() == 2);
  CHECK(has(residue[0], "Écarté\u00A0: 1\u00A0passage nav"));
  CHECK(has(residue[0], "rule of nav"));
  CHECK(has(residue[0], "octets 0–"));
  CHECK(has(residue[0], "Accueil Monde"));
  CHECK(p.texts("span", "residue") == texts{"[écarté, ad_insertion\u00A0: rule of ad_insertion]"});
  for (const std::string& paragraph : p.texts("p")) CHECK_FALSE(has(paragraph, "forfait"));
  CHECK(has(p.texts("div", "body")[0], "ont été"));
  CHECK(has(p.texts("div", "body")[0], "coupées en une nuit."));
}

TEST_CASE("no handle of a reader is on the page, and one reader is one number all over it") {
  std::vector<named_cells> rows = dossier();
  rows.push_back(page_row({"pages/z.txt", "Z", "", "", "", "2018-05-01"},
                          {{"body", "Un texte."}, {"comment", "Bonjour.", false, true, "OLGA"}}));
  for (const char* text : {"short", "full"}) {
    const std::string html = page_of(table_of(rows), [&](timeline& c) { c.text = text; });
    const checked_page p = checked(html);
    for (const char* handle : {"Yann", "yann", "Olga", "OLGA"}) CHECK_FALSE(has(html, handle));
    const texts comments = p.texts("details", "comments");
    REQUIRE(comments.size() == 2);
    CHECK(has(comments[0], "lecteur 1\u00A0: Chez moi aussi plus rien."));
    CHECK(has(comments[0], "lecteur 2\u00A0: @lecteur 1 Pareil à Oulan-Oudé."));
    CHECK(has(comments[0], "lecteur 1\u00A0: Merci lecteur 2."));
    CHECK(has(comments[1], "lecteur 2\u00A0: Bonjour."));
    CHECK(has(p.texts("details", "residue")[1], "Les plus actifs : lecteur 1, lecteur 2"));
  }
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

TEST_CASE("longer passages are cut unless the page is for own use, which it then says twice") {
  const std::string words = long_text(100);
  const source s{"l.txt", "L", "", "", "", "2018-01-01"};
  const named_cells a = page_row(s, {{"body", words}, {"nav", words, false}});
  const std::vector<named_cells> rows{a, claim_row(s, a, words, {"x", "", "block"}),
                                      statement_row(s, a, words, "2018-01-01", "")};
  const std::string html = page_of(rows);
  CHECK_FALSE(has(html, "mot80"));
  CHECK_FALSE(has(html, "own-use\""));
  for (const std::string& text : checked(html).texts("blockquote")) CHECK(text.size() < 310);
  const auto own_use = [&](const char* text, std::int64_t most) {
    return checked(rows, [&](timeline& c) {
      c.text = text;
      c.max_text = most;
    });
  };
  const checked_page full = own_use("full", 300);
  CHECK(full.all("p", "own-use").size() == 2);
  CHECK(has(full.texts("div", "body")[0], words));
  CHECK(has(full.texts("details", "residue")[0], words));
  CHECK(own_use("short", 0).all("p", "own-use").size() == 2);
  CHECK(own_use("short", 301).all("p", "own-use").size() == 2);
  CHECK(own_use("short", 300).all("p", "own-use").empty());
}

TEST_CASE("of a long article quoted passages are shown and the others counted") {
  const source s{"l.txt", "L", "", "", "", "2018-01-01"};
  std::vector<page_part> parts;
  for (int i = 0; i < 1000; ++i) {
    parts.push_back({"body", "Ligne " + std::to_string(i) + "."});
    parts.push_back({"body", "Suite.", true, false});
  }
  const named_cells a = page_row(s, parts);
  const std::vector<named_cells> rows{a, claim_row(s, a, "Ligne 900.", {"x", "", "block"})};
  const checked_page p = checked(rows);
  CHECK(passage(p, byte_links(p)[0]) == "Ligne 900.");
  CHECK(has(p.text, "699 passages non cités"));
  CHECK_FALSE(has(p.text, "Ligne 500."));
  const checked_page full = checked(rows, [](timeline& c) { c.text = "full"; });
  CHECK(has(full.text, "Ligne 500. Suite."));
}

TEST_CASE("without a map the kept segments of the text of the file are shown") {
  const source s{"l.txt", "L", "", "", "", "2018-01-01"};
  const named_cells a = page_row(
      s, {{"nav", "Menu", false}, {"body", "Un deux."}, {"body", "Trois.", true, false}}, false);
  const checked_page p = checked({a, claim_row(s, a, "deux. Trois", {"x", "", "block"})});
  CHECK(passage(p, byte_links(p)[0]) == "deux. Trois");
  CHECK(has(p.texts("div", "body")[0], "Un deux. Trois"));
}

TEST_CASE("the bytes of a file with a byte order mark are told apart from those of its text") {
  const source s{"l.txt", "L", "", "", "", "2018-01-01"};
  named_cells a = page_row(s, {{"nav", "Menu du site", false}, {"body", "Un deux trois."}});
  for (const char* column : {"body_map", "segments"})
    for (cell& item : std::get<std::vector<cell>>(a[column].value)) {
      auto& offset = std::get<std::vector<cell>>(item.value).rbegin()[1];
      offset = std::get<std::int64_t>(offset.value) + 3;
    }
  named_cells c = claim_row(s, a, "deux", {"x", "", "block"});
  c["span"] = std::vector<cell>{19, 4};
  const checked_page p = checked({a, c});
  CHECK(passage(p, byte_links(p)[0]) == "deux");
  CHECK(has(p.texts("details", "residue")[0], "Menu du site"));
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

TEST_CASE("statements that carry their article along are enough for a view, shown once") {
  std::vector<named_cells> rows;
  const named_cells a = lake_page();
  for (int i = 0; i < 50; ++i) {
    named_cells r = statement_row(lake, a, "coupées en une nuit.", "2018-04-17", "");
    for (const char* column : {"body", "body_map", "segments", "comments"})
      r[column] = a.at(column);
    rows.push_back(r);
  }
  const checked_page p = checked(rows);
  CHECK(p.all("section", "text").size() == 1);
  CHECK(byte_links(p).size() == 50);
  CHECK(has(p.texts("details", "residue")[0], "(texte non montré)"));
  rows.push_back(a);
  CHECK(has(checked(rows).texts("details", "residue")[0], "Accueil Monde"));
}

TEST_CASE("passages that overlap, cross and begin inside of characters are all led to") {
  const source s{"l.txt", "L", "", "", "", "2018-01-01"};
  const named_cells a =
      page_row(s, {{"body", "Été à été."}, {"body", "Où ça ?"}, {"body", "Là.", true, false}});
  const auto size = static_cast<std::int64_t>(std::get<std::string>(a.at("text").value).size());
  std::vector<named_cells> rows{a};
  std::size_t id = 0;
  for (std::int64_t begin = 0; begin <= size + 1; ++begin)
    for (std::int64_t end = begin; end <= size + 2; ++end) {
      named_cells c = claim_row(s, a, "à", {"k" + std::to_string(++id), "", "block"});
      c["span"] = std::vector<cell>{begin, end - begin};
      rows.push_back(c);
    }
  const checked_page p = checked(rows);
  CHECK(byte_links(p).size() > 300);
}

TEST_CASE("places that are hostile are harmless") {
  const source s{"l.txt", "L", "", "", "", "2018-01-01"};
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::vector<cell>> pieces{
      {0, 5, "body", 50, 5},    {6, 5, "body", 10, 5},   {-1, 5, "body", 0, 5},
      {0, 99999, "body", 0, 5}, {9, -4, "body", 0, 5},   {3, 4, "body", most, 2147483647},
      {0, 4, "body", -8, 5},    {0, 0, "body", 0, 0},    {2, 3, "body", nullptr, 5},
      {0, 5, "body", 0, 0},     {4, 7, "body", 2, most}, {1, 3, "body", 4, 1}};
  for (const auto& first : pieces)
    for (const auto& second : pieces) {
      named_cells a = page_row(s, {{"body", "Un été à la mer."}, {"nav", "x", false}});
      a["body_map"] = std::vector<cell>{first, second};
      a["segments"] =
          std::vector<cell>{std::vector<cell>{"nav", false, nullptr, nullptr, second[3], second[4]},
                            std::vector<cell>{nullptr, nullptr, nullptr, 1, first[3], first[4]}};
      named_cells c = claim_row(s, a, "été", {"x", "", "block"});
      c["span"] = std::vector<cell>{2, 9};
      CHECK(checked({a, c}).all("section", "text").size() == 1);
    }
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

TEST_CASE("sensitive bodies, comments and names are not shown") {
  table t = table_of(dossier());
  for (vigie::field& f : t.fields)
    for (const char* name : {"body", "actor", "comments"})
      if (f.name == name) f.sensitive = true;
  const checked_page p = checked(page_of(t));
  CHECK(cells_of(p, "actor")[0] == "•••");
  CHECK(p.texts("div", "body")[0] == "\n•••\n");
  CHECK(p.all("details").empty());
}
