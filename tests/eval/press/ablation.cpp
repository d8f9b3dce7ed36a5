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

// Words of the cells behind the class; what may be left out counts, the value behind does not.
std::string kind_of(const std::string& file, const std::string& text) {
  if (is_gazetteer(file) || text.starts_with("given\t")) return "fact";
  const auto from = text.find('\t') + 1;
  const auto phrase = text.substr(from, text.find('\t', from) - from);
  std::size_t most = 0;
  for (std::size_t at = 0; at <= phrase.size();) {
    const auto end = std::min(phrase.find(';', at), phrase.size());
    most = std::max(most, word_tokens(phrase.substr(at, end - at)).size());
    at = end + 1;
  }
  return most > 1 ? "phrase" : "word";
}

class ablation {
public:
  ablation(const std::string& language, const std::vector<gold_set>& sets, data_files& files,
           const mapping& words)
      : language_(language), files_(files), words_(words), engine_(language) {
    for (const auto& set : sets) {
      for (const auto& p : set.pages) {
        if (p.gold.language == language) pages_.push_back(&p);
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
    needed_line needed{name, number, text, kind_of(name, text), {}, false};
    long change = 0;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      const auto now = score(*pages_[i]);
      if (now == base_[i]) continue;
      needed.pages.push_back(pages_[i]->gold.file);
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
  std::vector<one_score> base_;
  std::string seen_; // words of all pages
};

} // namespace

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
  static constexpr std::array<const char*, 3> kinds{"phrase", "word", "fact"};
  std::map<std::string, std::size_t> counts;
  std::string out =
      "| kind | file | line | entry | page that alone needs it |\n|---|---|---|---|---|\n";
  for (const auto* kind : kinds) {
    for (const auto& n : lines) {
      if (n.kind != kind || n.pages.size() != 1) continue;
      ++counts[kind];
      auto text = n.text;
      std::replace(text.begin(), text.end(), '\t', ' ');
      std::replace(text.begin(), text.end(), '|', '/');
      out += "| " + n.kind + " | " + n.file + " | " + std::to_string(n.line) + " | " + text +
             " | " + n.pages[0] + (n.better ? " (better without)" : "") + " |\n";
    }
  }
  std::size_t alone = 0;
  std::string told;
  for (const auto* kind : kinds) {
    alone += counts[kind];
    told += std::string(told.empty() ? "" : ", ") + kind + " " + std::to_string(counts[kind]);
  }
  return out + "\n" + std::to_string(alone) + " lines are needed by one page (" + told + "), " +
         std::to_string(lines.size() - alone) + " by more.\n";
}

} // namespace vigie::press::eval
