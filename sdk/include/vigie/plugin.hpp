// SPDX-License-Identifier: MIT-0
// From C++ classes to the C interface: the tables of functions behind each kind of component, the
// guard that turns exceptions into errors, and VIGIE_PLUGIN, which makes the one exported symbol.
// Authors need only the macro.
#pragma once

#include "bad_rows.hpp"
#include "component.hpp"

#pragma GCC visibility push(hidden)
namespace vigie::detail {

// Copies as much as fits, whole characters only.
template <std::size_t N> void copy_text(char (&to)[N], const std::string& from) {
  std::size_t n = std::min(from.size(), N - 1);
  while (n > 0 && n < from.size() && (static_cast<unsigned char>(from[n]) & 0xc0U) == 0x80U) --n;
  std::memcpy(to, from.data(), n);
  to[n] = '\0';
}

inline void fill(vigie_error* to, const error& e) {
  if (to == nullptr) return;
  to->code = e.code;
  to->param = e.param;
  to->item = e.item;
  to->offset = e.offset;
  to->row = e.row;
  copy_text(to->column, e.column);
  copy_text(to->message, e.message);
}

// Runs `work`; nothing it throws leaves.
template <class F> vigie_status guard(vigie_error* e, F&& work) noexcept {
  try {
    if constexpr (std::same_as<decltype(work()), vigie_status>)
      return work();
    else {
      work();
      return VIGIE_OK;
    }
  } catch (const error& x) {
    fill(e, x);
    return x.code;
  } catch (const std::bad_alloc&) {
    fill(e, error(VIGIE_E_RESOURCE, "out of memory"));
    return VIGIE_E_RESOURCE;
  } catch (const std::exception& x) {
    fill(e, error(VIGIE_E_INTERNAL, x.what()));
    return VIGIE_E_INTERNAL;
  } catch (...) {
    fill(e, error(VIGIE_E_INTERNAL, "an exception of unknown type"));
    return VIGIE_E_INTERNAL;
  }
}

inline schema fields_from(const ArrowSchema& s) { return from_arrow(s).children; }

// What the C binding points at, kept until destroy.
struct bound_storage {
  std::vector<binding::port_needs> needs;
  std::vector<vigie_port> ports;
  std::vector<const vigie_port*> port_pointers;
  schema adds;
  std::vector<std::int32_t> kept;
  std::vector<std::string> kept_names;
  std::vector<const char*> kept_pointers;
  vigie::rows rule = vigie::rows::same;

  void publish(const binding& b, vigie_binding* out) {
    needs = b.needs();
    adds = b.added();
    kept = b.kept();
    kept_names = b.kept_names();
    kept_pointers.clear();
    for (const std::string& n : kept_names) kept_pointers.push_back(n.c_str());
    rule = b.row_rule();
    ports.clear();
    port_pointers.clear();
    for (const auto& n : needs)
      ports.push_back({sizeof(vigie_port), static_cast<std::uint32_t>(n.positions.size()),
                       n.build ? 1U : 0U, n.positions.data(), nullptr});
    for (const vigie_port& p : ports) port_pointers.push_back(&p);
    out->rows = static_cast<std::uint32_t>(rule);
    out->keeps = static_cast<std::uint32_t>(b.keep_rule());
    out->n_ports = static_cast<std::uint32_t>(ports.size());
    out->ports = port_pointers.data();
    to_arrow(adds, &out->adds);
    out->n_kept = static_cast<std::uint32_t>(kept.size());
    out->kept = kept.data();
    out->kept_names = kept_pointers.data();
  }
};

template <class C>
concept with_task = requires { typename C::task; };

// A component and what belongs to it for its life.
template <class C> struct instance : bound_storage {
  C component;
  schema all;                       // decoders, sources: every column; aggregates: partial schema
  std::vector<std::int32_t> wanted; // decoders, sources: the projection
};

template <class C> const instance<C>& self_of(void* self) {
  return *static_cast<const instance<C>*>(self);
}

// The object a task works on: the component's own `task`, or the component itself.
template <class C> struct worker {
  template <class... A> explicit worker(const C& c, A&&...) : component(c) {}
  const C& component;
  const C& operator*() const { return component; }
};
template <with_task C> struct worker<C> {
  template <class... A> explicit worker(const C& c, A&&... a) : task(c, std::forward<A>(a)...) {}
  typename C::task task;
  typename C::task& operator*() { return task; }
};

inline task_info info(const vigie_task* t) { return {t->seed, {t->step.data, t->step.size}}; }

template <class T> void close(void* task) { delete static_cast<T*>(task); }

// ---- transform ---------------------------------------------------------------------------------
template <class C> struct transform_table {
  struct task {
    task(const instance<C>& s, const task_info& t)
        : self(s), work(s.component, t), out(s.adds, s.rule) {}
    const instance<C>& self;
    worker<C> work;
    output out;
  };
  static vigie_status bind(void* self, std::uint32_t n, const ArrowSchema* const* in,
                           vigie_binding* out, vigie_error* e) {
    return guard(e, [&] {
      auto& s = *static_cast<instance<C>*>(self);
      std::vector<schema> inputs;
      for (std::uint32_t i = 0; i < n; ++i) inputs.push_back(fields_from(*in[i]));
      binding b(std::move(inputs), C::about.rows, C::about.keep);
      s.component.bind(b);
      s.publish(b, out);
    });
  }
  static vigie_status open(void* self, const vigie_task* t, void** out, vigie_error* e) {
    return guard(e, [&] { *out = new task(self_of<C>(self), info(t)); });
  }
  static vigie_status process(void* p, ArrowArray* moved, const vigie_rows* to, vigie_error* e) {
    return guard(e, [&] {
      auto& t = *static_cast<task*>(p);
      const batch in(t.self.needs[0].fields, moved);
      t.out.start(to, in.size());
      (*t.work).process(in, t.out);
      t.out.flush();
    });
  }
  static vigie_status finish(void* p, const vigie_rows* to, vigie_error* e) {
    return guard(e, [&] {
      auto& t = *static_cast<task*>(p);
      if constexpr (requires { (*t.work).finish(t.out); }) {
        t.out.start(to, 0);
        (*t.work).finish(t.out);
        t.out.flush();
      }
    });
  }
  static constexpr vigie_transform_0 table{
      sizeof(vigie_transform_0), bind, open, process, finish, close<task>};
};

template <class C> struct build_table {
  static vigie_status add(void* self, std::uint32_t port, ArrowArray* moved, vigie_error* e) {
    return guard(e, [&] {
      auto& s = *static_cast<instance<C>*>(self);
      s.component.build(port, batch(s.needs[port].fields, moved));
    });
  }
  static vigie_status seal(void* self, std::uint32_t port, std::uint64_t* held, vigie_error* e) {
    return guard(e, [&] { *held = static_cast<instance<C>*>(self)->component.seal(port); });
  }
  static constexpr vigie_build_0 table{sizeof(vigie_build_0), add, seal};
};

// ---- decode ------------------------------------------------------------------------------------
// bind and project are those of sources, too.
template <class C> vigie_status bind_all(void* self, ArrowSchema* all, vigie_error* e) {
  return guard(e, [&] {
    auto& s = *static_cast<instance<C>*>(self);
    s.all = s.component.columns();
    to_arrow(s.all, all);
  });
}
template <class C>
vigie_status project(void* self, const std::int32_t* wanted, std::uint32_t n, vigie_error* e) {
  return guard(e, [&] {
    auto& s = *static_cast<instance<C>*>(self);
    s.wanted.assign(wanted, wanted + n);
  });
}

template <class C> struct decode_table {
  struct task {
    task(const instance<C>& s, const input& in, const task_info& t)
        : work(s.component, in, t), out(s.all, s.wanted), file(in.file) {}
    worker<C> work;
    decoded out;
    std::int32_t file;
  };
  static std::int64_t border(void* self, vigie_bytes b, std::int32_t at_start) {
    if constexpr (requires(const C& c) { c.border(std::string_view{}, true); })
      return self_of<C>(self).component.border({static_cast<const char*>(b.data), b.size},
                                               at_start != 0);
    else
      return -1;
  }
  static constexpr bool has_last_border =
      requires(const C& c) { c.last_border(std::string_view{}); };
  static std::int64_t last_border(void* self, vigie_bytes b) {
    if constexpr (has_last_border)
      return self_of<C>(self).component.last_border({static_cast<const char*>(b.data), b.size});
    else
      return -1;
  }
  static std::uint32_t form(void* self) {
    if constexpr (requires(const C& c) { c.form(); })
      return self_of<C>(self).component.form();
    else
      return static_cast<std::uint32_t>(C::about.records);
  }
  static vigie_status open(void* self, const vigie_task* t, const vigie_input* in, void** out,
                           vigie_error* e) {
    return guard(e, [&] {
      const input i{{in->name.data, in->name.size},
                    {static_cast<const char*>(in->head.data), in->head.size},
                    in->file,
                    in->begins != 0};
      *out = new task(self_of<C>(self), i, info(t));
    });
  }
  static vigie_status chunk(void* p, vigie_bytes b, std::int64_t offset, const vigie_decoded* to,
                            vigie_error* e) {
    return guard(e, [&] {
      auto& t = *static_cast<task*>(p);
      const std::string_view bytes(static_cast<const char*>(b.data), b.size);
      t.out.start(to, t.file, bytes);
      (*t.work).chunk(vigie::chunk{bytes, offset}, t.out);
      t.out.flush();
    });
  }
  static constexpr vigie_decode_0 table{sizeof(vigie_decode_0),
                                        static_cast<std::uint32_t>(C::about.records),
                                        bind_all<C>,
                                        project<C>,
                                        border,
                                        open,
                                        chunk,
                                        close<task>,
                                        form,
                                        has_last_border ? last_border : nullptr};
};

// ---- encode ------------------------------------------------------------------------------------
// bind for kinds with one input.
template <class C>
vigie_status bind_one(void* self, const ArrowSchema* in, vigie_binding* out, vigie_error* e) {
  return guard(e, [&] {
    auto& s = *static_cast<instance<C>*>(self);
    binding b({fields_from(*in)}, C::about.rows, C::about.keep);
    s.component.bind(b);
    s.publish(b, out);
  });
}

template <class C> struct encode_table {
  struct task {
    task(const instance<C>& s, const task_info& t) : self(s), work(s.component, t) {}
    const instance<C>& self;
    worker<C> work;
  };
  static vigie_status open(void* self, const vigie_task* t, void** out, vigie_error* e) {
    return guard(e, [&] { *out = new task(self_of<C>(self), info(t)); });
  }
  static vigie_status head(void* p, const vigie_writer* w, vigie_error* e) {
    return guard(e, [&] {
      writer to(w);
      if constexpr (requires(task& t) { (*t.work).head(to); })
        (*static_cast<task*>(p)->work).head(to);
    });
  }
  static vigie_status rows(void* p, ArrowArray* moved, const vigie_writer* w, vigie_error* e) {
    return guard(e, [&] {
      auto& t = *static_cast<task*>(p);
      writer to(w);
      (*t.work).write(batch(t.self.needs[0].fields, moved), to);
    });
  }
  static vigie_status foot(void* p, std::uint64_t total, const vigie_writer* w, vigie_error* e) {
    return guard(e, [&] {
      writer to(w);
      if constexpr (requires(task& t) { (*t.work).foot(total, to); })
        (*static_cast<task*>(p)->work).foot(total, to);
    });
  }
  static constexpr vigie_encode_0 table{
      sizeof(vigie_encode_0), bind_one<C>, open, head, rows, foot, close<task>};
};

// ---- arrange -----------------------------------------------------------------------------------
template <class C> struct arrange_table {
  using task = typename encode_table<C>::task;
  static vigie_status take(void* p, ArrowArray* moved, const std::uint64_t* ids,
                           const vigie_order* to, vigie_error* e) {
    return guard(e, [&]() -> vigie_status {
      auto& t = *static_cast<task*>(p);
      const batch in(t.self.needs[0].fields, moved);
      order out(to);
      return (*t.work).take(in, std::span(ids, static_cast<std::size_t>(in.size())), out)
                 ? VIGIE_OK
                 : VIGIE_DONE;
    });
  }
  static vigie_status end(void* p, const vigie_order* to, vigie_error* e) {
    return guard(e, [&] {
      order out(to);
      (*static_cast<task*>(p)->work).end(out);
    });
  }
  static constexpr vigie_arrange_0 table{
      sizeof(vigie_arrange_0), bind_one<C>, encode_table<C>::open, take, end, close<task>};
};

// ---- aggregate ---------------------------------------------------------------------------------
template <class C> struct aggregate_table {
  struct task {
    task(const instance<C>& s, const task_info& t)
        : self(s), work(s.component, t), partial(s.all, positions(s.all)),
          result(s.adds, positions(s.adds)) {}
    static std::vector<std::int32_t> positions(const schema& s) {
      std::vector<std::int32_t> out;
      for (std::size_t i = 0; i < s.size(); ++i) out.push_back(static_cast<std::int32_t>(i));
      return out;
    }
    const instance<C>& self;
    worker<C> work;
    decoded partial, result;
  };
  static vigie_status bind(void* self, const ArrowSchema* in, ArrowSchema* partial,
                           std::uint32_t* n_keys, vigie_binding* out, vigie_error* e) {
    return guard(e, [&] {
      auto& s = *static_cast<instance<C>*>(self);
      aggregate_binding b({fields_from(*in)}, vigie::rows::same, vigie::keep::none);
      s.component.bind(b);
      s.all = b.partial_schema();
      *n_keys = b.keys();
      to_arrow(s.all, partial);
      s.publish(b, out);
    });
  }
  static vigie_status open(void* self, const vigie_task* t, void** out, vigie_error* e) {
    return guard(e, [&] { *out = new task(self_of<C>(self), info(t)); });
  }
  static vigie_status update(void* p, ArrowArray* moved, const vigie_rows* to, vigie_error* e) {
    return guard(e, [&] {
      auto& t = *static_cast<task*>(p);
      const batch in(t.self.needs[0].fields, moved);
      bad_rows bad(to);
      if constexpr (requires { (*t.work).update(in, bad); })
        (*t.work).update(in, bad);
      else
        (*t.work).update(in);
    });
  }
  static vigie_status partial(void* p, std::uint64_t want, const vigie_decoded* to,
                              vigie_error* e) {
    return guard(e, [&]() -> vigie_status {
      auto& t = *static_cast<task*>(p);
      t.partial.start(to, -1);
      const bool more = (*t.work).partial(static_cast<std::int64_t>(want), t.partial);
      t.partial.flush();
      return more ? VIGIE_OK : VIGIE_DONE;
    });
  }
  static vigie_status merge(void* p, ArrowArray* moved, vigie_error* e) {
    return guard(e, [&] {
      auto& t = *static_cast<task*>(p);
      (*t.work).merge(batch(t.self.all, moved));
    });
  }
  static vigie_status result(void* p, std::uint64_t want, const vigie_decoded* to, vigie_error* e) {
    return guard(e, [&]() -> vigie_status {
      auto& t = *static_cast<task*>(p);
      t.result.start(to, -1);
      const bool more = (*t.work).result(static_cast<std::int64_t>(want), t.result);
      t.result.flush();
      return more ? VIGIE_OK : VIGIE_DONE;
    });
  }
  static constexpr vigie_aggregate_0 table{
      sizeof(vigie_aggregate_0), bind, open, update, partial, merge, result, close<task>};
};

// ---- source, sink ------------------------------------------------------------------------------
template <class C> struct source_table {
  struct task {
    task(const instance<C>& s, std::string_view split, const task_info& t)
        : work(s.component, split, t), out(s.all, s.wanted) {}
    worker<C> work;
    decoded out;
  };
  static vigie_status splits(void* self, std::uint64_t want, ArrowArray* out, vigie_error* e) {
    return guard(e, [&] {
      builder id(field{.name = "id", .kind = kind::text}),
          bytes(field{.name = "bytes", .kind = kind::int64});
      for (const source_split& s : self_of<C>(self).component.splits(want)) {
        id.text(s.id);
        bytes.integer(s.bytes);
      }
      const std::int64_t n = id.size();
      std::vector<ArrowArray> columns(2);
      id.finish(&columns[0]);
      bytes.finish(&columns[1]);
      make_batch(std::move(columns), n, out);
    });
  }
  static vigie_status open(void* self, const vigie_task* t, vigie_str split, void** out,
                           vigie_error* e) {
    return guard(e, [&] { *out = new task(self_of<C>(self), {split.data, split.size}, info(t)); });
  }
  static vigie_status next(void* p, std::uint64_t want, const vigie_decoded* to, vigie_error* e) {
    return guard(e, [&]() -> vigie_status {
      auto& t = *static_cast<task*>(p);
      t.out.start(to, -1);
      const bool more = (*t.work).next(static_cast<std::int64_t>(want), t.out);
      t.out.flush();
      return more ? VIGIE_OK : VIGIE_DONE;
    });
  }
  static constexpr vigie_source_0 table{
      sizeof(vigie_source_0), bind_all<C>, project<C>, splits, open, next, close<task>};
};

template <class C> struct sink_table {
  struct task {
    task(const instance<C>& s, std::string_view dir, std::string_view file, const task_info& t)
        : self(s), work(s.component, dir, file, t) {}
    const instance<C>& self;
    worker<C> work;
  };
  static vigie_status open(void* self, const vigie_task* t, vigie_str dir, vigie_str file,
                           void** out, vigie_error* e) {
    return guard(e, [&] {
      *out = new task(self_of<C>(self), {dir.data, dir.size}, {file.data, file.size}, info(t));
    });
  }
  static vigie_status write(void* p, ArrowArray* moved, const vigie_rows*, vigie_error* e) {
    return guard(e, [&] {
      auto& t = *static_cast<task*>(p);
      (*t.work).write(batch(t.self.needs[0].fields, moved));
    });
  }
  static vigie_status prepare(void* p, const vigie_writer* receipt, vigie_error* e) {
    return guard(e, [&] {
      writer to(receipt);
      (*static_cast<task*>(p)->work).prepare(to);
    });
  }
  static std::vector<std::string_view> texts(std::uint32_t n, const vigie_bytes* receipts) {
    std::vector<std::string_view> out;
    for (std::uint32_t i = 0; i < n; ++i)
      out.emplace_back(static_cast<const char*>(receipts[i].data), receipts[i].size);
    return out;
  }
  static vigie_status commit(void* self, std::uint32_t n, const vigie_bytes* receipts,
                             vigie_error* e) {
    return guard(e, [&] {
      auto& c = static_cast<instance<C>*>(self)->component;
      if constexpr (requires { c.commit(std::span<const std::string_view>{}); })
        c.commit(texts(n, receipts));
    });
  }
  static void abort(void* self, std::uint32_t n, const vigie_bytes* receipts) {
    guard(nullptr, [&] {
      auto& c = static_cast<instance<C>*>(self)->component;
      if constexpr (requires { c.abort(std::span<const std::string_view>{}); })
        c.abort(texts(n, receipts));
    });
  }
  static constexpr vigie_sink_0 table{
      sizeof(vigie_sink_0), bind_one<C>, open, write, prepare, commit, abort, close<task>};
};

// ---- descriptors -------------------------------------------------------------------------------
template <class C> constexpr std::uint32_t kind_of() {
  if constexpr (std::derived_from<C, decode>)
    return VIGIE_DECODE;
  else if constexpr (std::derived_from<C, encode>)
    return VIGIE_ENCODE;
  else if constexpr (std::derived_from<C, transform>)
    return VIGIE_TRANSFORM;
  else if constexpr (std::derived_from<C, arrange>)
    return VIGIE_ARRANGE;
  else if constexpr (std::derived_from<C, aggregate>)
    return VIGIE_AGGREGATE;
  else if constexpr (std::derived_from<C, source>)
    return VIGIE_SOURCE;
  else {
    static_assert(std::derived_from<C, sink>, "a component derives from one of the kinds");
    return VIGIE_SINK;
  }
}

template <class C> const void* iface(const char* id) {
  const std::string_view wanted(id);
  constexpr std::uint32_t k = kind_of<C>();
  if constexpr (k == VIGIE_DECODE)
    return wanted == "vigie.decode/0" ? &decode_table<C>::table : nullptr;
  else if constexpr (k == VIGIE_ENCODE)
    return wanted == "vigie.encode/0" ? &encode_table<C>::table : nullptr;
  else if constexpr (k == VIGIE_ARRANGE)
    return wanted == "vigie.arrange/0" ? &arrange_table<C>::table : nullptr;
  else if constexpr (k == VIGIE_AGGREGATE)
    return wanted == "vigie.aggregate/0" ? &aggregate_table<C>::table : nullptr;
  else if constexpr (k == VIGIE_SOURCE)
    return wanted == "vigie.source/0" ? &source_table<C>::table : nullptr;
  else if constexpr (k == VIGIE_SINK)
    return wanted == "vigie.sink/0" ? &sink_table<C>::table : nullptr;
  else {
    if constexpr (requires(C& c) { c.seal(0U); })
      if (wanted == "vigie.build/0") return &build_table<C>::table;
    return wanted == "vigie.transform/0" ? &transform_table<C>::table : nullptr;
  }
}

template <class C>
vigie_status create(const vigie_host* host, const vigie_value* const* values, void** self,
                    vigie_error* e) {
  return guard(e, [&] {
    auto made = std::make_unique<instance<C>>();
    if constexpr (requires { made->component.host; }) made->component.host = host_services(host);
    if constexpr (requires(params& p) { made->component.params(p); }) {
      params given(values);
      made->component.params(given);
    }
    *self = made.release();
  });
}
template <class C> void destroy(void* self) { delete static_cast<instance<C>*>(self); }

template <class C> const vigie_component* describe_component() {
  static const param_table table = [] {
    param_table t;
    C sample{};
    params p(t);
    if constexpr (requires { sample.params(p); }) sample.params(p);
    for (const vigie_param& one : t.params) t.pointers.push_back(&one);
    return t;
  }();
  static const vigie_component component{
      sizeof(vigie_component),
      kind_of<C>(),
      static_cast<std::uint32_t>(C::about.parallel),
      (C::about.deterministic ? std::uint32_t{VIGIE_F_DETERMINISTIC} : 0U) |
          (kind_of<C>() == VIGIE_SINK ? std::uint32_t{VIGIE_F_WRITES_FILES} : 0U) |
          (C::about.fills ? std::uint32_t{VIGIE_F_FILLS} : 0U),
      C::about.name,
      C::about.summary,
      C::about.doc,
      static_cast<std::uint32_t>(table.pointers.size()),
      0,
      table.pointers.data(),
      nullptr,
      create<C>,
      destroy<C>,
      iface<C>,
      C::about.ports};
  return &component;
}

template <class... Cs>
const vigie_plugin* describe_plugin(const char* id, const char* version, const char* summary,
                                    const char* license) {
  static const vigie_component* const components[] = {describe_component<Cs>()...};
  static const vigie_plugin plugin{
      sizeof(vigie_plugin), VIGIE_ABI_MAJOR, VIGIE_ABI_MINOR, id, version, summary, license, "",
      sizeof...(Cs),        components};
  return &plugin;
}

} // namespace vigie::detail
#pragma GCC visibility pop

// Makes the plugin's one exported symbol. `id` is the name of the library without .so and the
// family of its components.
#define VIGIE_PLUGIN(id, version, summary, license, ...)                                           \
  extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void);                                 \
  extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void) {                                \
    return vigie::detail::describe_plugin<__VA_ARGS__>(id, version, summary, license);             \
  }
