// SPDX-License-Identifier: Apache-2.0
// The reading_rules of each language. Used by press.entities and press.events, which choose the
// language as `languages` says. Bound once, then any thread may ask.
#pragma once

#include "rows/data_of_languages.hpp"
#include "text/rules/reading_rules.hpp"

namespace vigie::press {

class rule_books {
public:
  // Reads the rules of a parameter that names a language, so that mistakes show at bind. Throws
  // vigie::error with all that is wrong with the data files.
  void bind(const host_services& host, const std::string& language) {
    rules_.bind(host);
    if (language != "auto") (void)of(language);
  }
  [[nodiscard]] const reading_rules& of(std::string_view language) const {
    return rules_.of(language);
  }

private:
  data_of_languages<reading_rules> rules_{"the names and events"};
};

} // namespace vigie::press
