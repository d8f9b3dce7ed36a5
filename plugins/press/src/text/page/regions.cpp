// SPDX-License-Identifier: Apache-2.0
// Labels a line gets from what stands around it: consent texts, comments, lists of other
// stories, the title, and what is left once all of these are known.
#include "page.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>

namespace vigie::press {
namespace {

constexpr std::size_t least_headline = 4; // words
constexpr std::size_t longest_title = 30; // words
constexpr std::size_t least_shared = 2;   // words with the text, of a title in disguise
constexpr std::size_t longest_name = 4;   // words of a menu item
constexpr std::size_t longest_headline = 19;
constexpr std::size_t least_paragraph = 15; // words of the text behind a counter in it
constexpr std::size_t least_of_consent = 6; // words, less are a button
constexpr std::size_t least_letters = 4;    // of a word that tells what a text is about

bool is_word(const token& t) { return t.kind == token_kind::word; }

bool has_bullet(const page_line& line) {
  if (line.tokens.empty() || line.tokens[0].kind != token_kind::mark) return false;
  for (const auto* bullet : {"•", "-", "*", "·", ">", "▪", "◦", "‣", "■", "→", "+"}) {
    if (line.tokens[0].fold == bullet) return true;
  }
  return false;
}

bool looks_like_comment(const page_line& line) {
  const bool numbered = line.tokens.size() > 1 && line.tokens[0].kind == token_kind::number &&
                        line.tokens[1].kind == token_kind::mark;
  return line.indented || numbered || has_bullet(line) || line.tokens.front().fold == "@";
}

// How many comments a header announces; nothing where it does not count them.
std::optional<std::size_t> announced(const page_line& line) {
  for (const token& t : line.tokens) {
    std::size_t n = 0;
    const char* const end = t.fold.data() + t.fold.size();
    if (t.kind == token_kind::number && std::from_chars(t.fold.data(), end, n).ptr == end) return n;
  }
  return std::nullopt;
}

// Comments from their header, or the head of a reader's post below the text, to a notice of the
// site; the header is told from a counter ("57 réactions") by the text in front of it and the look
// of what stands behind it. What follows the comments of an article is no part of it any more.
class comment_labeller {
public:
  explicit comment_labeller(page& p) : page_(p), below_(p.lines.size() + 1) {
    for (std::size_t i = p.lines.size(); i-- > 0;) {
      const page_line& line = p.lines[i];
      below_[i] = below_[i + 1];
      below_[i].open += line.what ? 0 : 1;
      below_[i].marked = below_[i].marked || line.head == post_head::sure || of_comments(line) ||
                         (!line.what && looks_like_comment(line));
    }
  }

  void run() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      auto& line = page_.lines[i];
      if (line.what == label::comment_header && line.by_phrase) {
        open_at(i);
      } else if (line.head != post_head::none && !inside_) {
        open_post(line);
      } else if (inside_) {
        step(line);
      } else if (behind_ && !line.what) {
        line.set(label::sidebar, "below the comments of the article");
      }
      text_ = text_ || (!line.what && is_paragraph(line));
    }
  }

private:
  void open_at(std::size_t i) {
    const bool begins = text_ || behind_ || inside_ || i + 1 == page_.lines.size() ||
                        looks_like_comment(page_.lines[i + 1]);
    // Within the text a counter announces more than follows, and nothing there looks like it.
    const auto& below = below_[i + 1];
    const bool counter = text_ && !behind_ && !inside_ && !below.marked && goes_on(i + 1) &&
                         announced(page_.lines[i]).value_or(0) > below.open;
    if (begins && !counter) {
      inside_ = true;
    } else {
      page_.lines[i].set(label::share_counter, counter ? "counts comments within the text"
                                                       : "counts comments above the text");
    }
  }

  bool goes_on(std::size_t i) const {
    while (i < page_.lines.size() && page_.lines[i].what) ++i;
    return i < page_.lines.size() && is_paragraph(page_.lines[i]) &&
           page_.lines[i].words >= least_paragraph;
  }

  // The first post of a thread is its text, those below it are comments.
  void open_post(page_line& line) {
    const bool below_text = line.head == post_head::sure && (text_ || behind_);
    if (below_text || (posts_ > 0 && text_))
      inside_ = true;
    else
      line.set(label::date_line, "says who wrote it, and when");
    ++posts_;
  }

  // What sites put between comments and below them.
  static bool may_stand_between(label l) {
    return l == label::self_promo || l == label::share_counter || l == label::nav;
  }

  // "Anonymous" is a phrase of log-in boxes, and a reader.
  static bool of_comments(const page_line& line) {
    return line.by_phrase &&
           (line.what == label::login_box || line.what == label::comment ||
            line.what == label::comment_notice || line.what == label::comment_header);
  }

  void step(page_line& line) {
    const bool notice = line.by_phrase && line.what == label::comment_notice;
    const bool site = line.by_phrase && line.what == label::sidebar && !line.indented;
    if (notice || site) {
      inside_ = false;
      behind_ = text_;
    } else if (!line.by_phrase || !may_stand_between(*line.what)) {
      line.set(label::comment, "below the header of the comments");
    }
  }

  struct what_follows {
    std::size_t open = 0; // lines without a label
    bool marked = false;  // one of them looks like a comment, or a phrase says so
  };

  page& page_;
  std::vector<what_follows> below_; // of the lines from there on
  std::size_t posts_ = 0;
  bool inside_ = false;
  bool behind_ = false;
  bool text_ = false;
};

bool is_consent(const page_line& line) {
  return line.by_phrase && line.what == label::nav && line.words >= least_of_consent;
}

// Sentences of a consent text that do not show it alone: beside one that does, at either end of
// the page.
template <class Lines> void label_consent(Lines begin, Lines end) {
  bool wall = false;
  for (auto line = begin; line != end; ++line) {
    if (line->what) {
      wall = wall || is_consent(*line);
      continue;
    }
    const auto next = std::next(line);
    const bool beside = wall || (next != end && is_consent(*next));
    if (line->asks_consent && beside) {
      line->set(label::nav, "beside a text that asks for consent");
    } else if (is_paragraph(*line)) {
      return;
    }
  }
}

// What stands below the title of an article, never below a headline of a list.
bool heads_article(const page& p, std::size_t i) {
  if (i + 1 >= p.lines.size()) return false;
  const auto& below = p.lines[i + 1].what;
  return below == label::date_line || below == label::credits;
}

// Lines under a heading such as "Sur le même sujet": bullets, or unfinished lines without a gap.
void label_lists(page& p) {
  bool inside = false;
  for (std::size_t i = 0; i < p.lines.size(); ++i) {
    auto& line = p.lines[i];
    if (line.what) {
      inside =
          line.by_phrase && (*line.what == label::sidebar || *line.what == label::ticker_label);
      continue;
    }
    inside = inside && !heads_article(p, i) &&
             (has_bullet(line) || (!line.blank_before && !line.terminal));
    if (inside) line.set(label::headline_list, "in the list below a heading of the site");
  }
}

// "10:31 The dam holds": a headline of a ticker, however short.
bool is_timed(const page_line& line) {
  const token_view t = line.tokens;
  return line.words >= 2 && t.size() > 3 && t[0].kind == token_kind::number && t[1].fold == ":" &&
         t[2].kind == token_kind::number && glued(t, 1) && glued(t, 2);
}

class composer {
public:
  explicit composer(page& p) : page_(p) {}

  std::optional<std::size_t> run() {
    find_text();
    const auto title = find_title();
    if (title) page_.lines[*title].set(label::title, "heads the text and shares its words");
    label_before(title);
    label_text();
    label_behind();
    return title;
  }

private:
  bool open(std::size_t i) const { return !page_.lines[i].what.has_value(); }

  // First and last line of running text: from the first paragraph to the last sentence. Without a
  // paragraph, sentences alone make the text.
  void find_text() {
    first_ = first_line([](const page_line& l) { return is_paragraph(l); });
    if (first_ == page_.lines.size()) first_ = first_line(is_sentence);
    end_ = first_;
    for (std::size_t i = first_; i < page_.lines.size(); ++i) {
      if (open(i) && (is_paragraph(page_.lines[i]) || is_sentence(page_.lines[i]))) end_ = i + 1;
    }
  }

  static bool is_sentence(const page_line& l) { return l.terminal && l.words >= 3; }

  template <class Predicate> std::size_t first_line(Predicate is_text) const {
    std::size_t i = 0;
    while (i < page_.lines.size() && !(open(i) && is_text(page_.lines[i]))) ++i;
    return i;
  }

  // Hashes of the words that tell what the text is about, sorted, each once.
  std::vector<std::uint32_t> words_of_text() const {
    std::vector<std::uint32_t> out;
    for (std::size_t i = first_; i < end_; ++i) {
      if (open(i)) add_words(page_.lines[i], out);
    }
    sort_once(out);
    return out;
  }

  static void sort_once(std::vector<std::uint32_t>& words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }

  static void add_words(const page_line& line, std::vector<std::uint32_t>& out) {
    for (const auto& t : line.tokens) {
      if (is_word(t) && t.fold.size() >= least_letters) out.push_back(t.hash);
    }
  }

  bool can_be_title(std::size_t i) const {
    const auto& line = page_.lines[i];
    const bool full_stop = line.terminal && line.tokens.back().fold == ".";
    return line.words >= 2 && line.words <= longest_title && !full_stop && !has_bullet(line);
  }

  std::size_t shared_with(const std::vector<std::uint32_t>& about, std::size_t i) const {
    std::vector<std::uint32_t> own;
    add_words(page_.lines[i], own);
    sort_once(own);
    return static_cast<std::size_t>(std::count_if(own.begin(), own.end(), [&](std::uint32_t w) {
      return std::binary_search(about.begin(), about.end(), w);
    }));
  }

  // "Video: the harbour radar fails", or a headline right below "Special report": what looks like
  // a list of other stories, but is all that stands above the text and speaks of the same.
  std::optional<std::size_t> title_in_disguise() const {
    for (std::size_t i = first_; i-- > 0;) {
      const auto& line = page_.lines[i];
      const bool list = line.what == label::sidebar || line.what == label::headline_list;
      if (list && can_be_title(i) && line.words >= least_headline) {
        return shared_with(words_of_text(), i) >= least_shared ? std::optional(i) : std::nullopt;
      }
      if (line.what == label::breadcrumb || line.what == label::sidebar) return std::nullopt;
    }
    return std::nullopt;
  }

  // The unfinished line above the text that shares most words with it; the later one where two
  // share as many. Where none shares any, the last that is long enough for a headline.
  std::optional<std::size_t> find_title() const {
    std::optional<std::vector<std::uint32_t>> about;
    std::optional<std::size_t> best;
    std::size_t best_shared = 0;
    std::optional<std::size_t> nearest;
    for (std::size_t i = 0; i < first_; ++i) {
      if (!open(i) || !can_be_title(i)) continue;
      if (!about) about = words_of_text();
      if (page_.lines[i].words >= least_headline) nearest = i;
      const std::size_t shared = shared_with(*about, i);
      if (best && shared < best_shared) continue;
      best = i;
      best_shared = shared;
    }
    if (best_shared > 0 || nearest) return best_shared > 0 ? best : nearest;
    return title_in_disguise();
  }

  void label_before(std::optional<std::size_t> title) {
    for (std::size_t i = 0; i < first_ && i < page_.lines.size(); ++i) {
      if (!open(i)) continue;
      auto& line = page_.lines[i];
      const bool below = title && i > *title;
      if (is_timed(line) && !below) {
        line.set(label::headline_list, "headline behind a time of day");
      } else if (line.words <= longest_name) {
        line.set(label::nav, "short line above the text");
      } else if (!below && first_ < page_.lines.size()) {
        line.set(label::headline_list, "headline above the title that is not the title");
      }
    }
  }

  bool is_quote(const page_line& line) const {
    if (line.words < 5 || line.tokens.size() < 2) return false;
    const std::string_view first = line.tokens.front().fold;
    auto last = line.tokens.rbegin();
    if (last->fold == "." && line.tokens.size() > 2) ++last;
    const bool guillemets = first == "«" && last->fold == "»";
    const bool curly = first == "“" && last->fold == "”";
    const bool straight = first == "\"" && last->fold == "\"";
    if (!guillemets && !curly && !straight) return false;
    // One quotation, not two with the reporter's words between.
    return std::count_if(line.tokens.begin(), line.tokens.end(), [&](const token& t) {
             return t.fold == first || t.fold == last->fold;
           }) == 2;
  }

  void label_text() {
    bool lede = true;
    for (std::size_t i = 0; first_ < end_ && i < end_; ++i) {
      if (!open(i)) continue;
      auto& line = page_.lines[i];
      if (lede && i >= first_) {
        line.set(label::lede, "first paragraph of the text");
        lede = false;
      } else if (is_quote(line)) {
        line.set(label::quote, "one quotation from end to end");
      } else {
        line.set(label::body, "running text");
      }
    }
  }

  void label_behind() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      if (!open(i)) continue;
      auto& line = page_.lines[i];
      if (is_timed(line) && line.words <= longest_headline) {
        line.set(label::headline_list, "headline behind a time of day");
      } else if (line.words <= longest_name) {
        line.set(label::nav, "short line outside of the text");
      } else if (line.words <= longest_headline) {
        line.set(label::headline_list, "unfinished line outside of the text");
      } else {
        line.set(label::body, "running text");
      }
    }
  }

  page& page_;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
};

} // namespace

std::optional<std::size_t> label_by_place(page& p) {
  label_consent(p.lines.begin(), p.lines.end());
  label_consent(p.lines.rbegin(), p.lines.rend());
  label_copies(p);
  comment_labeller(p).run();
  label_lists(p);
  return composer(p).run();
}

} // namespace vigie::press
