// SPDX-License-Identifier: Apache-2.0
// Manifests from JSON: everything is looked at, since what is read may decide which files are
// opened, written or removed.
#include "base/text.hpp"
#include "canonical.hpp"
#include "io/errors.hpp"
#include "manifest.hpp"

#include <fmt/format.h>

#include <concepts>
#include <limits>
#include <set>

namespace vigie::runs {
namespace {

using simdjson::dom::element;

constexpr std::int64_t format_version = 1;

// A value and the way to it, of which the text is made only where something is wrong.
struct node {
  element value;
  const node* up = nullptr;
  std::string_view key; // empty: an item of an array
  std::size_t index = 0;
};

std::string path_of(const node& n) {
  if (n.up == nullptr) return std::string(n.key);
  const std::string above = path_of(*n.up);
  if (n.key.empty()) return fmt::format("{}[{}]", above, n.index);
  return above.empty() ? std::string(n.key) : fmt::format("{}.{}", above, n.key);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool bytes_of_hex(std::string_view hex, std::string& to) {
  to.clear();
  if (hex.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit_of(hex[i]), low = digit_of(hex[i + 1]);
    if (high < 0 || low < 0) return false;
    to += static_cast<char>(high * 16 + low);
  }
  return true;
}

// Takes values out of JSON and keeps the first fault; after it nothing more is looked at.
class taker {
public:
  explicit taker(const std::string& shown) : shown_(shown) {}

  [[nodiscard]] bool ok() const { return !fault_; }
  [[nodiscard]] const diagnostic& fault() const { return *fault_; }

  void wrong(const node& at, std::string_view what) {
    if (fault_) return;
    fault_ =
        fail(code::run_manifest_damaged, fmt::format("field '{}' {}", path_of(at), what))
            .at(io::in_file(shown_))
            .help("the file was changed, or another version of vigie wrote it; restore it from a "
                  "backup, or run the pipeline again");
  }

  // The field of an object; ok() is false where there is none.
  node field(const node& of, std::string_view key) {
    node n{.value = {}, .up = &of, .key = key};
    if (!ok()) return n;
    if (!of.value.is_object())
      wrong(of, fmt::format("is {}; expected an object", shown_value(of.value)));
    else if (of.value[key].get(n.value) != simdjson::SUCCESS)
      wrong(n, "is missing");
    return n;
  }

  void text(const node& of, std::string_view key, std::string& to) { text(field(of, key), to); }
  void text(const node& n, std::string& to) {
    if (!ok()) return;
    std::string_view found;
    if (n.value.get(found) == simdjson::SUCCESS) {
      to = found;
      return;
    }
    const bool hex = n.value.is_object() && n.value["hex"].get(found) == simdjson::SUCCESS;
    if (!hex || !bytes_of_hex(found, to)) expected(n, "a text");
  }

  void flag(const node& of, std::string_view key, bool& to) {
    const node n = field(of, key);
    if (ok() && n.value.get(to) != simdjson::SUCCESS) expected(n, "true or false");
  }

  template <std::integral I> void number(const node& of, std::string_view key, I& to) {
    const node n = field(of, key);
    std::uint64_t found = 0;
    if (!ok()) return;
    if (n.value.get(found) != simdjson::SUCCESS ||
        found > static_cast<std::uint64_t>(std::numeric_limits<I>::max()))
      expected(n, "a whole number from 0 on");
    else
      to = static_cast<I>(found);
  }

  // 64 lower-case hexadecimal digits.
  void digest(const node& of, std::string_view key, std::string& to, bool may_be_empty = false) {
    const node n = field(of, key);
    text(n, to);
    std::string bytes;
    if (!ok() || (may_be_empty && to.empty())) return;
    if (to.size() != 64 || !bytes_of_hex(to, bytes)) expected(n, "64 hexadecimal digits");
  }
  void digest(const node& of, std::string_view key, io::sha256_value& to) {
    std::string hex, bytes;
    digest(of, key, hex);
    if (ok() && bytes_of_hex(hex, bytes))
      std::ranges::transform(bytes, to.begin(),
                             [](char c) { return static_cast<std::uint8_t>(c); });
  }

  template <class F> void each(const node& of, std::string_view key, F&& f) {
    const node list = field(of, key);
    simdjson::dom::array items;
    if (!ok()) return;
    if (list.value.get(items) != simdjson::SUCCESS) {
      expected(list, "an array");
      return;
    }
    std::size_t index = 0;
    for (const element item : items) {
      if (!ok()) return;
      f(node{.value = item, .up = &list, .key = {}, .index = index++});
    }
  }

  void texts(const node& of, std::string_view key, std::vector<std::string>& to) {
    each(of, key, [&](const node& n) { text(n, to.emplace_back()); });
  }

  void values(const node& of, std::string_view key, std::vector<named_value>& to) {
    const node n = field(of, key);
    simdjson::dom::object fields;
    if (!ok()) return;
    if (n.value.get(fields) != simdjson::SUCCESS) {
      expected(n, "an object");
      return;
    }
    for (const auto [name, value] : fields) to.push_back({std::string(name), canonical(value)});
  }

  void expected(const node& n, std::string_view what) {
    wrong(n, fmt::format("is {}; expected {}", shown_value(n.value), what));
  }

private:
  const std::string& shown_;
  std::optional<diagnostic> fault_;
};

void take_called(taker& t, const node& root, invocation& c) {
  const node n = t.field(root, "called");
  t.text(n, "folder", c.folder);
  t.texts(n, "set", c.set);
  t.texts(n, "plugin_dirs", c.plugin_dirs);
}

void take_shard(taker& t, const node& root, manifest& m) {
  const node n = t.field(root, "shard");
  if (!t.ok() || n.value.is_null()) return;
  std::uint64_t index = 0, of = 0;
  t.number(n, "index", index);
  t.number(n, "of", of);
  if (t.ok() && (index < 1 || index > of)) t.wrong(n, fmt::format("says {} of {}", index, of));
  m.shard = index;
  m.shards = of;
}

void take_since(taker& t, const node& root, manifest& m) {
  const node n = t.field(root, "since");
  if (t.ok() && !n.value.is_null()) t.text(n, m.since);
}

manifest_step take_step(taker& t, const node& n) {
  manifest_step s;
  t.text(n, "step", s.name);
  t.text(n, "use", s.use);
  t.text(n, "plugin", s.plugin);
  t.text(n, "version", s.version);
  t.texts(n, "from", s.from);
  t.values(n, "params", s.params);
  return s;
}

manifest_plugin take_plugin(taker& t, const node& n) {
  manifest_plugin p;
  t.text(n, "id", p.id);
  t.text(n, "version", p.version);
  t.digest(n, "sha256", p.sha256);
  t.text(n, "path", p.path);
  t.flag(n, "installed", p.installed);
  return p;
}

manifest_resource take_resource(taker& t, const node& n) {
  manifest_resource r;
  t.text(n, "step", r.step);
  t.text(n, "name", r.name);
  t.text(n, "path", r.path);
  t.number(n, "size", r.size);
  t.digest(n, "sha256", r.sha256);
  return r;
}

// Each stored byte stands in exactly one split; of standard input no size is known beforehand.
void check_splits(taker& t, const node& n, const manifest_input& i) {
  std::uint64_t at = 0;
  for (std::size_t k = 0; k < i.splits.size(); ++k) {
    const io::split_digest& s = i.splits[k];
    const bool adjoins = s.offset == at || i.standard_input;
    if (!adjoins || s.length > std::numeric_limits<std::uint64_t>::max() - s.offset) {
      t.wrong(n, fmt::format("has bytes {} on as item {}, where byte {} was expected", s.offset, k,
                             at));
      return;
    }
    at = s.offset + s.length;
  }
  if (!i.standard_input && !i.splits.empty() && at != i.size)
    t.wrong(n, fmt::format("covers {} bytes of an input of {}", at, i.size));
}

manifest_input take_input(taker& t, const node& n) {
  manifest_input i;
  t.text(n, "step", i.step);
  t.text(n, "name", i.name);
  t.text(n, "path", i.path);
  t.number(n, "size", i.size);
  t.flag(n, "standard_input", i.standard_input);
  t.text(n, "encoding", i.encoding);
  t.number(n, "replaced_characters", i.replaced);
  const node root = t.field(n, "sha256_of_splits");
  if (t.ok() && !root.value.is_null()) t.digest(n, "sha256_of_splits", i.sha256.emplace());
  t.each(n, "splits", [&](const node& s) {
    io::split_digest& d = i.splits.emplace_back();
    t.number(s, "offset", d.offset);
    t.number(s, "length", d.length);
    t.digest(s, "sha256", d.sha256);
  });
  if (t.ok()) check_splits(t, t.field(n, "splits"), i);
  return i;
}

// Is it a file below the output folder, however the folder looks?
bool stays_below(const std::string& file) {
  if (file.starts_with('/') || file.find('\0') != std::string::npos) return false;
  for (const std::string_view part : text::split(file, '/'))
    if (part.empty() || part == "." || part == "..") return false;
  return true;
}

manifest_output take_output(taker& t, const node& n, std::set<std::string>& files) {
  manifest_output o;
  t.text(n, "step", o.step);
  t.text(n, "file", o.file);
  t.number(n, "rows", o.rows);
  t.number(n, "bytes", o.bytes);
  t.digest(n, "sha256", o.sha256, true);
  const bool no_file = o.file.empty() && o.sha256.empty();
  if (!t.ok() || no_file) return o;
  if (!stays_below(o.file)) t.expected(t.field(n, "file"), "a path below the output folder");
  if (!files.insert(o.file).second) t.wrong(t.field(n, "file"), "names a file for the second time");
  return o;
}

void take_pipeline(taker& t, const node& root, manifest& m) {
  const node n = t.field(root, "pipeline");
  t.text(n, "name", m.pipeline_name);
  t.text(n, "file", m.pipeline_file);
  t.digest(n, "sha256", m.pipeline_sha256);
  t.text(n, "source", m.pipeline_source);
}

void take_lists(taker& t, const node& root, manifest& m) {
  t.each(root, "steps", [&](const node& n) { m.steps.push_back(take_step(t, n)); });
  t.each(root, "plugins", [&](const node& n) { m.plugins.push_back(take_plugin(t, n)); });
  t.each(root, "resources", [&](const node& n) { m.resources.push_back(take_resource(t, n)); });
  t.each(root, "inputs", [&](const node& n) { m.inputs.push_back(take_input(t, n)); });
  std::set<std::string> files;
  t.each(root, "outputs", [&](const node& n) { m.outputs.push_back(take_output(t, n, files)); });
}

} // namespace

result<manifest> read_manifest(std::string_view json, const std::string& shown) {
  simdjson::dom::parser parser;
  element parsed;
  if (const auto error = parser.parse(json.data(), json.size()).get(parsed))
    return fail(code::run_manifest_damaged,
                fmt::format("it is no JSON: {}", simdjson::error_message(error)))
        .at(io::in_file(shown))
        .help("restore the file from a backup, or run the pipeline again");
  taker t(shown);
  manifest m;
  const node root{.value = parsed, .up = nullptr, .key = {}};
  std::int64_t version = 0;
  t.number(root, "vigie_manifest", version);
  if (t.ok() && version != format_version)
    t.expected(t.field(root, "vigie_manifest"), fmt::format("{}", format_version));
  t.text(root, "vigie", m.vigie);
  t.text(root, "started", m.started);
  t.text(root, "host", m.host);
  take_pipeline(t, root, m);
  take_called(t, root, m.called);
  t.values(root, "params", m.params);
  t.number(root, "split_bytes", m.split_bytes);
  t.flag(root, "digests", m.digests);
  t.flag(root, "sensitive_shown", m.sensitive_shown);
  take_shard(t, root, m);
  take_since(t, root, m);
  take_lists(t, root, m);
  if (!t.ok()) return t.fault();
  return m;
}

} // namespace vigie::runs
