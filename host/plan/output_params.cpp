// SPDX-License-Identifier: Apache-2.0
// Where writers write: the parameters of their files, and the columns that names go by.
#include "base/text.hpp"
#include "build.hpp"
#include "sensitive.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::plan::parts {
namespace {

constexpr std::int64_t most_partitions = 100'000;

// A name below the output folder: relative, without ".." and empty parts.
bool stays_inside(const std::string& file) {
  if (file.empty() || file.front() == '/' || file.find('\0') != std::string::npos) return false;
  return std::ranges::none_of(text::split(file, '/'), [](std::string_view part) {
    return part.empty() || part == "." || part == ".." || part == ".vigie";
  });
}

diagnostic disagree(const step_plan& s) {
  return fail(code::plan_encoder_compression,
              fmt::format("'{}' is to be written with compression {}", s.file, s.compression));
}

void take_name(work& w, step_plan& s, const place& at) {
  auto name = parse_file_name(s.file);
  if (!name) return w.wrong(s.index, std::move(name).error().at(at));
  s.file_name = *std::move(name);
  if (!s.is_partitioned() && !s.file_name.empty()) s.file = s.file_name.front().text;
}

void take_sizes(work& w, step_plan& s, const loader::component_info& info,
                const host_value& given) {
  if (const param_value* size = given.find("split_size"); size != nullptr && size->set) {
    s.split_size = size->i;
    if (s.split_size < 1)
      w.wrong(s.index, fail(code::plan_output_name, "a part of an output holds at least one byte")
                           .at(size->place)
                           .help("give a size such as 100MiB, or leave split_size out"));
    // Its rows are no bytes of their own, so there is nothing to be put into parts.
    if (info.parallelism != loader::parallelism::stateless)
      w.wrong(s.index, fail(code::plan_output_name,
                            fmt::format("{} writes all rows of a file as one, so that its output "
                                        "cannot be split by size",
                                        s.doc->use))
                           .at(size->place)
                           .help("leave split_size out, or name files by a column: {COLUMN}.txt"));
  }
  const param_value* most = given.find("max_partitions");
  if (most == nullptr) return;
  s.max_partitions = most->i;
  if (most->i < 1 || most->i > most_partitions)
    w.wrong(s.index,
            fail(code::plan_output_name,
                 fmt::format("max_partitions is {}; expected 1 to {}", most->i, most_partitions))
                .at(most->place)
                .help("name the files by a column with fewer values"));
}

// Can cells of the column be told in a few readable words?
bool fits_names(const field& f) {
  switch (f.kind) {
  case kind::boolean:
  case kind::text:
  case kind::date: return true;
  case kind::fixed_binary: return is_ip(f);
  case kind::int64: return decimal_scale(f) < 0;
  default: return is_integer(f.kind);
  }
}

diagnostic no_such_column(const name_piece& p, const schema& fields) {
  std::vector<std::string> names;
  for (const field& f : fields) names.push_back(f.name);
  const std::string near = nearest(p.text, names);
  return fail(code::plan_partition_column,
              fmt::format("files are to be named by column '{}', which does not arrive here",
                          p.text))
      .help(near.empty() ? "columns: " + text::join(names, ", ")
                         : fmt::format("did you mean '{}'?", near));
}

} // namespace

const param_value* host_value::find(std::string_view name) const {
  const auto at = std::ranges::find(table, name, &param_spec::name);
  return at == table.end() ? nullptr : &values[static_cast<std::size_t>(at - table.begin())];
}

std::string host_value::text(std::string_view name) const {
  const param_value* v = find(name);
  return v != nullptr && v->set ? v->s : std::string();
}

void take_output(work& w, step_plan& s, const loader::component_info& info,
                 const host_value& given) {
  const param_value* file = given.find("file");
  if (file == nullptr || !file->set) return;
  s.file = file->s;
  if (s.kind == loader::component_kind::encode) {
    take_name(w, s, file->place);
    take_sizes(w, s, info, given);
  }
  if (!stays_inside(s.file))
    w.wrong(s.index,
            fail(code::plan_output_path,
                 fmt::format("the output '{}' does not lie inside the output folder", s.file))
                .at(file->place)
                .help("write a relative name without `..`"));
  for (const step_plan& other : w.made.steps)
    if (other.index != s.index && !other.file.empty() && other.file == s.file)
      w.wrong(s.index, fail(code::plan_output_twice,
                            fmt::format("step '{}' writes '{}', too", other.name, s.file))
                           .at(file->place));
  const bool gz = s.file.ends_with(".gz"), zst = s.file.ends_with(".zst");
  if ((gz && s.compression != "auto" && s.compression != "gzip") ||
      (zst && s.compression != "auto" && s.compression != "zstd"))
    w.wrong(s.index, disagree(s).at(file->place));
}

void bind_file_name(work& w, step_plan& s) {
  if (!s.is_partitioned() || s.ports.empty()) return;
  const schema& fields = s.ports[0].fields;
  for (name_piece& p : s.file_name) {
    if (!p.is_column) continue;
    p.column = find_field(fields, p.text);
    if (p.column < 0) {
      w.wrong(s.index, no_such_column(p, fields));
      continue;
    }
    const field& f = fields[static_cast<std::size_t>(p.column)];
    if (is_sensitive(f))
      w.wrong(s.index,
              fail(code::plan_partition_column,
                   fmt::format("column '{}' is sensitive, and names of files are seen by everybody",
                               p.text))
                  .help("name the files by another column"));
    else if (!fits_names(f))
      w.wrong(s.index, fail(code::plan_partition_column,
                            fmt::format("files are to be named by column '{}', which is {}", p.text,
                                        describe(f)))
                           .help("text, integers, booleans, dates and IP addresses can name files; "
                                 "derive such a column"));
  }
}

} // namespace vigie::plan::parts
