// SPDX-License-Identifier: Apache-2.0
#include "machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <memory>

namespace bench {

namespace {

// What stands behind `key` and `separator` in the first line that begins with the key.
std::string value_in(const char* file, const std::string& key, char separator) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t at = line.find(separator);
    if (!line.starts_with(key) || at == std::string::npos) continue;
    std::string value = line.substr(line.find_first_not_of(" \t\"", at + 1));
    if (!value.empty() && value.back() == '"') value.pop_back();
    return value;
  }
  return "";
}

std::string commit_of(const std::string& checkout) {
  const std::string line =
      "git -C '" + checkout + "' describe --always --dirty --exclude '*' 2>/dev/null";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> said(::popen(line.c_str(), "r"), &::pclose);
  std::array<char, 100> text{};
  if (!said || std::fgets(text.data(), text.size(), said.get()) == nullptr) return "";
  const std::string out = text.data();
  return out.substr(0, out.find('\n'));
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  std::array<char, 16> text{};
  ::gmtime_r(&now, &parts);
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
  return text.data();
}

} // namespace

machine this_machine(const std::string& checkout) {
  utsname kernel{};
  ::uname(&kernel);
  return {.cpu = value_in("/proc/cpuinfo", "model name", ':'),
          .kernel = std::string(kernel.sysname) + " " + kernel.release,
          .system = value_in("/etc/os-release", "PRETTY_NAME", '='),
          .date = today(),
          .commit = commit_of(checkout),
          .cores = ::sysconf(_SC_NPROCESSORS_ONLN),
          .memory_gb = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) *
                       static_cast<double>(::sysconf(_SC_PAGE_SIZE)) / 1e9};
}

} // namespace bench
