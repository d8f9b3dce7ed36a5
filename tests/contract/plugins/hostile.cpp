// SPDX-License-Identifier: Apache-2.0
// A transform that breaks one rule of the interface, chosen by `mode`. The SDK would not let it, so
// the table is written by hand around a component of the SDK.
#include <vigie/vigie.hpp>

#include <cstdint>

namespace {

struct evil : vigie::transform {
  static constexpr vigie::about about{.name = "hostile.transform", .summary = "Breaks a rule."};
  std::string mode = "none";
  void params(vigie::params& p) { p.add("mode", mode, "Which rule."); }
  void bind(vigie::binding& b) {
    b.all();
    const bool selects =
        mode == "lose" || mode == "parent" || mode == "descend" || mode == "invent";
    b.set_rows(selects ? vigie::rows::some : vigie::rows::same);
    if (!selects) (void)b.adds({"n", vigie::kind::int64});
  }
  void process(const vigie::batch&, vigie::output&) const {}
};

using instance = vigie::detail::instance<evil>;

void numbers(std::int64_t n, ArrowArray* out) {
  vigie::builder b(vigie::field{"n", vigie::kind::int64});
  for (std::int64_t i = 0; i < n; ++i) b.integer(i);
  std::vector<ArrowArray> columns(1);
  b.finish(&columns[0]);
  vigie::make_batch(std::move(columns), n, out);
}

// Writes over every buffer it was handed, as far as the lengths tell how large they are.
void scribble(const ArrowArray& a, const vigie::field& f) {
  const auto fill = [](const void* p, std::size_t bytes) {
    std::memset(const_cast<void*>(p), 0x58, bytes);
  };
  const auto n = static_cast<std::size_t>(a.length);
  if (f.kind == vigie::kind::text && f.format == "vu") {
    const auto* sizes = static_cast<const std::int64_t*>(a.buffers[a.n_buffers - 1]);
    for (std::int64_t k = 0; k + 3 < a.n_buffers; ++k)
      fill(a.buffers[2 + k], static_cast<std::size_t>(sizes[k]));
    fill(a.buffers[1], n * 16);
  } else if (f.kind == vigie::kind::text) {
    const auto* offsets = static_cast<const std::int32_t*>(a.buffers[1]);
    fill(a.buffers[2], static_cast<std::size_t>(offsets[n]));
    fill(a.buffers[1], (n + 1) * 4);
  } else if (vigie::is_integer(f.kind) || f.kind == vigie::kind::float64) {
    fill(a.buffers[1],
         n * (vigie::usual_format(f) == "l" || vigie::usual_format(f) == "g" ? 8 : 1));
  }
}

vigie_status emit(const vigie_rows* to, std::int64_t n, ArrowArray* a,
                  const std::int32_t* parents = nullptr) {
  return to->emit(to->ctx, n, a, parents, nullptr);
}

vigie_status select(const std::string& mode, std::int64_t n, const vigie_rows* to) {
  std::vector<std::int32_t> parents;
  for (std::int64_t i = 0; i < n; ++i) parents.push_back(static_cast<std::int32_t>(i));
  if (mode == "lose" && n != 16 * 1024)
    parents.pop_back(); // one row of the last batch, and tells nobody
  if (mode == "parent") parents.back() = static_cast<std::int32_t>(n);
  if (mode == "descend") std::swap(parents.front(), parents.back());
  if (mode == "invent") to->dropped(to->ctx, 1);
  return emit(to, static_cast<std::int64_t>(parents.size()), nullptr, parents.data());
}

vigie_status process(void* task, ArrowArray* in, const vigie_rows* to, vigie_error* e) {
  const instance& self = static_cast<vigie::detail::transform_table<evil>::task*>(task)->self;
  const std::string& mode = self.component.mode;
  const std::int64_t n = in->length;
  if (mode == "throw") return vigie::detail::guard(e, [] { throw 42; });
  if (mode == "fail") return VIGIE_E_INTERNAL;
  if (mode == "silent") return VIGIE_OK;
  if (self.rule == vigie::rows::some) return select(mode, n, to);
  if (mode == "scribble")
    for (std::size_t i = 0; i < self.needs[0].fields.size(); ++i)
      scribble(*in->children[i], self.needs[0].fields[i]);
  ArrowArray made{};
  numbers(mode == "short" ? n - 1 : n, &made);
  ArrowArray& column = *made.children[0];
  if (mode == "negative") column.length = -1;
  if (mode == "buffers") column.n_buffers = 1;
  if (mode == "null_values") column.buffers[1] = nullptr;
  if (mode == "children") made.n_children = 7;
  if (mode == "no_children") made.children = nullptr;
  if (mode == "count") column.null_count = n + 5;
  if (mode == "reject") to->reject(to->ctx, n + 3, VIGIE_E_DATA, {"c", 1}, {"w", 1});
  if (mode == "reject_twice")
    for (int k = 0; k < 2; ++k) to->reject(to->ctx, 0, VIGIE_E_DATA, {"c", 1}, {"w", 1});
  if (mode == "span") {
    std::vector<vigie_span> far(static_cast<std::size_t>(n), vigie_span{1 << 30, 5, 0});
    std::vector<std::int32_t> parents(static_cast<std::size_t>(n), 0);
    return to->emit(to->ctx, n, &made, parents.data(), far.data());
  }
  const vigie_status s = emit(to, mode == "rows" ? n + 1 : n, &made);
  if (mode == "twice") {
    numbers(n, &made);
    return emit(to, n, &made);
  }
  return s;
}

constexpr vigie_transform_0 table = [] {
  vigie_transform_0 t = vigie::detail::transform_table<evil>::table;
  t.process = process;
  return t;
}();

const void* iface(const char* id) {
  return std::string_view(id) == "vigie.transform/0" ? &table : nullptr;
}

} // namespace

extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void);
extern "C" VIGIE_EXPORT const vigie_plugin* vigie_entry_0(void) {
  static vigie_component component = *vigie::detail::describe_component<evil>();
  component.iface = iface;
  static const vigie_component* const components[] = {&component};
  static const vigie_plugin plugin{sizeof(vigie_plugin),
                                   VIGIE_ABI_MAJOR,
                                   VIGIE_ABI_MINOR,
                                   "hostile",
                                   "1.0.0",
                                   "Breaks rules.",
                                   "MIT-0",
                                   "",
                                   1,
                                   components};
  return &plugin;
}
