// SPDX-License-Identifier: Apache-2.0
// The steps one after another, as a pipeline chains them: what press.article adds is what the next
// ones read.
#include "catch.hpp"
#include "french.hpp"
#include "marks/find_dates.hpp"
#include "marks/find_figures.hpp"
#include "marks/find_statements.hpp"
#include "readers/read_article.hpp"
#include "readers/split_sentences.hpp"

#include <vigie/testing.hpp>

using namespace vigie::press;
using vigie::kind;
using vigie::testing::cell;
using vigie::testing::harness;
using vigie::testing::outcome;
using vigie::testing::table;

namespace {

const std::string french_page =
    "Un phare piraté à Kerlo\n\n20.05.2014 13h43\n\nLe phare de Kerlo a été éteint lundi par des "
    "pirates, Agence web pas cher Bordeaux alors que 2.077 bateaux étaient en mer.\n\nSon gardien "
    "ne dit plus rien depuis longtemps, et le port se tait aussi.\n\n2 commentaires\n\nLuc\n3 juin "
    "2014\nQuelle honte pour le port.\n\nAnne dit :\nEt pour la mer.\n";
const std::string english_page = "Lighthouse at Kerlo hacked\n\nMay 20, 2014 1:43 PM\n\nThe "
                                 "lighthouse at Kerlo was switched off "
                                 "on Monday by hackers while at least 2,077 boats were at "
                                 "sea.\n\nThe keeper has not spoken for a "
                                 "long time, and the harbour is silent as well.\n";

template <class C> void give_words(harness<C>& h) {
  h.files["languages.tsv"] = "# list\nen\tEnglish\nfr\tFrench\n";
  for (const auto* language : {"en", "fr"})
    for (const auto* file : {"time", "numbers", "units", "page", "agencies"}) {
      const std::string name = std::string(language) + "/" + file + ".tsv";
      h.files[name] =
          test::read_file(std::filesystem::path(VIGIE_SOURCE_DIR) / "plugins/press/data" / name);
    }
}

// The input with the columns that the step added.
table with(const table& in, const outcome& added) {
  table out = in;
  for (const auto& f : added.fields) out.fields.push_back(f);
  for (std::size_t i = 0; i < out.rows.size(); ++i)
    out.rows[i].insert(out.rows[i].end(), added.rows[i].begin(), added.rows[i].end());
  return out;
}

template <class C, class Set> table step(const table& in, Set&& set) {
  harness<C> h;
  give_words(h);
  set(h.component());
  const auto out = h.transform(in);
  for (const auto& r : out.rejects) FAIL(r.why);
  return with(in, out);
}

table pages(const std::vector<std::string>& texts) {
  table out{{{.name = "text"}}, {}};
  for (const auto& t : texts) out.rows.push_back({t});
  return out;
}

table articles(const std::vector<std::string>& texts, const std::string& language = "fr") {
  return step<article_of_page>(pages(texts), [&](auto& c) { c.words.language = language; });
}

table in_sentences(const table& in, const std::string& language = "fr") {
  return step<sentences_of_page>(in, [&](auto& c) { c.words.language = language; });
}

const cell& at(const table& t, std::size_t row, std::string_view column) {
  return t.rows[row][static_cast<std::size_t>(vigie::find_field(t.fields, column))];
}

const std::vector<cell>& items(const cell& c) { return std::get<std::vector<cell>>(c.value); }
std::string text(const cell& c) { return std::get<std::string>(c.value); }
std::size_t number(const cell& c) {
  return static_cast<std::size_t>(std::get<std::int64_t>(c.value));
}

// What a mention's place in the body holds; its fields `at` and `size` are items 8 and 9.
std::string at_place(const table& t, std::size_t row, const cell& mention) {
  const auto& m = items(mention);
  return text(at(t, row, "body")).substr(number(m[8]), number(m[9]));
}

std::string why(const std::function<outcome()>& run) {
  const auto out = run();
  REQUIRE(out.rejects.size() == 1);
  return out.rejects[0].column + ": " + out.rejects[0].why;
}

} // namespace

TEST_CASE("the map of a body leads each byte of it to the input") {
  const auto t = articles({french_page});
  const std::string body = text(at(t, 0, "body"));
  std::size_t behind = 0;
  for (const cell& piece : items(at(t, 0, "body_map"))) {
    const auto& p = items(piece);
    CHECK(number(p[0]) <= behind + 1);
    behind = number(p[0]) + number(p[1]);
    CHECK(p[3] == cell(nullptr)); // the text is not the bytes of a file here
  }
  CHECK(behind == body.size());
}

TEST_CASE("comments come with their authors and without their heads") {
  const auto t = articles({french_page});
  const auto& found = items(at(t, 0, "comments"));
  REQUIRE(found.size() == 2);
  CHECK(items(found[0])[0] == cell("Luc"));
  CHECK(items(found[0])[1] == cell("Quelle honte pour le port."));
  CHECK(items(found[1])[0] == cell("Anne"));
  CHECK(items(found[1])[1] == cell("Et pour la mer."));
}

TEST_CASE("sentences, dates and figures of a page agree with its text") {
  auto t = in_sentences(articles({french_page}));
  REQUIRE(items(at(t, 0, "sentences")).size() == 3);
  CHECK(items(items(at(t, 0, "sentences"))[0])[2] == cell("title"));
  t = step<dates_of_page>(t, [](auto&) {});
  t = step<figures_of_page>(t, [](auto&) {});
  const auto& dates = items(at(t, 0, "dates"));
  REQUIRE(dates.size() == 2);
  CHECK(items(dates[0])[0] == cell(1));
  CHECK(items(dates[0])[4] == cell("2014-05-19"));
  CHECK(items(dates[0])[5] == cell(*day_of(2014, 5, 19)));
  CHECK(at_place(t, 0, dates[0]) == "lundi");
  CHECK(items(dates[1])[4] == cell("PX"));
  const auto& figures = items(at(t, 0, "figures"));
  REQUIRE(figures.size() == 1);
  CHECK(items(figures[0])[2] == cell(2077.0));
  CHECK(at_place(t, 0, figures[0]) == "2.077");
}

TEST_CASE("without a column of publication relative dates have no days") {
  auto t = in_sentences(articles({french_page}));
  const auto published = static_cast<std::size_t>(vigie::find_field(t.fields, "published"));
  t.fields[published].name = "some_day";
  t = step<dates_of_page>(t, [](auto&) {});
  CHECK(items(items(at(t, 0, "dates"))[0])[4] == cell("weekday:monday"));
  CHECK(items(items(at(t, 0, "dates"))[0])[5] == cell(nullptr));
}

TEST_CASE("auto reads each page in its own language") {
  auto t = articles({french_page, english_page}, "auto");
  t.fields.push_back({.name = "language"});
  t.rows[0].push_back("fr-CA");
  t.rows[1].push_back("en");
  t = in_sentences(t, "auto");
  t = step<dates_of_page>(t, [](auto& c) { c.page.words.language = "auto"; });
  t = step<figures_of_page>(t, [](auto& c) { c.page.words.language = "auto"; });
  CHECK(at(t, 1, "published") == cell(*day_of(2014, 5, 20)));
  for (std::size_t row = 0; row < 2; ++row) {
    INFO(row);
    CHECK(items(items(at(t, row, "dates"))[0])[4] == cell("2014-05-19"));
    CHECK(items(items(at(t, row, "figures"))[0])[2] == cell(2077.0));
  }
  CHECK(items(items(at(t, 1, "figures"))[0])[4] == cell("lower"));
}

TEST_CASE("a language without words is refused when the step is bound") {
  harness<article_of_page> h;
  give_words(h);
  h.component().words.language = "tlh";
  h.component().words.language.param = 3;
  try {
    (void)h.transform(pages({french_page}));
    FAIL("bound");
  } catch (const vigie::error& e) {
    CHECK(e.message.starts_with("the language is 'tlh', and there are words of en and fr"));
    CHECK(e.param == 3);
  }
}

TEST_CASE("a page in a language without words is rejected and names those there are") {
  const std::string german =
      "Leuchtturm gelöscht\n\nDer Leuchtturm der kleinen Insel wurde am Montag von Unbekannten "
      "gelöscht, während viele Schiffe auf dem Meer unterwegs waren und nicht wussten, wohin.\n";
  CHECK(why([&] {
          harness<article_of_page> h;
          give_words(h);
          h.component().words.language = "auto";
          return h.transform(pages({german}));
        }).starts_with("text: the language is 'de', and there are words of en and fr"));
  CHECK(why([&] {
          harness<sentences_of_page> h;
          give_words(h);
          h.component().words.language = "auto";
          return h.transform({{{.name = "body"}, {.name = "language"}}, {{"Ein Satz.", nullptr}}});
        }).starts_with("language: the language is 'un' (nobody could tell it)"));
}

TEST_CASE("a body that was changed behind its map is rejected, not read beyond its end") {
  auto t = articles({french_page});
  t.rows[0][static_cast<std::size_t>(vigie::find_field(t.fields, "body"))] = cell("Court.");
  harness<sentences_of_page> h;
  give_words(h);
  CHECK(why([&] {
          return h.transform(t);
        }).starts_with("body_map: the pieces of the map are not in order or go beyond the 6"));
  auto s = in_sentences(articles({french_page}));
  s.rows[0][static_cast<std::size_t>(vigie::find_field(s.fields, "body"))] = cell("Court.");
  s.rows[0][static_cast<std::size_t>(vigie::find_field(s.fields, "body_map"))] = cell(nullptr);
  harness<dates_of_page> d;
  give_words(d);
  CHECK(why([&] { return d.transform(s); }).starts_with("sentences: a sentence goes beyond"));
}

TEST_CASE("a list of other items under the name of a map is refused when bound") {
  harness<sentences_of_page> h;
  give_words(h);
  const table in{{{.name = "body"}, vigie::list_of("body_map", {.name = "item"})}, {}};
  try {
    (void)h.transform(in);
    FAIL("bound");
  } catch (const vigie::error& e) {
    CHECK(e.message.find("not of structs of at, size, label, offset, length") != std::string::npos);
  }
}

TEST_CASE("a cleaned text from elsewhere is split without a map") {
  const table in{{{.name = "body"}}, {{"M. Roux est venu. Il est parti.\nTitre"}, {""}}};
  const auto t = in_sentences(in);
  CHECK(items(at(t, 0, "sentences")).size() == 3);
  CHECK(items(items(at(t, 0, "sentences"))[0])[3] == cell(nullptr));
  CHECK(items(at(t, 1, "sentences")).empty());
}

TEST_CASE("a page longer than the limit is rejected unread") {
  CHECK(why([&] {
          harness<article_of_page> h;
          give_words(h);
          h.component().largest = {100};
          return h.transform(pages({french_page}));
        }).starts_with("text: the page has " + std::to_string(french_page.size()) + " bytes"));
}

TEST_CASE("pages without an article are rejected with what they hold") {
  const auto reason = [](const std::string& page, const char* language = "fr") {
    return why([&] {
      harness<article_of_page> h;
      give_words(h);
      h.component().words.language = language;
      return h.transform(pages({page}));
    });
  };
  CHECK(reason("") == "text: the page is empty");
  CHECK(reason("", "auto") == "text: the page is empty");
  CHECK(reason(" \r\n\n", "auto") == "text: the page is empty");
  CHECK(reason("\u00A0\n\n") == "text: the page is empty");
  CHECK(reason("3 commentaires\n\n  1. Merci.\n") ==
        "text: the page holds no article text, only residue such as comment_header");
  CHECK(reason(std::string("\x7f"
                           "ELF\x02\x01\x01\0\0\0\0\x03\0>\0\x01\0\0\0",
                           20))
            .starts_with("text: the page holds no text but bytes of another kind"));
}
