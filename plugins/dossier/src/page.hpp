// SPDX-License-Identifier: Apache-2.0
// The whole timeline page of a list of statements. Called once, by the component's task. It holds
// all statements; the page goes out in pieces. Nothing but the arguments goes into the page: no
// clock, no path, no version. One thread.
#pragma once

#include "chart.hpp"
#include "entry.hpp"
#include "html.hpp"
#include "statement.hpp"
#include "words.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::dossier {

struct page_settings {
  const page_words& words;
  std::string_view title, about;
  std::size_t max_text = 300; // characters, 0: all
  std::string_view style;     // CSS; UTF-8 without "</"
};

class page {
public:
  using sink = std::function<void(std::string_view)>;

  // Dated statements are put in the order of their start, then end, then as they came; undated ones
  // stay as they came.
  page(std::vector<statement> statements, const page_settings& settings);

  void write(const sink& to);

private:
  struct article_row {
    std::string file, title, url, publisher, agency, published_basis;
    std::optional<std::int32_t> published;
    std::size_t statements = 0;
  };

  void collect_articles();
  void sort_articles();
  void count_article(statement& s, std::size_t index);
  void split_by_date(std::vector<statement> statements);

  void head();
  void header();
  void counts();
  void years_nav();
  void entries();
  void undated();
  void articles();
  void article(const article_row& row, std::size_t index);
  void legend();
  void footer();
  void pass(bool all);

  page_settings settings_;
  const page_words& words_;
  std::vector<statement> dated_, undated_;
  std::vector<article_row> articles_;
  year_counts years_;
  markup out_;
  const sink* to_ = nullptr;
};

} // namespace vigie::dossier
