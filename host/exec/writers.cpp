// SPDX-License-Identifier: Apache-2.0
#include "writers.hpp"

#include "io/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace vigie::exec {

written_file::written_file(const run_context& run, std::size_t step, std::string temporary,
                           std::string shown)
    : run_(run), step_(step), temporary_(std::move(temporary)), shown_(std::move(shown)) {}

written_file::~written_file() {
  if (task_ != nullptr) encode_->close(task_);
}

template <class F> status written_file::call(F&& f) {
  const auto& made = run_.step(step_).made;
  std::string bytes;
  const vigie_writer w = writer_to(bytes);
  vigie_error e = plan::fresh_error();
  if (const vigie_status code = f(&w, &e); code < 0) return made->error_of(e, code);
  return file_->write(bytes);
}

status written_file::open(const io::output_options& options,
                          const std::optional<output_state>& past) {
  const plan::step_plan& s = run_.step(step_);
  auto made = past ? io::output_file::open_again(temporary_, shown_, past->bytes, options)
                   : io::output_file::create(temporary_, shown_, options);
  if (!made) return std::move(made).error();
  file_.emplace(*std::move(made));
  if (past) rows_ = past->rows;
  encode_ = s.made->iface<vigie_encode_0>("vigie.encode/0");
  const vigie_task t = task_of(run_, step_);
  vigie_error e = plan::fresh_error();
  if (const vigie_status code = encode_->open(s.made->self(), &t, &task_, &e); code < 0)
    return s.made->error_of(e, code);
  const auto head = [&](const vigie_writer* w, vigie_error* error) {
    return encode_->head(task_, w, error);
  };
  if (!past) return call(head);
  std::string known; // the file has it; the task must know that it was asked
  const vigie_writer nowhere = writer_to(known);
  const vigie_status code = head(&nowhere, &e);
  return code < 0 ? status(s.made->error_of(e, code)) : status();
}

status written_file::add(std::string_view bytes, std::int64_t rows) {
  rows_ += rows;
  return file_->write(bytes);
}

status written_file::encode(data::batch b, std::string& to) {
  return encode_rows(run_.step(step_), task_, std::move(b), to);
}

status written_file::finish() {
  if (auto ok = call([&](const vigie_writer* w, vigie_error* e) {
        return encode_->foot(task_, static_cast<std::uint64_t>(rows_), w, e);
      });
      !ok)
    return ok;
  return file_->finish();
}

output::output(const run_context& run, std::size_t step, std::string temporary)
    : run_(run), step_(step), temporary_(std::move(temporary)), partitions_(run.step(step)) {}

status output::open(const io::output_options& options, const std::optional<output_state>& past) {
  const plan::step_plan& s = run_.step(step_);
  options_ = options;
  keeps_pieces_ = s.takes == plan::intake::streaming && !s.writes_many_files() &&
                  options.compression == io::compression::none;
  if (s.is_partitioned()) return {};
  return start_part(s.file, targets_[s.file], keeps_pieces_ ? past : std::nullopt);
}

void output::keep() {
  for (auto& [file, t] : targets_)
    if (t.part) t.part->keep();
}

std::string output::name_of_part(const std::string& file, const target& t) const {
  return run_.step(step_).split_size > 0 ? plan::part_name(file, t.finished.size() + 1) : file;
}

status output::start_part(const std::string& file, target& t,
                          const std::optional<output_state>& past) {
  // Names that come from cells are no names for the work folder, which is flat.
  std::string temporary = temporary_;
  if (run_.step(step_).writes_many_files()) temporary += fmt::format(".{}", ++made_);
  t.part = std::make_unique<written_file>(run_, step_, std::move(temporary), name_of_part(file, t));
  return t.part->open(options_, past);
}

status output::end_part(const std::string& file, target& t) {
  written_file& part = *t.part;
  if (auto ok = part.finish(); !ok) return ok;
  t.finished.push_back({name_of_part(file, t), part.temporary(), part.rows(),
                        part.file().bytes_stored(),
                        options_.digest ? io::to_hex(part.file().digest()) : std::string()});
  if (run_.step(step_).writes_many_files()) part.keep(); // it goes with the work folder
  return {};
}

status output::next_part(const std::string& file, target& t) {
  if (auto ok = end_part(file, t); !ok) return ok;
  return start_part(file, t, std::nullopt);
}

result<output::target*> output::target_of(const std::string& file) {
  const plan::step_plan& s = run_.step(step_);
  const auto known = targets_.find(file);
  if (known != targets_.end()) return &known->second;
  if (targets_.size() >= static_cast<std::size_t>(s.max_partitions)) return too_many_partitions(s);
  target& made = targets_[file];
  if (auto ok = start_part(file, made, std::nullopt); !ok) return std::move(ok).error();
  return &made;
}

bool output::has_room(const target& t, std::uint64_t bytes) const {
  const auto most = static_cast<std::uint64_t>(run_.step(step_).split_size);
  return most == 0 || t.part->bytes() + bytes <= most;
}

status output::piece(const std::string& file, const encoded& e) {
  const plan::step_plan& s = run_.step(step_);
  const std::string& name = s.is_partitioned() ? file : s.file;
  auto to = target_of(name);
  if (!to) return std::move(to).error();
  if (s.split_size > 0) return add_slices(name, **to, e);
  if (auto ok = (*to)->part->add(e.bytes, e.rows); !ok) return ok;
  return (*to)->part->add(e.lying, 0);
}

status output::add_slices(const std::string& file, target& t, const encoded& e) {
  std::string_view left = e.bytes;
  for (const encoded_slice& slice : e.slices) {
    if (!has_room(t, slice.bytes) && t.part->rows() > 0)
      if (auto ok = next_part(file, t); !ok) return ok;
    if (auto ok = t.part->add(left.substr(0, slice.bytes), slice.rows); !ok) return ok;
    left.remove_prefix(slice.bytes);
  }
  return {};
}

status output::write_rows(const data::batch& b) {
  auto files = partitions_.split(b);
  if (!files) return std::move(files).error();
  for (const partition_rows& p : *files) {
    auto to = target_of(p.file);
    if (!to) return std::move(to).error();
    bytes_.clear();
    if (auto ok = (*to)->part->encode(p.rows, bytes_); !ok) return ok;
    if (auto ok = (*to)->part->add(bytes_, p.rows.rows); !ok) return ok;
  }
  return {};
}

status output::finish() {
  for (auto& [file, t] : targets_) {
    if (auto ok = end_part(file, t); !ok) return ok;
    finished_.insert(finished_.end(), t.finished.begin(), t.finished.end());
  }
  return {};
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
