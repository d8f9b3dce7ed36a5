// SPDX-License-Identifier: Apache-2.0
// Entities and events against the gold made for real articles, which stay outside of the
// repository: where they are absent the test says so.
#include "catch.hpp"
#include "reading.hpp"
#include "text/events/statements.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <set>

using namespace vigie::press;
using vigie::press::test::french;

namespace {

using element = simdjson::dom::element;

struct score {
  std::size_t hit = 0, wanted = 0, found = 0;
  double recall() const { return wanted ? double(hit) / double(wanted) : 1; }
  double precision() const { return found ? double(hit) / double(found) : 1; }
  double f1() const {
    const double sum = precision() + recall();
    return sum > 0 ? 2 * precision() * recall() / sum : 0;
  }
};

struct totals {
  score mentions, names, events, sides, modality;
};

void print(const char* what, const score& s) {
  std::printf("%-16s P %5.3f  R %5.3f  F1 %5.3f  (%zu of %zu, %zu found)\n", what, s.precision(),
              s.recall(), s.f1(), s.hit, s.wanted, s.found);
}

// A page's kept text with the way back to its bytes.
struct read_page {
  std::string body;
  std::vector<body_sentence> sentences;
  std::vector<text_mark> dates, figures;
  std::vector<std::size_t> source; // of each byte of the body
  std::vector<entity> entities;
  std::vector<event> events;
};

read_page read(const std::string& text) {
  static const sentence_splitter splitter("fr");
  read_page out;
  const article a = read_article(text, french());
  const auto day = a.published ? std::optional(a.published->day) : std::nullopt;
  const mapped_text body = body_of(text, a);
  out.body = body.text.text;
  out.source.resize(out.body.size(), ~std::size_t{0});
  for (const auto& p : body.text.pieces)
    for (std::size_t i = 0; i < p.source.size(); ++i) out.source[p.at + i] = p.source.begin + i;
  for (const sentence& s : splitter.split(body)) {
    const auto number = static_cast<std::uint32_t>(out.sentences.size());
    const auto base = s.span.begin;
    out.sentences.push_back({static_cast<std::uint32_t>(s.span.begin),
                             static_cast<std::uint32_t>(s.span.end), s.what == label::title});
    const auto mark = [&](std::size_t begin, std::size_t end, bool sure) {
      return text_mark{number, static_cast<std::uint32_t>(base + begin),
                       static_cast<std::uint32_t>(base + end), sure};
    };
    const passage part = body.text.part(s.span.begin, s.span.end);
    const date_findings dates = find_dates(part, french(), day);
    for (const auto& d : dates.dates) out.dates.push_back(mark(d.begin, d.end, bool(d.from)));
    for (const auto& f : find_figures(part, french(), dates.taken))
      out.figures.push_back(mark(f.begin, f.end, true));
  }
  const reading_rules& rules = test::rules_of("fr");
  out.entities = find_entities(out.body, out.sentences, rules);
  out.events = find_events(out.body, out.sentences, out.entities, out.dates, out.figures, rules);
  return out;
}

byte_span in_page(const read_page& p, std::size_t begin, std::size_t end) {
  return {p.source[begin], p.source[end - 1] + 1};
}
byte_span span_of(element e) {
  return {std::size_t(std::uint64_t(e["start"])), std::size_t(std::uint64_t(e["end"]))};
}
bool overlap(byte_span a, byte_span b) { return a.begin < b.end && b.begin < a.end; }

struct gold_mention {
  byte_span span;
  std::string type, id, text;
};

std::vector<gold_mention> gold_mentions(element doc, const read_page& p) {
  std::vector<gold_mention> out;
  const std::set<std::size_t> kept(p.source.begin(), p.source.end());
  for (const auto e : simdjson::dom::array(doc["entities"])) {
    for (const auto m : simdjson::dom::array(e["mentions"])) {
      const byte_span s = span_of(m);
      if (!kept.contains(s.begin)) continue; // stands in residue
      out.push_back({s, std::string(std::string_view(e["type"])),
                     std::string(std::string_view(e["id"])),
                     std::string(std::string_view(m["text"]))});
    }
  }
  return out;
}

bool loud() { return std::getenv("VIGIE_GOLD_LOUD") != nullptr; }

// For each entity found, the gold entity that most of its mentions touch.
void score_entities(const read_page& p, const std::vector<gold_mention>& gold,
                    std::vector<std::string>& ids, totals& sum) {
  std::vector<char> taken(gold.size(), 0);
  ids.assign(p.entities.size(), "");
  for (std::size_t k = 0; k < p.entities.size(); ++k) {
    const entity& e = p.entities[k];
    for (const entity_mention& m : e.mentions) {
      ++sum.mentions.found;
      const byte_span s = in_page(p, m.begin, m.end);
      bool hit = false;
      for (std::size_t g = 0; g < gold.size(); ++g) {
        if (!overlap(s, gold[g].span) || gold[g].type != name_of(e.type)) continue;
        if (ids[k].empty()) ids[k] = gold[g].id;
        sum.mentions.hit += hit || taken[g] ? 0 : 1;
        hit = true;
        taken[g] = 1;
      }
      if (!hit && loud())
        std::printf("  extra %s '%s' (%s)\n", std::string(name_of(e.type)).c_str(),
                    p.body.substr(m.begin, m.end - m.begin).c_str(), e.key.c_str());
    }
  }
  sum.mentions.wanted += gold.size();
  for (std::size_t g = 0; g < gold.size(); ++g)
    if (!taken[g] && loud())
      std::printf("  missed %s '%s'\n", gold[g].type.c_str(), gold[g].text.c_str());
}

void score_events(element doc, const read_page& p, const std::vector<std::string>& ids,
                  totals& sum) {
  const reading_rules& rules = test::rules_of("fr");
  std::vector<char> taken(p.events.size(), 0);
  sum.events.found += p.events.size();
  for (const auto g : simdjson::dom::array(doc["events"])) {
    ++sum.events.wanted;
    const byte_span s = span_of(g["trigger"]);
    const std::string_view type = g["type"];
    std::size_t at = p.events.size();
    for (std::size_t k = 0; k < p.events.size(); ++k)
      if (!taken[k] && overlap(in_page(p, p.events[k].begin, p.events[k].end), s) &&
          rules.types[p.events[k].type].name == type)
        at = k;
    if (at == p.events.size()) {
      if (loud()) std::printf("  missed event %s\n", std::string(type).c_str());
      continue;
    }
    taken[at] = 1;
    ++sum.events.hit;
    const event& e = p.events[at];
    ++sum.modality.found;
    ++sum.modality.wanted;
    const bool same = std::string_view(g["modality"]).starts_with(e.modality);
    sum.modality.hit += same ? 1 : 0;
    if (!same && loud())
      std::printf("  modality of %s: %s, gold %s\n", std::string(type).c_str(),
                  std::string(e.modality).c_str(),
                  std::string(std::string_view(g["modality"])).c_str());
    for (const auto* side : {"actor", "target"}) {
      const auto& have = std::string_view(side) == "actor" ? e.actors : e.targets;
      std::set<std::string> want, got;
      for (const std::string_view w : simdjson::dom::array(g[side]))
        if (w.size() <= 3 && w.starts_with("e")) want.emplace(w);
      for (const auto x : have)
        got.insert(ids[std::size_t(x)].empty() ? "?" + p.entities[std::size_t(x)].name
                                               : ids[std::size_t(x)]);
      sum.sides.wanted += want.size();
      sum.sides.found += want.empty() ? 0 : got.size();
      for (const auto& x : want) sum.sides.hit += got.contains(x) ? 1 : 0;
      if (loud() && want != got) {
        std::printf("  %s of %s: have", side, std::string(type).c_str());
        for (const auto& x : got) std::printf(" %s", x.c_str());
        std::printf(" want");
        for (const auto& x : want) std::printf(" %s", x.c_str());
        std::printf("\n");
      }
    }
  }
  for (std::size_t k = 0; k < p.events.size(); ++k)
    if (!taken[k] && loud())
      std::printf("  extra event %s '%s' (%s)\n", rules.types[p.events[k].type].name.c_str(),
                  p.body.substr(p.events[k].begin, p.events[k].end - p.events[k].begin).c_str(),
                  std::string(p.events[k].modality).c_str());
}

} // namespace

TEST_CASE("entities and events agree with the gold of real articles") {
  const auto root = test::shared_data();
  if (!root) {
    std::cout << "SKIPPED: shared data are absent\n";
    return;
  }
  totals sum;
  for (const auto* number : {"000", "002", "004"}) {
    std::string text;
    for (const auto& f : std::filesystem::directory_iterator(*root / "articles"))
      if (f.path().filename().string().starts_with(number)) text = test::read_file(f.path());
    for (const auto& f : std::filesystem::directory_iterator(*root / "gold")) {
      if (!f.path().filename().string().starts_with(number)) continue;
      simdjson::dom::parser parser;
      const element doc = parser.load(f.path().string());
      if (loud()) std::printf("%s\n", number);
      const read_page p = read(text);
      std::vector<std::string> ids;
      score_entities(p, gold_mentions(doc, p), ids, sum);
      score_events(doc, p, ids, sum);
    }
  }
  print("entity mentions", sum.mentions);
  print("events", sum.events);
  print("actors, targets", sum.sides);
  print("modality", sum.modality);
  CHECK(sum.mentions.f1() >= 0.85);
  CHECK(sum.events.f1() >= 0.7);
}
