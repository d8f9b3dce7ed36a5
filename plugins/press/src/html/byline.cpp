// SPDX-License-Identifier: Apache-2.0
#include "html/byline.hpp"

#include "html/ascii.hpp"
#include "html/date_text.hpp"
#include "html/headline.hpp"
#include "html/lower_text.hpp"

#include <algorithm>
#include <array>

namespace vigie::press::html {
namespace {

constexpr std::uint32_t longest = 80; // characters of a line that names authors

// Its last word, as long as it is no name.
std::string_view last_word(std::string_view s) {
  const std::size_t blank = s.find_last_of(" ,:");
  return blank == std::string_view::npos ? s : s.substr(blank + 1);
}

bool is_mark(char c) { return is_blank(c) || c == ',' || c == ':' || c == '|' || c == '-'; }

std::string_view without_marks(std::string_view s) {
  while (!s.empty() && is_mark(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_mark(s.back())) s.remove_suffix(1);
  return s;
}

// Takes off what no name begins with: "By", "Author:", "Written by".
std::string_view behind_labels(std::string_view s, const rules& known) {
  for (s = without_marks(s); !s.empty(); s = without_marks(s)) {
    if (const std::size_t start = known.byline_start(s); start > 0) {
      s.remove_prefix(std::min(start, s.size()));
      continue;
    }
    const std::size_t end = std::min(s.find_first_of(" ,:|"), s.size());
    if (!known.is_byline_label(lower_text(s.substr(0, end)))) break;
    s.remove_prefix(end);
  }
  return s;
}

// Takes off what leads from names to a date: "on", "publié le".
std::string_view before_labels(std::string_view s, const rules& known) {
  for (s = without_marks(s); !s.empty(); s = without_marks(s)) {
    const std::string_view word = last_word(s);
    const std::string low = lower_text(word);
    const bool number = low.find_first_not_of("0123456789.:") == std::string::npos;
    if (!number && !known.is_byline_end(low) && !known.is_byline_label(low) &&
        !known.says_published(low) && !known.says_modified(low))
      break;
    s.remove_suffix(word.size());
  }
  return s;
}

// Takes off a weekday with the word that leads to it: "on Saturday".
std::string_view before_weekday(std::string_view s, const rules& known) {
  const std::string_view rest = without_marks(s.substr(0, s.size() - last_word(s).size()));
  const std::string_view lead = last_word(rest);
  return lead.size() < rest.size() && known.is_byline_end(lower_text(lead)) ? rest : s;
}

std::string_view before_bars(std::string_view s) {
  static constexpr std::array<std::string_view, 4> bars{" | ", " • ", " · ", "|"};
  for (const std::string_view bar : bars)
    if (const std::size_t at = s.find(bar); at != std::string_view::npos && at > 0)
      s = s.substr(0, at);
  return s;
}

// Takes off an address of e-mail and what follows it, also one that was hidden: "[email
// protected]".
std::string_view before_address(std::string_view s) {
  const std::size_t at = std::min(s.find('@'), s.find("[email"));
  if (at == std::string_view::npos || at == 0) return s;
  if (s[at] == '[') return s.substr(0, at);
  const std::size_t blank = s.find_last_of(" ,:|", at);
  return blank == std::string_view::npos ? s : s.substr(0, blank);
}

// A site names itself as the author of all that it publishes.
bool is_site(std::string_view author, const metadata& declared, std::string_view url,
             const std::string& title) {
  const auto plain = [](std::string_view s) {
    std::string out;
    for (const char c : lower_text(s))
      if (is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) out += c;
    return out;
  };
  const std::string name = plain(author);
  if (name.empty()) return true;
  if (name == plain(declared.publisher)) return true;
  const std::string named = comparable(author);
  if (title.size() > named.size() && title.ends_with(named)) return true;
  std::string_view host = url.empty() ? std::string_view(declared.canonical_url) : url;
  if (const std::size_t scheme = host.find("://"); scheme != std::string_view::npos)
    host.remove_prefix(scheme + 3);
  else
    return false;
  host = host.substr(0, host.find('/'));
  if (host.starts_with("www.")) host.remove_prefix(4);
  return name == plain(host) || name == plain(host.substr(0, host.rfind('.')));
}

// Words of names begin with capitals, or stand in a script that has none.
bool is_capital(std::string_view word) {
  return !word.empty() && lower_text(word.substr(0, 4)) != word.substr(0, 4);
}

// Whether a line without markup is a byline: a word that opens one, and two to six words of names.
bool opens_byline(const std::string& text, const rules& known) {
  const std::size_t start = known.byline_start(text);
  if (start == 0 || text.ends_with('.') || text.ends_with('?')) return false;
  const std::string names = names_of_byline(text, known);
  std::size_t capitals = 0, words = 0;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    ++words;
    capitals += is_capital(std::string_view(names).substr(at, end - at)) ? 1U : 0U;
    at = end + 1;
  }
  return words >= 2 && words <= 6 && capitals + 1 >= words;
}

// What a box says of its author rather than the name.
bool is_sentence(std::string_view names) {
  constexpr std::ptrdiff_t most = 9; // blanks
  return std::count(names.begin(), names.end(), ' ') > most ||
         (names.ends_with('.') && std::count(names.begin(), names.end(), ' ') > 3);
}

std::int64_t distance(std::int64_t line, std::int64_t title) {
  if (title < 0) return line;
  return line >= title ? line - title : 4 * (title - line);
}

class byline_finder {
public:
  byline_finder(const page_view& v, const main_text& m) : v_(v), m_(m) {}

  // The line of an author that lies nearest to the headline, else one that begins like that.
  page_byline shown() const {
    page_byline best;
    std::int64_t nearest = 0;
    for (std::size_t i = 0; i < v_.lines.size(); ++i) {
      const label what = m_.lines[i].what;
      const auto at = static_cast<std::int64_t>(i);
      if (what == label::comment || what == label::headline_list || what == label::image_alt ||
          at == m_.title)
        continue;
      const std::int64_t here = distance(at, m_.title);
      if (best.line && here >= nearest) continue;
      std::string names = names_in(v_.lines[i]);
      if (names.empty() || is_sentence(names)) continue;
      best = {std::move(names), i};
      nearest = here;
    }
    return best.line ? best : by_words();
  }

private:
  // Of a line that is an author's all of it, else what within it is.
  std::string names_in(const line& l) const {
    constexpr std::uint32_t longest_line = 300;
    if (l.weight < 3 || l.weight > longest_line) return {};
    if (l.weight <= longest && in_byline(v_.page, v_.page.runs[l.first_run].element, v_.known))
      return names_of_byline(spaced_text(l), v_.known);
    line part = l;
    while (part.first_run < l.end_run && !links_author(part.first_run, l.block)) ++part.first_run;
    part.end_run = part.first_run;
    while (part.end_run < l.end_run && links_author(part.end_run, l.block)) ++part.end_run;
    const std::string text = spaced_text(part);
    return text.size() > longest ? std::string() : names_of_byline(text, v_.known);
  }

  // Whether a run stands in an author's link or microdata, below the line's block.
  bool links_author(std::uint32_t run, std::uint32_t block) const {
    std::uint32_t e = v_.page.runs[run].element;
    for (int up = 0; e != block && e != 0 && up < 4; ++up, e = v_.page.elements[e].parent)
      if (v_.page.get(e, attribute::rel) == "author" ||
          v_.page.get(e, attribute::itemprop) == "author")
        return true;
    return false;
  }

  // As text_of, with a blank where a capital follows another element's letter at once.
  std::string spaced_text(const line& l) const {
    std::string out;
    for (std::uint32_t r = l.first_run; r < l.end_run; ++r) {
      std::string_view s = v_.page.text_of(v_.page.runs[r]);
      if (s == "\xC2\xA0") s = " ";
      const bool joined = !out.empty() && !s.empty() && lower(out.back()) == out.back() &&
                          is_letter(out.back()) && s[0] >= 'A' && s[0] <= 'Z' &&
                          v_.page.runs[r].element != v_.page.runs[r - 1].element;
      if (joined) out += ' ';
      for (const char c : s)
        if (!is_blank(c))
          out += c;
        else if (!out.empty() && out.back() != ' ')
          out += ' ';
    }
    return std::string(trim(out));
  }

  page_byline by_words() const {
    constexpr std::int64_t reach = 8; // lines
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(m_.title + 1, 0));
    for (std::size_t i = from; m_.title >= 0 && i < v_.lines.size() && i < from + reach; ++i) {
      const line& l = v_.lines[i];
      if (l.weight > longest || m_.lines[i].what == label::comment) continue;
      const std::string text = text_of(v_.page, l);
      if (opens_byline(text, v_.known)) return {names_of_byline(text, v_.known), i};
    }
    return {};
  }

  const page_view& v_;
  const main_text& m_;
};

} // namespace

std::string names_of_byline(std::string_view line, const rules& known) {
  std::string_view s = trim(line);
  std::string low = lower_text_and_digits(s);
  if (low.size() == s.size())
    if (const auto date = find_date(low, known, false)) {
      const std::string_view before =
          before_labels(before_weekday(without_marks(s.substr(0, date->begin)), known), known);
      if (!behind_labels(before, known).empty()) {
        s = before;
      } else {
        // The names stand behind the date, and behind the hour, where a word announces them.
        s.remove_prefix(date->end);
        while (!s.empty() && known.byline_start(s) == 0)
          s.remove_prefix(std::min(s.find(' '), s.size() - 1) + 1);
      }
    }
  s = behind_labels(before_address(before_bars(s)), known);
  s = before_labels(s, known);
  const bool names = std::any_of(s.begin(), s.end(), [](char c) {
    return is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
  });
  const bool opening = known.byline_start(std::string(s) + " x") == s.size() + 1;
  return names && !opening ? std::string(s) : std::string();
}

bool in_byline(const tree& t, std::uint32_t e, const rules& known) {
  for (int up = 0; e != 0 && up < 4; ++up, e = t.elements[e].parent) {
    if (t.elements[e].tag == tag::cite || t.get(e, attribute::rel) == "author" ||
        t.get(e, attribute::itemprop) == "author")
      return true;
    for (const attribute a : {attribute::class_, attribute::id})
      if (known.hint_of(t.get(e, a)).byline) return true;
  }
  return false;
}

page_byline find_byline(const page_view& view, const main_text& main, const metadata& declared,
                        std::string_view url) {
  const std::string title = title_element(view.page);
  const auto named =
      std::find_if(declared.authors.begin(), declared.authors.end(),
                   [&](const std::string& each) { return !is_site(each, declared, url, title); });
  page_byline out = byline_finder(view, main).shown();
  // The line may name more than the author, such as the agency.
  if (named != declared.authors.end() && out.text.find(*named) == std::string::npos)
    out.text = names_of_byline(*named, view.known);
  if (out.text.empty() && !declared.authors.empty()) out.text = declared.authors.front();
  // "Ida Roth, fanal.example": the site behind who wrote for it.
  const std::size_t comma = out.text.rfind(',');
  if (comma != std::string::npos && comma > 0 &&
      is_site(trim(std::string_view(out.text).substr(comma + 1)), declared, url, title))
    out.text = std::string(trim(std::string_view(out.text).substr(0, comma)));
  return out;
}

} // namespace vigie::press::html
