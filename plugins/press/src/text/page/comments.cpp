// SPDX-License-Identifier: Apache-2.0
#include "comments.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t longest_head = 14; // words of a line that says who wrote when
constexpr std::size_t longest_name = 4;  // words of a handle

struct comment_line {
  byte_span span;
  std::size_t number = 0;
  token_list tokens;
  std::size_t words = 0;
  bool button = false;       // "Reply", "Report"
  bool starts = false;       // a new comment starts here
  bool dated = false;        // names a day and little else
  bool head = false;         // the whole line is head, none of it text
  std::size_t text_from = 0; // of the page: behind number or bullet
  std::optional<byte_span> author;
};

class comment_reader {
public:
  comment_reader(std::string_view text, const article& a, const lexicon& words)
      : text_(text), words_(words) {
    for (const segment& s : a.segments)
      if (s.what == label::comment) lines_.push_back(line_of(s));
  }

  std::vector<reader_comment> run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) look(i);
    const bool marked =
        std::any_of(lines_.begin(), lines_.end(), [](const auto& l) { return l.starts; });
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const bool gap = i == 0 || lines_[i].number > lines_[i - 1].number + 1;
      take(lines_[i], marked ? lines_[i].starts : gap);
    }
    return std::move(out_);
  }

private:
  comment_line line_of(const segment& s) const {
    comment_line out;
    out.span = s.span;
    out.number = s.line;
    out.text_from = s.span.begin;
    out.tokens = tokenize(text_, s.span);
    out.words = static_cast<std::size_t>(
        std::count_if(out.tokens.begin(), out.tokens.end(),
                      [](const token& t) { return t.kind == token_kind::word; }));
    out.button = is_button(out.tokens);
    return out;
  }

  bool is_button(token_view tokens) const {
    bool named = false;
    for (std::size_t i = 0; i < tokens.size();) {
      const auto found = words_.match(word_class::line, tokens, i);
      if (!found && tokens[i].kind == token_kind::word) return false;
      named = named || found;
      i += found ? found->tokens : 1;
    }
    return named;
  }

  // "1.", "2)", "#3", "-"
  std::size_t list_mark(token_view t) const {
    const bool number = t.size() > 1 && t[0].kind == token_kind::number && t[0].fold.size() <= 4 &&
                        (is_mark(t[1], ".") || is_mark(t[1], ")")) && glued(t, 1) && !glued(t, 2);
    if (number) return 2;
    const bool hash = t.size() > 1 && is_mark(t[0], "#") && t[1].kind == token_kind::number;
    if (hash) return 2;
    const bool bullet = t.size() > 1 && t[0].kind == token_kind::mark && !glued(t, 1) &&
                        (t[0].fold == "•" || t[0].fold == "-" || t[0].fold == "*");
    return bullet ? 1 : 0;
  }

  void look(std::size_t i) {
    comment_line& line = lines_[i];
    if (line.button || line.tokens.empty()) return;
    const std::size_t mark = list_mark(line.tokens);
    if (mark > 0) {
      line.starts = true;
      line.text_from = mark < line.tokens.size() ? line.tokens[mark].begin : line.span.end;
    }
    if (line.words <= longest_head) read_head(line, mark);
    // A name above a line that says when belongs to it.
    if (line.dated && !line.author && i > 0) name_above(lines_[i - 1], line);
  }

  void read_head(comment_line& line, std::size_t first) {
    const token_view tokens = line.tokens;
    for (std::size_t i = first; i < tokens.size(); ++i) {
      const auto says = words_.match(word_class::comment_by, tokens, i);
      if (!says || i == first) continue;
      const std::size_t behind = i + says->tokens;
      const bool colon = behind < tokens.size() && is_mark(tokens[behind], ":");
      const bool dated = first_date(line) < tokens.size() && dates_fill(line, behind);
      if (colon || dated) return head(line, first, i);
    }
    const auto from = words_.match(word_class::comment_from, tokens, first);
    const std::size_t name = first + (from ? from->tokens : 0);
    const std::size_t date = first_date(line);
    if (date == tokens.size()) return at_handle(line, first);
    if (!dates_fill(line, date)) return;
    line.dated = true;
    head(line, name, date);
  }

  // "@name" alone on its line. In front of text it speaks to somebody.
  void at_handle(comment_line& line, std::size_t first) {
    const token_view t = line.tokens;
    if (first + 1 >= t.size() || !is_mark(t[first], "@")) return;
    for (std::size_t i = first + 1; i < t.size(); ++i)
      if (!glued(t, i)) return;
    head(line, first, t.size());
  }

  void head(comment_line& line, std::size_t first, std::size_t end) {
    const token_view t = line.tokens;
    while (first < end && is_mark(t[first], "@")) ++first;
    while (first < end && t[end - 1].kind == token_kind::mark && !is_mark(t[end - 1], ")")) --end;
    std::size_t words = 0;
    for (std::size_t i = first; i < end; ++i) words += t[i].kind == token_kind::word ? 1 : 0;
    if (words > longest_name) return;
    line.head = true;
    if (first == end) return;
    line.starts = true;
    line.author = byte_span{t[first].begin, t[end - 1].end};
  }

  // A short line with no sentence in it, above a date without a name.
  void name_above(comment_line& name, comment_line& date) {
    const bool short_name = name.words > 0 && name.words <= longest_name && !name.button &&
                            !name.head && name.number + 2 >= date.number;
    if (!short_name || ends_sentence(name.tokens)) return;
    name.head = true;
    name.starts = true;
    const token& first = name.tokens[list_mark(name.tokens)];
    name.author = byte_span{is_mark(first, "@") ? first.end : first.begin, name.span.end};
  }

  // "Luc B." is a name.
  static bool ends_sentence(token_view t) {
    const bool initial = t.size() > 1 && is_mark(t.back(), ".") && t[t.size() - 2].fold.size() == 1;
    return t.back().kind == token_kind::mark && !initial;
  }

  const date_findings& dates_in(const comment_line& line) {
    if (dates_line_ != &line) found_ = find_dates(whole_passage(text_, line.span), words_);
    dates_line_ = &line;
    return found_;
  }

  // The first token of the first date of the line that has days or is counted from now.
  std::size_t first_date(const comment_line& line) {
    const auto& found = dates_in(line);
    std::size_t at = line.span.end;
    for (const auto& d : found.dates) {
      const bool day = d.basis != date_basis::vague && d.kind == date_kind::point;
      if (day) at = std::min(at, d.spans.front().begin);
    }
    std::size_t i = 0;
    while (i < line.tokens.size() && line.tokens[i].begin < at) ++i;
    while (i > 0 && filler(line.tokens, i - 1)) --i;
    return i;
  }

  bool filler(token_view tokens, std::size_t i) const {
    for (const auto c : {word_class::date_filler, word_class::published, word_class::updated}) {
      const auto found = words_.match(c, tokens, i);
      if (found && found->tokens == 1) return true;
    }
    return false;
  }

  // Whether nothing but dates, clock times and the words around them stands from token i on.
  bool dates_fill(const comment_line& line, std::size_t i) {
    const auto& taken = dates_in(line).taken;
    for (; i < line.tokens.size(); ++i) {
      const token& t = line.tokens[i];
      const std::size_t begin = t.begin - line.span.begin;
      const bool inside = std::any_of(taken.begin(), taken.end(), [&](const byte_span& s) {
        return s.begin <= begin && begin < s.end;
      });
      if (!inside && t.kind != token_kind::mark && !filler(line.tokens, i)) return false;
    }
    return true;
  }

  void take(const comment_line& line, bool starts) {
    if (out_.empty() || starts) {
      out_.emplace_back();
      out_.back().span = line.span;
    }
    reader_comment& c = out_.back();
    c.span.end = line.span.end;
    if (line.author && !c.author) c.author = line.author;
    if (line.button || line.head || line.text_from >= line.span.end) return;
    if (!c.text.empty()) c.text.push_back('\n');
    c.text += text_.substr(line.text_from, line.span.end - line.text_from);
  }

  std::string_view text_;
  const lexicon& words_;
  std::vector<comment_line> lines_;
  const comment_line* dates_line_ = nullptr;
  date_findings found_;
  std::vector<reader_comment> out_;
};

} // namespace

std::vector<reader_comment> read_comments(std::string_view text, const article& a,
                                          const lexicon& words) {
  return comment_reader(text, a, words).run();
}

} // namespace vigie::press
