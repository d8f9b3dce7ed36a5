// SPDX-License-Identifier: Apache-2.0
// The component press.article.
#pragma once

#include "html/html_article.hpp"
#include "readers/given.hpp"
#include "rows/languages.hpp"
#include "rows/text_place.hpp"
#include "text/page/article.hpp"
#include "text/page/comments.hpp"

#include <mutex>

namespace vigie::press {

struct article_of_page : transform {
  static constexpr vigie::about about{
      .name = "press.article",
      .summary = "Finds the article in the text of a saved page: title, body, agency, date, and a "
                 "label for every byte.",
      .doc =
          R"(Takes pages saved as HTML (`html: html`, after `press.read_html` or `press.read_warc`), or as plain text with all the residue of their sites: menus, counters, tickers, weather, comments,
advertisements in the middle of a sentence. Adds

| column | type | meaning |
|---|---|---|
| `title`, `title_span` | text, span | the headline |
| `body` | text | the kept text, cleaned: a line a paragraph |
| `body_map` | list of struct | `at`, `size` (bytes of `body`), `label`, `offset`, `length` (bytes of the input): where each piece of `body` was read |
| `comments` | list of struct | `author`, `text`, `offset`, `length`: what readers wrote below the article |
| `byline` | text | who wrote it, where a line or the page's metadata says so |
| `agency`, `agency_span` | text, span | the agency the page names |
| `published` | date | day of publication, null where nobody says so |
| `published_basis` | text | `page` (a date line of the page) or `given` (the side table); of HTML also `jsonld`, `meta`, `itemprop`, `url`, `time element`, `script`, `data attribute`, each with ` modified` where only a change is dated |
| `published_span` | span | the date in the page |
| `url`, `publisher`, `retrieved` | text, text, date | from the side table; of HTML also what the input's `url` and the page say |
| `canonical_url` | text | the address that an HTML page gives itself |
| `segments` | list of struct | `label`, `keep`, `why`, `line`, `offset`, `length`: every byte that is not blank stands in one |
| `rejected_dates` | list of struct | `text`, `why`, `offset`, `length`: dates with a year that did not date the article |

A page is dated by its own date line, by the dateline in front of its first sentence or by the side table, never by a file
time, a comment or running text; *undated* is a result. A given date wins over the page's. A page without any article text is
rejected, and so are pages of bytes that are no text and pages longer than `largest`.

How HTML is read, and what can go wrong, is told in [Press pages in HTML](../write/press-html.md). Its places are bytes of the
page as it was saved, in its own charset, also in a web archive; they are null where the archive held the page chunked or
compressed within its record.

```yaml
- use: press.article
  with: {given: known.csv}
  on_error: {do: route}
```
)"};

  column_name text{"text"}, html{""}, file{"file"};
  path given;
  byte_size largest{std::int64_t{16} << 20U};
  languages words;
  host_services host;

  void params(vigie::params& p) {
    p.add("text", text, "Column with the page's text.");
    p.add("file", file, "Column with the page's file name; only read where `given` is set.");
    p.add("given", given,
          "Side table (CSV) with what is known about pages: "
          "`file,url,publisher,published,retrieved`. Its dates count as given.");
    words.params_guessed(p);
    p.add(
        "largest", largest,
        "Longest page that is read; longer ones, which no site writes, are rejected. A page needs "
        "about twelve times its size of memory while it is read, one of nothing but punctuation "
        "thirty times.");
    p.add("html", html,
          "Column with the bytes of an HTML page, to be read in place of `text`; the columns "
          "`url`, `charset` and `fetched` beside it are read too, where they are.");
  }
  void bind(binding& b);
  void process(const batch& rows, output& out) const;

private:
  struct columns {
    add title, title_span, body, body_map, comments, byline, canonical_url, agency, agency_span,
        published, basis, published_span, url, publisher, retrieved, segments, rejected;
  };
  [[nodiscard]] const given_table* table() const;
  [[nodiscard]] std::string refusal(std::string_view page) const;
  [[nodiscard]] const lexicon* words_of(std::string_view page, std::int64_t row, output& out) const;
  void write(output& out, std::string_view page, const article& a, const text_place& at,
             const given_facts* facts) const;
  void write_body(output& out, std::string_view page, const article& a, const text_place& at) const;
  void write_comments(output& out, std::string_view page, const article& a, const lexicon& language,
                      const text_place& at) const;
  void write_segments(output& out, const article& a, const text_place& at) const;
  void write_published(output& out, const article& a, const text_place& at,
                       const given_facts* facts) const;

  void bind_html(binding& b);
  void process_html(const batch& rows, output& out) const;
  [[nodiscard]] html::html_article read_row(const batch& rows, std::int64_t i) const;
  void write_html(output& out, const html::html_article& a, std::string_view input_url,
                  const text_place& at, const given_facts* facts) const;
  void write_html_lists(output& out, const html::html_article& a, const text_place& at) const;
  void write_html_agency(output& out, const html::html_article& a, const text_place& at) const;

  bool reads_html_ = false;
  std::optional<html::rules> web_;
  need html_, charset_, url_, fetched_;
  need text_, file_, origin_;
  columns to_;
  mutable std::once_flag read_;
  mutable std::optional<given_table> table_;
};

} // namespace vigie::press
