// SPDX-License-Identifier: Apache-2.0
// What a run says while it works: lines of plugins and of the host, and progress. Goes to standard
// error, never to outputs. Any thread.
#pragma once

#include "base/redact.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace vigie::observe {

enum class level : std::uint8_t { error = 1, warning, info, debug }; // numbers are those of the ABI

class log {
public:
  // Lines above `most` are dropped. `to` gets whole lines without newline, one at a time. What
  // `secrets` knows, which must outlive the log, is masked in every line.
  log(level most, std::function<void(std::string_view)> to, const redactor* secrets = nullptr)
      : most_(most), to_(std::move(to)), secrets_(secrets) {}

  // Text of plugins may hold anything; it is shown with control characters escaped.
  void write(level l, std::string_view step, std::string_view text);

private:
  level most_;
  std::function<void(std::string_view)> to_;
  const redactor* secrets_;
  std::mutex mutex_;
};

// Bytes and splits done. On a terminal one line with rate and time left is redrawn a few times a
// second; elsewhere a plain line appears every ten seconds. Drawing happens on the calling thread.
class progress {
public:
  enum class style : std::uint8_t { none, plain, terminal };

  progress(style s, std::uint64_t total_bytes);
  void add(std::uint64_t bytes);
  void end(); // removes the line from the terminal

private:
  void draw(std::int64_t now_ms);

  style style_;
  std::uint64_t total_;
  std::int64_t started_ms_;
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<std::int64_t> next_ms_;
  std::mutex mutex_;
};

} // namespace vigie::observe
