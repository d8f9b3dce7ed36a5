// SPDX-License-Identifier: Apache-2.0
#include "verify.hpp"

#include "io/errors.hpp"
#include "io/ranged_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace vigie::runs {
namespace {

// A file with the words for it: "input 'a.txt' of step 'read'", and what to do where it differs.
struct subject {
  std::string path, what, remedy;
};

// Bytes [offset, offset + length) and what was expected of them.
struct range {
  std::uint64_t offset = 0, length = 0;
  std::string sha256;
};

std::string absolute(const manifest& m, const std::string& path) {
  return path.starts_with('/') ? path : m.called.folder + "/" + path;
}

std::string plural(std::uint64_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

class verifier {
public:
  verifier(verification& v, const std::atomic<bool>* cancel) : v_(v), cancel_(cancel) {}

  [[nodiscard]] status all(const folder& f);

private:
  [[nodiscard]] status pipeline();
  [[nodiscard]] status contradictions();
  [[nodiscard]] status plugins();
  [[nodiscard]] status resources();
  [[nodiscard]] status inputs();
  [[nodiscard]] status outputs(const folder& f);
  // A size that is not known is that of the file. Errors: only those that end the whole work.
  [[nodiscard]] status file(const subject& s, const std::vector<range>& ranges,
                            std::optional<std::uint64_t> size, checked& count);
  [[nodiscard]] status whole(const subject& s, const std::string& sha256,
                             std::optional<std::uint64_t> size, checked& count);
  [[nodiscard]] status compare(const subject& s, const io::ranged_file& file,
                               const std::vector<range>& ranges, checked& count);
  void changed(const subject& s, const range& r, const std::string& now);
  void length_changed(const subject& s, std::uint64_t was, std::uint64_t is);
  void contradiction(std::string message);
  void unchecked(const std::string& path, std::string message);
  void unreadable(const subject& s, diagnostic why);

  verification& v_;
  const std::atomic<bool>* cancel_;
  std::string manifest_path_;
};

place bytes_of(const std::string& path, std::uint64_t offset, std::uint64_t length) {
  place p = io::in_file(path, offset);
  p.length = static_cast<std::int64_t>(length);
  return p;
}

void verifier::changed(const subject& s, const range& r, const std::string& now) {
  const std::string digests =
      r.sha256.empty() ? std::string() : fmt::format(" (SHA-256 {} then, {} now)", r.sha256, now);
  v_.findings.push_back(
      fail(code::verify_changed, fmt::format("{}: something among {} changed since the run{}",
                                             s.what, plural(r.length, "byte"), digests))
          .at(bytes_of(s.path, r.offset, r.length))
          .help(s.remedy));
}

void verifier::length_changed(const subject& s, std::uint64_t was, std::uint64_t is) {
  const bool longer = is > was;
  const std::uint64_t by = longer ? is - was : was - is;
  v_.findings.push_back(
      fail(code::verify_changed,
           fmt::format("{}: {} {}; it had {} and has {}", s.what, plural(by, "byte"),
                       longer ? "appended" : "missing at the end", was, is))
          .at(bytes_of(s.path, std::min(was, is), by))
          .help(s.remedy));
}

void verifier::contradiction(std::string message) {
  v_.findings.push_back(fail(code::run_manifest_damaged, std::move(message))
                            .at(io::in_file(manifest_path_))
                            .help("the manifest was changed; restore it from a backup"));
}

void verifier::unchecked(const std::string& path, std::string message) {
  diagnostic d = fail(code::verify_unchecked, std::move(message));
  d.severity = severity::note;
  d.place = io::in_file(path);
  v_.findings.push_back(std::move(d));
}

void verifier::unreadable(const subject& s, diagnostic why) {
  if (why.code != code::input_not_found) {
    why.message = fmt::format("{}: {}", s.what, why.message);
    v_.findings.push_back(std::move(why));
    return;
  }
  v_.findings.push_back(fail(code::verify_missing, fmt::format("{} is not there", s.what))
                            .at(io::in_file(s.path))
                            .help(s.remedy));
}

// Neighbouring ranges that changed make one finding: a file that was replaced is not told of
// thousands of times.
status verifier::compare(const subject& s, const io::ranged_file& file,
                         const std::vector<range>& ranges, checked& count) {
  std::optional<range> open;
  std::string now;
  const auto close = [&] {
    if (open) changed(s, *open, now);
    open.reset();
  };
  for (const range& r : ranges) {
    const auto seen = file.sha256(r.offset, r.length, cancel_);
    if (!seen &&
        (seen.error().code == code::input_cancelled || seen.error().code == code::digest_failed))
      return seen.error();
    if (!seen) {
      close();
      unreadable(s, seen.error());
      return {};
    }
    count.bytes += seen->length;
    now = io::to_hex(seen->sha256);
    if (now == r.sha256) {
      close();
    } else if (open) {
      open->length += r.length;
      open->sha256.clear();
    } else {
      open = r;
    }
  }
  close();
  return {};
}

status verifier::file(const subject& s, const std::vector<range>& ranges,
                      std::optional<std::uint64_t> size, checked& count) {
  const auto file = io::ranged_file::open(s.path);
  if (!file) {
    unreadable(s, file.error());
    return {};
  }
  ++count.files;
  const std::uint64_t is = file->size();
  std::vector<range> there;
  for (const range& r : ranges)
    if (r.length <= is && r.offset <= is - r.length) there.push_back(r);
  if (auto ok = compare(s, *file, there, count); !ok) return ok;
  if (size && is != *size) length_changed(s, *size, is);
  return {};
}

status verifier::whole(const subject& s, const std::string& sha256,
                       std::optional<std::uint64_t> size, checked& count) {
  if (size) return file(s, {{0, *size, sha256}}, size, count);
  const auto file = io::ranged_file::open(s.path);
  if (!file) {
    unreadable(s, file.error());
    return {};
  }
  ++count.files;
  return compare(s, *file, {{0, file->size(), sha256}}, count);
}

status verifier::pipeline() {
  const manifest& m = v_.of;
  if (m.pipeline_file.empty() || m.pipeline_file == "-") {
    unchecked(m.pipeline_file, "the pipeline came by standard input; its text stands in the "
                               "manifest alone");
    return {};
  }
  return whole({absolute(m, m.pipeline_file), fmt::format("pipeline '{}'", m.pipeline_name),
                "the text that ran stands in the manifest, as pipeline.source"},
               m.pipeline_sha256, std::nullopt, v_.pipeline);
}

// What the manifest says twice must be the same.
status verifier::contradictions() {
  const auto source = io::sha256(v_.of.pipeline_source);
  if (!source) return source.error();
  if (io::to_hex(*source) != v_.of.pipeline_sha256)
    contradiction("field 'pipeline.sha256' is not the SHA-256 of 'pipeline.source'");
  for (std::size_t k = 0; k < v_.of.inputs.size(); ++k) {
    const manifest_input& i = v_.of.inputs[k];
    const auto root = io::root_digest(i.splits);
    if (!root) return root.error();
    const bool fits = i.splits.empty() ? !i.sha256 : i.sha256 == *root;
    if (!fits)
      contradiction(
          fmt::format("field 'inputs[{}].sha256_of_splits' is not the SHA-256 of its splits", k));
    if (v_.of.digests && i.splits.empty())
      contradiction(fmt::format("field 'inputs[{}].splits' is empty, though 'digests' is true", k));
  }
  return {};
}

status verifier::plugins() {
  for (const manifest_plugin& p : v_.of.plugins)
    if (auto ok = whole({absolute(v_.of, p.path), fmt::format("plugin '{}' {}", p.id, p.version),
                         p.installed ? "install the version of the run to repeat it"
                                     : "put the file of the run back to repeat it"},
                        p.sha256, std::nullopt, v_.plugins);
        !ok)
      return ok;
  return {};
}

status verifier::resources() {
  for (const manifest_resource& r : v_.of.resources) {
    const std::string what = fmt::format("data file '{}' of step '{}'", r.name, r.step);
    if (r.path.empty()) {
      unchecked({}, what + ": the manifest does not say where it lay");
      continue;
    }
    if (auto ok =
            whole({absolute(v_.of, r.path), what, "put the file of the run back to repeat it"},
                  r.sha256, r.size, v_.resources);
        !ok)
      return ok;
  }
  return {};
}

status verifier::inputs() {
  for (const manifest_input& i : v_.of.inputs) {
    const std::string what = fmt::format("input '{}' of step '{}'", i.name, i.step);
    if (i.standard_input) {
      unchecked({}, what + ": standard input is not kept anywhere");
      continue;
    }
    const std::string path = absolute(v_.of, i.path);
    if (i.splits.empty()) {
      unchecked(path, what + ": the run made no digests");
      continue;
    }
    std::vector<range> ranges;
    for (const io::split_digest& d : i.splits)
      ranges.push_back({d.offset, d.length, io::to_hex(d.sha256)});
    const subject s{path, what, "restore the file that was read, or run again with what is there"};
    if (auto ok = file(s, ranges, i.size, v_.inputs); !ok) return ok;
  }
  return {};
}

status verifier::outputs(const folder& f) {
  for (const manifest_output& o : v_.of.outputs) {
    if (o.file.empty()) {
      unchecked({}, fmt::format("output of step '{}': its writer makes no file", o.step));
      continue;
    }
    const subject s{f.out + "/" + o.file, fmt::format("output '{}' of step '{}'", o.file, o.step),
                    "run the pipeline again into another folder; `vigie diff` tells what differs"};
    if (o.sha256.empty())
      unchecked(s.path,
                fmt::format("{}: the run made no digests, so its size alone is compared", s.what));
    const bool known = !o.sha256.empty();
    if (auto ok =
            known ? whole(s, o.sha256, o.bytes, v_.outputs) : file(s, {}, o.bytes, v_.outputs);
        !ok)
      return ok;
  }
  return {};
}

status verifier::all(const folder& f) {
  manifest_path_ = f.manifest();
  if (auto ok = contradictions(); !ok) return ok;
  if (auto ok = pipeline(); !ok) return ok;
  if (auto ok = plugins(); !ok) return ok;
  if (auto ok = resources(); !ok) return ok;
  if (auto ok = inputs(); !ok) return ok;
  return outputs(f);
}

diagnostic not_finished(const folder& f, state s) {
  if (s == state::running)
    return fail(code::run_in_progress, fmt::format("a run is at work in '{}'", f.out))
        .at(io::in_file(f.lock()))
        .help("wait until it ends");
  if (s == state::shard)
    return fail(code::run_unfinished,
                fmt::format("'{}' holds a finished part of a run, not its outputs", f.out))
        .at(io::in_file(f.journal()))
        .help("join the parts with `vigie merge`");
  return fail(code::run_unfinished,
              fmt::format("the run in '{}' is {}", f.out,
                          s == state::committing ? "done, but not all outputs are in place"
                                                 : "not finished"))
      .at(io::in_file(f.journal()))
      .help(fmt::format("continue it with `vigie resume {}`", f.out));
}

} // namespace

bool verification::sound() const {
  return std::ranges::none_of(findings,
                              [](const diagnostic& d) { return d.severity == severity::error; });
}

result<stored_manifest> finished_run(const folder& f) {
  const auto seen = look_at(f);
  if (!seen) return seen.error();
  if (seen->is == state::none)
    return fail(code::run_none, fmt::format("'{}' holds no run", f.out))
        .at(io::in_file(f.own()))
        .help("give the output folder of a run; `vigie runs` lists them");
  if (seen->is != state::finished) return not_finished(f, seen->is);
  auto stored = load_manifest(f.manifest());
  if (!stored && stored.error().code == code::input_not_found)
    return fail(code::run_manifest_damaged, "the run is finished, and its manifest is gone")
        .at(io::in_file(f.manifest()))
        .help("restore the file from a backup, or run the pipeline again");
  return stored;
}

result<verification> verify(const folder& f, const std::atomic<bool>* cancel) {
  auto stored = finished_run(f);
  if (!stored) return std::move(stored).error();
  verification v;
  v.of = std::move(stored->of);
  v.manifest_sha256 = stored->sha256;
  verifier work(v, cancel);
  if (auto ok = work.all(f); !ok) return ok.error();
  return v;
}

} // namespace vigie::runs
