// SPDX-License-Identifier: Apache-2.0
// The folder OUT/.vigie: what lies where, and in which state the run is that it belongs to. While a
// run goes on it holds `lock`, `journal` and `work/`; once it is done, `manifest.json`,
// `report.json` and `lock`. Called by exec and by the commands that look at runs. Pure but for
// reading; one process at a time holds the lock.
#pragma once

#include "manifest.hpp"

#include <optional>
#include <string>

namespace vigie::runs {

struct folder {
  std::string out; // as the user wrote it

  [[nodiscard]] std::string own() const { return out + "/.vigie"; }
  [[nodiscard]] std::string work() const { return own() + "/work"; } // mode 0700: holds rows
  [[nodiscard]] std::string parts() const { return work() + "/parts"; }
  [[nodiscard]] std::string journal() const { return own() + "/journal"; }
  [[nodiscard]] std::string lock() const { return own() + "/lock"; }
  [[nodiscard]] std::string manifest() const { return own() + "/manifest.json"; }
  [[nodiscard]] std::string report() const { return own() + "/report.json"; }
};

enum class state : std::uint8_t {
  none,       // no run was here
  running,    // a process holds the lock
  unfinished, // a journal without its end: `vigie resume`
  committing, // everything is durable, but names are not all in place: `vigie resume`
  shard,      // a finished part of a run: `vigie merge`
  finished,   // manifest.json speaks for the outputs
};

struct run_state {
  state is = state::none;
  bool leftovers = false;     // work/ or journal of a run that is over: `vigie clean`
  std::optional<manifest> of; // manifest.json where finished, else the journal's head; of a running
                              // one without a journal the run before it
  std::uint64_t settled = 0;  // units done, by the journal
};

// Errors: run_journal_damaged, run_manifest_damaged, those of reading.
[[nodiscard]] result<run_state> look_at(const folder& f);

// The same for who holds the lock: never says running.
[[nodiscard]] result<run_state> look_inside(const folder& f);

[[nodiscard]] std::string_view name_of(state s);

} // namespace vigie::runs
