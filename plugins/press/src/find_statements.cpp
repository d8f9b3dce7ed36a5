// SPDX-License-Identifier: Apache-2.0
#include "find_statements.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

field number(const char* name, kind k = kind::int64) { return {.name = name, .kind = k}; }

void day_or_null(builder& to, const std::optional<civil_day>& day) {
  day ? to.integer(*day) : to.null();
}
void text_or_null(builder& to, std::string_view s) { s.empty() ? to.null() : to.text(s); }

byte_span whole(const passage& p) {
  return p.pieces.empty() ? byte_span{}
                          : byte_span{p.pieces.front().source.begin, p.pieces.back().source.end};
}

} // namespace

void statements_of_page::bind(binding& b) {
  words_ = load_words(host, language);
  text_ = b.column(text, {kind::text});
  if (find_field(b.input(), published.value) >= 0) published_ = b.column(published, {kind::date});
  origin_ = b.origin();
  to_.text = b.adds({.name = "text"});
  to_.span = b.adds(span_of("span"));
  to_.from = b.adds(number("from", kind::date));
  to_.to = b.adds(number("to", kind::date));
  to_.basis = b.adds({.name = "basis"});
  to_.date_text = b.adds({.name = "date_text"});
  to_.date_value = b.adds({.name = "date_value"});
  to_.date_span = b.adds(span_of("date_span"));
  to_.dates = b.adds(list_of("dates", struct_of("item", {{.name = "text"},
                                                         {.name = "kind"},
                                                         {.name = "basis"},
                                                         {.name = "value"},
                                                         number("from", kind::date),
                                                         number("to", kind::date),
                                                         {.name = "granularity"},
                                                         number("offset"),
                                                         number("length", kind::int32)})));
  to_.figures = b.adds(list_of("figures", struct_of("item", {{.name = "text"},
                                                             number("value", kind::float64),
                                                             number("high", kind::float64),
                                                             {.name = "bound"},
                                                             {.name = "unit"},
                                                             {.name = "unit_key"},
                                                             {.name = "counted"},
                                                             number("offset"),
                                                             number("length", kind::int32)})));
}

void statements_of_page::task::process(const batch& rows, output& out) {
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (rows[self.text_].is_null(i)) {
      out.reject(i, self.text.value, "there is no text");
      continue;
    }
    const std::string_view page = rows[self.text_].text(i);
    const bool dated = self.published_.index >= 0 && !rows[self.published_].is_null(i);
    const std::optional<civil_day> published =
        dated ? std::optional(static_cast<civil_day>(rows[self.published_].integer(i)))
              : std::nullopt;
    const text_place at(rows[self.origin_], i, page.size());
    const std::vector<statement> found =
        read_statements(page, read_article(page, *self.words_), *self.words_, splitter, published);
    for (const statement& s : found) {
      self.write(out, s, at);
      if (at.known())
        out.row(i, at.in_file(whole(s.text)));
      else
        out.row(i);
    }
    if (found.empty())
      out.drop();
    else
      out.flush(); // a page's spans are all known or all unknown
  }
}

void statements_of_page::write(output& out, const statement& s, const text_place& at) const {
  out[to_.text].text(s.text.text);
  at.append(out[to_.span], whole(s.text));
  day_or_null(out[to_.from], s.from);
  day_or_null(out[to_.to], s.to);
  const date_mention* by = s.dated_by        ? &s.dates[*s.dated_by]
                           : s.dates.empty() ? nullptr
                                             : &s.dates.front();
  out[to_.basis].text(by == nullptr ? "none" : name_of(by->basis));
  text_or_null(out[to_.date_text], by == nullptr ? std::string_view() : by->text);
  text_or_null(out[to_.date_value], by == nullptr ? std::string_view() : by->value);
  if (by == nullptr)
    out[to_.date_span].null();
  else
    at.append(out[to_.date_span], hull(by->spans));
  write_dates(out, s, at);
  write_figures(out, s, at);
}

void statements_of_page::write_dates(output& out, const statement& s, const text_place& at) const {
  builder& list = out[to_.dates];
  for (const date_mention& d : s.dates) {
    builder& item = list.child(0);
    item.child(0).text(d.text);
    item.child(1).text(name_of(d.kind));
    item.child(2).text(name_of(d.basis));
    item.child(3).text(d.value);
    day_or_null(item.child(4), d.from);
    day_or_null(item.child(5), d.to);
    item.child(6).text(name_of(d.grain));
    at.append(item, 7, hull(d.spans));
    item.end_struct();
  }
  list.end_list();
}

void statements_of_page::write_figures(output& out, const statement& s,
                                       const text_place& at) const {
  builder& list = out[to_.figures];
  for (const figure_mention& f : s.figures) {
    builder& item = list.child(0);
    item.child(0).text(f.text);
    item.child(1).real(f.value.value());
    f.high ? item.child(2).real(f.high->value()) : item.child(2).null();
    item.child(3).text(name_of(f.bound));
    text_or_null(item.child(4), f.unit);
    text_or_null(item.child(5), f.unit_key);
    text_or_null(item.child(6), f.counts);
    at.append(item, 7, hull(f.spans));
    item.end_struct();
  }
  list.end_list();
}

} // namespace vigie::press
