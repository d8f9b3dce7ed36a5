// SPDX-License-Identifier: Apache-2.0
// vigie test: the tests written in pipeline files.
#include "session.hpp"

namespace vigie::cli {

int test_command(const arguments&) { return refused; }

} // namespace vigie::cli
