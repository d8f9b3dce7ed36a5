// SPDX-License-Identifier: Apache-2.0
#include "digest.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace vigie::dossier {

std::string source_hash(std::string_view content) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> sum{};
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), sum.data());
  std::array<unsigned char, 64> text{};
  const int size = EVP_EncodeBlock(text.data(), sum.data(), static_cast<int>(sum.size()));
  return "'sha256-" +
         std::string(reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(size)) +
         "'";
}

} // namespace vigie::dossier
