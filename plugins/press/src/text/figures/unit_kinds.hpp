// SPDX-License-Identifier: Apache-2.0
// What kind of unit a key of units.tsv is: things stand one by one ("servers"), money and measures
// do not. Keys are the same in all languages. Called where a number without a noun may count what
// an earlier one counts. Pure function, any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::press {

enum class unit_kind : std::uint8_t { thing, money, measure };

// Of a key that is empty or in no list: a thing.
[[nodiscard]] unit_kind kind_of_unit(std::string_view key);

} // namespace vigie::press
