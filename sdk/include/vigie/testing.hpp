// SPDX-License-Identifier: MIT-0
// Runs one component without a host, through the same C interface the host uses: for the unit tests
// of plugins.
//   vigie::testing::harness<count_words> h;
//   h.component().text = "body";                       // parameters are members
//   auto out = h.transform({{{"body"}}, {{"two words"}, {nullptr}}});
//   out.rows == ...
// One harness, one thread.
#pragma once

#include "plugin.hpp"

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <variant>

#pragma GCC visibility push(hidden)
namespace vigie::testing {

// A value of a cell: null, bool, integer (also date and timestamp), real, text or bytes, and lists
// or structs of cells.
struct cell {
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, std::vector<cell>> value =
      nullptr;

  cell() = default;
  cell(std::nullptr_t) {}
  cell(bool v) : value(v) {}
  template <std::integral I>
    requires(!std::same_as<I, bool>)
  cell(I v) : value(static_cast<std::int64_t>(v)) {}
  cell(double v) : value(v) {}
  cell(const char* v) : value(std::string(v)) {}
  cell(std::string v) : value(std::move(v)) {}
  cell(std::string_view v) : value(std::string(v)) {}
  cell(std::vector<cell> v) : value(std::move(v)) {}
  friend bool operator==(const cell&, const cell&) = default;
};

using row = std::vector<cell>;

struct table {
  schema fields;
  std::vector<row> rows;
};

struct rejected {
  std::int64_t row = -1; // transforms
  vigie_span where = {}; // decoders
  std::string column = {}, why = {};
};

struct outcome {
  schema fields = {};
  std::vector<row> rows = {};
  std::vector<std::int32_t> parents = {};
  std::vector<vigie_span> spans = {};
  std::vector<rejected> rejects = {};
  std::int64_t dropped = 0;
};

inline void append(builder& b, const field& f, const cell& c) {
  if (std::holds_alternative<std::nullptr_t>(c.value)) return b.null();
  if (const auto* v = std::get_if<bool>(&c.value)) return b.boolean(*v);
  if (const auto* v = std::get_if<std::int64_t>(&c.value))
    return f.kind == kind::float64 ? b.real(static_cast<double>(*v)) : b.integer(*v);
  if (const auto* v = std::get_if<double>(&c.value)) return b.real(*v);
  if (const auto* v = std::get_if<std::string>(&c.value)) return b.text(*v);
  const auto& items = std::get<std::vector<cell>>(c.value);
  if (f.kind == kind::list) {
    for (const cell& i : items) append(b.child(0), f.children[0], i);
    return b.end_list();
  }
  for (std::size_t i = 0; i < items.size(); ++i) append(b.child(i), f.children[i], items[i]);
  b.end_struct();
}

[[nodiscard]] inline cell read(const column& c, std::int64_t i) {
  if (c.is_null(i)) return nullptr;
  switch (c.type().kind) {
  case kind::boolean: return c.boolean(i);
  case kind::float64: return c.real(i);
  case kind::text:
  case kind::binary:
  case kind::fixed_binary: return c.text(i);
  case kind::list: {
    std::vector<cell> items;
    const auto [begin, end] = c.list(i);
    for (std::int64_t k = begin; k < end; ++k) items.push_back(read(c.items(), k));
    return items;
  }
  case kind::structure: {
    std::vector<cell> items;
    for (std::size_t k = 0; k < c.type().children.size(); ++k)
      items.push_back(read(c.child(k), c.child_row(i)));
    return items;
  }
  default: return c.integer(i);
  }
}

// A batch of the given columns of a table.
inline void make(const table& t, std::span<const std::int32_t> positions, std::size_t first,
                 std::size_t count, ArrowArray* out) {
  std::vector<ArrowArray> columns(positions.size());
  for (std::size_t k = 0; k < positions.size(); ++k) {
    const bool is_origin = positions[k] == VIGIE_NEED_ORIGIN;
    const auto at = static_cast<std::size_t>(positions[k]);
    const field f = is_origin ? struct_of("origin", {{.name = "offset", .kind = kind::int64},
                                                     {.name = "length", .kind = kind::int32},
                                                     {.name = "file", .kind = kind::int32}})
                              : t.fields[at];
    builder b(f);
    for (std::size_t r = first; r < first + count; ++r) {
      if (!is_origin)
        append(b, f, t.rows[r][at]);
      else
        append(b, f,
               std::vector<cell>{static_cast<std::int64_t>(r * 100), 100,
                                 0}); // rows of 100 bytes each
    }
    b.finish(&columns[k]);
  }
  make_batch(std::move(columns), static_cast<std::int64_t>(count), out);
}

inline void collect(const schema& fields, ArrowArray* moved, std::int64_t n, outcome& to) {
  if (moved == nullptr || moved->release == nullptr) {
    to.rows.insert(to.rows.end(), static_cast<std::size_t>(n), row{});
    return;
  }
  const batch b(fields, moved);
  for (std::int64_t i = 0; i < n; ++i) {
    row& r = to.rows.emplace_back();
    for (const column& c : b.columns()) r.push_back(read(c, i));
  }
}

// Scratch files that are texts. One thread.
class spill_in_memory {
public:
  spill_in_memory() = default;
  spill_in_memory(const spill_in_memory&) = delete;
  spill_in_memory& operator=(const spill_in_memory&) = delete;

  std::map<std::uint64_t, std::string> files; // those there are now; a test may change their bytes
  std::uint64_t made = 0;                     // files in all
  std::uint64_t written = 0;                  // bytes in all
  std::uint64_t room = UINT64_MAX;            // bytes that may be written before the disk is full
  std::uint64_t reads = 0;                    // calls that read
  std::uint64_t damage_read = 0;              // the one that gives a changed bit; 0: none
  std::uint64_t damage_bit = 0;               // which bit, modulo those there are

  [[nodiscard]] const vigie_spill_0* table() const { return &table_; }

private:
  static vigie_status failed(vigie_error* e, const char* why) {
    detail::fill(e, error(VIGIE_E_IO, why));
    return VIGIE_E_IO;
  }
  static vigie_status create(void* ctx, std::uint64_t* file, vigie_error*) {
    auto& self = *static_cast<spill_in_memory*>(ctx);
    *file = ++self.made;
    self.files.emplace(*file, std::string());
    return VIGIE_OK;
  }
  static vigie_status append(void* ctx, std::uint64_t file, const void* from, std::uint64_t n,
                             vigie_error* e) {
    auto& self = *static_cast<spill_in_memory*>(ctx);
    const auto found = self.files.find(file);
    if (found == self.files.end()) return failed(e, "there is no such scratch file");
    if (n > self.room - self.written) return failed(e, "no space left on device");
    self.written += n;
    found->second.append(static_cast<const char*>(from), n);
    return VIGIE_OK;
  }
  static vigie_status read(void* ctx, std::uint64_t file, std::uint64_t offset, void* to,
                           std::uint64_t n, vigie_error* e) {
    auto& self = *static_cast<spill_in_memory*>(ctx);
    const auto found = self.files.find(file);
    const std::uint64_t size = found == self.files.end() ? 0 : found->second.size();
    if (offset > size || n > size - offset) return failed(e, "the scratch file is shorter");
    if (n > 0) std::memcpy(to, found->second.data() + offset, n);
    if (++self.reads == self.damage_read && n > 0) {
      auto& byte = static_cast<unsigned char*>(to)[self.damage_bit / 8 % n];
      byte = static_cast<unsigned char>(byte ^ (1U << (self.damage_bit % 8)));
    }
    return VIGIE_OK;
  }
  static std::uint64_t size(void* ctx, std::uint64_t file) {
    const auto& self = *static_cast<const spill_in_memory*>(ctx);
    const auto found = self.files.find(file);
    return found == self.files.end() ? 0 : found->second.size();
  }
  static void drop(void* ctx, std::uint64_t file) {
    static_cast<spill_in_memory*>(ctx)->files.erase(file);
  }

  vigie_spill_0 table_{sizeof(vigie_spill_0), this, create, append, read, size, drop};
};

template <class C> class harness {
public:
  harness() {
    host_.struct_size = sizeof host_;
    host_.abi_major = VIGIE_ABI_MAJOR;
    host_.abi_minor = VIGIE_ABI_MINOR;
    host_.ctx = this;
    host_.log = [](void* ctx, std::int32_t, vigie_str text) {
      static_cast<harness*>(ctx)->log.emplace_back(text.data, text.size);
    };
    host_.metric = [](void*, std::uint32_t, double) {};
    host_.cancelled = [](void*) { return 0; };
    host_.resource = [](void* ctx, vigie_str name, vigie_bytes* out,
                        vigie_error* e) -> vigie_status {
      auto& files = static_cast<harness*>(ctx)->files;
      const auto found = files.find(std::string(name.data, name.size));
      if (found == files.end()) {
        detail::fill(e, error(VIGIE_E_IO, "no such file: " + std::string(name.data, name.size)));
        return VIGIE_E_IO;
      }
      *out = {found->second.data(), found->second.size()};
      return VIGIE_OK;
    };
    host_.reserve = [](void* ctx, std::int64_t delta) -> vigie_status {
      auto& self = *static_cast<harness*>(ctx);
      if (delta > 0 && self.held + delta > self.memory) return VIGIE_E_RESOURCE;
      self.held += delta;
      return VIGIE_OK;
    };
    host_.extension = [](void* ctx, const char* id) -> const void* {
      auto& self = *static_cast<harness*>(ctx);
      return std::string_view(id) == "vigie.spill/0" && self.spills ? self.spill.table() : nullptr;
    };
    if constexpr (requires { made_.component.host; }) made_.component.host = host_services(&host_);
  }

  [[nodiscard]] C& component() { return made_.component; }
  std::map<std::string, std::string> files; // what resource() finds
  std::vector<std::string> log;             // what the component logged
  std::int64_t memory = INT64_MAX;          // bytes that reserve() grants in all
  std::int64_t held = 0;                    // of these, now
  std::uint64_t built_bytes = 0;            // what sealed ports said they hold
  bool spills = true;                       // whether there is a spill at all
  spill_in_memory spill;

  // Binds a transform to the table and runs its rows through one task, in batches of
  // `rows_a_batch`. `built`: what its further ports are given before. Throws vigie::error where a
  // call fails.
  outcome transform(const table& in, std::size_t rows_a_batch = 3,
                    const std::vector<table>& built = {}) {
    std::vector<schema> ports{in.fields};
    for (const table& t : built) ports.push_back(t.fields);
    const vigie_binding b = bind_ports(ports);
    outcome out{.fields = taken_fields(b)};
    for (std::size_t i = 0; i < built.size(); ++i) build(i + 1, built[i], rows_a_batch);
    using tab = detail::transform_table<C>;
    open_task held{tab::table.close};
    void*& task = held.task;
    call([&](vigie_error* e) { return tab::table.open(&made_, &task_, &task, e); });
    sink to{&out, &out.fields};
    const vigie_rows rows{sizeof rows, &to, emit_rows,
                          [](void* c, std::int64_t n) { static_cast<sink*>(c)->out->dropped += n; },
                          reject_row};
    run_batches(in, rows_a_batch, [&](ArrowArray* a) {
      call([&](vigie_error* e) { return tab::table.process(task, a, &rows, e); });
      to.first += static_cast<std::int64_t>(rows_a_batch);
    });
    call([&](vigie_error* e) { return tab::table.finish(task, &rows, e); });
    return out;
  }

  // Decodes one file given as a whole; `wanted` names columns, empty: all.
  outcome decode(std::string_view bytes, const std::vector<std::string>& wanted = {},
                 std::string_view name = "input") {
    using tab = detail::decode_table<C>;
    project<tab>(wanted);
    std::string padded(bytes);
    padded.append(64, '\0');
    const vigie_input in{sizeof in,
                         0,
                         {name.data(), name.size()},
                         {padded.data(), std::min<std::size_t>(bytes.size(), 65536)},
                         1};
    open_task held{tab::table.close};
    void*& task = held.task;
    call([&](vigie_error* e) { return tab::table.open(&made_, &task_, &in, &task, e); });
    outcome out{.fields = projected()};
    sink to{&out, &out.fields};
    const vigie_decoded d = decoded_to(to);
    call([&](vigie_error* e) {
      return tab::table.chunk(task, {padded.data(), bytes.size()}, 0, &d, e);
    });
    return out;
  }

  std::string encode(const table& in, std::size_t rows_a_batch = 3) {
    using tab = detail::encode_table<C>;
    bind_one<tab>(in.fields);
    open_task held{tab::table.close};
    void*& task = held.task;
    call([&](vigie_error* e) { return tab::table.open(&made_, &task_, &task, e); });
    std::string out;
    const vigie_writer w = writer_to(out);
    call([&](vigie_error* e) { return tab::table.head(task, &w, e); });
    run_batches(in, rows_a_batch, [&](ArrowArray* a) {
      call([&](vigie_error* e) { return tab::table.rows(task, a, &w, e); });
    });
    call([&](vigie_error* e) { return tab::table.foot(task, in.rows.size(), &w, e); });
    return out;
  }

  // The row numbers in output order.
  std::vector<std::uint64_t> arrange(const table& in, std::size_t rows_a_batch = 3) {
    using tab = detail::arrange_table<C>;
    bind_one<tab>(in.fields);
    open_task held{tab::table.close};
    void*& task = held.task;
    call([&](vigie_error* e) { return tab::table.open(&made_, &task_, &task, e); });
    std::vector<std::uint64_t> out;
    const vigie_order o{sizeof o, &out,
                        [](void* c, std::uint64_t n, const std::uint64_t* ids) -> vigie_status {
                          static_cast<std::vector<std::uint64_t>*>(c)->insert(
                              static_cast<std::vector<std::uint64_t>*>(c)->end(), ids, ids + n);
                          return VIGIE_OK;
                        }};
    std::uint64_t next = 0;
    bool more = true;
    run_batches(in, rows_a_batch, [&](ArrowArray* a) {
      std::vector<std::uint64_t> ids(static_cast<std::size_t>(a->length));
      for (std::uint64_t& id : ids) id = next++;
      if (!more) return a->release(a);
      more = call([&](vigie_error* e) { return tab::table.take(task, a, ids.data(), &o, e); }) !=
             VIGIE_DONE;
    });
    call([&](vigie_error* e) { return tab::table.end(task, &o, e); });
    return out;
  }

  // Aggregates over several tasks, one per `rows_a_task`, whose partials are merged in order.
  outcome aggregate(const table& in, std::size_t rows_a_task = 4) {
    using tab = detail::aggregate_table<C>;
    const owned_schema s(in.fields);
    owned_schema partial;
    vigie_binding b{};
    b.struct_size = sizeof b;
    std::uint32_t keys = 0;
    call([&](vigie_error* e) {
      return tab::table.bind(&made_, &s.schema, &partial.schema, &keys, &b, e);
    });
    outcome out{.fields = taken_fields(b)};
    open_task held_total{tab::table.close};
    void*& total = held_total.task;
    call([&](vigie_error* e) { return tab::table.open(&made_, &task_, &total, e); });
    sink from{&out, &out.fields};
    const vigie_rows bad{sizeof bad, &from, nullptr, nullptr, reject_row};
    run_batches(in, rows_a_task, [&](ArrowArray* a) {
      open_task held{tab::table.close};
      void*& task = held.task;
      call([&](vigie_error* e) { return tab::table.open(&made_, &task_, &task, e); });
      call([&](vigie_error* e) { return tab::table.update(task, a, &bad, e); });
      from.first += static_cast<std::int64_t>(rows_a_task);
      merger m{this, total};
      const vigie_decoded d{
          sizeof d, &m,
          [](void* c, std::int64_t, ArrowArray* moved, const vigie_span*) -> vigie_status {
            auto& self = *static_cast<merger*>(c);
            self.self->call([&](vigie_error* e) { return tab::table.merge(self.task, moved, e); });
            return VIGIE_OK;
          },
          nullptr};
      while (call([&](vigie_error* e) { return tab::table.partial(task, 2, &d, e); }) !=
             VIGIE_DONE) {
      }
    });
    sink to{&out, &out.fields};
    const vigie_decoded d = decoded_to(to);
    while (call([&](vigie_error* e) { return tab::table.result(total, 2, &d, e); }) != VIGIE_DONE) {
    }
    return out;
  }

  outcome source(const std::vector<std::string>& wanted = {}, std::uint64_t split_bytes = 1024) {
    using tab = detail::source_table<C>;
    project<tab>(wanted);
    ArrowArray splits{};
    call([&](vigie_error* e) { return tab::table.splits(&made_, split_bytes, &splits, e); });
    const schema fields{{.name = "id"}, {.name = "bytes", .kind = kind::int64}};
    const batch list(fields, &splits);
    outcome out{.fields = projected()};
    sink to{&out, &out.fields};
    const vigie_decoded d = decoded_to(to);
    for (std::int64_t i = 0; i < list.size(); ++i) {
      const std::string_view id = list.columns()[0].text(i);
      open_task held{tab::table.close};
      void*& task = held.task;
      call([&](vigie_error* e) {
        return tab::table.open(&made_, &task_, {id.data(), id.size()}, &task, e);
      });
      while (call([&](vigie_error* e) { return tab::table.next(task, 2, &d, e); }) != VIGIE_DONE) {
      }
    }
    return out;
  }

  // Writes into work_dir/file and prepares; returns the receipt.
  std::string sink_to(const table& in, std::string_view work_dir, std::string_view file,
                      std::size_t rows_a_batch = 3) {
    using tab = detail::sink_table<C>;
    bind_one<tab>(in.fields);
    open_task held{tab::table.close};
    void*& task = held.task;
    call([&](vigie_error* e) {
      return tab::table.open(&made_, &task_, {work_dir.data(), work_dir.size()},
                             {file.data(), file.size()}, &task, e);
    });
    run_batches(in, rows_a_batch, [&](ArrowArray* a) {
      call([&](vigie_error* e) { return tab::table.write(task, a, nullptr, e); });
    });
    std::string receipt;
    const vigie_writer w = writer_to(receipt);
    call([&](vigie_error* e) { return tab::table.prepare(task, &w, e); });
    held.reset();
    const vigie_bytes r{receipt.data(), receipt.size()};
    call([&](vigie_error* e) { return tab::table.commit(&made_, 1, &r, e); });
    return receipt;
  }

private:
  struct sink {
    outcome* out;
    const schema* fields;
    std::int64_t first = 0; // row of the table at which the batch at hand starts
  };
  struct merger {
    harness* self;
    void* task;
  };

  struct open_task { // closes it, also where a call throws
    void (*close)(void*);
    void* task = nullptr;
    ~open_task() { reset(); }
    void reset() {
      if (task != nullptr) close(std::exchange(task, nullptr));
    }
  };

  template <class F> vigie_status call(F&& f) {
    vigie_error e{};
    e.struct_size = sizeof e;
    e.param = e.item = -1;
    e.offset = e.row = -1;
    const vigie_status s = f(&e);
    if (s < 0)
      throw error(s, e.message).at_param(e.param, e.item, e.offset).at_row(e.row, e.column);
    return s;
  }
  static vigie_status emit_rows(void* c, std::int64_t n, ArrowArray* moved,
                                const std::int32_t* parents, const vigie_span* spans) {
    auto& to = *static_cast<sink*>(c);
    collect(*to.fields, moved, n, *to.out);
    for (std::int64_t i = 0; i < n && parents != nullptr; ++i)
      to.out->parents.push_back(static_cast<std::int32_t>(to.first) + parents[i]);
    if (spans != nullptr) to.out->spans.insert(to.out->spans.end(), spans, spans + n);
    return VIGIE_OK;
  }
  static void reject_row(void* c, std::int64_t r, vigie_status, vigie_str column, vigie_str why) {
    auto& to = *static_cast<sink*>(c);
    to.out->rejects.push_back({to.first + r, {}, {column.data, column.size}, {why.data, why.size}});
  }
  static vigie_decoded decoded_to(sink& to) {
    return {sizeof(vigie_decoded), &to,
            [](void* c, std::int64_t n, ArrowArray* moved, const vigie_span* spans) {
              return emit_rows(c, n, moved, nullptr, spans);
            },
            [](void* c, vigie_span where, vigie_status, vigie_str column, vigie_str why) {
              static_cast<sink*>(c)->out->rejects.push_back(
                  {-1, where, {column.data, column.size}, {why.data, why.size}});
            }};
  }
  static vigie_writer writer_to(std::string& out) {
    return {sizeof(vigie_writer), &out,
            [](void* c, const void* p, std::uint64_t n) -> vigie_status {
              static_cast<std::string*>(c)->append(static_cast<const char*>(p), n);
              return VIGIE_OK;
            }};
  }
  vigie_binding bind_ports(std::vector<schema> ports) {
    std::vector<owned_schema> made;
    for (const schema& p : ports) made.emplace_back(p);
    std::vector<const ArrowSchema*> pointers;
    for (const owned_schema& m : made) pointers.push_back(&m.schema);
    vigie_binding b{};
    b.struct_size = sizeof b;
    call([&](vigie_error* e) {
      return detail::transform_table<C>::table.bind(
          &made_, static_cast<std::uint32_t>(ports.size()), pointers.data(), &b, e);
    });
    return b;
  }
  // Hands a table to a port that is delivered whole.
  void build(std::size_t port, const table& in, std::size_t rows_a_batch) {
    if constexpr (requires(C& c) { c.seal(0U); }) {
      const auto number = static_cast<std::uint32_t>(port);
      using tab = detail::build_table<C>;
      for (std::size_t at = 0; at < in.rows.size(); at += rows_a_batch) {
        ArrowArray a{};
        make(in, made_.needs[port].positions, at, std::min(rows_a_batch, in.rows.size() - at), &a);
        call([&](vigie_error* e) { return tab::table.add(&made_, number, &a, e); });
      }
      std::uint64_t bytes = 0;
      call([&](vigie_error* e) { return tab::table.seal(&made_, number, &bytes, e); });
      built_bytes += bytes;
    }
  }
  template <class Table> void bind_one(const schema& fields) {
    const owned_schema s(fields);
    vigie_binding b{};
    b.struct_size = sizeof b;
    call([&](vigie_error* e) { return Table::table.bind(&made_, &s.schema, &b, e); });
    b.adds.release(&b.adds);
  }
  static schema taken_fields(vigie_binding b) {
    schema s = from_arrow(b.adds).children;
    b.adds.release(&b.adds);
    return s;
  }
  template <class Table> void project(const std::vector<std::string>& names) {
    owned_schema s;
    call([&](vigie_error* e) { return Table::table.bind(&made_, &s.schema, e); });
    std::vector<std::int32_t> wanted;
    for (std::size_t i = 0; i < made_.all.size(); ++i)
      if (names.empty()) wanted.push_back(static_cast<std::int32_t>(i));
    for (const std::string& n : names) wanted.push_back(find_field(made_.all, n));
    call([&](vigie_error* e) {
      return Table::table.project(&made_, wanted.data(), static_cast<std::uint32_t>(wanted.size()),
                                  e);
    });
  }
  schema projected() const {
    schema out;
    for (const std::int32_t w : made_.wanted) out.push_back(made_.all[static_cast<std::size_t>(w)]);
    return out;
  }
  template <class F> void run_batches(const table& in, std::size_t rows_a_batch, F&& each) {
    for (std::size_t at = 0; at < in.rows.size(); at += rows_a_batch) {
      ArrowArray a{};
      make(in, made_.needs[0].positions, at, std::min(rows_a_batch, in.rows.size() - at), &a);
      each(&a);
    }
  }

  vigie_host host_{};
  vigie_task task_{sizeof(vigie_task), 1, {"step", 4}};
  detail::instance<C> made_;
};

} // namespace vigie::testing
#pragma GCC visibility pop
