// SPDX-License-Identifier: Apache-2.0
// Which texts are originals and which are copies of them, in one order of texts and in whatever
// memory there is. Called by press.dedup and press.copies. One thread; `host` outlives it.
//
// A text that is no copy of an original before it is one itself. Originals are held in a copy_index
// until memory is refused. Then each later text is held against those; what may still be an
// original, or have a nearer one, waits in a scratch file, and is the input of the next pass with
// an empty index (block nested loops: Garcia-Molina, Ullman, Widom, Database Systems: The Complete
// Book, 15.3). The answers are those of one index, whatever the memory.
#pragma once

#include "copies/copy_index.hpp"
#include "spilled/record_list.hpp"

#include <functional>
#include <memory>

namespace vigie::press {

class copy_finder {
public:
  enum class want : std::uint8_t { any, nearest };
  struct original {
    std::uint64_t number = 0; // of the text that is copied
    copy_kind kind = copy_kind::exact;
    double similarity = 1;

    template <class Self, class Each> static void parts(Self& o, Each& each) {
      each(o.number);
      each(o.kind);
      each(o.similarity);
    }
  };
  // Called once for each text; nothing: it is an original.
  using decided = std::function<void(std::uint64_t number, const std::optional<original>&)>;

  // `any`: the first original found will do, and kinds and similarities say nothing.
  copy_finder(const host_services& host, double least, copy_kind most, want w);

  // The next text, by a number of the caller. Decided at once or in finish(); originals are decided
  // in the order of texts. A text without a fingerprint is an original that has no copies. Throws
  // E_RESOURCE where there is neither memory nor disk; E_IO;
  // E_CANCELLED.
  void add(std::uint64_t number, const std::optional<fingerprint>& f, const decided& each);
  // Decides what waits. Once.
  void finish(const decided& each);

private:
  struct text {
    std::uint64_t number = 0;
    std::optional<fingerprint> print;
    std::optional<original> best;
    copy_index::band_counts met{};

    template <class Self, class Each> static void parts(Self& t, Each& each);
  };
  void look_up(text& t);
  void take(text& t, const decided& each);
  [[nodiscard]] bool room_for_one_more();

  const host_services& host_;
  double least_;
  copy_kind most_;
  want want_;
  step_memory memory_;
  copy_index index_;
  std::vector<std::uint64_t> numbers_; // of the texts of the index
  bool closed_ = false;                // no original is added any more
  std::unique_ptr<record_list> waiting_;
};

} // namespace vigie::press
