// SPDX-License-Identifier: Apache-2.0
#include "units.hpp"

#include "base/text.hpp"
#include "io/options.hpp"
#include "io/reader.hpp"
#include "outputs.hpp"
#include "runs/known.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::exec {
namespace {

using loader::component_kind;

constexpr std::size_t head_bytes = 64 * 1024;

io::record_mode mode_of(std::uint32_t form) {
  switch (form & ~std::uint32_t{VIGIE_RECORDS_UNCUT}) {
  case VIGIE_RECORDS_LINES: return io::record_mode::lines;
  case VIGIE_RECORDS_FILE: return io::record_mode::file;
  default: return io::record_mode::own;
  }
}

rejected_row reject_of(const plan::step_plan& s, std::int32_t file, const io::skipped_record& r) {
  const auto length = static_cast<std::int32_t>(
      std::min<std::int64_t>(r.length, std::numeric_limits<std::int32_t>::max()));
  rejected_row out{s.index, code::row_too_long, {r.offset, length, file}, {}, {}};
  if (r.broken_by) {
    out.code = r.broken_by->code;
    out.message = fmt::format("{}; {}", r.broken_by->message, r.broken_by->hint);
    return out;
  }
  out.message = fmt::format("the record is {} long, more than max_record {}",
                            text::human_bytes(static_cast<std::uint64_t>(r.length)),
                            text::human_bytes(static_cast<std::uint64_t>(s.max_record)));
  return out;
}

// Rows of a side table are needed whole, however old their files are.
bool feeds_a_build_side(const plan::plan& p, std::size_t step) {
  return std::ranges::any_of(p.steps[step].consumers, [&](const plan::consumer& c) {
    const plan::step_plan& to = p.steps[c.step];
    return to.ports[c.port].build || feeds_a_build_side(p, c.step);
  });
}

} // namespace

feeder::feeder(const run_context& run, const plan::services& shared, const run_options& options,
               run_result& result)
    : run_(run), shared_(shared), options_(options), result_(result) {}

// ---- inputs
// --------------------------------------------------------------------------------------

status feeder::list_files() {
  for (const plan::step_plan& s : run_.plan->steps)
    if (s.active && s.kind == component_kind::decode && !options_.given.contains(s.name))
      if (auto ok = list_files(s); !ok) return ok;
  return {};
}

status feeder::list_files(const plan::step_plan& s) {
  auto listed = io::list_inputs(s.files);
  if (!listed) return in_step(s, std::move(listed).error());
  first_file_[s.index] = result_.inputs.size();
  const bool filter = !options_.known.empty() && !feeds_a_build_side(*run_.plan, s.index);
  for (io::input& i : *listed) {
    if (filter) {
      auto known = runs::is_known(i, options_.known, shared_.cancel);
      if (!known) return in_step(s, std::move(known).error());
      if (*known) {
        result_.left_out.push_back(i.name);
        continue;
      }
      ++fresh_;
    }
    file_names_.push_back(i.name);
    used_input& in = result_.inputs.emplace_back();
    in.step = s.name;
    in.file = std::move(i);
  }
  return {};
}

io::read_options feeder::read_options(const plan::step_plan& s) const {
  const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
  io::read_options o;
  o.compression = io::compression_named(s.compression).value_or(io::compression::automatic);
  if (s.archive == "none") o.archives = io::archives::none;
  o.encoding = s.encoding;
  o.max_record = static_cast<std::uint64_t>(s.max_record);
  o.give_breaks = s.doc->errors.action != error_action::stop;
  o.digest = options_.digest;
  o.cancel = shared_.cancel;
  void* self = s.made->self();
  const std::uint32_t form = table->form == nullptr ? table->records : table->form(self);
  o.records = mode_of(form);
  o.uncut = (form & VIGIE_RECORDS_UNCUT) != 0;
  if (o.records != io::record_mode::own) return o;
  o.border = [table, self](std::string_view bytes, bool at_start) {
    return table->border(self, {bytes.data(), bytes.size()}, at_start ? 1 : 0);
  };
  if (table->last_border != nullptr)
    o.last_border = [table, self](std::string_view bytes) {
      return table->last_border(self, {bytes.data(), bytes.size()});
    };
  return o;
}

// ---- units
// ---------------------------------------------------------------------------------------

void feeder::queues_of(std::size_t step, runs::row_queue* rows, runs::row_queue* errors) {
  queues_[step] = {rows, errors};
}

// Every split pays for the groups it gives out again, so that a stage that ends in aggregates alone
// is cut less finely, as far as enough splits are left for many threads. Memory does not speak
// against it: nothing else of such a split is kept. A function of pipeline, inputs and --split
// only, so that a resumed run and every shard cut alike.
std::uint64_t feeder::split_bytes_of(const plan::stage& st) const {
  constexpr std::uint64_t most_times = 8, least_splits = 16;
  const auto is_aggregate = [&](std::size_t step) {
    return run_.step(step).kind == component_kind::aggregate;
  };
  const auto writes = [&](std::size_t step) { return run_.step(step).is_writer(); };
  if (st.inboxes.empty() || !std::ranges::all_of(st.inboxes, is_aggregate) ||
      std::ranges::any_of(st.streaming, writes))
    return options_.split_bytes;
  std::uint64_t bytes = 0;
  for (const std::size_t o : st.origins) {
    const auto first = first_file_.find(o);
    if (first == first_file_.end()) continue;
    for (std::size_t i = first->second;
         i < result_.inputs.size() && result_.inputs[i].step == run_.step(o).name; ++i)
      bytes += result_.inputs[i].file.facts.size;
  }
  const std::uint64_t wanted = std::min(bytes / least_splits, most_times * options_.split_bytes);
  return std::max(options_.split_bytes, wanted);
}

result<std::vector<unit>> feeder::units_of(const plan::stage& st) {
  std::vector<unit> units;
  const std::uint64_t split_bytes = split_bytes_of(st);
  for (const std::size_t o : st.origins)
    if (auto ok = add_units(o, split_bytes, units); !ok) return std::move(ok).error();
  return units;
}

status feeder::add_units(std::size_t origin, std::uint64_t split_bytes, std::vector<unit>& to) {
  const plan::step_plan& s = run_.step(origin);
  if (const auto given = options_.given.find(s.name); given != options_.given.end()) {
    for (const data::batch& b : given->second) {
      unit& u = to.emplace_back();
      u.what = unit::content::given;
      u.origin = origin;
      u.rows = b;
    }
    return {};
  }
  if (s.kind == component_kind::decode) return add_file_units(s, split_bytes, to);
  if (s.kind == component_kind::source) return add_source_units(s, to);
  const queues& q = queues_.at(origin);
  for (const auto what : {unit::content::rows, unit::content::errors}) {
    const runs::row_queue* from = what == unit::content::rows ? q.rows : q.errors;
    for (std::size_t i = 0; i < from->batches(); ++i) {
      unit& u = to.emplace_back();
      u.what = what;
      u.origin = origin;
      u.batch = i;
    }
  }
  return {};
}

status feeder::add_file_units(const plan::step_plan& s, std::uint64_t split_bytes,
                              std::vector<unit>& to) {
  const io::read_options o = read_options(s);
  for (std::size_t i = first_file_.at(s.index);
       i < result_.inputs.size() && result_.inputs[i].step == s.name; ++i) {
    auto splits =
        io::plan_splits(result_.inputs[i].file, static_cast<std::uint32_t>(i), split_bytes, o);
    if (!splits) return in_step(s, std::move(splits).error());
    for (io::split& p : *splits) {
      total_bytes_ += p.end - p.begin;
      result_.inputs[i].plain = p.compression == io::compression::none && p.encoding == "utf-8" &&
                                p.is == io::split::form::file;
      unit& u = to.emplace_back();
      u.what = unit::content::file;
      u.origin = s.index;
      u.file = static_cast<std::int32_t>(i);
      u.split = std::move(p);
    }
  }
  return {};
}

status feeder::add_source_units(const plan::step_plan& s, std::vector<unit>& to) const {
  vigie_error e = plan::fresh_error();
  ArrowArray list{};
  const vigie_status code = s.made->iface<vigie_source_0>("vigie.source/0")
                                ->splits(s.made->self(), options_.split_bytes, &list, &e);
  if (code < 0) return s.made->error_of(e, code);
  const schema fields{{.name = "id"}, {.name = "bytes", .kind = kind::int64}};
  if (auto ok = data::check_batch(fields, list, list.length, data::depth::full); !ok) {
    if (list.release != nullptr) list.release(&list);
    return in_step(s, ok);
  }
  const vigie::batch ids(fields, &list);
  for (std::int64_t i = 0; i < ids.size(); ++i) {
    unit& u = to.emplace_back();
    u.what = unit::content::source;
    u.origin = s.index;
    u.source_id = ids.columns()[0].text(i);
  }
  return {};
}

// ---- one unit
// ------------------------------------------------------------------------------------

result<data::batch> feeder::rows_of(const unit& u) {
  switch (u.what) {
  case unit::content::rows: return queues_.at(u.origin).rows->take(u.batch);
  case unit::content::errors: return queues_.at(u.origin).errors->take(u.batch);
  case unit::content::given: return u.rows;
  default: return data::batch{};
  }
}

status feeder::feed(fragment& f, const unit& u, data::batch rows, const offer_function& offer) {
  switch (u.what) {
  case unit::content::file: return feed_file(f, u, offer);
  case unit::content::source: return feed_source(f, u, offer);
  case unit::content::errors: return f.forward_errors(u.origin, rows);
  case unit::content::given: f.counts(u.origin).rows_out += rows.rows; break;
  case unit::content::rows: break;
  }
  if (auto ok = f.forward(u.origin, std::move(rows)); !ok) return ok;
  return f.settle();
}

status feeder::feed_file(fragment& f, const unit& u, const offer_function& offer) {
  const plan::step_plan& s = run_.step(u.origin);
  const io::read_options o = read_options(s);
  const used_input& in = result_.inputs[static_cast<std::size_t>(u.file)];
  auto opened = io::split_reader::open(in.file, u.split, o);
  if (!opened) return in_step(s, std::move(opened).error());
  io::split_reader& reader = **opened;
  const status fed =
      reader.is_archive() ? feed_archive(f, u, reader, offer) : feed_whole(f, u, reader, o, offer);
  if (!fed) return fed;
  f.read_to_the_end({u.file, reader.encoding(), reader.replaced(), reader.digest()});
  return {};
}

status feeder::feed_whole(fragment& f, const unit& u, io::split_reader& reader,
                          const io::read_options& o, const offer_function& offer) const {
  const plan::step_plan& s = run_.step(u.origin);
  const used_input& in = result_.inputs[static_cast<std::size_t>(u.file)];
  io::member text{.name = in.file.name, .head = {}, .offset = u.split.begin};
  if (o.records != io::record_mode::file) {
    auto read = io::read_head(in.file, head_bytes, o);
    if (!read) return in_step(s, std::move(read).error());
    text.head = *std::move(read);
  }
  return feed_text(f, u, reader, text, u.split.begin == 0, offer);
}

status feeder::feed_archive(fragment& f, const unit& u, io::split_reader& reader,
                            const offer_function& offer) const {
  const plan::step_plan& s = run_.step(u.origin);
  const used_input& in = result_.inputs[static_cast<std::size_t>(u.file)];
  for (;;) {
    auto m = reader.next_member();
    if (!m) return in_step(s, std::move(m).error());
    if (!*m) break;
    if (auto ok = feed_text(f, u, reader, **m, true, offer); !ok) return ok;
  }
  auto last = reader.next(); // a break between members
  if (!last) return in_step(s, std::move(last).error());
  if (*last)
    if (auto ok = feed_chunk(f, u, **last, nullptr); !ok) return ok;
  const auto [others, first] = reader.passed_over();
  if (others > 0 && shared_.log != nullptr)
    shared_.log->write(observe::level::info, s.name,
                       fmt::format("{} of the members of '{}' {} neither file nor folder, and not "
                                   "read; the first is '{}'",
                                   others, in.file.name, others == 1 ? "is" : "are", first));
  return {};
}

// One text from its start, or from where the split begins, to its end.
status feeder::feed_text(fragment& f, const unit& u, io::split_reader& reader,
                         const io::member& text, bool begins, const offer_function& offer) const {
  const plan::step_plan& s = run_.step(u.origin);
  void* task = nullptr;
  if (auto ok = open_decoder(s, u, text, begins, &task); !ok) return ok;
  const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
  const std::unique_ptr<void, void (*)(void*)> close(task, table->close);
  for (;;) {
    auto c = reader.next();
    if (!c) return in_step(s, std::move(c).error());
    if (!*c) return {};
    if (auto ok = feed_chunk(f, u, **c, task); !ok) return ok;
    if (auto ok = offer(f, (*c)->size); !ok) return ok;
  }
}

status feeder::open_decoder(const plan::step_plan& s, const unit& u, const io::member& text,
                            bool begins, void** task) const {
  const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
  const vigie_input input{sizeof input,
                          u.file,
                          {text.name.data(), text.name.size()},
                          {text.head.data(), text.head.size()},
                          begins ? 1 : 0};
  const vigie_task t{
      sizeof t, mix(run_.seed ^ mix(s.index) ^ mix(text.offset)), {s.name.data(), s.name.size()}};
  vigie_error e = plan::fresh_error();
  const vigie_status code = table->open(s.made->self(), &t, &input, task, &e);
  return code < 0 ? status(s.made->error_of(e, code)) : status();
}

status feeder::feed_chunk(fragment& f, const unit& u, const io::chunk& c, void* task) const {
  const plan::step_plan& s = run_.step(u.origin);
  std::vector<rejected_row> rejects;
  const auto forward = [&](data::batch b) { return f.forward(u.origin, std::move(b)); };
  decode_call call(s, s.adds, s.projection, {c.offset, 0, u.file},
                   static_cast<std::int64_t>(c.size), forward, rejects);
  if (c.data != nullptr) f.at_hand(c.data, c.size, c.offset, u.file);
  if (c.skipped) {
    rejects.push_back(reject_of(s, u.file, *c.skipped));
    return f.decode(u.origin, call, [](vigie_error*) -> vigie_status { return VIGIE_OK; }, rejects);
  }
  call.keep_alive(c.buffer);
  const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
  return f.decode(
      u.origin, call,
      [&](vigie_error* e) {
        return table->chunk(task, {c.data, c.size}, c.offset, call.callbacks(), e);
      },
      rejects);
}

status feeder::feed_source(fragment& f, const unit& u, const offer_function& offer) const {
  const plan::step_plan& s = run_.step(u.origin);
  const auto* table = s.made->iface<vigie_source_0>("vigie.source/0");
  const vigie_task t{sizeof t,
                     mix(run_.seed ^ mix(s.index) ^ seed_of(u.source_id)),
                     {s.name.data(), s.name.size()}};
  vigie_error e = plan::fresh_error();
  void* task = nullptr;
  if (const vigie_status code =
          table->open(s.made->self(), &t, {u.source_id.data(), u.source_id.size()}, &task, &e);
      code < 0)
    return s.made->error_of(e, code);
  const std::unique_ptr<void, void (*)(void*)> close(task, table->close);
  for (vigie_status code = VIGIE_OK; code != VIGIE_DONE;) {
    std::vector<rejected_row> rejects;
    decode_call call(
        s, s.adds, s.projection, {-1, -1, -1}, -1,
        [&](data::batch b) { return f.forward(u.origin, std::move(b)); }, rejects);
    if (auto ok = f.decode(
            u.origin, call,
            [&](vigie_error* err) {
              return code = table->next(task, decoded::rows_a_batch, call.callbacks(), err);
            },
            rejects);
        !ok)
      return ok;
    if (auto ok = offer(f, 0); !ok) return ok;
    if (shared_.cancel != nullptr && shared_.cancel->load())
      return fail(code::run_interrupted, "stopped by a signal");
  }
  return {};
}

// Only where the text of the input is its very bytes.
std::string feeder::read_bytes(const vigie_span& s) const {
  if (s.file < 0 || static_cast<std::size_t>(s.file) >= result_.inputs.size()) return {};
  const used_input& in = result_.inputs[static_cast<std::size_t>(s.file)];
  const io::split part{static_cast<std::uint32_t>(s.file),
                       static_cast<std::uint64_t>(s.offset),
                       static_cast<std::uint64_t>(s.offset + s.length),
                       false,
                       io::compression::none,
                       "utf-8"};
  if (in.file.standard_input || !in.plain) return {};
  io::read_options o;
  o.compression = io::compression::none;
  o.encoding = "utf-8";
  o.digest = false;
  o.records = io::record_mode::lines;
  auto reader = io::split_reader::open(in.file, part, o);
  if (!reader) return {};
  auto c = (*reader)->next();
  return c && *c ? std::string((*c)->data, std::min((*c)->size, static_cast<std::size_t>(s.length)))
                 : std::string();
}

} // namespace vigie::exec
