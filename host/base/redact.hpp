// SPDX-License-Identifier: Apache-2.0
// Keeps secrets out of everything that is said: messages, logs, manifests, reports. Filled on the
// [main] thread before any task runs (cli, config); read by any thread afterwards. What it cannot
// see is a secret that something transformed (hashed, base64, percent-encoded, cut in pieces).
#pragma once

#include "diagnostic.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie {

class redactor {
public:
  // Bytes; a shorter text stands in too many words to be masked.
  static constexpr std::size_t shortest = 4;
  static constexpr std::string_view mask = "***";

  // The text is masked from now on: as it stands, as text::printable() shows it, and as JSON writes
  // it; of a text of several lines also each line of at least 8 bytes. False, and nothing changes,
  // for a text of fewer than `shortest` bytes.
  bool add(std::string_view secret);

  // Every byte that belongs to an occurrence of some secret is hidden: where occurrences overlap or
  // touch, one `mask` stands for all of them. The second form is for texts that were cut at a
  // limit: there the end is masked, too, where it is the beginning of a secret.
  [[nodiscard]] std::string apply(std::string text) const;
  [[nodiscard]] std::string apply_cut(std::string text) const;
  // Message, hint, excerpt, and the texts of the place.
  [[nodiscard]] diagnostic apply(diagnostic d) const;

  [[nodiscard]] bool empty() const { return forms_.empty(); }
  // Bytes of the longest form; 0 where there is none.
  [[nodiscard]] std::size_t longest() const { return forms_.empty() ? 0 : forms_.front().size(); }

private:
  void add_forms(std::string_view text);
  [[nodiscard]] std::string masked(std::string text, bool cut) const;

  std::vector<std::string> forms_; // the longest first, each once
};

} // namespace vigie
