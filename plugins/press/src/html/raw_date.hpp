// SPDX-License-Identifier: Apache-2.0
// Dates in the bytes of a page that no parser reads: scripts and data attributes. Called by
// read_html_article for pages that say their date nowhere else. Pure functions, any thread; linear.
#pragma once

#include "html/page_date.hpp"

namespace vigie::press::html {

// The date of the first member of a script's object that is named like a strong meta element
// ("publishedDate": "2016-04-02", publishedDate: '2016-04-02', also with references for quotes in
// an attribute): for pages that say it nowhere else. Linear in the page.
[[nodiscard]] std::optional<date_candidate> date_in_scripts(std::string_view page,
                                                            const rules& known);

// The first of a data attribute such as data-published, for pages that say their date nowhere else.
[[nodiscard]] std::optional<date_candidate> date_in_attributes(std::string_view page,
                                                               const rules& known);

} // namespace vigie::press::html
