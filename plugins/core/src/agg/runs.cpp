// SPDX-License-Identifier: Apache-2.0
// A record is the key, the number of the call in one byte, and for call 0 the number of the record
// and the states, else the value in its order: so the order of bytes is that of the groups.
#include "agg/runs.hpp"

namespace vigie::core::agg {
namespace {

constexpr std::size_t run_bytes = std::size_t{1} << 20U;

} // namespace

void group_runs::write() {
  if (rows_.size() == 0) return;
  rows_.sort(UINT64_MAX);
  runs_.add(rows_, UINT64_MAX);
  rows_.clear();
}

void group_runs::put(std::string_view key, std::size_t call) {
  record_.assign(key);
  record_ += static_cast<char>(call);
}

void group_runs::add(groups& all) {
  all.gather(false);
  const auto ended = [&] {
    rows_.add(record_, sequence_++);
    if (rows_.bytes() >= run_bytes) write();
  };
  std::string key;
  for (std::uint32_t g = 0; g < all.size(); ++g) {
    key.clear();
    keys_.append_ordered(all.key(g), key);
    put(key, 0);
    append_ordered(record_, kind::uint64, {sequence_, {}});
    all.pack(g, record_);
    ended();
    for (std::size_t k = 0; k < layout_.calls.size(); ++k) {
      const value_state* v = all.values_of(k);
      for (std::size_t i = 0; v != nullptr && i < v->held(g); ++i) {
        put(key, k + 1);
        v->put_sorted(g, i, sequence_, record_);
        ended();
      }
    }
  }
  write();
}

void group_runs::start() { runs_.start_merge(); }

// The head of a short record is filled up with zeros, which nobody reads.
std::optional<group_runs::row> group_runs::next() {
  const sorted::keyed_row* r = runs_.next();
  if (r == nullptr) return std::nullopt;
  read_.clear();
  append_ordered(read_, kind::uint64, {r->head.high, {}});
  append_ordered(read_, kind::uint64, {r->head.low, {}});
  read_ += r->tail;
  const std::string_view all = read_;
  const std::size_t key = keys_.ordered_length(all);
  if (key >= all.size())
    throw error(VIGIE_E_IO, "the scratch file of an aggregate holds other bytes than were written");
  const std::string_view rest = all.substr(key + 1);
  const auto call = static_cast<std::size_t>(static_cast<unsigned char>(all[key]));
  return row{all.substr(0, key), call,
             call == 0 ? rest.substr(std::min<std::size_t>(8, rest.size())) : rest};
}

} // namespace vigie::core::agg
