// SPDX-License-Identifier: Apache-2.0
// The columns two sides of a join are equal in: which they are (join_on, made at bind time), and
// their cells as numbers or as bytes that are equal exactly where the keys are (join_keys, one a
// task). Called by core.join. A key with a null in it equals nothing and is passed over.
#pragma once

#include <vigie/component.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::core {

enum class key_form : std::uint8_t {
  number, // one column of integers, dates, timestamps or booleans
  text,   // one column of text or bytes
  several
};

struct join_on {
  std::vector<need> left, right;
  std::vector<int> right_columns; // their positions in the schema of the right side
  std::vector<bool> within_int64; // one side is uint64, the other signed: what only uint64 can hold
                                  // and what is negative have no partner
  key_form form = key_form::number;

  // `entries`: "name" or "left = right". Binds the columns of both ports. Throws error at
  // parameter 0: an entry that cannot be read, a column that is missing or stands twice, types that
  // cannot be compared.
  static join_on bind(binding& b, const std::vector<std::string>& entries);
};

// An integer as the 64 bits that stand for it in a key: signed ones are widened as such.
template <class T> [[nodiscard]] constexpr std::uint64_t key_bits(T value) {
  if constexpr (std::is_signed_v<T>)
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
  else
    return static_cast<std::uint64_t>(value);
}

// The keys of one batch of one side. What it hands out is valid until the next call, and as long as
// the batch.
class join_keys {
public:
  join_keys(const join_on& on, bool right) : on_(on), needs_(right ? on.right : on.left) {}

  // Form `number`: calls f(span<const T>, column) once, T the column's own type.
  template <class F> void numbers(const batch& in, F&& f);

  // Other forms: the rows whose keys are whole, ascending, and those keys.
  void read(const batch& in);
  [[nodiscard]] std::span<const std::int32_t> rows() const { return rows_; }
  [[nodiscard]] std::span<const std::string_view> keys() const { return keys_; }

private:
  bool encode(const batch& in, std::int64_t row);
  void read_text(const column& c);

  const join_on& on_;
  const std::vector<need>& needs_;
  std::vector<std::int32_t> rows_;
  std::vector<std::string_view> keys_;
  std::vector<std::size_t> ends_;
  std::string bytes_;
  std::vector<std::int64_t> widened_;
};

template <class F> void join_keys::numbers(const batch& in, F&& f) {
  const column& c = in[needs_[0]];
  if (c.type().index.empty()) {
    switch (c.type().kind) {
    case kind::int8: return f(c.values<std::int8_t>(), c);
    case kind::int16: return f(c.values<std::int16_t>(), c);
    case kind::int32:
    case kind::date: return f(c.values<std::int32_t>(), c);
    case kind::uint8: return f(c.values<std::uint8_t>(), c);
    case kind::uint16: return f(c.values<std::uint16_t>(), c);
    case kind::uint32: return f(c.values<std::uint32_t>(), c);
    case kind::int64:
    case kind::uint64:
    case kind::timestamp: return f(c.values<std::int64_t>(), c);
    default: break;
    }
  }
  widened_.resize(static_cast<std::size_t>(in.size()));
  for (std::int64_t i = 0; i < in.size(); ++i)
    widened_[static_cast<std::size_t>(i)] = c.is_null(i) ? 0 : c.integer(i);
  f(std::span<const std::int64_t>(widened_), c);
}

} // namespace vigie::core
