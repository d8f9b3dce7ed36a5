// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include "claims_table.hpp"
#include "digest.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace vigie::dossier {
namespace {

constexpr std::size_t piece = 256 * 1024;

void fill(std::string& to, const std::string& from) {
  if (to.empty()) to = from;
}

auto time_order(const statement& s) { return std::pair(s.when.start(), s.when.last()); }

} // namespace

std::string article_key(const statement& s) {
  if (!s.file.empty()) return "f" + s.file;
  if (!s.url.empty()) return "u" + s.url;
  return s.title.empty() ? std::string() : "t" + s.title;
}

page::page(page_content content, const page_settings& settings)
    : settings_(settings), words_(settings.words), claims_(std::move(content.claims)),
      sources_(std::move(content.sources)) {
  split_by_date(std::move(content.statements));
  incidents_ = sort_claims(claims_);
  collect_articles();
  sort_articles();
  make_views();
}

void page::split_by_date(std::vector<statement> statements) {
  for (statement& s : statements) {
    auto& to = s.when.is_dated() ? dated_ : undated_;
    to.push_back(std::move(s));
  }
  std::stable_sort(dated_.begin(), dated_.end(), [](const statement& a, const statement& b) {
    return time_order(a) < time_order(b);
  });
  for (const statement& s : dated_) ++years_[year_of(s.when.start())];
}

void page::collect_articles() {
  std::map<std::string, std::size_t> known;
  for (auto* list : {&dated_, &undated_}) {
    for (statement& s : *list) {
      see_article(s, known);
      if (s.article != no_article) ++articles_[s.article].statements;
    }
  }
  for (claim& c : claims_) see_article(c.told, known);
  for (source& s : sources_) {
    see_article(s.about, known);
    if (s.about.article == no_article) {
      s.about.article = articles_.size();
      articles_.emplace_back();
    }
    articles_[s.about.article].text = &s;
  }
}

void page::see_article(statement& s, std::map<std::string, std::size_t>& known) {
  const std::string key = article_key(s);
  if (key.empty()) return;
  const auto [found, added] = known.emplace(key, articles_.size());
  if (added) articles_.emplace_back();
  s.article = found->second;
  tell_article(articles_[s.article], s);
}

// Rows of one article tell the same of it; where one lacks something another may have it.
void page::tell_article(article_row& row, const statement& s) {
  fill(row.file, s.file);
  fill(row.title, s.title);
  fill(row.url, s.url);
  fill(row.publisher, s.publisher);
  fill(row.agency, s.agency);
  if (row.published || !s.published) return;
  row.published = s.published;
  row.published_basis = s.published_basis;
}

void page::sort_articles() {
  std::vector<std::size_t> order(articles_.size()), place(articles_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto day = [](const article_row& a) {
    return a.published ? std::int64_t{*a.published} : std::numeric_limits<std::int64_t>::max();
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const article_row &x = articles_[a], &y = articles_[b];
    return std::tuple(day(x), std::tie(x.file, x.url, x.title), a) <
           std::tuple(day(y), std::tie(y.file, y.url, y.title), b);
  });
  std::vector<article_row> sorted;
  for (const std::size_t i : order) {
    place[i] = sorted.size();
    sorted.push_back(std::move(articles_[i]));
  }
  articles_ = std::move(sorted);
  const auto move = [&](statement& s) {
    if (s.article != no_article) s.article = place[s.article];
  };
  for (auto* list : {&dated_, &undated_}) std::for_each(list->begin(), list->end(), move);
  for (claim& c : claims_) move(c.told);
  for (source& s : sources_) move(s.about);
}

void page::make_views() {
  for (std::size_t i = 0; i < articles_.size(); ++i)
    if (articles_[i].text != nullptr) views_.emplace(i, article_view(*articles_[i].text, i + 1));
  const auto cite = [this](statement& s, const char* letter, std::size_t number,
                           std::string_view kind) {
    const auto view = views_.find(s.article);
    if (view == views_.end() || !s.span) return;
    const std::string n = std::to_string(number);
    s.anchor = view->second.cite(*s.span, letter + n, kind, n);
  };
  std::size_t number = 0;
  for (auto* list : {&dated_, &undated_})
    for (statement& s : *list) cite(s, "e", ++number, words_.statement_number);
  for (std::size_t i = 0; i < claims_.size(); ++i)
    cite(claims_[i].told, "c", i + 1, claim_words_for(words_).claim_number);
}

void page::write(const sink& to) {
  to_ = &to;
  head();
  header();
  claims();
  entries();
  undated();
  if (dated_.empty() && undated_.empty() && claims_.empty()) {
    out_.raw("<section class=\"empty\">\n<h2>").text(words_.empty_heading).raw("</h2>\n<p>");
    out_.text(words_.empty_text).raw("</p>\n</section>\n");
  }
  articles();
  texts();
  out_.raw("</main>\n");
  footer();
  if (!claims_.empty()) out_.raw("<script>").raw(settings_.script).raw("</script>\n");
  out_.raw("</body>\n</html>\n");
  pass(true);
}

void page::pass(bool all) {
  if (!all && out_.str().size() < piece) return;
  (*to_)(out_.str());
  out_.clear();
}

// Nothing but the style and the script of this very page may act in it.
void page::head() {
  std::string policy = "default-src 'none'; style-src " + source_hash(settings_.style);
  if (!claims_.empty()) policy += "; script-src " + source_hash(settings_.script);
  policy += "; base-uri 'none'; form-action 'none'";
  out_.raw("<!DOCTYPE html>\n<html").attribute("lang", words_.tag).raw(">\n<head>\n");
  out_.raw("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
  out_.raw(policy).raw("\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, "
                       "initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light dark\">\n"
                       "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
  out_.plain(settings_.title)
      .raw("</title>\n<style>")
      .raw(settings_.style)
      .raw("</style>\n</head>\n");
}

void page::header() {
  out_.raw("<body>\n<a class=\"skip\" href=\"#statements\">").text(words_.skip).raw("</a>\n");
  out_.raw("<header class=\"page\">\n<h1>").isolated(settings_.title).raw("</h1>\n");
  if (!settings_.about.empty()) out_.raw("<p class=\"about\">").text(settings_.about).raw("</p>\n");
  own_use();
  out_.raw("<p class=\"claim\">").text(words_.claim).raw("</p>\n");
  if (!dated_.empty() || !undated_.empty() || !claims_.empty()) counts();
  append_chart(out_, dated_, years_, words_);
  years_nav();
  out_.raw("</header>\n<main id=\"statements\" tabindex=\"-1\">\n");
}

void page::counts() {
  const auto one = [this](std::size_t count, std::string_view name) {
    out_.raw("<div><dt>")
        .text(name)
        .raw("</dt><dd>")
        .text(count_text(count, words_))
        .raw("</dd></div>\n");
  };
  const auto noun_for = [this](std::size_t n, const noun& name) {
    return n == 1 || (n == 0 && words_.zero_is_one) ? name.one : name.many;
  };
  const std::size_t all = dated_.size() + undated_.size();
  out_.raw("<dl class=\"counts\"").attribute("aria-label", words_.counts_heading).raw(">\n");
  const claim_words& more = claim_words_for(words_);
  if (!claims_.empty()) one(claims_.size(), noun_for(claims_.size(), more.claims));
  if (incidents_ > 0) one(incidents_, noun_for(incidents_, more.incidents));
  const bool tells = all > 0 || claims_.empty();
  if (tells) one(all, noun_for(all, words_.statements));
  if (!articles_.empty()) one(articles_.size(), noun_for(articles_.size(), words_.articles));
  if (tells) {
    one(dated_.size(), words_.dated);
    one(undated_.size(), words_.undated);
  }
  if (!dated_.empty()) {
    const auto later = [](const statement& a, const statement& b) {
      return std::max(a.when.start(), a.when.last()) < std::max(b.when.start(), b.when.last());
    };
    const statement& last = *std::max_element(dated_.begin(), dated_.end(), later);
    const std::int32_t end = std::max(last.when.start(), last.when.last());
    out_.raw("<div class=\"period\"><dt>").text(words_.period).raw("</dt><dd>");
    append_period(out_, {dated_.front().when.start(), end}, words_);
    out_.raw("</dd></div>\n");
  }
  out_.raw("</dl>\n");
}

void page::years_nav() {
  const claim_words& more = claim_words_for(words_);
  const bool one_place = years_.size() + (undated_.empty() ? 0U : 1U) +
                             (claims_.empty() ? 0U : 1U) + (views_.empty() ? 0U : 1U) <
                         2;
  if (one_place) return;
  const auto link = [this](const std::string& id, std::string_view name, std::size_t count) {
    out_.raw("<li><a")
        .attribute("href", "#" + id)
        .raw(">")
        .text(name)
        .raw(" <span class=\"count\">");
    out_.text(count_text(count, words_)).raw("</span></a></li>\n");
  };
  out_.raw("<nav").attribute("aria-label", words_.years_heading).raw(">\n<ul>\n");
  if (!claims_.empty()) link("claims", more.heading, claims_.size());
  for (const auto& [year, count] : years_)
    link("y" + std::to_string(year), std::to_string(year), count);
  if (!undated_.empty()) link("undated", words_.undated_heading, undated_.size());
  if (!views_.empty()) link("texts", more.texts_heading, views_.size());
  out_.raw("</ul>\n</nav>\n");
}

void page::claims() {
  if (claims_.empty()) return;
  append_claims(out_, claims_, settings_.max_text, words_, [this] { pass(false); });
}

void page::texts() {
  if (views_.empty()) return;
  const claim_words& more = claim_words_for(words_);
  readers people;
  for (const auto& [index, view] : views_)
    for (const comment& c : articles_[index].text->comments) people.add(c.author);
  out_.raw("<section class=\"texts\" aria-labelledby=\"texts\">\n<h2 id=\"texts\">");
  out_.text(more.texts_heading).raw(" <span class=\"count\">");
  out_.text(counted(views_.size(), words_.articles, words_))
      .raw("</span></h2>\n<p class=\"intro\">");
  out_.text(more.texts_intro).raw("</p>\n");
  own_use();
  for (auto& [index, view] : views_) {
    view.append(out_, {words_, more, people, settings_.max_text});
    pass(false);
  }
  out_.raw("</section>\n");
}

void page::own_use() {
  if (!settings_.own_use) return;
  out_.raw("<p class=\"own-use\" role=\"note\"><strong>")
      .text(claim_words_for(words_).own_use)
      .raw("</strong></p>\n");
}

void page::entries() {
  const entry_style style{words_, settings_.max_text};
  auto year = years_.begin();
  std::size_t left = 0;
  for (std::size_t i = 0; i < dated_.size(); ++i) {
    if (left == 0) {
      const std::string name = std::to_string(year->first);
      out_.raw("<section").attribute("aria-labelledby", "y" + name).raw(">\n<h2");
      out_.attribute("id", "y" + name).raw(">").text(name).raw(" <span class=\"count\">");
      out_.text(counted(year->second, words_.statements, words_)).raw("</span></h2>\n");
      left = year->second;
      ++year;
    }
    append_entry(out_, dated_[i], i + 1, style);
    if (--left == 0) out_.raw("</section>\n");
    pass(false);
  }
}

void page::undated() {
  if (undated_.empty()) return;
  const entry_style style{words_, settings_.max_text};
  out_.raw("<section class=\"undated\" aria-labelledby=\"undated\">\n<h2 id=\"undated\">");
  out_.text(words_.undated_heading).raw(" <span class=\"count\">");
  out_.text(counted(undated_.size(), words_.statements, words_))
      .raw("</span></h2>\n<p class=\"intro\">");
  out_.text(words_.undated_intro).raw("</p>\n");
  for (std::size_t i = 0; i < undated_.size(); ++i) {
    append_entry(out_, undated_[i], dated_.size() + i + 1, style);
    pass(false);
  }
  out_.raw("</section>\n");
}

void page::articles() {
  if (articles_.empty()) return;
  out_.raw("<section class=\"articles\" aria-labelledby=\"articles\">\n<h2 id=\"articles\">");
  out_.text(words_.articles_heading).raw(" <span class=\"count\">");
  out_.text(counted(articles_.size(), words_.articles, words_)).raw("</span></h2>\n");
  out_.raw("<div class=\"wide\" role=\"region\" tabindex=\"0\" "
           "aria-labelledby=\"articles\">\n<table>\n<thead><tr>");
  for (const std::string_view name :
       {words_.column_file, words_.column_title, words_.column_publisher, words_.column_published,
        words_.column_statements})
    out_.raw("<th scope=\"col\">").text(name).raw("</th>");
  out_.raw("</tr></thead>\n<tbody>\n");
  for (std::size_t i = 0; i < articles_.size(); ++i) {
    article(articles_[i], i);
    pass(false);
  }
  out_.raw("</tbody>\n</table>\n</div>\n</section>\n");
}

void page::article(const article_row& row, std::size_t index) {
  const auto cell = [this](const std::string& text) {
    out_.raw("<td>");
    if (text.empty())
      out_.raw("—");
    else
      out_.isolated(text);
    out_.raw("</td>");
  };
  out_.raw("<tr").attribute("id", "a" + std::to_string(index + 1)).raw("><th scope=\"row\">");
  if (row.file.empty())
    out_.raw("—");
  else
    out_.raw("<code>").isolated(row.file).raw("</code>");
  out_.raw("</th>");
  if (row.text == nullptr || row.title.empty()) {
    cell(row.title);
  } else {
    out_.raw("<td><a").attribute("href", "#t" + std::to_string(index + 1)).raw(">");
    out_.isolated(row.title).raw("</a></td>");
  }
  cell(row.publisher.empty() ? row.agency : row.publisher);
  out_.raw("<td>");
  if (!row.published)
    out_.raw("—");
  else
    append_day(out_, *row.published, words_);
  if (row.published && !row.published_basis.empty()) {
    out_.raw(" <span class=\"meaning\">");
    append_published_basis(out_, row.published_basis, words_);
    out_.raw("</span>");
  }
  out_.raw("</td><td class=\"number-cell\">")
      .text(count_text(row.statements, words_))
      .raw("</td></tr>\n");
}

void page::legend() {
  out_.raw("<section aria-labelledby=\"legend\">\n<h2 id=\"legend\">").text(words_.legend_heading);
  out_.raw("</h2>\n<dl class=\"legend\">\n");
  for (const basis_words& b : words_.bases) {
    out_.raw("<div><dt>");
    append_badge(out_, b.key, words_);
    out_.raw("</dt><dd>").text(b.meaning).raw("</dd></div>\n");
  }
  out_.raw("<div><dt><mark>").text(words_.mark_figure).raw("</mark></dt><dd>");
  out_.text(words_.mark_figure_meaning).raw("</dd></div>\n<div><dt><mark class=\"date\">");
  out_.text(words_.mark_date).raw("</mark></dt><dd>").text(words_.mark_date_meaning);
  out_.raw("</dd></div>\n</dl>\n</section>\n");
}

void page::footer() {
  out_.raw("<footer class=\"page\">\n");
  legend();
  out_.raw("<section aria-labelledby=\"reading\">\n<h2 id=\"reading\">")
      .text(words_.reading_heading);
  out_.raw("</h2>\n<ul>\n");
  for (const std::string_view line : words_.reading) out_.raw("<li>").text(line).raw("</li>\n");
  out_.raw("</ul>\n</section>\n<p class=\"claim\"><strong>").text(words_.claim);
  out_.raw("</strong></p>\n</footer>\n");
}

} // namespace vigie::dossier
