// SPDX-License-Identifier: Apache-2.0
// What copies of a text are known by: a digest of its bytes, one of its words, and a sketch. Called
// by press.fingerprint; press.dedup and press.copies read it back from the columns. Plain values,
// pure functions; any thread.
#pragma once

#include "copies/minhash.hpp"
#include "digest.hpp"

#include <vigie/component.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace vigie::press {

// How far texts may differ to be copies; each kind takes in those before it.
enum class copy_kind : std::uint8_t { exact, normalised, near };
[[nodiscard]] std::string_view name_of(copy_kind k);
[[nodiscard]] copy_kind copy_kind_of(std::string_view name); // near for names that are none

struct fingerprint {
  digest_128 exact{};
  std::optional<digest_128> normalised; // none: the text has no words
  std::optional<sketch> near;
  std::optional<std::int32_t> words; // none: nobody asked for more than `exact`

  // For pack.hpp: what copies are known by.
  template <class Self, class Each> static void parts(Self& f, Each& each) {
    each(f.exact);
    each(f.normalised);
    each(f.near);
  }
};

// What is needed to compare up to `most`. `room` is memory to work in, kept from text to text.
[[nodiscard]] fingerprint fingerprint_of(std::string_view text, copy_kind most, std::string& room);

// The columns `exact`, `normalised` and `minhash` of a batch.
class fingerprint_columns {
public:
  // What press.fingerprint adds.
  [[nodiscard]] static field exact_field();
  [[nodiscard]] static field normalised_field();
  [[nodiscard]] static field minhash_field();

  fingerprint_columns() = default;
  // Throws error(E_SCHEMA) where a column is not there or of another type.
  explicit fingerprint_columns(binding& b);
  // Of columns that are bound already.
  fingerprint_columns(need exact, need normalised, need minhash)
      : exact_(exact), normalised_(normalised), near_(minhash) {}
  // Nothing where the row has no text.
  [[nodiscard]] std::optional<fingerprint> read(const batch& in, std::int64_t row) const;

private:
  need exact_, normalised_, near_;
};

[[nodiscard]] std::string_view bytes_of(const sketch& s);
[[nodiscard]] sketch sketch_from(std::string_view bytes); // 240 of them

} // namespace vigie::press
