// SPDX-License-Identifier: Apache-2.0
// What core.aggregate knows of all groups for one function: one object a function and task, with
// cells for groups 0, 1, ... A state takes rows, packs a group's part as bytes, merges such bytes
// and gives the result. Bytes of earlier rows are merged first. One thread.
#pragma once

#include "agg/call.hpp"
#include "agg/cells.hpp"
#include "wide_integer.hpp"

#include <memory>
#include <span>

namespace vigie::core::agg {

// A call and the columns it meets.
struct bound_call {
  call what;
  field in = {};     // what.column, where there is one
  field result = {}; // the column made
  int column = -1;   // index of the cells handed to update, or -1
  int by = -1;       //
  kind by_kind = kind::int64;
};

// Rows of a batch and the groups they are in.
struct grouped_rows {
  const cells* column; // nullptr where the call has none
  const cells* by;
  std::size_t first; // row of groups[0]
  std::span<const std::uint32_t> groups;
};

// What is about to come, at its most.
struct growth {
  std::size_t groups = 0, values = 0, text_bytes = 0;
};

class state {
public:
  state() = default;
  state(const state&) = delete;
  state& operator=(const state&) = delete;
  virtual ~state() = default;

  virtual void groups(std::size_t n) = 0; // groups [0, n) exist
  virtual void update(const grouped_rows& rows) = 0;
  virtual void pack(std::uint32_t group, std::string& to) const = 0;
  // Takes what pack() wrote off `from`. Throws E_DATA where it is not that.
  virtual void merge(std::uint32_t group, std::string_view& from) = 0;
  // Appends the cell of a group. Throws E_DATA where it does not fit its type.
  virtual void result(std::uint32_t group, builder& to) = 0;
  [[nodiscard]] virtual std::size_t after(const growth& g) const = 0; // bytes
};

// Of functions that keep numbers or one value a group: all but keeps_values().
[[nodiscard]] std::unique_ptr<state> make_state(const bound_call& c);

// ---- bytes of states ---------------------------------------------------------------------------
template <class T> void put_bytes(std::string& to, T v) {
  to.append(reinterpret_cast<const char*>(&v), sizeof v);
}
inline void put_text(std::string& to, std::string_view v) {
  put_bytes(to, static_cast<std::uint64_t>(v.size()));
  to += v;
}
[[nodiscard]] std::string_view take_text(std::string_view& from, std::uint64_t n);
template <class T> [[nodiscard]] T take_bytes(std::string_view& from) {
  T out{};
  std::memcpy(&out, take_text(from, sizeof out).data(), sizeof out);
  return out;
}

} // namespace vigie::core::agg
