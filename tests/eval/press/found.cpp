// SPDX-License-Identifier: Apache-2.0
#include "found.hpp"

#include "json_fields.hpp"

#include <fstream>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

using json_fields::element;
using json_fields::integer_at;
using json_fields::list_at;
using json_fields::number_at;
using json_fields::text_at;

std::optional<std::size_t> index_at(element e, std::string_view key) {
  const auto out = integer_at(e, key);
  return out && *out >= 0 ? std::optional(static_cast<std::size_t>(*out)) : std::nullopt;
}

std::vector<std::size_t> indices_at(element e, std::string_view key) {
  std::vector<std::size_t> out;
  for (const auto item : list_at(e, key)) {
    if (std::int64_t i = 0; item.get(i) == simdjson::SUCCESS && i >= 0) {
      out.push_back(static_cast<std::size_t>(i));
    }
  }
  return out;
}

// Without known bytes a thing stands nowhere and meets nothing of the gold.
span place_of(element e) {
  const auto offset = index_at(e, "offset");
  if (!offset) return {};
  return {*offset, *offset + index_at(e, "length").value_or(0)};
}

void read_segments(element row, found_page& out) {
  for (const auto e : list_at(row, "segments")) {
    out.segments.push_back({place_of(e), text_at(e, "label")});
  }
}

// The date of publication is no date of a sentence; the gold has it among its dates.
void read_published(element row, found_page& out) {
  const auto day = text_at(row, "published");
  element at;
  if (day.empty() || row["published_span"].get(at) != simdjson::SUCCESS || !at.is_object()) return;
  if (text_at(row, "published_basis") == "given") return;
  out.dates.push_back({place_of(at), "(published)", day, day, day});
}

void read_dates(element row, found_page& out) {
  for (const auto e : list_at(row, "dates")) {
    out.dates.push_back({place_of(e), text_at(e, "text"), text_at(e, "value"), text_at(e, "from"),
                         text_at(e, "to")});
  }
}

void read_figures(element row, found_page& out) {
  for (const auto e : list_at(row, "figures")) {
    out.figures.push_back({place_of(e), text_at(e, "text"), number_at(e, "value"),
                           number_at(e, "high"), text_at(e, "bound"), text_at(e, "unit"),
                           text_at(e, "unit_key")});
  }
}

void read_entities(element row, found_page& out) {
  for (const auto e : list_at(row, "entities")) {
    found_entity entity{
        text_at(e, "type"), text_at(e, "name"), text_at(e, "key"), text_at(e, "iso"), {}};
    for (const auto m : list_at(e, "mentions")) {
      entity.mentions.push_back({place_of(m), text_at(m, "text"), false});
    }
    out.entities.push_back(std::move(entity));
  }
}

void read_events(element row, found_page& out) {
  for (const auto e : list_at(row, "events")) {
    out.events.push_back({.at = place_of(e),
                          .type = text_at(e, "type"),
                          .trigger = text_at(e, "trigger"),
                          .actors = indices_at(e, "actors"),
                          .targets = indices_at(e, "targets"),
                          .places = indices_at(e, "places"),
                          .actor_text = text_at(e, "actor_text"),
                          .target_text = text_at(e, "target_text"),
                          .date = index_at(e, "date"),
                          .modality = text_at(e, "modality"),
                          .attributed_to = index_at(e, "attributed_to"),
                          .attribution = text_at(e, "attribution")});
  }
}

} // namespace

found_page read_found_line(std::string_view line) {
  simdjson::dom::parser parser;
  element row;
  if (const auto e = parser.parse(line.data(), line.size()).get(row); e != simdjson::SUCCESS) {
    throw std::runtime_error(std::string("a row that is no JSON: ") + simdjson::error_message(e));
  }
  found_page out;
  out.file = text_at(row, "file");
  out.body = text_at(row, "body");
  read_segments(row, out);
  // Events count in the column `dates`; the date of publication goes behind those.
  read_dates(row, out);
  read_published(row, out);
  read_figures(row, out);
  read_entities(row, out);
  read_events(row, out);
  return out;
}

std::map<std::string, found_page> read_found(const std::filesystem::path& jsonl) {
  std::map<std::string, found_page> out;
  std::ifstream in(jsonl);
  if (!in) throw std::runtime_error("cannot read " + jsonl.string());
  for (std::string line; std::getline(in, line);) {
    auto page = read_found_line(line);
    auto name = page.file;
    out.emplace(std::move(name), std::move(page));
  }
  return out;
}

} // namespace vigie::press::eval
