// SPDX-License-Identifier: Apache-2.0
#include "copies/drop_copies.hpp"

namespace vigie::press {

bool dedup_of_texts::task::take(const batch& in, std::span<const std::uint64_t> ids, order& out) {
  kept_.clear();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto f = self_.columns_.read(in, static_cast<std::int64_t>(i));
    if (f && index_.find(*f)) continue;
    kept_.push_back(ids[i]);
    if (f) index_.add(*f);
  }
  if (!memory_.hold(index_.bytes()))
    throw error(VIGIE_E_RESOURCE,
                "the fingerprints of " + std::to_string(index_.size()) + " different texts take " +
                    std::to_string(index_.bytes()) +
                    " bytes, more than the run may use; allow more memory, or compare with "
                    "'compare: normalised', which needs less");
  if (!kept_.empty()) out.emit(kept_);
  return true;
}

} // namespace vigie::press
