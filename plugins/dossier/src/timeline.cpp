// SPDX-License-Identifier: Apache-2.0
#include "timeline.hpp"

#include "page.hpp"

#include <unicode/utf8.h>

#include <utility>

namespace vigie::dossier {
namespace {

constexpr double most_characters = 1e6;

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    if (c < 0) return false;
  }
  return true;
}

std::size_t bytes_of(const statement& s) {
  std::size_t bytes = sizeof(statement) + s.figures.capacity() * sizeof(figure);
  for (const std::string* text : {&s.file, &s.title, &s.url, &s.publisher, &s.agency, &s.language,
                                  &s.published_basis, &s.basis, &s.date_text, &s.date_value})
    bytes += text->capacity();
  if (s.text) bytes += s.text->capacity();
  for (const figure& f : s.figures)
    bytes += f.text.capacity() + f.bound.capacity() + f.unit.capacity() + f.counted.capacity();
  return bytes;
}

} // namespace

void timeline::params(vigie::params& p) {
  p.add("title", title, "Title of the page.");
  p.add("language", language, "Language of the page's own words; sentences stay as they are.")
      .choices({"fr", "en"});
  p.add("max_text", max_text,
        "Characters of a sentence to show; longer ones are cut at a word and end in `…`. 0 shows "
        "all.")
      .range(0, most_characters);
  p.add("about", intro, "A line below the title: what the page is about.");
}

timeline::task::task(const timeline& made, const task_info&)
    : made_(made), memory_(made.host), style_(made.host.resource("timeline.css")) {
  if (!is_utf8(style_) || style_.find("</") != std::string_view::npos)
    throw error(VIGIE_E_CONFIG,
                "timeline.css is not UTF-8 or holds '</', which would end the style "
                "of the page; correct the file in the data folder");
}

void timeline::task::write(const batch& rows, writer&) {
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    statements_.push_back(made_.columns_.read(rows, row));
    held_ += bytes_of(statements_.back());
    account();
  }
}

// The page of a run is made of what is held, piece by piece, so this is what it takes.
void timeline::task::account() {
  if (!memory_.hold(held_))
    throw error(VIGIE_E_RESOURCE, "the first " + std::to_string(statements_.size()) +
                                      " statements take " + std::to_string(held_) +
                                      " bytes, more than the run may use; filter the rows before "
                                      "this step, or allow more memory");
}

void timeline::task::foot(std::uint64_t, writer& to) {
  const page_settings settings{.words = made_.language == "en" ? english() : french(),
                               .title = made_.title,
                               .about = made_.intro,
                               .max_text = static_cast<std::size_t>(made_.max_text),
                               .style = style_};
  page made(std::move(statements_), settings);
  made.write([&](std::string_view bytes) { to.write(bytes); });
}

} // namespace vigie::dossier
