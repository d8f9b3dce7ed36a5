// SPDX-License-Identifier: Apache-2.0
#include "page_model.hpp"

#include "claims_table.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace vigie::dossier {
namespace {

void fill(std::string& to, const std::string& from) {
  if (to.empty()) to = from;
}

auto time_order(const statement& s) { return std::pair(s.when.start(), s.when.last()); }

} // namespace

page_model::page_model(page_content content, const page_words& words, std::size_t max_claims)
    : claims(std::move(content.claims)), sources(std::move(content.sources)),
      all_claims(claims.size()) {
  split_by_date(std::move(content.statements));
  incidents = sort_claims(claims);
  if (max_claims > 0 && claims.size() > max_claims)
    claims.erase(claims.begin() + static_cast<std::ptrdiff_t>(max_claims), claims.end());
  collect_articles();
  sort_articles();
  make_views(words);
}

void page_model::split_by_date(std::vector<statement> statements) {
  for (statement& s : statements) {
    auto& to = s.when.is_dated() ? dated : undated;
    to.push_back(std::move(s));
  }
  std::stable_sort(dated.begin(), dated.end(), [](const statement& a, const statement& b) {
    return time_order(a) < time_order(b);
  });
  for (const statement& s : dated) ++years[year_of(s.when.start())];
}

void page_model::collect_articles() {
  article_index known;
  for (auto* list : {&dated, &undated})
    for (const statement& s : *list) known.learn(s);
  for (const claim& c : claims) known.learn(c.told);
  for (const source& s : sources) known.learn(s.about);
  for (auto* list : {&dated, &undated}) {
    for (statement& s : *list) {
      see_article(s, known);
      if (s.article != no_article) ++articles[s.article].statements;
    }
  }
  for (claim& c : claims) see_article(c.told, known);
  for (source& s : sources) see_text(s, known);
}

void page_model::see_article(statement& s, article_index& known) {
  s.article = known.find(s, articles.size());
  if (s.article == no_article) return;
  if (s.article == articles.size()) articles.emplace_back();
  tell_article(articles[s.article], s);
}

// A text that a statement carried along gives way to that of a page; of two pages both are shown.
void page_model::see_text(source& s, article_index& known) {
  see_article(s.about, known);
  const source* before = s.about.article == no_article ? nullptr : articles[s.about.article].text;
  if (before != nullptr && s.raw.empty()) return;
  if (s.about.article == no_article || (before != nullptr && !before->raw.empty())) {
    s.about.article = articles.size();
    tell_article(articles.emplace_back(), s.about);
  }
  articles[s.about.article].text = &s;
}

// Rows of one article tell the same of it; where one lacks something another may have it.
void page_model::tell_article(article_row& row, const statement& s) {
  fill(row.file, s.file);
  fill(row.title, s.title);
  fill(row.url, s.url);
  fill(row.publisher, s.publisher);
  fill(row.agency, s.agency);
  if (row.published || !s.published) return;
  row.published = s.published;
  row.published_basis = s.published_basis;
}

void page_model::sort_articles() {
  std::vector<std::size_t> order(articles.size()), place(articles.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto day = [](const article_row& a) {
    return a.published ? std::int64_t{*a.published} : std::numeric_limits<std::int64_t>::max();
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const article_row &x = articles[a], &y = articles[b];
    return std::tuple(day(x), std::tie(x.file, x.url, x.title), a) <
           std::tuple(day(y), std::tie(y.file, y.url, y.title), b);
  });
  std::vector<article_row> sorted;
  for (const std::size_t i : order) {
    place[i] = sorted.size();
    sorted.push_back(std::move(articles[i]));
  }
  articles = std::move(sorted);
  const auto move = [&](statement& s) {
    if (s.article != no_article) s.article = place[s.article];
  };
  for (auto* list : {&dated, &undated}) std::for_each(list->begin(), list->end(), move);
  for (claim& c : claims) move(c.told);
  for (source& s : sources) move(s.about);
}

void page_model::make_views(const page_words& words) {
  for (std::size_t i = 0; i < articles.size(); ++i)
    if (articles[i].text != nullptr) views.emplace(i, article_view(*articles[i].text, i + 1));
  const auto cite = [this](statement& s, const char* letter, std::size_t number,
                           std::string_view kind) {
    const auto view = views.find(s.article);
    if (view == views.end() || !s.span) return;
    const std::string n = std::to_string(number);
    s.anchor = view->second.cite(*s.span, letter + n, kind, n);
  };
  std::size_t number = 0;
  for (auto* list : {&dated, &undated})
    for (statement& s : *list) cite(s, "e", ++number, words.statement_number);
  for (std::size_t i = 0; i < claims.size(); ++i)
    cite(claims[i].told, "c", i + 1, words.more.claim_number);
}

} // namespace vigie::dossier
