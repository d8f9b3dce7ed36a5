// SPDX-License-Identifier: Apache-2.0
#include "lexicon.hpp"

#include "text/dates/calendar.hpp"
#include "text/page/label.hpp"

#include <algorithm>
#include <charconv>

namespace vigie::press {
namespace {

enum class value_kind : std::uint8_t { none, integer, text, label, meaning };

struct class_row {
  std::string_view name;
  word_class what;
  value_kind value;
  std::string_view choices; // of a text value, between bars; empty: any text
};

constexpr std::array<class_row, word_class_count> classes{{
    {"month", word_class::month, value_kind::integer, ""},
    {"weekday", word_class::weekday, value_kind::integer, ""},
    {"period", word_class::period, value_kind::text, "|H|MIN|D|W|M|Y|"},
    {"part_of_day", word_class::part_of_day, value_kind::text, ""},
    {"day_suffix", word_class::day_suffix, value_kind::none, ""},
    {"day_word", word_class::day_word, value_kind::integer, ""},
    {"clock", word_class::clock, value_kind::integer, ""},
    {"date", word_class::date, value_kind::meaning, ""},
    {"published", word_class::published, value_kind::none, ""},
    {"updated", word_class::updated, value_kind::none, ""},
    {"date_filler", word_class::date_filler, value_kind::none, ""},
    {"other_date", word_class::other_date, value_kind::none, ""},
    {"capital", word_class::capital, value_kind::none, ""},
    {"zone", word_class::zone, value_kind::none, ""},
    {"future", word_class::future, value_kind::text, "|sure|open|past|"},
    {"future_ending", word_class::future_ending, value_kind::text, "|sure|open|past|"},
    {"future_not", word_class::future_not, value_kind::none, ""},
    {"group", word_class::group, value_kind::none, ""},
    {"decimal", word_class::decimal, value_kind::none, ""},
    {"number", word_class::number, value_kind::integer, ""},
    {"multiply", word_class::multiply, value_kind::integer, ""},
    {"scale", word_class::scale, value_kind::integer, ""},
    {"joiner", word_class::joiner, value_kind::none, ""},
    {"half", word_class::half, value_kind::none, ""},
    {"collective", word_class::collective, value_kind::integer, ""},
    {"article", word_class::article, value_kind::integer, ""},
    {"definite", word_class::definite, value_kind::none, ""},
    {"bound_before", word_class::bound_before, value_kind::text, "|lower|upper|approx|vague|none|"},
    {"bound_after", word_class::bound_after, value_kind::text, "|lower|upper|approx|"},
    {"range", word_class::range, value_kind::text, ""},
    {"pair", word_class::pair, value_kind::text, ""},
    {"before_number", word_class::before_number, value_kind::none, ""},
    {"plural", word_class::plural, value_kind::none, ""},
    {"teens_follow", word_class::teens_follow, value_kind::none, ""},
    {"half_of", word_class::half_of, value_kind::none, ""},
    {"range_between", word_class::range_between, value_kind::none, ""},
    {"same_before", word_class::same_before, value_kind::text, "|any|next|open|end|where|"},
    {"same_behind", word_class::same_behind, value_kind::text, ""},
    {"number_of", word_class::number_of, value_kind::none, ""},
    {"modifiers", word_class::modifiers, value_kind::integer, ""},
    {"unit", word_class::unit, value_kind::text, ""},
    {"filler", word_class::filler, value_kind::none, ""},
    {"link", word_class::link, value_kind::none, ""},
    {"stop", word_class::stop, value_kind::none, ""},
    {"conjunction", word_class::conjunction, value_kind::none, ""},
    {"ratio", word_class::ratio, value_kind::none, ""},
    {"unit_before", word_class::unit_before, value_kind::text, ""},
    {"money_scale", word_class::money_scale, value_kind::integer, ""},
    {"line", word_class::line, value_kind::label, ""},
    {"start", word_class::start, value_kind::label, ""},
    {"inside", word_class::inside, value_kind::label, ""},
    {"mention", word_class::mention, value_kind::label, ""},
    {"address", word_class::address, value_kind::none, ""},
    {"credit", word_class::credit, value_kind::none, ""},
    {"commerce", word_class::commerce, value_kind::none, ""},
    {"byline", word_class::byline, value_kind::none, ""},
    {"comment_by", word_class::comment_by, value_kind::none, ""},
    {"comment_from", word_class::comment_from, value_kind::none, ""},
    {"agency", word_class::agency, value_kind::text, ""},
    {"agency_code", word_class::agency_code, value_kind::text, ""},
    {"told", word_class::told, value_kind::none, ""},
}};

constexpr std::array<std::pair<std::string_view, date_meaning>, 19> meanings{{
    {"point", date_meaning::point},       {"interval", date_meaning::interval},
    {"since", date_meaning::since},       {"until", date_meaning::until},
    {"weekday", date_meaning::weekday},   {"weekdays", date_meaning::weekdays},
    {"offset", date_meaning::offset},     {"ago", date_meaning::ago},
    {"ahead", date_meaning::ahead},       {"last", date_meaning::last},
    {"calendar", date_meaning::calendar}, {"duration", date_meaning::duration},
    {"length", date_meaning::length},     {"part", date_meaning::part},
    {"decade", date_meaning::decade},     {"weekend", date_meaning::weekend},
    {"vague", date_meaning::vague},       {"ignore", date_meaning::ignore},
    {"figure", date_meaning::figure},
}};

constexpr std::array<std::string_view, 5> files{"time.tsv", "numbers.tsv", "units.tsv", "page.tsv",
                                                "agencies.tsv"};

constexpr std::string_view since_prefix = "since ";

std::optional<long long> integer(std::string_view text) {
  long long value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

// "SU", "Q3", "SU:last"
bool is_part_of_year(std::string_view text) {
  const std::string_view way = text.substr(std::min<std::size_t>(text.size(), 2));
  return part_of_year(text.substr(0, 2)) &&
         (way.empty() || way == ":last" || way == ":next" || way == ":coming");
}

bool read_meaning(std::string_view text, date_pattern& out) {
  out.open = text.starts_with(since_prefix);
  if (out.open) text.remove_prefix(since_prefix.size());
  const auto colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  const std::string_view rest =
      colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  const auto row = std::find_if(meanings.begin(), meanings.end(),
                                [&](const auto& m) { return m.first == word; });
  if (row == meanings.end()) return false;
  out.meaning = row->second;
  out.name = rest;
  switch (out.meaning) {
  case date_meaning::offset:
  case date_meaning::calendar: {
    const auto number = integer(rest);
    if (!number || *number < -366 || *number > 366) return false;
    out.number = static_cast<int>(*number);
    return true;
  }
  case date_meaning::weekday:
  case date_meaning::weekend: return rest == "last" || rest == "near" || rest == "next";
  case date_meaning::point:
    return rest.empty() || rest == "last" || rest == "next" || rest == "weak" || rest == "day" ||
           rest == "nth" || rest == "this_year" || rest == "last_year" || rest == "next_year" ||
           rest == "same_year";
  case date_meaning::interval: return rest.empty() || rest == "same_year";
  case date_meaning::since: return rest.empty() || rest == "past";
  case date_meaning::duration:
    return rest.empty() || rest.starts_with('P') || rest == "+P1D" || rest == "-P1D";
  case date_meaning::part: return is_part_of_year(rest);
  case date_meaning::vague: return !rest.empty();
  default: return rest.empty();
  }
}

bool needs_slot(const class_row& row) {
  return row.what == word_class::date || row.what == word_class::clock;
}

} // namespace

class lexicon_reader {
public:
  lexicon out;
  std::vector<lexicon_error> errors;

  void read_file(std::string_view name, std::string_view bytes) {
    file_ = name;
    line_ = 0;
    while (!bytes.empty()) {
      const auto end = std::min(bytes.find('\n'), bytes.size());
      std::string_view row = bytes.substr(0, end);
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
      ++line_;
      if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
      if (!row.empty() && row.front() != '#') read_row(row);
    }
  }

private:
  void fail(std::string message) { errors.push_back({file_, line_, std::move(message)}); }

  void read_row(std::string_view row) {
    std::array<std::string_view, 3> cells{};
    std::size_t count = 0;
    for (bool more = true; more; ++count) {
      const auto tab = row.find('\t');
      more = tab != std::string_view::npos;
      if (count < 3) cells[count] = row.substr(0, tab);
      row.remove_prefix(more ? tab + 1 : row.size());
    }
    if (count < 2 || count > 3 || cells[1].empty()) {
      return fail("found " + std::to_string(count) +
                  " cells, expected class, phrase and value with tabs between them");
    }
    const auto known = std::find_if(classes.begin(), classes.end(),
                                    [&](const class_row& c) { return c.name == cells[0]; });
    if (known == classes.end()) {
      return fail("there is no class '" + std::string(cells[0]) +
                  "'; the classes are listed in "
                  "data/README.md");
    }
    add(*known, cells[1], cells[2]);
  }

  bool value_fits(const class_row& row, std::string_view value) {
    switch (row.value) {
    case value_kind::none: return value.empty();
    case value_kind::integer: return integer(value).has_value();
    case value_kind::label: return label_named(value).has_value();
    case value_kind::text:
      return !value.empty() &&
             (row.choices.empty() ||
              row.choices.find('|' + std::string(value) + '|') != std::string_view::npos);
    case value_kind::meaning: {
      date_pattern unused;
      return read_meaning(value, unused);
    }
    }
    return false;
  }

  void add(const class_row& row, std::string_view text, std::string_view value) {
    if (!value_fits(row, value)) {
      return fail("'" + std::string(value) + "' is no value of class '" + std::string(row.name) +
                  "'; see data/README.md");
    }
    std::string problem;
    auto spellings = parse_phrase(text, problem);
    if (!spellings)
      return fail("the phrase '" + std::string(text) + "' cannot be read: " + problem);
    if (row.what == word_class::plural) {
      out.plurals_.push_back(folded(text));
      return;
    }
    if (row.what == word_class::future_ending) {
      out.future_endings_.emplace_back(folded(text), lexicon::entry{std::string(value), 0});
      const std::string& ending = out.future_endings_.back().first;
      if (!ending.empty()) out.ends_future_[static_cast<unsigned char>(ending.back())] = true;
      return;
    }
    if (row.what == word_class::modifiers) {
      out.modifiers_ = static_cast<std::size_t>(std::clamp(integer(value).value_or(0), 0LL, 8LL));
      return;
    }
    for (auto& spelling : *spellings) {
      if (needs_slot(row)) {
        add_pattern(row, std::move(spelling), value);
      } else if (!add_phrase(row, spelling, value)) {
        return fail("class '" + std::string(row.name) + "' takes plain phrases, no { } or < >");
      }
    }
  }

  void add_pattern(const class_row& row, phrase elements, std::string_view value) {
    date_pattern pattern;
    pattern.elements = std::move(elements);
    const bool clock = row.what == word_class::clock;
    if (clock)
      pattern.number = static_cast<int>(integer(value).value_or(0));
    else
      read_meaning(value, pattern);
    const auto& first = pattern.elements.front();
    if (first.what == slot::none)
      out.starts_.add(first.fold, clock ? lexicon::clock_bit : lexicon::date_bit);
    if (clock)
      out.dates_.add_clock(std::move(pattern));
    else
      out.dates_.add(std::move(pattern));
  }

  bool add_phrase(const class_row& row, const phrase& spelling, std::string_view value) {
    auto& table = out.words_[static_cast<std::size_t>(row.what)];
    out.starts_.add(spelling.front().fold, bit_of(row.what));
    std::uint32_t at = phrase_tree::root;
    for (const auto& e : spelling) {
      if (e.what != slot::none || e.context) return false;
      at = table.tree.step_or_add(at, e.fold);
    }
    table.tree.set(at, static_cast<std::uint32_t>(table.entries.size()));
    table.entries.push_back({std::string(value), integer(value).value_or(0)});
    return true;
  }

  std::string file_;
  std::size_t line_ = 0;
};

std::variant<lexicon, std::vector<lexicon_error>> lexicon::read(std::string_view language,
                                                                const reader& bytes_of) {
  lexicon_reader in;
  in.out.language_ = language;
  for (const auto file : files) {
    const std::string name = std::string(language) + '/' + std::string(file);
    const auto bytes = bytes_of(name);
    if (bytes) {
      in.read_file(name, *bytes);
    } else {
      in.errors.push_back({name, 0,
                           "the file is missing or empty; a language needs all five tables, and a "
                           "comment is enough where there is nothing to say"});
    }
  }
  if (!in.errors.empty()) return std::move(in.errors);
  return std::move(in.out);
}

std::optional<lexicon::found> lexicon::longest(word_class c, token_view tokens,
                                               std::size_t at) const {
  const phrases& table = words_[static_cast<std::size_t>(c)];
  const auto best = table.tree.longest(tokens, at);
  if (!best) return std::nullopt;
  return found{&table.entries[best->value], best->tokens};
}

bool lexicon::has(word_class c, std::string_view fold) const {
  return words_[static_cast<std::size_t>(c)].tree.has(fold);
}

bool lexicon::plural(std::string_view fold) const {
  return plurals_.empty() || std::any_of(plurals_.begin(), plurals_.end(), [&](const auto& ending) {
           return fold.ends_with(ending);
         });
}

const lexicon::entry* lexicon::future_ending(std::string_view fold) const {
  if (fold.empty() || !ends_future_[static_cast<unsigned char>(fold.back())]) return nullptr;
  const std::pair<std::string, entry>* best = nullptr;
  for (const auto& ending : future_endings_) {
    const bool longer = best == nullptr || ending.first.size() > best->first.size();
    if (longer && fold.size() > ending.first.size() && fold.ends_with(ending.first)) best = &ending;
  }
  return best == nullptr || has(word_class::future_not, fold) ? nullptr : &best->second;
}

void lexicon::start_table::add(std::string_view fold, std::uint64_t bits) {
  if (2 * (used_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = short_hash(hash_of(fold));
  maybe_[hash % maybe_size] = true;
  std::size_t at = hash & mask_;
  while (slots_[at].second != 0 && slots_[at].first != hash) at = (at + 1) & mask_;
  used_ += slots_[at].second == 0 ? 1 : 0;
  slots_[at].first = hash;
  slots_[at].second |= bits;
}

void lexicon::start_table::grow() {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> old(4 * slots_.size());
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const auto& [hash, bits] : old) {
    if (bits == 0) continue;
    std::size_t at = hash & mask_;
    while (slots_[at].second != 0) at = (at + 1) & mask_;
    slots_[at] = {hash, bits};
  }
}

} // namespace vigie::press
