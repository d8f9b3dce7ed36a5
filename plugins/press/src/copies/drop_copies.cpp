// SPDX-License-Identifier: Apache-2.0
#include "copies/drop_copies.hpp"

namespace vigie::press {
namespace {

constexpr std::size_t ids_a_call = std::size_t{64} << 10U;

} // namespace

void dedup_of_texts::task::hand_over(order& out) {
  if (!kept_.empty()) out.emit(kept_);
  kept_.clear();
}

bool dedup_of_texts::task::take(const batch& in, std::span<const std::uint64_t> ids, order& out) {
  const auto keep = [this](std::uint64_t id, const auto& copied) {
    if (!copied) kept_.push_back(id);
  };
  for (std::size_t i = 0; i < ids.size(); ++i)
    finder_.add(ids[i], self_.columns_.read(in, static_cast<std::int64_t>(i)), keep);
  hand_over(out);
  return true;
}

void dedup_of_texts::task::end(order& out) {
  finder_.finish([&](std::uint64_t id, const auto& copied) {
    if (!copied) kept_.push_back(id);
    if (kept_.size() == ids_a_call) hand_over(out);
  });
  hand_over(out);
}

} // namespace vigie::press
