// SPDX-License-Identifier: Apache-2.0
// Cuts the steps into stages and puts them in an order in which every stage finds complete what it waits for.
#include "build.hpp"

#include <algorithm>

namespace vigie::plan::parts {
namespace {

bool starts_stage(const work& w, const step_plan& s) {
  if (!s.active) return false;
  if (w.options.given.contains(s.name) || s.takes == intake::origin) return true;
  const bool whole = s.is_breaker() || (s.takes == intake::inbox && !s.is_writer());
  return whole && (!s.consumers.empty() || !s.error_consumers.empty() || w.options.collect.contains(s.name));
}

void add(std::vector<std::size_t>& to, std::size_t step) {
  const auto at = std::ranges::lower_bound(to, step);
  if (at == to.end() || *at != step) to.insert(at, step);
}

// Follows rows from a step through everything that takes them batch by batch.
void flow(const work& w, std::size_t from, stage& st) {
  const auto visit = [&](const std::vector<consumer>& consumers) {
    for (const consumer& c : consumers) {
      const step_plan& to = w.made.steps[c.step];
      if (!to.active || w.options.given.contains(to.name)) continue;
      const bool inbox = to.takes == intake::inbox || to.ports[c.port].build;
      if (inbox) {
        add(st.inboxes, c.step);
        continue;
      }
      const bool known = std::ranges::binary_search(st.streaming, c.step);
      add(st.streaming, c.step);
      if (to.is_breaker()) add(st.inboxes, c.step); // an aggregate: updated here, merged in order
      else if (!known) flow(w, c.step, st);
    }
  };
  visit(w.made.steps[from].consumers);
  visit(w.made.steps[from].error_consumers);
}

bool contains(const std::vector<std::size_t>& v, std::size_t x) { return std::ranges::binary_search(v, x); }

// A probe side that flows from the same stage as the build side must wait: its rows are held until the build is sealed.
void hold_self_joins(work& w) {
  for (step_plan& s : w.made.steps) {
    if (!starts_stage(w, s)) continue;
    stage st;
    flow(w, s.index, st);
    for (const std::size_t i : st.streaming) {
      step_plan& t = w.made.steps[i];
      const bool builds = std::ranges::any_of(t.ports, [](const input_port& p) { return p.build; });
      if (builds && contains(st.inboxes, i) && !t.is_breaker()) t.takes = intake::inbox;
    }
  }
}

// Does `later` wait for what `earlier` brings?
bool waits(const work& w, const stage& later, const stage& earlier) {
  const auto builds = [&](std::size_t i) { return std::ranges::any_of(w.made.steps[i].ports, [](const input_port& p) { return p.build; }); };
  for (const std::size_t o : later.origins)
    if (w.made.steps[o].takes != intake::origin && contains(earlier.inboxes, o) && !w.options.given.contains(w.made.steps[o].name)) return true;
  return std::ranges::any_of(later.streaming, [&](std::size_t i) { return builds(i) && contains(earlier.inboxes, i); });
}

} // namespace

void cut_stages(work& w) {
  hold_self_joins(w);
  std::vector<stage> open;
  for (const step_plan& s : w.made.steps) {
    if (!starts_stage(w, s)) continue;
    stage st{{s.index}, {}, {}};
    flow(w, s.index, st);
    open.push_back(std::move(st));
  }
  while (!open.empty()) {
    const auto free = std::ranges::find_if(open, [&](const stage& st) { return std::ranges::none_of(open, [&](const stage& o) { return &o != &st && waits(w, st, o); }); });
    const auto next = free == open.end() ? open.begin() : free;
    w.made.stages.push_back(std::move(*next));
    open.erase(next);
  }
}

} // namespace vigie::plan::parts
