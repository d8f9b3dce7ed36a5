// SPDX-License-Identifier: Apache-2.0
// Records that leave in the order of their keys, whatever the order in which they came: in memory
// as far as the run grants it, else in sorted runs on disk (sorted::sort_runs). Called where press
// steps order what they know of pages. One thread; `host` outlives it.
#pragma once

#include "common/sorted/sort_runs.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace vigie::press {

class record_sort {
public:
  // `what` names the records in messages: "the claims".
  record_sort(const host_services& host, std::string what);

  // Records of equal keys come in the order of their payloads. No key may begin another one
  // (sorted::put_number, sorted::put_text). Throws E_RESOURCE where there is neither memory nor
  // disk; E_IO; E_CANCELLED.
  void add(std::string_view key, std::string_view payload);
  [[nodiscard]] std::uint64_t size() const { return size_; }

  // Behind the last add(), once.
  void start();
  // False behind the last record. What it gives is valid until the next call.
  bool next();
  [[nodiscard]] std::string_view key() const { return key_; }
  [[nodiscard]] std::string_view payload() const { return payload_; }
  // Gives back the memory of what others need more; nothing that was given changes. False where it
  // holds none, or there is no disk.
  bool leave_memory();
  // As new; gives back what was granted.
  void clear();

private:
  void make_room();
  const sorted::keyed_row* next_row();
  void split();

  const host_services& host_;
  std::string what_;
  step_memory memory_;
  sorted::key_store rows_;
  std::optional<sorted::sort_runs> runs_; // of records that did not fit into memory
  bool started_ = false;
  std::uint64_t size_ = 0, given_ = 0;
  sorted::keyed_row row_{}; // where records are in memory
  std::string record_;
  std::string_view key_, payload_;
};

} // namespace vigie::press
