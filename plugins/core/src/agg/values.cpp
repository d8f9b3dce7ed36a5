// SPDX-License-Identifier: Apache-2.0
#include "agg/values.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vigie::core::agg {
namespace {

constexpr std::size_t ahead = 12; // entries to fetch memory for before they are looked up
constexpr std::size_t waiting_most = 2048;
constexpr std::size_t sample = 4096; // values looked for before it is judged whether that pays

bool keeps_equal_ones(function f) {
  return f == function::quantile || f == function::median || f == function::list;
}

bool is_numeric_median(const bound_call& c) {
  return c.what.fn == function::median && c.result.kind == kind::float64;
}

// The sum of two words' values, halved.
double middle(const field& f, std::uint64_t low, std::uint64_t high) {
  if (f.kind == kind::float64) {
    const double a = real_of(low), b = real_of(high);
    if (a == b) return a;
    return std::isfinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
  }
  const auto sum = static_cast<signed_wide>(static_cast<wide>(low) + high) -
                   2 * static_cast<signed_wide>(word_bias(f.kind));
  return static_cast<double>(sum) / 2 / std::pow(10.0, std::max(0, decimal_scale(f)));
}

} // namespace

// ---- value_result ------------------------------------------------------------------------------

void value_result::begin(std::uint64_t values) {
  all_ = values;
  seen_ = different_ = 0;
  best_.clear();
  last_ = low_ = high_ = {};
}

bool value_result::is_last(const value& v) const {
  return different_ > 0 && last_.word == v.word && last_.text == v.text;
}

// The least rank that at least the wanted share of all values stand at or below.
std::uint64_t value_result::rank() const {
  const auto& [over, under] = call_.what.share;
  const wide upper = static_cast<wide>(all_) * static_cast<std::uint64_t>(over);
  const auto u = static_cast<std::uint64_t>(under);
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>((upper + u - 1) / u));
}

void value_result::take_ranked(const value& v, std::uint64_t times) {
  const bool median = fn_ == function::median;
  const std::uint64_t low = median ? (all_ + 1) / 2 : rank(), high = median ? all_ / 2 + 1 : low;
  const std::uint64_t before = seen_;
  seen_ += times;
  const auto stands = [&](std::uint64_t r) { return before < r && r <= seen_; };
  if (stands(low)) low_ = {0, 0, v.word, std::string(v.text)};
  if (stands(high)) high_ = {0, 0, v.word, std::string(v.text)};
}

// The value at hand is complete; it may be one of the best.
void value_result::rate() {
  const auto worse = [](const candidate& a, const candidate& b) { return a.before(b); };
  const auto most = static_cast<std::size_t>(call_.what.most);
  if (best_.size() == most && !last_.before(best_.front())) return;
  best_.push_back(last_);
  std::ranges::push_heap(best_, worse);
  if (best_.size() <= most) return;
  std::ranges::pop_heap(best_, worse);
  best_.pop_back();
}

void value_result::take_new(const value& v, std::uint64_t times, builder& to) {
  const bool wanted =
      call_.what.most == 0 || different_ < static_cast<std::uint64_t>(call_.what.most);
  if (fn_ == function::set && wanted) put_value(to.child(0), call_.in.kind, v);
  if (fn_ == function::top && different_ > 0) rate();
  last_ = {times, different_++, v.word, std::string(v.text)};
}

void value_result::take(const value& v, std::uint64_t times, builder& to) {
  switch (fn_) {
  case function::quantile:
  case function::median: return take_ranked(v, times);
  case function::list:
    if (call_.what.most == 0 || seen_ < static_cast<std::uint64_t>(call_.what.most))
      put_value(to.child(0), call_.in.kind, v);
    ++seen_;
    return;
  default:
    if (!is_last(v)) return take_new(v, times, to);
    last_.times += times;
  }
}

void value_result::put(builder& to, const candidate& c) const {
  put_value(to, call_.in.kind, {c.word, c.text});
}

void value_result::end_median(builder& to) const {
  if (!is_numeric_median(call_)) return put(to, low_);
  to.real(middle(call_.in, low_.word, high_.word));
}

void value_result::end(builder& to) {
  switch (fn_) {
  case function::distinct: return to.integer(static_cast<std::int64_t>(different_));
  case function::median: return all_ == 0 ? to.null() : end_median(to);
  case function::quantile: return all_ == 0 ? to.null() : put(to, low_);
  case function::top: {
    if (different_ > 0) rate();
    std::ranges::sort(best_, [](const candidate& a, const candidate& b) { return a.before(b); });
    builder& item = to.child(0);
    for (const candidate& c : best_) {
      put(item.child(0), c);
      item.child(1).integer(static_cast<std::int64_t>(c.times));
      item.end_struct();
    }
    return to.end_list();
  }
  default: return to.end_list();
  }
}

// ---- value_state -------------------------------------------------------------------------------

value_state::value_state(const bound_call& c, const key_hash& h)
    : call_(c), store_(is_text(c.in.kind)           ? store::texts
                       : word_width(c.in.kind) == 8 ? store::words
                                                    : store::narrow),
      bag_(keeps_equal_ones(c.what.fn)), texts_(h), words_(h), set_(h), counted_(h) {}

void value_state::wait(std::uint32_t g, const value& v, std::uint64_t times) {
  waiting_.groups.push_back(g);
  if (store_ == store::texts)
    waiting_.texts.push_back(v.text);
  else
    waiting_.words.push_back(v.word);
  if (call_.what.fn == function::top) waiting_.times.push_back(times);
  if (waiting_.groups.size() >= waiting_most) drain();
}

void value_state::update(const grouped_rows& rows) {
  const cells& from = *rows.column;
  const std::size_t n = rows.groups.size();
  for (const std::uint32_t g : rows.groups) ++totals_[g];
  if (!from.present.empty()) {
    for (std::size_t i = 0; i < n; ++i) {
      if (from.has(rows.first + i))
        wait(rows.groups[i], from[rows.first + i], 1);
      else
        --totals_[rows.groups[i]];
    }
    return drain();
  }
  const auto first = static_cast<std::ptrdiff_t>(rows.first);
  const auto end = first + static_cast<std::ptrdiff_t>(n);
  waiting_.groups.assign(rows.groups.begin(), rows.groups.end());
  if (from.texts)
    waiting_.texts.assign(from.views.begin() + first, from.views.begin() + end);
  else
    waiting_.words.assign(from.words.begin() + first, from.words.begin() + end);
  if (call_.what.fn == function::top) waiting_.times.assign(n, 1);
  drain();
}

void value_state::number_texts() {
  const std::size_t n = waiting_.texts.size();
  waiting_.hashes.resize(n);
  waiting_.words.resize(n);
  for (std::size_t i = 0; i < n; ++i) waiting_.hashes[i] = texts_.hash(waiting_.texts[i]);
  for (std::size_t i = 0; i < n; ++i) {
    if (i + ahead < n) texts_.prefetch(waiting_.hashes[i + ahead]);
    waiting_.words[i] = texts_.number(waiting_.texts[i], waiting_.hashes[i]);
  }
}

void value_state::number_words() {
  const std::size_t n = waiting_.words.size();
  waiting_.hashes.resize(n);
  for (std::size_t i = 0; i < n; ++i) waiting_.hashes[i] = words_.hash(waiting_.words[i]);
  for (std::size_t i = 0; i < n; ++i) {
    if (i + ahead < n) words_.prefetch(waiting_.hashes[i + ahead]);
    waiting_.words[i] = words_.number(waiting_.words[i], waiting_.hashes[i]);
  }
}

void value_state::insert_bag(bool apart) {
  bag_pairs_.insert(bag_pairs_.end(), waiting_.pairs.begin(), waiting_.pairs.end());
  if (apart) bag_words_.insert(bag_words_.end(), waiting_.words.begin(), waiting_.words.end());
}

void value_state::insert_counted() {
  const std::size_t n = waiting_.pairs.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (i + ahead < n) counted_.prefetch(waiting_.hashes[i + ahead]);
    const std::uint32_t at = counted_.number(waiting_.pairs[i], waiting_.hashes[i]);
    if (at == times_.size()) times_.push_back(0);
    times_[at] += waiting_.times[i];
  }
}

// While nearly all rows of a split bring a new value, looking for it twice, here and where partial
// states are merged, is more work than merging some values once more. What is merged is looked for.
void value_state::insert_once() {
  const std::size_t n = waiting_.pairs.size();
  if (unseen_ > 0) {
    unseen_ -= std::min(unseen_, n);
    return set_.append(waiting_.pairs);
  }
  const std::size_t before = set_.words().size();
  for (std::size_t i = 0; i < n; ++i) {
    if (i + ahead < n) set_.prefetch(waiting_.hashes[i + ahead]);
    set_.insert(waiting_.pairs[i], waiting_.hashes[i]);
  }
  if (merging_) return;
  looked_ += n;
  found_new_ += set_.words().size() - before;
  if (looked_ < sample) return;
  if (found_new_ > looked_ - looked_ / 4) unseen_ = 8 * sample;
  looked_ = found_new_ = 0;
}

// Words are numbers of 32 bits now, but for the longer words of a bag.
void value_state::insert() {
  const std::size_t n = waiting_.groups.size();
  const bool apart = bag_ && store_ == store::words;
  waiting_.pairs.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    waiting_.pairs[i] =
        (std::uint64_t{waiting_.groups[i]} + 1) << 32U | (apart ? 0 : waiting_.words[i]);
  if (bag_) return insert_bag(apart);
  waiting_.hashes.resize(n);
  for (std::size_t i = 0; i < n; ++i) waiting_.hashes[i] = set_.hash(waiting_.pairs[i]);
  call_.what.fn == function::top ? insert_counted() : insert_once();
}

void value_state::drain() {
  if (waiting_.groups.empty()) return;
  if (store_ == store::texts) number_texts();
  if (store_ == store::words && !bag_) number_words();
  insert();
  waiting_.groups.clear();
  waiting_.words.clear();
  waiting_.texts.clear();
  waiting_.times.clear();
}

const std::vector<std::uint64_t>& value_state::pairs() const {
  if (bag_) return bag_pairs_;
  return call_.what.fn == function::top ? counted_.words() : set_.words();
}

value value_state::at(std::size_t item) const {
  const auto number = static_cast<std::uint32_t>(pairs()[item]);
  if (store_ == store::texts) return {0, texts_[number]};
  if (store_ == store::narrow) return {number, {}};
  return {bag_ ? bag_words_[item] : words_[number], {}};
}

// Items of a group stay in the order they came.
void value_state::gather(std::size_t groups, bool exact) {
  if (exact) set_.make_set();
  const auto& all = pairs();
  starts_.assign(groups + 1, 0);
  for (const std::uint64_t p : all) ++starts_[p >> 32U]; // of the group behind
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  items_.resize(all.size());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end());
  for (std::size_t i = 0; i < all.size(); ++i)
    items_[next[(all[i] >> 32U) - 1]++] = static_cast<std::uint32_t>(i);
}

std::vector<std::uint32_t> value_state::sorted_items(std::uint32_t g) const {
  std::vector<std::uint32_t> out(items_.begin() + starts_[g], items_.begin() + starts_[g + 1]);
  if (call_.what.fn == function::list) return out;
  std::ranges::sort(out, [this](std::uint32_t a, std::uint32_t b) {
    const value x = at(a), y = at(b);
    return store_ == store::texts ? x.text < y.text : x.word < y.word;
  });
  return out;
}

void value_state::result(std::uint32_t g, builder& to) {
  if (call_.what.fn == function::distinct) return to.integer(static_cast<std::int64_t>(held(g)));
  value_result out(call_);
  out.begin(totals_[g]);
  for (const std::uint32_t i : sorted_items(g)) out.take(at(i), times_of(i), to);
  out.end(to);
}

std::size_t value_state::after(const growth& g) const {
  const std::size_t n = g.values;
  const bool top = call_.what.fn == function::top;
  std::size_t out =
      grown(totals_, g.groups) + 2 * sizeof(std::uint32_t) * (totals_.size() + g.groups);
  out += (pairs().size() + n) * sizeof(std::uint32_t); // gather()
  if (store_ == store::texts) out += texts_.after(n, g.text_bytes);
  if (store_ == store::words && !bag_) out += words_.after(n);
  if (bag_) return out + grown(bag_pairs_, n) + (store_ == store::words ? grown(bag_words_, n) : 0);
  return out + (top ? counted_.after(n) + grown(times_, n) : set_.after(n));
}

// ---- values as bytes ---------------------------------------------------------------------------

void value_state::pack_one(const bound_call& c, const sorted_value& v, std::string& to) {
  if (is_text(c.in.kind))
    put_text(to, v.v.text);
  else
    to.append(reinterpret_cast<const char*>(&v.v.word), word_width(c.in.kind));
  if (c.what.fn == function::top) put_bytes(to, v.times);
}

std::size_t value_state::pack_values(std::uint32_t g, std::size_t first, std::size_t most,
                                     std::string& to) const {
  const std::size_t count_at = to.size();
  put_bytes(to, std::uint32_t{0});
  std::size_t i = first;
  for (const std::size_t end = held(g); i < end && to.size() - count_at < most; ++i) {
    const std::size_t item = items_[starts_[g] + i];
    pack_one(call_, {at(item), times_of(item)}, to);
  }
  const auto n = static_cast<std::uint32_t>(i - first);
  std::memcpy(to.data() + count_at, &n, sizeof n);
  return i;
}

// Words side by side, all of one group.
template <class Word> void value_state::wait_words(std::uint32_t g, std::string_view bytes) {
  const std::size_t n = bytes.size() / sizeof(Word), from = waiting_.words.size();
  waiting_.words.resize(from + n);
  waiting_.groups.resize(from + n, g);
  for (std::size_t i = 0; i < n; ++i) {
    Word word{};
    std::memcpy(&word, bytes.data() + i * sizeof word, sizeof word);
    waiting_.words[from + i] = word;
  }
  if (waiting_.groups.size() >= waiting_most) drain();
}

void value_state::merge_values(std::uint32_t g, std::string_view& from) {
  const unsigned width = word_width(call_.in.kind);
  merging_ = true;
  unseen_ = 0;
  const bool only_words = store_ != store::texts && call_.what.fn != function::top;
  auto n = take_bytes<std::uint32_t>(from);
  if (only_words && width == 4) return wait_words<std::uint32_t>(g, take_text(from, n * 4UL));
  if (only_words && width == 8) return wait_words<std::uint64_t>(g, take_text(from, n * 8UL));
  for (; n > 0; --n) {
    value v;
    if (store_ == store::texts) {
      const auto size = take_bytes<std::uint64_t>(from);
      v.text = take_text(from, size);
    } else {
      std::memcpy(&v.word, take_text(from, width).data(), width);
    }
    wait(g, v, call_.what.fn == function::top ? take_bytes<std::uint64_t>(from) : 1);
  }
}

void value_state::put_sorted(std::uint32_t g, std::size_t i, std::uint64_t sequence,
                             std::string& to) const {
  const std::size_t item = items_[starts_[g] + i];
  if (call_.what.fn == function::list) append_ordered(to, kind::uint64, {sequence, {}});
  append_ordered(to, call_.in.kind, at(item));
  if (call_.what.fn == function::top) put_bytes(to, times_[item]);
}

value_state::sorted_value value_state::take_sorted(const bound_call& c, std::string_view bytes,
                                                   std::string& room) {
  if (c.what.fn == function::list) static_cast<void>(take_text(bytes, sizeof(std::uint64_t)));
  const value v = take_ordered(bytes, c.in.kind, room);
  return {v, c.what.fn == function::top ? take_bytes<std::uint64_t>(bytes) : 1};
}

} // namespace vigie::core::agg
