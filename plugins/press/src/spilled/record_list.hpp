// SPDX-License-Identifier: Apache-2.0
// Records of bytes in the order they were added: in memory as far as the run grants it, else in a
// scratch file. Called where press steps hold what they know of pages. One thread; `host` outlives
// it.
#pragma once

#include <vigie/step_memory.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::press {

// To be thrown where neither memory nor disk is there. `what` are the records, in the plural.
[[nodiscard]] error no_room_for(const std::string& what, std::uint64_t records,
                                std::uint64_t bytes);

class record_list {
public:
  // `what` names the records in messages: "the claims".
  record_list(const host_services& host, std::string what);

  // Throws E_RESOURCE where there is neither memory nor disk; E_IO; E_CANCELLED.
  void add(std::string_view record);
  // Forgets all and gives back what was granted.
  void clear();
  [[nodiscard]] std::uint64_t size() const { return size_; }

  // Reads the records of a list, which gets no others meanwhile. Several may read one list.
  class reader {
  public:
    explicit reader(const record_list& of) : list_(&of) {}
    // False behind the last record. Throws E_IO, also where the file holds other bytes than were
    // written; E_CANCELLED.
    bool next();
    [[nodiscard]] std::string_view record() const { return record_; } // valid until the next call

  private:
    bool load();

    const record_list* list_;
    std::size_t block_ = 0; // the next one
    std::string room_;      // a block of the file
    std::string_view left_, record_;
  };

private:
  struct place { // of a block in the file
    std::uint64_t at, length, sum;
  };
  void end_block();
  void write(const std::string& block);
  void leave_memory();

  const host_services& host_;
  std::string what_;
  step_memory memory_;
  std::vector<std::string> held_; // blocks, where there is no file
  std::optional<spill_file> file_;
  std::vector<place> places_;
  std::string open_; // the block in the making
  std::uint64_t size_ = 0, bytes_ = 0;
};

} // namespace vigie::press
