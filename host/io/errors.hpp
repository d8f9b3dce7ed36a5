// SPDX-License-Identifier: Apache-2.0
// Turns an errno of the file system into a coded diagnostic that names the path, what was being
// done and what to do. Called by host/io only. Pure functions, any thread; nothing depends on the
// locale.
#pragma once

#include "base/result.hpp"
#include "io/system.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::io {

// A place that is a file, or a byte of its decoded text.
[[nodiscard]] place in_file(const std::string& path);
[[nodiscard]] place in_file(const std::string& path, std::uint64_t offset);

// "ENOSPC (No space left on device)". `error` is a positive errno.
[[nodiscard]] std::string errno_text(int error);

// "cannot DOING 'PATH': ENOENT (...)". Codes: input_not_found, input_unreadable, input_is_folder,
// input_read_failed.
[[nodiscard]] diagnostic input_failure(std::string_view doing, const std::string& path, int error);

// The same for outputs: output_no_space (ENOSPC, EDQUOT, EFBIG) and output_refused (EROFS, EACCES,
// EPERM) speak for themselves, everything else gets `otherwise`, the code of the operation.
[[nodiscard]] diagnostic output_failure(code otherwise, std::string_view doing,
                                        const std::string& path, int error);

// Does an error say that the data of a file are broken (cut short, damaged, followed by others),
// and not that the system failed? What stood before the break was given, and the error comes again
// with every further call. Codes: input_truncated, input_damaged, input_trailing,
// archive_truncated, archive_damaged.
[[nodiscard]] bool is_break(const diagnostic& error);

// Refuses what is no regular file: input_is_folder, input_not_a_file.
[[nodiscard]] status check_regular(const file_facts& facts, const std::string& path);

} // namespace vigie::io
