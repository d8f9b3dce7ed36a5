// SPDX-License-Identifier: Apache-2.0
// Says what is wrong with a test as it is written: names that do not exist and values of the wrong
// type, each with its place in the pipeline file. Used inside this room only. One object, one
// thread; `out` must outlive it.
#pragma once

#include "base/diagnostic.hpp"
#include "config/yaml/node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace vigie::testing {

class complaints {
public:
  complaints(diagnostics& out, std::string file) : out_(&out), file_(std::move(file)) {}

  void error(code c, yaml::mark at, std::string message, std::string hint = {}) {
    out_->push_back(
        fail(c, std::move(message)).at(yaml::place_of(at, file_)).help(std::move(hint)));
  }

  // "there is no WHAT 'word'", and the nearest of the names there are, or all of them.
  void unknown(yaml::mark at, std::string_view what, std::string_view word,
               const std::vector<std::string>& known);

  // Refuses what is no mapping, and every key that is not in `known`. False where `n` is no
  // mapping.
  bool keys(const yaml::node& n, std::string_view what, const std::vector<std::string>& known);

  [[nodiscard]] std::size_t count() const { return out_->size(); }

private:
  diagnostics* out_;
  std::string file_;
};

} // namespace vigie::testing
