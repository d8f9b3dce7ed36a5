// SPDX-License-Identifier: Apache-2.0
// A pipeline bound to its components: every column after every step is known, every reader asked
// for just the columns that someone reads, and the steps cut into stages. Made by build() without
// opening a data file; read by `vigie plan`, run by exec. [main] thread; read-only while tasks run.
//
// A stage is what one task does with one split without waiting for others: it starts at an origin
// (a reader, or the output of a step that needed all its input first) and flows through streaming
// steps. It ends at sinks and at the inboxes of steps that need their input in order or whole.
#pragma once

#include "base/memory.hpp"
#include "config/pipeline.hpp"
#include "file_names.hpp"
#include "instance.hpp"

#include <vigie/component.hpp>

#include <memory>
#include <optional>
#include <set>

namespace vigie::plan {

// Rows of one step's port into another step.
struct edge {
  std::size_t from = 0;
  bool errors = false;
  std::vector<int> map;      // position in the source for each column of the port; -1: it lacks it
  std::vector<bool> convert; // the layout, or the width of whole numbers, differs from the port's
  std::vector<bool> fill = {}; // the source lacks the column and somebody reads it: it is null
};

struct input_port {
  std::string name;        // empty: the only one
  std::vector<edge> edges; // more than one: a union, in this order
  schema fields;           // of the rows that arrive
  std::vector<int>
      needs; // positions in `fields` the component is handed, VIGIE_NEED_ORIGIN among them
  std::vector<std::string> formats; // wanted text layout of each need; empty: as it is
  bool build = false;
};

// A column a step gives out: carried from its input, or added by the component.
struct output_column {
  int carried = -1; // position in port 0
  int added = -1;   // position in `adds`
};

struct consumer {
  std::size_t step = 0, port = 0, edge = 0;
};

// How a step takes its rows.
enum class intake : std::uint8_t {
  origin,    // a reader takes none
  streaming, // batch by batch, in the task of the split
  inbox,     // in input order, one batch after the other
};

struct step_plan {
  std::string name;
  std::size_t index = 0; // in plan::steps
  const vigie::step* doc = nullptr;
  std::shared_ptr<instance> made; // shared so that a test may run parts of a plan
  loader::component_kind kind = loader::component_kind::transform;
  intake takes = intake::streaming;
  std::vector<input_port> ports;
  vigie::rows rows = vigie::rows::same;
  schema adds;   // as the component declares them
  schema fields; // of the rows it gives out
  std::vector<output_column> columns;
  std::vector<bool> live;      // columns of `fields` that someone reads
  std::vector<int> projection; // readers: columns asked for, ascending
  schema partial;              // aggregates
  std::size_t keys = 0;        // of these, the first columns are the key of a group
  std::vector<consumer> consumers, error_consumers;
  std::vector<std::string> files; // readers: patterns
  std::string file; // writers: relative to the output folder; with {columns}, what was written
  std::vector<name_piece> file_name; // encoders: `file` in pieces
  std::int64_t split_size = 0;       // encoders: bytes of a part before compression; 0: one file
  std::int64_t max_partitions = 0;
  std::string compression = "auto", archive = "auto", encoding = "auto";
  std::int64_t max_record = 0;
  bool active = true; // takes part in this run

  [[nodiscard]] bool is_reader() const { return loader::is_reader(kind); }
  [[nodiscard]] bool is_writer() const { return loader::is_writer(kind); }
  [[nodiscard]] bool is_partitioned() const { return names_columns(file_name); }
  [[nodiscard]] bool writes_many_files() const { return split_size > 0 || is_partitioned(); }
  [[nodiscard]] bool is_breaker() const {
    return kind == loader::component_kind::arrange || kind == loader::component_kind::aggregate;
  }
};

// Where rows start; in the order they run.
struct stage {
  std::vector<std::size_t> origins;   // readers or given steps, or one breaker or ordered step
  std::vector<std::size_t> streaming; // steps it flows through, ascending
  std::vector<std::size_t> inboxes;   // steps it feeds that take rows in order, ascending
};

struct plan {
  const pipeline* doc = nullptr;
  std::string out;                 // output folder
  std::vector<scope_param> params; // values of the pipeline's parameters
  std::vector<step_plan> steps;    // in the order of the file
  std::vector<stage> stages;
  std::set<std::string> collect; // steps whose rows are wanted
};

struct build_options {
  std::set<std::string> given = {}; // steps whose rows are supplied from outside (tests)
  std::set<std::string> collect =
      {}; // steps whose rows are wanted (show, tests); nothing else runs then
  // Everything runs as in a run, the writers only as far as their rows: what is read, and so what
  // is rejected, stays the same (trace).
  bool whole = false;
};

// Binds `doc` to components of `catalog`. Problems go to `out` with places; nothing comes back
// where one is an error. `doc`, `values` and `shared` must outlive the plan.
[[nodiscard]] std::optional<plan> build(const pipeline& doc, const scope& values,
                                        loader::catalog& catalog, const services& shared,
                                        const build_options& options, diagnostics& out);

// The fixed schema of an error port.
[[nodiscard]] schema error_schema(bool keep_row);

// The parameters the host adds to a component's own: files and the like.
[[nodiscard]] std::vector<param_spec> host_params(const loader::component_info& c);

// The type in the host: dictionaries written out.
[[nodiscard]] field host_field(field f);

} // namespace vigie::plan
