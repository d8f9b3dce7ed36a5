// SPDX-License-Identifier: Apache-2.0
// Components that use the less trodden paths of the interface: layouts, order, rows held back,
// narrowed places, rejects.
#include <vigie/vigie.hpp>

#include <algorithm>

namespace {

// Rows of every layout. Text columns have the layout asked for; `tag` is a dictionary inside a
// list.
struct make_rows : vigie::source {
  static constexpr vigie::about about{.name = "flow.make", .summary = "Rows in a chosen layout."};

  std::int64_t rows = 10, per_split = 4;
  std::string layout = "u";
  bool secret = false;

  void params(vigie::params& p) {
    p.add("rows", rows, "How many.");
    p.add("per_split", per_split, "Rows of a split.");
    p.add("layout", layout, "Arrow format of texts.");
    p.add("secret", secret, "Marks `key` as sensitive.");
  }

  vigie::schema columns() const {
    vigie::field text{.name = "item", .format = layout};
    return {
        {"number", vigie::kind::int64},
        {.name = "key", .format = layout, .sensitive = secret},
        {.name = "value", .format = layout},
        vigie::list_of("words", text),
        vigie::struct_of("pair", {{.name = "a", .format = layout}, {"b", vigie::kind::boolean}})};
  }

  std::vector<vigie::source_split> splits(std::uint64_t) const {
    std::vector<vigie::source_split> out;
    for (std::int64_t at = 0; at < rows; at += per_split) out.push_back({std::to_string(at), 100});
    return out;
  }

  struct task {
    task(const make_rows& s, std::string_view split, const vigie::task_info&)
        : at(std::stoll(std::string(split))), end(std::min(at + s.per_split, s.rows)) {}

    static void row(std::int64_t n, vigie::decoded& out) {
      const std::string key = "key number " + std::to_string(n % 7),
                        value = "the value of row " + std::to_string(n);
      if (out.wants(0)) out[0].integer(n);
      if (out.wants(1)) out[1].text(key);
      if (out.wants(2)) out[2].text(value);
      if (out.wants(3)) {
        for (std::int64_t k = 0; k < n % 4; ++k) out[3].child(0).text(k == 1 ? value : "w");
        out[3].end_list();
      }
      if (out.wants(4)) {
        out[4].child(0).text(key);
        out[4].child(1).boolean(n % 2 == 0);
        out[4].end_struct();
      }
      out.row();
    }
    bool next(std::int64_t want, vigie::decoded& out) {
      for (; want > 0 && at < end; --want, ++at) row(at, out);
      return at < end;
    }
    std::int64_t at, end;
  };
};

// A running number over all rows, in input order.
struct number_rows : vigie::transform {
  static constexpr vigie::about about{
      .name = "flow.number", .summary = "Numbers the rows.", .parallel = vigie::parallel::ordered};
  vigie::add place;
  void bind(vigie::binding& b) { place = b.adds({"place", vigie::kind::int64}); }
  struct task {
    task(const number_rows& s, const vigie::task_info&) : self(s) {}
    void process(const vigie::batch& in, vigie::output& out) {
      for (std::int64_t i = 0; i < in.size(); ++i) out[self.place].integer(next++);
    }
    const number_rows& self;
    std::int64_t next = 0;
  };
};

// A column of a whole-number type with one value in all rows.
struct typed_rows : vigie::transform {
  static constexpr vigie::about about{.name = "flow.typed", .summary = "Adds a whole number."};
  std::string as = "x", type = "int64", meaning;
  std::int64_t value = 0;
  vigie::add made;
  void params(vigie::params& p) {
    p.add("as", as, "Name of the column.");
    p.add("type", type, "Its type.")
        .choices({"int8", "int32", "int64", "uint16", "uint32", "uint64", "date"});
    p.add("meaning", meaning, "Its extension name.");
    p.add("value", value, "Its value.");
  }
  void bind(vigie::binding& b) {
    auto k = vigie::kind::int8;
    while (vigie::name_of(k) != type)
      k = static_cast<vigie::kind>(static_cast<std::uint8_t>(k) + 1);
    made = b.adds({.name = as, .kind = k, .extension = meaning});
  }
  void process(const vigie::batch& in, vigie::output& out) const {
    for (std::int64_t i = 0; i < in.size(); ++i) out[made].integer(value);
  }
};

// Holds its rows until the split ends, then gives one row for every two, last first, with the place
// of the later one.
struct hold_rows : vigie::transform {
  static constexpr vigie::about about{.name = "flow.hold",
                                      .summary = "Holds rows back.",
                                      .rows = vigie::rows::many,
                                      .keep = vigie::keep::none};
  vigie::column_name text{"text"};
  vigie::need in, place;
  vigie::add pair;
  void params(vigie::params& p) { p.add("text", text, "Column to hold."); }
  void bind(vigie::binding& b) {
    in = b.column(text, {vigie::kind::text});
    place = b.origin();
    pair = b.adds({.name = "pair"});
  }
  struct task {
    task(const hold_rows& s, const vigie::task_info&) : self(s) {}
    void process(const vigie::batch& rows, vigie::output& out) {
      const vigie::column &p = rows[self.place], offset = p.child(0), length = p.child(1),
                          file = p.child(2);
      for (std::int64_t i = 0; i < rows.size(); ++i) {
        texts.emplace_back(rows[self.in].text(i));
        const std::int64_t k = p.child_row(i);
        spans.push_back({offset.integer(k), static_cast<std::int32_t>(length.integer(k)),
                         static_cast<std::int32_t>(file.integer(k))});
      }
      out.drop(rows.size());
    }
    const hold_rows& self;
    std::vector<std::string> texts;
    std::vector<vigie_span> spans;
  };
};

// Puts the held rows out by hand: the wrapper has no rows without parents.
vigie_status finish_held(void* task, const vigie_rows* to, vigie_error* e) {
  using table = vigie::detail::transform_table<hold_rows>;
  auto& held = (*static_cast<table::task*>(task)->work);
  return vigie::detail::guard(e, [&] {
    std::vector<vigie_span> spans;
    std::vector<ArrowArray> columns(1);
    vigie::builder b(static_cast<table::task*>(task)->self.adds[0]);
    for (std::size_t i = held.texts.size() / 2; i-- > 0;) {
      b.text(held.texts[2 * i] + "+" + held.texts[2 * i + 1]);
      spans.push_back(held.spans[2 * i + 1]);
    }
    b.finish(&columns[0]);
    ArrowArray made{};
    vigie::make_batch(std::move(columns), static_cast<std::int64_t>(spans.size()), &made);
    return to->emit(to->ctx, static_cast<std::int64_t>(spans.size()), &made, nullptr, spans.data());
  });
}

// One row out per row in, each narrowed to its first three bytes; rows whose number is a multiple
// of `every` are rejected.
struct narrow_rows : vigie::transform {
  static constexpr vigie::about about{.name = "flow.narrow", .summary = "Narrows and rejects."};
  std::int64_t every = 1000;
  bool beyond = false, breaks = false;
  vigie::need place;
  vigie::add mark;
  void params(vigie::params& p) {
    p.add("every", every, "Every which row is rejected.");
    p.add("beyond", beyond, "Names bytes outside the row, instead.");
    p.add("breaks", breaks, "Gives up on the batch, instead.");
  }
  void bind(vigie::binding& b) {
    place = b.origin();
    mark = b.adds({"mark", vigie::kind::int64});
  }
  void process(const vigie::batch&, vigie::output&) const {}
};

vigie_status narrow(void* task, ArrowArray* moved, const vigie_rows* to, vigie_error* e) {
  using table = vigie::detail::transform_table<narrow_rows>;
  const auto& self = static_cast<table::task*>(task)->self;
  return vigie::detail::guard(e, [&] {
    const vigie::batch in(self.needs[0].fields, moved);
    if (self.component.breaks) throw vigie::error(VIGIE_E_DATA, "these rows are of no use");
    const vigie::column &p = in[self.component.place], offset = p.child(0), length = p.child(1);
    std::vector<vigie_span> spans;
    vigie::builder b(self.adds[0]);
    for (std::int64_t i = 0; i < in.size(); ++i) {
      const std::int64_t at = offset.integer(p.child_row(i)),
                         bytes = length.integer(p.child_row(i));
      const bool bad = i % self.component.every == self.component.every - 1;
      b.integer(i);
      if (bad) to->reject(to->ctx, i, VIGIE_E_DATA, {"mark", 4}, {"unlucky", 7});
      if (self.component.beyond)
        spans.push_back({INT64_MAX, INT32_MAX, 0});
      else
        spans.push_back(
            bad ? vigie_span{-1, -1, -1}
                : vigie_span{at, static_cast<std::int32_t>(std::min<std::int64_t>(bytes, 3)), 77});
    }
    std::vector<ArrowArray> columns(1);
    b.finish(&columns[0]);
    ArrowArray made{};
    vigie::make_batch(std::move(columns), in.size(), &made);
    return to->emit(to->ctx, in.size(), &made, nullptr, spans.data());
  });
}

// A sink that rejects every which row; it makes no file.
struct refuse_rows : vigie::sink {
  static constexpr vigie::about about{.name = "flow.refuse", .summary = "Refuses rows."};
  std::int64_t every = 3;
  void params(vigie::params& p) { p.add("every", every, "Every which row."); }
  void bind(vigie::binding&) {}
  struct task {
    task(const refuse_rows&, std::string_view, std::string_view, const vigie::task_info&) {}
    void write(const vigie::batch&) {}
    void prepare(vigie::writer&) {}
    std::int64_t seen = 0;
  };
};

vigie_status refuse(void* task, ArrowArray* moved, const vigie_rows* to, vigie_error* e) {
  using table = vigie::detail::sink_table<refuse_rows>;
  auto& t = *static_cast<table::task*>(task);
  return vigie::detail::guard(e, [&] {
    const vigie::batch in(t.self.needs[0].fields, moved);
    auto& seen = (*t.work).seen;
    for (std::int64_t i = 0; i < in.size(); ++i)
      if (++seen % t.self.component.every == 0)
        to->reject(to->ctx, i, VIGIE_E_DATA, {"", 0}, {"refused", 7});
  });
}

constexpr vigie_transform_0 hold_table = [] {
  vigie_transform_0 t = vigie::detail::transform_table<hold_rows>::table;
  t.finish = finish_held;
  return t;
}();
constexpr vigie_transform_0 narrow_table = [] {
  vigie_transform_0 t = vigie::detail::transform_table<narrow_rows>::table;
  t.process = narrow;
  return t;
}();
constexpr vigie_sink_0 refuse_table = [] {
  vigie_sink_0 t = vigie::detail::sink_table<refuse_rows>::table;
  t.write = refuse;
  return t;
}();

// The component with a table of its own; `without` are flags that do not hold for it.
template <class C, const auto& Table>
const vigie_component* with_table(const char* id, std::uint32_t without = 0) {
  static const char* wanted = id;
  static vigie_component c = *vigie::detail::describe_component<C>();
  c.flags &= ~without;
  c.iface = [](const char* asked) -> const void* {
    return std::string_view(asked) == wanted ? &Table : nullptr;
  };
  return &c;
}

} // namespace

extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void);
extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void) {
  using namespace vigie::detail;
  static const vigie_component* const components[] = {
      describe_component<make_rows>(),
      describe_component<number_rows>(),
      describe_component<typed_rows>(),
      with_table<hold_rows, hold_table>("vigie.transform/0"),
      with_table<narrow_rows, narrow_table>("vigie.transform/0"),
      with_table<refuse_rows, refuse_table>("vigie.sink/0", VIGIE_F_WRITES_FILES)};
  static const vigie_plugin plugin{sizeof(vigie_plugin),
                                   VIGIE_ABI_MAJOR,
                                   VIGIE_ABI_MINOR,
                                   "flow",
                                   "1.0.0",
                                   "Less trodden paths.",
                                   "MIT-0",
                                   "",
                                   6,
                                   components};
  return &plugin;
}
