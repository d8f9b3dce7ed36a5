// SPDX-License-Identifier: Apache-2.0
// Who wrote a page, out of what it tells machines and readers. Called once a page by
// read_html_article. Pure functions, any thread; linear.
#pragma once

#include "html/lines.hpp"
#include "html/main_text.hpp"
#include "html/metadata.hpp"

#include <optional>
#include <string>

namespace vigie::press::html {

// The names of a byline, and the agency beside them: without the words before names, without dates
// and what follows them. Empty where the line holds but such words ("Author", "By").
[[nodiscard]] std::string names_of_byline(std::string_view line, const rules& known);

// Whether an element, or one close around it, is that of an author, by its name or its markup.
[[nodiscard]] bool in_byline(const tree& t, std::uint32_t element, const rules& known);

struct page_byline {
  std::string text;
  std::optional<std::size_t> line; // where a reader sees it
};

// A page's own word for machines comes first, unless it is the name of the site; then the line of
// an author that is nearest to the headline; then a line by the headline that begins as bylines do.
[[nodiscard]] page_byline find_byline(const page_view& view, const main_text& main,
                                      const metadata& declared, std::string_view url);

} // namespace vigie::press::html
