// SPDX-License-Identifier: Apache-2.0
#include "io/crash.hpp"

#include "io/errors.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace vigie::io {
namespace {

// What the environment asked for. Made once, before threads start, and never freed.
struct watch {
  std::string point; // empty: die nowhere
  std::uint64_t pass = 0;
  int log = -1;
  std::mutex mutex;
  std::map<std::string, std::uint64_t, std::less<>> passes;
};

std::atomic<watch*>& active() {
  static std::atomic<watch*> w{nullptr};
  return w;
}

// One write a line, so that the lines of several processes do not mix. Not through the seam: the
// counts of injected faults must not depend on the log. A log that fails is the test's to see.
void note(int log, std::string_view name, std::uint64_t count) {
  if (log < 0) return;
  const std::string line = fmt::format("{}:{}\n", name, count);
  [[maybe_unused]] const ssize_t written = ::write(log, line.data(), line.size());
}

void pass(watch& w, std::string_view name) {
  const std::lock_guard one(w.mutex);
  auto found = w.passes.find(name);
  if (found == w.passes.end()) found = w.passes.emplace(name, 0).first;
  const std::uint64_t count = ++found->second;
  note(w.log, name, count);
  if (name == w.point && count == w.pass) ::kill(::getpid(), SIGKILL);
}

bool is_point(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), fits);
}

diagnostic syntax(std::string_view found) {
  return fail(code::io_fault_syntax,
              fmt::format("VIGIE_CRASH_AT: '{}' is not a place and a count", found))
      .help(
          "write POINT:N with N from 1 on, for example output.rename.after:2 for the second pass; "
          "VIGIE_CRASH_LOG=FILE lists the places a run passes");
}

status read_place(std::string_view text, watch& w) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !is_point(text.substr(0, colon))) return syntax(text);
  const std::string_view count = text.substr(colon + 1);
  const auto [end, bad] = std::from_chars(count.data(), count.data() + count.size(), w.pass);
  if (bad != std::errc{} || end != count.data() + count.size() || w.pass == 0) return syntax(text);
  w.point = text.substr(0, colon);
  return {};
}

} // namespace

void crash_point(std::string_view name) {
  watch* const w = active().load(std::memory_order_relaxed);
  if (w != nullptr) pass(*w, name);
}

durable_act::durable_act(std::string_view name) : name_(name) {
  if (active().load(std::memory_order_relaxed) != nullptr)
    crash_point(std::string(name_).append(".before"));
}

void durable_act::done() const {
  if (active().load(std::memory_order_relaxed) != nullptr)
    crash_point(std::string(name_).append(".after"));
}

status install_crash_points_from_environment() {
  const char* const at = std::getenv("VIGIE_CRASH_AT");
  const char* const log = std::getenv("VIGIE_CRASH_LOG");
  if ((at == nullptr && log == nullptr) || active().load() != nullptr) return {}; // read once
  auto w = std::make_unique<watch>();
  if (at != nullptr)
    if (status read = read_place(at, *w); !read) return read;
  if (log != nullptr) {
    w->log = ::open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (w->log < 0)
      return output_failure(code::output_create_failed, "open VIGIE_CRASH_LOG", log, errno);
  }
  active().store(w.release());
  return {};
}

} // namespace vigie::io
