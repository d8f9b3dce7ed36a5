// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include "claims_table.hpp"
#include "digest.hpp"

#include <algorithm>
#include <utility>

namespace vigie::dossier {
namespace {

constexpr std::size_t piece = 256 * 1024;

} // namespace

page::page(page_content content, const page_settings& settings)
    : settings_(settings), words_(settings.words),
      in_(std::move(content), settings.words, settings.max_claims) {}

void page::write(const sink& to) {
  to_ = &to;
  head();
  header();
  claims();
  entries();
  undated();
  if (in_.dated.empty() && in_.undated.empty() && in_.claims.empty()) {
    out_.raw("<section class=\"empty\">\n<h2>").text(words_.empty_heading).raw("</h2>\n<p>");
    out_.text(words_.empty_text).raw("</p>\n</section>\n");
  }
  articles();
  texts();
  out_.raw("</main>\n");
  footer();
  if (!in_.claims.empty()) out_.raw("<script>").raw(settings_.script).raw("</script>\n");
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
  if (!in_.claims.empty()) policy += "; script-src " + source_hash(settings_.script);
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
  if (!in_.dated.empty() || !in_.undated.empty() || !in_.claims.empty()) counts();
  append_chart(out_, in_.dated, in_.years, words_);
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
  const std::size_t all = in_.dated.size() + in_.undated.size();
  out_.raw("<dl class=\"counts\"").attribute("aria-label", words_.counts_heading).raw(">\n");
  const claim_words& more = words_.more;
  if (!in_.claims.empty()) one(in_.all_claims, noun_for(in_.all_claims, more.claims));
  if (in_.incidents > 0) one(in_.incidents, noun_for(in_.incidents, more.incidents));
  const bool tells = all > 0 || in_.claims.empty();
  if (tells) one(all, noun_for(all, words_.statements));
  if (!in_.articles.empty())
    one(in_.articles.size(), noun_for(in_.articles.size(), words_.articles));
  if (tells) {
    one(in_.dated.size(), words_.dated);
    one(in_.undated.size(), words_.undated);
  }
  if (!in_.dated.empty()) {
    const auto later = [](const statement& a, const statement& b) {
      return std::max(a.when.start(), a.when.last()) < std::max(b.when.start(), b.when.last());
    };
    const statement& last = *std::max_element(in_.dated.begin(), in_.dated.end(), later);
    const std::int32_t end = std::max(last.when.start(), last.when.last());
    out_.raw("<div class=\"period\"><dt>").text(words_.period).raw("</dt><dd>");
    append_period(out_, {in_.dated.front().when.start(), end}, words_);
    out_.raw("</dd></div>\n");
  }
  out_.raw("</dl>\n");
}

void page::years_nav() {
  const claim_words& more = words_.more;
  const bool one_place = in_.years.size() + (in_.undated.empty() ? 0U : 1U) +
                             (in_.claims.empty() ? 0U : 1U) + (in_.views.empty() ? 0U : 1U) <
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
  if (!in_.claims.empty()) link("claims", more.heading, in_.all_claims);
  for (const auto& [year, count] : in_.years)
    link("y" + std::to_string(year), std::to_string(year), count);
  if (!in_.undated.empty()) link("undated", words_.undated_heading, in_.undated.size());
  if (!in_.views.empty()) link("texts", more.texts_heading, in_.views.size());
  out_.raw("</ul>\n</nav>\n");
}

void page::claims() {
  if (in_.claims.empty()) return;
  append_claims(out_, in_.claims, {in_.all_claims, settings_.max_text}, words_,
                [this] { pass(false); });
}

void page::texts() {
  if (in_.views.empty()) return;
  const claim_words& more = words_.more;
  readers people;
  for (const auto& [index, view] : in_.views)
    for (const comment& c : in_.articles[index].text->comments) people.add(c.author);
  out_.raw("<section class=\"texts\" aria-labelledby=\"texts\">\n<h2 id=\"texts\">");
  out_.text(more.texts_heading).raw(" <span class=\"count\">");
  out_.text(counted(in_.views.size(), words_.articles, words_))
      .raw("</span></h2>\n<p class=\"intro\">");
  out_.text(more.texts_intro).raw("</p>\n");
  own_use();
  for (auto& [index, view] : in_.views) {
    view.append(out_, {words_, people, settings_.max_text});
    pass(false);
  }
  out_.raw("</section>\n");
}

void page::own_use() {
  if (!settings_.own_use) return;
  out_.raw("<p class=\"own-use\" role=\"note\"><strong>")
      .text(words_.more.own_use)
      .raw("</strong></p>\n");
}

void page::entries() {
  const entry_style style{words_, settings_.max_text};
  auto year = in_.years.begin();
  std::size_t left = 0;
  for (std::size_t i = 0; i < in_.dated.size(); ++i) {
    if (left == 0) {
      const std::string name = std::to_string(year->first);
      out_.raw("<section").attribute("aria-labelledby", "y" + name).raw(">\n<h2");
      out_.attribute("id", "y" + name).raw(">").text(name).raw(" <span class=\"count\">");
      out_.text(counted(year->second, words_.statements, words_)).raw("</span></h2>\n");
      left = year->second;
      ++year;
    }
    append_entry(out_, in_.dated[i], i + 1, style);
    if (--left == 0) out_.raw("</section>\n");
    pass(false);
  }
}

void page::undated() {
  if (in_.undated.empty()) return;
  const entry_style style{words_, settings_.max_text};
  out_.raw("<section class=\"undated\" aria-labelledby=\"undated\">\n<h2 id=\"undated\">");
  out_.text(words_.undated_heading).raw(" <span class=\"count\">");
  out_.text(counted(in_.undated.size(), words_.statements, words_))
      .raw("</span></h2>\n<p class=\"intro\">");
  out_.text(words_.undated_intro).raw("</p>\n");
  for (std::size_t i = 0; i < in_.undated.size(); ++i) {
    append_entry(out_, in_.undated[i], in_.dated.size() + i + 1, style);
    pass(false);
  }
  out_.raw("</section>\n");
}

void page::articles() {
  if (in_.articles.empty()) return;
  out_.raw("<section class=\"articles\" aria-labelledby=\"articles\">\n<h2 id=\"articles\">");
  out_.text(words_.articles_heading).raw(" <span class=\"count\">");
  out_.text(counted(in_.articles.size(), words_.articles, words_)).raw("</span></h2>\n");
  out_.raw("<div class=\"wide\" role=\"region\" tabindex=\"0\" "
           "aria-labelledby=\"articles\">\n<table>\n<thead><tr>");
  for (const std::string_view name :
       {words_.column_file, words_.column_title, words_.column_publisher, words_.column_published,
        words_.column_statements})
    out_.raw("<th scope=\"col\">").text(name).raw("</th>");
  out_.raw("</tr></thead>\n<tbody>\n");
  for (std::size_t i = 0; i < in_.articles.size(); ++i) {
    article(in_.articles[i], i);
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
