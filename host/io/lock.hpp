// SPDX-License-Identifier: Apache-2.0
// A lock file that one process holds and loses when it ends, however it ends (a lock of the open
// file description, see system.hpp). For run folders: two processes never write one. A child that
// is forked without exec holds it, too. Owned by one thread.
#pragma once

#include "base/result.hpp"
#include "io/system.hpp"

#include <optional>
#include <string>

namespace vigie::io {

class file_lock {
public:
  // Makes the file and its folders if need be. Nothing where another process holds it, or another
  // object of this one. Errors: output_create_failed, also where the file system has no locks;
  // output_refused, output_no_space, output_folder_failed.
  [[nodiscard]] static result<std::optional<file_lock>> take(const std::string& path);
  // Is the file there and held by another process or object? Makes and changes nothing, and is in
  // nobody's way. Errors: those of input_failure (errors.hpp).
  [[nodiscard]] static result<bool> held_by_another(const std::string& path);

private:
  explicit file_lock(descriptor file) : file_(std::move(file)) {}
  descriptor file_;
};

} // namespace vigie::io
