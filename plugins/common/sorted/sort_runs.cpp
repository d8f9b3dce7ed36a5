// SPDX-License-Identifier: Apache-2.0
// A run is a sequence of blocks: length and check sum of the rows (u64 each), then the rows, each
// with its head, id and size of the tail (u64 each) before the tail.
#include "sort_runs.hpp"

#include "block_sum.hpp"

#include <algorithm>
#include <cstring>
#include <queue>

namespace vigie::sorted {
namespace {

constexpr std::size_t block_bytes = 16 * 1024, most_runs = 64;

struct block_head {
  std::uint64_t length, sum;
};
struct row_head {
  key_head head;
  std::uint64_t id, size;
};

error damaged() {
  return {VIGIE_E_IO, "the scratch file of a sort holds other bytes than were written; check the "
                      "disk of the work folder"};
}

// The rows of one run, one after the other.
class run_reader {
public:
  run_reader(const vigie::spill_file& file, std::uint64_t begin, std::uint64_t end)
      : file_(&file), at_(begin), end_(end) {}

  // False behind the last row. `row()` is valid until the next call.
  bool next() {
    if (left_.empty() && !load()) return false;
    row_head h{};
    if (left_.size() < sizeof h) throw damaged();
    std::memcpy(&h, left_.data(), sizeof h);
    left_.remove_prefix(sizeof h);
    if (h.size > left_.size()) throw damaged();
    row_ = {h.head, left_.substr(0, h.size), h.id};
    left_.remove_prefix(h.size);
    return true;
  }
  [[nodiscard]] const keyed_row& row() const { return row_; }

private:
  bool load() {
    if (at_ == end_) return false;
    block_head h{};
    if (end_ - at_ < sizeof h) throw damaged();
    file_->read(at_, {reinterpret_cast<char*>(&h), sizeof h});
    at_ += sizeof h;
    if (h.length > end_ - at_) throw damaged();
    block_.resize(h.length);
    file_->read(at_, block_);
    at_ += h.length;
    if (block_sum(block_) != h.sum) throw damaged();
    left_ = block_;
    return true;
  }

  const vigie::spill_file* file_;
  std::uint64_t at_, end_;
  std::string block_;
  std::string_view left_; // of the block
  keyed_row row_{};
};

} // namespace

class sort_runs::writer {
public:
  writer(sort_runs& runs, vigie::spill_file& to) : runs_(runs), to_(to), begin_(to.size()) {}
  void add(const keyed_row& r) {
    const row_head h{r.head, r.id, r.tail.size()};
    block_.append(reinterpret_cast<const char*>(&h), sizeof h);
    block_ += r.tail;
    if (block_.size() >= block_bytes) flush();
  }
  run finish() {
    if (!block_.empty()) flush();
    return {begin_, to_.size()};
  }

private:
  void flush() {
    runs_.host_.stop_if_cancelled();
    const block_head h{block_.size(), block_sum(block_)};
    to_.append({reinterpret_cast<const char*>(&h), sizeof h});
    to_.append(block_);
    runs_.longest_ = std::max(runs_.longest_, block_.size());
    block_.clear();
  }

  sort_runs& runs_;
  vigie::spill_file& to_;
  std::uint64_t begin_;
  std::string block_;
};

// The rows of several runs in order.
class sort_runs::merger {
public:
  merger(const vigie::spill_file& file, std::span<const run> runs) {
    for (const run& r : runs) readers_.emplace_back(file, r.begin, r.end);
    for (run_reader& r : readers_)
      if (r.next()) first_.push(&r);
  }
  // nullptr behind the last row; valid until the next call.
  const keyed_row* next() {
    if (taken_ != nullptr && taken_->next()) first_.push(taken_);
    if (first_.empty()) return nullptr;
    taken_ = first_.top();
    first_.pop();
    return &taken_->row();
  }

private:
  struct later {
    bool operator()(const run_reader* a, const run_reader* b) const {
      return b->row().before(a->row());
    }
  };
  std::vector<run_reader> readers_;
  std::priority_queue<run_reader*, std::vector<run_reader*>, later> first_;
  run_reader* taken_ = nullptr;
};

sort_runs::sort_runs(const host_services& host, vigie::spill files)
    : host_(host), files_(files), file_(files.file()), memory_(host) {}

sort_runs::~sort_runs() = default;

void sort_runs::add(const key_store& sorted, std::uint64_t most) {
  writer to(*this, file_);
  const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(most, sorted.size()));
  for (std::size_t i = 0; i < n; ++i) to.add(sorted[i]);
  runs_.push_back(to.finish());
}

// As many as memory is granted for, a block of each; two must do.
std::size_t sort_runs::runs_at_once() {
  std::size_t n = std::min(most_runs, runs_.size());
  while (n > 2 && !memory_.expect(n * (longest_ + block_bytes))) n /= 2;
  return std::max<std::size_t>(n, 2);
}

void sort_runs::merge_pass(std::size_t at_once) {
  vigie::spill_file to = files_.file();
  std::vector<run> merged;
  for (std::size_t from = 0; from < runs_.size(); from += at_once) {
    merger some(file_, std::span(runs_).subspan(from, std::min(at_once, runs_.size() - from)));
    writer one(*this, to);
    while (const keyed_row* r = some.next()) one.add(*r);
    merged.push_back(one.finish());
  }
  file_ = std::move(to);
  runs_ = std::move(merged);
}

void sort_runs::start_merge() {
  const std::size_t at_once = runs_at_once();
  while (runs_.size() > at_once) merge_pass(at_once);
  merged_ = std::make_unique<merger>(file_, runs_);
  given_ = 0;
}

const keyed_row* sort_runs::next() {
  if (given_++ % block_bytes == 0) host_.stop_if_cancelled();
  return merged_->next();
}

void sort_runs::merge(std::uint64_t most, const std::function<void(std::uint64_t)>& each) {
  start_merge();
  for (std::uint64_t n = 0; n < most; ++n) {
    const keyed_row* r = next();
    if (r == nullptr) break;
    each(r->id);
  }
}

} // namespace vigie::sorted
