// SPDX-License-Identifier: Apache-2.0
// vigie check: everything that can be known without opening a data file.
#include "session.hpp"

#include <fmt/format.h>

namespace vigie::cli {

int check_command(const arguments& a) {
  session s(a);
  if (!s.load()) return s.refuse();
  const auto p = s.make_plan();
  if (!p) return s.refuse();
  s.print(s.problems());
  if (!a.has("json") && !a.has("quiet"))
    fmt::print("{}: {} steps, no errors\n", s.doc().file, p->steps.size());
  return done;
}

} // namespace vigie::cli
