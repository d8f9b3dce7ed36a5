// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include "base/text.hpp"
#include "inbox.hpp"
#include "io/options.hpp"
#include "io/reader.hpp"
#include "io/splits.hpp"
#include "outputs.hpp"
#include "record.hpp"
#include "schedule.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>

namespace vigie::exec {
namespace {

using loader::component_kind;

constexpr std::size_t head_bytes = 64 * 1024;

// What one unit of a stage reads.
struct unit {
  enum class content : std::uint8_t { file, source, rows, errors };
  content what = content::rows;
  std::size_t origin = 0;
  std::int32_t file = -1;
  io::split split;       // file
  std::string source_id; // source
  data::batch rows;      // rows, errors

  static unit of_rows(content what, std::size_t origin, data::batch b) {
    unit u;
    u.what = what;
    u.origin = origin;
    u.rows = std::move(b);
    return u;
  }
};

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

bool at_or_below_percent(const step_counts& c, double percent) {
  if (c.rows_in < 100) return true;
  return static_cast<double>(c.rejected) * 100 <= percent * static_cast<double>(c.rows_in);
}

class runner {
public:
  runner(const plan::plan& p, const plan::services& shared, const run_options& options)
      : plan_(p), shared_(shared), options_(options), outputs_(context_, options.force) {
    context_.plan = &plan_;
    context_.file_names = &file_names_;
    context_.collect.assign(p.steps.size(), false);
    context_.cancel = shared.cancel;
    context_.seed = seed_of(p.doc->name);
    context_.read_bytes = [this](const vigie_span& s) { return read_bytes(s); };
    result_.counts.resize(p.steps.size());
    limited_.resize(p.steps.size());
    inboxes_.resize(p.steps.size());
  }

  result<run_result> run(const std::set<std::size_t>& collect) {
    const auto start = std::chrono::steady_clock::now();
    const std::string started = now_utc();
    for (const std::size_t i : collect) context_.collect[i] = true;
    status ok = prepare();
    if (ok) ok = run_stages();
    if (ok) ok = judge();
    result_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result_.peak_memory = shared_.memory->peak();
    if (ok) ok = digest_inputs();
    if (ok && options_.write) ok = commit(started);
    if (!ok) outputs_.abandon();
    if (!ok) return std::move(ok).error();
    return std::move(result_);
  }

private:
  static std::uint64_t seed_of(std::string_view name) {
    std::uint64_t h = 0;
    for (const char c : name) h = mix(h ^ static_cast<unsigned char>(c));
    return h;
  }

  // ---- before the first row --------------------------------------------------------------------

  status prepare() {
    if (options_.write)
      if (auto ok = outputs_.refuse_existing(); !ok) return ok;
    for (const plan::step_plan& s : plan_.steps)
      if (s.active && s.kind == component_kind::decode && !options_.given.contains(s.name))
        if (auto ok = list_files(s); !ok) return ok;
    if (options_.write)
      if (auto ok = outputs_.open(); !ok) return ok;
    return open_inboxes();
  }

  status list_files(const plan::step_plan& s) {
    auto listed = io::list_inputs(s.files);
    if (!listed) {
      diagnostic d = std::move(listed).error();
      d.place.step = s.name;
      return d;
    }
    first_file_[s.index] = static_cast<std::int32_t>(result_.inputs.size());
    for (io::input& i : *listed) {
      file_names_.push_back(i.name);
      used_input& in = result_.inputs.emplace_back();
      in.step = s.name;
      in.file = std::move(i);
    }
    return {};
  }

  [[nodiscard]] io::read_options read_options(const plan::step_plan& s) const {
    const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
    io::read_options o;
    o.compression = s.compression == "gzip"   ? io::compression::gzip
                    : s.compression == "zstd" ? io::compression::zstd
                    : s.compression == "none" ? io::compression::none
                                              : io::compression::automatic;
    o.encoding = s.encoding;
    o.max_record = static_cast<std::uint64_t>(s.max_record);
    o.digest = options_.digest;
    o.cancel = shared_.cancel;
    o.records = table->records == VIGIE_RECORDS_LINES  ? io::record_mode::lines
                : table->records == VIGIE_RECORDS_FILE ? io::record_mode::file
                                                       : io::record_mode::own;
    void* self = s.made->self();
    if (o.records == io::record_mode::own)
      o.border = [table, self](std::string_view bytes, bool at_start) {
        return table->border(self, {bytes.data(), bytes.size()}, at_start ? 1 : 0);
      };
    return o;
  }

  status open_inboxes() {
    for (const plan::stage& st : plan_.stages)
      for (const std::size_t i : st.inboxes) {
        ++feeders_[i];
        if (inboxes_[i]) continue;
        inboxes_[i] =
            make_inbox(context_, i, *shared_.memory, outputs_.file_of(i), outputs_.sink_of(i));
        if (auto ok = inboxes_[i]->open(); !ok) return ok;
      }
    return {};
  }

  // ---- units -----------------------------------------------------------------------------------

  status add_units(std::size_t origin, std::vector<unit>& to) {
    const plan::step_plan& s = plan_.steps[origin];
    if (const auto given = options_.given.find(s.name); given != options_.given.end()) {
      for (const data::batch& b : given->second)
        to.push_back(unit::of_rows(unit::content::rows, origin, b));
      return {};
    }
    if (s.kind == component_kind::decode) return add_file_units(s, to);
    if (s.kind == component_kind::source) return add_source_units(s, to);
    inbox& from = *inboxes_[origin];
    for (data::batch& b : from.rows)
      to.push_back(unit::of_rows(unit::content::rows, origin, std::move(b)));
    for (data::batch& b : from.errors)
      to.push_back(unit::of_rows(unit::content::errors, origin, std::move(b)));
    from.rows.clear();
    from.errors.clear();
    return {};
  }

  status add_file_units(const plan::step_plan& s, std::vector<unit>& to) {
    const io::read_options o = read_options(s);
    const auto first = static_cast<std::size_t>(first_file_.at(s.index));
    for (std::size_t i = first; i < result_.inputs.size() && result_.inputs[i].step == s.name;
         ++i) {
      auto splits = io::plan_splits(result_.inputs[i].file, static_cast<std::uint32_t>(i),
                                    options_.split_bytes, o);
      if (!splits) return in_step(s, std::move(splits).error());
      for (io::split& p : *splits) {
        total_bytes_ += p.end - p.begin;
        result_.inputs[i].plain = p.compression == io::compression::none && p.encoding == "utf-8";
        unit& u = to.emplace_back();
        u.what = unit::content::file;
        u.origin = s.index;
        u.file = static_cast<std::int32_t>(i);
        u.split = std::move(p);
      }
    }
    return {};
  }

  status add_source_units(const plan::step_plan& s, std::vector<unit>& to) const {
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

  // ---- one unit --------------------------------------------------------------------------------

  split_result work(const plan::stage& st, const unit& u, std::size_t number) {
    fragment f(context_, st, number);
    status ok = f.open();
    if (ok) ok = feed(f, u);
    if (ok) ok = f.finish();
    split_result r = f.take();
    if (!ok) r.failed = std::move(ok).error();
    return r;
  }

  status feed(fragment& f, const unit& u) {
    switch (u.what) {
    case unit::content::file: return feed_file(f, u);
    case unit::content::source: return feed_source(f, u);
    case unit::content::errors: return f.forward_errors(u.origin, u.rows);
    case unit::content::rows: break;
    }
    if (options_.given.contains(plan_.steps[u.origin].name))
      f.counts(u.origin).rows_out += u.rows.rows;
    if (auto ok = f.forward(u.origin, u.rows); !ok) return ok;
    return f.settle();
  }

  status feed_file(fragment& f, const unit& u) {
    const plan::step_plan& s = plan_.steps[u.origin];
    const io::read_options o = read_options(s);
    used_input& in = result_.inputs[static_cast<std::size_t>(u.file)];
    auto opened = io::split_reader::open(in.file, u.split, o);
    if (!opened) return in_step(s, std::move(opened).error());
    io::split_reader& reader = **opened;
    void* task = nullptr;
    const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
    if (auto ok = open_decoder(s, u, o, &task); !ok) return ok;
    const std::unique_ptr<void, void (*)(void*)> close(task, table->close);
    for (;;) {
      auto c = reader.next();
      if (!c) return in_step(s, std::move(c).error());
      if (!*c) break;
      if (auto ok = feed_chunk(f, u, **c, task); !ok) return ok;
      if (progress_) progress_->add((*c)->size);
    }
    const std::lock_guard lock(inputs_mutex_);
    in.encoding = reader.encoding();
    in.replaced += reader.replaced();
    if (const auto& d = reader.digest()) in.splits.push_back(*d);
    return {};
  }

  status open_decoder(const plan::step_plan& s, const unit& u, const io::read_options& o,
                      void** task) {
    const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
    const used_input& in = result_.inputs[static_cast<std::size_t>(u.file)];
    std::string head;
    if (table->records != VIGIE_RECORDS_FILE) {
      auto read = io::read_head(in.file, head_bytes, o);
      if (!read) return in_step(s, std::move(read).error());
      head = *std::move(read);
    }
    const vigie_input input{sizeof input,
                            u.file,
                            {in.file.name.data(), in.file.name.size()},
                            {head.data(), head.size()},
                            u.split.begin == 0 ? 1 : 0};
    const vigie_task t{sizeof t,
                       mix(context_.seed ^ mix(s.index) ^ mix(u.split.begin)),
                       {s.name.data(), s.name.size()}};
    vigie_error e = plan::fresh_error();
    const vigie_status code = table->open(s.made->self(), &t, &input, task, &e);
    return code < 0 ? status(s.made->error_of(e, code)) : status();
  }

  status feed_chunk(fragment& f, const unit& u, const io::chunk& c, void* task) {
    const plan::step_plan& s = plan_.steps[u.origin];
    std::vector<rejected_row> rejects;
    const auto forward = [&](data::batch b) { return f.forward(u.origin, std::move(b)); };
    decode_call call(s, s.adds, s.projection, {c.offset, 0, u.file},
                     static_cast<std::int64_t>(c.size), forward, rejects);
    if (c.skipped) {
      const auto length = static_cast<std::int32_t>(
          std::min<std::int64_t>(c.skipped->length, std::numeric_limits<std::int32_t>::max()));
      rejects.push_back(
          {s.index,
           code::row_too_long,
           {c.skipped->offset, length, u.file},
           {},
           fmt::format("the record is {} long, more than max_record {}",
                       text::human_bytes(static_cast<std::uint64_t>(c.skipped->length)),
                       text::human_bytes(static_cast<std::uint64_t>(s.max_record)))});
      return f.decode(
          u.origin, call, [](vigie_error*) -> vigie_status { return VIGIE_OK; }, rejects);
    }
    call.keep_alive(c.buffer);
    f.at_hand(c.data, c.size, c.offset, u.file);
    const auto* table = s.made->iface<vigie_decode_0>("vigie.decode/0");
    return f.decode(
        u.origin, call,
        [&](vigie_error* e) {
          return table->chunk(task, {c.data, c.size}, c.offset, call.callbacks(), e);
        },
        rejects);
  }

  status feed_source(fragment& f, const unit& u) {
    const plan::step_plan& s = plan_.steps[u.origin];
    const auto* table = s.made->iface<vigie_source_0>("vigie.source/0");
    const vigie_task t{sizeof t,
                       mix(context_.seed ^ mix(s.index) ^ seed_of(u.source_id)),
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
      if (shared_.cancel != nullptr && shared_.cancel->load())
        return fail(code::run_interrupted, "stopped by a signal");
    }
    return {};
  }

  // ---- in order --------------------------------------------------------------------------------

  status settle(split_result r) {
    for (std::size_t i = 0; i < r.counts.size(); ++i) result_.counts[i].add(r.counts[i]);
    if (auto ok = count_limited(r.limited); !ok) return ok;
    for (auto& [step, batches] : r.collected) {
      auto& to = result_.collected[step];
      std::ranges::move(batches, std::back_inserter(to));
    }
    for (auto& [step, piece] : r.pieces)
      if (auto ok = outputs_.file_of(step)->piece(piece); !ok)
        return in_step(plan_.steps[step], ok);
    for (auto& [step, deliveries] : r.inboxes)
      for (delivery& d : deliveries)
        if (auto ok = inboxes_[step]->take(std::move(d)); !ok)
          return in_step(plan_.steps[step], ok);
    return {};
  }

  // `at_most: N` stops at the row behind the N-th, the same whatever the threads.
  status count_limited(const std::vector<rejected_row>& rows) {
    for (const rejected_row& r : rows) {
      const plan::step_plan& s = plan_.steps[r.step];
      if (++limited_[r.step] <= *s.doc->errors.at_most) continue;
      place p;
      p.file = context_.file_name(r.where.file);
      p.offset = r.where.offset;
      p.length = r.where.length;
      p.step = s.name;
      p.field = r.column;
      return fail(code::too_many_errors, fmt::format("more than {} rejected rows; this one: {}",
                                                     *s.doc->errors.at_most, r.message))
          .at(p);
    }
    return {};
  }

  [[nodiscard]] bool enough() const {
    if (!options_.first_rows) return false;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < context_.collect.size(); ++i) {
      if (!context_.collect[i]) continue;
      std::int64_t rows = 0;
      if (const auto at = result_.collected.find(i); at != result_.collected.end())
        for (const data::batch& b : at->second) rows += b.rows;
      least = std::min(least, rows);
    }
    return least >= *options_.first_rows;
  }

  status run_stages() {
    for (const plan::stage& st : plan_.stages) {
      std::vector<unit> units;
      for (const std::size_t o : st.origins)
        if (auto ok = add_units(o, units); !ok) return ok;
      result_.splits += units.size();
      progress_.emplace(options_.progress, total_bytes_);
      const std::uint64_t before = unit_number_;
      unit_number_ += units.size();
      const schedule_calls calls{[&](std::size_t i) { return work(st, units[i], before + i); },
                                 [&](std::size_t, split_result r) { return settle(std::move(r)); },
                                 [&] { return enough(); }};
      status ok = run_in_order(units.size(), {options_.threads, options_.delay_seed}, calls);
      progress_->end();
      if (!ok) return ok;
      units.clear();
      for (const std::size_t o : st.origins) inboxes_[o].reset();
      for (const std::size_t i : st.inboxes)
        if (--feeders_[i] == 0)
          if (auto ended = end_inbox(i); !ended) return ended;
    }
    return {};
  }

  status end_inbox(std::size_t i) {
    inbox& in = *inboxes_[i];
    if (auto ok = in.end(); !ok) return in_step(plan_.steps[i], ok);
    result_.counts[i].add(in.counts);
    return count_limited(in.limited);
  }

  // ---- after the last row ----------------------------------------------------------------------

  status judge() {
    if (options_.first_rows) return {};
    for (const plan::step_plan& s : plan_.steps) {
      if (!s.active) continue;
      const step_counts& c = result_.counts[s.index];
      const auto& percent = s.doc->errors.at_most_percent;
      if (percent && !at_or_below_percent(c, *percent)) {
        place p;
        p.step = s.name;
        return fail(code::too_many_errors,
                    fmt::format("{} of {} rows were rejected; at most {} % may be", c.rejected,
                                c.rows_in, *percent))
            .at(p);
      }
      if (auto ok = conserved(s); !ok) return ok;
    }
    return {};
  }

  // What a step took is what the steps before it gave.
  status conserved(const plan::step_plan& s) const {
    if (options_.given.contains(s.name) || s.is_reader()) return {};
    std::int64_t given = 0;
    for (const plan::input_port& p : s.ports)
      for (const plan::edge& e : p.edges)
        given += e.errors ? result_.counts[e.from].rejected : result_.counts[e.from].rows_out;
    if (given == result_.counts[s.index].rows_in) return {};
    place p;
    p.step = s.name;
    return fail(code::run_not_conserved,
                fmt::format("the steps before it gave {} rows, and it took {}", given,
                            result_.counts[s.index].rows_in))
        .at(p);
  }

  status digest_inputs() {
    for (used_input& i : result_.inputs) {
      std::ranges::sort(i.splits, {}, &io::split_digest::offset);
      if (i.splits.empty()) continue;
      auto root = io::root_digest(i.splits);
      if (!root) return std::move(root).error();
      i.sha256 = *root;
    }
    return {};
  }

  status commit(const std::string& started) {
    auto made = outputs_.prepare();
    if (!made) return std::move(made).error();
    result_.outputs = *std::move(made);
    const record_context record{plan_, options_, result_, started};
    auto manifest = manifest_json(record);
    if (!manifest) return std::move(manifest).error();
    if (auto ok = outputs_.record("report.json", report_json(record)); !ok) return ok;
    if (auto ok = outputs_.record("manifest.json", *manifest); !ok) return ok;
    return outputs_.commit();
  }

  // A record of an input read anew; only where its text is the file's bytes.
  [[nodiscard]] std::string read_bytes(const vigie_span& s) const {
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
    return c && *c
               ? std::string((*c)->data, std::min((*c)->size, static_cast<std::size_t>(s.length)))
               : std::string();
  }

  const plan::plan& plan_;
  const plan::services& shared_;
  const run_options& options_;
  run_context context_;
  run_result result_;
  std::vector<std::string> file_names_;
  std::map<std::size_t, std::int32_t> first_file_;
  run_outputs outputs_;
  std::vector<std::unique_ptr<inbox>> inboxes_;
  std::map<std::size_t, int> feeders_;
  std::vector<std::int64_t> limited_;
  std::optional<observe::progress> progress_;
  std::mutex inputs_mutex_;
  std::uint64_t total_bytes_ = 0;
  std::uint64_t unit_number_ = 0;
};

} // namespace

std::vector<std::string> run_result::file_names() const {
  std::vector<std::string> out;
  for (const used_input& i : inputs) out.push_back(i.file.name);
  return out;
}

result<run_result> execute(const plan::plan& p, const plan::services& shared,
                           const run_options& options) {
  runner r(p, shared, options);
  std::set<std::size_t> collect;
  for (const plan::step_plan& s : p.steps)
    if (p.collect.contains(s.name)) collect.insert(s.index);
  return r.run(collect);
}

} // namespace vigie::exec
