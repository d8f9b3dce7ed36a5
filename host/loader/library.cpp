// SPDX-License-Identifier: Apache-2.0
#include "library.hpp"

#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

namespace vigie::loader {
namespace {

// What the dynamic linker said, without the name of the file and the stale errno text behind it.
std::string linker_words(const boost::dll::fs::system_error& e, const std::string& path) {
  std::string text = e.what();
  if (const auto at = text.find("message: "); at != std::string::npos) text.erase(0, at + 9);
  if (const auto at = text.find(path + ": "); at != std::string::npos)
    text.erase(0, at + path.size() + 2);
  if (const auto at = text.rfind("): "); at != std::string::npos) text.erase(at);
  return text;
}

diagnostic refused(const std::string& path, const std::string& words) {
  const bool missing = words.find("cannot open shared object file") != std::string::npos ||
                       words.find("undefined symbol") != std::string::npos ||
                       words.find("not found (required by") != std::string::npos;
  if (missing)
    return fail(code::plugin_missing_dependency, words)
        .at({.file = path})
        .help(fmt::format("`ldd {}` shows what is missing", path));
  return fail(code::plugin_unreadable, words).at({.file = path});
}

diagnostic no_entry(const std::string& path) {
  std::string other;
  try {
    for (const std::string& s : boost::dll::library_info(path).symbols())
      if (s.starts_with("vigie_entry_") && s != VIGIE_ENTRY_SYMBOL) other = s;
  } catch (const std::exception&) {
    // The list of symbols only serves the message.
  }
  if (!other.empty())
    return fail(code::plugin_wrong_abi, fmt::format("the library exports {}, this host wants {}",
                                                    other, VIGIE_ENTRY_SYMBOL))
        .at({.file = path})
        .help("rebuild the plugin with the SDK of this host");
  return fail(code::plugin_no_entry,
              fmt::format("the library does not export {}", VIGIE_ENTRY_SYMBOL))
      .at({.file = path});
}

} // namespace

std::string id_of(const std::string& path) {
  const std::filesystem::path p(path);
  return p.extension() == ".so" ? p.stem().string() : std::string();
}

result<const vigie_plugin*> open_library(const std::string& path) {
  std::error_code ignored;
  const std::string full = std::filesystem::absolute(path, ignored).string();
  try {
    // With RTLD_NODELETE the library stays where it is when its handle is closed.
    constexpr auto stay = static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);
    const boost::dll::shared_library library(full, boost::dll::load_mode::rtld_now |
                                                       boost::dll::load_mode::rtld_local | stay);
    if (!library.has(VIGIE_ENTRY_SYMBOL)) return no_entry(full);
    return library.get<const vigie_plugin*()>(VIGIE_ENTRY_SYMBOL)();
  } catch (const boost::dll::fs::system_error& e) {
    return refused(path, linker_words(e, full));
  } catch (const std::exception& e) {
    return fail(code::plugin_unreadable, e.what()).at({.file = path});
  }
}

} // namespace vigie::loader
