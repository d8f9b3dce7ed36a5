// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "dossier_checks.hpp"

#include <limits>

using namespace dossier_test;
using vigie::dossier::timeline;

namespace {

std::string long_text(std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i) out += (i == 0 ? "mot" : " mot") + std::to_string(i);
  return out;
}

} // namespace

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

void move_places(named_cells& row, std::int64_t by) {
  for (const char* column : {"body_map", "segments"})
    for (cell& item : std::get<std::vector<cell>>(row[column].value)) {
      auto& offset = std::get<std::vector<cell>>(item.value).rbegin()[1];
      offset = std::get<std::int64_t>(offset.value) + by;
    }
}

TEST_CASE("the bytes of a page in an archive are told apart from those of the page") {
  const source s{"l.warc", "L", "", "", "", "2018-01-01"};
  for (const std::int64_t by : {1, 5, 7, 1000, 1'000'000'000}) {
    // Its first words stand in the menu, too, and not where they are the text's.
    named_cells a = page_row(s, {{"nav", "Un deux Un deux", false},
                                 {"body", "Un deux trois."},
                                 {"body", "Quatre."},
                                 {"nav", "Bas de page", false}});
    move_places(a, by);
    named_cells c = claim_row(s, a, "deux", {"x", "", "block"});
    c["span"] = std::vector<cell>{by + 19, 4};
    const checked_page p = checked({a, c});
    INFO(by);
    CHECK(passage(p, byte_links(p)[0]) == "deux");
    CHECK(has(p.texts("details", "residue")[0], "Un deux Un deux"));
    CHECK(has(p.texts("details", "residue")[1], "Bas de page"));
  }
}

TEST_CASE("the bytes of a file with a byte order mark are told apart from those of its text") {
  const source s{"l.txt", "L", "", "", "", "2018-01-01"};
  named_cells a = page_row(s, {{"nav", "Menu du site", false}, {"body", "Un deux trois."}});
  move_places(a, 3);
  named_cells c = claim_row(s, a, "deux", {"x", "", "block"});
  c["span"] = std::vector<cell>{19, 4};
  const checked_page p = checked({a, c});
  CHECK(passage(p, byte_links(p)[0]) == "deux");
  CHECK(has(p.texts("details", "residue")[0], "Menu du site"));
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

TEST_CASE("pages of one archive are articles of their own, told apart by their address") {
  source one{"crawl.warc", "Un", "https://example.org/1", "", "", "2018-01-01"}, two = one,
                                                                                 again = one;
  two.url = "https://example.org/2";
  two.title = "Deux";
  const auto with_url = [](named_cells row, const source& s) {
    row["url"] = text_or_null(s.url);
    return row;
  };
  const named_cells a = page_row(one, {{"body", "Premier texte."}}),
                    b = page_row(two, {{"body", "Second texte."}}),
                    c = page_row(again, {{"body", "Premier texte, relu."}});
  const std::vector<named_cells> rows{
      a, b, c, with_url(claim_row(two, b, "Second texte.", {"x", "", "block"}), two)};
  const checked_page p = checked(rows);
  CHECK(p.all("section", "text").size() == 3);
  CHECK(passage(p, byte_links(p)[0]) == "Second texte.");
  for (const char* text : {"Premier texte.", "Second texte.", "Premier texte, relu."})
    CHECK(has(p.text, text));
}

TEST_CASE("a claim without an address is of the one page of its file, and of none of several") {
  source one{"crawl.warc", "", "https://example.org/1", "", "", ""}, two = one, none = one;
  two.url = "https://example.org/2";
  const named_cells a = page_row(one, {{"body", "Premier texte."}}),
                    b = page_row(two, {{"body", "Premier texte."}});
  const named_cells c = claim_row(none, a, "Premier texte.", {"x", "", "block"});
  CHECK(byte_links(checked({c, a})).size() == 1);
  CHECK(byte_links(checked({a, c})).size() == 1);
  CHECK(byte_links(checked({c, a, b})).empty());
}

TEST_CASE("a statement without a basis is none the less no article") {
  const named_cells a = lake_page();
  named_cells r = statement_row(lake, a, "coupées en une nuit.", "2018-04-17", "");
  r["body"] = a.at("body");
  r["basis"] = nullptr;
  CHECK(checked({r}).texts("blockquote").size() == 1);
  r["from"] = nullptr;
  CHECK(checked({r}).texts("blockquote").size() == 1);
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
