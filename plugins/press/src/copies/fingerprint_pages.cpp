// SPDX-License-Identifier: Apache-2.0
#include "copies/fingerprint_pages.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t most_room = std::size_t{4} << 20U; // bytes kept for the next text

void put(builder& to, const std::optional<digest_128>& d) {
  d ? to.text({d->data(), d->size()}) : to.null();
}

} // namespace

void fingerprints_of_text::bind(binding& b) {
  text_ = b.column(text, {kind::text});
  exact_ = b.adds(fingerprint_columns::exact_field());
  normalised_ = b.adds(fingerprint_columns::normalised_field());
  minhash_ = b.adds(fingerprint_columns::minhash_field());
  words_ = b.adds({.name = "words", .kind = kind::int32});
}

void fingerprints_of_text::task::process(const batch& rows, output& out) {
  for (std::int64_t i = 0; i < rows.size(); ++i) {
    if (rows[self->text_].is_null(i)) {
      out.reject(i, self->text.value, "there is no text to compare");
      continue;
    }
    const fingerprint f =
        fingerprint_of(rows[self->text_].text(i), copy_kind_of(self->compare), room);
    put(out[self->exact_], f.exact);
    put(out[self->normalised_], f.normalised);
    f.near ? out[self->minhash_].text(bytes_of(*f.near)) : out[self->minhash_].null();
    f.words ? out[self->words_].integer(*f.words) : out[self->words_].null();
    if (room.capacity() > most_room) std::string().swap(room);
  }
}

} // namespace vigie::press
