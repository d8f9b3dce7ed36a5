// SPDX-License-Identifier: Apache-2.0
#include "temporary.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace vigie::testing {

result<std::unique_ptr<temporary_folder>> temporary_folder::make() {
  const char* set = std::getenv("TMPDIR");
  const std::string base = set != nullptr && *set != '\0' ? set : "/tmp";
  std::string name = base + "/vigie-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr)
    return fail(code::output_folder_failed,
                fmt::format("no temporary folder can be made below '{}': {}", base,
                            std::strerror(errno)))
        .help("set TMPDIR to a folder that may be written to");
  return std::unique_ptr<temporary_folder>(new temporary_folder(std::move(name)));
}

temporary_folder::~temporary_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

} // namespace vigie::testing
