// SPDX-License-Identifier: Apache-2.0
#include "io/unpacking.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::io {

diagnostic unpacking_stream::trailing() const {
  return compressed_fault(code::input_trailing, path_,
                          fmt::format("other bytes follow the {} data", format_), written_);
}

diagnostic unpacking_stream::fault(const progress& p) const {
  if (p.no_memory) return no_memory_fault(path_, written_);
  if (p.no_stream && streams_ > 0) return trailing();
  diagnostic d =
      compressed_fault(code::input_damaged, path_,
                       fmt::format("the {} data are damaged ({})", format_, p.fault), written_);
  if (p.hint != nullptr) d.hint = p.hint;
  return d;
}

status unpacking_stream::refill() {
  const result<std::size_t> got = stored_->read(block_.data(), block_.size());
  if (!got) return got.error();
  left_ = {block_.data(), *got};
  if (*got > 0) return {};
  ended_ = true;
  if (inside_ || streams_ == 0)
    return compressed_fault(code::input_truncated, path_,
                            fmt::format("the {} data end too early", format_), written_);
  return may_pad(padding_) ? status() : trailing();
}

// Behind a stream: either padding or another one.
status unpacking_stream::skip_padding() {
  if (streams_ > 0) {
    const std::size_t zeros = std::min(left_.find_first_not_of('\0'), left_.size());
    padding_ += zeros;
    left_.remove_prefix(zeros);
    if (left_.empty()) return {};
    if (!may_pad(padding_)) return trailing();
  }
  if (!begin()) return no_memory_fault(path_, written_);
  inside_ = true;
  padding_ = 0;
  return {};
}

status unpacking_stream::run_once(char* to, std::size_t room, std::size_t& made) {
  const progress p = run(left_, to, room);
  left_.remove_prefix(p.taken);
  written_ += p.made;
  made += p.made;
  drained_ = p.made < room || p.ended;
  if (p.fault != nullptr) return fault(p);
  if (!p.ended) return {};
  inside_ = false;
  ++streams_;
  return {};
}

status unpacking_stream::unpack(char* to, std::size_t bytes, std::size_t& done) {
  while (done < bytes && !ended_) {
    if (left_.empty() && drained_)
      if (status filled = refill(); !filled) return filled;
    if (ended_) break;
    if (!inside_) {
      if (status began = skip_padding(); !began) return began;
      continue;
    }
    if (status ran = run_once(to + done, bytes - done, done); !ran) return ran;
  }
  return {};
}

} // namespace vigie::io
