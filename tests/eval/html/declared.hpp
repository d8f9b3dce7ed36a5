// SPDX-License-Identifier: Apache-2.0
// How well titles and authors agree with what is expected, and which expected dates a page cannot
// tell since they stand nowhere in it. Called by vigie_eval_html once a page. One thread.
#pragma once

#include "html/html_article.hpp"

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

namespace vigie::press::html {

// Whether day, month and year stand near each other in the page's source or its address: as words
// and numbers of one line or attribute, in whatever order, as eight digits, or as seconds since
// 1970 of that day or one beside it. A page of which this is false cannot give the date. `iso`:
// 2016-04-02.
[[nodiscard]] bool tells_date(std::string_view page, std::string_view url, std::string_view iso,
                              const rules& known);

class declared_score {
public:
  // `expected` may have title, author (one or a list of names) and date. Returns what disagrees,
  // in a line each.
  std::string add(const simdjson::dom::element& expected, std::string_view url,
                  std::string_view page, const html_article& found, const rules& known);
  void print() const;

private:
  struct field {
    int expected = 0, right = 0, wrong = 0, unasked = 0;
    void print(const char* name) const;
  };
  field title_, author_;
  int dates_ = 0, nowhere_ = 0;
};

} // namespace vigie::press::html
