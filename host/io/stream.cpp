// SPDX-License-Identifier: Apache-2.0
#include "io/stream.hpp"

#include "io/errors.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cstring>

namespace vigie::io {
namespace {
constexpr int standard_input = 0;
constexpr std::size_t most_at_once = std::size_t{1} << 20U; // between two looks at `cancel`

bool asked_to_stop(const std::atomic<bool>* cancel) {
  return cancel != nullptr && cancel->load(std::memory_order_relaxed);
}

diagnostic stopped(const input& in) {
  return fail(code::input_cancelled, fmt::format("reading '{}' was stopped", in.path))
      .at(in_file(in.path))
      .help("no output was changed; run it again");
}

// Waits until standard input has something, has ended, or reading is to stop.
void wait_for_input(const std::atomic<bool>* cancel) {
  constexpr int look_every_ms = 100;
  pollfd p{standard_input, POLLIN, 0};
  while (!asked_to_stop(cancel) && ::poll(&p, 1, look_every_ms) == 0) {
  }
}

} // namespace

result<std::size_t> read_at(const input& in, const descriptor& file, char* to, std::size_t bytes,
                            std::uint64_t at, const std::atomic<bool>* cancel) {
  if (asked_to_stop(cancel)) return stopped(in);
  const std::int64_t got = sys().pread(file.get(), to, bytes, at);
  if (got < 0) return input_failure("read", in.path, static_cast<int>(-got));
  if (got > 0) return static_cast<std::size_t>(got);
  return fail(code::input_changed,
              fmt::format("'{}' ends at byte {}; it had {} bytes when it was listed", in.path, at,
                          in.facts.size))
      .at(in_file(in.path))
      .help("wait until the file is complete, or copy it, and run again");
}

stored_stream::stored_stream(const input& in, descriptor file, std::uint64_t begin,
                             std::uint64_t end)
    : in_(in), file_(std::move(file)), begin_(begin), at_(begin), end_(end) {}

stored_stream::stored_stream(const input& in) : in_(in) {}

result<std::size_t> stored_stream::read_some(char* to, std::size_t bytes) {
  const std::size_t wanted = std::min(bytes, most_at_once);
  if (!in_.standard_input) return read_at(in_, file_, to, wanted, at_, cancel_);
  wait_for_input(cancel_);
  if (asked_to_stop(cancel_)) return stopped(in_);
  const std::int64_t got = sys().read(standard_input, to, wanted);
  if (got < 0) return input_failure("read", in_.path, static_cast<int>(-got));
  return static_cast<std::size_t>(got);
}

result<std::size_t> stored_stream::read(char* to, std::size_t bytes) {
  const auto limit = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, left()));
  std::size_t done = 0;
  while (done < limit && !ended_) {
    const result<std::size_t> got = read_some(to + done, limit - done);
    if (!got) return got.error();
    ended_ = *got == 0; // of standard input
    if (hashing_) hasher_.add({to + done, *got});
    done += *got;
    at_ += *got;
  }
  return done;
}

status stored_stream::check_file() const {
  if (in_.standard_input) return {};
  return check_unchanged(in_, file_);
}

result<split_digest> stored_stream::digest() {
  const result<sha256_value> sum = hasher_.finish();
  if (!sum) return sum.error();
  return split_digest{.offset = begin_, .length = passed(), .sha256 = *sum};
}

result<std::size_t> looked_ahead_stream::read(char* to, std::size_t bytes) {
  const std::size_t held = std::min(bytes, ahead_.size() - at_);
  std::memcpy(to, ahead_.data() + at_, held);
  at_ += held;
  if (at_ == ahead_.size() && !ahead_.empty()) {
    ahead_ = {};
    at_ = 0;
  }
  if (held == bytes) return held;
  const result<std::size_t> more = rest_->read(to + held, bytes - held);
  if (!more && (held == 0 || !is_break(more.error()))) return more.error();
  return held + (more ? *more : 0);
}

} // namespace vigie::io
