// SPDX-License-Identifier: Apache-2.0
#include "io/inputs.hpp"

#include "base/text.hpp"
#include "io/errors.hpp"
#include "io/glob.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <set>

namespace vigie::io {
namespace {

// A pipe that takes a file's place must not make the open wait for ever; regular files know no
// waiting.
constexpr int open_flags = O_RDONLY | O_NONBLOCK;

struct candidate {
  std::string path;
  std::size_t fixed = 0; // bytes of the path that the name leaves out
};

// Components of a path without empty ones and dots.
std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> parts = text::split(path, '/');
  std::erase_if(parts, [](std::string_view p) { return p.empty() || p == "."; });
  return parts;
}

// What makes two spellings one path. Links are not resolved: each name of a file is evidence of its
// own.
std::string identity(const std::string& path) {
  std::string full;
  std::error_code failed;
  if (!path.starts_with('/')) full = std::filesystem::current_path(failed).string() + "/";
  full += path;
  std::string out;
  for (const std::string_view part : components(full)) out.append("/").append(part);
  return out;
}

// "; the folder 'a' exists and holds 3 files": where a search went wrong.
std::string nearest_folder(const std::string& path, std::string_view wanted, std::string& hint) {
  std::filesystem::path at = std::filesystem::path(path).parent_path();
  std::vector<folder_entry> entries;
  for (;;) {
    const std::string folder = at.empty() ? "." : at.string();
    entries.clear();
    if (sys().list(folder, entries) == 0) {
      std::vector<std::string> files;
      for (const folder_entry& e : entries)
        if (e.kind != file_kind::folder) files.push_back(e.name);
      std::sort(files.begin(), files.end());
      const std::string near = wanted.empty() ? std::string() : nearest(wanted, files);
      const bool same_folder = at == std::filesystem::path(path).parent_path();
      if (!near.empty() && same_folder) hint = fmt::format("did you mean '{}'?", near);
      return fmt::format("; the nearest folder that exists is '{}', with {} file{}", folder,
                         files.size(), files.size() == 1 ? "" : "s");
    }
    if (at.empty() || at == at.parent_path()) return {};
    at = at.parent_path();
  }
}

diagnostic not_found(const std::string& path) {
  std::string hint = "check the spelling; a relative path starts at the current folder";
  const std::string last(components(path).empty() ? std::string_view() : components(path).back());
  const std::string where = nearest_folder(path, last, hint);
  return fail(code::input_not_found, fmt::format("there is no file '{}'{}", path, where))
      .at(in_file(path))
      .help(std::move(hint));
}

diagnostic no_match(const std::string& pattern, const std::string& fixed) {
  std::string hint = "a * stays within one folder (** does not), and a leading dot must be written";
  const std::string where = nearest_folder(fixed + "x", "", hint);
  return fail(code::input_no_match, fmt::format("no file matches '{}'{}", pattern, where))
      .at(in_file(pattern))
      .help(std::move(hint));
}

status check_pattern(const std::string& pattern) {
  if (pattern.empty())
    return fail(code::input_pattern, "an input pattern is empty; expected a path, a glob or -")
        .help("write the path of a file, for example data/*.txt");
  if (pattern.find('\0') != std::string::npos)
    return fail(code::input_pattern, "an input pattern holds a NUL byte, which no path can")
        .at(in_file(pattern))
        .help("remove the byte");
  return {};
}

// Looks at a file without reading it. Opening is the only honest test of whether it can be read.
result<file_facts> look_at(const std::string& path) {
  file_facts facts;
  const int seen = sys().stat(path, true, facts);
  if (seen < 0) {
    file_facts link;
    const bool broken = seen == -ENOENT && sys().stat(path, false, link) == 0;
    if (broken)
      return fail(code::input_not_found,
                  fmt::format("'{}' is a symbolic link to a file that does not exist", path))
          .at(in_file(path))
          .help("restore the file it points at, or remove the link");
    if (seen == -ENOENT || seen == -ENOTDIR) return not_found(path);
    return input_failure("look at", path, -seen);
  }
  if (facts.kind == file_kind::folder)
    return fail(code::input_is_folder, fmt::format("'{}' is a folder; a file was expected", path))
        .at(in_file(path))
        .help(fmt::format("write {0}/* for its files or {0}/**/* for all below it", path));
  if (facts.kind != file_kind::file)
    return fail(code::input_not_a_file, fmt::format("'{}' is a device, socket or named pipe", path))
        .at(in_file(path))
        .help("pipe the data in and name the input -");
  const int fd = sys().open(path, open_flags, 0);
  if (fd < 0) return input_failure("open", path, -fd);
  const descriptor file(fd);
  const int known = sys().fstat(fd, facts);
  if (known < 0) return input_failure("look at", path, -known);
  return facts;
}

candidate literal(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return {path, slash == std::string::npos ? 0 : slash + 1};
}

result<std::vector<candidate>> candidates(const std::string& pattern) {
  if (!is_glob(pattern)) {
    file_facts facts; // a backslash that is part of a name needs no escape
    const bool as_written = sys().stat(pattern, false, facts) == 0;
    return std::vector<candidate>{literal(as_written ? pattern : unescaped(pattern))};
  }
  file_facts facts;
  const bool bears_the_text = sys().stat(pattern, false, facts) == 0;
  result<expansion> all = expand(pattern);
  const bool nothing = all ? all->paths.empty() : all.error().code == code::input_not_found;
  if (nothing && bears_the_text) return std::vector<candidate>{literal(pattern)};
  if (nothing)
    return no_match(pattern, all ? all->fixed : pattern.substr(0, pattern.find_first_of("*?[")));
  if (!all) return std::move(all).error();
  std::vector<candidate> out;
  for (std::string& path : all->paths) out.push_back({std::move(path), all->fixed.size()});
  return out;
}

std::string last_components(const std::vector<std::string_view>& parts, std::size_t count) {
  std::string out;
  for (std::size_t i = parts.size() - count; i < parts.size(); ++i) {
    if (!out.empty()) out += '/';
    out += parts[i];
  }
  return well_formed(out);
}

// Lengthens equal names by parent folders until they differ; what cannot be told apart so (x and
// /x) is numbered.
void make_distinct(std::vector<input>& inputs) {
  std::vector<std::vector<std::string_view>> parts;
  std::vector<std::size_t> shown;
  for (const input& in : inputs) {
    parts.push_back(components(in.path));
    shown.push_back(components(in.name).size());
  }
  for (bool grown = true; grown;) {
    grown = false;
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < inputs.size(); ++i) groups[inputs[i].name].push_back(i);
    for (const auto& [name, group] : groups)
      for (const std::size_t i : group) {
        if (group.size() < 2 || inputs[i].standard_input || shown[i] >= parts[i].size()) continue;
        inputs[i].name = last_components(parts[i], ++shown[i]);
        grown = true;
      }
  }
  std::set<std::string> taken;
  for (input& in : inputs) {
    const std::string name = in.name;
    for (int n = 2; !taken.insert(in.name).second; ++n) in.name = fmt::format("{} ({})", name, n);
  }
}

status add_inputs(const std::string& pattern, std::set<std::string>& known,
                  std::vector<input>& out) {
  if (status good = check_pattern(pattern); !good) return good;
  if (pattern == "-") {
    if (known.insert("-").second)
      out.push_back({.path = "-", .name = "-", .facts = {}, .standard_input = true});
    return {};
  }
  result<std::vector<candidate>> found = candidates(pattern);
  if (!found) return std::move(found).error();
  for (candidate& c : *found) {
    if (!known.insert(identity(c.path)).second) continue;
    result<file_facts> facts = look_at(c.path);
    if (!facts) return std::move(facts).error();
    const std::string name = well_formed(std::string_view(c.path).substr(c.fixed));
    out.push_back({.path = std::move(c.path), .name = name, .facts = *facts});
  }
  return {};
}

} // namespace

std::string well_formed(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    (void)text::next_char(bytes, at);
    const std::string_view one = bytes.substr(start, at - start);
    if (text::invalid_utf8(one))
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(one[0]));
    else
      out += one;
  }
  return out;
}

result<std::vector<input>> list_inputs(const std::vector<std::string>& patterns) {
  if (patterns.empty())
    return fail(code::input_pattern,
                "the list of inputs is empty; expected at least one path, glob or -")
        .help("name at least one file, for example data/*.txt");
  std::vector<input> out;
  std::set<std::string> known;
  for (const std::string& pattern : patterns)
    if (status added = add_inputs(pattern, known, out); !added) return std::move(added).error();
  make_distinct(out);
  return out;
}

result<descriptor> open_input(const input& in) {
  const int fd = sys().open(in.path, open_flags, 0);
  if (fd < 0) return input_failure("open", in.path, -fd);
  descriptor file(fd);
  if (status same = check_unchanged(in, file); !same) return std::move(same).error();
  return file;
}

status check_unchanged(const input& in, const descriptor& file) {
  file_facts now;
  const int known = sys().fstat(file.get(), now);
  if (known < 0) return input_failure("look at", in.path, -known);
  if (now == in.facts) return {};
  std::string what = "it was touched or rewritten";
  if (now.inode != in.facts.inode || now.device != in.facts.device)
    what = "another file stands in its place";
  else if (now.size != in.facts.size)
    what = fmt::format("it had {} bytes and now has {}", in.facts.size, now.size);
  return fail(code::input_changed, fmt::format("'{}' changed during the run: {}", in.path, what))
      .at(in_file(in.path))
      .help("wait until the file is complete, or copy it, and run again");
}

} // namespace vigie::io
