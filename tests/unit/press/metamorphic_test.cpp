// SPDX-License-Identifier: Apache-2.0
// From each of our own annotated pages fifty variants, in which dates, numbers, names and outlets
// are replaced by others of the same form, and residue is moved, doubled and removed: what is found
// changes exactly so. All pages go through the program in one run.
#include "catch.hpp"
#include "sets.hpp"
#include "variants.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace fs = std::filesystem;
using namespace vigie::press::eval;

namespace {

struct made {
  const marked_page* page;
  variant what;
  std::string file;
};

const auto gold_folder = fs::path(VIGIE_SOURCE_DIR) / "tests/data/press/gold";

std::vector<marked_page> own_pages() { return read_marked_folder(gold_folder); }
std::vector<marked_page> pages_held_back() { return read_held_back(gold_folder); }

std::vector<marked_page> all_pages() {
  auto out = own_pages();
  for (auto& p : pages_held_back()) out.push_back(std::move(p));
  return out;
}

class trial {
public:
  explicit trial(std::vector<marked_page> pages) : pages_(std::move(pages)) {
    fs::create_directories(folder_ / "pages");
    for (const auto& p : pages_) {
      write(p.gold.file, p.text);
      for (unsigned n = 0; n < variants_a_page; ++n) make(p, n);
    }
  }
  ~trial() { fs::remove_all(folder_); }
  trial(const trial&) = delete;
  trial& operator=(const trial&) = delete;

  std::map<std::string, found_page> run() const {
    const auto pipeline = fs::path(VIGIE_SOURCE_DIR) / "tests/eval/press/press.yaml";
    const auto command = std::string("'") + VIGIE_PROGRAM + "' run '" + pipeline.string() +
                         "' --plugin-dir '" + VIGIE_PLUGINS + "' --set pages='" +
                         (folder_ / "pages/*").string() + "' --quiet --out '" +
                         (folder_ / "out").string() + "' >/dev/null 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
    return read_found(folder_ / "out/found.jsonl");
  }

  const std::vector<made>& variants() const { return variants_; }

private:
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / "pages" / name, std::ios::binary) << text;
  }

  void make(const marked_page& p, unsigned n) {
    auto v = make_variant(p, n);
    if (!v) return;
    const auto file = fs::path(p.gold.file).stem().string() + "." + std::to_string(n) + ".txt";
    write(file, v->text);
    variants_.push_back({&p, std::move(*v), file});
  }

  std::vector<marked_page> pages_;
  fs::path folder_ = fs::temp_directory_path() / ("vigie_metamorphic_" + std::to_string(getpid()));
  std::vector<made> variants_;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& l : lines) out += l + "\n";
  return out;
}

} // namespace

TEST_CASE("what is found on a variant of a page changes exactly as the variant does") {
  const trial t(own_pages());
  const auto found = t.run();
  std::map<std::string, int> kinds;
  std::size_t left_out = 0;
  for (const auto& m : t.variants()) {
    const auto base = found.find(m.page->gold.file);
    const auto have = found.find(m.file);
    if (base == found.end()) { // a page of comments alone is rejected, and so are its variants
      CHECK(have == found.end());
      continue;
    }
    if (!fits(*m.page, base->second, m.what)) {
      ++left_out;
      continue;
    }
    ++kinds[m.what.kind];
    const auto want = expected(*m.page, base->second, m.what);
    const auto differing =
        differences(want, have == found.end() ? found_page() : have->second, m.what);
    if (differing.empty()) continue;
    UNSCOPED_INFO(m.file + " (" + m.what.kind + ")\n" + joined(differing));
    CHECK(differing.empty());
  }
  CHECK(left_out * 8 <= t.variants().size());
  for (const auto* kind :
       {"all", "numbers", "number_words", "years", "days", "months", "weekdays", "people",
        "services", "places", "outlets", "organisations", "removed", "doubled", "moved", "bare"}) {
    INFO(kind);
    CHECK(kinds[kind] >= 8);
  }
}

// What the page itself has wrong may change with its residue, and who writes rules is told no more
// than how often.
TEST_CASE("seven of eight variants of the pages held back change exactly so") {
  const trial t(pages_held_back());
  const auto found = t.run();
  std::size_t tried = 0;
  std::size_t otherwise = 0;
  for (const auto& m : t.variants()) {
    const auto base = found.find(m.page->gold.file);
    const auto have = found.find(m.file);
    if (base == found.end() || !fits(*m.page, base->second, m.what)) continue;
    ++tried;
    const auto want = expected(*m.page, base->second, m.what);
    otherwise += have == found.end() || !differences(want, have->second, m.what).empty() ? 1u : 0u;
  }
  INFO(otherwise << " of " << tried);
  CHECK(tried * 2 >= t.variants().size());
  CHECK(otherwise * 8 <= tried);
}

TEST_CASE("the same page and number give the same variant, others give others") {
  const auto pages = own_pages();
  const auto a = make_variant(pages[0], 3);
  const auto b = make_variant(pages[0], 3);
  const auto c = make_variant(pages[0], 7);
  REQUIRE(a);
  REQUIRE(c);
  CHECK(a->text == b->text);
  CHECK(a->text != c->text);
  CHECK(a->text != pages[0].text);
}

// Whether the variant replaces more than decoys, which are nothing to find.
static bool varies_what_is_annotated(const marked_page& p, const variant& v) {
  const auto replaced = [&](const span& at) {
    return std::any_of(v.edits.begin(), v.edits.end(),
                       [&](const edit& e) { return e.at.touches(at); });
  };
  const auto& g = p.gold;
  return std::any_of(g.figures.begin(), g.figures.end(),
                     [&](const gold_figure& f) { return replaced(f.at); }) ||
         std::any_of(g.dates.begin(), g.dates.end(),
                     [&](const gold_date& d) { return replaced(d.at); });
}

TEST_CASE("a product that goes on finding what it found before fails on variants") {
  for (const auto& p : all_pages()) {
    found_page stale;
    for (const auto& f : p.gold.figures)
      stale.figures.push_back({f.at, f.text, f.value, 0, f.bound, "", f.unit});
    for (const auto& d : p.gold.dates) stale.dates.push_back({d.at, d.text, d.value, "", ""});
    for (const auto& e : p.gold.entities)
      stale.entities.push_back({e.type, e.name, "", "", e.mentions});
    for (unsigned n = 0; n < variants_a_page; ++n) {
      const auto v = make_variant(p, n);
      if (!v || p.gold.clean.empty()) continue;
      static const std::set<std::string> said{"all",  "numbers", "number_words", "years",
                                              "days", "months",  "weekdays"};
      if (!said.contains(v->kind) || !varies_what_is_annotated(p, *v)) continue;
      INFO(p.gold.file + " " + std::to_string(n) + " " + v->kind);
      CHECK_FALSE(differences(expected(p, stale, *v), stale, *v).empty());
    }
  }
}

TEST_CASE("every page of our own with an article gives fifty variants") {
  for (const auto& p : all_pages()) {
    if (p.gold.clean.empty()) continue;
    INFO(p.gold.file);
    unsigned made = 0;
    for (unsigned n = 0; n < variants_a_page; ++n) made += make_variant(p, n).has_value();
    CHECK(made == variants_a_page);
  }
}
