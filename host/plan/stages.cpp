// SPDX-License-Identifier: Apache-2.0
// Cuts the steps into stages and puts them in an order in which every stage finds complete what it
// waits for.
#include "build.hpp"

#include <algorithm>

namespace vigie::plan::parts {
namespace {

bool starts_stage(const work& w, const step_plan& s) {
  if (!s.active) return false;
  if (w.options.given.contains(s.name) || s.takes == intake::origin) return true;
  if (s.is_writer())
    return !s.error_consumers
                .empty(); // a sink rejects in order, so what it rejects comes after its rows
  const bool whole = s.is_breaker() || s.takes == intake::inbox;
  return whole &&
         (!s.consumers.empty() || !s.error_consumers.empty() || w.options.collect.contains(s.name));
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
      if (to.is_breaker())
        add(st.inboxes, c.step); // an aggregate: updated here, merged in order
      else if (!known)
        flow(w, c.step, st);
    }
  };
  visit(w.made.steps[from].consumers);
  visit(w.made.steps[from].error_consumers);
}

bool contains(const std::vector<std::size_t>& v, std::size_t x) {
  return std::ranges::binary_search(v, x);
}

bool builds(const work& w, std::size_t i) {
  return std::ranges::any_of(w.made.steps[i].ports, [](const input_port& p) { return p.build; });
}

// Does `later` wait for what `earlier` brings?
bool waits(const work& w, const stage& later, const stage& earlier) {
  for (const std::size_t o : later.origins)
    if (w.made.steps[o].takes != intake::origin && contains(earlier.inboxes, o) &&
        !w.options.given.contains(w.made.steps[o].name))
      return true;
  return std::ranges::any_of(
      later.streaming, [&](std::size_t i) { return builds(w, i) && contains(earlier.inboxes, i); });
}

std::vector<stage> all_stages(const work& w) {
  std::vector<stage> out;
  for (const step_plan& s : w.made.steps) {
    if (!starts_stage(w, s)) continue;
    stage st{{s.index}, {}, {}};
    flow(w, s.index, st);
    out.push_back(std::move(st));
  }
  return out;
}

// Puts the stages in order; what is left in `open` waits for one another, or a stage for itself.
std::vector<stage> ordered(const work& w, std::vector<stage>& open) {
  std::vector<stage> out;
  for (;;) {
    const auto free = std::ranges::find_if(open, [&](const stage& st) {
      return std::ranges::none_of(open, [&](const stage& o) { return waits(w, st, o); });
    });
    if (free == open.end()) return out;
    out.push_back(std::move(*free));
    open.erase(free);
  }
}

// A probe side whose rows come before, or with, those of its build side must wait: the rows are
// held until the build is sealed. The first such join of the stages that wait for one another;
// false where there is none.
bool hold_probe(work& w, const std::vector<stage>& stuck) {
  for (const stage& st : stuck)
    for (const std::size_t i : st.streaming) {
      const bool stuck_here = builds(w, i) && std::ranges::any_of(stuck, [&](const stage& o) {
                                return contains(o.inboxes, i);
                              });
      if (!stuck_here) continue;
      w.made.steps[i].takes = intake::inbox;
      return true;
    }
  return false;
}

} // namespace

void cut_stages(work& w) {
  for (;;) {
    std::vector<stage> open = all_stages(w);
    w.made.stages = ordered(w, open);
    if (open.empty()) return;
    if (hold_probe(w, open)) continue;
    w.wrong(open.front().origins.front(),
            fail(code::internal, "the steps from here on wait for one another"));
    return;
  }
}

} // namespace vigie::plan::parts
