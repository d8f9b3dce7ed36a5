// SPDX-License-Identifier: Apache-2.0
// Integers of 128 bits, for sums and products of 64-bit ones that must not overflow. GCC and clang
// have them as an extension.
#pragma once

namespace vigie::core {

__extension__ using wide = unsigned __int128;
__extension__ using signed_wide = __int128;

} // namespace vigie::core
