// SPDX-License-Identifier: Apache-2.0
#include "marks/find_events.hpp"

#include "columns.hpp"
#include "rows/cells.hpp"
#include "rows/handed_on.hpp"
#include "rows/sentence_spans.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t longest_shown = 40; // bytes of a wrong type that a message repeats

std::optional<name_type> type_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(name_type::group); ++i)
    if (name_of(static_cast<name_type>(i)) == name) return static_cast<name_type>(i);
  return std::nullopt;
}

std::string unknown_type(std::string_view name) {
  std::string known;
  for (int i = 0; i <= static_cast<int>(name_type::group); ++i)
    known += (i == 0 ? "" : " ") + std::string(name_of(static_cast<name_type>(i)));
  const std::string found = name.empty()                  ? "no type"
                            : name.size() > longest_shown ? "a type of many letters"
                                                          : "the type '" + std::string(name) + "'";
  return "an entity has " + found + "; known are " + known +
         "; bring the types of other steps to these before press.events";
}

void index_or_null(builder& to, const std::optional<std::int32_t>& index) {
  index ? to.integer(*index) : to.null();
}

void indices(builder& to, const std::vector<std::int32_t>& list) {
  for (const std::int32_t i : list) to.child(0).integer(i);
  to.end_list();
}

} // namespace

events_of_page::marks events_of_page::marks_of(need column, const field& list, const char* sure) {
  return {column, child_named(list, "sentence"), child_named(list, "at"), child_named(list, "size"),
          child_named(list, sure)};
}

void events_of_page::params(vigie::params& p) {
  page.params(p);
  p.add("entities", entities, "Column with the entities, as press.entities adds it.");
  p.add("dates", dates, "Column with the dates, as press.dates adds it; may be absent.");
  p.add("figures", figures, "Column with the figures, as press.figures adds it; may be absent.");
}

void events_of_page::bind(binding& b) {
  page.bind(b, host);
  rules_.bind(host, page.words.language.value);
  entities_ = handed_on(b, entities, columns::entities());
  if (find_field(b.input(), dates.value) >= 0)
    dates_ = marks_of(handed_on(b, dates, columns::dates()), columns::dates(), "from");
  if (find_field(b.input(), figures.value) >= 0)
    figures_ = marks_of(handed_on(b, figures, columns::figures()), columns::figures(), "value");
  events_ = b.adds(columns::events());
}

void events_of_page::process(const batch& rows, output& out) const {
  page_in_hand read;
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (!page.read(rows, i, out, read)) continue;
    const extent of{read.sentences.size(), read.body.text.text.size()};
    const auto known = read_entities(rows, i, out, of);
    if (!known) continue;
    const reading_rules& rules = rules_.of(read.language);
    write(out, read.body,
          find_events(read.body.text.text, sentence_spans(read.body, read.sentences), *known,
                      read_marks(rows, i, dates_, of), read_marks(rows, i, figures_, of), rules),
          rules);
  }
}

std::optional<std::vector<entity>> events_of_page::read_entities(const batch& rows, std::int64_t i,
                                                                 output& out, extent of) const {
  std::vector<entity> found;
  if (rows[entities_].is_null(i)) return found;
  const column items = rows[entities_].items();
  const column type = items.child(0), name = items.child(1), key = items.child(2),
               iso = items.child(3), lists = items.child(5), mentions = lists.items();
  const column sentences = mentions.child(0), metonyms = mentions.child(2),
               begins = mentions.child(3), sizes = mentions.child(4);
  const index_range range = rows[entities_].list(i);
  found.reserve(static_cast<std::size_t>(range.end - range.begin));
  for (std::int64_t k = range.begin; k < range.end; ++k) {
    const std::int64_t row = items.child_row(k);
    entity e;
    const auto named = type.is_null(row) ? std::nullopt : type_named(type.text(row));
    if (!named) {
      out.reject(i, entities.value, unknown_type(type.is_null(row) ? "" : type.text(row)));
      return std::nullopt;
    }
    e.type = *named;
    e.name = name.text(row);
    e.key = key.text(row);
    if (!iso.is_null(row)) e.iso = iso.text(row);
    const index_range places = lists.list(row);
    for (std::int64_t m = places.begin; m < places.end; ++m) {
      const std::int64_t at = mentions.child_row(m);
      const auto sentence = static_cast<std::uint64_t>(sentences.integer(at)),
                 begin = static_cast<std::uint64_t>(begins.integer(at)),
                 size = static_cast<std::uint64_t>(sizes.integer(at));
      if (!of.holds(sentence, begin, size)) {
        out.reject(i, entities.value,
                   "a mention goes beyond the " + std::to_string(of.bytes) +
                       " bytes of the text or its sentences; the text must stay as it was when "
                       "press.entities read it");
        return std::nullopt;
      }
      e.mentions.push_back({static_cast<std::uint32_t>(sentence), static_cast<std::uint32_t>(begin),
                            static_cast<std::uint32_t>(begin + size), metonyms.boolean(at)});
    }
    found.push_back(std::move(e));
  }
  return found;
}

std::vector<text_mark> events_of_page::read_marks(const batch& rows, std::int64_t i,
                                                  const marks& from, extent of) {
  std::vector<text_mark> found;
  if (from.column.index < 0 || rows[from.column].is_null(i)) return found;
  const column items = rows[from.column].items();
  const column sentences = items.child(from.sentence), begins = items.child(from.at),
               sizes = items.child(from.size), sure = items.child(from.sure);
  const index_range range = rows[from.column].list(i);
  for (std::int64_t k = range.begin; k < range.end; ++k) {
    const std::int64_t row = items.child_row(k);
    text_mark m;
    const auto sentence = static_cast<std::uint64_t>(sentences.integer(row)),
               begin = static_cast<std::uint64_t>(begins.integer(row)),
               size = static_cast<std::uint64_t>(sizes.integer(row));
    // One that lies outside keeps its index and belongs to no sentence.
    const bool fits = of.holds(sentence, begin, size);
    m.sentence = static_cast<std::uint32_t>(fits ? sentence : of.sentences);
    m.begin = static_cast<std::uint32_t>(fits ? begin : 0);
    m.end = static_cast<std::uint32_t>(fits ? begin + size : 0);
    m.sure = !sure.is_null(row);
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
