// SPDX-License-Identifier: Apache-2.0
#include "marks/find_statements.hpp"

#include "rows/cells.hpp"

namespace vigie::press {
namespace {

field number(const char* name, kind k = kind::int64) { return {.name = name, .kind = k}; }

// Cells of a span column.
void write_span(builder& to, const std::optional<byte_span>& s) {
  if (!s) return to.null();
  to.child(0).integer(static_cast<std::int64_t>(s->begin));
  to.child(1).integer(static_cast<std::int64_t>(s->size()));
  to.end_struct();
}

} // namespace

void statements_of_page::bind(binding& b) {
  words.bind(b, host);
  body.bind(b);
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

std::vector<statement> statements_of_page::read(const batch& rows, std::int64_t i,
                                                const placed_body& text, const lexicon& language,
                                                const sentence_splitter& splitter) const {
  const bool dated = published_.index >= 0 && !rows[published_].is_null(i);
  const auto day =
      dated ? std::optional(static_cast<civil_day>(rows[published_].integer(i))) : std::nullopt;
  return read_statements(text, language, splitter, day);
}

void statements_of_page::task::process(const batch& rows, output& out) {
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    const lexicon* language = self.words.of_row(rows, i, out);
    if (language == nullptr) continue;
    const auto text = self.body.read(rows, i, out);
    if (!text) continue;
    const column& origin = rows[self.origin_];
    const auto file = static_cast<std::int32_t>(origin.child(2).integer(origin.child_row(i)));
    const auto found = self.read(rows, i, *text, *language, by_language.of(language->language()));
    for (const statement& s : found) {
      self.write(out, s, *text);
      const auto source = file < 0 ? std::nullopt : text->source(s.span);
      if (source)
        out.row(i, {static_cast<std::int64_t>(source->begin),
                    static_cast<std::int32_t>(source->size()), file});
      else
        out.row(i);
    }
    if (found.empty())
      out.drop();
    else
      out.flush(); // a page's spans are all known or all unknown
  }
}

void statements_of_page::write(output& out, const statement& s, const placed_body& text) const {
  out[to_.text].text(s.text.text);
  write_span(out[to_.span], text.source(s.span));
  day_or_null(out[to_.from], s.from);
  day_or_null(out[to_.to], s.to);
  write_date_of(out, s, text);
  write_lists(out, s, text);
}

// The date that dates the sentence; where none does, the first.
void statements_of_page::write_date_of(output& out, const statement& s,
                                       const placed_body& text) const {
  if (s.dates.empty()) {
    out[to_.basis].text("none");
    for (const add a : {to_.date_text, to_.date_value, to_.date_span}) out[a].null();
    return;
  }
  const date_mention& by = s.dates[s.dated_by.value_or(0)];
  out[to_.basis].text(name_of(by.basis));
  text_or_null(out[to_.date_text], by.text);
  text_or_null(out[to_.date_value], by.value);
  write_span(out[to_.date_span], text.source({s.span.begin + by.begin, s.span.begin + by.end}));
}

void statements_of_page::write_lists(output& out, const statement& s,
                                     const placed_body& text) const {
  const auto inside = [&](const auto& m) {
    return byte_span{s.span.begin + m.begin, s.span.begin + m.end};
  };
  builder& dates = out[to_.dates];
  for (const date_mention& d : s.dates) {
    builder& item = dates.child(0);
    write_date(item, 0, d);
    text.write_source(item, 7, inside(d));
    item.end_struct();
  }
  dates.end_list();
  builder& figures = out[to_.figures];
  for (const figure_mention& f : s.figures) {
    builder& item = figures.child(0);
    write_figure(item, 0, f);
    text.write_source(item, 7, inside(f));
    item.end_struct();
  }
  figures.end_list();
}

} // namespace vigie::press
