// SPDX-License-Identifier: Apache-2.0
#include "io/glob.hpp"

#include "base/text.hpp"
#include "io/errors.hpp"
#include "io/system.hpp"

#include <algorithm>
#include <cerrno>

namespace vigie::io {
namespace {

constexpr auto npos = std::string_view::npos;

// One character, or an ill-formed byte as a number above all characters. Moves `at` behind it.
char32_t take_char(std::string_view s, std::size_t& at) {
  const std::size_t start = at;
  const char32_t c = text::next_char(s, at);
  const bool ill_formed = text::invalid_utf8(s.substr(start, at - start)).has_value();
  return ill_formed ? 0x110000 + static_cast<unsigned char>(s[start]) : c;
}

// The position behind the set that opens at `at`, or npos where it never closes and the bracket is
// a plain character.
std::size_t set_end(std::string_view p, std::size_t at) {
  std::size_t i = at + 1;
  if (i < p.size() && (p[i] == '!' || p[i] == '^')) ++i;
  if (i < p.size() && p[i] == ']') ++i; // a closing bracket in first place is a member
  for (; i < p.size(); ++i) {
    if (p[i] == ']') return i + 1;
    if (p[i] == '\\') ++i;
  }
  return npos;
}

// Is `c` in the set between `at` (the opening bracket) and `end` (behind the closing one)?
bool in_set(std::string_view p, std::size_t at, std::size_t end, char32_t c) {
  std::size_t i = at + 1;
  const bool not_in = p[i] == '!' || p[i] == '^';
  if (not_in) ++i;
  bool found = false;
  const auto member = [&] {
    if (p[i] == '\\' && i + 2 < end) ++i;
    return take_char(p, i);
  };
  while (i + 1 < end) {
    const char32_t first = member();
    char32_t last = first;
    if (p[i] == '-' && i + 2 < end) {
      ++i;
      last = member();
    }
    found = found || (first <= c && c <= last);
  }
  return found != not_in;
}

// Does the part of the pattern at `p_at`, which is no star, take something of `name` at `n_at`?
// Moves both if so.
bool step(std::string_view p, std::size_t& p_at, std::string_view name, std::size_t& n_at) {
  if (p_at >= p.size() || n_at >= name.size()) return false;
  const char c = p[p_at];
  if (c == '?') {
    ++p_at;
    (void)text::next_char(name, n_at);
    return true;
  }
  const std::size_t end = c == '[' ? set_end(p, p_at) : npos;
  if (end != npos) {
    std::size_t behind = n_at;
    if (!in_set(p, p_at, end, take_char(name, behind))) return false;
    p_at = end;
    n_at = behind;
    return true;
  }
  const std::size_t literal = c == '\\' && p_at + 1 < p.size() ? p_at + 1 : p_at;
  if (p[literal] != name[n_at]) return false;
  p_at = literal + 1;
  ++n_at;
  return true;
}

bool hidden(std::string_view name) { return name.starts_with('.'); }

struct walker {
  std::vector<std::string_view> parts; // components behind the fixed ones; the last is never **
  std::vector<std::string> found;

  using places = std::vector<std::size_t>; // positions in `parts`, ascending

  [[nodiscard]] bool last(std::size_t at) const { return at + 1 == parts.size(); }
  [[nodiscard]] places closed(places at) const;
  [[nodiscard]] status walk(const std::string& folder, const places& at);
  [[nodiscard]] status walk_literal(const std::string& folder, std::size_t at);
  [[nodiscard]] status take(const std::string& folder, const folder_entry& entry, const places& at);
};

void add(walker::places& to, std::size_t at) {
  const auto where = std::lower_bound(to.begin(), to.end(), at);
  if (where == to.end() || *where != at) to.insert(where, at);
}

// ** may also stand for no folder at all.
walker::places walker::closed(places at) const {
  for (std::size_t i = 0; i < at.size(); ++i)
    if (parts[at[i]] == "**") add(at, at[i] + 1);
  return at;
}

status walker::walk(const std::string& folder, const places& at) {
  const places here = closed(at);
  if (here.size() == 1 && !is_glob(parts[here[0]])) return walk_literal(folder, here[0]);
  std::vector<folder_entry> entries;
  const int done = sys().list(folder.empty() ? "." : folder, entries);
  if (done < 0) return input_failure("list the folder", folder.empty() ? "." : folder, -done);
  for (const folder_entry& entry : entries)
    if (status taken = take(folder, entry, here); !taken) return taken;
  return {};
}

// A name that is written out needs no listing, only to be there.
status walker::walk_literal(const std::string& folder, std::size_t at) {
  const std::string path = folder + unescaped(parts[at]);
  file_facts facts;
  const int done = sys().stat(path, !last(at), facts);
  if (done == -ENOENT || done == -ENOTDIR) return {};
  if (done < 0) return input_failure("look at", path, -done);
  return take(folder, {unescaped(parts[at]), facts.kind}, {at});
}

status walker::take(const std::string& folder, const folder_entry& entry, const places& at) {
  const std::string path = folder + entry.name;
  file_kind kind = entry.kind;
  bool fits = false;
  places below;
  for (const std::size_t p : at) {
    if (parts[p] == "**") {
      if (!hidden(entry.name) && entry.kind == file_kind::folder) add(below, p);
    } else if (is_glob(parts[p]) ? matches(parts[p], entry.name)
                                 : unescaped(parts[p]) == entry.name) {
      if (last(p))
        fits = true;
      else
        add(below, p + 1);
    }
  }
  if (kind == file_kind::link && (fits || !below.empty())) {
    file_facts facts;
    if (sys().stat(path, true, facts) == 0)
      kind = facts.kind; // a broken link stays one and is refused when listed
  }
  if (fits && kind != file_kind::folder) found.push_back(path);
  if (below.empty() || kind != file_kind::folder) return {};
  return walk(path + "/", below);
}

} // namespace

bool is_glob(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\')
      ++i;
    else if (c == '*' || c == '?' || (c == '[' && set_end(pattern, i) != npos))
      return true;
  }
  return false;
}

std::string unescaped(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    out += pattern[i];
  }
  return out;
}

// Two positions and the last star: only that star ever needs to take more, so nothing is tried
// twice.
bool matches(std::string_view p, std::string_view name) {
  if (hidden(name) && !p.starts_with('.') && !p.starts_with("\\.")) return false;
  std::size_t p_at = 0, n_at = 0, star = npos, star_n = 0;
  while (n_at < name.size() || p_at < p.size()) {
    if (p_at < p.size() && p[p_at] == '*') {
      star = p_at++;
      star_n = n_at;
      continue;
    }
    if (step(p, p_at, name, n_at)) continue;
    if (star == npos || star_n >= name.size()) return false;
    p_at = star + 1;
    n_at = ++star_n;
  }
  return true;
}

result<expansion> expand(std::string_view pattern) {
  expansion out;
  walker w;
  for (const std::string_view part : text::split(pattern, '/')) {
    const bool first_slash =
        part.empty() && out.fixed.empty() && w.parts.empty() && pattern.starts_with('/');
    if (first_slash) out.fixed = "/";
    if (part.empty()) continue; // doubled slashes mean one
    if (w.parts.empty() && !is_glob(part))
      out.fixed += unescaped(part) + "/";
    else if (part != "**" || w.parts.empty() || w.parts.back() != "**")
      w.parts.push_back(part);
  }
  if (!w.parts.empty() && w.parts.back() == "**") w.parts.emplace_back("*");
  if (w.parts.empty()) return out;
  file_facts facts;
  const std::string start = out.fixed.empty() ? "." : out.fixed;
  const int there = sys().stat(start, true, facts);
  if (there < 0) return input_failure("look at the folder", start, -there);
  if (status walked = w.walk(out.fixed, {0}); !walked) return std::move(walked).error();
  std::sort(w.found.begin(), w.found.end());
  out.paths = std::move(w.found);
  return out;
}

} // namespace vigie::io
