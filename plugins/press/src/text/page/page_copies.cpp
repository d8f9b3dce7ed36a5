// SPDX-License-Identifier: Apache-2.0
// Lines of a page that repeat another, whole or cut: teasers of the text, tables of contents, what
// pictures show, paths that end with the title.
#include "page.hpp"

#include <algorithm>
#include <cstdint>

namespace vigie::press {
namespace {

constexpr std::size_t least_of_pull = 5; // words of a quotation that was taken out of the text
constexpr std::size_t most_of_pull = 60;
constexpr std::size_t most_pulls = 16;    // on a page; each costs a walk through it
constexpr std::size_t least_copy = 4;     // words that make a repeated line a copy
constexpr std::size_t compared_first = 3; // of these: copies share them whole, however they are cut
constexpr std::size_t least_headline = 8; // words of one whose figures may differ
constexpr std::size_t least_prefix = 10;  // words that make a cut copy one, without an ellipsis
constexpr std::size_t least_of_contents = 3; // lines
constexpr std::size_t longest_heading = 19;  // words
constexpr std::size_t least_of_alt = 3;      // words
constexpr std::size_t near_caption = 3;      // lines above it
constexpr std::size_t longest_name = 4;      // words
constexpr std::size_t near_path = 8;         // lines below it
constexpr std::size_t longest_glued = 60;    // bytes of a path without blanks before the title
constexpr std::size_t most_in_front = 4;     // tokens of a path without arrows, before the title

// Figures of long headlines are brought up to date in one place and not in the other.
bool counts_once(const page_line& line) { return !line.terminal && line.words >= least_headline; }

// Words and numbers of a line; punctuation and case do not tell copies apart.
void append_key(const page_line& line, std::string& out) {
  const std::size_t begin = out.size();
  const bool any_number = counts_once(line);
  for (const auto& t : line.tokens) {
    if (t.kind == token_kind::mark) continue;
    const bool number = any_number && t.kind == token_kind::number;
    out.append(number ? "0" : std::string_view(t.fold)).push_back(' ');
  }
  // A cut may fall inside a word.
  if (ends_cut(line) && out.size() > begin) out.pop_back();
}

std::string key_of(token_view tokens) {
  page_line line;
  line.tokens = tokens;
  std::string out;
  append_key(line, out);
  return out;
}

// The same for two lines whose keys begin with the same words.
std::uint64_t start_of(const page_line& line) {
  std::uint64_t out = 0;
  std::size_t taken = 0;
  for (const auto& t : line.tokens) {
    if (t.kind != token_kind::word) continue;
    out = out << 21U ^ t.hash; // all of the last, the lower bits of those before
    if (++taken == compared_first) break;
  }
  return out;
}

// Lines without a label that begin as another one does; few pages have any.
std::vector<std::size_t> lines_with_twins(const page& p) {
  std::vector<std::pair<std::uint64_t, std::size_t>> starts;
  for (std::size_t i = 0; i < p.lines.size(); ++i)
    if (!p.lines[i].what && p.lines[i].words >= least_copy)
      starts.emplace_back(start_of(p.lines[i]), i);
  std::sort(starts.begin(), starts.end());
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const auto same = [&](std::size_t other) { return starts[other].first == starts[k].first; };
    if ((k > 0 && same(k - 1)) || (k + 1 < starts.size() && same(k + 1)))
      out.push_back(starts[k].second);
  }
  return out;
}

class copy_finder {
public:
  explicit copy_finder(page& p) : page_(p) {
    std::vector<std::pair<std::size_t, std::size_t>> lines; // where its key ends, its index
    for (const std::size_t i : lines_with_twins(p)) {
      append_key(p.lines[i], bytes_);
      lines.emplace_back(bytes_.size(), i);
    }
    keys_.reserve(lines.size());
    std::size_t begin = 0;
    for (const auto& [end, line] : lines) {
      keys_.emplace_back(std::string_view(bytes_).substr(begin, end - begin), line);
      begin = end;
    }
    std::sort(keys_.begin(), keys_.end());
  }

  void run() {
    // Copies stand side by side once sorted, the earliest first; the longer line stands somewhere
    // behind its prefix.
    for (std::size_t k = 0; k + 1 < keys_.size(); ++k) {
      const auto& [key, i] = keys_[k];
      const auto& [next, j] = keys_[k + 1];
      if (next == key && heads_article(page_, j) && !heads_article(page_, i)) {
        if (j < i + near_path)
          page_.lines[i].set(label::breadcrumb, "a path that ends with the title");
        else
          page_.lines[j].set(label::credits, "the site's name beside who wrote, or when");
      } else if (next == key && page_.lines[j].words <= longest_name && !page_.lines[j].terminal) {
        page_.lines[j].set(label::nav, "a name that stands on the page twice");
      } else if (next == key && captioned_twice(i, j)) {
        for (const std::size_t k : {i, j})
          page_.lines[k].set(label::image_alt, "twice in a row, with the source below");
      } else if (next == key && headline_again(i, j)) {
        page_.lines[j].set(label::image_alt, "repeats a headline right above");
      } else if (next == key) {
        page_.lines[j].set(label::teaser, "repeats an earlier line");
      } else if (next.starts_with(key) && cut(page_.lines[i])) {
        page_.lines[i].set(label::teaser, "is the beginning of a longer line");
      }
    }
  }

private:
  // The title is often the text that stands for the picture below it; far below, a teaser.
  bool headline_again(std::size_t i, std::size_t j) const {
    const page_line& line = page_.lines[j];
    const bool captioned =
        j + 1 < page_.lines.size() && page_.lines[j + 1].what == label::image_alt;
    return !line.terminal && (captioned || stands_apart(page_, j)) && j < i + near_path;
  }

  // What stands for a picture, its caption, and where it is from.
  bool captioned_twice(std::size_t i, std::size_t j) const {
    if (i == 0 || j != i + 1 || j + 1 >= page_.lines.size() || page_.lines[i].terminal)
      return false;
    const auto& below = page_.lines[j + 1].what;
    const bool owned =
        below == label::source_line || below == label::credits || below == label::image_alt;
    return owned && is_paragraph(page_.lines[i - 1]);
  }

  static bool cut(const page_line& line) {
    return ends_cut(line) || (line.words >= least_prefix && !line.terminal);
  }

  page& page_;
  std::string bytes_; // of the keys
  std::vector<std::pair<std::string_view, std::size_t>> keys_;
};

// A quotation that stands apart and again within the text: the site took it out to be looked at.
class pull_quote_finder {
public:
  explicit pull_quote_finder(page& p) : page_(p) {}

  void run() {
    std::size_t tried = 0;
    for (auto& line : page_.lines) {
      if (line.what || line.words < least_of_pull || line.words > most_of_pull || !is_quoted(line))
        continue;
      if (++tried > most_pulls) return;
      if (stands_elsewhere(line)) line.set(label::teaser, "a quotation taken out of the text");
    }
  }

private:
  static bool opens(const token& t) { return t.fold == "«" || t.fold == "“" || t.fold == "\""; }
  static bool closes(const token& t) { return t.fold == "»" || t.fold == "”" || t.fold == "\""; }

  static bool is_quoted(const page_line& line) {
    if (!opens(line.tokens.front())) return false;
    const std::size_t size = line.tokens.size();
    return closes(line.tokens[size - 1]) || (size > 1 && closes(line.tokens[size - 2]));
  }

  static std::vector<std::uint32_t> words_of(token_view tokens) {
    std::vector<std::uint32_t> out;
    for (const token& t : tokens) {
      if (t.kind != token_kind::mark) out.push_back(t.hash);
    }
    return out;
  }

  bool stands_elsewhere(const page_line& quote) const {
    const auto wanted = words_of(quote.tokens);
    return std::any_of(page_.lines.begin(), page_.lines.end(), [&](const page_line& line) {
      if (&line == &quote || line.what || line.words < quote.words) return false;
      const auto words = words_of(line.tokens);
      return std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
    });
  }

  page& page_;
};

// Lines in a row each of which stands again further below, in the same order and with text between:
// the headings of the text, listed above it.
class contents_finder {
public:
  explicit contents_finder(page& p) : page_(p), below_(p.lines.size(), 0) {
    std::vector<std::pair<std::string, std::size_t>> keys;
    for (std::size_t i = 0; i < p.lines.size(); ++i)
      if (may_head(p.lines[i])) keys.emplace_back(key_of(behind_number(p.lines[i].tokens)), i);
    std::sort(keys.begin(), keys.end());
    for (std::size_t k = 0; k + 1 < keys.size(); ++k) {
      const bool same = keys[k].first == keys[k + 1].first;
      const bool third = k + 2 < keys.size() && keys[k].first == keys[k + 2].first;
      if (same && !third) below_[keys[k].second] = keys[k + 1].second;
    }
  }

  void run() {
    for (std::size_t i = 0; i < below_.size();) {
      const std::size_t end = end_from(i);
      for (std::size_t k = i; end >= i + least_of_contents && k < end; ++k) {
        page_.lines[k].set(label::nav, "in a table of the headings below");
        page_.lines[below_[k]].what.reset();
      }
      i = end;
    }
  }

private:
  // A phrase of sites such as "Timeline" may head a part of the text, too.
  static bool may_head(const page_line& line) {
    const bool phrase = line.by_phrase && (line.what == label::ticker_label ||
                                           line.what == label::sidebar || line.what == label::nav);
    return (!line.what || phrase) && line.words > 0 && !line.terminal &&
           line.words <= longest_heading;
  }

  // "2. How we found it" heads the part that is called so.
  static token_view behind_number(token_view tokens) {
    const bool numbered = tokens.size() > 2 && tokens[0].kind == token_kind::number &&
                          tokens[1].kind == token_kind::mark;
    return numbered ? tokens.subspan(2) : tokens;
  }

  // Behind the lines from i on that are such a list.
  std::size_t end_from(std::size_t i) const {
    std::size_t end = i + 1;
    while (below_[i] > 0 && end < below_.size() && below_[end] > below_[end - 1] + 1) ++end;
    return below_[i] >= end ? end : i + 1;
  }

  page& page_;
  std::vector<std::size_t> below_; // where each line stands again; 0: nowhere, or more than once
};

// "Ada Quill Selmouth" right above "Ada Quill in her boat. Photo: The Gull".
bool names_shown(const page_line& line, const page_line& caption) {
  if (line.what || !line.people || caption.blank_before) return false;
  std::size_t shared = 0;
  for (const token& t : line.tokens)
    shared += std::any_of(caption.tokens.begin(), caption.tokens.end(),
                          [&](const token& c) { return c.hash == t.hash && c.fold == t.fold; })
                  ? 1
                  : 0;
  return shared >= 2;
}

// What a picture shows, told again without its owner: the text that stands for it.
void label_alts(page& p) {
  const auto first = static_cast<std::size_t>(
      std::find_if(p.lines.begin(), p.lines.end(), [](const auto& l) { return !l.what; }) -
      p.lines.begin());
  for (std::size_t i = 0; i < p.lines.size(); ++i) {
    if (p.lines[i].what != label::image_alt) continue;
    const std::string caption = key_of(p.lines[i].tokens);
    for (std::size_t k = i - std::min(i, near_caption); k < std::min(i + 2, p.lines.size()); ++k) {
      page_line& line = p.lines[k];
      const bool sentence = line.terminal && line.tokens.back().fold == ".";
      const bool may_tell = !line.what && (k != first || sentence) && line.words >= least_of_alt;
      if ((may_tell && caption.starts_with(key_of(line.tokens))) ||
          (k + 1 == i && names_shown(line, p.lines[i])))
        line.set(label::image_alt, "tells what a caption tells");
    }
  }
}

// "The Gull Coast The harbour loses its pilots", "3. The harbour loses its pilots": behind a few
// names or a number the line says what the title below says.
bool ends_with_title(const page& p, std::size_t i) {
  const page_line& line = p.lines[i];
  const auto bytes = [&](const page_line& l) { return p.text.substr(l.span.begin, l.span.size()); };
  for (std::size_t k = i + 1; k < std::min(i + near_path, p.lines.size()); ++k) {
    const page_line& title = p.lines[k];
    const bool longer = line.span.size() > title.span.size() &&
                        line.span.size() <= title.span.size() + longest_glued;
    if (!title.what && !title.terminal && title.words >= least_of_pull && longer &&
        bytes(line).ends_with(bytes(title)) && p.text[line.span.end - title.span.size() - 1] != ' ')
      return true; // "HomeNewsThe harbour loses its pilots"
    const std::size_t size = title.tokens.size();
    if (title.what || title.terminal || title.words < least_copy || size >= line.tokens.size())
      continue;
    const token_view front = line.tokens.first(line.tokens.size() - size);
    const bool same = std::equal(title.tokens.begin(), title.tokens.end(),
                                 line.tokens.end() - static_cast<std::ptrdiff_t>(size),
                                 [](const token& a, const token& b) { return a.fold == b.fold; });
    const bool names = front.size() <= most_in_front &&
                       std::all_of(front.begin(), front.end(), [&](const token& t) {
                         return t.kind != token_kind::word || capital(p.text, t);
                       });
    if (same && names) return true;
  }
  return false;
}

// "Home / Coast / The harbour loses its pilots": its last part is the title below.
void label_paths(page& p) {
  for (std::size_t i = 0; i < p.lines.size(); ++i) {
    page_line& line = p.lines[i];
    if (line.what || line.terminal) continue;
    if (ends_with_title(p, i)) {
      line.set(label::breadcrumb, "a path that ends with the title");
      continue;
    }
    std::size_t slashes = 0, last = 0;
    for (std::size_t t = 1; t + 1 < line.tokens.size(); ++t) {
      if (line.tokens[t].fold != "/" || glued(line.tokens, t) || glued(line.tokens, t + 1))
        continue;
      ++slashes;
      last = t + 1;
    }
    if (slashes < 2) continue;
    const std::string title = key_of(line.tokens.subspan(last));
    for (std::size_t k = i + 1; k < std::min(i + near_path, p.lines.size()); ++k)
      if (!p.lines[k].what && key_of(p.lines[k].tokens) == title)
        line.set(label::breadcrumb, "a path that ends with the title");
  }
}

} // namespace

void label_copies(page& p) {
  label_alts(p);
  contents_finder(p).run();
  label_paths(p);
  copy_finder(p).run();
  pull_quote_finder(p).run();
}

} // namespace vigie::press
