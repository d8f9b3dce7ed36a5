// SPDX-License-Identifier: Apache-2.0
#include "key_hash.hpp"

#include "splitmix.hpp"

#include <sys/auxv.h>

namespace vigie::core {
namespace {

// The kernel hands every process 16 random bytes; reading them cannot fail in a sandbox.
std::uint64_t drawn() {
  const auto* bytes = reinterpret_cast<const char*>(::getauxval(AT_RANDOM));
  std::uint64_t words[2] = {1, 2};
  if (bytes != nullptr) std::memcpy(words, bytes, sizeof words);
  return scramble(words[0]) ^ words[1];
}

} // namespace

key_hash::key_hash(std::uint64_t purpose) {
  const std::uint64_t seed = scramble(drawn() ^ scramble(purpose));
  a_ = scramble(seed);
  b_ = scramble(seed + splitmix_step) | 1U;
  c_ = scramble(seed + 2 * splitmix_step);
}

} // namespace vigie::core
