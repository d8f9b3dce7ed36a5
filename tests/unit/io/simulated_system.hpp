// SPDX-License-Identifier: Apache-2.0
// A file system in memory for model tests. It holds what a running process sees, and beside it what
// the disk is sure to keep: a test lets the machine go off at any call, draws from a seed what
// survived, and looks at it as the next process would. One object, one thread; another thread that
// calls ends the program. Paths are absolute, a relative one starts at "/"; there are no links.
#pragma once

#include "io/system.hpp"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tests {

// What survives a power failure:
// - Bytes of a file as of its last fsync. Of what was written since, each block of 4 KiB may be
//   there or not, and the size may be any that the file passed; where it shrank and grew again,
//   there may be zeros.
// - Names as of the last fsync of their folder. Each later change (create, rename, unlink, mkdir,
//   rmdir) may have survived or not, whatever came of the others. But a rename within a folder is
//   one change; one across folders may leave both names, never none; and a folder that is gone was
//   empty before.
// fsync of a file is none of its name, unlike on most real file systems.
class simulated_system final : public vigie::io::system {
public:
  simulated_system();

  // The machine goes off with the n-th modifying call from now (the first is 1): that call and all
  // that follow give -EIO. Of a write that is the n-th, the first half of the bytes is done. 0:
  // never. Modifying are open with O_CREAT or O_TRUNC, write, ftruncate, fsync, rename, unlink,
  // mkdir, rmdir and chmod, also where they are refused.
  void fail_from(std::uint64_t n);
  [[nodiscard]] std::uint64_t modifying_calls() const { return calls_; } // since fail_from or made

  // Becomes what survived, drawn from the seed. Descriptors and locks are gone; usable again.
  void power_failure(std::uint64_t seed);
  // kill -9 and a new process: all that was seen stays. Descriptors and locks are gone; usable
  // again. What was not durable still is not.
  void crash();

  // For set-up and inspection: counted by nobody, failing never. `put` is durable, with its
  // folders.
  void put(const std::string& path, std::string_view bytes);
  [[nodiscard]] std::optional<std::string> get(const std::string& path) const;
  [[nodiscard]] std::vector<std::string> tree() const; // sorted paths; those of folders end in '/'
  [[nodiscard]] std::optional<unsigned> rights(const std::string& path) const;

  int open(const std::string& path, int flags, unsigned mode) override;
  std::int64_t read(int fd, void* to, std::size_t bytes) override;
  std::int64_t pread(int fd, void* to, std::size_t bytes, std::uint64_t at) override;
  std::int64_t write(int fd, const void* from, std::size_t bytes) override;
  int fsync(int fd) override;
  int ftruncate(int fd, std::uint64_t length) override;
  int close(int fd) override;
  int rename(const std::string& from, const std::string& to) override;
  int unlink(const std::string& path) override;
  int mkdir(const std::string& path, unsigned mode) override;
  int rmdir(const std::string& path) override;
  int fstat(int fd, vigie::io::file_facts& facts) override;
  int stat(const std::string& path, bool follow, vigie::io::file_facts& facts) override;
  int list(const std::string& folder, std::vector<vigie::io::folder_entry>& entries) override;
  int chmod(const std::string& path, unsigned mode) override;
  int lock(int fd) override;
  int locked(int fd) override;

private:
  struct node;
  using node_ptr = std::shared_ptr<node>;
  using names = std::map<std::string, node_ptr>;
  using random = std::mt19937_64;
  using ids = std::set<std::uint64_t>;

  struct node {
    vigie::io::file_kind kind = vigie::io::file_kind::file;
    std::uint64_t inode = 0;
    std::int64_t mtime_ns = 0;
    unsigned rights = 0;
    int locked_by = -1;               // descriptor
    std::string data, kept_data;      // of a file: seen, and durable
    std::size_t smallest = 0;         // size since the last fsync
    std::size_t largest = 0;          // the same
    names seen, kept;                 // of a folder
    void resized();                   // after each change of the size
    void synced();                    // the data are durable
    void survive(random& draw);       // the data become what survived
    void restart_below(random* draw); // all below become what survived, or lose their locks
  };
  struct change { // of one name; no value: it goes
    std::uint64_t id = 0;
    node_ptr folder;
    std::string name;
    node_ptr value;
    node_ptr removed;        // a folder that is gone with it
    std::uint64_t needs = 0; // a change that survives where this one does
  };
  struct opened {
    node_ptr of;
    int flags = 0;
    std::uint64_t at = 0;
  };
  struct spot { // where a path leads: the last name need not be there
    node_ptr folder;
    std::string name; // empty: the root itself
    node_ptr there;
  };

  [[nodiscard]] int enter() const; // 0, or -EIO where the machine is off
  [[nodiscard]] int modify();      // the same, and counts
  [[nodiscard]] node_ptr make(vigie::io::file_kind kind, unsigned rights);
  [[nodiscard]] int find(const std::string& path, spot& found) const;
  [[nodiscard]] node_ptr node_at(const std::string& path) const;
  [[nodiscard]] opened* of(int fd);
  void move(const spot& source, const spot& target);
  change& note(const spot& at, const node_ptr& value, const node_ptr& removed = nullptr);
  void close_over(ids& chosen) const; // adds what cannot be missing where `chosen` survive
  void keep(const ids& chosen);       // makes them durable, in their order
  void restart(random* draw);

  std::thread::id thread_ = std::this_thread::get_id();
  node_ptr root_;
  std::vector<change> pending_; // of names, in their order
  std::map<int, opened> open_;
  int next_fd_ = 3; // never given twice, so that a stale descriptor hurts nobody
  std::uint64_t next_inode_ = 1;
  std::uint64_t next_change_ = 1;
  std::int64_t clock_ns_ = 0; // each change of a file is a later moment
  std::uint64_t calls_ = 0;
  std::uint64_t fail_from_ = 0;
};

} // namespace tests
