// SPDX-License-Identifier: Apache-2.0
// Reads a page with marks, the form in which our own gold is written (docs/operate/eval.md), into
// the page's bytes and its annotation. Called by the evaluation and by its tests. Pure functions;
// any thread. Annotations come from where a mark stands, so that none can point to other words.
#pragma once

#include "gold.hpp"

#include <string>
#include <string_view>

namespace vigie::press::eval {

struct marked_page {
  std::string bytes; // of the page, in its encoding
  std::string text;  // the same in UTF-8, as scraped
  gold_page gold;
};

// `name`: the file's name, for messages. Throws std::runtime_error "name:line: what is wrong".
[[nodiscard]] marked_page read_marked(const std::string& name, std::string_view source);

} // namespace vigie::press::eval
