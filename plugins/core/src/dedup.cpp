// SPDX-License-Identifier: Apache-2.0
#include "dedup.hpp"

#include "dedup/key.hpp"
#include "row_stream.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

constexpr std::size_t ahead = 8; // places of the index that are asked for in advance

} // namespace

void dedup_rows::bind(binding& b) {
  if (by.empty()) return b.all();
  std::vector<std::string> seen;
  for (const column_name& name : by) {
    if (std::find(seen.begin(), seen.end(), name.value) != seen.end())
      throw name.wrong(VIGIE_E_CONFIG, "column '" + name.value + "' stands twice; name it once");
    seen.push_back(name.value);
    b.column(name);
  }
}

bool dedup_rows::task::key_set::add(std::string_view key, std::uint64_t hash, known_row row,
                                    bool last) {
  const auto [number, fresh] = index.insert(key, hash);
  if (fresh)
    rows.push_back(row);
  else if (last)
    rows[number] = row;
  return fresh;
}

bool dedup_rows::task::take(const batch& in, std::span<const std::uint64_t> ids, order& out) {
  encode(in);
  if (parts_) {
    for (std::size_t i = 0; i < ids.size(); ++i) parts_->add(keys_[i], {ids[i]});
    return true;
  }
  look_up(ids, out);
  if (!memory_.hold(held_.bytes())) spill_or_stop();
  return true;
}

void dedup_rows::task::encode(const batch& in) {
  const auto rows = static_cast<std::size_t>(in.size());
  std::vector<std::size_t> ends;
  ends.reserve(rows);
  bytes_.clear();
  for (std::size_t i = 0; i < rows; ++i) {
    for (const column& c : in.columns()) append_dedup_key(c, static_cast<std::int64_t>(i), bytes_);
    ends.push_back(bytes_.size());
  }
  keys_.clear();
  std::size_t from = 0;
  for (const std::size_t end : ends) {
    keys_.emplace_back(bytes_.data() + from, end - from);
    from = end;
  }
}

// First rows are given out at once: no later row can take their place.
void dedup_rows::task::look_up(std::span<const std::uint64_t> ids, order& out) {
  hashes_.clear();
  fresh_.clear();
  for (const std::string_view key : keys_) hashes_.push_back(held_.index.hash(key));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i + ahead < ids.size()) held_.index.prefetch(hashes_[i + ahead]);
    if (held_.add(keys_[i], hashes_[i], {ids[i], !last_}, last_)) fresh_.push_back(ids[i]);
  }
  if (!last_ && !fresh_.empty()) out.emit(fresh_);
}

error dedup_rows::task::too_large(const key_set& set) const {
  return {VIGIE_E_RESOURCE, "the keys of " + std::to_string(set.index.size()) +
                                " different rows take " + std::to_string(set.bytes()) +
                                " bytes, more than the run may use; compare fewer columns with "
                                "'by', or allow more memory"};
}

void dedup_rows::task::leave_memory(const key_set& set, dedup_parts& to) const {
  for (std::uint32_t k = 0; k < set.index.size(); ++k) to.add(set.index.key(k), set.rows[k]);
}

void dedup_rows::task::spill_or_stop() {
  files_ = self_.host.spill();
  if (!files_) throw too_large(held_);
  parts_.emplace(self_.host, *files_, hash_, 0);
  leave_memory(held_, *parts_);
  held_ = {};
  memory_.give_back();
}

bool dedup_rows::task::fits(const key_set& set, dedup_ids& ids) {
  if (memory_.hold(set.bytes())) return true;
  ids.make_room();
  return memory_.hold(set.bytes());
}

// The rows that stay of one part. What does not fit is parted once more.
void dedup_rows::task::settle(const dedup_parts& from, std::size_t part, std::size_t level,
                              dedup_ids& to) {
  key_set set;
  std::optional<dedup_parts> finer;
  std::size_t rows = 0;
  from.read(part, [&](std::string_view key, known_row row) {
    if (finer) return finer->add(key, row);
    set.add(key, set.index.hash(key), row, last_);
    const bool asked = ++rows % 256 == 0 || key.size() > step_memory::step / 256;
    if (!asked || fits(set, to)) return;
    if (level + 1 == dedup_parts::most_levels || set.index.size() == 1) throw too_large(set);
    finer.emplace(self_.host, *files_, hash_, level + 1);
    leave_memory(set, *finer);
    set = {};
    memory_.give_back();
  });
  for (const known_row& row : set.rows)
    if (!row.given) to.add(row.id);
  set = {};
  memory_.give_back();
  if (!finer) return;
  finer->finish();
  for (std::size_t p = 0; p < dedup_parts::parts; ++p) settle(*finer, p, level + 1, to);
}

void dedup_rows::task::end(order& out) {
  row_stream rows(out);
  if (parts_) {
    parts_->finish();
    dedup_ids found(self_.host, *files_);
    for (std::size_t p = 0; p < dedup_parts::parts; ++p) settle(*parts_, p, 0, found);
    parts_.reset();
    found.each_ascending([&](std::uint64_t id) { rows.add(id); });
  } else if (last_) {
    std::sort(held_.rows.begin(), held_.rows.end(),
              [](const known_row& a, const known_row& b) { return a.id < b.id; });
    for (const known_row& row : held_.rows) rows.add(row.id);
  }
  rows.flush();
}

} // namespace vigie::core
