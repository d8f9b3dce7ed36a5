// SPDX-License-Identifier: Apache-2.0
// Claims on pages of other subjects, where nearly every one is a false alarm: counted to 1,000
// sentences, in two halves of the pages by a hash of the file name, so that rules can be made on
// one. Called by eval.cpp with what quiet.yaml wrote. One thread; throws std::runtime_error.
#pragma once

#include <filesystem>
#include <string>

namespace vigie::press::eval {

// `run` holds read.jsonl and told.jsonl. With `verbose` the claims of half 0 follow the table;
// those of the other half are never shown.
[[nodiscard]] std::string quiet_table(const std::filesystem::path& run, bool verbose);

} // namespace vigie::press::eval
