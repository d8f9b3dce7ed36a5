// SPDX-License-Identifier: Apache-2.0
// A browser without a window, driven by W3C WebDriver through a chromedriver of its own on
// loopback. Starts both with a new folder of user data and ends what it started. Failures throw
// std::runtime_error with what the driver said. Tests only; one thread.
#pragma once

#include <simdjson.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace browser_test {

// The program's path; nothing: none of the names is in PATH.
[[nodiscard]] std::optional<std::string> find_program(std::initializer_list<const char*> names);

[[nodiscard]] std::string json_text(std::string_view text); // as a JSON string

class driver {
public:
  driver(const std::string& program, const std::string& browser, const std::string& folder);
  driver(const driver&) = delete;
  driver& operator=(const driver&) = delete;
  ~driver();

  void open(const std::string& url);
  // What a script's `return` gives, as text; JSON for other values.
  std::string run(std::string_view script);
  // The first element a CSS selector finds.
  void click(std::string_view selector);
  std::string label(std::string_view selector); // in the accessibility tree
  std::string role(std::string_view selector);
  void type(std::string_view selector, std::string_view keys);
  // A key for what has the focus.
  void press(std::string_view key);
  void size(int width, int height);
  // As on a telephone, narrower than a window may be; 0: as in a window again.
  void telephone(int width, int height);
  // The window as PNG in this file.
  void picture(const std::string& file);
  // Messages of the console since the last call, one a line.
  std::string console();
  void scripts(bool on);
  void colours(std::string_view scheme); // "dark" or "light"
  void medium(std::string_view name);    // "print" or "screen"

private:
  void start(const std::string& program, const std::string& folder);
  void end_processes();
  simdjson::dom::element call(std::string_view method, const std::string& path,
                              const std::string& body);
  std::string element(std::string_view selector);
  std::string value(std::string_view method, const std::string& path, const std::string& body);

  simdjson::dom::parser parser_;
  pid_t pid_ = -1;
  int out_ = -1; // what the driver prints
  std::uint16_t port_ = 0;
  std::string session_;
};

} // namespace browser_test
