// SPDX-License-Identifier: Apache-2.0
// Variants of annotated pages for metamorphic tests: what is replaced by another of the same form,
// and what the product must then find. Called by tests. Pure and deterministic: the same page and
// number give the same variant on every machine; any thread.
#pragma once

#include "found.hpp"
#include "marked.hpp"

#include <optional>
#include <string>
#include <vector>

namespace vigie::press::eval {

// Bytes of the base page that another text stands for; in order, without overlap. What it says of
// the value that is found there: a figure is `to` instead of `from`, a date has another day
// ("07"), month ("05") or is the day that `says` tells (weekday).
struct edit {
  enum class sense { words, number, day, month, weekday };
  span at;
  std::string text;
  sense what = sense::words;
  double from = 1;
  double to = 1;
  std::string says = {};
};

struct variant {
  // numbers number_words years days months weekdays people services places outlets organisations
  // all (of these at once) removed doubled moved
  // bare (all residue removed)
  std::string kind;
  std::vector<edit> edits;
  std::string text; // the page
  int years = 0;    // added to every year; a multiple of 28, so that weekdays stay
};

inline constexpr unsigned variants_a_page = 50;

// Whether four digits are replaced as a year; "in 1950" stays as it is.
[[nodiscard]] constexpr bool is_varied_year(int number) { return number >= 1990 && number <= 2040; }

// Nothing where the page has nothing that could be replaced or moved.
[[nodiscard]] std::optional<variant> make_variant(const marked_page& page, unsigned number);

// Whether the product takes the residue that the variant moves, doubles or removes, and what stands
// beside it, for residue, and knows which day a weekday is that the variant replaces. Where it does
// not, that is a miss of the page itself and says nothing about its variants.
[[nodiscard]] bool fits(const marked_page& page, const found_page& base, const variant& v);

// What must be found on the variant, given what was found on the page.
[[nodiscard]] found_page expected(const marked_page& page, const found_page& base,
                                  const variant& v);

// What differs, one line each, for people. Empty where both are the same. Of a variant whose
// residue was moved, doubled or removed only the segments that are kept are compared.
[[nodiscard]] std::vector<std::string> differences(const found_page& want, found_page have,
                                                   const variant& v);

} // namespace vigie::press::eval
