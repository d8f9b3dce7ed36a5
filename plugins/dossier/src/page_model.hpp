// SPDX-License-Identifier: Apache-2.0
// What stands on the page, in its order: statements, claims and articles, tied to each other. Made
// once by the page before it writes. Plain values; one thread.
#pragma once

#include "article_index.hpp"
#include "article_view.hpp"
#include "chart.hpp"
#include "claim.hpp"
#include "source.hpp"
#include "statement.hpp"
#include "words.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vigie::dossier {

struct page_content {
  std::vector<statement> statements;
  std::vector<claim> claims;
  std::vector<source> sources; // one an article
};

struct article_row {
  std::string file, title, url, publisher, agency, published_basis;
  std::optional<std::int32_t> published;
  std::size_t statements = 0;
  const source* text = nullptr;
};

class page_model {
public:
  // Dated statements are put in the order of their start, then end, then as they came; undated ones
  // stay as they came. Claims stand in the order of sort_claims, articles in that of publication.
  // Of more than `max_claims` claims (0: all) the first of that order stay.
  page_model(page_content content, const page_words& words, std::size_t max_claims);
  page_model(const page_model&) = delete; // articles and views point to sources
  page_model& operator=(const page_model&) = delete;

  std::vector<statement> dated, undated;
  std::vector<claim> claims;
  std::vector<source> sources;
  std::size_t all_claims = 0, incidents = 0; // also of claims that did not stay
  std::vector<article_row> articles;
  std::map<std::size_t, article_view> views; // by index of the article
  year_counts years;

private:
  void collect_articles();
  void sort_articles();
  void see_article(statement& s, article_index& known);
  void see_text(source& s, article_index& known);
  void tell_article(article_row& row, const statement& s);
  void make_views(const page_words& words);
  void split_by_date(std::vector<statement> statements);
};

} // namespace vigie::dossier
