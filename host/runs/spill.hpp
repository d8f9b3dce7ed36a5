// SPDX-License-Identifier: Apache-2.0
// Scratch files of a run: rows and keys that do not fit into memory. They lie below one folder
// (work/spill), appear when they are first asked for and are removed when their owner goes. Called
// by row_queue, arranged_rows and, for components, by plan::instance. The folder may be used by any
// thread and outlives its files; a file belongs to one thread at a time, but for read.
#pragma once

#include "base/result.hpp"
#include "io/append.hpp"
#include "plan/spill.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace vigie::runs {

class spill_folder;

class spill_file {
public:
  spill_file(const spill_file&) = delete;
  spill_file& operator=(const spill_file&) = delete;
  ~spill_file(); // removes it

  // Errors: output_write_failed, output_no_space.
  [[nodiscard]] status append(std::string_view bytes);
  [[nodiscard]] status flush();
  // Exactly `bytes` from `offset` on, which must have been flushed; any thread. Errors:
  // input_read_failed, run_file_truncated.
  [[nodiscard]] status read(std::uint64_t offset, char* to, std::size_t bytes) const;
  [[nodiscard]] std::uint64_t length() const { return file_.length(); }

private:
  friend class spill_folder;
  spill_file(spill_folder& folder, std::string path, io::append_file file)
      : folder_(folder), path_(std::move(path)), file_(std::move(file)) {}

  spill_folder& folder_;
  std::string path_;
  io::append_file file_;
  std::int64_t counted_ = 0; // bytes the folder knows of
};

class spill_folder final : public plan::spill {
public:
  // `path` is this object's alone: it is made with the first file, what stood there is removed, and
  // it goes with the object.
  explicit spill_folder(std::string path) : path_(std::move(path)) {}
  ~spill_folder() override;

  // A new, empty file. Errors: output_folder_failed, output_create_failed, output_no_space,
  // output_refused.
  [[nodiscard]] result<std::unique_ptr<spill_file>> file();

  [[nodiscard]] std::int64_t bytes() const { return bytes_.load(); } // in all files now
  [[nodiscard]] std::int64_t peak() const { return peak_.load(); }   // the most there ever were
  [[nodiscard]] std::int64_t files() const { return files_.load(); } // made so far

  // plan::spill
  [[nodiscard]] result<std::uint64_t> create() override;
  [[nodiscard]] status append(std::uint64_t file, std::string_view bytes) override;
  [[nodiscard]] status read(std::uint64_t file, std::uint64_t offset, char* to,
                            std::size_t bytes) override;
  [[nodiscard]] std::uint64_t size(std::uint64_t file) override;
  void drop(std::uint64_t file) override;

private:
  friend class spill_file;
  void grew(std::int64_t bytes);
  [[nodiscard]] status make();
  [[nodiscard]] std::shared_ptr<spill_file> find(std::uint64_t file);

  std::string path_;
  std::mutex mutex_; // over made_ and of_components_
  bool made_ = false;
  std::uint64_t next_ = 1;
  std::map<std::uint64_t, std::shared_ptr<spill_file>> of_components_;
  std::atomic<std::int64_t> bytes_ = 0, peak_ = 0, files_ = 0;
};

} // namespace vigie::runs
