// SPDX-License-Identifier: Apache-2.0
#include "variants.hpp"

#include "charset.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace vigie::press::eval {
namespace {

// splitmix64, by G. Steele, D. Lea, C. Flood (OOPSLA 2014): the same numbers everywhere.
class dice {
public:
  explicit dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t roll(std::uint64_t sides) {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % sides;
  }

private:
  std::uint64_t state_;
};

bool digit(char c) { return c >= '0' && c <= '9'; }

std::uint64_t seed_of(const std::string& file, unsigned number) {
  std::uint64_t out = number + 1;
  for (const char c : file) out = out * 1099511628211u + static_cast<unsigned char>(c);
  return out;
}

class maker {
public:
  maker(const marked_page& page, unsigned number)
      : page_(page), text_(page.text), dice_(seed_of(page.gold.file, number)) {}

  std::optional<variant> make(const std::string& kind) {
    out_.kind = kind;
    if (kind == "years") years();
    if (kind == "days") days();
    if (kind == "numbers") numbers();
    if (kind == "people") people();
    if (kind == "services") names(services_);
    if (kind == "places") names(page_.gold.language == "fr" ? lieux_ : places_);
    if (kind == "outlets") names(outlets_);
    if (kind == "removed" || kind == "doubled" || kind == "moved") residue(kind);
    if (out_.edits.empty()) return std::nullopt;
    finish();
    return out_;
  }

private:
  using renaming = std::vector<std::pair<std::string, std::string>>;
  // Of the same form: as many words, the same gender, the same kind of first letter (French
  // elides).
  static const inline renaming services_{{"Telegram", "Skype"}, {"WhatsApp", "Viber"},
                                         {"YouTube", "TikTok"}, {"Facebook", "LinkedIn"},
                                         {"Instagram", "Imo"},  {"Signal", "Telegram"}};
  static const inline renaming lieux_{{"Moscou", "Tokyo"},   {"Pékin", "Berlin"},
                                      {"Minsk", "Bakou"},    {"Téhéran", "Dakar"},
                                      {"Cameroun", "Tchad"}, {"Ankara", "Athènes"}};
  static const inline renaming places_{
      {"Moscow", "Tokyo"},    {"Minsk", "Baku"},         {"Tashkent", "Dakar"}, {"Iraq", "Chad"},
      {"Vietnam", "Tunisia"}, {"Singapore", "Malaysia"}, {"Belarus", "Moldova"}};
  static const inline renaming outlets_{{"Reuters", "AFP"}, {"AFP", "Reuters"}, {"Xinhua", "TASS"}};

  bool word_at(std::size_t at, std::size_t size) const {
    return !word_before(text_, at) && !word_behind(text_, at + size);
  }

  bool in_a_counter(std::size_t at) const {
    return std::any_of(page_.gold.segments.begin(), page_.gold.segments.end(),
                       [&](const gold_segment& s) {
                         return s.label == "share_counter" && s.at.touches({at, at + 1});
                       });
  }

  void replace_everywhere(const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text_.find(from, at)) != std::string::npos; at += from.size()) {
      if (word_at(at, from.size()) && !in_a_counter(at))
        out_.edits.push_back({{at, at + from.size()}, to});
    }
  }

  void names(const renaming& list) {
    renaming fitting;
    for (const auto& [from, to] : list) {
      if (text_.find(from) != std::string::npos && text_.find(to) == std::string::npos) {
        fitting.emplace_back(from, to);
      }
    }
    if (fitting.empty()) return;
    const auto& [from, to] = fitting[dice_.roll(fitting.size())];
    replace_everywhere(from, to);
    out_.names[from] = to;
  }

  // Surnames of people that the pages invent. Given names stay: that a word is one is knowledge.
  void people() {
    static const std::array<std::string, 4> others{"Dolvin", "Tassard", "Salmeyer", "Lommel"};
    std::vector<std::string> known;
    for (const auto& e : page_.gold.entities) {
      const auto blank = e.name.find(' ');
      if (e.type != "person" || e.sure.optional || blank == std::string::npos) continue;
      if (e.name.find(' ', blank + 1) != std::string::npos) continue;
      known.push_back(e.name.substr(blank + 1));
    }
    if (known.empty()) return;
    const auto& surname = known[dice_.roll(known.size())];
    const auto& other = others[dice_.roll(others.size())];
    replace_everywhere(surname, other);
    out_.names[surname] = other;
  }

  bool in_a_figure(std::size_t at) const {
    return std::any_of(page_.gold.figures.begin(), page_.gold.figures.end(),
                       [&](const gold_figure& f) { return f.at.touches({at, at + 1}); });
  }

  // Every four digits that may be a year; those of decoys, too, as pages have them.
  void years() {
    static const std::array<int, 3> shifts{28, -28, 56};
    out_.years = shifts[dice_.roll(shifts.size())];
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (!digit(text_[at])) continue;
      std::size_t end = at;
      while (end < text_.size() && digit(text_[end])) ++end;
      const int value = end - at == 4 ? std::atoi(text_.substr(at, 4).c_str()) : 0;
      if (value >= 1990 && value <= 2040 && word_at(at, 4) && !in_a_figure(at)) {
        out_.edits.push_back({{at, end}, std::to_string(value + out_.years)});
      }
      at = end;
    }
  }

  // Another day of as many digits, and an earlier one: what is behind publication may be another
  // year's.
  std::optional<edit> earlier(const gold_date& d) {
    const auto day = std::stoul(d.value.substr(8));
    const auto digits = std::to_string(day);
    const auto at = d.text.find(digits);
    const auto others = std::count_if(d.text.begin(), d.text.end(), digit);
    const std::size_t first = day < 10 ? 2 : 11;
    if (at == std::string::npos || others > static_cast<long>(digits.size() + 4)) return {};
    const auto begin = d.at.begin + at;
    if (day <= first || !word_at(begin, digits.size())) return {};
    return edit{{begin, begin + digits.size()}, std::to_string(first + dice_.roll(day - first))};
  }

  // Explicit days of the running text, but for the day of publication.
  void days() {
    for (const auto& d : page_.gold.dates) {
      const bool day = d.value.size() == 10 && d.basis == "explicit" && !d.sure.optional;
      if (!day || d.at == page_.gold.published_at) continue;
      if (const auto e = earlier(d)) out_.edits.push_back(*e);
    }
  }

  bool in_a_date(const span& at) const {
    return std::any_of(page_.gold.dates.begin(), page_.gold.dates.end(),
                       [&](const gold_date& d) { return d.at.touches(at); });
  }

  // The same separators, as many digits, no leading nought, never one (that would be singular).
  void numbers() {
    for (const auto& f : page_.gold.figures) {
      const auto digits = std::count_if(f.text.begin(), f.text.end(), digit);
      if (digits == 0 || f.bound == "range" || in_a_date(f.at) || f.text == "1") continue;
      auto to = f.text;
      bool first = true;
      for (auto& c : to) {
        if (!digit(c)) continue;
        c = static_cast<char>(first ? '2' + dice_.roll(8) : '0' + dice_.roll(10));
        first = false;
      }
      out_.edits.push_back({f.at, to});
    }
    mirror();
  }

  // A teaser copies the lede, a ticker the title: what changes there changes in the copy.
  void mirror() {
    const auto own = out_.edits;
    for (const auto& e : own) {
      const auto from = e.at.begin > 20 ? e.at.begin - 20 : 0;
      const auto line = text_.rfind('\n', e.at.begin);
      const auto begin = line == std::string::npos ? from : std::max(from, line + 1);
      const auto around = text_.substr(begin, e.at.end - begin);
      if (around.size() < 16) continue;
      for (std::size_t at = 0; (at = text_.find(around, at)) != std::string::npos; ++at) {
        const auto there = at + (e.at.begin - begin);
        if (there == e.at.begin) continue;
        out_.edits.push_back({{there, there + e.at.end - e.at.begin}, e.text});
      }
    }
  }

  struct block {
    span at; // whole lines, with the blank line behind
    std::string label;
  };

  // Paragraphs that are residue of a kind that may stand anywhere and that nothing hangs on.
  // A counter of reactions in the middle of the text may as well head the comments: not moved.
  std::vector<block> blocks(bool moved) const {
    std::set<std::string> loose{"self_promo", "image_alt"};
    if (!moved) loose.insert("share_counter");
    std::vector<block> out;
    for (std::size_t from = 0; from < text_.size();) {
      const auto gap = text_.find("\n\n", from);
      if (gap == std::string::npos) break;
      const span at{from, gap + 2};
      std::set<std::string> labels;
      for (const auto& s : page_.gold.segments) {
        if (s.at.touches(at)) labels.insert(s.label);
      }
      if (labels.size() == 1 && loose.contains(*labels.begin()))
        out.push_back({at, *labels.begin()});
      from = gap + 2;
    }
    return out;
  }

  // Ends of body paragraphs that another body paragraph follows.
  std::vector<std::size_t> gaps() const {
    std::vector<std::size_t> out;
    const auto& s = page_.gold.segments;
    for (std::size_t i = 0; i + 1 < s.size(); ++i) {
      const bool both = s[i].keep && s[i + 1].keep && s[i].label != "title";
      const auto between = text_.substr(s[i].at.end, s[i + 1].at.begin - s[i].at.end);
      if (both && between == "\n\n") out.push_back(s[i].at.end + 2);
    }
    return out;
  }

  void residue(const std::string& kind) {
    const auto all = blocks(kind == "moved");
    if (all.empty()) return;
    const auto& b = all[dice_.roll(all.size())];
    const auto words = text_.substr(b.at.begin, b.at.end - b.at.begin);
    const auto places = gaps();
    if (kind == "removed") out_.edits.push_back({b.at, ""});
    if (kind == "doubled") out_.edits.push_back({{b.at.end, b.at.end}, words});
    if (kind != "moved" || places.empty()) return;
    const auto to = places[dice_.roll(places.size())];
    out_.edits.push_back({b.at, ""});
    out_.edits.push_back({{to, to}, words});
  }

  void finish() {
    auto& e = out_.edits;
    std::sort(e.begin(), e.end(),
              [](const edit& a, const edit& b) { return a.at.begin < b.at.begin; });
    e.erase(std::unique(e.begin(), e.end(),
                        [](const edit& a, const edit& b) { return a.at.touches(b.at); }),
            e.end());
    std::size_t from = 0;
    for (const auto& one : e) {
      out_.text += text_.substr(from, one.at.begin - from) + one.text;
      from = one.at.end;
    }
    out_.text += text_.substr(from);
  }

  const marked_page& page_;
  const std::string& text_;
  dice dice_;
  variant out_;
};

} // namespace

std::optional<variant> make_variant(const marked_page& page, unsigned number) {
  static const std::array<const char*, 25> kinds{
      "numbers", "years",   "people",   "numbers", "days",    "services", "removed",
      "numbers", "places",  "people",   "doubled", "numbers", "outlets",  "moved",
      "numbers", "days",    "services", "removed", "people",  "numbers",  "places",
      "doubled", "numbers", "moved",    "years"};
  // A page without people gives more of what it has.
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    auto v = maker(page, number).make(kinds[(number + k) % kinds.size()]);
    if (v) return v;
  }
  return std::nullopt;
}

} // namespace vigie::press::eval
