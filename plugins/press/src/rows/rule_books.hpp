// SPDX-License-Identifier: Apache-2.0
// The reading_rules of each language, read when the first page of the language comes. Used by
// press.entities and press.events, which choose the language as `languages` says. Owns the rules;
// any thread may ask.
#pragma once

#include "rows/languages.hpp"
#include "text/reading_rules.hpp"

namespace vigie::press {

class rule_books {
public:
  // Reads the rules of a parameter that names a language, so that mistakes show at bind. Throws
  // vigie::error with all that is wrong with the data files.
  void bind(const host_services& host, const std::string& language);
  [[nodiscard]] const reading_rules& of(const std::string& language) const;

private:
  const host_services* host_ = nullptr;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::unique_ptr<const reading_rules>, std::less<>> read_;
};

} // namespace vigie::press
