// SPDX-License-Identifier: Apache-2.0
#include "diff_rows.hpp"

#include "base/text.hpp"
#include "io/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <set>
#include <span>

namespace vigie::runs {
namespace {

using half_digest = std::array<std::uint64_t, 2>; // SHA-256, cut

struct entry {
  half_digest key{}, row{};
  std::uint64_t number = 0;

  friend auto operator<=>(const entry&, const entry&) = default;
};

struct side {
  std::string path;
  std::vector<entry> rows;          // as the file has them, later sorted
  std::vector<std::string> columns; // in the order they are first seen
};

void add_part(std::string& to, std::string_view part) {
  const std::uint64_t length = part.size();
  to.append(reinterpret_cast<const char*>(&length), sizeof length);
  to.append(part);
}

result<half_digest> digest_of(std::string_view bytes) {
  const auto whole = io::sha256(bytes);
  if (!whole) return whole.error();
  half_digest h;
  std::memcpy(h.data(), whole->data(), sizeof h);
  return h;
}

std::string bytes_of(const file_row& r) {
  std::string bytes;
  for (const std::string& n : r.names) add_part(bytes, n);
  bytes += '=';
  for (const std::string& c : r.cells) add_part(bytes, c);
  return bytes;
}

// A cell that is absent is not an empty one.
std::string key_bytes_of(const file_row& r, const std::vector<std::string>& key) {
  std::string bytes;
  for (const std::string& k : key) {
    const std::string* cell = cell_of(r, k);
    bytes += cell == nullptr ? '-' : '+';
    add_part(bytes, cell == nullptr ? std::string_view() : std::string_view(*cell));
  }
  return bytes;
}

class column_list {
public:
  void add(const std::vector<std::string>& names) {
    if (names == last_) return;
    last_ = names;
    for (const std::string& n : names)
      if (known_.insert(n).second) all_.push_back(n);
  }
  [[nodiscard]] std::vector<std::string> take() { return std::move(all_); }

private:
  std::vector<std::string> last_, all_;
  std::set<std::string> known_;
};

template <class F>
status each_row(const std::string& path, row_form form, const diff_options& o, F&& f) {
  auto reader = row_reader::open(path, form, o.cancel);
  if (!reader) return std::move(reader).error();
  for (file_row row;;) {
    const auto more = (*reader)->next(row);
    if (!more) return more.error();
    if (!*more) return {};
    const result<bool> on = f(row);
    if (!on) return on.error();
    if (!*on) return {};
  }
}

status scan(side& s, row_form form, const diff_options& o) {
  column_list columns;
  auto done = each_row(s.path, form, o, [&](const file_row& row) -> result<bool> {
    columns.add(row.names);
    const auto whole = digest_of(bytes_of(row));
    if (!whole) return whole.error();
    const auto key = o.key.empty() ? whole : digest_of(key_bytes_of(row, o.key));
    if (!key) return key.error();
    s.rows.push_back({*key, *whole, row.number});
    return true;
  });
  s.columns = columns.take();
  return done;
}

bool has_all(const side& s, const std::vector<std::string>& key) {
  return s.rows.empty() || std::ranges::all_of(key, [&](const std::string& k) {
           return std::ranges::find(s.columns, k) != s.columns.end();
         });
}

std::vector<std::string> only_in(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::vector<std::string> out;
  for (const std::string& name : a)
    if (std::ranges::find(b, name) == b.end()) out.push_back(name);
  return out;
}

bool same_sequence(const side& a, const side& b) {
  return std::ranges::equal(a.rows, b.rows, {}, &entry::row, &entry::row);
}

// Numbers of the rows of each sort.
struct matched {
  std::vector<std::uint64_t> added, removed, twice_before, twice_after;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> changed;
  std::uint64_t keys_twice = 0;
};

using rows = std::span<const entry>;

// Rows of one key, sorted by row digest and number. Of equal rows the last ones are left over.
void match_group(rows a, rows b, bool keyed, matched& m) {
  std::vector<std::uint64_t> gone, come;
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    const bool left = j == b.size() || (i < a.size() && a[i].row < b[j].row);
    const bool right = i == a.size() || (j < b.size() && b[j].row < a[i].row);
    if (left) gone.push_back(a[i].number);
    if (right) come.push_back(b[j].number);
    i += right ? 0 : 1;
    j += left ? 0 : 1;
  }
  if (keyed && a.size() == 1 && b.size() == 1) {
    if (!gone.empty()) m.changed.emplace_back(gone.front(), come.front());
    return;
  }
  m.removed.insert(m.removed.end(), gone.begin(), gone.end());
  m.added.insert(m.added.end(), come.begin(), come.end());
  if (!keyed || (a.size() < 2 && b.size() < 2)) return;
  ++m.keys_twice;
  const bool in_before = a.size() > 1;
  const entry& first = *std::ranges::min_element(in_before ? a : b, {}, &entry::number);
  (in_before ? m.twice_before : m.twice_after).push_back(first.number);
}

matched match(side& a, side& b, bool keyed) {
  std::ranges::sort(a.rows);
  std::ranges::sort(b.rows);
  matched m;
  const rows left(a.rows), right(b.rows);
  for (std::size_t i = 0, j = 0; i < left.size() || j < right.size();) {
    const bool from_left = j == right.size() || (i < left.size() && left[i].key <= right[j].key);
    const half_digest key = from_left ? left[i].key : right[j].key;
    std::size_t p = i, q = j;
    while (p < left.size() && left[p].key == key) ++p;
    while (q < right.size() && right[q].key == key) ++q;
    match_group(left.subspan(i, p - i), right.subspan(j, q - j), keyed, m);
    i = p;
    j = q;
  }
  return m;
}

// The lowest `limit`, in order.
template <class T> std::vector<T> first_of(std::vector<T> all, std::size_t limit) {
  const std::size_t n = std::min(limit, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n), all.end());
  all.resize(n);
  return all;
}

using fetched = std::map<std::uint64_t, file_row>;

// The rows of these numbers, in a second reading.
status fetch(const std::string& path, row_form form, const diff_options& o, fetched& wanted) {
  if (wanted.empty()) return {};
  const std::uint64_t last = wanted.rbegin()->first;
  return each_row(path, form, o, [&](const file_row& row) -> result<bool> {
    const auto at = wanted.find(row.number);
    if (at != wanted.end()) at->second = row;
    return row.number < last;
  });
}

std::vector<std::string> key_of(const file_row& r, const std::vector<std::string>& key) {
  std::vector<std::string> out;
  for (const std::string& k : key) {
    const std::string* cell = cell_of(r, k);
    out.push_back(cell == nullptr ? std::string() : *cell);
  }
  return out;
}

std::vector<std::string> columns_that_differ(const file_row& a, const file_row& b) {
  std::vector<std::string> out;
  const auto add = [&](const file_row& from, const file_row& other) {
    for (const std::string& name : from.names) {
      const std::string *x = cell_of(from, name), *y = cell_of(other, name);
      const bool same = x != nullptr && y != nullptr && *x == *y;
      if (!same && std::ranges::find(out, name) == out.end()) out.push_back(name);
    }
  };
  add(a, b);
  add(b, a);
  return out;
}

// Turns numbers into rows for people.
class naming {
public:
  naming(const side& a, const side& b, const diff_options& o, file_diff& d)
      : a_(a), b_(b), o_(o), d_(d) {}

  status all(const matched& m) {
    const auto added = first_of(m.added, o_.limit), removed = first_of(m.removed, o_.limit);
    const auto changed = first_of(m.changed, o_.limit);
    const auto twice_before = first_of(m.twice_before, o_.limit);
    const auto twice_after = first_of(m.twice_after, o_.limit - twice_before.size());
    if (d_.keyed || o_.cells) {
      for (const std::uint64_t n : added) after_[n];
      for (const std::uint64_t n : removed) before_[n];
      for (const std::uint64_t n : twice_before) before_[n];
      for (const std::uint64_t n : twice_after) after_[n];
      for (const auto& [x, y] : changed) {
        before_[x];
        after_[y];
      }
    }
    if (auto ok = fetch(a_.path, d_.form, o_, before_); !ok) return ok;
    if (auto ok = fetch(b_.path, d_.form, o_, after_); !ok) return ok;
    for (const std::uint64_t n : added) d_.first_added.push_back(shown(n, after_));
    for (const std::uint64_t n : removed) d_.first_removed.push_back(shown(n, before_));
    for (const std::uint64_t n : twice_before) d_.first_twice.push_back(shown(n, before_));
    for (const std::uint64_t n : twice_after) d_.first_twice.push_back(shown(n, after_));
    for (const auto& [x, y] : changed) d_.first_changed.push_back(shown_change(x, y));
    return {};
  }

private:
  row_shown shown(std::uint64_t n, const fetched& from) const {
    row_shown s{.row = n, .key = {}, .cells = {}};
    const auto at = from.find(n);
    if (at == from.end()) return s;
    if (d_.keyed) s.key = key_of(at->second, o_.key);
    if (o_.cells) s.cells = at->second;
    return s;
  }

  row_changed shown_change(std::uint64_t x, std::uint64_t y) const {
    const file_row &a = before_.at(x), &b = after_.at(y);
    row_changed c{.before = x,
                  .after = y,
                  .key = key_of(a, o_.key),
                  .columns = columns_that_differ(a, b),
                  .cells_before = {},
                  .cells_after = {}};
    if (o_.cells) c.cells_before = a;
    if (o_.cells) c.cells_after = b;
    return c;
  }

  const side &a_, &b_;
  const diff_options& o_;
  file_diff& d_;
  fetched before_, after_;
};

void note_no_key(const diff_options& o, file_diff& d) {
  diagnostic note = fail(code::diff_key, fmt::format("'{}' has not all columns of the key {}; its "
                                                     "rows are compared as wholes",
                                                     d.file, text::join(o.key, ", ")));
  note.severity = severity::note;
  d.problems.push_back(std::move(note));
}

} // namespace

status compare_rows(const std::string& before, const std::string& after, const diff_options& o,
                    file_diff& d) {
  side a{.path = before, .rows = {}, .columns = {}}, b{.path = after, .rows = {}, .columns = {}};
  if (auto ok = scan(a, d.form, o); !ok) return ok;
  if (auto ok = scan(b, d.form, o); !ok) return ok;
  const bool keyed = !o.key.empty() && has_all(a, o.key) && has_all(b, o.key);
  if (!keyed && !o.key.empty())
    for (side* s : {&a, &b})
      for (entry& e : s->rows) e.key = e.row;
  file_diff made = d;
  made.keyed = keyed;
  made.same_rows = same_sequence(a, b);
  made.rows_before = a.rows.size();
  made.rows_after = b.rows.size();
  made.columns_removed = only_in(a.columns, b.columns);
  made.columns_added = only_in(b.columns, a.columns);
  made.columns = a.columns;
  made.columns.insert(made.columns.end(), made.columns_added.begin(), made.columns_added.end());
  if (!keyed && !o.key.empty()) note_no_key(o, made);
  const matched m = match(a, b, keyed);
  made.added = m.added.size();
  made.removed = m.removed.size();
  made.changed = m.changed.size();
  made.keys_twice = m.keys_twice;
  if (auto ok = naming(a, b, o, made).all(m); !ok) return ok;
  d = std::move(made);
  return {};
}

} // namespace vigie::runs
