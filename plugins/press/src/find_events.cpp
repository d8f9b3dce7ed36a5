// SPDX-License-Identifier: Apache-2.0
#include "find_events.hpp"

#include "cells.hpp"
#include "columns.hpp"
#include "sentence_spans.hpp"

namespace vigie::press {
namespace {

// Children of the items of `dates` and `figures` (columns.hpp).
constexpr int date_at = 8, date_from = 5, figure_at = 8;

name_type type_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(name_type::group); ++i)
    if (name_of(static_cast<name_type>(i)) == name) return static_cast<name_type>(i);
  return name_type::org;
}

void index_or_null(builder& to, const std::optional<std::int32_t>& index) {
  index ? to.integer(*index) : to.null();
}

void indices(builder& to, const std::vector<std::int32_t>& list) {
  for (const std::int32_t i : list) to.child(0).integer(i);
  to.end_list();
}

// A list handed on must be the one columns.hpp describes.
void check_items(const binding& b, const column_name& name, const field& wanted) {
  const auto at = static_cast<std::size_t>(find_field(b.input(), name.value));
  const std::vector<field>& have = b.input()[at].children[0].children;
  const std::vector<field>& want = wanted.children[0].children;
  bool same = have.size() == want.size();
  for (std::size_t i = 0; same && i < want.size(); ++i)
    same = have[i].name == want[i].name && have[i].kind == want[i].kind;
  if (!same)
    throw name.wrong(VIGIE_E_SCHEMA, "column '" + name.value +
                                         "' is a list, but not of what the press step of its name "
                                         "hands on");
}

} // namespace

void events_of_page::params(vigie::params& p) {
  text.params(p);
  sentences.params(p);
  words.params(p);
  p.add("entities", entities, "Column with the entities, as press.entities adds it.");
  p.add("dates", dates, "Column with the dates, as press.dates adds it; may be absent.");
  p.add("figures", figures, "Column with the figures, as press.figures adds it; may be absent.");
}

void events_of_page::bind(binding& b) {
  words.bind(b, host, 3);
  rules_.bind(host, words.language);
  text.bind(b);
  sentences.bind(b);
  entities_ = b.column(entities, {kind::list});
  check_items(b, entities, columns::entities());
  if (find_field(b.input(), dates.value) >= 0) {
    dates_ = b.column(dates, {kind::list});
    check_items(b, dates, columns::dates());
  }
  if (find_field(b.input(), figures.value) >= 0) {
    figures_ = b.column(figures, {kind::list});
    check_items(b, figures, columns::figures());
  }
  events_ = b.adds(columns::events());
}

void events_of_page::process(const batch& rows, output& out) const {
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    const lexicon* language = words.of_row(rows, i, out);
    if (language == nullptr) continue;
    const auto body = text.read(rows, i, out);
    if (!body) continue;
    const auto spans = sentences.read(rows, i, *body, out);
    if (!spans) continue;
    const std::size_t bytes = body->text.text.size();
    const auto known = read_entities(rows, i, out, spans->size(), bytes);
    if (!known) continue;
    const auto days = read_marks(rows, i, dates_, spans->size(), bytes, date_at, date_from);
    const auto counts = read_marks(rows, i, figures_, spans->size(), bytes, figure_at, -1);
    const reading_rules& rules = rules_.of(language->language());
    write(out, *body,
          find_events(body->text.text, sentence_spans(*body, *spans), *known, days, counts, rules),
          rules);
  }
}

std::optional<std::vector<entity>> events_of_page::read_entities(const batch& rows, std::int64_t i,
                                                                 output& out, std::size_t sentences,
                                                                 std::size_t bytes) const {
  std::vector<entity> found;
  if (rows[entities_].is_null(i)) return found;
  const column items = rows[entities_].items();
  const index_range range = rows[entities_].list(i);
  for (std::int64_t k = range.begin; k < range.end; ++k) {
    const std::int64_t row = items.child_row(k);
    entity e;
    e.type = type_named(items.child(0).text(row));
    e.name = items.child(1).text(row);
    e.key = items.child(2).text(row);
    if (!items.child(3).is_null(row)) e.iso = items.child(3).text(row);
    const column lists = items.child(5), mentions = lists.items();
    const index_range of = lists.list(row);
    for (std::int64_t m = of.begin; m < of.end; ++m) {
      const std::int64_t at = mentions.child_row(m);
      const auto sentence = static_cast<std::uint64_t>(mentions.child(0).integer(at)),
                 begin = static_cast<std::uint64_t>(mentions.child(3).integer(at)),
                 size = static_cast<std::uint64_t>(mentions.child(4).integer(at));
      if (sentence >= sentences || begin > bytes || size > bytes - begin) {
        out.reject(i, entities.value,
                   "a mention goes beyond the " + std::to_string(bytes) +
                       " bytes of the text or its sentences; the text must stay as it was when "
                       "press.entities read it");
        return std::nullopt;
      }
      e.mentions.push_back({static_cast<std::uint32_t>(sentence), static_cast<std::uint32_t>(begin),
                            static_cast<std::uint32_t>(begin + size),
                            mentions.child(2).boolean(at)});
    }
    found.push_back(std::move(e));
  }
  return found;
}

std::vector<text_mark> events_of_page::read_marks(const batch& rows, std::int64_t i,
                                                  const need& from, std::size_t sentences,
                                                  std::size_t bytes, int at, int days) const {
  std::vector<text_mark> found;
  if (from.index < 0 || rows[from].is_null(i)) return found;
  const column items = rows[from].items();
  const index_range range = rows[from].list(i);
  const auto place = static_cast<std::size_t>(at);
  for (std::int64_t k = range.begin; k < range.end; ++k) {
    const std::int64_t row = items.child_row(k);
    text_mark m;
    const auto sentence = static_cast<std::uint64_t>(items.child(0).integer(row)),
               begin = static_cast<std::uint64_t>(items.child(place).integer(row)),
               size = static_cast<std::uint64_t>(items.child(place + 1).integer(row));
    // One that lies outside keeps its index and belongs to no sentence.
    const bool fits = sentence < sentences && begin <= bytes && size <= bytes - begin;
    m.sentence = static_cast<std::uint32_t>(fits ? sentence : sentences);
    m.begin = static_cast<std::uint32_t>(fits ? begin : 0);
    m.end = static_cast<std::uint32_t>(fits ? begin + size : 0);
    m.sure = days < 0 || !items.child(static_cast<std::size_t>(days)).is_null(row);
    found.push_back(m);
  }
  return found;
}

void events_of_page::write(output& out, const placed_body& body, const std::vector<event>& events,
                           const reading_rules& rules) const {
  builder& list = out[events_];
  const std::string_view text = body.text.text;
  for (const event& e : events) {
    builder& item = list.child(0);
    item.child(0).integer(e.sentence);
    item.child(1).text(rules.types[e.type].name);
    item.child(2).text(text.substr(e.begin, e.end - e.begin));
    indices(item.child(3), e.actors);
    text_or_null(item.child(4), e.actor_text);
    indices(item.child(5), e.targets);
    text_or_null(item.child(6), e.target_text);
    indices(item.child(7), e.places);
    index_or_null(item.child(8), e.date);
    indices(item.child(9), e.figures);
    item.child(10).text(e.modality);
    index_or_null(item.child(11), e.attributed_to);
    text_or_null(item.child(12), e.attribution);
    item.child(13).boolean(e.measurable);
    body.write_place(item, 14, {e.begin, e.end});
    item.end_struct();
  }
  list.end_list();
}

} // namespace vigie::press
