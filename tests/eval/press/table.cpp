// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include <cstdio>

namespace vigie::press::eval {
namespace {

struct measure {
  const char* name;
  const char* key;
  tally scores::* part;
  const char* aim;
};

const measure measures[] = {
    {"clean text, tokens", "tokens", &scores::tokens, "F1 >= .98"},
    {"segments: label and bytes", "segments", &scores::segments, "R >= .95"},
    {"segments: label of each byte", "segment_bytes", &scores::segment_bytes, ""},
    {"dates: value", "dates", &scores::dates, "P, R >= .95"},
    {"figures: value, unit, bound", "figures", &scores::figures, "P, R >= .95"},
    {"entities: mentions by type", "mentions", &scores::mentions, "F1 >= .9"},
    {"entities: things of a page", "entities", &scores::entities, ""},
    {"- of those hit, name", "names", &scores::names, ""},
    {"- of those hit, ISO code", "isos", &scores::isos, ""},
    {"events: type and trigger", "events", &scores::events, "F1 >= .8"},
    {"- trigger alone", "triggers", &scores::triggers, ""},
    {"- type alone", "types", &scores::types, ""},
    {"- of those hit, arguments", "arguments", &scores::arguments, "F1 >= .8"},
    {"- of those hit, time", "times", &scores::times, ""},
    {"- of those hit, modality", "modalities", &scores::modalities, "F1 >= .8"},
    {"- all of these together", "whole_events", &scores::whole_events, ""},
};

template <typename... Values> std::string form(const char* format, Values... values) {
  char line[512];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out;
}

std::string json_tallies(const scores& s) {
  std::string out;
  for (const auto& m : measures) {
    const tally& t = s.*m.part;
    out += form("\"%s\": {\"hit\": %zu, \"wanted\": %zu, \"found\": %zu, \"p\": %.4f, \"r\": %.4f, "
                "\"f1\": %.4f}, ",
                m.key, t.hit, t.wanted, t.found, t.precision(), t.recall(), t.f1());
  }
  return out + form("\"decoys\": {\"taken\": %zu, \"as_figures\": %zu, \"of\": %zu}", s.decoys.hit,
                    s.decoy_figures.hit, s.decoys.wanted);
}

std::string json_findings(const scores& s) {
  std::string out = "[";
  for (const auto& f : s.findings) {
    out += (out.size() > 1 ? ",\n  " : "\n  ") +
           form("{\"kind\": \"%s\", \"what\": \"%s\", \"start\": %zu, \"end\": %zu, ",
                f.kind.c_str(), f.what.c_str(), f.at.begin, f.at.end) +
           "\"words\": \"" + escaped(f.words) + "\", \"more\": \"" + escaped(f.more) + "\"}";
  }
  return out + "]";
}

} // namespace

std::string table(const std::string& title, const scores& sum, std::size_t pages) {
  std::string out = form("### %s (%zu pages)\n\n", title.c_str(), pages);
  out +=
      "| measure | P | R | F1 | hit | wanted | found | aim |\n|---|---|---|---|---|---|---|---|\n";
  for (const auto& m : measures) {
    const tally& t = sum.*m.part;
    out += form("| %s | %.3f | %.3f | %.3f | %zu | %zu | %zu | %s |\n", m.name, t.precision(),
                t.recall(), t.f1(), t.hit, t.wanted, t.found, m.aim);
  }
  out += form("| decoys taken (as figures) | | | | %zu (%zu) | %zu | | 0 |\n", sum.decoys.hit,
              sum.decoy_figures.hit, sum.decoys.wanted);
  return out;
}

std::string page_table(const std::vector<page_scores>& pages) {
  std::string out =
      "\n| page | tokens | segments | dates | figures | mentions | events | decoys |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const auto& p : pages) {
    const auto& s = p.got;
    out += form("| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %zu |\n", p.file.c_str(),
                s.tokens.f1(), s.segments.recall(), s.dates.f1(), s.figures.f1(), s.mentions.f1(),
                s.events.f1(), s.decoys.hit);
  }
  return out;
}

std::string findings_of(const std::vector<page_scores>& pages) {
  std::string out;
  for (const auto& p : pages) {
    for (const auto& f : p.got.findings) {
      out += p.file + ":" + std::to_string(f.at.begin) + "-" + std::to_string(f.at.end) + ": " +
             f.kind + " " + f.what + ": '" + escaped(f.words) + "' (" + f.more + ")\n";
    }
  }
  return out;
}

std::string json(const std::string& title, const std::vector<page_scores>& pages,
                 const scores& sum) {
  std::string out =
      "{\"set\": \"" + escaped(title) + "\", " + json_tallies(sum) + ",\n\"pages\": [";
  for (const auto& p : pages) {
    out += (&p == pages.data() ? "\n" : ",\n") + std::string(" {\"file\": \"") + escaped(p.file) +
           "\", " + json_tallies(p.got) + ",\n  \"findings\": " + json_findings(p.got) + "}";
  }
  return out + "\n]}\n";
}

} // namespace vigie::press::eval
