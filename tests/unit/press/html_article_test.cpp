// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "common/civil/civil.hpp"
#include "html_support.hpp"

using namespace vigie::press;
using namespace vigie::press::test;
using html::html_article;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const html::html_segment* segment_with(const html_article& a, std::string_view page,
                                       std::string_view words) {
  const std::size_t at = page.find(words);
  for (const html::html_segment& s : a.segments)
    if (at >= s.from.offset && at < s.from.offset + s.from.length) return &s;
  return nullptr;
}

label label_of(const html_article& a, std::string_view page, std::string_view words) {
  const auto* found = segment_with(a, page, words);
  REQUIRE(found != nullptr);
  return found->what;
}

// Whether `part` is left of `whole` when some of its bytes are left out.
bool within(std::string_view part, std::string_view whole) {
  std::size_t at = 0;
  for (const char c : whole)
    if (at < part.size() && part[at] == c) ++at;
  return at == part.size();
}

// Every byte of the body leads to the bytes it was made from: the same bytes, or one reference.
void check_map(const html_article& a, std::string_view page) {
  std::size_t at = 0, offset = 0;
  for (const html::piece& p : a.body_map) {
    REQUIRE(p.at >= at);
    for (std::size_t i = at; i < p.at; ++i) REQUIRE((a.body[i] == ' ' || a.body[i] == '\n'));
    REQUIRE(p.at + p.size <= a.body.size());
    REQUIRE(p.from.offset >= offset);
    REQUIRE(p.from.offset + p.from.length <= page.size());
    const std::string_view here = std::string_view(a.body).substr(p.at, p.size);
    const std::string_view there = page.substr(p.from.offset, p.from.length);
    if (p.size == p.from.length && there != here) FAIL("'" << there << "' is not '" << here << "'");
    if (p.size != p.from.length && there.front() != '&' && a.charset_note.empty() &&
        a.charset == "utf-8")
      CHECK(within(here, there));
    at = p.at + p.size;
    offset = p.from.offset;
  }
  for (; at < a.body.size(); ++at) CHECK((a.body[at] == ' ' || a.body[at] == '\n'));
}

std::string date_of(const html_article& a) {
  std::string out;
  if (a.published) vigie::civil::append_date(out, a.published->day);
  return out;
}

} // namespace

TEST_CASE("the article of a news page is its headline, lede, paragraphs and quotations") {
  const html_article a = read_page(news_page);
  REQUIRE(a.fault.empty());
  CHECK(a.body ==
        "Deux heures sans réseau\n"
        "Les abonnés de trois opérateurs ont perdu l’accès à leurs messageries mardi soir.\n"
        "La coupure a commencé vers vingt heures, selon l’observatoire du port, et a touché "
        "R&D, hôpitaux, écoles.\n"
        "Nous n'avons reçu aucune explication, dit le maire, et personne ne répond à nos "
        "appels.\n"
        "Le réseau est revenu peu avant vingt-deux heures, sans que les opérateurs en "
        "donnent la raison.");
  CHECK(a.title == "Deux heures sans réseau");
  CHECK(a.byline == "Odile Marchetti");
  CHECK(a.publisher == "Le Fanal");
  CHECK(a.language == "fr");
  CHECK(a.canonical_url == "https://fanal.example/2019/06/deux-heures");
  CHECK(label_of(a, news_page, "Accueil") == label::nav);
  CHECK(label_of(a, news_page, "Les abonnés") == label::lede);
  CHECK(label_of(a, news_page, "Publicité :") == label::ad_insertion);
  CHECK(label_of(a, news_page, "Nous n'avons") == label::quote);
  CHECK(label_of(a, news_page, "lampadaire") == label::comment);
}

TEST_CASE("a page is dated by its own date line, not by a comment or a notice of rights") {
  const html_article a = read_page(news_page);
  REQUIRE(a.published);
  CHECK(date_of(a) == "2019-06-12");
  REQUIRE(a.published->from);
  CHECK(has(news_page.substr(a.published->from->offset, a.published->from->length), "12 juin"));
}

TEST_CASE("comments stand apart, each with its author") {
  const html_article a = read_page(news_page);
  CHECK_FALSE(has(a.body, "Même panne"));
  REQUIRE(a.comments.size() == 2);
  CHECK(a.comments.front().author == "lampadaire");
  CHECK(label_of(a, news_page, "2 commentaires") == label::comment_header);
  const auto& last = a.comments.back();
  CHECK(last.author == "mouette38");
  CHECK(last.text == "Même panne ici, toute la nuit, avec le même opérateur.");
  CHECK(has(news_page.substr(last.from.offset, last.from.length), "Même panne"));
}

TEST_CASE("every byte of the body maps to the bytes of the page it stands for") {
  check_map(read_page(news_page), news_page);
}

TEST_CASE("every letter between tags stands in exactly one segment, in order of the page") {
  const html_article a = read_page(news_page);
  std::size_t end = 0, line = 1;
  for (const html::html_segment& s : a.segments) {
    CHECK(s.from.offset >= end);
    CHECK(s.line >= line);
    end = s.from.offset + s.from.length;
    line = s.line;
    CHECK(s.keep == is_kept(s.what));
  }
  for (std::size_t i = news_page.find("<body>") + 6, tag = 0; i < news_page.size(); ++i) {
    if (news_page[i] == '<') tag = 1;
    const bool blank = news_page[i] == ' ' || news_page[i] == '\n';
    if (tag == 0 && !blank) {
      const bool inside = segment_with(a, news_page, news_page.substr(i, 40)) != nullptr;
      if (!inside) FAIL("in no segment: " << news_page.substr(i, 40));
    }
    if (news_page[i] == '>') tag = 0;
  }
}

TEST_CASE("character references are pieces of their own, whatever they stand for") {
  const std::string page = "<body><p>caf&eacute; &amp; th&#233;&#x20AC; &lt;b&gt; a&#59;b "
                           "&unknown; x & y &amp z; encore du "
                           "texte, assez long pour un paragraphe.</p></body>";
  const html_article a = read_page(page);
  CHECK(a.body.starts_with("café & thé€ <b> a;b &unknown; x & y & z; encore"));
  check_map(a, page);
  bool whole = false;
  for (const html::piece& p : a.body_map)
    whole |= page.substr(p.from.offset, p.from.length) == "&#x20AC;" && p.size == 3;
  CHECK(whole);
}

TEST_CASE("a page in windows-1252 maps to its own bytes, not to those of UTF-8") {
  const std::string page =
      "<meta charset=iso-8859-1><p>L\x92\xE9t\xE9 a \xE9t\xE9 long, tr\xE8s long, "
      "et personne ne s'en est plaint cette fois.</p>";
  const html_article a = read_page(page);
  CHECK(a.charset == "windows-1252");
  CHECK(a.charset_basis == "meta");
  CHECK(a.body.starts_with("L’été a été long"));
  for (const html::piece& p : a.body_map)
    if (p.size != p.from.length) CHECK(p.from.length == 1);
  const html::piece& last = a.body_map.back();
  CHECK(page.substr(last.from.offset, last.from.length) == a.body.substr(last.at, last.size));
}

TEST_CASE("a wrong charset is found out, and told") {
  const std::string latin = "<meta charset=utf-8><p>\xE9t\xE9, \xE0 c\xF4t\xE9, o\xF9 l'on ne le "
                            "cherche pas du tout, et plus loin.</p>";
  const html_article a = read_page(latin);
  CHECK(a.charset == "windows-1252");
  CHECK(has(a.charset_note, "says utf-8"));
  CHECK(a.body.starts_with("été, à côté"));
  const std::string utf8 = "<meta charset=iso-8859-1><p>été, à côté, où l'on ne le cherche pas du "
                           "tout, et plus loin.</p>";
  const html_article b = read_page(utf8);
  CHECK(b.charset == "utf-8");
  CHECK(has(b.charset_note, "its bytes are utf-8"));
  CHECK(b.body.starts_with("été, à côté"));
}

TEST_CASE("the charset of the transport counts before the page's, a byte order mark before both") {
  const std::string page = "<meta charset=windows-1252><p>\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0, "
                           "\xEA\xE0\xEA \xE4\xE5\xEB\xE0, \xF5\xEE\xF0\xEE\xF8\xEE, "
                           "\xF1\xEF\xE0\xF1\xE8\xE1\xEE.</p>";
  CHECK(read_page(page, "windows-1251").body.starts_with("Привет, мир"));
  const html_article marked = read_page("\xEF\xBB\xBF<p>Déjà vu, dit-on.</p>", "iso-8859-1");
  CHECK(marked.charset_basis == "bom");
  CHECK(marked.body == "Déjà vu, dit-on.");
  REQUIRE_FALSE(marked.body_map.empty());
  CHECK(marked.body_map[0].from.offset == 6);
}

TEST_CASE("a page in UTF-16 with its mark is read") {
  std::string page = "\xFF\xFE";
  for (const char c : std::string_view("<p>Bonjour, le monde.</p>")) (page += c) += '\0';
  CHECK(read_page(page).body == "Bonjour, le monde.");
}

TEST_CASE("wide pages are read with and without a mark, binary data that look wide are not") {
  const auto wide = [](std::string_view text, std::size_t bytes, bool little) {
    std::string out;
    for (const char c : text) {
      std::string one(bytes, '\0');
      one[little ? 0 : bytes - 1] = c;
      out += one;
    }
    return out;
  };
  const std::string page = "<p>Bonjour, le monde.</p>";
  for (const std::size_t bytes : {std::size_t{2}, std::size_t{4}})
    for (const bool little : {true, false}) {
      const std::string text = wide(page, bytes, little);
      std::string mark(bytes, '\0');
      mark[little ? 0 : bytes - 1] = '\xFF'; // U+FEFF
      mark[little ? 1 : bytes - 2] = '\xFE';
      INFO(bytes << (little ? " little" : " big"));
      const html_article marked = read_page(mark + text);
      CHECK(marked.body == "Bonjour, le monde.");
      CHECK(marked.charset_basis == "bom");
      REQUIRE(marked.body_map.size() > 1);
      CHECK(marked.body_map[0].from.offset == 4 * bytes);
      if (bytes == 4) continue;
      CHECK(read_page(text).body == "Bonjour, le monde.");
      CHECK(read_page(text).charset_basis == "bytes");
      CHECK(read_page(wide("Bonjour.", 2, little), little ? "UTF-16LE" : "utf-16be").body ==
            "Bonjour.");
    }
  CHECK(has(read_page(wide(page, 4, true)).fault, "binary data"));
  CHECK(has(read_page("\xFF\xFE" + wide("\x01\x02\x03\x04", 2, true)).fault, "binary data"));
  CHECK_FALSE(has(read_page("\xFF\xFE").fault, "binary data"));
}

TEST_CASE("dates are taken by how sure they are, the others are rejected with a reason") {
  const std::string page = R"(<html><head>
<meta property="article:published_time" content="2018-04-16T19:05:00+03:00">
<meta property="article:modified_time" content="2018-05-01"></head><body><h1>La messagerie coupée</h1>
<p>Posted on April 17, 2018</p><p>La messagerie a été coupée, dit le régulateur, dans tout le pays et sans délai.</p>
</body></html>)";
  const html_article a = read_page(page, {}, "https://fanal.example/2018/04/18/coupee");
  REQUIRE(a.published);
  CHECK(date_of(a) == "2018-04-16");
  CHECK(a.published->basis == "meta");
  REQUIRE(a.rejected.size() == 3);
  CHECK(a.rejected[0].basis == "date line");
  CHECK(a.rejected[1].basis == "url");
  CHECK(a.rejected[2].basis == "meta modified");
  CHECK(has(a.rejected[0].why, "surer"));
}

TEST_CASE("JSON-LD dates a page even where it does not parse") {
  const std::string body =
      "</script><p>Un texte, assez long, pour être un paragraphe de la page lue.</p>";
  const std::string good =
      R"(<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2020-03-04","headline":"Titre","author":{"name":"Ana Ruiz"}}]})";
  const html_article a = read_page(good + body);
  CHECK(date_of(a) == "2020-03-04");
  CHECK(a.byline == "Ana Ruiz");
  CHECK(a.title == "Titre");
  const html_article b = read_page(
      R"(<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-03-04",})" +
      body);
  CHECK(date_of(b) == "2020-03-04");
}

TEST_CASE("a page without a date has none, and no date is invented from numbers") {
  const html_article a =
      read_page("<h1>Le port 8080</h1><p>Le serveur 20991399 répond sur 12.13.14 et "
                "sur 10.0.0.1, dit l'un, version 2019.13.45.</p>");
  CHECK(date_of(a) == "");
}

TEST_CASE("a page that cannot be read says what was found") {
  CHECK(has(read_page("").fault, "empty"));
  CHECK(has(read_page(std::string("\x7f"
                                  "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0",
                                  20))
                .fault,
            "binary data"));
  CHECK(has(
      html::read_html_article("<p>abc", {.charset = {}, .url = {}, .most_bytes = 3}, web_rules())
          .fault,
      "allowed are 3"));
}

TEST_CASE("a page of comments only has no body, but comments") {
  const html_article a = read_page(
      R"(<body><ol class="commentlist"><li><b class="author">pie</b><p>Je ne suis pas d'accord, et je le dis ici, encore une fois.</p></li></ol></body>)");
  CHECK(a.fault.empty());
  CHECK(a.body.empty());
  REQUIRE(a.comments.size() == 1);
}

TEST_CASE("twenty thousand nested elements lose no text") {
  std::string page;
  for (int i = 0; i < 20'000; ++i) page += "<div>";
  page += "<p>Tout en bas, il y a encore un paragraphe, assez long pour que l'on s'y tienne.</p>";
  const html_article a = read_page(page);
  CHECK(a.fault.empty());
  CHECK(a.body.starts_with("Tout en bas"));
}

TEST_CASE("work that grows with the square of a page is refused") {
  std::string ends;
  for (int i = 0; i < 60'000; ++i) ends += "<div>";
  for (int i = 0; i < 60'000; ++i) ends += "</span>";
  CHECK(has(read_page(ends).fault, "tags that close no element"));
  std::string attributes = "<p";
  for (int i = 0; i < 100'000; ++i) attributes += " a" + std::to_string(i);
  CHECK(has(read_page(attributes + ">x").fault, "too many attributes"));
}

TEST_CASE("a page cut anywhere gives a result or a fault, and a true map") {
  for (std::size_t n = 1; n < news_page.size(); n += 7) {
    const std::string cut = news_page.substr(0, n);
    check_map(read_page(cut), cut);
  }
}

TEST_CASE("any bytes give a result whose map is true") {
  std::uint32_t seed = 20260117;
  const auto next = [&] { return seed = seed * 1664525U + 1013904223U; };
  const std::string_view parts[] = {"<p>",        "</p>",      "<div class=comment>",
                                    "&eacute;",   "&#0;",      "&#x110000;",
                                    "\xC3\xA9",   "\xE9",      "<",
                                    ">",          "&",         ";",
                                    " mot, ",     "<script>",  "</script>",
                                    "<!--",       "-->",       "\"",
                                    "<a href='x", "\r\n",      "<h1>",
                                    "&nbsp;",     "<![CDATA[", "\x01"};
  for (int round = 0; round < 400; ++round) {
    std::string page = "<body>";
    for (int i = 0; i < 60; ++i) page += parts[(next() >> 16U) % std::size(parts)];
    const html_article a = read_page(page);
    if (a.fault.empty() && a.charset == "utf-8" && a.charset_note.empty()) check_map(a, page);
  }
}

TEST_CASE("a slideshow is read by its captions, a picture in an article is not") {
  const std::string caption =
      "<p class=caption>La jetée au matin, vue du phare, avec la grue qui est "
      "tombée mardi, sans un bruit, dit-on.</p>";
  CHECK(has(read_page("<article>" + caption + caption + caption + "</article>").body, "La jetée"));
  const std::string text =
      "<p>Le port a rouvert, dit la mairie, après trois jours de travaux et de "
      "pluie, sans autre incident.</p>";
  CHECK_FALSE(has(read_page("<article>" + caption + text + text + "</article>").body, "La jetée"));
}

TEST_CASE("day and month in doubt are settled by another date of the page") {
  const std::string meta = "<meta name=pubdate content='04/02/2018'>";
  const std::string text = "<h1>Un titre</h1><p>Un texte, assez long pour être un paragraphe, et "
                           "rien d'autre que cela.</p>";
  CHECK(date_of(read_page(meta + text)) == "2018-02-04");
  CHECK(date_of(read_page(meta + text + "<p>April 2nd, 2018</p>")) == "2018-04-02");
}

TEST_CASE("notes in italics below the text are no text, one within is") {
  std::string page = "<article>";
  for (int i = 0; i < 5; ++i)
    page += "<p>Un paragraphe de la page, assez long, avec sa virgule et son point final.</p>";
  const std::string note = "<p><em>Une note, en italique, qui dit qui a écrit cela.</em></p>";
  CHECK_FALSE(has(read_page(page + note).body, "Une note"));
  CHECK(has(read_page(page + note + "<p>Et la suite, droite, qui est du texte encore.</p>").body,
            "Une note"));
}

TEST_CASE("a mistake in the data file is told with its line") {
  const auto fault = [](std::string_view tsv) {
    try {
      static_cast<void>(html::rules::read(tsv));
    } catch (const std::exception& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  CHECK(fault("# a\npart\tx\tnav\n").empty());
  CHECK(fault("# a\npart\tx\tnoise\n") == "html.tsv:2: 'noise' is no label of segments");
  CHECK(has(fault("parts\tx\tnav"), "is no class"));
  CHECK(has(fault("part"), "class<TAB>text"));
  CHECK(has(fault("part\té\tnav"), "ASCII"));
}
