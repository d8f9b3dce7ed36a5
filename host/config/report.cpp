// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include "base/text.hpp"

namespace vigie {

void reporter::add(severity s, code c, vigie::place at, std::string message, std::string hint) {
  diagnostic d = fail(c, std::move(message)).at(std::move(at)).help(std::move(hint));
  d.severity = s;
  take(std::move(d));
}

void reporter::take(diagnostic d) {
  failed_ = failed_ || d.severity == severity::error;
  if (count_ > most) return;
  if (count_++ == most) {
    d.severity = severity::note;
    d.message = "more problems follow; mend the ones above first";
    d.hint.clear();
  }
  out_->push_back(std::move(d));
}

std::string suggest(std::string_view word, const std::vector<std::string>& known) {
  if (known.empty()) return {};
  const std::string near = word.size() <= 200 ? nearest(word, known) : std::string();
  if (!near.empty()) return "did you mean '" + near + "'?";
  if (known.size() > 30) return {};
  return "known here: " + text::join(known, ", ");
}

} // namespace vigie
