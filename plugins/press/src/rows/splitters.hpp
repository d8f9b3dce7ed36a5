// SPDX-License-Identifier: Apache-2.0
// The sentence splitters of a task, one a language, built when it first meets one. For one thread.
#pragma once

#include "text/words/sentences.hpp"

#include <map>
#include <string>

namespace vigie::press {

class splitters {
public:
  [[nodiscard]] const sentence_splitter& of(const std::string& language) {
    return by_language_.try_emplace(language, language).first->second;
  }

private:
  std::map<std::string, sentence_splitter> by_language_;
};

} // namespace vigie::press
