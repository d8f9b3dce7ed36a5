// SPDX-License-Identifier: Apache-2.0
#include "readers/read_article.hpp"

#include "columns.hpp"
#include "rows/cells.hpp"
#include "text/words/language.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace vigie::press {
namespace {

field number(const char* name, kind k = kind::int64) { return {.name = name, .kind = k}; }

void span_or_null(builder& to, const text_place& at, const std::optional<byte_span>& s) {
  if (s)
    at.append(to, *s);
  else
    to.null();
}

byte_span hull(const std::vector<byte_span>& spans) {
  return spans.empty() ? byte_span{} : byte_span{spans.front().begin, spans.back().end};
}

// Text files hold no NUL; those that many programs would call text hold few other control bytes.
bool is_binary(std::string_view page) {
  constexpr std::size_t looked_at = 4096;
  const std::string_view head = page.substr(0, looked_at);
  std::uint16_t found = 0; // wide enough, and counted side by side without branches
  for (const char c : head) {
    const bool control = (static_cast<unsigned char>(c) < 0x20) | (c == 0x7f);
    const bool space = (c == '\n') | (c == '\r') | (c == '\t') | (c == '\f');
    found = static_cast<std::uint16_t>(found + ((control & !space) ? 1 : 0));
  }
  return found * 10U > head.size() || head.find('\0') != std::string_view::npos;
}

bool has_text(const article& a) {
  for (const segment& s : a.segments)
    if (s.keep) return true;
  return false;
}

} // namespace

void article_of_page::bind(binding& b) {
  words.bind_guessed(host);
  reads_html_ = !html.value.empty();
  if (reads_html_)
    bind_html(b);
  else
    text_ = b.column(text, {kind::text});
  if (!given.value.empty()) file_ = b.column(file, {kind::text});
  origin_ = b.origin();
  to_.title = b.adds({.name = "title"});
  to_.title_span = b.adds(span_of("title_span"));
  to_.body = b.adds({.name = "body"});
  to_.body_map = b.adds(press::columns::body_map());
  to_.comments = b.adds(press::columns::comments());
  to_.byline = b.adds({.name = "byline"});
  to_.canonical_url = b.adds({.name = "canonical_url"});
  to_.agency = b.adds({.name = "agency"});
  to_.agency_span = b.adds(span_of("agency_span"));
  to_.published = b.adds(number("published", kind::date));
  to_.basis = b.adds({.name = "published_basis"});
  to_.published_span = b.adds(span_of("published_span"));
  to_.url = b.adds({.name = "url"});
  to_.publisher = b.adds({.name = "publisher"});
  to_.retrieved = b.adds(number("retrieved", kind::date));
  to_.segments =
      b.adds(list_of("segments", struct_of("item", {{.name = "label"},
                                                    {.name = "keep", .kind = kind::boolean},
                                                    {.name = "why"},
                                                    number("line"),
                                                    number("offset"),
                                                    number("length", kind::int32)})));
  to_.rejected =
      b.adds(list_of("rejected_dates", struct_of("item", {{.name = "text"},
                                                          {.name = "why"},
                                                          number("offset"),
                                                          number("length", kind::int32)})));
}

// Read when the first page is, not when the plan is made: a plan opens no data file.
const given_table* article_of_page::table() const {
  if (given.value.empty()) return nullptr;
  std::call_once(read_, [this] {
    try {
      table_ = given_table::read(host.resource(given.value));
    } catch (const std::runtime_error& e) {
      throw given.wrong(VIGIE_E_DATA, given.value + ", " + e.what());
    }
  });
  return &*table_;
}

const lexicon* article_of_page::words_of(std::string_view page, std::int64_t row,
                                         output& out) const {
  if (!words.guesses()) return words.of_code(words.language.value);
  const std::string code = guess_language_of_page(page).code;
  const lexicon* found = words.of_code(code);
  if (found == nullptr) out.reject(row, text.value, words.missing(code));
  return found;
}

// Why the page cannot be read at all; empty where it can.
std::string article_of_page::refusal(std::string_view page) const {
  if (page.find_first_not_of(" \t\r\n\f") == std::string_view::npos) return "the page is empty";
  if (is_binary(page))
    return "the page holds no text but bytes of another kind; save it as text or HTML";
  if (page.size() > static_cast<std::uint64_t>(largest.bytes))
    return "the page has " + std::to_string(page.size()) + " bytes, and pages of at most " +
           std::to_string(largest.bytes) + " are read; split it, or set `largest`";
  return {};
}

void article_of_page::process(const batch& rows, output& out) const {
  if (reads_html_) return process_html(rows, out);
  const given_table* known = table();
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (rows[text_].is_null(i)) {
      out.reject(i, text.value, "there is no text");
      continue;
    }
    const std::string_view page = rows[text_].text(i);
    if (const std::string why = refusal(page); !why.empty()) {
      out.reject(i, text.value, why);
      continue;
    }
    const lexicon* language = words_of(page, i, out);
    if (language == nullptr) continue;
    const article a = press::read_article(page, *language);
    if (!has_text(a)) {
      out.reject(i, text.value,
                 a.segments.empty() ? "the page is empty"
                                    : "the page holds no article text, only residue such as " +
                                          std::string(label_name(a.segments.front().what)));
      continue;
    }
    const bool look = known != nullptr && !rows[file_].is_null(i);
    const text_place at(rows[origin_], i, page.size());
    write(out, page, a, at, look ? known->find(rows[file_].text(i)) : nullptr);
    write_comments(out, page, a, *language, at);
  }
}

void article_of_page::write_published(output& out, const article& a, const text_place& at,
                                      const given_facts* facts) const {
  const bool is_given = facts != nullptr && facts->published;
  if (is_given)
    day_or_null(out[to_.published], facts->published);
  else if (a.published)
    out[to_.published].integer(a.published->day);
  else
    out[to_.published].null();
  text_or_null(out[to_.basis], is_given ? "given" : a.published ? "page" : "");
  span_or_null(out[to_.published_span], at,
               a.published ? std::optional(a.published->span) : std::nullopt);
}

void article_of_page::write(output& out, std::string_view page, const article& a,
                            const text_place& at, const given_facts* facts) const {
  text_or_null(out[to_.title],
               a.title ? page.substr(a.title->begin, a.title->size()) : std::string_view());
  span_or_null(out[to_.title_span], at, a.title);
  write_body(out, page, a, at);
  text_or_null(out[to_.byline],
               a.byline ? page.substr(a.byline->begin, a.byline->size()) : std::string_view());
  out[to_.canonical_url].null();
  text_or_null(out[to_.agency], a.agency ? a.agency->name : std::string());
  span_or_null(out[to_.agency_span], at, a.agency ? std::optional(a.agency->span) : std::nullopt);
  write_published(out, a, at, facts);
  text_or_null(out[to_.url], facts != nullptr ? facts->url : std::string());
  text_or_null(out[to_.publisher], facts != nullptr ? facts->publisher : std::string());
  day_or_null(out[to_.retrieved], facts != nullptr ? facts->retrieved : std::nullopt);
  write_segments(out, a, at);
}

void article_of_page::write_body(output& out, std::string_view page, const article& a,
                                 const text_place& at) const {
  const mapped_text body = body_of(page, a);
  out[to_.body].text(body.text.text);
  builder& map = out[to_.body_map];
  for (std::size_t i = 0; i < body.labels.size(); ++i) {
    const passage::piece& p = body.text.pieces[i];
    builder& item = map.child(0);
    item.child(0).integer(static_cast<std::int64_t>(p.at));
    item.child(1).integer(static_cast<std::int64_t>(p.size));
    item.child(2).text(label_name(body.labels[i]));
    at.append(item, 3, p.source);
    item.end_struct();
  }
  map.end_list();
}

void article_of_page::write_comments(output& out, std::string_view page, const article& a,
                                     const lexicon& language, const text_place& at) const {
  builder& list = out[to_.comments];
  for (const reader_comment& c : read_comments(page, a, language)) {
    builder& item = list.child(0);
    text_or_null(item.child(0),
                 c.author ? page.substr(c.author->begin, c.author->size()) : std::string_view());
    item.child(1).text(c.text);
    at.append(item, 2, c.span);
    item.end_struct();
  }
  list.end_list();
}

void article_of_page::write_segments(output& out, const article& a, const text_place& at) const {
  builder& segments = out[to_.segments];
  for (const segment& s : a.segments) {
    builder& item = segments.child(0);
    item.child(0).text(label_name(s.what));
    item.child(1).boolean(s.keep);
    item.child(2).text(s.why);
    item.child(3).integer(static_cast<std::int64_t>(s.line));
    at.append(item, 4, s.span);
    item.end_struct();
  }
  segments.end_list();
  builder& rejected = out[to_.rejected];
  for (const rejected_date& r : a.rejected) {
    builder& item = rejected.child(0);
    item.child(0).text(r.text);
    item.child(1).text(r.why);
    at.append(item, 2, hull(r.spans));
    item.end_struct();
  }
  rejected.end_list();
}

} // namespace vigie::press
