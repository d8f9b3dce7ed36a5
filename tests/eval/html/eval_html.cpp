// SPDX-License-Identifier: Apache-2.0
// Scores the reader of HTML pages: vigie_eval_html [--half 0|1] [--scraped] [--show] DIR
// DIR holds saved pages in pages/, and expected.json, which maps names to {file, with[], without[],
// date, title, author}: strings that the main text must hold, and must not; blanks count as one.
// Precision and recall are pooled over strings. Prints a table for both halves of the pages, split
// by a hash of the file name, so that rules can be made on one. With --scraped the pages are
// written down as text first, as scrapers do it, and the reader of such text is scored.
#include "common/civil/civil.hpp"
#include "declared.hpp"
#include "html/html_article.hpp"
#include "scraped.hpp"
#include "text/words/language.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

namespace {

using namespace vigie::press::html;
using json = simdjson::dom::element;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// As Python's str.split sees blanks: ASCII, no-break space, line and paragraph separators, and the
// spaces of U+2000.
std::size_t blank_size(std::string_view s) {
  const auto b = static_cast<unsigned char>(s[0]);
  if (b == ' ' || (b >= 9 && b <= 13) || (b >= 0x1c && b <= 0x1f)) return 1;
  if (s.starts_with("\xC2\xA0") || s.starts_with("\xC2\x85")) return 2;
  if (s.size() < 3) return 0;
  if (s.starts_with("\xE2\x80")) {
    const auto last = static_cast<unsigned char>(s[2]);
    return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
  }
  return s.starts_with("\xE3\x80\x80") || s.starts_with("\xE2\x81\x9F") ? 3 : 0;
}

std::string single_blanks(std::string_view s) {
  std::string out;
  bool blank = false;
  while (!s.empty()) {
    if (const std::size_t n = blank_size(s); n > 0) {
      blank = !out.empty();
      s.remove_prefix(n);
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += s[0];
    s.remove_prefix(1);
  }
  return out;
}

struct score {
  int pages = 0, tp = 0, fp = 0, fn = 0, dates = 0, right = 0, wrong = 0;

  void add(const score& o) {
    pages += o.pages, tp += o.tp, fp += o.fp, fn += o.fn;
    dates += o.dates, right += o.right, wrong += o.wrong;
  }
  static double part(int a, int b) { return b == 0 ? 0.0 : static_cast<double>(a) / b; }
  void print_head(const char* name) const {
    std::printf("| %-12s | %5d | %.4f | %.4f | %.4f |", name, pages, part(2 * tp, 2 * tp + fp + fn),
                part(tp, tp + fp), part(tp, tp + fn));
  }
  void print(const char* name) const {
    print_head(name);
    std::printf(" %5d | %.4f | %.4f |\n", dates, part(2 * right, right + wrong + dates),
                part(right, dates));
  }
  void print_text(const char* name) const {
    print_head(name);
    std::puts("");
  }
};

struct options {
  std::string pages, expected;
  int half = -1;
  bool show = false;
  bool scraped = false;
};

std::uint32_t hash(std::string_view s) { // FNV-1a
  std::uint32_t h = 2166136261U;
  for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
  return h ^ (h >> 16U);
}

std::string iso(std::int64_t day) {
  const auto d = vigie::civil::day_of(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", static_cast<int>(d.year), d.month,
                d.day_of_month);
  return text;
}

// Which segment of the page holds the beginning of these words, and why it was judged so.
std::string reason(std::string_view page, const html_article& a, std::string_view words) {
  for (std::size_t at = 0; (at = page.find(words.substr(0, 16), at)) != std::string_view::npos;
       ++at)
    for (const html_segment& s : a.segments)
      if (at >= s.from.offset && at < s.from.offset + s.from.length)
        return std::string(vigie::press::label_name(s.what)) + ": " + std::string(s.why);
  return "in no segment as it stands";
}

std::string rejected_dates(const html_article& a) {
  std::string out;
  for (const html_date& d : a.rejected) out += "; not " + iso(d.day) + " by " + d.basis;
  return out;
}

using reason_of = std::function<std::string(std::string_view)>;

// Which of the expected strings the text holds; `why` tells of one that is judged wrong.
score judge_text(const json& page, std::string_view kept, const reason_of& why) {
  score s{.pages = 1};
  const std::string text = single_blanks(kept);
  const auto file = std::string(page["file"].get_string().value());
  const auto count = [&](const char* key, int& in, int& out, bool wanted) {
    for (const json each : page[key].get_array()) {
      const std::string want = single_blanks(each.get_string().value());
      const bool found = text.find(want) != std::string::npos;
      ++(found ? in : out);
      if (why && found != wanted)
        std::cout << file << (wanted ? "  MISSED  " : "  TAKEN  ") << want << "  [" << why(want)
                  << "]\n";
    }
  };
  int tn = 0;
  count("with", s.tp, s.fn, true);
  count("without", s.fp, tn, false);
  return s;
}

score judge(const json& page, std::string_view url, std::string_view bytes, const html_article& a,
            bool show) {
  const auto why = [&](std::string_view words) { return reason(bytes, a, words); };
  score s = judge_text(page, a.body, show ? reason_of(why) : reason_of());
  const auto file = std::string(page["file"].get_string().value());
  std::string_view date;
  if (page["date"].get(date) != simdjson::SUCCESS || date.size() != 10) return s;
  s.dates = 1;
  const std::string found = a.published ? iso(a.published->day) : std::string();
  s.right = found == date;
  s.wrong = !found.empty() && found != date;
  if (show && found != date)
    std::cout << file << "  DATE  wanted " << date << ", found " << found << " by "
              << (a.published ? a.published->basis + ": " + a.published->text : "") << "  " << url
              << rejected_dates(a) << "; title: " << a.title << '\n';
  return s;
}

options read_options(int argc, char** argv) {
  options o;
  std::vector<std::string> rest;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--show")
      o.show = true;
    else if (arg == "--scraped")
      o.scraped = true;
    else if (arg == "--half" && i + 1 < argc)
      o.half = std::atoi(argv[++i]);
    else
      rest.push_back(arg);
  }
  if (rest.size() != 1)
    throw std::runtime_error("usage: vigie_eval_html [--half 0|1] [--scraped] [--show] DIR");
  o.pages = rest[0] + "/pages";
  o.expected = rest[0] + "/expected.json";
  if (!std::filesystem::is_directory(o.pages))
    throw std::runtime_error("there is no folder " + o.pages +
                             "; expected are saved pages, unpacked, and expected.json beside them");
  return o;
}

// The pages of the half that is asked for: (expected, url, page, half).
template <class Visit> void each_page(const options& o, Visit&& visit) {
  simdjson::dom::parser parser;
  const json root = parser.load(o.expected);
  for (const auto field : root.get_object()) {
    const auto file = std::string(field.value["file"].get_string().value());
    const unsigned half = hash(file) % 2;
    if (o.half >= 0 && o.half != static_cast<int>(half)) continue;
    visit(field.value, field.key, read_file(o.pages + "/" + file), half);
  }
}

int run(const options& o) {
  const rules known = rules::read(read_file(VIGIE_SOURCE_DIR "/plugins/press/data/html.tsv"));
  score halves[2], all;
  declared_score declared;
  double seconds = 0;
  std::size_t bytes = 0;
  each_page(
      o, [&](const json& expected, std::string_view key, const std::string& page, unsigned half) {
        const std::string_view url = key.find("://") != std::string_view::npos ? key : "";
        const std::clock_t before = std::clock();
        const html_article a = read_html_article(page, {.charset = {}, .url = url}, known);
        seconds += static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
        bytes += page.size();
        if (!a.fault.empty()) std::cerr << key << ": " << a.fault << '\n';
        const score s = judge(expected, url, page, a, o.show);
        halves[half].add(s);
        all.add(s);
        const std::string other = declared.add(expected, url, page, a, known);
        if (o.show) std::cout << other;
      });
  std::puts("| pages        |     n | F1     | P      | R      | dates | F      | right  |\n"
            "|--------------|-------|--------|--------|--------|-------|--------|--------|");
  halves[0].print("half 0");
  halves[1].print("half 1");
  all.print("all");
  declared.print();
  std::printf("%.0f pages, %.1f MB a second on one core\n", all.pages / seconds,
              static_cast<double>(bytes) / 1e6 / seconds);
  return 0;
}

// Label and reason of the segment of scraped text that holds the beginning of these words.
std::string reason(std::string_view text, const vigie::press::article& a, std::string_view words) {
  for (std::size_t at = 0; (at = text.find(words.substr(0, 16), at)) != std::string_view::npos;
       ++at)
    for (const vigie::press::segment& s : a.segments)
      if (at >= s.span.begin && at < s.span.end)
        return std::string(vigie::press::label_name(s.what)) + ": " + std::string(s.why);
  return "in no segment as it stands";
}

int run_scraped(const options& o) {
  vigie::press::scraped_reader reader(VIGIE_SOURCE_DIR "/plugins/press/data");
  score halves[2], known, other, everything;
  each_page(o, [&](const json& expected, std::string_view, const std::string& page, unsigned half) {
    const std::string text = vigie::press::scraped_text(page);
    const std::string language = vigie::press::guess_language_of_page(text).code;
    const auto a = reader.read(text, language);
    const auto why = [&](std::string_view words) { return reason(text, a, words); };
    const score s = judge_text(expected, vigie::press::clean_text(text, a),
                               o.show ? reason_of(why) : reason_of());
    halves[half].add(s);
    (reader.knows(language) ? known : other).add(s);
    everything.add(judge_text(expected, text, {}));
  });
  std::puts("| scraped text |     n | F1     | P      | R      |\n"
            "|--------------|-------|--------|--------|--------|");
  halves[0].print_text("half 0");
  halves[1].print_text("half 1");
  known.print_text("known words");
  other.print_text("other");
  everything.print_text("all the text");
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    const options o = read_options(argc, argv);
    return o.scraped ? run_scraped(o) : run(o);
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
}
