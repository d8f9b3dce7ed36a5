// SPDX-License-Identifier: Apache-2.0
// Texts of elements and lines as their dates are read from them. Called by date_candidates. Pure
// functions, any thread; linear.
#pragma once

#include "html/lines.hpp"
#include "html/rules.hpp"

namespace vigie::press::html {

// The text of an element, with a blank between elements that follow each other where it is no date
// else: day, month and year often stand in one each.
[[nodiscard]] std::string shown_text(const tree& t, std::uint32_t element, const rules& known,
                                     bool month_first);

// As text_of, with a blank where a number follows another element's word or number at once; its
// first bytes, at least `most` of them where it has so many.
[[nodiscard]] std::string line_text(const tree& t, const line& l, std::size_t most);

// The beginning of a paragraph as far as a date may open it: a few bytes, or the place and day of a
// wire before its dash ("LYON, May 4, 2013 /Wire/ -- ").
[[nodiscard]] std::string opening_of(std::string_view paragraph, const rules& known);

// Whether a line in lower case is a sentence that has a date in it, rather than a line that dates:
// more than a few words, none of publication or change, and a full stop.
[[nodiscard]] bool is_sentence(std::string_view lower_line, const rules& known);

} // namespace vigie::press::html
