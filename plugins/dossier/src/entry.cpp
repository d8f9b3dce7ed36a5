// SPDX-License-Identifier: Apache-2.0
#include "entry.hpp"

#include "marks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace vigie::dossier {
namespace {

void append_piece(markup& to, const period_piece& p) {
  if (!p.machine.empty()) to.raw("<time").attribute("datetime", p.machine).raw(">");
  constexpr std::string_view first = "1er";
  std::string_view text = p.text;
  if (text.starts_with(first)) {
    to.raw("1<sup>er</sup>");
    text.remove_prefix(first.size());
  }
  to.text(text);
  if (!p.machine.empty()) to.raw("</time>");
}

void append_quoted(markup& to, std::string_view text, const page_words& words) {
  to.text(words.open_quote).isolated(text).text(words.close_quote);
}

void append_sentence(markup& to, const statement& s, const entry_style& style) {
  const std::string_view text = *s.text;
  const std::vector<mark> marks = find_marks(s);
  const std::size_t end = cut_at(text, style.max_text, marks);
  std::size_t at = 0;
  for (const mark& m : marks) {
    if (m.begin >= end) break;
    const std::size_t until = std::min(m.end, end);
    to.text(text.substr(at, m.begin - at));
    to.raw(m.what == mark::kind::date ? "<mark class=\"date\">" : "<mark>");
    to.text(text.substr(m.begin, until - m.begin)).raw("</mark>");
    at = until;
  }
  to.text(text.substr(at, end - at));
  if (end < text.size())
    to.raw("<span class=\"cut\"").attribute("title", style.words.cut_note).raw(">\u00A0…</span>");
}

struct unit_sign {
  std::string_view unit, sign;
};
constexpr unit_sign signs[] = {{"percent", "%"}, {"euros", "€"}, {"dollars", "$"}};

// The noun phrase of the sentence where there is one, else the unit.
std::string_view unit_of(const figure& f) {
  if (!f.counted.empty()) return f.counted;
  const auto* known = std::find_if(std::begin(signs), std::end(signs),
                                   [&](const unit_sign& s) { return s.unit == f.unit; });
  return known == std::end(signs) ? std::string_view(f.unit) : known->sign;
}

void append_number(markup& to, double value, const page_words& words) {
  std::array<char, 400> room;
  const auto done = std::to_chars(room.data(), room.data() + room.size(), value);
  to.raw("<data").attribute("value", {room.data(), done.ptr}).raw(">");
  to.text(number_text(value, words)).raw("</data>");
}

std::string_view bound_in_words(const figure& f, const page_words& words) {
  if (f.bound == "exact") return {};
  if (f.bound == "range") return std::isfinite(f.high) ? words.range_from : std::string_view();
  for (const key_word& b : words.bounds)
    if (b.key == f.bound) return b.words;
  return f.bound;
}

void append_figure(markup& to, const figure& f, const page_words& words) {
  const std::string_view bound = bound_in_words(f, words), unit = unit_of(f);
  // Half of a range would be a false figure; what the sentence says is none.
  const bool half = f.bound == "range" && !std::isfinite(f.high) && !f.text.empty();
  to.raw("<li>");
  if (!bound.empty()) to.raw("<span class=\"bound\">").text(bound).raw("</span> ");
  to.raw("<span class=\"value\">");
  if (half || !f.has_value())
    to.isolated(f.text);
  else
    append_number(to, f.value, words);
  if (!half && f.bound == "range" && std::isfinite(f.high)) {
    to.text(words.range_to);
    append_number(to, f.high, words);
  }
  to.raw("</span>");
  const bool is_sign = unit == "%" || unit == "€" || unit == "$";
  if (is_sign)
    to.text(words.before_percent).raw("<span class=\"value\">").text(unit).raw("</span>");
  else if (!unit.empty())
    to.raw(" <span class=\"unit\">").isolated(unit).raw("</span>");
  to.raw("</li>\n");
}

// The host and path of a link, short enough for a line.
std::string short_link(std::string_view url) {
  constexpr std::size_t most = 48;
  url.remove_prefix(url.find("://") + 3);
  if (url.starts_with("www.")) url.remove_prefix(4);
  if (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t end = cut_at(url, most, {});
  return std::string(url.substr(0, end)) + (end < url.size() ? "…" : "");
}

void append_url(markup& to, std::string_view url) {
  if (!is_safe_link(url)) {
    to.raw("<span class=\"url\">").isolated(url).raw("</span>");
    return;
  }
  to.raw("<a class=\"url\"").attribute("href", url);
  to.raw(" rel=\"noreferrer noopener nofollow\">").isolated(short_link(url)).raw("</a>");
}

void append_published(markup& to, const statement& s, const page_words& words) {
  to.text(words.published);
  append_day(to, *s.published, words);
  if (s.published_basis.empty()) return;
  to.raw(" (");
  append_published_basis(to, s.published_basis, words);
  to.raw(")");
}

void append_source(markup& to, const statement& s, const page_words& words) {
  bool first = true;
  const auto part = [&](bool given, auto&& content) {
    if (!given) return;
    to.raw(first ? "<figcaption>" : "\n").raw("<span class=\"part\">");
    content();
    to.raw("</span>");
    first = false;
  };
  part(!s.title.empty(), [&] { to.raw("<cite>").isolated(s.title).raw("</cite>"); });
  part(!s.publisher.empty(), [&] { to.isolated(s.publisher); });
  part(!s.agency.empty(), [&] { to.text(words.agency).isolated(s.agency); });
  part(s.published.has_value(), [&] { append_published(to, s, words); });
  part(!s.url.empty(), [&] { append_url(to, s.url); });
  part(!s.file.empty() || s.span, [&] { append_place(to, s, words); });
  if (!first) to.raw("</figcaption>\n");
}

void append_basis(markup& to, const statement& s, const page_words& words) {
  if (s.basis.empty()) return;
  const basis_words* known = find_basis(s.basis, words);
  to.raw("<p class=\"basis\">");
  append_badge(to, s.basis, words);
  if (s.when.is_dated() || known == nullptr)
    to.raw(" <span class=\"meaning\">")
        .text(known == nullptr ? words.unknown_basis : known->meaning);
  else
    to.raw(" <span class=\"meaning\">").text(known->undated);
  to.raw("</span></p>\n");
}

void append_date_value(markup& to, const statement& s, const page_words& words) {
  if (s.date_value.empty()) return;
  to.raw("<p class=\"kept\">").text(words.kept_value).text(words.colon);
  to.raw("<code>").isolated(s.date_value).raw("</code></p>\n");
}

void append_heading(markup& to, const statement& s, const page_words& words) {
  to.raw("<h3>");
  if (s.when.is_dated())
    append_period(to, s.when, words);
  else if (!s.date_text.empty())
    append_quoted(to, s.date_text, words);
  else
    to.text(words.undated_heading);
  to.raw("</h3>\n");
}

} // namespace

void append_quote(markup& to, const statement& s, const entry_style& style) {
  if (!s.text) {
    to.raw("<p class=\"missing\">").text(style.words.no_text).raw("</p>");
    return;
  }
  to.raw("<blockquote").attribute("lang", is_language_tag(s.language) ? s.language : "");
  to.raw(" dir=\"auto\"");
  if (is_safe_link(s.url)) to.attribute("cite", s.url);
  to.raw("><p>");
  append_sentence(to, s, style);
  to.raw("</p></blockquote>\n");
}

void append_figures(markup& to, const statement& s, const page_words& words) {
  if (s.figures.empty()) return;
  to.raw("<ul class=\"figures\"").attribute("aria-label", words.figures).raw(">\n");
  for (const figure& f : s.figures) append_figure(to, f, words);
  to.raw("</ul>\n");
}

void append_place(markup& to, const statement& s, const page_words& words) {
  to.raw("<span class=\"place\">");
  if (!s.file.empty()) {
    if (s.article != no_article)
      to.raw("<a").attribute("href", "#a" + std::to_string(s.article + 1)).raw(">");
    to.raw("<code>").isolated(s.file).raw("</code>");
    if (s.article != no_article) to.raw("</a>");
  }
  if (s.span) {
    const bool linked = !s.anchor.empty();
    to.raw(s.file.empty() ? "" : ", ").raw(linked ? "<a class=\"bytes\"" : "<span class=\"bytes\"");
    if (linked) to.attribute("href", "#" + s.anchor);
    to.raw(">").text(words.bytes);
    to.text(std::to_string(s.span->offset) + "–" + std::to_string(s.span->end()));
    to.raw(linked ? "</a>" : "</span>");
  }
  to.raw("</span>");
}

const basis_words* find_basis(std::string_view basis, const page_words& words) {
  const auto* known = std::find_if(words.bases.begin(), words.bases.end(),
                                   [&](const basis_words& b) { return b.key == basis; });
  return known == words.bases.end() ? nullptr : known;
}

void append_badge(markup& to, std::string_view basis, const page_words& words) {
  const basis_words* known = find_basis(basis, words);
  to.raw("<span class=\"badge ").raw(known == nullptr ? "unknown" : known->key).raw("\">");
  if (known == nullptr)
    to.isolated(basis);
  else
    to.text(known->label);
  to.raw("</span>");
}

void append_period(markup& to, const period& when, const page_words& words) {
  for (const period_piece& p : pieces_of(when, words)) append_piece(to, p);
}

void append_day(markup& to, std::int32_t day, const page_words& words) {
  append_period(to, {day, day}, words);
}

void append_published_basis(markup& to, std::string_view basis, const page_words& words) {
  if (basis == "page")
    to.text(words.from_page);
  else if (basis == "given")
    to.text(words.given);
  else
    to.isolated(basis);
}

void append_entry(markup& to, const statement& s, std::size_t number, const entry_style& style) {
  const std::string n = std::to_string(number);
  to.raw("<article class=\"entry\"").attribute("id", "e" + n).raw(">\n<header>\n");
  append_heading(to, s, style.words);
  append_basis(to, s, style.words);
  if (s.when.is_reversed()) to.raw("<p class=\"kept\">").text(style.words.reversed).raw("</p>\n");
  if (!s.when.is_dated()) append_date_value(to, s, style.words);
  to.raw("<a class=\"number\"").attribute("href", "#e" + n).attribute("title", style.words.link);
  to.raw("><span class=\"unseen\">").text(style.words.statement_number).raw("</span>").raw(n);
  to.raw("</a>\n</header>\n<figure>\n");
  append_quote(to, s, style);
  append_figures(to, s, style.words);
  append_source(to, s, style.words);
  to.raw("</figure>\n</article>\n");
}

} // namespace vigie::dossier
