// SPDX-License-Identifier: Apache-2.0
#include "rows/rule_books.hpp"

namespace vigie::press {
namespace {

std::unique_ptr<const reading_rules> read_rules(const host_services& host,
                                                const std::string& language) {
  auto read =
      reading_rules::read(language, [&](std::string_view name) -> std::optional<std::string_view> {
        try {
          return host.resource(name);
        } catch (const error&) {
          return std::nullopt; // the rules say which file is missing
        }
      });
  if (auto* rules = std::get_if<reading_rules>(&read))
    return std::make_unique<const reading_rules>(std::move(*rules));
  std::string message = "the names and events of language '" + language + "' cannot be used:";
  for (const lexicon_error& e : std::get<std::vector<lexicon_error>>(read))
    message +=
        " " + e.file + (e.line > 0 ? ":" + std::to_string(e.line) : "") + ": " + e.message + ";";
  throw error(VIGIE_E_CONFIG, message);
}

} // namespace

void rule_books::bind(const host_services& host, const std::string& language) {
  host_ = &host;
  if (language != "auto") (void)of(language);
}

const reading_rules& rule_books::of(const std::string& language) const {
  const std::lock_guard lock(mutex_);
  auto at = read_.find(language);
  if (at == read_.end()) at = read_.emplace(language, read_rules(*host_, language)).first;
  return *at->second;
}

} // namespace vigie::press
