// SPDX-License-Identifier: Apache-2.0
// What settled units of work left behind, as a file that only grows: so that a run which died, or
// another one that joins shards, need not do them again. A part is everything one unit gave:
// counts, rejected rows that are limited in number, what reading told, rows for steps that take
// them in order, bytes for output files. Each entry carries its length and a CRC-32. One object,
// one thread.
#pragma once

#include "fragment.hpp"
#include "io/append.hpp"
#include "io/ranged_file.hpp"

#include <cstdint>
#include <functional>

namespace vigie::exec {

// Where a unit's part lies in the parts file.
struct part_place {
  std::uint64_t offset = 0, length = 0;
};

class part_reader;

// A part of another run, or of the one that died.
struct past_part {
  const part_reader* file = nullptr;
  part_place at;
};

class part_writer {
public:
  [[nodiscard]] static result<part_writer> create(const std::string& path);
  [[nodiscard]] static result<part_writer> open(const std::string& path, std::uint64_t length);

  // Adds entries for all of `r`, but for the pieces of the encoders in `elsewhere` (by step), whose
  // bytes their output file keeps; their counts are kept.
  [[nodiscard]] status add(const run_context& run, const split_result& r,
                           const std::vector<bool>& elsewhere);
  [[nodiscard]] status sync() { return file_.sync(); }
  [[nodiscard]] std::uint64_t length() const { return file_.length(); }

private:
  explicit part_writer(io::append_file file) : file_(std::move(file)) {}
  io::append_file file_;
  std::string entry_;
};

class part_reader {
public:
  // A file that is not changed while it is read.
  [[nodiscard]] static result<part_reader> open(const std::string& path);

  // The part as one unit would have given it, in instalments of some MiB, so that a large part
  // needs no more memory than a small one; the last instalment is the return value. Errors:
  // run_parts_damaged, those of reading. Any thread.
  [[nodiscard]] result<split_result>
  read(const run_context& run, const part_place& at,
       const std::function<status(split_result)>& instalment) const;

private:
  part_reader(std::string path, io::ranged_file file)
      : path_(std::move(path)), file_(std::move(file)) {}
  [[nodiscard]] status fill(std::uint64_t offset, std::string& to) const;
  [[nodiscard]] diagnostic damaged(std::uint64_t offset) const;

  std::string path_;
  io::ranged_file file_;
};

} // namespace vigie::exec
