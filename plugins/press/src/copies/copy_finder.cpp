// SPDX-License-Identifier: Apache-2.0
#include "copies/copy_finder.hpp"

#include "spilled/pack.hpp"

#include <utility>

namespace vigie::press {
namespace {

constexpr const char* waiting = "fingerprints that wait";

} // namespace

template <class Self, class Each> void copy_finder::text::parts(Self& t, Each& each) {
  each(t.number);
  each(t.print);
  each(t.best);
  each(t.met);
}

copy_finder::copy_finder(const host_services& host, double least, copy_kind most, want w)
    : host_(host), least_(least), most_(most), want_(w), memory_(host), index_(least, most),
      waiting_(std::make_unique<record_list>(host, waiting)) {}

// Originals of this pass come behind those of the ones before, so that of equally near ones the
// first is kept.
void copy_finder::look_up(text& t) {
  const auto found = t.print ? index_.find(*t.print, t.met) : std::nullopt;
  if (!found) return;
  const bool nearer =
      !t.best || found->kind != copy_kind::near || found->similarity > t.best->similarity;
  if (nearer) t.best = original{numbers_[found->of], found->kind, found->similarity};
}

bool copy_finder::room_for_one_more() {
  const std::size_t numbers =
      numbers_.size() == numbers_.capacity() ? 2 * numbers_.capacity() + 8 : numbers_.capacity();
  return memory_.expect(index_.bytes_with_one_more() + numbers * sizeof(std::uint64_t));
}

void copy_finder::take(text& t, const decided& each) {
  look_up(t);
  const bool final = t.best && (want_ == want::any || t.best->kind != copy_kind::near);
  if (final || (t.best && !closed_)) return each(t.number, t.best);
  if (!closed_ && t.print && !room_for_one_more() && index_.size() > 0) closed_ = true;
  if (closed_) return waiting_->add(packed(t));
  if (t.print) {
    index_.add(*t.print, t.met);
    numbers_.push_back(t.number);
  }
  each(t.number, std::nullopt);
}

void copy_finder::add(std::uint64_t number, const std::optional<fingerprint>& f,
                      const decided& each) {
  text t{number, f, std::nullopt, {}};
  take(t, each);
}

// Each pass decides one text at least: the first it reads begins the index.
void copy_finder::finish(const decided& each) {
  while (waiting_->size() > 0) {
    const auto texts = std::exchange(waiting_, std::make_unique<record_list>(host_, waiting));
    index_ = copy_index(least_, most_);
    decltype(numbers_)().swap(numbers_);
    memory_.give_back();
    closed_ = false;
    for (record_list::reader r(*texts); r.next();) {
      auto t = unpacked<text>(r.record());
      take(t, each);
    }
  }
}

} // namespace vigie::press
