// SPDX-License-Identifier: Apache-2.0
#include "outside_rows.hpp"

#include "arranged_rows.hpp"
#include "batch/pack.hpp"
#include "batch/row_bytes.hpp"
#include "spill_blocks.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <numeric>

namespace vigie::runs {
namespace {

constexpr std::int64_t least_work = 256 * 1024, least_block = 4 * 1024, most_buckets = 256;
constexpr auto rows_a_batch = static_cast<std::uint64_t>(arranged_rows::rows_a_batch);

std::uint64_t divide_up(std::uint64_t a, std::uint64_t b) { return (a + b - 1) / b; }

} // namespace

outside_rows::outside_rows(schema fields, std::vector<bool> present, memory_budget& memory,
                           spill_folder& folder)
    : fields_(std::move(fields)), present_(std::move(present)), folder_(folder),
      work_(memory, memory_use::spillable), work_bytes_(std::max(memory.limit() / 8, least_work)) {}

status outside_rows::add(const data::batch& b) {
  if (!rows_) {
    auto made = folder_.file();
    if (!made) return std::move(made).error();
    rows_ = std::move(*made);
  }
  added_ += static_cast<std::uint64_t>(b.rows);
  return add_part(b, 0, b.rows);
}

// In blocks of a quarter of the working memory, so that one can be read back.
status outside_rows::add_part(const data::batch& b, std::int64_t first, std::int64_t rows) {
  if (rows == 0) return {};
  data::batch part = b;
  if (rows < b.rows) {
    auto list = std::make_shared<std::vector<std::int32_t>>(static_cast<std::size_t>(rows));
    std::iota(list->begin(), list->end(), static_cast<std::int32_t>(first));
    part = data::select(b, list);
  }
  if (rows > 1 && data::packed_bytes(fields_, part) > work_bytes_ / 4) {
    if (auto ok = add_part(b, first, rows / 2); !ok) return ok;
    return add_part(b, first + rows / 2, rows - rows / 2);
  }
  std::string bytes;
  data::pack(fields_, part, bytes);
  auto at = append_block(*rows_, bytes);
  return at ? status() : status(std::move(at).error());
}

void outside_rows::start_naming() {
  while (!work_.more(work_bytes_) && work_bytes_ > least_work)
    work_bytes_ = std::max(work_bytes_ / 2, least_work);
  names_ = std::make_unique<id_merge>(folder_, work_bytes_ / 4);
}

status outside_rows::name(std::uint64_t id) { return names_->add({id, named_++}); }

// Buckets for positions that hold about `bytes`, each of whole batches and small enough to be put
// in order in memory, with half of the room to spare.
row_buckets::shape outside_rows::shape_for(std::uint64_t first, std::uint64_t last,
                                           double bytes) const {
  const std::uint64_t batches = divide_up(last - first, rows_a_batch);
  const auto held = static_cast<double>(work_bytes_) / 4;
  const auto most = static_cast<std::uint64_t>(
      std::clamp<std::int64_t>(work_bytes_ / 4 / least_block, 2, most_buckets));
  const auto wanted = static_cast<std::uint64_t>(std::min(bytes / held, 1e15)) + 1;
  const std::uint64_t buckets = std::min({wanted, most, batches});
  return {.first = first,
          .last = last,
          .span = divide_up(batches, std::max<std::uint64_t>(buckets, 1)) * rows_a_batch,
          .bytes = work_bytes_ / 4};
}

status outside_rows::finish(row_queue& to) {
  if (auto ok = names_->finish_adding(); !ok) return ok;
  if (named_ == 0) return {};
  if (auto ok = rows_->flush(); !ok) return ok;
  const double share = static_cast<double>(named_) / static_cast<double>(added_);
  auto buckets = row_buckets::create(
      folder_, shape_for(0, named_, share * static_cast<double>(rows_->length())));
  if (!buckets) return std::move(buckets).error();
  if (auto ok = distribute(*buckets); !ok) return ok;
  rows_.reset();
  names_.reset();
  return emit(*buckets, to);
}

// Reads the rows once, in the order they came, along with their names by id.
status outside_rows::distribute(row_buckets& to) {
  auto first = names_->next();
  if (!first) return std::move(first).error();
  next_ = *first;
  std::uint64_t id = 0;
  for (std::uint64_t at = 0; at < rows_->length() && next_;) {
    auto read = read_block(*rows_, at);
    if (!read) return std::move(read).error();
    at = read->end;
    auto rows = data::unpack(fields_, read->bytes);
    if (!rows) return std::move(rows).error();
    decltype(read->bytes)().swap(read->bytes);
    if (auto ok = deal(to, *rows, id); !ok) return ok;
    id += static_cast<std::uint64_t>(rows->rows);
  }
  if (next_) return damaged("a row number is beyond the rows");
  return to.finish_adding();
}

status outside_rows::deal(row_buckets& to, const data::batch& b, std::uint64_t first_id) {
  std::vector<column> columns;
  for (std::size_t k = 0; k < fields_.size(); ++k) {
    if (b.columns[k].present() != present_[k]) return damaged("a column is missing");
    if (present_[k]) columns.emplace_back(fields_[k], *b.columns[k].array);
  }
  std::string row;
  while (next_ && next_->id < first_id + static_cast<std::uint64_t>(b.rows)) {
    if (next_->id < first_id || next_->position >= named_) return damaged("row numbers descend");
    row.clear();
    append_row(columns, b, static_cast<std::int64_t>(next_->id - first_id), row);
    if (auto ok = to.add(next_->position, row); !ok) return ok;
    auto after = names_->next();
    if (!after) return std::move(after).error();
    next_ = *after;
  }
  return {};
}

void outside_rows::append_row(const std::vector<column>& columns, const data::batch& b,
                              std::int64_t row, std::string& to) const {
  const vigie_span origin = b.origin(row);
  to.append(reinterpret_cast<const char*>(&origin), sizeof origin);
  for (const column& c : columns) data::append_cell_bytes(c, row, to);
}

status outside_rows::emit(const row_buckets& from, row_queue& to) {
  for (const row_buckets::bucket& b : from.buckets()) {
    const std::uint64_t cost = b.bytes + (b.last - b.first) * sizeof(std::string_view);
    const bool fits = cost <= static_cast<std::uint64_t>(work_bytes_) / 2;
    const bool one_batch = b.last - b.first <= rows_a_batch;
    if (auto ok = fits || one_batch ? put_in_order(from, b, to) : split(from, b, to); !ok)
      return ok;
  }
  return {};
}

// A bucket that is too large, because there are many or because the long rows are together, is
// distributed again.
status outside_rows::split(const row_buckets& from, const row_buckets::bucket& b, row_queue& to) {
  auto parts =
      row_buckets::create(folder_, shape_for(b.first, b.last, static_cast<double>(b.bytes)));
  if (!parts) return std::move(parts).error();
  const auto deal_again = [&](std::string bytes) -> status {
    std::string_view left = bytes, row;
    std::uint64_t position = 0;
    while (next_row(left, position, row)) {
      if (position < b.first || position >= b.last) return damaged("a row is in a wrong bucket");
      if (auto ok = parts->add(position, row); !ok) return ok;
    }
    return left.empty() ? status() : damaged("a bucket ends within a row");
  };
  if (auto ok = from.read(b, deal_again); !ok) return ok;
  if (auto ok = parts->finish_adding(); !ok) return ok;
  return emit(*parts, to);
}

status outside_rows::put_in_order(const row_buckets& from, const row_buckets::bucket& b,
                                  row_queue& to) {
  std::deque<std::string> blocks; // that the rows point into
  std::vector<std::string_view> rows(b.last - b.first);
  const auto place = [&](std::string bytes) -> status {
    std::string_view left = blocks.emplace_back(std::move(bytes)), row;
    std::uint64_t position = 0;
    while (next_row(left, position, row)) {
      if (position < b.first || position >= b.last || rows[position - b.first].data() != nullptr)
        return damaged("a row is in a wrong bucket");
      rows[position - b.first] = row;
    }
    return left.empty() ? status() : damaged("a bucket ends within a row");
  };
  if (auto ok = from.read(b, place); !ok) return ok;
  for (std::size_t at = 0; at < rows.size(); at += rows_a_batch) {
    auto made = make_batch(
        std::span(rows).subspan(at, std::min<std::size_t>(rows_a_batch, rows.size() - at)));
    if (!made) return std::move(made).error();
    if (auto ok = to.push_alone(std::move(*made)); !ok) return ok;
  }
  return {};
}

result<data::batch> outside_rows::make_batch(std::span<const std::string_view> rows) const {
  std::vector<builder> builders;
  for (std::size_t k = 0; k < fields_.size(); ++k)
    if (present_[k]) builders.emplace_back(fields_[k]);
  auto spans = std::make_shared<std::vector<vigie_span>>(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string_view row = rows[i];
    if (row.size() < sizeof(vigie_span)) return damaged("a row is missing");
    std::memcpy(&(*spans)[i], row.data(), sizeof(vigie_span));
    row.remove_prefix(sizeof(vigie_span));
    for (std::size_t k = 0, made = 0; k < fields_.size(); ++k)
      if (present_[k] && !data::read_cell_bytes(fields_[k], row, builders[made++]))
        return damaged("a row ends within a cell");
    if (!row.empty()) return damaged("a row is longer than its cells");
  }
  data::batch out{.rows = static_cast<std::int64_t>(rows.size()),
                  .columns = {},
                  .origins = std::move(spans),
                  .origin_rows = nullptr};
  for (std::size_t k = 0, made = 0; k < fields_.size(); ++k) {
    out.columns.emplace_back();
    if (!present_[k]) continue;
    ArrowArray a{};
    builders[made++].finish(&a);
    out.columns.back() = data::take_array(&a);
  }
  return out;
}

} // namespace vigie::runs
