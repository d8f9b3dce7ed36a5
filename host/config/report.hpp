// SPDX-License-Identifier: Apache-2.0
// Collects what is wrong with one file: short calls where errors are found, and an end to them, so
// that a file of a million errors costs neither memory nor patience. Used inside this room only.
// One object, one thread.
#pragma once

#include "base/diagnostic.hpp"
#include "yaml/node.hpp"

#include <cstddef>
#include <string>
#include <utility>

namespace vigie {

class reporter {
public:
  static constexpr std::size_t most = 100;

  // `out` must outlive the reporter.
  reporter(diagnostics& out, std::string file) : out_(&out), file_(std::move(file)) {}

  void error(code c, yaml::mark at, std::string message, std::string hint = {}) {
    add(severity::error, c, place_of(at), std::move(message), std::move(hint));
  }
  void error(code c, vigie::place at, std::string message, std::string hint = {}) {
    add(severity::error, c, std::move(at), std::move(message), std::move(hint));
  }
  void warning(code c, yaml::mark at, std::string message, std::string hint = {}) {
    add(severity::warning, c, place_of(at), std::move(message), std::move(hint));
  }

  // One that was made elsewhere.
  void take(diagnostic d);

  // No more diagnostics will be kept, and a note says so: looking on is of no use.
  [[nodiscard]] bool full() const { return count_ > most; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] vigie::place place_of(yaml::mark at) const { return yaml::place_of(at, file_); }

private:
  void add(severity s, code c, vigie::place at, std::string message, std::string hint);

  diagnostics* out_;
  std::string file_;
  std::size_t count_ = 0;
  bool failed_ = false;
};

// "did you mean 'x'?", or the names there are, or nothing where there are none.
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string>& known);

} // namespace vigie
