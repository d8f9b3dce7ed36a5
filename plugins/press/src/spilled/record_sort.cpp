// SPDX-License-Identifier: Apache-2.0
// A record is the key, the payload, and the size of the payload (u64), so that its bytes compare as
// keys do.
#include "spilled/record_sort.hpp"

#include "common/sorted/ordered_bytes.hpp"
#include "spilled/record_list.hpp"

#include <cstring>

namespace vigie::press {

record_sort::record_sort(const host_services& host, std::string what)
    : host_(host), what_(std::move(what)), memory_(host) {}

void record_sort::add(std::string_view key, std::string_view payload) {
  const std::uint64_t size = payload.size();
  record_.assign(key);
  record_ += payload;
  record_.append(reinterpret_cast<const char*>(&size), sizeof size);
  rows_.add(record_, size_++);
  if (!memory_.hold(rows_.bytes())) make_room();
}

void record_sort::make_room() {
  if (!runs_)
    if (const auto files = host_.spill()) runs_.emplace(host_, *files);
  if (!runs_) throw no_room_for(what_, size_, rows_.bytes());
  rows_.sort(UINT64_MAX);
  runs_->add(rows_, UINT64_MAX);
  rows_.clear();
  memory_.give_back();
}

void record_sort::start() {
  started_ = true;
  if (!runs_) return rows_.sort(UINT64_MAX);
  make_room();
  runs_->start_merge();
}

bool record_sort::leave_memory() {
  if (rows_.size() == 0 || !host_.spill()) return false;
  make_room();
  if (!started_) return true;
  runs_->start_merge();
  for (std::uint64_t n = 0; n < given_; ++n) static_cast<void>(runs_->next());
  return true;
}

const sorted::keyed_row* record_sort::next_row() {
  if (runs_) return runs_->next();
  row_ = rows_[given_];
  return &row_;
}

bool record_sort::next() {
  if (given_ == size_) return false;
  const sorted::keyed_row* row = next_row();
  if (row == nullptr) throw error(VIGIE_E_INTERNAL, "sorted records are missing: " + what_);
  ++given_;
  record_.clear();
  sorted::put_number(row->head.high, record_);
  sorted::put_number(row->head.low, record_);
  record_ += row->tail;
  split();
  return true;
}

// The head of a record of less than 16 bytes is filled up with zeros behind its size: none is so
// short, as keys have 8 bytes or more.
void record_sort::split() {
  std::uint64_t size = 0;
  const std::string_view all = record_;
  std::memcpy(&size, all.data() + all.size() - sizeof size, sizeof size);
  const std::size_t key = all.size() - sizeof size - size;
  key_ = all.substr(0, key);
  payload_ = all.substr(key, size);
}

void record_sort::clear() {
  rows_.clear();
  runs_.reset();
  started_ = false;
  size_ = given_ = 0;
  memory_.give_back();
}

} // namespace vigie::press
