// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "french.hpp"
#include "text/page/article.hpp"

#include <algorithm>
#include <set>

using namespace vigie::press;
using vigie::press::test::french;

namespace {

struct expected {
  std::string file;
  std::string published;
  std::string title;               // its beginning
  std::vector<std::string> told;   // "value unit_key" of figures, in order of the page
  std::vector<std::string> values; // of dates that are not vague
  std::set<std::string> residue;   // labels that must be there
};

const std::vector<expected> pages = {
    {"01_xinjiang_messageries.txt",
     "2015-11-24 10:12",
     "Au Xinjiang, des abonnés",
     {"5 persons", "3 ", "10 months"},
     {"2015-11-23", "PT2H", "P10M", "2009-07/2010-05"},
     {"nav", "breadcrumb", "share_counter", "teaser", "image_alt", "sidebar", "self_promo",
      "comment_header", "comment", "comment_notice", "date_line"}},
    {"02_base_de_messages.txt",
     "none",
     "Une base ouverte",
     {"364000000 records", "300000000 messages", "17 servers"},
     {"weekday:saturday:last", "weekday:monday"},
     {"self_promo", "ad_insertion", "sidebar", "headline_list", "login_box"}},
    {"03_moscou_regulateurs.txt",
     "2019-07-18",
     "Pékin et Moscou",
     {"2 persons", "3 cases"},
     {"2019-07-17", "2016", "2014-07-18/2019-07-18", "2018-04"},
     {"nav", "date_line", "ad_insertion", "agency_code", "credits"}},
    {"05_botnets_serveurs.txt",
     "2014-05-20 16:05",
     "La Chine compte les ordinateurs",
     {"2077 servers", "1180000 hosts", "135 hosts", "563 sites", "5 persons"},
     {"2014-05-19", "2014-03-19/2014-05-18"},
     {"ticker_label", "headline_list", "weather", "breadcrumb", "source_line", "date_line",
      "login_box", "sidebar"}},
    {"06_telegram_blocage.txt",
     "2018-04-16 19:05",
     "La Russie coupe Telegram",
     {"1800000 addresses", "20 games", "200000000 persons", "13000000 persons"},
     {"2018-04-16", "P3D", "2018-04-16"},
     {"nav", "share_counter", "ad_insertion", "self_promo", "sidebar", "headline_list",
      "comment_header", "comment"}},
    {"07_commentaires_seuls.txt",
     "none",
     "",
     {},
     {},
     {"comment_header", "comment", "comment_notice"}},
    {"08_cybercafes_suite.txt",
     "none",
     "Que devient la base",
     {"2600 messages"},
     {"publication-P1W", "weekday:tuesday", "publication+P3W"},
     {"nav", "self_promo", "comment_header", "comment"}},
    {"09_messageries_coupees.txt",
     "none",
     "Couper la ligne",
     {"4 hours", "28 persons", "100 persons"},
     {"publication", "PT4H", "weekday:friday:last", "publication-P4D", "XXXX-09"},
     {"nav", "share_counter", "self_promo", "comment_header", "comment"}},
    {"10_moscou_suite.txt",
     "2019-07-18 07:15",
     "Le régulateur russe salue",
     {"2 days", "12 records", "4000 sites", "12.5 percent"},
     {"P2D", "2019-07-18", "2020", "2019-01-01/2019-06-30", "2018"},
     {"date_line", "login_box"}},
    {"11_icloud_bilan.txt",
     "2014-10-29",
     "Ce que révèle",
     {},
     {"2014-10-20", "P1W", "2015-10-04"},
     {"date_line", "nav", "ticker_label", "headline_list", "weather"}},
};

std::filesystem::path samples() {
  return std::filesystem::path(VIGIE_SOURCE_DIR) / "pipelines/press/samples";
}

std::string published(const article& a) {
  if (!a.published) return "none";
  std::string out = iso_day(a.published->day);
  if (!a.published->minute_of_day) return out;
  char clock[16];
  std::snprintf(clock, sizeof clock, " %02d:%02d", *a.published->minute_of_day / 60,
                *a.published->minute_of_day % 60);
  return out + clock;
}

// Windows-1252 to UTF-8, as far as the sample page goes.
std::string decoded(std::string_view latin) {
  std::string out;
  for (const char byte : latin) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80) {
      out += byte;
    } else if (c == 0x92) {
      out += "’";
    } else if (c == 0x95) {
      out += "•";
    } else if (c == 0x9C) {
      out += "œ";
    } else {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

} // namespace

TEST_CASE("the sample pages are read as their table says") {
  for (const auto& page : pages) {
    const auto text = test::read_file(samples() / page.file);
    REQUIRE_FALSE(text.empty());
    const auto a = read_article(text, french());
    INFO(page.file << "\n" << test::outline(text, a));
    CHECK(published(a) == page.published);
    CHECK((a.title ? text.substr(a.title->begin, page.title.size()) : "") == page.title);
    std::set<std::string> labels;
    for (const auto& s : a.segments) labels.emplace(label_name(s.what));
    CHECK(std::includes(labels.begin(), labels.end(), page.residue.begin(), page.residue.end()));
    std::vector<std::string> told;
    std::vector<std::string> values;
    for (const auto& s : test::statements_of(text)) {
      for (const auto& f : s.figures) told.push_back(f.value.text() + " " + f.unit_key);
      for (const auto& d : s.dates) {
        if (d.kind != date_kind::vague) values.push_back(d.value);
      }
    }
    CHECK(told == page.told);
    CHECK(values == page.values);
  }
}

TEST_CASE("the samples cover a Windows-1252 page, CRLF and a byte order mark") {
  const auto latin = test::read_file(samples() / "04_icloud_interception.txt");
  CHECK(latin.find('\x92') != std::string::npos);
  CHECK(latin.find('\x9C') != std::string::npos);
  CHECK(test::read_file(samples() / "05_botnets_serveurs.txt").find("\r\n") != std::string::npos);
  CHECK(test::read_file(samples() / "06_telegram_blocage.txt").starts_with("\xEF\xBB\xBF"));
}

TEST_CASE(
    "the Windows-1252 page, decoded, is dated and keeps its product name out of the figures") {
  const auto text = decoded(test::read_file(samples() / "04_icloud_interception.txt"));
  const auto a = read_article(text, french());
  INFO(test::outline(text, a));
  CHECK(published(a) == "2014-10-22 18:40");
  REQUIRE(a.title);
  std::vector<std::string> told;
  for (const auto& s : test::statements_of(text)) {
    for (const auto& f : s.figures) told.push_back(f.value.text() + " " + f.unit_key);
  }
  CHECK(told == std::vector<std::string>{"1 addresses"});
}

TEST_CASE("a page in another charset, read as it is, is covered and guesses no date") {
  const auto latin = test::read_file(samples() / "04_icloud_interception.txt");
  const auto a = read_article(latin, french());
  CHECK(a.segments.size() > 10);
  CHECK(a.title);
  CHECK_FALSE(a.published);
}
