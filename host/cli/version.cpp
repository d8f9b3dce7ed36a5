// SPDX-License-Identifier: Apache-2.0
// vigie version.
#include "base/json.hpp"
#include "command.hpp"

#include <vigie/abi.h>

#include <fmt/format.h>

namespace vigie::cli {

int version_command(const arguments& a) {
  if (!a.has("json")) {
    fmt::print("vigie {} (plugin interface {}.{})\n", VIGIE_VERSION, VIGIE_ABI_MAJOR,
               VIGIE_ABI_MINOR);
    return done;
  }
  json_writer w;
  w.begin_object()
      .field("vigie", VIGIE_VERSION)
      .field("abi_major", VIGIE_ABI_MAJOR)
      .field("abi_minor", VIGIE_ABI_MINOR)
      .end_object();
  fmt::print("{}\n", w.text());
  return done;
}

} // namespace vigie::cli
