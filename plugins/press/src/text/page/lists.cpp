// SPDX-License-Identifier: Apache-2.0
// Lists of other stories, by their heading, by days and times between their lines, or by links to
// the rest of what was cut; and chronologies, which look like them and are the text's.
#include "page.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t least_headline = 4; // words
constexpr std::size_t longest_name = 4;   // words of a menu item
constexpr std::size_t longest_headline = 19;
constexpr std::size_t least_of_pairs = 2; // headlines with what they are about, in a list
constexpr std::size_t longest_about = 40; // words of that
constexpr std::size_t least_of_days = 3;  // headlines with their days, in a list
constexpr std::size_t words_of_day = 2;

// A headline may ask, or call.
bool asks(const page_line& line) {
  const std::string_view last = line.tokens.back().fold;
  return line.words <= longest_headline && (last == "?" || last == "!");
}

bool may_be_listed(const page_line& line) { return !line.terminal || asks(line); }

// "More" and "World" are links, but headlines below make them the heading of a list.
bool heads_headlines(const page& p, std::size_t i) {
  const page_line& line = p.lines[i];
  if (!line.by_phrase || line.what != label::nav || line.words > longest_name || !line.blank_before)
    return false;
  std::size_t end = i + 1;
  for (; end < p.lines.size() && !p.lines[end].blank_before; ++end) {
    const page_line& below = p.lines[end];
    if (below.what || !may_be_listed(below) || below.words < least_headline) return false;
  }
  return end > i + 2;
}

// "In brief" above sentences with bullets: the text's own points.
bool heads_points(const page& p, std::size_t i) {
  const page_line& line = p.lines[i];
  if (!line.by_phrase || line.what != label::ticker_label || i + 2 >= p.lines.size()) return false;
  const auto is_point = [](const page_line& l) {
    return !l.what && has_bullet(l) && l.terminal && l.words >= least_headline;
  };
  return is_point(p.lines[i + 1]) && is_point(p.lines[i + 2]);
}

// What the look of a line below the heading of a list says about it: it is tags, or a headline with
// its date. Above the text it may be the article's own.
std::optional<label> listed_by_look(const page_line& line) {
  if (line.by_phrase || line.blank_before) return std::nullopt;
  if (line.what == label::breadcrumb) return label::sidebar;
  const bool dated = line.what == label::date_line && line.words > longest_name;
  return dated ? std::optional(label::headline_list) : std::nullopt;
}

bool is_about(const page_line& line) {
  return !line.what && line.terminal && !line.blank_before && line.words <= longest_about;
}

bool is_headline(const page_line& line) {
  return !line.what && !line.terminal && !line.blank_before && line.words >= least_headline &&
         line.words <= longest_headline;
}

// Behind headlines with one sentence each, down to a gap or a line of the site; i where there are
// none.
std::size_t end_of_pairs(const page& p, std::size_t i) {
  std::size_t end = i;
  while (end + 1 < p.lines.size() && is_headline(p.lines[end]) && is_about(p.lines[end + 1]))
    end += 2;
  const bool ends = end == p.lines.size() || p.lines[end].blank_before || p.lines[end].what;
  return ends && end >= i + 2 * least_of_pairs ? end : i;
}

// "Opinion", "12 comments", "10:12" between headlines of a list.
bool is_note(const page& p, std::size_t i) {
  const page_line& line = p.lines[i];
  const bool small = line.what == label::nav || line.what == label::share_counter ||
                     line.what == label::ticker_label;
  if (!small || line.words > longest_name || line.blank_before || i + 1 == p.lines.size())
    return false;
  const page_line& next = p.lines[i + 1];
  return !next.what && !next.terminal && !next.blank_before && next.words >= 2;
}

// Lines under a heading such as "Sur le même sujet": bullets, or unfinished lines without a gap.
void label_headed(page& p) {
  bool inside = false;
  bool text = false;
  for (std::size_t i = 0, pairs = 0; i < p.lines.size(); ++i) {
    auto& line = p.lines[i];
    if (inside && i >= pairs) pairs = end_of_pairs(p, i);
    if (i < pairs) {
      line.set(label::headline_list, "in the list below a heading of the site");
      continue;
    }
    text = text || (!line.what && is_paragraph(line));
    if (heads_points(p, i)) line.set(label::body, "heads a list of sentences");
    if (heads_headlines(p, i)) line.set(label::sidebar, "heads a list of other stories");
    if (line.what && !is_kept(*line.what)) {
      const auto listed = inside && text ? listed_by_look(line) : std::nullopt;
      if (listed) line.set(*listed, "in the list below a heading of the site");
      const bool note = inside && is_note(p, i);
      inside =
          listed || note ||
          (line.by_phrase && (*line.what == label::sidebar || *line.what == label::ticker_label));
      continue;
    }
    inside = inside && !heads_article(p, i) &&
             (has_bullet(line) || (!line.blank_before && may_be_listed(line)));
    if (inside)
      line.set(is_row(p.text, line) ? label::sidebar : label::headline_list,
               "in the list below a heading of the site");
  }
}

// "10:31 The dam holds": the time of a headline of a ticker, however short.
std::optional<clock_time> time_in_front(const page_line& line) {
  const auto time = line.words >= 2 ? clock_at(line.tokens, 0) : std::nullopt;
  return time && time->end < line.tokens.size() ? time : std::nullopt;
}

// Headlines behind times of day without a gap, the latest first: news of the site. A chronicle of
// the text runs forward.
void label_timed(page& p) {
  const auto minute = [&](std::size_t i) -> int {
    const page_line& line = p.lines[i];
    if (line.what || line.words > longest_headline || !may_be_listed(line)) return -1;
    const auto time = time_in_front(line);
    return time && is_word(line.tokens[time->end]) ? time->minute : -1;
  };
  for (std::size_t i = 0; i < p.lines.size();) {
    std::size_t end = i + 1;
    int last = minute(i);
    for (; last >= 0 && end < p.lines.size() && !p.lines[end].blank_before; ++end) {
      const int next = minute(end);
      if (next < 0 || next >= last) break;
      last = next;
    }
    for (std::size_t k = i; end > i + 1 && k < end; ++k)
      p.lines[k].set(label::headline_list, "headlines behind times of day, the latest first");
    i = end;
  }
}

// The headlines right above lines that were cut and linked to their rest.
void label_cut(page& p) {
  const auto is_pair = [&](std::size_t i) {
    const page_line& line = p.lines[i];
    return i + 1 < p.lines.size() && p.lines[i + 1].why == cut_why && !line.what &&
           !line.terminal && line.words <= longest_headline;
  };
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < p.lines.size(); ++i) pairs += is_pair(i) ? 1 : 0;
  for (std::size_t i = 0; pairs >= least_of_pairs && i < p.lines.size(); ++i)
    if (is_pair(i)) p.lines[i].set(label::headline_list, "above its cut beginning");
}

// Above the text lines that a day or a length stands over, one by one: news of the site.
void label_dated(page& p) {
  const auto is_mark = [&](std::size_t i) {
    const auto& what = p.lines[i].what;
    return !p.lines[i].by_phrase && (what == label::share_counter || what == label::ticker_label ||
                                     what == label::date_line);
  };
  const auto is_item = [&](std::size_t i) {
    const page_line& line = p.lines[i];
    return !line.what && line.words >= least_headline && line.words <= longest_headline;
  };
  std::size_t end = 0;
  while (end < p.lines.size() && (p.lines[end].what || !is_paragraph(p.lines[end]) || is_item(end)))
    ++end;
  for (std::size_t i = 0; i + 1 < end; ++i) {
    std::size_t k = i;
    while (k + 1 < end && is_mark(k) && is_item(k + 1)) k += 2;
    for (std::size_t n = i + 1; k >= i + 2 * least_of_days && n < k; n += 2)
      p.lines[n].set(label::headline_list, "in a list of headlines with their days");
    i = std::max(i, k > i ? k - 1 : i);
  }
}

// Days in a row between paragraphs, each with what happened: a chronology of the text.
void label_chronologies(page& p) {
  const auto is_day = [&](std::size_t i) {
    const page_line& line = p.lines[i];
    return line.what == label::date_line && !line.by_phrase && line.words > words_of_day;
  };
  const auto is_text = [&](std::size_t i) { return !p.lines[i].what && is_paragraph(p.lines[i]); };
  std::size_t first = 0, last = p.lines.size();
  while (first < last && !is_text(first)) ++first;
  while (last > first && !is_text(last - 1)) --last;
  for (std::size_t i = first; i < last;) {
    std::size_t end = i;
    while (end < last && is_day(end)) ++end;
    for (std::size_t k = i; end >= i + least_of_days && k < end; ++k)
      p.lines[k].set(label::body, "in a chronology of the text");
    i = end + 1;
  }
}

} // namespace

bool heads_article(const page& p, std::size_t i) {
  if (i + 1 >= p.lines.size()) return false;
  const page_line& below = p.lines[i + 1];
  const bool named = !below.what && below.people && i + 2 < p.lines.size() &&
                     p.lines[i + 2].what == label::date_line;
  return below.what == label::date_line || below.what == label::credits || named;
}

bool is_timed(const page_line& line) { return time_in_front(line).has_value(); }

void label_lists(page& p) {
  label_chronologies(p);
  label_cut(p);
  label_dated(p);
  label_timed(p);
  label_headed(p);
}

} // namespace vigie::press
