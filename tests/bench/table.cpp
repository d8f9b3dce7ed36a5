// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include "base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

namespace bench {

namespace {

double median(std::vector<double> v) {
  std::ranges::sort(v);
  const std::size_t half = v.size() / 2;
  return v.size() % 2 == 1 ? v[half] : (v[half - 1] + v[half]) / 2;
}

struct figures {
  double cpu_min = 0, cpu = 0, wall_min = 0, wall = 0; // seconds; medians without a word
  double peak_mb = 0, mb_a_cpu_s = 0;
  std::size_t runs = 0, clean = 0; // clean: others took less than `busy` cores
};

// Over the clean runs, where there are three of them at least; else over all.
std::optional<figures> figures_of(const contender& c, int threads, double input_mb) {
  const auto at = c.runs.find(threads);
  if (!c.trouble.empty() || at == c.runs.end() || at->second.empty()) return {};
  std::vector<sample> used;
  std::ranges::copy_if(at->second, std::back_inserter(used),
                       [](const sample& s) { return s.foreign < busy; });
  figures f{.runs = at->second.size(), .clean = used.size()};
  if (used.size() < std::min<std::size_t>(3, f.runs)) used = at->second;
  std::vector<double> cpu, wall;
  for (const sample& s : used) {
    cpu.push_back(s.cpu_s);
    wall.push_back(s.wall_s);
    f.peak_mb = std::max(f.peak_mb, s.peak_mb);
  }
  f.cpu_min = *std::ranges::min_element(cpu);
  f.cpu = median(cpu);
  f.wall_min = *std::ranges::min_element(wall);
  f.wall = median(wall);
  f.mb_a_cpu_s = input_mb / std::max(f.cpu, 1e-3);
  return f;
}

struct verdict {
  std::optional<double> ours, best_peer, limit, sibling, digests, two_threads, peak_mb;
  std::string best_name;
};

std::optional<double> ratio(std::optional<double> a, std::optional<double> b) {
  if (!a || !b || *b <= 0) return {};
  return *a / *b;
}

// What counts: MB per CPU second with one thread; of W5 wall milliseconds.
std::optional<double> score(const measured& m, const contender& c) {
  const auto f = figures_of(c, 1, m.input_mb);
  if (!f) return {};
  return is_start(m.what) ? f->wall * 1000 : f->mb_a_cpu_s;
}

verdict verdict_of(const measured& m) {
  verdict v;
  for (const contender& c : m.all) {
    const auto s = score(m, c);
    if (!s || c.part == role::judge) continue;
    const bool better = !v.best_peer || (is_start(m.what) ? *s < *v.best_peer : *s > *v.best_peer);
    if (c.part == role::ours) v.ours = s;
    if (c.part == role::digests) v.digests = s;
    if (c.part == role::sibling) v.sibling = s;
    if (c.part == role::limit) v.limit = s;
    if (c.part == role::peer && better) v.best_peer = s, v.best_name = c.name;
    if (c.part != role::ours) continue;
    const auto one = figures_of(c, 1, m.input_mb), two = figures_of(c, 2, m.input_mb);
    v.peak_mb = one->peak_mb;
    if (two) v.two_threads = two->wall / one->wall;
  }
  return v;
}

std::string number(std::optional<double> v, const char* none = "–") {
  if (!v) return none;
  if (*v >= 100) return fmt::format("{:.0f}", *v);
  return *v >= 10 ? fmt::format("{:.1f}", *v) : fmt::format("{:.2f}", *v);
}

std::string yes(std::optional<bool> v) { return !v ? "not compared" : (*v ? "yes" : "**no**"); }

std::optional<bool> reached(const measured& m, const verdict& v) {
  if (!m.wrong.empty()) return false;
  if (is_start(m.what)) return v.ours ? std::optional(*v.ours <= m.what.aim) : std::nullopt;
  const auto times = ratio(v.ours, v.best_peer);
  if (!times) return {};
  const auto sibling = ratio(v.sibling, v.ours);
  return *times >= m.what.aim && sibling && *sibling >= aim_sibling;
}

std::string contender_row(const measured& m, const contender& c, int threads) {
  if (!c.trouble.empty())
    return fmt::format("| {} | {} | {} | {} | | | | |\n", m.what.id, c.name, threads, c.trouble);
  const auto f = figures_of(c, threads, m.input_mb);
  if (!f) return "";
  return fmt::format("| {} | {} | {} | {:.3f} / {:.3f} | {:.3f} / {:.3f} | {} | {:.0f} | {}{} |\n",
                     m.what.id, c.name, threads, f->cpu_min, f->cpu, f->wall_min, f->wall,
                     is_start(m.what) ? "–" : number(f->mb_a_cpu_s), f->peak_mb, f->runs,
                     f->clean == f->runs ? "" : fmt::format(" ({} clean)", f->clean));
}

std::string verdict_row(const measured& m) {
  const verdict v = verdict_of(m);
  const bool start = is_start(m.what);
  const auto times = start ? std::nullopt : ratio(v.ours, v.best_peer);
  return fmt::format(
      "| {} {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", m.what.id, m.what.title,
      number(v.ours), start ? "–" : number(v.digests),
      v.best_peer ? fmt::format("{} {}", v.best_name, number(v.best_peer)) : "not compared",
      number(v.limit), start ? "–" : number(times, "not compared"),
      start ? fmt::format("{:.0f} ms", m.what.aim) : fmt::format("{:.1f}", m.what.aim),
      start ? "–" : number(ratio(v.ours, v.limit)), start ? "–" : number(ratio(v.sibling, v.ours)),
      m.what.two_threads ? number(v.two_threads) : "–", number(v.peak_mb),
      m.wrong.empty() ? yes(reached(m, v)) : "**wrong answer**");
}

std::string head_of(const report& r) {
  return fmt::format(
      "{}, {} cores, {:.0f} GB, {}, {}; {}; commit {}; size {}. {}\n\n", r.where.cpu, r.where.cores,
      r.where.memory_gb, r.where.system, r.where.kernel, r.where.date, r.where.commit, r.size,
      r.load < busy ? "The machine was idle before the first run."
                    : fmt::format("**The machine was busy**: others held {:.1f} cores before the "
                                  "first run.",
                                  r.load));
}

void house_json(vigie::json_writer& w, const report& r) {
  w.key("house").begin_array();
  for (const figure& f : r.house)
    w.begin_object()
        .field("name", f.name)
        .field("value", f.value)
        .field("unit", f.unit)
        .field("aim", f.aim)
        .end_object();
  w.end_array();
}

void optional_field(vigie::json_writer& w, const char* key, std::optional<double> v) {
  w.key(key);
  if (v)
    w.value(*v);
  else
    w.null();
}

void contender_json(vigie::json_writer& w, const measured& m, const contender& c) {
  if (c.part == role::judge) return;
  w.begin_object().field("name", c.name).field("peer", c.part == role::peer);
  if (!c.trouble.empty()) w.field("trouble", c.trouble);
  w.key("threads").begin_array();
  for (const auto& [threads, runs] : c.runs) {
    w.begin_object().field("threads", threads);
    if (const auto f = figures_of(c, threads, m.input_mb))
      w.field("mb_per_cpu_s", f->mb_a_cpu_s).field("clean_runs", f->clean);
    w.key("runs").begin_array();
    for (const sample& s : runs)
      w.begin_object()
          .field("cpu_s", s.cpu_s)
          .field("wall_s", s.wall_s)
          .field("peak_mb", s.peak_mb)
          .field("foreign_cores", s.foreign)
          .end_object();
    w.end_array().end_object();
  }
  w.end_array().end_object();
}

void workload_json(vigie::json_writer& w, const measured& m) {
  const verdict v = verdict_of(m);
  w.begin_object().field("id", m.what.id).field("title", m.what.title);
  w.field("input_mb", m.input_mb).field("rows_out", m.rows);
  w.field("unit", is_start(m.what) ? "wall ms" : "MB per CPU second").field("aim", m.what.aim);
  optional_field(w, "ours", v.ours);
  optional_field(w, "with_digests", v.digests);
  optional_field(w, "best_peer", v.best_peer);
  w.field("best_peer_name", v.best_name);
  optional_field(w, "limit", v.limit);
  optional_field(w, "sibling_ratio", ratio(v.sibling, v.ours));
  optional_field(w, "two_threads_wall_ratio", v.two_threads);
  const auto r = reached(m, v);
  w.field("reached", !m.wrong.empty() ? "wrong answer" : (!r ? "not compared" : *r ? "yes" : "no"));
  if (!m.wrong.empty()) w.field("wrong", m.wrong);
  w.key("contenders").begin_array();
  for (const contender& c : m.all) contender_json(w, m, c);
  w.end_array().end_object();
}

} // namespace

std::string markdown(const report& r) {
  std::string out = head_of(r);
  if (!r.workloads.empty())
    out += "| workload | ours | with digests | best peer | limit | ours / best peer | aim | ours / "
           "limit | sibling / ours | wall, 2 threads / 1 | peak MB | reached |\n"
           "|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const measured& m : r.workloads) out += verdict_row(m);
  if (!r.workloads.empty())
    out += "\nOne thread, MB (1e6 bytes of input) per CPU second, medians; W5: wall ms. Of two "
           "threads the aim is a wall time of at most 0.55, of siblings at least 0.85.\n\n"
           "| workload | who | threads | CPU s, min / median | wall s, min / median | MB per CPU s "
           "| peak MB | runs |\n|---|---|---|---|---|---|---|---|\n";
  for (const measured& m : r.workloads)
    for (const contender& c : m.all)
      for (const int threads : {1, 2, 4, 8})
        if (c.part != role::judge && (c.runs.contains(threads) || threads == 1))
          out += contender_row(m, c, threads);
  if (r.house.empty()) return out;
  out += "\n| the house itself | | aim |\n|---|---|---|\n";
  for (const figure& f : r.house)
    out += fmt::format("| {} | {:.3g} {} | {} |\n", f.name, f.value, f.unit, f.aim);
  return out;
}

std::string json(const report& r) {
  vigie::json_writer w;
  w.begin_object().key("machine").begin_object();
  w.field("cpu", r.where.cpu)
      .field("cores", r.where.cores)
      .field("memory_gb", r.where.memory_gb)
      .field("system", r.where.system)
      .field("kernel", r.where.kernel)
      .end_object();
  w.field("date", r.where.date).field("commit", r.where.commit).field("size", r.size);
  w.field("foreign_cores_before", r.load).key("workloads").begin_array();
  for (const measured& m : r.workloads) workload_json(w, m);
  w.end_array();
  house_json(w, r);
  return w.end_object().text() + "\n";
}

} // namespace bench
