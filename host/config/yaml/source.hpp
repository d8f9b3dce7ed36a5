// SPDX-License-Identifier: Apache-2.0
// The bytes of a YAML file as the parser and the messages see them: no byte order mark, lines that
// end in \n, and an index from bytes to lines. Also the checks that need no grammar: encoding,
// control characters, tabs. Immutable after construction.
#pragma once

#include "config/report.hpp"
#include "node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::yaml {

class source {
public:
  explicit source(std::string_view bytes);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] mark at(std::size_t offset) const;
  // Without its newline; empty for a number that is not in the file.
  [[nodiscard]] std::string_view line(int number) const;
  // '\0' behind the end.
  [[nodiscard]] char byte(std::size_t offset) const {
    return offset < text_.size() ? text_[offset] : '\0';
  }

private:
  std::string text_;
  std::vector<std::size_t> starts_;
};

// False, with diagnostics, where the bytes are not worth parsing.
[[nodiscard]] bool check_bytes(const source& s, reporter& report);

// Gives every diagnostic about `file` that has a place and no excerpt the line it speaks of. Lines
// above 64 KiB are left out.
void add_excerpts(std::string_view bytes, std::string_view file, diagnostics& problems);

} // namespace vigie::yaml
