// SPDX-License-Identifier: Apache-2.0
#include "writers.hpp"

#include "io/files.hpp"

namespace vigie::exec {

output::output(const run_context& run, std::size_t step, std::string temporary)
    : run_(run), step_(step), temporary_(std::move(temporary)) {}

output::~output() {
  if (task_ != nullptr) encode_->close(task_);
}

template <class F> status output::call(F&& f) {
  const auto& made = run_.step(step_).made;
  bytes_.clear();
  const vigie_writer w = writer_to(bytes_);
  vigie_error e = plan::fresh_error();
  if (const vigie_status code = f(&w, &e); code < 0) return made->error_of(e, code);
  return file_->write(bytes_);
}

status output::open(const io::output_options& options, const std::optional<output_state>& past) {
  const plan::step_plan& s = run_.step(step_);
  keeps_pieces_ =
      s.takes == plan::intake::streaming && options.compression == io::compression::none;
  const bool again = past && keeps_pieces_;
  auto made = again ? io::output_file::open_again(temporary_, s.file, past->bytes, options)
                    : io::output_file::create(temporary_, s.file, options);
  if (!made) return std::move(made).error();
  file_.emplace(*std::move(made));
  if (again) rows_ = past->rows;
  encode_ = s.made->iface<vigie_encode_0>("vigie.encode/0");
  const vigie_task t = task_of(run_, step_);
  vigie_error e = plan::fresh_error();
  if (const vigie_status code = encode_->open(s.made->self(), &t, &task_, &e); code < 0)
    return s.made->error_of(e, code);
  const auto head = [&](const vigie_writer* w, vigie_error* error) {
    return encode_->head(task_, w, error);
  };
  if (!again) return call(head);
  bytes_.clear(); // the file has it; the task must know that it was asked
  const vigie_writer nowhere = writer_to(bytes_);
  const vigie_status code = head(&nowhere, &e);
  return code < 0 ? status(s.made->error_of(e, code)) : status();
}

status output::piece(const encoded& e) {
  rows_ += e.rows;
  return file_->write(e.bytes);
}

status output::write_rows(data::batch b) {
  rows_ += b.rows;
  lent_batch needs(run_.step(step_), 0, b);
  return call([&](const vigie_writer* w, vigie_error* e) {
    return encode_->rows(task_, needs.get(), w, e);
  });
}

status output::finish() {
  if (auto ok = call([&](const vigie_writer* w, vigie_error* e) {
        return encode_->foot(task_, static_cast<std::uint64_t>(rows_), w, e);
      });
      !ok)
    return ok;
  return file_->finish();
}

sink_task::sink_task(const run_context& run, std::size_t step, std::string folder)
    : run_(run), step_(step), folder_(std::move(folder)),
      sink_(run.step(step).made->iface<vigie_sink_0>("vigie.sink/0")) {}

sink_task::~sink_task() {
  if (task_ != nullptr) sink_->close(task_);
}

status sink_task::open() {
  if (auto ok = io::make_folders(folder_); !ok) return ok;
  const plan::step_plan& s = run_.step(step_);
  const vigie_task t = task_of(run_, step_);
  vigie_error e = plan::fresh_error();
  const vigie_status code = sink_->open(s.made->self(), &t, {folder_.data(), folder_.size()},
                                        {s.file.data(), s.file.size()}, &task_, &e);
  return code < 0 ? status(s.made->error_of(e, code)) : status();
}

status sink_task::write_rows(data::batch b, step_counts& counts,
                             std::vector<rejected_row>& rejects) {
  const plan::step_plan& s = run_.step(step_);
  rows_ += b.rows;
  lent_batch needs(s, 0, b);
  transform_call call(s, &b, [](data::batch) { return status(); }, rejects);
  vigie_error e = plan::fresh_error();
  const vigie_status code = sink_->write(task_, needs.get(), call.callbacks(), &e);
  if (auto ok = call.failed(); !ok) return ok;
  if (code < 0) return s.made->error_of(e, code);
  return call.done_rejecting(counts);
}

status sink_task::prepare() {
  const vigie_writer w = writer_to(receipt_);
  vigie_error e = plan::fresh_error();
  const vigie_status code = sink_->prepare(task_, &w, &e);
  if (code < 0) return run_.step(step_).made->error_of(e, code);
  return {};
}

void sink_task::abort() {
  const vigie_bytes receipt{receipt_.data(), receipt_.size()};
  sink_->abort(run_.step(step_).made->self(), 1, &receipt);
}

status commit_sink(const plan::step_plan& s, const std::string& receipt) {
  const vigie_bytes bytes{receipt.data(), receipt.size()};
  const auto* sink = s.made->iface<vigie_sink_0>("vigie.sink/0");
  vigie_error e = plan::fresh_error();
  const vigie_status code = sink->commit(s.made->self(), 1, &bytes, &e);
  return code < 0 ? status(s.made->error_of(e, code)) : status();
}

} // namespace vigie::exec
