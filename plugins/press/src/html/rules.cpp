// SPDX-License-Identifier: Apache-2.0
#include "html/rules.hpp"

#include "html/ascii.hpp"
#include "html/lower_text.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <stdexcept>

namespace vigie::press::html {
namespace {

constexpr std::array<std::string_view, 5> words_that_are_no_label{"main", "lede", "byline", "date",
                                                                  "hidden"};

constexpr int most_strong_meta = 34; // so that no strong one ranks as a weak one

constexpr std::string_view decoration = " -*|[]()>:.";

bool is_word(char c) { return is_letter(c) || is_digit(c); }

label label_or_throw(const std::string& name) {
  const auto found = label_named(name);
  if (!found) throw std::runtime_error("'" + name + "' is no label of segments");
  return *found;
}

} // namespace

void rules::apply(const pattern& p, hint& to) {
  if (p.value == "main")
    to.main = true;
  else if (p.value == "lede")
    to.lede = true;
  else if (p.value == "byline")
    to.byline = true;
  else if (p.value == "date")
    to.date = true;
  else if (p.value == "hidden")
    to.hidden = true;
  else if (!to.residue)
    to.residue = label_named(p.value);
}

void rules::add_months(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(locale.c_str()), status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no locale '" + locale + "'");
  using enum icu::DateFormatSymbols::DtContextType;
  using enum icu::DateFormatSymbols::DtWidthType;
  for (const auto context : {FORMAT, STANDALONE})
    for (const auto width : {WIDE, ABBREVIATED}) {
      std::int32_t n = 0;
      const icu::UnicodeString* names = symbols.getMonths(n, context, width);
      for (std::int32_t m = 0; m < n && n <= 12; ++m) {
        std::string name;
        icu::UnicodeString(names[m]).toLower(icu::Locale::getRoot()).toUTF8String(name);
        while (!name.empty() && name.back() == '.') name.pop_back();
        if (!name.empty() && !is_digit(name[0])) months_.emplace(name, m + 1);
      }
    }
}

void rules::add(std::string_view what, std::string text, std::string value) {
  if (what == "part" || what == "word" || what == "name") {
    if (std::find(words_that_are_no_label.begin(), words_that_are_no_label.end(), value) ==
        words_that_are_no_label.end())
      static_cast<void>(label_or_throw(value));
    const auto first = static_cast<unsigned char>(text[0]);
    if (first >= 128) throw std::runtime_error("class names are ASCII, '" + text + "' is not");
    patterns_[first].push_back({std::move(text), what == "word", what == "name", std::move(value)});
  } else if (what == "start") {
    starts_[lower_text(text)] = label_or_throw(value);
  } else if (what == "line") {
    lines_[lower_text(text)] = label_or_throw(value);
  } else if (what == "published_meta") {
    if (!value.empty() && value != "weak")
      throw std::runtime_error("'" + value + "' is no trust in a meta element; known is weak");
    const int rank = std::min(static_cast<int>(published_.size()), most_strong_meta);
    published_.emplace(lower(text), value.empty() ? rank : weak_meta);
  } else if (what == "modified_meta") {
    modified_.emplace(lower(text), static_cast<int>(modified_.size()));
  } else if (what == "month_first") {
    month_first_.insert(lower(text));
  } else if (what == "published") {
    published_words_.push_back(lower_text(text));
  } else if (what == "modified") {
    modified_words_.push_back(lower_text(text));
  } else if (what == "byline") {
    byline_.push_back(lower_text(text));
  } else if (what == "byline_label") {
    byline_labels_.insert(lower_text(text));
  } else if (what == "byline_end") {
    byline_ends_.insert(lower_text(text));
  } else if (what == "author_meta") {
    author_meta_.insert(lower(text));
  } else if (what == "locale") {
    add_months(text);
  } else if (what == "month") {
    months_[lower_text(text)] = std::stoi(value);
  } else {
    throw std::runtime_error("'" + std::string(what) + "' is no class of this file");
  }
}

rules rules::read(std::string_view tsv) {
  rules out;
  std::size_t number = 0;
  while (!tsv.empty()) {
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    const std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::size_t a = line.find('\t');
    const std::size_t b = a == std::string_view::npos ? a : line.find('\t', a + 1);
    try {
      if (a == std::string_view::npos || a + 1 >= line.size())
        throw std::runtime_error("expected class<TAB>text[<TAB>value]");
      const bool short_line = b == std::string_view::npos;
      out.add(line.substr(0, a), std::string(line.substr(a + 1, short_line ? b : b - a - 1)),
              short_line ? std::string() : std::string(line.substr(b + 1)));
    } catch (const std::exception& e) {
      throw std::runtime_error("html.tsv:" + std::to_string(number) + ": " + e.what());
    }
  }
  return out;
}

hint rules::hint_of(std::string_view names) const {
  hint out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto c = static_cast<unsigned char>(lower(names[i]));
    if (c >= 128) continue;
    const bool hump = i > 0 && names[i] >= 'A' && names[i] <= 'Z' &&
                      !(names[i - 1] >= 'A' && names[i - 1] <= 'Z');
    const bool begins = i == 0 || hump || !is_letter(names[i - 1]);
    for (const pattern& p : patterns_[c]) {
      if ((p.whole && !begins) || (p.name && i > 0 && !is_blank(names[i - 1]))) continue;
      if (!same_letters(names.substr(i, p.text.size()), p.text)) continue;
      const std::size_t end = i + p.text.size();
      const bool ends = end >= names.size() || !is_word(names[end]) || is_digit(names[end]) ||
                        (names[end] >= 'A' && names[end] <= 'Z');
      if (p.name && end < names.size() && !is_blank(names[end])) continue;
      if (!p.whole || ends) apply(p, out);
    }
  }
  return out;
}

std::optional<label> rules::line_label(std::string_view line) const {
  while (!line.empty() && decoration.find(line.front()) != std::string_view::npos)
    line.remove_prefix(1);
  while (!line.empty() && decoration.find(line.back()) != std::string_view::npos)
    line.remove_suffix(1);
  if (line.size() > 400 || line.empty()) return std::nullopt;
  const std::string low = lower_text(line);
  if (const auto found = lines_.find(low); found != lines_.end()) return found->second;
  // Of the starts that stand before the line in order, one that begins it is a prefix of all
  // between; few are.
  auto at = starts_.upper_bound(low);
  while (at != starts_.begin()) {
    --at;
    if (low.starts_with(at->first)) return at->second;
    if (at->first[0] != low[0]) break;
  }
  return std::nullopt;
}

std::optional<int> rules::published_meta(std::string_view name) const {
  const auto found = published_.find(lower(name));
  return found == published_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int> rules::modified_meta(std::string_view name) const {
  const auto found = modified_.find(lower(name));
  return found == modified_.end() ? std::nullopt : std::optional(found->second);
}

int rules::month(std::string_view word) const {
  const auto found = months_.find(word);
  return found == months_.end() ? 0 : found->second;
}

bool rules::says_published(std::string_view lower_line) const {
  return std::any_of(published_words_.begin(), published_words_.end(), [&](const std::string& w) {
    const std::size_t at = lower_line.find(w);
    // "Date:" is no part of "Update:"; others stand in names such as datepublished.
    const bool inside =
        w.ends_with(':') && at > 0 && at != std::string_view::npos && is_letter(lower_line[at - 1]);
    return at != std::string_view::npos && !inside;
  });
}

bool rules::says_modified(std::string_view lower_line) const {
  return std::any_of(modified_words_.begin(), modified_words_.end(), [&](const std::string& w) {
    return lower_line.find(w) != std::string_view::npos;
  });
}

bool rules::month_first(std::string_view language, std::string_view url) const {
  std::string tag = lower(language);
  std::replace(tag.begin(), tag.end(), '_', '-');
  if (month_first_.contains(tag)) return true;
  if (tag.find('-') != std::string::npos) return false; // it names another region
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view host =
      url.substr(scheme + 3, url.find_first_of("/:?#", scheme + 3) - (scheme + 3));
  const std::size_t dot = host.rfind('.');
  return dot != std::string_view::npos && month_first_.contains(lower(host.substr(dot)));
}

bool rules::is_byline_label(std::string_view word) const { return byline_labels_.contains(word); }

bool rules::is_byline_end(std::string_view word) const { return byline_ends_.contains(word); }

bool rules::author_meta(std::string_view name) const { return author_meta_.contains(name); }

std::size_t rules::byline_start(std::string_view line) const {
  const std::string low = lower_text(line.substr(0, 40));
  for (const std::string& w : byline_)
    if (low.starts_with(w) && low.size() > w.size() && is_blank(low[w.size()])) return w.size() + 1;
  return 0;
}

} // namespace vigie::press::html
