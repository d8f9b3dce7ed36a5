// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "html/byline.hpp"
#include "html_support.hpp"

using namespace vigie::press;
using namespace vigie::press::test;

namespace {

std::string names(std::string_view line) { return html::names_of_byline(line, web_rules()); }

std::string byline(const std::string& head, const std::string& below) {
  return read_page(story(head, below), {}, "https://fanal.example/a/17").byline;
}

std::string json_ld(const std::string& json) {
  return "<script type='application/ld+json'>" + json + "</script>";
}

} // namespace

TEST_CASE("a byline is cleared of words before its names and of what dates it") {
  CHECK(names("By Ida Roth") == "Ida Roth");
  CHECK(names("Par Ida Roth, publié le 4 mai 2013 à 10h12") == "Ida Roth");
  CHECK(names("Written by Ida Roth on Saturday, May 4, 2013") == "Ida Roth");
  CHECK(names("Veröffentlicht von Ida Roth") == "Ida Roth");
  CHECK(names("Autorin: Ida Roth") == "Ida Roth");
  CHECK(names("Ida Roth | 04.05.2013") == "Ida Roth");
  CHECK(names("04.05.2013, 11:30 Uhr von Ida Roth") == "Ida Roth");
  CHECK(names("Ida Roth am Samstag, 4. Mai 2013 um 11:14 Uhr") == "Ida Roth");
  CHECK(names("Ida Roth and Max Hahn") == "Ida Roth and Max Hahn");
  CHECK(names("Ida Roth - [email protected]") == "Ida Roth");
  CHECK(names("By Ida Roth, ida.roth@fanal.example") == "Ida Roth");
}

TEST_CASE("a site behind who wrote for it is no author") {
  const std::string below = "<p class=\"byline\">By Ida Roth, ";
  CHECK(byline("", below + "fanal.example</p>") == "Ida Roth");
  CHECK(byline("", below + "Max Hahn</p>") == "Ida Roth, Max Hahn");
}

TEST_CASE("names that hold words of bylines stay whole") {
  for (const char* whole :
       {"Ida von Roth", "Max d'Orléans", "AFP/Le Fanal", "Ida Roth avec AFP", "Ida By", "Le Fanal"})
    CHECK(names(whole) == whole);
}

TEST_CASE("a line of nothing but labels and dates names nobody") {
  for (const char* none : {"", "Author", "Auteurs :", "By", "4 mai 2013", "Posted on May 4, 2013",
                           "|", "12 3", "Publié le 4 mai 2013"})
    CHECK(names(none) == "");
}

TEST_CASE("all authors that a page declares are its byline") {
  CHECK(byline(json_ld(
                   R"({"@type":"NewsArticle","author":[{"name":"Ida Roth"},{"name":"Max Hahn"}]})"),
               "") == "Ida Roth, Max Hahn");
  CHECK(byline(json_ld(R"({"@type":"NewsArticle","author":"Ida Roth"})"), "") == "Ida Roth");
  CHECK(byline(json_ld(R"({"@type":"NewsArticle","author":{"name":["Ida Roth"]}})"), "") ==
        "Ida Roth");
  CHECK(
      byline(
          json_ld(
              R"({"@graph":[{"@type":"Person","@id":"#p","name":"Ida Roth"},{"@type":"NewsArticle","author":{"@id":"#p"}}]})"),
          "") == "Ida Roth");
  CHECK(byline(json_ld(R"({"@type":"NewsArticle","author":{"@id":"#q"}})"), "") == "");
  CHECK(byline(json_ld(R"({"@type":"NewsArticle","author":{"author":{"name":"Ida"}}})"), "") == "");
  CHECK(byline("<meta name=author content='https://x.example/ida'><meta name=byl content='By Ida "
               "Roth'>",
               "") == "Ida Roth");
}

TEST_CASE("a site that signs its pages itself does not hide who a reader sees") {
  const std::string seen = "<p class=byline>Par Ida Roth</p>";
  CHECK(byline("<meta name=author content='Le Fanal'>", seen) == "Ida Roth");
  CHECK(byline("<meta name=author content=fanal.example>", seen) == "Ida Roth");
  CHECK(
      byline("<meta property=og:site_name content='La Vigie'><meta name=author content='La vigie'>",
             seen) == "Ida Roth");
  CHECK(byline("<meta name=author content='Le Fanal'>", "") == "Le Fanal");
  CHECK(byline("<meta name=author content='Max Hahn'>", seen) == "Max Hahn");
}

TEST_CASE("the byline nearest to the headline is the page's") {
  const std::string label = "<p class=author>Auteur</p>";
  CHECK(byline("", label + "<p class=author>Ida Roth</p>") == "Ida Roth");
  const std::string far = "<p class=author>Max Hahn tient la chronique du port.</p>";
  CHECK(
      read_page("<html><body><div class=author>Max Hahn</div><p>1</p><p>2</p><p>3</p><h1>Le câble "
                "réparé</h1><p class=author>Ida Roth</p>" +
                two_paragraphs + far + "</body></html>")
          .byline == "Ida Roth");
}

TEST_CASE("an author's link within a longer line is a byline") {
  CHECK(byline("",
               "<p>Dans Mer, ports et phares, sous la rubrique de la semaine, par <a rel=author "
               "href=/i>Ida Roth</a> | 12 réponses, dont deux de la rédaction</p>") == "Ida Roth");
}

TEST_CASE("a line below the headline that opens as bylines do names the author") {
  CHECK(byline("", "<p>Par Ida Roth</p>") == "Ida Roth");
  CHECK(byline("", "<p>By IDA ROTH and MAX HAHN</p>") == "IDA ROTH and MAX HAHN");
  CHECK(byline("", "<p>Par temps de brume</p>") == "");
  CHECK(byline("", "<p>Par Ida Roth a été vu le port.</p>") == "");
}
