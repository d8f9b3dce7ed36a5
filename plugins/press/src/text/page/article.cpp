// SPDX-License-Identifier: Apache-2.0
#include "article.hpp"

#include "page.hpp"
#include "text/dates/time_beside.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t near_title = 3; // lines that are not blank
constexpr std::size_t near_head = 5;  // where text follows: below captions and a lede
constexpr std::size_t highest_rank = 3;

struct date_candidate {
  std::size_t line = 0; // index into page.lines
  date_mention date;
  std::string basis;
  std::size_t rank = highest_rank; // 0 "published", 1 a bare date, 2 "updated"
  std::size_t distance = 0;
};

class page_reader {
public:
  page_reader(std::string_view text, const lexicon& words) : text_(text), words_(words) {}

  article run() {
    page_ = split_lines(text_);
    label_by_look(page_, words_);
    title_ = label_by_place(page_);
    if (title_) out_.title = page_.lines[*title_].span;
    for (const auto& line : page_.lines) add_segments(line);
    find_agency();
    find_byline();
    find_publication();
    return std::move(out_);
  }

private:
  void add(byte_span span, label what, const page_line& line, std::string_view why) {
    const byte_span inner = trimmed(text_, span);
    if (inner.size() == 0) return;
    out_.segments.push_back({inner, what, is_kept(what), line.number, why});
  }

  // "3 May 2018 #Harbour #Pilots": where the tags begin.
  static std::size_t tags_behind(const page_line& line) {
    const token_view t = line.tokens;
    for (std::size_t i = 1; line.what == label::date_line && i + 1 < t.size(); ++i)
      if (t[i].fold == "#" && glued(t, i + 1)) return t[i].begin;
    return line.span.end;
  }

  void add_segments(const page_line& line) {
    std::size_t at = line.span.begin;
    if (is_kept(*line.what) && line.what != label::title) {
      for (const auto& cut : find_insertions(text_, line, words_)) {
        add({at, cut.span.begin}, *line.what, line, line.why);
        add(cut.span, cut.what, line, cut.why);
        at = cut.span.end;
      }
    }
    const std::size_t tags = tags_behind(line);
    add({at, tags}, *line.what, line, line.why);
    add({tags, line.span.end}, label::nav, line, "tags behind a date");
  }

  void agency_in(byte_span span) {
    if (out_.agency) return;
    out_.agency = press::find_agency(text_.substr(span.begin, span.size()), words_);
    if (!out_.agency) return;
    out_.agency->span.begin += span.begin;
    out_.agency->span.end += span.begin;
  }

  // "said to Reuters" in the text: agencies name themselves where they quote their own sources.
  void agency_told(const page_line& line) {
    const token_view tokens = line.tokens;
    for (std::size_t i = 0; i < tokens.size() && !out_.agency; ++i) {
      if (!line.begins(i, bit_of(word_class::told))) continue;
      const auto told = words_.match(word_class::told, tokens, i);
      if (!told) continue;
      const std::size_t at = i + told->tokens;
      const auto found = words_.match(word_class::agency, tokens, at);
      if (!found || !capital(text_, tokens[at])) continue;
      out_.agency =
          agency_found{found->what->value, {tokens[at].begin, tokens[at + found->tokens - 1].end}};
    }
  }

  void agency_by_code(byte_span span) {
    const auto tokens = tokenize(text_, span);
    const auto found = words_.match(word_class::agency_code, tokens, 0);
    if (found && !out_.agency) out_.agency = agency_found{found->what->value, span};
  }

  void find_agency() {
    const auto in_each = [&](label wanted, auto&& look) {
      for (const auto& s : out_.segments) {
        if (s.what == wanted && !out_.agency) look(s.span);
      }
    };
    in_each(label::source_line, [&](byte_span s) { agency_in(s); });
    in_each(label::date_line, [&](byte_span s) { agency_in(s); });
    in_each(label::credits, [&](byte_span s) { agency_in(s); });
    for (const auto& line : page_.lines) {
      const bool text = is_kept(*line.what) && line.what != label::title;
      if (text && !out_.agency) agency_told(line);
    }
    in_each(label::agency_code, [&](byte_span s) { agency_by_code(s); });
  }

  // Behind the words that open a byline stand names, up to a date or whatever else.
  void find_byline() {
    for (const page_line& line : page_.lines) {
      const bool names = line.what == label::credits && line.why == byline_why;
      if (!names && line.what != label::date_line) continue;
      const token_view t = line.tokens;
      const auto by = words_.match(word_class::byline, t, 0);
      if (!by) continue;
      const std::size_t end = names ? in_front_of_role(t) : end_of_names(line, by->tokens);
      if (end <= by->tokens) continue;
      const bool whole = names && end == t.size();
      out_.byline = byte_span{t[by->tokens].begin, whole ? line.span.end : t[end - 1].end};
      return;
    }
  }

  // "Anne Roy, correspondent in Lyon": the comma behind the names.
  std::size_t in_front_of_role(token_view t) const {
    for (std::size_t i = 0; i + 1 < t.size(); ++i) {
      const bool small = t[i + 1].kind == token_kind::word && !capital(text_, t[i + 1]);
      if (t[i].fold == "," && small && !words_.match(word_class::conjunction, t, i + 1)) return i;
    }
    return t.size();
  }

  std::size_t end_of_names(const page_line& line, std::size_t i) const {
    const token_view t = line.tokens;
    std::size_t end = i; // behind the last name
    for (; i < t.size(); ++i) {
      if (t[i].kind == token_kind::word && capital(text_, t[i])) {
        end = i + 1;
      } else if (t[i].kind == token_kind::number || t[i].fold == "|") {
        break;
      } else if (t[i].kind == token_kind::word && !words_.match(word_class::conjunction, t, i)) {
        break;
      }
    }
    return end;
  }

  std::size_t first_text_line() const {
    const auto found = std::find_if(page_.lines.begin(), page_.lines.end(), [](const page_line& l) {
      return l.what == label::lede || l.what == label::body || l.what == label::quote;
    });
    return static_cast<std::size_t>(found - page_.lines.begin());
  }

  std::size_t last_text_line() const {
    for (std::size_t i = page_.lines.size(); i > 0; --i)
      if (is_kept(*page_.lines[i - 1].what)) return i - 1;
    return 0;
  }

  // What is said in front of the date on its line.
  void read_role(const page_line& line, date_candidate& c) const {
    for (std::size_t i = 0; i < line.tokens.size(); ++i) {
      if (line.tokens[i].begin >= c.date.spans.front().begin) break;
      if (words_.match(word_class::published, line.tokens, i)) {
        c.basis = "published_line";
        c.rank = 0;
      } else if (words_.match(word_class::updated, line.tokens, i)) {
        c.basis = "updated_line";
        c.rank = 2;
      }
    }
  }

  // "Deadline: 3 May 2018": the words in front say that the day is another one.
  bool dates_something_else(const page_line& line, const date_mention& d) const {
    bool other = false;
    for (std::size_t i = 0; i < line.tokens.size(); ++i) {
      if (line.tokens[i].begin >= d.begin) break;
      if (words_.match(word_class::other_date, line.tokens, i)) {
        other = true;
      } else if (words_.match(word_class::published, line.tokens, i) ||
                 words_.match(word_class::updated, line.tokens, i)) {
        other = false;
      }
    }
    return other;
  }

  void reject(const date_mention& d, std::string why) {
    out_.rejected.push_back({d.spans, d.begin, d.end, d.text, std::move(why)});
  }

  static bool names_day(const date_mention& d) {
    return d.kind == date_kind::point && d.basis == date_basis::explicit_date && d.from &&
           d.from == d.to;
  }

  void take_candidates(std::size_t index, const date_findings& found, bool signs_text,
                       std::vector<date_candidate>& out) {
    const auto& line = page_.lines[index];
    const std::size_t text = first_text_;
    const std::size_t anchor = title_.value_or(text);
    const std::size_t distance = index > anchor ? index - anchor : anchor - index;
    const bool headed = title_ || text < page_.lines.size();
    const std::size_t near = index < last_text_ ? near_head : near_title;
    const bool close = signs_text || (headed && (index <= text || distance <= near));
    for (const auto& d : found.dates) {
      if (d.basis != date_basis::explicit_date) continue;
      if (!names_day(d) || !close) {
        reject(d, !names_day(d) ? "names no single day"
                                : "stands on a date line far from the title and the text");
        continue;
      }
      if (!signs_text && dates_something_else(line, d)) {
        reject(d, "the words in front of it date something else");
        continue;
      }
      date_candidate c{index, d, {}, highest_rank, distance};
      if (!d.minute_of_day)
        c.date.minute_of_day = time_beside(text_, line.tokens, {d.begin, d.end}, words_);
      c.basis = "date_line";
      c.rank = 1;
      if (!signs_text) read_role(line, c); // else the line is text
      out.push_back(std::move(c));
    }
  }

  void reject_all(const date_findings& found, std::string_view where) {
    for (const auto& d : found.dates) {
      if (d.basis == date_basis::explicit_date) reject(d, "stands in " + std::string(where));
    }
  }

  static std::string place_of(label what) {
    if (is_kept(what)) return "the text: it dates what is told, not the telling";
    if (what == label::comment) return "a comment";
    return "residue of the site (" + std::string(label_name(what)) + ")";
  }

  // A date that names its year has four digits in a row, or two behind a sign: "3/5/18".
  static bool may_name_year(std::string_view bytes) {
    std::size_t digits = 0;
    char before = ' ';
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
      const char c = i < bytes.size() ? bytes[i] : ' ';
      if (c >= '0' && c <= '9') {
        ++digits;
        continue;
      }
      const bool sign = before == '/' || before == '-' || before == '.';
      if (digits == 4 || (digits == 2 && sign)) return true;
      digits = 0;
      before = c;
    }
    return false;
  }

  date_findings dates_in(token_view tokens) const {
    auto out = find_dates(text_, tokens, words_, std::nullopt);
    for (auto& d : out.dates) d.spans = {{d.begin, d.end}};
    for (auto& r : out.rejected) r.spans = {{r.begin, r.end}};
    return out;
  }

  void find_publication() {
    std::vector<date_candidate> candidates;
    first_text_ = first_text_line();
    last_text_ = last_text_line();
    std::size_t index = 0;
    for (const auto& s : out_.segments) {
      while (page_.lines[index].number < s.line) ++index;
      if (!may_name_year(text_.substr(s.span.begin, s.span.size()))) continue;
      const auto found = dates_in(tokens_within(page_.lines[index].tokens, s.span));
      for (const auto& r : found.rejected) out_.rejected.push_back(r);
      const bool dateline = s.why == dateline_why && index == first_text_;
      const bool signs_text = s.why == agency_date_why;
      const bool date_line =
          s.what == label::date_line && page_.lines[index].what == label::date_line;
      if (dateline || signs_text || date_line) {
        take_candidates(index, found, signs_text, candidates);
      } else {
        reject_all(found, place_of(s.what));
      }
    }
    choose(candidates);
  }

  void choose(std::vector<date_candidate>& candidates) {
    const auto best = std::min_element(
        candidates.begin(), candidates.end(), [](const date_candidate& a, const date_candidate& b) {
          return a.rank != b.rank ? a.rank < b.rank : a.distance < b.distance;
        });
    if (best == candidates.end()) return;
    out_.published = publication{*best->date.from, best->date.minute_of_day,
                                 best->date.spans.front(), best->basis};
    for (auto c = candidates.begin(); c != candidates.end(); ++c) {
      if (c == best) continue;
      reject(c->date, c->rank > best->rank ? "another line tells the publication more clearly"
                                           : "another date line stands nearer to the title");
    }
  }

  std::string_view text_;
  const lexicon& words_;
  page page_;
  std::optional<std::size_t> title_;
  std::size_t first_text_ = 0; // index into page_.lines
  std::size_t last_text_ = 0;
  article out_;
};

} // namespace

article read_article(std::string_view text, const lexicon& words) {
  return page_reader(text, words).run();
}

std::optional<agency_found> find_agency(std::string_view text, const lexicon& words) {
  const auto tokens = tokenize(text, {0, text.size()});
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto found = words.match(word_class::agency, tokens, i);
    if (!found || !capital(text, tokens[i])) continue;
    return agency_found{found->what->value, {tokens[i].begin, tokens[i + found->tokens - 1].end}};
  }
  return std::nullopt;
}

mapped_text body_of(std::string_view text, const article& a) {
  mapped_text out;
  out.text.text.reserve(text.size());
  out.text.pieces.reserve(a.segments.size());
  out.labels.reserve(a.segments.size());
  std::size_t line = 0;
  for (const auto& s : a.segments) {
    if (!s.keep) continue;
    if (!out.labels.empty()) out.text.text.push_back(s.line == line ? ' ' : '\n');
    line = s.line;
    out.text.append_as(text.substr(s.span.begin, s.span.size()), s.span);
    out.labels.push_back(s.what);
  }
  return out;
}

std::string clean_text(std::string_view text, const article& a) {
  return std::move(body_of(text, a).text.text);
}

} // namespace vigie::press
