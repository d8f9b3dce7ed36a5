// SPDX-License-Identifier: Apache-2.0
// What the data files of each language say, read when the first page of the language comes. T is
// as one_reading.hpp says. Shares what it read with the other steps; bound once, then any thread
// may ask.
#pragma once

#include "rows/one_reading.hpp"

#include <vigie/vigie.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vigie::press {

template <class T> class data_of_languages {
public:
  // `what` the files hold, as in "the words".
  explicit data_of_languages(const char* what) : what_(what) {}

  void bind(const host_services& host) { host_ = &host; }

  // Throws vigie::error with all that is wrong with the files.
  [[nodiscard]] const T& of(std::string_view language) const {
    const std::lock_guard lock(mutex_);
    auto at = read_.find(language);
    if (at == read_.end())
      at = read_.emplace(std::string(language), read(std::string(language))).first;
    return *at->second;
  }

private:
  [[nodiscard]] std::shared_ptr<const T> read(const std::string& language) const {
    auto made =
        one_reading<T>::of(language, [&](std::string_view name) -> std::optional<std::string_view> {
          try {
            return host_->resource(name);
          } catch (const error&) {
            return std::nullopt; // whoever reads says which file is missing
          }
        });
    if (auto* data = std::get_if<std::shared_ptr<const T>>(&made)) return std::move(*data);
    std::string message = std::string(what_) + " of language '" + language + "' cannot be used:";
    for (const lexicon_error& e : std::get<std::vector<lexicon_error>>(made))
      message +=
          " " + e.file + (e.line > 0 ? ":" + std::to_string(e.line) : "") + ": " + e.message + ";";
    throw error(VIGIE_E_CONFIG, message);
  }

  const char* what_;
  const host_services* host_ = nullptr;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const T>, std::less<>> read_;
};

} // namespace vigie::press
