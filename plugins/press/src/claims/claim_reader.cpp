// SPDX-License-Identifier: Apache-2.0
#include "claims/claim_reader.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

namespace in_sentence {
enum : std::size_t { at, size, offset, length };
}
namespace in_entity {
enum : std::size_t { name, key, iso };
}
namespace in_date {
enum : std::size_t { basis, from, to };
}
namespace in_figure {
enum : std::size_t { text, value, high, bound, unit, unit_key, counted };
}
namespace in_event {
enum : std::size_t {
  sentence,
  type,
  actors,
  actor_text,
  targets,
  target_text,
  places,
  date,
  figures,
  modality,
  attributed_to,
  attribution,
  measurable,
  at,
  size,
  offset,
  length
};
}

need if_there(binding& b, const char* name, kind k) {
  return find_field(b.input(), name) < 0 ? need() : b.column(name, {k});
}

std::string text_of(const batch& in, need n, std::int64_t row) {
  return n.index < 0 || in[n].is_null(row) ? std::string() : std::string(in[n].text(row));
}

template <class T> std::optional<T> narrow(std::optional<std::int64_t> n) {
  return n ? std::optional(static_cast<T>(*n)) : std::nullopt;
}

// A row that cannot be read, with the reason.
struct unreadable {
  std::string column, why;
};

void add_name(std::vector<std::string>& to, std::string name) {
  if (!name.empty() && std::find(to.begin(), to.end(), name) == to.end())
    to.push_back(std::move(name));
}

} // namespace

// The lists of one row.
struct claim_reader::page {
  const list_items &sentences, &entities, &dates, &figures, &events;
  std::int64_t row;
  std::string_view body;
  claim known; // what all claims of the page share

  // The item of a list that an event names by its number.
  [[nodiscard]] std::int64_t item(const list_items& list, const char* column,
                                  std::int64_t number) const {
    const index_range r = list.is_null(row) ? index_range{0, 0} : list.of(row);
    if (number < 0 || number >= list_items::count(r))
      throw unreadable{"events", "an event names item " + std::to_string(number) + " of '" +
                                     column + "', which has " +
                                     std::to_string(list_items::count(r)) +
                                     " items, counted from 0; run the steps from "
                                     "press.sentences to press.events on the same rows"};
    return r.begin + number;
  }
};

void claim_reader::bind(binding& b) {
  using k = vigie::kind;
  body_ = b.column("body", {k::text});
  file_ = if_there(b, "file", k::text);
  title_ = if_there(b, "title", k::text);
  url_ = if_there(b, "url", k::text);
  publisher_ = if_there(b, "publisher", k::text);
  agency_ = if_there(b, "agency", k::text);
  published_ = if_there(b, "published", k::date);
  sentences_ = {b,
                "sentences",
                {{"at", k::int32}, {"size", k::int32}, {"offset", k::int64}, {"length", k::int32}},
                "press.sentences"};
  entities_ = {
      b, "entities", {{"name", k::text}, {"key", k::text}, {"iso", k::text}}, "press.entities"};
  dates_ = {b, "dates", {{"basis", k::text}, {"from", k::date}, {"to", k::date}}, "press.dates"};
  figures_ = {b,
              "figures",
              {{"text", k::text},
               {"value", k::float64},
               {"high", k::float64},
               {"bound", k::text},
               {"unit", k::text},
               {"unit_key", k::text},
               {"counted", k::text}},
              "press.figures"};
  events_ = {b,
             "events",
             {{"sentence", k::int32},
              {"type", k::text},
              {"actors", k::int32, true},
              {"actor_text", k::text},
              {"targets", k::int32, true},
              {"target_text", k::text},
              {"places", k::int32, true},
              {"date", k::int32},
              {"figures", k::int32, true},
              {"modality", k::text},
              {"attributed_to", k::int32},
              {"attribution", k::text},
              {"measurable", k::boolean},
              {"at", k::int32},
              {"size", k::int32},
              {"offset", k::int64},
              {"length", k::int32}},
             "press.events"};
}

std::string claim_reader::name(const page& p, std::int64_t entity) {
  return p.entities.text(p.item(p.entities, "entities", entity), in_entity::name);
}

void claim_reader::read_who(const page& p, std::int64_t event, claim& c) {
  for (const std::int64_t n : p.events.numbers(event, in_event::actors))
    add_name(c.actors, name(p, n));
  if (c.actors.empty()) add_name(c.actors, p.events.text(event, in_event::actor_text));
  for (const std::int64_t n : p.events.numbers(event, in_event::targets)) {
    const std::string target = name(p, n);
    const std::string key = p.entities.text(p.item(p.entities, "entities", n), in_entity::key);
    add_name(c.targets, target);
    add_name(c.target_keys, key.empty() ? plain_words(target) : key);
  }
  if (!c.targets.empty()) return;
  add_name(c.targets, p.events.text(event, in_event::target_text));
  for (const std::string& t : c.targets) add_name(c.target_keys, plain_words(t));
}

// Who acts stands in for the place where none is told: a country acts at home more often than not.
void claim_reader::read_where(const page& p, std::int64_t event, claim& c) {
  const auto iso = [&](std::int64_t n) {
    return p.entities.text(p.item(p.entities, "entities", n), in_entity::iso);
  };
  for (const std::int64_t n : p.events.numbers(event, in_event::places)) {
    c.places.push_back({name(p, n), iso(n)});
    add_name(c.scope, c.places.back().iso);
  }
  if (!c.places.empty()) return;
  for (const std::int64_t n : p.events.numbers(event, in_event::actors)) add_name(c.scope, iso(n));
}

void claim_reader::read_when(const page& p, std::int64_t event, claim& c) {
  c.date_basis = "none";
  const auto number = p.events.number(event, in_event::date);
  if (!number) return;
  const std::int64_t d = p.item(p.dates, "dates", *number);
  c.date_basis = p.dates.text(d, in_date::basis);
  c.from = narrow<day_number>(p.dates.number(d, in_date::from));
  c.to = narrow<day_number>(p.dates.number(d, in_date::to));
}

void claim_reader::read_figures(const page& p, std::int64_t event, claim& c) {
  for (const std::int64_t n : p.events.numbers(event, in_event::figures)) {
    const std::int64_t f = p.item(p.figures, "figures", n);
    claim_figure& to = c.figures.emplace_back();
    to.value = p.figures.real(f, in_figure::value).value_or(0);
    to.high = p.figures.real(f, in_figure::high);
    to.bound = p.figures.text(f, in_figure::bound);
    to.unit = p.figures.text(f, in_figure::unit);
    to.unit_key = p.figures.text(f, in_figure::unit_key);
    to.counted = p.figures.text(f, in_figure::counted);
    to.text = p.figures.text(f, in_figure::text);
  }
}

void claim_reader::read_sentence(const page& p, std::int64_t event, claim& c) {
  const std::int64_t s =
      p.item(p.sentences, "sentences", p.events.number(event, in_event::sentence).value_or(-1));
  const std::int64_t from = p.sentences.number(s, in_sentence::at).value_or(-1);
  const std::int64_t bytes = p.sentences.number(s, in_sentence::size).value_or(-1);
  const auto all = static_cast<std::int64_t>(p.body.size());
  if (from < 0 || bytes < 0 || from > all || bytes > all - from)
    throw unreadable{"sentences", "a sentence stands at byte " + std::to_string(from) + " with " +
                                      std::to_string(bytes) + " bytes, but the body has " +
                                      std::to_string(all) +
                                      "; run press.sentences on the same body"};
  c.text = p.body.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(bytes));
  c.sentence_offset = p.sentences.number(s, in_sentence::offset);
  c.sentence_length = narrow<std::int32_t>(p.sentences.number(s, in_sentence::length));
}

claim claim_reader::read_event(const page& p, std::int64_t event) {
  claim c = p.known;
  c.type = p.events.text(event, in_event::type);
  if (c.type.empty()) throw unreadable{"events", "an event has no type; give each one a 'type'"};
  read_who(p, event, c);
  read_where(p, event, c);
  read_when(p, event, c);
  read_figures(p, event, c);
  read_sentence(p, event, c);
  c.modality = p.events.text(event, in_event::modality);
  const auto source = p.events.number(event, in_event::attributed_to);
  c.attributed_to = source ? name(p, *source) : p.events.text(event, in_event::attribution);
  c.measurable = p.events.flag(event, in_event::measurable);
  c.at = narrow<std::int32_t>(p.events.number(event, in_event::at)).value_or(0);
  c.size = narrow<std::int32_t>(p.events.number(event, in_event::size)).value_or(0);
  c.offset = p.events.number(event, in_event::offset);
  c.length = narrow<std::int32_t>(p.events.number(event, in_event::length));
  return c;
}

// What all claims of a row share.
claim claim_reader::known_of(const batch& in, std::int64_t row) const {
  claim c;
  c.file = text_of(in, file_, row);
  c.title = text_of(in, title_, row);
  c.url = text_of(in, url_, row);
  c.publisher = text_of(in, publisher_, row);
  c.agency = text_of(in, agency_, row);
  if (published_.index >= 0 && !in[published_].is_null(row))
    c.published = static_cast<day_number>(in[published_].integer(row));
  return c;
}

void claim_reader::read(const batch& in, bad_rows& bad,
                        const std::function<void(const claim&)>& each) const {
  const list_items sentences(in, sentences_), entities(in, entities_), dates(in, dates_),
      figures(in, figures_), events(in, events_);
  std::vector<claim> found;
  for (std::int64_t row = 0; row < in.size(); ++row) {
    if (events.is_null(row)) {
      bad.reject(row, "events", "there is no list of events; press.events gives each page one");
      continue;
    }
    const std::string_view body = in[body_].is_null(row) ? std::string_view() : in[body_].text(row);
    const page p{sentences, entities, dates, figures, events, row, body, known_of(in, row)};
    found.clear();
    try {
      const auto [begin, end] = events.of(row);
      for (std::int64_t e = begin; e < end; ++e) found.push_back(read_event(p, e));
    } catch (const unreadable& u) {
      bad.reject(row, u.column, u.why);
      continue;
    }
    for (const claim& c : found) each(c);
  }
}

} // namespace vigie::press
