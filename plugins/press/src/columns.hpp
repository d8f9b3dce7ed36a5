// SPDX-License-Identifier: Apache-2.0
// The columns that press components hand to one another, by their fixed names: what one step adds
// and the next reads. docs/design/press.md explains them. Values only; any thread.
//
// Places come in two kinds. `at` and `size` (int32) are bytes of the column `body`; `offset`
// (int64) and `length` (int32) are bytes of the input that the page was read from, and null where
// those are not known (a text inside a JSON line, say). Lists are in the order of the body.
#pragma once

#include <vigie/vigie.hpp>

namespace vigie::press::columns {

inline field integer(const char* name) { return {.name = name, .kind = kind::int64}; }
inline field small(const char* name) { return {.name = name, .kind = kind::int32}; }
inline field real(const char* name) { return {.name = name, .kind = kind::float64}; }
inline field day(const char* name) { return {.name = name, .kind = kind::date}; }
inline field flag(const char* name) { return {.name = name, .kind = kind::boolean}; }
inline field word(const char* name) { return {.name = name}; }
inline field words(const char* name) { return list_of(name, word("item")); }
inline field numbers(const char* name) { return list_of(name, small("item")); }

// How the cleaned text maps to the input: from byte `at` of `body` on, up to the next piece, stand
// the bytes of the input at `offset`. A piece whose length there differs from that in the body is
// one character reference or the like, and is never split. Line feeds and blanks that were put
// between pieces belong to none. `label` is that of the segment.
inline field body_map() {
  return list_of("body_map", struct_of("item", {small("at"), small("size"), word("label"),
                                                integer("offset"), small("length")}));
}

// What readers wrote below the article, in order; `author` is the handle as it stands there.
inline field comments() {
  return list_of("comments", struct_of("item", {word("author"), word("text"), integer("offset"),
                                                small("length")}));
}

inline field sentences() {
  return list_of("sentences", struct_of("item", {small("at"), small("size"), word("label"),
                                                 integer("offset"), small("length")}));
}

// `sentence` counts from 0 in `sentences`. The other fields as press.statements has had them:
// kind point | interval | duration | vague; basis explicit | year_from_publication |
// relative_to_publication | relative | vague.
inline field dates() {
  return list_of(
      "dates", struct_of("item", {small("sentence"), word("text"), word("kind"), word("basis"),
                                  word("value"), day("from"), day("to"), word("granularity"),
                                  small("at"), small("size"), integer("offset"), small("length")}));
}

// bound exact | lower | upper | approx | range.
inline field figures() {
  return list_of("figures", struct_of("item", {small("sentence"), word("text"), real("value"),
                                               real("high"), word("bound"), word("unit"),
                                               word("unit_key"), word("counted"), small("at"),
                                               small("size"), integer("offset"), small("length")}));
}

// One item an entity of the document; `mentions` in text order. type person | org | place | service
// | media | technology | product | group. `iso` of places: ISO 3166-1 or 3166-2. `role` of people:
// the words that say what they are. `metonym`: a mention stands for the government of the place.
inline field entities() {
  return list_of(
      "entities",
      struct_of("item",
                {word("type"), word("name"), word("key"), word("iso"), word("role"),
                 list_of("mentions", struct_of("item", {small("sentence"), word("text"),
                                                        flag("metonym"), small("at"), small("size"),
                                                        integer("offset"), small("length")}))}));
}

// actor, target, place: indices into `entities`; `*_text` the words where no entity is known.
// `date`: index into `dates` or null; `figures`: indices into `figures`. modality asserted |
// reported | quoted | alleged | denied | planned | conditional | possible. `attributed_to`: index
// into `entities` or null; `attribution` the words.
inline field events() {
  return list_of(
      "events",
      struct_of("item", {small("sentence"), word("type"), word("trigger"), numbers("actors"),
                         word("actor_text"), numbers("targets"), word("target_text"),
                         numbers("places"), small("date"), numbers("figures"), word("modality"),
                         small("attributed_to"), word("attribution"), flag("measurable"),
                         small("at"), small("size"), integer("offset"), small("length")}));
}

} // namespace vigie::press::columns
