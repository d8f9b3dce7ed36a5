// SPDX-License-Identifier: Apache-2.0
// The engine against real articles and the gold made for three of them. They stay outside of the
// repository: where they are absent the tests say "skipped".
#include "catch.hpp"
#include "french.hpp"
#include "text/page/article.hpp"
#include "text/words/language.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <set>

using namespace vigie::press;
using vigie::press::test::french;

namespace {

struct gold_segment {
  byte_span span;
  std::string what;
};

struct gold_span {
  byte_span span;
  std::string value;
};

struct gold_page {
  std::vector<gold_segment> segments;
  std::string clean;
  std::vector<gold_span> dates;
  std::vector<gold_span> figures;
};

byte_span span_of(simdjson::dom::element e) {
  return {static_cast<std::size_t>(std::uint64_t(e["start"])),
          static_cast<std::size_t>(std::uint64_t(e["end"]))};
}

gold_page read_gold(const std::filesystem::path& path) {
  simdjson::dom::parser parser;
  const simdjson::dom::element doc = parser.load(path.string());
  gold_page out;
  for (const auto e : simdjson::dom::array(doc["segments"])) {
    out.segments.push_back({span_of(e), std::string(std::string_view(e["label"]))});
  }
  out.clean = std::string(std::string_view(doc["clean"]["text"]));
  for (const auto e : simdjson::dom::array(doc["temporal"])) {
    out.dates.push_back({span_of(e), std::string(std::string_view(e["value"]))});
  }
  for (const auto e : simdjson::dom::array(doc["figures"])) {
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", double(e["value"]));
    out.figures.push_back({span_of(e), text});
  }
  return out;
}

struct score {
  std::size_t hit = 0;
  std::size_t wanted = 0;
  std::size_t found = 0;

  double recall() const { return wanted ? double(hit) / double(wanted) : 1; }
  double precision() const { return found ? double(hit) / double(found) : 1; }
  double f1() const {
    const double sum = precision() + recall();
    return sum > 0 ? 2 * precision() * recall() / sum : 0;
  }
  void operator+=(const score& o) {
    hit += o.hit;
    wanted += o.wanted;
    found += o.found;
  }
};

bool overlap(const byte_span& a, const byte_span& b) { return a.begin < b.end && b.begin < a.end; }

bool same_text(std::string_view text, const byte_span& a, const byte_span& b) {
  return trimmed(text, a) == trimmed(text, b);
}

score score_segments(std::string_view text, const article& a, const gold_page& gold) {
  score out;
  out.found = a.segments.size();
  for (const auto& g : gold.segments) {
    ++out.wanted;
    out.hit += std::any_of(a.segments.begin(), a.segments.end(), [&](const segment& s) {
      return same_text(text, s.span, g.span) && label_name(s.what) == g.what;
    });
  }
  return out;
}

score score_tokens(std::string_view found, std::string_view wanted) {
  const auto bag = [](std::string_view text) {
    std::multiset<std::string> out;
    for (const auto& t : tokenize(text)) {
      if (t.kind != token_kind::mark) out.emplace(t.fold);
    }
    return out;
  };
  const auto have = bag(found);
  const auto want = bag(wanted);
  std::vector<std::string> common;
  std::set_intersection(have.begin(), have.end(), want.begin(), want.end(),
                        std::back_inserter(common));
  return {common.size(), want.size(), have.size()};
}

// A mention is right where its bytes touch those of a gold mention that no other one has taken.
score score_spans(const std::vector<byte_span>& found, const std::vector<gold_span>& gold) {
  score out{0, gold.size(), found.size()};
  for (const auto& g : gold) {
    out.hit += std::any_of(found.begin(), found.end(),
                           [&](const byte_span& s) { return overlap(s, g.span); });
  }
  return out;
}

void print(const char* name, const char* what, const score& s) {
  std::printf("%-4s %-16s P %5.3f  R %5.3f  F1 %5.3f  (%zu of %zu, %zu found)\n", name, what,
              s.precision(), s.recall(), s.f1(), s.hit, s.wanted, s.found);
}

struct totals {
  score segments, tokens, dates, figures;
};

// Figures of the gold that stand inside a date ("trois jours") belong to the date here.
std::vector<gold_span> outside_dates(const gold_page& gold) {
  std::vector<gold_span> out;
  for (const auto& f : gold.figures) {
    const bool dated = std::any_of(gold.dates.begin(), gold.dates.end(),
                                   [&](const gold_span& d) { return overlap(d.span, f.span); });
    if (!dated) out.push_back(f);
  }
  return out;
}

void score_page(const char* name, const std::string& text, const gold_page& gold, totals& sum) {
  const auto a = read_article(text, french());
  std::vector<byte_span> dates;
  std::vector<byte_span> figures;
  for (const auto& s : test::statements_of(text)) {
    for (const auto& d : s.dates) dates.push_back(d.spans.front());
    for (const auto& f : s.figures) figures.push_back(f.spans.front());
  }
  if (a.published) dates.push_back(a.published->span);
  const totals t{score_segments(text, a, gold), score_tokens(clean_text(text, a), gold.clean),
                 score_spans(dates, gold.dates), score_spans(figures, outside_dates(gold))};
  print(name, "segments", t.segments);
  print(name, "clean tokens", t.tokens);
  print(name, "dates", t.dates);
  print(name, "figures", t.figures);
  sum.segments += t.segments;
  sum.tokens += t.tokens;
  sum.dates += t.dates;
  sum.figures += t.figures;
}

std::optional<std::string> article_text(std::string_view number) {
  const auto root = test::shared_data();
  if (!root) {
    std::cout << "skipped: the project's shared articles are not here\n";
    return std::nullopt;
  }
  for (const auto& entry : std::filesystem::directory_iterator(*root / "articles")) {
    if (entry.path().filename().string().starts_with(number)) return test::read_file(entry.path());
  }
  return std::nullopt;
}

std::vector<figure_mention> figures_in(const std::string& text) {
  std::vector<figure_mention> out;
  for (auto& s : test::statements_of(text)) {
    for (auto& f : s.figures) out.push_back(std::move(f));
  }
  return out;
}

bool has_figure(const std::vector<figure_mention>& figures, std::int64_t value,
                std::string_view unit, figure_bound bound) {
  return std::any_of(figures.begin(), figures.end(), [&](const figure_mention& f) {
    return f.value == decimal{value, 0} && f.unit_key == unit && f.bound == bound;
  });
}

} // namespace

TEST_CASE("the engine agrees with the gold of three real articles") {
  const auto root = test::shared_data();
  if (!root) {
    std::cout << "skipped: the project's gold is not here\n";
    return;
  }
  totals sum;
  for (const auto* number : {"000", "002", "004"}) {
    for (const auto& entry : std::filesystem::directory_iterator(*root / "gold")) {
      const auto name = entry.path().filename().string();
      if (!name.starts_with(number) || !name.ends_with(".gold.json")) continue;
      score_page(number, *article_text(number), read_gold(entry.path()), sum);
    }
  }
  print("all", "segments", sum.segments);
  print("all", "clean tokens", sum.tokens);
  print("all", "dates", sum.dates);
  print("all", "figures", sum.figures);
  CHECK(sum.segments.recall() >= 0.95);
  CHECK(sum.tokens.f1() >= 0.98);
  CHECK(sum.dates.recall() >= 0.9);
  CHECK(sum.figures.f1() >= 0.9);
}

TEST_CASE("the article on botnets gives its interval with both figures") {
  const auto text = article_text("004");
  if (!text) return;
  const auto a = read_article(*text, french());
  REQUIRE(a.published);
  CHECK(iso_day(a.published->day) == "2014-05-20");
  CHECK(a.published->minute_of_day == 13 * 60 + 43);
  REQUIRE(a.agency);
  CHECK(a.agency->name == "Xinhua");
  std::size_t intervals = 0;
  for (const auto& s : test::statements_of(*text)) {
    CHECK(std::count(text->begin(), text->begin() + std::ptrdiff_t(s.text.pieces[0].source.begin),
                     '\n') >= 13);
    if (!s.from || *s.from != *day_of(2014, 3, 19)) continue;
    ++intervals;
    CHECK(*s.to == *day_of(2014, 5, 18));
    CHECK(has_figure(s.figures, 2077, "servers", figure_bound::exact));
    CHECK(has_figure(s.figures, 1180000, "hosts", figure_bound::exact));
    CHECK(s.figures.size() == 2);
  }
  CHECK(intervals == 1);
  const auto first = test::statements_of(*text).front();
  CHECK(iso_day(*first.from) == "2014-05-19");
}

TEST_CASE("the article on the open database keeps records and messages apart") {
  const auto text = article_text("001");
  if (!text) return;
  const auto a = read_article(*text, french());
  CHECK_FALSE(a.published);
  CHECK_FALSE(a.title);
  const auto figures = figures_in(*text);
  CHECK(figures.size() == 3);
  CHECK(has_figure(figures, 364000000, "records", figure_bound::exact));
  CHECK(has_figure(figures, 300000000, "messages", figure_bound::lower));
  CHECK(has_figure(figures, 17, "servers", figure_bound::exact));
  for (const auto& s : test::statements_of(*text)) CHECK_FALSE(s.from);
}

TEST_CASE("comments, counters and product names of the articles give nothing") {
  const auto messaging = article_text("000");
  const auto cloud = article_text("003");
  if (!messaging || !cloud) return;
  const auto a = read_article(*messaging, french());
  CHECK_FALSE(a.published);
  CHECK(std::any_of(a.rejected.begin(), a.rejected.end(), [](const rejected_date& r) {
    return r.text == "février 2018" && r.why == "stands in a comment";
  }));
  CHECK(figures_in(*messaging).size() == 1);
  const auto figures = figures_in(*cloud);
  REQUIRE(figures.size() == 1);
  CHECK(has_figure(figures, 60, "persons", figure_bound::approx));
  CHECK_FALSE(read_article(*cloud, french()).published);
}

TEST_CASE("the agency article is rejoined where an advertisement was pasted in") {
  const auto text = article_text("002");
  if (!text) return;
  const auto a = read_article(*text, french());
  CHECK_FALSE(a.published);
  REQUIRE(a.agency);
  CHECK(a.agency->name == "Reuters");
  CHECK(clean_text(*text, a).find("2016, alors que") != std::string::npos);
  std::set<label> labels;
  for (const auto& s : a.segments) labels.insert(s.what);
  CHECK(labels == std::set<label>{label::lede, label::body, label::ad_insertion, label::agency_code,
                                  label::credits});
}

TEST_CASE("all articles are French") {
  for (const auto* number : {"000", "001", "002", "003", "004"}) {
    const auto text = article_text(number);
    if (!text) return;
    const auto guess = guess_language(clean_text(*text, read_article(*text, french())));
    CHECK(guess.code == "fr");
    CHECK(guess.reliable);
  }
}
