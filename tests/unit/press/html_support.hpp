// SPDX-License-Identifier: Apache-2.0
// What tests of the HTML reader share: the rules as they ship, and a page as the tests see it.
#pragma once

#include "common/civil/civil.hpp"
#include "html/html_article.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace vigie::press::test {

[[nodiscard]] inline const html::rules& web_rules() {
  static const html::rules known = [] {
    std::ifstream in(VIGIE_SOURCE_DIR "/plugins/press/data/html.tsv", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return html::rules::read(text.str());
  }();
  return known;
}

[[nodiscard]] inline html::html_article
read_page(std::string_view page, std::string_view charset = {}, std::string_view url = {}) {
  return html::read_html_article(page, {.charset = charset, .url = url}, web_rules());
}

// Two paragraphs without a date, and a page with them below its headline.
inline const std::string two_paragraphs =
    "<p>Le câble a été réparé, dit l'opérateur, et le trafic a repris dans la nuit, sans autre "
    "coupure.</p><p>La mairie attend un rapport, qui doit dire pourquoi la panne a duré, et qui "
    "paiera.</p>";

[[nodiscard]] inline std::string story(const std::string& head, const std::string& below,
                                       const std::string& behind = {}) {
  return "<html lang=fr><head><title>Le câble réparé | Le Fanal</title>" + head +
         "</head><body><h1>Le câble réparé</h1>" + below + two_paragraphs + behind +
         "</body></html>";
}

// 2016-04-02; empty where the page has no date.
[[nodiscard]] inline std::string day_of(const html::html_article& a) {
  std::string out;
  if (a.published) civil::append_date(out, a.published->day);
  return out;
}

// A page of a news site: menus, a headline, a date line, three paragraphs, comments, a footer.
inline const std::string news_page = R"(<!DOCTYPE html>
<html lang="fr"><head><title>Deux heures sans réseau | Le Fanal</title>
<meta charset="utf-8"><meta property="og:site_name" content="Le Fanal">
<link rel="canonical" href="https://fanal.example/2019/06/deux-heures"></head>
<body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li></ul></nav>
<div class="page"><h1>Deux heures sans réseau</h1>
<p class="byline">Par Odile Marchetti</p>
<p class="date">Publié le 12 juin 2019</p>
<p class="chapo">Les abonnés de trois opérateurs ont perdu l&#8217;accès à leurs messageries mardi soir.</p>
<div class="texte">
<p>La coupure a commencé vers vingt heures, selon l&rsquo;observatoire du port, et a touché R&amp;D, hôpitaux, écoles.</p>
<div class="ad">Publicité : un matelas, des rabais, la livraison gratuite, sans engagement, dès demain matin.</div>
<blockquote>Nous n'avons reçu aucune explication, dit le maire, et personne ne répond à nos appels.</blockquote>
<p>Le réseau est revenu <b>peu avant</b> vingt-deux heures, sans que les opérateurs en donnent la raison.</p>
</div></div>
<section id="comments"><h2>2 commentaires</h2><ul>
<li class="comment"><cite>lampadaire</cite><p>Chez moi cela marchait encore, enfin presque, le 3 février 2021.</p></li>
<li class="comment"><cite>mouette38</cite><p>Même panne ici, toute la nuit, avec le même opérateur.</p></li></ul></section>
<footer>© 2024 Le Fanal, tous droits réservés</footer></body></html>
)";

} // namespace vigie::press::test
