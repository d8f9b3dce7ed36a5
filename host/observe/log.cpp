// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace vigie::observe {
namespace {

constexpr std::size_t longest_line = 4000;

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::string_view word(level l) {
  switch (l) {
  case level::error: return "error";
  case level::warning: return "warning";
  case level::info: return "info";
  case level::debug: return "debug";
  }
  return "info";
}

std::string seconds(double s) {
  const auto whole = static_cast<std::int64_t>(s);
  return whole >= 60 ? fmt::format("{}m{:02}s", whole / 60, whole % 60) : fmt::format("{}s", whole);
}

} // namespace

void log::write(level l, std::string_view step, std::string_view text) {
  if (l > most_) return;
  std::string said(text.substr(0, longest_line));
  if (secrets_ != nullptr) said = secrets_->apply_cut(std::move(said));
  const std::string line =
      fmt::format("{}: {}{}", word(l), step.empty() ? "" : fmt::format("step '{}': ", step),
                  text::printable(said));
  const std::lock_guard lock(mutex_);
  to_(line);
}

progress::progress(style s, std::uint64_t total_bytes)
    : style_(s), total_(total_bytes), started_ms_(now_ms()),
      next_ms_(started_ms_ + (s == style::plain ? 10'000 : 200)) {}

void progress::add(std::uint64_t bytes) {
  done_ += bytes;
  if (style_ == style::none) return;
  const std::int64_t now = now_ms();
  std::int64_t next = next_ms_.load();
  if (now < next ||
      !next_ms_.compare_exchange_strong(next, now + (style_ == style::plain ? 10'000 : 200)))
    return;
  const std::lock_guard lock(mutex_);
  draw(now);
}

void progress::draw(std::int64_t now) {
  const double elapsed = static_cast<double>(now - started_ms_) / 1000;
  const std::uint64_t done = done_.load();
  const double rate = elapsed > 0 ? static_cast<double>(done) / elapsed : 0;
  std::string line =
      fmt::format("{} of {}, {}/s", text::human_bytes(done), text::human_bytes(total_),
                  text::human_bytes(static_cast<std::uint64_t>(rate)));
  if (rate > 0 && total_ > done)
    line += fmt::format(", {} left", seconds(static_cast<double>(total_ - done) / rate));
  if (style_ == style::terminal)
    fmt::print(stderr, "\r\x1b[K{}", line);
  else
    fmt::print(stderr, "{}\n", line);
  std::fflush(stderr);
}

void progress::end() {
  if (style_ != style::terminal) return;
  const std::lock_guard lock(mutex_);
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

} // namespace vigie::observe
