// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "common/civil/civil.hpp"
#include "html/date_text.hpp"
#include "html_support.hpp"

using namespace vigie::press;
using namespace vigie::press::test;
using html::html_article;

namespace {

const std::string text = "<p>Le câble a été réparé, dit l'opérateur, et le trafic a repris dans la "
                         "nuit, sans autre coupure.</p><p>La mairie attend un rapport, qui doit "
                         "dire pourquoi la panne a duré, et qui paiera.</p>";

std::string dated(const html_article& a) {
  std::string out;
  if (a.published) vigie::civil::append_date(out, a.published->day);
  return out;
}

std::string basis(const html_article& a) { return a.published ? a.published->basis : ""; }

std::string iso(std::int64_t day) {
  std::string out;
  vigie::civil::append_date(out, day);
  return out;
}

std::string page(const std::string& head, const std::string& body) {
  return "<html lang=fr><head>" + head + "</head><body>" + body + "</body></html>";
}

std::string json_ld(const std::string& json) {
  return "<script type='application/ld+json'>" + json + "</script>";
}

} // namespace

TEST_CASE("a date below the headline is surer than a meta element that any system fills in") {
  const std::string body = "<h1>Le câble réparé</h1><p>04.03.2019 - Rédaction du port</p>" + text;
  const html_article weak = read_page(page("<meta name=date content=2019-03-11>", body));
  CHECK(dated(weak) == "2019-03-04");
  REQUIRE(weak.rejected.size() == 1);
  CHECK(weak.rejected[0].basis == "meta");
  const html_article strong =
      read_page(page("<meta property='article:published_time' content=2019-03-11>", body));
  CHECK(dated(strong) == "2019-03-11");
}

TEST_CASE("a weak meta element dates a page whose text has no date") {
  CHECK(dated(read_page(page("<meta name=date content=2019-03-11>", "<h1>Le câble</h1>" + text))) ==
        "2019-03-11");
}

TEST_CASE("day, month and year may stand in an element each") {
  const std::string spans =
      "<div class=date><span>Apr</span><span>04</span><span>2013</span></div>";
  const std::string blocks = "<div class=date><div>4</div><div>avril</div><div>2013</div></div>";
  CHECK(dated(read_page(page("", "<h1>Le câble réparé</h1>" + spans + text))) == "2013-04-04");
  CHECK(dated(read_page(page("", "<h1>Le câble réparé</h1>" + blocks + text))) == "2013-04-04");
}

TEST_CASE("of a line with two dates each has the words before it") {
  const auto of = [](const std::string& line) {
    return dated(read_page(page("", "<h1>Le câble réparé</h1><p>" + line + "</p>" + text)));
  };
  CHECK(of("Publié le 3 mai 2016, mis à jour le 5 juin 2018") == "2016-05-03");
  CHECK(of("Mis à jour le 5 juin 2018, publié le 3 mai 2016") == "2016-05-03");
  CHECK(of("Updated: June 5, 2018 | Published: May 3, 2016") == "2016-05-03");
  CHECK(of("3 mai 2016 (mis à jour : 5 juin 2018)") == "2016-05-03");
}

TEST_CASE("a lone date of a change dates a page only where nothing else does") {
  const std::string changed = "<h1>Le câble réparé</h1><p>Mis à jour le 5 juin 2018</p>" + text;
  CHECK(dated(read_page(page("", changed))) == "2018-06-05");
  CHECK(dated(read_page(page("<meta name=date content=2018-06-01>", changed))) == "2018-06-01");
}

TEST_CASE("the day that the head of a site shows is not that of its article") {
  const std::string site = "<header><h1><a href='/'>Le Fanal</a></h1><span class=date>Mercredi "
                           "26.02.2020</span></header>";
  const std::string article = "<article><h1>Le câble réparé</h1>" + text + "</article>";
  const html_article a = read_page(page("<meta name=date content=2017-05-01>", site + article));
  CHECK(a.title == "Le câble réparé");
  CHECK(dated(a) == "2017-05-01");
}

TEST_CASE("the day in the head of a site comes behind one that stands by the article's headline") {
  const std::string clock = "<div class=top><a href='/'>Le Fanal</a><span class=date>Mercredi "
                            "26.02.2020</span></div>";
  const std::string trail =
      "<div class=trail><a href='/'>Accueil</a> <span>01.05.2017</span></div>";
  const std::string article = "<article><h1>Le câble réparé</h1>" + text + "</article>";
  CHECK(dated(read_page(page("", clock + trail + article))) == "2017-05-01");
  CHECK(dated(read_page(page("", "<h2 class=date-header>1 mai 2017</h2>" + article))) ==
        "2017-05-01");
}

TEST_CASE("comments and other stories in JSON-LD date nothing") {
  const std::string body = "<h1>Le câble réparé</h1><p class=date>3 mai 2016</p>" + text;
  for (
      const char* json :
      {R"({"@type":"Comment","datePublished":"2019-01-01"})",
       R"({"@type":"WebPage","comment":[{"@type":"Thing","datePublished":"2019-01-01"}]})",
       R"({"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2019-01-01"}]})"}) {
    INFO(json);
    CHECK(dated(read_page(page(json_ld(json), body))) == "2016-05-03");
  }
  const std::string own = json_ld(
      R"({"@type":"NewsArticle","datePublished":"2016-05-02","mentions":{"@type":"NewsArticle","datePublished":"2019-01-01"}})");
  CHECK(dated(read_page(page(own, body))) == "2016-05-02");
}

TEST_CASE("the itemprop of a reader's comment dates nothing") {
  const std::string comment = "<div itemscope itemtype='https://schema.org/Comment'><meta "
                              "itemprop=datePublished content=2019-01-01></div>";
  const std::string own = "<meta itemprop=datePublished content=2016-05-03>";
  CHECK(dated(read_page(page("", "<h1>Le câble</h1>" + comment + own + text))) == "2016-05-03");
  CHECK(dated(read_page(page("", "<h1>Le câble</h1>" + comment + text))) == "");
}

TEST_CASE("an element's machine date counts where a reader sees none") {
  const std::string ago = "<h1>Le câble réparé</h1><time datetime='2016-05-03T08:00:00Z'>il y a "
                          "trois heures</time>";
  const html_article a = read_page(page("<meta name=date content=2018-01-01>", ago + text));
  CHECK(dated(a) == "2016-05-03");
  CHECK(basis(a) == "time element");
}

TEST_CASE("a machine date settles the order of a shown one") {
  const std::string time = "<h1>Le câble</h1><time datetime='2016-05-03'>5/3/2016</time>";
  CHECK(dated(read_page(page("", time + text))) == "2016-05-03");
}

TEST_CASE("seconds and milliseconds since 1970 are dates of meta elements, other numbers are not") {
  CHECK(iso(*html::day_of_epoch("1462269600")) == "2016-05-03");
  CHECK(iso(*html::day_of_epoch("1462269600123")) == "2016-05-03");
  for (const char* no : {"", "146226960", "14622696001", "0000000000", "9999999999", "14622696 0",
                         "-462269600", "146226960x"})
    CHECK_FALSE(html::day_of_epoch(no));
  CHECK(dated(read_page(page("<meta name=pubdate content=1462269600>", "<h1>Titre</h1>" + text))) ==
        "2016-05-03");
}

TEST_CASE("a script dates a page that says its date nowhere else") {
  const std::string body = "<h1>Le câble réparé</h1>" + text;
  const auto scripted = [&](const std::string& js) {
    return read_page(page("<script>" + js + "</script>", body));
  };
  const html_article a = scripted(R"(var page = {"publishedDate":"2016-05-03T20:37:27Z"};)");
  CHECK(dated(a) == "2016-05-03");
  CHECK(basis(a) == "script");
  CHECK(dated(scripted(R"(f("{\"datePublished\": \"2016-05-03\"}"))")) == "2016-05-03");
  CHECK(dated(scripted(R"({"publishedAt": 1462269600})")) == "2016-05-03");
  CHECK(dated(scripted(R"({"publishedDate": null, "date": "2016-05-03"})")) == "");
  CHECK(dated(scripted(R"({"publishedDate")")) == "");
  const html_article seen = read_page(page(R"(<script>{"publishedDate":"2019-01-01"}</script>)",
                                           "<h1>Le câble réparé</h1><p>3 mai 2016</p>" + text));
  CHECK(dated(seen) == "2016-05-03");
}

TEST_CASE("which of day and month comes first is the language's, or else the country's") {
  const auto of = [](const std::string& language, std::string_view url) {
    return dated(read_page("<html lang='" + language +
                               "'><meta name=pubdate content='04/02/2018'><h1>Un titre</h1>" + text,
                           {}, url));
  };
  CHECK(of("en-US", {}) == "2018-04-02");
  CHECK(of("en_us", {}) == "2018-04-02");
  CHECK(of("en-GB", "https://port.gov/a") == "2018-02-04");
  CHECK(of("en", "https://port.gov/a") == "2018-04-02");
  CHECK(of("en", "https://gov.example/a.gov") == "2018-02-04");
  CHECK(of("", "no address .gov") == "2018-02-04");
}

TEST_CASE("the banner that an archive puts above a page does not date it") {
  const std::string banner = "<div id=wm-ipp><table><tr><td>10 Nov 2013</td></tr></table></div>";
  CHECK(dated(read_page(page("", banner + "<h1>Le câble réparé</h1>" + text))) == "");
}

TEST_CASE("a date may open the first paragraph, in an element that says so") {
  const std::string opening =
      "<h1>Le câble réparé</h1><p><span class=text_date>3 mai 2016.</span> " + text.substr(3);
  const std::string today = "<time datetime='2016-05-04'>4 mai 2016</time>";
  CHECK(dated(read_page(page("", opening))) == "2016-05-03");
  CHECK(
      dated(read_page(page(
          "", today + "<ul><li>Un<li>Deux<li>Trois<li>Quatre<li>Cinq<li>Six</ul><div class=page>" +
                  opening + "</div>"))) == "2016-05-03");
}

TEST_CASE("dates are found from a place on, with where they begin and end") {
  const std::string line = "du 3 mai 2016 au 05/06/2018";
  const auto first = html::find_date(line, web_rules(), false);
  REQUIRE(first);
  CHECK(line.substr(first->begin, first->end - first->begin) == "3 mai 2016");
  const auto second = html::find_date(line, web_rules(), false, first->end);
  REQUIRE(second);
  CHECK(line.substr(second->begin, second->end - second->begin) == "05/06/2018");
  CHECK(iso(second->day) == "2018-06-05");
  CHECK_FALSE(html::find_date(line, web_rules(), false, second->end));
  CHECK_FALSE(html::find_date(line, web_rules(), false, line.size() + 9));
}

TEST_CASE("an address dates its page by year, month and day, not by other numbers") {
  const auto of = [](std::string_view url) {
    const auto day = html::date_of_url(url, web_rules());
    return day ? iso(*day) : std::string();
  };
  CHECK(of("https://fanal.example/2016/04/02/cable") == "2016-04-02");
  CHECK(of("https://fanal.example/a-20160402.html") == "2016-04-02");
  CHECK(of("https://fanal.example/detail/~02-04-2016-cable") == "2016-04-02");
  CHECK(of("https://archive.example/20131110121040/http://fanal.example/2016/04/02/") ==
        "2016-04-02");
  for (const char* none : {"https://fanal.example/2016/04/cable", "https://fanal.example/201604021",
                           "https://fanal.example/2-4-2016", "https://fanal.example/112-04-2016",
                           "https://fanal.example/02-04-20161", "https://fanal.example/31-02-2016",
                           "https://fanal.example/02/04/2016", ""}) {
    INFO(none);
    CHECK(of(none) == "");
  }
}

TEST_CASE("a day that a reader sees and other places agree on is surer than one place alone") {
  const std::string ld = json_ld(R"({"@type":"NewsArticle","datePublished":"2023-11-06"})");
  const std::string meta = "<meta name=dc.date.issued content=2023-11-07>";
  const std::string seen = "<h1>Le câble réparé</h1><p>Publié le 7 novembre 2023</p>" + text;
  const std::string plain = "<h1>Le câble réparé</h1>" + text;
  CHECK(dated(read_page(page(ld + meta, seen))) == "2023-11-07");
  CHECK(dated(read_page(page(ld, seen), {}, "https://fanal.example/2023/11/07/a")) == "2023-11-07");
  // One place against one, two that no reader sees, and as many on both sides change nothing.
  CHECK(dated(read_page(page(ld, seen))) == "2023-11-06");
  CHECK(dated(read_page(page(ld + meta, plain))) == "2023-11-06");
  const std::string item = "<meta itemprop=datePublished content=2023-11-06>";
  CHECK(dated(read_page(page(ld + meta, item + seen))) == "2023-11-06");
  // What a list of other stories far below shows agrees with nothing.
  const std::string far = text + text + text + text + text + "<p>7 novembre 2023</p>";
  CHECK(dated(read_page(page(ld + meta, "<h1>Le câble réparé</h1>" + far))) == "2023-11-06");
}

TEST_CASE("dates are read as programs and languages write them, and not out of other numbers") {
  const auto of = [](std::string_view lower) {
    const auto found = html::find_date(lower, web_rules(), false);
    return found ? iso(found->day) : std::string();
  };
  for (const char* written :
       {"mon may 02 10:15:00 cest 2016", "mon may  2 10:15:00 2016",
        "mon may 02 10:15:00 +0200 2016", "02-may-16", "2 may '16", "may 2, ’16", "2016-may-02",
        "2016. május 2.", "2016 may 2", "2 de maig de 2016", "2 мая 2016", "2. toukokuuta 2016"}) {
    INFO(written);
    CHECK(of(written) == "2016-05-02");
  }
  CHECK(of("4 d'abril de 2016") == "2016-04-04");
  for (const char* none : {"may 02 10:15 2016", "12 may-15 june", "2 may 16:30", "may 2 16",
                           "2 may 16", "02-may-16:30", "2016 may", "mon may 02 10:15:00 cest"}) {
    INFO(none);
    CHECK(of(none) == "");
  }
  CHECK(of("2016 may 4, 2022") == "2022-05-04");
  CHECK(of("2016 | may 4, 2022") == "2022-05-04");
  CHECK(of("12 may-15 june 2022") == "2022-06-15");
}

TEST_CASE("an address may name the month in words") {
  const auto of = [](std::string_view url) {
    const auto day = html::date_of_url(url, web_rules());
    return day ? iso(*day) : std::string();
  };
  CHECK(of("https://fanal.example/monde/2016/apr/02/cable") == "2016-04-02");
  CHECK(of("https://fanal.example/2016/Apr/2/cable") == "2016-04-02");
  CHECK(of("https://fanal.example/2016/april-fools/02") == "");
  CHECK(of("https://fanal.example/2016/apr/") == "");
  CHECK(of("https://fanal.example/2016/apr/33/") == "");
}

TEST_CASE("of several articles in JSON-LD the page's own dates it, by address or headline") {
  const std::string other =
      R"({"@type":"NewsArticle","headline":"Le port rouvert","url":"https://fanal.example/port","datePublished":"2019-01-01"})";
  const auto of = [&](const std::string& own, const std::string& head) {
    return dated(read_page(
        page(json_ld("[" + other + "," + own + "]") + head, "<h1>Le câble réparé</h1>" + text)));
  };
  const std::string title = "<title>Le câble réparé | Le Fanal</title>";
  const std::string link = "<link rel=canonical href='http://fanal.example/cable/'>";
  CHECK(of(R"({"@type":"NewsArticle","headline":"Le câble réparé","datePublished":"2016-05-03"})",
           title) == "2016-05-03");
  const std::string addressed =
      R"({"@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":"https://fanal.example/cable#a"},"datePublished":"2016-05-03"})";
  CHECK(of(addressed, link) == "2016-05-03");
  CHECK(of(addressed, "<meta property=og:url content='https://fanal.example/cable'>") ==
        "2016-05-03");
  // Where none is known to be the page's own, the first is taken as before.
  CHECK(of(addressed, "") == "2019-01-01");
  const html_article a = read_page(
      page(json_ld("[" + other + "," + addressed + "]") + link, "<h1>Le câble réparé</h1>" + text));
  CHECK(a.title == "Le câble réparé");
}

TEST_CASE("a moment in UTC is the day that a reader sees beside it, if it can be") {
  const auto of = [](const std::string& moment, const std::string& seen) {
    return dated(read_page(page("<meta property='article:published_time' content='" + moment + "'>",
                                "<h1>Le câble réparé</h1><p>Publié le " + seen + "</p>" + text)));
  };
  CHECK(of("2016-05-02T22:15:00Z", "3 mai 2016") == "2016-05-03");
  CHECK(of("2016-05-02T22:15:00+00:00", "3 mai 2016") == "2016-05-03");
  CHECK(of("2016-05-04T02:15:00.000Z", "3 mai 2016") == "2016-05-03");
  CHECK(of("1462227300", "3 mai 2016") == "2016-05-03");
  // No place on earth has that day then; or the moment has a zone of its own, or no time.
  CHECK(of("2016-05-02T08:15:00Z", "3 mai 2016") == "2016-05-02");
  CHECK(of("2016-05-04T13:15:00Z", "3 mai 2016") == "2016-05-04");
  CHECK(of("2016-05-02T22:15:00+02:00", "3 mai 2016") == "2016-05-02");
  CHECK(of("2016-05-02", "3 mai 2016") == "2016-05-02");
  CHECK(of("2016-05-04T00:00:00Z", "3 mai 2016") == "2016-05-04");
  CHECK(of("2016-05-02T22:15:00Z", "4 mai 2016") == "2016-05-02");
}

TEST_CASE("a change is told in many languages, and dates only where nothing else does") {
  for (const char* change :
       {"Mise à jour le", "Dernière modification :", "Letzte Änderung:", "Última actualización:",
        "Ultima modifica:", "Laatst gewijzigd:", "Aktualizacja:", "Обновлено", "Last edited",
        "Güncelleme:", "Uppdaterad"}) {
    INFO(change);
    const std::string line = "<p>" + std::string(change) + " 05.06.2018</p>";
    const std::string meta = "<meta name=date content=2018-06-01>";
    const std::string body = "<h1>Le câble réparé</h1>" + line + text;
    CHECK(dated(read_page(page(meta, body))) == "2018-06-01");
    CHECK(dated(read_page(page("", body))) == "2018-06-05");
  }
  const std::string http =
      "<meta http-equiv=last-modified content='Mon, 02 May 2016 10:00:00 GMT'>";
  CHECK(dated(read_page(page(http, "<h1>Le câble</h1>" + text))) == "2016-05-02");
  CHECK(dated(read_page(page(http, "<h1>Le câble</h1><p>1er mai 2014</p>" + text))) ==
        "2014-05-01");
}

TEST_CASE("a data attribute dates a page that says its date nowhere else") {
  const auto of = [](const std::string& attributes, const std::string& line = "") {
    return read_page(
        page("", "<article " + attributes + "><h1>Le câble</h1>" + line + text + "</article>"));
  };
  CHECK(dated(of("data-published='2016-05-03T10:00:00'")) == "2016-05-03");
  CHECK(basis(of("data-published='2016-05-03'")) == "data attribute");
  CHECK(dated(of("data-publish-date=\"1462269600\"")) == "2016-05-03");
  CHECK(dated(of("data-date='2016-05-03'")) == "");
  CHECK(dated(of("data-published=")) == "");
  CHECK(dated(of("data-published='soon'")) == "");
  CHECK(dated(of("data-published='2019-01-01'", "<p>3 mai 2016</p>")) == "2016-05-03");
}

TEST_CASE("an address that names a month tells the page's date from those of other stories") {
  const auto of = [](const std::string& seen, std::string_view url) {
    return dated(read_page(page("", "<h1>Le câble réparé</h1>" + seen + text), {}, url));
  };
  const std::string two = "<p>18 janvier 2019</p><p>3 octobre 2019</p>";
  CHECK(of(two, "https://fanal.example/2019/10/cable") == "2019-10-03");
  CHECK(of(two, "https://fanal.example/2019/1/cable") == "2019-01-18");
  CHECK(of(two, "https://fanal.example/cable") == "2019-01-18");
  // A clock of another zone; a change, which comes later; numbers that are no month.
  CHECK(of("<p>1 novembre 2019</p>" + two, "https://fanal.example/2019/10/cable") == "2019-11-01");
  CHECK(of("<p>2 novembre 2019</p>" + two, "https://fanal.example/2019/10/cable") == "2019-10-03");
  CHECK(of("<p>Mis à jour le 4 octobre 2019</p>" + two, "https://fanal.example/2019/10/cable") ==
        "2019-10-03");
  for (const char* none : {"https://fanal.example/2019/13/cable", "https://fanal.example/2019/10",
                           "https://fanal.example/20191/10/cable", "https://2019/10/"}) {
    INFO(none);
    CHECK_FALSE(html::month_of_url(none));
  }
}

TEST_CASE("the hidden day of a change in a line of date and author is no day of publication") {
  const std::string change = "<span class='updated hidden'>2022-12-27T10:10:52+01:00</span>";
  const auto of = [](const std::string& line) {
    return dated(
        read_page(page("", "<h1>Le câble réparé</h1><div class=meta>" + line + "</div>" + text)));
  };
  CHECK(of("<span>Odile Marchetti</span>" + change + "<span>25 décembre 2022</span>") ==
        "2022-12-25");
  CHECK(of("<span>25 décembre 2022</span>" + change) == "2022-12-25");
  CHECK(of(change + "<span>Odile Marchetti</span>") == "2022-12-27");
  // Published and changed on one day.
  CHECK(of("<span class=published>27 décembre 2022</span>" + change) == "2022-12-27");
}
