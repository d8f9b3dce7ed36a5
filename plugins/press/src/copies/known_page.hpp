// SPDX-License-Identifier: Apache-2.0
// What press.copies knows of a page, and its form as bytes, in which it is held and handed on.
// Plain values; any thread.
#pragma once

#include "copies/fingerprint.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::press {

struct known_page {
  fingerprint print;
  std::string file, url, title, publisher, agency;
  std::optional<std::int32_t> published;
  bool from_its_agency = false; // its publisher is its agency

  [[nodiscard]] std::array<const std::string*, 5> texts() const {
    return {&file, &url, &title, &publisher, &agency};
  }
  template <class Self, class Each> static void parts(Self& p, Each& each) { // for pack.hpp
    each(p.print);
    for (auto* s : {&p.file, &p.url, &p.title, &p.publisher, &p.agency}) each(*s);
    each(p.published);
    each(p.from_its_agency);
  }
};

// The same words, whatever case, accents and marks.
[[nodiscard]] bool is_from_its_agency(const known_page& p);

// Bytes whose order is that of rows: by day of publication, undated ones last, file, address.
[[nodiscard]] std::string row_key(const known_page& p);

} // namespace vigie::press
