// SPDX-License-Identifier: Apache-2.0
// Small steps of reading the pipeline document: known keys, texts, names. Used by pipeline.cpp and
// steps.cpp only.
#pragma once

#include "pipeline.hpp"
#include "report.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::read {

// [a-z][a-z0-9_-]*, at most 100 bytes
[[nodiscard]] bool is_name(std::string_view text);

// Refuses what is no mapping; `what` says whose value it is, such as "a step".
bool mapping(const yaml::node& n, std::string_view what, reporter& report);

// Refuses every key that is not in `known`.
void keys(const yaml::node& n, const std::vector<std::string>& known, std::string_view what,
          reporter& report);

// The value of a key, or null and a diagnostic where the key is missing.
const yaml::entry* required(const yaml::node& n, std::string_view key, std::string_view what,
                            reporter& report);

// The text of a scalar; bare yes, no, null and their like are refused.
std::optional<std::string> text(const yaml::entry& e, reporter& report);

std::optional<std::string> name(const yaml::entry& e, std::string_view what, reporter& report);

// One of a few words, by its index.
std::optional<std::size_t> word(const yaml::entry& e, const std::vector<std::string>& words, code c,
                                reporter& report);

// true or false.
std::optional<bool> boolean(const yaml::entry& e, reporter& report);

// All of `steps`, with references resolved.
[[nodiscard]] std::vector<step> steps(const yaml::node& list, reporter& report);

} // namespace vigie::read
