// SPDX-License-Identifier: Apache-2.0
#include "ablation.hpp"

#include "charset.hpp"
#include "in_process.hpp"
#include "score.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace vigie::press::eval {
namespace {

using one_score = std::vector<tally>;

one_score tallies(const scores& s) {
  return {s.tokens, s.segments, s.dates,     s.figures, s.mentions,   s.entities, s.names,
          s.isos,   s.events,   s.arguments, s.times,   s.modalities, s.decoys};
}

long hits(const one_score& s) {
  long out = 0;
  for (const auto& t : s) out += static_cast<long>(t.hit);
  return out - 2 * static_cast<long>(s.back().hit); // decoys taken are bad
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
  ablation(const std::string& language, const std::vector<gold_set>& sets, data_files& files,
           const mapping& words)
      : language_(language), files_(files), words_(words), engine_(language) {
    for (const auto& set : sets) {
      for (const auto& p : set.pages) {
        if (p.gold.language != language) continue;
        pages_.push_back(&p);
        held_back_.push_back(set.is_held_back);
      }
    }
  }

  void run(std::vector<needed_line>& out) {
    if (pages_.empty() || !engine_.use(files_)) return;
    for (const auto* p : pages_) {
      base_.push_back(score(*p));
      seen_ += bare(p->text);
    }
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files_) {
      if (name.starts_with(language_ + "/") || name.starts_with("common/")) names.push_back(name);
    }
    for (const auto& name : names) file(name, out);
  }

private:
  one_score score(const annotated& p) const {
    return tallies(score_page(p.gold, engine_.read(p.gold.file, p.text), p.text, words_));
  }

  void file(const std::string& name, std::vector<needed_line>& out) {
    const std::string whole = files_[name];
    std::size_t number = 0;
    for (std::size_t from = 0; from < whole.size();) {
      const auto to = std::min(whole.find('\n', from), whole.size());
      ++number;
      if (to > from && whole[from] != '#') {
        files_[name] = without(whole, from, to);
        line(name, number, whole.substr(from, to - from), out);
      }
      from = to + 1;
    }
    files_[name] = whole;
  }

  // Nothing of a page begins as a word of the line does: it matches nothing, and costs no reading.
  bool idle(const std::string& text) const {
    for (const auto& word : word_tokens(text)) {
      const auto start = bare(word).substr(0, 3);
      if (start.size() < 3 || seen_.find(start) != std::string::npos) return false;
    }
    return true;
  }

  void line(const std::string& name, std::size_t number, const std::string& text,
            std::vector<needed_line>& out) {
    if (idle(text.substr(text.find('\t') + 1)) || !engine_.use(files_)) return;
    needed_line needed{name, number, text, kind_of(name, text), {}, true, false};
    long change = 0;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      const auto now = score(*pages_[i]);
      if (now == base_[i]) continue;
      needed.pages.push_back(pages_[i]->gold.file);
      needed.unseen = needed.unseen && held_back_[i];
      change += hits(now) - hits(base_[i]);
    }
    needed.better = change > 0;
    if (!needed.pages.empty()) out.push_back(std::move(needed));
  }

  std::string language_;
  data_files& files_;
  const mapping& words_;
  in_process engine_;
  std::vector<const annotated*> pages_;
  std::vector<bool> held_back_; // beside pages_
  std::vector<one_score> base_;
  std::string seen_; // words of all pages
};

std::string row_of(const needed_line& n) {
  auto text = n.text;
  std::replace(text.begin(), text.end(), '\t', ' ');
  std::replace(text.begin(), text.end(), '|', '/');
  return "| " + n.kind + " | " + n.file + " | " + std::to_string(n.line) + " | " + text + " | " +
         n.pages[0] + (n.better ? " (better without)" : "") + " |\n";
}

} // namespace

std::string kind_of(const std::string& file, const std::string& text) {
  if (is_gazetteer(file) || text.starts_with("given\t")) return "fact";
  const auto from = text.find('\t') + 1; // the value behind the phrase does not count
  const auto phrase = std::string_view(text).substr(from, text.find('\t', from) - from);
  if (phrase.find('{') != std::string_view::npos) return "pattern";
  return words_in(phrase) > 1 ? "phrase" : "word";
}

std::vector<needed_line> needed_lines(const std::vector<gold_set>& sets,
                                      const std::filesystem::path& data, const mapping& words) {
  auto files = read_data(data);
  std::set<std::string> languages;
  for (const auto& set : sets) {
    for (const auto& p : set.pages) languages.insert(p.gold.language);
  }
  std::vector<needed_line> out;
  for (const auto& language : languages) ablation(language, sets, files, words).run(out);
  return out;
}

std::string ablation_table(const std::vector<needed_line>& lines) {
  static constexpr std::array<const char*, 4> kinds{"phrase", "pattern", "word", "fact"};
  std::map<std::string, std::size_t> counts;
  std::size_t unseen = 0;
  std::size_t shared = 0;
  for (const auto& n : lines) {
    shared += n.pages.size() != 1;
    unseen += n.pages.size() == 1 && n.unseen;
  }
  std::string out =
      "| kind | file | line | entry | page that alone needs it |\n|---|---|---|---|---|\n";
  for (const auto* kind : kinds) {
    for (const auto& n : lines) {
      if (n.kind != kind || n.pages.size() != 1 || n.unseen) continue;
      ++counts[kind];
      out += row_of(n);
    }
  }
  std::string told;
  for (const auto* kind : kinds) {
    told += std::string(told.empty() ? "" : ", ") + kind + " " + std::to_string(counts[kind]);
  }
  return out + "\nNeeded by one page that rules were written on: " + told +
         ". By one page that was held back from those: " + std::to_string(unseen) +
         ". By more than one page: " + std::to_string(shared) + ".\n";
}

} // namespace vigie::press::eval
