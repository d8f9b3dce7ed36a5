// SPDX-License-Identifier: Apache-2.0
// Functions of core.aggregate that keep values: distinct, set, top, quantile, median, list. All
// values of all groups stand in one table of (group, value), longer values under numbers of their
// own. One thread.
#pragma once

#include "agg/state.hpp"
#include "agg/tables.hpp"
#include "key_hash.hpp"

#include <string>
#include <vector>

namespace vigie::core::agg {

// Makes a group's result of its values in their order (of list: in input order), equal ones side by
// side. begin, take..., end.
class value_result {
public:
  explicit value_result(const bound_call& c) : call_(c), fn_(c.what.fn) {}
  void begin(std::uint64_t values); // how many there are in all
  void take(const value& v, std::uint64_t times, builder& to);
  void end(builder& to);

private:
  struct candidate {
    std::uint64_t times = 0, order = 0; // order of the values
    std::uint64_t word = 0;
    std::string text = {};
    [[nodiscard]] bool before(const candidate& o) const {
      return times != o.times ? times > o.times : order < o.order;
    }
  };
  [[nodiscard]] bool is_last(const value& v) const;
  [[nodiscard]] std::uint64_t rank() const;
  void take_new(const value& v, std::uint64_t times, builder& to);
  void take_ranked(const value& v, std::uint64_t times);
  void rate();
  void put(builder& to, const candidate& c) const;
  void end_median(builder& to) const;

  const bound_call& call_;
  function fn_;
  std::uint64_t all_ = 0, seen_ = 0, different_ = 0;
  candidate last_, low_, high_; // the value at hand; those at the wanted ranks
  std::vector<candidate> best_; // heap, the worst in front
};

class value_state final : public state {
public:
  value_state(const bound_call& c, const key_hash& h);

  void groups(std::size_t n) override { totals_.resize(n); }
  void update(const grouped_rows& rows) override;
  void pack(std::uint32_t g, std::string& to) const override { put_bytes(to, totals_[g]); }
  void merge(std::uint32_t g, std::string_view& from) override {
    totals_[g] += take_bytes<std::uint64_t>(from);
  }
  void result(std::uint32_t g, builder& to) override;
  [[nodiscard]] std::size_t after(const growth& g) const override;

  // How many values were taken for a group, equal ones and those merged by pack() included.
  [[nodiscard]] std::uint64_t total(std::uint32_t g) const { return totals_[g]; }

  // Sorts what is there by groups; before the calls below and result(), after all others. `exact`
  // for result(): nothing stands twice that must not.
  void gather(std::size_t groups, bool exact);
  [[nodiscard]] std::size_t held(std::uint32_t g) const { return starts_[g + 1] - starts_[g]; }
  // Values [first, ...) of a group as bytes, until they are about `most` bytes long; returns where
  // to go on.
  [[nodiscard]] std::size_t pack_values(std::uint32_t g, std::size_t first, std::size_t most,
                                        std::string& to) const;
  // Takes such bytes; they are read once drain() is called, and must be there until then.
  void merge_values(std::uint32_t g, std::string_view& from);
  void drain();

  // A value as bytes for scratch files, in the order that value_result wants; `sequence` ascends.
  void put_sorted(std::uint32_t g, std::size_t i, std::uint64_t sequence, std::string& to) const;
  struct sorted_value {
    value v;
    std::uint64_t times;
  };
  [[nodiscard]] static sorted_value take_sorted(const bound_call& c, std::string_view bytes,
                                                std::string& room);
  // Bytes as of pack_values from one such value.
  static void pack_one(const bound_call& c, const sorted_value& v, std::string& to);

private:
  enum class store : std::uint8_t { narrow, words, texts };
  struct waiting {
    std::vector<std::uint32_t> groups;
    std::vector<std::uint64_t> words, times, hashes, pairs;
    std::vector<std::string_view> texts;
  };

  void wait(std::uint32_t g, const value& v, std::uint64_t times);
  template <class Word> void wait_words(std::uint32_t g, std::string_view bytes);
  void number_words();
  void number_texts();
  void insert();
  void insert_bag(bool apart);
  void insert_counted();
  void insert_once();
  [[nodiscard]] const std::vector<std::uint64_t>& pairs() const;
  [[nodiscard]] value at(std::size_t item) const;
  [[nodiscard]] std::uint64_t times_of(std::size_t item) const {
    return call_.what.fn == function::top ? times_[item] : 1;
  }
  [[nodiscard]] std::vector<std::uint32_t> sorted_items(std::uint32_t g) const;

  const bound_call& call_;
  store store_;
  bool bag_;                          // equal values are kept apart
  std::vector<std::uint64_t> totals_; // values taken, by group
  waiting waiting_;
  text_table texts_;
  word_table words_;
  word_set set_;       // (group + 1, number of the value): distinct, set
  word_table counted_; // the same: top
  std::vector<std::uint64_t> bag_pairs_, bag_words_, times_;
  bool merging_ = false;
  std::size_t looked_ = 0, found_new_ = 0, unseen_ = 0; // values: a sample; those not looked for
  std::vector<std::uint32_t> starts_, items_;           // by group
};

} // namespace vigie::core::agg
