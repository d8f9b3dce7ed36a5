// SPDX-License-Identifier: Apache-2.0
#include "diff.hpp"

#include "base/text.hpp"
#include "diff_rows.hpp"
#include "io/ranged_file.hpp"
#include "verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace vigie::runs {
namespace {

bool ends_all(const diagnostic& d) {
  return d.code == code::input_cancelled || d.code == code::digest_failed;
}

using outputs = std::map<std::string, const manifest_output*>;

outputs outputs_of(const manifest& m) {
  outputs out;
  for (const manifest_output& o : m.outputs)
    if (!o.file.empty()) out.emplace(o.file, &o);
  return out;
}

// The first byte that differs, or nothing where the two hold the same.
result<std::optional<std::uint64_t>> first_difference(const io::ranged_file& a,
                                                      const io::ranged_file& b,
                                                      const diff_options& o,
                                                      const std::string& path) {
  constexpr std::size_t block = std::size_t{1} << 18U;
  std::string left(block, '\0'), right(block, '\0');
  for (std::uint64_t at = 0;; at += block) {
    if (o.cancel != nullptr && *o.cancel) return io::reading_cancelled(path);
    const auto x = a.read(left.data(), block, at);
    if (!x) return x.error();
    const auto y = b.read(right.data(), block, at);
    if (!y) return y.error();
    const std::size_t both = std::min(*x, *y);
    const auto end = left.begin() + static_cast<std::ptrdiff_t>(both);
    const auto other = std::mismatch(left.begin(), end, right.begin()).first;
    if (other != end || *x != *y)
      return std::optional(at + static_cast<std::uint64_t>(other - left.begin()));
    if (*x < block) return std::optional<std::uint64_t>();
  }
}

class file_comparison {
public:
  file_comparison(file_diff& d, std::string before, std::string after, const diff_options& o)
      : d_(d), before_(std::move(before)), after_(std::move(after)), o_(o) {}

  // Errors: only those that end the whole work.
  [[nodiscard]] status all() {
    auto a = io::ranged_file::open(before_);
    auto b = io::ranged_file::open(after_);
    if (!a) missing(a.error());
    if (!b) missing(b.error());
    if (!a || !b) return {};
    d_.bytes_before = a->size();
    d_.bytes_after = b->size();
    const auto first = first_difference(*a, *b, o_, before_);
    if (!first) return problem(first.error());
    d_.first_byte = *first;
    d_.same_bytes = d_.same_rows = !*first;
    return d_.same_bytes ? status() : in_form(form_of(d_.file));
  }

private:
  void missing(const diagnostic& why) {
    if (why.code != code::input_not_found) {
      d_.problems.push_back(why);
      return;
    }
    d_.problems.push_back(
        fail(code::verify_missing, fmt::format("output '{}' is not there", d_.file))
            .at(why.place)
            .help("put the file back, or run the pipeline again"));
  }

  status problem(const diagnostic& why) {
    if (ends_all(why)) return why;
    d_.problems.push_back(why);
    return {};
  }

  // What is no row of its format is a line, and what cannot be read at all has bytes.
  status in_form(row_form form) {
    d_.form = form;
    if (form == row_form::bytes) return {};
    auto done = compare_rows(before_, after_, o_, d_);
    if (done) return {};
    diagnostic why = std::move(done).error();
    if (ends_all(why)) return why;
    const bool lines_help = why.code == code::diff_rows && form != row_form::lines;
    why.severity = severity::warning;
    why.hint = lines_help ? "it is compared line by line" : "it is compared byte by byte";
    d_.problems.push_back(std::move(why));
    return in_form(lines_help ? row_form::lines : row_form::bytes);
  }

  file_diff& d_;
  std::string before_, after_;
  const diff_options& o_;
};

diagnostic no_such_file(const std::string& file, const std::set<std::string>& names) {
  const std::vector<std::string> all(names.begin(), names.end());
  const std::string near = nearest(file, all);
  return fail(code::diff_file, fmt::format("neither run made an output '{}'", file))
      .help(near.empty() ? "outputs: " + text::join(all, ", ")
                         : fmt::format("did you mean '{}'?", near));
}

// Refused where the key tells nothing apart anywhere: most likely it is misspelt.
status check_keys(const run_diff& r, const std::vector<std::string>& key,
                  const std::set<std::string>& columns) {
  if (key.empty() || columns.empty()) return {};
  if (std::ranges::any_of(r.files, [](const file_diff& f) { return f.keyed; })) return {};
  const std::vector<std::string> all(columns.begin(), columns.end());
  for (const std::string& k : key) {
    if (columns.contains(k)) continue;
    const std::string near = nearest(k, all);
    return fail(code::diff_key, fmt::format("no output that differs has a column '{}'", k))
        .help(near.empty() ? "columns: " + text::join(all, ", ")
                           : fmt::format("did you mean '{}'?", near));
  }
  return fail(code::diff_key, fmt::format("no output that differs has all columns of the key {}",
                                          text::join(key, ", ")))
      .help("compare one output with --file NAME and its own key");
}

} // namespace

bool run_diff::same_outputs() const {
  return std::ranges::all_of(files, [](const file_diff& f) { return f.same_bytes; });
}

result<run_diff> diff(const folder& before, const folder& after, const diff_options& options) {
  const auto a = finished_run(before);
  if (!a) return a.error();
  const auto b = finished_run(after);
  if (!b) return b.error();
  const outputs left = outputs_of(a->of), right = outputs_of(b->of);
  std::set<std::string> names;
  for (const auto& [name, o] : left) names.insert(name);
  for (const auto& [name, o] : right) names.insert(name);
  if (!options.file.empty() && !names.contains(options.file))
    return no_such_file(options.file, names);
  run_diff r;
  std::set<std::string> columns;
  for (const std::string& name : names) {
    if (!options.file.empty() && name != options.file) continue;
    file_diff& d = r.files.emplace_back();
    d.file = name;
    d.in_before = left.contains(name);
    d.in_after = right.contains(name);
    if (d.in_before) d.rows_before = static_cast<std::uint64_t>(left.at(name)->rows);
    if (d.in_after) d.rows_after = static_cast<std::uint64_t>(right.at(name)->rows);
    if (!d.in_before || !d.in_after) continue;
    file_comparison one(d, before.out + "/" + name, after.out + "/" + name, options);
    if (auto ok = one.all(); !ok) return ok.error();
    columns.insert(d.columns.begin(), d.columns.end());
  }
  if (auto ok = check_keys(r, options.key, columns); !ok) return ok.error();
  r.manifest = diff_manifests(a->of, b->of);
  return r;
}

} // namespace vigie::runs
