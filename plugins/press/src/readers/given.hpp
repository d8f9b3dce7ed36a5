// SPDX-License-Identifier: Apache-2.0
// The side table of an article reader: what is known about pages from outside of them. A CSV file
// (RFC 4180) with the header `file,url,publisher,published,retrieved` in any order; only `file`
// must be there. Built once, then only read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::press {

struct given_facts {
  std::string url, publisher;
  std::optional<std::int32_t> published, retrieved; // days since 1970-01-01
};

class given_table {
public:
  // Throws std::runtime_error that names the line: an unknown or missing column, a wrong number of
  // fields, a date that no calendar has, a file named twice, a quote that is not closed.
  [[nodiscard]] static given_table read(std::string_view csv);

  [[nodiscard]] const given_facts* find(std::string_view file) const;

private:
  std::map<std::string, given_facts, std::less<>> rows_;
};

} // namespace vigie::press
