// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include <algorithm>
#include <array>

namespace vigie::press {
namespace {

constexpr std::size_t short_line = 12;        // words
constexpr std::size_t longest_call = 60;      // words of a newsletter or subscription call
constexpr std::size_t least_of_long_call = 3; // phrases beside the first, in a longer one
constexpr std::size_t most_tokens_of_link = 6;
constexpr std::size_t most_words_of_name = 5;
constexpr std::size_t least_of_name = 4; // letters of a word that has a capital in a name
constexpr std::size_t longest_cut = 60;  // words of a line that ends with a link to the rest
constexpr std::size_t least_of_cut = 12;
constexpr std::size_t most_in_front = 4; // words, of a phrase that bids to read another story
constexpr std::size_t most_of_site = 3;  // words of its name in front of a heading

std::size_t first_word(const page_line& line) {
  std::size_t i = 0;
  while (i < line.tokens.size() && !is_word(line.tokens[i])) ++i;
  return i;
}

class looker {
public:
  looker(std::string_view text, page_line& line, const lexicon& words)
      : text_(text), line_(line), tokens_(line.tokens), words_(words) {}

  void run() {
    if (by_phrase()) {
      line_.by_phrase = true;
      return;
    }
    note_look();
    if (is_heading_of_site()) {
      line_.by_phrase = true;
      return line_.set(label::sidebar, "a name and a heading of sites");
    }
    if (ends_in_link()) return line_.set(label::headline_list, cut_why);
    if (is_menu(text_, line_, words_))
      return line_.set(label::nav, "names in a row, half of them phrases of sites");
    if (is_initials(text_, line_))
      return line_.set(label::credits, "initials of an agency's staff");
    line_.head = head_of_post(text_, line_, words_);
    if (line_.head != post_head::none) {
      return line_.set(label::comment, "says who wrote the post below it, and when");
    }
    if (const auto time = label_of_time(line_, words_))
      return line_.set(*time, "nothing but a time of day");
    if (is_byline(text_, line_, words_)) return line_.set(label::credits, byline_why);
    if (is_date_line(text_, line_, words_)) {
      return line_.set(label::date_line, "nothing but a date");
    }
    if (is_story_code(text_, line_, words_))
      return line_.set(label::agency_code, "numbers and short codes in capitals");
    if (const auto links = label_of_links(text_, line_, words_))
      return line_.set(*links, "a row of links, half of them phrases of sites");
    if (is_source_line(text_, line_, words_))
      return line_.set(label::source_line, "names an agency and little else");
    if (is_weather(line_)) return line_.set(label::weather, "temperatures in a short line");
    if (gives_address(line_)) return line_.set(label::nav, address_why);
    if (is_counter(line_, words_))
      return line_.set(label::share_counter, "a number or a length of time alone on its line");
    if (is_file_name(line_)) return line_.set(label::image_alt, "looks like the name of a file");
    if (is_caption(text_, line_, words_))
      return line_.set(label::image_alt, "ends with the owner of a picture");
    if (is_breadcrumb(text_, line_))
      return line_.set(label::breadcrumb, "short names with arrows between");
    if (is_headline_list(text_, line_, words_)) {
      return line_.set(label::headline_list, "sentence starts without sentence ends");
    }
  }

private:
  bool by_phrase() {
    if (line_.words == 0) return false;
    if (const auto whole = covered_by_phrases(tokens_, 0, tokens_.size(), words_)) {
      if (*whole == label::nav && is_breadcrumb(text_, line_)) return false;
      const auto other =
          *whole == label::comment_header ? beside_comments(text_, line_, words_) : std::nullopt;
      if (other) {
        line_.set(*other, "comments in a row of other links");
        return true;
      }
      line_.set(*whole, "the whole line is a phrase of sites");
      return true;
    }
    auto start = words_.match(word_class::start, tokens_, 0); // "© ..."
    const bool quotes = !tokens_.empty() && still_quoted(tokens_[0], false);
    if (!start && !quotes) start = words_.match(word_class::start, tokens_, first_word(line_));
    if (start && line_.words <= longest_call && !advert_in_front()) {
      line_.set(*label_named(start->what->value), "starts with a phrase of sites");
      return true;
    }
    if (apologises()) {
      line_.set(label::comment_notice, "comments are closed, behind a word of regret");
      return true;
    }
    if (invites()) {
      line_.set(label::sidebar, "bids to read another story");
      return true;
    }
    return calls_reader();
  }

  // "Sorry, comments are closed."
  bool apologises() const {
    if (line_.words > short_line || tokens_.size() < 4 || !is_word(tokens_[0]) ||
        !is_mark(tokens_[1], ","))
      return false;
    const auto start = words_.match(word_class::start, tokens_, 2);
    return start && start->what->value == label_name(label::comment_notice);
  }

  // "You really must also read: The tide tables are wrong": a few words in front of such a phrase.
  bool invites() const {
    if (line_.words > short_line + most_in_front ||
        (line_.terminal && is_mark(tokens_.back(), ".")))
      return false;
    for (std::size_t i = 1; i < std::min(tokens_.size(), most_in_front + 1); ++i) {
      if (!is_word(tokens_[i - 1])) return false;
      if (line_.begins(i, bit_of(word_class::start)) && !capital(text_, tokens_[i]) &&
          headline_behind(text_, tokens_, i, words_) > 0)
        return true;
    }
    return false;
  }

  // What the rules of place ask of a line that no phrase labels.
  void note_look() {
    const bool bar = tokens_.size() > 3 && is_mark(tokens_.back(), "|");
    line_.bracketed = tokens_.size() > 2 && is_mark(tokens_[0], "[") &&
                      is_mark(tokens_[tokens_.size() - (bar ? 2 : 1)], "]") &&
                      line_.words <= short_line;
    line_.named = is_name_of_site();
    line_.people = names_people(text_, line_, words_);
    line_.part = known_part(text_, line_, words_);
    if (!line_.terminal && is_mark(tokens_[0], "#") && tokens_.size() > 1 && glued(tokens_, 1))
      line_.part = label::nav; // "#KeepItOn at the polls"
    if (is_paragraph(line_)) line_.place = place_in_front(text_, line_, words_);
    note_address();
  }

  void note_address() {
    const lexicon::entry* first = nullptr;
    bool quoted = false;
    for (std::size_t i = 0; i < tokens_.size() && !line_.urges; ++i) {
      quoted = still_quoted(tokens_[i], quoted);
      if (quoted || !line_.begins(i, bit_of(word_class::address))) continue;
      const auto found = words_.match(word_class::address, tokens_, i);
      if (!found) continue;
      line_.urges = first && first != found->what;
      line_.opens_call = line_.opens_call || i == 0;
      first = found->what;
    }
    line_.addressed = line_.urges || first != nullptr;
  }

  std::size_t heading_at(std::size_t i) const {
    const auto found = words_.match(word_class::line, tokens_, i);
    const bool heads = found && (found->what->value == label_name(label::sidebar) ||
                                 found->what->value == label_name(label::ticker_label));
    return heads && found->tokens > 1 && capital(text_, tokens_[i]) ? found->tokens : 0;
  }

  // "Top stories from The Gull": the name of a site behind a phrase that heads lists.
  bool is_heading_from_site() const {
    const std::size_t end = heading_at(0);
    if (end == 0 || end + 1 >= tokens_.size() || joins(0)) return false; // no "Le Fil de Vire"
    if (!joins(end) || capital(text_, tokens_[end])) return false;
    const auto names = tokens_.subspan(end + 1);
    return names.size() <= most_of_site + 1 &&
           std::all_of(names.begin(), names.end(),
                       [&](const token& t) { return !is_word(t) || capital(text_, t); });
  }

  // "The Gull Top stories": a phrase that heads lists of other stories behind the name of a site.
  bool is_heading_of_site() const {
    if (line_.terminal || line_.words > short_line) return false;
    if (is_heading_from_site()) return true;
    for (std::size_t i = 1, words = 1; i + 1 < tokens_.size() && words <= most_of_site; ++i) {
      const std::size_t heading = heading_at(i);
      if (heading > 0 && i + heading == tokens_.size()) return capital(text_, tokens_[0]);
      if (!is_word(tokens_[i])) continue;
      if (!capital(text_, tokens_[i]) && !glued(tokens_, i)) return false;
      words += glued(tokens_, i) ? 0 : 1;
    }
    return false;
  }

  // "..., and the mills have nothing left to Read more": the rest of a story stands elsewhere.
  bool ends_in_link() const {
    if (tokens_.size() < 4 || line_.words > longest_cut) return false;
    std::size_t end = tokens_.size();
    while (end > 0 && !is_word(tokens_[end - 1])) --end;
    for (std::size_t i = end; i > 2 && i + most_tokens_of_link > end; --i) {
      const auto found = words_.match(word_class::line, tokens_, i - 1);
      if (!found || found->tokens < 2 || i - 1 + found->tokens != end) continue;
      const bool more = found->what->value == label_name(label::nav) ||
                        found->what->value == label_name(label::sidebar);
      if (more && capital(text_, tokens_[i - 1]) && is_cut(i - 1)) return true;
    }
    return false;
  }

  // Whether a sentence breaks off in front of token i, where a link begins.
  bool is_cut(std::size_t i) const {
    const token& before = tokens_[i - 1];
    if (is_mark(before, "…")) return true;
    if (is_mark(before, ".")) return is_mark(tokens_[i - 2], ".");
    const bool small = is_word(before) && !capital(text_, before);
    return line_.words >= least_of_cut && (small || is_mark(before, ",")) &&
           !capital(text_, tokens_[i + 1]);
  }

  bool joins(std::size_t i) const {
    return words_.match(word_class::stop, tokens_, i) || words_.match(word_class::link, tokens_, i);
  }

  bool is_name_of_site() const {
    std::size_t heavy = 0;
    for (const token& t : tokens_) {
      if (!is_word(t) || t.fold.size() < least_of_name) continue;
      if (!capital(text_, t)) return false;
      ++heavy;
    }
    return heavy >= 2 && !line_.terminal && line_.words <= most_words_of_name;
  }

  // "[Publicité] Le texte va": the notice is cut out of the text, which stays.
  bool advert_in_front() const {
    if (!is_paragraph(line_) || tokens_.empty() || !is_mark(tokens_[0], "[")) return false;
    const auto notice = words_.match(word_class::line, tokens_, 1);
    return notice && notice->what->value == label_name(label::ad_insertion) &&
           1 + notice->tokens < tokens_.size() && is_mark(tokens_[1 + notice->tokens], "]");
  }

  // What phrases of one label a line holds. A report on a newsletter holds some, too: in a sentence
  // one of them must speak to the reader.
  struct call {
    std::string_view value;
    const lexicon::entry* first = nullptr;
    std::size_t different = 0; // from the first
    bool addressed = false;    // one of them speaks to the reader
  };

  // Two different phrases of the same kind, outside of what somebody is quoted with.
  bool calls_reader() {
    constexpr std::uint64_t calling = bit_of(word_class::inside) | bit_of(word_class::mention);
    std::array<call, 4> calls{};
    bool quoted = false;
    for (std::size_t i = 0; i < tokens_.size();) {
      quoted = still_quoted(tokens_[i], quoted);
      if (!line_.begins(i, calling)) {
        ++i;
        continue;
      }
      const auto inside = words_.match(word_class::inside, tokens_, i);
      const auto found = inside ? inside : words_.match(word_class::mention, tokens_, i);
      i += found ? found->tokens : 1;
      if (!found || quoted) continue;
      const auto known = std::find_if(calls.begin(), calls.end(), [&](const call& c) {
        return !c.first || c.value == found->what->value;
      });
      if (known != calls.end()) count(*known, *found, inside.has_value());
    }
    return take_call(calls);
  }

  static void count(call& c, const lexicon::found& found, bool addressed) {
    if (!c.first) c.first = found.what;
    c.value = c.first->value;
    c.different += found.what != c.first ? 1 : 0;
    c.addressed = c.addressed || addressed;
  }

  bool take_call(const std::array<call, 4>& calls) {
    for (const call& c : calls) {
      if (!c.first) break;
      const std::size_t least = line_.words > longest_call ? least_of_long_call : 1;
      if (c.different >= least && (c.addressed || !line_.terminal)) {
        line_.set(*label_named(c.value), "calls of a site to its readers");
        return true;
      }
      line_.calls = line_.calls || (c.different > 0 && c.value == label_name(label::self_promo));
      line_.urges = line_.urges || (c.addressed && c.value == label_name(label::self_promo));
      const bool consent = c.value == label_name(label::nav);
      line_.asks_consent = line_.asks_consent || (consent && (c.addressed || c.different > 0));
    }
    return false;
  }

  static bool still_quoted(const token& t, bool quoted) {
    if (is_mark(t, "«") || is_mark(t, "“")) return true;
    if (is_mark(t, "»") || is_mark(t, "”")) return false;
    return is_mark(t, "\"") ? !quoted : quoted;
  }

  std::string_view text_;
  page_line& line_;
  token_view tokens_;
  const lexicon& words_;
};

} // namespace

void label_by_look(page& p, const lexicon& words) {
  p.starts.reserve(p.tokens.size());
  for (const token& t : p.tokens) p.starts.push_back(words.starts(t));
  for (auto& line : p.lines) {
    const auto first = static_cast<std::size_t>(line.tokens.data() - p.tokens.data());
    line.starts = std::span(p.starts).subspan(first, line.tokens.size());
    looker(p.text, line, words).run();
  }
}

} // namespace vigie::press
