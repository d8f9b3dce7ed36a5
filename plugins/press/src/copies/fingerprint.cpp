// SPDX-License-Identifier: Apache-2.0
#include "copies/fingerprint.hpp"

#include "copies/fold_words.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace vigie::press {
namespace {

field bytes_field(const char* name, std::size_t width) {
  return {.name = name, .kind = kind::fixed_binary, .width = static_cast<int>(width)};
}

need bound(binding& b, const field& wanted) {
  const int at = find_field(b.input(), wanted.name);
  if (at < 0 || !b.input()[static_cast<std::size_t>(at)].same_type(wanted))
    throw error(VIGIE_E_SCHEMA,
                "there is " +
                    (at < 0 ? "no column '" + wanted.name + "' in the input"
                            : "a column '" + wanted.name + "' that is " +
                                  describe(b.input()[static_cast<std::size_t>(at)]) +
                                  "; wanted is " + describe(wanted)) +
                    "; put press.fingerprint before this step");
  return b.at(at);
}

digest_128 digest_from(std::string_view bytes) {
  digest_128 out{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

std::int32_t count_words(std::string_view folded) {
  const auto blanks = std::count(folded.begin(), folded.end(), ' ');
  return static_cast<std::int32_t>(
      std::min<std::ptrdiff_t>(blanks + 1, std::numeric_limits<std::int32_t>::max()));
}

} // namespace

std::string_view name_of(copy_kind k) {
  constexpr std::string_view names[] = {"exact", "normalised", "near"};
  return names[static_cast<std::size_t>(k)];
}

copy_kind copy_kind_of(std::string_view name) {
  for (const copy_kind k : {copy_kind::exact, copy_kind::normalised})
    if (name == name_of(k)) return k;
  return copy_kind::near;
}

fingerprint fingerprint_of(std::string_view text, copy_kind most, std::string& room) {
  fingerprint out;
  out.exact = digest_of(text);
  if (most == copy_kind::exact) return out;
  room.clear();
  fold_words(text, room);
  out.words = 0;
  if (room.empty()) return out;
  out.normalised = digest_of(room);
  if (most == copy_kind::normalised) {
    out.words = count_words(room);
    return out;
  }
  const std::optional<sketched> near = sketch_of(room);
  out.near = near->numbers;
  out.words = near->words;
  return out;
}

field fingerprint_columns::exact_field() { return bytes_field("exact", sizeof(digest_128)); }
field fingerprint_columns::normalised_field() {
  return bytes_field("normalised", sizeof(digest_128));
}
field fingerprint_columns::minhash_field() { return bytes_field("minhash", sizeof(sketch)); }

fingerprint_columns::fingerprint_columns(binding& b)
    : exact_(bound(b, exact_field())), normalised_(bound(b, normalised_field())),
      near_(bound(b, minhash_field())) {}

std::optional<fingerprint> fingerprint_columns::read(const batch& in, std::int64_t row) const {
  if (in[exact_].is_null(row)) return std::nullopt;
  fingerprint out;
  out.exact = digest_from(in[exact_].text(row));
  if (!in[normalised_].is_null(row)) out.normalised = digest_from(in[normalised_].text(row));
  if (!in[near_].is_null(row)) out.near = sketch_from(in[near_].text(row));
  return out;
}

std::string_view bytes_of(const sketch& s) {
  return {reinterpret_cast<const char*>(s.data()), sizeof s};
}

sketch sketch_from(std::string_view bytes) {
  sketch out{};
  std::memcpy(out.data(), bytes.data(), std::min(bytes.size(), sizeof out));
  return out;
}

} // namespace vigie::press
