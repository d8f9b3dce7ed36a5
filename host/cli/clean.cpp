// SPDX-License-Identifier: Apache-2.0
// vigie clean: takes away what a run that died left of its work.
#include "runs/clean.hpp"

#include "base/text.hpp"
#include "session.hpp"

#include <fmt/format.h>

namespace vigie::cli {
namespace {

void print_json(const std::string& out, const std::vector<runs::removed>& gone) {
  json_writer w;
  w.begin_object().field("run", out).key("removed").begin_array();
  for (const runs::removed& r : gone)
    w.begin_object()
        .field("path", r.path)
        .field("files", r.files)
        .field("bytes", r.bytes)
        .end_object();
  w.end_array().end_object();
  fmt::print("{}\n", w.text());
}

void print_text(const std::string& out, const std::vector<runs::removed>& gone) {
  for (const runs::removed& r : gone)
    fmt::print("removed {}  {} file{}, {} byte{}\n", text::printable(r.path), r.files,
               r.files == 1 ? "" : "s", r.bytes, r.bytes == 1 ? "" : "s");
  if (gone.empty()) fmt::print("nothing to clean in '{}'\n", text::printable(out));
}

} // namespace

int clean_command(const arguments& a) {
  const std::string& out = a.words.front();
  const auto gone = runs::clean({out}, a.has("force"));
  if (!gone) {
    print({gone.error()}, a.has("json"));
    const code c = gone.error().code;
    const bool before_work =
        c == code::run_none || c == code::run_in_progress || c == code::run_unfinished;
    return before_work ? refused : failed;
  }
  if (a.has("json"))
    print_json(out, *gone);
  else
    print_text(out, *gone);
  return done;
}

} // namespace vigie::cli
