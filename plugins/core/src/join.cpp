// SPDX-License-Identifier: Apache-2.0
#include "join.hpp"

#include "expr/wrong.hpp"

#include <algorithm>
#include <limits>

namespace vigie::core {
namespace {

enum parameter { on_param, kind_param, columns_param, prefix_param, many_param };

constexpr std::size_t rows_a_batch = 16 * 1024;
constexpr std::size_t ahead = 8; // places of the index that are asked for in advance

// A column whose spans named bytes of another file than that of the row it now stands in.
void forget_places(field& f) {
  f.span = false;
  for (field& c : f.children) forget_places(c);
}

std::string key_text(const join_on& keys, const batch& in, std::int64_t row) {
  std::string out;
  for (const need n : keys.right) {
    const column& c = in[n];
    const bool text = is_bytes(c.type().kind) || c.type().kind == kind::fixed_binary;
    out += (out.empty() ? "" : ", ") + c.type().name + " = " +
           (text ? expr::quoted(c.text(row)) : std::to_string(c.integer(row)));
  }
  return out;
}

} // namespace

// ---- binding -----------------------------------------------------------------------------------

void join_rows::bind(binding& b) {
  refuse_without_use();
  keys = join_on::bind(b, on);
  b.build_port(1);
  wanted.clear();
  added.clear();
  if (adds_columns()) choose_columns(b);
  if (!adds_columns() || (kind == "inner" && !is("all")))
    b.set_rows(rows::some);
  else
    b.set_rows(is("all") ? rows::many : rows::same);
}

void join_rows::refuse_without_use() const {
  if (adds_columns()) return;
  const auto refuse = [&](int param, const char* name) {
    throw error(VIGIE_E_CONFIG, "'" + std::string(name) + "' has no use here: kind '" + kind +
                                    "' adds no columns and gives a row once; remove it, or choose "
                                    "inner or left")
        .at_param(param);
  };
  if (!columns.empty()) refuse(columns_param, "columns");
  if (!prefix.empty()) refuse(prefix_param, "prefix");
  if (many) refuse(many_param, "many");
}

void join_rows::choose_columns(binding& b) {
  const schema& in = b.input(1);
  schema held;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int at = find_field(in, columns[i].value);
    if (at < 0) static_cast<void>(b.column(columns[i], {}, 1)); // throws what it has
    add_column(b, at, static_cast<int>(i));
  }
  for (int i = 0; columns.empty() && i < static_cast<int>(in.size()); ++i)
    if (std::find(keys.right_columns.begin(), keys.right_columns.end(), i) ==
        keys.right_columns.end())
      add_column(b, i, -1);
  for (const need n : wanted)
    held.push_back(b.needs()[1].fields[static_cast<std::size_t>(n.index)]);
  payload.start(std::move(held));
}

void join_rows::add_column(binding& b, int position, int item) {
  field f = b.input(1)[static_cast<std::size_t>(position)];
  const std::string name = prefix + f.name;
  const int param = item >= 0 ? columns_param : prefix.empty() ? on_param : prefix_param;
  if (find_field(b.input(0), name) >= 0)
    throw error(VIGIE_E_SCHEMA,
                "both sides have a column '" + name +
                    (prefix.empty() ? "'; give 'prefix' to tell them apart, or say in 'columns' "
                                      "which of the right side are wanted"
                                    : "'; choose another prefix"))
        .at_param(param, item);
  if (find_field(b.added(), name) >= 0)
    throw error(VIGIE_E_CONFIG, "column '" + f.name + "' stands twice; name it once")
        .at_param(param, item);
  f.name = name;
  forget_places(f);
  wanted.push_back(b.at(position, 1));
  added.push_back(b.adds(std::move(f)));
}

// ---- the right side ----------------------------------------------------------------------------

void join_rows::build(std::uint32_t, batch in) {
  rows_ += in.size();
  std::vector<std::int32_t> taken;
  index(in, taken);
  std::vector<const column*> from;
  for (const need n : wanted) from.push_back(&in[n]);
  if (!wanted.empty()) payload.take(from, taken);
  if (rows_ > std::numeric_limits<std::int32_t>::max())
    throw error(VIGIE_E_RESOURCE,
                "the right side has more than 2147483647 rows; put the larger input on the left");
  if (memory_.hold(bytes())) return;
  throw error(VIGIE_E_RESOURCE,
              "the first " + std::to_string(rows_) + " rows of the right side take " +
                  std::to_string(bytes()) +
                  " bytes, more than the run may use; put the larger input on the left, filter the "
                  "right one, name fewer 'columns', or allow more memory");
}

// `taken`: the rows whose columns are to be held.
void join_rows::index(const batch& in, std::vector<std::int32_t>& taken) {
  join_keys reader(keys, true);
  if (keys.form != key_form::number) {
    reader.read(in);
    for (std::size_t i = 0; i < reader.rows().size(); ++i)
      count(texts.insert(reader.keys()[i]), reader.rows()[i], in, taken);
    return;
  }
  const bool within = keys.within_int64[0];
  reader.numbers(in, [&](const auto values, const column& c) {
    const bool nulls = c.has_nulls();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::uint64_t key = key_bits(values[i]);
      if (nulls && c.is_null(static_cast<std::int64_t>(i))) continue;
      if (within && key >> 63U != 0) continue;
      count(numbers.insert(key), static_cast<std::int32_t>(i), in, taken);
    }
  });
}

void join_rows::count(numbered_key key, std::int32_t row, const batch& in,
                      std::vector<std::int32_t>& taken) {
  if (!adds_columns()) return;
  if (!key.fresh && is("error"))
    throw error(VIGIE_E_DATA, "a second row of the right side has " + key_text(keys, in, row) +
                                  "; remove it, say with core.dedup, or choose many: first or all");
  if (!is("all") && !key.fresh) return;
  if (is("all")) rows_of_key.key_of_row.push_back(key.number);
  taken.push_back(row);
}

// Rows in order of their keys, those of one key in the order they came: distribution counting
// (Knuth, The Art of Computer Programming, vol. 3, 5.2, algorithm D).
void join_rows::partners::seal(std::uint32_t keys) {
  if (key_of_row.size() > keys) {
    first.assign(std::size_t{keys} + 1, 0);
    for (const std::uint32_t k : key_of_row) ++first[k + 1];
    for (std::size_t k = 0; k < keys; ++k) first[k + 1] += first[k];
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    rows.resize(key_of_row.size());
    for (std::size_t r = 0; r < key_of_row.size(); ++r)
      rows[next[key_of_row[r]]++] = static_cast<std::uint32_t>(r);
  }
  decltype(key_of_row)().swap(key_of_row);
}

std::uint64_t join_rows::seal(std::uint32_t) {
  const bool number = keys.form == key_form::number;
  filter = number ? numbers.filter() : texts.filter();
  rows_of_key.seal(number ? numbers.size() : texts.size());
  payload.seal();
  memory_.give_back(); // the host reserves what it is told
  return bytes();
}

std::size_t join_rows::bytes() const {
  return numbers.bytes() + texts.bytes() + filter.bytes() + rows_of_key.bytes() + payload.bytes();
}

// ---- the left side -----------------------------------------------------------------------------

void join_rows::task::process(const batch& in, output& out) {
  rows_.clear();
  numbers_.clear();
  candidates_.clear();
  if (self_.keys.form == key_form::number)
    find_numbers(in);
  else
    find_bytes(in);
  if (self_.kind == "anti") return give_rest(in, out);
  if (self_.adds_columns() && self_.is("all")) return give_many(in, out);
  give_one_each(in, out);
}

void join_rows::task::find_numbers(const batch& in) {
  keys_.numbers(in, [this](const auto values, const column& c) { find_numbers(values, c); });
}

// First those that the filter lets through, in a loop without a branch, then these in the index.
template <class T> void join_rows::task::find_numbers(std::span<const T> values, const column& c) {
  const number_index& index = self_.numbers;
  const key_filter& filter = self_.filter;
  const key_hash hash = index.hash;
  candidates_.resize(values.size() + 1);
  std::size_t n = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint64_t h = hash(key_bits(values[i]));
    candidates_[n] = {h, static_cast<std::int32_t>(i)};
    n += filter.may_have(h) ? 1U : 0U;
  }
  candidates_.resize(n);
  const bool nulls = c.has_nulls();
  for (std::size_t i = 0; i < n; ++i) {
    if (i + ahead < n) index.prefetch(candidates_[i + ahead].hash);
    const auto [h, at] = candidates_[i];
    const std::uint32_t number = index.find(key_bits(values[static_cast<std::size_t>(at)]), h);
    if (number == no_key || (nulls && c.is_null(at))) continue;
    rows_.push_back(at);
    numbers_.push_back(number);
  }
}

void join_rows::task::find_bytes(const batch& in) {
  const bytes_index& index = self_.texts;
  keys_.read(in);
  for (std::size_t i = 0; i < keys_.keys().size(); ++i) {
    const std::uint64_t h = index.hash(keys_.keys()[i]);
    if (self_.filter.may_have(h)) candidates_.push_back({h, static_cast<std::int32_t>(i)});
  }
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (i + ahead < candidates_.size()) index.prefetch(candidates_[i + ahead].hash);
    const auto [h, at] = candidates_[i];
    const std::uint32_t number = index.find(keys_.keys()[static_cast<std::size_t>(at)], h);
    if (number == no_key) continue;
    rows_.push_back(keys_.rows()[static_cast<std::size_t>(at)]);
    numbers_.push_back(number);
  }
}

// anti: the rows without a partner.
void join_rows::task::give_rest(const batch& in, output& out) const {
  std::size_t next = 0;
  for (std::int32_t i = 0; i < in.size(); ++i) {
    if (next < rows_.size() && rows_[next] == i)
      ++next;
    else
      out.row(i);
  }
  if (next > 0) out.drop(static_cast<std::int64_t>(next));
}

// At most one partner each: it has the number of its key.
void join_rows::task::give_one_each(const batch& in, output& out) {
  const std::size_t n = rows_.size();
  if (self_.kind == "left") {
    right_.assign(static_cast<std::size_t>(in.size()), -1);
    for (std::size_t i = 0; i < n; ++i)
      right_[static_cast<std::size_t>(rows_[i])] = static_cast<std::int32_t>(numbers_[i]);
    return add_columns(n < right_.size(), out);
  }
  out.rows(rows_);
  right_.assign(numbers_.begin(), numbers_.end());
  if (self_.adds_columns()) add_columns(false, out);
  if (static_cast<std::int64_t>(n) < in.size()) out.drop(in.size() - static_cast<std::int64_t>(n));
}

void join_rows::task::give_many(const batch& in, output& out) {
  const bool left_too = self_.kind == "left";
  const partners& p = self_.rows_of_key;
  left_.clear();
  right_.clear();
  bool missing = false;
  std::size_t next = 0;
  const auto hand_over = [&] {
    out.rows(left_);
    add_columns(missing, out);
    out.flush();
    left_.clear();
    right_.clear();
    missing = false;
  };
  const auto pair = [&](std::int32_t left, std::int32_t right) {
    left_.push_back(left);
    right_.push_back(right);
    if (left_.size() == rows_a_batch) hand_over();
  };
  for (std::int32_t i = 0; i < in.size(); ++i) {
    if (next == rows_.size() && !left_too) break;
    if (next == rows_.size() || rows_[next] != i) {
      missing = missing || left_too;
      if (left_too) pair(i, -1);
      continue;
    }
    const std::uint32_t key = numbers_[next++];
    if (p.first.empty()) {
      pair(i, static_cast<std::int32_t>(key));
      continue;
    }
    for (std::uint32_t k = p.first[key]; k < p.first[key + 1]; ++k)
      pair(i, static_cast<std::int32_t>(p.rows[k]));
  }
  if (!left_.empty()) hand_over();
  const std::int64_t dropped = left_too ? 0 : in.size() - static_cast<std::int64_t>(rows_.size());
  if (dropped > 0) out.drop(dropped);
}

// The rows of right_, -1 where there is none.
void join_rows::task::add_columns(bool some_missing, output& out) {
  for (std::size_t k = 0; k < self_.added.size(); ++k)
    self_.payload.append(k, right_, some_missing, out[self_.added[k]]);
}

} // namespace vigie::core
