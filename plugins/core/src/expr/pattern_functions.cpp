// SPDX-License-Identifier: Apache-2.0
// Functions of regular expressions, by RE2: time linear in the text, memory bounded, no
// backtracking, so that neither a pattern nor a text can make a run hang. A pattern is compiled
// once, when the expression is typed, and shared by all tasks.
#include "characters.hpp"
#include "functions.hpp"
#include "wrong.hpp"

#include <re2/re2.h>

#include <array>
#include <cstring>

namespace vigie::core::expr {
namespace {

constexpr std::int64_t most_memory = std::int64_t{8} << 20; // bytes of one compiled pattern
constexpr int most_groups = 64;

struct piece { // of a replacement: a group of the match, or a text where `group` is -1
  int group = -1;
  std::string text = {};
};

struct regexp {
  regexp(const std::string& pattern, const RE2::Options& options) : re(pattern, options) {}
  RE2 re;
  int group = 0;              // regexp_extract
  bool every = false;         // regexp_replace: all matches
  std::vector<piece> by = {}; // regexp_replace
};

using groups = std::array<re2::StringPiece, most_groups>;

[[noreturn]] void refuse_pattern(std::size_t at, const std::string& why) {
  throw wrong{VIGIE_E_CONFIG, why, at};
}

struct flags {
  bool fold = false, lines = false, every = false;
};
flags read_flags(const typed& n, std::string_view allowed) {
  flags out;
  for (const char c : n.value.text) {
    if (allowed.find(c) == allowed.npos)
      refuse_pattern(n.at, "the flags of a regular expression are i (upper and lower case are the "
                           "same), n (^ and $ stand for lines, . for no line end) and, in "
                           "regexp_replace, g (every match); found " +
                               quoted(n.value.text));
    out.fold = out.fold || c == 'i';
    out.lines = out.lines || c == 'n';
    out.every = out.every || c == 'g';
  }
  return out;
}

std::shared_ptr<regexp> compiled(const typed& pattern, const flags& with) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(most_memory);
  options.set_case_sensitive(!with.fold);
  options.set_dot_nl(!with.lines);
  const std::string text = (with.lines ? "(?m)" : "") + pattern.value.text;
  auto out = std::make_shared<regexp>(text, options);
  if (!out->re.ok())
    refuse_pattern(pattern.at, quoted(pattern.value.text) +
                                   " is no regular expression: " + out->re.error() +
                                   "; back references and looking around do not exist here");
  if (out->re.NumberOfCapturingGroups() >= most_groups)
    refuse_pattern(pattern.at, "the regular expression has " +
                                   std::to_string(out->re.NumberOfCapturingGroups()) +
                                   " groups; at most 63 are allowed; write (?:...) for those that "
                                   "are not needed");
  return out;
}

std::shared_ptr<regexp> pattern_with_flags(const argument_list& args, std::size_t flags_at,
                                           std::string_view allowed) {
  const flags with = args.size() > flags_at ? read_flags(*args[flags_at], allowed) : flags{};
  std::shared_ptr<regexp> out = compiled(*args[1], with);
  out->every = with.every;
  return out;
}

std::shared_ptr<const void> prepare_match(const argument_list& args) {
  return pattern_with_flags(args, 2, "in");
}

std::shared_ptr<const void> prepare_extract(const argument_list& args) {
  std::shared_ptr<regexp> out = compiled(*args[1], {});
  if (args.size() < 3) return out;
  const std::int64_t group = args[2]->value.integer;
  const int most = out->re.NumberOfCapturingGroups();
  if (group < 0 || group > most)
    refuse_pattern(args[2]->at, "the pattern has no group " + std::to_string(group) + "; it has " +
                                    std::to_string(most) + ", and 0 is the whole match");
  out->group = static_cast<int>(group);
  return out;
}

// \1 to \9 are groups, \& the whole match, \\ a backslash (PostgreSQL manual, 9.7.3).
std::vector<piece> pieces_of(const typed& by, int most) {
  std::vector<piece> out;
  const std::string& text = by.value.text;
  const auto literal = [&](char c) {
    if (out.empty() || out.back().group >= 0) out.emplace_back();
    out.back().text += c;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      literal(text[at]);
      continue;
    }
    const char c = at + 1 < text.size() ? text[++at] : '\0';
    const int group = c == '&' ? 0 : c - '0';
    if (c == '\\')
      literal(c);
    else if (c != '&' && (c < '1' || c > '9'))
      refuse_pattern(by.at, "behind a backslash in the replacement stands 1 to 9, & or a "
                            "backslash; found " +
                                quoted(text));
    else if (group > most)
      refuse_pattern(by.at, "the pattern has no group " + std::to_string(group) + "; it has " +
                                std::to_string(most));
    else
      out.push_back({group});
  }
  return out;
}

std::shared_ptr<const void> prepare_replace(const argument_list& args) {
  std::shared_ptr<regexp> out = pattern_with_flags(args, 3, "ing");
  out->by = pieces_of(*args[2], out->re.NumberOfCapturingGroups());
  return out;
}

// ---- running -----------------------------------------------------------------------------------

void regexp_like(const call_frame& f) {
  const auto& own = f.prepared<regexp>();
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    const bool hit = own.re.Match(re2::StringPiece(t.data(), t.size()), 0, t.size(),
                                  RE2::UNANCHORED, nullptr, 0);
    f.put(row, std::uint8_t{hit});
  });
}

void regexp_extract(const call_frame& f) {
  const auto& own = f.prepared<regexp>();
  groups found;
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    const auto at = static_cast<std::size_t>(own.group);
    const bool hit = own.re.Match(re2::StringPiece(t.data(), t.size()), 0, t.size(),
                                  RE2::UNANCHORED, found.data(), own.group + 1);
    if (!hit || found[at].data() == nullptr) return f.null(row);
    f.put(row, std::string_view(found[at].data(), found[at].size()));
  });
}

// Calls each(match) for the matches one behind the other; an empty one right behind another match
// is none. false from `each` ends it.
template <class Each>
void each_match(const RE2& re, std::string_view text, int wanted, groups& found, Each each) {
  const re2::StringPiece whole(text.data(), text.size());
  std::size_t at = 0, last_end = std::string_view::npos;
  while (at <= text.size() &&
         re.Match(whole, at, text.size(), RE2::UNANCHORED, found.data(), wanted)) {
    const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
    const std::size_t end = begin + found[0].size();
    if (begin == end && begin == last_end) {
      at = at < text.size() ? next_character(text, at) : at + 1;
      continue;
    }
    if (!each(begin, end)) return;
    at = last_end = end;
    if (begin == end) at = end < text.size() ? next_character(text, end) : end + 1;
  }
}

void regexp_count(const call_frame& f) {
  const auto& own = f.prepared<regexp>();
  groups found;
  each_live(f, [&](std::size_t row) {
    std::int64_t n = 0;
    const std::string_view t = f.text(0, row);
    // An empty view has no address to count from.
    each_match(own.re, t.data() == nullptr ? "" : t, 1, found, [&](std::size_t, std::size_t) {
      ++n;
      return true;
    });
    f.put(row, n);
  });
}

void append_bounded(std::string& out, std::string_view part) {
  if (part.size() > text_arena::most - std::min(out.size(), text_arena::most))
    throw too_much_text{};
  out += part;
}

void regexp_replace(const call_frame& f) {
  const auto& own = f.prepared<regexp>();
  int wanted = 1;
  for (const piece& p : own.by) wanted = std::max(wanted, p.group + 1);
  groups found;
  std::string made;
  each_live(f, [&](std::size_t row) {
    const std::string_view given = f.text(0, row);
    const std::string_view t = given.data() == nullptr ? "" : given;
    made.clear();
    std::size_t kept = 0;
    bool hit = false;
    each_match(own.re, t, wanted, found, [&](std::size_t begin, std::size_t end) {
      hit = true;
      append_bounded(made, t.substr(kept, begin - kept));
      for (const piece& p : own.by) {
        if (p.group < 0)
          append_bounded(made, p.text);
        else if (const auto& g = found[static_cast<std::size_t>(p.group)]; g.data() != nullptr)
          append_bounded(made, {g.data(), g.size()});
      }
      kept = end;
      return own.every;
    });
    if (!hit) return f.put(row, t);
    append_bounded(made, t.substr(kept));
    f.put(row, f.texts.keep(made));
  });
}

constexpr function table[] = {
    {"regexp_count", "regexp_count(text, pattern [, flags])", "tcc", 2, 'i', regexp_count,
     prepare_match},
    {"regexp_extract", "regexp_extract(text, pattern [, group])", "tck", 2, 't', regexp_extract,
     prepare_extract},
    {"regexp_like", "regexp_like(text, pattern [, flags])", "tcc", 2, 'b', regexp_like,
     prepare_match},
    {"regexp_replace", "regexp_replace(text, pattern, by [, flags])", "tccc", 3, 't',
     regexp_replace, prepare_replace},
};

} // namespace

std::span<const function> pattern_functions() { return table; }

} // namespace vigie::core::expr
