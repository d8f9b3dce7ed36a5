// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <stdexcept>

namespace tests {
namespace {

namespace fs = std::filesystem;
using clock = std::chrono::steady_clock;

std::string bytes_of(const fs::path& p) {
  std::ifstream in(p, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// In the child, between fork and exec.
[[noreturn]] void become(const std::string& folder, std::vector<char*>& argv, int input) {
  ::signal(SIGPIPE, SIG_DFL);
  const int out = ::open((folder + "/.out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err = ::open((folder + "/.err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const bool ready = ::dup2(input, 0) == 0 && ::dup2(out, 1) == 1 && ::dup2(err, 2) == 2 &&
                     ::chdir((folder + "/work").c_str()) == 0;
  if (ready) ::execv(argv[0], argv.data());
  ::_exit(127);
}

} // namespace

std::vector<std::string> ended::errors() const {
  std::vector<std::string> out;
  const std::string start = "error[V";
  for (std::size_t at = err.find(start); at != std::string::npos; at = err.find(start, at + 1))
    out.push_back(err.substr(at + start.size() - 1, 5));
  return out;
}

workplace::workplace(const std::string& below) {
  std::string name = below + "/vigie-pipelines-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  root_ = name;
  fs::create_directory(root_ + "/work");
}

workplace::~workplace() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

std::string workplace::path(const std::string& name) const {
  if (name.starts_with(".")) return root_ + "/" + name;
  return root_ + "/work" + (name.empty() ? "" : "/" + name);
}

void workplace::put(const std::string& name, const std::string& bytes) const {
  fs::create_directories(fs::path(path(name)).parent_path());
  std::ofstream(path(name), std::ios::binary | std::ios::trunc) << bytes;
}

std::string workplace::get(const std::string& name) const { return bytes_of(path(name)); }

bool workplace::has(const std::string& name) const { return fs::exists(path(name)); }

std::vector<std::string> workplace::files(const std::string& below) const {
  std::vector<std::string> out;
  if (!has(below)) return out;
  for (const auto& e : fs::recursive_directory_iterator(path(below)))
    if (!e.is_directory()) out.push_back(e.path().lexically_relative(path()).string());
  std::ranges::sort(out);
  return out;
}

child::child(const workplace& at, const std::vector<std::string>& arguments, child_options options)
    : at_(at), options_(std::move(options)) {
  std::vector<std::string> words{VIGIE_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& w : words) argv.push_back(w.data());
  argv.push_back(nullptr);
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  process_ = ::fork();
  if (process_ == 0) {
    ::setenv("XDG_CACHE_HOME", at_.path(".cache").c_str(), 1);
    for (const auto& [name, value] : options_.environment) ::setenv(name.c_str(), value.c_str(), 1);
    become(at_.root(), argv, ends[0]);
  }
  ::close(ends[0]);
  input_ = ends[1];
  if (!options_.keep_stdin) close_input();
  handle_ = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
  if (handle_ < 0) throw std::runtime_error("no handle of the child");
}

child::~child() {
  close_input();
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(handle_);
}

bool child::feed(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto written = ::write(input_, bytes.data(), bytes.size());
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool child::waits_for_input() const {
  constexpr int enough = 20; // looks in a row
  const auto asleep = [&](const fs::directory_entry& thread) {
    const std::string stat = bytes_of(thread.path() / "stat");
    const std::size_t state = stat.rfind(") ");
    return state != std::string::npos && stat.substr(state + 2, 1) == "S";
  };
  int quiet = 0;
  const auto last = clock::now() + std::chrono::duration<double>(options_.limit);
  while (quiet < enough && clock::now() < last) {
    int unread = 0;
    ::ioctl(input_, FIONREAD, &unread);
    const fs::directory_iterator threads("/proc/" + std::to_string(process_) + "/task");
    quiet = unread == 0 && std::ranges::all_of(threads, asleep) ? quiet + 1 : 0;
    pollfd end{handle_, POLLIN, 0};
    ::poll(&end, 1, 1);
  }
  return quiet == enough;
}

void child::close_input() {
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

void child::signal(int number) const { ::kill(process_, number); }

ended child::wait() {
  ended e;
  const auto start = clock::now();
  pollfd end{handle_, POLLIN, 0};
  if (::poll(&end, 1, static_cast<int>(options_.limit * 1000)) == 0) {
    e.in_time = false;
    ::kill(process_, SIGKILL);
  }
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  e.seconds = std::chrono::duration<double>(clock::now() - start).count();
  e.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  e.out = at_.get(".out");
  e.err = at_.get(".err");
  saw_codes_in(e.out);
  saw_codes_in(e.err);
  return e;
}

ended vigie(const workplace& at, const std::vector<std::string>& arguments, child_options options) {
  return child(at, arguments, std::move(options)).wait();
}

} // namespace tests
