// SPDX-License-Identifier: Apache-2.0
// Statements, claims and pages in one table, as a union of their steps gives them: a small maker of
// pages whose pieces are marked in their text, and an invented dossier. One thread.
#pragma once

#include "sample.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dossier_test {

inline vigie::field texts_field(const char* name) { return vigie::list_of(name, {.name = "item"}); }

inline vigie::schema dossier_fields() {
  using vigie::list_of;
  using vigie::struct_of;
  const vigie::field offset{.name = "offset", .kind = kind::int64},
      length{.name = "length", .kind = kind::int32};
  vigie::schema out = all_fields();
  const vigie::schema more{
      {.name = "claim_id"},
      {.name = "incident_id"},
      {.name = "type"},
      texts_field("actor"),
      texts_field("target"),
      texts_field("place"),
      texts_field("iso"),
      {.name = "date_basis"},
      {.name = "modality"},
      {.name = "attributed_to"},
      {.name = "measurable", .kind = kind::boolean},
      texts_field("contradicts"),
      {.name = "copy_of"},
      {.name = "body"},
      list_of("body_map", struct_of("item", {{.name = "at", .kind = kind::int32},
                                             {.name = "size", .kind = kind::int32},
                                             {.name = "label"},
                                             offset,
                                             length})),
      list_of("segments", struct_of("item", {{.name = "label"},
                                             {.name = "keep", .kind = kind::boolean},
                                             {.name = "why"},
                                             {.name = "line", .kind = kind::int64},
                                             offset,
                                             length})),
      list_of("comments",
              struct_of("item", {{.name = "author"}, {.name = "text"}, offset, length}))};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

// A row of the table, by the names of its columns; others are null.
using named_cells = std::map<std::string, cell>;

inline row row_of(const named_cells& named) {
  row out;
  std::size_t used = 0;
  for (const vigie::field& f : dossier_fields()) {
    const auto found = named.find(f.name);
    out.push_back(found == named.end() ? cell() : found->second);
    if (found != named.end()) ++used;
  }
  if (used != named.size()) throw std::logic_error("a cell of a column that is not there");
  return out;
}

inline table table_of(const std::vector<named_cells>& rows) {
  table t{dossier_fields(), {}};
  for (const named_cells& r : rows) t.rows.push_back(row_of(r));
  return t;
}

inline cell list(std::initializer_list<std::string_view> items) {
  std::vector<cell> out;
  for (const std::string_view item : items) out.emplace_back(item);
  return out;
}

// One piece of a page, as press.article would label it. Kept pieces that do not begin a line stand
// on that of the piece before, behind a blank.
struct page_part {
  std::string label, text;
  bool keep = true, begins_line = true;
  std::string author = {}; // of a comment
};

inline cell int_cell(std::size_t n) { return {static_cast<std::int64_t>(n)}; }

// A page row. `raw_only`: without the map of its body, as a reader without one would give it.
inline named_cells page_row(const source& from, const std::vector<page_part>& parts,
                            bool with_map = true) {
  std::string raw, body;
  std::vector<cell> map, segments, comments;
  std::size_t line = 0;
  for (const page_part& p : parts) {
    if (p.begins_line) ++line;
    if (!raw.empty()) raw += p.begins_line ? "\n" : " ";
    if (p.keep) {
      if (!body.empty()) body += p.begins_line ? "\n" : " ";
      map.emplace_back(std::vector<cell>{int_cell(body.size()), int_cell(p.text.size()), p.label,
                                         int_cell(raw.size()), int_cell(p.text.size())});
      body += p.text;
    }
    segments.emplace_back(std::vector<cell>{p.label, p.keep, p.keep ? "" : "rule of " + p.label,
                                            int_cell(line), int_cell(raw.size()),
                                            int_cell(p.text.size())});
    if (!p.author.empty())
      comments.emplace_back(
          std::vector<cell>{p.author, p.text, int_cell(raw.size()), int_cell(p.text.size())});
    raw += p.text;
  }
  named_cells out{{"text", raw},
                  {"file", text_or_null(from.file)},
                  {"title", text_or_null(from.title)},
                  {"publisher", text_or_null(from.publisher)},
                  {"url", text_or_null(from.url)},
                  {"published", day(from.published)},
                  {"language", "fr"},
                  {"body", body},
                  {"segments", segments},
                  {"comments", comments}};
  if (with_map) out["body_map"] = map;
  return out;
}

inline named_cells with_source(named_cells row, const source& from) {
  row["file"] = text_or_null(from.file);
  row["title"] = text_or_null(from.title);
  row["publisher"] = text_or_null(from.publisher);
  row["published"] = day(from.published);
  row["language"] = "fr";
  return row;
}

inline cell span_of_words(const named_cells& page, std::string_view words) {
  const auto& raw = std::get<std::string>(page.at("text").value);
  const std::size_t at = raw.find(words);
  if (at == std::string::npos) return {};
  return std::vector<cell>{int_cell(at), int_cell(words.size())};
}

struct claim_words_given {
  std::string id, incident, type;
  std::string actor = {}, target = {}, place = {}, iso = {}, from = {}, to = {};
  std::string modality = {}, by = {};
  bool measurable = true;
  std::string contradicts = {};
};

// A claim that quotes `words` of a page.
inline named_cells claim_row(const source& from, const named_cells& page, std::string_view words,
                             const claim_words_given& c) {
  const auto one = [](const std::string& text) { return text.empty() ? cell() : list({text}); };
  return with_source({{"text", words},
                      {"span", span_of_words(page, words)},
                      {"claim_id", c.id},
                      {"incident_id", text_or_null(c.incident)},
                      {"type", text_or_null(c.type)},
                      {"actor", one(c.actor)},
                      {"target", one(c.target)},
                      {"place", one(c.place)},
                      {"iso", one(c.iso)},
                      {"from", day(c.from)},
                      {"to", day(c.to)},
                      {"date_basis", c.from.empty() && c.to.empty() ? "none" : "explicit"},
                      {"modality", text_or_null(c.modality)},
                      {"attributed_to", text_or_null(c.by)},
                      {"measurable", c.measurable},
                      {"contradicts", one(c.contradicts)}},
                     from);
}

inline named_cells statement_row(const source& from, const named_cells& page,
                                 std::string_view words, std::string_view first,
                                 std::string_view last) {
  return with_source({{"text", words},
                      {"span", span_of_words(page, words)},
                      {"from", day(first)},
                      {"to", day(last)},
                      {"basis", first.empty() ? "none" : "explicit"}},
                     from);
}

inline const source lake{
    "pages/lac.txt", "Le Baïkal sans messagerie", "https://example.org/lac", "Courrier du Lac", "",
    "2018-04-20"};
inline const source port{"pages/port.txt", "Un opérateur dément", "", "Gazette du Port", "",
                         "2018-04-21"};

inline named_cells lake_page() {
  return page_row(
      lake,
      {{"nav", "Accueil Monde Économie Contact", false},
       {"title", "Le Baïkal sans messagerie"},
       {"body", "Le 17 avril 2018, le régulateur a fait bloquer la messagerie Boréale à Irkoutsk."},
       {"body", "Selon deux opérateurs, 1 200 adresses ont été", true},
       {"ad_insertion", "PUBLICITÉ Changez de forfait", false, false},
       {"body", "coupées en une nuit.", true, false},
       {"share_counter", "12 partages 3 réactions", false},
       {"sidebar", "Les plus actifs : Yann_du_Lac, Olga", false},
       {"comment_header", "3 commentaires", false},
       {"comment", "Chez moi aussi plus rien.", false, true, "Yann_du_Lac"},
       {"comment", "@Yann_du_Lac Pareil à Oulan-Oudé.", false, true, "Olga"},
       {"comment", "Merci Olga.", false, true, "yann du lac"}});
}

inline named_cells port_page() {
  return page_row(port, {{"title", "Un opérateur dément"},
                         {"body", "L’opérateur Portelec dément avoir coupé la messagerie Boréale."},
                         {"body", "Une rencontre des deux régulateurs est prévue le 3 mai 2018."}});
}

inline std::vector<named_cells> dossier() {
  const named_cells a = lake_page(), b = port_page();
  return {claim_row(lake, a,
                    "Le 17 avril 2018, le régulateur a fait bloquer la messagerie Boréale à "
                    "Irkoutsk.",
                    {"k1", "i1", "block", "régulateur", "Boréale", "Irkoutsk", "RU-IRK",
                     "2018-04-17", "2018-04-17", "asserted", "", true, "k3"}),
          claim_row(lake, a, "Selon deux opérateurs, 1 200 adresses ont été",
                    {"k2", "i1", "service_cutoff", "", "Boréale", "Irkoutsk", "RU-IRK",
                     "2018-04-17", "2018-04-18", "reported", "deux opérateurs"}),
          claim_row(port, b, "L’opérateur Portelec dément avoir coupé la messagerie Boréale.",
                    {"k3", "i1", "block", "Portelec", "Boréale", "", "", "", "", "denied",
                     "Portelec", true, "k1"}),
          claim_row(port, b, "Une rencontre des deux régulateurs est prévue le 3 mai 2018.",
                    {"k4", "i2", "diplomatic_meeting", "régulateurs", "", "", "", "2018-05-03",
                     "2018-05-03", "planned", "", false}),
          statement_row(lake, a,
                        "Le 17 avril 2018, le régulateur a fait bloquer la messagerie Boréale à "
                        "Irkoutsk.",
                        "2018-04-17", "2018-04-17"),
          statement_row(port, b, "Une rencontre des deux régulateurs est prévue le 3 mai 2018.",
                        "2018-05-03", "2018-05-03"),
          a,
          b};
}

inline std::string page_of(const std::vector<named_cells>& rows) { return page_of(table_of(rows)); }

} // namespace dossier_test
