// SPDX-License-Identifier: Apache-2.0
// The cheapest way to a file's bytes and back, for the programs that show what the machine allows:
// the input mapped into memory, the output through one buffer. One thread. Errors end the program.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace bench::limit {

[[noreturn]] inline void give_up(const char* what) {
  std::perror(what);
  std::exit(1);
}

// The bytes of a file that is not empty, with 64 readable ones behind them.
inline std::string_view bytes_of(const char* name) {
  const int file = ::open(name, O_RDONLY);
  struct stat info{};
  if (file < 0 || ::fstat(file, &info) != 0) give_up(name);
  const auto size = static_cast<std::size_t>(info.st_size);
  // A mapping of a file ends with its last page; anonymous pages behind it keep reads legal.
  void* room = ::mmap(nullptr, size + 64 + 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) give_up(name);
  void* at = ::mmap(room, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0);
  if (at == MAP_FAILED) give_up(name);
  ::madvise(at, size, MADV_SEQUENTIAL);
  ::close(file);
  return {static_cast<const char*>(at), size};
}

// A file of lines in blocks that stay in the processor's cache, where mapped pages would not.
class line_blocks {
public:
  explicit line_blocks(const char* name) : file_(::open(name, O_RDONLY)) {
    if (file_ < 0) give_up(name);
  }
  line_blocks(const line_blocks&) = delete;
  line_blocks& operator=(const line_blocks&) = delete;
  ~line_blocks() { ::close(file_); }

  // Whole lines, with 64 readable bytes behind them; empty at the end. A line has 64 KiB at most.
  std::string_view next() {
    std::memmove(room_.data(), room_.data() + used_, held_ - used_);
    held_ -= used_;
    const ssize_t n = ::read(file_, room_.data() + held_, size - held_);
    if (n < 0) give_up("read");
    held_ += static_cast<std::size_t>(n);
    const void* last = held_ == 0 ? nullptr : ::memrchr(room_.data(), '\n', held_);
    used_ = last == nullptr
                ? 0
                : static_cast<std::size_t>(static_cast<const char*>(last) - room_.data()) + 1;
    return {room_.data(), used_};
  }

private:
  static constexpr std::size_t size = std::size_t{256} << 10U;
  int file_;
  std::vector<char> room_ = std::vector<char>(size + 64);
  std::size_t held_ = 0, used_ = 0;
};

class output {
public:
  explicit output(const char* name)
      : file_(::open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644)), // NOLINT(*-vararg)
        buffer_(static_cast<char*>(std::malloc(limit + slack))) {
    if (file_ < 0 || buffer_ == nullptr) give_up(name);
  }
  output(const output&) = delete;
  output& operator=(const output&) = delete;
  ~output() {
    flush();
    ::close(file_);
    std::free(buffer_);
  }
  // One piece: at most 16 MiB.
  void put(std::string_view piece) {
    std::memcpy(buffer_ + used_, piece.data(), piece.size());
    used_ += piece.size();
    if (used_ >= limit) flush();
  }
  void put(char c) { buffer_[used_++] = c; }

private:
  void flush() {
    for (std::size_t done = 0; done < used_;) {
      const ssize_t n = ::write(file_, buffer_ + done, used_ - done);
      if (n <= 0) give_up("write");
      done += static_cast<std::size_t>(n);
    }
    used_ = 0;
  }
  static constexpr std::size_t limit = std::size_t{1} << 20U, slack = std::size_t{16} << 20U;
  int file_;
  char* buffer_;
  std::size_t used_ = 0;
};

template <class F> void each_line(std::string_view text, const F& f) {
  for (std::size_t at = 0; at < text.size();) {
    const void* end = std::memchr(text.data() + at, '\n', text.size() - at);
    const std::size_t stop =
        end == nullptr ? text.size()
                       : static_cast<std::size_t>(static_cast<const char*>(end) - text.data());
    f(text.substr(at, stop - at));
    at = stop + 1;
  }
}

void w1(std::string_view in, output& out);
void w2(std::string_view in, output& out);
void w3(line_blocks& in, std::string_view list, output& out);
void w6_copy(std::string_view in, output& out);
void w6_parse(std::string_view in, output& out);

} // namespace bench::limit
