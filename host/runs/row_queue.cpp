// SPDX-License-Identifier: Apache-2.0
#include "row_queue.hpp"

#include "batch/pack.hpp"
#include "spill_blocks.hpp"

#include <fmt/format.h>

namespace vigie::runs {

row_queue::row_queue(schema fields, memory_budget& memory, spill_folder* spill, row_owner owner)
    : fields_(std::move(fields)), owner_(std::move(owner)), spill_(spill),
      held_(memory, use_with(spill)) {}

status row_queue::push(data::batch b) {
  if (!spilled()) hold_alone(fields_, b); // what is packed is compact anyway
  return push_alone(std::move(b));
}

status row_queue::push_alone(data::batch b) {
  const std::lock_guard lock(mutex_);
  const std::int64_t rows = b.rows;
  if (auto ok = spilled_ || !keep(b) ? write(b) : status(); !ok) return ok;
  ++pushed_;
  rows_ += rows;
  return {};
}

// In memory; false, and the batch untouched, where there is no room.
bool row_queue::keep(data::batch& b) {
  const std::int64_t bytes = held_bytes(fields_, b);
  const bool own_share = !spill_ || held_.bytes() + bytes <= held_.budget().limit() / 2;
  if (!own_share || !held_.more(bytes)) return false;
  waiting_.push_back({.rows = std::move(b), .bytes = bytes, .offset = 0, .in_file = false});
  return true;
}

status row_queue::write(const data::batch& b) {
  if (!spill_) return over_budget(owner_, held_.budget());
  if (!file_) {
    auto made = spill_->file();
    if (!made) return std::move(made).error();
    file_ = std::move(*made);
  }
  std::string bytes;
  data::pack(fields_, b, bytes);
  auto at = append_block(*file_, bytes);
  if (!at) return std::move(at).error();
  flushed_ = false;
  spilled_ = true;
  waiting_.push_back({.rows = {}, .bytes = 0, .offset = *at, .in_file = true});
  return {};
}

std::size_t row_queue::batches() const {
  const std::lock_guard lock(mutex_);
  return pushed_;
}

std::int64_t row_queue::rows() const {
  const std::lock_guard lock(mutex_);
  return rows_;
}

bool row_queue::spilled() const {
  const std::lock_guard lock(mutex_);
  return spilled_;
}

// Waits for the turn of batch i and takes its entry out; `file` is where it stands, if it does.
result<row_queue::entry> row_queue::next(std::size_t i, std::shared_ptr<spill_file>& file) {
  std::unique_lock lock(mutex_);
  turn_.wait(lock, [&] { return cancelled_ || i <= taken_ || i >= pushed_; });
  if (cancelled_) return *cancelled_;
  if (i != taken_ || i >= pushed_)
    return fail(code::internal, fmt::format("batch {} of {} is not there to be taken; {} were", i,
                                            pushed_, taken_));
  if (!flushed_)
    if (auto ok = file_->flush(); !ok) return ok.error();
  flushed_ = true;
  entry out = std::move(waiting_.front());
  file = file_;
  leave();
  turn_.notify_all();
  return out;
}

// The first of those that wait goes; the file goes with the last one in it.
void row_queue::leave() {
  held_.less(waiting_.front().bytes);
  waiting_.pop_front();
  if (++taken_ == pushed_) file_.reset();
}

result<data::batch> row_queue::take(std::size_t i) {
  std::shared_ptr<spill_file> file;
  auto at = next(i, file);
  if (!at) return std::move(at).error();
  if (!at->in_file) return std::move(at->rows);
  auto read = read_block(*file, at->offset);
  if (!read) return std::move(read).error();
  return data::unpack(fields_, read->bytes);
}

void row_queue::skip(std::size_t n) {
  const std::lock_guard lock(mutex_);
  for (; n > 0 && taken_ < pushed_; --n) leave();
  turn_.notify_all();
}

void row_queue::cancel(diagnostic why) {
  const std::lock_guard lock(mutex_);
  if (!cancelled_) cancelled_ = std::move(why);
  turn_.notify_all();
}

} // namespace vigie::runs
