// SPDX-License-Identifier: Apache-2.0
#include "io/files.hpp"

#include "base/text.hpp"
#include "io/crash.hpp"
#include "io/errors.hpp"
#include "io/system.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

namespace vigie::io {
namespace {

constexpr unsigned folder_rights = 0777; // less the user's umask
constexpr unsigned private_rights = 0700;

// Makes one folder; true where it is new.
result<bool> make_one(const std::string& path, unsigned rights) {
  const int made = sys().mkdir(path, rights);
  if (made == 0) return true;
  file_facts facts;
  const bool there = made == -EEXIST && sys().stat(path, true, facts) == 0;
  if (there && facts.kind == file_kind::folder) return false;
  return output_failure(code::output_folder_failed, "make the folder", path,
                        there ? ENOTDIR : -made);
}

diagnostic outside(const std::string& root, const std::string& path, std::string_view why) {
  return fail(code::output_outside,
              fmt::format("'{}' was to be removed below '{}': {}", path, root, why))
      .at(in_file(path))
      .help("nothing was removed; look at the folder");
}

diagnostic remove_failed(const std::string& path, int error) {
  return output_failure(code::output_remove_failed, "remove", path, -error);
}

status remove_below(const std::string& path);

status remove_folder(const std::string& path) {
  std::vector<folder_entry> entries;
  const int listed = sys().list(path, entries);
  if (listed < 0 && listed != -ENOENT) return remove_failed(path, listed);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (const folder_entry& e : entries)
    if (status gone = remove_below(path + "/" + e.name); !gone) return gone;
  const int removed = sys().rmdir(path);
  return removed < 0 && removed != -ENOENT ? remove_failed(path, removed) : status();
}

status remove_below(const std::string& path) {
  file_facts facts;
  const int seen = sys().stat(path, false, facts);
  if (seen == -ENOENT) return {};
  if (seen < 0) return remove_failed(path, seen);
  if (facts.kind == file_kind::folder) return remove_folder(path);
  const int removed = sys().unlink(path);
  return removed < 0 && removed != -ENOENT ? remove_failed(path, removed) : status();
}

} // namespace

std::string parent_folder(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

result<bool> exists(const std::string& path) {
  file_facts facts;
  const int seen = sys().stat(path, true, facts);
  if (seen == -ENOENT || seen == -ENOTDIR) return false;
  if (seen < 0) return input_failure("look at", path, -seen);
  return true;
}

result<std::string> read_small_file(const std::string& path, std::uint64_t limit) {
  const int fd = sys().open(path, O_RDONLY | O_NONBLOCK, 0);
  if (fd < 0) return input_failure("open", path, -fd);
  const descriptor file(fd);
  file_facts facts;
  const int known = sys().fstat(fd, facts);
  if (known < 0) return input_failure("look at", path, -known);
  if (status regular = check_regular(facts, path); !regular) return std::move(regular).error();
  std::string bytes;
  for (;;) { // the size may lie: files of /proc have 0, a growing file has more
    if (bytes.size() > limit || facts.size > limit)
      return fail(code::input_too_large,
                  fmt::format("'{}' has more than {}", path, text::human_bytes(limit)))
          .at(in_file(path))
          .help("check that this is the file that was meant");
    const std::size_t before = bytes.size();
    bytes.resize(before + std::size_t{1} +
                 static_cast<std::size_t>(std::max<std::uint64_t>(facts.size, 4096)));
    const std::int64_t got = sys().read(fd, bytes.data() + before, bytes.size() - before);
    if (got < 0) return input_failure("read", path, static_cast<int>(-got));
    bytes.resize(before + static_cast<std::size_t>(got));
    if (got == 0) return bytes;
  }
}

status make_folders(const std::string& path) {
  for (std::size_t at = 0; at < path.size();) {
    at = std::min(path.find('/', at + 1), path.size());
    const std::string part = path.substr(0, at);
    if (part.ends_with('/')) continue; // doubled slashes
    const result<bool> made = make_one(part, folder_rights);
    if (!made) return made.error();
    if (!*made) continue;
    if (status synced = sync_folder(parent_folder(part)); !synced) return synced;
  }
  return {};
}

status make_private_folder(const std::string& path) {
  const std::string parent = parent_folder(path);
  if (status made = make_folders(parent); !made) return made;
  const result<bool> made = make_one(path, private_rights);
  if (!made) return made.error();
  if (*made) return sync_folder(parent);
  file_facts facts;
  int done = sys().stat(path, false, facts);
  if (done == 0)
    done = facts.kind == file_kind::folder ? sys().chmod(path, private_rights) : -ELOOP;
  if (done == 0) return {};
  return output_failure(code::output_folder_failed, "make private the folder", path, -done);
}

status sync_file(const std::string& path) {
  constexpr std::string_view doing = "make durable (fsync)";
  const int fd = sys().open(path, O_RDONLY, 0);
  if (fd < 0) return output_failure(code::output_sync_failed, doing, path, -fd);
  const descriptor file(fd);
  const int synced = sys().fsync(fd);
  return synced == 0 ? status() : output_failure(code::output_sync_failed, doing, path, -synced);
}

status sync_folder(const std::string& path) {
  constexpr std::string_view doing = "make durable (fsync) the folder";
  const int fd = sys().open(path, O_RDONLY | O_DIRECTORY, 0);
  if (fd < 0) return output_failure(code::output_sync_failed, doing, path, -fd);
  const descriptor folder(fd);
  const int synced = sys().fsync(fd);
  if (synced == 0 || synced == -EINVAL || synced == -ENOTSUP) return {};
  return output_failure(code::output_sync_failed, doing, path, -synced);
}

status remove_file(const std::string& path) {
  const durable_act act("file.remove");
  const int removed = sys().unlink(path);
  if (removed < 0 && removed != -ENOENT) return remove_failed(path, removed);
  act.done();
  return {};
}

bool remove_empty_folder(const std::string& path) { return sys().rmdir(path) == 0; }

status remove_tree(const std::string& root, const std::string& path) {
  const std::string start = root.ends_with('/') ? root : root + "/";
  if (root.empty() || !path.starts_with(start)) return outside(root, path, "it does not lie there");
  std::string at = root;
  for (const std::string_view part :
       text::split(std::string_view(path).substr(start.size()), '/')) {
    if (part.empty() || part == "." || part == "..")
      return outside(root, path, "its path has empty or dotted parts");
    file_facts facts;
    const int seen = sys().stat(at, false, facts);
    if (seen == -ENOENT) return {};
    if (seen < 0) return remove_failed(at, seen);
    if (facts.kind != file_kind::folder && at != root)
      return outside(root, path, fmt::format("'{}' on the way is no folder", at));
    at.append("/").append(part);
  }
  const durable_act act("tree.remove");
  if (status gone = remove_below(at); !gone) return gone;
  act.done();
  return {};
}

} // namespace vigie::io
