// SPDX-License-Identifier: Apache-2.0
// From where to where an article goes on a page, by the shape of its lines alone: paragraphs speak
// for it, short lines of menus and lists against it, and a stretch ends where they prevail. Runs of
// high sum as in Ruzzo and Tompa (1999), ended by a drop as alignments are (Altschul 1990).
#include "page.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vigie::press {
namespace {

constexpr int most_of_paragraph = 50; // words that count
constexpr int cost_of_paragraph = 8;
constexpr int lone_paragraph = 20;    // at most, of one between short lines
constexpr int lost_paragraph = 12;    // at most, of one between many
constexpr std::size_t many_short = 4; // lines on both sides of it
constexpr std::size_t far = 3;        // lines, more are no further
constexpr int short_sentence = 3;
constexpr int short_line = -3;
constexpr int line_of_site = -2;
constexpr int longest_drop = 60;           // below the best of a run, which ends it
constexpr int near_drop = 12;              // below the end of the text, where it may still go on
constexpr int least_first = 5;             // a first run is the text from a fifth of the best on,
constexpr int least_other = 2;             // another one belongs to it from a half on
constexpr std::size_t search_above = 20;   // lines, for a paragraph that says the same
constexpr std::size_t search_below = 8;    // lines
constexpr std::size_t long_paragraph = 25; // words
constexpr std::size_t least_letters = 5;   // of a word that tells what a text is about
constexpr std::size_t least_shared = 3;    // words of weight
constexpr std::size_t longest_headline = 19;
constexpr std::size_t longest_name = 4;

struct run {
  std::size_t begin = 0, end = 0; // lines
  int sum = 0;
};

bool is_sentence(const page_line& line) { return line.terminal && line.words >= 3; }

bool ends_with(const page_line& line, std::string_view mark) {
  return !line.tokens.empty() && line.tokens.back().fold == mark;
}

// What sites put between two paragraphs without ending the text.
bool within_text(label l) {
  return is_kept(l) || l == label::ad_insertion || l == label::image_alt || l == label::credits ||
         l == label::agency_code || l == label::source_line || l == label::date_line ||
         l == label::teaser || l == label::share_counter;
}

// A headline may ask, or call.
bool may_be_headline(const page_line& line) {
  return line.words <= longest_headline && (ends_with(line, "?") || ends_with(line, "!"));
}

class extent_finder {
public:
  explicit extent_finder(page& p) : lines_(p.lines) {}

  void run_all() {
    find_runs();
    if (runs_.empty()) return;
    choose();
    reach_out();
    for (const run& r : runs_) {
      for (std::size_t i = r.begin; i < r.end; ++i) lines_[i].within = true;
    }
    label_above();
    label_gaps();
    label_below();
  }

private:
  // How many short lines and lines of the site stand between the line and the last sentence.
  static std::size_t farther(std::size_t since, const page_line& line) {
    if (line.what) return since + (within_text(*line.what) ? 0 : 1);
    return is_sentence(line) || is_paragraph(line) ? 0 : since + 1;
  }

  void count_gaps() {
    gap_.assign(lines_.size(), 0);
    beside_.assign(lines_.size(), false);
    const auto note = [&](std::size_t i, std::size_t since) {
      gap_[i] += std::min(since, far);
      beside_[i] = beside_[i] || since == 0;
    };
    std::size_t since = far;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      note(i, since);
      since = farther(since, lines_[i]);
    }
    since = far;
    for (std::size_t i = lines_.size(); i-- > 0;) {
      note(i, since);
      since = farther(since, lines_[i]);
    }
  }

  int score(std::size_t i) const {
    const page_line& line = lines_[i];
    if (line.what) return within_text(*line.what) ? 0 : line_of_site;
    if (is_paragraph(line)) {
      const int all = std::min(static_cast<int>(line.words), most_of_paragraph) - cost_of_paragraph;
      if (beside_[i]) return all;
      return std::min(all, gap_[i] < many_short ? lone_paragraph : lost_paragraph);
    }
    const bool verse = ends_with(line, ",") || ends_with(line, ";");
    if (is_sentence(line) || (verse && line.words >= 3)) return short_sentence;
    return has_bullet(line) ? 0 : short_line;
  }

  void find_runs() {
    count_gaps();
    run now;
    int sum = 0;
    const auto close = [&](std::size_t next) {
      if (now.sum > 0) runs_.push_back(now);
      now = {next, next, 0};
      sum = 0;
    };
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      sum += score(i);
      if (sum > now.sum) now = {now.begin, i + 1, sum};
      if (sum <= 0 || sum < now.sum - longest_drop) close(i + 1);
    }
    close(lines_.size());
  }

  // The first run that is large enough, and others as large; of an article in parts all are kept.
  void choose() {
    const int best = std::max_element(runs_.begin(), runs_.end(), [](const run& a, const run& b) {
                       return a.sum < b.sum;
                     })->sum;
    const auto first = std::find_if(runs_.begin(), runs_.end(),
                                    [&](const run& r) { return r.sum * least_first >= best; });
    std::vector<run> kept;
    for (auto r = first; r != runs_.end(); ++r) {
      if (r == first || r->sum * least_other >= best) kept.push_back(*r);
    }
    runs_ = std::move(kept);
  }

  template <class Visit> static void each_heavy(const page_line& line, Visit&& visit) {
    for (const token& t : line.tokens) {
      if (t.kind == token_kind::word && t.fold.size() >= least_letters) visit(t.hash);
    }
  }

  static void sort_once(std::vector<std::uint32_t>& words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }

  void learn_words() {
    for (const run& r : runs_) {
      for (std::size_t i = r.begin; i < r.end; ++i) {
        if (!lines_[i].what) each_heavy(lines_[i], [&](std::uint32_t w) { about_.push_back(w); });
      }
    }
    sort_once(about_);
  }

  // A paragraph with words of weight of which the text has a good part.
  bool says_the_same(std::size_t i, std::size_t least_words) {
    const page_line& line = lines_[i];
    if (line.what || !is_paragraph(line) || line.words < least_words) return false;
    if (about_.empty()) learn_words();
    std::vector<std::uint32_t> own;
    each_heavy(line, [&](std::uint32_t w) { own.push_back(w); });
    sort_once(own);
    const auto shared =
        static_cast<std::size_t>(std::count_if(own.begin(), own.end(), [&](std::uint32_t w) {
          return std::binary_search(about_.begin(), about_.end(), w);
        }));
    return shared >= least_shared && 5 * shared >= own.size();
  }

  // A lede above a share bar and a picture, a last paragraph below a box.
  void reach_out() {
    run& first = runs_.front();
    for (std::size_t i = first.begin - std::min(first.begin, search_above); i < first.begin; ++i) {
      if (!says_the_same(i, 0)) continue;
      first.begin = i;
      break;
    }
    run& last = runs_.back();
    for (std::size_t i = std::min(lines_.size(), last.end + search_below); i-- > last.end;) {
      if (!says_the_same(i, long_paragraph)) continue;
      last.end = i + 1;
      break;
    }
    while (last.end > last.begin + 1 && announces_nothing(last.end - 1)) --last.end;
  }

  // "You may also like:" as the last line, with no list of the text behind it.
  bool announces_nothing(std::size_t i) const {
    const page_line& line = lines_[i];
    if (line.what || is_paragraph(line) || !ends_with(line, ":") || i + 1 == lines_.size())
      return false;
    return lines_[i + 1].blank_before && !has_bullet(lines_[i + 1]);
  }

  // The first of the lines above the text that other rules judge.
  std::size_t begin_of_near() const {
    int drop = 0;
    std::size_t i = runs_.front().begin;
    while (i > 0 && drop <= near_drop) drop -= score(--i);
    return i + (drop > near_drop ? 1 : 0);
  }

  void label_above() {
    const std::size_t near = begin_of_near();
    for (std::size_t i = 0; i < near; ++i) {
      page_line& line = lines_[i];
      if (!line.what && is_paragraph(line))
        line.set(label::sidebar, "a paragraph among lines of the site above the text");
    }
  }

  void label_gaps() {
    for (std::size_t k = 1; k < runs_.size(); ++k) {
      for (std::size_t i = runs_[k - 1].end; i < runs_[k].begin; ++i) label_apart(lines_[i]);
    }
  }

  static void label_apart(page_line& line) {
    constexpr std::string_view why = "among lines of the site between parts of the text";
    if (line.what) return;
    if (line.words <= longest_name && !line.terminal)
      line.set(label::nav, why);
    else if (line.words <= longest_headline && !line.terminal)
      line.set(label::headline_list, why);
    else
      line.set(label::sidebar, why);
  }

  // Behind the lines below the text that other rules judge.
  std::size_t end_of_near() const {
    int drop = 0;
    std::size_t i = runs_.back().end;
    for (; i < lines_.size() && drop <= near_drop; ++i) drop -= score(i);
    return i;
  }

  void label_below() {
    for (std::size_t i = end_of_near(); i < lines_.size(); ++i) {
      page_line& line = lines_[i];
      const bool text = is_paragraph(line) || is_sentence(line) || line.words > longest_headline;
      if (line.what || !text || may_be_headline(line)) continue;
      if (line.addressed)
        line.set(label::self_promo, "speaks to its reader behind the text");
      else
        line.set(label::sidebar, "among lines of the site behind the text");
    }
  }

  std::vector<page_line>& lines_;
  std::vector<std::size_t> gap_; // short lines before and behind, to the next sentences
  std::vector<bool> beside_;     // a sentence stands right before or behind
  std::vector<run> runs_;
  std::vector<std::uint32_t> about_; // hashes of words of the text, sorted
};

} // namespace

void label_outside(page& p) { extent_finder(p).run_all(); }

} // namespace vigie::press
