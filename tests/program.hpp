// SPDX-License-Identifier: Apache-2.0
// Runs the real program as a child and keeps what it said: for tests that go through the command
// line.
#pragma once

#include "codes_seen.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace tests {

struct ended {
  int code = -1; // exit code; 128 + n where signal n ended it
  std::string out, err;
};

inline std::string read_file(const std::filesystem::path& p) {
  std::ifstream in(p, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void write_file(const std::filesystem::path& p, const std::string& bytes) {
  std::filesystem::create_directories(p.parent_path());
  std::ofstream(p, std::ios::binary) << bytes;
}

// A folder of its own, removed with the object.
class scratch_folder {
public:
  scratch_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vigie-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

private:
  std::filesystem::path path_;
};

// Runs argv in `folder` and waits. `environment` is added to the test's own.
inline ended run(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                 const std::vector<std::pair<std::string, std::string>>& environment = {}) {
  const scratch_folder said;
  const std::string out = said / "out", err = said / "err";
  const pid_t child = ::fork();
  if (child == 0) {
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    const bool ready = ::chdir(folder.c_str()) == 0 &&
                       std::freopen("/dev/null", "r", stdin) != nullptr &&
                       std::freopen(out.c_str(), "w", stdout) != nullptr &&
                       std::freopen(err.c_str(), "w", stderr) != nullptr;
    std::vector<char*> words;
    std::vector<std::string> kept = argv;
    for (std::string& w : kept) words.push_back(w.data());
    words.push_back(nullptr);
    if (ready) ::execv(words[0], words.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ended e{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out),
          read_file(err)};
  saw_codes_in(e.out);
  saw_codes_in(e.err);
  return e;
}

} // namespace tests
