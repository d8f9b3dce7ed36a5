// SPDX-License-Identifier: Apache-2.0
#include "carry.hpp"

#include "batch/gather.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::exec {
namespace {

constexpr std::size_t longest_reason = 2000;

bool declared_dictionary(const field& f) {
  return !f.index.empty() || std::ranges::any_of(f.children, declared_dictionary);
}

std::string_view bounded(vigie_str s) {
  if (s.data == nullptr) return {};
  return {s.data, std::min<std::size_t>(s.size, longest_reason)};
}

// A reject as it goes into messages and error ports.
rejected_row rejected(const plan::step_plan& s, const vigie_span& where, vigie_str column,
                      vigie_str why) {
  return {s.index, code::row_rejected, where, s.made->column_named(bounded(column)),
          s.made->words(bounded(why))};
}

diagnostic broken(const plan::step_plan& s, std::string what) {
  place p;
  p.step = s.name;
  return fail(code::plugin_broke_contract, fmt::format("{}: {}", s.doc->use, what))
      .at(p)
      .help("this is a fault of the plugin; tell its author");
}

// Without sums that a plugin's numbers could make overflow.
bool within(const vigie_span& s, std::int64_t offset, std::int64_t length) {
  return s.length >= 0 && s.length <= length && s.offset >= offset &&
         s.offset - offset <= length - s.length;
}

std::string bytes_text(std::int64_t offset, std::int64_t length) {
  return fmt::format("{} bytes from {} on", length, offset);
}

} // namespace

batch arrive(const plan::input_port& port, const plan::edge& e, const schema& from,
             const batch& b) {
  batch out{.rows = b.rows, .columns = {}, .origins = b.origins, .origin_rows = b.origin_rows};
  for (std::size_t k = 0; k < port.fields.size(); ++k) {
    if (e.map[k] < 0) {
      out.columns.push_back(e.fill[k] ? data::nulls(port.fields[k], b.rows)
                                      : data::shared_column());
      continue;
    }
    const auto at = static_cast<std::size_t>(e.map[k]);
    const data::shared_column& c = b.columns[at];
    out.columns.push_back(
        c.present() && e.convert[k] ? data::copy_as(port.fields[k], from[at], c, b.rows) : c);
  }
  return out;
}

lent_batch::lent_batch(const plan::step_plan& s, std::size_t port_index, batch& b) {
  const plan::input_port& port = s.ports[port_index];
  std::vector<data::shared_column> lent;
  for (std::size_t i = 0; i < port.needs.size(); ++i) {
    if (port.needs[i] == VIGIE_NEED_ORIGIN) {
      lent.push_back(data::origin_column(b));
      continue;
    }
    const auto at = static_cast<std::size_t>(port.needs[i]);
    const field& f = port.fields[at];
    data::shared_column& c = b.columns[at];
    const bool other_layout = !port.formats[i].empty() && port.formats[i] != f.format;
    if (s.made->stranger() || other_layout) {
      lent.push_back(data::copy_out(f, c, b.rows, port.formats[i]));
      continue;
    }
    c = data::gather(f, c);
    lent.push_back(c);
  }
  data::lend(lent, b.rows, &array_);
}

// Grows by half: what a split of the usual size becomes then stays below the size from which on
// glibc maps and unmaps memory for each request (main.cpp).
static void append(std::string& to, std::string_view bytes) {
  const std::size_t wanted = to.size() + bytes.size();
  if (wanted > to.capacity()) to.reserve(std::max(wanted, to.capacity() + to.capacity() / 2));
  to += bytes;
}

vigie_writer writer_to(std::string& text) {
  return {sizeof(vigie_writer), &text,
          [](void* ctx, const void* from, std::uint64_t n) -> vigie_status {
            append(*static_cast<std::string*>(ctx), {static_cast<const char*>(from), n});
            return VIGIE_OK;
          }};
}

data::depth depth_for(const plan::step_plan& s) {
  return s.made->stranger() ? data::depth::full : data::depth::structure;
}

result<std::vector<data::shared_column>> take_adds(const plan::step_plan& s, const schema& declared,
                                                   std::int64_t rows, ArrowArray* moved) {
  if (moved == nullptr || moved->release == nullptr) {
    if (!declared.empty()) return broken(s, "it emitted rows without the columns it adds");
    return std::vector<data::shared_column>();
  }
  if (auto ok = data::check_batch(declared, *moved, rows, depth_for(s)); !ok) {
    diagnostic d = std::move(ok).error();
    d.place.step = s.name;
    d.message = fmt::format("{}: {}", s.doc->use, d.message);
    return d;
  }
  std::vector<data::shared_column> columns = data::take_children(moved);
  for (std::size_t i = 0; i < declared.size(); ++i)
    if (declared_dictionary(declared[i]))
      columns[i] = data::copy_out(declared[i], columns[i], rows);
  return columns;
}

// ---- transform_call ----------------------------------------------------------------------------

transform_call::transform_call(const plan::step_plan& s, const batch* in, forward_function forward,
                               std::vector<rejected_row>& rejects)
    : step_(s), in_(in), forward_(std::move(forward)), rejects_(rejects) {
  rows_.struct_size = sizeof rows_;
  rows_.ctx = this;
  rows_.emit = [](void* ctx, std::int64_t n, ArrowArray* adds, const std::int32_t* parent,
                  const vigie_span* narrower) {
    return static_cast<transform_call*>(ctx)->emit(n, adds, parent, narrower);
  };
  rows_.dropped = [](void* ctx, std::int64_t n) { static_cast<transform_call*>(ctx)->drop(n); };
  rows_.reject = [](void* ctx, std::int64_t row, vigie_status, vigie_str column, vigie_str why) {
    static_cast<transform_call*>(ctx)->reject(row, column, why);
  };
}

diagnostic transform_call::broke(std::string what) const { return broken(step_, std::move(what)); }

vigie_status transform_call::emit(std::int64_t n, ArrowArray* adds, const std::int32_t* parent,
                                  const vigie_span* narrower) {
  ArrowArray taken{};
  if (adds != nullptr) {
    taken = *adds;
    adds->release = nullptr;
  }
  if (failure_) {
    if (taken.release != nullptr) taken.release(&taken);
    return VIGIE_E_CANCELLED;
  }
  if (auto ok = take(n, &taken, parent, narrower); !ok) {
    failure_ = std::move(ok).error();
    if (taken.release != nullptr) taken.release(&taken);
    return VIGIE_E_CANCELLED;
  }
  return VIGIE_OK;
}

void transform_call::drop(std::int64_t n) {
  if (n >= 0 && n <= std::numeric_limits<std::int32_t>::max())
    dropped_ += n;
  else if (!failure_)
    failure_ = broke(fmt::format("it dropped {} rows", n));
}

void transform_call::reject(std::int64_t row, vigie_str column, vigie_str why) {
  if (in_ == nullptr || row < 0 || row >= in_->rows) {
    if (!failure_)
      failure_ = broke(
          fmt::format("it rejected row {} of a batch of {}", row, in_ == nullptr ? 0 : in_->rows));
    return;
  }
  rejected_rows_.push_back(static_cast<std::int32_t>(row));
  rejects_.push_back(rejected(step_, in_->origin(row), column, why));
}

status transform_call::check_parents(std::int64_t n, const std::int32_t* parent) {
  const bool many = step_.rows == vigie::rows::many;
  std::int32_t last = last_parent_;
  for (std::int64_t i = 0; i < n; ++i) {
    const std::int32_t p = parent[i];
    if (p < 0 || p >= in_->rows)
      return broke(fmt::format("it named parent row {} of a batch of {}", p, in_->rows));
    if (p < last || (p == last && !many)) return broke("its parent rows do not ascend");
    seen_ += p != last ? 1 : 0;
    last = p;
  }
  last_parent_ = last;
  return {};
}

batch transform_call::assemble(std::int64_t n, const std::vector<data::shared_column>& adds,
                               const data::row_list& parents) const {
  batch out{.rows = n, .columns = {}, .origins = nullptr, .origin_rows = nullptr};
  data::row_selector pick(parents);
  for (std::size_t k = 0; k < step_.columns.size(); ++k) {
    const plan::output_column& c = step_.columns[k];
    if (!step_.live[k])
      out.columns.emplace_back();
    else if (c.added >= 0)
      out.columns.push_back(adds[static_cast<std::size_t>(c.added)]);
    else
      out.columns.push_back(parents ? pick(in_->columns[static_cast<std::size_t>(c.carried)])
                                    : in_->columns[static_cast<std::size_t>(c.carried)]);
  }
  if (in_ != nullptr && in_->origins) {
    out.origins = in_->origins;
    out.origin_rows = parents ? pick.compose(in_->origin_rows) : in_->origin_rows;
  }
  return out;
}

status transform_call::set_origins(batch& out, const vigie_span* narrower, bool has_parents) const {
  if (!has_parents) {
    out.origins = nullptr;
    out.origin_rows = nullptr;
  }
  if (narrower == nullptr) return {};
  auto spans = std::make_shared<std::vector<vigie_span>>(narrower, narrower + out.rows);
  for (std::int64_t i = 0; has_parents && i < out.rows; ++i) {
    const vigie_span parent = out.origin(i);
    vigie_span& s = (*spans)[static_cast<std::size_t>(i)];
    if (parent.file >= 0 && !within(s, parent.offset, parent.length))
      return broke(fmt::format("it narrowed a row's place to {}, outside its parent's {}",
                               bytes_text(s.offset, s.length),
                               bytes_text(parent.offset, parent.length)));
    s.file = parent.file;
  }
  out.origins = std::move(spans);
  out.origin_rows = nullptr;
  return {};
}

status transform_call::take_same(std::int64_t n, std::vector<data::shared_column> adds,
                                 const vigie_span* narrower) {
  if (in_ == nullptr)
    return broke("it emitted rows at the end of the input without being KEEP_NONE");
  if (same_)
    return broke("it emitted twice for one batch; with one row out per row in it emits once");
  if (n != in_->rows) return broke(fmt::format("it emitted {} rows for {}", n, in_->rows));
  same_ = std::move(adds);
  if (narrower != nullptr) same_spans_.assign(narrower, narrower + n);
  return {};
}

status transform_call::take(std::int64_t n, ArrowArray* adds, const std::int32_t* parent,
                            const vigie_span* narrower) {
  if (n < 0 || n > std::numeric_limits<std::int32_t>::max())
    return broke(fmt::format("it emitted {} rows", n));
  auto columns = take_adds(step_, step_.adds, n, adds);
  if (!columns) return std::move(columns).error();
  const bool carries = std::ranges::any_of(
      step_.columns, [](const plan::output_column& c) { return c.carried >= 0; });
  if (parent == nullptr && step_.rows == vigie::rows::same)
    return take_same(n, *std::move(columns), narrower);
  if (parent == nullptr && (carries || step_.rows == vigie::rows::some))
    return broke("it emitted rows without parents");
  if (parent != nullptr && in_ == nullptr) return broke("it named parents at the end of the input");
  data::row_list parents;
  if (parent != nullptr) {
    if (auto ok = check_parents(n, parent); !ok) return ok;
    parents = std::make_shared<std::vector<std::int32_t>>(parent, parent + n);
  }
  if (n == 0) return {};
  batch out = assemble(n, *columns, parents);
  if (auto ok = set_origins(out, narrower, parent != nullptr); !ok) return ok;
  out_ += n;
  return forward_(std::move(out));
}

status transform_call::mask_and_forward() {
  const std::int64_t n = in_->rows;
  data::row_list kept;
  if (!rejected_rows_.empty()) {
    auto rows = std::make_shared<std::vector<std::int32_t>>();
    std::size_t r = 0;
    for (std::int32_t i = 0; i < n; ++i) {
      if (r < rejected_rows_.size() && rejected_rows_[r] == i)
        ++r;
      else
        rows->push_back(i);
    }
    kept = std::move(rows);
  }
  batch out = assemble(n, *same_, nullptr);
  if (kept) out = data::select(out, kept);
  if (!same_spans_.empty()) {
    for (std::size_t i = 0; kept && i < kept->size(); ++i)
      same_spans_[i] = same_spans_[static_cast<std::size_t>((*kept)[i])];
    if (auto ok = set_origins(out, same_spans_.data(), true); !ok) return ok;
  }
  seen_ = out.rows;
  out_ = out.rows;
  return out.rows == 0 ? status() : forward_(std::move(out));
}

status transform_call::check_rejects() {
  std::ranges::sort(rejected_rows_);
  if (std::ranges::adjacent_find(rejected_rows_) != rejected_rows_.end())
    return broke("it rejected one row twice");
  return {};
}

status transform_call::done_rejecting(step_counts& counts) {
  if (failure_) return *failure_;
  if (same_ || out_ > 0 || dropped_ > 0)
    return broke("it emitted or dropped rows; a step of its kind can only reject them");
  if (auto ok = check_rejects(); !ok) return ok;
  counts.rows_in += in_->rows;
  counts.rejected += static_cast<std::int64_t>(rejected_rows_.size());
  ++counts.batches;
  return {};
}

status transform_call::done(step_counts& counts) {
  if (failure_) return *failure_;
  if (auto ok = check_rejects(); !ok) return ok;
  if (in_ != nullptr && step_.rows == vigie::rows::same) {
    if (!same_)
      return broke("it emitted nothing for a batch; with one row out per row in it emits once");
    if (auto ok = mask_and_forward(); !ok) return ok;
  }
  const auto rejected = static_cast<std::int64_t>(rejected_rows_.size());
  const std::int64_t rows_in = in_ == nullptr ? 0 : in_->rows;
  if (seen_ + dropped_ + rejected != rows_in && in_ != nullptr)
    return fail(code::plugin_lost_rows,
                fmt::format("{}: {} rows in, but {} in the output, {} dropped and {} rejected",
                            step_.doc->use, rows_in, seen_, dropped_, rejected))
        .at({.step = step_.name})
        .help("this is a fault of the plugin; tell its author");
  counts.rows_in += rows_in;
  counts.rows_out += out_;
  counts.dropped += dropped_;
  counts.rejected += rejected;
  counts.batches += in_ == nullptr ? 0 : 1;
  return {};
}

// ---- decode_call -------------------------------------------------------------------------------

decode_call::decode_call(const plan::step_plan& s, const schema& declared,
                         const std::vector<int>& columns, vigie_span bounds,
                         std::int64_t bounds_length, forward_function forward,
                         std::vector<rejected_row>& rejects)
    : step_(s), width_(declared.size()), columns_(columns), bounds_(bounds),
      bounds_length_(bounds_length), forward_(std::move(forward)), rejects_(rejects) {
  for (const int c : columns_) emitted_.push_back(declared[static_cast<std::size_t>(c)]);
  decoded_.struct_size = sizeof decoded_;
  decoded_.ctx = this;
  decoded_.emit = [](void* ctx, std::int64_t n, ArrowArray* moved, const vigie_span* origin) {
    return static_cast<decode_call*>(ctx)->emit(n, moved, origin);
  };
  decoded_.reject_at = [](void* ctx, vigie_span where, vigie_status, vigie_str column,
                          vigie_str why) {
    static_cast<decode_call*>(ctx)->reject_at(where, column, why);
  };
}

bool decode_call::inside(const vigie_span& s) const {
  return bounds_length_ < 0 || within(s, bounds_.offset, bounds_length_);
}

vigie_status decode_call::emit(std::int64_t n, ArrowArray* moved, const vigie_span* origin) {
  ArrowArray taken{};
  if (moved != nullptr) {
    taken = *moved;
    moved->release = nullptr;
  }
  status ok = failure_ ? status(*failure_) : take(n, &taken, origin);
  if (taken.release != nullptr) taken.release(&taken);
  if (ok) return VIGIE_OK;
  if (!failure_) failure_ = std::move(ok).error();
  return VIGIE_E_CANCELLED;
}

status decode_call::take(std::int64_t n, ArrowArray* moved, const vigie_span* origin) {
  if (n < 0 || n > std::numeric_limits<std::int32_t>::max())
    return broken(step_, fmt::format("it emitted {} rows", n));
  auto columns = take_adds(step_, emitted_, n, moved);
  if (!columns) return std::move(columns).error();
  batch out{.rows = n,
            .columns = std::vector<data::shared_column>(width_),
            .origins = nullptr,
            .origin_rows = nullptr};
  using both = std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>;
  std::shared_ptr<const void> owner;
  for (std::size_t i = 0; i < columns->size(); ++i) {
    data::shared_column& c = (*columns)[i];
    if (keep_ && !owner) owner = std::make_shared<both>(c.owner, keep_);
    if (keep_ && !declared_dictionary(emitted_[i])) c.owner = owner;
    out.columns[static_cast<std::size_t>(columns_[i])] = c;
  }
  if (origin != nullptr) {
    auto spans = std::make_shared<std::vector<vigie_span>>(origin, origin + n);
    for (vigie_span& s : *spans) {
      if (bounds_length_ >= 0 && (!inside(s) || s.offset < last_offset_))
        return broken(step_,
                      fmt::format("it said a row stands at {}; its records stand at {} and ascend",
                                  bytes_text(s.offset, s.length),
                                  bytes_text(bounds_.offset, bounds_length_)));
      last_offset_ = s.offset;
      if (bounds_length_ >= 0) s.file = bounds_.file;
    }
    out.origins = std::move(spans);
  }
  out_ += n;
  return n == 0 ? status() : forward_(std::move(out));
}

void decode_call::reject_at(vigie_span where, vigie_str column, vigie_str why) {
  if (!inside(where)) {
    if (!failure_)
      failure_ = broken(step_, fmt::format("it rejected {}, outside its records' {}",
                                           bytes_text(where.offset, where.length),
                                           bytes_text(bounds_.offset, bounds_length_)));
    return;
  }
  where.file = bounds_.file;
  rejects_.push_back(rejected(step_, where, column, why));
}

} // namespace vigie::exec
