// SPDX-License-Identifier: Apache-2.0
// Rows for tests of the timeline: a small maker of statements with places in a file, and fourteen
// invented statements of 2014 to 2019 around public incidents. One thread.
#pragma once

#include "common/civil/civil.hpp"
#include "timeline.hpp"

#include <vigie/testing.hpp>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace dossier_test {

using vigie::kind;
using vigie::testing::cell;
using vigie::testing::row;
using vigie::testing::table;

inline cell day(std::string_view text) {
  const auto days = vigie::civil::parse_date(text);
  return days ? cell(*days) : cell();
}

inline cell text_or_null(std::string_view text) { return text.empty() ? cell() : cell(text); }

inline vigie::field figures_field() {
  return vigie::list_of("figures", vigie::struct_of("", {{.name = "text"},
                                                         {.name = "value", .kind = kind::float64},
                                                         {.name = "high", .kind = kind::float64},
                                                         {.name = "bound"},
                                                         {.name = "unit"},
                                                         {.name = "counted"},
                                                         {.name = "offset", .kind = kind::int64},
                                                         {.name = "length", .kind = kind::int32}}));
}

inline vigie::schema all_fields() {
  return {{.name = "text"},
          {.name = "from", .kind = kind::date},
          {.name = "to", .kind = kind::date},
          {.name = "file"},
          {.name = "title"},
          {.name = "url"},
          {.name = "publisher"},
          {.name = "agency"},
          {.name = "language"},
          {.name = "published", .kind = kind::date},
          {.name = "published_basis"},
          {.name = "basis"},
          {.name = "date_text"},
          {.name = "date_value"},
          vigie::span_of("date_span"),
          vigie::span_of("span"),
          figures_field()};
}

struct one_figure {
  std::string text;
  double value = 0;
  std::string bound = "exact", unit, counted;
  cell high = nullptr;
};

struct source {
  std::string file, title, url, publisher, agency, published, published_basis = "page";
};

struct one_row {
  std::string text, from, to;
  std::string basis, date_text, date_value;
  std::vector<one_figure> figures;
  std::int64_t offset = 1000; // of the sentence in its file
  source from_page;
  std::string language = "fr";
};

inline cell place(const one_row& r, std::string_view words) {
  const std::size_t at = r.text.find(words);
  if (words.empty() || at == std::string::npos) return {};
  return std::vector<cell>{r.offset + static_cast<std::int64_t>(at), words.size()};
}

inline row cells(const one_row& r) {
  std::vector<cell> figures;
  for (const one_figure& f : r.figures) {
    const cell where = place(r, f.text);
    const auto* parts = std::get_if<std::vector<cell>>(&where.value);
    figures.push_back(std::vector<cell>{
        f.text, f.value, f.high, f.bound, text_or_null(f.unit), text_or_null(f.counted),
        parts == nullptr ? cell() : (*parts)[0], parts == nullptr ? cell() : (*parts)[1]});
  }
  const source& s = r.from_page;
  return {r.text,
          day(r.from),
          day(r.to),
          text_or_null(s.file),
          text_or_null(s.title),
          text_or_null(s.url),
          text_or_null(s.publisher),
          text_or_null(s.agency),
          text_or_null(r.language),
          day(s.published),
          text_or_null(s.published.empty() ? "" : s.published_basis),
          text_or_null(r.basis),
          text_or_null(r.date_text),
          text_or_null(r.date_value),
          place(r, r.date_text),
          std::vector<cell>{r.offset, r.text.size()},
          figures};
}

inline table table_of(const std::vector<one_row>& rows) {
  table t{all_fields(), {}};
  for (const one_row& r : rows) t.rows.push_back(cells(r));
  return t;
}

inline std::string data_file(const std::string& name) {
  std::ifstream in(std::string(VIGIE_SOURCE_DIR) + "/plugins/dossier/data/" + name);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}
inline std::string style_sheet() { return data_file("timeline.css"); }

using harness = vigie::testing::harness<vigie::dossier::timeline>;

// The page of a table; `set` sees the component before it is bound.
template <class F> std::string page_of(const table& t, F&& set, std::size_t rows_a_batch = 3) {
  harness h;
  h.files["timeline.css"] = style_sheet();
  h.files["timeline.js"] = data_file("timeline.js");
  set(h.component());
  return h.encode(t, rows_a_batch);
}
inline std::string page_of(const table& t) {
  return page_of(t, [](vigie::dossier::timeline&) {});
}
inline std::string page_of(const std::vector<one_row>& rows) { return page_of(table_of(rows)); }

inline const source xinjiang{"pages/01_xinjiang.txt",
                             "Au Xinjiang, des lignes coupées pour une messagerie",
                             "https://www.example.org/2015/11/24/xinjiang-messageries.html",
                             "Le Courrier des Steppes",
                             "AFP",
                             "2015-11-24"};
inline const source botnets{"pages/05_botnets.txt",
                            "Pékin compte les serveurs qui pilotent ses ordinateurs",
                            "https://example.net/botnets",
                            "Gazette du Réseau",
                            "Xinhua",
                            "2014-05-20"};
inline const source icloud{"pages/04_icloud.txt",
                           "Un nuage mal gardé",
                           "http://example.com/a?b=1&c=2",
                           "Le Courrier des Steppes",
                           "",
                           "2014-10-22"};
inline const source base{"pages/02_base.txt",
                         "Des conversations ouvertes à tous",
                         "",
                         "Veille & Sécurité",
                         "",
                         "2019-03-09",
                         "given"};
inline const source telegram{"pages/06_telegram.txt",
                             "Le régulateur bloque, les adresses tombent",
                             "https://example.org/telegram",
                             "Gazette du Réseau",
                             "Reuters",
                             "2018-04-17"};
inline const source undated_page{
    "pages/09_messageries.txt", "Messageries coupées : ce que l’on sait", "", "", "", ""};

inline std::vector<one_row> sample() {
  return {
      {"Selon le centre CNCERT, 2.077 serveurs de contrôle placés aux États-Unis ont dirigé 1,18 "
       "million "
       "d’ordinateurs hôtes en Chine du 19 mars au 18 mai.",
       "2014-03-19",
       "2014-05-18",
       "year_from_publication",
       "du 19 mars au 18 mai",
       "2014-03-19/2014-05-18",
       {{"2.077", 2077, "exact", "servers", "serveurs de contrôle"},
        {"1,18 million", 1.18e6, "exact", "hosts", "ordinateurs hôtes en Chine"}},
       4216,
       botnets},
      {"Le même centre avait relevé 135 machines de contrôle de plus au cours du mois d’avril "
       "2014.",
       "2014-04-01",
       "2014-04-30",
       "explicit",
       "avril 2014",
       "2014-04",
       {{"135", 135, "exact", "servers", "machines de contrôle"}},
       4702,
       botnets},
      {"Près de 40 % des adresses relevées appartenaient à des hébergeurs du même État.",
       "",
       "",
       "none",
       "",
       "",
       {{"40", 40, "approx", "percent", ""}},
       5120,
       botnets},
      {"Le 18 octobre 2014, des internautes ont vu leur navigateur refuser le certificat présenté "
       "à la place "
       "de celui d’iCloud.",
       "2014-10-18",
       "2014-10-18",
       "explicit",
       "18 octobre 2014",
       "2014-10-18",
       {},
       880,
       icloud},
      {"Lundi, le faux certificat était encore servi sur au moins trois réseaux de province.",
       "2014-10-20",
       "2014-10-20",
       "relative_to_publication",
       "Lundi",
       "2014-10-20",
       {{"trois", 3, "lower", "services", "réseaux de province"}},
       1310,
       icloud},
      {"Depuis le 1er octobre 2014, le nouveau téléphone chiffre par défaut ce qu’il garde.",
       "2014-10-01",
       "",
       "explicit",
       "1er octobre 2014",
       "2014-10-01/..",
       {},
       1502,
       icloud},
      {"À Urumqi, les lignes d’abonnés qui employaient WhatsApp ou un réseau privé virtuel ont été "
       "coupées en "
       "novembre 2015, et leurs titulaires renvoyés au commissariat le plus proche pour les faire "
       "rétablir, sans "
       "qu’aucun texte public ne dise sur quelle base ; deux opérateurs ont confirmé avoir reçu "
       "une liste de "
       "numéros, sans en donner la longueur ni dire qui l’avait dressée.",
       "2015-11-01",
       "2015-11-30",
       "explicit",
       "novembre 2015",
       "2015-11",
       {{"deux", 2, "exact", "organisations", "opérateurs"}},
       2011,
       xinjiang},
      {"Pour dix quartiers au plus, les lignes n’ont été rétablies que de décembre 2015 à février "
       "2016.",
       "2015-12-01",
       "2016-02-29",
       "explicit",
       "de décembre 2015 à février 2016",
       "2015-12/2016-02",
       {{"dix", 10, "upper", "places", "quartiers"}},
       2650,
       xinjiang},
      {"Le 16 avril 2018, le régulateur russe a demandé aux opérateurs de bloquer Telegram.",
       "2018-04-16",
       "2018-04-16",
       "explicit",
       "16 avril 2018",
       "2018-04-16",
       {},
       640,
       telegram},
      {"En deux jours, entre 15 et 18 millions d’adresses ont rejoint la liste.",
       "2018-04-16",
       "2018-04-17",
       "relative_to_publication",
       "En deux jours",
       "publication-P2D",
       {{"15 et 18 millions", 15e6, "range", "addresses", "adresses", 18e6}},
       905,
       telegram},
      {"En mars 2019, un chercheur a trouvé une base ouverte de plus de 364 millions de messages, "
       "recopiée "
       "chaque nuit vers 17 serveurs.",
       "2019-03-01",
       "2019-03-31",
       "explicit",
       "mars 2019",
       "2019-03",
       {{"364 millions", 364e6, "lower", "messages", "messages"},
        {"17", 17, "exact", "servers", "serveurs"}},
       312,
       base},
      {"La base est restée lisible jusqu’au 3 mars.",
       "",
       "2019-03-03",
       "year_from_publication",
       "jusqu’au 3 mars",
       "../2019-03-03",
       {},
       760,
       base},
      {"Mercredi soir, plus personne ne recevait de message dans le quartier.",
       "",
       "",
       "relative",
       "Mercredi soir",
       "weekday:wednesday",
       {},
       150,
       undated_page},
      {"Récemment, une soixantaine de cybercafés auraient fermé.",
       "",
       "",
       "vague",
       "Récemment",
       "PAST_REF",
       {{"une soixantaine", 60, "approx", "places", "cybercafés"}},
       420,
       undated_page},
  };
}

} // namespace dossier_test
