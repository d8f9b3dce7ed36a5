// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) of files, splits and texts, for manifests, receipts and `vigie verify`.
// A hasher belongs to one thread; the functions may be called from any.
// Error of all: digest_failed, where the cryptographic library cannot give SHA-256 at all.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::io {

using sha256_value = std::array<std::uint8_t, 32>;

[[nodiscard]] std::string to_hex(const sha256_value& v); // 64 lower-case digits

class sha256_hasher {
public:
  sha256_hasher();
  ~sha256_hasher();
  sha256_hasher(sha256_hasher&&) noexcept;
  sha256_hasher& operator=(sha256_hasher&&) noexcept;

  void add(std::string_view bytes);
  [[nodiscard]] result<sha256_value> finish(); // once

private:
  struct state;
  std::unique_ptr<state> state_;
};

[[nodiscard]] result<sha256_value> sha256(std::string_view bytes);

// The stored bytes of a file, in blocks. Errors besides digest_failed: those of input_failure
// (errors.hpp).
[[nodiscard]] result<sha256_value> sha256_file(const std::string& path);

// What a split's reader saw: stored bytes [offset, offset + length) of its file. The splits of a
// file cover each stored byte exactly once.
struct split_digest {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  sha256_value sha256{};

  friend bool operator==(const split_digest&, const split_digest&) = default;
};

// SHA-256 over the binary digests of all splits, one after the other, in the order given (that of
// their offsets).
[[nodiscard]] result<sha256_value> root_digest(const std::vector<split_digest>& splits);

} // namespace vigie::io
