// SPDX-License-Identifier: Apache-2.0
#include "gold.hpp"

#include <cstdio>

namespace vigie::press::eval {
namespace {

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

std::string gold_json(const gold_page& page, std::string_view text) {
  return file_writer(page, text).write();
}

} // namespace vigie::press::eval
