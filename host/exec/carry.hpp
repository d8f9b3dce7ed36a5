// SPDX-License-Identifier: Apache-2.0
// Moves batches across components: hands a component the columns it needs, takes back the columns
// it adds, and carries everything else, with origins, past it. This is where a plugin's answers are
// judged: a component cannot lose or damage a column it does not own. One object, one task.
#pragma once

#include "batch/batch.hpp"
#include "batch/check.hpp"
#include "counts.hpp"
#include "plan/plan.hpp"

#include <cstdint>
#include <functional>

namespace vigie::exec {

using data::batch;

// The rows of an edge in the form its port promises: columns by name, layouts and widths converted
// where they differ, nulls for what the edge lacks.
[[nodiscard]] batch arrive(const plan::input_port& port, const plan::edge& e, const schema& from,
                           const batch& b);

// The needs of a port as an Arrow batch, released after the call if the component did not take it.
// Selections are carried out once and kept in `b`. A stranger gets copies of its own.
class lent_batch {
public:
  lent_batch(const plan::step_plan& s, std::size_t port, batch& b);
  lent_batch(const lent_batch&) = delete;
  lent_batch& operator=(const lent_batch&) = delete;
  ~lent_batch() {
    if (array_.release != nullptr) array_.release(&array_);
  }
  [[nodiscard]] ArrowArray* get() { return &array_; }

private:
  ArrowArray array_{};
};

// A writer that appends to a text.
[[nodiscard]] vigie_writer writer_to(std::string& text);

// How much of what a component returns is checked.
[[nodiscard]] data::depth depth_for(const plan::step_plan& s);

// Columns a component added, judged and in the host's layout. Error: plugin_bad_array, with the
// step; `moved` then stays with the caller.
[[nodiscard]] result<std::vector<data::shared_column>>
take_adds(const plan::step_plan& s, const schema& declared, std::int64_t rows, ArrowArray* moved);

// Catches what a transform emits, drops and rejects during one call.
class transform_call {
public:
  using forward_function = std::function<status(batch)>;

  // `in` nullptr: the call that ends a split.
  transform_call(const plan::step_plan& s, const batch* in, forward_function forward,
                 std::vector<rejected_row>& rejects);
  transform_call(const transform_call&) = delete;
  transform_call& operator=(const transform_call&) = delete;

  [[nodiscard]] const vigie_rows* callbacks() const { return &rows_; }
  // Judges the call as a whole, once it returned: rows in = parents seen + dropped + rejected.
  [[nodiscard]] status done(step_counts& counts);
  // The same for steps that can do nothing but reject.
  [[nodiscard]] status done_rejecting(step_counts& counts);
  // Only whether a callback was misused, or rows met an error further on: what made the component's
  // call fail, if it did.
  [[nodiscard]] status failed() const { return failure_ ? status(*failure_) : status(); }

private:
  vigie_status emit(std::int64_t n, ArrowArray* adds, const std::int32_t* parent,
                    const vigie_span* narrower);
  void drop(std::int64_t n);
  void reject(std::int64_t row, vigie_str column, vigie_str why);
  [[nodiscard]] status take(std::int64_t n, ArrowArray* adds, const std::int32_t* parent,
                            const vigie_span* narrower);
  [[nodiscard]] status check_parents(std::int64_t n, const std::int32_t* parent);
  [[nodiscard]] status set_origins(batch& out, const vigie_span* narrower, bool has_parents) const;
  [[nodiscard]] status check_rejects();
  [[nodiscard]] status take_same(std::int64_t n, std::vector<data::shared_column> adds,
                                 const vigie_span* narrower);
  [[nodiscard]] status mask_and_forward();
  [[nodiscard]] batch assemble(std::int64_t n, const std::vector<data::shared_column>& adds,
                               const data::row_list& parents) const;
  [[nodiscard]] diagnostic broke(std::string what) const;

  const plan::step_plan& step_;
  const batch* in_;
  forward_function forward_;
  std::vector<rejected_row>& rejects_;
  vigie_rows rows_{};
  std::optional<diagnostic> failure_;
  std::optional<std::vector<data::shared_column>> same_; // held until all rejects are known
  std::vector<vigie_span> same_spans_;                   // of `same_`, where the component narrows
  std::vector<std::int32_t> rejected_rows_;
  std::int64_t seen_ = 0, dropped_ = 0, out_ = 0;
  std::int32_t last_parent_ = -1;
};

// Catches what a decoder, source, partial or result emits.
class decode_call {
public:
  using forward_function = std::function<status(batch)>;

  // `columns`: positions of the emitted columns in `declared`; `bounds`: where spans must lie
  // (offset, length, file), or length -1: anywhere.
  decode_call(const plan::step_plan& s, const schema& declared, const std::vector<int>& columns,
              vigie_span bounds, std::int64_t bounds_length, forward_function forward,
              std::vector<rejected_row>& rejects);
  decode_call(const decode_call&) = delete;
  decode_call& operator=(const decode_call&) = delete;

  [[nodiscard]] const vigie_decoded* callbacks() const { return &decoded_; }
  [[nodiscard]] status done() const { return failure_ ? status(*failure_) : status(); }
  // Something that must live as long as the columns, such as the chunk they point into.
  void keep_alive(std::shared_ptr<const void> what) { keep_ = std::move(what); }
  [[nodiscard]] std::int64_t rows() const { return out_; }

private:
  vigie_status emit(std::int64_t n, ArrowArray* moved, const vigie_span* origin);
  [[nodiscard]] status take(std::int64_t n, ArrowArray* moved, const vigie_span* origin);
  [[nodiscard]] bool inside(const vigie_span& s) const;
  void reject_at(vigie_span where, vigie_str column, vigie_str why);

  const plan::step_plan& step_;
  schema emitted_; // the columns asked for, as declared
  std::size_t width_;
  std::vector<int> columns_;
  vigie_span bounds_;
  std::int64_t bounds_length_;
  forward_function forward_;
  std::vector<rejected_row>& rejects_;
  std::shared_ptr<const void> keep_;
  vigie_decoded decoded_{};
  std::optional<diagnostic> failure_;
  std::int64_t last_offset_ = -1;
  std::int64_t out_ = 0;
};

} // namespace vigie::exec
