// SPDX-License-Identifier: Apache-2.0
#include "known.hpp"

#include "io/ranged_file.hpp"

#include <algorithm>

namespace vigie::runs {
namespace {

// By the splits of then: their borders need not be those of today.
result<bool> same_bytes(const io::ranged_file& file, const manifest_input& of,
                        const std::atomic<bool>* cancel) {
  for (const io::split_digest& s : of.splits) {
    const auto now = file.sha256(s.offset, s.length, cancel);
    if (!now) return now.error();
    if (*now != s) return false;
  }
  return true;
}

} // namespace

result<bool> is_known(const io::input& in, const std::vector<manifest_input>& known,
                      const std::atomic<bool>* cancel) {
  if (in.standard_input) return false;
  std::optional<io::ranged_file> file;
  for (const manifest_input& k :
       std::ranges::equal_range(known, in.facts.size, {}, &manifest_input::size)) {
    if (k.splits.empty()) continue;
    if (!file) {
      auto opened = io::ranged_file::open(in.path);
      if (!opened) return std::move(opened).error();
      file.emplace(*std::move(opened));
    }
    auto same = same_bytes(*file, k, cancel);
    if (!same || *same) return same;
  }
  return false;
}

} // namespace vigie::runs
