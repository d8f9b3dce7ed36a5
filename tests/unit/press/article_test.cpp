// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/page/article.hpp"

#include <algorithm>

using namespace vigie::press;
using vigie::press::test::french;
using vigie::press::test::outline;

namespace {

const std::string title = "Le phare de Kerlo s'éteint pour de bon\n\n";
const std::string lede =
    "Le phare de Kerlo ne guidera plus aucun bateau, a décidé lundi le conseil du port.\n\n";
const std::string body = "Selon le conseil, 12 marins sur l'île regrettent ce choix, qui épargne "
                         "de l'argent au port.\n\n";
const std::string last =
    "Le gardien du phare, lui, range ses affaires et ne dit rien à personne.\n\n";

article read(const std::string& text) { return read_article(text, french()); }

// Label of the segment that holds the needle.
std::string label_of(const std::string& text, const std::string& needle) {
  const auto at = text.find(needle);
  for (const auto& s : read(text).segments) {
    if (s.span.begin <= at && at < s.span.end) return std::string(label_name(s.what));
  }
  return "none";
}

std::string published(const std::string& text) {
  const auto a = read(text);
  if (!a.published) return "none";
  return iso_day(a.published->day) + " " + a.published->basis;
}

// Every byte that is not blank lies in exactly one segment, in order.
void check_cover(const std::string& text, const article& a) {
  std::size_t at = 0;
  for (const auto& s : a.segments) {
    REQUIRE(s.span.begin >= at);
    REQUIRE(s.span.end > s.span.begin);
    REQUIRE(s.span.end <= text.size());
    REQUIRE(trimmed(text, {at, s.span.begin}).size() == 0);
    REQUIRE(s.keep == is_kept(s.what));
    at = s.span.end;
  }
  REQUIRE(trimmed(text, {at, text.size()}).size() == 0);
}

} // namespace

TEST_CASE("a plain page has a title, a lede and a body") {
  const auto text = title + lede + body + last;
  const auto a = read(text);
  INFO(outline(text, a));
  REQUIRE(a.segments.size() == 4);
  CHECK(a.segments[0].what == label::title);
  CHECK(a.segments[1].what == label::lede);
  CHECK(a.segments[2].what == label::body);
  CHECK(a.segments[3].what == label::body);
  REQUIRE(a.title);
  CHECK(text.substr(a.title->begin, a.title->size()) == "Le phare de Kerlo s'éteint pour de bon");
  CHECK(a.segments[2].line == 5);
  check_cover(text, a);
}

TEST_CASE("a page without a headline has no title") { CHECK_FALSE(read(lede + body).title); }

TEST_CASE("lines of sites get their labels wherever they stand") {
  const std::pair<std::string, std::string> rows[] = {
      {"Aller au contenu", "nav"},
      {"Accueil | International | Économie", "nav"},
      {"Mode", "nav"},
      {"Accueil > Monde > Asie", "breadcrumb"},
      {"Français>>Europe", "breadcrumb"},
      {"413", "share_counter"},
      {"1,2 k partages", "share_counter"},
      {"Partager sur Facebook", "share_counter"},
      {"phare_de_nuit_kerlo", "image_alt"},
      {"phare-nuit.jpg", "image_alt"},
      {"Brest  Nuageux  12℃~7℃", "weather"},
      {"( Source : AFP )", "source_line"},
      {"Avec AFP", "source_line"},
      {"20.05.2014 13h43", "date_line"},
      {"Publié le 20 mai 2014 à 13:43", "date_line"},
      {"Par Anne Roy, le 20/05/2014", "date_line"},
      {"Le Courrier du Port | mardi 20 mai 2014", "date_line"},
      {"Abonnez-vous à la lettre", "self_promo"},
      {"Pour ne rien manquer, suivez-nous dès demain sur Google Actualités.", "self_promo"},
      {"Ce site utilise des cookies pour vous servir.", "nav"},
      {"Mot de passe oublié ?", "login_box"},
      {"La suite après la publicité", "ad_insertion"},
      {"Crédit photo : Anne Roy", "image_alt"},
  };
  for (const auto& [line, wanted] : rows) {
    for (const auto& text :
         {title + line + "\n\n" + lede + body, line + "\n\n" + title + lede + body,
          title + lede + line + "\n\n" + body}) {
      INFO(text);
      CHECK(label_of(text, line) == wanted);
      CHECK(label_of(text, "ne guidera") == "lede");
      CHECK(label_of(text, "12 marins") == "body");
    }
  }
}

TEST_CASE("a link to another story is a teaser between paragraphs and heads a list elsewhere") {
  const std::string line = "Lire aussi : Les phares du Finistère";
  CHECK(label_of(title + lede + line + "\n\n" + body, line) == "teaser");
  CHECK(label_of(title + line + "\n\n" + lede + body, line) == "sidebar");
  CHECK(label_of(title + lede + body + line + "\n", line) == "sidebar");
}

TEST_CASE("residue that is moved, doubled or removed leaves the clean text as it is") {
  const std::string clean =
      clean_text(title + lede + body + last, read(title + lede + body + last));
  const std::string blocks[] = {
      "Passer au contenu\n\n",
      "57 partages\n\n",
      "Lire aussi : Cinq phares à visiter en 2015\n\n",
      "Ce site utilise des cookies.\n\n",
      "Les plus lus\n• Dix idées pour 2016\n• Un port fermé le 3 mai 2013\n\n",
      "La suite après la publicité\n\n",
      "3 commentaires\n  1. Luc, 3 mai 2016\n     J'y étais avec 40 amis.\nLes commentaires sont "
      "fermés.\n\n",
  };
  for (const auto& block : blocks) {
    for (const auto& text :
         {block + title + lede + body + last, title + lede + body + last + block,
          title + lede + body + last + block + block, block + title + lede + body + last + block}) {
      INFO(text);
      const auto a = read(text);
      check_cover(text, a);
      CHECK(clean_text(text, a) == clean);
      CHECK_FALSE(a.published);
    }
  }
}

TEST_CASE("a cut copy of a paragraph is a teaser, whichever comes first") {
  const std::string cut = "Le phare de Kerlo ne guidera plus aucun bateau, a déc…\n\n";
  CHECK(label_of(title + cut + lede + body, "a déc…") == "teaser");
  CHECK(label_of(title + lede + body + cut, "a déc…") == "teaser");
  const std::string other = "Le phare de Kerlo ne guidera plus jamais personne, a déc…\n\n";
  CHECK(label_of(title + lede + other + body, "jamais personne") == "body");
}

TEST_CASE("a paragraph told twice is kept once") {
  const auto text = title + lede + body + body + last;
  const auto a = read(text);
  CHECK(std::count_if(a.segments.begin(), a.segments.end(),
                      [](const segment& s) { return s.what == label::teaser; }) == 1);
}

TEST_CASE("a copy is found among lines that begin alike, and only where it goes on alike") {
  const std::string begins = "Le phare de Kerlo ne guidera plus ";
  const std::string first = begins + "les bateaux qui viennent du large pendant la nuit.\n\n";
  const std::string second = begins + "les bateaux qui viennent du port pendant le jour.\n\n";
  const auto teasers = [](const std::string& text) {
    const auto a = read(text);
    return std::count_if(a.segments.begin(), a.segments.end(),
                         [](const segment& s) { return s.what == label::teaser; });
  };
  CHECK(teasers(title + first + second) == 0);
  CHECK(teasers(title + first + second + first) == 1);
  CHECK(teasers(title + first + second + second + first) == 2);
}

TEST_CASE("everything below the header of the comments is comment") {
  const auto text = title + lede + body +
                    "12 commentaires\n1. Un lecteur attentif trouve que ce choix est une honte "
                    "pour le port.\n\nPublié le 4 juin 2017\n\nJ'ai compté 300 bateaux ce jour-là, "
                    "et personne ne dit rien.\n";
  CHECK(label_of(text, "Un lecteur") == "comment");
  CHECK(label_of(text, "4 juin 2017") == "comment");
  CHECK(label_of(text, "300 bateaux") == "comment");
  CHECK(published(text) == "none");
}

TEST_CASE("a commenter called Anonyme does not end the comments") {
  const auto text = title + lede + body +
                    "2 commentaires\nAnonyme\nLe port a perdu la raison "
                    "depuis bien longtemps, et nous tous avec lui.\n";
  CHECK(label_of(text, "perdu la raison") == "comment");
}

TEST_CASE("a counter of comments above the text does not make the text a comment") {
  const auto text = title + "57 réactions\n\n" + lede + body;
  CHECK(label_of(text, "57 réactions") == "share_counter");
  CHECK(label_of(text, "ne guidera") == "lede");
}

TEST_CASE("a counter of comments within the text does not make the rest a comment") {
  const std::string rest =
      "Le maire de Kerlo a promis que le phare serait rallumé avant la fin de l'hiver, et que la "
      "commune paierait.";
  CHECK(label_of(lede + body + "57 réactions\n" + rest + "\n", "serait rallumé") == "body");
  CHECK(label_of(lede + body + "57 réactions\n" + rest + "\n", "57") == "share_counter");
  // As many as follow, or something that looks like one: they are comments.
  CHECK(label_of(lede + body + "1 réaction\n" + rest + "\n", "serait rallumé") == "comment");
  for (const char* mark : {"Répondre\n", "@marin29\n", "  1. Bien dit.\n", "Anonyme\n",
                           "Luc a écrit le 3 juin 2014 :\n"}) {
    INFO(mark);
    CHECK(label_of(lede + body + "57 réactions\n" + rest + "\n" + mark, "serait rallumé") ==
          "comment");
  }
  CHECK(label_of(lede + body + "57 réactions\nBien dit.\n", "Bien dit") == "comment");
}

TEST_CASE("a counter of comments above a text that the same counter follows makes no comments") {
  const std::string caption = "Le port de Kerlo, un soir. Photo Luc Bern\n\n";
  const std::string rest =
      "Le maire de Kerlo a promis que le phare serait rallumé avant la fin de l'hiver, et que la "
      "commune paierait.\n\n";
  const std::string below = "\nAnne, le 3 juin 2014\nIl était temps, après un tel hiver.\n";
  const auto page = [&](const std::string& header) {
    return title + lede + "2 commentaires\n\n" + caption + rest + header + below;
  };
  CHECK(label_of(page("2 commentaires"), "serait rallumé") == "body");
  CHECK(label_of(page("2 commentaires"), "Il était temps") == "comment");
  // Another header may end the comments that the counter heads.
  CHECK(label_of(page("3 commentaires"), "serait rallumé") == "comment");
  CHECK(label_of(page("Laisser un commentaire"), "serait rallumé") == "comment");
  // What looks like comments up to there are comments.
  CHECK(label_of(title + lede + "2 commentaires\n\n@marin29\n" + rest + "2 commentaires" + below,
                 "serait rallumé") == "comment");
}

TEST_CASE("the first post of a thread is the text, those below it are comments") {
  const std::string head = "Luc a écrit le 3 juin 2014 à 10:12 :\n";
  const std::string answer = "Marin29 a écrit le 04/06/2014 :\n";
  const std::string page = head + lede + body + answer + "Chez moi aussi, depuis hier soir.\n";
  CHECK(label_of(page, "Luc a") == "date_line");
  CHECK(label_of(page, "Marin29") == "comment");
  CHECK(label_of(page, "Chez moi") == "comment");
  REQUIRE(read(page).published);
  // The same words within a sentence, without a day, or with an article in front, head nothing.
  for (const char* line : {"Le maire a écrit le 3 juin 2014 :\n", "Luc Bern a écrit :\n",
                           "Luc Bern a écrit le 3 juin 2014 au préfet pour se plaindre.\n"}) {
    INFO(line);
    CHECK(label_of(lede + body + line + "« Rallumez le phare, dit la lettre du maire. »\n",
                   "Rallumez") != "comment");
  }
}

TEST_CASE("a byline names who wrote the text, with a date or an agency or alone") {
  const auto byline_of = [](const std::string& line) {
    const std::string page = "Le phare de Kerlo s'éteint\n" + line + "\n" + lede + body;
    const article a = read(page);
    return a.byline ? page.substr(a.byline->begin, a.byline->size()) : std::string();
  };
  CHECK(byline_of("Par Odile Marchetti") == "Odile Marchetti");
  CHECK(byline_of("Par Odile Marchetti et Luc Bern avec AFP") ==
        "Odile Marchetti et Luc Bern avec AFP");
  CHECK(byline_of("Par Odile Marchetti, le 3 mars 2015") == "Odile Marchetti");
  CHECK(byline_of("Par Odile Marchetti | 3 mars 2015") == "Odile Marchetti");
  CHECK(byline_of("Le 3 mars 2015") == "");
  CHECK(byline_of("Par 3 mars 2015") == "");
}

TEST_CASE("a headline behind a time of day is one of a list, however short") {
  const std::string page = lede + body + "10:31 Le phare rallumé\n";
  CHECK(label_of(page, "10:31") == "headline_list");
}

TEST_CASE("arrows that were escaped twice make a breadcrumb") {
  CHECK(label_of("Le Fanal &gt; Monde &gt; Bretagne\n" + lede + body, "Monde") == "breadcrumb");
}

TEST_CASE("headlines run together on one line are no text") {
  const std::string ticker =
      "Un cargo coule au large Le maire promet une digue neuve Les pêcheurs bloquent le port "
      "depuis trois jours La tempête prive 300 foyers de courant Une école ferme\n\n";
  const auto text = "Flash :\n\n" + ticker + title + lede + body;
  CHECK(label_of(text, "Flash") == "ticker_label");
  CHECK(label_of(text, "300 foyers") == "headline_list");
  CHECK(label_of(text, "s'éteint") == "title");
}

TEST_CASE("the title is the headline the text speaks about") {
  const auto text = "Une école de musique ouvre à Nantes\n\n" + title + lede + body;
  CHECK(label_of(text, "école de musique") == "headline_list");
  CHECK(label_of(text, "s'éteint") == "title");
}

TEST_CASE("a quotation from end to end is a quote, one with an author is body") {
  const std::string whole = "«\u00A0Nous n'avons pas eu le choix, croyez-moi bien.\u00A0»\n\n";
  const std::string told =
      "« Nous n'avons pas eu le choix », dit le maire qui s'en va « demain ».\n\n";
  CHECK(label_of(title + lede + whole + body, "eu le choix") == "quote");
  CHECK(label_of(title + lede + told + body, "eu le choix") == "body");
}

TEST_CASE("an advertisement pasted into a sentence is cut out and the sentence rejoined") {
  const std::string line =
      "Le port vit mieux depuis 2012, Agence web pas cher Bordeaux alors que les "
      "bateaux sont moins nombreux.\n\n";
  const auto text = title + lede + line + body;
  CHECK(label_of(text, "Agence web") == "ad_insertion");
  CHECK(label_of(text, "pas cher Bordeaux") == "ad_insertion");
  const auto clean = clean_text(text, read(text));
  CHECK(clean.find("depuis 2012, alors que les bateaux") != std::string::npos);
}

TEST_CASE("a link text of two words that no name is written like is cut out, a name is not") {
  const auto clean = [](const std::string& line) {
    const std::string page = "The lighthouse of Kerlo goes dark\n" + line + "\n";
    return clean_text(page, read_article(page, test::english()));
  };
  CHECK(clean("It was taken off the air in March, Cheap flights Porto after the mayor stepped in.")
            .find("flights") == std::string::npos);
  CHECK(
      clean("It was taken off the air by several apps, Free VPN and others, the mayor said there.")
          .find("Free VPN") != std::string::npos);
}

TEST_CASE("a sentence about trade keeps its words") {
  for (const std::string line :
       {"Le port a signé avec l'Agence web de la région un accord sur sa formation.\n\n",
        "Son école, Formation Marine, reste ouverte et accueille encore des élèves.\n\n",
        "Une assurance auto à Bordeaux coûte moins cher, ont dit les marins du port.\n\n"}) {
    const auto text = title + lede + line + body;
    INFO(outline(text, read(text)));
    CHECK(clean_text(text, read(text)).find(line.substr(0, line.size() - 2)) != std::string::npos);
  }
}

TEST_CASE("codes, credits and agencies are cut off the ends of lines") {
  const auto code =
      title + lede + "Le port s'est tu et ne répond plus à personne. [nX3K7Q20\n\n" + body;
  CHECK(label_of(code, "nX3K7Q20") == "agency_code");
  CHECK(label_of(code, "ne répond plus") == "body");
  const auto credits =
      title + lede + body +
      "Le port s'est tu et ne répond plus à personne. (Reportage de Luc Bré; édité par "
      "Anne Roy)\n";
  CHECK(label_of(credits, "Luc Bré") == "credits");
  const auto agency =
      title + lede + "Le port s'est tu et ne répond plus à personne. (AFP)\n\n" + body;
  CHECK(label_of(agency, "(AFP)") == "source_line");
  CHECK(read(agency).agency->name == "AFP");
  CHECK(label_of(title + lede + "Le projet [voir 12] reste secret et ne sera pas montré.\n\n",
                 "12") == "body");
}

TEST_CASE("the agency is named by its line, its dateline, or those who spoke to it") {
  CHECK(read(title + "Source : Xinhua\n\n" + lede).agency->name == "Xinhua");
  const auto dateline = title +
                        "KERLO, 17 juillet (Reuters) - Le phare de Kerlo ne guidera plus aucun "
                        "bateau cet hiver.\n";
  CHECK(label_of(dateline, "KERLO") == "source_line");
  CHECK(read(dateline).agency->name == "Reuters");
  const auto told =
      title + lede + "Le phare sera vendu, ont confié à Reuters trois marins du port.\n";
  CHECK(read(told).agency->name == "Reuters");
  const auto cited =
      title + lede + "Le phare sera vendu, a indiqué l'agence Chine nouvelle hier soir.\n";
  CHECK_FALSE(read(cited).agency);
}

TEST_CASE("only a date line near the title dates the page") {
  CHECK(published(title + "20.05.2014 13h43\n\n" + lede) == "2014-05-20 date_line");
  CHECK(published(title + "Publié le mardi 20 mai 2014 à 13:43\n\n" + lede) ==
        "2014-05-20 published_line");
  CHECK(published(title + "Mis à jour le 21/05/2014\n\n" + lede) == "2014-05-21 updated_line");
  CHECK(published(title + "Publié le 20/05/2014, mis à jour le 21/05/2014\n\n" + lede) ==
        "2014-05-20 published_line");
  CHECK(published(title + "Mis à jour le 21/05/2014 - Publié le 20/05/2014\n\n" + lede) ==
        "2014-05-20 published_line");
  CHECK(published(title + "le 20.05.2014 à 13h43\n\n" + lede) == "2014-05-20 date_line");
  CHECK(published(title + "Communiqué du 20 mai 2014\n\n" + lede) == "2014-05-20 published_line");
  CHECK(published("mardi 3 juin 2025\n\nAccueil\n\nMonde\n\n" + title + "20 mai 2014\n\n" + lede) ==
        "2014-05-20 date_line");
}

TEST_CASE("an agency and a date in brackets behind the text date the page") {
  const std::string last =
      "Le port s'est tu avant l'échéance et ne répond plus à personne. Les marins qui attendaient "
      "la lampe du phare ont passé la nuit au large, puis ils sont rentrés un par un. Le conseil "
      "se réunira quand les bateaux seront réparés, et dira qui paiera la lampe. ";
  for (const std::string sign : {"(©AFP / 20 mai 2014 13h43)", "(AFP, 20 mai 2014)",
                                 "(© Reuters - 20/05/2014 13:43)", "[AFP | 20 mai 2014 à 13h43]"}) {
    INFO(sign);
    CHECK(published(title + lede + body + last + sign + "\n") == "2014-05-20 date_line");
    CHECK(label_of(title + lede + body + last + sign + "\n", sign.substr(1, 8)) == "date_line");
  }
  CHECK(published(title + "21 mai 2014\n\n" + lede + last + "(AFP, 20 mai 2014)\n") ==
        "2014-05-21 date_line");
  for (const std::string none :
       {"(AFP, 20 mai)", "(Kerlo, 20 mai 2014)", "(AFP, 20 mai 2014) Fin."})
    CHECK(published(title + lede + last + none + "\n") == "none");
}

TEST_CASE("a date line below captions and a lede dates the page where text follows") {
  const std::string more = "Le conseil du port se réunira quand les bateaux seront réparés.\n\n";
  const std::string head = title + lede + more + "Un marin dit qu'il a vu la lampe s'éteindre.\n\n";
  CHECK(published(head + "20 mai 2014\n\n" + body) == "2014-05-20 date_line");
  CHECK(published(head + more.substr(3) + "20 mai 2014\n") == "none");
  CHECK(published(head + body + more.substr(3) + "20 mai 2014\n\n" + more.substr(9)) == "none");
}

TEST_CASE("dates of the text, of residue and of no calendar do not date the page") {
  CHECK(published(title + lede + "Tout a commencé le 20 mai 2014, dit le gardien du phare.\n") ==
        "none");
  CHECK(published(title + "31.02.2014 13h43\n\n" + lede) == "none");
  CHECK(published(title + "mai 2014\n\n" + lede) == "none");
  CHECK(published(title + "Mardi 20 mai\n\n" + lede) == "none");
  CHECK(published("Attentat du 20 mai 2014\n\n" + lede) == "none");
  CHECK(published(lede + body + last + body.substr(7) + "20 mai 2014\n") == "none");
  const auto a =
      read(title + "31.02.2014 13h43\n\n" + lede + "Tout date du 3 mai 2013, dit-on ici.\n");
  REQUIRE(a.rejected.size() == 2);
  CHECK(a.rejected[0].why == "no calendar has this day");
  CHECK(a.rejected[1].text == "3 mai 2013");
}

TEST_CASE("another date on the date line changes the date and nothing else") {
  const auto before = read(title + "20.05.2014 13h43\n\n" + lede + body);
  const auto after = read(title + "07.11.2016 09h05\n\n" + lede + body);
  REQUIRE(before.segments.size() == after.segments.size());
  for (std::size_t i = 0; i < before.segments.size(); ++i) {
    CHECK(before.segments[i].span == after.segments[i].span);
    CHECK(before.segments[i].what == after.segments[i].what);
  }
  CHECK(after.published->day == *day_of(2016, 11, 7));
  CHECK(after.published->minute_of_day == 9 * 60 + 5);
}

TEST_CASE("line ends of all systems and a byte order mark read the same") {
  const auto plain = title + "20.05.2014\n\n" + lede + body;
  const auto clean = clean_text(plain, read(plain));
  for (const std::string end : {"\r\n", "\r"}) {
    std::string text = "\xEF\xBB\xBF";
    for (const char c : plain) text += c == '\n' ? end : std::string(1, c);
    const auto a = read(text);
    check_cover(text, a);
    CHECK(clean_text(text, a) == clean);
    CHECK(a.published);
    CHECK(a.segments[2].line == 5);
  }
}

TEST_CASE("pages with nothing to read have nothing") {
  for (const std::string text : {"", " \n\t\r\n", "\xEF\xBB\xBF", "\u00A0"}) {
    const auto a = read(text);
    CHECK(a.segments.empty());
    CHECK_FALSE(a.title);
  }
}

TEST_CASE("any bytes are covered once and break nothing") {
  const std::string units[] = {
      "7",           " ",      "«",      "\"",       "[(",       "(avec ",
      "M. ",         "1 000 ", "du 19 ", "a\n",      "\xFF\xE9", "2014-",
      "La Chine ",   "_a",     "! ",     "[a1 ",     "il y a ",  "Formation ",
      "entre 1 et ", "...\n",  "(AFP) ", "plus de ", "\r",       std::string(1, '\0')};
  for (const auto& unit : units) {
    std::string text;
    while (text.size() < 20000) text += unit;
    const auto a = read(text);
    check_cover(text, a);
    (void)test::statements_of(text);
  }
}

TEST_CASE("a page cut at any byte is still covered") {
  const auto text = "\xEF\xBB\xBF" + title + "20.05.2014 13h43\n\n" + lede +
                    "« Une 2\u202F077e fois », œuvre… [nX3K7Q20\n3 commentaires\n  1. Luc\n";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto cut = text.substr(0, length);
    check_cover(cut, read(cut));
    (void)test::statements_of(cut);
  }
}

TEST_CASE("who is quoted is cut off a quotation, another headline off a sentence") {
  const auto labels = [](const std::string& line) {
    std::vector<std::string_view> out;
    const auto a = read_article(title + lede + line + "\n\n" + body, french());
    for (const segment& s : a.segments) out.push_back(label_name(s.what));
    return out;
  };
  using list = std::vector<std::string_view>;
  const list whole{"title", "lede", "body", "body"};
  CHECK(labels("« Le port ne dort plus depuis lundi. » Odile Perret, pilote au port") ==
        list{"title", "lede", "quote", "credits", "body"});
  CHECK(labels("« Le port ne dort plus », dit Odile Perret, pilote au port, lundi soir.") == whole);
  CHECK(labels("« Le port ne dort plus depuis lundi. » Odile Perret, pilote, se lève.") == whole);
  CHECK(labels("Le conseil a voté. Lire aussi : Un cygne bloque l'écluse de Vire") ==
        list{"title", "lede", "body", "teaser", "body"});
  CHECK(labels("Le conseil a voté. Lire aussi : Un cygne, le livre du maire, en dit plus.") ==
        whole);
}
