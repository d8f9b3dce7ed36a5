// SPDX-License-Identifier: Apache-2.0
// A block is rows one behind the other: id and whether it was given (one u64, the lowest bit), size
// of the key (u64), key. Where its blocks are a part knows in memory: 24 bytes for 16 KiB.
#include "dedup/parts.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::core {
namespace {

constexpr std::size_t block_bytes = 16 * 1024;

struct row_head {
  std::uint64_t id_and_given, size;
};

error damaged() {
  return {VIGIE_E_IO, "the scratch file of core.dedup holds other bytes than were written; check "
                      "the disk of the work folder"};
}

} // namespace

dedup_parts::dedup_parts(const host_services& host, const vigie::spill& files, const key_hash& hash,
                         std::size_t level)
    : host_(host), file_(files.file()), hash_(hash), shift_(60 - 4 * level) {}

void dedup_parts::add(std::string_view key, known_row row) {
  part_of_file& p = parts_[hash_(key) >> shift_ & (parts - 1)];
  const row_head h{row.id << 1U | (row.given ? 1U : 0U), key.size()};
  p.waiting.append(reinterpret_cast<const char*>(&h), sizeof h);
  p.waiting += key;
  if (p.waiting.size() >= block_bytes) write(p);
}

void dedup_parts::write(part_of_file& p) {
  host_.stop_if_cancelled();
  p.blocks.push_back({file_.size(), p.waiting.size(), hash_(p.waiting)});
  file_.append(p.waiting);
  p.waiting.clear();
  if (p.waiting.capacity() > 4 * block_bytes) decltype(p.waiting)().swap(p.waiting);
}

void dedup_parts::finish() {
  for (part_of_file& p : parts_) {
    if (!p.waiting.empty()) write(p);
    decltype(p.waiting)().swap(p.waiting);
  }
}

void dedup_parts::read(std::size_t part, const row_function& each) const {
  std::string bytes;
  for (const block& b : parts_[part].blocks) {
    host_.stop_if_cancelled();
    bytes.resize(b.length);
    file_.read(b.at, bytes);
    if (hash_(bytes) != b.sum) throw damaged();
    for (std::string_view left = bytes; !left.empty();) {
      row_head h{};
      std::memcpy(&h, left.data(), sizeof h);
      left.remove_prefix(sizeof h);
      each(left.substr(0, h.size), {h.id_and_given >> 1U, (h.id_and_given & 1U) != 0});
      left.remove_prefix(h.size);
    }
  }
}

} // namespace vigie::core
