// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "html/date_line.hpp"
#include "html/date_text.hpp"
#include "html/lower_text.hpp"
#include "html/other_calendars.hpp"
#include "html_support.hpp"

using namespace vigie::press;
using namespace vigie::press::test;

namespace {

std::string day_below(const std::string& below, const std::string& behind = {}) {
  return day_of(read_page(story("", below, behind)));
}

std::string day_in_head(const std::string& head) { return day_of(read_page(story(head, ""))); }

std::string json_ld(const std::string& json) {
  return "<script type='application/ld+json'>" + json + "</script>";
}

std::string persian(int year, int month, int day) {
  std::string out;
  if (const auto found = html::day_of_persian(year, month, day))
    vigie::civil::append_date(out, *found);
  return out;
}

std::string read_date(std::string_view text) {
  std::string out;
  const std::string low = html::lower_text_and_digits(text);
  if (const auto found = html::find_date(low, web_rules(), false))
    vigie::civil::append_date(out, found->day);
  return out;
}

} // namespace

TEST_CASE("an element's RDFa property dates a page, under whatever prefix") {
  CHECK(day_below("<span property='dc:date dc:created' content='2013-05-04T10:00:00+02:00'>Soumis "
                  "le sam, 05/04/2013</span>") == "2013-05-04");
  CHECK(day_below("<b property='schema:datePublished' content=2013-05-04></b>") == "2013-05-04");
  CHECK(day_below("<b property='schema:dateModified' content=2014-01-01></b>"
                  "<b property='dcterms:issued' content=2013-05-04></b>") == "2013-05-04");
  CHECK(day_below("<b itemprop='dateCreated datePublished' content=2013-05-04></b>") ==
        "2013-05-04");
  CHECK(day_below("<b property='schema:validUpdatePublished' content=2013-05-04></b>") == "");
  CHECK(day_below("<b property='schema:datePublishedAgain' content=2013-05-04></b>") == "");
}

TEST_CASE("any element may give its moment to machines") {
  CHECK(day_below("<p><relative-time datetime=2013-05-04T10:00:00Z>hier</relative-time></p>") ==
        "2013-05-04");
  CHECK(day_below("<p><span class=timeago title=2013-05-04T10:00:00Z>hier</span></p>") ==
        "2013-05-04");
  CHECK(day_below("<p><span class=post-date data-timestamp=1367661600>hier</span></p>") ==
        "2013-05-04");
  CHECK(day_below("<p><span class=post-date content=2013-05-04>hier</span></p>") == "2013-05-04");
  CHECK(day_below("<p><del datetime=2013-05-04>un mot</del> un autre</p>") == "");
  CHECK(day_below("<p><span class=counter data-timestamp=1367661600>hier</span></p>") == "");
  CHECK(day_below("<p><a title='du 2013-05-04'>le contrat</a></p>") == "");
}

TEST_CASE("a label in a line of its own says what the date below it is") {
  const std::string list = "<dl><dt>Mis à jour</dt><dd>5 juin 2014</dd><dt>Publié</dt><dd>4 mai "
                           "2013</dd></dl>";
  CHECK(day_below(list) == "2013-05-04");
  CHECK(day_below("<table><tr><th>Updated:</th><td>05/06/2014</td></tr><tr><th>Published:</th>"
                  "<td>04/05/2013</td></tr></table>") == "2013-05-04");
  CHECK(day_below("<p>Last update: 5 June 2014</p><p>4 May 2013</p>") == "2013-05-04");
  CHECK(day_below("<p>Update: 5 June 2014</p><p>Date: 4 May 2013</p>") == "2013-05-04");
  // A line with a date of its own is no label of the next.
  CHECK(day_below("<p>Mis à jour le 5 juin 2014</p><p>4 mai 2013</p>") == "2013-05-04");
}

TEST_CASE("scripts name the day with any quotes, or with none around its name") {
  const auto scripted = [](const std::string& js) {
    return day_below("", "<script>" + js + "</script>");
  };
  CHECK(scripted("push({'publishDate':'2013-05-04'})") == "2013-05-04");
  CHECK(scripted("var p={type:'a',publishedAt: \"2013-05-04T09:00\"}") == "2013-05-04");
  CHECK(scripted(R"(x="{\"publishedAt\":1367661600000}")") == "2013-05-04");
  CHECK(day_below("", "<div data-x='{&quot;publishedAt&quot;:&quot;2013-05-04&quot;}'></div>") ==
        "2013-05-04");
  CHECK(scripted("p.unpublishedAt = x ? 1 : '2013-05-04'") == "");
  CHECK(scripted("var p={publishedAt: now, other: '2013-05-04'}") == "");
  CHECK(scripted("var p={publishedAtOnce:'2013-05-04'}") == "");
  CHECK(scripted("publishDate'") == "");
  CHECK(scripted("'publishDate':") == "");
}

TEST_CASE("JSON-LD gives days as text, as a value with a type, or in seconds") {
  const auto of = [](const std::string& value) {
    return day_in_head(json_ld(R"({"@type":"NewsArticle","datePublished":)" + value + "}"));
  };
  CHECK(of("\"2013-05-04\"") == "2013-05-04");
  CHECK(of(R"({"@type":"Date","@value":"2013-05-04"})") == "2013-05-04");
  CHECK(of("1367661600") == "2013-05-04");
  CHECK(of("1367661600000") == "2013-05-04");
  CHECK(of("20") == "");
  CHECK(of("null") == "");
  CHECK(of("[\"2013-05-04\"]") == "");
}

TEST_CASE("posts of a live page do not date it, nor a film that its article shows") {
  CHECK(
      day_in_head(json_ld(
          R"({"@type":"LiveBlogPosting","liveBlogUpdate":[{"@type":"BlogPosting","headline":"x","datePublished":"2013-05-06"}],"datePublished":"2013-05-04"})")) ==
      "2013-05-04");
  const std::string film = json_ld(R"({"@type":"VideoObject","uploadDate":"2011-01-02"})");
  CHECK(day_of(read_page(story(film, "<p class=date>4 mai 2013</p>"))) == "2013-05-04");
  CHECK(day_in_head(film) == "2011-01-02");
}

TEST_CASE("a date in a headline or in a sentence comes behind that of a line which dates") {
  const auto titled = [](const std::string& title) {
    return day_of(read_page("<html><body><h1>" + title + "</h1>" + two_paragraphs +
                            "<p>Mis en ligne le 4 mai 2013</p></body></html>"));
  };
  CHECK(titled("Portes ouvertes du 12 juin 2013") == "2013-05-04");
  CHECK(
      day_below("<p>Le vote du 3 mars 2011 est raconté à part.</p><p>Sam. 4 mai 2013, 10.12</p>") ==
      "2013-05-04");
  CHECK(day_below("<p>Paris, le 4 mai 2013.</p>") == "2013-05-04");
  CHECK_FALSE(
      html::is_sentence("publié le 4 mai 2013 par la rédaction du port de varne.", web_rules()));
  CHECK(html::is_sentence("le vote du 4 mai 2013 est raconté à part.", web_rules()));
  CHECK_FALSE(html::is_sentence("", web_rules()));
}

TEST_CASE("the place and day of a wire open its text before a dash, other days do not") {
  const std::string rest = " Le câble qui alimente le port a été coupé sur son trajet, indique "
                           "l'opérateur, et les bacs ont pris du retard jusque dans la soirée, "
                           "tandis que commerces et écoles restaient sans connexion, onze heures "
                           "durant, avant le retour du réseau.";
  CHECK(day_below("<p>SAINT-MALO, Ille-et-Vilaine, le 4 mai 2013 –" + rest + "</p>") ==
        "2013-05-04");
  CHECK(day_below("<p>LONDON, ONTARIO, May 4, 2013 /Fil du port/ --" + rest + "</p>") ==
        "2013-05-04");
  CHECK(day_below("<p>D'après le contrat signé par les deux le 4 mai 2013, rien." + rest +
                  "</p>") == "");
}

TEST_CASE("day, month and year as numbers of an element each make a date") {
  CHECK(day_below("<div class=date><i>04</i> <i>05</i> <i>2013</i></div>") == "2013-05-04");
  CHECK(day_below("<div class=date><div>04</div><div>05</div><div>2013</div></div>") ==
        "2013-05-04");
  CHECK(day_below("<div class=date><i>04</i> <i>85</i> <i>2013</i></div>") == "");
  CHECK(day_below("<p>04 05 2013</p>") == "");
}

TEST_CASE("digits of other scripts are digits") {
  CHECK(read_date("٤ مايو ٢٠١٣") == "2013-05-04");
  CHECK(read_date("०४ मई २०१३") == "2013-05-04");
  CHECK(read_date("２０１３年５月４日") == "2013-05-04");
  CHECK(read_date("4 ماي 2013") == "2013-05-04");
  CHECK(read_date("4 أيار 2013") == "2013-05-04");
  CHECK(html::lower_text_and_digits("Été ٣") == "été 3");
  CHECK(html::lower_text_and_digits("x² ⅓") == "x² ⅓");
}

TEST_CASE("years of Thailand, Japan, Taiwan and Persia are those of the calendar they are in") {
  CHECK(read_date("4 พฤษภาคม 2556") == "2013-05-04");
  CHECK(read_date("令和2年5月4日") == "2020-05-04");
  CHECK(read_date("平成25年5月4日") == "2013-05-04");
  CHECK(read_date("民國102年5月4日") == "2013-05-04");
  CHECK(read_date("۱۴ اردیبهشت ۱۳۹۲") == "2013-05-04");
  CHECK(read_date("1392/02/14") == "2013-05-04");
  CHECK(read_date("令和2年") == "");
  CHECK(read_date("25560504") == "");
  CHECK(read_date("1392/07/31") == "");
}

TEST_CASE("days of the Persian calendar agree with those of its new years") {
  CHECK(persian(1369, 1, 1) == "1990-03-21");
  CHECK(persian(1395, 1, 1) == "2016-03-20");
  CHECK(persian(1395, 12, 30) == "2017-03-20");
  CHECK(persian(1399, 12, 30) == "2021-03-20");
  CHECK(persian(1400, 1, 1) == "2021-03-21");
  CHECK(persian(1403, 12, 30) == "2025-03-20");
  CHECK(persian(1404, 1, 1) == "2025-03-21");
  CHECK(persian(1401, 6, 31) == "2022-09-22");
  for (const auto& [year, month, day] : {std::array{1400, 12, 30},
                                         {1400, 7, 31},
                                         {1400, 0, 1},
                                         {1400, 13, 1},
                                         {1400, 1, 0},
                                         {1368, 1, 1},
                                         {1479, 1, 1}})
    CHECK(persian(year, month, day) == "");
}

TEST_CASE("an address may write month and day as one number") {
  const auto of = [](std::string_view url) {
    std::string out;
    if (const auto day = html::date_of_url(url, web_rules())) vigie::civil::append_date(out, *day);
    return out;
  };
  CHECK(of("https://x.example/2013/0504/c1002.html") == "2013-05-04");
  CHECK(of("https://x.example/2013/1504/c1002.html") == "");
  CHECK(of("https://x.example/2013/05041/c1002.html") == "");
  CHECK(of("https://x.example/news/25340717.html") == "");
}
