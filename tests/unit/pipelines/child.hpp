// SPDX-License-Identifier: Apache-2.0
// The real program as a child with a time limit, a folder of its own to work in and, where a test
// wants it, a pipe as standard input and a signal. Used by the tests of whole pipelines.
#pragma once

#include "codes_seen.hpp"

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tests {

struct ended {
  int code = -1; // exit code; 128 + n where signal n ended it
  bool in_time = true;
  double seconds = 0;
  std::string out, err;

  [[nodiscard]] bool says(std::string_view text) const {
    return err.find(text) != std::string::npos;
  }
  // Codes of the errors on standard error, in their order, without those of notes and warnings.
  [[nodiscard]] std::vector<std::string> errors() const;
};

// A folder that goes with its test; the child runs in it.
class workplace {
public:
  workplace() : workplace(std::filesystem::temp_directory_path().string()) {}
  explicit workplace(const std::string& below);
  workplace(const workplace&) = delete;
  workplace& operator=(const workplace&) = delete;
  ~workplace();

  [[nodiscard]] const std::string& root() const { return root_; }
  // Names that begin with a dot lie beside the folder the child works in.
  [[nodiscard]] std::string path(const std::string& name = "") const;
  void put(const std::string& name, const std::string& bytes) const;
  [[nodiscard]] std::string get(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const;
  // All files below, hidden ones included, as paths below the folder, sorted.
  [[nodiscard]] std::vector<std::string> files(const std::string& below = "") const;

private:
  std::string root_;
};

struct child_options {
  std::vector<std::pair<std::string, std::string>> environment = {};
  double limit = 60;       // seconds, then it is killed and `in_time` is false
  bool keep_stdin = false; // standard input is a pipe the test writes to
};

// One child from start to end. Its codes are written down.
class child {
public:
  child(const workplace& at, const std::vector<std::string>& arguments, child_options options = {});
  child(const child&) = delete;
  child& operator=(const child&) = delete;
  ~child();

  // Writes to its standard input; false once it reads no more.
  bool feed(std::string_view bytes) const;
  // True once all that was fed is read and all threads of the child sleep; false where that does
  // not happen within the limit.
  [[nodiscard]] bool waits_for_input() const;
  void close_input();
  void signal(int number) const;
  // Waits for the end, at most `limit` seconds from now.
  [[nodiscard]] ended wait();

private:
  const workplace& at_;
  child_options options_;
  int process_ = -1, handle_ = -1, input_ = -1;
};

// `vigie ARGUMENTS` in the folder, waited for.
[[nodiscard]] ended vigie(const workplace& at, const std::vector<std::string>& arguments,
                          child_options options = {});

} // namespace tests
