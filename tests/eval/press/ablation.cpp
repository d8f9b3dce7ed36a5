// SPDX-License-Identifier: Apache-2.0
#include "ablation.hpp"

#include "line_words.hpp"
#include "score.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

using one_score = std::vector<tally>;

one_score tallies(const scores& s) {
  return {s.tokens, s.segments, s.dates,     s.figures, s.mentions,   s.entities, s.names,
          s.isos,   s.events,   s.arguments, s.times,   s.modalities, s.decoys};
}

// What is missed and what is found wrongly; of decoys, each one taken.
long faults(const one_score& s) {
  auto out = static_cast<long>(s.back().hit);
  for (std::size_t i = 0; i + 1 < s.size(); ++i)
    out += static_cast<long>(s[i].wanted) + static_cast<long>(s[i].found) -
           2 * static_cast<long>(s[i].hit);
  return out;
}

std::vector<std::string> told(const scores& s) {
  std::vector<std::string> out;
  for (const auto& f : s.findings)
    out.push_back(f.kind + " " + f.what + " '" + f.words + "' " + f.more);
  std::ranges::sort(out);
  return out;
}

// Lines of `b` that `a` lacks.
void only_in_second(const std::vector<std::string>& a, const std::vector<std::string>& b,
                    const std::string& sign, std::vector<std::string>& out) {
  std::vector<std::string> only;
  std::ranges::set_difference(b, a, std::back_inserter(only));
  for (auto& o : only) out.push_back(sign + std::move(o));
}

bool is_entry(std::string_view line) { return !line.empty() && line.front() != '#'; }

// Calls f(number from 1, begin, end) for each line, its line feed aside.
template <class F> void each_line(const std::string& bytes, F&& f) {
  std::size_t number = 0;
  for (std::size_t from = 0; from < bytes.size();) {
    const auto to = std::min(bytes.find('\n', from), bytes.size());
    f(++number, from, to);
    from = to + 1;
  }
}

// `bytes` without the line that begins at `from`; its line feed stays, so that places in messages
// do.
std::string without(const std::string& bytes, std::size_t from, std::size_t to) {
  return bytes.substr(0, from) + bytes.substr(to);
}

// Gazetteers say what is so, whichever page tells of it.
bool is_gazetteer(std::string_view file) {
  const auto name = file.substr(file.rfind('/') + 1);
  return name == "names.tsv" || name == "places.tsv" || name == "agencies.tsv";
}

// Words between blanks in the longest of the names of a line; what stands in braces is none.
std::size_t words_in(std::string_view phrase) {
  std::size_t most = 0;
  std::size_t words = 0;
  char before = ' ';
  for (const char c : phrase) {
    if (c == ';') words = 0;
    const bool starts = c != ' ' && c != ';' && (before == ' ' || before == ';');
    words += starts && c != '{' && c != '<' ? 1 : 0;
    most = std::max(most, words);
    before = c;
  }
  return most;
}

class ablation {
public:
  ablation(const std::string& language, const std::vector<gold_set>& sets, data_files files,
           const mapping& words, const ablation_options& options)
      : language_(language), files_(std::move(files)), words_(words), options_(options),
        engine_(language) {
    for (const auto& set : sets) {
      for (const auto& p : set.pages) {
        if (p.gold.language == language) pages_.push_back({&p, set.is_held_back, {}, {}, {}});
      }
    }
  }

  void run(std::vector<needed_line>& out) {
    if (pages_.empty() || !engine_.use(files_)) return;
    for (auto& p : pages_) {
      const auto found = engine_.read(p.of->gold.file, p.of->text);
      const auto got = score_page(p.of->gold, found, p.of->text, words_);
      p.base = tallies(got);
      p.told = told(got);
      p.words.add(p.of->text);
      p.words.add(found.body);
    }
    if (!options_.every_page) leave_idle();
    for (const auto& [name, bytes] : data_files(files_)) {
      if (is_ours(name)) file(name, bytes, out);
    }
  }

private:
  struct page {
    const annotated* of = nullptr;
    bool held_back = false;
    one_score base;
    std::vector<std::string> told;
    page_words words;
  };

  bool is_ours(std::string_view file) const {
    return file.starts_with(language_ + "/") || file.starts_with("common/");
  }

  scores score(const page& p) const {
    const auto& of = *p.of;
    return score_page(of.gold, engine_.read(of.gold.file, of.text), of.text, words_);
  }

  // Lines that no page has the words of stay away from here on: without them the data is read in a
  // fraction of the time. That this is right is seen page by page.
  void leave_idle() {
    const data_files all = files_;
    every_line(all, [&](const std::string& name, const std::string&, const line_words& w) {
      known_.add(name, w);
    });
    for (const auto& p : pages_) {
      if (reads_with(p, all, 0, 0)) continue;
      throw std::logic_error(p.of->gold.file + " needs a line that has none of its words, '" +
                             needed_without_words(p, all) + "': mend words_of_line");
    }
    known_words kept;
    files_ = lines_if(all, [&](const std::string& name, const line_words& w) {
      const bool keep = std::ranges::any_of(pages_, [&](const page& p) {
        return p.words.may_have(w) || kept.in_few(name, w, p.words);
      });
      if (keep) kept.add(name, w);
      return keep;
    });
    if (!engine_.use(files_)) throw std::logic_error("the language data cannot be read in part");
  }

  // Whether the page reads the same with the lines that can matter on it, and of the others those
  // numbered `from` to `end`.
  bool reads_with(const page& p, const data_files& all, std::size_t from, std::size_t end) {
    std::size_t number = 0;
    known_words known;
    files_ = lines_if(all, [&](const std::string& name, const line_words& w) {
      bool keep = p.words.may_have(w) || known.in_few(name, w, p.words);
      if (keep) known.add(name, w);
      if (!keep && ++number > from && number <= end) keep = true;
      return keep;
    });
    return engine_.use(files_) && tallies(score(p)) == p.base;
  }

  template <class F> void every_line(const data_files& all, F&& f) const {
    for (const auto& [name, bytes] : all) {
      if (!is_ours(name)) continue;
      each_line(bytes, [&](std::size_t, std::size_t from, std::size_t end) {
        const auto text = bytes.substr(from, end - from);
        if (is_entry(text)) f(name, text, words_of_line(name, text));
      });
    }
  }

  // The line, or the first of several that only together are enough.
  std::string needed_without_words(const page& p, const data_files& all) {
    std::vector<std::string> lines;
    known_words known;
    every_line(all, [&](const std::string& name, const std::string& text, const line_words& w) {
      if (p.words.may_have(w) || known.in_few(name, w, p.words))
        known.add(name, w);
      else
        lines.push_back(text);
    });
    std::size_t least = 0; // lines that are not enough
    for (std::size_t most = lines.size(); most - least > 1;) {
      const auto half = least + (most - least) / 2;
      (reads_with(p, all, 0, half) ? most : least) = half;
    }
    return least < lines.size() ? lines[least] : "";
  }

  template <class Keep> data_files lines_if(const data_files& all, Keep&& keep) const {
    data_files out;
    for (const auto& [name, bytes] : all) {
      if (!is_ours(name)) continue;
      auto& to = out[name];
      each_line(bytes, [&](std::size_t, std::size_t from, std::size_t end) {
        const auto text = std::string_view(bytes).substr(from, end - from);
        if (!is_entry(text) || keep(name, words_of_line(name, text))) to += text;
        to += '\n';
      });
    }
    return out;
  }

  void file(const std::string& name, const std::string& whole, std::vector<needed_line>& out) {
    each_line(whole, [&](std::size_t number, std::size_t from, std::size_t end) {
      auto text = whole.substr(from, end - from);
      if (!is_entry(text)) return;
      needed_line one{name, number, std::move(text), {}, {}, true, 0, {}};
      one.kind = kind_of(name, one.text);
      if (one.kind == "fact" && !options_.facts) return;
      files_[name] = without(whole, from, end);
      line(std::move(one), out);
    });
    files_[name] = whole;
    if (!engine_.use(files_, name)) throw std::logic_error(name + " cannot be read any more");
  }

  void line(needed_line needed, std::vector<needed_line>& out) {
    if (!engine_.use(files_, needed.file)) return;
    const auto words = words_of_line(needed.file, needed.text);
    long change = 0;
    for (const auto& p : pages_) {
      if (!options_.every_page && !p.words.may_have(words) &&
          !known_.in_few(needed.file, words, p.words))
        continue;
      const auto got = score(p);
      const auto now = tallies(got);
      if (now == p.base) continue;
      needed.pages.push_back(p.of->gold.file);
      needed.unseen = needed.unseen && p.held_back;
      change += faults(p.base) - faults(now);
      if (p.held_back) continue; // nobody is told what they miss
      only_in_second(p.told, told(got), "+ ", needed.differs);
      only_in_second(told(got), p.told, "- ", needed.differs);
    }
    needed.change = change;
    if (!needed.pages.empty()) out.push_back(std::move(needed));
  }

  std::string language_;
  data_files files_;
  const mapping& words_;
  const ablation_options& options_;
  in_process engine_;
  std::vector<page> pages_;
  known_words known_; // by all lines
};

// A line that languages share is needed by the pages of all of them.
void join(std::vector<needed_line>& lines) {
  std::map<std::pair<std::string, std::size_t>, std::size_t> first;
  std::vector<needed_line> out;
  for (auto& n : lines) {
    const auto [at, fresh] = first.emplace(std::pair(n.file, n.line), out.size());
    if (fresh) {
      out.push_back(std::move(n));
      continue;
    }
    auto& to = out[at->second];
    to.pages.insert(to.pages.end(), n.pages.begin(), n.pages.end());
    to.unseen = to.unseen && n.unseen;
    to.change += n.change;
    to.differs.insert(to.differs.end(), n.differs.begin(), n.differs.end());
  }
  lines = std::move(out);
}

std::string row_of(const needed_line& n) {
  auto text = n.text;
  std::replace(text.begin(), text.end(), '\t', ' ');
  std::replace(text.begin(), text.end(), '|', '/');
  return "| " + n.kind + " | " + n.file + " | " + std::to_string(n.line) + " | " + text + " | " +
         n.pages[0] + (n.change > 0 ? " (better without)" : "") + " |\n";
}

// What becomes a fault without each line (+), and what was one with it (-).
std::string differences_of(const std::vector<needed_line>& lines) {
  std::string out;
  for (const auto& n : lines) {
    out += "\n" + n.file + ":" + std::to_string(n.line) + " " + n.pages[0] + "\n";
    for (const auto& d : n.differs) out += "  " + d + "\n";
  }
  return out;
}

} // namespace

std::string kind_of(const std::string& file, const std::string& text) {
  if (is_gazetteer(file) || text.starts_with("given\t")) return "fact";
  const auto from = text.find('\t') + 1; // the value behind the phrase does not count
  const auto phrase = std::string_view(text).substr(from, text.find('\t', from) - from);
  if (phrase.find('{') != std::string_view::npos) return "pattern";
  return words_in(phrase) > 1 ? "phrase" : "word";
}

std::vector<needed_line> needed_lines(const std::vector<gold_set>& sets, data_files files,
                                      const mapping& words, const ablation_options& options) {
  std::set<std::string> languages;
  for (const auto& set : sets) {
    for (const auto& p : set.pages) languages.insert(p.gold.language);
  }
  std::vector<std::future<std::vector<needed_line>>> runs;
  for (const auto& language : languages) {
    runs.push_back(std::async(std::launch::async, [&, language] {
      std::vector<needed_line> out;
      ablation(language, sets, files, words, options).run(out);
      return out;
    }));
  }
  std::vector<needed_line> out;
  for (auto& r : runs) std::ranges::move(r.get(), std::back_inserter(out));
  join(out);
  return out;
}

std::vector<needed_line> of_one_page(const std::vector<needed_line>& lines) {
  std::vector<needed_line> out;
  for (const auto& n : lines) {
    if (n.pages.size() == 1 && !n.unseen) out.push_back(n);
  }
  return out;
}

std::size_t made_for_one_page(const std::vector<needed_line>& lines) {
  const auto once = of_one_page(lines);
  return static_cast<std::size_t>(
      std::ranges::count_if(once, [](const auto& n) { return n.kind != "fact"; }));
}

std::string ablation_table(const std::vector<needed_line>& lines, bool verbose) {
  static constexpr std::array<const char*, 4> kinds{"phrase", "pattern", "word", "fact"};
  const auto once = of_one_page(lines);
  std::string out =
      "| kind | file | line | entry | page that alone needs it |\n|---|---|---|---|---|\n";
  std::string told;
  for (const auto* kind : kinds) {
    std::size_t count = 0;
    for (const auto& n : once) {
      if (n.kind != kind) continue;
      ++count;
      out += row_of(n);
    }
    told += std::string(told.empty() ? "" : ", ") + kind + " " + std::to_string(count);
  }
  const auto shared =
      std::ranges::count_if(lines, [](const auto& n) { return n.pages.size() > 1; });
  const auto unseen = lines.size() - once.size() - static_cast<std::size_t>(shared);
  if (verbose) out += differences_of(once);
  return out + "\nNeeded by one page that rules were written on: " + told +
         ". By one page that was held back from those: " + std::to_string(unseen) +
         ". By more than one page: " + std::to_string(shared) + ".\n";
}

} // namespace vigie::press::eval
