// SPDX-License-Identifier: Apache-2.0
// Are the files a finished run speaks of still those of the run? Recomputes every digest of its
// manifest; changes nothing. Called by cli on [main]. Plain values.
#pragma once

#include "folder.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace vigie::runs {

struct checked {
  std::uint64_t files = 0; // whose digests were recomputed, right or wrong
  std::uint64_t bytes = 0; // read for that
};

struct verification {
  // One a range of bytes, file or contradiction, in the order of the manifest: verify_changed,
  // verify_missing, run_manifest_damaged, and what reading failed with. Notes (verify_unchecked)
  // say what cannot be checked.
  diagnostics findings;
  checked pipeline, plugins, resources, inputs, outputs;
  io::sha256_value manifest_sha256{}; // of the bytes of manifest.json, to be quoted elsewhere
  manifest of;

  [[nodiscard]] bool sound() const; // no finding but notes
};

// Relative paths of the manifest start at the working folder it names, outputs at `f.out`. Errors:
// as finished_run, input_cancelled, digest_failed.
[[nodiscard]] result<verification> verify(const folder& f,
                                          const std::atomic<bool>* cancel = nullptr);

// The manifest of a run that is finished. Errors: run_none, run_unfinished, run_in_progress,
// run_manifest_damaged and others of look_at.
[[nodiscard]] result<stored_manifest> finished_run(const folder& f);

} // namespace vigie::runs
