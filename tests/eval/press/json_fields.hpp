// SPDX-License-Identifier: Apache-2.0
// Fields of JSON objects that may be missing: for what reads gold and findings. A field that is not
// there, or of another type, is empty or nought. Pure; any thread; texts are copies.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::eval::json_fields {

using simdjson::dom::element;

[[nodiscard]] std::string text_at(element e, std::string_view key);
[[nodiscard]] std::optional<std::int64_t> integer_at(element e, std::string_view key);
[[nodiscard]] double number_at(element e, std::string_view key); // whole ones, too
[[nodiscard]] bool flag_at(element e, std::string_view key);
[[nodiscard]] std::vector<element> list_at(element e, std::string_view key);

} // namespace vigie::press::eval::json_fields
