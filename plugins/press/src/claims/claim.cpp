// SPDX-License-Identifier: Apache-2.0
#include "claims/claim.hpp"

#include "copies/fold_words.hpp"

#include <vigie/types.hpp>

#include <concepts>
#include <cstring>

namespace vigie::press {
namespace {

// Writes the parts of a claim one behind the other: numbers as they lie in memory, texts and lists
// behind their size, optional values behind a byte.
class packer {
public:
  template <class T>
  requires std::integral<T> || std::floating_point<T>
  void operator()(const T& v) { out.append(reinterpret_cast<const char*>(&v), sizeof v); }
  void operator()(const std::string& v) {
    (*this)(static_cast<std::uint64_t>(v.size()));
    out += v;
  }
  template <class T> void operator()(const std::optional<T>& v) {
    (*this)(v.has_value());
    if (v) (*this)(*v);
  }
  template <class T> void operator()(const std::vector<T>& v) {
    (*this)(static_cast<std::uint64_t>(v.size()));
    for (const T& item : v) (*this)(item);
  }
  void operator()(const claim_place& p);
  void operator()(const claim_figure& f);

  std::string out;
};

class unpacker {
public:
  explicit unpacker(std::string_view bytes) : in_(bytes) {}

  template <class T>
  requires std::integral<T> || std::floating_point<T>
  void operator()(T& v) {
    const std::string_view bytes = take(sizeof v);
    std::memcpy(&v, bytes.data(), sizeof v);
  }
  void operator()(std::string& v) { v = take(size()); }
  template <class T> void operator()(std::optional<T>& v) {
    char there = 0;
    (*this)(there);
    if (there != 0) (*this)(v.emplace());
  }
  template <class T> void operator()(std::vector<T>& v) {
    for (std::uint64_t n = size(); n > 0; --n) (*this)(v.emplace_back());
  }
  void operator()(claim_place& p);
  void operator()(claim_figure& f);

private:
  std::uint64_t size() {
    std::uint64_t n = 0;
    (*this)(n);
    return n;
  }
  std::string_view take(std::uint64_t n) {
    if (n > in_.size()) throw error(VIGIE_E_INTERNAL, "the state of press.claims is cut short");
    const std::string_view out = in_.substr(0, n);
    in_.remove_prefix(n);
    return out;
  }

  std::string_view in_;
};

template <class Place, class Each> void parts_of_place(Place& p, Each& each) {
  each(p.name);
  each(p.iso);
}

template <class Figure, class Each> void parts_of_figure(Figure& f, Each& each) {
  each(f.value);
  each(f.high);
  each(f.bound);
  each(f.unit);
  each(f.unit_key);
  each(f.counted);
  each(f.text);
}

template <class Claim, class Each> void parts_of_claim(Claim& c, Each& each) {
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

void packer::operator()(const claim_place& p) { parts_of_place(p, *this); }
void packer::operator()(const claim_figure& f) { parts_of_figure(f, *this); }
void unpacker::operator()(claim_place& p) { parts_of_place(p, *this); }
void unpacker::operator()(claim_figure& f) { parts_of_figure(f, *this); }

} // namespace

std::optional<day_number> claim::first_day() const {
  if (from) return from;
  return date_basis == "none" && !to ? published : to;
}

std::optional<day_number> claim::last_day() const {
  if (to) return to;
  return date_basis == "none" && !from ? published : from;
}

std::string pack(const claim& c) {
  packer p;
  parts_of_claim(c, p);
  return std::move(p.out);
}

claim unpack(std::string_view bytes) {
  unpacker u(bytes);
  claim c;
  parts_of_claim(c, u);
  return c;
}

std::string plain_words(std::string_view text) {
  std::string out;
  fold_words(text, out);
  return out;
}

} // namespace vigie::press
