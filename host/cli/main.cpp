// SPDX-License-Identifier: Apache-2.0
// The program `vigie`.
#include "base/result.hpp"
#include "command.hpp"
#include "io/crash.hpp"
#include "io/faults.hpp"
#include "session.hpp"

#include <exception>

int main(int argc, char** argv) {
  using namespace vigie;
  try {
    cli::catch_signals();
    status ok = io::install_faults_from_environment();
    if (ok) ok = io::install_crash_points_from_environment();
    if (!ok) {
      cli::print({ok.error()}, false);
      return cli::refused;
    }
    return cli::run_program({argv + 1, argv + argc});
  } catch (const std::exception& e) {
    cli::print({fail(code::internal, e.what())}, false);
    return cli::failed;
  }
}
