// SPDX-License-Identifier: Apache-2.0
// press.article where it reads HTML.
#include "common/civil/civil.hpp"
#include "readers/read_article.hpp"
#include "rows/cells.hpp"
#include "text/words/language.hpp"

#include <algorithm>
#include <stdexcept>

namespace vigie::press {
namespace {

byte_span span_of_place(const html::place& p) { return {p.offset, p.offset + p.length}; }

void place_or_null(builder& to, const text_place& at, const std::optional<html::place>& p) {
  p ? at.append(to, span_of_place(*p)) : to.null();
}

// Where bytes of the body stand in the page: from the piece that holds the first to that of the
// last.
byte_span in_page(const html::html_article& a, byte_span s) {
  byte_span out{};
  bool begun = false;
  for (const html::piece& p : a.body_map) {
    if (p.at + p.size <= s.begin || p.at >= s.end) continue;
    const bool exact = p.size == p.from.length;
    const std::size_t skip = exact && p.at < s.begin ? s.begin - p.at : 0;
    const std::size_t rest = exact && p.at + p.size > s.end ? p.at + p.size - s.end : 0;
    if (!begun) out.begin = p.from.offset + skip;
    begun = true;
    out.end = p.from.offset + p.from.length - rest;
  }
  return out;
}

std::string why_without_text(const html::html_article& a) {
  if (!a.fault.empty()) return a.fault;
  if (a.segments.empty()) return "the page holds no text";
  const std::string first(label_name(a.segments.front().what));
  return "the page holds no article text, only residue such as " + first +
         (a.comments.empty() ? "" : " and comments");
}

} // namespace

void article_of_page::bind_html(binding& b) {
  html_ = b.column(html, {kind::binary, kind::text});
  if (find_field(b.input(), "url") >= 0) url_ = b.column("url", {kind::text});
  if (find_field(b.input(), "charset") >= 0) charset_ = b.column("charset", {kind::text});
  const int fetched = find_field(b.input(), "fetched");
  if (fetched >= 0 && b.input()[static_cast<std::size_t>(fetched)].kind == kind::timestamp)
    fetched_ = b.column("fetched", {kind::timestamp});
  try {
    web_ = html::rules::read(host.resource("html.tsv"));
  } catch (const std::runtime_error& e) {
    throw error(VIGIE_E_CONFIG, e.what());
  }
}

html::html_article article_of_page::read_row(const batch& rows, std::int64_t i) const {
  html::html_options options;
  options.most_bytes = static_cast<std::size_t>(largest.bytes);
  if (charset_.index >= 0 && !rows[charset_].is_null(i)) options.charset = rows[charset_].text(i);
  if (url_.index >= 0 && !rows[url_].is_null(i)) options.url = rows[url_].text(i);
  if (fetched_.index >= 0 && !rows[fetched_].is_null(i))
    options.fetched = civil::floor_divide(rows[fetched_].integer(i), civil::us_a_day);
  return html::read_html_article(rows[html_].text(i), options, *web_);
}

void article_of_page::process_html(const batch& rows, output& out) const {
  const given_table* known = table();
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (rows[html_].is_null(i)) {
      out.reject(i, html.value, "there is no page");
      continue;
    }
    const html::html_article a = read_row(rows, i);
    if (!a.fault.empty() || a.body.empty()) {
      out.reject(i, html.value, why_without_text(a));
      continue;
    }
    const bool look = known != nullptr && !rows[file_].is_null(i);
    const bool has_url = url_.index >= 0 && !rows[url_].is_null(i);
    write_html(out, a, has_url ? rows[url_].text(i) : std::string_view(),
               text_place(rows[origin_], i, rows[html_].text(i).size()),
               look ? known->find(rows[file_].text(i)) : nullptr);
  }
}

// Agencies are words of a language; a page in another has none.
void article_of_page::write_html_agency(output& out, const html::html_article& a,
                                        const text_place& at) const {
  const std::string code =
      words.guesses() ? guess_language(a.body, 4096).code : words.language.value;
  const lexicon* language = words.of_code(code);
  // Who is named beside the author sold the text; else what the text says of its sources.
  auto agency = language != nullptr ? find_agency(a.byline, *language) : std::nullopt;
  if (agency) {
    text_or_null(out[to_.agency], agency->name);
    place_or_null(out[to_.agency_span], at, a.byline_from);
    return;
  }
  if (language != nullptr) agency = press::read_article(a.body, *language).agency;
  text_or_null(out[to_.agency], agency ? agency->name : std::string());
  agency ? at.append(out[to_.agency_span], in_page(a, agency->span)) : out[to_.agency_span].null();
}

void article_of_page::write_html(output& out, const html::html_article& a,
                                 std::string_view input_url, const text_place& at,
                                 const given_facts* facts) const {
  text_or_null(out[to_.title], a.title);
  place_or_null(out[to_.title_span], at, a.title_from);
  out[to_.body].text(a.body);
  text_or_null(out[to_.byline], a.byline);
  text_or_null(out[to_.canonical_url], a.canonical_url);
  write_html_agency(out, a, at);
  const bool given = facts != nullptr && facts->published;
  if (given)
    day_or_null(out[to_.published], facts->published);
  else if (a.published)
    out[to_.published].integer(a.published->day);
  else
    out[to_.published].null();
  const std::string basis = !a.published                        ? ""
                            : a.published->basis == "date line" ? "page"
                                                                : a.published->basis;
  text_or_null(out[to_.basis], given ? "given" : basis);
  place_or_null(out[to_.published_span], at, a.published ? a.published->from : std::nullopt);
  const bool has_url = facts != nullptr && !facts->url.empty();
  text_or_null(out[to_.url], has_url              ? facts->url
                             : !input_url.empty() ? input_url
                                                  : std::string_view(a.canonical_url));
  const bool has_publisher = facts != nullptr && !facts->publisher.empty();
  text_or_null(out[to_.publisher], has_publisher ? facts->publisher : a.publisher);
  day_or_null(out[to_.retrieved], facts != nullptr ? facts->retrieved : std::nullopt);
  write_html_lists(out, a, at);
}

void article_of_page::write_html_lists(output& out, const html::html_article& a,
                                       const text_place& at) const {
  for (const html::piece& p : a.body_map) {
    builder& item = out[to_.body_map].child(0);
    item.child(0).integer(static_cast<std::int64_t>(p.at));
    item.child(1).integer(static_cast<std::int64_t>(p.size));
    item.child(2).text(label_name(p.what));
    at.append(item, 3, span_of_place(p.from));
    item.end_struct();
  }
  out[to_.body_map].end_list();
  for (const html::html_comment& c : a.comments) {
    builder& item = out[to_.comments].child(0);
    text_or_null(item.child(0), c.author);
    item.child(1).text(c.text);
    at.append(item, 2, span_of_place(c.from));
    item.end_struct();
  }
  out[to_.comments].end_list();
  for (const html::html_segment& s : a.segments) {
    builder& item = out[to_.segments].child(0);
    item.child(0).text(label_name(s.what));
    item.child(1).boolean(s.keep);
    item.child(2).text(s.why);
    item.child(3).integer(static_cast<std::int64_t>(s.line));
    at.append(item, 4, span_of_place(s.from));
    item.end_struct();
  }
  out[to_.segments].end_list();
  for (const html::html_date& d : a.rejected) {
    builder& item = out[to_.rejected].child(0);
    item.child(0).text(d.text);
    item.child(1).text(d.why);
    if (d.from) {
      at.append(item, 2, span_of_place(*d.from));
    } else {
      item.child(2).null();
      item.child(3).null();
    }
    item.end_struct();
  }
  out[to_.rejected].end_list();
}

} // namespace vigie::press
