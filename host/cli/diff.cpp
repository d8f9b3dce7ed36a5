// SPDX-License-Identifier: Apache-2.0
// vigie diff: what two runs made differently, and what may be the reason.
#include "runs/diff.hpp"

#include "base/text.hpp"
#include "session.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace vigie::cli {
namespace {

constexpr std::size_t widest_cell = 60;

std::string shown(std::string_view cell) { return text::elide(text::printable(cell), widest_cell); }

std::string counted(std::uint64_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

class printer {
public:
  explicit printer(const runs::diff_options& o) : o_(o) {}

  void file(const runs::file_diff& d) const {
    const std::string name = text::printable(d.file);
    if (!d.in_before || !d.in_after)
      fmt::print("{}: only in the {} run\n", name, d.in_before ? "first" : "second");
    else if (!d.same_bytes)
      fmt::print("{}: {}\n", name, summary(d));
    columns("gone", d.columns_removed);
    columns("new", d.columns_added);
    rows('+', d.first_added, d.added);
    rows('-', d.first_removed, d.removed);
    changes(d);
    if (d.keys_twice > 0)
      fmt::print("  {} of several rows, which were compared as wholes:\n",
                 counted(d.keys_twice, "key"));
    rows('=', d.first_twice, d.keys_twice);
  }

private:
  static std::string summary(const runs::file_diff& d) {
    if (d.first_byte && d.form == runs::row_form::bytes)
      return fmt::format("differs from byte {} on ({}, then {})", *d.first_byte,
                         counted(d.bytes_before, "byte"), d.bytes_after);
    if (!d.first_byte) return "could not be compared";
    const std::string counts =
        fmt::format("{}, then {}", counted(d.rows_before, "row"), d.rows_after);
    if (d.same_rows) return counts + ": the same rows, written in another way";
    if (d.added + d.removed + d.changed == 0) return counts + ": the same rows in another order";
    std::string out = fmt::format("{}: {} added, {} removed", counts, d.added, d.removed);
    if (d.keyed) out += fmt::format(", {} changed", d.changed);
    return out;
  }

  static void columns(std::string_view what, const std::vector<std::string>& names) {
    if (!names.empty())
      fmt::print("  columns {}: {}\n", what, text::printable(text::join(names, ", ")));
  }

  std::string key_text(const std::vector<std::string>& key) const {
    std::string out;
    for (std::size_t k = 0; k < key.size(); ++k)
      out += fmt::format("  {}={}", text::printable(o_.key[k]), shown(key[k]));
    return out;
  }

  static std::string cells_text(const runs::file_row& r) {
    std::string out;
    for (std::size_t k = 0; k < r.cells.size(); ++k)
      out += "  " + (k < r.names.size() ? text::printable(r.names[k]) + "=" : std::string()) +
             shown(r.cells[k]);
    return out;
  }

  void rows(char sign, const std::vector<runs::row_shown>& list, std::uint64_t all) const {
    for (const runs::row_shown& r : list)
      fmt::print("  {} row {}{}{}\n", sign, r.row, key_text(r.key), cells_text(r.cells));
    if (all > list.size()) fmt::print("  {} and {} more\n", sign, all - list.size());
  }

  void changes(const runs::file_diff& d) const {
    for (const runs::row_changed& c : d.first_changed) {
      const std::string what =
          c.columns.empty() ? "the order of its columns" : text::join(c.columns, ", ");
      fmt::print("  ~ row {}, then {}{}: {}\n", c.before, c.after, key_text(c.key),
                 text::printable(what));
      if (o_.cells) cells(c);
    }
    if (d.changed > d.first_changed.size())
      fmt::print("  ~ and {} more\n", d.changed - d.first_changed.size());
  }

  static void cells(const runs::row_changed& c) {
    for (const std::string& name : c.columns) {
      const std::string *x = cell_of(c.cells_before, name), *y = cell_of(c.cells_after, name);
      fmt::print("      {}: {} -> {}\n", text::printable(name),
                 x == nullptr ? "(absent)" : shown(*x), y == nullptr ? "(absent)" : shown(*y));
    }
  }

  const runs::diff_options& o_;
};

void print_text(const runs::run_diff& r, const runs::diff_options& o) {
  const printer p(o);
  std::size_t same = 0;
  for (const runs::file_diff& d : r.files) {
    print(d.problems, false);
    p.file(d);
    same += d.same_bytes ? 1 : 0;
  }
  fmt::print("{} of {} the same, byte by byte\n", same, counted(r.files.size(), "output"));
  for (const runs::manifest_difference& m : r.manifest)
    fmt::print("{}: {} -> {}\n", text::printable(m.what),
               m.before.empty() ? "(none)" : text::printable(m.before),
               m.after.empty() ? "(none)" : text::printable(m.after));
}

void write_texts(json_writer& w, std::string_view name, const std::vector<std::string>& texts) {
  w.key(name).begin_array();
  for (const std::string& t : texts) w.value(t);
  w.end_array();
}

// Cells as texts by column; lines under "".
void write_cells(json_writer& w, std::string_view name, const runs::file_row& r) {
  if (r.cells.empty()) return;
  w.key(name).begin_object();
  for (std::size_t k = 0; k < r.cells.size(); ++k)
    w.field(k < r.names.size() ? r.names[k] : std::string(), r.cells[k]);
  w.end_object();
}

void write_rows(json_writer& w, std::string_view name, const std::vector<runs::row_shown>& rows) {
  w.key(name).begin_array();
  for (const runs::row_shown& r : rows) {
    w.begin_object().field("row", r.row);
    write_texts(w, "key", r.key);
    write_cells(w, "cells", r.cells);
    w.end_object();
  }
  w.end_array();
}

void write_changes(json_writer& w, const runs::file_diff& d) {
  w.key("first_changed").begin_array();
  for (const runs::row_changed& c : d.first_changed) {
    w.begin_object().field("before", c.before).field("after", c.after);
    write_texts(w, "key", c.key);
    write_texts(w, "columns", c.columns);
    write_cells(w, "cells_before", c.cells_before);
    write_cells(w, "cells_after", c.cells_after);
    w.end_object();
  }
  w.end_array();
}

void write_file(json_writer& w, const runs::file_diff& d) {
  w.begin_object().field("file", d.file).field("in_first", d.in_before);
  w.field("in_second", d.in_after)
      .field("same_bytes", d.same_bytes)
      .field("same_rows", d.same_rows);
  w.field("form", runs::name_of(d.form)).field("keyed", d.keyed);
  w.field("rows_before", d.rows_before).field("rows_after", d.rows_after);
  w.field("added", d.added).field("removed", d.removed).field("changed", d.changed);
  w.field("keys_twice", d.keys_twice);
  w.field("bytes_before", d.bytes_before).field("bytes_after", d.bytes_after);
  w.key("first_byte");
  if (d.first_byte)
    w.value(*d.first_byte);
  else
    w.null();
  write_texts(w, "columns_added", d.columns_added);
  write_texts(w, "columns_removed", d.columns_removed);
  write_rows(w, "first_added", d.first_added);
  write_rows(w, "first_removed", d.first_removed);
  write_changes(w, d);
  write_rows(w, "first_twice", d.first_twice);
  w.key("problems").begin_array();
  for (const diagnostic& p : d.problems) write_json(w, p);
  w.end_array().end_object();
}

void print_json(const runs::run_diff& r) {
  json_writer w;
  w.begin_object().field("same_outputs", r.same_outputs()).key("files").begin_array();
  for (const runs::file_diff& d : r.files) write_file(w, d);
  w.end_array().key("manifest").begin_array();
  for (const runs::manifest_difference& m : r.manifest)
    w.begin_object()
        .field("what", m.what)
        .field("before", m.before)
        .field("after", m.after)
        .end_object();
  w.end_array().end_object();
  fmt::print("{}\n", w.text());
}

// Nothing, with a message printed, where a name of the key is empty.
std::optional<std::vector<std::string>> key_columns(const arguments& a) {
  std::vector<std::string> key;
  if (!a.has("key")) return key;
  const std::string keys = a.value("key"); // outlives the views into it
  for (const std::string_view name : text::split(keys, ',')) {
    if (!name.empty()) {
      key.emplace_back(name);
      continue;
    }
    print({fail(code::command_line,
                fmt::format("--key takes columns such as id,day, not '{}'", a.value("key")))},
          a.has("json"));
    return std::nullopt;
  }
  return key;
}

} // namespace

int diff_command(const arguments& a) {
  const auto limit = number_option(a, "limit", 20);
  const auto key = key_columns(a);
  if (!limit || !key) return refused;
  runs::diff_options o;
  o.key = *key;
  o.file = a.value("file");
  o.limit = static_cast<std::size_t>(*limit);
  // Outputs may hold what a terminal may show and a log may not keep.
  o.cells = a.has("cells") || ::isatty(STDOUT_FILENO) == 1;
  o.cancel = &interrupted();
  const auto r = runs::diff({a.words[0]}, {a.words[1]}, o);
  if (!r) {
    print({r.error()}, a.has("json"));
    return refused;
  }
  if (a.has("json"))
    print_json(*r);
  else
    print_text(*r, o);
  return r->same_outputs() ? done : failed;
}

} // namespace vigie::cli
