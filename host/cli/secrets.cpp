// SPDX-License-Identifier: Apache-2.0
#include "secrets.hpp"

#include "base/redact.hpp"
#include "base/text.hpp"
#include "io/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace vigie::cli {
namespace {

constexpr std::size_t most = 64U << 10U; // bytes of a secret
constexpr std::uint64_t most_file = most + 2;

bool is_secret_name(std::string_view name) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  };
  return !name.empty() && name.front() != '.' && name.size() <= 255 &&
         std::ranges::all_of(name, good);
}

std::string shown(std::string_view name) { return text::elide(name.substr(0, 200), 40); }

constexpr const char* names_are =
    "names have letters, digits, '_', '-' and '.', and do not begin with a dot";

diagnostic unfit(const std::string& name, const std::string& file, std::string_view why) {
  return fail(code::secret_unfit, fmt::format("the secret '{}' in '{}' {}", name, file, why));
}

} // namespace

secret_store::secret_store(const arguments& a) {
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY")) folder_ = folder;
  for (const std::string& given : a.values("secret")) {
    const std::size_t equals = given.find('=');
    const std::string name = given.substr(0, equals);
    // Whoever writes a secret instead of a file shall not see it repeated.
    if (equals == std::string::npos || equals + 1 == given.size() || !is_secret_name(name))
      problems_.push_back(
          fail(code::command_line, "--secret takes NAME=FILE, the file that holds the secret")
              .help(names_are));
    else if (!files_.emplace(name, given.substr(equals + 1)).second)
      problems_.push_back(fail(code::command_line, fmt::format("--secret {}= stands twice", name))
                              .help("keep one"));
  }
}

diagnostic secret_store::missing(const std::string& name) const {
  std::vector<std::string> names;
  for (const auto& [given, file] : files_) names.push_back(given);
  const std::string near = nearest(name, names);
  return fail(code::secret_missing,
              fmt::format("the secret '{}' is not given{}", name,
                          near.empty() ? "" : fmt::format("; --secret {}= is", near)))
      .help(fmt::format("give --secret {}=FILE, or put it into the file {} of the folder that "
                        "$CREDENTIALS_DIRECTORY names{}",
                        name, name, folder_.empty() ? " (it is not set)" : ""));
}

result<std::string> secret_store::read(const std::string& name, const std::string& file) {
  auto bytes = io::read_small_file(file, most_file);
  if (!bytes && bytes.error().code == code::input_too_large)
    return unfit(name, file, "is longer than 64 KiB");
  if (!bytes)
    return fail(code::secret_missing,
                fmt::format("the secret '{}' cannot be read: {}", name, bytes.error().message))
        .help(bytes.error().hint);
  std::string value = *std::move(bytes);
  if (value.ends_with('\n')) value.pop_back();
  if (value.ends_with('\r')) value.pop_back();
  if (value.empty()) return unfit(name, file, "is empty");
  if (value.size() > most) return unfit(name, file, "is longer than 64 KiB");
  if (text::invalid_utf8(value)) return unfit(name, file, "is not UTF-8");
  if (value.size() < redactor::shortest)
    return unfit(name, file, fmt::format("has fewer than {} bytes", redactor::shortest))
        .help("a text so short cannot be kept out of messages; use a longer one");
  return value;
}

result<std::string> secret_store::find(std::string_view wanted) {
  if (!is_secret_name(wanted))
    return fail(code::bad_reference, fmt::format("'{}' cannot name a secret", shown(wanted)))
        .help(names_are);
  const std::string name(wanted);
  if (const auto known = known_.find(name); known != known_.end()) return known->second;
  const auto given = files_.find(name);
  if (given == files_.end() && folder_.empty()) return missing(name);
  const std::string file = given != files_.end() ? given->second : folder_ + "/" + name;
  const auto there = io::exists(file);
  if (given == files_.end() && there && !*there) return missing(name);
  auto value = read(name, file);
  if (value) known_[name] = *value;
  return value;
}

} // namespace vigie::cli
