// SPDX-License-Identifier: Apache-2.0
// A record is its size (u64) and its bytes; a block is whole records, of 64 KiB or one larger one.
#include "spilled/record_list.hpp"

#include "common/sorted/block_sum.hpp"

#include <cstring>

namespace vigie::press {
namespace {

constexpr std::size_t block_bytes = std::size_t{64} << 10U;

error damaged() {
  return {VIGIE_E_IO, "a scratch file of the press family holds other bytes than were written; "
                      "check the disk of the work folder"};
}

} // namespace

error no_room_for(const std::string& what, std::uint64_t records, std::uint64_t bytes) {
  return {VIGIE_E_RESOURCE,
          std::to_string(records) + " " + what + " take " + std::to_string(bytes) +
              " bytes, more than the run may use, and there is no disk for them; allow more "
              "memory, or read fewer pages at a time"};
}

record_list::record_list(const host_services& host, std::string what)
    : host_(host), what_(std::move(what)), memory_(host) {}

void record_list::add(std::string_view record) {
  const std::uint64_t size = record.size();
  open_.append(reinterpret_cast<const char*>(&size), sizeof size);
  open_ += record;
  bytes_ += sizeof size + size;
  ++size_;
  if (open_.size() >= block_bytes) end_block();
}

void record_list::end_block() {
  if (file_) {
    write(open_);
    return open_.clear();
  }
  held_.push_back(std::move(open_));
  open_ = {};
  if (!memory_.hold(bytes_)) leave_memory();
}

void record_list::leave_memory() {
  const auto files = host_.spill();
  if (!files) throw no_room_for(what_, size_, bytes_);
  file_.emplace(files->file());
  for (std::string& block : held_) {
    write(block);
    std::string().swap(block);
  }
  decltype(held_)().swap(held_);
  memory_.give_back();
}

void record_list::write(const std::string& block) {
  host_.stop_if_cancelled();
  places_.push_back({file_->size(), block.size(), sorted::block_sum(block)});
  file_->append(block);
}

void record_list::clear() {
  decltype(held_)().swap(held_);
  decltype(places_)().swap(places_);
  std::string().swap(open_);
  file_.reset();
  size_ = bytes_ = 0;
  memory_.give_back();
}

bool record_list::reader::next() {
  if (left_.empty() && !load()) return false;
  std::uint64_t size = 0;
  if (left_.size() < sizeof size) throw damaged();
  std::memcpy(&size, left_.data(), sizeof size);
  left_.remove_prefix(sizeof size);
  if (size > left_.size()) throw damaged();
  record_ = left_.substr(0, size);
  left_.remove_prefix(size);
  return true;
}

// The open block comes last, and never changes while it is read.
bool record_list::reader::load() {
  const record_list& l = *list_;
  const std::size_t blocks = l.file_ ? l.places_.size() : l.held_.size();
  if (block_ > blocks || (block_ == blocks && l.open_.empty())) return false;
  const std::size_t at = block_++;
  if (at == blocks || !l.file_) {
    left_ = at == blocks ? l.open_ : l.held_[at];
    return true;
  }
  l.host_.stop_if_cancelled();
  const place& p = l.places_[at];
  room_.resize(p.length);
  l.file_->read(p.at, room_);
  if (sorted::block_sum(room_) != p.sum) throw damaged();
  left_ = room_;
  return true;
}

} // namespace vigie::press
