// SPDX-License-Identifier: Apache-2.0
// ./dev eval press: runs the product over annotated pages and holds what it found against the
// annotation. docs/operate/eval.md explains options, measures and the form of annotations.
#include "ablation.hpp"
#include "quiet.hpp"
#include "sets.hpp"
#include "speed.hpp"
#include "table.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

extern char** environ;

namespace {

namespace fs = std::filesystem;
using namespace vigie::press::eval;

struct options {
  fs::path gold, pages, marked, make, html, quiet;
  fs::path work = VIGIE_EVAL_WORK;
  fs::path pipeline = fs::path(VIGIE_EVAL_SOURCE) / "press.yaml";
  bool as_json = false, verbose = false, speed = false;
  bool ablation = false, strict = false;
  ablation_options ablating;
};

constexpr const char* usage = R"(vigie_eval_press [options]
  --gold DIR --pages DIR  score the pages annotated in DIR/*.gold.json
  --marked DIR            score the pages written with marks in DIR/*.marked
                          (default: our own; and ../shared/data/press where it is)
  --make DIR              write the pages and the gold of --marked there and stop
  --pipeline FILE         run this pipeline, which writes found.jsonl, instead of our own
  --html DIR              score HTML pages laid out like html_eval
  --quiet DIR             count claims on the HTML pages of DIR/pages, which are of other subjects
  --ablation              list lines of the lexicons that one document alone needs
  --strict                with it: end with 1 where there are any, facts aside
  --facts                 with it: try lines of gazetteers, too
  --every-page            with it: read every page for every line; slow, and lists the same
  --speed                 time the press family over pages made from our own
  --work DIR              where runs write
  --verbose               list misses and false alarms; not of pages held back, unless --marked names
                          their folder
  --json                  the same for programs
)";

int run(const std::vector<std::string>& argv) {
  std::vector<char*> args;
  for (const auto& a : argv) args.push_back(const_cast<char*>(a.c_str()));
  args.push_back(nullptr);
  pid_t child = 0;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, 2, 1); // standard output is for the table
  const int error = posix_spawnp(&child, args[0], &actions, nullptr, args.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot run " + argv[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

// Pages are copied so that the pipeline sees those of the set and no other files.
std::map<std::string, found_page> find(const gold_set& set, const options& o) {
  const auto pages = o.work / "input";
  fs::remove_all(pages);
  fs::create_directories(pages);
  for (const auto& p : set.pages) fs::copy_file(p.page, pages / p.page.filename());
  const auto out = o.work / "found";
  fs::remove_all(out);
  const int code = run({VIGIE_PROGRAM, "run", o.pipeline.string(), "--set",
                        "pages=" + (pages / "*").string(), "--out", out.string(), "--quiet"});
  if (code != 0) throw std::runtime_error("vigie run ended with " + std::to_string(code));
  return read_found(out / "found.jsonl");
}

void score(const gold_set& set, const options& o) {
  const auto words = mapping::read(fs::path(VIGIE_EVAL_SOURCE) / "mapping.tsv");
  const auto found = find(set, o);
  std::vector<page_scores> pages;
  scores sum;
  for (const auto& p : set.pages) {
    const auto f = found.find(p.gold.file);
    pages.push_back({p.gold.file, score_page(p.gold, f == found.end() ? found_page() : f->second,
                                             p.text, words)});
    sum += pages.back().got;
  }
  const auto text = o.as_json ? json(set.title, pages, sum)
                              : table(set.title, sum, pages.size()) + page_table(pages) + "\n";
  std::fputs(text.c_str(), stdout);
  if (!o.verbose || o.as_json) return;
  // Who writes rules reads the misses of the others only; that must not hang on care.
  const auto text_of_misses = set.is_held_back
                                  ? std::string("(misses of pages held back are not listed)\n")
                                  : findings_of(pages);
  std::fputs((text_of_misses + "\n").c_str(), stdout);
}

gold_set own_set(const fs::path& marked, const std::string& title, const options& o) {
  const auto made = o.work / "own" / marked.filename();
  make_set(marked, made);
  auto set = read_set(made / "gold", made / "pages");
  set.title = title;
  return set;
}

// Pages that no rule was written on stand in a folder of their own and are counted apart.
void add_marked(const fs::path& marked, const std::string& title, const options& o,
                std::vector<gold_set>& out) {
  out.push_back(own_set(marked, title, o));
  const auto apart = marked / held_back;
  if (read_held_back(marked).empty()) return;
  out.push_back(own_set(apart, title + ", held back", o));
  out.back().is_held_back = true;
}

// Those of the options; without any our own and, where they are, the project's shared articles.
std::vector<gold_set> sets_of(const options& o) {
  std::vector<gold_set> out;
  if (!o.gold.empty()) {
    out.push_back(read_set(o.gold, o.pages));
    return out;
  }
  if (!o.marked.empty()) {
    add_marked(o.marked, o.marked.string(), o, out);
    return out;
  }
  add_marked(VIGIE_EVAL_GOLD, "our own pages", o, out);
  const char* given = std::getenv("VIGIE_SHARED");
  const auto shared = fs::path(given ? given : VIGIE_SHARED_DATA) / "data" / "press";
  if (!fs::is_directory(shared / "gold")) return out;
  out.push_back(read_set(shared / "gold", shared / "articles"));
  out.back().title = "shared articles";
  return out;
}

options read_options(int argc, char** argv) {
  options o;
  const std::map<std::string, fs::path*> paths{{"--gold", &o.gold},         {"--pages", &o.pages},
                                               {"--marked", &o.marked},     {"--make", &o.make},
                                               {"--pipeline", &o.pipeline}, {"--html", &o.html},
                                               {"--work", &o.work},         {"--quiet", &o.quiet}};
  const std::map<std::string, bool*> flags{
      {"--json", &o.as_json},         {"--verbose", &o.verbose},
      {"--ablation", &o.ablation},    {"--strict", &o.strict},
      {"--facts", &o.ablating.facts}, {"--every-page", &o.ablating.every_page},
      {"--speed", &o.speed}};
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (const auto flag = flags.find(name); flag != flags.end()) {
      *flag->second = true;
    } else if (const auto path = paths.find(name); path != paths.end() && i + 1 < argc) {
      *path->second = argv[++i];
    } else {
      throw std::invalid_argument("'" + name + "' is no option, or its value is missing");
    }
  }
  if (!o.ablation && (o.strict || o.ablating.facts || o.ablating.every_page)) {
    throw std::invalid_argument("--strict, --facts and --every-page belong to --ablation");
  }
  if (o.gold.empty() != o.pages.empty()) {
    throw std::invalid_argument("--gold and --pages belong together");
  }
  return o;
}

int score_html(const fs::path& folder, bool verbose) {
  const auto program = fs::path(VIGIE_PROGRAM).parent_path() / "vigie_eval_html";
  if (!fs::exists(program)) throw std::runtime_error("vigie_eval_html is not built");
  std::fflush(stdout);
  std::vector<std::string> html{program.string(), folder.string()};
  if (verbose) html.emplace_back("--show");
  const int failed = run(html);
  html.emplace_back("--scraped");
  return failed != 0 ? failed : run(html);
}

int ablate(const std::vector<gold_set>& sets, const options& o) {
  const auto words = mapping::read(fs::path(VIGIE_EVAL_SOURCE) / "mapping.tsv");
  const auto lines = needed_lines(sets, read_data(VIGIE_EVAL_DATA), words, o.ablating);
  std::fputs(ablation_table(lines, o.verbose).c_str(), stdout);
  const auto made_for_one = made_for_one_page(lines);
  if (!o.strict || made_for_one == 0) return 0;
  std::fflush(stdout);
  throw std::runtime_error(
      std::to_string(made_for_one) +
      " lines serve one page alone; docs/operate/eval.md says what to do with each");
}

int count_quiet(const options& o) {
  const auto pages = o.quiet / "pages";
  if (!fs::is_directory(pages)) throw std::runtime_error("there is no folder " + pages.string());
  const auto out = o.work / "quiet";
  fs::remove_all(out);
  const auto pipeline = (fs::path(VIGIE_EVAL_SOURCE) / "quiet.yaml").string();
  const int code = run({VIGIE_PROGRAM, "run", pipeline, "--set", "pages=" + (pages / "*").string(),
                        "--out", out.string(), "--quiet"});
  if (code != 0) throw std::runtime_error("vigie run ended with " + std::to_string(code));
  std::fputs(quiet_table(out, o.verbose).c_str(), stdout);
  return 0;
}

int work(const options& o) {
  if (!o.make.empty()) {
    make_set(o.marked.empty() ? fs::path(VIGIE_EVAL_GOLD) : o.marked, o.make);
    return 0;
  }
  if (!o.quiet.empty()) return count_quiet(o);
  if (!o.html.empty()) return score_html(o.html, o.verbose);
  if (o.speed) {
    const auto pages = read_marked_folder(o.marked.empty() ? fs::path(VIGIE_EVAL_GOLD) : o.marked);
    std::fputs(speed_table(pages, {.program = VIGIE_PROGRAM, .work = o.work / "speed"}).c_str(),
               stdout);
    return 0;
  }
  const auto sets = sets_of(o);
  if (o.ablation) return ablate(sets, o);
  for (const auto& set : sets) score(set, o);
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return work(read_options(argc, argv));
  } catch (const std::invalid_argument& e) {
    std::fprintf(stderr, "vigie_eval_press: %s\n%s", e.what(), usage);
    return 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "vigie_eval_press: %s\n", e.what());
    return 1;
  }
}
