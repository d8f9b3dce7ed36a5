// SPDX-License-Identifier: Apache-2.0
#include "agg/state.hpp"

#include "agg/sum.hpp"
#include "agg/tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace vigie::core::agg {
namespace {

// Calls each(row, group) for the rows whose cell is no null.
template <class Each> void each_present(const grouped_rows& rows, const cells& c, Each each) {
  const std::size_t n = rows.groups.size();
  for (std::size_t i = 0; i < n; ++i)
    if (c.has(rows.first + i)) each(rows.first + i, rows.groups[i]);
}

// ---- count -------------------------------------------------------------------------------------

class count_state final : public state {
public:
  void groups(std::size_t n) override { counts_.resize(n); }
  void update(const grouped_rows& rows) override {
    if (rows.column == nullptr || rows.column->present.empty())
      for (const std::uint32_t g : rows.groups) ++counts_[g];
    else
      each_present(rows, *rows.column, [&](std::size_t, std::uint32_t g) { ++counts_[g]; });
  }
  void pack(std::uint32_t g, std::string& to) const override { put_bytes(to, counts_[g]); }
  void merge(std::uint32_t g, std::string_view& from) override {
    counts_[g] += take_bytes<std::uint64_t>(from);
  }
  void result(std::uint32_t g, builder& to) override {
    to.integer(static_cast<std::int64_t>(counts_[g]));
  }
  [[nodiscard]] std::size_t after(const growth& g) const override {
    return grown(counts_, g.groups);
  }

private:
  std::vector<std::uint64_t> counts_;
};

// ---- sum, mean ---------------------------------------------------------------------------------

std::string digits_of(signed_wide v) {
  const bool negative = v < 0;
  wide left = negative ? -static_cast<wide>(v) : static_cast<wide>(v);
  std::string out;
  for (; left != 0 || out.empty(); left /= 10)
    out += static_cast<char>('0' + static_cast<int>(left % 10));
  if (negative) out += '-';
  return {out.rbegin(), out.rend()};
}

// Words are summed as they are; what they are above their values is taken off at the end.
class integer_sum_state final : public state {
public:
  explicit integer_sum_state(const bound_call& c) : call_(c), bias_(word_bias(c.in.kind)) {}

  void groups(std::size_t n) override { sums_.resize(n); }
  void update(const grouped_rows& rows) override {
    each_present(rows, *rows.column, [&](std::size_t row, std::uint32_t g) {
      sums_[g].words += rows.column->words[row];
      ++sums_[g].count;
    });
  }
  void pack(std::uint32_t g, std::string& to) const override {
    put_bytes(to, static_cast<std::uint64_t>(sums_[g].words));
    put_bytes(to, static_cast<std::uint64_t>(sums_[g].words >> 64U));
    put_bytes(to, sums_[g].count);
  }
  void merge(std::uint32_t g, std::string_view& from) override {
    const auto low = take_bytes<std::uint64_t>(from), high = take_bytes<std::uint64_t>(from);
    sums_[g].words += static_cast<wide>(high) << 64U | low;
    sums_[g].count += take_bytes<std::uint64_t>(from);
  }
  void result(std::uint32_t g, builder& to) override {
    const entry& e = sums_[g];
    if (e.count == 0) return to.null();
    const auto sum = static_cast<signed_wide>(e.words - static_cast<wide>(bias_) * e.count);
    if (call_.what.fn == function::mean) {
      const double scale = std::pow(10.0, std::max(0, decimal_scale(call_.in)));
      return to.real(static_cast<double>(sum) / scale / static_cast<double>(e.count));
    }
    const bool natural = call_.result.kind == kind::uint64;
    const signed_wide most =
        natural ? static_cast<signed_wide>(std::numeric_limits<std::uint64_t>::max())
                : std::numeric_limits<std::int64_t>::max();
    const signed_wide least = natural ? 0 : std::numeric_limits<std::int64_t>::min();
    if (sum < least || sum > most) too_large(sum);
    to.integer(static_cast<std::int64_t>(sum));
  }
  [[nodiscard]] std::size_t after(const growth& g) const override { return grown(sums_, g.groups); }

private:
  struct entry {
    wide words = 0;
    std::uint64_t count = 0;
  };
  [[noreturn]] void too_large(signed_wide sum) const {
    const std::string what = call_.in.sensitive ? std::string() : " is " + digits_of(sum) + ",";
    throw error(VIGIE_E_DATA, "the sum of '" + call_.in.name + "'" + what + " beyond what " +
                                  std::string(name_of(call_.result.kind)) +
                                  " holds; sum a real, made by core.derive");
  }

  const bound_call& call_;
  std::uint64_t bias_;
  std::vector<entry> sums_;
};

class real_sum_state final : public state {
public:
  explicit real_sum_state(function fn) : mean_(fn == function::mean) {}

  void groups(std::size_t n) override {
    sums_.groups(n);
    counts_.resize(n);
  }
  void update(const grouped_rows& rows) override {
    each_present(rows, *rows.column, [&](std::size_t row, std::uint32_t g) {
      sums_.add(g, real_of(rows.column->words[row]));
      ++counts_[g];
    });
  }
  void pack(std::uint32_t g, std::string& to) const override {
    put_bytes(to, counts_[g]);
    sums_.pack(g, to);
  }
  void merge(std::uint32_t g, std::string_view& from) override {
    counts_[g] += take_bytes<std::uint64_t>(from);
    sums_.merge(g, from);
  }
  void result(std::uint32_t g, builder& to) override {
    if (counts_[g] == 0) return to.null();
    const double sum = sums_.result(g);
    to.real(mean_ ? sum / static_cast<double>(counts_[g]) : sum);
  }
  [[nodiscard]] std::size_t after(const growth& g) const override {
    return sums_.after(g.groups, g.values) + grown(counts_, g.groups);
  }

private:
  bool mean_;
  exact_sums sums_;
  std::vector<std::uint64_t> counts_;
};

// ---- one value a group -------------------------------------------------------------------------

// A value for each group, of one kind.
class kept_values {
public:
  explicit kept_values(kind k) : texts_(is_text(k)) {}

  void groups(std::size_t n) {
    if (texts_)
      places_.resize(n);
    else
      words_.resize(n);
  }
  [[nodiscard]] value operator[](std::size_t g) const {
    if (!texts_) return {words_[g], {}};
    return {0, {places_[g].at, places_[g].size}};
  }
  // Twice the room a text had, where it does not fit: what is given up stays below what is held.
  void set(std::size_t g, const value& v) {
    if (!texts_) {
      words_[g] = v.word;
      return;
    }
    place& p = places_[g];
    if (v.text.size() > p.room) {
      p.room = std::max(v.text.size(), 2 * p.room);
      p.at = bytes_.room(p.room);
    }
    if (!v.text.empty()) std::memcpy(p.at, v.text.data(), v.text.size());
    p.size = v.text.size();
  }
  [[nodiscard]] int compare(std::size_t g, const value& v) const {
    if (texts_) return (*this)[g].text.compare(v.text);
    return words_[g] < v.word ? -1 : words_[g] > v.word ? 1 : 0;
  }
  void pack(std::size_t g, std::string& to) const {
    texts_ ? put_text(to, (*this)[g].text) : put_bytes(to, words_[g]);
  }
  [[nodiscard]] value take(std::string_view& from) const {
    if (!texts_) return {take_bytes<std::uint64_t>(from), {}};
    const auto size = take_bytes<std::uint64_t>(from);
    return {0, take_text(from, size)};
  }
  [[nodiscard]] std::size_t after(const growth& g) const {
    return grown(words_, texts_ ? 0 : g.groups) + grown(places_, texts_ ? g.groups : 0) +
           bytes_.after(texts_ ? 2 * g.text_bytes : 0);
  }

private:
  struct place {
    char* at = nullptr;
    std::size_t size = 0, room = 0;
  };
  bool texts_;
  std::vector<std::uint64_t> words_;
  std::vector<place> places_;
  arena bytes_;
};

// min, max: the extreme of a column. first, last: its value where another column is extreme, or the
// one that came first or last.
class pick_state final : public state {
public:
  explicit pick_state(const bound_call& c)
      : kind_(c.in.kind), ordered_(c.by >= 0), later_(c.what.fn == function::last),
        itself_(c.what.fn == function::min || c.what.fn == function::max),
        sign_(c.what.fn == function::max || c.what.fn == function::last ? -1 : 1), values_(kind_),
        order_(c.by_kind) {}

  void groups(std::size_t n) override {
    there_.resize(n);
    values_.groups(n);
    if (ordered_) order_.groups(n);
  }
  void update(const grouped_rows& rows) override {
    const cells& from = *rows.column;
    if (itself_ && !from.texts) return extreme_words(rows);
    each_present(rows, from, [&](std::size_t row, std::uint32_t g) {
      if (!ordered_)
        offer(g, from[row]);
      else if (rows.by->has(row))
        offer(g, from[row], (*rows.by)[row]);
    });
  }
  void pack(std::uint32_t g, std::string& to) const override {
    put_bytes(to, there_[g]);
    if (there_[g] == 0) return;
    values_.pack(g, to);
    if (ordered_) order_.pack(g, to);
  }
  void merge(std::uint32_t g, std::string_view& from) override {
    if (take_bytes<std::uint8_t>(from) == 0) return;
    const value v = values_.take(from);
    if (ordered_)
      offer(g, v, order_.take(from));
    else
      offer(g, v);
  }
  void result(std::uint32_t g, builder& to) override {
    there_[g] == 0 ? to.null() : put_value(to, kind_, values_[g]);
  }
  [[nodiscard]] std::size_t after(const growth& g) const override {
    return grown(there_, g.groups) + values_.after(g) + (ordered_ ? order_.after(g) : 0);
  }

private:
  void offer(std::uint32_t g, const value& v) {
    const bool better = itself_ ? sign_ * values_.compare(g, v) > 0 : later_;
    if (there_[g] != 0 && !better) return;
    there_[g] = 1;
    values_.set(g, v);
  }
  // Of rows with equal places the first or last that came counts.
  void offer(std::uint32_t g, const value& v, const value& place) {
    if (there_[g] != 0) {
      const int d = sign_ * order_.compare(g, place);
      if (d < 0 || (d == 0 && !later_)) return;
    }
    there_[g] = 1;
    values_.set(g, v);
    order_.set(g, place);
  }
  void extreme_words(const grouped_rows& rows) {
    const std::uint64_t turn = sign_ < 0 ? ~std::uint64_t{0} : 0;
    each_present(rows, *rows.column, [&](std::size_t row, std::uint32_t g) {
      const std::uint64_t word = rows.column->words[row];
      if (there_[g] != 0 && (word ^ turn) >= (values_[g].word ^ turn)) return;
      there_[g] = 1;
      values_.set(g, {word, {}});
    });
  }

  kind kind_;
  bool ordered_, later_, itself_;
  int sign_;
  std::vector<std::uint8_t> there_;
  kept_values values_, order_;
};

} // namespace

std::string_view take_text(std::string_view& from, std::uint64_t n) {
  if (n > from.size()) throw error(VIGIE_E_DATA, "the partial state of an aggregate is cut off");
  const std::string_view out = from.substr(0, n);
  from.remove_prefix(n);
  return out;
}

std::unique_ptr<state> make_state(const bound_call& c) {
  switch (c.what.fn) {
  case function::count: return std::make_unique<count_state>();
  case function::sum:
  case function::mean:
    if (c.in.kind == kind::float64) return std::make_unique<real_sum_state>(c.what.fn);
    return std::make_unique<integer_sum_state>(c);
  default: return std::make_unique<pick_state>(c);
  }
}

} // namespace vigie::core::agg
