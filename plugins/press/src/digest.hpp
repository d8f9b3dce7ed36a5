// SPDX-License-Identifier: Apache-2.0
// Names and fingerprints that stay the same on every machine: SHA-256 (FIPS 180-4), cut. Called by
// press.claims, press.fingerprint and press.copies. Pure functions, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::press {

using digest_128 = std::array<char, 16>; // the first 16 bytes of SHA-256

// Throws error(E_INTERNAL) where the cryptographic library refuses.
[[nodiscard]] digest_128 digest_of(std::string_view bytes);

// The first `bytes` (1 to 16) of the digest as lower-case hexadecimal digits.
[[nodiscard]] std::string digest_name(std::string_view bytes, std::size_t count = 8);

} // namespace vigie::press
