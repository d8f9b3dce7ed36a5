// SPDX-License-Identifier: Apache-2.0
#include "arranged_rows.hpp"

#include "batch/gather.hpp"
#include "outside_rows.hpp"

#include <algorithm>

namespace vigie::runs {

class arranged_rows::held {
public:
  held(schema fields, memory_budget& memory, spill_folder* spill, row_owner owner, bool repeats)
      : fields_(std::move(fields)), memory_(memory), spill_(spill), owner_(std::move(owner)),
        repeats_(repeats), for_rows_(memory, use_with(spill)), for_order_(memory, use_with(spill)),
        for_marks_(memory, memory_use::firm) {}

  status add(data::batch b) {
    if (present_.empty())
      for (const data::shared_column& c : b.columns) present_.push_back(c.present());
    rows_ += static_cast<std::uint64_t>(b.rows);
    if (!outside_) {
      hold_alone(fields_, b);
      if (keep(b)) return {};
      if (auto ok = go_outside(); !ok) return ok;
    }
    return outside_->add(b);
  }

  result<order_check> order(std::span<const std::uint64_t> ids) {
    if (auto ok = make_room(ids.size()); !ok) return ok.error();
    for (const std::uint64_t id : ids) {
      if (id >= rows_) return order_check{id_fault::unknown, id};
      if (!repeats_ && !mark(id)) return order_check{id_fault::twice, id};
      ++ordered_;
      if (!outside_)
        order_.push_back(id);
      else if (auto ok = outside_->name(id); !ok)
        return ok.error();
    }
    return order_check();
  }

  status finish(row_queue& to) {
    const status done = outside_ ? outside_->finish(to) : gather(to);
    outside_.reset();
    forget_rows();
    forget_order();
    decltype(marks_)().swap(marks_);
    for_marks_.less(for_marks_.bytes());
    return done;
  }

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t ordered() const { return ordered_; }
  [[nodiscard]] bool spilled() const { return spilled_; }

private:
  // In memory; false where there is no room.
  bool keep(data::batch& b) {
    const std::int64_t bytes = held_bytes(fields_, b);
    const bool own_share = !spill_ || for_rows_.bytes() + bytes <= memory_.limit() / 2;
    if (!own_share || !for_rows_.more(bytes)) return false;
    first_ids_.push_back(rows_ - static_cast<std::uint64_t>(b.rows));
    batches_.push_back(std::move(b));
    return true;
  }

  status go_outside() {
    if (!spill_) return over_budget(owner_, memory_);
    spilled_ = true;
    outside_ = std::make_unique<outside_rows>(fields_, present_, memory_, *spill_);
    for (data::batch& b : batches_) {
      if (auto ok = outside_->add(b); !ok) return ok;
      for_rows_.less(held_bytes(fields_, b));
      b = {};
    }
    forget_rows();
    outside_->start_naming();
    for (const std::uint64_t id : order_)
      if (auto ok = outside_->name(id); !ok) return ok;
    forget_order();
    return {};
  }

  // For n more ids, and a bit for each row that may be named.
  status make_room(std::size_t n) {
    if (!room_for_ids(n) || !room_for_marks()) {
      if (outside_) return over_budget(owner_, memory_);
      if (auto ok = go_outside(); !ok) return ok;
      if (!room_for_marks()) return over_budget(owner_, memory_);
    }
    return {};
  }
  bool room_for_ids(std::size_t n) {
    const std::size_t all = order_.size() + n;
    if (outside_ || all <= order_.capacity()) return true;
    const std::size_t room = std::max(all, order_.capacity() * 3 / 2);
    const std::size_t more = room - order_.capacity();
    if (!for_order_.more(static_cast<std::int64_t>(more * sizeof(std::uint64_t)))) return false;
    order_.reserve(room);
    return true;
  }
  bool room_for_marks() {
    const std::size_t words = repeats_ ? 0 : static_cast<std::size_t>(rows_ / 64 + 1);
    if (words <= marks_.size()) return true;
    std::size_t room = std::max(words, marks_.size() * 3 / 2);
    const auto reserve = [&] {
      const std::size_t more = room - marks_.size();
      return for_marks_.more(static_cast<std::int64_t>(more * sizeof(std::uint64_t)));
    };
    if (!reserve()) {
      room = words;
      if (!reserve()) return false;
    }
    marks_.reserve(room);
    marks_.resize(room);
    return true;
  }

  // True the first time.
  bool mark(std::uint64_t id) {
    const std::uint64_t bit = std::uint64_t{1} << (id % 64);
    std::uint64_t& word = marks_[static_cast<std::size_t>(id / 64)];
    if ((word & bit) != 0) return false;
    word |= bit;
    return true;
  }

  void forget_rows() {
    decltype(batches_)().swap(batches_);
    decltype(first_ids_)().swap(first_ids_);
    for_rows_.less(for_rows_.bytes());
  }
  void forget_order() {
    decltype(order_)().swap(order_);
    for_order_.less(for_order_.bytes());
  }

  status gather(row_queue& to) {
    std::vector<std::vector<data::shared_column>> pieces(fields_.size());
    for (std::size_t k = 0; k < fields_.size(); ++k)
      for (const data::batch& b : batches_)
        if (present_[k]) pieces[k].push_back(b.columns[k]);
    constexpr auto most = static_cast<std::size_t>(rows_a_batch);
    for (std::size_t at = 0; at < order_.size(); at += most) {
      const auto ids = std::span(order_).subspan(at, std::min(most, order_.size() - at));
      if (auto ok = to.push_alone(gather(ids, pieces)); !ok) return ok;
    }
    return {};
  }

  data::batch gather(std::span<const std::uint64_t> ids,
                     const std::vector<std::vector<data::shared_column>>& pieces) const {
    std::vector<data::piece_row> where;
    auto spans = std::make_shared<std::vector<vigie_span>>();
    where.reserve(ids.size());
    spans->reserve(ids.size());
    for (const std::uint64_t id : ids) {
      const auto piece = static_cast<std::size_t>(std::ranges::upper_bound(first_ids_, id) -
                                                  first_ids_.begin() - 1);
      const auto row = static_cast<std::int32_t>(id - first_ids_[piece]);
      where.push_back({static_cast<std::uint32_t>(piece), row});
      spans->push_back(batches_[piece].origin(row));
    }
    data::batch out{.rows = static_cast<std::int64_t>(ids.size()),
                    .columns = {},
                    .origins = std::move(spans),
                    .origin_rows = nullptr};
    for (std::size_t k = 0; k < fields_.size(); ++k)
      out.columns.push_back(present_[k] ? data::collect(fields_[k], pieces[k], where)
                                        : data::shared_column());
    return out;
  }

  schema fields_;
  memory_budget& memory_;
  spill_folder* spill_;
  row_owner owner_;
  bool repeats_, spilled_ = false;
  std::vector<bool> present_;
  std::uint64_t rows_ = 0, ordered_ = 0;
  reservation for_rows_, for_order_, for_marks_;
  std::vector<data::batch> batches_; // in memory
  std::vector<std::uint64_t> first_ids_, order_, marks_;
  std::unique_ptr<outside_rows> outside_; // once they do not fit
};

arranged_rows::arranged_rows(schema fields, memory_budget& memory, spill_folder* spill,
                             row_owner owner, bool repeats)
    : held_(std::make_unique<held>(std::move(fields), memory, spill, std::move(owner), repeats)) {}
arranged_rows::~arranged_rows() = default;

status arranged_rows::add(data::batch b) { return held_->add(std::move(b)); }
std::uint64_t arranged_rows::rows() const { return held_->rows(); }
std::uint64_t arranged_rows::ordered() const { return held_->ordered(); }
bool arranged_rows::spilled() const { return held_->spilled(); }

result<order_check> arranged_rows::order(std::span<const std::uint64_t> ids) {
  return held_->order(ids);
}

status arranged_rows::finish(row_queue& to) { return held_->finish(to); }

} // namespace vigie::runs
