// SPDX-License-Identifier: Apache-2.0
#include "read_article.hpp"

#include <stdexcept>

namespace vigie::press {
namespace {

field number(const char* name, kind k = kind::int64) { return {.name = name, .kind = k}; }

void text_or_null(builder& to, std::string_view s) { s.empty() ? to.null() : to.text(s); }

void span_or_null(builder& to, const text_place& at, const std::optional<byte_span>& s) {
  if (s)
    at.append(to, *s);
  else
    to.null();
}

void day_or_null(builder& to, const std::optional<std::int32_t>& day) {
  day ? to.integer(*day) : to.null();
}

bool has_text(const article& a) {
  for (const segment& s : a.segments)
    if (s.keep) return true;
  return false;
}

} // namespace

void article_of_page::bind(binding& b) {
  words_ = load_words(host, language);
  text_ = b.column(text, {kind::text});
  if (!given.value.empty()) file_ = b.column(file, {kind::text});
  origin_ = b.origin();
  to_.title = b.adds({.name = "title"});
  to_.title_span = b.adds(span_of("title_span"));
  to_.body = b.adds({.name = "body"});
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

void article_of_page::process(const batch& rows, output& out) const {
  const given_table* known = table();
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (rows[text_].is_null(i)) {
      out.reject(i, text.value, "there is no text");
      continue;
    }
    const std::string_view page = rows[text_].text(i);
    const article a = press::read_article(page, *words_);
    if (!has_text(a)) {
      out.reject(i, text.value,
                 a.segments.empty() ? "the page is empty"
                                    : "the page holds no article text, only residue such as " +
                                          std::string(label_name(a.segments.front().what)));
      continue;
    }
    const bool look = known != nullptr && !rows[file_].is_null(i);
    write(out, page, a, text_place(rows[origin_], i, page.size()),
          look ? known->find(rows[file_].text(i)) : nullptr);
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
  out[to_.body].text(clean_text(page, a));
  text_or_null(out[to_.agency], a.agency ? a.agency->name : std::string());
  span_or_null(out[to_.agency_span], at, a.agency ? std::optional(a.agency->span) : std::nullopt);
  write_published(out, a, at, facts);
  text_or_null(out[to_.url], facts != nullptr ? facts->url : std::string());
  text_or_null(out[to_.publisher], facts != nullptr ? facts->publisher : std::string());
  day_or_null(out[to_.retrieved], facts != nullptr ? facts->retrieved : std::nullopt);
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
