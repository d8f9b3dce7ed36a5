// SPDX-License-Identifier: Apache-2.0
#include "text/page.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr std::size_t short_line = 12;   // words
constexpr std::size_t longest_call = 60; // words of a newsletter or subscription call
constexpr std::size_t longest_byline = 16;
constexpr std::size_t longest_caption = 45;
constexpr std::size_t longest_date_line = 24;
constexpr std::size_t shortest_date = 3; // tokens
constexpr std::size_t most_names = 3;    // words: "Par Anne Roy", "Lyon"
constexpr std::size_t most_words_of_name = 5;

bool is_word(const token& t) { return t.kind == token_kind::word; }

bool is_mark(const token& t, std::string_view fold) {
  return t.kind == token_kind::mark && t.fold == fold;
}

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
    if (is_post_head()) {
      line_.post_head = true;
      return line_.set(label::comment, "says who wrote the post below it, and when");
    }
    if (is_byline()) return line_.set(label::credits, byline_why);
    if (is_date_line()) return line_.set(label::date_line, "nothing but a date");
    if (is_source_line()) return line_.set(label::source_line, "names an agency and little else");
    if (is_weather()) return line_.set(label::weather, "temperatures in a short line");
    if (is_counter()) return line_.set(label::share_counter, "a number alone on its line");
    if (is_file_name()) return line_.set(label::image_alt, "looks like the name of a file");
    if (is_caption()) return line_.set(label::image_alt, "ends with the owner of a picture");
    if (is_breadcrumb()) return line_.set(label::breadcrumb, "short names with arrows between");
    if (is_headline_list()) {
      return line_.set(label::headline_list, "sentence starts without sentence ends");
    }
  }

private:
  bool by_phrase() {
    if (line_.words == 0) return false;
    if (const auto whole = covered_by_phrases()) {
      if (*whole == label::nav && is_breadcrumb()) return false;
      line_.set(*whole, "the whole line is a phrase of sites");
      return true;
    }
    auto start = words_.match(word_class::start, tokens_, 0); // "© ..."
    if (!start) start = words_.match(word_class::start, tokens_, first_word(line_));
    if (start && line_.words <= longest_call && !advert_in_front()) {
      line_.set(*label_named(start->what->value), "starts with a phrase of sites");
      return true;
    }
    return calls_reader();
  }

  // Whether phrases of sites cover every word of the line: "Accueil | Monde | Économie", "10
  // commentaires".
  std::optional<label> covered_by_phrases() const {
    std::optional<label> out;
    for (std::size_t i = 0; i < tokens_.size();) {
      const auto found = words_.match(word_class::line, tokens_, i);
      if (!found) {
        if (is_word(tokens_[i]) && !counts_thousands(i)) return std::nullopt;
        ++i;
        continue;
      }
      if (!out) out = label_named(found->what->value);
      i += found->tokens;
    }
    return out;
  }

  // "2,4 k partages"
  bool counts_thousands(std::size_t i) const {
    return i > 0 && tokens_[i - 1].kind == token_kind::number &&
           (tokens_[i].fold == "k" || tokens_[i].fold == "m");
  }

  // "[Publicité] Le texte va": the notice is cut out of the text, which stays.
  bool advert_in_front() const {
    if (!is_paragraph(line_) || tokens_.empty() || !is_mark(tokens_[0], "[")) return false;
    const auto notice = words_.match(word_class::line, tokens_, 1);
    return notice && notice->what->value == label_name(label::ad_insertion) &&
           1 + notice->tokens < tokens_.size() && is_mark(tokens_[1 + notice->tokens], "]");
  }

  // Two different phrases of the same kind, so that a report on a newsletter stays a report.
  bool calls_reader() {
    if (line_.words > longest_call) return false;
    const lexicon::entry* first = nullptr;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto found = words_.match(word_class::inside, tokens_, i);
      if (!found) continue;
      if (first && first != found->what && first->value == found->what->value) {
        line_.set(*label_named(first->value), "calls of a site to its readers");
        return true;
      }
      if (!first) first = found->what;
    }
    return false;
  }

  // "By Anne Roy and Luc Blin, Reuters": behind the phrase stand names and nothing else. A line
  // with a date is a date line, whoever it names.
  bool is_byline() {
    const auto by = words_.match(word_class::byline, tokens_, 0);
    if (!by || line_.words > longest_byline || line_.terminal) return false;
    std::size_t names = 0;
    for (std::size_t i = by->tokens; i < tokens_.size();) {
      const std::size_t filler = std::max(filler_at(i), joiner_at(i));
      const bool name = is_word(tokens_[i]) && capital(text_, tokens_[i]);
      if (tokens_[i].kind == token_kind::number) return false;
      if (filler == 0 && is_word(tokens_[i]) && !name) return false;
      names += name ? 1 : 0;
      i += std::max<std::size_t>(name ? 1 : filler, 1);
    }
    return names > 0;
  }

  // "Anne wrote on 3 March 2015 at 10:12:": a name, a word of who writes, and behind it nothing but
  // when. A name that opens with an article is no reader's.
  bool is_post_head() const {
    if (line_.words > longest_date_line || tokens_.size() > 3 * longest_date_line) return false;
    if (tokens_.empty() || words_.match(word_class::stop, tokens_, 0)) return false;
    const bool number = std::any_of(tokens_.begin(), tokens_.end(),
                                    [](const token& t) { return t.kind == token_kind::number; });
    if (!number) return false;
    std::size_t names = is_word(tokens_[0]) ? 1 : 0;
    for (std::size_t i = 1; i < tokens_.size() && names <= most_words_of_name; ++i) {
      const auto by = words_.match(word_class::comment_by, tokens_, i);
      if (by && names > 0) return only_when(i + by->tokens);
      names += is_word(tokens_[i]) ? 1 : 0;
    }
    return false;
  }

  bool only_when(std::size_t from) const {
    const auto found = find_dates(text_, tokens_, words_, std::nullopt);
    bool dated = false;
    for (std::size_t i = from; i < tokens_.size();) {
      const bool inside = within(found, tokens_[i]);
      const std::size_t filler = inside ? 1 : filler_at(i);
      if (filler == 0 && tokens_[i].kind != token_kind::mark) return false;
      dated = dated || inside;
      i += std::max<std::size_t>(filler, 1);
    }
    return dated;
  }

  std::size_t joiner_at(std::size_t i) const {
    for (const auto c : {word_class::conjunction, word_class::link, word_class::stop}) {
      if (const auto found = words_.match(c, tokens_, i)) return found->tokens;
    }
    return 0;
  }

  bool is_date_line() {
    if (line_.words > longest_date_line || tokens_.size() > 3 * longest_date_line) return false;
    if (tokens_.size() < shortest_date || !names_year()) return false;
    const auto found = find_dates(text_, tokens_, words_, std::nullopt);
    const bool dated = std::any_of(found.dates.begin(), found.dates.end(), [](const auto& d) {
      return d.kind == date_kind::point && d.basis == date_basis::explicit_date &&
             (d.grain == granularity::day || d.grain == granularity::minute);
    });
    return (dated || !found.rejected.empty()) && only_dates(found);
  }

  bool names_year() const {
    return std::any_of(tokens_.begin(), tokens_.end(), [](const token& t) {
      return t.kind == token_kind::number && t.fold.size() == 4;
    });
  }

  bool separates(std::size_t i) const {
    const auto& t = tokens_[i];
    const bool dash = is_mark(t, "-") && !glued(tokens_, i) && !glued(tokens_, i + 1);
    return dash || is_mark(t, "|") || is_mark(t, "·") || is_mark(t, "•");
  }

  // Whether the line says nothing beside its dates but what is said around them and a few names:
  // "Par Anne Roy, le 3 mars 2015", "Le Courrier | 3 mars 2015". A name set off by a bar or a dash
  // may hold any word.
  bool only_dates(const date_findings& found) const {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= tokens_.size(); ++i) {
      if (i < tokens_.size() && !separates(i)) continue;
      if (!may_stand_by_date(found, begin, i)) return false;
      begin = i + 1;
    }
    return true;
  }

  bool may_stand_by_date(const date_findings& found, std::size_t begin, std::size_t end) const {
    std::size_t names = 0;
    bool dated = false;
    bool lower = false;
    for (std::size_t i = begin; i < end;) {
      const bool inside = within(found, tokens_[i]);
      dated = dated || inside;
      const std::size_t filler = inside ? 1 : filler_at(i);
      if (filler == 0 && is_word(tokens_[i])) {
        lower = lower || !capital(text_, tokens_[i]);
        ++names;
      }
      i += std::max<std::size_t>(filler, 1);
    }
    if (dated) return !lower && names <= (line_.terminal ? 1u : most_names);
    return names <= most_words_of_name;
  }

  static bool within(const date_findings& found, const token& t) {
    const auto any = [&](const auto& mentions) {
      return std::any_of(mentions.begin(), mentions.end(),
                         [&](const auto& m) { return m.begin <= t.begin && t.end <= m.end; });
    };
    return any(found.dates) || any(found.rejected);
  }

  std::size_t filler_at(std::size_t i) const {
    for (const auto c : {word_class::published, word_class::updated, word_class::date_filler,
                         word_class::agency}) {
      if (const auto found = words_.match(c, tokens_, i)) return found->tokens;
    }
    return 0;
  }

  bool is_source_line() const {
    if (line_.words == 0 || line_.words > 6 || line_.terminal) return false;
    std::size_t named = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto found = words_.match(word_class::agency, tokens_, i);
      if (found && capital(text_, tokens_[i])) named = std::max(named, found->tokens);
    }
    return named > 0 && line_.words <= named + 2;
  }

  bool is_weather() const {
    if (line_.words > short_line || line_.terminal) return false;
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      const bool degrees =
          tokens_[i].fold == "℃" || tokens_[i].fold == "°" || tokens_[i].fold == "℉";
      if (degrees && tokens_[i - 1].kind == token_kind::number) return true;
    }
    return false;
  }

  // "398", "1 204", "1,2 k", "+ 57".
  bool is_counter() const {
    if (tokens_.size() > 6 || line_.words > 1) return false;
    const bool digits = std::any_of(tokens_.begin(), tokens_.end(),
                                    [](const token& t) { return t.kind == token_kind::number; });
    const bool short_word = std::all_of(tokens_.begin(), tokens_.end(), [](const token& t) {
      return !is_word(t) || t.fold == "k" || t.fold == "m";
    });
    return digits && short_word;
  }

  bool is_file_name() const {
    if (tokens_.size() < 3) return false;
    std::size_t underscores = 0;
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      if (!glued(tokens_, i)) return false;
      underscores += is_mark(tokens_[i], "_") ? 1 : 0;
    }
    const std::string_view last = tokens_.back().fold;
    const bool image = last == "jpg" || last == "jpeg" || last == "png" || last == "gif" ||
                       last == "webp" || last == "svg";
    return underscores >= 2 || (image && is_mark(tokens_[tokens_.size() - 2], "."));
  }

  // "The harbour in March 2013. © AFP/Anna Roy"
  bool is_caption() const {
    if (line_.words > longest_caption) return false;
    std::size_t behind = 0; // words behind the sign
    for (std::size_t i = tokens_.size(); i > 1 && behind <= most_words_of_name; --i) {
      if (is_mark(tokens_[i - 1], "©")) return behind > 0;
      behind += is_word(tokens_[i - 1]) ? 1 : 0;
    }
    return false;
  }

  // "&gt;" of a page that was escaped twice.
  bool is_escaped_arrow(const token& t) const {
    return is_mark(t, "&") && text_.substr(t.begin).starts_with("&gt;");
  }

  // Names of at most twelve words with ">", ">>", "›", "/" or "→" between, and no sentence.
  bool is_breadcrumb() const {
    if (line_.terminal || line_.words == 0 || line_.words > 20) return false;
    std::size_t arrows = 0;
    std::size_t slashes = 0;
    std::size_t since = 0;
    bool named = false;
    for (const auto& t : tokens_) {
      const bool arrow = is_mark(t, ">") || is_mark(t, "›") || is_mark(t, "→") || is_mark(t, "»") ||
                         is_escaped_arrow(t);
      const bool slash = is_mark(t, "/");
      if (is_mark(t, "«") || is_mark(t, "<")) return false;
      arrows += arrow && named && &t != &tokens_.back() ? 1 : 0;
      named = named || is_word(t);
      slashes += slash ? 1 : 0;
      since = arrow || slash ? 0 : since + (is_word(t) ? 1 : 0);
      if (since > 12) return false;
    }
    return arrows >= 1 || (slashes >= 2 && line_.words <= 10);
  }

  // Headlines run together: words that open sentences, in capitals, in the middle of an unfinished
  // line.
  bool is_headline_list() const {
    if (line_.terminal || line_.words < 25) return false;
    std::size_t starts = 0;
    std::size_t ends = 0;
    for (std::size_t i = 1; i + 1 < tokens_.size(); ++i) {
      const bool after_word = is_word(tokens_[i - 1]) && !glued(tokens_, i);
      const bool opener = is_word(tokens_[i]) && capital(text_, tokens_[i]) &&
                          (words_.match(word_class::stop, tokens_, i) ||
                           words_.match(word_class::link, tokens_, i));
      starts += after_word && opener ? 1 : 0;
      ends += is_mark(tokens_[i], ".") && !glued(tokens_, i + 1) && tokens_[i - 1].fold.size() > 2
                  ? 1
                  : 0;
    }
    return starts >= 3 && starts > 2 * ends;
  }

  std::string_view text_;
  page_line& line_;
  token_view tokens_;
  const lexicon& words_;
};

} // namespace

void label_by_look(page& p, const lexicon& words) {
  for (auto& line : p.lines) looker(p.text, line, words).run();
}

} // namespace vigie::press
