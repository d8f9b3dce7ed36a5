// SPDX-License-Identifier: Apache-2.0
// vigie plan: what a run would do, step by step.
#include "base/json.hpp"
#include "base/text.hpp"
#include "session.hpp"

#include <fmt/format.h>

namespace vigie::cli {
namespace {

std::string inputs_of(const plan::plan& p, const plan::step_plan& s) {
  std::vector<std::string> out;
  for (const plan::input_port& port : s.ports)
    for (const plan::edge& e : port.edges)
      out.push_back((port.name.empty() ? "" : port.name + ": ") + p.steps[e.from].name +
                    (e.errors ? ".errors" : ""));
  return text::join(out, ", ");
}

std::string rule_of(const on_error& e) {
  std::string out = e.action == error_action::route  ? "route"
                    : e.action == error_action::drop ? "drop"
                                                     : "stop";
  if (e.at_most) out += fmt::format(", at most {}", *e.at_most);
  if (e.at_most_percent) out += fmt::format(", at most {} %", *e.at_most_percent);
  return out;
}

// How many tasks work on the step: as many as there are splits and threads, or one.
std::string tasks_of(const plan::step_plan& s) {
  return s.takes == plan::intake::inbox ? "one task, rows in input order" : "a task per split";
}

std::string text_of(const plan::plan& p, const plan::step_plan& s) {
  std::string out =
      fmt::format("{}  {}  ({}, {}{})\n", s.name, s.doc->use, loader::name_of(s.kind), tasks_of(s),
                  s.made->stranger() ? ", from outside the installation" : "");
  if (!s.ports.empty()) out += fmt::format("  from      {}\n", inputs_of(p, s));
  if (!s.files.empty()) out += fmt::format("  files     {}\n", text::join(s.files, ", "));
  if (!s.file.empty()) out += fmt::format("  file      {}/{}\n", p.out, s.file);
  if (s.doc->errors.at.line > 0) out += fmt::format("  on error  {}\n", rule_of(s.doc->errors));
  for (std::size_t k = 0; k < s.fields.size(); ++k) {
    const bool added = s.columns[k].added >= 0 && !s.is_reader();
    out += fmt::format("  {} {:<20} {}{}{}\n", added ? "+" : " ", s.fields[k].name,
                       describe(s.fields[k]), s.fields[k].sensitive ? ", sensitive" : "",
                       s.live[k] ? "" : "  (not read by anyone)");
  }
  return out;
}

void print_stages(const plan::plan& p) {
  fmt::print("\nstages, in order:\n");
  for (std::size_t i = 0; i < p.stages.size(); ++i) {
    std::string line;
    for (const std::size_t s : p.stages[i].origins)
      line += (line.empty() ? "" : " + ") + p.steps[s].name;
    for (const std::size_t s : p.stages[i].streaming) line += " > " + p.steps[s].name;
    std::vector<std::string> ends;
    for (const std::size_t s : p.stages[i].inboxes) ends.push_back(p.steps[s].name);
    fmt::print("  {}. {}{}\n", i + 1, line,
               ends.empty() ? "" : "; in order into " + text::join(ends, ", "));
  }
}

std::string json_of(const plan::plan& p) {
  json_writer w;
  w.begin_object().field("pipeline", p.doc->name).field("out", p.out).key("steps").begin_array();
  for (const plan::step_plan& s : p.steps) {
    w.begin_object()
        .field("step", s.name)
        .field("use", s.doc->use)
        .field("kind", loader::name_of(s.kind))
        .field("active", s.active);
    w.field("tasks", s.takes == plan::intake::inbox ? "one" : "split")
        .field("file", s.file)
        .key("from")
        .begin_array();
    for (const plan::input_port& port : s.ports)
      for (const plan::edge& e : port.edges)
        w.begin_object()
            .field("step", p.steps[e.from].name)
            .field("errors", e.errors)
            .field("port", port.name)
            .end_object();
    w.end_array().key("columns").begin_array();
    for (std::size_t k = 0; k < s.fields.size(); ++k)
      w.begin_object()
          .field("name", s.fields[k].name)
          .field("type", describe(s.fields[k]))
          .field("sensitive", s.fields[k].sensitive)
          .field("read", static_cast<bool>(s.live[k]))
          .end_object();
    w.end_array().end_object();
  }
  w.end_array().key("stages").begin_array();
  for (const plan::stage& st : p.stages) {
    w.begin_object();
    for (const auto& [name, list] :
         {std::pair("origins", &st.origins), std::pair("streaming", &st.streaming),
          std::pair("inboxes", &st.inboxes)}) {
      w.key(name).begin_array();
      for (const std::size_t s : *list) w.value(p.steps[s].name);
      w.end_array();
    }
    w.end_object();
  }
  w.end_array().end_object();
  return w.text();
}

} // namespace

int plan_command(const arguments& a) {
  session s(a);
  if (!s.load()) return s.refuse();
  const auto p = s.make_plan();
  if (!p) return s.refuse();
  if (a.has("json")) {
    fmt::print("{}\n", s.masked(json_of(*p)));
    return done;
  }
  s.print(s.problems());
  for (const plan::step_plan& step : p->steps) fmt::print("{}", s.masked(text_of(*p, step)));
  print_stages(*p);
  return done;
}

} // namespace vigie::cli
