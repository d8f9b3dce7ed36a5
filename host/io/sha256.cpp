// SPDX-License-Identifier: Apache-2.0
#include "io/sha256.hpp"

#include "io/errors.hpp"
#include "io/system.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>

namespace vigie::io {

struct sha256_hasher::state {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  bool ok = context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1;

  state() = default;
  state(const state&) = delete;
  state& operator=(const state&) = delete;
  ~state() { EVP_MD_CTX_free(context); }
};

sha256_hasher::sha256_hasher() : state_(std::make_unique<state>()) {}
sha256_hasher::~sha256_hasher() = default;
sha256_hasher::sha256_hasher(sha256_hasher&&) noexcept = default;
sha256_hasher& sha256_hasher::operator=(sha256_hasher&&) noexcept = default;

void sha256_hasher::add(std::string_view bytes) {
  if (state_->ok) state_->ok = EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1;
}

result<sha256_value> sha256_hasher::finish() {
  sha256_value v{};
  unsigned length = 0;
  const bool done = state_->ok && EVP_DigestFinal_ex(state_->context, v.data(), &length) == 1;
  state_->ok = false;
  if (done && length == v.size()) return v;
  return fail(code::digest_failed, "the cryptographic library cannot compute SHA-256")
      .help("check the OpenSSL configuration (OPENSSL_CONF), or set run: {digest: none}");
}

std::string to_hex(const sha256_value& v) {
  std::string out;
  out.reserve(2 * v.size());
  for (const std::uint8_t byte : v) out += fmt::format("{:02x}", byte);
  return out;
}

result<sha256_value> sha256(std::string_view bytes) {
  sha256_hasher h;
  h.add(bytes);
  return h.finish();
}

result<sha256_value> sha256_file(const std::string& path) {
  const int fd = sys().open(path, O_RDONLY, 0);
  if (fd < 0) return input_failure("open", path, -fd);
  const descriptor file(fd);
  std::vector<char> block(std::size_t{1} << 20U);
  sha256_hasher h;
  for (;;) {
    const std::int64_t got = sys().read(fd, block.data(), block.size());
    if (got < 0) return input_failure("read", path, static_cast<int>(-got));
    if (got == 0) return h.finish();
    h.add({block.data(), static_cast<std::size_t>(got)});
  }
}

result<sha256_value> root_digest(const std::vector<split_digest>& splits) {
  sha256_hasher h;
  for (const split_digest& s : splits)
    h.add({reinterpret_cast<const char*>(s.sha256.data()), s.sha256.size()});
  return h.finish();
}

} // namespace vigie::io
