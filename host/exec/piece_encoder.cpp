// SPDX-License-Identifier: Apache-2.0
#include "piece_encoder.hpp"

#include <algorithm>
#include <utility>

namespace vigie::exec {
namespace {

// So many rows at once are given to an encoder whose bytes are to be cut between rows.
constexpr std::int64_t slice_rows = 256;
// Slices are so much smaller than a part that little room is left at its end.
constexpr std::int64_t slices_a_part = 16;
// Bytes that are worth a call to the output of their own.
constexpr std::uint64_t passed_on = std::uint64_t{64} << 10U;

status rows_to(const vigie_writer& to, const plan::step_plan& s, void* task, data::batch b) {
  const auto* table = s.made->iface<vigie_encode_0>("vigie.encode/0");
  lent_batch needs(s, 0, b);
  vigie_error e = plan::fresh_error();
  const vigie_status code = table->rows(task, needs.get(), &to, &e);
  return code < 0 ? status(s.made->error_of(e, code)) : status();
}

// A writer that appends to a piece, and passes long runs of bytes on.
struct passing_writer {
  pieces_by_file::value_type& piece;
  const pass_function& pass;
  status failed;

  vigie_status take(std::string_view bytes) {
    encoded& e = piece.second;
    if (bytes.size() < passed_on) {
      e.bytes += bytes;
      return VIGIE_OK;
    }
    failed = pass(piece.first, {std::exchange(e.bytes, {}), bytes, 0, {}});
    return failed ? VIGIE_OK : VIGIE_E_CANCELLED;
  }
};

} // namespace

status encode_rows(const plan::step_plan& s, void* task, data::batch b, std::string& to) {
  return rows_to(writer_to(to), s, task, std::move(b));
}

piece_encoder::piece_encoder(const plan::step_plan& s, std::uint64_t seed)
    : step_(s), table_(s.made->iface<vigie_encode_0>("vigie.encode/0")), seed_(seed),
      partitions_(s) {}

status piece_encoder::open() {
  if (step_.is_partitioned()) return {};
  const auto made = task_of({});
  return made ? status() : status(made.error());
}

result<void*> piece_encoder::task_of(const std::string& file) {
  const auto known = tasks_.find(file);
  if (known != tasks_.end()) return known->second.get();
  const vigie_task t{sizeof t, seed_, {step_.name.data(), step_.name.size()}};
  vigie_error e = plan::fresh_error();
  void* made = nullptr;
  const vigie_status code = table_->open(step_.made->self(), &t, &made, &e);
  if (code < 0) return step_.made->error_of(e, code);
  tasks_.emplace(file, task(made, table_->close));
  return made;
}

result<std::int64_t> piece_encoder::encode(data::batch b, pieces_by_file& pieces,
                                           const pass_function& pass) {
  std::vector<partition_rows> all;
  if (step_.is_partitioned()) {
    auto split = partitions_.split(b);
    if (!split) return std::move(split).error();
    all = *std::move(split);
  } else {
    all.push_back({{}, std::move(b)});
  }
  std::int64_t grown = 0;
  for (partition_rows& p : all) {
    const auto task = task_of(p.file);
    if (!task) return task.error();
    auto& piece = *pieces.try_emplace({step_.index, p.file}).first;
    const auto before = static_cast<std::int64_t>(piece.second.bytes.size());
    if (auto ok = add(*task, std::move(p.rows), pass, piece); !ok) return std::move(ok).error();
    grown += static_cast<std::int64_t>(piece.second.bytes.size()) - before;
  }
  return grown;
}

status piece_encoder::add(void* to, data::batch b, const pass_function& pass,
                          pieces_by_file::value_type& piece) {
  piece.second.rows += b.rows;
  if (step_.split_size > 0) return add_slices(to, b, piece.second);
  if (!pass) return encode_rows(step_, to, std::move(b), piece.second.bytes);
  passing_writer writer{piece, pass, {}};
  const vigie_writer w{
      sizeof w, &writer, [](void* ctx, const void* from, std::uint64_t n) -> vigie_status {
        return static_cast<passing_writer*>(ctx)->take({static_cast<const char*>(from), n});
      }};
  const status ok = rows_to(w, step_, to, std::move(b));
  return writer.failed ? ok : writer.failed;
}

// Where slices end depends on the batch alone, and so on the input and the split size alone.
status piece_encoder::add_slices(void* to, const data::batch& b, encoded& piece) {
  for (std::int64_t at = 0; at < b.rows; at += slice_rows)
    if (auto ok = add_slice(to, rows_between(b, at, std::min(slice_rows, b.rows - at)), piece); !ok)
      return ok;
  return {};
}

status piece_encoder::add_slice(void* to, const data::batch& b, encoded& piece) {
  const std::size_t before = piece.bytes.size();
  if (auto ok = encode_rows(step_, to, b, piece.bytes); !ok) return ok;
  const std::uint64_t bytes = piece.bytes.size() - before;
  const auto most =
      static_cast<std::uint64_t>(std::max<std::int64_t>(1, step_.split_size / slices_a_part));
  if (bytes <= most || b.rows < 2) {
    piece.slices.push_back({bytes, b.rows});
    return {};
  }
  piece.bytes.resize(before);
  const std::int64_t half = b.rows / 2;
  if (auto ok = add_slice(to, rows_between(b, 0, half), piece); !ok) return ok;
  return add_slice(to, rows_between(b, half, b.rows - half), piece);
}

} // namespace vigie::exec
