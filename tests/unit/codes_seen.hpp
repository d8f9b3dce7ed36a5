// SPDX-License-Identifier: Apache-2.0
// Writes down which error codes a test made happen, in the file named by VIGIE_CODES_SEEN;
// codes_test.sh holds all such files against the table. Without the variable nothing is written.
// Any thread.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace tests {

// `name` as in messages: "V0123".
inline void saw_code(std::string_view name) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> known;
  const char* path = std::getenv("VIGIE_CODES_SEEN");
  if (path == nullptr || *path == '\0') return;
  const std::lock_guard lock(mutex);
  if (known.contains(name)) return;
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  std::FILE* file = std::fopen(path, known.empty() ? "w" : "a");
  if (file == nullptr) return;
  std::fprintf(file, "%.*s\n", static_cast<int>(name.size()), name.data());
  std::fclose(file);
  known.emplace(name);
}

// Codes in what a program printed: "error[V0123]" and the "V0123" of --json.
inline void saw_codes_in(std::string_view text) {
  constexpr std::size_t length = 5;
  for (std::size_t at = text.find("V0"); at != std::string_view::npos;
       at = text.find("V0", at + 1)) {
    const std::string_view name = text.substr(at, length);
    const char before = at > 0 ? text[at - 1] : ' ';
    const char after = at + length < text.size() ? text[at + length] : ' ';
    const bool code = name.size() == length && name.find_first_not_of("0123456789", 1) == name.npos;
    if (code && ((before == '[' && after == ']') || (before == '"' && after == '"')))
      saw_code(name);
  }
}

} // namespace tests
