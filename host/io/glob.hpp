// SPDX-License-Identifier: Apache-2.0
// Our own glob: `*` and `?` within one name, `[a-z]` `[!a-z]` sets, `**` any number of folders, `\`
// takes the next character literally. No locale: a character is one of UTF-8 or one ill-formed
// byte. Called by inputs.cpp. Pure but for expand, which reads folders. Any thread.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::io {

// True where the pattern has a *, ? or [ that no backslash disarms.
[[nodiscard]] bool is_glob(std::string_view pattern);

// The pattern with its backslashes taken away.
[[nodiscard]] std::string unescaped(std::string_view pattern);

// Does one name fit one component of a pattern? Time is at most the product of both lengths. A name
// that begins with a dot fits only where the component begins with a written dot.
[[nodiscard]] bool matches(std::string_view component, std::string_view name);

struct expansion {
  std::string fixed; // the folders before the first wildcard, "" or ending in a slash
  std::vector<std::string>
      paths; // what matches, folders left out, in byte order, each beginning with `fixed`
};

// All that fits. `**` enters no hidden folder and follows no symbolic link (a name written out or
// matched by * does). A folder that cannot be read is an error, not a gap: input_unreadable,
// input_read_failed, and input_not_found where the fixed part does not exist.
[[nodiscard]] result<expansion> expand(std::string_view pattern);

} // namespace vigie::io
