// SPDX-License-Identifier: Apache-2.0
// The whole page of statements, claims and articles. Called once, by the component's task. It holds
// all of them; the page goes out in pieces. Nothing but the arguments goes into the page: no
// clock, no path, no version. One thread.
#pragma once

#include "article_index.hpp"
#include "article_view.hpp"
#include "chart.hpp"
#include "claim.hpp"
#include "entry.hpp"
#include "html.hpp"
#include "source.hpp"
#include "statement.hpp"
#include "words.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::dossier {

struct page_settings {
  const page_words& words;
  std::string_view title, about;
  std::size_t max_text = 300; // characters, 0: all
  bool own_use = false;       // the page says that it is not to be published
  std::string_view style;     // CSS; UTF-8 without "</" and carriage returns
  std::string_view script;    // the same of JavaScript, without "<!--"
};

struct page_content {
  std::vector<statement> statements;
  std::vector<claim> claims;
  std::vector<source> sources; // one an article
};

class page {
public:
  using sink = std::function<void(std::string_view)>;

  // Dated statements are put in the order of their start, then end, then as they came; undated ones
  // stay as they came. Claims stand in the order of sort_claims.
  page(page_content content, const page_settings& settings);
  page(const page&) = delete;
  page& operator=(const page&) = delete;

  void write(const sink& to);

private:
  struct article_row {
    std::string file, title, url, publisher, agency, published_basis;
    std::optional<std::int32_t> published;
    std::size_t statements = 0;
    const source* text = nullptr;
  };

  void collect_articles();
  void sort_articles();
  void see_article(statement& s, article_index& known);
  void see_text(source& s, article_index& known);
  void tell_article(article_row& row, const statement& s);
  void make_views();
  void split_by_date(std::vector<statement> statements);

  void head();
  void header();
  void counts();
  void years_nav();
  void claims();
  void entries();
  void undated();
  void articles();
  void article(const article_row& row, std::size_t index);
  void texts();
  void own_use();
  void legend();
  void footer();
  void pass(bool all);

  page_settings settings_;
  const page_words& words_;
  std::vector<statement> dated_, undated_;
  std::vector<claim> claims_;
  std::vector<source> sources_;
  std::size_t incidents_ = 0;
  std::vector<article_row> articles_;
  std::map<std::size_t, article_view> views_; // by index of the article
  year_counts years_;
  markup out_;
  const sink* to_ = nullptr;
};

} // namespace vigie::dossier
