// SPDX-License-Identifier: Apache-2.0
// Binding components to the columns they are given, and the columns after each step.
#include "build.hpp"
#include "sensitive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace vigie::plan::parts {
namespace {

using loader::component_kind;

struct owned_binding {
  vigie_binding b{};
  owned_binding() { b.struct_size = sizeof b; }
  owned_binding(const owned_binding&) = delete;
  owned_binding& operator=(const owned_binding&) = delete;
  ~owned_binding() {
    if (b.adds.release != nullptr) b.adds.release(&b.adds);
  }
};

diagnostic broke(const step_plan& s, const std::string& what) {
  return fail(code::plugin_broke_contract, fmt::format("{}: {}", s.doc->use, what))
      .help("this is a fault of the plugin; tell its author");
}

// The component's schema as the component declared it. Throws nothing.
result<schema> read_schema(const step_plan& s, const ArrowSchema& from) {
  try {
    if (from.release == nullptr) return broke(s, "bind reported success and gave no schema");
    const field f = from_arrow(from);
    if (f.kind != kind::structure) return broke(s, "its schema is not a struct");
    for (std::size_t i = 0; i < f.children.size(); ++i)
      if (f.children[i].name.empty() ||
          find_field(f.children, f.children[i].name) != static_cast<int>(i))
        return broke(s, fmt::format("its schema has column '{}' twice or without a name",
                                    f.children[i].name));
    return f.children;
  } catch (const error& e) {
    return broke(s, e.message);
  }
}

schema host_schema(const schema& declared) {
  schema out;
  for (const field& f : declared) out.push_back(host_field(f));
  return out;
}

// ---- what arrives at a port --------------------------------------------------------------------

// Why two columns of one name cannot become one, or nothing. Components that fill take whole
// numbers of different widths as int64.
std::string clash(const field& a, const field& b, bool fills) {
  const bool same = a.extension == b.extension;
  if (same && a.same_type(b)) return {};
  const std::string both = fmt::format("column '{}' is {} in the first and {} in the second",
                                       a.name, describe(a), describe(b));
  if (!fills || !same || !a.extension.empty() || !is_integer(a.kind) || !is_integer(b.kind))
    return both;
  if (a.kind == kind::uint64 || b.kind == kind::uint64)
    return both + ", and no whole number holds both; cast one of them with core.derive";
  return {};
}

std::string difference(const schema& a, const schema& b) {
  for (const field& f : a) {
    const int at = find_field(b, f.name);
    if (at < 0) return fmt::format("the second lacks column '{}'", f.name);
    const field& other = b[static_cast<std::size_t>(at)];
    if (std::string why = clash(f, other, false); !why.empty()) return why;
  }
  for (const field& f : b)
    if (find_field(a, f.name) < 0) return fmt::format("the first lacks column '{}'", f.name);
  return {};
}

bool same_layout(const field& a, const field& b) {
  if (a.format != b.format) return false;
  for (std::size_t i = 0; i < a.children.size(); ++i)
    if (!same_layout(a.children[i], b.children[i])) return false;
  return true;
}

// What is sensitive in one input of a union is so in the union.
void keep_mask(field& to, const field& from) {
  to.sensitive = to.sensitive || from.sensitive;
  for (std::size_t i = 0; i < to.children.size(); ++i) keep_mask(to.children[i], from.children[i]);
}

struct mismatch {
  std::string with; // the step that is at odds with another
  std::string why;
};

// Takes the columns of one more input into those of a port that fills. `before`: the inputs so far.
std::optional<mismatch> widen(schema& to, const schema& from, const std::vector<schema>& before,
                              const work& w, const input_port& port) {
  for (const field& f : from) {
    const int at = find_field(to, f.name);
    if (at < 0) {
      to.push_back(f);
      continue;
    }
    for (std::size_t e = 0; e < before.size(); ++e) {
      const int there = find_field(before[e], f.name);
      if (there < 0) continue;
      if (std::string why = clash(before[e][static_cast<std::size_t>(there)], f, true);
          !why.empty())
        return mismatch{w.made.steps[port.edges[e].from].name, std::move(why)};
    }
    field& wide = to[static_cast<std::size_t>(at)];
    if (wide.kind == f.kind) continue;
    wide.kind = kind::int64;
    wide.format = "l";
  }
  return std::nullopt;
}

void map_edge(input_port& port, edge& from, const schema& fields) {
  for (field& f : port.fields) {
    const int at = find_field(fields, f.name);
    from.map.push_back(at);
    from.convert.push_back(at >= 0 && !same_layout(f, fields[static_cast<std::size_t>(at)]));
    if (at >= 0) keep_mask(f, fields[static_cast<std::size_t>(at)]);
  }
}

bool gather_port(work& w, step_plan& s, input_port& port) {
  const bool fills = s.made->ref().info->fills;
  std::vector<schema> arriving;
  for (std::size_t e = 0; e < port.edges.size(); ++e) {
    const edge& from = port.edges[e];
    const step_plan& source = w.made.steps[from.from];
    if (!from.errors && !w.sound[from.from]) return false;
    const schema fields = from.errors ? error_schema(source.doc->errors.keep_row) : source.fields;
    std::optional<mismatch> odds;
    if (e == 0)
      port.fields = fields;
    else if (fills)
      odds = widen(port.fields, fields, arriving, w, port);
    else if (std::string why = difference(port.fields, fields); !why.empty())
      odds = mismatch{w.made.steps[port.edges[0].from].name, std::move(why)};
    if (odds) {
      const auto& refs = s.doc->inputs;
      w.wrong(s.index, fail(code::plan_union_mismatch,
                            fmt::format("'{}' and '{}' cannot be read together: {}", odds->with,
                                        source.name, odds->why))
                           .at(w.at(e < refs.size() ? refs[e].at : s.doc->at))
                           .help(fills ? "bring the column to one type with core.derive"
                                       : "bring them to the same columns with core.select, or "
                                         "read them with core.union"));
      return false;
    }
    arriving.push_back(fields);
  }
  for (std::size_t e = 0; e < port.edges.size(); ++e) map_edge(port, port.edges[e], arriving[e]);
  return true;
}

// ---- what a component answered -----------------------------------------------------------------

status take_ports(step_plan& s, const vigie_binding& b) {
  if (b.n_ports != s.ports.size() || (b.n_ports > 0 && b.ports == nullptr))
    return broke(s, fmt::format("it bound {} ports of {}", b.n_ports, s.ports.size()));
  for (std::size_t p = 0; p < s.ports.size(); ++p) {
    const vigie_port* port = b.ports[p];
    if (port == nullptr || port->struct_size < sizeof(vigie_port) ||
        (port->n_needs > 0 && port->needs == nullptr))
      return broke(s, "a port of its binding is incomplete");
    if (port->n_needs > 100'000) return broke(s, "it needs an impossible number of columns");
    s.ports[p].build = port->build != 0;
    if (s.ports[p].build != (p > 0))
      return broke(
          s,
          p > 0
              ? "an input port behind the first is not delivered whole; only the first one streams"
              : "its first input port is to be delivered whole; it must stream");
    if (p > 0 && s.kind != component_kind::transform)
      return broke(s, "only a transform may have a second input port");
    if (port->build != 0 && s.made->iface<vigie_build_0>("vigie.build/0") == nullptr)
      return broke(s, "it has a build port and no vigie.build/0");
    for (std::uint32_t i = 0; i < port->n_needs; ++i) {
      const std::int32_t n = port->needs[i];
      if (n != VIGIE_NEED_ORIGIN &&
          (n < 0 || static_cast<std::size_t>(n) >= s.ports[p].fields.size()))
        return broke(s, fmt::format("it needs column {} of {}", n, s.ports[p].fields.size()));
      s.ports[p].needs.push_back(n);
      const char* format = port->formats == nullptr ? nullptr : port->formats[i];
      s.ports[p].formats.emplace_back(format == nullptr ? "" : format);
    }
  }
  return {};
}

status check_formats(const step_plan& s) {
  for (const input_port& port : s.ports)
    for (std::size_t i = 0; i < port.needs.size(); ++i) {
      const std::string& wanted = port.formats[i];
      if (wanted.empty()) continue;
      const field f =
          port.needs[i] < 0 ? field{} : port.fields[static_cast<std::size_t>(port.needs[i])];
      const bool text = f.kind == kind::text && (wanted == "u" || wanted == "U" || wanted == "vu");
      const bool binary =
          f.kind == kind::binary && (wanted == "z" || wanted == "Z" || wanted == "vz");
      if (wanted != f.format && !text && !binary)
        return broke(
            s,
            fmt::format(
                "it wants column '{}' in format '{}'; only text and binary layouts can be chosen",
                f.name, wanted));
    }
  return {};
}

void carry_all(step_plan& s, const schema& in) {
  const schema adds = host_schema(s.adds);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const int replaced = find_field(adds, in[i].name);
    s.fields.push_back(replaced < 0 ? in[i] : adds[static_cast<std::size_t>(replaced)]);
    s.columns.push_back(replaced < 0 ? output_column{static_cast<int>(i), -1}
                                     : output_column{-1, replaced});
  }
  for (std::size_t i = 0; i < adds.size(); ++i) {
    if (find_field(in, adds[i].name) >= 0) continue;
    s.fields.push_back(adds[i]);
    s.columns.push_back({-1, static_cast<int>(i)});
  }
}

status carry_listed(step_plan& s, const schema& in, const vigie_binding& b) {
  if (b.n_kept > 0 && (b.kept == nullptr || b.kept_names == nullptr))
    return broke(s, "its list of kept columns is incomplete");
  for (std::uint32_t i = 0; i < b.n_kept; ++i) {
    if (b.kept[i] < 0 || static_cast<std::size_t>(b.kept[i]) >= in.size() ||
        b.kept_names[i] == nullptr)
      return broke(s, "it keeps a column that does not exist");
    field f = in[static_cast<std::size_t>(b.kept[i])];
    f.name = b.kept_names[i];
    if (f.name.empty() || find_field(s.fields, f.name) >= 0)
      return broke(s, fmt::format("it gives column '{}' twice", f.name));
    s.fields.push_back(std::move(f));
    s.columns.push_back({b.kept[i], -1});
  }
  const schema adds = host_schema(s.adds);
  for (std::size_t i = 0; i < adds.size(); ++i) {
    if (find_field(s.fields, adds[i].name) >= 0)
      return broke(s, fmt::format("it gives column '{}' twice", adds[i].name));
    s.fields.push_back(adds[i]);
    s.columns.push_back({-1, static_cast<int>(i)});
  }
  return {};
}

status take_output(step_plan& s, const vigie_binding& b) {
  if (s.is_writer()) return {};
  auto adds = read_schema(s, b.adds);
  if (!adds) return std::move(adds).error();
  s.adds = *std::move(adds);
  if (s.kind == component_kind::arrange && !s.adds.empty())
    return broke(s, "an arrange adds no columns");
  const bool only_adds = s.kind == component_kind::aggregate || b.keeps == VIGIE_KEEP_NONE;
  if (only_adds) {
    carry_all(s, {});
    return {};
  }
  if (b.keeps == VIGIE_KEEP_LISTED) return carry_listed(s, s.ports[0].fields, b);
  if (b.keeps != VIGIE_KEEP_ALL)
    return broke(s, fmt::format("it keeps columns by the unknown rule {}", b.keeps));
  carry_all(s, s.ports[0].fields);
  return {};
}

status take_binding(step_plan& s, const vigie_binding& b) {
  if (b.rows < VIGIE_ROWS_SAME || b.rows > VIGIE_ROWS_MANY)
    return broke(s, fmt::format("its row rule is {}", b.rows));
  s.rows = static_cast<vigie::rows>(b.rows);
  if (auto r = take_ports(s, b); !r) return r;
  if (auto r = check_formats(s); !r) return r;
  return take_output(s, b);
}

// ---- calling bind ------------------------------------------------------------------------------

template <class T> status missing(const step_plan& s, const T* table, const char* id) {
  if (table == nullptr || table->struct_size < sizeof(T))
    return broke(s, fmt::format("it does not offer {}", id));
  return {};
}

template <class T> status bind_reader(step_plan& s, const T* table, const char* id) {
  if (auto r = missing(s, table, id); !r) return r;
  owned_schema all;
  vigie_error e = fresh_error();
  if (const vigie_status code = table->bind(s.made->self(), &all.schema, &e); code < 0)
    return s.made->error_of(e, code);
  auto fields = read_schema(s, all.schema);
  if (!fields) return std::move(fields).error();
  s.adds = *std::move(fields);
  carry_all(s, {});
  return {};
}

template <class T> status bind_one(step_plan& s, const T* table, const char* id) {
  if (auto r = missing(s, table, id); !r) return r;
  const owned_schema in(s.ports[0].fields);
  owned_binding b;
  vigie_error e = fresh_error();
  if (const vigie_status code = table->bind(s.made->self(), &in.schema, &b.b, &e); code < 0)
    return s.made->error_of(e, code);
  return take_binding(s, b.b);
}

status bind_transform(step_plan& s) {
  const auto* table = s.made->iface<vigie_transform_0>("vigie.transform/0");
  if (auto r = missing(s, table, "vigie.transform/0"); !r) return r;
  std::vector<owned_schema> in;
  std::vector<const ArrowSchema*> pointers;
  in.reserve(s.ports.size());
  for (const input_port& p : s.ports) pointers.push_back(&in.emplace_back(p.fields).schema);
  owned_binding b;
  vigie_error e = fresh_error();
  if (const vigie_status code = table->bind(
          s.made->self(), static_cast<std::uint32_t>(pointers.size()), pointers.data(), &b.b, &e);
      code < 0)
    return s.made->error_of(e, code);
  return take_binding(s, b.b);
}

status bind_aggregate(step_plan& s) {
  const auto* table = s.made->iface<vigie_aggregate_0>("vigie.aggregate/0");
  if (auto r = missing(s, table, "vigie.aggregate/0"); !r) return r;
  const owned_schema in(s.ports[0].fields);
  owned_schema partial;
  owned_binding b;
  std::uint32_t keys = 0;
  vigie_error e = fresh_error();
  if (const vigie_status code =
          table->bind(s.made->self(), &in.schema, &partial.schema, &keys, &b.b, &e);
      code < 0)
    return s.made->error_of(e, code);
  auto fields = read_schema(s, partial.schema);
  if (!fields) return std::move(fields).error();
  s.partial = *std::move(fields);
  if (keys > s.partial.size()) return broke(s, "it has more keys than partial columns");
  s.keys = keys;
  return take_binding(s, b.b);
}

status bind_step(step_plan& s) {
  switch (s.kind) {
  case component_kind::decode:
    return bind_reader(s, s.made->iface<vigie_decode_0>("vigie.decode/0"), "vigie.decode/0");
  case component_kind::source:
    return bind_reader(s, s.made->iface<vigie_source_0>("vigie.source/0"), "vigie.source/0");
  case component_kind::encode:
    return bind_one(s, s.made->iface<vigie_encode_0>("vigie.encode/0"), "vigie.encode/0");
  case component_kind::sink:
    return bind_one(s, s.made->iface<vigie_sink_0>("vigie.sink/0"), "vigie.sink/0");
  case component_kind::arrange:
    return bind_one(s, s.made->iface<vigie_arrange_0>("vigie.arrange/0"), "vigie.arrange/0");
  case component_kind::aggregate: return bind_aggregate(s);
  case component_kind::transform: return bind_transform(s);
  }
  return broke(s, "it is of no known kind");
}

intake intake_of(const step_plan& s) {
  if (s.is_reader()) return intake::origin;
  if (s.kind == component_kind::arrange || s.kind == component_kind::sink) return intake::inbox;
  if (s.kind == component_kind::aggregate) return intake::streaming;
  return s.made->ref().info->parallelism == loader::parallelism::stateless ? intake::streaming
                                                                           : intake::inbox;
}

} // namespace

void bind(work& w) {
  for (step_plan& s : w.made.steps) {
    if (!w.sound[s.index] || !s.made) continue;
    bool ready = true;
    for (input_port& p : s.ports) ready = gather_port(w, s, p) && ready;
    if (!ready) {
      w.sound[s.index] = false;
      continue;
    }
    if (auto r = bind_step(s); !r) w.wrong(s.index, std::move(r).error());
    bind_file_name(w, s);
    s.made->withhold(sensitive_columns_read(s), columns_known(s));
    s.takes = intake_of(s);
  }
}

} // namespace vigie::plan::parts
