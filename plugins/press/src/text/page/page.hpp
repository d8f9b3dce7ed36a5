// SPDX-License-Identifier: Apache-2.0
// The lines of a page with what the reader learns about them. Inner to read_article: page.cpp
// labels lines by their own look, of which head_lines.cpp and datelines.cpp know what says who
// wrote, where and when, row_lines.cpp rows of links, coded_lines.cpp those of numbers and codes;
// title.cpp finds the title; lists.cpp, blocks.cpp, calls.cpp, bare_captions.cpp, around_lines.cpp,
// comment_lines.cpp, extent.cpp, tail.cpp and regions.cpp label by what stands around;
// insertions.cpp cuts residue out of text lines. Values only, any thread.
#pragma once

#include "article.hpp"

namespace vigie::press {

inline constexpr std::string_view byline_why = "names who wrote the text";
inline constexpr std::string_view dateline_why = "an agency's dateline";
inline constexpr std::string_view place_why = "a place in front of the first sentence";
inline constexpr std::string_view agency_date_why = "an agency and a date in brackets end the line";

// Whether a line says who wrote the post below it, and when. A likely one may also date an article.
enum class post_head : std::uint8_t { none, likely, sure };

struct page_line {
  byte_span span; // without blanks at its sides
  std::size_t number = 0;
  bool blank_before = false;
  bool indented = false;
  token_view tokens;                     // of the page
  std::span<const std::uint64_t> starts; // of each token: lexicon::starts, once label_by_look ran
  std::size_t words = 0;
  bool terminal = false; // ends as a sentence does, or goes on
  bool wrapped = false;  // of a paragraph that line ends cut
  bool goes_on = false;  // its sentence ends in a line below
  std::optional<label> what;
  std::string_view why;      // a constant, as in segment
  bool by_phrase = false;    // a phrase of the lexicon gave the label
  bool asks_consent = false; // speaks as consent texts do, but not surely
  bool addressed = false;    // speaks to its reader, or of the site as ours
  bool urges = false;        // does so with two different words or more, or a phrase of calls
  bool calls = false;        // holds two different phrases of calls to subscribe, follow, give
  bool opens_call = false;   // its first word speaks to the reader
  bool within = false;       // in a stretch where paragraphs prevail
  bool people = false;       // holds names of people and nothing else, as far as capitals tell
  bool bracketed = false;    // stands in square brackets from end to end
  bool named = false;        // few words, all of weight with a capital: the name of a site
  std::optional<label> part; // of a phrase of sites that fills a part of the line
  post_head head = post_head::none;
  std::size_t place = 0; // tokens of a dateline without a day in front of the text

  // Whether a phrase of one of the classes (bits) begins at the token; false of most.
  [[nodiscard]] bool begins(std::size_t i, std::uint64_t classes) const {
    return (starts[i] & classes) != 0;
  }
  void set(label l, std::string_view reason) {
    what = l;
    why = reason;
  }
};

struct page {
  std::string_view text;
  token_list tokens;                 // offsets in the text
  std::vector<std::uint64_t> starts; // of each token
  std::vector<page_line> lines;      // those that are not blank
};

// A line of running text: long enough and ended like a sentence, or long.
[[nodiscard]] bool is_paragraph(const page_line& line);

// Ends with "…" or three dots.
[[nodiscard]] bool ends_cut(const page_line& line);

[[nodiscard]] page split_lines(std::string_view text);

// Labels by phrases of the lexicon and by the look of the single line.
void label_by_look(page& p, const lexicon& words);

// A bar, a bullet, or a dash between blanks: what stands between the names of a row.
[[nodiscard]] bool separates(token_view tokens, std::size_t i);

// Two blanks or a tab in front of token i: between the links of a row, the cells of a table.
[[nodiscard]] bool wide_gap(std::string_view text, token_view tokens, std::size_t i);

// Rows of links. The label of the phrases of sites that cover every word between two tokens:
// "Accueil | Monde | Économie", "10 commentaires".
[[nodiscard]] std::optional<label> covered_by_phrases(token_view tokens, std::size_t begin,
                                                      std::size_t end, const lexicon& words);
// What a row is of which one link heads comments: "61 comments | Print", "Post a comment  House
// rules".
[[nodiscard]] std::optional<label> beside_comments(std::string_view text, const page_line& line,
                                                   const lexicon& words);
// "News Weather Sport Harbours Puzzles": names without marks between, and nothing that joins them.
// Notes the part of the line where too few of them are known.
[[nodiscard]] bool is_menu(std::string_view text, page_line& line, const lexicon& words);
// "Set by hand. Log in", "[Digest] - back to index": the label of a part that a phrase of sites
// fills; of several words where the line may be a headline behind its section.
[[nodiscard]] std::optional<label> known_part(std::string_view text, const page_line& line,
                                              const lexicon& words);
// "Terms of use | Privacy | Our history | Contact": short names in a row, half of which are phrases
// of sites.
[[nodiscard]] std::optional<label> label_of_links(std::string_view text, const page_line& line,
                                                  const lexicon& words);

struct clock_time {
  int minute = 0;      // of the day
  std::size_t end = 0; // token behind it
  bool sure = false;   // "10:30" or "10 h 30", not "10.30"
};
[[nodiscard]] std::optional<clock_time> clock_at(token_view tokens, std::size_t i);

// A line that holds a time of day and nothing else: date_line where it is that of an update.
[[nodiscard]] std::optional<label> label_of_time(const page_line& line, const lexicon& words);
[[nodiscard]] bool is_file_name(const page_line& line);
// "The harbour in March 2013. © AFP/Anna Roy": ends with who made or owns the picture.
[[nodiscard]] bool is_caption(std::string_view text, const page_line& line, const lexicon& words);
[[nodiscard]] bool is_breadcrumb(std::string_view text, const page_line& line);
// "Anna Roy, press@gull.example": a short line with an address of e-mail or a telephone number.
[[nodiscard]] bool gives_address(const page_line& line);
inline constexpr std::string_view address_why = "an address of e-mail, or a telephone number";
// "Anne Roy (now) and Luc Blin", "Anne Roy in Lyon": two names or more with a capital, and no other
// word but what joins them.
[[nodiscard]] bool names_people(std::string_view text, const page_line& line, const lexicon& words);

// Where the headline begins behind a phrase at token i that heads other stories, and a colon, a bar
// or a dash: "Also read | Two swans ..."; 0 where none does.
[[nodiscard]] std::size_t headline_behind(std::string_view text, token_view tokens, std::size_t i,
                                          const lexicon& words);

// Where who is quoted is named behind a quotation that fills the rest of an unfinished line: "“We
// wait.” Ada Quill, pilot at Selmouth"; 0 where nobody is.
[[nodiscard]] std::size_t author_behind_quote(std::string_view text, token_view tokens);

// Behind "ab/CD", each of small letters or of capitals, that begins at token i; i where none does.
[[nodiscard]] std::size_t initials_end(std::string_view text, token_view tokens, std::size_t i);

// Lines of numbers, codes and few words: a story's code, an agency and little else, degrees, a
// number alone; and many headlines on one line.
[[nodiscard]] bool is_story_code(std::string_view text, const page_line& line,
                                 const lexicon& words);
[[nodiscard]] bool is_initials(std::string_view text, const page_line& line);
[[nodiscard]] bool is_source_line(std::string_view text, const page_line& line,
                                  const lexicon& words);
[[nodiscard]] bool is_weather(const page_line& line);
[[nodiscard]] bool is_counter(const page_line& line, const lexicon& words);
[[nodiscard]] bool is_headline_list(std::string_view text, const page_line& line,
                                    const lexicon& words);

// What a line says of who wrote, and when.
[[nodiscard]] bool is_byline(std::string_view text, const page_line& line, const lexicon& words);
[[nodiscard]] bool is_date_line(std::string_view text, const page_line& line, const lexicon& words);
[[nodiscard]] post_head head_of_post(std::string_view text, const page_line& line,
                                     const lexicon& words);

// The first token of the text behind place, date and agency in front of it; 0 where there are none.
// Only for the first paragraph of a text.
[[nodiscard]] std::size_t dateline_end(std::string_view text, const page_line& line,
                                       const lexicon& words);

// Behind a place alone and its mark in front of a sentence: "DULUTH —", "Selmouth: The board"; 0
// where there is none.
[[nodiscard]] std::size_t place_in_front(std::string_view text, const page_line& line,
                                         const lexicon& words);

// Labels lists of other stories, and chronologies of the text.
void label_lists(page& p);
// Below the line stands what stands below the title of an article, never below a headline of a
// list.
[[nodiscard]] bool heads_article(const page& p, std::size_t i);
// "10:31 The dam holds": the time of a headline of a ticker in front of it.
[[nodiscard]] bool is_timed(const page_line& line);

// Labels the comments of readers and what stands below them.
void label_comments(page& p);

// Labels lines below an advertisement's heading, and what stands behind the last sentence of the
// text: lists of other stories under headings no lexicon knows, calls to readers, rows of links.
void label_adverts(page& p);
void label_tail(page& p);

// Labels what stands in a block of its own between and behind paragraphs: contacts, calls with a
// button, amounts to give, beginnings of other stories.
void label_blocks(page& p);

// Labels of neighbours: consent texts at both ends of the page; none for a last paragraph that an
// agency signed; "© Rosa Lind" between the lines of
// the text; "Also read: ..." alone between paragraphs, which elsewhere is the site's; and calls
// among the links below the title, once all others are known.
void label_consents(page& p);
void restore_signed(page& p);
void label_owners(page& p);
void label_links(page& p);
void label_neighbours(page& p, std::optional<std::size_t> title);

[[nodiscard]] inline bool is_sign_of_money(const token& t) {
  return is_mark(t, "$") || is_mark(t, "€") || is_mark(t, "£") || is_mark(t, "¥") ||
         is_mark(t, "₹") || is_mark(t, "₦");
}

// Between two gaps, or a gap and the end of the page.
[[nodiscard]] bool stands_apart(const page& p, std::size_t i);

// Labels captions without an owner above the text and between its lines, by where they stand.
void label_captions(page& p, std::optional<std::size_t> title, std::size_t first, std::size_t end);

// Labels calls to readers between the lines of a text, and behind the last of them.
void label_calls(page& p, std::size_t first, std::size_t end);

// Labels sentences above, between and behind the stretches of lines that are the article's.
void label_outside(page& p);

// A bullet or the like begins the line.
[[nodiscard]] bool has_bullet(const page_line& line);

// Why a line is one that a site cut and linked to its rest.
inline constexpr std::string_view cut_why = "cut, with a link to the rest";

// Labels lines without a label that repeat another one.
void label_copies(page& p);

// Hashes of a line's words of so many letters, to be sorted, each once; and how many of those that
// tell what the text is about the line has, too.
void add_words(const page_line& line, std::size_t least_letters, std::vector<std::uint32_t>& out);
void sort_once(std::vector<std::uint32_t>& words);
[[nodiscard]] std::size_t shared_words(const std::vector<std::uint32_t>& about,
                                       const page_line& line);

// The title of the text between two lines.
[[nodiscard]] std::optional<std::size_t> find_title(const page& p, std::size_t first,
                                                    std::size_t end);

// "Our standards | Rights and permissions", "Town - Sea - Sports"
[[nodiscard]] bool is_row(std::string_view text, const page_line& line);
[[nodiscard]] std::size_t bars_of(const page_line& line);

// Labels copies, comments, lists, then title, lede, body and what is left. Returns the index of the
// title.
[[nodiscard]] std::optional<std::size_t> label_by_place(page& p);

struct insertion {
  byte_span span;
  label what;
  std::string_view why; // a constant, as in segment
};

// Residue inside a text line, in order, without overlap.
[[nodiscard]] std::vector<insertion> find_insertions(std::string_view text, const page_line& line,
                                                     const lexicon& words);

} // namespace vigie::press
