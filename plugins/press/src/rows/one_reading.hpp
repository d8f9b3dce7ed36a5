// SPDX-License-Identifier: Apache-2.0
// One reading of data files for all steps of the process that are given the same bytes: a pipeline
// of six press steps reads the words of a language once and holds them once. T is made by `static
// std::variant<T, std::vector<lexicon_error>> read(language, source)`. Any thread; a second step
// that asks meanwhile waits. A reading goes with the last step that has it.
#pragma once

#include "digest.hpp"
#include "text/rules/lexicon.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vigie::press {

template <class T> class one_reading {
public:
  using result = std::variant<std::shared_ptr<const T>, std::vector<lexicon_error>>;

  // What the files say, or all that is wrong with them.
  [[nodiscard]] static result of(const std::string& language, const lexicon::reader& bytes_of) {
    static std::mutex mutex;
    static std::vector<std::weak_ptr<const one_reading>> readings;
    const std::lock_guard lock(mutex);
    std::erase_if(readings, [](const auto& r) { return r.expired(); });
    for (const auto& r : readings)
      if (const auto known = r.lock(); known && known->is_of(language, bytes_of))
        return std::shared_ptr<const T>(known, &*known->data_);
    const auto fresh = std::make_shared<one_reading>();
    auto made = T::read(language, [&](std::string_view name) {
      auto bytes = bytes_of(name);
      fresh->files_.push_back({std::string(name), digest(bytes)});
      return bytes;
    });
    if (auto* errors = std::get_if<1>(&made)) return std::move(*errors);
    fresh->language_ = language;
    fresh->data_.emplace(std::move(std::get<0>(made)));
    readings.push_back(fresh);
    return std::shared_ptr<const T>(fresh, &*fresh->data_);
  }

private:
  struct file {
    std::string name;
    std::optional<digest_128> bytes; // nothing: there is no such file
  };

  static std::optional<digest_128> digest(std::optional<std::string_view> bytes) {
    return bytes ? std::optional(digest_of(*bytes)) : std::nullopt;
  }

  // Asks for each file, so that the host knows of this step, too, what it was read from.
  [[nodiscard]] bool is_of(const std::string& language, const lexicon::reader& bytes_of) const {
    return language == language_ && std::ranges::all_of(files_, [&](const file& f) {
             return digest(bytes_of(f.name)) == f.bytes;
           });
  }

  std::string language_;
  std::vector<file> files_;
  std::optional<T> data_;
};

} // namespace vigie::press
