// SPDX-License-Identifier: Apache-2.0
#include "charset.hpp"
#include "gold.hpp"
#include "json_fields.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

using json_fields::element;
using json_fields::flag_at;
using json_fields::list_at;
using json_fields::number_at;
using json_fields::text_at;

std::vector<std::string> texts_at(element e, std::string_view key) {
  std::vector<std::string> out;
  for (const auto item : list_at(e, key)) {
    if (std::string_view text; item.get(text) == simdjson::SUCCESS) out.emplace_back(text);
    if (double number = 0; item.is_number() && item.get(number) == simdjson::SUCCESS) {
      char digits[32];
      std::snprintf(digits, sizeof digits, "%.15g", number);
      out.emplace_back(digits);
    }
  }
  return out;
}

certainty certainty_of(element e) {
  return {texts_at(e, "accept"), flag_at(e, "optional"), flag_at(e, "doubtful")};
}

class file_reader {
public:
  file_reader(const std::filesystem::path& json, const std::filesystem::path& pages)
      : json_(json), pages_(pages) {}

  gold_page read() {
    element doc;
    if (const auto e = parser_.load(json_.string()).get(doc); e != simdjson::SUCCESS) {
      wrong(simdjson::error_message(e));
    }
    if (text_at(doc, "schema") != "vigie.press.gold/1")
      wrong("its schema is not vigie.press.gold/1");
    head(doc);
    for (const auto e : list_at(doc, "segments")) out_.segments.push_back(segment(e, span_of(e)));
    for (const auto e : list_at(doc, "temporal")) out_.dates.push_back(date(e, span_of(e)));
    for (const auto e : list_at(doc, "figures")) out_.figures.push_back(figure(e, span_of(e)));
    for (const auto e : list_at(doc, "entities")) out_.entities.push_back(entity(e));
    for (const auto e : list_at(doc, "events")) out_.events.push_back(event(e));
    for (const auto e : list_at(doc, "decoys")) {
      out_.decoys.push_back({span_of(e), text_at(e, "text"), text_at(e, "why")});
    }
    return std::move(out_);
  }

private:
  [[noreturn]] void wrong(const std::string& what) const {
    throw std::runtime_error(json_.string() + ": " + what);
  }

  void head(element doc) {
    if (element d; doc["doc"].get(d) == simdjson::SUCCESS) {
      out_.file = text_at(d, "file");
      if (const auto e = text_at(d, "encoding"); !e.empty()) out_.encoding = e;
    }
    const auto path = pages_ / out_.file;
    std::ifstream in(path, std::ios::binary);
    if (out_.file.empty() || !in)
      wrong("its page '" + out_.file + "' is not in " + pages_.string());
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    text_ = decode(bytes, out_.encoding);
    if (element c; doc["clean"].get(c) == simdjson::SUCCESS) out_.clean = text_at(c, "text");
    element m;
    if (doc["metadata"].get(m) != simdjson::SUCCESS) return;
    out_.language = text_at(m, "language");
    if (element p; m["published"].get(p) == simdjson::SUCCESS) {
      out_.published = text_at(p, "in_document");
    }
  }

  // Where a text stands beside the span, it must be that of the page: a gold of another version of
  // the page would score nonsense. Segments carry their first words only.
  span span_of(element e) const {
    const span at{static_cast<std::size_t>(number_at(e, "start")),
                  static_cast<std::size_t>(number_at(e, "end"))};
    if (at.begin > at.end || at.end > text_.size()) {
      wrong("the span " + std::to_string(at.begin) + "-" + std::to_string(at.end) +
            " is none of its page's " + std::to_string(text_.size()) + " bytes");
    }
    const auto text = text_at(e, "text");
    const auto there = text_.substr(at.begin, at.end - at.begin);
    if (!text.empty() && !there.starts_with(text)) {
      wrong("at " + std::to_string(at.begin) + " the page has '" + there.substr(0, 80) +
            "', not '" + text + "'");
    }
    return at;
  }

  static gold_segment segment(element e, const span& at) {
    return {at, text_at(e, "label"), flag_at(e, "keep"), certainty_of(e)};
  }

  static gold_date date(element e, const span& at) {
    return {at,
            text_at(e, "text"),
            text_at(e, "type"),
            text_at(e, "value"),
            text_at(e, "basis"),
            certainty_of(e)};
  }

  static gold_figure figure(element e, const span& at) {
    const auto bound = text_at(e, "bound");
    return {.at = at,
            .text = text_at(e, "text"),
            .value = number_at(e, "value"),
            .high = number_at(e, "high"),
            .unit = text_at(e, "unit"),
            .bound = bound.empty() ? "exact" : bound,
            .sure = certainty_of(e)};
  }

  gold_entity entity(element e) const {
    gold_entity out{.id = text_at(e, "id"),
                    .type = text_at(e, "type"),
                    .name = text_at(e, "name"),
                    .iso = text_at(e, "iso"),
                    .aliases = texts_at(e, "aliases"),
                    .mentions = {},
                    .sure = certainty_of(e)};
    for (const auto m : list_at(e, "mentions")) {
      out.mentions.push_back({span_of(m), text_at(m, "text"), flag_at(m, "optional")});
    }
    return out;
  }

  gold_event event(element e) const {
    gold_event out;
    out.id = text_at(e, "id");
    out.type = text_at(e, "type");
    out.actor = texts_at(e, "actor");
    out.target = texts_at(e, "target");
    out.place = texts_at(e, "place");
    out.modality = text_at(e, "modality");
    out.attributed_to = text_at(e, "attributed_to");
    out.sure = certainty_of(e);
    if (element t; e["trigger"].get(t) == simdjson::SUCCESS && t.is_object()) {
      out.trigger = span_of(t);
      out.trigger_text = text_at(t, "text");
    }
    if (element t; e["time"].get(t) == simdjson::SUCCESS) out.time = text_at(t, "value");
    if (element s; e["sentence"].get(s) == simdjson::SUCCESS) out.sentence = span_of(s);
    return out;
  }

  simdjson::dom::parser parser_;
  std::filesystem::path json_;
  std::filesystem::path pages_;
  std::string text_;
  gold_page out_;
};

} // namespace

gold_page read_gold(const std::filesystem::path& json, const std::filesystem::path& pages) {
  return file_reader(json, pages).read();
}

} // namespace vigie::press::eval
