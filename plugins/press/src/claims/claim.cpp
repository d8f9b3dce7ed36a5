// SPDX-License-Identifier: Apache-2.0
#include "claims/claim.hpp"

#include "copies/fold_words.hpp"
#include "spilled/pack.hpp"

namespace vigie::press {
template <class Self, class Each> void claim_place::parts(Self& p, Each& each) {
  each(p.name);
  each(p.iso);
}

template <class Self, class Each> void claim_figure::parts(Self& f, Each& each) {
  each(f.value);
  each(f.high);
  each(f.bound);
  each(f.unit);
  each(f.unit_key);
  each(f.counted);
  each(f.text);
}

template <class Self, class Each> void claim::parts(Self& c, Each& each) {
  for (auto* s : {&c.file, &c.title, &c.url, &c.publisher, &c.agency}) each(*s);
  each(c.published);
  each(c.type);
  each(c.actors);
  each(c.targets);
  each(c.target_keys);
  each(c.places);
  each(c.scope);
  each(c.date_basis);
  each(c.from);
  each(c.to);
  each(c.figures);
  each(c.modality);
  each(c.attributed_to);
  each(c.measurable);
  each(c.text);
  each(c.at);
  each(c.size);
  each(c.offset);
  each(c.sentence_offset);
  each(c.length);
  each(c.sentence_length);
}

std::optional<day_number> claim::first_day() const {
  if (from) return from;
  return date_basis == "none" && !to ? published : to;
}

std::optional<day_number> claim::last_day() const {
  if (to) return to;
  return date_basis == "none" && !from ? published : from;
}

std::string pack(const claim& c) { return packed(c); }
claim unpack(std::string_view bytes) { return unpacked<claim>(bytes); }

std::string plain_words(std::string_view text) {
  std::string out;
  fold_words(text, out);
  return out;
}

} // namespace vigie::press
