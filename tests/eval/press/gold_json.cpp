// SPDX-License-Identifier: Apache-2.0
#include "charset.hpp"
#include "gold.hpp"

#include <simdjson.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

using simdjson::dom::element;

std::string text_at(element e, std::string_view key) {
  std::string_view out;
  return e[key].get(out) == simdjson::SUCCESS ? std::string(out) : std::string();
}

std::vector<element> list_at(element e, std::string_view key) {
  simdjson::dom::array list;
  std::vector<element> out;
  if (e[key].get(list) != simdjson::SUCCESS) return out;
  for (const auto item : list) out.push_back(item);
  return out;
}

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

bool flag_at(element e, std::string_view key) {
  bool out = false;
  return e[key].get(out) == simdjson::SUCCESS && out;
}

double number_at(element e, std::string_view key) {
  double out = 0;
  if (e[key].get(out) == simdjson::SUCCESS) return out;
  std::int64_t whole = 0;
  return e[key].get(whole) == simdjson::SUCCESS ? double(whole) : 0;
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
    read_segments(doc);
    read_temporal(doc);
    read_figures(doc);
    read_entities(doc);
    read_events(doc);
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

  void read_segments(element doc) {
    for (const auto e : list_at(doc, "segments")) {
      out_.segments.push_back(
          {span_of(e), text_at(e, "label"), flag_at(e, "keep"), certainty_of(e)});
    }
  }

  void read_temporal(element doc) {
    for (const auto e : list_at(doc, "temporal")) {
      out_.dates.push_back({span_of(e), text_at(e, "text"), text_at(e, "type"), text_at(e, "value"),
                            text_at(e, "basis"), certainty_of(e)});
    }
  }

  void read_figures(element doc) {
    for (const auto e : list_at(doc, "figures")) {
      gold_figure f;
      f.at = span_of(e);
      f.text = text_at(e, "text");
      f.value = number_at(e, "value");
      f.high = number_at(e, "high");
      f.unit = text_at(e, "unit");
      f.sure = certainty_of(e);
      if (const auto bound = text_at(e, "bound"); !bound.empty()) f.bound = bound;
      out_.figures.push_back(std::move(f));
    }
  }

  void read_entities(element doc) {
    for (const auto e : list_at(doc, "entities")) {
      gold_entity entity;
      entity.id = text_at(e, "id");
      entity.type = text_at(e, "type");
      entity.name = text_at(e, "name");
      entity.iso = text_at(e, "iso");
      entity.aliases = texts_at(e, "aliases");
      entity.sure = certainty_of(e);
      for (const auto m : list_at(e, "mentions")) {
        entity.mentions.push_back({span_of(m), text_at(m, "text"), flag_at(m, "optional")});
      }
      out_.entities.push_back(std::move(entity));
    }
  }

  void read_events(element doc) {
    for (const auto e : list_at(doc, "events")) {
      gold_event v;
      v.id = text_at(e, "id");
      v.type = text_at(e, "type");
      v.actor = texts_at(e, "actor");
      v.target = texts_at(e, "target");
      v.place = texts_at(e, "place");
      v.modality = text_at(e, "modality");
      v.attributed_to = text_at(e, "attributed_to");
      v.sure = certainty_of(e);
      if (element t; e["trigger"].get(t) == simdjson::SUCCESS && t.is_object()) {
        v.trigger = span_of(t);
        v.trigger_text = text_at(t, "text");
      }
      if (element t; e["time"].get(t) == simdjson::SUCCESS) v.time = text_at(t, "value");
      if (element s; e["sentence"].get(s) == simdjson::SUCCESS) v.sentence = span_of(s);
      out_.events.push_back(std::move(v));
    }
  }

  simdjson::dom::parser parser_;
  std::filesystem::path json_;
  std::filesystem::path pages_;
  std::string text_;
  gold_page out_;
};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string number(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.15g", value);
  return digits;
}

// One item a line, so that two versions of a page can be compared by eye.
class file_writer {
public:
  file_writer(const gold_page& page, std::string_view text) : page_(page), text_(text) {}

  std::string write() {
    out_ = "{\n  \"schema\": \"vigie.press.gold/1\",\n";
    out_ += "  \"doc\": {\"file\": " + in_quotes(page_.file) +
            ", \"bytes\": " + std::to_string(text_.size()) +
            ", \"encoding\": " + in_quotes(page_.encoding) +
            ", \"offsets\": \"bytes of the page as UTF-8, 0-based, end exclusive\"},\n";
    out_ += "  \"metadata\": {\"language\": " + in_quotes(page_.language) +
            ", \"published\": {\"in_document\": " + text_or_null(page_.published) + "}},\n";
    list("segments", page_.segments, [&](const gold_segment& s) {
      return at(s.at) + ", \"label\": " + in_quotes(s.label) +
             ", \"keep\": " + (s.keep ? "true" : "false") + sure(s.sure);
    });
    out_ += "  \"clean\": {\"text\": " + in_quotes(page_.clean) + "},\n";
    list("temporal", page_.dates, [&](const gold_date& d) {
      return at(d.at) + ", \"type\": " + in_quotes(d.type) + ", \"value\": " + in_quotes(d.value) +
             ", \"basis\": " + in_quotes(d.basis) + sure(d.sure);
    });
    list("entities", page_.entities, [&](const gold_entity& e) { return entity(e); });
    list("figures", page_.figures, [&](const gold_figure& f) { return figure(f); });
    list("decoys", page_.decoys,
         [&](const gold_decoy& d) { return at(d.at) + ", \"why\": " + in_quotes(d.why); });
    list("events", page_.events, [&](const gold_event& v) { return event(v); });
    out_.erase(out_.size() - 2, 1);
    return out_ + "}\n";
  }

private:
  static std::string text_or_null(const std::string& text) {
    return text.empty() ? "null" : in_quotes(text);
  }

  std::string at(const span& s) const {
    return "\"start\": " + std::to_string(s.begin) + ", \"end\": " + std::to_string(s.end) +
           ", \"text\": " + in_quotes(text_.substr(s.begin, s.end - s.begin));
  }

  template <typename Items, typename Write>
  void list(const char* name, const Items& items, Write write) {
    out_ += std::string("  \"") + name + "\": [";
    const char* before = "\n";
    for (const auto& item : items) {
      out_ += before + std::string("    {") + write(item) + "}";
      before = ",\n";
    }
    out_ += items.empty() ? "],\n" : "\n  ],\n";
  }

  static std::string words(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const auto& w : list) out += (out.size() > 1 ? ", " : "") + in_quotes(w);
    return out + "]";
  }

  static std::string sure(const certainty& c) {
    std::string out;
    if (!c.accept.empty()) out += ", \"accept\": " + words(c.accept);
    if (c.optional) out += ", \"optional\": true";
    if (c.doubtful) out += ", \"doubtful\": true";
    return out;
  }

  std::string entity(const gold_entity& e) const {
    std::string out = "\"id\": " + in_quotes(e.id) + ", \"type\": " + in_quotes(e.type) +
                      ", \"name\": " + in_quotes(e.name);
    if (!e.iso.empty()) out += ", \"iso\": " + in_quotes(e.iso);
    out += ", \"mentions\": [";
    const char* before = "{";
    for (const auto& m : e.mentions) {
      out += before + at(m.at) + (m.optional ? ", \"optional\": true}" : "}");
      before = ", {";
    }
    return out + "]" + sure(e.sure);
  }

  std::string figure(const gold_figure& f) const {
    std::string out = at(f.at) + ", \"value\": " + number(f.value);
    if (f.bound == "range") out += ", \"high\": " + number(f.high);
    return out + ", \"unit\": " + in_quotes(f.unit) + ", \"bound\": " + in_quotes(f.bound) +
           sure(f.sure);
  }

  std::string event(const gold_event& v) const {
    return "\"id\": " + in_quotes(v.id) + ", \"type\": " + in_quotes(v.type) + ", \"trigger\": {" +
           at(v.trigger) + "}, \"actor\": " + words(v.actor) + ", \"target\": " + words(v.target) +
           ", \"place\": " + words(v.place) + ", \"time\": {\"value\": " + text_or_null(v.time) +
           "}, \"modality\": " + in_quotes(v.modality) +
           ", \"attributed_to\": " + text_or_null(v.attributed_to) + ", \"sentence\": {" +
           at(v.sentence) + "}" + sure(v.sure);
  }

  const gold_page& page_;
  std::string_view text_;
  std::string out_;
};

} // namespace

gold_page read_gold(const std::filesystem::path& json, const std::filesystem::path& pages) {
  return file_reader(json, pages).read();
}

std::string gold_json(const gold_page& page, std::string_view text) {
  return file_writer(page, text).write();
}

} // namespace vigie::press::eval
