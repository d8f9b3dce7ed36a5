// SPDX-License-Identifier: Apache-2.0
// Which lines of a page are what readers wrote below the article, and what stands behind that.
#include "page.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace vigie::press {
namespace {

constexpr std::size_t least_rule = 8; // words of a rule on comments
constexpr std::size_t longest_headline = 19;
constexpr std::size_t longest_link = 4;     // words
constexpr std::size_t longest_list = 24;    // lines
constexpr std::size_t least_paragraph = 15; // words of the text behind a counter in it

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
      if (is_header(line)) below_[i] = {below_[i].open, false, announced(line)};
    }
  }

  void run() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      auto& line = page_.lines[i];
      if (is_header(line)) {
        open_at(i);
      } else if (line.head != post_head::none && !inside_) {
        open_post(line);
      } else if (inside_ && (is_login(i) || is_footer(line))) {
        inside_ = false;
        behind_ = text_;
        if (!line.what) below_comments(line);
      } else if (inside_ && are_rules(i)) {
        line.set(label::comment_notice, "speaks to those who may write comments");
      } else if (inside_) {
        step(line);
      } else if (behind_ && !line.what) {
        below_comments(line);
      }
      if (line.by_phrase && line.what && !(heading_ && is_between_headlines(line)))
        heading_ = line.what == label::sidebar;
      text_ = text_ || (!line.what && is_paragraph(line));
    }
  }

private:
  void below_comments(page_line& line) {
    heading_ = heading_ && !line.blank_before;
    if (line.part)
      line.set(*line.part, "ends with a phrase of sites, below the comments");
    else if (heading_)
      line.set(label::headline_list, "in the list below a heading of the site");
    else
      line.set(label::sidebar, "below the comments of the article");
  }

  // "World", "2h ago • 2 min read": what a list of other stories puts between its headlines.
  static bool is_between_headlines(const page_line& line) {
    return !line.blank_before && line.words <= longest_headline &&
           (line.what == label::nav || line.what == label::share_counter ||
            line.what == label::date_line || line.what == label::ticker_label);
  }

  // "Contact us | Privacy" behind a gap, or such a row without bars.
  static bool is_footer(const page_line& line) {
    const bool links = line.part && may_stand_between(*line.part);
    const bool row = !line.by_phrase && (line.what == label::nav || line.what == label::breadcrumb);
    return line.blank_before && !line.indented && !line.terminal && (links || row);
  }

  // "Please keep to the subject ...": sentences to the reader right below the header, before the
  // first name.
  bool are_rules(std::size_t i) const {
    const page_line& line = page_.lines[i];
    if (line.what || i == 0 || !line.addressed || !line.terminal || line.words < least_rule)
      return false;
    const page_line& above = page_.lines[i - 1];
    return above.what == label::comment_header && !looks_like_comment(line);
  }

  // Two lines of a log-in box: one alone may be the name of a reader.
  bool is_login(std::size_t i) const {
    const auto box = [&](std::size_t k) {
      return k < page_.lines.size() && page_.lines[k].by_phrase &&
             page_.lines[k].what == label::login_box;
    };
    return box(i) && box(i + 1);
  }

  void open_at(std::size_t i) {
    if (text_ && !inside_ && announced(page_.lines[i]) == std::size_t{0} && !goes_on(i + 1)) {
      behind_ = true;
      return;
    }
    const bool begins = text_ || behind_ || inside_ || i + 1 == page_.lines.size() ||
                        looks_like_comment(page_.lines[i + 1]);
    if (begins && !is_counter(i)) {
      inside_ = true;
    } else {
      page_.lines[i].set(label::share_counter, begins ? "counts comments within the text"
                                                      : "counts comments above the text");
    }
  }

  // Within the text a counter announces more than follows, or as many as the next header, and
  // nothing up to there looks like comments.
  bool is_counter(std::size_t i) const {
    const auto& below = below_[i + 1];
    const auto count = announced(page_.lines[i]);
    if (!text_ || behind_ || inside_ || below.marked || !count) return false;
    if (is_listed(i) || opens_nothing(i, *count)) return true;
    std::size_t next = i + 1;
    while (next < page_.lines.size() && page_.lines[next].what) ++next;
    if (*count > below.open && goes_on(next)) return true;
    if (count != below.header) return false;
    while (next < page_.lines.size() && !is_header(page_.lines[next]) && !goes_on(next)) ++next;
    return goes_on(next);
  }

  // "View comments (148)" above a few short lines of the site and a heading of other stories.
  bool opens_nothing(std::size_t i, std::size_t count) const {
    const std::size_t end = std::min(page_.lines.size(), i + std::min(count, longest_list));
    for (std::size_t k = i + 1; k < end; ++k) {
      const page_line& line = page_.lines[k];
      if (line.by_phrase && line.what == label::sidebar) return k > i + 1;
      if (line.terminal || line.words > longest_link) return false;
    }
    return false;
  }

  // "12 comments" below a headline of a list that a phrase of sites heads: of that story.
  bool is_listed(std::size_t i) const {
    for (std::size_t n = 0; n < longest_list && i > 0 && !page_.lines[i].blank_before; ++n, --i) {
      const page_line& above = page_.lines[i - 1];
      if (above.by_phrase && above.what == label::sidebar) return true;
      if (above.terminal || above.words > longest_headline) return false;
    }
    return false;
  }

  static bool is_header(const page_line& line) {
    return line.what == label::comment_header && line.by_phrase;
  }

  bool goes_on(std::size_t i) const {
    return i < page_.lines.size() && !page_.lines[i].what && is_paragraph(page_.lines[i]) &&
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
    bool marked = false;  // one up to the next header looks like a comment, or a phrase says so
    std::optional<std::size_t> header{}; // what that one announces
  };

  page& page_;
  std::vector<what_follows> below_; // of the lines from there on
  std::size_t posts_ = 0;
  bool inside_ = false;
  bool behind_ = false;
  bool heading_ = false; // the list of other stories goes on
  bool text_ = false;
};

} // namespace

void label_comments(page& p) { comment_labeller(p).run(); }

} // namespace vigie::press
