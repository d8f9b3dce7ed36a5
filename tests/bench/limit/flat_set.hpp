// SPDX-License-Identifier: Apache-2.0
// A set of 64-bit numbers other than 0 in one table, for the programs that show what the machine
// allows. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench::limit {

// Open addressing over 64-bit keys other than 0; grows at half full.
class flat_set {
public:
  bool insert(std::uint64_t key) {
    if (2 * used_ >= slots_.size()) grow();
    const bool fresh = place(key);
    if (fresh) ++used_;
    return fresh;
  }

private:
  bool place(std::uint64_t key) {
    std::size_t at = (key * 0x9e3779b97f4a7c15U) >> shift_;
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
      if (slots_[at] == key) return false;
    slots_[at] = key;
    return true;
  }
  void grow() {
    std::vector<std::uint64_t> old(slots_.size() * 2);
    old.swap(slots_);
    --shift_;
    for (const std::uint64_t key : old)
      if (key != 0) place(key);
  }
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1U << 16U);
  unsigned shift_ = 48;
  std::size_t used_ = 0;
};

} // namespace bench::limit
