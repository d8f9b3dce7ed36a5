// SPDX-License-Identifier: Apache-2.0
// Small errands on the file system for runs, config, loader and cli: folders, small files, removal.
// Pure calls of the system, any thread.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>

namespace vigie::io {

// "a" for "a/b", "." for "b", "/" for "/b".
[[nodiscard]] std::string parent_folder(const std::string& path);

// True for files and folders; a symbolic link counts where its target exists. Errors: as
// input_failure (errors.hpp), for everything but "it is not there".
[[nodiscard]] result<bool> exists(const std::string& path);

// The whole file, which must be a regular one of at most `limit` bytes. Errors: input_too_large,
// input_not_a_file, input_is_folder, and those of input_failure.
[[nodiscard]] result<std::string> read_small_file(const std::string& path, std::uint64_t limit);

// mkdir -p; each new folder is made durable in its parent. Errors: output_folder_failed,
// output_sync_failed, output_no_space, output_refused.
[[nodiscard]] status make_folders(const std::string& path);

// The same with rights 0700 for the last one, which it gets where it exists already. A symbolic
// link is refused. Errors: as make_folders.
[[nodiscard]] status make_private_folder(const std::string& path);

// Makes the content of a file durable that something else wrote. Error: output_sync_failed.
[[nodiscard]] status sync_file(const std::string& path);

// Makes names in the folder durable. File systems that cannot sync folders are taken at their word.
// Error: output_sync_failed.
[[nodiscard]] status sync_folder(const std::string& path);

// Removes one file or symbolic link, not durably until its folder is synced. What is not there is
// no error. Crash points file.remove. Errors: output_remove_failed, output_refused.
[[nodiscard]] status remove_file(const std::string& path);

// Removes a folder if nothing is in it; false where it stays, for whatever reason.
[[nodiscard]] bool remove_empty_folder(const std::string& path);

// Removes a file or folder with all below it; symbolic links are removed and not followed. `path`
// must lie below `root` as both are written, without `..`, and no link may stand between the two;
// otherwise output_outside, and nothing is removed. What is not there is no error. Crash
// points tree.remove. Errors: output_remove_failed, output_refused.
[[nodiscard]] status remove_tree(const std::string& root, const std::string& path);

} // namespace vigie::io
