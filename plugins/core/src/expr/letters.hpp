// SPDX-License-Identifier: Apache-2.0
// Lower and upper case by the full mappings of Unicode in the root locale, and normal forms (ICU),
// so that a result depends on no setting of the machine. Called by the functions and by ilike. Any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::core::expr {

// The result replaces `out`. It may have another length than `text`.
void to_lower(std::string_view text, std::string& out);
void to_upper(std::string_view text, std::string& out);

// Unicode Standard Annex 15.
enum class normal_form : std::uint8_t { nfc, nfd, nfkc, nfkd };
// false: the text is in that form already and `out` says nothing.
[[nodiscard]] bool to_normal(std::string_view text, normal_form form, std::string& out);

} // namespace vigie::core::expr
