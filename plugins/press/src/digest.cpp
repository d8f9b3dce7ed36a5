// SPDX-License-Identifier: Apache-2.0
#include "digest.hpp"

#include <vigie/types.hpp>

#include <openssl/evp.h>

#include <algorithm>

namespace vigie::press {

digest_128 digest_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> full{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), full.data(), &size, EVP_sha256(), nullptr) != 1)
    throw error(VIGIE_E_INTERNAL, "the cryptographic library gives no SHA-256");
  digest_128 out;
  std::copy_n(full.begin(), out.size(), out.begin());
  return out;
}

std::string digest_name(std::string_view bytes, std::size_t count) {
  constexpr std::string_view digits = "0123456789abcdef";
  const digest_128 d = digest_of(bytes);
  std::string out;
  for (std::size_t i = 0; i < std::min(count, d.size()); ++i) {
    const auto byte = static_cast<unsigned char>(d[i]);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

} // namespace vigie::press
