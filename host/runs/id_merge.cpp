// SPDX-License-Identifier: Apache-2.0
#include "id_merge.hpp"

#include "spill_blocks.hpp"

#include <algorithm>
#include <cstring>
#include <queue>
#include <span>

namespace vigie::runs {
namespace {

constexpr std::size_t least_bytes = 64 * 1024, block_bytes = 4 * 1024, most_fan = 256;

status append_pairs(spill_file& to, std::span<const id_position> pairs) {
  auto at = append_block(
      to, {reinterpret_cast<const char*>(pairs.data()), pairs.size() * sizeof(id_position)});
  return at ? status() : status(std::move(at).error());
}

} // namespace

struct id_merge::run {
  std::uint64_t at, pairs; // first block, pairs that are left
};

// The pairs of some runs in order.
class id_merge::merger {
public:
  merger(std::shared_ptr<spill_file> file, std::span<const run> runs)
      : file_(std::move(file)), sources_(runs.size()) {
    for (std::size_t k = 0; k < runs.size(); ++k) sources_[k].left = runs[k];
  }
  status open() {
    for (std::size_t k = 0; k < sources_.size(); ++k)
      if (auto ok = refill(k); !ok) return ok;
    return {};
  }
  result<std::optional<id_position>> next() {
    if (heads_.empty()) return std::optional<id_position>();
    const head top = heads_.top();
    heads_.pop();
    source& s = sources_[top.source];
    if (s.at < s.pairs.size()) {
      heads_.push({s.pairs[s.at++], top.source});
    } else if (auto ok = refill(top.source); !ok) {
      return ok.error();
    }
    return std::optional(top.pair);
  }

private:
  struct source {
    run left{};
    std::vector<id_position> pairs;
    std::size_t at = 0;
  };
  struct head {
    id_position pair;
    std::size_t source;
    friend bool operator>(const head& a, const head& b) { return a.pair > b.pair; }
  };

  // The next block of a source, and its first pair among the heads.
  status refill(std::size_t k) {
    source& s = sources_[k];
    if (s.left.pairs == 0) return {};
    auto read = read_block(*file_, s.left.at);
    if (!read) return std::move(read).error();
    const std::size_t n = read->bytes.size() / sizeof(id_position);
    if (n == 0 || n > s.left.pairs || read->bytes.size() % sizeof(id_position) != 0)
      return damaged("a block of row numbers has an impossible length");
    s.pairs.resize(n);
    std::memcpy(s.pairs.data(), read->bytes.data(), read->bytes.size());
    s.left = {read->end, s.left.pairs - n};
    s.at = 1;
    heads_.push({s.pairs[0], k});
    return {};
  }

  std::shared_ptr<spill_file> file_;
  std::vector<source> sources_;
  std::priority_queue<head, std::vector<head>, std::greater<>> heads_;
};

id_merge::id_merge(spill_folder& folder, std::int64_t bytes)
    : folder_(folder),
      room_(std::max(static_cast<std::size_t>(bytes), least_bytes) / sizeof(id_position)),
      block_(std::max(room_ / most_fan, block_bytes / sizeof(id_position))), fan_(room_ / block_) {}

id_merge::~id_merge() = default;

status id_merge::add(id_position p) {
  if (pairs_.capacity() < room_) pairs_.reserve(room_);
  pairs_.push_back(p);
  return pairs_.size() < room_ ? status() : write_run();
}

status id_merge::write_run() {
  if (!file_) {
    auto made = folder_.file();
    if (!made) return std::move(made).error();
    file_ = std::move(*made);
  }
  std::sort(pairs_.begin(), pairs_.end());
  runs_.push_back({file_->length(), pairs_.size()});
  for (std::size_t at = 0; at < pairs_.size(); at += block_) {
    const auto part = std::span(pairs_).subspan(at, std::min(block_, pairs_.size() - at));
    if (auto ok = append_pairs(*file_, part); !ok) return ok;
  }
  pairs_.clear();
  return {};
}

// All pairs of `from` as one run at the end of `to`.
result<std::uint64_t> id_merge::merge_into(spill_file& to, merger& from) const {
  if (auto ok = from.open(); !ok) return ok.error();
  std::uint64_t pairs = 0;
  std::vector<id_position> out;
  for (bool more = true; more;) {
    auto p = from.next();
    if (!p) return std::move(p).error();
    more = p->has_value();
    if (more) out.push_back(**p);
    if (out.empty() || (more && out.size() < block_)) continue;
    if (auto ok = append_pairs(to, out); !ok) return ok.error();
    pairs += out.size();
    out.clear();
  }
  return pairs;
}

// Merges the runs `fan_` at a time into longer ones, in a new file.
status id_merge::merge_pass() {
  auto made = folder_.file();
  if (!made) return std::move(made).error();
  const std::shared_ptr<spill_file> to = std::move(*made);
  std::vector<run> merged;
  for (std::size_t from = 0; from < runs_.size(); from += fan_) {
    merger some(file_, std::span(runs_).subspan(from, std::min(fan_, runs_.size() - from)));
    const std::uint64_t at = to->length();
    auto pairs = merge_into(*to, some);
    if (!pairs) return std::move(pairs).error();
    merged.push_back({at, *pairs});
  }
  if (auto ok = to->flush(); !ok) return ok;
  file_ = to;
  runs_ = std::move(merged);
  return {};
}

status id_merge::finish_adding() {
  if (!pairs_.empty())
    if (auto ok = write_run(); !ok) return ok;
  decltype(pairs_)().swap(pairs_);
  if (!file_) return {};
  if (auto ok = file_->flush(); !ok) return ok;
  while (runs_.size() > fan_)
    if (auto ok = merge_pass(); !ok) return ok;
  last_ = std::make_unique<merger>(file_, runs_);
  return last_->open();
}

result<std::optional<id_position>> id_merge::next() {
  return last_ ? last_->next() : std::optional<id_position>();
}

} // namespace vigie::runs
