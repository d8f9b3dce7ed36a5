// SPDX-License-Identifier: Apache-2.0
#include "io/simulated_system.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace tests {
namespace {

using vigie::io::file_facts;
using vigie::io::file_kind;

constexpr std::size_t block_bytes = 4096;
constexpr std::uint64_t largest_file = std::uint64_t{1} << 32U;

// Evenly enough, and the same with every library, which std::uniform_int_distribution is not.
std::size_t below(std::mt19937_64& draw, std::size_t n) {
  return static_cast<std::size_t>(draw() % n);
}

bool reads(int flags) { return (flags & O_ACCMODE) != O_WRONLY; }
bool writes(int flags) { return (flags & O_ACCMODE) != O_RDONLY; }

std::string resized_to(std::string text, std::size_t size) {
  text.resize(size, '\0');
  return text;
}

} // namespace

void simulated_system::node::resized() {
  smallest = std::min(smallest, data.size());
  largest = std::max(largest, data.size());
}

void simulated_system::node::synced() {
  kept_data = data;
  smallest = largest = data.size();
}

// All-or-nothing is drawn often, since the mixtures alone would hardly ever give it.
void simulated_system::node::survive(random& draw) {
  const std::size_t size_of[] = {kept_data.size(), data.size(),
                                 smallest + below(draw, largest - smallest + 1)};
  const std::size_t size = size_of[below(draw, 3)];
  const std::string versions[] = {resized_to(kept_data, size), resized_to(data, size),
                                  resized_to(kept_data.substr(0, smallest), size)};
  const std::size_t all = below(draw, 4); // 0 old, 1 new, else each block on its own
  std::string found = versions[0];
  for (std::size_t at = 0; at < size; at += block_bytes) {
    const std::size_t from = all < 2 ? all : below(draw, 3);
    found.replace(at, block_bytes, versions[from], at, block_bytes);
  }
  data = std::move(found);
  synced();
}

void simulated_system::node::restart_below(random* draw) {
  locked_by = -1;
  if (draw != nullptr && kind == file_kind::file) survive(*draw);
  if (draw != nullptr) seen = kept;
  for (const auto& [name, child] : seen) child->restart_below(draw);
}

simulated_system::simulated_system() : root_(make(file_kind::folder, 0755)) {}

void simulated_system::fail_from(std::uint64_t n) {
  fail_from_ = n;
  calls_ = 0;
}

int simulated_system::enter() const {
  if (std::this_thread::get_id() != thread_) {
    std::fputs("simulated_system: a second thread calls\n", stderr);
    std::abort();
  }
  return fail_from_ != 0 && calls_ >= fail_from_ ? -EIO : 0;
}

int simulated_system::modify() {
  const int off = enter();
  ++calls_;
  return off != 0 ? off : enter();
}

simulated_system::node_ptr simulated_system::make(file_kind kind, unsigned rights) {
  auto made = std::make_shared<node>();
  made->kind = kind;
  made->inode = next_inode_++;
  made->mtime_ns = ++clock_ns_;
  made->rights = rights;
  return made;
}

int simulated_system::find(const std::string& path, spot& found) const {
  if (path.find('\0') != std::string::npos) return -EINVAL;
  if (path.empty()) return -ENOENT;
  std::vector<spot> way{{.folder = root_, .name = "", .there = root_}};
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string name = path.substr(at, end - at);
    at = end + 1;
    if (name.empty() || name == ".") continue;
    const node_ptr folder = way.back().there;
    if (!folder) return -ENOENT;
    if (folder->kind != file_kind::folder) return -ENOTDIR;
    if (name == "..") {
      if (way.size() > 1) way.pop_back();
      continue;
    }
    const auto next = folder->seen.find(name);
    way.push_back({folder, name, next == folder->seen.end() ? nullptr : next->second});
  }
  found = way.back();
  return 0;
}

simulated_system::node_ptr simulated_system::node_at(const std::string& path) const {
  spot found;
  return find(path, found) == 0 ? found.there : nullptr;
}

simulated_system::opened* simulated_system::of(int fd) {
  const auto found = open_.find(fd);
  return found == open_.end() ? nullptr : &found->second;
}

simulated_system::change& simulated_system::note(const spot& at, const node_ptr& value,
                                                 const node_ptr& removed) {
  if (value)
    at.folder->seen[at.name] = value;
  else
    at.folder->seen.erase(at.name);
  at.folder->mtime_ns = ++clock_ns_;
  pending_.push_back({next_change_++, at.folder, at.name, value, removed, 0});
  return pending_.back();
}

void simulated_system::close_over(ids& chosen) const {
  for (std::size_t before = 0; before != chosen.size();) {
    before = chosen.size();
    for (const change& c : pending_) {
      if (!chosen.contains(c.id)) continue;
      if (c.needs != 0) chosen.insert(c.needs);
      for (const change& inner : pending_)
        if (c.removed && inner.folder == c.removed) chosen.insert(inner.id);
    }
  }
}

void simulated_system::keep(const ids& chosen) {
  std::map<std::pair<node*, std::string>, std::uint64_t> latest;
  for (const change& c : pending_) {
    if (!chosen.contains(c.id)) continue;
    latest[{c.folder.get(), c.name}] = c.id;
    if (c.value)
      c.folder->kept[c.name] = c.value;
    else
      c.folder->kept.erase(c.name);
  }
  std::erase_if(pending_, [&](const change& c) { // those before a durable one are history
    const auto found = latest.find({c.folder.get(), c.name});
    return found != latest.end() && c.id <= found->second;
  });
}

void simulated_system::restart(random* draw) {
  root_->restart_below(draw);
  open_.clear();
  fail_from(0);
}

void simulated_system::power_failure(std::uint64_t seed) {
  random draw(seed);
  const std::size_t all = below(draw, 4); // 0 none, 1 all, else each on its own
  ids chosen;
  for (const change& c : pending_)
    if (all == 1 || (all > 1 && below(draw, 2) == 1)) chosen.insert(c.id);
  close_over(chosen);
  keep(chosen);
  pending_.clear();
  restart(&draw);
}

void simulated_system::crash() { restart(nullptr); }

void simulated_system::put(const std::string& path, std::string_view bytes) {
  node_ptr folder = root_;
  const std::size_t last = path.rfind('/') + 1; // 0 where there is none
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string name = path.substr(at, end - at);
    const bool file = at == last;
    at = end + 1;
    if (name.empty()) continue;
    node_ptr& there = folder->seen[name];
    if (!there) there = make(file ? file_kind::file : file_kind::folder, file ? 0644 : 0755);
    folder->kept[name] = there;
    std::erase_if(pending_, [&](const change& c) { return c.folder == folder && c.name == name; });
    folder = there;
  }
  folder->data = bytes;
  folder->mtime_ns = ++clock_ns_;
  folder->synced();
}

std::optional<std::string> simulated_system::get(const std::string& path) const {
  const node_ptr found = node_at(path);
  if (!found || found->kind != file_kind::file) return std::nullopt;
  return found->data;
}

std::optional<unsigned> simulated_system::rights(const std::string& path) const {
  const node_ptr found = node_at(path);
  return found ? std::optional(found->rights) : std::nullopt;
}

std::vector<std::string> simulated_system::tree() const {
  std::vector<std::string> paths;
  std::vector<std::pair<std::string, node_ptr>> left{{"/", root_}};
  while (!left.empty()) {
    const auto [path, folder] = left.back();
    left.pop_back();
    for (const auto& [name, child] : folder->seen) {
      const bool below = child->kind == file_kind::folder;
      paths.push_back(path + name + (below ? "/" : ""));
      if (below) left.emplace_back(paths.back(), child);
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

int simulated_system::open(const std::string& path, int flags, unsigned mode) {
  if (const int off = (flags & (O_CREAT | O_TRUNC)) != 0 ? modify() : enter(); off != 0) return off;
  spot at;
  if (const int bad = find(path, at); bad != 0) return bad;
  if (at.there && (flags & O_CREAT) != 0 && (flags & O_EXCL) != 0) return -EEXIST;
  if (!at.there && (flags & O_CREAT) == 0) return -ENOENT;
  if (!at.there && path.ends_with('/')) return -EISDIR;
  if (!at.there) {
    at.there = make(file_kind::file, mode);
    note(at, at.there);
  }
  const bool folder = at.there->kind == file_kind::folder;
  if (folder && (writes(flags) || (flags & O_CREAT) != 0)) return -EISDIR;
  if (!folder && (flags & O_DIRECTORY) != 0) return -ENOTDIR;
  if ((flags & O_TRUNC) != 0 && writes(flags)) {
    at.there->data.clear();
    at.there->resized();
    at.there->mtime_ns = ++clock_ns_;
  }
  open_[next_fd_] = {at.there, flags, 0};
  return next_fd_++;
}

std::int64_t simulated_system::read(int fd, void* to, std::size_t bytes) {
  opened* const file = of(fd);
  const std::int64_t got = pread(fd, to, bytes, file == nullptr ? 0 : file->at);
  if (got > 0) file->at += static_cast<std::uint64_t>(got);
  return got;
}

std::int64_t simulated_system::pread(int fd, void* to, std::size_t bytes, std::uint64_t at) {
  if (const int off = enter(); off != 0) return off;
  const opened* const file = of(fd);
  if (file == nullptr || !reads(file->flags)) return -EBADF;
  if (file->of->kind == file_kind::folder) return -EISDIR;
  const std::string& data = file->of->data;
  if (at >= data.size()) return 0;
  const std::size_t some = std::min(bytes, data.size() - static_cast<std::size_t>(at));
  std::memcpy(to, data.data() + at, some);
  return static_cast<std::int64_t>(some);
}

std::int64_t simulated_system::write(int fd, const void* from, std::size_t bytes) {
  const bool was_on = enter() == 0;
  const int off = modify();
  opened* const file = of(fd);
  if (!was_on) return off;
  if (file == nullptr || !writes(file->flags)) return off != 0 ? off : -EBADF;
  node& n = *file->of;
  if ((file->flags & O_APPEND) != 0) file->at = n.data.size();
  const std::size_t some = off != 0 ? bytes / 2 : bytes;
  if (file->at + some > largest_file) return off != 0 ? off : -EFBIG;
  const auto at = static_cast<std::size_t>(file->at);
  if (some > 0 && n.data.size() < at + some) n.data.resize(at + some, '\0');
  n.data.replace(std::min(at, n.data.size()), some, static_cast<const char*>(from), some);
  n.resized();
  n.mtime_ns = ++clock_ns_;
  file->at += some;
  return off != 0 ? off : static_cast<std::int64_t>(some);
}

int simulated_system::fsync(int fd) {
  if (const int off = modify(); off != 0) return off;
  const opened* const file = of(fd);
  if (file == nullptr) return -EBADF;
  if (file->of->kind == file_kind::file) {
    file->of->synced();
    return 0;
  }
  ids chosen;
  for (const change& c : pending_)
    if (c.folder == file->of) chosen.insert(c.id);
  close_over(chosen);
  keep(chosen);
  return 0;
}

int simulated_system::ftruncate(int fd, std::uint64_t length) {
  if (const int off = modify(); off != 0) return off;
  const opened* const file = of(fd);
  if (file == nullptr) return -EBADF;
  if (!writes(file->flags)) return -EINVAL;
  if (length > largest_file) return -EFBIG;
  file->of->data.resize(static_cast<std::size_t>(length), '\0');
  file->of->resized();
  file->of->mtime_ns = ++clock_ns_;
  return 0;
}

int simulated_system::close(int fd) {
  const int off = enter();
  const auto found = open_.find(fd);
  if (found == open_.end()) return off != 0 ? off : -EBADF;
  if (found->second.of->locked_by == fd) found->second.of->locked_by = -1;
  open_.erase(found);
  return off;
}

// The new name first: the old one may go only where the new one is there.
void simulated_system::move(const spot& source, const spot& target) {
  const node_ptr moved = source.there;
  const bool replaces_folder = target.there && target.there->kind == file_kind::folder;
  const std::uint64_t comes = note(target, moved, replaces_folder ? target.there : nullptr).id;
  change& goes = note(source, nullptr);
  goes.needs = comes;
  if (source.folder == target.folder) pending_[pending_.size() - 2].needs = goes.id;
}

int simulated_system::rename(const std::string& from, const std::string& to) {
  if (const int off = modify(); off != 0) return off;
  spot source;
  spot target;
  if (const int bad = find(from, source); bad != 0) return bad;
  if (const int bad = find(to, target); bad != 0) return bad;
  if (!source.there) return -ENOENT;
  if (source.name.empty() || target.name.empty()) return -EBUSY;
  if (source.there == target.there) return 0;
  const bool folder = source.there->kind == file_kind::folder;
  if (target.there && (target.there->kind == file_kind::folder) != folder)
    return folder ? -ENOTDIR : -EISDIR;
  if (target.there && !target.there->seen.empty()) return -ENOTEMPTY;
  if (folder && to.starts_with(from + "/")) return -EINVAL; // cannot go below itself
  move(source, target);
  return 0;
}

int simulated_system::unlink(const std::string& path) {
  if (const int off = modify(); off != 0) return off;
  spot at;
  if (const int bad = find(path, at); bad != 0) return bad;
  if (!at.there) return -ENOENT;
  if (at.there->kind == file_kind::folder) return -EISDIR;
  note(at, nullptr);
  return 0;
}

int simulated_system::mkdir(const std::string& path, unsigned mode) {
  if (const int off = modify(); off != 0) return off;
  spot at;
  if (const int bad = find(path, at); bad != 0) return bad;
  if (at.there) return -EEXIST;
  note(at, make(file_kind::folder, mode));
  return 0;
}

int simulated_system::rmdir(const std::string& path) {
  if (const int off = modify(); off != 0) return off;
  spot at;
  if (const int bad = find(path, at); bad != 0) return bad;
  if (!at.there) return -ENOENT;
  if (at.there->kind != file_kind::folder) return -ENOTDIR;
  if (at.name.empty()) return -EBUSY;
  if (!at.there->seen.empty()) return -ENOTEMPTY;
  note(at, nullptr, at.there);
  return 0;
}

int simulated_system::fstat(int fd, file_facts& facts) {
  if (const int off = enter(); off != 0) return off;
  const opened* const file = of(fd);
  if (file == nullptr) return -EBADF;
  const node& n = *file->of;
  facts = {n.kind, n.data.size(), n.mtime_ns, 1, n.inode};
  return 0;
}

int simulated_system::stat(const std::string& path, bool, file_facts& facts) {
  if (const int off = enter(); off != 0) return off;
  spot at;
  if (const int bad = find(path, at); bad != 0) return bad;
  if (!at.there) return -ENOENT;
  const node& n = *at.there;
  facts = {n.kind, n.data.size(), n.mtime_ns, 1, n.inode};
  return 0;
}

// Backwards, so that nobody takes the order for one that means something.
int simulated_system::list(const std::string& folder,
                           std::vector<vigie::io::folder_entry>& entries) {
  if (const int off = enter(); off != 0) return off;
  spot at;
  if (const int bad = find(folder, at); bad != 0) return bad;
  if (!at.there) return -ENOENT;
  if (at.there->kind != file_kind::folder) return -ENOTDIR;
  for (auto e = at.there->seen.rbegin(); e != at.there->seen.rend(); ++e)
    entries.push_back({e->first, e->second->kind});
  return 0;
}

int simulated_system::chmod(const std::string& path, unsigned mode) {
  if (const int off = modify(); off != 0) return off;
  const node_ptr found = node_at(path);
  if (!found) return -ENOENT;
  found->rights = mode;
  return 0;
}

int simulated_system::lock(int fd) {
  if (const int off = enter(); off != 0) return off;
  const opened* const file = of(fd);
  if (file == nullptr || !writes(file->flags)) return -EBADF;
  if (file->of->locked_by != -1 && file->of->locked_by != fd) return -EWOULDBLOCK;
  file->of->locked_by = fd;
  return 0;
}

int simulated_system::locked(int fd) {
  if (const int off = enter(); off != 0) return off;
  const opened* const file = of(fd);
  if (file == nullptr) return -EBADF;
  return file->of->locked_by != -1 && file->of->locked_by != fd ? 1 : 0;
}

} // namespace tests
