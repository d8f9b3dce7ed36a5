// SPDX-License-Identifier: Apache-2.0
// Which lines of a page are its article. Called once a page by read_html_article. Pure function,
// any thread; near linear in the page.
#pragma once

#include "html/lines.hpp"
#include "html/rules.hpp"

namespace vigie::press::html {

struct judged {
  label what = label::nav;
  bool keep = false;
  std::string_view why; // a fixed text
};

struct page_view {
  const tree& page;
  const std::vector<line>& lines;
  const rules& known;
  std::string_view headline; // the title as the page's meta elements have it; may be empty
};

struct main_text {
  std::vector<judged> lines; // one for each of the page
  std::uint32_t container = 0;
  std::int64_t title = -1; // the line of the headline
};

// Own combination of published ideas: residue by the names that sites give their elements, and
// paragraphs by length and share of links (Kohlschütter et al., "Boilerplate detection using
// shallow text features", WSDM 2010); the container is the element that carries most of the
// paragraphs, as in readability tools. What the page declares in JSON-LD decides where it is there.
[[nodiscard]] main_text find_main_text(const page_view& view);

} // namespace vigie::press::html
