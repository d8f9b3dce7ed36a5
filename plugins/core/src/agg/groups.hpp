// SPDX-License-Identifier: Apache-2.0
// The groups of core.aggregate that are in memory: their keys in one table, and a state for each
// function. Fed by the task of the component in slices of a batch, so that memory can be asked for
// before it is taken. One thread.
#pragma once

#include "agg/values.hpp"

#include <memory>
#include <vector>

namespace vigie::core::agg {

// What a component computes; read-only while tasks run.
struct layout {
  std::vector<kind> keys;
  std::vector<bound_call> calls;
  key_hash hash;
};

// A part of a batch.
struct slice {
  std::size_t first = 0, rows = 0;
  growth more = {};          // what it may add to the states
  std::size_t key_bytes = 0; // and to the keys
};

class groups {
public:
  explicit groups(const layout& l);
  groups(groups&&) noexcept = default;
  groups& operator=(groups&&) noexcept = default;

  // Rows of a batch; `columns` as bound_call numbers them.
  void update(const key_block& keys, const std::vector<cells>& columns, const slice& s);
  // Rows of partial state.
  void merge(const key_block& keys, const cells& states, const slice& s);
  void ensure_one(); // where there are no keys: the group of all rows

  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  [[nodiscard]] std::string_view key(std::uint32_t g) const { return keys_[g]; }
  // Bytes held, at their most, while the slice is taken and until all is given out.
  [[nodiscard]] std::size_t after(const slice& s) const;

  // Before what follows, and behind all updates and merges; `exact` where results are asked for.
  void gather(bool exact);
  [[nodiscard]] std::vector<std::uint32_t> in_key_order() const;
  // One for each function, in their order.
  [[nodiscard]] state& of(std::size_t call) { return *states_[call]; }
  // The same where the function keeps values, else nullptr.
  [[nodiscard]] value_state* values_of(std::size_t call) { return values_[call]; }
  void pack(std::uint32_t g, std::string& to) const; // all states, without values

private:
  void number(const key_block& keys, const slice& s);

  const layout* layout_;
  text_table keys_;
  std::vector<std::unique_ptr<state>> states_;
  std::vector<value_state*> values_;
  std::vector<std::uint32_t> numbers_; // of the rows of a slice
  std::vector<std::uint64_t> hashes_;
};

// Merges all states of one group, without values, from bytes of groups::pack.
void merge_states(std::vector<std::unique_ptr<state>>& states, std::uint32_t g,
                  std::string_view& from);
// Fresh states, one a function; `values` gets those that keep values.
[[nodiscard]] std::vector<std::unique_ptr<state>> make_states(const layout& l,
                                                              std::vector<value_state*>& values);

} // namespace vigie::core::agg
