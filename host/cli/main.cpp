// SPDX-License-Identifier: Apache-2.0
// The program `vigie`.
#include "base/result.hpp"
#include "command.hpp"
#include "io/crash.hpp"
#include "io/faults.hpp"
#include "session.hpp"

#include <exception>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

// Chunks and columns of up to a split (8 MiB) are made and freed all the time. Left alone, the
// allocator gives their pages back and takes them again, a page fault each 4 KiB of input. Larger
// ones are tables that grow: mapped, they leave no holes where they were.
void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 9 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

} // namespace

int main(int argc, char** argv) {
  using namespace vigie;
  try {
    keep_freed_memory();
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
