// SPDX-License-Identifier: Apache-2.0
#include "inspect.hpp"

#include "base/json.hpp"
#include "library.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <simdjson.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

extern char** environ;

namespace vigie::loader {
namespace {

constexpr std::size_t most_output = 16U << 20U;

struct child {
  pid_t pid = -1;
  int out = -1;
};

result<child> start(const std::string& inspector, const std::string& path) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return fail(code::plugin_crashed,
                fmt::format("no pipe for the inspecting process: {}", std::strerror(errno)));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string words[] = {inspector, "plugin", "inspect", path};
  char* argv[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  child c{-1, ends[0]};
  const int error = ::posix_spawn(&c.pid, inspector.c_str(), &actions, nullptr, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (error == 0) return c;
  ::close(ends[0]);
  return fail(code::plugin_crashed, fmt::format("the inspecting process '{}' did not start: {}",
                                                inspector, std::strerror(error)));
}

// Everything the child prints until it closes its end, the limit passes or it prints too much.
std::string read_all(int fd, std::chrono::steady_clock::time_point until) {
  std::string out;
  char block[65536];
  while (out.size() < most_output) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd p{fd, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&p, 1, static_cast<int>(left.count())) <= 0) break;
    const ssize_t n = ::read(fd, block, sizeof block);
    if (n <= 0) break;
    out.append(block, static_cast<std::size_t>(n));
  }
  return out;
}

// Waits until the deadline, then kills. The exit status, or the words for how it ended.
std::string end_of(pid_t pid, std::chrono::steady_clock::time_point until) {
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() >= until) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, &status, 0);
      return "the library did not answer in time; the inspecting process was ended";
    }
    ::usleep(1000);
  }
  if (WIFSIGNALED(status))
    return fmt::format("loading the library ended the inspecting process with signal {} ({})",
                       WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0)
    return fmt::format("loading the library ended the inspecting process with exit code {}",
                       WEXITSTATUS(status));
  return {};
}

result<plugin_info> read_answer(const std::string& path, const std::string& answer) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  std::string_view name, message, hint;
  const bool reported = parser.parse(answer).get(root) == simdjson::SUCCESS &&
                        root["error"].get(name) == simdjson::SUCCESS &&
                        root["message"].get(message) == simdjson::SUCCESS &&
                        root["hint"].get(hint) == simdjson::SUCCESS;
  if (reported) {
    const auto entry = find_code(name);
    return fail(entry ? entry->value : code::plugin_crashed, std::string(message))
        .at({.file = path})
        .help(std::string(hint));
  }
  auto stored = from_json(answer);
  if (!stored) return std::move(stored).error().at({.file = path});
  return std::move(stored->plugin);
}

} // namespace

result<plugin_info> inspect_in_child(const std::string& inspector, const std::string& path,
                                     std::chrono::milliseconds limit) {
  auto started = start(inspector, path);
  if (!started) return std::move(started).error().at({.file = path});
  const auto until = std::chrono::steady_clock::now() + limit;
  const std::string answer = read_all(started->out, until);
  ::close(started->out);
  const std::string end = end_of(started->pid, until);
  if (!end.empty()) return fail(code::plugin_crashed, end).at({.file = path});
  return read_answer(path, answer);
}

std::string inspect_here(const std::string& path) {
  auto opened = open_library(path);
  result<plugin_info> info =
      opened ? describe(*opened, id_of(path)) : result<plugin_info>(std::move(opened).error());
  if (info) return to_json(*info, "");
  json_writer w;
  w.begin_object()
      .field("error", code_name(info.error().code))
      .field("message", info.error().message);
  w.field("hint", info.error().hint).end_object();
  return w.text() + "\n";
}

} // namespace vigie::loader
