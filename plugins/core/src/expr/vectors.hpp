// SPDX-License-Identifier: Apache-2.0
// The columns an expression computes with: up to `chunk_rows` values in their physical form, a
// status a row, and the recycled memory behind them. Used by the evaluator and its kernels.
// One pool, one thread; a vec must not outlive its pool, nor borrowed data what it was taken from.
#pragma once

#include <vigie/column.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace vigie::core::expr {

inline constexpr std::size_t chunk_rows = 1024; // values of a chunk stay in the first-level cache

// How values lie in memory, whatever they mean.
enum class rep : std::uint8_t {
  boolean, // std::uint8_t, 0 or 1
  integer, // std::int64_t: integers, dates in days, timestamps in microseconds
  natural, // std::uint64_t
  real,    // double
  text,    // std::string_view: text, binary, fixed_binary
  nested   // nested_cell: lists and structs
};

[[nodiscard]] constexpr rep rep_of(kind k) {
  switch (k) {
  case kind::boolean: return rep::boolean;
  case kind::uint64: return rep::natural;
  case kind::float64: return rep::real;
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return rep::text;
  case kind::list:
  case kind::structure: return rep::nested;
  default: return rep::integer;
  }
}

// A list or struct stays where it is.
struct nested_cell {
  const column* in = nullptr;
  std::int64_t row = 0;
};

// Ordered so that the larger one wins where two values meet in a strict operation.
enum status : std::uint8_t { present = 0, absent = 1, failed = 2 };

// Blocks of one size, kept for the next chunk.
class block_pool {
public:
  explicit block_pool(std::size_t bytes) : bytes_(bytes) {}
  [[nodiscard]] std::byte* take() {
    if (free_.empty()) {
      all_.push_back(std::make_unique<std::byte[]>(bytes_));
      free_.push_back(all_.back().get());
    }
    std::byte* out = free_.back();
    free_.pop_back();
    return out;
  }
  void give(std::byte* block) { free_.push_back(block); }

private:
  std::size_t bytes_;
  std::vector<std::unique_ptr<std::byte[]>> all_;
  std::vector<std::byte*> free_;
};

class block {
public:
  block() = default;
  explicit block(block_pool& pool) : pool_(&pool), data_(pool.take()) {}
  block(block&& o) noexcept
      : pool_(std::exchange(o.pool_, nullptr)), data_(std::exchange(o.data_, nullptr)) {}
  block& operator=(block&& o) noexcept {
    std::swap(pool_, o.pool_);
    std::swap(data_, o.data_);
    return *this;
  }
  block(const block&) = delete;
  block& operator=(const block&) = delete;
  ~block() {
    if (data_ != nullptr) pool_->give(data_);
  }
  template <class T> [[nodiscard]] T* as() { return reinterpret_cast<T*>(data_); }

private:
  block_pool* pool_ = nullptr;
  std::byte* data_ = nullptr;
};

// The values of one node over the rows of a chunk. `step` 0: one value that holds for every row.
// Values of rows that are not present are readable and mean nothing.
struct vec {
  const void* data = nullptr;
  const std::uint8_t* states = nullptr; // null: all present
  std::size_t step = 1;
  block values = {}, status_block = {};

  template <class T> [[nodiscard]] const T* as() const { return static_cast<const T*>(data); }
  template <class T> [[nodiscard]] T at(std::size_t row) const { return as<T>()[row * step]; }
  [[nodiscard]] std::uint8_t status_at(std::size_t row) const {
    return states == nullptr ? std::uint8_t{present} : states[row * step];
  }
  // The same values, without owning them.
  [[nodiscard]] vec borrowed() const {
    vec out;
    out.data = data;
    out.states = states;
    out.step = step;
    return out;
  }
};

// More text than a chunk may make; the evaluator then takes fewer rows at once.
struct too_much_text {};

// Memory for the texts a chunk makes; all of it goes when the next chunk starts.
class text_arena {
public:
  static constexpr std::size_t most = 64U << 20U; // bytes of made text a chunk

  [[nodiscard]] char* take(std::size_t bytes) {
    if (bytes > most - used_) throw too_much_text{};
    used_ += bytes;
    if (bytes > room_) {
      const std::size_t fresh = bytes > block_bytes ? bytes : block_bytes;
      blocks_.push_back(std::make_unique<char[]>(fresh));
      at_ = blocks_.back().get();
      room_ = fresh;
    }
    char* out = at_;
    at_ += bytes;
    room_ -= bytes;
    return out;
  }
  [[nodiscard]] std::string_view keep(std::string_view text) {
    if (text.empty()) return {"", 0};
    char* to = take(text.size());
    text.copy(to, text.size());
    return {to, text.size()};
  }
  void clear() {
    if (blocks_.size() > 1 || room_ + used_ > block_bytes) {
      blocks_.clear();
      room_ = 0;
    } else if (!blocks_.empty() && used_ > 0) {
      at_ = blocks_[0].get();
      room_ += used_;
    }
    used_ = 0;
  }

private:
  static constexpr std::size_t block_bytes = 256U << 10U;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* at_ = nullptr;
  std::size_t room_ = 0, used_ = 0;
};

} // namespace vigie::core::expr
