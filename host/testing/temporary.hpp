// SPDX-License-Identifier: Apache-2.0
// A folder for outputs that nobody keeps: below TMPDIR, removed with the object. Used by tests of
// pipelines and by `vigie verify --rerun`; one owner.
#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>

namespace vigie::testing {

class temporary_folder {
public:
  // Errors: output_folder_failed.
  [[nodiscard]] static result<std::unique_ptr<temporary_folder>> make();
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  ~temporary_folder();

  [[nodiscard]] const std::string& path() const { return path_; }

private:
  explicit temporary_folder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

} // namespace vigie::testing
