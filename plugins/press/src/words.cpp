// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

namespace vigie::press {

std::shared_ptr<const lexicon> load_words(const host_services& host, const std::string& language) {
  auto read =
      lexicon::read(language, [&](std::string_view name) -> std::optional<std::string_view> {
        try {
          return host.resource(name);
        } catch (const error&) {
          return std::nullopt; // the lexicon says which file is missing
        }
      });
  if (auto* words = std::get_if<lexicon>(&read))
    return std::make_shared<const lexicon>(std::move(*words));
  std::string message = "the words of language '" + language + "' cannot be used:";
  for (const lexicon_error& e : std::get<std::vector<lexicon_error>>(read))
    message +=
        " " + e.file + (e.line > 0 ? ":" + std::to_string(e.line) : "") + ": " + e.message + ";";
  throw error(VIGIE_E_CONFIG, message);
}

text_place::text_place(const column& origin, std::int64_t row, std::size_t text_size) {
  const std::int64_t offset = origin.child(0).integer(origin.child_row(row)),
                     length = origin.child(1).integer(origin.child_row(row));
  file_ = static_cast<std::int32_t>(origin.child(2).integer(origin.child_row(row)));
  if (file_ >= 0 && length == static_cast<std::int64_t>(text_size)) base_ = offset;
}

void text_place::append(builder& to, byte_span s) const {
  if (!known()) return to.null();
  append(to, 0, s);
  to.end_struct();
}

void text_place::append(builder& to, std::size_t first, byte_span s) const {
  if (!known()) {
    to.child(first).null();
    to.child(first + 1).null();
    return;
  }
  to.child(first).integer(base_ + static_cast<std::int64_t>(s.begin));
  to.child(first + 1).integer(static_cast<std::int64_t>(s.size()));
}

byte_span hull(const std::vector<byte_span>& spans) {
  return spans.empty() ? byte_span{} : byte_span{spans.front().begin, spans.back().end};
}

} // namespace vigie::press
