// SPDX-License-Identifier: Apache-2.0
// What a content security policy allows: the digest of an inline style or script (W3C CSP 3,
// section 2.3.1; SHA-256 of FIPS 180-4 in base64). Called once a page. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace vigie::dossier {

// "'sha256-...'" of exactly these bytes.
[[nodiscard]] std::string source_hash(std::string_view content);

} // namespace vigie::dossier
