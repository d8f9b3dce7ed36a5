// SPDX-License-Identifier: MIT-0
// What a component is made of: its `about`, the binding of columns, the rows it gets and the rows
// it gives. A component class derives from one of the kinds (decode, transform, arrange, aggregate,
// encode, source, sink), has a static `about`, `params`, `bind`, and the work of its kind. Where it
// needs state over the calls of a split it has a nested `struct task`; else the work stands on the
// component itself, const, and runs on many threads at once.
#pragma once

#include "builder.hpp"
#include "params.hpp"

#include <algorithm>
#include <concepts>
#include <optional>
#include <span>

#pragma GCC visibility push(hidden)
namespace vigie {

enum class rows : std::uint8_t {
  same = VIGIE_ROWS_SAME,
  some = VIGIE_ROWS_SOME,
  many = VIGIE_ROWS_MANY
};
enum class keep : std::uint8_t {
  all = VIGIE_KEEP_ALL,
  none = VIGIE_KEEP_NONE,
  listed = VIGIE_KEEP_LISTED
};
enum class parallel : std::uint8_t {
  stateless = VIGIE_STATELESS,
  ordered = VIGIE_ORDERED,
  partitioned = VIGIE_PARTITIONED,
  single = VIGIE_SINGLE
};
enum class records : std::uint8_t {
  lines = VIGIE_RECORDS_LINES,
  file = VIGIE_RECORDS_FILE,
  own = VIGIE_RECORDS_OWN
};

struct about {
  const char* name = "";    // "family.verb_object"
  const char* summary = ""; // one line
  const char* doc = "";     // Markdown
  vigie::rows rows = vigie::rows::same;
  vigie::keep keep = vigie::keep::all;
  vigie::parallel parallel = vigie::parallel::stateless;
  vigie::records records = vigie::records::lines; // decoders
  bool deterministic = true;
  const char* const* ports = nullptr; // names of the input ports, NULL-ended; one port has no name
  bool fills = false; // inputs read together may differ in their columns (VIGIE_F_FILLS)
};

struct decode {};
struct transform {};
struct arrange {};
struct aggregate {};
struct encode {};
struct source {};
struct sink {};

namespace detail {
// A call of the host that fails through a vigie_error; what it reports is thrown.
template <class F> void call_host(F&& f) {
  vigie_error e{};
  e.struct_size = sizeof e;
  e.param = e.item = -1;
  e.offset = e.row = -1;
  if (const vigie_status s = f(&e); s < 0)
    throw error(s, e.message).at_param(e.param, e.item, e.offset);
}
} // namespace detail

// ---- scratch files -----------------------------------------------------------------------------
// Bytes of a task that do not fit into memory. The file goes with the object; one thread at a time.
// Failures are thrown: E_IO where the disk is full or does not return what was asked for.
class spill_file {
public:
  explicit spill_file(const vigie_spill_0* table) : table_(table) {
    detail::call_host([&](vigie_error* e) { return table_->create(table_->ctx, &file_, e); });
  }
  spill_file(spill_file&& o) noexcept
      : table_(std::exchange(o.table_, nullptr)), file_(o.file_), size_(o.size_) {}
  spill_file& operator=(spill_file&& o) noexcept {
    std::swap(table_, o.table_);
    std::swap(file_, o.file_);
    std::swap(size_, o.size_);
    return *this;
  }
  ~spill_file() {
    if (table_ != nullptr) table_->drop(table_->ctx, file_);
  }

  void append(std::string_view bytes) {
    detail::call_host([&](vigie_error* e) {
      return table_->append(table_->ctx, file_, bytes.data(), bytes.size(), e);
    });
    size_ += bytes.size();
  }
  // Fills `to` with the bytes from `offset` on.
  void read(std::uint64_t offset, std::span<char> to) const {
    detail::call_host([&](vigie_error* e) {
      return table_->read(table_->ctx, file_, offset, to.data(), to.size(), e);
    });
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }

private:
  const vigie_spill_0* table_;
  std::uint64_t file_ = 0, size_ = 0;
};

// Makes scratch files.
class spill {
public:
  explicit spill(const vigie_spill_0* table) : table_(table) {}
  [[nodiscard]] spill_file file() const { return spill_file(table_); }

private:
  const vigie_spill_0* table_;
};

// ---- host services, for components that derive from a kind and want them: `host` is set before
// params and bind ----------
class host_services {
public:
  host_services() = default;
  explicit host_services(const vigie_host* h) : host_(h) {}
  void log(int level, std::string_view text) const {
    host_->log(host_->ctx, level, {text.data(), text.size()});
  }
  void warn(std::string_view text) const { log(VIGIE_LOG_WARNING, text); }
  [[nodiscard]] bool cancelled() const { return host_->cancelled(host_->ctx) != 0; }
  // To be called now and then by tasks that work for long without the host.
  void stop_if_cancelled() const {
    if (cancelled()) throw error(VIGIE_E_CANCELLED, "the run was asked to stop");
  }
  // The bytes of a file named by a path parameter of this step, or of the plugin's share folder.
  // Valid as long as the component. Throws where it cannot be read.
  [[nodiscard]] std::string_view resource(std::string_view name) const {
    vigie_bytes out{};
    detail::call_host([&](vigie_error* e) {
      return host_->resource(host_->ctx, {name.data(), name.size()}, &out, e);
    });
    return {static_cast<const char*>(out.data), out.size};
  }
  [[nodiscard]] bool reserve(std::int64_t delta) const {
    return host_->reserve(host_->ctx, delta) >= 0;
  }
  // Where to put what `reserve` was refused for; nothing where there is no room on disk either. To
  // be asked for by tasks.
  [[nodiscard]] std::optional<vigie::spill> spill() const {
    if (host_->extension == nullptr) return std::nullopt;
    const auto* table =
        static_cast<const vigie_spill_0*>(host_->extension(host_->ctx, "vigie.spill/0"));
    if (table == nullptr || table->struct_size < sizeof(vigie_spill_0)) return std::nullopt;
    return vigie::spill(table);
  }

private:
  const vigie_host* host_ = nullptr;
};

// ---- binding -----------------------------------------------------------------------------------
struct need { // a column a component reads; index of its reader in the batch
  int index = -1;
};
struct add { // a column a component makes; index of its builder
  int index = -1;
};

// Handed to `bind(vigie::binding&)`: the schema of the input is known, no row is. Says which
// columns are needed and added.
class binding {
public:
  binding(std::vector<schema> inputs, vigie::rows r, vigie::keep k)
      : rows_(r), keep_(k), inputs_(std::move(inputs)), ports_(inputs_.size()) {}

  [[nodiscard]] const schema& input(std::size_t port = 0) const { return inputs_[port]; }
  [[nodiscard]] std::size_t ports() const { return inputs_.size(); }

  // A column by name; with kinds given, it must be of one of them. Throws with the parameter's
  // place where it is missing.
  need column(const column_name& name, std::initializer_list<kind> kinds = {},
              std::size_t port = 0) {
    const int found = find_field(inputs_[port], name.value);
    if (found < 0)
      throw name.wrong(VIGIE_E_SCHEMA, "there is no column '" + name.value +
                                           "' in the input; it has " + list(port));
    const field& f = inputs_[port][static_cast<std::size_t>(found)];
    if (kinds.size() > 0 && std::find(kinds.begin(), kinds.end(), f.kind) == kinds.end())
      throw name.wrong(VIGIE_E_SCHEMA, "column '" + name.value + "' is " + describe(f) +
                                           "; wanted is " + names(kinds));
    return at(found, port);
  }
  need column(const char* name, std::initializer_list<kind> kinds = {}, std::size_t port = 0) {
    return column(column_name(name), kinds, port);
  }
  // A column by its position in input(port).
  need at(int position, std::size_t port = 0) {
    port_needs& p = ports_[port];
    p.positions.push_back(position);
    p.fields.push_back(inputs_[port][static_cast<std::size_t>(position)]);
    return {static_cast<int>(p.positions.size()) - 1};
  }
  // The row's place in its input: struct<offset: int64, length: int32, file: int32>.
  need origin() {
    port_needs& p = ports_[0];
    p.positions.push_back(VIGIE_NEED_ORIGIN);
    p.fields.push_back(struct_of("origin", {{.name = "offset", .kind = kind::int64},
                                            {.name = "length", .kind = kind::int32},
                                            {.name = "file", .kind = kind::int32}}));
    return {static_cast<int>(p.positions.size()) - 1};
  }
  void all(std::size_t port = 0) {
    for (std::size_t i = 0; i < inputs_[port].size(); ++i) at(static_cast<int>(i), port);
  }
  add adds(field f) {
    adds_.push_back(std::move(f));
    return {static_cast<int>(adds_.size()) - 1};
  }
  // With keep::listed: this input column stands in the output, under this name. Costs nothing: no
  // cell is read or copied.
  void keeps(int position, std::string name) {
    kept_.push_back(position);
    kept_names_.push_back(std::move(name));
  }
  // The port is delivered whole, through build(), before any task runs.
  void build_port(std::size_t port) { ports_[port].build = true; }
  void set_rows(vigie::rows r) { rows_ = r; }
  void set_keep(vigie::keep k) { keep_ = k; }

  // Used by the SDK.
  struct port_needs {
    std::vector<std::int32_t> positions;
    schema fields;
    bool build = false;
  };
  [[nodiscard]] const std::vector<port_needs>& needs() const { return ports_; }
  [[nodiscard]] const schema& added() const { return adds_; }
  [[nodiscard]] const std::vector<std::int32_t>& kept() const { return kept_; }
  [[nodiscard]] const std::vector<std::string>& kept_names() const { return kept_names_; }
  [[nodiscard]] vigie::rows row_rule() const { return rows_; }
  [[nodiscard]] vigie::keep keep_rule() const { return keep_; }

private:
  [[nodiscard]] std::string list(std::size_t port) const {
    std::string out;
    for (const field& f : inputs_[port]) out += (out.empty() ? "" : ", ") + f.name;
    return out.empty() ? "no columns" : out;
  }
  static std::string names(std::initializer_list<kind> kinds) {
    std::string out;
    for (const kind k : kinds) out += (out.empty() ? "" : " or ") + std::string(name_of(k));
    return out;
  }

  vigie::rows rows_;
  vigie::keep keep_;
  std::vector<schema> inputs_;
  std::vector<port_needs> ports_;
  schema adds_;
  std::vector<std::int32_t> kept_;
  std::vector<std::string> kept_names_;
};

// An aggregate also says what its partial state looks like; the first `keys` columns of it are the
// key.
class aggregate_binding : public binding {
public:
  using binding::binding;
  need key(field f) {
    ++keys_;
    return partial(std::move(f));
  }
  need partial(field f) {
    partial_.push_back(std::move(f));
    return {static_cast<int>(partial_.size()) - 1};
  }
  [[nodiscard]] const schema& partial_schema() const { return partial_; }
  [[nodiscard]] std::uint32_t keys() const { return keys_; }

private:
  schema partial_;
  std::uint32_t keys_ = 0;
};

// ---- rows in -----------------------------------------------------------------------------------
// A batch a component was given: the columns it said it needs. Owns the Arrow array.
class batch {
public:
  batch(const schema& fields, ArrowArray* moved) : array_(*moved) {
    moved->release = nullptr;
    columns_.reserve(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i)
      columns_.emplace_back(fields[i], *array_.children[i]);
  }
  batch(const batch&) = delete;
  batch& operator=(const batch&) = delete;
  batch(batch&& o) noexcept : array_(o.array_), columns_(std::move(o.columns_)) {
    o.array_.release = nullptr;
  }
  batch& operator=(batch&&) = delete;
  ~batch() {
    if (array_.release != nullptr) array_.release(&array_);
  }
  [[nodiscard]] std::int64_t size() const { return array_.length; }
  [[nodiscard]] const vigie::column& operator[](need n) const {
    return columns_[static_cast<std::size_t>(n.index)];
  }
  [[nodiscard]] const std::vector<vigie::column>& columns() const { return columns_; }

private:
  ArrowArray array_;
  std::vector<vigie::column> columns_;
};

namespace detail {
inline void check(vigie_status s, const char* what) {
  if (s < 0) throw error(s, what);
}
inline vigie_str str(std::string_view s) { return {s.data(), s.size()}; }
} // namespace detail

// ---- rows out ----------------------------------------------------------------------------------
// Where a transform puts its rows.
//   same: append one cell per input row to every added column, in order.
//   some, many: row(parent) for each output row, and one cell to every added column; drop() for
//   input rows without any.
class output {
public:
  output(const schema& adds, vigie::rows rule) : rule_(rule) {
    for (const field& f : adds) builders_.emplace_back(f);
  }
  [[nodiscard]] builder& operator[](add a) { return builders_[static_cast<std::size_t>(a.index)]; }

  void row(std::int64_t parent) { parents_.push_back(static_cast<std::int32_t>(parent)); }
  // As row(parent) for each, at the cost of copying them.
  void rows(std::span<const std::int32_t> parents) {
    parents_.insert(parents_.end(), parents.begin(), parents.end());
  }
  // The row's place within its parent's; for components that know more exactly which bytes a row
  // comes from.
  void row(std::int64_t parent, vigie_span narrower) {
    row(parent);
    spans_.push_back(narrower);
  }
  void drop(std::int64_t rows = 1) { to_->dropped(to_->ctx, rows); }

  // The row is bad: it goes to the step's error port. With `same`, its missing cells are filled
  // with nulls.
  void reject(std::int64_t in_row, std::string_view column, std::string_view why) {
    to_->reject(to_->ctx, in_row, VIGIE_E_DATA, detail::str(column), detail::str(why));
    if (rule_ != vigie::rows::same) return;
    for (builder& b : builders_)
      while (b.size() <= in_row) b.null();
  }

  // Hands over what has been made so far. Called by the SDK after process(); call it yourself when
  // an output batch of a `many` component grows large (16 Ki rows).
  void flush() {
    const auto n =
        rule_ == vigie::rows::same ? rows_in_ : static_cast<std::int64_t>(parents_.size());
    if (n == 0 && rule_ != vigie::rows::same) return;
    for (const builder& b : builders_)
      if (b.size() != n)
        throw error(VIGIE_E_INTERNAL, "a column got " + std::to_string(b.size()) + " cells for " +
                                          std::to_string(n) + " rows");
    std::vector<ArrowArray> columns(builders_.size());
    for (std::size_t i = 0; i < builders_.size(); ++i) builders_[i].finish(&columns[i]);
    ArrowArray made{};
    if (!columns.empty()) make_batch(std::move(columns), n, &made);
    const bool same = rule_ == vigie::rows::same;
    detail::check(to_->emit(to_->ctx, n, made.release == nullptr ? nullptr : &made,
                            same ? nullptr : parents_.data(),
                            spans_.empty() ? nullptr : spans_.data()),
                  "the host did not take the rows");
    parents_.clear();
    spans_.clear();
  }

  // Used by the SDK.
  void start(const vigie_rows* to, std::int64_t rows_in) {
    to_ = to;
    rows_in_ = rows_in;
  }

private:
  vigie::rows rule_;
  const vigie_rows* to_ = nullptr;
  std::int64_t rows_in_ = 0;
  std::vector<builder> builders_;
  std::vector<std::int32_t> parents_;
  std::vector<vigie_span> spans_;
};

// Where a decoder, a source or an aggregate's partial and result put their rows: one cell to each
// column, then row().
class decoded {
public:
  // `all`: every column the component can give; `wanted`: positions of those the host asked for, in
  // its order.
  decoded(const schema& all, std::span<const std::int32_t> wanted) : slots_(all.size(), -1) {
    for (const std::int32_t w : wanted) {
      slots_[static_cast<std::size_t>(w)] = static_cast<int>(builders_.size());
      builders_.emplace_back(all[static_cast<std::size_t>(w)]);
    }
  }
  // Whether anyone reads column i of the component's schema. Do not parse what nobody wants.
  [[nodiscard]] bool wants(std::size_t i) const { return slots_[i] >= 0; }
  [[nodiscard]] builder& operator[](std::size_t i) {
    return slots_[i] >= 0 ? builders_[static_cast<std::size_t>(slots_[i])] : unwanted_;
  }

  void row() { ++n_; }
  // n rows whose cells were filled at once (builder::fixed); they have no place in an input.
  void rows_made(std::int64_t n) { n_ += n; }
  void row(std::int64_t offset, std::int64_t length) {
    ++n_;
    spans_.push_back({offset, static_cast<std::int32_t>(length), file_});
    if (n_ >= rows_a_batch) flush();
  }
  void reject(std::int64_t offset, std::int64_t length, std::string_view column,
              std::string_view why) {
    to_->reject_at(to_->ctx, {offset, static_cast<std::int32_t>(length), file_}, VIGIE_E_DATA,
                   detail::str(column), detail::str(why));
  }
  [[nodiscard]] std::int64_t rows() const { return n_; }

  void flush() {
    if (n_ == 0) return;
    std::vector<ArrowArray> columns(builders_.size());
    for (std::size_t i = 0; i < builders_.size(); ++i) {
      if (builders_[i].size() != n_)
        throw error(VIGIE_E_INTERNAL, "a column got " + std::to_string(builders_[i].size()) +
                                          " cells for " + std::to_string(n_) + " rows");
      builders_[i].finish(&columns[i]);
    }
    ArrowArray made{};
    make_batch(std::move(columns), n_, &made);
    detail::check(to_->emit(to_->ctx, n_, &made, spans_.empty() ? nullptr : spans_.data()),
                  "the host did not take the rows");
    n_ = 0;
    spans_.clear();
  }

  // Used by the SDK.
  static constexpr std::int64_t rows_a_batch = 16 * 1024;
  void start(const vigie_decoded* to, std::int32_t file, std::string_view base = {}) {
    to_ = to;
    file_ = file;
    for (builder& b : builders_)
      if (base.data() != nullptr) b.view_into(base.data(), base.size());
  }

private:
  std::vector<int> slots_;
  std::vector<builder> builders_;
  builder unwanted_;
  const vigie_decoded* to_ = nullptr;
  std::int32_t file_ = -1;
  std::int64_t n_ = 0;
  std::vector<vigie_span> spans_;
};

// Whole records of one input. `offset` is the place of its first byte in the input.
struct chunk {
  std::string_view bytes;
  std::int64_t offset = 0;

  // Calls each(line, offset) for every line, without its \n (and \r before it).
  template <class F> void lines(F&& each) const {
    for (std::size_t at = 0; at < bytes.size();) {
      std::size_t end = bytes.find('\n', at);
      const std::size_t next = end == std::string_view::npos ? bytes.size() : end + 1;
      end = next - (end == std::string_view::npos ? 0 : 1);
      const std::size_t trimmed = end > at && bytes[end - 1] == '\r' ? end - 1 : end;
      each(bytes.substr(at, trimmed - at), offset + static_cast<std::int64_t>(at));
      at = next;
    }
  }
};

struct input { // one file, as its decoder sees it
  std::string_view name;
  std::string_view head; // first bytes, behind a byte order mark
  std::int32_t file = -1;
  bool begins = false; // this split begins the input
};

// Bytes out of an encoder or a receipt.
class writer {
public:
  explicit writer(const vigie_writer* to) : to_(to) {}
  void write(std::string_view bytes) {
    detail::check(to_->write(to_->ctx, bytes.data(), bytes.size()),
                  "the host did not take the bytes");
  }

private:
  const vigie_writer* to_;
};

// Row ids out of an arrange.
class order {
public:
  explicit order(const vigie_order* to) : to_(to) {}
  void emit(std::span<const std::uint64_t> ids) {
    detail::check(to_->emit(to_->ctx, ids.size(), ids.data()), "the host did not take the order");
  }

private:
  const vigie_order* to_;
};

struct task_info {
  std::uint64_t seed = 0;
  std::string_view step;
};

struct source_split {
  std::string id;
  std::int64_t bytes = 0; // estimated size
};

} // namespace vigie
#pragma GCC visibility pop
